/*
 * signal_look_alikes.c - linking a site that passes for another (S11). The
 * findings are domain.c's; an account's measure is the surest of the imitations
 * that it linked. People are taken in by them, too, so one account's links say
 * little and a group's say much.
 */
#include "config.h"

#include "claque/domain.h"

#include "base/array.h"
#include "engine/signal.h"
#include "engine/site.h"

#define LEAST_SCORE 0.1

static void
note_link(struct claque_trait *t, const struct claque_share *share, double score)
{
	if (t->value < score || t->row == CLAQUE_NO_ROW) {
		t->value = score;
		t->row = share->row;
	}
}

/* Whoever linked any site was in a position to link an imitation. */
static void
read_links(const struct claque_dataset *ds, uint32_t object, double score,
	   struct claque_trait *out)
{
	for (uint64_t i = ds->object_from[object]; i < ds->object_from[object + 1]; i++) {
		struct claque_trait *t = &out[ds->shares[i].account];

		if (t->n++ == 0)
			t->value = 0;
		if (score > 0)
			note_link(t, &ds->shares[i], score);
	}
}

static void
set_expected(struct claque_trait *out, uint32_t accounts)
{
	double sum = 0, count = 0;

	for (uint32_t a = 0; a < accounts; a++)
		if (out[a].n > 0) {
			sum += out[a].value;
			count++;
		}
	for (uint32_t a = 0; a < accounts; a++)
		if (out[a].n > 0)
			out[a].expected = sum / count;
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	struct claque_look_alike_settings settings = claque_look_alike_defaults();
	const struct claque_dataset *ds = w->ds;
	struct claque_look_alikes found;
	enum claque_object_kind kind = site_kind(ds);
	struct map names;
	enum claque_rc rc;

	(void)params;
	settings.min_score = LEAST_SCORE;
	rc = claque_look_alikes_find(ds, &settings, progress, &found, err);
	if (rc != CLAQUE_OK)
		return rc;
	map_init(&names);
	for (size_t i = 0; i < found.count; i++)
		(void)map_add(&names, found.items[i].domain, NULL);
	for (uint32_t o = 0; o < ds->object_names.count; o++) {
		uint32_t number;

		if (dataset_object_kind(ds, o) != kind)
			continue;
		number = map_get(&names, site_of_object(ds, o));
		read_links(ds, o, number == MAP_NONE ? 0 : found.items[number].score, out);
	}
	set_expected(out, ds->account_names.count);
	map_done(&names);
	claque_look_alikes_done(&found);
	return CLAQUE_OK;
}

const struct signal signal_look_alikes = {
	.info = {
		.id = "S11", .name = "look-alikes",
		.help = "links to sites whose name passes for that of a better established one",
		.source = "Meta, Removing Coordinated Inauthentic Behavior From China and "
			  "Russia, 2022; Unicode UTS #39",
		.unit = "score of the surest", .needs = "urls", .cost = "O(domains * targets)",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_INFRASTRUCTURE,
		.shape = CLAQUE_ACCOUNTS,
	},
	.measure = measure,
	.model = {
		.bins = 3, .cuts = { 0.5, 0.9 }, .operation = { 0.5, 0.1, 0.4 }, .share = 0.25,
		.worth = 5, .open_worth = 20, .member_cap = 1.5, .group_cap = 3,
	},
	.says = "linked sites that pass for others",
};
