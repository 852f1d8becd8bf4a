/*
 * test_linear.c - the workbench as lines: every screen in words, whole values, nothing
 * drawn; and of what a key does, that which it changed.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "small_case.h"
#include "small_session.h"
#include "tui/linear.h"

enum { TEXT_MAX = 1 << 20 };

static void
dump(struct session *s, const char *keys, struct buf *out)
{
	struct claque_err err = { 0 };
	struct settings set;

	settings_init(&set);
	assert_ok(linear_dump(s, str_of(keys), &set, out, &err), err);
}

static bool
has(const struct buf *text, const char *what)
{
	return str_find(buf_str(text), str_of(what), 0) < text->len;
}

static void
a_list_is_told_row_by_row_and_the_chosen_one_field_by_field(void **state)
{
	struct session *s = fresh();
	struct buf out;

	(void)state;
	buf_init(&out, TEXT_MAX);
	dump(s, "2j", &out);
	assert_true(has(&out, "place: copy \u203a Accounts  87 posts 14 accts [SAFE][UTC]\n"
			"lens: open  14 of 14 accounts\n"
			"row 1: account: 4021177301; score: 0.97; cluster: C001; handle: ivan142; "
			"name: Ivan P<202E>natiot; "));
	assert_true(has(&out, "\nchosen: row 2\n  account: 4021177302\n  score: 0.96\n"));
	assert_true(has(&out, "\n  bio: proud mother. patriot.\n"));
	buf_done(&out);
	session_close(s);
}

static void
a_post_is_told_to_its_end_with_links_that_cannot_be_followed(void **state)
{
	struct session *s = fresh();
	struct buf out;

	(void)state;
	buf_init(&out, TEXT_MAX);
	dump(s, "4jjj", &out);
	assert_true(has(&out, "  text: Share before they delete <202E>etirw<202C>"
			" https://news[.]example/a2\n"));
	buf_done(&out);
	session_close(s);
}

/* No control, no frame, no bar, no dot of braille; no two blanks at a line's begin but for fields. */
static void
assert_lines(const char *keys, const struct buf *text)
{
	struct claque_str rest = buf_str(text);
	size_t used;

	if (rest.len == 0)
		fail_msg("%s: nothing is told", keys);
	for (size_t i = 0; i < rest.len; i += used) {
		uint32_t code = utf8_next(str_sub(rest, i, rest.len), &used);

		if ((code < ' ' && code != '\n') || (code >= 0x2500 && code < 0x25a0) ||
		    (code >= 0x2800 && code < 0x2900) || code == 0x7f)
			fail_msg("%s: U+%04X in\n" STR_FMT, keys, (unsigned)code, STR_ARG(rest));
	}
}

static void
every_screen_and_menu_is_words_only(void **state)
{
	static const char *const keys[] = {
		"", "2", "3", "4", "5", "6", "7", "8", "9", "om", "og", "=", "2<Enter>", "e", "o", "?",
		":", "s", "f", "2f", "C", "S", "T", "4ji", "/abc", "F", "2<Space><Space>o", "oh", "ot",
		":go to sites<Enter>", ":go to hashtags<Enter>", ":go to matches<Enter>", "of",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct session *s = fresh();
		struct buf out;

		buf_init(&out, TEXT_MAX);
		dump(s, keys[i], &out);
		assert_lines(keys[i], &out);
		buf_done(&out);
		session_close(s);
	}
}

static void
a_menu_tells_its_lines_and_which_is_chosen(void **state)
{
	struct session *s = fresh();
	struct buf out;

	(void)state;
	buf_init(&out, TEXT_MAX);
	dump(s, "oj", &out);
	assert_true(has(&out, "pivot: C001\na  Accounts"));
	assert_true(has(&out, "\n> s  Sources"));
	assert_false(has(&out, "row 1:"));
	buf_clear(&out);
	dump(s, ":sort by sc", &out);
	assert_true(has(&out, "\n> sort by score"));
	assert_true(has(&out, "\ntyped: : sort by sc"));
	buf_done(&out);
	session_close(s);
}

