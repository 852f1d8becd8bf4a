/*
 * workbench.c - the loop. A key is drawn twice where it has to be: with what is
 * known, and again when the rest has been asked, unless the next key is already
 * there. The first is held back for a moment: mostly the rest is there by then,
 * and a screen that does not flicker costs half the bytes. While a query runs,
 * keys are looked at: Esc and Ctrl-C stop it, leaving does not wait for it, the
 * others wait their turn.
 */
#include "config.h"

#include "tui/workbench.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "app/jobs.h"
#include "tui/view.h"

enum { QUEUE_MAX = 64, EARLY_MS = 25, NEWS_MS = 50, PATIENCE_MS = 60, LOOK_MS = 8, NOTICE_MS = 300,
       AGAIN_MS = 100 };

struct workbench {
	struct ui ui;
	struct terminal_options options;
	uint32_t queue[QUEUE_MAX];	/* typed while a query ran */
	size_t queued;
	int64_t asked_at;		/* when keys were last looked at */
	int64_t began_at;		/* when the key at hand was taken; 0 while painting */
	struct grid early;		/* what is known, held back until early_at */
	int64_t early_at;		/* 0: nothing is held back */
	bool filling;			/* what the first frame left out is being asked */
	const char *stage;		/* of the job at hand, or NULL: a query */
	uint64_t done, total;
	int64_t noticed_at;		/* when it was last said; 0: not yet */
};

void
ui_init(struct ui *u, struct session *s, int rows, int cols, const struct settings *set)
{
	u->s = s;
	u->set = *set;
	grid_init(&u->grid, rows, cols, false);
	ui_apply(u);
	u->list_area = grid_area(&u->grid);
	first_open(u);
}

static uint32_t
next_key(struct workbench *w, int timeout_ms)
{
	uint32_t key;

	if (w->queued == 0)
		return terminal_key(timeout_ms);
	key = w->queue[0];
	w->queued--;
	memmove(w->queue, w->queue + 1, w->queued * sizeof(w->queue[0]));
	return key;
}

/* Back to the front: it came before those that are waiting. */
static void
put_back(struct workbench *w, uint32_t key)
{
	if (w->queued == QUEUE_MAX)
		w->queued--;
	memmove(w->queue + 1, w->queue, w->queued * sizeof(w->queue[0]));
	w->queue[0] = key;
	w->queued++;
}

static void
say_busy(struct workbench *w)
{
	struct grid *g = &w->ui.grid;
	struct area a = { g->rows > 2 ? g->rows - 2 : 0, 0, 1, g->cols };
	int col = 1;

	grid_fill(g, a, ' ', STYLE_PLAIN);
	col += grid_text(g, a, 0, col, STYLE_WARN,
			 w->stage != NULL ? str_of(w->stage) : STR("asking the case"));
	if (w->stage != NULL && w->done > 0)
		col += grid_textf(g, a, 0, col, STYLE_WARN, " " STR_FMT,
				  STR_ARG(count_grouped(&g->scratch, (int64_t)w->done)));
	if (w->stage != NULL && w->done > 0 && w->total > w->done)
		col += grid_textf(g, a, 0, col, STYLE_WARN, " of " STR_FMT,
				  STR_ARG(count_grouped(&g->scratch, (int64_t)w->total)));
	(void)grid_text(g, a, 0, col, STYLE_WARN, STR(" (Esc stops)"));
	terminal_paint(g);
}

/* A job that begins says so at once, what else takes long after a while. */
static void
notice(struct workbench *w, int64_t now)
{
	bool begins = w->stage != NULL && w->done == 0;

	if (w->began_at == 0 || (!begins && now - w->began_at < NOTICE_MS) ||
	    (w->noticed_at != 0 && (w->stage == NULL || now - w->noticed_at < AGAIN_MS)))
		return;
	w->noticed_at = now;
	if (w->ui.overlay == OVERLAY_JOBS) {
		overlay_jobs.draw(&w->ui);
		terminal_paint(&w->ui.grid);
	} else {
		say_busy(w);
	}
}

static void
show_early(struct workbench *w)
{
	w->early_at = 0;
	terminal_paint(&w->early);
}

/* Ctrl-C is in everybody's fingers. */
static bool
stops(uint32_t key)
{
	return key == CK_ESC || key == UI_CTRL_C;
}

/* Who leaves does not wait for what runs. */
static bool
quits(const struct workbench *w, uint32_t key)
{
	const struct binding *b = settings_binding(&w->ui.set, key);

	return w->ui.overlay == OVERLAY_NONE && b != NULL && b->action == ACTION_QUIT;
}

/* A paste has its turn, too; of two that wait there is only the text of the last. */
static void
take_later(struct workbench *w, uint32_t key)
{
	for (size_t i = 0; key == CK_PASTE && i < w->queued; i++)
		if (w->queue[i] == CK_PASTE)
			return;
	if (key != 0 && !stops(key) && w->queued < QUEUE_MAX)
		w->queue[w->queued++] = key;
}

/* The jobs are looked at, and given up, while one runs. */
static bool
is_for_jobs(struct workbench *w, uint32_t key)
{
	const struct binding *b = key != 0 ? settings_binding(&w->ui.set, key) : NULL;

	if (w->ui.overlay == OVERLAY_JOBS && key == 'd')
		jobs_cancel(w->ui.s);
	else if (b != NULL && b->action == ACTION_JOBS && !ui_is_typing(&w->ui))
		ui_open(&w->ui, OVERLAY_JOBS);
	else
		return false;
	w->noticed_at = 0;
	return true;
}

