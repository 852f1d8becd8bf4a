/*
 * test_explain.c - why an account is in a group or in none, and more like
 * these, on a town with a bulk-made network of known members.
 */
#include "config.h"

#include "crowd.h"

#include <pthread.h>

#include "claque/explain.h"

enum { ORDINARY = 400, MEMBERS = 20, POSTS = 200, ROUNDS = 12, SEEDS = 5 };

/* Who stands at the end of the town, after its members. */
enum { SILENT = ORDINARY + MEMBERS, CROWD, LONER, CAREFUL, TOWN };

struct town {
	struct crowd c;
	struct rng rng;
	uint32_t posts[POSTS], hot;
	double prior;		/* of its first ordinary account */
	enum claque_mark mark;	/* of its first member */
};

static uint32_t
new_post(struct town *t, const char *prefix, uint32_t n)
{
	char id[32];
	uint32_t out;

	(void)snprintf(id, sizeof(id), "%s%u", prefix, n);
	assert_ok(claque_dataset_add_object(t->c.ds, CLAQUE_OBJECT_post, str_of(id), &out, &err),
		  err);
	return out;
}

static int64_t
some_time(struct town *t)
{
	return MONDAY + (int64_t)rng_below(&t->rng, 28 * 24 * 3600) * 1000;
}

static void
add_accounts(struct town *t)
{
	for (uint32_t i = 0; i < TOWN; i++) {
		bool member = i >= ORDINARY && i < ORDINARY + MEMBERS;
		struct claque_account a = someone();
		char handle[32];

		(void)snprintf(handle, sizeof(handle), member ? "Anna%05u" : "x_%u_y_z",
			       10000 + 37 * i);
		a.handle = str_of(handle);
		a.created_at = MONDAY - (member ? 300 * DAY + i * HOUR
					 : (int64_t)rng_below(&t->rng, 3000) * DAY);
		a.avatar = CLAQUE_AVATAR_HASH;
		a.avatar_hash = rng_next(&t->rng);
		a.followers = member ? 20 : 200;
		a.verified = 0;
		a.prior = i == 0 ? t->prior : 0;
		a.mark = i == ORDINARY ? t->mark : CLAQUE_UNMARKED;
		(void)crowd_add(&t->c, a);
	}
}

static void
make_town(struct town *t, uint64_t seed)
{
	double prior = t->prior;
	enum claque_mark mark = t->mark;

	*t = (struct town){ .rng = rng_seeded(seed), .prior = prior, .mark = mark };
	crowd_open(&t->c);
	add_accounts(t);
	for (uint32_t i = 0; i < POSTS; i++)
		t->posts[i] = new_post(t, "p", i);
	t->hot = new_post(t, "hot", 0);
	for (uint32_t a = 0; a < ORDINARY; a++)
		for (int k = 0; k < 8; k++)
			crowd_reshare(&t->c, a, t->posts[rng_below(&t->rng, POSTS)], some_time(t));
	for (uint32_t a = 0; a < 300; a++)
		crowd_reshare(&t->c, a, t->hot, some_time(t));
	for (int i = 0; i < ROUNDS; i++) {
		int64_t at = some_time(t);

		for (uint32_t m = 0; m < MEMBERS; m++)
			if (rng_unit(&t->rng) < 0.7)
				crowd_reshare(&t->c, ORDINARY + m, t->posts[i * 7],
					at + (int64_t)rng_below(&t->rng, 300) * 1000);
	}
	crowd_reshare(&t->c, CROWD, t->hot, some_time(t));
	crowd_reshare(&t->c, LONER, new_post(t, "alone", 0), some_time(t));
	crowd_reshare(&t->c, CAREFUL, t->posts[3], some_time(t));
	assert_ok(claque_dataset_seal(t->c.ds, &quiet, &err), err);
}

static struct claque_explanation *
explain(const struct town *t, uint32_t account)
{
	struct claque_score_settings s = claque_score_defaults();
	struct claque_explanation *e;

	assert_ok(claque_explain(t->c.ds, &s, account, &quiet, &e, &err), err);
	assert_int_equal(e->account, account);
	return e;
}

/* The parts add up, and every sum to the score. */
static void
check_sums(const struct claque_explanation *e)
{
	double deception = 0, overtness = 0, near = 0, all;

	for (size_t i = 0; i < e->trait_count; i++) {
		const struct claque_trait_part *p = &e->traits[i];

		if (claque_signal_info(p->signal)->axis == CLAQUE_OVERTNESS)
			overtness += p->log_odds;
		else
			deception += p->log_odds;
		assert_true(p->bin < p->bins && p->share >= 0 && p->share <= 1);
	}
	for (size_t i = 0; i < e->near_count; i++)
		near += e->near_parts[i].log_odds;
	assert_near(e->deception, deception);
	assert_near(e->overtness, overtness);
	assert_near(e->near, near);
	all = e->prior + e->own_prior + e->ties + deception + overtness + e->like + near;
	if (e->standing != CLAQUE_STANDING_CLEARED)
		assert_near(e->score, 1 / (1 + exp(-all)));
}

