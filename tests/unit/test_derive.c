/* Changes that follow from profiles seen twice: what counts as one, and when it was. */
#include "config.h"

#include "feed.h"

#include "store/stmt.h"

/* A profile as somebody saw it; NULL: that look does not tell it. */
struct look {
	int64_t at;
	const char *handle, *name, *bio;
};

static void
see(struct feed_bench *b, const struct look *looks, size_t count)
{
	struct record records[8];

	for (size_t i = 0; i < count; i++) {
		records[i] = (struct record){ .type = RECORD_ACCOUNT };
		records[i].account = (struct account_record){ .platform = STR("x"), .id = STR("a"),
			.handle = str_of(looks[i].handle), .display_name = str_of(looks[i].name),
			.bio = str_of(looks[i].bio), .observed_at = looks[i].at,
			.created_at = CLAQUE_NO_TIME, .followers = looks[i].at,
			.following = COUNT_UNKNOWN, .posts_total = COUNT_UNKNOWN,
			.verified = COUNT_UNKNOWN };
	}
	feed_records(b, records, count, true);
}

static void
two_looks_show_what_changed_between_them(void **state)
{
	static const struct look looks[] = {
		{ 1000, "john", "John of Ohio", "dad" }, { 5000, "priya", "Priya of Pune", "dad" },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	see(&b, looks, 2);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_change"), 2);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_change WHERE"
				     " field = 'handle' AND old_value = 'john'"
				     " AND new_value = 'priya' AND after_at = 1000 AND at = 5000"
				     " AND row = 3"), 1);
	assert_int_equal(feed_number(b.s, "SELECT change_count FROM account"), 2);
	feed_bench_drop(&b);
}

static void
missing_is_not_empty_and_case_is_no_other_handle(void **state)
{
	static const struct look looks[] = {
		{ 1000, "john", "John", NULL }, { 2000, "John", NULL, NULL },
		{ 3000, "JOHN", "", NULL }, { 4000, NULL, "John", NULL },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	see(&b, looks, 4);
	/* "John" to "" after the look that did not tell, and back. */
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_change"), 2);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_change"
				     " WHERE after_at = 1000 AND at = 3000 AND new_value = ''"), 1);
	feed_bench_drop(&b);
}

static void
a_look_between_two_narrows_the_time_and_keeps_what_stays_true(void **state)
{
	static const struct look first[] = {
		{ 1000, "a", "A", NULL }, { 9000, "b", "A", NULL }, { 9500, "b", "B", NULL },
	};
	static const struct look between[] = { { 5000, "b", NULL, NULL } };
	struct feed_bench b = feed_bench_open();
	int64_t kept;

	(void)state;
	see(&b, first, 3);
	kept = feed_number(b.s, "SELECT id FROM profile_change WHERE field = 'display_name'");
	see(&b, between, 1);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_change"), 2);
	assert_int_equal(feed_number(b.s, "SELECT at FROM profile_change WHERE field = 'handle'"),
			 5000);
	assert_int_equal(feed_number(b.s, "SELECT id FROM profile_change"
				     " WHERE field = 'display_name'"), kept);
	feed_bench_drop(&b);
}

/* An import that was killed before its totals: whoever opens the case next makes up for it. */
static void
what_a_kill_left_undone_is_done_on_opening(void **state)
{
	static const struct look looks[] = { { 1000, "a", NULL, NULL }, { 9000, "b", NULL, NULL } };
	struct feed_bench b = feed_bench_open();
	struct claque_err err = { 0 };

	(void)state;
	see(&b, looks, 2);
	assert_ok(store_exec(b.s, "DELETE FROM profile_change; UPDATE account SET change_count = 0;"
			     " UPDATE state SET value = 1 WHERE name GLOB '*_stale'", &err), err);
	store_close(b.s);
	b.s = feed_open(b.path, STORE_WRITE);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_change"), 1);
	assert_int_equal(feed_number(b.s, "SELECT change_count FROM account"), 1);
	feed_bench_drop(&b);
}

