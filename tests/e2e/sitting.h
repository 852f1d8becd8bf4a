/*
 * sitting.h - the workbench at a terminal over the case of small_case.h: what
 * every journey begins and ends with.
 */
#ifndef TESTS_E2E_SITTING_H
#define TESTS_E2E_SITTING_H

#include "pty.h"

/* The program under test; known once sitting_possible() was asked. */
const char *sitting_program(void);
/* Opens copy.claque as it is, at a fixed time by a fixed analyst. */
struct pty *sitting_open(int rows, int cols);
/* A fresh copy, with its first screen there. */
struct pty *sitting_fresh(int rows, int cols);
/* Quits; fails the test unless terminal and wire were left clean. */
void sitting_end(struct pty *p);
/* False where there is no terminal to be had. Finds the program. */
bool sitting_possible(void);

/*
 * What main() returns: runs the tests in the folder of the small case, or skips.
 * A macro, for cmocka counts the array.
 */
#define sitting_run(tests) \
	(!sitting_possible() ? pty_skip() : \
	 cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down))

#endif
