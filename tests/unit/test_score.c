/*
 * test_score.c - a small world with a planted operation, fans and activists:
 * the operation must come out as leads, the others must not.
 */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "claque/memory.h"
#include "claque/score.h"

#include "base/rng.h"
#include "engine/dataset.h"
#include "engine/part.h"

#include "result_text.h"

static const struct claque_progress quiet;

#define MINUTE INT64_C(60000)
#define DAY (INT64_C(86400) * 1000)
#define START (INT64_C(19000) * DAY)	/* in January 2022 */

enum { PERIOD_DAYS = 28 };

/* Who an account of the world is. */
enum cast { ORGANIC, OPERATION, FANS, ACTIVISTS };

struct world {
	struct claque_dataset *ds;
	struct rng rng;
	enum cast *cast;	/* by account */
	uint32_t accounts, rows;
	uint32_t *posts;	/* politicians' */
	int64_t *posted;
	uint32_t post_count;
	bool personas;		/* handles, creation dates and changes are known */
};

struct world_size {
	uint32_t organic, posts, shares, cells, fandoms;
};

static const struct world_size small = { 700, 400, 9000, 4, 2 };

static struct claque_err err;

static bool
chance(struct world *w, double p)
{
	return rng_unit(&w->rng) < p;
}

static uint32_t
below(struct world *w, uint32_t n)
{
	return (uint32_t)rng_below(&w->rng, n);
}

static void
share(struct world *w, uint32_t account, uint32_t object, int64_t at)
{
	struct claque_share s = {
		.at = at, .account = account, .object = object, .row = w->rows++,
		.act = CLAQUE_ACT_reshare,
	};

	assert_ok(claque_dataset_add_share(w->ds, &s, &err), err);
}

static uint32_t
add_object(struct world *w, const char *prefix, uint32_t n)
{
	char id[32];
	uint32_t out;

	(void)snprintf(id, sizeof(id), "%s%u", prefix, n);
	assert_ok(claque_dataset_add_object(w->ds, CLAQUE_OBJECT_post, str_of(id), &out, &err),
		  err);
	return out;
}

static uint32_t
add_account(struct world *w, enum cast cast, bool default_handle, int64_t created, int verified)
{
	char id[32], handle[32];
	struct claque_account a = { .created_at = created, .verified = verified };
	uint32_t out;

	/* Ids that say nothing of who was added when. */
	(void)snprintf(id, sizeof(id), "u%08x%u", (unsigned)(rng_next(&w->rng) >> 32),
		       w->accounts);
	(void)snprintf(handle, sizeof(handle), default_handle ? "Anna%05u" : "anna_of_%u_town",
		       below(w, 90000) + 10000);
	a.id = str_of(id);
	a.handle = str_of(handle);
	a.followers = (int64_t)rng_exponential(&w->rng, cast == OPERATION ? 30 : 300);
	if (!w->personas) {
		a.handle = STR("");
		a.created_at = CLAQUE_NO_TIME;
		a.followers = a.verified = -1;
	}
	assert_ok(claque_dataset_add_account(w->ds, &a, &out, &err), err);
	w->cast = realloc(w->cast, (w->accounts + 1) * sizeof(*w->cast));
	assert_non_null(w->cast);
	w->cast[w->accounts++] = cast;
	return out;
}

static void
change(struct world *w, uint32_t account, enum claque_field field, int64_t at)
{
	struct claque_change c = { .at = at, .account = account, .field = field };

	if (w->personas)
		assert_ok(claque_dataset_add_change(w->ds, &c, &err), err);
}

/* Ten years of creation dates, with a rush of newcomers now and then. */
static int64_t
organic_birth(struct world *w)
{
	int64_t days;

	if (chance(w, 0.2)) {
		days = below(w, 30);
		days += 400 * (1 + (int64_t)below(w, 8));
	} else {
		days = below(w, 3650);
	}
	return START - days * DAY - below(w, 86400) * INT64_C(1000);
}

