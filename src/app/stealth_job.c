#include "config.h"

#include "app/stealth_part.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/grade_job.h"
#include "app/score_job.h"
#include "app/world_job.h"
#include "base/err.h"
#include "base/tree.h"

enum { ROOM = 64 << 20, POSTS_LEAST = 10000 };

static const struct stealth_knob knobs[] = {
#define X(name_, word_, steps_, log_, help_) \
	{ .name = name_, .word = word_, .steps = steps_, .help = help_, .log = log_ },
	STEALTH_KNOB_LIST(X)
#undef X
};

enum { KNOBS = sizeof(knobs) / sizeof(*knobs) };

struct job {
	const struct stealth_order *order;
	const struct claque_progress *progress;
	const struct row_sink *sink;
	struct arena perm;
	const char *work, *case_path;	/* the folder of worlds, and the one at hand in it */
	struct script *turned;
	struct stealth_step *steps;
	size_t count;
	uint64_t done, total;		/* worlds */
};

size_t
stealth_knob_count(void)
{
	return KNOBS;
}

const struct stealth_knob *
stealth_knob(size_t i)
{
	return &knobs[i];
}

const struct stealth_knob *
stealth_knob_find(const char *name)
{
	for (size_t i = 0; i < KNOBS; i++)
		if (strcmp(knobs[i].name, name) == 0)
			return &knobs[i];
	return NULL;
}

/* --- the grades of one world */

static const char *const measures[STEALTH_FIGURES] = {
#define X(id, column, measure, help) [STEALTH_##id] = (measure),
	STEALTH_FIGURE_LIST(X)
#undef X
};

static void
no_head(void *ctx, const struct column *columns, size_t count)
{
	(void)ctx, (void)columns, (void)count;
}

/* Rows measure, kind, value, n, of. */
static bool
take_grade(void *ctx, const struct row *row)
{
	struct stealth_world *w = ctx;
	struct claque_str measure = row->values[0].s, kind = row->values[1].s;
	bool planted = str_eq(kind, STR("operation")), spam = str_eq(kind, STR("spam"));
	uint64_t n = (uint64_t)row->values[3].i, of = (uint64_t)row->values[4].i;

	for (unsigned f = 0; f < STEALTH_FIGURES; f++)
		if (str_eq(measure, str_of(measures[f])) && row->values[2].type == VALUE_REAL)
			w->figures[f] = row->values[2].r;
	if (str_eq(measure, STR("lead_recall"))) {
		w->flagged = n;
		w->planted = of;
	} else if (str_eq(measure, STR("flagged")) && !planted && !spam) {
		w->accused += n;
		w->innocents += of;
	}
	return true;
}

static enum claque_rc
grade_world(const struct job *j, struct arena scratch, struct stealth_world *out,
	    struct claque_err *err)
{
	const struct grade_request request = { .case_path = j->case_path,
					       .truth = world_folder(j->case_path, &scratch) };
	const struct row_sink sink = { out, no_head, take_grade };
	enum claque_rc rc;

	for (unsigned f = 0; f < STEALTH_FIGURES; f++)
		out->figures[f] = (double)NAN;
	rc = grade_job(&request, &sink, err);
	if (out->innocents > 0)
		out->figures[STEALTH_ACCUSED] = (double)out->accused / (double)out->innocents;
	return rc;
}

/* --- one world, made, scored, graded and taken away */

/* Of one that was stopped in the middle, too. */
static void
discard_worlds(const struct job *j, struct arena scratch)
{
	const char *world = world_folder(j->case_path, &scratch);
	struct claque_err err;
	struct tree_file *files;
	size_t count;

	if (tree_list(j->work, &scratch, &files, &count, &err) == CLAQUE_OK)
		for (size_t i = 0; i < count; i++)
			(void)unlink(str_fmt(&scratch, "%s/%s", j->work, files[i].path).p);
	(void)rmdir(world);
	(void)rmdir(str_fmt(&scratch, "%s.%ld", world, (long)getpid()).p);
}

static bool
tick(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	const struct job *j = ctx;

	(void)stage, (void)done, (void)total;
	return j->progress->tick == NULL ||
	       j->progress->tick(j->progress->ctx, "grading worlds", j->done, j->total);
}

static enum claque_rc
try_world(struct job *j, struct stealth_world *out, struct claque_err *err)
{
	struct scenario_settings settings = script_settings(j->turned);
	struct score_order score = { .settings = claque_score_defaults(), .who = j->order->who };
	const struct claque_progress progress = { j, tick };
	struct scenario_counts counts;
	struct score_summary summary;
	enum claque_rc rc;

	settings.posts = j->order->posts;
	settings.seed = out->seed;
	rc = world_job(j->case_path, &settings, &j->order->who, &progress, &counts, err);
	if (rc == CLAQUE_OK)
		rc = score_job(j->case_path, &score, &progress, &summary, err);
	if (rc == CLAQUE_OK)
		rc = grade_world(j, j->perm, out, err);
	discard_worlds(j, j->perm);
	j->done++;
	return rc;
}

/* --- the steps */

static struct stealth_spread
spread_of(const struct stealth_world *worlds, size_t count, unsigned figure)
{
	struct stealth_spread s = { (double)NAN, (double)NAN, (double)NAN };
	double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		double x = worlds[i].figures[figure];

		if (isnan(x))
			continue;
		sum += x;
		n++;
		s.least = fmin(s.least, x);	/* of a NAN and a number the number */
		s.most = fmax(s.most, x);
	}
	if (n > 0)
		s.mean = sum / (double)n;
	return s;
}

