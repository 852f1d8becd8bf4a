/* test_wire.c - the list of what may be written lets through what curses needs, and no more. */
#include "config.h"

#include "../unit/test.h"

#include "wire.h"

struct sample {
	const char *what;
	struct claque_str bytes;
};

#define S(literal) { "" literal, sizeof(literal) - 1 }

static const struct sample clean[] = {
	{ "text", S("plain \u4e2d\u0416 e\u0301 \u2588\r\n") },
	{ "start", S("\033[?1049h\033[22;0;0t\033[1;24r\033(B\033[m\033[4l\033[?7h\033[?1h\033=") },
	{ "paste mode", S("\033[?2004h\033[?2004l") },
	{ "cursor", S("\033[H\033[3;10H\033[12G\033[4d\033[A\033[2B\033M\b\t\0337\0338") },
	{ "erasing", S("\033[H\033[2J\033[K\033[1K\033[J\033[5X\033[3P\033[2@\033[L\033[3M") },
	{ "attributes", S("\033[0;1;38;5;209m\033[39;49m\033[m\033[97;44m") },
	{ "repeat", S("-\033[78b") },
	{ "charsets", S("\033(0lqk\033(B\033)0\016x\017") },
	{ "end", S("\033[24;1H\033[?12l\033[?25h\033[?1049l\033[23;0;0t\r\033[?1l\033>") },
};

static const struct sample dirty[] = {
	{ "title", S("\033]0;owned\a") }, { "link", S("\033]8;;http://x\033\\") },
	{ "clipboard", S("\033]52;c;eA==\a") }, { "device string", S("\033P$q\"p\033\\") },
	{ "privacy message", S("\033^x\033\\") }, { "reset", S("\033c") },
	{ "title by window operation", S("\033[21t") },
	{ "push another title", S("\033[22;1;0t") }, { "attributes query", S("\033[c") },
	{ "position query", S("\033[6n") }, { "mouse", S("\033[?1000h") },
	{ "motion", S("\033[?1003h") }, { "focus", S("\033[?1004h") },
	{ "two modes at once", S("\033[?1049;1000h") }, { "scrollback", S("\033[3J") },
	{ "keyboard lock", S("\033[2h") }, { "soft reset", S("\033[!p") },
	{ "sub-parameter", S("\033[4:3m") }, { "cut short", S("abc\033[12") },
	{ "lone escape", S("\033") }, { "NUL", S("a\0b") }, { "bell", S("\a") },
	{ "vertical tab", S("\v") }, { "delete", S("\177") }, { "C1 byte", S("\x9b" "2J") },
	{ "C1 character", S("\xc2\x9b" "2J") }, { "broken UTF-8", S("\xe2\x82") },
	{ "overlong", S("\xc0\xaf") }, { "override", S("\u202e") },
	{ "zero width space", S("\u200b") }, { "joiner", S("\u200d") },
	{ "selector", S("\ufe0f") }, { "tag", S("\U000e0041") }, { "private", S("\ue000") },
	{ "soft hyphen", S("\u00ad") }, { "mark order", S("\ufeff") },
	{ "emoji", S("\U0001f600") },
	{ "parameters without end", S("\033[1111111111111111111111111111111111111m") },
};

static void
what_curses_writes_is_clean(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(clean) / sizeof(clean[0]); i++) {
		struct buf complaint;

		buf_init(&complaint, 1000);
		if (!wire_clean(clean[i].bytes, &complaint))
			fail_msg("%s: " STR_FMT, clean[i].what, STR_ARG(buf_str(&complaint)));
		assert_int_equal(complaint.len, 0);
	}
}

static void
everything_else_is_not(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(dirty) / sizeof(dirty[0]); i++) {
		struct buf complaint;

		buf_init(&complaint, 1000);
		if (wire_clean(dirty[i].bytes, &complaint))
			fail_msg("let through: %s", dirty[i].what);
		assert_true(complaint.len > 0);
		buf_done(&complaint);
	}
}

static void
the_complaint_says_where(void **state)
{
	struct buf complaint;

	(void)state;
	buf_init(&complaint, 1000);
	assert_false(wire_clean(STR("ok\033[1mok\033]0;t\a"), &complaint));
	assert_str(buf_str(&complaint), "byte 8 of 14: a sequence that is not on the list: "
		   "ok\\x1b[1mok >>> \\x1b]0;t\\x07");
	buf_done(&complaint);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_curses_writes_is_clean),
		cmocka_unit_test(everything_else_is_not),
		cmocka_unit_test(the_complaint_says_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
