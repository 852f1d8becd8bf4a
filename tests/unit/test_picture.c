/* test_picture.c - what pictures read from the small case (small_case.h). */
#include "config.h"

#include "test.h"

#include <math.h>

#include "small_case.h"
#include "store/picture.h"

static struct store *
open_case(void)
{
	struct claque_err err = { 0 };
	struct store *s;

	small_case_copy("copy.claque");
	assert_ok(store_open(&s, "copy.claque", STORE_READ, &err), err);
	return s;
}

static struct group
members(struct store *s, int64_t cluster)
{
	struct claque_err err = { 0 };
	struct group group;

	assert_ok(group_of(s, (struct subject){ SUBJECT_cluster, cluster }, &group, &err), err);
	return group;
}

static void
a_group_is_the_members_by_rank(void **state)
{
	struct store *s = open_case();
	struct group group = members(s, 1);
	struct claque_err err = { 0 };

	(void)state;
	assert_int_equal(group.count, 6);
	assert_int_equal(group.whole, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(group.accounts[i], i + 1);
	assert_ok(group_of(s, (struct subject){ SUBJECT_account, 9 }, &group, &err), err);
	assert_int_equal(group.count, 1);
	assert_int_equal(group.accounts[0], 9);
	assert_int_equal(group_of(s, (struct subject){ SUBJECT_source, 1 }, &group, &err),
			 CLAQUE_EUSAGE);
	store_close(s);
}

/* Accounts 10 to 14 are in no cluster; each of them shared at least one thing. */
static void
a_control_is_drawn_outside_of_clusters_and_none_twice(void **state)
{
	struct store *s = open_case();
	struct group group = members(s, 1), control, again;
	struct claque_err err = { 0 };
	bool other = false;

	(void)state;
	assert_ok(group_control(s, &group, 1, &control, &err), err);
	assert_int_equal(control.count, 5);
	for (size_t i = 0; i < control.count; i++) {
		assert_in_range(control.accounts[i], 10, 14);
		for (size_t k = 0; k < i; k++)
			assert_true(control.accounts[i] != control.accounts[k]);
	}
	assert_ok(group_control(s, &group, 1, &again, &err), err);
	assert_memory_equal(&control, &again, sizeof(control));
	for (uint64_t seed = 2; seed < 12; seed++) {
		assert_ok(group_control(s, &group, seed, &again, &err), err);
		other |= memcmp(&control, &again, sizeof(control)) != 0;
	}
	assert_true(other);
	store_close(s);
}

/*
 * The members linked five pages, 8 s after each other in the order of their
 * numbers; news.example/a1 was linked by others too and tells the least.
 */
static void
a_matrix_holds_who_shared_what_and_when(void **state)
{
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct store *s = open_case();
	struct group group = members(s, 1);
	struct lens lens = lens_open();
	struct claque_err err = { 0 };
	struct matrix m;

	(void)state;
	assert_ok(matrix_read(s, &group, &lens, MATRIX_SOURCES_MAX, &perm, &m, &err), err);
	assert_int_equal(m.source_count, 5);
	assert_int_equal(m.account_count, 6);
	assert_true(str_eq(m.sources[4].key, STR("https://news.example/a1")));
	assert_int_equal(m.sources[4].everybody, 11);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(m.sources[i].group, 6);
		assert_int_equal(m.sources[i].leader, 0);
		for (size_t k = 0; k < 6; k++) {
			const struct matrix_cell *c = &m.cells[i * 6 + k];

			assert_int_equal(c->shares, 1);
			assert_int_equal(c->first - m.sources[i].first, 8000 * (int64_t)k);
			assert_true(c->post > 0);
		}
	}
	assert_true(str_eq(m.accounts[0].name, STR("@ivan142")));
	assert_int_equal(m.accounts[0].sources, 5);
	assert_ok(matrix_read(s, &group, &lens, 2, &perm, &m, &err), err);
	assert_int_equal(m.source_count, 2);
	store_close(s);
	arena_free(whole);
}

