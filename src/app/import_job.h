/*
 * import_job.h - files into a case: sniff, hash, read, store, report.
 *
 * The case is made if it is absent. Every file is one input with its SHA-256;
 * a file that was imported before adds nothing, one that was interrupted goes
 * on where it stopped.
 */
#ifndef APP_IMPORT_JOB_H
#define APP_IMPORT_JOB_H

#include "app/bundle_job.h"
#include "base/str.h"
#include "import/import.h"
#include "store/writer.h"

enum { REFUSALS_SHOWN = 5 };

struct import_refusal {
	uint64_t row;
	char reason[200];
};

/* What became of one file. */
struct import_report {
	const char *path, *format;	/* format NULL: it could not be read */
	enum claque_rc rc;		/* CLAQUE_OK, or why it was not (wholly) taken */
	char message[400];		/* with rc */
	bool done_before;		/* the very same file was in the case already */
	uint64_t resumed_at;		/* rows that an earlier run had committed */
	struct input_totals totals;
	struct import_refusal refusals[REFUSALS_SHOWN];	/* the first ones of this run */
	size_t refusal_count;
	struct import_totals seen;	/* of this run: unknown columns, times of ids */
	bool is_bundle;			/* a whole case: */
	struct bundle_report bundle;
	int64_t took_ms;
};

/* Milliseconds behind the last row, until all that follows from the rows was in the case. */
struct import_after {
	struct store_spent of;		/* part of all */
	int64_t digests, all;		/* digests: waited for, and the ledger's entry */
};

struct import_request {
	const char *case_path;
	const char *const *paths;	/* files or folders */
	size_t path_count;
	const struct import_stream *streams;	/* after them */
	size_t stream_count;
	const char *format;		/* name, or path of a mapping file; NULL: by content */
	const struct claque_str *map;	/* "column=field" */
	size_t map_count;
	bool dry_run;			/* read and report, write nothing, need no case */
	struct claque_str who;
	void *ctx;
	void (*report)(void *ctx, const struct import_report *report);
	/* Once, where a file was taken; NULL: not told. */
	void (*after)(void *ctx, const struct import_after *after);
	/* What is wrong with mapping files that nobody named; NULL: not told. */
	void (*warn)(void *ctx, struct claque_str text);
};

/*
 * CLAQUE_OK when at least one file was taken (or was there already); the rc of
 * the first file that failed when none was. CLAQUE_STOPPED when cancelled.
 */
CLAQUE_CHECKED enum claque_rc import_job(const struct import_request *request,
	const struct claque_progress *progress, struct claque_err *err);

#endif