static uint32_t
add_person(struct world *w, enum cast cast)
{
	/* One draw after the other: compilers differ in the order of arguments. */
	int8_t verified = chance(w, 0.03);
	int64_t birth = organic_birth(w);
	uint32_t a = add_account(w, cast, chance(w, 0.05), birth, verified);

	if (chance(w, 0.05))
		change(w, a, CLAQUE_FIELD_display_name, START + below(w, PERIOD_DAYS) * DAY);
	if (chance(w, 0.01)) {
		change(w, a, CLAQUE_FIELD_avatar_hash, START + below(w, PERIOD_DAYS) * DAY);
		change(w, a, CLAQUE_FIELD_handle, START + below(w, PERIOD_DAYS) * DAY);
	}
	return a;
}

static void
add_posts(struct world *w, uint32_t count)
{
	w->posts = realloc(NULL, count * sizeof(*w->posts));
	w->posted = realloc(NULL, count * sizeof(*w->posted));
	assert_true(w->posts != NULL && w->posted != NULL);
	w->post_count = count;
	for (uint32_t p = 0; p < count; p++) {
		w->posts[p] = add_object(w, "p", p);
		w->posted[p] = START + below(w, PERIOD_DAYS * 24 * 60) * MINUTE;
	}
}

/* A few posts get most of the reshares, most of them in the first hours. */
static void
reshare_at_leisure(struct world *w, uint32_t account)
{
	double u = rng_unit(&w->rng);
	uint32_t p = (uint32_t)(u * u * w->post_count);

	share(w, account, w->posts[p],
	      w->posted[p] + (int64_t)rng_exponential(&w->rng, 5.0 * 3600 * 1000));
}

static void
add_organic(struct world *w, const struct world_size *size)
{
	uint32_t first = w->accounts;

	for (uint32_t i = 0; i < size->organic; i++)
		(void)add_person(w, ORGANIC);
	for (uint32_t i = 0; i < size->shares; i++)
		reshare_at_leisure(w, first + below(w, size->organic));
}

/* Members reshare the same posts within minutes of each other, and a lot else. */
static void
march(struct world *w, uint32_t first, uint32_t count, uint32_t posts, double join)
{
	for (uint32_t i = 0; i < posts; i++) {
		uint32_t p = below(w, w->post_count);
		int64_t start = w->posted[p] + below(w, 600) * MINUTE;

		for (uint32_t m = 0; m < count; m++)
			if (chance(w, join))
				share(w, first + m, w->posts[p],
				      start + below(w, 300) * INT64_C(1000));
	}
	for (uint32_t m = 0; m < count; m++)
		for (int i = 0; i < 6; i++)
			reshare_at_leisure(w, first + m);
}

/* Bulk-made accounts; in every cell a tenth is made over within one night. */
static void
add_cell(struct world *w)
{
	uint32_t first = w->accounts, count = 20 + below(w, 30);
	int64_t made = START - (60 + (int64_t)below(w, 900)) * DAY;
	int64_t made_over = START + below(w, PERIOD_DAYS) * DAY;

	for (uint32_t i = 0; i < count; i++) {
		int64_t birth = made + below(w, 3 * 86400) * INT64_C(1000);
		uint32_t a = add_account(w, OPERATION, chance(w, 0.94), birth, 0);

		if (!chance(w, 0.1))
			continue;
		for (int f = CLAQUE_FIELD_handle; f <= CLAQUE_FIELD_avatar_hash; f++)
			change(w, a, (enum claque_field)f, made_over + below(w, 360) * MINUTE);
	}
	march(w, first, count, 25, 0.6);
}

/* Everything their idol posts, in minutes, as often as any operation. */
static void
add_fandom(struct world *w, uint32_t number)
{
	uint32_t first = w->accounts, count = 40 + below(w, 30);

	for (uint32_t i = 0; i < count; i++)
		(void)add_person(w, FANS);
	for (uint32_t p = 0; p < 40; p++) {
		uint32_t post = add_object(w, "idol", number * 1000 + p);
		int64_t at = START + below(w, PERIOD_DAYS * 24 * 60) * MINUTE;

		for (uint32_t m = 0; m < count; m++)
			if (chance(w, 0.5))
				share(w, first + m, post,
				      at + (int64_t)rng_exponential(&w->rng, 240000));
	}
	march(w, first, count, 0, 0);
}

