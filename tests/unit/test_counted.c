/*
 * test_counted.c - a network from counts is the network from acts, to the byte: the
 * counts are made here the slow way, on two shards.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "claque/counted.h"

enum { ACCOUNTS = 24, OBJECTS = 60, ACTS = 900, SHARDS = 2, CAP = 10 };
#define WEEK_MS (INT64_C(7) * 24 * 3600 * 1000)

static const struct claque_progress quiet;

struct act {
	int64_t at;
	uint32_t account, object;
};

struct world {
	struct act acts[ACTS];
	uint32_t degree[OBJECTS];
	int64_t first[OBJECTS][ACCOUNTS];	/* INT64_MAX: never */
	int64_t window_ms;
};

static struct claque_str
name(char *room, char letter, uint32_t n)
{
	int len = snprintf(room, 16, "%c%u", letter, (unsigned)n);

	return (struct claque_str){ room, (size_t)len };
}

static void
make_world(struct world *w, int64_t window_ms)
{
	struct rng rng = rng_seeded(7);

	*w = (struct world){ .window_ms = window_ms };
	for (size_t o = 0; o < OBJECTS; o++)
		for (size_t a = 0; a < ACCOUNTS; a++)
			w->first[o][a] = INT64_MAX;
	for (size_t i = 0; i < ACTS; i++) {
		struct act *x = &w->acts[i];

		x->object = (uint32_t)rng_below(&rng, OBJECTS);
		x->account = (uint32_t)rng_below(&rng, x->object < 3 ? ACCOUNTS : ACCOUNTS / 2);
		/* Around 1970, so that weeks before it are among them. */
		x->at = (int64_t)x->object * WEEK_MS / 8 - 3 * WEEK_MS +
			(int64_t)rng_below(&rng, 4000) * 1000;
		if (w->first[x->object][x->account] == INT64_MAX)
			w->degree[x->object]++;
		if (x->at < w->first[x->object][x->account])
			w->first[x->object][x->account] = x->at;
	}
}

static bool
is_kept(const struct world *w, uint32_t object)
{
	return w->degree[object] > 0 && w->degree[object] <= CAP;
}

static struct claque_dataset *
dataset_of(const struct world *w)
{
	struct claque_dataset *ds;
	struct claque_err err;
	char room[16];
	uint32_t number;

	assert_int_equal(claque_dataset_new(&ds, &err), CLAQUE_OK);
	for (uint32_t a = 0; a < ACCOUNTS; a++)
		assert_int_equal(claque_dataset_add_account(ds, &(struct claque_account){
			.id = name(room, 'u', a), .platform = STR("x"),
			.created_at = CLAQUE_NO_TIME }, &number, &err), CLAQUE_OK);
	for (uint32_t o = 0; o < OBJECTS; o++)
		assert_int_equal(claque_dataset_add_object(ds, CLAQUE_OBJECT_post,
			name(room, 'p', o), &number, &err), CLAQUE_OK);
	for (uint32_t i = 0; i < ACTS; i++)
		assert_int_equal(claque_dataset_add_share(ds, &(struct claque_share){
			w->acts[i].at, w->acts[i].account, w->acts[i].object, i,
			CLAQUE_ACT_reshare }, &err), CLAQUE_OK);
	assert_int_equal(claque_dataset_seal(ds, &quiet, &err), CLAQUE_OK);
	return ds;
}

static int64_t
week_of(int64_t at)
{
	return at / WEEK_MS - (at % WEEK_MS < 0);
}

/* Does the account act on the object in that week? */
static bool
acts_in(const struct world *w, uint32_t account, uint32_t object, int64_t week)
{
	for (size_t i = 0; i < ACTS; i++)
		if (w->acts[i].account == account && w->acts[i].object == object &&
		    week_of(w->acts[i].at) == week)
			return true;
	return false;
}