static bool
watch_keys(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct workbench *w = ctx;
	int64_t now = clock_ticks();
	uint32_t key;

	if (total > 0) {
		w->stage = stage;
		w->done = done;
		w->total = total;
		notice(w, now);
	}
	if (w->early_at != 0 && now >= w->early_at)
		show_early(w);
	if (now - w->asked_at < (w->filling ? LOOK_MS : PATIENCE_MS))
		return true;
	w->asked_at = now;
	notice(w, now);
	key = terminal_key(0);
	if (!w->filling && is_for_jobs(w, key))
		return true;
	take_later(w, key);
	if (w->queued > 0 && w->filling) {	/* what was typed comes first */
		session_give_way(w->ui.s);
		return false;
	}
	return !stops(key) && !quits(w, key) && key != CK_HANGUP;
}

/* What the settings mean for the terminal. */
static void
tell_options(struct workbench *w)
{
	w->options.ascii = w->ui.grid.ascii;
	w->options.theme = (enum theme)w->ui.set.values[SETTING_THEME];
	w->options.escape_ms = w->ui.set.values[SETTING_ESCDELAY];
	w->options.modes.mouse = w->ui.set.values[SETTING_MOUSE] != 0;
	w->options.modes.sync = (enum modes_sync)w->ui.set.values[SETTING_SYNC];
	w->ui.changed = false;
}

static void
paint(struct workbench *w)
{
	struct ui *u = &w->ui;
	uint32_t key;

	if (u->changed) {
		tell_options(w);
		terminal_change(&w->options);
	}
	if (u->repaint)
		terminal_forget();
	u->repaint = false;
	w->asked_at = clock_ticks();
	if (!frame_draw(u, true)) {
		terminal_paint(&u->grid);
		return;
	}
	key = next_key(w, 0);
	if (key != 0) {
		terminal_paint(&u->grid);
		put_back(w, key);
		return;
	}
	grid_copy(&w->early, &u->grid);
	w->early_at = clock_ticks() + EARLY_MS;
	w->filling = true;
	(void)session_patient(u->s, true);
	(void)frame_draw(u, false);
	(void)session_patient(u->s, false);
	w->filling = false;
	if (w->queued == 0)
		terminal_paint(&u->grid);
	else if (w->early_at != 0)
		show_early(w);
	w->early_at = 0;
}

static void
resize(struct ui *u)
{
	int rows, cols;

	terminal_size(&rows, &cols);
	grid_resize(&u->grid, rows, cols);
}

static void
take(struct workbench *w, uint32_t key)
{
	w->began_at = w->asked_at = clock_ticks();
	w->noticed_at = 0;
	w->stage = NULL;
	session_look(w->ui.s);
	if (key == CK_CLICK)
		mouse_click(&w->ui, terminal_clicked().row);
	else
		ui_key(&w->ui, key);
	w->began_at = 0;
}

static void
loop(struct workbench *w)
{
	struct ui *u = &w->ui;
	uint32_t key = 0;

	while (!u->quit && key != CK_HANGUP) {
		paint(w);
		key = next_key(w, session_unsettled(u->s) ? NEWS_MS : -1);
		if (key == CK_RESIZE)
			resize(u);
		else if (key == CK_PASTE)
			ui_paste(u, terminal_pasted());
		else if (key != 0 && key != CK_HANGUP)
			take(w, key);
	}
}

enum claque_rc
workbench_run(struct session *s, const struct terminal_options *options,
	      const struct settings *set, struct claque_str note, bool *demo,
	      struct claque_err *err)
{
	struct workbench *w = calloc(1, sizeof(*w));
	struct claque_progress progress = { w, watch_keys };
	enum claque_rc rc;
	int rows, cols;

	if (w == NULL)
		base_oom();
	w->options = *options;
	w->ui.ascii_only = options->ascii;
	w->ui.copy = terminal_copy;
	ui_init(&w->ui, s, 1, 1, set);
	tell_options(w);
	rc = terminal_start(&w->options, err);
	if (rc == CLAQUE_OK) {
		terminal_size(&rows, &cols);
		grid_resize(&w->ui.grid, rows, cols);
		w->ui.list_area = grid_area(&w->ui.grid);
		w->ui.grid.blocks = options->blocks;
		grid_init(&w->early, rows, cols, false);
		if (note.len > 0)
			session_say(s, STR_FMT, STR_ARG(note));
		if (terminal_note().len > 0)
			session_say(s, STR_FMT, STR_ARG(terminal_note()));
		session_on_wait(s, &progress);
		loop(w);
		session_on_wait(s, NULL);
		terminal_stop();
		*demo = w->ui.wants_demo;
		grid_done(&w->early);
	}
	grid_done(&w->ui.grid);
	free(w);
	return rc;
}

enum claque_rc
workbench_dump(struct session *s, int rows, int cols, struct claque_str keys,
	       const struct settings *set, enum dump_form form, struct buf *out, struct claque_err *err)
{
	struct ui *u = calloc(1, sizeof(*u));
	enum claque_rc rc = CLAQUE_OK;
	uint32_t key;

	if (u == NULL)
		base_oom();
	ui_init(u, s, rows, cols, set);
	frame_finish(u);
	while (!u->quit && key_parse(&keys, &key)) {
		ui_key(u, key);
		frame_finish(u);
	}
	if (!u->quit && keys.len > 0)
		rc = err_set(err, CLAQUE_EUSAGE, "keys: '" STR_FMT "' begins with no key; write "
			     "them as in jj<Enter>o", STR_ARG(keys));
	if (rc == CLAQUE_OK)
		rc = session_fault(s, err);	/* who reads a dump need not see its message line */
	grid_dump(&u->grid, form, out);
	grid_done(&u->grid);
	free(u);
	return rc;
}
