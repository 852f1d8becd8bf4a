/* test_describe.c - figures of small cases known by heart, and what a distance is taken for. */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/describe_job.h"
#include "app/import_job.h"
#include "app/world_job.h"
#include "base/tree.h"
#include "model/record.h"
#include "scenario/script.h"

static const struct claque_progress silent = { 0 };
static char folder[64];
static struct description first, second;

static void
near(double got, double expected)
{
	if (!(fabs(got - expected) < 1e-9))
		fail_msg("%.15g instead of %.15g", got, expected);
}

static void
done(void *ctx, const struct import_report *report)
{
	(void)ctx;
	if (report->rc != CLAQUE_OK)
		fail_msg("%s", report->message);
}

/* A case of the file. */
static void
import(const char *csv, const char *name)
{
	struct import_request request = { .case_path = name, .paths = &csv, .path_count = 1,
					  .who = STR("tester"), .report = done };
	struct claque_err err = { 0 };

	assert_ok(import_job(&request, &silent, &err), err);
}

static FILE *
start(const char *name)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_true(fputs("post_id,account_id,created_at,type,ref_post_id,text\n", f) > 0);
	return f;
}

static void
describe(const char *name, int kind, size_t texts_max, struct description *out)
{
	const struct describe_order order = { NULL, 0, kind, texts_max };
	struct claque_err err = { 0 };
	struct store *store;

	assert_ok(store_open(&store, name, STORE_READ, &err), err);
	assert_ok(describe_case(store, &order, &silent, out, &err), err);
	store_close(store);
}

static void
remove_case(const char *name)
{
	static const char *const beside[] = { "", "-wal", "-shm" };
	char path[80];

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", name, beside[i]);
		(void)unlink(path);
	}
}

/*
 * ann: three posts, at 0, 10 and 70 s; bob: two, a reshare of ann's and the copy of a text of
 * hers, a day apart; eve: one, her own words twice as long.
 */
static void
write_small(void)
{
	FILE *f = start("small.csv");

	assert_true(fputs("1,a,2023-01-01T00:00:00Z,original,,the very same long words\n"
			  "2,a,2023-01-01T00:00:10Z,original,,other words of at least twenty\n"
			  "3,a,2023-01-01T00:01:10Z,reply,9,short\n"
			  "4,b,2023-01-01T05:00:00Z,reshare,1,\n"
			  "5,b,2023-01-02T05:00:00Z,original,, the very same long words\n"
			  "6,e,2023-01-01T07:00:00Z,reshare,1,the very same long words\n", f) > 0);
	assert_int_equal(fclose(f), 0);
	f = fopen("who.csv", "w");
	assert_non_null(f);
	assert_true(fputs("account_id,handle\na,ann1\nb,bob\ne,eve2023\n", f) > 0);
	assert_int_equal(fclose(f), 0);
}

static void
a_small_case_has_the_figures_counted_by_hand(void **state)
{
	(void)state;
	write_small();
	import("small.csv", "small.claque");
	import("who.csv", "small.claque");
	describe("small.claque", DESCRIBE_ANY_KIND, 100, &first);
	assert_int_equal(first.spread[DESCRIBE_POSTS].n, 3);
	near(distribution_quantile(&first.spread[DESCRIBE_POSTS], 0.5), 2);
	near(distribution_gini(&first.spread[DESCRIBE_POSTS]), 2.0 / 9);	/* 1, 2, 3 */
	assert_int_equal(first.spread[DESCRIBE_GAPS].n, 3);
	near(distribution_quantile(&first.spread[DESCRIBE_GAPS], 0.1), 10);
	near(distribution_quantile(&first.spread[DESCRIBE_GAPS], 0.5), 60);
	near(first.spread[DESCRIBE_GAPS].most, 86400);
	assert_int_equal(first.spread[DESCRIBE_RESHARES].n, 1);
	near(distribution_mean(&first.spread[DESCRIBE_RESHARES]), 2);
	assert_int_equal(first.hours[0], 3);
	assert_int_equal(first.hours[5], 2);
	near(counts_entropy(first.hours, 24), 0.5 + log2(3) / 3 + log2(6) / 6);
	assert_int_equal(first.share[DESCRIBE_COPIED].n, 2);	/* of ann's and bob's; no reshare */
	assert_int_equal(first.share[DESCRIBE_COPIED].of, 3);
	assert_int_equal(first.share[DESCRIBE_IS_RESHARE].n, 2);
	assert_int_equal(first.share[DESCRIBE_IS_REPLY].n, 1);
	near(distribution_quantile(&first.spread[DESCRIBE_HANDLE], 1), 7);
	near(distribution_mean(&first.spread[DESCRIBE_DIGITS]), 5.0 / 3);
	assert_int_equal(first.spread[DESCRIBE_BURSTS].n + first.spread[DESCRIBE_RHYTHM].n, 0);
}

