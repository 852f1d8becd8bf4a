/*
 * signal_co_reshare.c - the same posts reshared, quoted or linked (S4).
 */
#include "config.h"

#include "engine/signal.h"

#define BIT(n) (1u << (n))
#define KINDS (BIT(CLAQUE_OBJECT_post) | BIT(CLAQUE_OBJECT_object))
#define ACTS (BIT(CLAQUE_ACT_reshare) | BIT(CLAQUE_ACT_link) | BIT(CLAQUE_ACT_quote))

static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	(void)params;
	(void)err;
	return coact_shares(out, w->ds, KINDS, ACTS, progress);
}

const struct signal signal_co_reshare = {
	.info = {
		.id = "S4", .name = "co-reshare",
		.help = "the same posts reshared, quoted or linked",
		.source = "Pacheco et al. 2021 (co-retweet); Nizzoli et al. 2021",
		.unit = "posts", .needs = "ref_post_id, or links to posts", .cost = "O(shares)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_EDGES, .shares_suffice = true,
		.kinds = KINDS, .acts = ACTS,
	},
	.acts = list_acts,
};
