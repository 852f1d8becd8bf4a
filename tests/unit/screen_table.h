/* screen_table.h - tests/screen/SCREENS: every screen and overlay, and the ways to it. */
#ifndef TESTS_UNIT_SCREEN_TABLE_H
#define TESTS_UNIT_SCREEN_TABLE_H

#include "base/arena.h"

enum { SCREEN_LINES_MAX = 150 };

struct screen_line {
	struct claque_str name, of;
	struct claque_str screen, subject, with, lens;	/* as `claque screen` takes them */
	struct claque_str keys;				/* pressed by it then */
	struct claque_str way;				/* keys from the first screen */
	bool hostile;					/* drawn over hostile_case.h */
};

struct screen_table {
	struct screen_line lines[SCREEN_LINES_MAX];
	size_t count;
};

/* Fails the test if it is not there or not understood. */
void screen_table_read(struct screen_table *out, struct arena *perm);
/* A file of tests/screen; .p is NULL if there is none. */
struct claque_str screen_file_read(struct arena *perm, struct claque_str name, const char *ending);
void screen_file_write(struct arena scratch, struct claque_str name, const char *ending,
		       struct claque_str text);
/* The folder itself. */
const char *screen_folder(struct arena *perm);

#endif
