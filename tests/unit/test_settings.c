/* test_settings.c - claque.conf: options, keys, keyboards, and what wrong lines say. */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tui/conf.h"
#include "tui/key.h"

#include "files.h"

static struct settings set;
static struct claque_err err;
static struct arena whole;

static int
set_up(void **state)
{
	(void)state;
	settings_init(&set);
	return 0;
}

static void
line(const char *text)
{
	assert_ok(settings_line(&set, str_of(text), &err), err);
}

static void
refused(const char *text, const char *why)
{
	struct settings before = set;

	assert_int_not_equal(settings_line(&set, str_of(text), &err), CLAQUE_OK);
	if (strstr(err.msg, why) == NULL)
		fail_msg("%s: says '%s', not '%s'", text, err.msg, why);
	assert_memory_equal(&before, &set, sizeof(set));
}

static enum action_id
does(uint32_t key)
{
	const struct binding *b = settings_binding(&set, key);

	return b != NULL ? b->action : ACTION_COUNT;
}

static void
without_a_file_keys_do_what_the_table_says(void **state)
{
	(void)state;
	assert_int_equal(does('j'), ACTION_DOWN);
	assert_int_equal(does(CK_DOWN), ACTION_DOWN);
	assert_int_equal(does('2'), ACTION_SCREEN);
	assert_string_equal(settings_binding(&set, '2')->arg, "accounts");
	assert_int_equal(does('W'), ACTION_COUNT);
	assert_int_equal(set.values[SETTING_ESCDELAY], 25);
	assert_int_equal(set.values[SETTING_THEME], THEME_AUTO);
}

static void
a_mapped_key_does_one_thing_and_is_shown_first(void **state)
{
	struct arena perm = whole;

	(void)state;
	line("map W pin");
	line("map j page-down");
	line("map <F5> Go-To  matrix ");
	assert_int_equal(does('W'), ACTION_PIN);
	assert_int_equal(does('p'), ACTION_PIN);
	assert_str(settings_key(&set, &perm, ACTION_PIN, STR("")), "W");
	assert_str(settings_keys(&set, &perm, ACTION_PIN), "W p");
	assert_int_equal(does('j'), ACTION_PAGE_DOWN);
	assert_str(settings_keys(&set, &perm, ACTION_DOWN), "Down");
	assert_int_equal(does(CK_F5), ACTION_SCREEN);
	assert_str(settings_key(&set, &perm, ACTION_SCREEN, STR("matrix")), "F5");
	line("unmap W");
	assert_int_equal(does('W'), ACTION_COUNT);
	assert_str(settings_keys(&set, &perm, ACTION_PIN), "p");
}

static void
options_take_their_values_and_nothing_else(void **state)
{
	(void)state;
	line("set theme Light");
	assert_int_equal(set.values[SETTING_THEME], THEME_LIGHT);
	line("  set\tescdelay   1000  ");
	assert_int_equal(set.values[SETTING_ESCDELAY], 1000);
	line("set ascii on");
	assert_int_equal(set.values[SETTING_ASCII], 1);
	line("# set ascii off");
	line("");
	assert_int_equal(set.values[SETTING_ASCII], 1);
	refused("set escdelay 0", "from 1 to 1000");
	refused("set escdelay 1001", "from 1 to 1000");
	refused("set escdelay", "from 1 to 1000");
	refused("set ascii yes", "off on");
	refused("set theme", "auto dark light high-contrast mono");
	refused("set colour red", "there are theme ascii escdelay langmap");
}

static void
wrong_lines_say_what_would_be_right(void **state)
{
	(void)state;
	refused("bind j down", "begins with set, map, unmap");
	refused("map <Nope> pin", "write one as j");
	refused("map jj pin", "write one as j");
	refused("map \xe2\x80\xae pin", "write one as j");
	refused("map J fly", "there is no action 'fly'");
	refused("map J", "there is no action ''");
	refused("map J pin it", "takes nothing after it");
	refused("map J go-to", "takes a screen");
	refused("map J go-to moon", "takes a screen");
	refused("map <Esc> pin", "choose another key");
	refused("map <C-z> pin", "choose another key");
	refused("unmap W", "does nothing");
	refused("unmap j k", "one key a line");
	refused("langmap klingon", "none ru uk el he ar");
	refused("map J note \x01", "control");
	refused("map J note \xff", "UTF-8");
	refused("map J note 0123456789012345678901234567890123456789012345678901234567890123",
		"up to 63 bytes");
}

static void
the_palette_keeps_a_key(void **state)
{
	(void)state;
	refused("unmap :", "last key of command");
	refused("map : pin", "last key of command");
	line("map : command");
	line("map <F5> command");
	line("unmap :");
	assert_int_equal(does(CK_F5), ACTION_PALETTE);
	refused("unmap <F5>", "last key of command");
}

