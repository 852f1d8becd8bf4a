#include "config.h"
#include "engine/signal.h"
static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	(void)params;
	(void)err;
	return coact_shares(out, w->ds, 33, 19, progress);
}
const struct signal signal_co_source = {
	.info = {
		.id = "S4", .name = "co-source",
		.help = "h",
		.source = "",
		.unit = "sources", .needs = "", .cost = "O(shares)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_EDGES,
	},
	.needs = WORKING_SOURCE,
	.acts = list_acts,
};
