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

static enum claque_rc
import_world(struct import_request *request, const struct claque_progress *progress,
	     struct claque_err *err)
{
	struct claque_err failure = { .rc = CLAQUE_OK };
	enum claque_rc rc;

	request->ctx = &failure;
	request->report = keep_failure;
	rc = import_job(request, progress, err);
	if (rc == CLAQUE_OK && failure.rc != CLAQUE_OK) {
		*err = failure;
		rc = failure.rc;
	}
	return rc;
}

enum claque_rc
world_job(const char *case_path, const struct scenario_settings *settings,
	  const struct claque_str *who, const struct claque_progress *progress,
	  struct scenario_counts *out, struct claque_err *err)
{
	struct arena whole = arena_new(PATH_ARENA), perm = whole;
	const char *folder = world_folder(case_path, &perm);
	struct import_request request = { .case_path = case_path, .paths = &folder,
					  .path_count = 1, .who = *who };
	enum claque_rc rc = make_world(folder, settings, perm, progress, out, err);

	if (rc == CLAQUE_OK)
		rc = import_world(&request, progress, err);
	arena_free(whole);
	return rc;
}

/* --- straight into a case */

/* A table of a world, as a stream. */
struct source {
	struct scenario_world *world;
	enum scenario_table table;
};

static void
start_source(void *ctx)
{
	struct source *s = ctx;

	scenario_start(s->world, s->table);
}

static size_t
read_source(void *ctx, char *room, size_t size)
{
	struct source *s = ctx;

	return scenario_read(s->world, room, size);
}

/* In the order of an import, so that the case is the one that files would make. */
static const struct {
	enum scenario_table table;
	const char *format;
} inputs[SCENARIO_TABLES] = {
	{ SCENARIO_ACCOUNTS, "native-accounts" },
	{ SCENARIO_POSTS, "native-posts" },
	{ SCENARIO_CHANGES, "native-changes" },
};

static enum claque_rc
open_streams(struct scenario_world *world, const char *folder, struct arena *perm,
	     struct import_stream streams[SCENARIO_TABLES], const struct claque_progress *progress)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < SCENARIO_TABLES && rc == CLAQUE_OK; i++) {
		const char *name = scenario_table_name(inputs[i].table);
		struct source *source = ARENA_NEW(perm, struct source, 1);
		const struct scenario_digest *digest;

		*source = (struct source){ world, inputs[i].table };
		rc = scenario_digest(world, inputs[i].table, progress, &digest);
		streams[i] = (struct import_stream){
			.name = str_fmt(perm, "%s/%s", folder, name).p, .format = inputs[i].format,
			.sha256 = digest->sha256, .bytes = digest->bytes, .ctx = source,
			.start = start_source, .read = read_source };
	}
	return rc;
}

static enum claque_rc
put_truth(struct scenario_world *world, const char *folder, struct arena scratch,
	  struct claque_err *err)
{
	const char *partial = str_fmt(&scratch, "%s.%ld", folder, (long)getpid()).p;
	enum claque_rc rc;

	if (access(folder, F_OK) == 0)
		return scenario_wrote(world, folder) ? CLAQUE_OK :
		       err_set(err, CLAQUE_EINPUT, "%s is there already and holds another world; "
			       "choose another name for the case, or move it away", folder);
	rc = scenario_write_truth(world, partial, err);
	if (rc == CLAQUE_OK && rename(partial, folder) != 0)
		rc = err_set(err, CLAQUE_EIO, "%s: %s", folder, strerror(errno));
	return rc;
}

enum claque_rc
world_job_straight(const char *case_path, const struct scenario_settings *settings,
		   const struct claque_str *who, const struct claque_progress *progress,
		   struct scenario_counts *out, struct claque_err *err)
{
	struct arena whole = arena_new(PATH_ARENA), perm = whole;
	const char *folder = world_folder(case_path, &perm);
	struct import_stream streams[SCENARIO_TABLES];
	struct import_request request = { .case_path = case_path, .streams = streams,
					  .stream_count = SCENARIO_TABLES, .who = *who };
	struct scenario_world *world;
	enum claque_rc rc = scenario_open(settings, &world, err);

	*out = (struct scenario_counts){ 0 };
	if (rc == CLAQUE_OK)
		rc = open_streams(world, folder, &perm, streams, progress);
	if (rc == CLAQUE_OK)
		rc = put_truth(world, folder, perm, err);
	if (rc == CLAQUE_OK)
		rc = import_world(&request, progress, err);
	if (rc == CLAQUE_OK)
		*out = scenario_counts(world);
	scenario_close(world);
	arena_free(whole);
	return rc;
}
