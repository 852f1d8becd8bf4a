/*
 * test_sniff.c - how a file is told by what is in it, what is said of one that is none, and
 * how an explanation tells what it found. Most about headers of tables is in test_import.c.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "import/import.h"
#include "record_sink.h"

#define TWEET "{\"id\":\"7\",\"author_id\":\"a\",\"created_at\":\"2023-10-01T00:00:00Z\"," \
	"\"text\":\"hello\"}\n"

static struct recording rec;
static struct import_totals totals;
static struct claque_err err;

static enum claque_rc
import_as(const char *format, const char *text)
{
	struct import_options options = { .format = format };

	return import_bytes(str_of(text), "in", &options, &rec.sink, &totals, &err);
}

#define assert_records(z) do { \
	buf_addc(&rec.text, '\0'); \
	assert_string_equal(rec.text.p, z); \
} while (0)

static void
assert_refused(const char *format, const char *text, const char *why)
{
	assert_int_equal(import_as(format, text), CLAQUE_EINPUT);
	assert_string_equal(err.msg, why);
	assert_int_equal(rec.put, 0);
}

static void
json_of_no_known_format_names_the_nearest_and_what_it_lacks(void **state)
{
	(void)state;
	assert_refused(NULL, "{\"id\":\"7\",\"author_id\":\"a\",\"text\":\"x\"}\n",
		       "in: no known format of JSON; nearest is twitter-v2-flat, which also has "
		       "created_at");
	assert_refused(NULL, "[{\"id_str\":\"7\",\"user\":{\"id_str\":\"1\"}}]",
		       "in: no known format of JSON; nearest is twitter-v1, which also has "
		       "created_at, user.screen_name");
	assert_refused(NULL, "{\"colour\":\"red\"}\n{\"colour\":\"blue\"}\n",
		       "in: no known format of JSON: its objects have no key that any has; a mapping "
		       "file tells what is what (claque-formats(7))");
}

/* What a format has around its items is there or not as well as what is in them. */
static void
what_stands_around_the_objects_counts(void **state)
{
	(void)state;
	assert_refused(NULL, "{\"id\":\"bundle--1\",\"objects\":[{\"type\":\"note\",\"id\":\"n\"}]}",
		       "in: no known format of JSON; nearest is stix2, which also has type around it");
	assert_refused(NULL, "{\"meta\":{}}\n", "in: no known format of JSON; nearest is twitter-v2, "
		       "which also has includes or __twarc");
}

static void
the_format_with_most_of_its_places_there_is_it(void **state)
{
	static const struct {
		const char *text, *name;
	} rows[] = {
		{ TWEET, "twitter-v2-flat" },
		{ "{\"id\":\"7\",\"author\":\"a\",\"created_utc\":1,\"subreddit\":\"s\"}\n", "reddit" },
		/* Of both: the one that asks for more. */
		{ "{\"id\":\"7\",\"snippet\":{\"videoId\":\"v\",\"topLevelComment\":{\"snippet\":{}}}}\n",
		  "youtube-threads" },
	};
	char path[] = "/tmp/claque-sniff-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct import_options options = { 0 };
		const struct import_format *format;

		assert_int_equal(ftruncate(fd, 0), 0);
		assert_int_equal(pwrite(fd, rows[i].text, strlen(rows[i].text), 0),
				 strlen(rows[i].text));
		assert_ok(import_sniff(path, &options, &format, &err), err);
		assert_string_equal(format->name, rows[i].name);
	}
	assert_int_equal(close(fd), 0);
	assert_int_equal(unlink(path), 0);
}

/* Streams begin with whatever came first. */
static void
a_few_objects_of_no_format_may_come_first(void **state)
{
	(void)state;
	assert_ok(import_as(NULL, "{\"hello\":1}\n[]\n" TWEET), err);
	assert_int_equal(totals.rows, 3);
	assert_int_equal(totals.refused, 2);
	assert_records("1 refused: it is of no known format\n"
		       "2 refused: it is no JSON object\n"
		       "3 original platform=x id=7 account=a at=1696118400000/1 text=hello\n");
}

