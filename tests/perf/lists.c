/*
 * lists.c - what every list of every screen costs the store, on a case as large
 * as one likes.
 *
 *   lists CASE [MS]
 *
 * For each screen, with nothing, and with the largest cluster, account and source
 * to stand on: first rows and count in every order, through no lens, a time brush,
 * a text that is nowhere and facets; and each facet's counts. Prints what took
 * longer than MS (50) as a Markdown table, and how much was asked. A query is
 * stopped after 300 ms: it is over the budget then, by how much is no matter.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/screen.h"
#include "now.h"
#include "store/facet.h"

enum { PAGE = 64, COUNT_CAP = 10000, FACET_VALUES = 12, TOO_LONG_MS = 300, NAME = 160 };

struct bench {
	struct store *store;
	size_t slow, asked;
	double limit_ms, began;
	const char *screen, *on, *lens;		/* of what is measured now */
};

/* Rare: no generated post has it, and finding that out takes them all. */
static const struct { const char *name, *text; } lenses[] = {
	{ "open", "" }, { "brush", "" }, { "text:never-there", "text:zqxjkv" },
	{ "lang:en", "lang:en" }, { "facet", "account.platform:x" },
	{ "kind", "kind:reshare" }, { "trick", "post.trick:bidi" },
};

static bool
go_on(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	const struct bench *b = ctx;

	(void)stage;
	(void)done;
	(void)total;
	return now_ms() - b->began < TOO_LONG_MS;
}

static void
keep(struct bench *b, const char *what)
{
	double ms = now_ms() - b->began;

	b->asked++;
	if (ms < b->limit_ms)
		return;
	b->slow++;
	(void)printf("| %s%.0f | %s | %s | %s | %s |\n", ms >= TOO_LONG_MS ? "> " : "",
		     ms >= TOO_LONG_MS ? TOO_LONG_MS : ms, b->screen, b->on, b->lens, what);
}

/* Any failure but that of having been stopped ends the program: it is a broken query. */
static void
must(enum claque_rc rc, const struct claque_err *err, const struct bench *b)
{
	if (rc == CLAQUE_OK || rc == CLAQUE_STOPPED)
		return;
	(void)fprintf(stderr, "%s, %s, %s: %s\n", b->screen, b->on, b->lens, err->msg);
	exit(1);
}

static void
time_orders(struct bench *b, struct list_query q, struct arena perm)
{
	size_t columns, got;
	const struct column *column = list_columns(q.list, &columns);
	struct claque_err err;
	struct row *rows;

	for (int i = -1; i < (int)columns; i++)
		for (int down = 0; down < (i < 0 ? 1 : 2); down++) {
			struct arena scratch = perm;
			char what[NAME];

			q.sort = i;
			q.descending = down != 0;
			(void)snprintf(what, sizeof(what), "rows%s%s%s", i < 0 ? "" : " by ",
				       i < 0 ? "" : column[i].name, down ? " down" : "");
			b->began = now_ms();
			must(list_rows(b->store, &q, 0, PAGE, &scratch, &rows, &got, &err), &err, b);
			keep(b, what);
		}
}

static void
time_query(struct bench *b, const struct list_query *q, struct arena perm)
{
	struct facet_counts facet;
	struct claque_err err;
	int64_t n;

	time_orders(b, *q, perm);
	b->began = now_ms();
	must(list_count(b->store, q, COUNT_CAP, &n, &err), &err, b);
	keep(b, "count");
	for (size_t i = 0; i < list_facets(q->list); i++) {
		struct arena scratch = perm;
		char what[NAME];

		(void)snprintf(what, sizeof(what), "facet %s", list_facet_name(q->list, i));
		b->began = now_ms();
		must(list_facet_counts(b->store, q, i, FACET_VALUES, &scratch, &facet, &err), &err,
		     b);
		keep(b, what);
	}
}

static void
time_screen(struct bench *b, const struct screen *screen, struct subject on,
	    const struct store_counts *counts, struct arena perm)
{
	struct claque_err err;

	b->screen = screen->name;
	b->on = subject_kind_name(on.kind);
	for (size_t pane = 0; pane < 2 && screen->lists[pane] != LIST_COUNT; pane++)
		for (size_t i = 0; i < sizeof(lenses) / sizeof(lenses[0]); i++) {
			struct list_query q = { .list = screen->lists[pane], .subject = on,
						.sort = -1 };

			must(lens_parse(str_of(lenses[i].text), &q.lens, &err), &err, b);
			if (lenses[i].text[0] == '\0' && i > 0) {
				q.lens.from = counts->first_post +
					      (counts->last_post - counts->first_post) / 2;
				q.lens.to = q.lens.from + INT64_C(7) * 86400000;
			}
			if (!list_takes(q.list, on.kind) ||
			    (i > 0 && on.kind == SUBJECT_none && !list_is_narrowed(&q)))
				continue;
			b->lens = lenses[i].name;
			time_query(b, &q, perm);
		}
}

/* The first row of a list in the order of a column, the largest first. */
static struct subject
largest(struct bench *b, enum list_id list, const char *by, struct arena perm)
{
	struct list_query q = { .list = list, .lens = lens_open(), .descending = true };
	struct claque_err err;
	struct row *rows;
	size_t columns, got;
	const struct column *column = list_columns(list, &columns);

	q.sort = (int)column_find(column, columns, str_of(by));
	b->screen = b->on = b->lens = "largest";
	b->began = now_ms() + 60000;
	must(list_rows(b->store, &q, 0, 1, &perm, &rows, &got, &err), &err, b);
	return got == 1 ? (struct subject){ list_subject(list), rows[0].id } : (struct subject){ 0 };
}

int
main(int argc, char **argv)
{
	struct arena perm = arena_new((size_t)256 << 20);
	struct bench b = { .limit_ms = argc > 2 ? strtod(argv[2], NULL) : 50 };
	struct claque_progress watch = { &b, go_on };
	struct store_counts counts;
	struct subject on[4] = { { 0 } };
	struct claque_err err;

	if (argc < 2)
		return 2;
	b.screen = b.on = b.lens = "opening";
	must(store_open(&b.store, argv[1], STORE_READ, &err), &err, &b);
	must(store_count_all(b.store, &counts, &err), &err, &b);
	store_watch(b.store, &watch);
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	(void)printf("| ms | screen | stands on | lens | what |\n|---:|---|---|---|---|\n");
	on[1] = largest(&b, LIST_CLUSTERS, "accounts", perm);
	on[2] = largest(&b, LIST_ACCOUNTS, "posts", perm);
	on[3] = largest(&b, LIST_SOURCES, "accounts", perm);
	for (unsigned i = 0; i < SCREEN_COUNT; i++)
		for (size_t k = 0; k < 4; k++)
			if ((k == 0 || on[k].kind != SUBJECT_none) &&
			    (screen_takes((enum screen_id)i, on[k].kind)))
				time_screen(&b, screen_get((enum screen_id)i), on[k], &counts, perm);
	(void)printf("\n%zu queries on %lld posts, %zu over %.0f ms\n", b.asked,
		     (long long)counts.posts, b.slow, b.limit_ms);
	store_close(b.store);
	arena_free(perm);
	return 0;
}
