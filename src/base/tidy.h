/*
 * tidy.h - files that must not stay behind when memory has run out and the process ends.
 *
 * base_oom() does not return, so no `out:` label is reached: whoever is writing what is
 * not yet whole says here how it is taken away. That may fail again on its way.
 */
#ifndef BASE_TIDY_H
#define BASE_TIDY_H

/* The caller's until tidy_drop(), path and ctx with it. */
struct tidy {
	const char *path;		/* what is taken away */
	void (*run)(void *ctx);
	void *ctx;
	struct tidy *next;
};

void tidy_keep(struct tidy *t);
void tidy_drop(struct tidy *t);		/* takes one that was never kept */
/*
 * For base_oom(), of any thread: runs all of them, the last first, each once. NULL, or the
 * path of one that is still there, because memory ran out in there, too.
 */
const char *tidy_all(void);

#endif
