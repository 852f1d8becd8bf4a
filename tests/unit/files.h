/*
 * files.h - files that tests write.
 */
#ifndef TESTS_UNIT_FILES_H
#define TESTS_UNIT_FILES_H

#include <stdio.h>

#include "test.h"

/* All of the text and nothing else, in place of what is there. */
static inline void
write_file(const char *path, struct claque_str text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text.p != NULL ? text.p : "", 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
}

#endif
