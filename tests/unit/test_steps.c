/*
 * test_steps.c - small things that the engine is made of, each alone: jobs on threads,
 * sorting in runs, letters of scripts, copies of acts, and what is refused.
 */
#include "config.h"

#include "test.h"

#include <stdlib.h>

#include "claque/cluster.h"
#include "claque/score.h"

#include "base/err.h"
#include "base/rng.h"
#include "engine/coact.h"
#include "engine/firsts.h"
#include "engine/letter.h"
#include "engine/listing.h"
#include "engine/parallel.h"
#include "engine/signal.h"
#include "engine/sort.h"

#define NOW INT64_C(1728000000000)

static const struct claque_progress quiet;
static struct claque_err err;

/* --- jobs */

struct outcomes {
	const enum claque_rc *rcs;
	bool done[16];
};

static enum claque_rc
do_job(void *ctx, size_t job, const struct claque_progress *progress, struct claque_err *e)
{
	struct outcomes *o = ctx;

	(void)progress;
	o->done[job] = true;
	if (o->rcs[job] != CLAQUE_OK && o->rcs[job] != CLAQUE_STOPPED)
		return err_set(e, o->rcs[job], "job %zu failed", job);
	return o->rcs[job];
}

static void
all_jobs_are_done_and_the_worst_failure_is_given_back(void **state)
{
	static const enum claque_rc rows[][3] = {
		{ CLAQUE_OK, CLAQUE_OK, CLAQUE_OK }, { CLAQUE_OK, CLAQUE_OK, CLAQUE_STOPPED },
		{ CLAQUE_OK, CLAQUE_EIO, CLAQUE_OK }, { CLAQUE_OK, CLAQUE_OK, CLAQUE_EUSAGE },
	};
	static const enum claque_rc want[] = { CLAQUE_OK, CLAQUE_STOPPED, CLAQUE_EIO, CLAQUE_EUSAGE };

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		for (unsigned threads = 1; threads <= 4; threads += 3) {
			struct outcomes o = { .rcs = rows[i] };
			struct jobs jobs = { &o, 3, do_job };

			assert_int_equal(parallel_run(&jobs, threads, &quiet, &err), want[i]);
			assert_true(o.done[0]);
			if (want[i] == CLAQUE_OK)
				assert_true(o.done[1] && o.done[2]);
			if (want[i] == CLAQUE_EIO)
				assert_string_equal(err.msg, "job 1 failed");
		}
}

static void
after_a_failure_no_job_is_begun(void **state)
{
	static const enum claque_rc rcs[] = { CLAQUE_OK, CLAQUE_EIO, CLAQUE_OK };
	struct outcomes o = { .rcs = rcs };
	struct jobs jobs = { &o, 3, do_job };

	(void)state;
	assert_int_equal(parallel_run(&jobs, 1, &quiet, &err), CLAQUE_EIO);
	assert_true(o.done[1]);
	assert_false(o.done[2]);
}

/* --- sorting */

static int
u64_cmp(const void *pa, const void *pb)
{
	const uint64_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

/* One run, two, three and more: what was merged last lies here or in the other room. */
static void
any_number_of_items_comes_out_as_qsort_has_it(void **state)
{
	static const size_t counts[] = { 0, 1, 2, 1000, 65536, 65537, 131072, 131073, 300000 };
	static const struct sort_kind kind = { sizeof(uint64_t), u64_cmp };
	uint64_t *items = calloc(300000, sizeof(*items)), *same = calloc(300000, sizeof(*same));
	struct rng r = rng_seeded(5);

	(void)state;
	assert_true(items != NULL && same != NULL);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		struct ticker t = { .progress = &quiet, .stage = "sorting", .total = 1 };

		for (size_t k = 0; k < counts[i]; k++)
			items[k] = same[k] = rng_below(&r, 100000);
		if (counts[i] > 1)
			qsort(same, counts[i], sizeof(*same), u64_cmp);
		assert_true(sort_items(&kind, items, counts[i], &t));
		assert_memory_equal(items, same, counts[i] * sizeof(*items));
	}
	free(items);
	free(same);
}

/* --- letters */

static void
scripts_without_blanks_stand_alone_and_no_others(void **state)
{
	static const uint32_t yes[] = { 0xe00, 0xeff, 0x1000, 0x109f, 0x17ff, 0x3042, 0x4e00, 0x20000 };
	static const uint32_t no[] = { 'a', 0xe9, 0xdff, 0xf00, 0xfff, 0x10a0, 0x10d0, 0x1e00, 0xac00,
				       0x1f600 };

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		assert_true(letter_alone(yes[i]));
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert_false(letter_alone(no[i]));
}

