/*
 * jobs.c - two menus of where the session stands: what takes long and what took, and
 * the way here as steps that can be gone back to.
 */
#include "config.h"

#include "tui/view.h"

#include "app/jobs.h"
#include "base/clock.h"

enum { BOX_COLS = 76, NAME_COLS = 34, STATE_COL = 36, TIME_COL = 46, COUNT_COL = 54 };

static struct claque_str
time_text(struct arena *perm, int64_t ms)
{
	if (ms < 60000)
		return str_fmt(perm, "%.1f s", (double)ms / 1e3);
	return str_fmt(perm, "%lld:%02lld", (long long)(ms / 60000), (long long)(ms / 1000 % 60));
}

static struct claque_str
done_text(struct arena *perm, const struct job *job)
{
	struct claque_str done = count_grouped(perm, (int64_t)job->done);

	if (job->done == 0)
		return STR("");
	if (job->total <= job->done)
		return done;
	return str_fmt(perm, "%3llu%%  " STR_FMT " of " STR_FMT,
		       (unsigned long long)(job->done * 100 / job->total), STR_ARG(done),
		       STR_ARG(count_grouped(perm, (int64_t)job->total)));
}

static void
draw_job(struct ui *u, struct area a, int line, const struct job *job)
{
	struct arena *perm = &u->grid.scratch;
	bool runs = job->state == JOB_RUNS;

	(void)grid_safe(&u->grid, a, line, 1, NAME_COLS, STYLE_PLAIN,
			text_defanged(perm, str_of(job->name)), NULL, 0);
	(void)grid_text(&u->grid, a, line, STATE_COL, runs ? STYLE_LEAD :
			job->state == JOB_DONE ? STYLE_DIM : STYLE_WARN,
			str_of(jobs_state_word(job->state)));
	(void)grid_text(&u->grid, a, line, TIME_COL, STYLE_DIM,
			time_text(perm, runs ? clock_ticks() - job->began : job->took));
	(void)grid_text(&u->grid, a, line, COUNT_COL, STYLE_DIM, done_text(perm, job));
}

/* Also drawn while a job runs, over what was there: it asks the session for nothing else. */
static void
draw_jobs(struct ui *u)
{
	struct arena kept = u->grid.scratch;
	size_t count = jobs_count(u->s), top = 0;
	struct area a = overlay_box(u, count > 0 ? (int)count : 1, BOX_COLS, STR("jobs"));

	u->choices = count;
	if (u->choice >= (size_t)a.rows)
		top = u->choice - (size_t)a.rows + 1;
	if (count == 0)
		(void)grid_text(&u->grid, a, 0, 1, STYLE_DIM,
				STR("nothing has taken long since the case was opened"));
	for (size_t i = top; i < count && (int)(i - top) < a.rows; i++) {
		draw_job(u, a, (int)(i - top), jobs_get(u->s, i));
		overlay_choice(u, a, (int)(i - top), i == u->choice);
	}
	if (count == 0) {
		u->grid.cursor_row = a.row;
		u->grid.cursor_col = a.col;
	}
	u->grid.scratch = kept;
}

static void
key_jobs(struct ui *u, uint32_t key)
{
	if (ui_choose(u, key, true))
		return;
	if (key == 'd')
		jobs_cancel(u->s);
	else
		u->overlay = OVERLAY_NONE;
}

/* --- crumbs */

static void
draw_crumbs(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	size_t count = session_step_at(u->s) + 1, top = 0;
	struct area a = overlay_box(u, (int)count, BOX_COLS, STR("the way here"));

	u->choices = count;
	if (u->choice >= (size_t)a.rows)
		top = u->choice - (size_t)a.rows + 1;
	for (size_t i = top; i < count && (int)(i - top) < a.rows; i++) {
		const struct place *p = session_step(u->s, i);
		int line = (int)(i - top), col = 2 + 2 * (int)(i < 10 ? i : 10);

		col += grid_text(&u->grid, a, line, col, STYLE_BOLD,
				 str_of(screen_get(p->screen)->title)) + 2;
		col += grid_safe(&u->grid, a, line, col, NAME_COLS, STYLE_PLAIN,
				 text_defanged(perm, session_place_name(u->s, p, perm)), NULL, 0);
		if (!lens_is_open(&p->lens))
			(void)grid_safe(&u->grid, a, line, col + 2, a.cols - col - 3, STYLE_DIM,
					lens_text(perm, &p->lens), NULL, 0);
		overlay_choice(u, a, line, i == u->choice);
	}
}

/* Back as often as it takes, so that > leads forward again. */
static void
go_back_to(struct ui *u, size_t step)
{
	u->overlay = OVERLAY_NONE;
	while (session_step_at(u->s) > step)
		(void)session_back(u->s);
}

static void
key_crumbs(struct ui *u, uint32_t key)
{
	if (ui_choose(u, key, true))
		return;
	if (key == CK_ENTER)
		go_back_to(u, u->choice);
	else
		u->overlay = OVERLAY_NONE;
}

void
crumbs_open(struct ui *u)
{
	ui_open(u, OVERLAY_CRUMBS);
	u->choice = session_step_at(u->s);
	u->choices = u->choice + 1;
}

const struct overlay_ops overlay_jobs = {
	draw_jobs, key_jobs, " d cancel what runs   Esc closes" };
const struct overlay_ops overlay_crumbs = {
	draw_crumbs, key_crumbs, " Enter goes there   Esc closes" };
