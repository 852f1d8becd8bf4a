/*
 * signal_co_source.c - the same sources spread, in whichever way (S4): what a
 * source is stands in source.h.
 */
#include "config.h"

#include "engine/signal.h"

static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	(void)params;
	(void)progress;
	(void)err;
	coact_copy(out, &w->source);
	return CLAQUE_OK;
}

const struct signal signal_co_source = {
	.info = {
		.id = "S4", .name = "co-source",
		.help = "the same posts reshared, quoted, linked or copied, on any platform",
		.source = "Pacheco et al. 2021 (co-retweet); Broder 1997 (near-duplicates)",
		.unit = "sources", .needs = "ref_post_id, links to posts, or text",
		.cost = "O(shares + words)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_EDGES,
	},
	.needs = WORKING_SOURCE,
	.acts = list_acts,
};
