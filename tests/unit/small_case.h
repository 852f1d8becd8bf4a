/*
 * small_case.h - a case of a dozen accounts with two groups, small enough to
 * know by heart, and with the tricks in its names and posts that a screen must
 * survive.
 */
#ifndef TESTS_UNIT_SMALL_CASE_H
#define TESTS_UNIT_SMALL_CASE_H

#include "case/case.h"

/* Makes a folder of its own, goes there, and writes demo-2016.claque; fails the test if it cannot. */
void small_case_make(void);
/* A fresh copy under this name. */
void small_case_copy(const char *name);
/* A case with nothing in it. */
void small_case_empty(const char *name);
/* Puts five public events into that copy; one of them has a label with tricks. */
void small_case_add_events(const char *name);
/* Writes what a colleague says of the same accounts, for a merge. */
void small_case_colleague(const char *name);
/* What a query says of the case with this name. */
int64_t small_case_number(const char *name, const char *sql);
struct verify_report small_case_verify(const char *name);
/* Removes the folder and what is in it. */
void small_case_remove(void);
/* Both as the fixture of a group of tests. */
int small_case_set_up(void **state);
int small_case_tear_down(void **state);

#endif