static enum claque_rc
try_step(struct job *j, struct stealth_step *step, struct claque_err *err)
{
	struct stealth_world *worlds = ARENA_NEW(&j->perm, struct stealth_world, j->order->seeds);
	struct value *values = ARENA_NEW(&j->perm, struct value, stealth_column_count);
	enum claque_rc rc;

	*j->turned = *j->order->script;
	rc = script_turn(j->turned, step->knob->word, step->value, &step->x, err);
	for (uint32_t i = 0; i < j->order->seeds && rc == CLAQUE_OK; i++) {
		worlds[i].seed = j->order->script->settings.seed + i;
		rc = try_world(j, &worlds[i], err);
	}
	if (rc != CLAQUE_OK)
		return rc;
	step->worlds = worlds;
	step->count = j->order->seeds;
	for (unsigned f = 0; f < STEALTH_FIGURES; f++)
		step->figures[f] = spread_of(worlds, step->count, f);
	stealth_values(step, values);
	(void)j->sink->each(j->sink->ctx, &(struct row){ step - j->steps + 1, values });
	return CLAQUE_OK;
}

/* All values are tried before the first world is made. */
static enum claque_rc
plan_steps(struct job *j, const struct stealth_knob *knob, struct claque_err *err)
{
	struct claque_str rest = j->order->steps, value;
	size_t first = j->count;
	enum claque_rc rc = CLAQUE_OK;

	if (rest.len == 0)
		rest = str_of(knob->steps);
	while (rc == CLAQUE_OK && str_cut(&rest, ',', &value)) {
		struct stealth_step *step = &j->steps[j->count];

		if (j->count - first == STEALTH_STEPS_MAX)
			return err_set(err, CLAQUE_EUSAGE, "more than %d steps; leave some out",
				       STEALTH_STEPS_MAX);
		*step = (struct stealth_step){ .knob = knob, .value = str_trim(value) };
		*j->turned = *j->order->script;
		rc = script_turn(j->turned, knob->word, step->value, &step->x, err);
		j->count++;
	}
	return rc;
}

static enum claque_rc
plan(struct job *j, struct claque_err *err)
{
	const struct stealth_knob *only = j->order->knob;
	enum claque_rc rc = CLAQUE_OK;

	j->turned = ARENA_NEW(&j->perm, struct script, 1);
	j->steps = ARENA_NEW(&j->perm, struct stealth_step, (size_t)KNOBS * STEALTH_STEPS_MAX + 1);
	for (size_t k = 0; k < KNOBS && rc == CLAQUE_OK; k++)
		if (only == NULL || only == &knobs[k])
			rc = plan_steps(j, &knobs[k], err);
	j->total = j->count * j->order->seeds;
	return rc;
}

/* --- the folder */

static enum claque_rc
check_order(const struct stealth_order *o, struct claque_err *err)
{
	if (o->script->demo || o->script->network_count == 0)
		return err_set(err, CLAQUE_EUSAGE, "scenario " STR_FMT " has no network whose knobs "
			       "could be turned; claque generate --scenarios lists others",
			       STR_ARG(o->script->name));
	if (o->posts < POSTS_LEAST || o->seeds < 1 || o->seeds > STEALTH_SEEDS_MAX)
		return err_set(err, CLAQUE_EUSAGE, "a world has at least %d posts, a step 1 to %d "
			       "worlds", POSTS_LEAST, STEALTH_SEEDS_MAX);
	if (o->steps.len > 0 && o->knob == NULL)
		return err_set(err, CLAQUE_EUSAGE, "steps are values of one knob; name it");
	return CLAQUE_OK;
}

static enum claque_rc
prepare_folder(struct job *j, struct claque_err *err)
{
	static const char *const names[] = { "stealth.csv", "stealth.md", "stealth.svg", "worlds" };
	const char *out = j->order->out;

	if (mkdir(out, 0700) != 0 && errno != EEXIST)
		return err_set(err, CLAQUE_EIO, "cannot make '%s': %s", out, strerror(errno));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *path = str_fmt(&j->perm, "%s/%s", out, names[i]).p;

		if (access(path, F_OK) == 0)
			return err_set(err, CLAQUE_EUSAGE, "'%s' is there already; name another "
				       "folder, or take it away", path);
	}
	j->work = str_fmt(&j->perm, "%s/worlds", out).p;
	j->case_path = str_fmt(&j->perm, "%s/w.claque", j->work).p;
	if (mkdir(j->work, 0700) != 0)
		return err_set(err, CLAQUE_EIO, "cannot make '%s': %s", j->work, strerror(errno));
	return CLAQUE_OK;
}

static enum claque_rc
run(struct job *j, struct claque_err *err)
{
	const struct stealth_curve curve = { j->order, j->steps, j->count };
	enum claque_rc rc = CLAQUE_OK;

	j->sink->head(j->sink->ctx, stealth_columns, stealth_column_count);
	for (size_t i = 0; i < j->count && rc == CLAQUE_OK; i++)
		rc = try_step(j, &j->steps[i], err);
	(void)rmdir(j->work);
	return rc == CLAQUE_OK ? stealth_write(&curve, err) : rc;
}

enum claque_rc
stealth_job(const struct stealth_order *order, const struct claque_progress *progress,
	    const struct row_sink *sink, struct claque_err *err)
{
	struct arena whole = arena_new(ROOM);
	struct job j = { .order = order, .progress = progress, .sink = sink, .perm = whole };
	enum claque_rc rc = check_order(order, err);

	if (rc == CLAQUE_OK)
		rc = plan(&j, err);
	if (rc == CLAQUE_OK)
		rc = prepare_folder(&j, err);
	if (rc == CLAQUE_OK)
		rc = run(&j, err);
	arena_free(whole);
	return rc;
}
