/* test_key.c - keys by name, as the tables of keys and the scripts write them. */
#include "config.h"

#include "test.h"

#include "tui/key.h"

static struct arena whole;

static void
a_script_of_keys_is_read_one_by_one(void **state)
{
	static const uint32_t want[] = {
		'j', CK_ENTER, 4, CK_F1, ' ', '<', 0x436, CK_ALT_LEFT, 'G',
	};
	struct claque_str s = STR("j<Enter><C-d><F1><Space><lt>\u0436<a-left>G");
	uint32_t key;

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_true(key_parse(&s, &key));
		assert_int_equal(key, want[i]);
	}
	assert_false(key_parse(&s, &key));
	assert_int_equal(s.len, 0);
}

static void
a_malformed_name_is_refused_and_not_eaten(void **state)
{
	static const struct claque_str bad[] = {
		{ "<", 1 }, { "<nope>", 6 }, { "<C-1>", 5 }, { "<>", 2 }, { "\xff", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct claque_str s = bad[i];
		uint32_t key;

		assert_false(key_parse(&s, &key));
		assert_int_equal(s.len, bad[i].len);
	}
}

static void
control_letters_with_a_key_of_their_own_are_that_key(void **state)
{
	struct claque_str s = STR("<C-i><C-m><C-h>\t");
	uint32_t key;

	(void)state;
	assert_true(key_parse(&s, &key));
	assert_int_equal(key, CK_TAB);
	assert_true(key_parse(&s, &key));
	assert_int_equal(key, CK_ENTER);
	assert_true(key_parse(&s, &key));
	assert_int_equal(key, CK_BACKSPACE);
	assert_true(key_parse(&s, &key));
	assert_int_equal(key, CK_TAB);
}

static void
every_name_reads_back(void **state)
{
	(void)state;
	for (uint32_t key = 1; key < KEY_LIMIT; key = key == 0x7e ? KEY_BASE + 1 : key + 1) {
		struct arena scratch = whole;
		struct claque_str s;
		uint32_t back;

		if (key_of_char(key) != key || (key > 26 && key < ' '))
			continue;
		s = key_spelled(&scratch, key);
		assert_true(key_parse(&s, &back));
		assert_int_equal(back, key);
		assert_int_equal(s.len, 0);
	}
}

static void
help_shows_keys_as_people_say_them(void **state)
{
	struct arena scratch = whole;

	(void)state;
	assert_str(key_shown(&scratch, 4), "Ctrl-D");
	assert_str(key_shown(&scratch, CK_PAGE_DOWN), "PgDn");
	assert_str(key_shown(&scratch, 'j'), "j");
	assert_str(key_shown(&scratch, '<'), "<");
	assert_str(key_shown(&scratch, ' '), "Space");
	assert_str(key_shown(&scratch, 0x202e), "<202E>");
	assert_str(key_shown(&scratch, KEY_LIMIT), "?");
	assert_str(key_spelled(&scratch, 4), "<C-d>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_script_of_keys_is_read_one_by_one),
		cmocka_unit_test(a_malformed_name_is_refused_and_not_eaten),
		cmocka_unit_test(control_letters_with_a_key_of_their_own_are_that_key),
		cmocka_unit_test(every_name_reads_back),
		cmocka_unit_test(help_shows_keys_as_people_say_them),
	};
	int failed;

	whole = arena_new(1 << 16);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(whole);
	return failed;
}