static void
a_matrix_is_seen_through_the_lens(void **state)
{
	static const struct { const char *lens; size_t sources; } seen[] = {
		{ "2016-09-20..2016-09-21", 1 }, { "2016-09-20..2016-09-24", 2 },
		{ "kind:reshare", 5 }, { "kind:original", 0 }, { "lang:de", 0 },
		{ "post.client:twitterfeed", 5 }, { "post.client:web", 0 },
		{ "text:they delete", 5 }, { "text:nobody ever wrote this", 0 },
	};
	struct arena whole = arena_new(1 << 20);
	struct store *s = open_case();
	struct group group = members(s, 1);
	struct claque_err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++) {
		struct arena perm = whole;
		struct lens lens;
		struct matrix m;

		assert_ok(lens_parse(str_of(seen[i].lens), &lens, &err), err);
		assert_ok(matrix_read(s, &group, &lens, 60, &perm, &m, &err), err);
		assert_int_equal(m.source_count, seen[i].sources);
	}
	store_close(s);
	arena_free(whole);
}

/* Account 2 is tied to 1 by five pages and to 3 by four. */
static void
an_ego_graph_has_the_strongest_first_and_the_ties_among_them(void **state)
{
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct store *s = open_case();
	struct claque_err err = { 0 };
	struct ego ego;

	(void)state;
	assert_ok(ego_read(s, &(struct ego_of){ .subject = { SUBJECT_account, 2 } }, 40, &perm, &ego, &err), err);
	assert_true(ego.has_centre);
	assert_int_equal(ego.node_count, 3);
	assert_int_equal(ego.link_count, 2);
	assert_int_equal(ego.folded, 0);
	assert_int_equal(ego.nodes[0].id, 2);
	assert_int_equal(ego.nodes[1].id, 1);
	assert_int_equal(ego.nodes[1].weight, 5);
	assert_int_equal(ego.nodes[2].id, 3);
	assert_int_equal(ego.nodes[2].weight, 4);
	assert_int_equal(ego.links[0].weight, 5);
	assert_true(ego.links[0].a == 0 && ego.links[0].b == 1);
	assert_true(str_eq(ego.nodes[0].name, STR("@olga795")));
	assert_ok(ego_read(s, &(struct ego_of){ .subject = { SUBJECT_account, 2 } }, 1, &perm, &ego, &err), err);
	assert_int_equal(ego.node_count, 2);
	assert_int_equal(ego.link_count, 1);
	assert_int_equal(ego.folded, 1);
	store_close(s);
	arena_free(whole);
}

/* Of the six members three have a tie; the fans have none. */
static void
inside_a_cluster_only_those_with_a_tie_are_nodes(void **state)
{
	static const struct { struct subject on; size_t nodes, links; } seen[] = {
		{ { SUBJECT_cluster, 1 }, 3, 2 }, { { SUBJECT_cluster, 2 }, 0, 0 },
		{ { SUBJECT_account, 14 }, 1, 0 },
	};
	struct arena whole = arena_new(1 << 20);
	struct store *s = open_case();
	struct claque_err err = { 0 };
	struct ego ego;

	(void)state;
	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++) {
		struct arena perm = whole;

		assert_ok(ego_read(s, &(struct ego_of){ .subject = seen[i].on }, 40, &perm, &ego, &err), err);
		assert_int_equal(ego.node_count, seen[i].nodes);
		assert_int_equal(ego.link_count, seen[i].links);
		assert_int_equal(ego.has_centre, seen[i].on.kind == SUBJECT_account);
	}
	store_close(s);
	arena_free(whole);
}

static struct pair
pair_of(struct store *s, int64_t a, int64_t b, const char *text)
{
	struct group one = { .accounts = { a }, .count = 1 }, other = { .accounts = { b }, .count = 1 };
	struct claque_err err = { 0 };
	struct lens lens;
	struct pair pair;

	assert_ok(lens_parse(str_of(text), &lens, &err), err);
	assert_ok(pair_read(s, &one, &other, &lens, &pair, &err), err);
	return pair;
}