/* A toolkit says what to share and when; some joined for the campaign. */
static void
add_activists(struct world *w)
{
	uint32_t first = w->accounts, count = 40;

	for (uint32_t i = 0; i < count; i++)
		if (i % 8 == 0)
			(void)add_account(w, ACTIVISTS, false, START - 10 * DAY, 0);
		else
			(void)add_person(w, ACTIVISTS);
	march(w, first, count, 25, 0.6);
}

static struct world
make_world(const struct world_size *size, uint64_t seed, bool personas)
{
	struct world w = { .rng = rng_seeded(seed), .personas = personas };

	assert_ok(claque_dataset_new(&w.ds, &err), err);
	add_posts(&w, size->posts);
	add_organic(&w, size);
	for (uint32_t i = 0; i < size->cells; i++)
		add_cell(&w);
	for (uint32_t i = 0; i < size->fandoms; i++)
		add_fandom(&w, i);
	add_activists(&w);
	assert_ok(claque_dataset_seal(w.ds, &quiet, &err), err);
	return w;
}

static void
free_world(struct world *w)
{
	claque_dataset_free(w->ds);
	free(w->cast);
	free(w->posts);
	free(w->posted);
}

static struct claque_result *
score(const struct world *w)
{
	struct claque_score_settings s = claque_score_defaults();
	struct claque_result *r;

	s.surrogates = 2;
	assert_ok(claque_score(w->ds, &s, &quiet, &r, &err), err);
	return r;
}

static size_t
members_of(const struct world *w, const struct claque_group *g, enum cast cast)
{
	size_t n = 0;

	for (size_t i = 0; i < g->member_count; i++)
		n += w->cast[g->members[i].account] == cast;
	return n;
}

static const struct claque_evidence *
evidence(const struct claque_group *g, const char *signal)
{
	static const struct claque_evidence none;

	for (size_t i = 0; i < g->evidence_count; i++)
		if (strcmp(g->evidence[i].signal, signal) == 0)
			return &g->evidence[i];
	fail_msg("no part %s", signal);
	return &none;
}

static void
check_leads(const struct world *w, const struct claque_result *r)
{
	size_t found = 0, planted = 0, wrong = 0;

	for (uint32_t a = 0; a < w->accounts; a++)
		planted += w->cast[a] == OPERATION;
	for (size_t i = 0; i < r->group_count; i++) {
		const struct claque_group *g = &r->groups[i];

		if (!g->lead)
			continue;
		found += members_of(w, g, OPERATION);
		wrong += g->member_count - members_of(w, g, OPERATION);
	}
	assert_true(found >= planted * 95 / 100);
	assert_true(wrong <= planted * 2 / 100);
}

static void
the_planted_network_leads_and_fans_and_activists_do_not(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct world w = make_world(&small, seed, true);
		struct claque_result *r = score(&w);
		size_t fans = 0;

		check_leads(&w, r);
		for (size_t i = 0; i < r->group_count; i++) {
			const struct claque_group *g = &r->groups[i];

			if (members_of(&w, g, FANS) * 2 > g->member_count) {
				fans += g->member_count;
				assert_string_equal(g->kind, "open coordination");
			}
			if (members_of(&w, g, ACTIVISTS) * 2 > g->member_count)
				assert_string_not_equal(g->kind, "lead");
		}
		assert_true(fans > 50);	/* they are seen, and seen for what they are */
		claque_result_free(r);
		free_world(&w);
	}
}

