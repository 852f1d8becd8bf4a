/*
 * The evidence card of a case known by heart, as text and as JSON, against
 * goldens; UPDATE_GOLDENS=1 writes them anew.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/card.h"
#include "small_case.h"
#include "text/json.h"

enum { TEXT_MAX = 1 << 20, DIR_MAX = 4096 };

typedef enum claque_rc (*printer)(struct card *card, struct claque_err *err);

static char golden_dir[DIR_MAX];

static struct claque_str
read_file(struct arena *perm, const char *path)
{
	char *text = ARENA_NEW(perm, char, TEXT_MAX);
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		return (struct claque_str){ 0 };
	n = fread(text, 1, TEXT_MAX - 1, f);
	(void)fclose(f);
	return (struct claque_str){ text, n };
}

/* What it prints on a stdout that is a file. */
static struct claque_str
printed(struct arena *perm, printer print, const char *lead)
{
	struct arena room = arena_new(64 << 20);
	struct card card = { .perm = room };
	struct claque_err err = { 0 };
	int kept = dup(STDOUT_FILENO);

	small_case_copy("card.claque");
	assert_ok(store_open(&card.store, "card.claque", STORE_READ, &err), err);
	assert_ok(list_find_subject(card.store, SUBJECT_cluster, str_of(lead), &card.cluster, &err),
		  err);
	assert_ok(list_row(card.store, LIST_CLUSTERS, card.cluster.id, &card.perm, &card.head, &err),
		  err);
	(void)fflush(stdout);
	assert_non_null(freopen("card.out", "wb", stdout));
	assert_ok(print(&card, &err), err);
	(void)fflush(stdout);
	assert_true(dup2(kept, STDOUT_FILENO) >= 0);
	(void)close(kept);
	store_close(card.store);
	arena_free(room);
	return read_file(perm, "card.out");
}

static void
check_golden(struct arena *perm, const char *name, struct claque_str got)
{
	const char *path = str_fmt(perm, "%s/%s", golden_dir, name).p;
	struct claque_str want = read_file(perm, path);

	if (getenv("UPDATE_GOLDENS") != NULL) {
		FILE *f = fopen(path, "wb");

		assert_non_null(f);
		assert_int_equal(fwrite(got.p, 1, got.len, f), got.len);
		assert_int_equal(fclose(f), 0);
	} else if (!str_eq(want, got)) {
		fail_msg("%s: is now\n" STR_FMT "\nand was\n" STR_FMT, name, STR_ARG(got),
			 STR_ARG(want));
	}
}

static void
a_lead_has_a_whole_card(void **state)
{
	struct arena whole = arena_new(64 << 20), perm = whole;

	(void)state;
	check_golden(&perm, "lead.txt", printed(&perm, card_print, "C001"));
	check_golden(&perm, "lead.json", printed(&perm, card_print_json, "C001"));
	arena_free(whole);
}

/* Of the second group little was measured: what is not known is said, or left out. */
static void
what_was_not_measured_is_not_made_up(void **state)
{
	struct arena whole = arena_new(64 << 20), perm = whole;

	(void)state;
	check_golden(&perm, "bare.txt", printed(&perm, card_print, "C002"));
	arena_free(whole);
}

static void
lines_are_no_wider_than_asked(void **state)
{
	static const char *const widths[] = { "40", "60", "132" };
	struct arena whole = arena_new(64 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++) {
		struct arena perm = whole;
		struct claque_str text, line;
		int64_t width;

		assert_int_equal(setenv("COLUMNS", widths[i], 1), 0);
		assert_true(str_to_i64(str_of(widths[i]), &width));
		text = printed(&perm, card_print, "C001");
		assert_true(text.len > 500);
		/* The parts whose lines are wrapped; headings and bars keep to 80. */
		for (bool on = true; on && str_cut(&text, '\n', &line);) {
			on = !str_starts(line, STR("INNOCENT"));
			if (on && line.len > (size_t)width)
				fail_msg("%s: " STR_FMT, widths[i], STR_ARG(line));
		}
	}
	assert_int_equal(unsetenv("COLUMNS"), 0);
	arena_free(whole);
}

static void
a_program_finds_each_part(void **state)
{
	static const char *const lists[] = { "evidence", "innocents", "members", "pairs", "shared",
					     "weeks" };
	struct arena whole = arena_new(64 << 20), perm = whole;
	json_t *o = json_parse(printed(&perm, card_print_json, "C001")), *reason;

	(void)state;
	assert_non_null(o);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (json_array_size(json_object_get(o, lists[i])) == 0)
			fail_msg("nothing under %s", lists[i]);
	reason = json_array_get(json_object_get(o, "evidence"), 0);
	assert_int_equal(json_array_size(json_object_get(reason, "examples")), 3);
	assert_int_equal(json_integer_value(json_object_get(reason, "popularity")), 11);
	assert_int_equal(json_integer_value(json_object_get(o, "pair_count")), 2);
	json_decref(o);
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lead_has_a_whole_card),
		cmocka_unit_test(what_was_not_measured_is_not_made_up),
		cmocka_unit_test(lines_are_no_wider_than_asked),
		cmocka_unit_test(a_program_finds_each_part),
	};
	const char *root = getenv("srcdir");
	char *whole = realpath(root != NULL ? root : ".", NULL);

	/* The fixture goes elsewhere; the goldens stay where they are. */
	(void)snprintf(golden_dir, sizeof(golden_dir), "%s/tests/golden/card", whole);
	free(whole);
	return cmocka_run_group_tests_name("card", tests, small_case_set_up, small_case_tear_down);
}
