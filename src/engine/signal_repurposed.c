/*
 * signal_repurposed.c - being made over into somebody else (S8). The findings
 * are change.c's; an account's measure is the surest of its events.
 */
#include "config.h"

#include "claque/change.h"

#include "engine/signal.h"

static void
set_values(struct claque_trait *out, uint32_t accounts, const struct claque_makeovers *found)
{
	double sum = 0;

	for (uint32_t a = 0; a < accounts; a++)
		out[a].value = 0;
	for (size_t i = found->count; i-- > 0;) {	/* the surest last */
		const struct claque_makeover *f = &found->items[i];
		struct claque_trait *t = &out[f->account];

		t->n++;
		t->value = f->score;
		t->row = f->row_count > 0 ? f->rows[f->row_count - 1] : CLAQUE_NO_ROW;
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
	struct claque_makeover_settings settings = claque_makeover_defaults();
	struct claque_makeovers found;
	enum claque_rc rc;

	(void)params;
	if (w->ds->change_count == 0)
		return CLAQUE_OK;
	rc = claque_makeovers_find(w->ds, &settings, progress, &found, err);
	if (rc != CLAQUE_OK)
		return rc;
	set_values(out, w->ds->account_names.count, &found);
	claque_makeovers_done(&found);
	return CLAQUE_OK;
}

const struct signal signal_repurposed = {
	.info = {
		.id = "S8", .name = "repurposed",
		.help = "accounts made over into somebody else: name, handle, picture, place "
			"replaced at once",
		.source = "Elmas, Overdorf and Aberer 2023; Meta, Adversarial Threat Report, "
			  "Q3 2023",
		.unit = "score of the surest event", .needs = "profile changes",
		.cost = "O(changes + posts of who changed)",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
	},
	.measure = measure,
	.model = {
		.bins = 3, .cuts = { 0.5, 0.9 }, .operation = { 0.7, 0.05, 0.25 }, .share = 0.3,
		.worth = 5, .open_worth = 20, .member_cap = 2, .group_cap = 3,
	},
	.says = "were made over into somebody else",
};
