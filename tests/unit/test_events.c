/* test_events.c - public events: read from a table, kept in the case, put on an axis. */
#include "config.h"

#include "feed.h"
#include "files.h"

#include "app/events.h"
#include "base/clock.h"

#define HOUR INT64_C(3600000)
#define TABLE "events.csv"

static struct arena whole, perm;

static int
set_up(void **state)
{
	char folder[] = "/tmp/claque-test-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	whole = arena_new(64 << 20);
	return 0;
}

static int
tear_down(void **state)
{
	char folder[256];

	(void)state;
	(void)unlink(TABLE);
	assert_non_null(getcwd(folder, sizeof(folder)));
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(folder), 0);
	arena_free(whole);
	return 0;
}

static enum claque_rc
read_table(const char *text, struct events *out, struct claque_err *err)
{
	write_file(TABLE, str_of(text));
	perm = whole;
	return events_from_file(TABLE, &perm, out, err);
}

static void
a_row_is_a_time_or_a_day_with_a_label(void **state)
{
	struct claque_err err = { 0 };
	struct events e;

	(void)state;
	assert_ok(read_table("label,when,source,mood\n"
			     "\"first debate, live\",2016-09-26T21:00:00-04:00,"
			     "https://a.example/1,x\n"
			     "\n deadline ,2016-10-11,,\n", &e, &err), err);
	assert_int_equal(e.count, 2);
	assert_int_equal(e.list[0].at, INT64_C(1474938000000));	/* 2016-09-27 01:00 UTC */
	assert_false(e.list[0].whole_day);
	assert_str(e.list[0].label, "first debate, live");
	assert_str(e.list[0].source, "https://a.example/1");
	assert_int_equal(e.list[1].at, INT64_C(1476144000000));
	assert_true(e.list[1].whole_day);
	assert_str(e.list[1].label, "deadline");
	assert_int_equal(e.list[1].source.len, 0);
	assert_int_equal(e.list[1].row, 4);	/* a blank row counts, as in a spreadsheet */
}

static void
a_bad_row_is_named_with_its_remedy(void **state)
{
	static const struct { const char *text, *says; } tables[] = {
		{ "when,what\n2016-09-26,x\n", "events.csv has no column 'label'" },
		{ "when,label\n2016-09-26,x\n26.9.2016,y\n",
		  "events.csv, row 3: when is '26.9.2016'" },
		{ "when,label\n2016-09-26,\n", "row 2: the label is empty" },
		{ "when,label\n,x\n", "row 2: when is ''" },
		{ "when,label\n2016-09-26,caf\xe9\n", "row 2: the label is not valid UTF-8" },
		{ "when,label,source\n2016-09-26,x,\xff\n",
		  "row 2: the source is not valid UTF-8" },
		{ "when,label\n2016-09-26,\"open\n", "row 2: a quote opens here" },
		{ "", "is empty" },
	};
	struct events e;

	(void)state;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		struct claque_err err = { 0 };

		assert_int_equal(read_table(tables[i].text, &e, &err), CLAQUE_EINPUT);
		if (strstr(err.msg, tables[i].says) == NULL)
			fail_msg("'%s' is not in: %s", tables[i].says, err.msg);
	}
}

static void
a_label_longer_than_a_line_is_refused(void **state)
{
	struct claque_err err = { 0 };
	struct events e;
	char text[600] = "when,label\n2016-09-26,";
	size_t head = strlen(text);

	(void)state;
	memset(text + head, 'x', EVENT_LABEL_MAX);
	assert_ok(read_table(text, &e, &err), err);
	memset(text + head, 'x', EVENT_LABEL_MAX + 1);
	assert_int_equal(read_table(text, &e, &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "too long"));
}

static void
a_table_that_grew_adds_what_is_new(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct claque_err err = { 0 };
	struct events_report report;
	struct events e;

	(void)state;
	perm = whole;
	write_file(TABLE, STR("when,label\n2016-10-11,deadline\n2016-09-26,debate\n"));
	assert_ok(events_job(s, TABLE, STR("nr"), &report, &err), err);
	assert_int_equal(report.rows, 2);
	assert_int_equal(report.added, 2);
	write_file(TABLE, STR("when,label\n2016-10-11,deadline\n2016-10-11,leak\n2016-09-26,debate\n"));
	assert_ok(events_job(s, TABLE, STR("nr"), &report, &err), err);
	assert_int_equal(report.rows, 3);
	assert_int_equal(report.added, 1);
	assert_ok(events_job(s, TABLE, STR("nr"), &report, &err), err);
	assert_int_equal(report.added, 0);
	assert_ok(event_read(s, &perm, &e, &err), err);
	assert_int_equal(e.count, 3);
	assert_str(e.list[0].label, "debate");
	assert_str(e.list[1].label, "deadline");
	assert_str(e.list[2].label, "leak");
	assert_int_equal(e.list[2].row, 3);
	/* Two entries: nothing new is no act. */
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_ledger"
				     " WHERE action = 'events'"), 2);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_events WHERE at = "
				     "'2016-10-11T00:00:00Z' AND source_file = 'events.csv'"), 2);
	store_close(s);
	feed_drop(path);
}

