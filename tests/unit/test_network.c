/* test_network.c - the co-share network against numbers computed by hand. */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>

#include "claque/network.h"

#include "base/rng.h"
#include "engine/common.h"
#include "engine/dataset.h"
#include "engine/pair.h"
#include "engine/signal.h"

static const struct claque_progress quiet;

/* One act: account letter, object digit, second. */
struct line {
	char account, object;
	int64_t second;
};

static struct claque_dataset *
dataset(const struct line *lines, size_t count)
{
	struct claque_dataset *ds;
	struct claque_err err;

	assert_ok(claque_dataset_new(&ds, &err), err);
	for (size_t i = 0; i < count; i++) {
		struct claque_account a = {
			.id = { &lines[i].account, 1 }, .created_at = CLAQUE_NO_TIME,
			.followers = -1, .verified = -1,
		};
		struct claque_share s = {
			.at = lines[i].second * 1000, .row = (uint32_t)i, .act = CLAQUE_ACT_reshare,
		};

		assert_ok(claque_dataset_add_account(ds, &a, &s.account, &err), err);
		assert_ok(claque_dataset_add_object(ds, CLAQUE_OBJECT_post,
						    (struct claque_str){ &lines[i].object, 1 },
						    &s.object, &err), err);
		assert_ok(claque_dataset_add_share(ds, &s, &err), err);
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	return ds;
}

#define DATASET(lines) dataset((lines), sizeof(lines) / sizeof((lines)[0]))

static struct claque_network
build(const struct claque_dataset *ds, const struct claque_network_settings *settings)
{
	struct claque_network net;
	struct claque_err err;

	assert_ok(claque_network_build(ds, settings, &quiet, &net, &err), err);
	return net;
}

static void
assert_near(double got, double want)
{
	if (!(fabs(got - want) <= 1e-9 * (fabs(want) + 1e-9)))
		fail_msg("%.12g is not %.12g", got, want);
}

/*
 * Objects: 1 by a, b, c; 2 by a, b; 3 by c alone. Degrees: k_a = 2, k_b = 2,
 * k_c = 2, K = 6, sum d (d - 1) = 6 + 2 + 0 = 8, phi = 8 / 36. Pairs in all:
 * 4. Whole period: share 1, lambda = 2 * 2 * 8/36 = 8/9 for every pair.
 */
static const struct line three[] = {
	{ 'b', '1', 0 }, { 'a', '1', 10 }, { 'c', '1', 200 },
	{ 'a', '2', 1000 }, { 'b', '2', 1060 }, { 'c', '3', 5 },
};

static void
expected_weight_p_and_q_are_those_of_the_hand(void **state)
{
	struct claque_dataset *ds = DATASET(three);
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	double lambda = 8.0 / 9, p1 = 1 - exp(-lambda), p2 = 1 - exp(-lambda) * (1 + lambda);
	struct claque_network net;

	(void)state;
	s.window_s = CLAQUE_WINDOW_WHOLE;
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 3);
	assert_int_equal(net.pairs_tested, 3);
	assert_int_equal(net.edges[0].weight, 2);
	assert_int_equal(net.edges[1].weight, 1);
	for (int i = 0; i < 3; i++)
		assert_near(net.edges[i].expected, lambda);
	assert_near(net.edges[0].p, p2);
	assert_near(net.edges[0].log10_p, log10(p2));
	assert_near(net.edges[2].p, p1);
	/* By rank: p2 * 3 / 1, p1 * 3 / 2, p1 * 3 / 3; never falling, the larger two end equal. */
	assert_near(net.edges[0].q, fmin(3 * p2, p1));
	assert_near(net.edges[1].q, p1);
	assert_near(net.edges[2].q, p1);
	claque_network_done(&net);

	/* 60 s: weights 2 in all of 4 pairs, so half of it. */
	s.window_s = 60;
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 1);
	assert_near(net.edges[0].expected, lambda / 2);
	claque_network_done(&net);
	claque_dataset_free(ds);
}

