/*
 * view_console.c - a query on its line, what became of it, and its rows. Where there
 * are none yet, what could be asked: the views of the case and their columns.
 */
#include "config.h"

#include "tui/view.h"

#include "app/console.h"

enum { HEAD_ROWS = 3, QUERY_COL = 6, NAME_COLS = 16 };

static void
draw_query(struct ui *u, struct area a)
{
	(void)grid_text(&u->grid, a, 0, 1, STYLE_LEAD, STR("sql>"));
	if (u->overlay == OVERLAY_CONSOLE)
		edit_draw(u, a, 0, QUERY_COL, &u->edit);
	else
		(void)grid_safe(&u->grid, a, 0, QUERY_COL, a.cols - QUERY_COL - 1, STYLE_PLAIN,
				console_query(u->s), NULL, 0);
}

/* What could stand at the cursor; of that, what Tab has put there. */
static void
draw_offers(struct ui *u, struct area a)
{
	const struct console_ui *c = &u->console;
	struct claque_str words[COMPLETE_MAX];
	size_t from, at = c->cycling ? c->from + c->typed : u->edit.at;
	size_t count = console_complete(u->s, &u->grid.scratch, edit_str(&u->edit), at, &from,
					words);
	int col = QUERY_COL;

	for (size_t i = 0; i < count; i++) {
		struct arena scratch = u->grid.scratch;
		int cols = (int)safe_cells(&scratch, words[i]).columns;

		if (col + cols + 6 > a.cols) {
			(void)grid_textf(&u->grid, a, 1, col, STYLE_DIM, "+%zu", count - i);
			return;
		}
		col += grid_safe(&u->grid, a, 1, col, cols, c->cycling && i == c->offered ?
				 STYLE_BOLD : STYLE_DIM, words[i], NULL, 0) + 2;
	}
}

static struct claque_str
state_text(struct ui *u, const struct console_state *state)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str rows = count_grouped(perm, state->rows);
	double seconds = (double)state->took_ms / 1000;

	if (state->running)
		return str_fmt(perm, "~" STR_FMT " rows   %.1f s   asking the case (Esc stops)",
			       STR_ARG(rows), seconds);
	if (state->stopped)
		return str_fmt(perm, "stopped after " STR_FMT " rows   %.3f s   " STR_FMT
			       " asks again", STR_ARG(rows), seconds,
			       STR_ARG(ui_key_of(u, ACTION_RELOAD)));
	if (state->more)
		return str_fmt(perm, "the first " STR_FMT " rows of more   %.3f s   claque sql"
			       " gives all", STR_ARG(rows), seconds);
	return str_fmt(perm, STR_FMT " rows   %.3f s   read-only", STR_ARG(rows), seconds);
}

/* Columns are scrolled to, not squeezed: which of them are seen. */
static void
draw_scroll(struct ui *u, struct area a, int col)
{
	const struct pane *pane = &session_here(u->s)->panes[0];
	size_t count;
	struct layout l;

	(void)session_columns(u->s, &count);
	layout_fit(&l, u->s, LIST_NONE, SUBJECT_query, pane, a.cols - TABLE_GUTTER);
	if (l.count > 0 && l.count < count)
		(void)grid_textf(&u->grid, a, 1, col, STYLE_BOLD, "columns %zu to %zu of %zu (" STR_FMT
				 " " STR_FMT ")", l.cells[0].column + 1,
				 l.cells[l.count - 1].column + 1, count,
				 STR_ARG(ui_key_of(u, ACTION_LEFT)),
				 STR_ARG(ui_key_of(u, ACTION_RIGHT)));
}

static void
draw_state(struct ui *u, struct area a, const struct console_state *state)
{
	struct claque_str text = state->failed ? state->fault : state_text(u, state);
	int col = QUERY_COL;

	col += grid_safe(&u->grid, a, 1, col, a.cols - col - 1, state->failed ? STYLE_ERROR :
			 state->more || state->stopped || state->running ? STYLE_WARN : STYLE_DIM,
			 text, NULL, 0);
	if (state->columns_left_out > 0)
		col += grid_textf(&u->grid, a, 1, col + 3, STYLE_WARN, "%zu columns left out",
				  state->columns_left_out) + 3;
	if (state->rows > 0)
		draw_scroll(u, a, col + 3);
}

static void
draw_head(struct ui *u, struct area a, const struct console_state *state)
{
	bool writing = u->overlay == OVERLAY_CONSOLE;

	if (session_in_workshop(u->s))
		(void)grid_text(&u->grid, a, 1, QUERY_COL, STYLE_WARN,
				STR("a query tells names in forms that no mask knows: not in a workshop"));
	else if (writing && u->console.fault[0] != '\0')
		(void)grid_safe(&u->grid, a, 1, QUERY_COL, a.cols - QUERY_COL - 1, STYLE_ERROR,
				str_of(u->console.fault), NULL, 0);
	else if (writing)
		draw_offers(u, a);
	else if (console_query(u->s).len > 0)
		draw_state(u, a, state);
	else
		(void)grid_textf(&u->grid, a, 1, QUERY_COL, STYLE_DIM, STR_FMT " writes a query; it"
				 " can only read", STR_ARG(ui_key_of(u, ACTION_CONSOLE)));
	draw_query(u, a);
}

static struct claque_str
columns_text(struct arena *perm, const struct schema_table *t)
{
	struct claque_str text = STR("");

	for (size_t i = 0; i < t->column_count; i++)
		text = str_fmt(perm, STR_FMT "%s" STR_FMT, STR_ARG(text), i > 0 ? " " : "",
			       STR_ARG(t->columns[i]));
	return text;
}

static void
draw_schema(struct ui *u, struct area a)
{
	const struct schema *schema = console_schema(u->s);
	int line = 0;

	for (size_t i = 0; i < schema->count && line < a.rows; i++) {
		const struct schema_table *t = &schema->tables[i];
		struct arena kept = u->grid.scratch;

		if (!str_starts(t->name, STR("v_")))
			continue;
		(void)grid_safe(&u->grid, a, line, 1, NAME_COLS - 2, STYLE_BOLD, t->name, NULL, 0);
		(void)grid_safe(&u->grid, a, line++, NAME_COLS, a.cols - NAME_COLS - 1, STYLE_DIM,
				columns_text(&u->grid.scratch, t), NULL, 0);
		u->grid.scratch = kept;
	}
}

static void
draw(struct ui *u, struct area a)
{
	struct console_state state = console_look(u->s);
	struct area head = area_top(&a, HEAD_ROWS);

	if (console_query(u->s).len == 0) {
		grid_rule(&u->grid, head, HEAD_ROWS - 1, STR("views, and their columns"));
		draw_schema(u, a);
	} else {
		grid_rule(&u->grid, head, HEAD_ROWS - 1, STR("rows"));
		if (state.rows > 0)
			table_active(u, a);
		else if (!state.running && !state.failed && !session_in_workshop(u->s))
			(void)grid_text(&u->grid, a, 0, TABLE_GUTTER, STYLE_DIM, STR("no row"));
	}
	draw_head(u, head, &state);	/* last: the cursor rests where one writes */
}

static bool
act(struct ui *u, enum action_id id)
{
	return id == ACTION_CLOSE && console_stop(u->s);
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_CONSOLE, ACTION_FIND_NEXT, ACTION_PIVOT, ACTION_MARK, ACTION_SORT,
	ACTION_EXPORT, ACTION_FIND, ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_console = { "console", draw, act, keys };
