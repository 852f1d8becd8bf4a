/*
 * hostile_case.h - every trick with text that we know of, everywhere that text from outside may
 * stand in a case: names, profiles, posts, links, hashtags, sites, indicators, changes, file
 * names, places in a file, notes, tags and events.
 */
#ifndef TESTS_UNIT_HOSTILE_CASE_H
#define TESTS_UNIT_HOSTILE_CASE_H

#include "base/str.h"

/* The tricks alone, for whatever else takes text; some have a NUL, some are no UTF-8. */
extern const struct claque_str hostile_words[];
extern const size_t hostile_word_count;

/* Puts it all into the copy of the small case of this name; members of C001 share it. */
void hostile_case_add(const char *name);

#endif