static void
letters_are_spelt_as_people_turn_names_into_handles(void **state)
{
	static const struct { uint32_t code; const char *roman; } rows[] = {
		{ 'a', "a" }, { 0xdf, "ss" }, { 0xe9, "e" }, { 0xff, "y" }, { 0x101, "a" }, { 0x105, "a" },
		{ 0x106, "c" }, { 0x142, "l" }, { 0x17f, "s" }, { 0x180, "" }, { 0x1e9e, "" },
		{ 0x1eb7, "a" }, { 0x1ef9, "y" }, { 0x1efa, "" }, { 0x1eff, "" }, { 0x1f00, "" },
		{ 0x430, "a" }, { 0x436, "zh" }, { 0x449, "shch" }, { 0x45f, "dz" }, { 0x3b8, "th" },
		{ 0x3c9, "o" }, { 0x5d0, "" },
	};
	char out[ROMAN_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = letter_roman(rows[i].code, out);

		if (n != strlen(rows[i].roman) || memcmp(out, rows[i].roman, n) != 0)
			fail_msg("U+%04X is %.*s", (unsigned)rows[i].code, (int)n, out);
	}
}

/* --- acts */

/* Accounts a, b, c; objects p, q; by each (account, object, second, row). */
static struct claque_dataset *
shares(const int64_t (*acts)[3], size_t count)
{
	struct claque_dataset *ds;
	uint32_t number;

	assert_ok(claque_dataset_new(&ds, &err), err);
	for (char c = 'p'; c <= 'q'; c++)
		assert_ok(claque_dataset_add_object(ds, CLAQUE_OBJECT_post,
						    (struct claque_str){ &c, 1 }, &number, &err), err);
	for (char c = 'a'; c <= 'e'; c++) {
		struct claque_account a = { .id = { &c, 1 }, .created_at = CLAQUE_NO_TIME };

		assert_ok(claque_dataset_add_account(ds, &a, &number, &err), err);
	}
	for (size_t i = 0; i < count; i++) {
		struct claque_share share = { .at = NOW + acts[i][2] * 1000,
					      .account = (uint32_t)acts[i][0],
					      .object = (uint32_t)acts[i][1], .row = (uint32_t)i };

		assert_ok(claque_dataset_add_share(ds, &share, &err), err);
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	return ds;
}

static void
a_copy_of_acts_is_all_of_them(void **state)
{
	static const int64_t acts[][3] = { { 0, 0, 5 }, { 1, 1, 3 }, { 2, 0, 1 }, { 0, 1, 9 } };
	struct claque_dataset *ds = shares(acts, 4);
	struct coact c = { 0 }, copy = { 0 };

	(void)state;
	assert_ok(coact_shares(&c, ds, UINT32_MAX, UINT32_MAX, &quiet), err);
	coact_copy(&copy, &c);
	assert_int_equal(copy.count, 4);
	assert_int_equal(copy.object_count, c.object_count);
	assert_memory_equal(copy.acts, c.acts, c.count * sizeof(*c.acts));
	assert_memory_equal(copy.from, c.from, (c.object_count + 1) * sizeof(*c.from));
	assert_memory_equal(copy.keys, c.keys, c.object_count * sizeof(*c.keys));
	assert_true(c.keys[0] != c.keys[1] && c.keys[0] != 0);
	coact_done(&copy);
	coact_done(&c);
	claque_dataset_free(ds);
}

/* b shares p twice: the pairs of a, b and c are three all the same. */
static void
who_shares_twice_is_one_sharer(void **state)
{
	static const int64_t acts[][3] = {
		{ 0, 0, 0 }, { 1, 0, 10 }, { 1, 0, 20 }, { 2, 0, 30 }, { 0, 1, 0 }, { 1, 1, 0 }, { 0, 1, 5 },
	};
	static const uint32_t group_of[] = { 0, 0, 0, UINT32_MAX, UINT32_MAX };
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_dataset *ds = shares(acts, 7);
	struct flow f = { .window = WINDOW_60S };
	struct kept kept;

	(void)state;
	s.object_cap = 0;
	assert_ok(signal_keep(&kept, ds, &s, &quiet, &err), err);
	assert_ok(flow_measure(&kept, group_of, &f, &quiet), err);
	assert_true(f.seen == 3 + 1 && f.seen_squares == 9 + 1);
	assert_true(f.top_seen == 3);
	assert_int_equal(f.objects, 2);
	kept_done(&kept);
	claque_dataset_free(ds);
}

/*
 * On p the members acted at 0, 10 and 30 s, b once more at 20 s; on q two at once, which is
 * nobody's first place. Lags of b are 10 and 0 s, of c 30 s.
 */
static void
the_first_on_each_object_leads_and_the_others_lag(void **state)
{
	static const int64_t acts[][3] = {
		{ 0, 0, 0 }, { 1, 0, 10 }, { 1, 0, 20 }, { 2, 0, 30 }, { 0, 1, 0 }, { 1, 1, 0 }, { 3, 1, -9 },
	};
	static uint32_t group_of[] = { 0, 0, 0, NO_GROUP, NO_GROUP };
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_member members[] = { { .account = 0 }, { .account = 1 }, { .account = 2 } };
	struct claque_group group = { .members = members, .member_count = 3 };
	struct claque_result result = { .groups = &group, .group_count = 1 };
	struct claque_dataset *ds = shares(acts, 7);
	struct scene scene = { .ds = ds, .group_of = group_of, .group_count = 1 };

	(void)state;
	s.object_cap = 0;
	assert_ok(signal_keep(&scene.kept[0], ds, &s, &quiet, &err), err);
	assert_ok(firsts_fill(&scene, &quiet, &result), err);
	assert_int_equal(group.common, 2);
	assert_int_equal(group.leader, 0);
	assert_int_equal(group.median_lag_s, 10);
	assert_true(members[0].firsts == 0.5 && members[1].firsts == 0 && members[2].firsts == 0);
	assert_true(members[0].median_lag_s == CLAQUE_NO_LAG || members[0].median_lag_s == 0);
	assert_int_equal(members[2].median_lag_s, 30);
	kept_done(&scene.kept[0]);
	claque_dataset_free(ds);
}

static void
accounts_of_each_group_lie_end_to_end(void **state)
{
	static const uint32_t group_of[] = { 1, UINT32_MAX, 0, 1, 1 };
	static const uint32_t want[] = { 2, 0, 3, 4 };
	struct claque_dataset *ds = shares(NULL, 0);
	struct listing l = listing_by(ds, group_of, 3);

	(void)state;
	assert_int_equal(listing_count(&l, 0), 1);
	assert_int_equal(listing_count(&l, 1), 3);
	assert_int_equal(listing_count(&l, 2), 0);
	assert_memory_equal(l.accounts, want, sizeof(want));
	listing_done(&l);
	claque_dataset_free(ds);
}

/* --- refusals */

static void
a_kind_of_object_that_is_none_is_refused(void **state)
{
	struct claque_dataset *ds;
	uint32_t number;

	(void)state;
	assert_ok(claque_dataset_new(&ds, &err), err);
	assert_int_equal(claque_dataset_add_object(ds, (enum claque_object_kind)CLAQUE_OBJECT_COUNT,
						   STR("p"), &number, &err), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "object kind"));
	assert_ok(claque_dataset_add_object(ds, (enum claque_object_kind)(CLAQUE_OBJECT_COUNT - 1),
					    STR("p"), &number, &err), err);
	claque_dataset_free(ds);
}