static void
accounts_of_the_operation_rank_first(void **state)
{
	struct world w = make_world(&small, 4, true);
	struct claque_result *r = score(&w);
	double least = 1, most = 0;
	uint32_t planted = 0, found = 0;

	(void)state;
	for (uint32_t a = 0; a < w.accounts; a++)
		if (w.cast[a] == OPERATION) {
			least = fmin(least, r->account_scores[a]);
			planted++;
			found += r->account_scores[a] > 0.5;
		} else {
			most = fmax(most, r->account_scores[a]);
		}
	assert_true(least > most);
	assert_true(most < 0.5);
	assert_true(found * 10 >= planted * 9);
	claque_result_free(r);
	free_world(&w);
}

static void
an_account_is_in_one_group_at_most(void **state)
{
	struct world w = make_world(&small, 4, true);
	struct claque_result *r = score(&w);
	uint32_t *seen = calloc(w.accounts, sizeof(*seen));

	(void)state;
	assert_non_null(seen);
	for (size_t i = 0; i < r->group_count; i++)
		for (size_t m = 0; m < r->groups[i].member_count; m++)
			assert_int_equal(seen[r->groups[i].members[m].account]++, 0);
	free(seen);
	claque_result_free(r);
	free_world(&w);
}

static void
parts_add_up_to_the_score_and_carry_their_reasons(void **state)
{
	struct world w = make_world(&small, 5, true);
	struct claque_result *r = score(&w);

	(void)state;
	assert_true(r->group_count >= 5);
	for (size_t i = 0; i < r->group_count; i++) {
		const struct claque_group *g = &r->groups[i];
		double sum = log(0.01 / 0.99), coordination = 0;

		for (size_t e = 0; e < g->evidence_count; e++) {
			sum += g->evidence[e].log_odds;
			assert_true(fabs(g->evidence[e].log_odds) <= log(20) + 1e-9);
			assert_true(e == 0 || fabs(g->evidence[e].log_odds) <=
					      fabs(g->evidence[e - 1].log_odds));
			assert_true(strlen(g->evidence[e].text) > 20);
			assert_true(g->evidence[e].n > 0);
			if (g->evidence[e].axis == CLAQUE_COORDINATION)
				coordination += g->evidence[e].log_odds;
			if (g->evidence[e].axis == CLAQUE_OVERTNESS)
				assert_true(g->evidence[e].log_odds < 0);
		}
		assert_true(fabs(g->score - 1 / (1 + exp(-sum))) < 1e-12);
		/* Co-sharing alone never makes a lead. */
		assert_true(log(0.01 / 0.99) + coordination < 0);
		assert_true(i == 0 || g->score <= r->groups[i - 1].score);
	}
	claque_result_free(r);
	free_world(&w);
}

static void
evidence_of_a_lead_names_its_signs_and_rows(void **state)
{
	struct world w = make_world(&small, 6, true);
	struct claque_result *r = score(&w);
	const struct claque_group *g = &r->groups[0];
	const struct claque_evidence *e = evidence(g, "co-source");

	(void)state;
	assert_string_equal(g->kind, "lead");
	assert_true(e->row_count >= 2 && e->row_count <= 8);
	for (size_t i = 0; i < e->row_count; i++)
		assert_true(e->rows[i] < w.rows);
	assert_true(e->observed > 10 * e->expected);
	e = evidence(g, "default-handles");
	assert_true(e->log_odds > 2.9 && e->p < 1e-6);
	e = evidence(g, "creation-burst");
	assert_true(e->log_odds > 2.9);
	assert_true(g->first_seen >= START && g->last_seen > g->first_seen);
	assert_true(g->shares >= g->member_count);
	claque_result_free(r);
	free_world(&w);
}

static void
without_personas_nothing_is_assessed_and_nothing_leads(void **state)
{
	struct world w = make_world(&small, 1, false);
	struct claque_result *r = score(&w);

	(void)state;
	assert_true(r->group_count >= 5);
	for (size_t i = 0; i < r->group_count; i++) {
		assert_false(r->groups[i].lead);
		for (size_t e = 0; e < r->groups[i].evidence_count; e++)
			assert_int_equal(r->groups[i].evidence[e].axis, CLAQUE_COORDINATION);
	}
	assert_string_equal(r->groups[0].kind, "unassessed coordination");
	claque_result_free(r);
	free_world(&w);
}