static void
only_so_many_keys_are_bound(void **state)
{
	struct arena perm = whole;
	uint32_t code = 0x4e00;

	(void)state;
	for (; set.binding_count < BINDINGS_MAX; code++) {
		struct claque_str key = key_spelled(&perm, code);

		line(str_fmt(&perm, "map " STR_FMT " pin", STR_ARG(key)).p);
	}
	refused("map W pin", "unmap one first");
	line("map j pin");
	assert_int_equal(set.binding_count, BINDINGS_MAX);
}

static void
a_file_is_read_past_its_wrong_lines_and_names_the_first(void **state)
{
	struct claque_str text = STR("\xef\xbb\xbf# mine\r\nset ascii on\r\nmap J fly\r\nwat\n"
				     "map J page-down");

	(void)state;
	assert_int_equal(settings_read(&set, "my.conf", text, &err), 2);
	assert_non_null(strstr(err.msg, "my.conf:3: map: there is no action 'fly'"));
	assert_int_equal(set.values[SETTING_ASCII], 1);
	assert_int_equal(does('J'), ACTION_PAGE_DOWN);
}

/* In whatever order: a key that is taken away leaves its place to the last one. */
static bool
binds(const struct settings *s, const struct binding *b)
{
	for (size_t i = 0; i < s->binding_count; i++)
		if (memcmp(&s->bindings[i], b, sizeof(*b)) == 0)
			return true;
	return false;
}

static void
what_is_written_reads_back(void **state)
{
	struct settings again;
	struct buf text, twice;

	(void)state;
	line("map W pin");
	line("map <F5> command");
	line("unmap :");
	line("unmap Q");
	line("map L lens lang:en");
	line("set theme high-contrast");
	line("langmap uk");
	buf_init(&text, SETTINGS_FILE_MAX);
	buf_init(&twice, SETTINGS_FILE_MAX);
	settings_write(&set, &text);
	settings_init(&again);
	assert_int_equal(settings_read(&again, "x", buf_str(&text), &err), 0);
	settings_write(&again, &twice);
	assert_true(str_eq(buf_str(&text), buf_str(&twice)));
	assert_memory_equal(set.values, again.values, sizeof(set.values));
	assert_int_equal(set.binding_count, again.binding_count);
	for (size_t i = 0; i < set.binding_count; i++)
		assert_true(binds(&again, &set.bindings[i]));
	buf_done(&text);
	buf_done(&twice);
}

static void
a_cyrillic_keyboard_goes_by_position(void **state)
{
	(void)state;
	assert_int_equal(does(0x43e), ACTION_COUNT);	/* о, where j is */
	line("langmap ru");
	assert_int_equal(does(0x43e), ACTION_DOWN);
	assert_int_equal(does(0x41f), ACTION_BOTTOM);	/* П, where G is */
	assert_int_equal(does(0x416), ACTION_PALETTE);	/* Ж, where : is */
	line("map \u043e pin");
	assert_int_equal(does(0x43e), ACTION_PIN);
	assert_int_equal(does('j'), ACTION_DOWN);
}

/* A table a character short would shift every key after it. */
static void
every_map_ends_where_its_keyboard_does(void **state)
{
	static const struct { int map; uint32_t local, latin; } last[] = {
		{ 1, 0x44e, '.' }, { 1, 0x42e, '>' }, { 2, 0x44e, '.' }, { 2, 0x42e, '>' },
		{ 2, 0x456, 's' }, { 3, 0x3bc, 'm' }, { 3, 0x39c, 'M' }, { 4, 0x5e5, '.' },
		{ 5, 0x638, '/' }, { 4, 0x5d7, 'j' }, { 5, 0x62a, 'j' }, { 3, 0x3be, 'j' },
	};
	struct arena perm = whole;

	(void)state;
	for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++)
		assert_int_equal(langmap_key(last[i].map, last[i].local), last[i].latin);
	assert_int_equal(langmap_key(1, 'j'), 'j');
	assert_int_equal(langmap_key(1, 0x4e00), 0x4e00);
	assert_int_equal(langmap_key(1, CK_UP), CK_UP);
	assert_str(langmap_text(&perm, 1, STR("\u0431 \u043f\u0449")), ", go");
}

static void
a_file_asked_for_must_be_there_and_the_usual_one_need_not(void **state)
{
	struct buf note;

	(void)state;
	buf_init(&note, CONF_NOTE_MAX);
	assert_int_equal(conf_read(&set, "no/such.conf", &note, &err), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "no/such.conf"));
	assert_int_equal(setenv("XDG_CONFIG_HOME", "/nonexistent", 1), 0);
	assert_ok(conf_read(&set, NULL, &note, &err), err);
	assert_int_equal(note.len, 0);
	write_file("settings-test.conf", STR("set ascii on\nmap J fly\nset x\n"));
	assert_ok(conf_read(&set, "settings-test.conf", &note, &err), err);
	assert_int_equal(set.values[SETTING_ASCII], 1);
	buf_addc(&note, '\0');
	assert_non_null(strstr(note.p, "settings-test.conf:2: map: there is no action 'fly'"));
	assert_non_null(strstr(note.p, "(and 1 more lines)"));
	(void)unlink("settings-test.conf");
	buf_done(&note);
}

