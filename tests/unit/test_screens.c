/*
 * test_screens.c - what every screen looks like. tests/screen/NAME.keys holds
 * the size, the way of drawing, lines of claque.conf after "conf ", and the keys; NAME.screen what must be seen
 * then. `make update-goldens` writes the second from the first: look at it.
 */
#include "config.h"

#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "small_case.h"
#include "tui/workbench.h"

enum { GOLDENS_MAX = 300, TEXT_MAX = 512 << 10 };

static char goldens[GOLDENS_MAX][64];
static size_t golden_count;
static char screen_dir[4096];

static struct claque_str
read_all(struct arena *perm, const char *name, const char *ending)
{
	const char *path = str_fmt(perm, "%s/%s%s", screen_dir, name, ending).p;
	char *text = ARENA_NEW(perm, char, TEXT_MAX);
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		return (struct claque_str){ 0 };
	n = fread(text, 1, TEXT_MAX - 1, f);
	(void)fclose(f);
	return (struct claque_str){ text, n };
}

static void
write_all(struct arena *perm, const char *name, struct claque_str text)
{
	FILE *f = fopen(str_fmt(perm, "%s/%s.screen", screen_dir, name).p, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
}

/* "120x36 utf8 text", "events" for a case with public ones, then keys on lines of their own. */
static void
draw_golden(struct arena *perm, const char *name, struct buf *out)
{
	struct claque_str keys = read_all(perm, name, ".keys"), head, word, rows, line;
	struct session_options options = { .path = "copy.claque", .who = STR("nr") };
	enum dump_form form = DUMP_TEXT;
	struct claque_err err = { 0 };
	struct session *s;
	struct settings set;
	int64_t r, c;
	struct buf all;

	buf_init(&all, TEXT_MAX);
	settings_init(&set);
	assert_true(str_cut(&keys, '\n', &head));
	assert_true(str_cut(&head, 'x', &word) && str_to_i64(word, &c));
	assert_true(str_cut(&head, ' ', &rows) && str_to_i64(rows, &r));
	set.values[SETTING_ASCII] = str_starts(head, STR("ascii"));
	if (str_find(head, STR("attr"), 0) < head.len)
		form = DUMP_ATTR;
	if (str_find(head, STR("html"), 0) < head.len)
		form = DUMP_HTML;
	while (str_cut(&keys, '\n', &line)) {
		if (!str_starts(line, STR("conf ")))
			buf_add(&all, line);
		else
			assert_ok(settings_line(&set, str_sub(line, 5, line.len), &err), err);
	}
	small_case_copy("copy.claque");
	if (str_find(head, STR("events"), 0) < head.len)
		small_case_add_events("copy.claque");
	assert_ok(session_open(&s, &options, &err), err);
	assert_ok(workbench_dump(s, (int)r, (int)c, buf_str(&all), &set, form, out, &err), err);
	session_close(s);
	buf_done(&all);
}

static void
screens_look_as_they_should(void **state)
{
	struct arena whole = arena_new(64 << 20);

	(void)state;
	assert_true(golden_count > 0);
	for (size_t i = 0; i < golden_count; i++) {
		struct arena perm = whole;
		struct claque_str want;
		struct buf got;

		buf_init(&got, TEXT_MAX);
		draw_golden(&perm, goldens[i], &got);
		want = read_all(&perm, goldens[i], ".screen");
		if (getenv("UPDATE_GOLDENS") != NULL)
			write_all(&perm, goldens[i], buf_str(&got));
		else if (!str_eq(want, buf_str(&got)))
			fail_msg("%s: is now\n" STR_FMT "\nand was\n" STR_FMT, goldens[i],
				 STR_ARG(buf_str(&got)), STR_ARG(want));
		buf_done(&got);
	}
	arena_free(whole);
}

/* Whatever is in the case, only what the screen is made of reaches it. */
static void
no_screen_lets_a_control_through(void **state)
{
	static const char *const keys[] = { "", "2", "3", "4", "5", "6", "7", "8", "9", "2<Enter>",
					    "2<Enter><Tab>", "4r", "4jjr", "o", "?", ":", "s",
					    "f", "2f", "5f", "C",
					    "2<Space><Space>o", "2<Space><Space>of", "4jjo1",
					    "2Ssa \xe2\x80\xae b<Enter>S",
					    ":go to matches<Enter>", ":go to sites<Enter>",
					    "om", "omww", "omR", "og", "ogj<Enter>og", "=",
					    "2<Space>=", "2<Space><Space>=jj=", "6llllllllllllllll",
					    "6lll|", "6lll|l|||",
					    "2<Enter>Ftext:\xe2\x80\xae<Enter>T",
					    ";select * from v_posts<Enter>lllllllllllllll",
					    ";select * from v_posts<Enter>i",
					    ";select * from v_accounts<Enter>llllll/a<Enter>",
					    ";select text as \"\xe2\x80\xae\" from v_posts<Enter>s",
					    ";select '\xe2\x80\xae' frm<Enter>T",
					    "2<Enter><lt>Tkcx\xe2\x80\xae<Enter>" };
	struct session_options options = { .path = "copy.claque", .who = STR("nr") };
	struct claque_err err = { 0 };
	struct settings set;

	(void)state;
	settings_init(&set);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct session *s;
		struct buf out;

		buf_init(&out, TEXT_MAX);
		small_case_copy("copy.claque");
		small_case_add_events("copy.claque");
		assert_ok(session_open(&s, &options, &err), err);
		assert_ok(workbench_dump(s, 36, 120, str_of(keys[i]), &set, DUMP_TEXT, &out, &err),
			  err);
		for (size_t at = 0; at < out.len; at++)
			assert_true((unsigned char)out.p[at] >= ' ' || out.p[at] == '\n');
		assert_true(str_find(buf_str(&out), STR("\xe2\x80\xae"), 0) == out.len);
		assert_true(str_find(buf_str(&out), STR("\xe2\x80\x8b"), 0) == out.len);
		session_close(s);
		buf_done(&out);
	}
}

