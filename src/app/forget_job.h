/*
 * forget_job.h - a person out of a case for good: looked at, taken out, what is derived made
 * again, the file made anew, and verified.
 */
#ifndef APP_FORGET_JOB_H
#define APP_FORGET_JOB_H

#include "case/forget.h"

/* Something that was written to be given away while the case held them, as its entry tells. */
struct forget_export {
	int64_t seq, at;
	struct claque_str format, path, redaction;	/* redaction: "" where none was asked for */
};

struct forget_request {
	const struct claque_str *accounts;	/* as the analyst names them */
	size_t count;
	struct claque_str who, reason;
	bool replace_notes, dry_run;
	void (*note)(void *ctx, const struct annotation *a);
	/* An input file that holds rows of theirs, and goes on to. */
	void (*input)(void *ctx, struct claque_str path, struct claque_str sha256);
	/* An export that may name them, and may be with others; good until it returns. */
	void (*left)(void *ctx, const struct forget_export *e);
	void *ctx;
};

enum { FORGET_ACCOUNTS_MAX = 1000 };

struct forget_report {
	struct forget_result gone;
	bool was_found;			/* a run had found them: score again */
	struct verify_report verified;	/* afterwards; nothing on a dry run */
};

/* ENOTFOUND: no such account; EBUSY: somebody has the case open. Cannot be undone. */
CLAQUE_CHECKED enum claque_rc forget_job(struct store *store, const struct forget_request *request,
	const struct claque_progress *progress, struct forget_report *out, struct claque_err *err);

#endif