static void
tell_account(const struct world *w, struct claque_counted *c, unsigned shard, uint32_t account)
{
	struct claque_counted_account told = { .platform = STR("x") };
	struct claque_err err;
	char room[16];
	int64_t weeks[64];
	uint64_t counts[64];
	uint32_t number;

	for (uint32_t o = shard; o < OBJECTS; o += SHARDS)
		told.objects += is_kept(w, o) && w->first[o][account] != INT64_MAX;
	for (int64_t week = -4; week < 8; week++) {
		uint64_t n = 0;

		for (uint32_t o = shard; o < OBJECTS; o += SHARDS)
			n += is_kept(w, o) && acts_in(w, account, o, week);
		if (n == 0)
			continue;
		weeks[told.week_count] = week;
		counts[told.week_count++] = n;
	}
	if (told.objects == 0)
		return;
	told.id = name(room, 'u', account);
	told.weeks = weeks;
	told.week_objects = counts;
	assert_int_equal(claque_counted_add_account(c, &told, &number, &err), CLAQUE_OK);
}

static void
tell_totals(const struct world *w, struct claque_counted *c, uint32_t object)
{
	struct claque_err err;
	uint64_t d = w->degree[object], near = 0;

	assert_int_equal(claque_counted_add_whole(c, &(struct claque_counted_total){
		d, d * (d - 1) }, &err), CLAQUE_OK);
	for (int64_t week = -4; week < 8; week++) {
		d = 0;
		for (uint32_t a = 0; a < ACCOUNTS; a++)
			d += acts_in(w, a, object, week);
		if (d > 0)
			assert_int_equal(claque_counted_add_week(c, week,
				&(struct claque_counted_total){ d, d * (d - 1) }, &err), CLAQUE_OK);
	}
	for (uint32_t a = 0; a < ACCOUNTS; a++)
		for (uint32_t b = a + 1; b < ACCOUNTS; b++)
			near += w->first[object][a] != INT64_MAX &&
				w->first[object][b] != INT64_MAX &&
				llabs(w->first[object][a] - w->first[object][b]) <= w->window_ms;
	assert_int_equal(claque_counted_add_near(c, near, &err), CLAQUE_OK);
}

static bool
acts_on(const struct act *x, uint32_t account, uint32_t object)
{
	return x->account == account && x->object == object;
}

/* Pairs of acts of a (named first to the counts) and b on objects of the shard. */
static void
tell_pair(const struct world *w, struct claque_counted *c, unsigned shard, const uint32_t *two,
	  const uint32_t *numbers)
{
	static int64_t lags[ACTS * 8];
	struct claque_counted_pair pair = { .a = numbers[0], .b = numbers[1], .lags_ms = lags,
					    .first_seen = INT64_MAX, .last_seen = INT64_MIN };
	struct claque_err err;

	for (uint32_t o = shard; o < OBJECTS; o += SHARDS) {
		size_t before = pair.lag_count;

		for (size_t i = 0; i < ACTS && is_kept(w, o); i++) {
			const struct act *x = &w->acts[i];

			for (size_t j = 0; j < ACTS && acts_on(x, two[0], o); j++) {
				const struct act *y = &w->acts[j];
				int64_t lag = y->at - x->at;

				if (!acts_on(y, two[1], o) || llabs(lag) > w->window_ms)
					continue;
				lags[pair.lag_count++] = llabs(lag);
				pair.a_first += lag > 0;
				pair.b_first += lag < 0;
				if ((lag > 0 ? x->at : y->at) < pair.first_seen)
					pair.first_seen = lag > 0 ? x->at : y->at;
				if ((lag > 0 ? y->at : x->at) > pair.last_seen)
					pair.last_seen = lag > 0 ? y->at : x->at;
			}
		}
		pair.weight += pair.lag_count > before;
	}
	if (pair.weight > 0)
		assert_int_equal(claque_counted_add_pair(c, &pair, &err), CLAQUE_OK);
}

/* Account numbers of the counts by those of the world; MAP_NONE for whoever has none. */
static void
find_numbers(const struct claque_counted *c, uint32_t *numbers)
{
	char room[16];

	for (uint32_t a = 0; a < ACCOUNTS; a++) {
		numbers[a] = UINT32_MAX;
		for (uint32_t n = 0; n < claque_counted_accounts(c); n++)
			if (str_eq(claque_counted_account_id(c, n), name(room, 'u', a)))
				numbers[a] = n;
	}
}

