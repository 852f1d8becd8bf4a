/*
 * signal_twins.c - having a twin on another platform (S10). Honest people have
 * one, too, so it says next to nothing of one account; a group of which most
 * have one is another matter.
 */
#include "config.h"

#include "engine/signal.h"

static void
set_values(struct claque_trait *out, uint32_t accounts, const struct claque_twins *found)
{
	double sum = 0;

	for (uint32_t a = 0; a < accounts; a++) {
		out[a].value = 0;
		out[a].n = 1;
	}
	for (size_t i = 0; i < found->count; i++) {
		const struct claque_twin *f = &found->items[i];

		if (f->score > out[f->account].value)
			out[f->account].value = f->score;
		if (f->score > out[f->twin].value)
			out[f->twin].value = f->score;
	}
	for (uint32_t a = 0; a < accounts; a++)
		sum += out[a].value;
	for (uint32_t a = 0; a < accounts; a++)
		out[a].expected = sum / accounts;
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	(void)params, (void)progress, (void)err;
	if (w->platforms)	/* else nobody had a twin to have */
		set_values(out, w->ds->account_names.count, &w->twins);
	return CLAQUE_OK;
}

const struct signal signal_twins = {
	.info = {
		.id = "S10", .name = "twins",
		.help = "accounts with a twin on another platform",
		.source = "Fellegi and Sunter 1969; Meta, Adversarial Threat Report, Q3 2023: "
			  "identical profiles on X",
		.unit = "score of the twin", .needs = "platform, display_name, handle",
		.cost = "O(accounts)",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
	},
	.needs = WORKING_TWINS,
	.measure = measure,
	.model = {
		.bins = 2, .cuts = { 0.5 }, .operation = { 0.7, 0.3 }, .share = 0.3,
		.worth = 5, .open_worth = 10, .member_cap = 0.3, .group_cap = 1.5,
	},
	.says = "have a twin on another platform",
};