/* A table with a bad row leaves the case as it was. */
static void
a_bad_table_adds_nothing(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct claque_err err = { 0 };
	struct events_report report;

	(void)state;
	write_file(TABLE, STR("when,label\n2016-10-11,deadline\nsoon,debate\n"));
	assert_int_equal(events_job(s, TABLE, STR("nr"), &report, &err), CLAQUE_EINPUT);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_events"), 0);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_ledger"), 0);
	store_close(s);
	feed_drop(path);
}

/* Hours 0, 5, 5, 6, 20 of a day that begins at FEED_START. */
static struct event list[] = {
	{ .at = FEED_START }, { .at = FEED_START + 5 * HOUR },
	{ .at = FEED_START + 5 * HOUR + 1 }, { .at = FEED_START + 6 * HOUR },
	{ .at = FEED_START + 20 * HOUR },
};
static const struct events five = { list, 5 };

static void
a_bucket_holds_its_start_and_not_its_end(void **state)
{
	int64_t counts[4];

	(void)state;
	events_spread(&five, FEED_START, 6 * HOUR, counts, 4);
	assert_int_equal(counts[0], 3);
	assert_int_equal(counts[1], 1);
	assert_int_equal(counts[2], 0);
	assert_int_equal(counts[3], 1);
	/* What lies before and after the window is in no bucket of it. */
	events_spread(&five, FEED_START + 1, 5 * HOUR, counts, 2);
	assert_int_equal(counts[0], 1);
	assert_int_equal(counts[1], 2);
}

static void
the_nearest_are_named_in_order_of_time(void **state)
{
	int64_t end = FEED_START + 24 * HOUR;
	size_t first;

	(void)state;
	assert_int_equal(events_near(&five, FEED_START, end, FEED_START + 6 * HOUR, 3, &first), 3);
	assert_int_equal(first, 1);
	assert_int_equal(events_near(&five, FEED_START, end, FEED_START + 23 * HOUR, 2, &first), 2);
	assert_int_equal(first, 3);
	assert_int_equal(events_near(&five, FEED_START, end, FEED_START - HOUR, 1, &first), 1);
	assert_int_equal(first, 0);
	/* Only one of the five is in the window, however many are asked for. */
	assert_int_equal(events_near(&five, FEED_START + 7 * HOUR, end, FEED_START + 8 * HOUR, 3,
				     &first), 1);
	assert_int_equal(first, 4);
	assert_int_equal(events_near(&five, FEED_START + 7 * HOUR, FEED_START + 9 * HOUR,
				     FEED_START + 8 * HOUR, 3, &first), 0);
}

static void
the_next_event_after_the_last_is_the_first(void **state)
{
	const struct events none = { NULL, 0 };

	(void)state;
	assert_ptr_equal(events_next(&five, FEED_START + HOUR, INT64_MIN), &list[1]);
	assert_ptr_equal(events_next(&five, FEED_START + 6 * HOUR, INT64_MIN), &list[3]);
	/* Where one is aligned already, the one after it. */
	assert_ptr_equal(events_next(&five, FEED_START + 6 * HOUR, FEED_START + 6 * HOUR),
			 &list[4]);
	assert_ptr_equal(events_next(&five, FEED_START + 21 * HOUR, INT64_MIN), &list[0]);
	assert_null(events_next(&none, FEED_START, INT64_MIN));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_is_a_time_or_a_day_with_a_label),
		cmocka_unit_test(a_bad_row_is_named_with_its_remedy),
		cmocka_unit_test(a_label_longer_than_a_line_is_refused),
		cmocka_unit_test(a_table_that_grew_adds_what_is_new),
		cmocka_unit_test(a_bad_table_adds_nothing),
		cmocka_unit_test(a_bucket_holds_its_start_and_not_its_end),
		cmocka_unit_test(the_nearest_are_named_in_order_of_time),
		cmocka_unit_test(the_next_event_after_the_last_is_the_first),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