static enum claque_rc
cells_with(uint32_t rewires, uint32_t least, double max_p)
{
	static const struct claque_link links[] = { { 0, 1, 1 }, { 1, 2, 1 }, { 0, 2, 1 } };
	struct claque_cell_settings s = claque_cell_defaults();
	struct claque_cells cells;
	uint32_t part[3];

	s.rewires = rewires;
	s.min_accounts = least;
	s.max_p = max_p;
	return claque_cluster_cells(3, links, 3, &s, &quiet, part, &cells, &err);
}

static void
cells_take_one_rewiring_and_one_account_and_no_fewer(void **state)
{
	(void)state;
	assert_ok(cells_with(1, 1, 0), err);
	assert_ok(cells_with(1, 1, 1), err);
	assert_int_equal(cells_with(0, 1, 1), CLAQUE_EUSAGE);
	assert_int_equal(cells_with(1, 0, 1), CLAQUE_EUSAGE);
	assert_int_equal(cells_with(1, 1, -0.01), CLAQUE_EUSAGE);
	assert_int_equal(cells_with(1, 1, 1.01), CLAQUE_EUSAGE);
}

static enum claque_rc
score_with(double prior, double fdr, uint32_t least, double lead, uint32_t worlds)
{
	static const int64_t acts[][3] = { { 0, 0, 5 }, { 1, 0, 3 } };
	struct claque_score_settings s = claque_score_defaults();
	struct claque_dataset *ds = shares(acts, 2);
	struct claque_result *result = NULL;
	enum claque_rc rc;

	s.prior = prior;
	s.fdr = fdr;
	s.min_accounts = least;
	s.lead_score = lead;
	s.surrogates = worlds;
	rc = claque_score(ds, &s, &quiet, &result, &err);
	claque_result_free(result);
	claque_dataset_free(ds);
	return rc;
}

