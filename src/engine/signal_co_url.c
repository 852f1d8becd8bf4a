/*
 * signal_co_url.c - the same canonical URL posted (S2). Links to posts are
 * not among them: those are resolved to the post.
 */
#include "config.h"

#include "engine/signal.h"

#define BIT(n) (1u << (n))
#define KINDS BIT(CLAQUE_OBJECT_url)
#define ACTS BIT(CLAQUE_ACT_link)

static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	(void)params;
	(void)err;
	return coact_shares(out, w->ds, KINDS, ACTS, progress);
}

const struct signal signal_co_url = {
	.info = {
		.id = "S2", .name = "co-url",
		.help = "the same URLs posted",
		.source = "Giglietto et al. 2020 (coordinated link sharing)",
		.unit = "URLs", .needs = "urls", .cost = "O(shares)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_LINK,
		.shape = CLAQUE_EDGES, .shares_suffice = true,
		.kinds = KINDS, .acts = ACTS,
	},
	.acts = list_acts,
};
