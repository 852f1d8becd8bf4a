/*
 * test_two.c - two workbenches on two terminals at one case, and a command beside them. One
 * of them writes, the other is told so for every act it tries, and nothing is lost.
 */
#include "config.h"

#include "../unit/test.h"

#include <signal.h>

#include "../unit/small_case.h"
#include "sitting.h"

#define REFUSED "the case is open for reading only: another workbench"

/* Two that begin at the same moment, in either order. */
static void
open_both(struct pty **writes, struct pty **reads)
{
	struct pty *a, *b;

	small_case_copy("copy.claque");
	a = sitting_open(24, 80);
	b = sitting_open(24, 80);
	assert_screen(a, "Clusters");
	assert_screen(b, "Clusters");
	*reads = pty_find(a, "[RO]", &(int){ 0 }, &(int){ 0 }) ? a : b;
	*writes = *reads == a ? b : a;
	assert_screen(*reads, "[RO]");
	assert_screen(*reads, "opened for reading only: the case is open in another workbench");
	assert_false(pty_find(*writes, "[RO]", &(int){ 0 }, &(int){ 0 }));
}

/* At a terminal of its own, by somebody else; it ends well. */
static void
run_command(const char *const *argv)
{
	const char *env[] = { "CLAQUE_WHO=third", "CLAQUE_CLOCK=2026-11-21T14:00:00Z", NULL };
	struct pty *p = pty_start(argv, env, 24, 80);

	assert_exit(p, 0);
	pty_free(p);
}

#define COMMAND(...) run_command((const char *const[]){ sitting_program(), __VA_ARGS__, NULL })

static void
both_annotate_and_one_is_told_that_it_cannot(void **state)
{
	static const char *const acts[] = { "c", "t", "p", "d", "A", "u", "U" };
	struct pty *writes, *reads;

	(void)state;
	open_both(&writes, &reads);
	pty_keys(writes, "cby the first<Enter>");
	assert_screen(writes, "noted on");
	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
		pty_keys(reads, "j<Esc>");
		assert_true(pty_wait_gone(reads, REFUSED));
		pty_keys(reads, acts[i]);
		assert_screen(reads, REFUSED);
	}
	pty_keys(writes, "tafter<Enter>");
	assert_screen(writes, "tagged");
	pty_keys(reads, "9");		/* it sees what the other one wrote */
	assert_screen(reads, "by the first");
	assert_screen(reads, "2 of 2 notes");
	sitting_end(reads);
	sitting_end(writes);
	COMMAND("verify", "copy.claque");
}

static void
a_command_beside_them_is_seen_by_both(void **state)
{
	struct pty *writes, *reads;

	(void)state;
	open_both(&writes, &reads);
	pty_keys(writes, "9");
	pty_keys(reads, "9");
	COMMAND("note", "copy.claque", "cluster", "C002", "by a command");
	pty_keys(writes, "j");
	assert_screen(writes, "by a command");
	pty_keys(reads, "j");
	assert_screen(reads, "by a command");
	pty_keys(writes, "1cby the first<Enter>");
	assert_screen(writes, "noted on");
	pty_keys(writes, "9");
	assert_screen(writes, "2 of 2 notes");
	sitting_end(writes);
	sitting_end(reads);
}

/* Who reads goes on reading; who comes after that may write. */
static void
when_the_first_is_killed_the_next_may_write(void **state)
{
	struct pty *writes, *reads, *next;

	(void)state;
	open_both(&writes, &reads);
	pty_keys(writes, "cby the first<Enter>");
	assert_screen(writes, "noted on");
	pty_signal(writes, SIGKILL);
	assert_killed(writes, SIGKILL);
	pty_free(writes);
	next = sitting_open(24, 80);
	assert_screen(next, "Clusters");
	pty_keys(next, "cby the next<Enter>");
	assert_screen(next, "noted on");
	pty_keys(next, "9");
	assert_screen(next, "2 of 2 notes");
	pty_keys(reads, "9");
	assert_screen(reads, "2 of 2 notes");
	sitting_end(reads);
	sitting_end(next);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_annotate_and_one_is_told_that_it_cannot),
		cmocka_unit_test(a_command_beside_them_is_seen_by_both),
		cmocka_unit_test(when_the_first_is_killed_the_next_may_write),
	};

	return sitting_run(tests);
}