/* Most surprising first; what is validated is told as it was scored. */
static void
check_neighbours(const struct claque_explanation *e)
{
	assert_true(e->neighbour_count > 0 && e->neighbour_count <= CLAQUE_NEIGHBOURS);
	assert_true(e->neighbour_count <= e->partners);
	assert_int_equal(e->neighbours[0].account,
			 e->best.a == e->account ? e->best.b : e->best.a);
	assert_int_equal(e->neighbours[0].weight, e->best.weight);
	assert_int_equal(e->neighbours[0].signal, e->best_signal);
	assert_int_equal(e->neighbours[0].validated, e->best_validated);
	assert_int_equal(e->neighbours[0].window_s, e->best_window_s);
	for (size_t i = 0; i < e->neighbour_count; i++) {
		const struct claque_neighbour *n = &e->neighbours[i];

		assert_true(n->weight > 0 && n->expected > 0 && n->account != e->account);
		assert_true(n->score >= 0 && n->score <= 1);
		if (i > 0)
			assert_true(n->p >= e->neighbours[i - 1].p);
	}
}

static void
a_member_is_told_with_its_group_and_best_edge(void **state)
{
	struct town t = { 0 };
	struct claque_explanation *e;

	(void)state;
	make_town(&t, 1);
	e = explain(&t, ORDINARY + 3);
	assert_int_equal(e->standing, CLAQUE_STANDING_MEMBER);
	assert_int_equal(e->group, 0);
	assert_true(e->group_leads && e->group_accounts >= MEMBERS - 2);
	check_sums(e);
	assert_near(e->prior, log(0.01 / 0.99));
	assert_true(e->edges > 0 && e->best_validated);
	assert_true(e->best.a == ORDINARY + 3 || e->best.b == ORDINARY + 3);
	assert_true(e->best.q <= 0.01 && e->best.expected < e->best.weight);
	check_neighbours(e);
	assert_true(fabs(e->traits[0].log_odds) >= fabs(e->traits[e->trait_count - 1].log_odds));
	assert_non_null(strstr(e->text, "member: it is in a group"));
	claque_explanation_free(e);
	claque_dataset_free(t.c.ds);
}

static void
who_is_in_no_group_is_told_which_filter_it_was(void **state)
{
	static const struct {
		uint32_t account;
		enum claque_standing standing;
	} cases[] = {
		{ SILENT, CLAQUE_STANDING_NO_ACTS }, { CROWD, CLAQUE_STANDING_HOT_ONLY },
		{ LONER, CLAQUE_STANDING_ALONE }, { CAREFUL, CLAQUE_STANDING_NO_EDGE },
		{ ORDINARY, CLAQUE_STANDING_CLEARED },
	};
	struct town t = { .mark = CLAQUE_CLEARED };

	(void)state;
	make_town(&t, 2);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct claque_explanation *e = explain(&t, cases[i].account);

		if (e->standing != cases[i].standing)
			fail_msg("a%u stands as %s", cases[i].account,
				 claque_standing_name(e->standing));
		check_sums(e);
		assert_true(strlen(claque_standing_help(e->standing)) > 10);
		assert_true(e->standing == CLAQUE_STANDING_CLEARED ? e->score <= 0
								   : e->score < 0.5);
		claque_explanation_free(e);
	}
	claque_dataset_free(t.c.ds);
}

static void
a_missed_threshold_is_named_with_what_was_reached(void **state)
{
	struct town t = { 0 };
	struct claque_explanation *e;

	(void)state;
	make_town(&t, 3);
	e = explain(&t, CAREFUL);
	assert_true(e->partners > 0);
	assert_int_equal(e->objects, 1);
	assert_int_equal(e->acts, 1);
	/* One object in common, in whatever window: nothing that stands out. */
	assert_false(e->best_validated);
	assert_int_equal(e->best.weight, 1);
	assert_int_equal(e->best_window_s, e->neighbours[0].window_s);
	assert_true(e->best.p > 0 && e->best.p <= 1 && e->best.q > 0.01);
	assert_int_equal(e->threshold_count, 2);
	assert_false(e->thresholds[0].passed);
	assert_non_null(strstr(e->text, "Missed by least: "));
	claque_explanation_free(e);
	claque_dataset_free(t.c.ds);
}

