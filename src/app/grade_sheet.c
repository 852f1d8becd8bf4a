/* grade_sheet.c - what was graded, as the one page of export/sheet.h. */
#include "config.h"

#include "app/grade_part.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "export/sheet.h"
#include "scenario/grade.h"

enum { CURVE_POINTS = 200 };

/* Sorts of accounts as cast.h names them, in the order of the page. */
static const char *const words[][2] = {
	{ "organic", "ordinary people, partisans, sources" },
	{ "fandom", "fan clubs" },
	{ "activists", "activists with texts handed out" },
	{ "newsroom", "newsrooms on wire copy" },
	{ "resident", "people who live where networks work" },
	{ "paster", "people who paste from another platform" },
	{ "contest", "contest hunters" },
	{ "honest-twin", "honest second accounts" },
	{ "bot", "bots that say so" },
	{ "surge", "newcomers of a signup surge" },
	{ "spam", "spam rings (in no other figure)" },
};

static struct claque_str
words_of(struct claque_str kind, size_t *place)
{
	size_t n = sizeof(words) / sizeof(words[0]);

	for (*place = 0; *place < n; ++*place)
		if (str_eq(kind, str_of(words[*place][0])))
			return str_of(words[*place][1]);
	return STR("");
}

static int
by_place(const void *pa, const void *pb)
{
	const struct sheet_kind *a = pa, *b = pb;
	size_t at, than;

	(void)words_of(a->kind, &at);
	(void)words_of(b->kind, &than);
	return at != than ? (at > than) - (at < than) : str_cmp(a->kind, b->kind);
}

static void
fill_kinds(struct grader *g, struct sheet *s)
{
	struct sheet_kind *kinds = ARENA_NEW(&g->perm, struct sheet_kind, g->kinds.count + 1u);
	size_t place, n = 0;

	for (uint32_t i = 0; i < g->ids.count; i++) {
		struct sheet_kind *k = &kinds[g->accounts[i].kind];

		k->count++;
		k->engine += g->accounts[i].lead;
		k->learner += g->accounts[i].said == SAID_ACCUSED;
	}
	for (uint32_t i = 0; i < g->kinds.count; i++) {
		struct sheet_kind k = kinds[i];

		k.kind = map_key(&g->kinds, i);
		k.words = words_of(k.kind, &place);
		k.innocent = !str_eq(k.kind, str_of(grade_spam));
		if (!str_eq(k.kind, str_of(grade_operation)))
			kinds[n++] = k;
	}
	if (n > 0)
		qsort(kinds, n, sizeof(*kinds), by_place);
	s->kinds = kinds;
	s->kind_count = n;
}

/* --- networks */

struct place {		/* of a planted account among the leads */
	uint32_t group, cluster;
};

static int
by_group(const void *pa, const void *pb)
{
	const struct place *a = pa, *b = pb;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return (a->cluster > b->cluster) - (a->cluster < b->cluster);
}

/* Of each network the lead with most of it: runs of equal places. */
static void
find_groups(const struct grader *g, struct place *places, size_t n, struct sheet_network *networks)
{
	if (n > 0)
		qsort(places, n, sizeof(*places), by_group);
	for (size_t i = 0, from = 0; i < n; i++) {
		struct sheet_network *w = &networks[places[i].group];

		if (i + 1 < n && by_group(&places[i], &places[i + 1]) == 0)
			continue;
		if (i + 1 - from > w->in_group) {
			w->in_group = i + 1 - from;
			w->group = map_key(&g->clusters, places[i].cluster);
		}
		from = i + 1;
	}
}

static void
count_groups(const struct grader *g, struct sheet_network *networks, size_t n, struct arena scratch)
{
	uint64_t *sizes = ARENA_NEW(&scratch, uint64_t, g->clusters.count + 1u);

	for (uint32_t i = 0; i < g->ids.count; i++)
		if (g->accounts[i].lead && g->accounts[i].cluster != MAP_NONE)
			sizes[g->accounts[i].cluster]++;
	for (size_t i = 0; i < n; i++)
		if (networks[i].in_group > 0)
			networks[i].group_count = sizes[map_get(&g->clusters, networks[i].group)];
}

static int
larger_first(const void *pa, const void *pb)
{
	const struct sheet_network *a = pa, *b = pb;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return str_cmp(a->name, b->name);
}

