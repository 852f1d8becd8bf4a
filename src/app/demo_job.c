#include "config.h"

#include "app/demo_job.h"

#include <unistd.h>

#include "app/score_job.h"
#include "app/world_job.h"
#include "base/err.h"
#include "base/folder.h"
#include "store/list.h"

static enum claque_rc
default_path(const struct lesson *lesson, struct arena *perm, const char **out,
	     struct claque_err *err)
{
	const char *name = lesson == NULL ? "demo.claque" :
			   str_fmt(perm, "lesson-" STR_FMT ".claque", STR_ARG(lesson->name)).p;

	*out = folder_of_user(perm, "XDG_DATA_HOME", ".local/share", name);
	if (*out == NULL)
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

/* A case with something else in it must not be filled with invented people. */
static enum claque_rc
refuse_other_case(const struct demo *demo, struct claque_err *err)
{
	if (access(demo->case_path, F_OK) != 0 || access(demo->world_path, F_OK) == 0)
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EUSAGE, "%s is there already and is no training case; "
		       "claque demo takes a new name", demo->case_path);
}

static enum claque_rc
make_demo(const struct demo *demo, const struct scenario_settings *world, struct arena scratch,
	  void (*say)(const char *line), struct claque_str who,
	  const struct claque_progress *progress, struct claque_err *err)
{
	struct score_order order = { .settings = claque_score_defaults(), .who = who };
	struct scenario_counts counts;
	struct score_summary summary;
	enum claque_rc rc = folder_make_for(demo->case_path, scratch, err);

	say("making a training world (synthetic: nobody in it exists) and importing it ...");
	if (rc == CLAQUE_OK)
		rc = world_job(demo->case_path, world, &who, progress, &counts, err);
	if (rc != CLAQUE_OK)
		return rc;
	say("scoring it ...");
	return score_job(demo->case_path, &order, progress, &summary, err);
}

enum claque_rc
demo_job(const struct demo_order *order, struct arena *perm, void (*say)(const char *line),
	 const struct claque_str *who, const struct claque_progress *progress, struct demo *out,
	 struct claque_err *err)
{
	struct scenario_settings world = scenario_defaults();
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct demo){ .case_path = order->case_path };
	if (order->lesson != NULL)
		rc = lesson_world(order->lesson, perm, &world, err);
	if (rc == CLAQUE_OK && order->case_path == NULL)
		rc = default_path(order->lesson, perm, &out->case_path, err);
	if (rc != CLAQUE_OK)
		return rc;
	out->world_path = world_folder(out->case_path, perm);
	if (is_scored(out->case_path))
		return CLAQUE_OK;
	rc = refuse_other_case(out, err);
	if (rc != CLAQUE_OK)
		return rc;
	return make_demo(out, &world, *perm, say, *who, progress, err);
}
