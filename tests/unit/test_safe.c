/* test_safe.c - hostile text: every trick comes out visible, nothing raw. */
#include "config.h"

#include "test.h"

#include <locale.h>
#include <stdio.h>
#include <wchar.h>

#include "base/rng.h"
#include "base/utf8.h"
#include "text/safe.h"
#include "text/trick.h"
#include "text/width.h"

#include "../e2e/wire.h"

enum { ROOM = 1 << 22 };

static struct arena whole;

struct vector {
	const char *what;
	struct claque_str in;
	const char *out;
	unsigned badges;
};

#define IN(literal) { "" literal, sizeof(literal) - 1 }
#define BIT(name) (1u << SAFE_BIT_##name)

static const struct vector vectors[] = {
	{ "plain", IN("plain text"), "plain text", 0 },
	{ "escape sequence", IN("a\033[2Jb"), "a^[[2Jb", BIT(CONTROL) },
	{ "title by OSC", IN("\033]0;x\a"), "^[]0;x^G", BIT(CONTROL) },
	{ "NUL", IN("a\0b"), "a^@b", BIT(CONTROL) },
	{ "backspaces", IN("good\b\bev"), "good^H^Hev", BIT(CONTROL) },
	{ "return", IN("good\revil"), "good^Mevil", BIT(CONTROL) },
	{ "delete", IN("\177"), "^?", BIT(CONTROL) },
	{ "CSI as one character", IN("\xc2\x9b" "2J"), "<9B>2J", BIT(CONTROL) },
	{ "first of C1", IN("\xc2\x80"), "<80>", BIT(CONTROL) },
	{ "next line", IN("\xc2\x85"), "<85>", BIT(CONTROL) },
	{ "raw C1 byte", IN("\x9b" "2J"), "<9B>2J", BIT(INVALID) },
	{ "overlong slash", IN("\xc0\xaf"), "<C0><AF>", BIT(INVALID) },
	{ "surrogate", IN("\xed\xa0\x80"), "<ED><A0><80>", BIT(INVALID) },
	{ "past the end", IN("\xf4\x90\x80\x80"), "<F4><90><80><80>", BIT(INVALID) },
	{ "cut short", IN("a\xe2\x82"), "a<E2><82>", BIT(INVALID) },
	{ "override", IN("a\u202eb"), "a<202E>b", BIT(BIDI) },
	{ "isolate", IN("\u2067x\u2069"), "<2067>x<2069>", BIT(BIDI) },
	{ "zero width space", IN("you\u200b this"), "you<200B> this", BIT(ZERO_WIDTH) },
	{ "joiner between letters", IN("a\u200d"), "a<200D>", BIT(ZERO_WIDTH) },
	{ "byte order mark", IN("\ufeffx"), "<FEFF>x", BIT(ZERO_WIDTH) },
	{ "tag letters", IN("\U000e0041"), "<E0041>", BIT(ZERO_WIDTH) },
	{ "soft hyphen", IN("a\u00adb"), "a<AD>b", BIT(ZERO_WIDTH) },
	{ "hangul filler", IN("\u3164"), "<3164>", BIT(ZERO_WIDTH) },
	{ "hidden selector", IN("a\U000e0101"), "a<E0101>", BIT(ZERO_WIDTH) },
	{ "line separator", IN("a\u2028b"), "a<2028>b", BIT(CONTROL) },
	{ "private use", IN("\uf8ff"), "<F8FF>", BIT(UNASSIGNED) },
	{ "unassigned", IN("\u0378"), "<0378>", BIT(UNASSIGNED) },
	{ "noncharacter", IN("\uffff"), "<FFFF>", BIT(UNASSIGNED) },
	{ "two marks", IN("a\u0301\u0302"), "a\u0301\u0302", 0 },
	{ "stacked marks", IN("a\u0301\u0302\u0303\u0304"), "a\u0301\u0302", BIT(COMBINING) },
	{ "one mark more than is kept", IN("a\u0301\u0302\u0303"), "a\u0301\u0302", BIT(COMBINING) },
	{ "leading mark", IN("\u0301"), "\u25cc\u0301", BIT(COMBINING) },
	{ "mark on a spelled one", IN("\u202e\u0301"), "<202E>\u25cc\u0301",
		BIT(BIDI) | BIT(COMBINING) },
	{ "emoji", IN("a\U0001f600b"), "a[1F600]b", 0 },
	{ "family", IN("\U0001f468\u200d\U0001f469"), "[1F468]+[1F469]", 0 },
	{ "heart with selector", IN("\u2764\ufe0f!"), "\u2764!", 0 },
	{ "joined behind a selector", IN("\u2764\ufe0f\u200d\U0001f525"), "\u2764+[1F525]", 0 },
	{ "two selectors", IN("\u2764\ufe0f\ufe0f"), "\u2764<FE0F>", BIT(ZERO_WIDTH) },
	{ "keycaps", IN("#\ufe0f\u20e3*\ufe0f\u20e3""0\ufe0f\u20e3""9\ufe0f\u20e3"),
		"#\u20e3*\u20e3""0\u20e3""9\u20e3", 0 },
	{ "signs as pictures", IN("\u00a9\ufe0f\u00ae\ufe0f\u203c\ufe0f"), "\u00a9\u00ae\u203c", 0 },
	{ "selectors where none belongs", IN("a\ufe0f/\ufe0f:\ufe0f\u3300\ufe0f"),
		"a<FE0F>/<FE0F>:<FE0F>\u3300<FE0F>", BIT(ZERO_WIDTH) },
	{ "mixed script", IN("p\u0430ypal"), "p\u0430ypal", BIT(MIXED) },
	{ "mixed around a hidden one", IN("pay\u200b\u0440al"), "pay<200B>\u0440al",
		BIT(MIXED) | BIT(ZERO_WIDTH) },
	{ "parted by a hidden one alone", IN("pay\u200b\u0440"), "pay<200B>\u0440",
		BIT(MIXED) | BIT(ZERO_WIDTH) },
	{ "mixed in full width", IN("\uff21\u0430"), "\uff21\u0430", BIT(MIXED) },
	{ "two scripts about an ideograph", IN("p\u4e2d\u0430"), "p\u4e2d\u0430", 0 },
	{ "two scripts about blanks", IN("p\u00a0\u0430 p\t\u0430\np\r\n\u0430"),
		"p \u0430 p \u0430\u21b5p\u21b5\u0430", 0 },
	{ "Greek in Latin", IN("n\u03b5ws"), "n\u03b5ws", BIT(MIXED) },
	{ "mixed around digits", IN("p0\u0430"), "p0\u0430", BIT(MIXED) },
	{ "mixed around the last digit", IN("p9\u0430"), "p9\u0430", BIT(MIXED) },
	{ "two scripts about a slash", IN("p/\u0430"), "p/\u0430", 0 },
	{ "two scripts about a colon", IN("p:\u0430"), "p:\u0430", 0 },
	{ "two words of two scripts", IN("\u041f\u0443\u0442\u0438\u043d USA"),
		"\u041f\u0443\u0442\u0438\u043d USA", 0 },
	{ "Hebrew in logical order", IN("\u05d0\u05d1"), "\u05d0\u05d1", 0 },
	{ "tab", IN("a\tb"), "a b", 0 },
	{ "line ends", IN("a\nb\r\nc"), "a\u21b5b\u21b5c", 0 },
	{ "no-break space", IN("a\u00a0b"), "a b", 0 },
	{ "CJK", IN("\u4e2d"), "\u4e2d", 0 },
	{ "jamo vowel", IN("\u1100\u1161"), "\u1100[1161]", 0 },
};

