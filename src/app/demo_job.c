#include "config.h"

#include "app/demo_job.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/import_job.h"
#include "app/score_job.h"
#include "base/err.h"
#include "scenario/generate.h"
#include "store/list.h"

enum { FOLDER_MODE = 0700 };

/* Every folder on the way to the file. */
static enum claque_rc
make_folders(const char *path, struct arena scratch, struct claque_err *err)
{
	struct claque_str whole = str_of(path);

	for (size_t i = 1; i < whole.len; i++) {
		const char *folder;

		if (whole.p[i] != '/')
			continue;
		folder = str_z(&scratch, str_sub(whole, 0, i));
		if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST)
			return err_set(err, CLAQUE_EIO, "%s: %s", folder, strerror(errno));
	}
	return CLAQUE_OK;
}

static enum claque_rc
default_path(struct arena *perm, const char **out, struct claque_err *err)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

	if (data != NULL && data[0] == '/')
		*out = str_fmt(perm, "%s/claque/demo.claque", data).p;
	else if (home != NULL && home[0] == '/')
		*out = str_fmt(perm, "%s/.local/share/claque/demo.claque", home).p;
	else
		return err_set(err, CLAQUE_EUSAGE, "neither XDG_DATA_HOME nor HOME is set; "
			       "name a case: claque demo FILE.claque");
	return CLAQUE_OK;
}

/* A demo that was cut off in the middle is not a demo: it has no run. */
static bool
is_scored(const char *path)
{
	struct store *store = NULL;
	struct store_counts counts = { 0 };
	struct claque_err err;
	bool scored = store_open(&store, path, STORE_READ, &err) == CLAQUE_OK &&
		      store_count_all(store, &counts, &err) == CLAQUE_OK && counts.clusters > 0;

	store_close(store);
	return scored;
}

/* The world appears whole: it is generated beside its place and renamed. */
static enum claque_rc
make_world(const struct demo *demo, struct arena scratch, const struct claque_progress *progress,
	   struct claque_err *err)
{
	struct scenario_settings settings = scenario_defaults();
	struct scenario_counts counts;
	const char *partial = str_fmt(&scratch, "%s.%ld", demo->world_path, (long)getpid()).p;
	enum claque_rc rc;

	if (access(demo->world_path, F_OK) == 0)
		return CLAQUE_OK;
	rc = scenario_generate(&settings, partial, progress, &counts, err);
	if (rc == CLAQUE_OK && rename(partial, demo->world_path) != 0)
		rc = err_set(err, CLAQUE_EIO, "%s: %s", demo->world_path, strerror(errno));
	return rc;
}

static void
drop_report(void *ctx, const struct import_report *report)
{
	struct claque_err *err = ctx;

	if (report->rc != CLAQUE_OK)
		(void)err_set(err, report->rc, "%s: %s", report->path, report->message);
}

/* Three of the files: the truth is for grading, and never goes into a case. */
static enum claque_rc
import_world(const struct demo *demo, struct claque_str who, const struct claque_progress *progress,
	     struct claque_err *err)
{
	struct claque_err worst = { .rc = CLAQUE_OK };
	struct import_request request = {
		.case_path = demo->case_path, .paths = &demo->world_path, .path_count = 1,
		.who = who, .ctx = &worst, .report = drop_report,
	};
	enum claque_rc rc = import_job(&request, progress, err);

	if (rc == CLAQUE_OK && worst.rc != CLAQUE_OK) {
		*err = worst;
		rc = worst.rc;
	}
	return rc;
}

static enum claque_rc
make_demo(const struct demo *demo, struct arena scratch, void (*say)(const char *line),
	  struct claque_str who, const struct claque_progress *progress, struct claque_err *err)
{
	struct claque_score_settings settings = claque_score_defaults();
	struct score_summary summary;
	enum claque_rc rc = make_folders(demo->case_path, scratch, err);

	say("generating a training world (synthetic: nobody in it exists) ...");
	if (rc == CLAQUE_OK)
		rc = make_world(demo, scratch, progress, err);
	say("importing it ...");
	if (rc == CLAQUE_OK)
		rc = import_world(demo, who, progress, err);
	say("scoring it ...");
	if (rc == CLAQUE_OK)
		rc = score_job(demo->case_path, &settings, who, progress, &summary, err);
	return rc;
}

enum claque_rc
demo_job(const char *case_path, struct arena *perm, void (*say)(const char *line),
	 const struct claque_str *who, const struct claque_progress *progress, struct demo *out,
	 struct claque_err *err)
{
	struct claque_str stem;
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct demo){ .case_path = case_path };
	if (case_path == NULL)
		rc = default_path(perm, &out->case_path, err);
	if (rc != CLAQUE_OK)
		return rc;
	stem = str_of(out->case_path);
	if (stem.len > 7 && str_eq(str_sub(stem, stem.len - 7, 7), STR(".claque")))
		stem.len -= 7;
	out->world_path = str_fmt(perm, STR_FMT "-world", STR_ARG(stem)).p;
	if (is_scored(out->case_path))
		return CLAQUE_OK;
	out->made_now = true;
	return make_demo(out, *perm, say, *who, progress, err);
}
