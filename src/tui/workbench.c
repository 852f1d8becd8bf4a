/*
 * workbench.c - the loop. A key is drawn twice where it has to be: at once with
 * what is known, and again when the rest has been asked, unless the next key
 * is already there. While a query runs, keys are looked at: Esc stops it, the
 * others wait their turn.
 */
#include "config.h"

#include "tui/workbench.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "tui/view.h"

enum { QUEUE_MAX = 64, PATIENCE_MS = 60, NOTICE_MS = 300 };

struct workbench {
	struct ui ui;
	uint32_t queue[QUEUE_MAX];	/* typed while a query ran */
	size_t queued;
	int64_t asked_at;		/* when keys were last looked at */
	int64_t began_at;		/* when the key at hand was taken; 0 while painting */
};

static struct ui *
ui_init(struct ui *u, struct session *s, int rows, int cols, bool ascii)
{
	u->s = s;
	grid_init(&u->grid, rows, cols, ascii);
	u->list_area = grid_area(&u->grid);
	return u;
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

/* What takes long says so, once; the frame of before is still on the grid. */
static void
notice(struct workbench *w, int64_t now)
{
	struct grid *g = &w->ui.grid;
	struct area a = { g->rows > 2 ? g->rows - 2 : 0, 0, 1, g->cols };

	if (w->began_at == 0 || now - w->began_at < NOTICE_MS)
		return;
	w->began_at = 0;
	grid_fill(g, a, ' ', STYLE_PLAIN);
	(void)grid_text(g, a, 0, 1, STYLE_WARN, STR("asking the case (Esc stops)"));
	terminal_paint(g);
}

static bool
watch_keys(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct workbench *w = ctx;
	int64_t now = clock_ticks();
	uint32_t key;

	(void)stage, (void)done, (void)total;
	if (now - w->asked_at < PATIENCE_MS)
		return true;
	w->asked_at = now;
	notice(w, now);
	key = terminal_key(0);
	if (key == CK_PASTE)
		ui_paste(&w->ui, terminal_pasted());
	else if (key != 0 && key != CK_ESC && w->queued < QUEUE_MAX)
		w->queue[w->queued++] = key;
	return key != CK_ESC && key != CK_HANGUP;
}

static void
paint(struct workbench *w)
{
	struct ui *u = &w->ui;
	uint32_t key;

	if (u->repaint)
		terminal_forget();
	u->repaint = false;
	w->asked_at = clock_ticks();
	if (!frame_draw(u, true)) {
		terminal_paint(&u->grid);
		return;
	}
	terminal_paint(&u->grid);
	key = next_key(w, 0);
	if (key != 0) {
		put_back(w, key);
		return;
	}
	(void)frame_draw(u, false);
	terminal_paint(&u->grid);
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
		key = next_key(w, -1);
		if (key == CK_RESIZE)
			resize(u);
		else if (key == CK_PASTE)
			ui_paste(u, terminal_pasted());
		else if (key != CK_HANGUP)
			take(w, key);
	}
}

enum claque_rc
workbench_run(struct session *s, const struct terminal_options *options, struct claque_err *err)
{
	struct workbench *w = calloc(1, sizeof(*w));
	struct claque_progress progress = { w, watch_keys };
	enum claque_rc rc;
	int rows, cols;

	if (w == NULL)
		base_oom();
	rc = terminal_start(options, err);
	if (rc == CLAQUE_OK) {
		terminal_size(&rows, &cols);
		(void)ui_init(&w->ui, s, rows, cols, options->ascii);
		if (terminal_note().len > 0)
			session_say(s, STR_FMT, STR_ARG(terminal_note()));
		session_on_wait(s, &progress);
		loop(w);
		session_on_wait(s, NULL);
		terminal_stop();
		grid_done(&w->ui.grid);
	}
	free(w);
	return rc;
}

enum claque_rc
workbench_dump(struct session *s, int rows, int cols, struct claque_str keys, bool ascii,
	       enum dump_form form, struct buf *out, struct claque_err *err)
{
	struct ui *u = calloc(1, sizeof(*u));
	enum claque_rc rc = CLAQUE_OK;
	uint32_t key;

	if (u == NULL)
		base_oom();
	(void)ui_init(u, s, rows, cols, ascii);
	(void)frame_draw(u, false);
	while (!u->quit && key_parse(&keys, &key)) {
		ui_key(u, key);
		(void)frame_draw(u, false);
	}
	if (!u->quit && keys.len > 0)
		rc = err_set(err, CLAQUE_EUSAGE, "keys: '" STR_FMT "' begins with no key; write "
			     "them as in jj<Enter>o", STR_ARG(keys));
	grid_dump(&u->grid, form, out);
	grid_done(&u->grid);
	free(u);
	return rc;
}