static void
every_size_is_drawn(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 11, 39 }, { 12, 40 }, { 12, 500 }, { 23, 79 },
					{ 24, 80 }, { 25, 60 }, { 60, 200 }, { 500, 1000 } };
	static const char *const keys[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "1gom", "1og",
					    "1=", "1oh", "1ot", "6|", "6zzZZZZ", "6|",
					    "1T", "Td", ";select * from v_posts<Enter>", ";<Up>" };
	struct session_options options = { .path = "copy.claque", .who = STR("nr") };
	struct claque_err err = { 0 };
	struct session *s;
	struct settings set;

	(void)state;
	settings_init(&set);
	small_case_copy("copy.claque");
	small_case_add_events("copy.claque");
	assert_ok(session_open(&s, &options, &err), err);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
			struct buf out;

			buf_init(&out, 4 << 20);
			assert_ok(workbench_dump(s, sizes[i][0], sizes[i][1],
						 str_of(keys[k]), &set, DUMP_TEXT, &out, &err),
				  err);
			assert_true(out.len > 0);
			buf_done(&out);
		}
	session_close(s);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
find_goldens(void)
{
	const char *srcdir = getenv("srcdir");
	struct dirent *entry;
	DIR *dir;

	(void)snprintf(screen_dir, sizeof(screen_dir), "%s/tests/screen",
		       srcdir != NULL ? srcdir : ".");
	dir = opendir(screen_dir);
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		size_t len = strlen(entry->d_name);

		if (len > 5 && len < 64 && golden_count < GOLDENS_MAX &&
		    strcmp(entry->d_name + len - 5, ".keys") == 0)
			memcpy(goldens[golden_count++], entry->d_name, len - 5);
	}
	if (dir != NULL)
		(void)closedir(dir);
	qsort(goldens, golden_count, sizeof(goldens[0]), by_name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_should),
		cmocka_unit_test(no_screen_lets_a_control_through),
		cmocka_unit_test(every_size_is_drawn),
	};

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	find_goldens();
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