static void
windows_are_inclusive_and_lags_leaders_times_are_kept(void **state)
{
	struct claque_dataset *ds = DATASET(three);
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_network net = build(ds, &s);

	(void)state;
	assert_int_equal(net.edges[0].weight, 2);
	assert_int_equal(net.edges[0].pairs, 2);
	assert_int_equal(net.edges[0].median_lag_s, 35);
	assert_int_equal(net.edges[0].leader, CLAQUE_NO_LEADER);
	assert_int_equal(net.edges[0].first_seen, 0);
	assert_int_equal(net.edges[0].last_seen, 1060000);
	assert_str(claque_dataset_account_id(ds, net.edges[0].a), "a");
	assert_str(claque_dataset_account_id(ds, net.edges[0].b), "b");
	claque_network_done(&net);
	s.window_s = 59;
	net = build(ds, &s);
	assert_int_equal(net.edges[0].weight, 1);
	assert_str(claque_dataset_account_id(ds, net.edges[0].leader), "b");
	claque_network_done(&net);
	s.window_s = 9;
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 0);
	claque_network_done(&net);
	claque_dataset_free(ds);
}

static void
repeats_count_as_pairs_not_as_weight_and_nobody_pairs_with_itself(void **state)
{
	static const struct line lines[] = {
		{ 'a', '1', 0 }, { 'a', '1', 1 }, { 'a', '1', 2 }, { 'b', '1', 3 }, { 'b', '1', 4 },
	};
	struct claque_dataset *ds = DATASET(lines);
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_network net = build(ds, &s);

	(void)state;
	assert_int_equal(net.edge_count, 1);
	assert_int_equal(net.edges[0].weight, 1);
	assert_int_equal(net.edges[0].pairs, 6);
	claque_network_done(&net);
	claque_dataset_free(ds);
}

/* a and b post one thing 2,000 times, then c does it once. */
static void
repeats_without_end_cost_no_square_and_lose_no_one(void **state)
{
	enum { TIMES = 2000, MOST = 64 };
	static struct line lines[2 * TIMES + 1];
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_dataset *ds;
	struct claque_network net;

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		lines[2 * i] = (struct line){ 'a', '1', i };
		lines[2 * i + 1] = (struct line){ 'b', '1', i };
	}
	lines[2 * TIMES] = (struct line){ 'c', '1', TIMES + 58 };
	ds = DATASET(lines);
	s.window_s = CLAQUE_WINDOW_WHOLE;
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 3);
	/* Of each act the 64 next of the other; the last ones have fewer. */
	assert_int_equal(net.edges[0].pairs, MOST * (MOST + 1) + MOST * (2 * TIMES - 2 * MOST - 1));
	assert_int_equal(net.edges[0].weight, 1);
	assert_int_equal(net.edges[1].pairs, TIMES);
	claque_network_done(&net);
	s.window_s = 59;
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 3);
	assert_int_equal(net.edges[1].pairs, 1);
	s.window_s = 58;
	claque_network_done(&net);
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 1);
	claque_network_done(&net);
	claque_dataset_free(ds);
}

static void
objects_over_the_cap_leave_pairs_and_degrees_and_are_counted(void **state)
{
	struct claque_dataset *ds = DATASET(three);
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_network net;

	(void)state;
	s.window_s = CLAQUE_WINDOW_WHOLE;
	s.object_cap = 2;
	net = build(ds, &s);
	assert_int_equal(net.hot_objects, 1);
	assert_int_equal(net.hot_shares, 3);
	assert_int_equal(net.edge_count, 1);
	assert_int_equal(net.edges[0].weight, 1);
	/* Left: 2 by a, b; 3 by c. K = 3, phi = 2/9, k_a k_b = 1. */
	assert_near(net.edges[0].expected, 2.0 / 9);
	assert_int_equal(net.pairs_tested, 3);
	claque_network_done(&net);
	s.object_cap = 3;
	net = build(ds, &s);
	assert_int_equal(net.hot_objects, 0);
	claque_network_done(&net);
	claque_dataset_free(ds);
}

/*
 * Week 1: object 1 by a, b. Week 2: object 2 by a, b and 3 by c, d. Strata:
 * phi_1 = 2/4, phi_2 = 4/16; a and b: 1/2 + 1/4 = 3/4, c and d: 1/4. Without:
 * K = 6, phi = 6/36; k_a k_b = 4: 4/6, and 1/6. Pairs 3 either way, weights 3.
 */
