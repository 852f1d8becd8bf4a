/*
 * test_workshop.c - an audience sees no name: on no screen, in no export from it,
 * in no listing; and the same account is the same number everywhere.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/mask.h"
#include "small_case.h"
#include "small_session.h"
#include "tui/workbench.h"

enum { DUMP_MAX = 1 << 20 };

/* Handles, a former one, native ids, and what of display names is a name. */
static const char *const names[] = {
	"ivan142", "olga795", "elena806", "karen12", "bob2153", "newsd41", "fan_one", "fan_two",
	"fan_three", "alice14", "peter66", "petrova_o", "40211773", "51000000", "62000000",
	"natiot", "Bob Patriot", "Elena", "First fan", "Third [1F600] fan", "Daily", "\u597d\u670b\u53cb",
	"Alice", "Olga", "Peter", "Maria", "Sasha",
};

static struct claque_str
lower(struct arena *perm, struct claque_str s)
{
	return str_lower(perm, s);
}

static void
assert_nameless(struct claque_str text, const char *where)
{
	struct arena whole = arena_new(4 * DUMP_MAX), perm = whole;
	struct claque_str small = lower(&perm, text);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_find(small, lower(&perm, str_of(names[i])), 0) < small.len)
			fail_msg("%s: '%s' is in\n" STR_FMT, where, names[i], STR_ARG(text));
	arena_free(whole);
}

static void
draw(struct session *s, int rows, int cols, const char *keys, struct buf *out)
{
	struct claque_err err = { 0 };
	struct settings set;

	settings_init(&set);
	set.values[SETTING_WORKSHOP] = 1;
	assert_ok(workbench_dump(s, rows, cols, str_of(keys), &set, DUMP_TEXT, out, &err), err);
}

static void
no_screen_shows_a_name(void **state)
{
	static const char *const keys[] = {
		"", "a", "2", "3", "4", "5", "6", "7", "8", "9", "9<Tab>", "2<Enter>", "2<Enter><Tab>",
		"4r", "4jjr", "o", "?", ":", "s", "f", "2f", "5f", "C", "2<Space><Space>o",
		"2<Space><Space>of", "4jjo1", "om", "omww", "omR", "omllljj", "og", "ogj<Enter>og",
		"=", "a=", "2<Space>=", "2<Space><Space>=jj=", "2<Space><Space><Enter>=",
		"6jjllll", "1ot", "2<Space><Space>ot", "1oh", "2<Enter><lt>T", "2<Enter>jj<Enter>T",
		"2<Enter>cmet olga795 and @Bob2153<Enter>9", "2<Enter>p9<Tab>a", "2<Enter>ttag<Enter>2",
		":alice14<Enter>", "4jjjji", "2i", "5i", "2e", "2ea", ":ivan142", ":go to matches<Enter>", ":go to movers<Enter>", "of", "2/ivan142<Enter>",
		"2<Enter>Ftext:olga795<Enter>S", "2<Enter>Ssaved<Enter>S", "8a", "7a", "6+", "6+jj<Enter>", "2<Enter>j<Enter>Tr", "2<Enter>j<Enter>Trj", "2<Enter><lt>4T ", ":crumbs<Enter>",
		"2<Enter>:crumbs<Enter>", "2/ivan142<Enter><C-t>", "1aea",
		"2Aivan142 leads @olga795<Enter>B@elena806 follows<Enter>:go to claims<Enter>j",
		"2Aivan142 leads @olga795<Enter>B@elena806 follows<Enter>:go to ach<Enter><Enter>1",
		"2Aivan142 leads @olga795<Enter>B", "2Aivan142 leads<Enter>:go to claims<Enter>m",
		"2d<Down>as olga795 does<Enter>d", "2cmet olga795 twice<Enter>m",
		"4Hnever tell<Down>by olga795<Enter>", "4Hnever tell<Down>by olga795<Enter>i",
		"2d<Down><Down>as olga795 does<Enter>:merge<Enter>hers.ndjson<Enter>",
	};
	static const int sizes[][2] = { { 36, 120 }, { 24, 80 } };

	(void)state;
	small_case_colleague("hers.ndjson");
	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			struct session *s = fresh();
			struct buf out;

			buf_init(&out, DUMP_MAX);
			draw(s, sizes[i][0], sizes[i][1], keys[k], &out);
			/* The help covers the whole screen. */
			assert_true(keys[k][0] == '?' ||
				    str_find(buf_str(&out), STR("[MASKED]"), 0) < out.len);
			assert_nameless(buf_str(&out), keys[k]);
			session_close(s);
			buf_done(&out);
		}
}

static bool
shows(struct session *s, const char *keys, const char *what)
{
	struct buf out;
	bool there;

	buf_init(&out, DUMP_MAX);
	draw(s, 36, 120, keys, &out);
	there = str_find(buf_str(&out), str_of(what), 0) < out.len;
	buf_done(&out);
	return there;
}

static void
an_account_is_the_same_number_everywhere_and_at_reopening(void **state)
{
	struct session *s = fresh();

	(void)state;
	assert_true(shows(s, "2", ">   @acct-001"));
	assert_true(shows(s, "<Enter>", "\u203a @acct-001"));
	session_close(s);
	s = open_case(true);
	assert_true(shows(s, "", "\u203a @acct-001"));
	assert_true(shows(s, "og", "@acct-001"));
	session_close(s);
}

