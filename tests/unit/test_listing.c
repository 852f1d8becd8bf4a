/* test_listing.c - CSV and NDJSON of text that may be anything. */
#include "config.h"

#include "test.h"

#include <math.h>

#include "base/buf.h"
#include "export/export.h"
#include "text/json.h"

static struct arena arena;

static int
make_room(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int
drop_room(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct value
text(const char *p, size_t len)
{
	return (struct value){ .type = VALUE_TEXT, .s = { p, len } };
}

static const struct column text_column = { .name = "cell", .form = FORM_TEXT };

/* One cell followed by another, so that an empty one is a row all the same. */
static void
cell(struct buf *out, enum listing_form form, enum column_form column_form, struct value v)
{
	const struct column columns[] = {
		{ .name = "cell", .form = column_form }, { .name = "end", .form = FORM_COUNT },
	};
	const struct value values[] = { v, { .type = VALUE_INT, .i = 1 } };
	const struct row row = { 1, values };

	listing_row(out, arena, form, columns, 2, &row);
}

#define assert_cell(form, column_form, v, expected) do { \
	struct buf out_; \
	buf_init(&out_, 1 << 16); \
	cell(&out_, form, column_form, v); \
	assert_str(buf_str(&out_), expected); \
	buf_done(&out_); \
} while (0)

#define TEXT(literal) text("" literal, sizeof(literal) - 1)

static void
cells_are_quoted_only_where_the_format_needs_it(void **state)
{
	(void)state;
	assert_cell(LISTING_CSV, FORM_TEXT, TEXT("plain text"), "plain text,1\n");
	assert_cell(LISTING_CSV, FORM_TEXT, TEXT("a,b"), "\"a,b\",1\n");
	assert_cell(LISTING_CSV, FORM_TEXT, TEXT("say \"x\""), "\"say \"\"x\"\"\",1\n");
	assert_cell(LISTING_CSV, FORM_TEXT, TEXT("\""), "\"\"\"\",1\n");
	assert_cell(LISTING_CSV, FORM_TEXT, TEXT("one\r\ntwo"), "\"one\r\ntwo\",1\n");
	assert_cell(LISTING_CSV, FORM_TEXT, TEXT(""), ",1\n");
	assert_cell(LISTING_CSV, FORM_TEXT, (struct value){ 0 }, ",1\n");
	assert_cell(LISTING_CSV, FORM_TEXT, TEXT("=1+1"), "=1+1,1\n");
}

static void
a_nul_byte_is_a_byte_of_the_cell(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 100);
	cell(&out, LISTING_CSV, FORM_TEXT, TEXT("a\0,b"));
	assert_int_equal(out.len, 9);
	assert_memory_equal(out.p, "\"a\0,b\",1\n", 9);
	buf_done(&out);
}

static void
numbers_are_exact_and_times_rfc_3339(void **state)
{
	(void)state;
	assert_cell(LISTING_CSV, FORM_COUNT,
		    ((struct value){ .type = VALUE_INT, .i = 9007199254740993 }),
		    "9007199254740993,1\n");
	assert_cell(LISTING_CSV, FORM_SCORE, ((struct value){ .type = VALUE_REAL, .r = 0.1 }),
		    "0.1,1\n");
	assert_cell(LISTING_CSV, FORM_TIME,
		    ((struct value){ .type = VALUE_INT, .i = 1475503331250 }),
		    "2016-10-03T14:02:11.250Z,1\n");
	assert_cell(LISTING_CSV_SAFE, FORM_REAL, ((struct value){ .type = VALUE_REAL, .r = -2.5 }),
		    "-2.5,1\n");
}

static void
the_head_has_the_names_and_json_has_none(void **state)
{
	const struct column columns[] = { { .name = "account_id" }, { .name = "score" } };
	struct buf out;

	(void)state;
	buf_init(&out, 100);
	listing_head(&out, LISTING_CSV, columns, 2);
	assert_str(buf_str(&out), "account_id,score\n");
	buf_clear(&out);
	listing_head(&out, LISTING_JSON, columns, 2);
	assert_int_equal(out.len, 0);
	buf_done(&out);
}

static void
a_lone_empty_cell_is_still_a_row(void **state)
{
	const struct value empty = { .type = VALUE_NULL };
	const struct row row = { 1, &empty };
	struct buf out;

	(void)state;
	buf_init(&out, 100);
	listing_row(&out, arena, LISTING_CSV, &text_column, 1, &row);
	assert_str(buf_str(&out), "\"\"\n");
	buf_done(&out);
}