static void
weeks_are_strata_and_the_larger_expectation_counts(void **state)
{
	enum { WEEK = 7 * 86400, MONDAY = 4 * 86400 };
	static const struct line lines[] = {
		{ 'a', '1', 0 }, { 'b', '1', 1 },
		{ 'a', '2', WEEK }, { 'b', '2', WEEK + 1 },
		{ 'c', '3', WEEK }, { 'd', '3', WEEK + 1 },
	};
	/* Two that meet over the turn of the week only: no stratum in common. */
	static const struct line turn[] = {
		{ 'a', '1', WEEK - 1 }, { 'b', '1', WEEK },
		{ 'c', '2', 5 }, { 'd', '2', 6 }, { 'c', '3', 5 }, { 'd', '3', 6 },
	};
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_dataset *ds = DATASET(lines);
	struct claque_network net = build(ds, &s);

	(void)state;
	assert_int_equal(net.edge_count, 2);
	assert_near(net.edges[0].expected, 0.75);
	assert_near(net.edges[1].expected, 0.25);
	claque_network_done(&net);
	claque_dataset_free(ds);

	ds = DATASET(turn);
	net = build(ds, &s);
	assert_int_equal(net.edges[0].weight, 1);
	/* K = 6, sum d (d - 1) = 6, k = 1 each, share 3/3: 1/6. */
	assert_near(net.edges[0].expected, 1.0 / 6);
	claque_network_done(&net);
	claque_dataset_free(ds);
}

static void
edges_below_the_asked_weight_or_over_the_asked_q_are_dropped(void **state)
{
	struct claque_dataset *ds = DATASET(three);
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_network net;

	(void)state;
	s.window_s = CLAQUE_WINDOW_WHOLE;
	s.min_weight = 2;
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 1);
	claque_network_done(&net);
	s.max_q = 0.5;
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 0);
	claque_network_done(&net);
	claque_dataset_free(ds);
}

static void
signals_take_their_kinds_and_acts_only(void **state)
{
	struct claque_dataset *ds = DATASET(three);
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_URL);
	struct claque_network net = build(ds, &s);
	enum claque_signal signal;
	struct claque_err err;

	(void)state;
	assert_int_equal(net.edge_count, 0);
	assert_int_equal(net.pairs_tested, 0);
	claque_network_done(&net);
	claque_dataset_free(ds);
	assert_ok(claque_signal_parse(STR("co-url"), &signal, &err), err);
	assert_int_equal(signal, CLAQUE_SIGNAL_CO_URL);
	assert_string_equal(claque_signal_info(signal)->name, "co-url");
	assert_int_equal(claque_signal_parse(STR("co-urls"), &signal, &err), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "co-reshare"));
}

static void
settings_out_of_range_are_misuse(void **state)
{
	struct claque_dataset *ds = DATASET(three);
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_network net;
	struct claque_err err;

	(void)state;
	s.window_s = -2;
	assert_int_equal(claque_network_build(ds, &s, &quiet, &net, &err), CLAQUE_EUSAGE);
	s.window_s = 1;
	s.min_weight = 0;
	assert_int_equal(claque_network_build(ds, &s, &quiet, &net, &err), CLAQUE_EUSAGE);
	s.min_weight = 1;
	s.max_q = nan("");
	assert_int_equal(claque_network_build(ds, &s, &quiet, &net, &err), CLAQUE_EUSAGE);
	claque_dataset_free(ds);
}

/* 40 accounts, 60 objects, 2,000 acts within some hours. */
static struct claque_dataset *
random_dataset(uint64_t seed)
{
	struct rng r = rng_seeded(seed);
	struct line lines[2000];

	for (size_t i = 0; i < 2000; i++)
		lines[i] = (struct line){
			(char)('A' + rng_below(&r, 40)), (char)('!' + rng_below(&r, 60)),
			(int64_t)rng_below(&r, 20000),
		};
	return DATASET(lines);
}

/* All pairs of acts, one by one: what the sweep must agree with. */
static uint32_t
pairs_by_hand(const struct claque_dataset *ds, const struct claque_edge *edge, int64_t window_ms,
	      uint32_t *weight)
{
	uint32_t pairs = 0;

	*weight = 0;
	for (uint32_t o = 0; o < claque_dataset_objects(ds); o++) {
		uint32_t before = pairs;

		for (uint64_t i = ds->object_from[o]; i < ds->object_from[o + 1]; i++)
			for (uint64_t j = ds->object_from[o]; j < ds->object_from[o + 1]; j++)
				pairs += ds->shares[i].account == edge->a &&
					 ds->shares[j].account == edge->b &&
					 llabs(ds->shares[i].at - ds->shares[j].at) <= window_ms;
		*weight += pairs > before;
	}
	return pairs;
}

