/*
 * test_innocent.c - groups that are what they seem: each must be explained by
 * its own innocent explanation, and a planted network by none.
 */
#include "config.h"

#include "crowd.h"

#include "claque/score.h"

#include "engine/innocent.h"

enum { ORDINARY = 300, MEMBERS = 12, ROUNDS = 20 };

struct town {
	struct crowd c;
	struct rng rng;
	uint32_t first;		/* member of the group that is planted */
	uint32_t object;
};

static uint32_t
new_object(struct town *t, enum claque_object_kind kind, const char *prefix)
{
	char id[48];
	uint32_t out;

	(void)snprintf(id, sizeof(id), "%s%u", prefix, t->object++);
	assert_ok(claque_dataset_add_object(t->c.ds, kind, str_of(id), &out, &err), err);
	return out;
}

static void
act(struct town *t, uint32_t account, uint32_t object, enum claque_act how, int64_t at,
    uint32_t row)
{
	struct claque_share s = { .at = at, .account = account, .object = object, .row = row,
				  .act = (uint8_t)how };

	assert_ok(claque_dataset_add_share(t->c.ds, &s, &err), err);
}

/* A post that reshares; its row. */
static void
reshare(struct town *t, uint32_t account, uint32_t object, int64_t at)
{
	struct claque_post p = post_of(account, at);

	p.kind = CLAQUE_IS_reshare;
	p.parent = object;
	act(t, account, object, CLAQUE_ACT_reshare, at, crowd_post(&t->c, p));
}

static int64_t
some_time(struct town *t)
{
	return MONDAY + (int64_t)rng_below(&t->rng, 28 * 24 * 60) * 60000 +
	       (int64_t)rng_below(&t->rng, 60) * 1000;
}

/* 300 people who reshare what they like out of 200 posts by 40 authors, and link 100 pages. */
static void
open_town(struct town *t, uint64_t seed)
{
	uint32_t posts[200], pages[100];

	*t = (struct town){ .rng = rng_seeded(seed) };
	crowd_open(&t->c);
	for (int i = 0; i < ORDINARY; i++) {
		struct claque_account a = someone();

		a.created_at = MONDAY - (int64_t)rng_below(&t->rng, 3000) * DAY;
		a.verified = 0;
		a.followers = (int64_t)rng_below(&t->rng, 1000);
		(void)crowd_add(&t->c, a);
	}
	for (int i = 0; i < 200; i++) {
		char author[24];

		posts[i] = new_object(t, CLAQUE_OBJECT_post, "p");
		(void)snprintf(author, sizeof(author), "author%d", i % 40);
		assert_ok(claque_dataset_set_author(t->c.ds, posts[i], str_of(author), &err), err);
	}
	for (int i = 0; i < 100; i++)
		pages[i] = new_object(t, CLAQUE_OBJECT_url, "https://page.example/");
	for (uint32_t a = 0; a < ORDINARY; a++)
		for (int k = 0; k < 8; k++) {
			int64_t at = some_time(t);

			reshare(t, a, posts[rng_below(&t->rng, 200)], some_time(t));
			act(t, a, pages[rng_below(&t->rng, 100)], CLAQUE_ACT_link, at,
			    crowd_post(&t->c, post_of(a, at)));
		}
	t->first = ORDINARY;
}

static void
add_members(struct town *t, struct claque_account like)
{
	for (int i = 0; i < MEMBERS; i++) {
		char handle[32];
		struct claque_account a = like;

		(void)snprintf(handle, sizeof(handle), "person_%d_of_town", i);
		if (a.handle.len == 0)
			a.handle = str_of(handle);
		a.created_at = MONDAY - (int64_t)rng_below(&t->rng, 3000) * DAY;
		(void)crowd_add(&t->c, a);
	}
}

static struct claque_result *
score_town(struct town *t)
{
	struct claque_score_settings s = claque_score_defaults();
	struct claque_result *r;

	/* Who reacts to the same posts keeps the same hours, which is not looked at here. */
	s.off[CLAQUE_SIGNAL_OFFICE_HOURS] = true;
	assert_ok(claque_dataset_seal(t->c.ds, &quiet, &err), err);
	assert_ok(claque_score(t->c.ds, &s, &quiet, &r, &err), err);
	return r;
}

/* The group that most members are in. */
static const struct claque_group *
group_of_members(const struct town *t, const struct claque_result *r)
{
	const struct claque_group *best = NULL;
	size_t most = 0;

	for (size_t g = 0; g < r->group_count; g++) {
		size_t n = 0;

		for (size_t m = 0; m < r->groups[g].member_count; m++)
			n += r->groups[g].members[m].account >= t->first;
		if (n > most) {
			most = n;
			best = &r->groups[g];
		}
	}
	if (most < MEMBERS)
		fail_msg("%zu of %d members are in one group", most, MEMBERS);
	return best;
}

static const struct claque_innocent *
innocent(const struct claque_group *g, const char *name)
{
	static const struct claque_innocent none;

	for (size_t i = 0; i < g->innocent_count; i++)
		if (strcmp(g->innocents[i].name, name) == 0)
			return &g->innocents[i];
	fail_msg("no explanation %s", name);
	return &none;
}