static void
tell_all(const struct world *w, struct claque_counted *c, uint32_t *numbers)
{
	for (unsigned shard = SHARDS; shard-- > 0;)
		for (uint32_t a = 0; a < ACCOUNTS; a++)
			tell_account(w, c, shard, a);
	find_numbers(c, numbers);
	for (uint32_t o = 0; o < OBJECTS; o++)
		if (is_kept(w, o))
			tell_totals(w, c, o);
	for (unsigned shard = 0; shard < SHARDS; shard++)
		for (uint32_t a = 0; a < ACCOUNTS; a++)
			for (uint32_t b = 0; b < a; b++)
				tell_pair(w, c, shard, (uint32_t[]){ a, b },
					  (uint32_t[]){ numbers[a], numbers[b] });
}

static uint32_t
world_account(const uint32_t *numbers, uint32_t number)
{
	uint32_t a = 0;

	while (numbers[a] != number)
		a++;
	return a;
}

/* Pairs of first acts on the object that do not stand out. */
static struct claque_counted_common
common_of(const struct world *w, const struct claque_counted *c, const uint32_t *numbers,
	  uint32_t o)
{
	struct claque_counted_common left = { .times = 1 };

	for (uint32_t a = 0; a < ACCOUNTS; a++)
		for (uint32_t b = a + 1; b < ACCOUNTS; b++) {
			if (w->first[o][a] == INT64_MAX || w->first[o][b] == INT64_MAX)
				continue;
			left.pairs++;
			left.near += llabs(w->first[o][a] - w->first[o][b]) <= w->window_ms;
		}
	for (uint32_t i = 0; i < claque_counted_pairs(c); i++) {
		uint32_t a, b;
		bool out;

		claque_counted_pair_at(c, i, &a, &b, &out);
		a = world_account(numbers, a);
		b = world_account(numbers, b);
		if (!out || w->first[o][a] == INT64_MAX || w->first[o][b] == INT64_MAX)
			continue;
		left.pairs--;
		left.near -= llabs(w->first[o][a] - w->first[o][b]) <= w->window_ms;
	}
	return left;
}

static void
tell_commons(const struct world *w, struct claque_counted *c, const uint32_t *numbers)
{
	struct claque_err err;

	for (uint32_t o = OBJECTS; o-- > 0;) {
		struct claque_counted_common common = common_of(w, c, numbers, o);

		for (uint32_t i = 0; i < claque_counted_pairs(c) && is_kept(w, o); i++) {
			uint32_t a, b;
			bool out;

			claque_counted_pair_at(c, i, &a, &b, &out);
			a = world_account(numbers, a);
			b = world_account(numbers, b);
			if (w->first[o][a] == INT64_MAX || w->first[o][b] == INT64_MAX)
				continue;
			common.hit = llabs(w->first[o][a] - w->first[o][b]) <= w->window_ms;
			assert_int_equal(claque_counted_add_common(c, i, &common, &err), CLAQUE_OK);
		}
	}
}

static void
assert_same(const struct claque_dataset *ds, const struct claque_network *left,
	    const struct claque_counted *c, const struct claque_network *right)
{
	assert_int_equal(left->edge_count, right->edge_count);
	assert_int_equal(left->pairs_tested, right->pairs_tested);
	assert_true(left->edge_count > 20);
	for (size_t i = 0; i < left->edge_count; i++) {
		struct claque_edge x = left->edges[i], y = right->edges[i];
		bool x_leads = x.leader == x.a, y_leads = y.leader == y.a;

		assert_true(str_eq(claque_dataset_account_id(ds, x.a),
				   claque_counted_account_id(c, y.a)));
		assert_true(str_eq(claque_dataset_account_id(ds, x.b),
				   claque_counted_account_id(c, y.b)));
		assert_int_equal(x.leader == CLAQUE_NO_LEADER, y.leader == CLAQUE_NO_LEADER);
		assert_int_equal(x_leads, y_leads);
		y.a = x.a;
		y.b = x.b;
		y.leader = x.leader;
		assert_memory_equal(&x, &y, sizeof(x));
	}
}