static void
scores_and_verdicts_are_covered_until_a_is_pressed_and_for_that_screen(void **state)
{
	struct session *s = fresh();

	(void)state;
	assert_false(shows(s, "", "0.97"));
	assert_true(shows(s, "", "C001  \u00b7\u00b7\u00b7\u00b7"));
	assert_false(shows(s, "", "linked"));
	assert_true(shows(s, "a", "0.97"));
	assert_false(shows(s, "2", "0.97"));
	assert_true(shows(s, "a", "0.97"));
	assert_false(shows(s, "a", "0.97"));
	session_close(s);
}

static void
keys_are_cast_and_what_is_typed_is_not(void **state)
{
	struct session *s = fresh();

	(void)state;
	assert_true(shows(s, "om", " o m \u2192 Sources x accounts"));
	assert_true(shows(s, "1j", " j \u2192 next row"));
	assert_true(shows(s, "2/bob<Enter>", " / \u00b7\u00b7\u00b7 Enter"));
	session_close(s);
}

static void
ending_it_is_asked_about(void **state)
{
	struct session *s = fresh();

	(void)state;
	assert_true(shows(s, "2:workshop<Enter>", "Show the names again?  y: yes"));
	assert_true(shows(s, "2:workshop<Enter>n", "@acct-001"));
	assert_true(shows(s, "2:workshop<Enter>y", "ivan142"));
	session_close(s);
}

static struct claque_str
read_file(struct arena *perm, const char *name)
{
	char *text = ARENA_NEW(perm, char, DUMP_MAX);
	FILE *f = fopen(name, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, DUMP_MAX, f);
	(void)fclose(f);
	(void)unlink(name);
	return (struct claque_str){ text, n };
}

static void
exports_from_the_screen_are_masked_and_the_whole_case_is_refused(void **state)
{
	struct arena whole = arena_new(16 * DUMP_MAX), perm = whole;
	struct claque_str text;
	struct session *s = fresh();

	(void)state;
	assert_true(shows(s, "2Ecsv out.csv<Enter>", "14 accounts"));
	text = read_file(&perm, "out.csv");
	assert_nameless(text, "csv");
	assert_true(str_find(text, STR("@acct-014"), 0) < text.len);
	assert_true(shows(s, "2<Enter>Ejson out.json<Enter>", "out.json"));
	assert_nameless(read_file(&perm, "out.json"), "json");
	assert_true(shows(s, "2<Enter>Emethod out.md<Enter>", "out.md"));
	assert_nameless(read_file(&perm, "out.md"), "method");
	session_close(s);
	arena_free(whole);
}

/* The file of the analyst is no matter of the audience. */
static void
what_is_written_into_the_case_has_the_names(void **state)
{
	struct session *s = fresh();
	struct claque_err err = { 0 };
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct side side;

	(void)state;
	assert_true(shows(s, "2<Enter>p", "pinned @acct-001"));
	assert_ok(session_workshop(s, false, &err), err);
	side = session_side(s, LIST_NOTES, (struct subject){ 0 }, 1);
	assert_int_equal(side.got, 1);
	assert_str(session_subject_name(s, session_target(s, side.rows[0].id), &perm), "@ivan142");
	session_close(s);
	arena_free(whole);
}

static void
names_are_found_in_text_as_people_write_them(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "ask @IVAN142, she knows", "ask @acct-001, she knows" },
		{ "see x.example/olga795/status", "see x.example/@acct-002/status" },
		{ "\u00abIvan P natiot\u00bb", "\u00ab@acct-001\u00bb" },
		{ "she was petrova_o then", "she was @acct-002 then" },
		{ "Alice's garden; alice in chains; malice", "@acct-010's garden; alice in chains; malice" },
		{ "@nobody knows, mail a@b.example", "@someone knows, mail a@b.example" },
		{ "@acct-001 and @someone stay", "@acct-001 and @someone stay" },
		{ "account 4021177303 of 2016", "account @acct-003 of 2016" },
		{ "", "" }, { "nothing here", "nothing here" },
	};
	struct arena whole = arena_new(1 << 20);
	struct claque_err err = { 0 };
	struct store *store;
	struct mask *m;

	(void)state;
	small_case_copy("copy.claque");
	assert_ok(store_open(&store, "copy.claque", STORE_READ, &err), err);
	assert_ok(mask_new(&m, store, &(struct mask_plan){ .strangers = true }, &err), err);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena perm = whole;

		assert_str(mask_text(m, &perm, str_of(cases[i].text)), cases[i].want);
	}
	assert_str(mask_words(m, &(struct arena){ whole.beg, whole.end },
			      STR("Alice pinned @nobody and @olga795")),
		   "Alice pinned @nobody and @acct-002");
	mask_free(m);
	store_close(store);
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_screen_shows_a_name),
		cmocka_unit_test(an_account_is_the_same_number_everywhere_and_at_reopening),
		cmocka_unit_test(scores_and_verdicts_are_covered_until_a_is_pressed_and_for_that_screen),
		cmocka_unit_test(keys_are_cast_and_what_is_typed_is_not),
		cmocka_unit_test(ending_it_is_asked_about),
		cmocka_unit_test(exports_from_the_screen_are_masked_and_the_whole_case_is_refused),
		cmocka_unit_test(what_is_written_into_the_case_has_the_names),
		cmocka_unit_test(names_are_found_in_text_as_people_write_them),
	};

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
