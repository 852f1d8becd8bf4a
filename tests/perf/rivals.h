/*
 * rivals.h - the programs that are measured, as a table: how each is started on the
 * file it reads best, how its first data row is known, and its keys.
 */
#ifndef TESTS_PERF_RIVALS_H
#define TESTS_PERF_RIVALS_H

#include <stddef.h>

/* The same posts in each, in the same order. */
enum perf_input { INPUT_CASE, INPUT_CSV, INPUT_LOG };

enum { RIVAL_ARGS = 8, RIVAL_GROUPS = 8 };

/* A group of single keys (or short chords), pressed in turn, each timed by itself. */
struct key_group {
	const char *name;
	const char *keys[8];	/* as pty_keys() takes them; NULL ends */
	int rounds;		/* how many keys in all */
	int quiet_ms;		/* no byte for so long: painted; 0: QUIET_MS */
};

struct rival {
	const char *name, *title;
	const char *argv[RIVAL_ARGS];	/* found along PATH; "%s" is the file */
	enum perf_input input;
	const char *move[2];		/* down, up */
	const char *page[2];
	const char *end, *top;		/* NULL: there is none */
	const char *search;		/* for what is nowhere; NULL: none */
	const char *missed;		/* what the screen says then */
	const char *row;		/* on it once it shows data; NULL: the first row is seen */
};

extern const struct rival rivals[];
extern const size_t rival_count;

/* What only claque is asked: from the screen that `at` leads to. */
struct chapter {
	const char *name, *at;
	const char *needle;		/* on the screen when it is there */
	struct key_group group;
};
extern const struct chapter chapters[];
extern const size_t chapter_count;

#endif