static void
fifty_objects_of_no_format_are_too_many(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, 4096);
	for (int i = 0; i < 50; i++)
		buf_addz(&text, "{\"hello\":1}\n");
	buf_addz(&text, TWEET);
	buf_addc(&text, '\0');
	assert_refused(NULL, text.p, "in: no known format of JSON: its objects have no key that any "
		       "has; a mapping file tells what is what (claque-formats(7))");
	assert_int_equal(rec.refused, 49);
	buf_done(&text);
}

static void
a_format_of_another_shape_is_told_so(void **state)
{
	(void)state;
	assert_refused("native-posts", TWEET, "in: format native-posts is one of tables; this is JSON");
	assert_int_equal(rec.refused, 0);
	assert_refused("stix1", TWEET, "in: format stix1 is one of XML; this is JSON");
	assert_refused("twitter-v1", "post_id,account_id\n1,2\n",
		       "in: format twitter-v1 is one of JSON; this is a table");
	assert_refused("stix1", "post_id,account_id\n1,2\n",
		       "in: format stix1 is one of XML; this is a table");
	assert_refused("misp", "<stix:STIX_Package/>", "in: format misp is one of JSON; this is XML");
	assert_refused(NULL, "<html/>", "in: no known format of XML: 'html' is not STIX_Package");
}

static void
an_override_of_columns_is_for_tables(void **state)
{
	struct claque_str map = STR("who=account_id");
	struct import_options options = { .map = &map, .map_count = 1 };

	(void)state;
	assert_int_equal(import_bytes(STR(TWEET), "in", &options, &rec.sink, &totals, &err),
			 CLAQUE_EINPUT);
	assert_string_equal(err.msg, "in: --map tells columns of a table, and this is JSON; of JSON a "
			    "mapping file tells what is what (claque-formats(7))");
	assert_int_equal(import_bytes(STR("<a/>"), "in", &options, &rec.sink, &totals, &err),
			 CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "and this is XML;"));
	assert_int_equal(rec.put + rec.refused, 0);
}

/* --- headers */

static void
a_header_that_cannot_be_read_is_refused(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, 8 << 20);
	for (int i = 0; i < 4097; i++)
		buf_addf(&text, "%sc%d", i > 0 ? "," : "", i);
	buf_addz(&text, "\n1\n");
	buf_addc(&text, '\0');
	assert_refused(NULL, text.p, "in: header: 4097 columns; 4096 are read");
	buf_clear(&text);
	buf_addz(&text, "post_id,");
	for (int i = 0; i < 2 << 20; i++)
		buf_addc(&text, 'x');
	buf_addz(&text, "\n1,2\n");
	buf_addc(&text, '\0');
	assert_refused(NULL, text.p, "in: header: a cell is over 1 MiB");
	buf_done(&text);
}

/* A table of posts that says much of who wrote them is one of posts. */
static void
rows_with_ids_of_posts_are_posts(void **state)
{
	(void)state;
	assert_ok(import_as(NULL, "post_id,account_id,created_at,handle,display_name,bio,"
			    "followers,following\np,a,1696000000,h,n,b,1,2\n"), err);
	assert_int_equal(rec.put, 1);
	assert_int_equal(rec.refused, 0);
	assert_true(str_find(buf_str(&rec.text), STR(" id=p account=a "), 0) < rec.text.len);
}

static void
a_field_is_told_by_one_override(void **state)
{
	struct claque_str map[] = { STR("who=account_id"), STR("whom=account_id") };
	struct import_options options = { .map = map, .map_count = 2 };

	(void)state;
	assert_int_equal(import_bytes(STR("post_id,who,whom,created_at\np,a,b,1\n"), "in", &options,
				      &rec.sink, &totals, &err), CLAQUE_EINPUT);
	assert_string_equal(err.msg, "in: --map: 'account_id' or its column is mapped twice");
}

/* --- explanations */

static void
explain(const char *text, uint64_t rows, struct import_explained *out)
{
	struct import_options options = { 0 };
	char path[] = "/tmp/claque-sniff-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(close(fd), 0);
	assert_ok(import_explain(path, &options, rows, &rec.sink, out, &err), err);
	assert_int_equal(unlink(path), 0);
}

/* The place of that name, or of that fact the first; fails where there is none. */
static const struct import_place *
place_of(const struct import_explained *what, const char *name)
{
	for (size_t i = 0; i < what->place_count; i++)
		if (strcmp(what->places[i].place, name) == 0)
			return &what->places[i];
	fail_msg("no place %s", name);
	abort();
}

