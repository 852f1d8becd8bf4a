/*
 * test_uniform.c - are p-values what they say they are? In worlds where nobody
 * acts together a p-value is uniform, or larger: at most one in a hundred is
 * below .01. Worlds come in kinds that make it hard (few who do most, things
 * that everybody shares within the hour, days and weeks), are then dealt anew
 * (redeal.h), and the distance of p-values from the uniform is Kolmogorov's and
 * Smirnov's. Counts are whole numbers, so p is drawn between the chances of at
 * least so many and of more. Every check is also made with the null broken on
 * purpose, and must then fail: that is the second half of each test.
 *
 * What is found of each, and what claque-method(7) says:
 *   pairs, whole period   uniform where nobody does much of all; else up to a
 *                         quarter too small in the middle, right far out
 *   pairs, short windows  never smaller: the larger of two expectations counts
 *   timing                uniform
 *   groups                likewise as pairs, but not randomised: larger
 *   surrogate worlds      the best group of a null file is the best of all
 *                         W + 1 worlds one time in W + 1
 */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/rng.h"
#include "engine/null.h"
#include "engine/pace.h"
#include "engine/part.h"
#include "engine/redeal.h"
#include "engine/surrogate.h"

static const struct claque_progress quiet;
static struct claque_err err;

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

struct kind {
	const char *name;
	bool heavy;		/* activity by a power law */
	bool viral;		/* objects go round in minutes to days */
	bool rhythm;		/* everybody sleeps, at hours of his own, and works less on weekends */
	bool plain;		/* nobody does more than the others: p is uniform */
	/*
	 * So many times too small may p be: who does a twentieth of all cannot share
	 * one thing twice, so the others share more than activity says.
	 */
	double slack;
	unsigned weeks;
};

static const struct kind kinds[] = {
	{ "plain", false, false, false, true, 1, 1 },
	{ "heavy-tailed activity", true, false, false, false, 1.25, 3 },
	{ "viral bursts", true, true, false, false, 1.25, 3 },
	{ "weekly rhythm", true, true, true, false, 1.25, 3 },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), ACCOUNTS = 300, OBJECTS = 2500,
       OBJECTS_FEW = 400, SHARERS_MAX = 60,
       DEALS = 8, PAIRS = ACCOUNTS / 2, VALUES_MAX = 1 << 16 };

/* --- Kolmogorov and Smirnov */

struct values {
	double p[VALUES_MAX];
	size_t count;
};

static void
add_value(struct values *v, double p)
{
	assert_true(v->count < VALUES_MAX);
	v->p[v->count++] = p;
}

static int
compare_p(const void *pa, const void *pb)
{
	double a = *(const double *)pa, b = *(const double *)pb;

	return (a > b) - (a < b);
}

/*
 * How far p-values are off the uniform, or only too small (beyond the slack), in
 * units that do not depend on n.
 */
static double
distance(struct values *v, bool too_small_only, double slack)
{
	double most = 0, n = (double)v->count;

	qsort(v->p, v->count, sizeof(*v->p), compare_p);
	for (size_t i = 0; i < v->count; i++) {
		double p = v->p[i] * slack;
		double above = (double)(i + 1) / n - p, below = p - (double)i / n;

		most = above > most ? above : most;
		most = !too_small_only && below > most ? below : most;
	}
	return most * sqrt(n);
}

/* Passed by chance once in 2,000 tests or more seldom (Smirnov 1948: 2 exp(-2 x^2)). */
#define TOO_FAR 2.04

/* P(X > n) + u P(X = n), from ln P(X >= n) and ln P(X >= n + 1). */
static double
drawn_p(struct rng *r, double ln_at_least, double ln_more)
{
	return exp(ln_more) + rng_unit(r) * (exp(ln_at_least) - exp(ln_more));
}

/* --- worlds */

struct nature {			/* of an account */
	double reach;		/* activity, summed up to and with it */
	int64_t home;		/* hours */
};

struct world {
	struct claque_dataset *ds;
	struct coact acts;
	struct redeal deal;
	struct rng rng;
	const struct kind *kind;
	struct nature natures[ACCOUNTS];
	uint32_t objects;
	unsigned deals;
};