static void
every_vector_comes_out_as_stated(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct arena scratch = whole;
		struct claque_str got = safe_text(&scratch, vectors[i].in);
		struct safe_line line = safe_cells(&scratch, vectors[i].in);

		if (!str_eq(got, str_of(vectors[i].out)) || line.badges != vectors[i].badges)
			fail_msg("%s: '" STR_FMT "' badges %x", vectors[i].what, STR_ARG(got),
				 line.badges);
	}
}

static void
assert_harmless(struct claque_str got)
{
	size_t marks = 3, used;	/* a mark must not come first */

	assert_true(utf8_valid(got));
	for (; got.len > 0; got = str_sub(got, used, got.len)) {
		uint32_t code = utf8_next(got, &used);

		if (!wire_harmless(code))
			fail_msg("U+%04X came through", code);
		marks = width_class(code) == WIDTH_MARK ? marks + 1 : 0;
		assert_true(marks <= 2);
	}
}

static size_t
random_bytes(struct rng *r, char *out, size_t max)
{
	size_t len = 0;

	while (len + 4 < max && rng_below(r, 30) != 0) {
		uint64_t kind = rng_below(r, 4);

		if (kind == 0)
			out[len++] = (char)rng_below(r, 256);
		else if (kind == 1)
			len += utf8_put(out + len, (uint32_t)rng_below(r, 0xd800));
		else if (kind == 2)
			len += utf8_put(out + len, (uint32_t)(0x200b + rng_below(r, 0x60)));
		else
			len += utf8_put(out + len, (uint32_t)(0xe000 + rng_below(r, 0x102000)));
	}
	return len;
}