static void
every_edge_agrees_with_counting_all_pairs_of_acts(void **state)
{
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_dataset *ds = random_dataset(1);
	struct claque_network net = build(ds, &s);

	(void)state;
	assert_true(net.edge_count > 100);
	for (size_t i = 0; i < net.edge_count; i++) {
		const struct claque_edge *e = &net.edges[i];
		uint32_t by_hand;

		assert_int_equal(e->pairs, pairs_by_hand(ds, e, 60000, &by_hand));
		assert_int_equal(e->weight, by_hand);
		assert_true(i == 0 || ds->rank[e[-1].a] < ds->rank[e->a] ||
			    (e[-1].a == e->a && ds->rank[e[-1].b] < ds->rank[e->b]));
	}
	claque_network_done(&net);
	claque_dataset_free(ds);
}

/* Less what the null model gives to pairs of an account with itself, 1 in 40. */
static void
expected_weights_of_all_pairs_sum_to_the_observed_ones(void **state)
{
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_dataset *ds = random_dataset(1);
	struct claque_network net;
	double expected = 0, weight = 0;

	(void)state;
	s.window_s = 3600;
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 40 * 39 / 2);
	for (size_t i = 0; i < net.edge_count; i++) {
		expected += net.edges[i].expected;
		weight += net.edges[i].weight;
	}
	assert_true(expected < weight && expected > weight * 0.96);
	claque_network_done(&net);
	claque_dataset_free(ds);
}

struct seen {
	uint64_t hash;
	uint32_t runs;
};

static void
take_run(void *ctx, const struct pair_run *run)
{
	struct seen *s = ctx;

	s->runs++;
	s->hash = hash_mix(s->hash, (uint64_t)run->a << 32 | run->b);
	for (size_t i = 0; i < run->count; i++)
		s->hash = hash_mix(s->hash, (uint64_t)run->events[i].i << 32 | run->events[i].j);
}

static void
passes_over_a_low_ceiling_see_the_same_pairs(void **state)
{
	static const uint64_t ceilings[] = { PAIR_CEILING, 5000, 1 };
	struct claque_dataset *ds = random_dataset(2);
	struct claque_err err;
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct kept kept;
	struct seen first = { 0 };

	(void)state;
	s.object_cap = 0;
	assert_ok(signal_keep(&kept, ds, &s, &quiet, &err), err);
	for (size_t i = 0; i < 3; i++) {
		struct seen once = { 0 }, twice = { 0 };
		struct pairs pairs;

		assert_ok(pairs_init(&pairs, &kept, INT64_MAX, ceilings[i], &quiet), err);
		assert_ok(pairs_each(&pairs, &once, take_run, &quiet), err);
		assert_ok(pairs_each(&pairs, &twice, take_run, &quiet), err);
		assert_int_equal(once.runs, 40 * 39 / 2);
		assert_int_equal(once.hash, twice.hash);
		if (i == 0)
			first = once;
		assert_int_equal(once.hash, first.hash);
		pairs_done(&pairs);
	}
	kept_done(&kept);
	claque_dataset_free(ds);
}

static void
acts_without_a_time_are_left_out_and_counted(void **state)
{
	static const struct line lines[] = { { 'a', '1', 0 }, { 'b', '1', 1 } };
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_share undated = { .at = CLAQUE_NO_TIME, .act = CLAQUE_ACT_reshare };
	struct claque_dataset *ds;
	struct claque_err err;
	struct claque_network net;
	uint32_t n;

	(void)state;
	assert_ok(claque_dataset_new(&ds, &err), err);
	for (size_t i = 0; i < 2; i++) {
		struct claque_account a = { .id = { &lines[i].account, 1 } };

		assert_ok(claque_dataset_add_account(ds, &a, &undated.account, &err), err);
		assert_ok(claque_dataset_add_object(ds, CLAQUE_OBJECT_post, STR("1"), &n, &err),
			  err);
		assert_ok(claque_dataset_add_share(ds, &undated, &err), err);
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	s.window_s = CLAQUE_WINDOW_WHOLE;
	net = build(ds, &s);
	assert_int_equal(net.edge_count, 0);
	assert_int_equal(net.undated_shares, 2);
	claque_network_done(&net);
	claque_dataset_free(ds);
}

static bool
stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	int *left = ctx;

	(void)stage;
	(void)done;
	(void)total;
	return (*left)-- > 0;
}