static void
a_prior_of_its_own_moves_an_account_by_that(void **state)
{
	struct town without = { 0 }, with = { .prior = 3 };
	struct claque_explanation *a, *b;

	(void)state;
	make_town(&without, 4);
	make_town(&with, 4);
	a = explain(&without, 0);
	b = explain(&with, 0);
	assert_near(b->own_prior, 3);
	check_sums(b);
	assert_true(b->score > a->score * 10);
	claque_explanation_free(a);
	claque_explanation_free(b);
	claque_dataset_free(without.c.ds);
	claque_dataset_free(with.c.ds);
}

static void
a_prior_out_of_range_is_refused(void **state)
{
	struct claque_account a = someone();
	struct crowd c;
	uint32_t n;

	(void)state;
	crowd_open(&c);
	a.id = STR("x");
	a.prior = 21;
	assert_int_equal(claque_dataset_add_account(c.ds, &a, &n, &err), CLAQUE_EINPUT);
	a.prior = (double)NAN;
	assert_int_equal(claque_dataset_add_account(c.ds, &a, &n, &err), CLAQUE_EINPUT);
	claque_dataset_free(c.ds);
}

static void
more_like_these_brings_the_rest_to_the_top(void **state)
{
	uint32_t seeds[SEEDS];
	struct claque_alikes out;
	struct town t = { 0 };
	double precision = 0;
	size_t found = 0;

	(void)state;
	make_town(&t, 5);
	for (uint32_t i = 0; i < SEEDS; i++)
		seeds[i] = ORDINARY + 4 * i;
	assert_ok(claque_like(t.c.ds, seeds, SEEDS, 250, &quiet, &out, &err), err);
	assert_int_equal(out.count, TOWN - SEEDS);
	for (size_t i = 0; i < out.count; i++) {
		const struct claque_alike *e = &out.items[i];
		double sum = 0;

		for (int p = 0; p < CLAQUE_LIKE_PARTS; p++)
			sum += e->parts[p];
		assert_near(e->total, sum);
		assert_true(i == 0 || e->total <= out.items[i - 1].total);
		if (e->account >= ORDINARY && e->account < ORDINARY + MEMBERS)
			precision += (double)++found / (double)(i + 1);
	}
	assert_int_equal(found, MEMBERS - SEEDS);
	if (precision / (double)found < 0.99)
		fail_msg("average precision %.3f", precision / (double)found);
	assert_true(out.items[0].common >= 5 && out.items[0].p < 1e-4);
	assert_true(out.items[0].expected < out.items[0].common);
	assert_true(out.items[0].parts[CLAQUE_LIKE_SOURCES] > 3);
	assert_true(out.items[0].parts[CLAQUE_LIKE_CREATION] > 1);
	claque_alikes_done(&out);
	claque_dataset_free(t.c.ds);
}

/* Nobody shared anything with it: only its picture is that of a marked one, two bits off. */
static void
a_picture_alone_is_found(void **state)
{
	struct claque_alikes out;
	uint32_t seed = 0, number;
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (uint32_t i = 0; i < 100; i++) {
		struct claque_account a = someone();

		a.avatar = CLAQUE_AVATAR_HASH;
		a.avatar_hash = i == 50 ? 3 : i == 0 ? 0 : UINT64_MAX >> (i % 20);
		number = crowd_add(&c, a);
		(void)number;
	}
	assert_ok(claque_dataset_seal(c.ds, &quiet, &err), err);
	assert_ok(claque_like(c.ds, &seed, 1, 250, &quiet, &out, &err), err);
	assert_int_equal(out.items[0].account, 50);
	/* 1 of 1 against 1 of 100: ln((1 + 5 * .01) / 6 / .01). */
	assert_near(out.items[0].total, log((1 + 5 * 0.01) / 6 / 0.01));
	assert_near(out.items[1].total, 0);
	claque_alikes_done(&out);
	assert_int_equal(claque_like(c.ds, &seed, 0, 250, &quiet, &out, &err), CLAQUE_EUSAGE);
	seed = 100;
	assert_int_equal(claque_like(c.ds, &seed, 1, 250, &quiet, &out, &err), CLAQUE_EUSAGE);
	claque_dataset_free(c.ds);
}

