/* test_names.c - C007 stays C007 from run to run, with what was written about it. */
#include "config.h"

#include "feed.h"

#include "app/cluster_names.h"
#include "case/case.h"

static const struct feed_shape shape = { 12, 7 };
static const int64_t account_ids[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };

static int
make_case(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);

	(void)feed_import(s, &shape, 120);
	*state = s;
	free(path);
	return 0;
}

static int
drop_case(void **state)
{
	struct store *s = *state;
	char *path = strdup(store_path(s));

	store_close(s);
	feed_drop(path);
	return 0;
}

/* Groups as words of account letters, "abc de"; the first account is a. */
static struct cluster_names
run(struct store *s, const char *groups)
{
	static struct claque_member members[12];
	struct claque_group list[8] = { 0 };
	double scores[12] = { 0 };
	struct claque_result result = { .groups = list, .account_scores = scores };
	struct claque_score_settings settings = { .prior = 0.01 };
	struct result_input in = { .result = &result, .settings = &settings,
		.account_ids = account_ids, .account_count = 12 };
	struct cluster_names names;
	struct claque_err err = { 0 };
	size_t n = 0;
	int64_t id;

	for (const char *c = groups; *c != '\0'; c++) {
		struct claque_group *g = &list[result.group_count];

		if (c == groups || c[-1] == ' ')
			*g = (struct claque_group){ .kind = "weak", .members = &members[n] };
		if (*c != ' ') {
			members[n++] = (struct claque_member){ .account = (uint32_t)(*c - 'a') };
			g->member_count++;
		}
		result.group_count += *c == ' ' || c[1] == '\0';
	}
	assert_ok(cluster_names_find(s, account_ids, &result, &names, &err), err);
	in.names = names.numbers;
	assert_ok(result_save(s, &in, &id, &err), err);
	return names;
}

/* What the clusters of the last run are called, by rank. */
static void
assert_names(const struct cluster_names *names, size_t count, const uint32_t *want)
{
	for (size_t i = 0; i < count; i++)
		assert_int_equal(names->numbers[i], want[i]);
}

static void
run_and_expect(struct store *s, const char *groups, size_t count, const uint32_t *want)
{
	struct cluster_names names = run(s, groups);

	assert_names(&names, count, want);
	cluster_names_done(&names);
}

static void
the_first_run_names_by_rank(void **state)
{
	struct cluster_names names = run(*state, "abc de fg");

	assert_names(&names, 3, (const uint32_t[]){ 1, 2, 3 });
	assert_false(names.again);
	assert_int_equal(names.changes[CLAQUE_CLUSTER_BORN], 3);
	cluster_names_done(&names);
}

static void
names_follow_the_members_and_are_never_given_twice(void **state)
{
	struct store *s = *state;
	struct cluster_names names;

	run_and_expect(s, "abc de fg", 3, (const uint32_t[]){ 1, 2, 3 });
	names = run(s, "gfh ab ij");		/* C002 is gone, one is new */
	assert_names(&names, 3, (const uint32_t[]){ 3, 1, 4 });
	assert_true(names.again);
	assert_int_equal(names.changes[CLAQUE_CLUSTER_KEPT], 2);
	assert_int_equal(names.changes[CLAQUE_CLUSTER_BORN], 1);
	assert_int_equal(names.changes[CLAQUE_CLUSTER_DIED], 1);
	cluster_names_done(&names);
	run_and_expect(s, "de", 1, (const uint32_t[]){ 5 });
	assert_int_equal(feed_number(s, "SELECT name = 'C005' FROM cluster"
				     " WHERE run = (SELECT max(id) FROM run)"), 1);
	run_and_expect(s, "", 0, NULL);
	run_and_expect(s, "de", 1, (const uint32_t[]){ 6 });
}

static struct subject
find(struct store *s, const char *name)
{
	struct subject found;
	struct claque_err err = { 0 };

	assert_ok(list_find_subject(s, SUBJECT_cluster, str_of(name), &found, &err), err);
	return found;
}

static int64_t
count_notes(struct store *s, struct subject on)
{
	struct list_query q = { .list = LIST_NOTES, .subject = on, .lens = lens_open(), .sort = -1 };
	struct claque_err err = { 0 };
	int64_t count;

	assert_ok(list_count(s, &q, 0, &count, &err), err);
	return count;
}

/* The value of a column of LIST_CLUSTERS. */
static struct value
cluster_cell(struct store *s, struct arena *perm, struct subject on, const char *column)
{
	size_t count, i;
	const struct column *columns = list_columns(LIST_CLUSTERS, &count);
	struct claque_err err = { 0 };
	struct row row;

	assert_ok(list_row(s, LIST_CLUSTERS, on.id, perm, &row, &err), err);
	i = column_find(columns, count, str_of(column));
	assert_true(i < count);
	return row.values[i];
}

static void
what_was_written_about_a_cluster_stays_with_its_name(void **state)
{
	struct store *s = *state;
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct case_context c = { .store = s, .who = STR("ada") };
	struct claque_err err = { 0 };
	struct subject then, now;

	run_and_expect(s, "abc de", 2, (const uint32_t[]){ 1, 2 });
	then = find(s, "C002");
	assert_ok(case_add(&c, ANNOTATION_tag, then, STR("C002"), STR("twins"), &err), err);
	assert_ok(case_add(&c, ANNOTATION_pin, then, STR("C002"), STR(""), &err), err);
	run_and_expect(s, "def abc", 2, (const uint32_t[]){ 2, 1 });
	now = find(s, "c2");
	assert_int_equal(find(s, "C002").id, now.id);
	assert_true(now.id != then.id);
	assert_str(cluster_cell(s, &perm, now, "tags").s, "#twins");
	assert_int_equal(cluster_cell(s, &perm, now, "pins").i, 1);
	assert_int_equal(cluster_cell(s, &perm, find(s, "C001"), "pins").i, 0);
	assert_int_equal(count_notes(s, now), 2);
	assert_int_equal(count_notes(s, find(s, "C001")), 0);

	/* It is there already; it can be taken away; what it stood on is found. */
	assert_ok(case_add(&c, ANNOTATION_tag, now, STR("C002"), STR("twins"), &err), err);
	assert_int_equal(count_notes(s, now), 2);
	assert_ok(case_remove(&c, ANNOTATION_tag, now, STR("twins"), &err), err);
	assert_int_equal(count_notes(s, now), 1);
	assert_ok(list_subject_now(s, &then, &err), err);
	assert_int_equal(then.id, now.id);
	arena_free(whole);
}

static void
a_cluster_that_is_gone_keeps_its_place_in_the_past(void **state)
{
	struct store *s = *state;
	struct claque_err err = { 0 };
	struct subject then;
	int64_t id;

	run_and_expect(s, "abc de", 2, (const uint32_t[]){ 1, 2 });
	then = find(s, "C002");
	id = then.id;
	run_and_expect(s, "abc", 1, (const uint32_t[]){ 1 });
	assert_ok(list_subject_now(s, &then, &err), err);
	assert_int_equal(then.id, id);
	assert_int_equal(list_find_subject(s, SUBJECT_cluster, STR("C002"), &then, &err),
			 CLAQUE_ENOTFOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_case, drop_case)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_first_run_names_by_rank),
		TEST(names_follow_the_members_and_are_never_given_twice),
		TEST(what_was_written_about_a_cluster_stays_with_its_name),
		TEST(a_cluster_that_is_gone_keeps_its_place_in_the_past),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
