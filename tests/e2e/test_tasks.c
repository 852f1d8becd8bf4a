/*
 * test_tasks.c - ten things that an investigator does, each with the keys that
 * the README tells: pressed as they are there, they must show the answer, and
 * none may take more than a dozen.
 */
#include "config.h"

#include "../unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit/small_case.h"
#include "sitting.h"
#include "tui/key.h"

enum { STROKES_MAX = 12, ANSWERS_MAX = 4, README_BYTES = 1 << 20 };

#define METHOD_FILE "m.md"

static const struct task {
	const char *what, *keys;
	const char *answers[ANSWERS_MAX];	/* all of them stand on the screen then */
} tasks[] = {
	{ "Who leads the strongest lead, and what did they share first?", "of<Enter>",
	  { "@ivan142 › Dossier", "They will never tell you" } },
	{ "What have these three members in common?", "<Enter><Space><Space><Space>os",
	  { "3 accounts › Sources", "5 of 5 sources", "https://news[.]example/a1" } },
	{ "Who else changed their profile in the same hours?", "oh<Enter>",
	  { "› Accounts", "olga795" } },
	{ "Is this fandom? What speaks against the lead?", "e",
	  { "fandom 0.00", "AGAINST", "1 of 6 has posted for years", "Disproved if" } },
	{ "Are these two more alike than random pairs?", "2<Space>=",
	  { "@olga795 › Compare", "20 random pairs", "sources in common      5       1  0/20" } },
	{ "When is the group awake, and how soon does it follow its first?", "ot",
	  { "hour x weekday (UTC): C001", "<=60 s", "80 %   control   0 %" } },
	{ "Whose posts fall into this fortnight?", "6v<C-d><C-d><C-d>v4f",
	  { "LENS 2016-09-20T12:00Z..2016-10-06", "FACETS", "C001" } },
	{ "Which posts carry the same trick as this one?", "4jjo14",
	  { "U+200B zero width › Posts", "6 of 6 posts" } },
	{ "Which members are on a published list?", "ox<Enter>",
	  { "ivan142 › Accounts", "1 of 1 accounts" } },
	{ "Note it, and write down how it was found.", "cok<Enter>TE" METHOD_FILE "<Enter>",
	  { "as a method section: " METHOD_FILE } },
};

enum { TASKS = sizeof(tasks) / sizeof(tasks[0]) };

static int
strokes_of(const char *keys)
{
	struct claque_str rest = str_of(keys);
	uint32_t key;
	int n = 0;

	while (key_parse(&rest, &key))
		n++;
	assert_int_equal(rest.len, 0);
	return n;
}

static void
every_task_is_done_by_its_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < TASKS; i++) {
		struct pty *p = sitting_fresh(36, 120);

		pty_keys(p, tasks[i].keys);
		for (int k = 0; k < ANSWERS_MAX && tasks[i].answers[k] != NULL; k++)
			assert_screen(p, tasks[i].answers[k]);
		pty_keys(p, "<Esc>");
		sitting_end(p);
	}
	assert_int_equal(unlink(METHOD_FILE), 0);
}

static void
none_takes_more_than_a_dozen_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < TASKS; i++)
		assert_in_range(strokes_of(tasks[i].keys), 1, STROKES_MAX);
}

static struct claque_str
read_readme(struct arena *perm)
{
	const char *srcdir = getenv("srcdir");
	const char *path = str_fmt(perm, "%s/README.md", srcdir != NULL ? srcdir : ".").p;
	char *text = ARENA_NEW(perm, char, README_BYTES);
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, README_BYTES, f);
	assert_int_equal(fclose(f), 0);
	return (struct claque_str){ text, n };
}

static void
the_readme_tells_these_tasks_and_no_others(void **state)
{
	struct arena whole = arena_new(2 * README_BYTES), perm = whole;
	struct claque_str readme = read_readme(&perm), line;
	size_t told = 0;

	(void)state;
	for (size_t i = 0; i < TASKS; i++) {
		struct claque_str row = str_fmt(&perm, "| %s | `%s` | %d |\n", tasks[i].what,
						tasks[i].keys, strokes_of(tasks[i].keys));

		if (str_find(readme, row, 0) == readme.len)
			fail_msg("README.md has no row " STR_FMT, STR_ARG(row));
	}
	readme = str_sub(readme, str_find(readme, STR("| task | keys |"), 0), readme.len);
	while (str_cut(&readme, '\n', &line) && str_starts(line, STR("|")))
		told++;
	assert_int_equal(told, TASKS + 2);
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_task_is_done_by_its_keys),
		cmocka_unit_test(none_takes_more_than_a_dozen_keys),
		cmocka_unit_test(the_readme_tells_these_tasks_and_no_others),
	};

	return sitting_run(tests);
}