static void
a_stopped_build_leaves_nothing(void **state)
{
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_dataset *ds = random_dataset(3);
	int left = 0;
	struct claque_progress stopping = { &left, stop };
	struct claque_network net = { .edge_count = 7 };
	struct claque_err err;

	(void)state;
	s.window_s = CLAQUE_WINDOW_WHOLE;
	assert_int_equal(claque_network_build(ds, &s, &stopping, &net, &err), CLAQUE_STOPPED);
	assert_null(net.edges);
	assert_int_equal(net.edge_count, 0);
	claque_dataset_free(ds);
}

/* Of both accounts, the first acts on this object, or false. */
static bool
first_times(const struct kept *k, uint32_t run, const uint32_t ranks[2], int64_t at[2])
{
	bool found[2] = { false, false };

	for (uint64_t i = k->runs[run + 1]; i-- > k->runs[run];)
		for (int n = 0; n < 2; n++)
			if (k->acts[i].account == ranks[n]) {
				at[n] = k->acts[i].at;
				found[n] = true;
			}
	return found[0] && found[1];
}

/* What was found of two ranks, the second being this partner, holds of each object in turn. */
static void
assert_commons_by_hand(const struct kept *k, const struct common_room *room, uint32_t partner,
		       const uint32_t ranks[2])
{
	uint64_t i = room->from[partner];
	int64_t at[2] = { 0, 0 };

	for (uint32_t run = 0; run < k->run_count; run++) {
		if (!first_times(k, run, ranks, at))
			continue;
		assert_true(i < room->from[partner + 1]);
		assert_int_equal(room->list[i].run, run);
		assert_true(room->list[i++].lag_ms == llabs(at[0] - at[1]));
	}
	assert_int_equal(i, room->from[partner + 1]);
}

/* For all partners at once that is along objects, for one of them along what it holds. */
static void
what_two_have_in_common_is_found_either_way(void **state)
{
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_dataset *ds = random_dataset(3);
	uint32_t partners[40];
	struct claque_err err;
	struct commons commons;
	struct common_room all, one;
	struct kept kept;

	(void)state;
	assert_ok(signal_keep(&kept, ds, &s, &quiet, &err), err);
	assert_ok(commons_init(&commons, &kept, &quiet), err);
	all = common_room_of(&commons);
	one = common_room_of(&commons);
	for (uint32_t a = 0; a < 39; a++) {
		for (uint32_t p = 0; p < 39 - a; p++)
			partners[p] = a + 1 + p;
		common_find(&all, a, partners, 39 - a);
		for (uint32_t p = 0; p < 39 - a; p++) {
			const uint32_t ranks[2] = { a, partners[p] };

			assert_commons_by_hand(&kept, &all, p, ranks);
			common_find(&one, a, &partners[p], 1);
			assert_commons_by_hand(&kept, &one, 0, ranks);
		}
	}
	common_room_done(&all);
	common_room_done(&one);
	commons_done(&commons);
	kept_done(&kept);
	claque_dataset_free(ds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expected_weight_p_and_q_are_those_of_the_hand),
		cmocka_unit_test(windows_are_inclusive_and_lags_leaders_times_are_kept),
		cmocka_unit_test(repeats_count_as_pairs_not_as_weight_and_nobody_pairs_with_itself),
		cmocka_unit_test(repeats_without_end_cost_no_square_and_lose_no_one),
		cmocka_unit_test(objects_over_the_cap_leave_pairs_and_degrees_and_are_counted),
		cmocka_unit_test(weeks_are_strata_and_the_larger_expectation_counts),
		cmocka_unit_test(edges_below_the_asked_weight_or_over_the_asked_q_are_dropped),
		cmocka_unit_test(signals_take_their_kinds_and_acts_only),
		cmocka_unit_test(settings_out_of_range_are_misuse),
		cmocka_unit_test(every_edge_agrees_with_counting_all_pairs_of_acts),
		cmocka_unit_test(expected_weights_of_all_pairs_sum_to_the_observed_ones),
		cmocka_unit_test(passes_over_a_low_ceiling_see_the_same_pairs),
		cmocka_unit_test(acts_without_a_time_are_left_out_and_counted),
		cmocka_unit_test(a_stopped_build_leaves_nothing),
		cmocka_unit_test(what_two_have_in_common_is_found_either_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
