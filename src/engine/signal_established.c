/*
 * signal_established.c - how old an account was at the end of the file's period
 * (O2). Operations use young accounts, but so do many people, and old ones can be
 * bought: it never says much.
 */
#include "config.h"

#include "engine/signal.h"

#define YEAR_MS (365.25 * 24 * 3600 * 1000)

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	const struct claque_dataset *ds = w->ds;
	int64_t last = CLAQUE_NO_TIME;

	(void)params;
	(void)progress;
	(void)err;
	for (size_t i = 0; i < ds->share_count; i++)
		last = ds->shares[i].at > last ? ds->shares[i].at : last;
	for (size_t i = 0; i < ds->post_count; i++)
		last = ds->posts[i].at > last ? ds->posts[i].at : last;
	if (last == CLAQUE_NO_TIME)
		return CLAQUE_OK;
	for (uint32_t a = 0; a < ds->account_names.count; a++)
		if (ds->accounts[a].created_at != CLAQUE_NO_TIME) {
			out[a].value = (double)(last - ds->accounts[a].created_at) / YEAR_MS;
			out[a].n = 1;
		}
	return CLAQUE_OK;
}

const struct signal signal_established = {
	.info = {
		.id = "O2", .name = "established",
		.help = "how old accounts are at the end of the file's period",
		.source = "Meta, Adversarial Threat Reports, 2021 to 2024",
		.unit = "years", .needs = "created_at of accounts", .cost = "O(posts)",
		.axis = CLAQUE_OVERTNESS, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
	},
	.measure = measure,
	.model = {
		.bins = 4, .cuts = { 0.5, 1, 3 }, .operation = { 0.3, 0.3, 0.25, 0.15 },
		.share = 0.8, .worth = 20, .open_worth = 10, .member_cap = 0.7, .absence_cap = 0.7,
		.group_cap = 1.5,
	},
	.says = "are as old as most of the file's",
};