/* Whom the marked one alone shared two posts with; the others pair up among themselves. */
static void
what_two_share_is_in_common(void **state)
{
	struct claque_alikes out;
	uint32_t seed = 0;
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (uint32_t i = 0; i < 60; i++)
		(void)crowd_add(&c, someone());
	for (uint32_t i = 0; i < 60; i += 2)
		for (uint32_t k = 0; k < 2; k++) {
			uint32_t post;
			char id[16];

			(void)snprintf(id, sizeof(id), "p%u-%u", i, k);
			assert_ok(claque_dataset_add_object(c.ds, CLAQUE_OBJECT_post, str_of(id),
							    &post, &err), err);
			crowd_reshare(&c, i, post, MONDAY + i * HOUR);
			crowd_reshare(&c, i + 1, post, MONDAY + (i + 9) * HOUR);
		}
	assert_ok(claque_dataset_seal(c.ds, &quiet, &err), err);
	assert_ok(claque_like(c.ds, &seed, 1, 250, &quiet, &out, &err), err);
	assert_int_equal(out.items[0].account, 1);
	assert_int_equal(out.items[0].common, 2);
	assert_true(out.items[0].parts[CLAQUE_LIKE_SOURCES] > 0);
	assert_int_equal(out.items[1].common, 0);
	claque_alikes_done(&out);
	claque_dataset_free(c.ds);
}

/* Stops at the n-th call. */
static bool
stop_later(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	int *left = ctx;

	(void)stage;
	(void)done;
	(void)total;
	return (*left)-- > 0;
}

static void
both_can_be_stopped_at_any_call(void **state)
{
	struct claque_score_settings s = claque_score_defaults();
	enum claque_rc rc = CLAQUE_STOPPED;
	uint32_t seed = ORDINARY;
	struct town t = { 0 };
	int calls = 0;

	(void)state;
	make_town(&t, 6);
	for (; rc == CLAQUE_STOPPED; calls++) {
		int left = calls;
		struct claque_progress p = { &left, stop_later };
		struct claque_explanation *e;

		assert_true(calls < 10000);
		rc = claque_explain(t.c.ds, &s, seed, &p, &e, &err);
		assert_true((rc == CLAQUE_OK) == (e != NULL));
		claque_explanation_free(e);
	}
	assert_int_equal(rc, CLAQUE_OK);
	for (rc = CLAQUE_STOPPED, calls = 0; rc == CLAQUE_STOPPED; calls++) {
		int left = calls;
		struct claque_progress p = { &left, stop_later };
		struct claque_alikes out;

		assert_true(calls < 10000);
		rc = claque_like(t.c.ds, &seed, 1, 250, &p, &out, &err);
		assert_true((rc == CLAQUE_OK) == (out.count > 0));
		claque_alikes_done(&out);
	}
	assert_int_equal(rc, CLAQUE_OK);
	claque_dataset_free(t.c.ds);
}

struct task {
	const struct claque_dataset *ds;
	struct claque_result *result;
	enum claque_rc rc;
};

static void *
score_in_thread(void *ctx)
{
	struct claque_score_settings s = claque_score_defaults();
	struct task *task = ctx;
	struct claque_err own = { 0 };

	task->rc = claque_score(task->ds, &s, &quiet, &task->result, &own);
	return NULL;
}

/* Of one dataset and of two: no state is shared but what is sealed. */
static void
two_threads_score_at_once(void **state)
{
	struct town a = { 0 }, b = { 0 };
	struct task tasks[4];
	pthread_t threads[4];

	(void)state;
	make_town(&a, 7);
	make_town(&b, 8);
	for (int i = 0; i < 4; i++) {
		tasks[i] = (struct task){ .ds = i < 3 ? a.c.ds : b.c.ds };
		assert_int_equal(pthread_create(&threads[i], NULL, score_in_thread, &tasks[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(tasks[i].rc, CLAQUE_OK);
	}
	for (int i = 1; i < 3; i++)
		assert_memory_equal(tasks[0].result->account_scores,
				    tasks[i].result->account_scores, TOWN * sizeof(double));
	assert_memory_not_equal(tasks[0].result->account_scores, tasks[3].result->account_scores,
				TOWN * sizeof(double));
	for (int i = 0; i < 4; i++)
		claque_result_free(tasks[i].result);
	claque_dataset_free(a.c.ds);
	claque_dataset_free(b.c.ds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_member_is_told_with_its_group_and_best_edge),
		cmocka_unit_test(who_is_in_no_group_is_told_which_filter_it_was),
		cmocka_unit_test(a_missed_threshold_is_named_with_what_was_reached),
		cmocka_unit_test(a_prior_of_its_own_moves_an_account_by_that),
		cmocka_unit_test(a_prior_out_of_range_is_refused),
		cmocka_unit_test(more_like_these_brings_the_rest_to_the_top),
		cmocka_unit_test(a_picture_alone_is_found),
		cmocka_unit_test(what_two_share_is_in_common),
		cmocka_unit_test(both_can_be_stopped_at_any_call),
		cmocka_unit_test(two_threads_score_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
