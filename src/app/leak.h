/*
 * leak.h - is anybody named in a finished export who must not be?
 *
 * It searches the bytes that are about to leave for every raw name of every hidden
 * account: ids, handles, display names, former ones, ids of posts. It shares nothing
 * with the redaction that should have kept them out (app/redact.h) but who is hidden.
 */
#ifndef APP_LEAK_H
#define APP_LEAK_H

#include "app/redact.h"

struct leaks;

/* Gathers the names. */
CLAQUE_CHECKED enum claque_rc leaks_new(struct leaks **out, const struct redactor *r,
	struct store *store, struct claque_err *err);
void leaks_free(struct leaks *l);		/* takes NULL */
/*
 * A file, or the files of a folder and of its folders. EUSAGE: somebody is named; the
 * message says how often, and where the first time. Called with the name under which it
 * leaves, which may itself name somebody. progress is ticked with the bytes that were
 * read; CLAQUE_STOPPED.
 */
CLAQUE_CHECKED enum claque_rc leaks_find(const struct leaks *l, const char *path,
	const char *leaves_as, const struct claque_progress *progress, struct claque_err *err);
/* Names too short to be told from any number or word: they are not searched for. */
size_t leaks_too_short(const struct leaks *l);

#endif