/* What spreadsheets run or damage, after OWASP's "CSV Injection", and its kin. */
static const struct {
	const char *raw, *safe;
} guards[] = {
	{ "=1+1", "\"'=1+1\"" },
	{ "=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"" },
	{ "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"" },
	{ "+1", "\"'+1\"" }, { "-2+3", "\"'-2+3\"" }, { "@SUM(A1)", "\"'@SUM(A1)\"" },
	{ "@ivan142 hello", "\"'@ivan142 hello\"" },
	{ "\t=1", "\"'\t'=1\"" }, { "\tplain", "\"'\tplain\"" },
	{ "\r=1", "\"'\r'=1\"" }, { "\nplain", "\"'\nplain\"" },
	{ " =1", "\"' =1\"" }, { "   @x", "\"'   @x\"" },
	{ "\xc2\xa0=1", "\"'\xc2\xa0=1\"" }, { "\xe2\x80\x8b=1", "\"'\xe2\x80\x8b=1\"" },
	{ "\xef\xbb\xbf=1", "\"'\xef\xbb\xbf=1\"" }, { "\x01=1", "\\x01=1" },
	{ "\xef\xbc\x9d" "1", "\"'\xef\xbc\x9d" "1\"" }, { "\xef\xbc\x8b" "1", "\"'\xef\xbc\x8b" "1\"" },
	{ "\xef\xbc\x8d" "1", "\"'\xef\xbc\x8d" "1\"" }, { "\xef\xbc\xa0x", "\"'\xef\xbc\xa0x\"" },
	{ "two\n=lines", "\"two\n'=lines\"" }, { "two\r\n=lines", "\"two\r\n'=lines\"" },
	{ "semi;=1;x", "\"semi;'=1;x\"" }, { "tab\t=1", "\"tab\t'=1\"" },
	{ "'=1", "\"''=1\"" }, { "'@SenatorX", "\"''@SenatorX\"" },
	{ "1234567890123456", "\"'1234567890123456\"" },
	{ " 906000000000000000 ", "\"' 906000000000000000 \"" },
	{ "123456789012345", "123456789012345" }, { "1234567890123456x", "1234567890123456x" },
	{ "plain = text", "plain = text" }, { "a@b", "a@b" }, { "it's", "it's" }, { "'x", "\"''x\"" },
	{ "a;'x", "\"a;''x\"" },
	{ "a\x1b[2Jb", "a\\x1b[2Jb" }, { "\xc2\x9b" "2J", "\\xc2\\x9b2J" }, { "\x7f", "\\x7f" },
	{ "\\x1b", "\\\\x1b" }, { "\\\x1b", "\\\\\\x1b" }, { "\\\\x1b", "\\\\\\\\x1b" },
	{ "C:\\temp", "C:\\temp" }, { "\xc2\xa9", "\xc2\xa9" }, { "\x1b\n=1", "\"\\x1b\n'=1\"" },
	{ "; plain", "; plain" }, { "\"=1\"", "\"\"\"=1\"\"\"" },
};

static void
cells_that_a_spreadsheet_would_run_are_guarded(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(guards) / sizeof(guards[0]); i++) {
		struct value v = text(guards[i].raw, strlen(guards[i].raw));
		struct buf out;

		buf_init(&out, 1 << 10);
		cell(&out, LISTING_CSV_SAFE, FORM_TEXT, v);
		buf_addc(&out, '\0');
		if (strncmp(out.p, guards[i].safe, strlen(guards[i].safe)) != 0 ||
		    strcmp(out.p + strlen(guards[i].safe), ",1\n") != 0)
			fail_msg("row %zu: '%s' became %s", i, guards[i].raw, out.p);
		buf_done(&out);
	}
}

static void
a_long_id_that_is_a_number_is_guarded_too(void **state)
{
	(void)state;
	assert_cell(LISTING_CSV_SAFE, FORM_ID,
		    ((struct value){ .type = VALUE_INT, .i = 1234567890123456789 }),
		    "\"'1234567890123456789\",1\n");
	assert_cell(LISTING_CSV_SAFE, FORM_COUNT,
		    ((struct value){ .type = VALUE_INT, .i = 1234567890123456789 }),
		    "1234567890123456789,1\n");
}

static void
json_keeps_types_and_survives_hostile_text(void **state)
{
	(void)state;
	assert_cell(LISTING_JSON, FORM_TEXT, TEXT("\xff\"\\\0\n\x1b[31m\xe2\x80\xae</script>"),
		    "{\"cell\":\"\xef\xbf\xbd\\\"\\\\\\u0000\\n\\u001B[31m\xe2\x80\xae</script>\""
		    ",\"end\":1}\n");
	assert_cell(LISTING_JSON, FORM_TEXT, (struct value){ 0 }, "{\"cell\":null,\"end\":1}\n");
	assert_cell(LISTING_JSON, FORM_REAL, ((struct value){ .type = VALUE_REAL, .r = (double)NAN }),
		    "{\"cell\":null,\"end\":1}\n");
	assert_cell(LISTING_JSON, FORM_SCORE, ((struct value){ .type = VALUE_REAL, .r = 0.25 }),
		    "{\"cell\":0.25,\"end\":1}\n");
	assert_cell(LISTING_JSON, FORM_TIME, ((struct value){ .type = VALUE_INT, .i = 0 }),
		    "{\"cell\":\"1970-01-01T00:00:00.000Z\",\"end\":1}\n");
	assert_cell(LISTING_JSON, FORM_ID, TEXT("1234567890123456789"),
		    "{\"cell\":\"1234567890123456789\",\"end\":1}\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_quoted_only_where_the_format_needs_it),
		cmocka_unit_test(a_nul_byte_is_a_byte_of_the_cell),
		cmocka_unit_test(numbers_are_exact_and_times_rfc_3339),
		cmocka_unit_test(the_head_has_the_names_and_json_has_none),
		cmocka_unit_test(a_lone_empty_cell_is_still_a_row),
		cmocka_unit_test(cells_that_a_spreadsheet_would_run_are_guarded),
		cmocka_unit_test(a_long_id_that_is_a_number_is_guarded_too),
		cmocka_unit_test(json_keeps_types_and_survives_hostile_text),
	};

	return cmocka_run_group_tests(tests, make_room, drop_room);
}