static void
of_one_kind_only_its_posts_count(void **state)
{
	(void)state;
	describe("small.claque", POST_reshare, 100, &first);
	assert_int_equal(first.spread[DESCRIBE_POSTS].n, 2);
	assert_int_equal(first.spread[DESCRIBE_GAPS].n, 0);
	assert_int_equal(first.share[DESCRIBE_IS_RESHARE].of, 2);
	assert_int_equal(first.share[DESCRIBE_COPIED].of, 0);
}

/* 800 texts of one account each and 200 of two: 400 of 1,200 posts. */
static void
many_texts_are_thinned_out_with_their_copies(void **state)
{
	FILE *f = start("many.csv");

	(void)state;
	for (int i = 0; i < 1200; i++)
		assert_true(fprintf(f, "%d,u%d,2023-01-01T00:00:00Z,original,,words that are number %d\n",
				    i, i % 7 + (i >= 1000 ? 100 : 0), i % 1000) > 0);
	assert_int_equal(fclose(f), 0);
	import("many.csv", "many.claque");
	describe("many.claque", DESCRIBE_ANY_KIND, 2000, &first);
	assert_int_equal(first.share[DESCRIBE_COPIED].of, 1200);
	assert_int_equal(first.share[DESCRIBE_COPIED].n, 400);
	describe("many.claque", DESCRIBE_ANY_KIND, 300, &first);
	assert_in_range(first.share[DESCRIBE_COPIED].of, 100, 400);
	near(fabs((double)first.share[DESCRIBE_COPIED].n / (double)first.share[DESCRIBE_COPIED].of -
		  1.0 / 3) < 0.1, 1);
}

/* Steady: a post an hour for two days. In bursts: eleven within seconds, then one a day later. */
static void
bursts_and_clockwork_are_at_opposite_ends(void **state)
{
	FILE *f = start("pace.csv");
	int id = 0;

	(void)state;
	for (int h = 0; h < 48; h++)
		assert_true(fprintf(f, "%d,steady,2023-01-%02dT%02d:00:00Z,original,,x\n", id++,
				    1 + h / 24, h % 24) > 0);
	for (int i = 0; i < 11; i++)
		assert_true(fprintf(f, "%d,bursty,2023-01-01T00:00:%02dZ,original,,x\n", id++, i) > 0);
	assert_true(fprintf(f, "%d,bursty,2023-01-02T00:00:10Z,original,,x\n", id) > 0);
	assert_int_equal(fclose(f), 0);
	import("pace.csv", "pace.claque");
	describe("pace.claque", DESCRIBE_ANY_KIND, 100, &first);
	assert_int_equal(first.spread[DESCRIBE_BURSTS].n, 2);
	near(first.spread[DESCRIBE_BURSTS].least, -1);
	/* Ten gaps of 1 s and one of 86,400: m = 86410 / 11, s = 86399 sqrt(10) / 11. */
	near(first.spread[DESCRIBE_BURSTS].most,
	     (86399 * sqrt(10) - 86410) / (86399 * sqrt(10) + 86410));
	assert_int_equal(first.spread[DESCRIBE_RHYTHM].n, 1);
	near(distribution_mean(&first.spread[DESCRIBE_RHYTHM]), log2(24));
}

static void
fill(struct description *d, double x, size_t n)
{
	memset(d, 0, sizeof(*d));
	distribution_log(&d->spread[DESCRIBE_POSTS], 0.5);
	for (size_t i = 0; i < n; i++)
		distribution_add(&d->spread[DESCRIBE_POSTS], i % 10 < 8 ? 1 : x);
}