static void
a_change_that_an_input_reports_is_not_told_twice(void **state)
{
	static const struct look looks[] = { { 1000, "a", NULL, NULL }, { 9000, "b", NULL, NULL } };
	struct record told = { .type = RECORD_CHANGE };
	struct feed_bench b = feed_bench_open();

	(void)state;
	told.change = (struct change_record){ .platform = STR("x"), .account_id = STR("a"),
		.field = STR("handle"), .old_value = STR("a"), .new_value = STR("b"), .at = 4000 };
	feed_records(&b, &told, 1, true);
	see(&b, looks, 2);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_change"), 1);
	assert_int_equal(feed_number(b.s, "SELECT at FROM profile_change"), 4000);
	feed_bench_drop(&b);
}

static void
profiles_of_unknown_time_show_nothing(void **state)
{
	static const struct look looks[] = {
		{ CLAQUE_NO_TIME, "a", NULL, NULL }, { 9000, "b", NULL, NULL },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	see(&b, looks, 2);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_change"), 0);
	feed_bench_drop(&b);
}

static void
a_handle_of_two_accounts_is_found(void **state)
{
	static const struct look looks[] = { { 1000, "Old", NULL, NULL }, { 2000, "new", NULL, NULL } };
	struct record other = { .type = RECORD_ACCOUNT };
	struct feed_bench b = feed_bench_open();

	(void)state;
	see(&b, looks, 2);
	other.account = (struct account_record){ .platform = STR("x"), .id = STR("b"),
		.handle = STR("old"), .observed_at = 3000, .created_at = CLAQUE_NO_TIME,
		.followers = COUNT_UNKNOWN, .following = COUNT_UNKNOWN,
		.posts_total = COUNT_UNKNOWN, .verified = COUNT_UNKNOWN };
	feed_records(&b, &other, 1, true);
	assert_int_equal(feed_number(b.s, "SELECT accounts FROM v_reused_handles"
				     " WHERE handle = 'old'"), 2);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM v_reused_handles"), 1);
	feed_bench_drop(&b);
}

static struct record
profile(const char *id, const char *handle, int64_t observed_at)
{
	struct record r = { .type = RECORD_ACCOUNT };

	r.account = (struct account_record){ .platform = STR("x"), .id = str_of(id),
		.handle = str_of(handle), .observed_at = observed_at,
		.created_at = CLAQUE_NO_TIME, .followers = COUNT_UNKNOWN,
		.following = COUNT_UNKNOWN, .posts_total = COUNT_UNKNOWN,
		.verified = COUNT_UNKNOWN };
	return r;
}

static struct record
renamed(const char *id, const char *from, const char *to, int64_t at)
{
	struct record r = { .type = RECORD_CHANGE };

	r.change = (struct change_record){ .platform = STR("x"), .account_id = str_of(id),
		.field = STR("handle"), .old_value = str_of(from), .new_value = str_of(to),
		.at = at };
	return r;
}

enum { HOUR = 3600000 };

/* a was "Old" up to 1 h and "new" at 9 h; b is "old" at 5 h. */
static void
it_is_told_who_had_a_handle_when_and_who_has_it_now(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = { profile("a", "Old", HOUR), profile("a", "new", 9 * HOUR),
		profile("b", "old", 5 * HOUR), profile("c", "alone", HOUR) };

	(void)state;
	feed_records(&b, records, 4, true);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM handle_use"), 3);
	assert_int_equal(feed_number(b.s, "SELECT until_at FROM handle_use WHERE account = 1"
				     " AND key = 'old'"), HOUR);
	assert_int_equal(feed_number(b.s, "SELECT gone_by FROM handle_use WHERE account = 1"
				     " AND key = 'old'"), 9 * HOUR);
	assert_int_equal(feed_number(b.s, "SELECT now FROM handle_use WHERE account = 1"
				     " AND key = 'old'"), 0);
	assert_int_equal(feed_number(b.s, "SELECT gap FROM handle_use WHERE account = 2"), 4 * HOUR);
	assert_int_equal(feed_number(b.s, "SELECT now FROM handle_use WHERE account = 2"), 1);
	assert_int_equal(feed_number(b.s, "SELECT handles FROM handle_use WHERE account = 1"
				     " AND key = 'new'"), 2);
	feed_bench_drop(&b);
}

static void
two_accounts_with_one_handle_at_a_time_overlap(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = { renamed("a", "old", "new", 7 * HOUR),
		profile("a", "old", HOUR), profile("b", "OLD", 5 * HOUR) };

	(void)state;
	feed_records(&b, records, 3, true);
	assert_int_equal(feed_number(b.s, "SELECT gap FROM handle_use WHERE account = 2"), -2 * HOUR);
	feed_bench_drop(&b);
}

static void
a_change_of_case_is_no_second_handle(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = { profile("a", "Ivan", HOUR),
		renamed("a", "Ivan", "ivan", 2 * HOUR) };

	(void)state;
	feed_records(&b, records, 2, true);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM handle_use"), 0);
	feed_bench_drop(&b);
}

static void
an_account_leads_to_the_others_that_had_its_handle(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = { profile("a", "Old", HOUR), profile("a", "new", 9 * HOUR),
		profile("b", "old", 5 * HOUR), profile("c", "alone", HOUR) };

	(void)state;
	feed_records(&b, records, 4, true);
	assert_int_equal(feed_rows(&b, LIST_REUSED, SUBJECT_none, 0), 2);
	assert_int_equal(feed_rows(&b, LIST_HANDLES, SUBJECT_none, 0), 2);
	assert_int_equal(feed_rows(&b, LIST_REUSED, SUBJECT_account, 2), 2);
	assert_int_equal(feed_rows(&b, LIST_HANDLES, SUBJECT_account, 1), 2);
	assert_int_equal(feed_rows(&b, LIST_HANDLES, SUBJECT_account, 2), 0);
	assert_int_equal(feed_rows(&b, LIST_REUSED, SUBJECT_account, 3), 0);
	assert_int_equal(feed_rows(&b, LIST_ACCOUNTS, SUBJECT_handle,
				 feed_number(b.s, "SELECT id FROM handle_use WHERE account = 2")), 2);
	feed_bench_drop(&b);
}

static void
the_row_of_a_handle_keeps_its_id(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct record first[] = { profile("b", "two", HOUR), profile("b", "three", 2 * HOUR) };
	struct record second[] = { profile("a", "one", HOUR), profile("a", "two", 2 * HOUR) };
	int64_t id;

	(void)state;
	feed_records(&b, first, 2, true);
	id = feed_number(b.s, "SELECT id FROM handle_use WHERE key = 'three'");
	feed_records(&b, second, 2, true);
	assert_int_equal(feed_number(b.s, "SELECT id FROM handle_use WHERE key = 'three'"), id);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM handle_use"), 4);
	feed_bench_drop(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_looks_show_what_changed_between_them),
		cmocka_unit_test(missing_is_not_empty_and_case_is_no_other_handle),
		cmocka_unit_test(a_look_between_two_narrows_the_time_and_keeps_what_stays_true),
		cmocka_unit_test(what_a_kill_left_undone_is_done_on_opening),
		cmocka_unit_test(a_change_that_an_input_reports_is_not_told_twice),
		cmocka_unit_test(profiles_of_unknown_time_show_nothing),
		cmocka_unit_test(a_handle_of_two_accounts_is_found),
		cmocka_unit_test(it_is_told_who_had_a_handle_when_and_who_has_it_now),
		cmocka_unit_test(two_accounts_with_one_handle_at_a_time_overlap),
		cmocka_unit_test(a_change_of_case_is_no_second_handle),
		cmocka_unit_test(an_account_leads_to_the_others_that_had_its_handle),
		cmocka_unit_test(the_row_of_a_handle_keeps_its_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
