/*
 * test_letters.c - where words end, in any script, so that a name is found however a text
 * goes on behind it.
 */
#include "config.h"

#include "test.h"

#include "base/utf8.h"
#include "text/letters.h"

static void
every_character_is_of_one_kind(void **state)
{
	static const struct { uint32_t code; enum letter kind; } rows[] = {
		{ '@', LETTER_NONE }, { 'A', LETTER_SPACED }, { 'Z', LETTER_SPACED },
		{ '[', LETTER_NONE }, { '`', LETTER_NONE }, { 'z', LETTER_SPACED }, { '{', LETTER_NONE },
		{ '/', LETTER_NONE }, { '0', LETTER_SPACED }, { '9', LETTER_SPACED }, { ':', LETTER_NONE },
		{ '_', LETTER_NONE }, { '+', LETTER_NONE }, { 0, LETTER_NONE }, { 0x7f, LETTER_NONE },
		{ 0x80, LETTER_NONE }, { 0xa0, LETTER_NONE }, { 0xaa, LETTER_SPACED },	/* ª */
		{ 0xab, LETTER_NONE }, { 0xad, LETTER_NONE }, { 0xb2, LETTER_SIGN }, { 0xb5, LETTER_SPACED },
		{ 0xb7, LETTER_NONE }, { 0xba, LETTER_SPACED }, { 0xbb, LETTER_NONE },
		{ 0xd7, LETTER_SIGN }, { 0xe9, LETTER_SPACED }, { 0x301, LETTER_MARK },
		{ 0x436, LETTER_SPACED }, { 0x60c, LETTER_NONE }, { 0x627, LETTER_SPACED },
		{ 0x664, LETTER_SPACED }, { 0x964, LETTER_NONE }, { 0xe01, LETTER_DENSE },	/* Thai */
		{ 0xe31, LETTER_MARK }, { 0x1000, LETTER_DENSE }, { 0x1780, LETTER_DENSE },
		{ 0x2000, LETTER_NONE }, { 0x200d, LETTER_NONE }, { 0x2019, LETTER_NONE },
		{ 0x2026, LETTER_NONE }, { 0x206f, LETTER_NONE }, { 0x2070, LETTER_SIGN },
		{ 0x2167, LETTER_SPACED }, { 0x2192, LETTER_SIGN }, { 0x2705, LETTER_SIGN },
		{ 0x3000, LETTER_NONE }, { 0x3001, LETTER_NONE }, { 0x300c, LETTER_NONE },
		{ 0x301f, LETTER_NONE }, { 0x3020, LETTER_SIGN }, { 0x3042, LETTER_DENSE },
		{ 0x30a2, LETTER_DENSE }, { 0x30fc, LETTER_MARK }, { 0x3105, LETTER_DENSE },
		{ 0x3164, LETTER_NONE }, { 0x597d, LETTER_DENSE }, { 0xac00, LETTER_DENSE },
		{ 0xe000, LETTER_SIGN }, { 0xfe0f, LETTER_NONE }, { 0xff0f, LETTER_NONE },
		{ 0xff10, LETTER_SPACED }, { 0xff1a, LETTER_NONE }, { 0xff20, LETTER_NONE },
		{ 0xff21, LETTER_SPACED }, { 0xff3b, LETTER_NONE }, { 0xff3f, LETTER_SPACED },
		{ 0xff64, LETTER_NONE }, { 0xff71, LETTER_DENSE }, { 0x1f600, LETTER_SIGN },
		{ 0x20000, LETTER_DENSE }, { 0x10ffff, LETTER_SIGN }, { 0x110000, LETTER_NONE },
		{ UTF8_BAD, LETTER_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (letter_of(rows[i].code) != rows[i].kind)
			fail_msg("U+%04X is %d", (unsigned)rows[i].code, letter_of(rows[i].code));
}

static void
words_end_before_what_is_not_of_them(void **state)
{
	static const struct { const char *text, *words; } rows[] = {
		{ "", "" }, { " .,", "" }, { "alice14", "alice14|" }, { "(alice14)", "alice14|" },
		{ "fan_two", "fan|two|" }, { "alice14\u2026", "alice14|" },
		{ "\u201calice14\u201d", "alice14|" }, { "alice14\u060c ok", "alice14|ok|" },
		{ "\uff3balice14\uff3d", "alice14|" }, { "\uff20alice14", "alice14|" },
		{ "alice14\U0001f600", "alice14|\U0001f600|" },
		{ "\U0001f600\U0001f600", "\U0001f600|\U0001f600|" },
		{ "\u2705\ufe0falice14", "\u2705|alice14|" },
		{ "alice14\u3055\u3093", "alice14|\u3055\u3093|" },
		{ "\u611f\u8c22alice14\u7684", "\u611f\u8c22|alice14|\u7684|" },
		{ "alice14\uc740", "alice14|\uc740|" },
		{ "\u30e6\u30fc\u30b6\u30fc", "\u30e6\u30fc\u30b6\u30fc|" },
		{ "cafe\u0301x", "cafe\u0301x|" }, { "\u0301x", "\u0301x|" },
		{ "\u0301x\u3055", "\u0301x|\u3055|" },
		{ "x\u0301\u0302\u3055", "x\u0301\u0302|\u3055|" },
		{ "\u0436\u0430\u043d\u043d\u0430", "\u0436\u0430\u043d\u043d\u0430|" },
		{ "pv\uff3fx", "pv\uff3fx|" }, { "a\xff" "b", "a|b|" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct claque_str s = str_of(rows[i].text);
		char got[120] = "";
		size_t at = 0, end = 0;

		while (letters_word(s, end, '\0', &at, &end)) {
			assert_int_equal(letters_end(s, at, '\0'), end);
			(void)strncat(got, s.p + at, end - at);
			(void)strcat(got, "|");
		}
		assert_int_equal(at, s.len);
		assert_string_equal(got, rows[i].words);
	}
}

static void
one_more_byte_can_be_a_letter(void **state)
{
	const struct claque_str s = STR("-fan_two-");
	size_t at, end;

	(void)state;
	assert_true(letters_word(s, 0, '_', &at, &end));
	assert_int_equal(at, 1);
	assert_int_equal(end, 8);
	assert_int_equal(letters_end(s, 0, '_'), 0);
	assert_false(letters_word(s, 8, '_', &at, &end));
	assert_int_equal(at, s.len);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_is_of_one_kind),
		cmocka_unit_test(words_end_before_what_is_not_of_them),
		cmocka_unit_test(one_more_byte_can_be_a_letter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