static void
places_of_json_are_found_in_any_of_the_rows_that_are_read(void **state)
{
	struct import_explained what;
	const char *text =
		"{\"id\":\"1\",\"author\":\"a\",\"created_utc\":1,\"subreddit\":\"s\",\"mood\":1}\n"
		"{\"id\":\"2\",\"author\":\"a\",\"created_utc\":2,\"subreddit\":\"s\",\"title\":\"t\"}\n"
		"{\"id\":\"3\",\"author\":\"a\",\"created_utc\":3,\"subreddit\":\"s\",\"body\":\"b\"}\n";

	(void)state;
	explain(text, 2, &what);
	assert_string_equal(what.format->name, "reddit");
	assert_int_equal(what.separator, 0);
	assert_int_equal(what.columns, 0);
	assert_string_equal(what.told[3], "subreddit");
	assert_int_equal(what.totals.rows, 2);
	assert_true(place_of(&what, "created_utc")->found);
	assert_true(place_of(&what, "title")->found);		/* of the second row */
	assert_false(place_of(&what, "body")->found);		/* of a third, which was not asked for */
	assert_string_equal(what.totals.unknown_columns, "mood");
	assert_true(what.totals.unknown_lost);
}

/* Where two places tell one fact the second counts only if the first is silent. */
static void
a_second_place_of_a_fact_is_marked(void **state)
{
	struct import_explained what;

	(void)state;
	explain("{\"id\":\"1\",\"author\":\"a\",\"created_utc\":1,\"subreddit\":\"s\","
		"\"selftext\":\"t\",\"body\":\"b\"}\n", 5, &what);
	assert_string_equal(place_of(&what, "selftext")->fact, "text");
	assert_false(place_of(&what, "selftext")->otherwise);
	assert_string_equal(place_of(&what, "body")->fact, "text");
	assert_true(place_of(&what, "body")->otherwise);
}

static void
columns_of_an_older_format_are_the_fields_of_their_names(void **state)
{
	struct import_explained what;

	(void)state;
	explain("post_id,account_id,created_at\np,a,1696000000\n", 5, &what);
	assert_string_equal(what.format->name, "native-posts");
	assert_null(what.told);
	assert_int_equal(what.columns, 3);
	assert_string_equal(place_of(&what, "created_at")->fact, "created_at");
	assert_true(place_of(&what, "created_at")->needed);
	assert_false(place_of(&what, "text")->found);
	assert_false(place_of(&what, "text")->otherwise);
}

static void
a_format_that_is_a_function_of_its_own_has_no_places(void **state)
{
	struct import_explained what;

	(void)state;
	explain("{\"Event\":{\"info\":\"i\",\"uuid\":\"u\",\"Attribute\":[]}}", 5, &what);
	assert_string_equal(what.format->name, "misp");
	assert_int_equal(what.place_count, 0);
}

static void
of_what_is_none_there_is_nothing_to_explain(void **state)
{
	struct import_options options = { 0 };
	struct import_explained what;

	(void)state;
	assert_int_equal(import_explain("/nonexistent/in", &options, 2, &rec.sink, &what, &err),
			 CLAQUE_EIO);
	assert_null(what.format);
	assert_int_equal(what.place_count, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_prestate_setup_teardown(name, recording_set_up, \
	recording_tear_down, &rec)
	const struct CMUnitTest tests[] = {
		TEST(json_of_no_known_format_names_the_nearest_and_what_it_lacks),
		TEST(what_stands_around_the_objects_counts),
		TEST(the_format_with_most_of_its_places_there_is_it),
		TEST(a_few_objects_of_no_format_may_come_first),
		TEST(fifty_objects_of_no_format_are_too_many),
		TEST(a_format_of_another_shape_is_told_so),
		TEST(an_override_of_columns_is_for_tables),
		TEST(a_header_that_cannot_be_read_is_refused),
		TEST(rows_with_ids_of_posts_are_posts),
		TEST(a_field_is_told_by_one_override),
		TEST(places_of_json_are_found_in_any_of_the_rows_that_are_read),
		TEST(a_second_place_of_a_fact_is_marked),
		TEST(columns_of_an_older_format_are_the_fields_of_their_names),
		TEST(a_format_that_is_a_function_of_its_own_has_no_places),
		TEST(of_what_is_none_there_is_nothing_to_explain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
