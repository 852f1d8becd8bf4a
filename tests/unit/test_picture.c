/* test_picture.c - what pictures read from the small case (small_case.h). */
#include "config.h"

#include "test.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_group_is_the_members_by_rank),
		cmocka_unit_test(a_control_is_drawn_outside_of_clusters_and_none_twice),
		cmocka_unit_test(a_matrix_holds_who_shared_what_and_when),
		cmocka_unit_test(a_matrix_is_seen_through_the_lens),
	};

	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