static uint32_t
choose(const struct nature *natures, struct rng *r)
{
	double at = rng_unit(r) * natures[ACCOUNTS - 1].reach;
	uint32_t low = 0, high = ACCOUNTS - 1;

	while (low < high) {
		uint32_t mid = (low + high) / 2;

		if (natures[mid].reach < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool
sleeps(const struct nature *n, int64_t at)
{
	return (at / HOUR_MS + n->home) % 24 >= 14;
}

static bool
awake(const struct nature *n, int64_t at, struct rng *r)
{
	double chance = (sleeps(n, at) ? 0.05 : 1) * ((at / DAY_MS) % 7 < 5 ? 1 : 0.4);

	return rng_unit(r) < chance;
}

static void
make_natures(const struct kind *kind, struct nature *natures, struct rng *r)
{
	double sum = 0;

	for (uint32_t a = 0; a < ACCOUNTS; a++) {
		double activity = kind->heavy ? pow(1 - rng_unit(r), -0.7) : 1;

		sum += activity < 40 ? activity : 40;
		natures[a] = (struct nature){ sum, (int64_t)rng_below(r, 24) };
	}
}

static void
add_object_acts(struct world *w, uint32_t object)
{
	const struct kind *kind = w->kind;
	double size = kind->heavy ? 2 * pow(1 - rng_unit(&w->rng), -0.6)
				  : 6 * pow(1 - rng_unit(&w->rng), -0.2);
	int64_t period = (int64_t)kind->weeks * 7 * DAY_MS;
	int64_t birth = (int64_t)rng_below(&w->rng, (uint64_t)period);
	double pace = exp(log(2e5) + 3 * rng_normal(&w->rng));
	unsigned wanted = (unsigned)(size < SHARERS_MAX ? size : SHARERS_MAX), had = 0;
	bool shared[ACCOUNTS] = { false };

	for (unsigned tries = 0; had < wanted && tries < 50 * SHARERS_MAX; tries++) {
		uint32_t account = choose(w->natures, &w->rng);
		int64_t at = kind->viral ? birth + (int64_t)rng_exponential(&w->rng, pace) % period
					 : (int64_t)rng_below(&w->rng, (uint64_t)period);

		if (shared[account] || at >= period ||
		    (kind->rhythm && !awake(&w->natures[account], at, &w->rng)))
			continue;
		shared[account] = true;
		had++;
		coact_add(&w->acts, w->ds, object, at, account, 0);
	}
}

static void
make_world(struct world *w, const struct kind *kind, uint32_t objects, uint64_t seed)
{
	struct deal_period period = DEAL_PERIOD_EMPTY;

	*w = (struct world){ .kind = kind, .objects = objects, .rng = rng_seeded(seed) };
	assert_ok(claque_dataset_new(&w->ds, &err), err);
	for (uint32_t a = 0; a < ACCOUNTS; a++) {
		char id[16];
		uint32_t number;
		int len = snprintf(id, sizeof(id), "a%04u", a);
		struct claque_account account = { .id = { id, (size_t)len },
						  .created_at = CLAQUE_NO_TIME };

		assert_ok(claque_dataset_add_account(w->ds, &account, &number, &err), err);
	}
	assert_ok(claque_dataset_seal(w->ds, &quiet, &err), err);
	make_natures(kind, w->natures, &w->rng);
	for (uint32_t o = 0; o < objects; o++)
		add_object_acts(w, coact_object(&w->acts, o));
	coact_sort(&w->acts);
	deal_period_widen(&period, &w->acts);
	assert_ok(redeal_init(&w->deal, &w->acts, period, ACCOUNTS, &quiet), err);
}

static void
free_world(struct world *w)
{
	redeal_done(&w->deal);
	coact_done(&w->acts);
	claque_dataset_free(w->ds);
}

/* The next world dealt from this one. */
static void
deal(struct world *w, struct coact *out)
{
	uint32_t shifts[ACCOUNTS];
	struct rng r = rng_seeded(1000 + w->deals++);

	for (uint32_t a = 0; a < ACCOUNTS; a++)
		shifts[a] = (uint32_t)rng_below(&r, deal_period_weeks(&w->deal.period));
	assert_ok(redeal_acts(&w->deal, shifts, &r, out, &quiet), err);
}

static void
deal_kept(struct world *w, struct kept *out)
{
	struct coact acts;

	deal(w, &acts);
	assert_ok(kept_init(out, w->ds, &acts, 250, &quiet), err);
	coact_done(&acts);
}

/* Everybody in one pair: pairs[2 i] and pairs[2 i + 1]. */
static void
draw_pairs(struct rng *r, uint32_t *pairs)
{
	for (uint32_t i = 0; i < ACCOUNTS; i++)
		pairs[i] = i;
	for (uint32_t i = ACCOUNTS; i > 1; i--) {
		uint32_t j = (uint32_t)rng_below(r, i), swap = pairs[i - 1];

		pairs[i - 1] = pairs[j];
		pairs[j] = swap;
	}
}

/* One deal of a world, looked at in one window. */
struct deal_look {
	struct kept kept;
	struct pace pace;
	struct commons commons;
	struct common_room common;
	struct pace_room room;
	uint32_t pairs[ACCOUNTS];
};

static void
open_look(struct deal_look *l, struct world *w, int64_t window_ms)
{
	const struct pace_range range = { &window_ms, 1, UINT32_MAX };

	memset(l, 0, sizeof(*l));
	deal_kept(w, &l->kept);
	assert_ok(pace_init(&l->pace, &l->kept, &range, &quiet), err);
	assert_ok(commons_init(&l->commons, &l->kept, &quiet), err);
	l->common = common_room_of(&l->commons);
	draw_pairs(&w->rng, l->pairs);
}

/* Of the pair with this number, its rates being in the room. */
static struct meeting
meeting_at(struct deal_look *l, int pair)
{
	uint32_t a = l->pairs[2 * pair], b = l->pairs[2 * pair + 1];
	uint32_t count, low = a < b ? a : b, high = a < b ? b : a;

	common_find(&l->common, low, &high, 1);
	count = (uint32_t)l->common.count;
	ARRAY_GROW(l->room.rates, l->room.cap, count);
	return pace_meeting(&l->pace, l->common.list, count,
			    &(struct pace_view){ 0, false, l->room.rates });
}

static void
close_look(struct deal_look *l)
{
	array_free(l->room.rates);
	common_room_done(&l->common);
	commons_done(&l->commons);
	pace_done(&l->pace);
	kept_done(&l->kept);
}

/* --- the Poisson test of pairs */

/* share: of the right expectation that is taken; 1 is the null model. */
static double
poisson_distance(struct world *w, int64_t window_ms, double share, struct values *v)
{
	v->count = 0;
	for (int d = 0; d < DEALS; d++) {
		struct deal_look l;

		open_look(&l, w, window_ms);
		for (int i = 0; i < PAIRS; i++) {
			struct meeting m = meeting_at(&l, i);
			double own = meeting_share(&m), lambda;

			lambda = kept_pair_part(&l.kept, l.pairs[2 * i], l.pairs[2 * i + 1]) *
				 l.kept.pairs *
				 (own > l.pace.means[0] ? own : l.pace.means[0]) * share;
			add_value(v, drawn_p(&w->rng, null_poisson_tail(lambda, m.hits),
					     null_poisson_tail(lambda, m.hits + 1)));
		}
		close_look(&l);
	}
	return distance(v, !w->kind->plain || window_ms < INT64_MAX, w->kind->slack);
}

static void
the_poisson_test_of_pairs_keeps_its_word(void **state)
{
	static const int64_t windows[] = { MINUTE_MS, HOUR_MS, INT64_MAX };
	static struct values v;

	(void)state;
	for (size_t k = 0; k < KINDS; k++)
		for (size_t i = 0; i < 3; i++) {
			struct world w;
			double far;

			make_world(&w, &kinds[k], OBJECTS, 1 + k);
			far = poisson_distance(&w, windows[i], 1, &v);
			if (far > TOO_FAR)
				fail_msg("%s, window %zu: %.2f", kinds[k].name, i, far);
			/* Half of what chance gives: seen wherever pairs meet at all. */
			if (windows[i] == INT64_MAX)
				assert_true(poisson_distance(&w, windows[i], 0.5, &v) > TOO_FAR);
			free_world(&w);
		}
}

/* --- timing, given what is shared */

/*
 * own: rates of the objects; else the file's mean for all, which is the null
 * broken. fast: only pairs who share what others share fast; who shares anything
 * at random would not see the difference.
 */
static double
timing_distance(struct world *w, bool fast, bool own, struct values *v)
{
	v->count = 0;
	for (int d = 0; d < DEALS; d++) {
		struct deal_look l;

		open_look(&l, w, HOUR_MS);
		for (int i = 0; i < PAIRS; i++) {
			struct meeting m = meeting_at(&l, i);
			const double *rates = l.room.rates;

			if (m.common == 0 || (fast && meeting_share(&m) < l.pace.means[0]))
				continue;
			for (uint32_t o = 0; o < m.common && !own; o++)
				l.room.rates[o] = l.pace.means[0];
			add_value(v, drawn_p(&w->rng,
				null_poisson_binomial_tail(rates, m.common, m.hits),
				null_poisson_binomial_tail(rates, m.common, m.hits + 1)));
		}
		close_look(&l);
	}
	return distance(v, false, 1);
}

static void
timing_is_as_surprising_as_it_says_however_fast_things_go_round(void **state)
{
	static struct values v;

	(void)state;
	for (size_t k = 0; k < KINDS; k++) {
		struct world w;
		double any, fast;

		make_world(&w, &kinds[k], OBJECTS, 11 + k);
		any = timing_distance(&w, false, true, &v);
		assert_true(v.count > 500);
		fast = timing_distance(&w, true, true, &v);
		assert_true(v.count > 100);
		if (any > TOO_FAR || fast > TOO_FAR)
			fail_msg("%s: %.2f, %.2f", kinds[k].name, any, fast);
		if (kinds[k].viral)
			assert_true(timing_distance(&w, true, false, &v) > TOO_FAR);
		free_world(&w);
	}
}

/* --- binomial tails */

static double
binomial_distance(double rate, double claimed, struct values *v)
{
	struct rng r = rng_seeded(5);

	v->count = 0;
	for (int i = 0; i < 4000; i++) {
		uint64_t n = 1 + rng_below(&r, 60), hits = 0;

		for (uint64_t j = 0; j < n; j++)
			hits += rng_unit(&r) < rate;
		add_value(v, drawn_p(&r, null_binomial_tail(n, claimed, hits),
				     null_binomial_tail(n, claimed, hits + 1)));
	}
	return distance(v, false, 1);
}

static void
binomial_tails_are_uniform_and_a_wrong_rate_is_seen(void **state)
{
	static struct values v;

	(void)state;
	assert_true(binomial_distance(0.07, 0.07, &v) < TOO_FAR);
	assert_true(binomial_distance(0.5, 0.5, &v) < TOO_FAR);
	assert_true(binomial_distance(0.07, 0.05, &v) > TOO_FAR);
}

/* --- groups */

/* Groups drawn at random, of ten; factor: on what chance gives them. */
static double
group_distance(struct world *w, double factor, struct values *v)
{
	enum { SIZE = 10, GROUPS = ACCOUNTS / SIZE };

	v->count = 0;
	for (int d = 0; d < DEALS; d++) {
		struct scene s = { .ds = w->ds, .group_count = GROUPS };
		uint32_t order[ACCOUNTS], group_of[ACCOUNTS];

		deal_kept(w, &s.kept[0]);
		draw_pairs(&w->rng, order);
		for (uint32_t i = 0; i < ACCOUNTS; i++)
			group_of[w->ds->by_rank[order[i]]] = i / SIZE;
		s.group_of = group_of;
		s.valid[0].totals[WINDOW_WHOLE] = s.kept[0].pairs * factor;
		s.flows[0] = ARRAY_NEW(struct flow, GROUPS);
		for (uint32_t g = 0; g < GROUPS; g++)
			s.flows[0][g].window = WINDOW_WHOLE;
		assert_ok(flow_measure(&s.kept[0], group_of, s.flows[0], &quiet), err);
		for (uint32_t g = 0; g < GROUPS; g++) {
			uint32_t accounts[SIZE];
			struct crew crew = { .group = g, .accounts = accounts, .count = SIZE };

			for (uint32_t i = 0; i < SIZE; i++)
				accounts[i] = w->ds->by_rank[order[g * SIZE + i]];
			add_value(v, exp(-part_coshare_surprise(&s, &crew, 0)));
		}
		array_free(s.flows[0]);
		kept_done(&s.kept[0]);
	}
	return distance(v, true, w->kind->slack);
}

static void
random_groups_are_no_more_surprising_than_the_test_says(void **state)
{
	static struct values v;

	(void)state;
	for (size_t k = 0; k < KINDS; k++) {
		struct world w;
		double far;

		make_world(&w, &kinds[k], OBJECTS, 21 + k);
		far = group_distance(&w, 1, &v);
		if (far > TOO_FAR)
			fail_msg("%s: %.2f", kinds[k].name, far);
		assert_true(group_distance(&w, 0.4, &v) > TOO_FAR);
		free_world(&w);
	}
}

/* --- many tests at once */

enum { PLANTED = 30, OWN_OBJECTS = 8 };

/* Pairs 0-1, 2-3, ... share objects of their own within half a minute. */
static void
plant(const struct world *w, struct coact *acts, struct rng *r)
{
	struct coact both = { 0 };

	for (uint32_t o = 0; o < acts->object_count; o++) {
		uint32_t number = coact_object(&both, acts->keys[o]);

		for (uint64_t i = acts->from[o]; i < acts->from[o + 1]; i++)
			coact_add(&both, w->ds, number, acts->acts[i].at,
				  w->ds->by_rank[acts->acts[i].account], 0);
	}
	for (uint32_t i = 0; i < PLANTED * OWN_OBJECTS; i++) {
		uint32_t number = coact_object(&both, w->objects + i), pair = i / OWN_OBJECTS;
		int64_t at = (int64_t)rng_below(r, (uint64_t)(7 * DAY_MS));

		coact_add(&both, w->ds, number, at, w->ds->by_rank[2 * pair], 0);
		coact_add(&both, w->ds, number, at + (int64_t)rng_below(r, 30000),
			  w->ds->by_rank[2 * pair + 1], 0);
	}
	coact_done(acts);
	coact_sort(&both);
	*acts = both;
}

static bool
is_planted(const struct world *w, const struct claque_edge *e)
{
	uint32_t a = w->ds->rank[e->a], b = w->ds->rank[e->b];

	return a / 2 == b / 2 && a / 2 < PLANTED;
}

/* Deals, plants if asked to, and adds what was found to *right and *wrong. */
static void
discover(struct world *w, double fdr, bool planted, size_t *right, size_t *wrong)
{
	struct coact acts;
	struct kept kept;
	struct validated found = { 0 };
	struct validation how = { &kept, CLAQUE_SIGNAL_CO_SOURCE, fdr, 0 };

	deal(w, &acts);
	if (planted)
		plant(w, &acts, &w->rng);
	assert_ok(kept_init(&kept, w->ds, &acts, 250, &quiet), err);
	assert_ok(validate_pairs(&how, &quiet, &found, &err), err);
	for (size_t e = 0; e < found.count; e++)
		*(planted && is_planted(w, &found.edges[e].edge) ? right : wrong) += 1;
	array_free(found.edges);
	kept_done(&kept);
	coact_done(&acts);
}

static void
one_discovery_in_a_hundred_is_false_at_most(void **state)
{
	enum { MIXTURES = 3 };
	size_t right = 0, wrong = 0, loose = 0;

	(void)state;
	for (size_t k = 0; k < KINDS; k++) {
		struct world w;

		make_world(&w, &kinds[k], OBJECTS_FEW, 31 + k);
		for (int i = 0; i < MIXTURES; i++)
			discover(&w, 0.01, true, &right, &wrong);
		/* Without correction there is no end of false ones. */
		discover(&w, 1, true, &loose, &loose);
		free_world(&w);
	}
	print_message("%zu right, %zu wrong; uncorrected %zu\n", right, wrong, loose);
	assert_true(right > PLANTED * MIXTURES * KINDS / 2);
	/* 3.6 are expected of 360; more than 10 are so seldom (Poisson: .002). */
	assert_true(wrong <= 10);
	assert_true(loose > 2 * PLANTED * KINDS);
}

/* Where everything is null, whatever is found is false: one world in 1 / fdr finds something. */
static void
of_worlds_of_chance_alone_hardly_any_has_a_discovery(void **state)
{
	enum { NULL_WORLDS = 10 };
	const double fdr = 0.2;
	size_t with = 0, all = 0;

	(void)state;
	for (size_t k = 0; k < KINDS; k++) {
		struct world w;

		make_world(&w, &kinds[k], OBJECTS_FEW, 51 + k);
		for (int i = 0; i < NULL_WORLDS; i++) {
			size_t found = 0;

			discover(&w, fdr, false, &found, &found);
			with += found > 0;
			all += found;
		}
		free_world(&w);
	}
	print_message("%zu of %zu worlds of chance with a discovery, %zu in all\n", with,
		      (size_t)NULL_WORLDS * KINDS, all);
	assert_true(null_binomial_tail(NULL_WORLDS * KINDS, fdr, with) > log(0.001));
}

/* --- in threads */

static struct validated
validate_with(const struct kept *kept, unsigned threads)
{
	struct validation how = { kept, CLAQUE_SIGNAL_CO_SOURCE, 1, threads };
	struct validated v = { 0 };

	assert_ok(validate_pairs(&how, &quiet, &v, &err), err);
	return v;
}

static void
any_number_of_threads_finds_the_same_edges_to_the_byte(void **state)
{
	static const unsigned threads[] = { 2, 3, 7 };
	struct validated one;
	struct kept kept;
	struct world w;

	(void)state;
	make_world(&w, &kinds[3], OBJECTS_FEW, 71);
	deal_kept(&w, &kept);
	one = validate_with(&kept, 1);
	assert_true(one.count > 10);
	for (size_t i = 0; i < sizeof(threads) / sizeof(threads[0]); i++) {
		struct validated many = validate_with(&kept, threads[i]);

		assert_int_equal(one.count, many.count);
		assert_memory_equal(one.totals, many.totals, sizeof(one.totals));
		assert_memory_equal(one.edges, many.edges, one.count * sizeof(*one.edges));
		array_free(many.edges);
	}
	array_free(one.edges);
	kept_done(&kept);
	free_world(&w);
}

/* --- surrogate worlds */

/* Of so many accounts one is a suspect. */
enum { FILES = 40, WORLDS = 3, SUSPECTS = 5 };

/* A scene with one network, and suspects as one likes. */
struct stage {
	struct claque_score_settings settings;
	struct scene scene;
	struct claque_result result;
};

static void
open_stage(struct stage *st, struct world *w)
{
	struct scene *s = &st->scene;
	struct validation how = { &s->kept[0], CLAQUE_SIGNAL_CO_SOURCE, 0.01, 0 };

	memset(st, 0, sizeof(*st));
	st->settings = claque_score_defaults();
	st->settings.surrogates = WORLDS;
	st->settings.seed = w->deals;
	for (unsigned f = 1; f < FUSED_COUNT; f++)
		st->settings.off[fused_table[f].signal] = true;
	*s = (struct scene){ .ds = w->ds, .settings = &st->settings, .threads = 1 };
	s->work.ds = w->ds;
	deal(w, &s->work.source);
	s->belief.at = ARRAY_NEW(double, ACCOUNTS);
	for (uint32_t a = 0; a < ACCOUNTS; a++)
		s->belief.at[a] = a % SUSPECTS == 0 ? 0.9 : 0.1;
	assert_ok(kept_init(&s->kept[0], w->ds, &s->work.source, 250, &quiet), err);
	assert_ok(validate_pairs(&how, &quiet, &s->valid[0], &err), err);
	assert_ok(scene_group(s, &quiet, &err), err);
	st->result.group_count = s->group_count;
	st->result.groups = ARRAY_NEW(struct claque_group, s->group_count);
}

static void
close_stage(struct stage *st)
{
	scene_forget_networks(&st->scene);
	coact_done(&st->scene.work.source);
	array_free(st->scene.belief.at);
	array_free(st->result.groups);
}

/* Is a group of this file better than all of its surrogate worlds? */
static bool
beats_chance(struct world *w, size_t *groups)
{
	bool beats = false;
	struct stage st;

	open_stage(&st, w);
	assert_ok(surrogate_fill(&st.scene, &quiet, &st.result, &err), err);
	for (size_t g = 0; g < st.result.group_count; g++) {
		assert_int_equal(st.result.groups[g].worlds, WORLDS);
		beats = beats || st.result.groups[g].surrogate <= 0;
	}
	*groups += st.result.group_count;
	close_stage(&st);
	return beats;
}

static void
the_best_group_of_a_null_file_is_the_best_of_all_worlds_as_often_as_any(void **state)
{
	size_t best = 0, groups = 0;
	struct world w;

	(void)state;
	make_world(&w, &kinds[3], OBJECTS_FEW, 61);
	for (int i = 0; i < FILES; i++)
		best += beats_chance(&w, &groups);
	print_message("%zu of %d files beat %d worlds; %.1f groups a file\n", best, FILES, WORLDS,
		      (double)groups / FILES);
	assert_true(groups >= FILES);
	assert_true(null_binomial_tail(FILES, 1.0 / (WORLDS + 1), best) > log(0.001));
	assert_true(null_binomial_tail(FILES, WORLDS / (WORLDS + 1.0), FILES - best) > log(0.001));
	free_world(&w);
}

/* --- dealing itself */

static void
count_by_account(const struct coact *c, uint32_t *counts)
{
	memset(counts, 0, ACCOUNTS * sizeof(*counts));
	for (size_t i = 0; i < c->count; i++)
		counts[c->acts[i].account]++;
}

/* Sharers of all objects; who was dealt one twice counts once. */
static size_t
count_sharers(const struct coact *c)
{
	size_t sharers = 0;

	for (uint32_t o = 0; o < c->object_count; o++) {
		bool shared[ACCOUNTS] = { false };

		for (uint64_t i = c->from[o]; i < c->from[o + 1]; i++) {
			sharers += !shared[c->acts[i].account];
			shared[c->acts[i].account] = true;
		}
	}
	return sharers;
}

static void
check_dealing(const struct kind *kind)
{
	uint32_t before[ACCOUNTS], after[ACCOUNTS];
	size_t moved = 0;
	struct coact x, y;
	struct world w, again;

	make_world(&w, kind, OBJECTS, 41);
	make_world(&again, kind, OBJECTS, 41);
	deal(&w, &x);
	deal(&again, &y);
	assert_int_equal(x.count, w.acts.count);
	for (size_t i = 0; i < x.count; i++) {
		assert_int_equal(x.acts[i].at, w.acts.acts[i].at);
		assert_int_equal(x.acts[i].object, w.acts.acts[i].object);
		assert_int_equal(x.acts[i].account, y.acts[i].account);
		moved += x.acts[i].account != w.acts.acts[i].account;
	}
	count_by_account(&w.acts, before);
	count_by_account(&x, after);
	assert_memory_equal(before, after, sizeof(before));
	assert_true(moved > x.count * 8 / 10);
	assert_int_equal(count_sharers(&w.acts), w.acts.count);
	print_message("%zu of %zu dealt twice\n", x.count - count_sharers(&x), x.count);
	assert_true(x.count - count_sharers(&x) < x.count / 50);
	coact_done(&x);
	coact_done(&y);
	free_world(&w);
	free_world(&again);
}

static void
dealing_keeps_objects_and_activity_and_loses_who_with_whom(void **state)
{
	(void)state;
	check_dealing(&kinds[0]);	/* a week: nothing to shift */
	check_dealing(&kinds[3]);
}

/* Of 100 acts, those in hours in which their account sleeps. */
static double
at_night(const struct world *w, const struct coact *c)
{
	size_t night = 0;

	for (size_t i = 0; i < c->count; i++)
		night += sleeps(&w->natures[w->ds->by_rank[c->acts[i].account]], c->acts[i].at);
	return 100 * (double)night / (double)c->count;
}

static void
dealing_lets_those_sleep_who_slept(void **state)
{
	struct coact x;
	struct world w;
	double before, after;

	(void)state;
	make_world(&w, &kinds[3], OBJECTS, 42);
	deal(&w, &x);
	before = at_night(&w, &w.acts);
	after = at_night(&w, &x);
	print_message("%.1f %% of acts at night, %.1f %% once dealt\n", before, after);
	assert_true(before < 5);
	/* Exchanged within six hours, as much comes in at both ends of the night; 42 is all. */
	assert_true(after < 20);
	coact_done(&x);
	free_world(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_poisson_test_of_pairs_keeps_its_word),
		cmocka_unit_test(timing_is_as_surprising_as_it_says_however_fast_things_go_round),
		cmocka_unit_test(binomial_tails_are_uniform_and_a_wrong_rate_is_seen),
		cmocka_unit_test(random_groups_are_no_more_surprising_than_the_test_says),
		cmocka_unit_test(one_discovery_in_a_hundred_is_false_at_most),
		cmocka_unit_test(of_worlds_of_chance_alone_hardly_any_has_a_discovery),
		cmocka_unit_test(any_number_of_threads_finds_the_same_edges_to_the_byte),
		cmocka_unit_test(
			the_best_group_of_a_null_file_is_the_best_of_all_worlds_as_often_as_any),
		cmocka_unit_test(dealing_keeps_objects_and_activity_and_loses_who_with_whom),
		cmocka_unit_test(dealing_lets_those_sleep_who_slept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
