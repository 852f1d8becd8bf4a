/*
 * test_bad_input.c - files as they should not be: each is refused with a clear
 * reason, or costs the rows that are bad and no other.
 */
#include "config.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "import/import.h"
#include "most_memory.h"
#include "record_sink.h"

#define POSTS "post_id,account_id,created_at\n"
#define TWEET(id, at) "{\"id_str\":\"" id "\",\"created_at\":\"" at \
	"\",\"text\":\"t\",\"user\":{\"id_str\":\"1\",\"screen_name\":\"a\"}}"
#define NOW "Thu Jun 07 06:36:05 +0000 2012"

static const struct bad {
	const char *what;
	struct claque_str bytes;
	enum claque_rc rc;
	size_t put, refused;		/* rows */
	const char *says;		/* in the message, or among the reasons */
} bad[] = {
	{ "an empty file", STR(""), CLAQUE_EINPUT, 0, 0, "the file is empty" },
	{ "blanks", STR(" \n\n"), CLAQUE_EINPUT, 0, 0, "there is no row in it" },
	{ "UTF-16 CSV", STR("\xff\xfep\0o\0"), CLAQUE_EINPUT, 0, 0, "save it as UTF-8" },
	{ "UTF-16 JSON without a mark", STR("{\0\"\0a\0"), CLAQUE_EINPUT, 0, 0, "UTF-16" },
	{ "CSV with a mark", STR("\xef\xbb\xbf" POSTS "1,a,2023-01-01\n"), CLAQUE_OK, 1, 0, "" },
	{ "JSON with a mark", STR("\xef\xbb\xbf" TWEET("1", NOW)), CLAQUE_OK, 1, 0, "" },
	{ "NUL in a cell", STR(POSTS "1\0x,a,2023-01-01\n"), CLAQUE_OK, 1, 0, "" },
	{ "NUL in JSON", STR(TWEET("1", NOW) "\n{\"id_str\":\"\0\"}\n" TWEET("2", NOW)),
	  CLAQUE_OK, 2, 1, "no JSON" },
	{ "bytes that are no UTF-8 in JSON", STR(TWEET("1\xff", NOW)), CLAQUE_OK, 1, 0,
	  "id=1\xef\xbf\xbd" },
	{ "ragged rows", STR(POSTS "1,a\n2,a,2023-01-01\n3,a,2023-01-01,x\n"), CLAQUE_OK, 1, 2,
	  "3 columns expected, 4 found" },
	{ "a column twice", STR("post_id,post_id,account_id,created_at\n"), CLAQUE_EINPUT, 0, 0,
	  "both called 'post_id'" },
	{ "the year 1899", STR(POSTS "1,a,1899-12-31\n"), CLAQUE_OK, 0, 1,
	  "not between 1990 and 2100" },
	{ "the year 2106", STR(POSTS "1,a,4294967296\n"), CLAQUE_OK, 0, 1,
	  "not between 1990 and 2100" },
	{ "1899 in JSON", STR(TWEET("1", "Thu Jun 07 06:36:05 +0000 1899")), CLAQUE_OK, 0, 1,
	  "not between 1990 and 2100" },
	{ "a quote without an end", STR(POSTS "\"1,a,2023-01-01\n2,a,2023-01-01\n"), CLAQUE_OK, 0, 1,
	  "never closes" },
	{ "JSON cut off", STR(TWEET("1", NOW) "\n{\"id_str\":"), CLAQUE_OK, 1, 1, "no JSON" },
	{ "an array cut off", STR("[" TWEET("1", NOW) ",{\"id_str\":"), CLAQUE_OK, 1, 1,
	  "ends in the middle" },
	{ "no object", STR(TWEET("1", NOW) "\n[1,2]\n"), CLAQUE_OK, 1, 1, "no JSON object" },
	{ "XML with a document type", STR("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>"),
	  CLAQUE_EINPUT, 0, 0, "document type" },
	{ "XML of something else", STR("<html><body>hello</body></html>"), CLAQUE_EINPUT, 0, 0,
	  "not STIX_Package" },
	{ "XML cut off", STR("<a:STIX_Package xmlns:a=\"b\"><a:Indicator>"), CLAQUE_EINPUT, 0, 0,
	  "no element found" },
	{ "a text", STR("Dear all,\nplease find attached\n"), CLAQUE_EINPUT, 0, 0,
	  "no known format" },
};

static bool
is_told(const struct bad *b)
{
	struct import_options options = { 0 };
	struct import_totals totals;
	struct recording rec;
	struct claque_err err = { 0 };
	enum claque_rc rc;
	bool told;

	recording_start(&rec);
	rc = import_bytes(b->bytes, "bad", &options, &rec.sink, &totals, &err);
	buf_addc(&rec.text, '\0');
	told = rc == b->rc && totals.rows - totals.refused == b->put &&
	       totals.refused == b->refused &&
	       strstr(rc == CLAQUE_OK ? rec.text.p : err.msg, b->says) != NULL;
	if (!told)
		print_message("%s: rc %d, %zu rows, %zu refused, %s\n%s", b->what, (int)rc,
			      (size_t)totals.rows, (size_t)totals.refused, err.msg,
			      rec.text.p);
	buf_done(&rec.text);
	return told;
}

static void
every_bad_file_is_told_and_costs_no_good_row(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		wrong += !is_told(&bad[i]);
	assert_int_equal(wrong, 0);
}

/* Sanitizers keep what was freed for a while. */
#ifdef CLAQUE_SANITIZED
enum { BOUND = 512 << 20 };
#else
enum { BOUND = 64 << 20 };
#endif

/* 100 MB on one line, as a cell and as JSON: the row is lost, memory is not. */
static void
a_giant_line_is_refused_in_bounded_memory(void **state)
{
	static const char *const heads[] = { POSTS, TWEET("1", NOW) "\n{\"id_str\":\"" };
	enum { GIANT = 100 << 20 };
	char *giant = malloc(GIANT);
	size_t before;

	(void)state;
	assert_non_null(giant);
	memset(giant, 'a', GIANT);
	before = most_memory();
	for (size_t i = 0; i < 2; i++) {
		struct import_options options = { 0 };
		struct import_totals totals;
		struct recording rec;
		struct claque_err err;

		recording_start(&rec);
		memcpy(giant, heads[i], strlen(heads[i]));
		assert_ok(import_bytes((struct claque_str){ giant, GIANT }, "giant", &options,
				       &rec.sink, &totals, &err), err);
		assert_int_equal(totals.refused, 1);
		buf_done(&rec.text);
	}
	assert_true(most_memory() - before < BOUND);
	free(giant);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_bad_file_is_told_and_costs_no_good_row),
		cmocka_unit_test(a_giant_line_is_refused_in_bounded_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
