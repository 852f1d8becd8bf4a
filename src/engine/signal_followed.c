/*
 * signal_followed.c - where an account's followers rank among those of its
 * platform in the file (O3): a real audience speaks for an account.
 */
#include "config.h"

#include "engine/signal.h"

#include "base/array.h"

struct followed {
	uint32_t platform, account;
	int64_t followers;
};

static int
compare(const void *pa, const void *pb)
{
	const struct followed *a = pa, *b = pb;

	if (a->platform != b->platform)
		return a->platform < b->platform ? -1 : 1;
	return (a->followers > b->followers) - (a->followers < b->followers);
}

/* Equal counts share the middle of their places. */
static void
rank_platform(const struct followed *list, size_t count, struct claque_trait *out)
{
	for (size_t i = 0, j; i < count; i = j) {
		double place;

		for (j = i + 1; j < count && list[j].followers == list[i].followers; j++)
			;
		place = ((double)(i + j) / 2) / (double)count;
		for (size_t k = i; k < j; k++) {
			out[list[k].account].value = place;
			out[list[k].account].n = (uint32_t)count;
		}
	}
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	const struct claque_dataset *ds = w->ds;
	struct followed *list = ARRAY_NEW(struct followed, ds->account_names.count);
	size_t count = 0;

	(void)params;
	(void)progress;
	(void)err;
	for (uint32_t a = 0; a < ds->account_names.count; a++)
		if (ds->accounts[a].followers >= 0)
			list[count++] = (struct followed){ ds->accounts[a].platform, a,
							   ds->accounts[a].followers };
	array_sort(list, count, sizeof(*list), compare);
	for (size_t i = 0, j; i < count; i = j) {
		for (j = i + 1; j < count && list[j].platform == list[i].platform; j++)
			;
		rank_platform(list + i, j - i, out);
	}
	array_free(list);
	return CLAQUE_OK;
}

const struct signal signal_followed = {
	.info = {
		.id = "O3", .name = "followed",
		.help = "where accounts' followers rank on their platform in the file",
		.source = "Meta, Adversarial Threat Report, Q3 2023: hardly any audience",
		.unit = "quantile", .needs = "followers", .cost = "O(accounts log accounts)",
		.axis = CLAQUE_OVERTNESS, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
	},
	.measure = measure,
	.model = {
		.bins = 4, .cuts = { 0.25, 0.5, 0.75 }, .operation = { 0.45, 0.3, 0.17, 0.08 },
		.share = 0.8, .worth = 20, .open_worth = 10, .member_cap = 0.7, .absence_cap = 0.7,
		.group_cap = 1.5,
	},
	.says = "have more followers than most of the file's",
};