static void
fill_networks(struct grader *g, struct sheet *s)
{
	struct sheet_network *all = ARENA_NEW(&g->perm, struct sheet_network, g->groups.count + 1u);
	struct place *places = NULL;
	size_t cap = 0, placed = 0, n = 0;

	for (uint32_t i = 0; i < g->ids.count; i++) {
		const struct account *a = &g->accounts[i];

		if (!grade_is_kind(g, i, grade_operation))
			continue;
		all[a->group].name = map_key(&g->groups, a->group);
		all[a->group].count++;
		all[a->group].engine += a->lead;
		all[a->group].learner += a->said == SAID_ACCUSED;
		if (!a->lead || a->cluster == MAP_NONE)
			continue;
		GROW(places, cap, placed + 1);
		places[placed++] = (struct place){ a->group, a->cluster };
	}
	find_groups(g, places, placed, all);
	for (uint32_t i = 0; i < g->groups.count; i++)
		if (all[i].count > 0)
			all[n++] = all[i];
	count_groups(g, all, n, g->perm);
	if (n > 0)
		qsort(all, n, sizeof(*all), larger_first);
	free(places);
	s->networks = all;
	s->network_count = n;
}

/* --- the curve and the other tasks */

static void
fill_curve(struct grader *g, struct sheet *s)
{
	struct grade_point *points = ARENA_NEW(&g->perm, struct grade_point, CURVE_POINTS);
	struct sheet_point *curve = ARENA_NEW(&g->perm, struct sheet_point, CURVE_POINTS);
	struct grade_item *items;
	size_t n = grade_items(g, &items);

	s->point_count = grade_curve(items, n, points, CURVE_POINTS);
	for (size_t i = 0; i < s->point_count; i++)
		curve[i] = (struct sheet_point){ points[i].recall, points[i].precision };
	s->curve = curve;
	free(items);
}

static void
fill_tasks(struct grader *g, struct sheet *s)
{
	static const struct {
		const char *what, *figures[3], *names[3];
	} tasks[] = {
		{ "twins on another platform", { "twins_precision", "twins_recall", "twins_f1" },
		  { "precision", "recall", "F1" } },
		{ "accounts made over into others", { "renames_auc", "renames_average_precision" },
		  { "AUC", "average precision" } },
		{ "sites that pass for others", { "domains_auc", "domains_average_precision" },
		  { "AUC", "average precision" } },
	};
	size_t most = sizeof(tasks) / sizeof(tasks[0]);
	struct sheet_task *out = ARENA_NEW(&g->perm, struct sheet_task, most);

	for (size_t i = 0; i < most; i++) {
		struct claque_str line = STR("");

		for (size_t k = 0; k < 3 && tasks[i].figures[k] != NULL; k++) {
			double x = grade_find(g, tasks[i].figures[k]);

			if (!isnan(x))
				line = str_fmt(&g->perm, STR_FMT "%s%s %.2f", STR_ARG(line),
					       line.len > 0 ? ", " : "", tasks[i].names[k], x);
		}
		out[s->task_count++] = (struct sheet_task){ str_of(tasks[i].what),
			line.len > 0 ? line : STR("there are none in this world") };
	}
	s->tasks = out;
}

/* --- all of it */

static void
fill_figures(struct sheet_flag *f)
{
	struct grade_flag flag = { f->hit, f->missed, f->wrong };

	f->precision = grade_precision(flag);
	f->recall = grade_recall(flag);
	f->f1 = grade_f1(flag);
}

static void
fill_flags(const struct grader *g, struct sheet *s)
{
	for (uint32_t i = 0; i < g->ids.count; i++) {
		const struct account *a = &g->accounts[i];
		bool accused = a->said == SAID_ACCUSED;

		s->judged += a->said != SAID_NOTHING;
		if (grade_is_kind(g, i, grade_operation)) {
			s->engine.hit += a->lead;
			s->engine.missed += !a->lead;
			s->learner.hit += accused;
			s->learner.missed += !accused;
		} else if (!grade_is_kind(g, i, grade_spam)) {
			s->engine.wrong += a->lead;
			s->learner.wrong += accused;
		}
	}
	fill_figures(&s->engine);
	fill_figures(&s->learner);
}

enum claque_rc
grade_sheet(struct grader *g, const struct grade_request *request, struct claque_err *err)
{
	const char *name = request->case_path != NULL ? request->case_path : request->scores;
	struct sheet s = {
		.name = str_of(name), .version = STR(PACKAGE_VERSION), .made_at = clock_now(),
		.auc = grade_find(g, "auc"),
		.average_precision = grade_find(g, "average_precision"),
		.best_f1 = grade_find(g, "best_f1"),
		.recall_tenth = grade_find(g, "recall_at_0.1%"),
		.recall_one = grade_find(g, "recall_at_1%"),
		.nmi = grade_find(g, "nmi"), .ari = grade_find(g, "ari"),
		.groups = g->lead_groups, .wrong_groups = g->wrong_groups,
	};

	fill_flags(g, &s);
	fill_kinds(g, &s);
	fill_networks(g, &s);
	fill_curve(g, &s);
	fill_tasks(g, &s);
	return sheet_write(&s, request->report, err);
}