static void
signs_like_the_background_speak_against(void **state)
{
	struct world w = make_world(&small, 2, true);
	struct claque_result *r = score(&w);
	size_t looked = 0;

	(void)state;
	for (size_t i = 0; i < r->group_count; i++) {
		const struct claque_group *g = &r->groups[i];

		if (members_of(&w, g, FANS) < 30)
			continue;
		assert_true(evidence(g, "default-handles")->log_odds < 0);
		assert_true(evidence(g, "default-handles")->log_odds > -0.7);
		assert_true(evidence(g, "creation-burst")->log_odds < 0);
		looked++;
	}
	assert_true(looked > 0);
	claque_result_free(r);
	free_world(&w);
}

/* Of a world made for it, scored so; the caller's. */
static char *
scored(const struct world_size *size, unsigned threads)
{
	struct claque_score_settings s = claque_score_defaults();
	struct world w = make_world(size, 3, true);
	struct claque_result *r;
	char *text;

	s.threads = threads;
	s.surrogates = 3;
	assert_ok(claque_score(w.ds, &s, &quiet, &r, &err), err);
	text = result_text(r, w.accounts);
	claque_result_free(r);
	free_world(&w);
	return text;
}

/* Few enough to be scored often. */
static const struct world_size tiny = { 300, 200, 4000, 2, 1 };
/* Its shares fill more than the least that may lie in a file. */
static const struct world_size busy = { 2000, 2000, 34000, 1, 0 };

static void
the_same_data_give_the_same_bytes_with_any_threads_and_in_any_run(void **state)
{
	static const unsigned threads[] = { 1, 2, 5 };
	char *first = scored(&tiny, 1);

	(void)state;
	assert_true(strstr(first, "group ") != NULL && strstr(first, "edge ") != NULL &&
		    strstr(first, "worlds 3") != NULL);
	for (size_t i = 0; i < sizeof(threads) / sizeof(threads[0]); i++) {
		char *again = scored(&tiny, threads[i]);

		assert_true(strcmp(first, again) == 0);
		free(again);
	}
	free(first);
}

static void
arrays_in_files_give_the_same_bytes(void **state)
{
	char folder[] = "/tmp/claque-test-XXXXXX", *plain = scored(&busy, 2), *outgrown;

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_ok(claque_memory_limit(1, folder, &err), err);
	outgrown = scored(&busy, 2);
	assert_true(claque_memory_in_files() > 0);
	assert_ok(claque_memory_limit(0, "", &err), err);
	assert_int_equal(rmdir(folder), 0);
	assert_string_equal(plain, outgrown);
	free(plain);
	free(outgrown);
}

static void
files_that_cannot_be_made_are_told_with_the_folder(void **state)
{
	(void)state;
	assert_int_equal(claque_memory_limit(1, "/dev/null/none", &err), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "/dev/null/none: "));
}

static void
add_change(struct claque_dataset *ds, uint32_t account, enum claque_field field, int64_t at)
{
	struct claque_change c = { .at = at, .account = account, .field = field };

	assert_ok(claque_dataset_add_change(ds, &c, &err), err);
}