static void
compare(int64_t window_s)
{
	static struct world w;
	struct claque_network_settings settings = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_network from_acts, from_counts;
	struct claque_dataset *ds;
	struct claque_counted *c;
	struct claque_err err;
	uint32_t numbers[ACCOUNTS];

	settings.window_s = window_s;
	settings.object_cap = CAP;
	make_world(&w, window_s * 1000);
	ds = dataset_of(&w);
	assert_int_equal(claque_network_build(ds, &settings, &quiet, &from_acts, &err), CLAQUE_OK);
	assert_true(from_acts.hot_objects > 0);
	assert_int_equal(claque_counted_new(&c, &err), CLAQUE_OK);
	tell_all(&w, c, numbers);
	assert_int_equal(claque_counted_close(c, &quiet, &err), CLAQUE_OK);
	tell_commons(&w, c, numbers);
	assert_int_equal(claque_counted_finish(c, &settings, &quiet, &from_counts, &err),
			 CLAQUE_OK);
	assert_same(ds, &from_acts, c, &from_counts);
	claque_network_done(&from_acts);
	claque_network_done(&from_counts);
	claque_counted_free(c);
	claque_dataset_free(ds);
}

static void
counts_give_the_edges_that_acts_give(void **state)
{
	(void)state;
	compare(60);
	compare(600);
	compare(3600);
}

static void
counts_that_contradict_each_other_are_refused(void **state)
{
	static const int64_t week = 0, far = 9, lags[] = { 5, -1 };
	static const uint64_t one = 1, two = 2;
	struct claque_counted *c;
	struct claque_err err;
	uint32_t a, b;

	(void)state;
	assert_int_equal(claque_counted_new(&c, &err), CLAQUE_OK);
	assert_int_equal(claque_counted_add_account(c, &(struct claque_counted_account){
		STR("a"), STR("x"), 1, &week, &two, 1 }, &a, &err), CLAQUE_EINPUT);
	assert_int_equal(claque_counted_add_account(c, &(struct claque_counted_account){
		STR("a"), STR("x"), 1, &week, &one, 0 }, &a, &err), CLAQUE_EINPUT);
	assert_int_equal(claque_counted_add_account(c, &(struct claque_counted_account){
		STR("a"), STR("x"), 1, &week, &one, 1 }, &a, &err), CLAQUE_OK);
	assert_int_equal(claque_counted_add_account(c, &(struct claque_counted_account){
		STR("a"), STR("y"), 1, &far, &one, 1 }, &b, &err), CLAQUE_OK);
	assert_int_not_equal(a, b);
	assert_int_equal(claque_counted_add_whole(c, &(struct claque_counted_total){
		UINT64_MAX, 0 }, &err), CLAQUE_EINPUT);
	assert_int_equal(claque_counted_add_pair(c, &(struct claque_counted_pair){
		a, a, 1, 0, 0, 1, 2, lags, 1 }, &err), CLAQUE_EINPUT);
	assert_int_equal(claque_counted_add_pair(c, &(struct claque_counted_pair){
		a, b, 1, 0, 0, 1, 2, lags, 2 }, &err), CLAQUE_EINPUT);
	assert_int_equal(claque_counted_add_pair(c, &(struct claque_counted_pair){
		a, b, 2, 0, 0, 1, 2, lags, 1 }, &err), CLAQUE_EINPUT);
	assert_int_equal(claque_counted_add_pair(c, &(struct claque_counted_pair){
		a, b, 1, 1, 1, 1, 2, lags, 1 }, &err), CLAQUE_EINPUT);
	assert_int_equal(claque_counted_close(c, &quiet, &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "week"));
	claque_counted_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_give_the_edges_that_acts_give),
		cmocka_unit_test(counts_that_contradict_each_other_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