static void
settings_of_a_score_are_taken_up_to_their_bounds(void **state)
{
	(void)state;
	assert_ok(score_with(0.01, 1, 2, 0, 0), err);
	assert_ok(score_with(0.01, 1, 2, 1, 0), err);
	assert_int_equal(score_with(0, 1, 2, 0.5, 0), CLAQUE_EUSAGE);
	assert_int_equal(score_with(1, 1, 2, 0.5, 0), CLAQUE_EUSAGE);
	assert_int_equal(score_with(0.01, 0, 2, 0.5, 0), CLAQUE_EUSAGE);
	assert_int_equal(score_with(0.01, 1.1, 2, 0.5, 0), CLAQUE_EUSAGE);
	assert_int_equal(score_with(0.01, 1, 1, 0.5, 0), CLAQUE_EUSAGE);
	assert_int_equal(score_with(0.01, 1, 2, -0.1, 0), CLAQUE_EUSAGE);
	assert_int_equal(score_with(0.01, 1, 2, 1.1, 0), CLAQUE_EUSAGE);
	assert_int_equal(score_with(0.01, 1, 2, 0.5, 1001), CLAQUE_EUSAGE);
}

/* What the caller gives for the answers may hold anything. */
static void
platforms_of_communities_are_counted_from_nothing(void **state)
{
	static const uint32_t membership[] = { 0, 0, 1, CLAQUE_NO_CLUSTER }, platform[] = { 0, 2, 1, 1 };
	static const struct claque_signal_link links[] = { { .a = 0, .b = 1, .signal = 3 } };
	const struct claque_platform_input in = { 4, 2, 3, membership, platform, links, 1 };
	static const uint32_t want[] = { 1, 0, 1, 0, 1, 0 };
	struct claque_community_platforms out[2];
	uint32_t counts[6];

	(void)state;
	memset(out, 0xa5, sizeof(out));
	memset(counts, 0xa5, sizeof(counts));
	assert_ok(claque_cluster_platforms(&in, out, counts, &err), err);
	assert_memory_equal(counts, want, sizeof(want));
	assert_int_equal(out[0].accounts, 2);
	assert_int_equal(out[0].platforms, 2);
	assert_int_equal(out[0].cross_links, 1);
	assert_int_equal(out[0].signals, 1U << 3);
	assert_int_equal(out[0].needed, 1U << 3);
	assert_int_equal(out[1].accounts, 1);
	assert_int_equal(out[1].cross_links, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_jobs_are_done_and_the_worst_failure_is_given_back),
		cmocka_unit_test(after_a_failure_no_job_is_begun),
		cmocka_unit_test(any_number_of_items_comes_out_as_qsort_has_it),
		cmocka_unit_test(scripts_without_blanks_stand_alone_and_no_others),
		cmocka_unit_test(letters_are_spelt_as_people_turn_names_into_handles),
		cmocka_unit_test(a_copy_of_acts_is_all_of_them),
		cmocka_unit_test(who_shares_twice_is_one_sharer),
		cmocka_unit_test(the_first_on_each_object_leads_and_the_others_lag),
		cmocka_unit_test(accounts_of_each_group_lie_end_to_end),
		cmocka_unit_test(a_kind_of_object_that_is_none_is_refused),
		cmocka_unit_test(cells_take_one_rewiring_and_one_account_and_no_fewer),
		cmocka_unit_test(settings_of_a_score_are_taken_up_to_their_bounds),
		cmocka_unit_test(platforms_of_communities_are_counted_from_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