static void
random_bytes_come_out_harmless(void **state)
{
	struct rng r = rng_seeded(1);
	char bytes[400];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct arena scratch = whole;
		struct claque_str in = { bytes, random_bytes(&r, bytes, sizeof(bytes)) };

		assert_harmless(safe_text(&scratch, in));
	}
}

static void
every_code_point_alone_comes_out_harmless(void **state)
{
	char bytes[4];
	struct claque_str in = { bytes, 0 };

	(void)state;
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		struct arena scratch = whole;

		if (code >= 0xd800 && code <= 0xdfff)
			continue;
		in.len = utf8_put(bytes, code);
		assert_harmless(safe_text(&scratch, in));
	}
}

static void
columns_are_the_sum_of_widths_and_cells_know_their_byte(void **state)
{
	struct arena scratch = whole;
	struct safe_line line = safe_cells(&scratch, STR("a\u4e2d\u200bz"));

	(void)state;
	assert_int_equal(line.count, 9);
	assert_int_equal(line.columns, 10);
	assert_int_equal(line.cells[1].width, 2);
	assert_false(line.cells[1].odd);
	assert_true(line.cells[2].odd);
	assert_int_equal(line.cells[2].at, 4);
	assert_int_equal(line.cells[7].at, 4);
	assert_int_equal(line.cells[8].at, 7);
	assert_int_equal(line.cells[8].ch[0], 'z');
}

static void
a_cell_that_is_not_what_was_written_is_odd(void **state)
{
	struct arena scratch = whole;
	struct safe_line line = safe_cells(&scratch, STR("\u2764\ufe0f!"));

	(void)state;
	assert_int_equal(line.count, 2);
	assert_true(line.cells[0].odd);
	assert_false(line.cells[1].odd);
	line = safe_cells(&scratch, STR("xa\u0301\u0302y"));	/* both marks are shown */
	assert_int_equal(line.count, 3);
	assert_false(line.cells[1].odd);
	line = safe_cells(&scratch, STR("xa\u0301\u0302\u0303y"));
	assert_int_equal(line.count, 3);
	assert_false(line.cells[0].odd);
	assert_true(line.cells[1].odd);
	assert_false(line.cells[2].odd);
}

static void
the_limit_stops_just_past_the_columns(void **state)
{
	struct arena scratch = whole;

	(void)state;
	assert_int_equal(safe_cells_upto(&scratch, STR("abcdef"), 3).columns, 4);
	assert_int_equal(safe_cells_upto(&scratch, STR("abc"), 3).columns, 3);
	assert_int_equal(safe_cells(&scratch, STR("")).count, 0);
}

static void
a_line_ends_at_a_space_or_where_the_next_cell_has_no_room(void **state)
{
	struct arena scratch = whole;
	struct safe_line line = safe_cells(&scratch, STR("aaaa bbbb cc"));
	size_t next;

	(void)state;
	assert_int_equal(safe_line_end(&line, 0, 6, &next), 4);
	assert_int_equal(next, 5);
	assert_int_equal(safe_line_end(&line, 5, 4, &next), 9);
	assert_int_equal(next, 10);
	assert_int_equal(safe_line_end(&line, 0, 3, &next), 3);
	assert_int_equal(next, 3);
	line = safe_cells(&scratch, STR("\u4e2d\u4e2d\u4e2d"));	/* of two columns each */
	assert_int_equal(safe_line_end(&line, 0, 5, &next), 2);
	assert_int_equal(safe_line_end(&line, 0, 1, &next), 1);
}

