/*
 * bundle.h - a case bundle, seen to be whole and read line by line, packed or not.
 */
#ifndef IMPORT_BUNDLE_H
#define IMPORT_BUNDLE_H

#include "base/buf.h"
#include "text/json.h"

/* What the table of formats calls it. */
#define BUNDLE_FORMAT "native-bundle"

struct bundle_head {
	struct buf header;		/* its first line */
	uint64_t lines;			/* before its end */
	char content[65];		/* SHA-256 of what is in it besides header and ledgers */
};

void bundle_head_init(struct bundle_head *head);
void bundle_head_done(struct bundle_head *head);
/*
 * Reads all of it. EINPUT: it was cut off, lost a line or was altered; EVERSION: a newer
 * claque made it; EIO; STOPPED.
 */
CLAQUE_CHECKED enum claque_rc bundle_check(const char *path,
	const struct claque_progress *progress, struct bundle_head *out, struct claque_err *err);
/* The same of bytes in memory. */
CLAQUE_CHECKED enum claque_rc bundle_check_bytes(struct claque_str bytes, struct bundle_head *out,
	struct claque_err *err);

struct bundle_line {
	uint64_t number;		/* in the file, from 1: the header's */
	struct claque_str type;		/* "post", "entry", ... */
	struct claque_str text;		/* the whole line */
	const json_t *row;
};

/* Each line between header and end; progress may be NULL. What each() returns ends it. */
CLAQUE_CHECKED enum claque_rc bundle_read(const char *path,
	const struct claque_progress *progress, void *ctx,
	enum claque_rc (*each)(void *ctx, const struct bundle_line *line, struct claque_err *err),
	struct claque_err *err);

#endif