/* What is said in answer to these lines. */
static void
answer(struct session *s, const char *lines, struct buf *out)
{
	FILE *in = tmpfile(), *to = tmpfile();
	char chunk[4096];
	struct settings set;
	size_t n;

	assert_non_null(in);
	assert_non_null(to);
	settings_init(&set);
	assert_true(fputs(lines, in) >= 0);
	rewind(in);
	assert_false(linear_run(s, &set, STR(""), in, to));
	rewind(to);
	while ((n = fread(chunk, 1, sizeof(chunk), to)) > 0)
		buf_add(out, (struct claque_str){ chunk, n });
	(void)fclose(in);
	(void)fclose(to);
}

static size_t
count_of(const struct buf *text, const char *what)
{
	size_t n = 0;

	for (size_t at = 0; (at = str_find(buf_str(text), str_of(what), at)) < text->len; at++)
		n++;
	return n;
}

static void
only_what_changed_is_told_again(void **state)
{
	struct session *s = fresh();
	struct buf out;

	(void)state;
	buf_init(&out, TEXT_MAX);
	answer(s, "2\nj\nj\n", &out);
	assert_int_equal(count_of(&out, "Accounts"), 1);
	assert_int_equal(count_of(&out, "row 5: "), 1);
	assert_int_equal(count_of(&out, "chosen: row 1\n"), 2);
	assert_int_equal(count_of(&out, "chosen: row 2\n"), 1);
	assert_int_equal(count_of(&out, "chosen: row 3\n"), 1);
	buf_clear(&out);
	answer(s, "j\n\n", &out);
	assert_int_equal(count_of(&out, "Accounts"), 2);
	buf_done(&out);
	session_close(s);
}

static void
a_line_ends_what_is_typed_and_wrong_keys_are_said(void **state)
{
	struct session *s = fresh();
	struct buf out;

	(void)state;
	buf_init(&out, TEXT_MAX);
	answer(s, "2\n/karen\n<nokey>\nZZ\n:set theme light\nQ\nj\n", &out);
	assert_true(has(&out, "chosen: row 4\n"));
	assert_true(has(&out, "error: keys: '<nokey>' begins with no key"));
	assert_true(has(&out, "message: this works on the timeline: 6 shows it\n"));
	assert_true(has(&out, "message: for this session: set theme light"));
	assert_false(has(&out, "chosen: row 5"));
	buf_done(&out);
	session_close(s);
}

static void
a_workshop_is_one_here_as_well(void **state)
{
	struct session *s = fresh();
	struct claque_err err = { 0 };
	struct settings set;
	struct buf out;

	(void)state;
	buf_init(&out, TEXT_MAX);
	settings_init(&set);
	set.values[SETTING_WORKSHOP] = 1;
	assert_ok(linear_dump(s, STR("2"), &set, &out, &err), err);
	assert_true(has(&out, "[MASKED]"));
	assert_true(has(&out, "handle: @acct-001; name: @acct-001"));
	assert_true(has(&out, "score: \u00b7\u00b7\u00b7\u00b7"));
	assert_false(has(&out, "ivan142"));
	buf_done(&out);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_is_told_row_by_row_and_the_chosen_one_field_by_field),
		cmocka_unit_test(a_post_is_told_to_its_end_with_links_that_cannot_be_followed),
		cmocka_unit_test(every_screen_and_menu_is_words_only),
		cmocka_unit_test(a_menu_tells_its_lines_and_which_is_chosen),
		cmocka_unit_test(only_what_changed_is_told_again),
		cmocka_unit_test(a_line_ends_what_is_typed_and_wrong_keys_are_said),
		cmocka_unit_test(a_workshop_is_one_here_as_well),
	};

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