static void
safe_text_leaves_only_its_result_in_the_arena(void **state)
{
	struct arena perm = whole;
	struct claque_str got = safe_text(&perm, STR("a\u202eb"));

	(void)state;
	assert_str(got, "a<202E>b");
	assert_true(perm.beg - whole.beg <= 16);
	assert_int_equal(got.p[got.len], 0);
}

static void
widths_come_from_the_table(void **state)
{
	(void)state;
	assert_int_equal(safe_width('a'), 1);
	assert_int_equal(safe_width(0x4e2d), 2);
	assert_int_equal(safe_width(0xff21), 2);
	assert_int_equal(safe_width(0x301), 0);
	assert_int_equal(safe_width(0x1f600), 0);
	assert_int_equal(safe_width(0x2588), 1);
	assert_int_equal(safe_width(0x110000), 0);
	assert_string_equal(safe_badge_word(SAFE_BIT_ZERO_WIDTH), "zero width");
}

/* curses lays cells out by wcwidth(): where it knows a character, we agree. */
static void
the_table_agrees_with_the_c_library(void **state)
{
	(void)state;
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) {
		print_message("skipped: no C.UTF-8 locale\n");
		skip();
	}
	for (uint32_t code = 0xa1; code <= 0x10ffff; code++) {
		int here = wcwidth((wchar_t)code);

		if (safe_width(code) > 0 && width_class(code) != WIDTH_BLANK && here >= 0 &&
		    here != safe_width(code))
			fail_msg("U+%04X: %d here, %d in the C library", code, safe_width(code),
				 here);
	}
	(void)setlocale(LC_CTYPE, "C");
}

static void
a_trick_is_named_and_found_again(void **state)
{
	static const char text[] = "a\xe2\x80\x8b\xe2\x80\xae\xe2\x80\x8b \xff p\xd0\xb0y\x1b";
	struct arena perm = whole;
	int64_t tricks[TRICKS_MAX];
	size_t count = trick_find(perm, str_of(text), tricks, 0);

	(void)state;
	assert_int_equal(count, 5);
	assert_int_equal(tricks[0], 0x200b);
	assert_int_equal(tricks[1], 0x202e);
	assert_int_equal(tricks[2], 0x1b);
	assert_int_equal(tricks[3], -1 - SAFE_BIT_INVALID);
	assert_int_equal(tricks[4], -1 - SAFE_BIT_MIXED);
	for (size_t i = 0; i < count; i++) {
		assert_true(trick_in(tricks[i], str_of(text)));
		assert_false(trick_in(tricks[i], STR("plain p\xc3\xa9re")));
		assert_int_equal(trick_find(perm, str_of(text), tricks, count), count);
	}
	assert_false(trick_in(-100, str_of(text)));
	assert_false(trick_in(0x110000, str_of(text)));
	assert_int_equal(trick_find(perm, STR("good \xf0\x9f\x98\x80 emoji"), tricks, 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_vector_comes_out_as_stated),
		cmocka_unit_test(random_bytes_come_out_harmless),
		cmocka_unit_test(every_code_point_alone_comes_out_harmless),
		cmocka_unit_test(columns_are_the_sum_of_widths_and_cells_know_their_byte),
		cmocka_unit_test(a_cell_that_is_not_what_was_written_is_odd),
		cmocka_unit_test(the_limit_stops_just_past_the_columns),
		cmocka_unit_test(a_line_ends_at_a_space_or_where_the_next_cell_has_no_room),
		cmocka_unit_test(safe_text_leaves_only_its_result_in_the_arena),
		cmocka_unit_test(widths_come_from_the_table),
		cmocka_unit_test(a_trick_is_named_and_found_again),
		cmocka_unit_test(the_table_agrees_with_the_c_library),
	};
	int failed;

	whole = arena_new(ROOM);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(whole);
	return failed;
}