static void
a_distance_is_read_by_its_size_and_its_chance(void **state)
{
	struct describe_distance far;

	(void)state;
	fill(&first, 5, 1000);
	fill(&second, 5, 1000);
	assert_int_equal(describe_compare(DESCRIBE_POSTS, &first, &second).reading, DESCRIBE_ALIKE);
	fill(&second, 50, 1000);	/* the last fifth moves by one power of ten */
	far = describe_compare(DESCRIBE_POSTS, &first, &second);
	near(far.distance, 0.2);
	assert_true(fabs(far.move - 0.2) < 0.005);
	assert_int_equal(far.reading, DESCRIBE_DIFFERS);
	assert_int_equal(describe_compare(DESCRIBE_HOURS, &first, &second).reading, DESCRIBE_NONE);
	fill(&second, 50, 30);
	assert_int_equal(describe_compare(DESCRIBE_POSTS, &first, &second).reading, DESCRIBE_DIFFERS);
	fill(&second, 50, 20);
	assert_int_equal(describe_compare(DESCRIBE_POSTS, &first, &second).reading, DESCRIBE_FEW);
	first.share[DESCRIBE_HAS_LINK].of = second.share[DESCRIBE_HAS_LINK].of = 1000;
	first.share[DESCRIBE_HAS_LINK].n = 250;
	second.share[DESCRIBE_HAS_LINK].n = 500;	/* h is pi / 6 */
	assert_int_equal(describe_compare(DESCRIBE_HAS_LINK, &first, &second).reading,
			 DESCRIBE_UNLIKE);
	first.hours[3] = second.hours[15] = 1000;	/* another zone, the same rhythm */
	assert_int_equal(describe_compare(DESCRIBE_HOURS, &first, &second).reading, DESCRIBE_ALIKE);
}

/* --- what scenario files can do to be more like real data */

#define SCENARIO "scenario t\ntitle A test\nteaches nothing\nposts 10000\npeople 300\n" \
	"longest-handle 15\n"

static void
describe_world(const char *text, const char *name, struct description *out)
{
	struct arena whole = arena_new(16 << 20), perm = whole;
	struct script *script = ARENA_NEW(&perm, struct script, 1);
	struct scenario_settings settings;
	struct scenario_counts counts;
	struct claque_err err = { 0 };
	const struct claque_str who = STR("tester");

	assert_ok(script_read(&perm, "t.conf", str_of(text), script, &err), err);
	settings = script_settings(script);
	assert_ok(world_job(name, &settings, &who, &silent, &counts, &err), err);
	describe(name, DESCRIBE_ANY_KIND, 100000, out);
	arena_free(whole);
}

static void
people_who_sit_down_to_post_are_bursty_and_handles_fit(void **state)
{
	static const enum describe_measure bursts = DESCRIBE_BURSTS;

	(void)state;
	describe_world(SCENARIO, "chance.claque", &first);
	describe_world(SCENARIO "sittings 60 %\n", "sitting.claque", &second);
	assert_true(distribution_quantile(&first.spread[bursts], 0.5) < 0.05);
	assert_true(distribution_quantile(&second.spread[bursts], 0.5) > 0.2);
	assert_true(second.spread[DESCRIBE_HANDLE].most <= 15);
	assert_true(second.spread[DESCRIBE_HANDLE].n > 300);
	assert_true(first.share[DESCRIBE_IS_RESHARE].of > 9000);
}

static int
set_up(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/claque-describe-XXXXXX");
	return mkdtemp(folder) == NULL || chdir(folder) != 0 ? -1 : 0;
}

static void
remove_world(const char *name)
{
	struct arena whole = arena_new(1 << 20), perm = whole;
	const char *path = str_fmt(&perm, "%s.claque", name).p, *world = world_folder(path, &perm);
	struct tree_file *files;
	struct claque_err err = { 0 };
	size_t count;

	remove_case(path);
	assert_ok(tree_list(world, &perm, &files, &count, &err), err);
	for (size_t i = 0; i < count; i++)
		(void)unlink(str_fmt(&perm, "%s/%s", world, files[i].path).p);
	(void)rmdir(world);
	arena_free(whole);
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "small", "who", "many", "pace" };
	char path[80];

	(void)state;
	remove_world("chance");
	remove_world("sitting");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s.csv", names[i]);
		(void)unlink(path);
		(void)snprintf(path, sizeof(path), "%s.claque", names[i]);
		remove_case(path);
	}
	return chdir("/") != 0 || rmdir(folder) != 0 ? -1 : 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_case_has_the_figures_counted_by_hand),
		cmocka_unit_test(of_one_kind_only_its_posts_count),
		cmocka_unit_test(many_texts_are_thinned_out_with_their_copies),
		cmocka_unit_test(bursts_and_clockwork_are_at_opposite_ends),
		cmocka_unit_test(people_who_sit_down_to_post_are_bursty_and_handles_fit),
		cmocka_unit_test(a_distance_is_read_by_its_size_and_its_chance),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