/* The same world, or from its end to its beginning; every fifth account is made over. */
static struct claque_dataset *
told(const struct claque_dataset *ds, bool backwards)
{
	uint32_t accounts = ds->account_names.count, objects = ds->object_names.count;
	struct claque_dataset *out;
	uint32_t number;

	assert_ok(claque_dataset_new(&out, &err), err);
	for (uint32_t i = 0; i < accounts; i++) {
		uint32_t n = backwards ? accounts - 1 - i : i;
		struct claque_account copy = {
			.id = claque_dataset_account_id(ds, n), .handle = dataset_handle(ds, n),
			.created_at = ds->accounts[n].created_at,
			.followers = ds->accounts[n].followers,
			.verified = ds->accounts[n].verified,
		};

		assert_ok(claque_dataset_add_account(out, &copy, &number, &err), err);
		if (n % 5 == 0) {
			add_change(out, number, CLAQUE_FIELD_handle, START + n % 28 * DAY);
			add_change(out, number, CLAQUE_FIELD_bio, START + n % 28 * DAY);
		}
	}
	for (uint32_t i = 0; i < objects; i++) {
		uint32_t n = backwards ? objects - 1 - i : i;

		assert_ok(claque_dataset_add_object(out, dataset_object_kind(ds, n),
						    claque_dataset_object_id(ds, n), &number, &err),
			  err);
	}
	for (size_t i = 0; i < ds->share_count; i++) {
		struct claque_share s = ds->shares[backwards ? ds->share_count - 1 - i : i];

		s.account = backwards ? accounts - 1 - s.account : s.account;
		s.object = backwards ? objects - 1 - s.object : s.object;
		assert_ok(claque_dataset_add_share(out, &s, &err), err);
	}
	assert_ok(claque_dataset_seal(out, &quiet, &err), err);
	return out;
}

static void
the_order_of_the_input_changes_no_bit(void **state)
{
	struct world w = make_world(&small, 9, true), forth = w, back = w;
	struct claque_result *a, *b;

	(void)state;
	forth.ds = told(w.ds, false);
	back.ds = told(w.ds, true);
	a = score(&forth);
	b = score(&back);
	assert_int_equal(a->group_count, b->group_count);
	for (size_t i = 0; i < a->group_count; i++) {
		const struct claque_group *x = &a->groups[i], *y = &b->groups[i];

		assert_memory_equal(&x->score, &y->score, sizeof(double));
		assert_int_equal(x->member_count, y->member_count);
		assert_int_equal(x->evidence_count, y->evidence_count);
		for (size_t e = 0; e < x->evidence_count; e++)
			assert_memory_equal(&x->evidence[e].expected, &y->evidence[e].expected,
					    sizeof(double));
	}
	for (uint32_t n = 0; n < w.accounts; n++)
		assert_memory_equal(&a->account_scores[n],
				    &b->account_scores[w.accounts - 1 - n], sizeof(double));
	claque_result_free(a);
	claque_result_free(b);
	claque_dataset_free(forth.ds);
	claque_dataset_free(back.ds);
	free_world(&w);
}

static void
a_world_without_an_operation_has_no_leads(void **state)
{
	static const struct world_size calm = { 700, 400, 9000, 0, 3 };

	(void)state;
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct world w = make_world(&calm, seed, true);
		struct claque_result *r = score(&w);

		for (size_t i = 0; i < r->group_count; i++)
			assert_false(r->groups[i].lead);
		claque_result_free(r);
		free_world(&w);
	}
}

