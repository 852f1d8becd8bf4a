#include "config.h"

#include "app/world_job.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "app/import_job.h"
#include "base/err.h"

enum { PATH_ARENA = 1 << 16 };

const char *
world_folder(const char *case_path, struct arena *perm)
{
	struct claque_str stem = store_stem(case_path);

	return str_fmt(perm, STR_FMT "-world", STR_ARG(stem)).p;
}

/* The world appears whole: it is generated beside its place and renamed. */
static enum claque_rc
make_world(const char *folder, const struct scenario_settings *settings, struct arena scratch,
	   const struct claque_progress *progress, struct scenario_counts *out, struct claque_err *err)
{
	const char *partial = str_fmt(&scratch, "%s.%ld", folder, (long)getpid()).p;
	enum claque_rc rc;

	*out = (struct scenario_counts){ 0 };
	if (access(folder, F_OK) == 0)
		return CLAQUE_OK;
	rc = scenario_generate(settings, partial, progress, out, err);
	if (rc == CLAQUE_OK && rename(partial, folder) != 0)
		rc = err_set(err, CLAQUE_EIO, "%s: %s", folder, strerror(errno));
	return rc;
}

/* Keeps the last failure: a world of which one file is missing is none. */
static void
keep_failure(void *ctx, const struct import_report *report)
{
	struct claque_err *err = ctx;

	if (report->rc != CLAQUE_OK)
		(void)err_set(err, report->rc, "%s: %s", report->path, report->message);
}

enum claque_rc
world_job(const char *case_path, const struct scenario_settings *settings,
	  const struct claque_str *who, const struct claque_progress *progress,
	  struct scenario_counts *out, struct claque_err *err)
{
	struct arena whole = arena_new(PATH_ARENA), perm = whole;
	const char *folder = world_folder(case_path, &perm);
	struct claque_err failure = { .rc = CLAQUE_OK };
	struct import_request request = {
		.case_path = case_path, .paths = &folder, .path_count = 1,
		.who = *who, .ctx = &failure, .report = keep_failure,
	};
	enum claque_rc rc = make_world(folder, settings, perm, progress, out, err);

	if (rc == CLAQUE_OK)
		rc = import_job(&request, progress, err);
	if (rc == CLAQUE_OK && failure.rc != CLAQUE_OK) {
		*err = failure;
		rc = failure.rc;
	}
	arena_free(whole);
	return rc;
}