static void
close_town(struct town *t, struct claque_result *r)
{
	claque_result_free(r);
	claque_dataset_free(t->c.ds);
}

/* What else the members write, at any time. */
static void
add_own_posts(struct town *t)
{
	for (uint32_t m = 0; m < MEMBERS; m++)
		for (int i = 0; i < ROUNDS; i++)
			(void)crowd_post(&t->c, post_of(t->first + m, some_time(t)));
}

/* All well formed; the first is this one. */
static void
check_best(const struct claque_group *g, const char *name)
{
	assert_int_equal(g->innocent_count, 9);
	for (size_t i = 0; i < g->innocent_count; i++) {
		const struct claque_innocent *e = &g->innocents[i];

		assert_true(strlen(e->text) > 10 && strlen(e->tests) > 10);
		assert_true(strlen(e->unexplained) > 5);
		assert_int_equal(e->covered < 0.995,
				 strstr(e->unexplained, " % of the joint action") != NULL);
		assert_true(isnan(e->score) || (e->score >= 0 && e->score <= e->covered + 1e-12));
		assert_true(isnan(e->covered) || (e->covered >= 0 && e->covered <= 1));
		assert_true(i == 0 || isnan(e->score) || e->score <= g->innocents[i - 1].score);
	}
	if (strcmp(g->innocents[0].name, name) != 0)
		fail_msg("%s (%.2f) explains more than %s (%.2f: %s)", g->innocents[0].name,
			 g->innocents[0].score, name, innocent(g, name)->score,
			 innocent(g, name)->text);
}

static void
fans_are_explained_by_their_star(void **state)
{
	struct town t;
	struct claque_result *r;
	const struct claque_group *g;

	(void)state;
	open_town(&t, 1);
	add_members(&t, someone());
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t post = new_object(&t, CLAQUE_OBJECT_post, "star");
		int64_t at = some_time(&t);

		assert_ok(claque_dataset_set_author(t.c.ds, post, STR("the star"), &err), err);
		for (uint32_t m = 0; m < MEMBERS; m++)
			reshare(&t, t.first + m, post, at + (int64_t)rng_below(&t.rng, 600000));
	}
	r = score_town(&t);
	g = group_of_members(&t, r);
	check_best(g, "fandom");
	/* All 240 joint posts repeat the one star, whom nobody else repeats. */
	assert_int_equal(innocent(g, "fandom")->n, 240);
	assert_near(innocent(g, "fandom")->covered, 1);
	assert_non_null(strstr(innocent(g, "fandom")->text, "100 % of pairs on 240 joint posts"));
	if (innocent(g, "fandom")->score < 0.6)
		fail_msg("%.2f; unexplained: %s", innocent(g, "fandom")->score,
			 innocent(g, "fandom")->unexplained);
	/* No lead, and yet what would take its coordination away is said. */
	assert_false(g->lead);
	assert_non_null(strstr(g->disproof, "(co-source, +"));
	close_town(&t, r);
}

static void
a_newsroom_is_explained_by_its_house(void **state)
{
	struct claque_account like = someone();
	struct town t;
	struct claque_result *r;
	const struct claque_group *g;
	uint32_t site;

	(void)state;
	open_town(&t, 2);
	like.verified = 1;
	add_members(&t, like);
	site = new_object(&t, CLAQUE_OBJECT_domain, "daily.example");
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t url = new_object(&t, CLAQUE_OBJECT_url, "https://daily.example/");
		int64_t at = some_time(&t);

		for (uint32_t m = 0; m < MEMBERS; m++) {
			int64_t then = at + (int64_t)rng_below(&t.rng, 240000);
			uint32_t row = crowd_post(&t.c, post_of(t.first + m, then));

			act(&t, t.first + m, url, CLAQUE_ACT_link, then, row);
			act(&t, t.first + m, site, CLAQUE_ACT_link, then, row);
		}
	}
	r = score_town(&t);
	g = group_of_members(&t, r);
	check_best(g, "newsroom");
	assert_near(innocent(g, "newsroom")->covered, 1);
	close_town(&t, r);
}

/* One hashtag, one site, on two days; the rest of the month they do as others do. */
static void
activists_are_explained_by_their_days_of_action(void **state)
{
	struct town t;
	struct claque_result *r;
	const struct claque_group *g;
	uint32_t tag;

	(void)state;
	open_town(&t, 3);
	add_members(&t, someone());
	tag = new_object(&t, CLAQUE_OBJECT_hashtag, "savetheriver");
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t url = new_object(&t, CLAQUE_OBJECT_url, "https://river.example/");

		for (uint32_t m = 0; m < MEMBERS; m++) {
			int64_t at = MONDAY + (i % 2 == 0 ? 9 : 10) * DAY + 8 * HOUR +
				     (int64_t)rng_below(&t.rng, 10 * 60) * 60000;
			uint32_t row = crowd_post(&t.c, post_of(t.first + m, at));

			act(&t, t.first + m, url, CLAQUE_ACT_link, at, row);
			act(&t, t.first + m, tag, CLAQUE_ACT_tag, at, row);
		}
	}
	add_own_posts(&t);
	r = score_town(&t);
	g = group_of_members(&t, r);
	check_best(g, "activists");
	assert_true(innocent(g, "activists")->covered > 0.7);
	close_town(&t, r);
}