static void
an_empty_dataset_gives_an_empty_result(void **state)
{
	struct claque_score_settings s = claque_score_defaults();
	struct claque_dataset *ds;
	struct claque_result *r;

	(void)state;
	assert_ok(claque_dataset_new(&ds, &err), err);
	assert_int_equal(claque_score(ds, &s, &quiet, &r, &err), CLAQUE_EUSAGE);
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_ok(claque_score(ds, &s, &quiet, &r, &err), err);
	assert_int_equal(r->group_count, 0);
	assert_int_equal(r->edge_count, 0);
	claque_result_free(r);
	s.prior = 0;
	assert_int_equal(claque_score(ds, &s, &quiet, &r, &err), CLAQUE_EUSAGE);
	assert_null(r);
	claque_dataset_free(ds);
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
it_can_be_stopped_at_any_call(void **state)
{
	struct claque_score_settings s = claque_score_defaults();
	struct world w = make_world(&small, 1, true);
	enum claque_rc rc = CLAQUE_STOPPED;
	int calls = 0;

	(void)state;
	s.surrogates = 1;
	s.threads = 1;
	for (; rc == CLAQUE_STOPPED; calls += 1 + calls / 3) {
		int left = calls;
		struct claque_progress p = { &left, stop_later };
		struct claque_result *r;

		assert_true(calls < 10000);
		rc = claque_score(w.ds, &s, &p, &r, &err);
		assert_true((rc == CLAQUE_OK) == (r != NULL));
		claque_result_free(r);
	}
	assert_int_equal(rc, CLAQUE_OK);
	assert_true(calls > 1);
	free_world(&w);
}

/* object_id,account_id,content_id,timestamp_share; no quotes in it. */
static void
add_reshare(struct claque_dataset *ds, struct claque_str line, uint32_t row)
{
	struct claque_account a = { .created_at = CLAQUE_NO_TIME, .followers = -1, .verified = -1 };
	struct claque_share s = { .row = row, .act = CLAQUE_ACT_reshare };
	struct claque_str object, content, at = { 0 };

	assert_true(str_cut(&line, ',', &object) && str_cut(&line, ',', &a.id) &&
		    str_cut(&line, ',', &content) && str_cut(&line, ',', &at));
	assert_true(str_to_i64(str_trim(at), &s.at));
	s.at *= 1000;
	assert_ok(claque_dataset_add_account(ds, &a, &s.account, &err), err);
	assert_ok(claque_dataset_add_object(ds, CLAQUE_OBJECT_post, object, &s.object, &err), err);
	assert_ok(claque_dataset_add_share(ds, &s, &err), err);
}

/*
 * 35,125 real reshares, mostly of people who are not coordinated: few pairs
 * stand out, and as nothing is known of the personas nothing leads.
 */
static void
real_reshares_give_few_edges_and_no_leads(void **state)
{
	const char *shared = getenv("CLAQUE_SHARED");
	struct claque_score_settings s = claque_score_defaults();
	char path[1000], line[1000];
	struct claque_dataset *ds;
	struct claque_result *r;
	uint32_t row = 0;
	FILE *f;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/data/reshares/russian_coord_tweets.csv",
		       shared != NULL ? shared : "");
	f = fopen(path, "r");
	if (f == NULL) {
		print_message("skipped: no %s\n", path);
		skip();
	}
	assert_ok(claque_dataset_new(&ds, &err), err);
	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (row++ > 0)
			add_reshare(ds, str_of(line), row);
	if (f != NULL)
		(void)fclose(f);
	assert_int_equal(row, 35126);
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_ok(claque_score(ds, &s, &quiet, &r, &err), err);
	assert_int_equal(claque_dataset_accounts(ds), 9509);
	assert_in_range(r->edge_count, 10, 100);
	assert_in_range(r->group_count, 1, 10);
	for (size_t i = 0; i < r->group_count; i++)
		assert_string_equal(r->groups[i].kind, "unassessed coordination");
	claque_result_free(r);
	claque_dataset_free(ds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_planted_network_leads_and_fans_and_activists_do_not),
		cmocka_unit_test(accounts_of_the_operation_rank_first),
		cmocka_unit_test(an_account_is_in_one_group_at_most),
		cmocka_unit_test(parts_add_up_to_the_score_and_carry_their_reasons),
		cmocka_unit_test(evidence_of_a_lead_names_its_signs_and_rows),
		cmocka_unit_test(without_personas_nothing_is_assessed_and_nothing_leads),
		cmocka_unit_test(signs_like_the_background_speak_against),
		cmocka_unit_test(the_same_data_give_the_same_bytes_with_any_threads_and_in_any_run),
		cmocka_unit_test(arrays_in_files_give_the_same_bytes),
		cmocka_unit_test(files_that_cannot_be_made_are_told_with_the_folder),
		cmocka_unit_test(the_order_of_the_input_changes_no_bit),
		cmocka_unit_test(a_world_without_an_operation_has_no_leads),
		cmocka_unit_test(an_empty_dataset_gives_an_empty_result),
		cmocka_unit_test(it_can_be_stopped_at_any_call),
		cmocka_unit_test(real_reshares_give_few_edges_and_no_leads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