/*
 * Two members: five pages 8 s apart; made a minute apart; both changes of the
 * first within 3 minutes of one of the second; 1 of 6 words of bio.
 */
static void
what_two_have_in_common_is_measured(void **state)
{
	struct store *s = open_case();
	struct pair pair = pair_of(s, 1, 2, "");

	(void)state;
	assert_true(pair.traits[PAIR_COMMON] == 5 && pair.traits[PAIR_FAST] == 5);
	assert_true(fabs(pair.traits[PAIR_HOURS] - 1) < 1e-9);
	assert_true(fabs(pair.traits[PAIR_CREATED] - 1.0 / 1440) < 1e-9);
	assert_true(pair.traits[PAIR_CHANGES] == 2);
	assert_true(fabs(pair.traits[PAIR_BIO] - 1.0 / 6) < 1e-9);
	assert_int_equal(pair.source_count, 5);
	assert_int_equal(pair.sources[0].at[1] - pair.sources[0].at[0], 8000);
	pair = pair_of(s, 1, 2, "2016-09-20..2016-09-24");
	assert_true(pair.traits[PAIR_COMMON] == 2);
	pair = pair_of(s, 1, 14, "");	/* who linked one of the pages, weeks later */
	assert_true(pair.traits[PAIR_COMMON] == 1 && pair.traits[PAIR_FAST] == 0);
	assert_true(pair.traits[PAIR_CHANGES] == 0 && pair.traits[PAIR_BIO] == 0);
	pair = pair_of(s, 1, 12, "");	/* whose bio is empty */
	assert_true(isnan(pair.traits[PAIR_BIO]));
	store_close(s);
}

/*
 * Account 1 changed bio and, a minute later, language; account 2 its language two
 * minutes after that. The handle that account 2 changed a year later is no wave.
 */
static void
changes_with_no_quarter_of_an_hour_between_are_a_wave(void **state)
{
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct store *s = open_case();
	struct group group = members(s, 1);
	struct lens lens = lens_open();
	struct claque_err err = { 0 };
	struct waves waves;

	(void)state;
	assert_ok(waves_read(s, &group, &lens, &perm, &waves, &err), err);
	assert_int_equal(waves.all, 1);
	assert_int_equal(waves.count, 1);
	assert_int_equal(waves.members, 6);
	assert_int_equal(waves.waves[0].to - waves.waves[0].from, 180000);
	assert_int_equal(waves.waves[0].who.count, 2);
	assert_int_equal(waves.waves[0].changes, 3);
	assert_int_equal(waves.waves[0].field_count, 2);
	assert_true(str_eq(waves.waves[0].fields[0].name, STR("bio")));
	assert_int_equal(waves.waves[0].fields[0].count, 1);
	assert_int_equal(waves.waves[0].fields[1].count, 2);
	assert_int_equal(waves.waves[0].places[0].len, 0);
	assert_ok(lens_parse(STR("2016-01-01..2017-01-01"), &lens, &err), err);
	assert_ok(waves_read(s, &group, &lens, &perm, &waves, &err), err);
	assert_int_equal(waves.all, 0);
	store_close(s);
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_group_is_the_members_by_rank),
		cmocka_unit_test(a_control_is_drawn_outside_of_clusters_and_none_twice),
		cmocka_unit_test(a_matrix_holds_who_shared_what_and_when),
		cmocka_unit_test(a_matrix_is_seen_through_the_lens),
		cmocka_unit_test(an_ego_graph_has_the_strongest_first_and_the_ties_among_them),
		cmocka_unit_test(inside_a_cluster_only_those_with_a_tie_are_nodes),
		cmocka_unit_test(changes_with_no_quarter_of_an_hour_between_are_a_wave),
		cmocka_unit_test(what_two_have_in_common_is_measured),
	};

	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
