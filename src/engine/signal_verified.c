/*
 * signal_verified.c - the platform has checked who it is (O1). It only ever
 * speaks for an account: hardly anybody is verified.
 */
#include "config.h"

#include "engine/signal.h"

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	(void)params;
	(void)progress;
	(void)err;
	for (uint32_t a = 0; a < w->ds->account_names.count; a++)
		if (w->ds->accounts[a].verified >= 0) {
			out[a].value = w->ds->accounts[a].verified;
			out[a].n = 1;
		}
	return CLAQUE_OK;
}

const struct signal signal_verified = {
	.info = {
		.id = "O1", .name = "verified", .help = "accounts that the platform has verified",
		.source = "Meta, Adversarial Threat Report, Q3 2023: none of 4,789 was",
		.unit = "yes or no", .needs = "verified", .cost = "O(accounts)",
		.axis = CLAQUE_OVERTNESS, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
	},
	.measure = measure,
	.model = {
		.bins = 2, .cuts = { 0.5 }, .operation = { 0.999, 0.001 }, .share = 1,
		.worth = 100, .open_worth = 20, .member_cap = 3, .group_cap = 2.995732273553991,
	},
	.says = "are verified",
};