/* --- themes */

static double
channel(uint32_t rgb, unsigned shift)
{
	double c = (double)(rgb >> shift & 0xff) / 255.0;

	if (c <= 0.04045)
		return c / 12.92;
	return pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(uint32_t rgb)
{
	return 0.2126 * channel(rgb, 16) + 0.7152 * channel(rgb, 8) + 0.0722 * channel(rgb, 0);
}

static double
contrast(uint32_t a, uint32_t b)
{
	double x = luminance(a), y = luminance(b);

	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static void
text_of_every_theme_has_contrast(void **state)
{
	static const struct { enum theme theme; uint32_t fg, bg; double least; } themes[] = {
		{ THEME_DARK, 0xd0d0d0, 0x1c1c1c, 4.5 }, { THEME_DARK, 0xd0d0d0, 0x000000, 4.5 },
		{ THEME_LIGHT, 0x1c1c1c, 0xffffff, 4.5 }, { THEME_HIGH_CONTRAST, 0, 0, 7.0 },
	};

	(void)state;
	assert_true(contrast(0xffffff, 0) > 20.9 && contrast(0xffffff, 0) < 21.1);
	for (size_t t = 0; t < sizeof(themes) / sizeof(themes[0]); t++) {
		for (int i = 0; i < STYLE_COUNT; i++) {
			struct look look = theme_look(themes[t].theme, (enum style)i, DEPTH_256);
			uint32_t fg = look.fg < 0 ? themes[t].fg : theme_rgb(look.fg);
			uint32_t bg = look.bg < 0 ? themes[t].bg : theme_rgb(look.bg);

			if (contrast(fg, bg) < themes[t].least)
				fail_msg("theme %zu, style %d: %.2f to 1", t, i, contrast(fg, bg));
		}
	}
}

/* High contrast must not depend on the terminal's own colours, at any depth. */
static void
high_contrast_names_every_colour_and_mono_none(void **state)
{
	static const enum theme_depth depths[] = { DEPTH_8, DEPTH_16, DEPTH_256 };

	(void)state;
	for (size_t d = 0; d < sizeof(depths) / sizeof(depths[0]); d++) {
		for (int i = 0; i < STYLE_COUNT; i++) {
			enum style style = (enum style)i;
			struct look look = theme_look(THEME_HIGH_CONTRAST, style, depths[d]);

			assert_true(look.fg >= 0 && look.bg >= 0 && look.fg != look.bg);
			look = theme_look(THEME_MONO, style, depths[d]);
			assert_true(look.fg == -1 && look.bg == -1);
		}
	}
}

/* A hit, a hostile character and the cursor differ from text by more than a colour. */
static void
no_theme_tells_by_colour_only(void **state)
{
	static const enum style apart[] = { STYLE_HIT, STYLE_ODD, STYLE_INPUT };

	(void)state;
	for (int t = 0; t < THEME_COUNT; t++)
		for (int d = 0; d < DEPTH_COUNT; d++)
			for (size_t i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
				assert_true((theme_look((enum theme)t, apart[i],
							(enum theme_depth)d).attrs &
					     LOOK_UNDERLINE) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(without_a_file_keys_do_what_the_table_says, set_up),
		cmocka_unit_test_setup(a_mapped_key_does_one_thing_and_is_shown_first, set_up),
		cmocka_unit_test_setup(options_take_their_values_and_nothing_else, set_up),
		cmocka_unit_test_setup(wrong_lines_say_what_would_be_right, set_up),
		cmocka_unit_test_setup(the_palette_keeps_a_key, set_up),
		cmocka_unit_test_setup(only_so_many_keys_are_bound, set_up),
		cmocka_unit_test_setup(a_file_is_read_past_its_wrong_lines_and_names_the_first,
				       set_up),
		cmocka_unit_test_setup(what_is_written_reads_back, set_up),
		cmocka_unit_test_setup(a_cyrillic_keyboard_goes_by_position, set_up),
		cmocka_unit_test(every_map_ends_where_its_keyboard_does),
		cmocka_unit_test_setup(a_file_asked_for_must_be_there_and_the_usual_one_need_not,
				       set_up),
		cmocka_unit_test(text_of_every_theme_has_contrast),
		cmocka_unit_test(high_contrast_names_every_colour_and_mono_none),
		cmocka_unit_test(no_theme_tells_by_colour_only),
	};
	int failed;

	whole = arena_new(16 << 20);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(whole);
	return failed;
}
