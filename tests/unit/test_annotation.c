#include "config.h"

#include "feed.h"

static struct annotation
tag(const char *text)
{
	return (struct annotation){ .kind = ANNOTATION_tag, .target = { SUBJECT_account, 3 },
		.target_name = STR("@ivan142"), .text = str_of(text), .who = STR("me"),
		.at = FEED_START, .live = true };
}

static void
an_annotation_comes_back_as_written(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct arena whole = arena_new(1 << 16), perm = whole;
	struct annotation a = tag("fan"), got;
	struct claque_err err = { 0 };
	int64_t id, found;

	(void)state;
	assert_ok(annotation_add(s, &a, &id, &err), err);
	assert_ok(annotation_get(s, id, &perm, &got, &err), err);
	assert_int_equal(got.id, id);
	assert_int_equal(got.kind, ANNOTATION_tag);
	assert_int_equal(got.target.kind, SUBJECT_account);
	assert_int_equal(got.target.id, 3);
	assert_str(got.target_name, "@ivan142");
	assert_str(got.text, "fan");
	assert_str(got.who, "me");
	assert_true(got.live);
	assert_ok(annotation_find(s, ANNOTATION_tag, a.target, STR("fan"), &found, &err), err);
	assert_int_equal(found, id);
	assert_ok(annotation_find(s, ANNOTATION_pin, a.target, STR("fan"), &found, &err), err);
	assert_int_equal(found, 0);
	store_close(s);
	feed_drop(path);
	arena_free(whole);
}

static void
an_annotation_that_is_not_live_stays_unseen(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct annotation a = tag("fan");
	struct claque_err err = { 0 };
	int64_t id, found;

	(void)state;
	assert_ok(annotation_add(s, &a, &id, &err), err);
	assert_ok(annotation_set_live(s, id, false, &err), err);
	assert_ok(annotation_find(s, ANNOTATION_tag, a.target, STR("fan"), &found, &err), err);
	assert_int_equal(found, 0);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_notes"), 0);
	assert_ok(annotation_set_live(s, id, true, &err), err);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_notes"), 1);
	assert_int_equal(annotation_set_live(s, 99, true, &err), CLAQUE_ENOTFOUND);
	store_close(s);
	feed_drop(path);
}

static void
an_annotation_goes_with_its_transaction(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct annotation a = tag("fan");
	struct claque_err err = { 0 };
	int64_t id;

	(void)state;
	assert_ok(store_begin(s, &err), err);
	assert_ok(annotation_add(s, &a, &id, &err), err);
	store_rollback(s);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM annotation"), 0);
	store_close(s);
	feed_drop(path);
}

static bool
sum_seq(void *ctx, const struct ledger_entry *entry)
{
	*(int64_t *)ctx = *(int64_t *)ctx * 10 + entry->seq;
	return true;
}

static bool
stop(void *ctx, const struct ledger_entry *entry)
{
	(void)ctx, (void)entry;
	return false;
}

static void
the_ledger_is_read_in_order_and_by_number(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct arena whole = arena_new(1 << 16), perm = whole;
	struct ledger_entry e = { .at = FEED_START, .who = STR("me"), .action = STR("tag"),
		.payload = STR("{\"a\":1}"), .previous = STR("00"), .hash = STR("ab") }, got;
	struct claque_err err = { 0 };
	int64_t order = 0;

	(void)state;
	assert_int_equal(ledger_get(s, 0, &perm, &got, &err), CLAQUE_ENOTFOUND);
	for (e.seq = 1; e.seq <= 3; e.seq++)
		assert_ok(ledger_append(s, &e, &err), err);
	assert_ok(ledger_get(s, 0, &perm, &got, &err), err);
	assert_int_equal(got.seq, 3);
	assert_str(got.payload, "{\"a\":1}");
	assert_str(got.lens, "");
	assert_ok(ledger_get(s, 2, &perm, &got, &err), err);
	assert_int_equal(got.seq, 2);
	assert_int_equal(ledger_get(s, 9, &perm, &got, &err), CLAQUE_ENOTFOUND);
	assert_ok(ledger_walk(s, sum_seq, &order, &err), err);
	assert_int_equal(order, 123);
	assert_int_equal(ledger_walk(s, stop, &order, &err), CLAQUE_STOPPED);
	store_close(s);
	feed_drop(path);
	arena_free(whole);
}

static void
a_ledger_entry_cannot_be_written_twice(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct ledger_entry e = { .seq = 1, .at = FEED_START };
	struct claque_err err = { 0 };

	(void)state;
	assert_ok(ledger_append(s, &e, &err), err);
	assert_int_not_equal(ledger_append(s, &e, &err), CLAQUE_OK);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"
				     " AND tbl_name = 'ledger'"), 2);
	store_close(s);
	feed_drop(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_annotation_comes_back_as_written),
		cmocka_unit_test(an_annotation_that_is_not_live_stays_unseen),
		cmocka_unit_test(an_annotation_goes_with_its_transaction),
		cmocka_unit_test(the_ledger_is_read_in_order_and_by_number),
		cmocka_unit_test(a_ledger_entry_cannot_be_written_twice),
	};

	return cmocka_run_group_tests_name("annotation", tests, NULL, NULL);
}