static void
clockwork_is_explained_by_a_tool(void **state)
{
	struct town t;
	struct claque_result *r;
	const struct claque_group *g;

	(void)state;
	open_town(&t, 4);
	add_members(&t, someone());
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t url = new_object(&t, CLAQUE_OBJECT_url, "https://weather.example/");
		int64_t hour = MONDAY + (int64_t)rng_below(&t.rng, 28 * 24) * HOUR;

		for (uint32_t m = 0; m < MEMBERS; m++) {
			int64_t at = hour + (m % 4) * HOUR + 30 * INT64_C(60000) + m * 1000;
			uint32_t row = crowd_post(&t.c, post_of(t.first + m, at));

			act(&t, t.first + m, url, CLAQUE_ACT_link, at, row);
		}
	}
	r = score_town(&t);
	g = group_of_members(&t, r);
	check_best(g, "tool");
	assert_near(innocent(g, "tool")->covered, 1);
	assert_int_equal(innocent(g, "tool")->n, MEMBERS);
	close_town(&t, r);
}

/* Bulk-made accounts that reshare what forty authors write: nothing fits. */
static void
a_planted_network_is_explained_by_nothing(void **state)
{
	struct town t;
	struct claque_result *r;
	const struct claque_group *g;

	(void)state;
	open_town(&t, 5);
	for (int i = 0; i < MEMBERS; i++) {
		char handle[32];
		struct claque_account a = someone();

		(void)snprintf(handle, sizeof(handle), "Anna%05d", 10000 + 777 * i);
		a.handle = str_of(handle);
		a.created_at = MONDAY - 100 * DAY + i * HOUR;
		(void)crowd_add(&t.c, a);
	}
	for (int i = 0; i < ROUNDS; i++) {
		char author[24];
		uint32_t post = new_object(&t, CLAQUE_OBJECT_post, "p");
		int64_t at = some_time(&t);

		(void)snprintf(author, sizeof(author), "author%d", i * 2);
		assert_ok(claque_dataset_set_author(t.c.ds, post, str_of(author), &err), err);
		for (uint32_t m = 0; m < MEMBERS; m++)
			reshare(&t, t.first + m, post, at + (int64_t)rng_below(&t.rng, 600000));
	}
	r = score_town(&t);
	g = group_of_members(&t, r);
	assert_true(g->lead);
	assert_true(g->innocents[0].score <= 0.3);
	if (strstr(g->innocents[0].unexplained, "creation-burst (+") == NULL)
		fail_msg("%s leaves unexplained: %s", g->innocents[0].name,
			 g->innocents[0].unexplained);
	assert_non_null(strstr(g->disproof, "Disproved if it turns out that "));
	assert_non_null(strstr(g->disproof, "creation-burst, +"));
	close_town(&t, r);
}

/*
 * Prior 1 % is -4.595 in log odds. Both parts would add 3 alone and share the
 * cap of 3.3: without one of them the score is that of -1.595, 0.17, not 0.05.
 */
static void
a_part_that_falls_lets_the_others_count_for_more(void **state)
{
	struct claque_evidence parts[] = {
		{ .axis = CLAQUE_COORDINATION, .signal = "co-url", .log_odds = 1.65, .alone = 3 },
		{ .axis = CLAQUE_COORDINATION, .signal = "co-url-timing", .log_odds = 1.65,
		  .alone = 3 },
	};
	struct claque_group g = { .score = 1 / (1 + exp(log(99) - 3.3)), .evidence = parts,
				  .evidence_count = 2 };
	char text[600];

	(void)state;
	disproof_write(&g, text, sizeof(text));
	assert_non_null(strstr(text, "the score is then 0.17 (co-url, +1.65, falls)."));
	assert_non_null(strstr(text, "the score is then 0.17 (co-url-timing, +1.65, falls)."));
	assert_non_null(strstr(text, "If all of these fall, it is 0.01."));
	g.evidence_count = 1;
	parts[0].log_odds = 3;
	g.score = 1 / (1 + exp(log(99) - 3));
	disproof_write(&g, text, sizeof(text));
	assert_non_null(strstr(text, "the score is then 0.01 (co-url, +3.00, falls)."));
	assert_null(strstr(text, "all of these"));
	parts[0].log_odds = 0.2;
	disproof_write(&g, text, sizeof(text));
	assert_string_equal(text, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_that_falls_lets_the_others_count_for_more),
		cmocka_unit_test(fans_are_explained_by_their_star),
		cmocka_unit_test(a_newsroom_is_explained_by_its_house),
		cmocka_unit_test(activists_are_explained_by_their_days_of_action),
		cmocka_unit_test(clockwork_is_explained_by_a_tool),
		cmocka_unit_test(a_planted_network_is_explained_by_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
