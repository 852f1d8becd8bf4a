/*
 * trail.c - the trail of the session as a tree, above whatever screen is open: it
 * is no step itself. A branch that was left is drawn a level deeper, before the
 * way that was taken after it; steps that follow one another stay at one level,
 * so that a long way fits as well as a wide one.
 */
#include "config.h"

#include "app/trail.h"
#include "base/clock.h"
#include "tui/view.h"

enum { NUMBER_COLS = 4, FLAGS_COL = 5, TREE_COL = 9, LEVEL_COLS = 3, LEVELS_MAX = 8,
       NARROW = 64, WIDE = 112, DETAIL_WORDS = 4096 };

/* Cells at the right of a line: lens, n of N, when; 0: there is no room for it. */
struct trail_columns {
	int lens, rows, time;
};

static struct trail_columns
columns_for(int cols)
{
	if (cols >= WIDE)
		return (struct trail_columns){ 28, 24, 16 };
	return cols >= NARROW ? (struct trail_columns){ 14, 14, 5 } :
	       (struct trail_columns){ 0, 0, 0 };
}

static struct claque_str
count_of(struct arena *perm, int64_t n)
{
	return n < 0 ? STR("?") : n == SESSION_MANY ? STR(">10k") : count_grouped(perm, n);
}

static enum list_id
list_of(const struct place *p)
{
	return screen_get(p->screen)->lists[p->pane];
}

static struct claque_str
rows_text(struct arena *perm, const struct trail_step *step, bool named)
{
	if (step->rows < 0)
		return STR("");
	return str_fmt(perm, "%s of %s%s%s", count_of(perm, step->rows).p,
		       count_of(perm, step->whole).p, named ? " " : "",
		       named ? list_name(list_of(&step->place)) : "");
}

struct claque_str
trail_title(struct ui *u, const struct trail_step *step)
{
	struct arena *perm = &u->grid.scratch;
	const struct place *p = &step->place;
	const char *title = screen_get(p->screen)->title;
	struct claque_str name = text_defanged(perm, session_place_name(u->s, p, perm));
	int sort = p->panes[p->pane].sort;
	size_t count;
	const struct column *columns = list_columns(list_of(p), &count);
	bool sorted = sort >= 0 && (size_t)sort < count;

	return str_fmt(perm, "%s%s" STR_FMT "%s%s", title, name.len > 0 ? " of " : "",
		       STR_ARG(name), sorted ? " by " : "", sorted ? columns[sort].name : "");
}

/* "| | +- ", of which only the innermost levels where there are many. */
static int
draw_branch(struct ui *u, struct area a, int line, const struct trail_row *row)
{
	int levels = row->level < LEVELS_MAX ? row->level : LEVELS_MAX, col = TREE_COL;

	for (int i = 0; i < levels; i++, col += LEVEL_COLS) {
		bool here = row->branches && i == levels - 1;

		(void)grid_text(&u->grid, a, line, col, STYLE_DIM, u->grid.ascii ?
				(here ? STR("|-") : STR("|")) : (here ? STR("├─") : STR("│")));
	}
	return col;
}

static bool
is_marked(const struct ui *u, size_t step)
{
	for (size_t i = 0; i < u->trail.marked; i++)
		if (u->trail.marks[i] == step)
			return true;
	return false;
}

static void
draw_right(struct ui *u, struct area a, int line, const struct trail_step *step)
{
	struct trail_columns c = columns_for(a.cols);
	struct arena *perm = &u->grid.scratch;
	struct claque_str rows = rows_text(perm, step, a.cols >= WIDE), when;
	int col = a.cols - 1;

	if (c.time == 0)
		return;
	col -= c.time;
	when = step->taken_at > 0 ? clock_text(perm, step->taken_at, CLOCK_MINUTE) : STR("");
	when = a.cols >= WIDE ? when : str_sub(when, 11, when.len);
	(void)grid_text(&u->grid, a, line, col, STYLE_DIM, when);
	col -= c.rows + 1;
	(void)grid_text(&u->grid, a, line, col, STYLE_PLAIN, rows);
	col -= c.lens + 1;
	(void)grid_safe(&u->grid, a, line, col, c.lens, STYLE_WARN,
			lens_text(perm, &step->place.lens), NULL, 0);
}

static void
draw_step(struct ui *u, struct area a, int line, const struct trail_row *row)
{
	const struct trail_step *step = trail_at(u->s, row->step);
	struct trail_columns c = columns_for(a.cols);
	struct arena *perm = &u->grid.scratch;
	bool here = row->step == trail_here(u->s);
	int end = a.cols - 2 - (c.time > 0 ? c.lens + c.rows + c.time + 3 : 0), col;

	(void)grid_textf(&u->grid, a, line, 0, STYLE_DIM, "%*zu", NUMBER_COLS, row->step + 1);
	(void)grid_textf(&u->grid, a, line, FLAGS_COL, STYLE_BOLD, "%s%s%s",
			 is_marked(u, row->step) ? "*" : " ", step->pinned ? "+" : " ",
			 here ? "@" : " ");
	col = draw_branch(u, a, line, row);
	if (step->name[0] != '\0' && col < end)
		col += grid_safe(&u->grid, a, line, col, end - col, STYLE_BOLD,
				 text_defanged(perm, str_fmt(perm, "[%s]", step->name)), NULL, 0) + 1;
	if (col < end)
		(void)grid_safe(&u->grid, a, line, col, end - col,
				here ? STYLE_LEAD : STYLE_PLAIN, trail_title(u, step), NULL, 0);
	draw_right(u, a, line, step);
}

/* What the title leaves out of the order. */
static struct claque_str
order_text(const struct place *p)
{
	const struct pane *pane = &p->panes[p->pane];

	if (pane->sort < 0)
		return STR("");
	return pane->descending ? STR(", largest first") : STR(", smallest first");
}

/* What is seen there: the first rows, under the order and the lens of the step. */
static void
draw_preview(struct ui *u, struct area a, size_t at)
{
	const struct place *p = &trail_at(u->s, at)->place;
	struct side side;

	if (a.rows < 2)
		return;
	if (list_of(p) == LIST_NONE) {	/* its rows are asked for by going there */
		(void)part_wrapped(u, a, 0, 1, STYLE_PLAIN,
				   session_subject_name(u->s, p->subject, &u->grid.scratch));
		return;
	}
	side = trail_preview(u->s, at, (size_t)a.rows - 1);
	table_rows(u, a, list_of(p), p->subject.kind, side.rows, side.got);
	if (!side.ready)
		part_owed(u, a, 1, 1);
	else if (side.got == 0)
		(void)grid_text(&u->grid, a, 1, TABLE_GUTTER, STYLE_DIM, STR("no rows there now"));
}

static void
draw_chosen(struct ui *u, struct area a, size_t at)
{
	const struct trail_step *step = trail_at(u->s, at);
	struct arena *perm = &u->grid.scratch;
	struct claque_str lens = lens_text(perm, &step->place.lens);
	struct claque_str after = at > 0 ? str_fmt(perm, " after step %zu", step->parent + 1) :
				  STR(", the first");
	struct claque_str rows = rows_text(perm, step, true);
	int right = a.cols - (int)rows.len - 2;

	grid_rule(&u->grid, a, 0, str_fmt(perm, "step %zu of %zu" STR_FMT, at + 1,
					  trail_count(u->s), STR_ARG(after)));
	(void)grid_safe(&u->grid, a, 1, 1, a.cols - 2, STYLE_PLAIN,
			str_fmt(perm, STR_FMT STR_FMT, STR_ARG(trail_title(u, step)),
				STR_ARG(order_text(&step->place))), NULL, 0);
	(void)grid_safe(&u->grid, a, 2, 1, right - 2, STYLE_WARN,
			str_fmt(perm, "lens " STR_FMT,
				STR_ARG(lens.len > 0 ? lens : STR("open"))), NULL, 0);
	(void)grid_text(&u->grid, a, 2, right, STYLE_PLAIN, rows);
	(void)area_top(&a, 3);
	draw_preview(u, a, at);
}

/* What a row of the list that was compared is called, with its id. */
static void
add_row(struct ui *u, struct buf *out, enum list_id list, int64_t id)
{
	struct arena *perm = &u->grid.scratch;
	struct subject on = { list_subject(list), id };

	if (on.kind == SUBJECT_none)
		buf_addf(out, " %s:%lld", list_name(list), (long long)id);
	else
		buf_addf(out, " " STR_FMT " (%s:%lld)",
			 STR_ARG(text_defanged(perm, session_subject_name(u->s, on, perm))),
			 subject_kind_name(on.kind), (long long)id);
}

static int
draw_ids(struct ui *u, struct area a, int line, const char *what, const int64_t *ids, size_t count)
{
	enum { NAMES_MAX = 20 };
	enum list_id list = u->trail.diff.list;
	struct buf out;
	int used;

	if (count == 0 || line >= a.rows)
		return 0;
	buf_init(&out, DETAIL_WORDS);
	buf_addf(&out, "%s:", what);
	for (size_t i = 0; i < count && i < NAMES_MAX; i++)
		add_row(u, &out, list, ids[i]);
	if (count > NAMES_MAX)
		buf_addf(&out, " and %zu more", count - NAMES_MAX);
	used = part_wrapped(u, a, line, 1, STYLE_PLAIN, buf_str(&out));
	buf_done(&out);
	return used;
}

static void
draw_diff(struct ui *u, struct area a)
{
	const struct trail_diff *d = &u->trail.diff;
	struct area lost;
	int line = 1;

	grid_rule(&u->grid, a, 0, str_fmt(&u->grid.scratch, "step %zu to %zu: %zu %s lost, %zu gained,"
					  " %zu in both", d->from + 1, d->to + 1, d->lost,
					  list_name(d->list), d->gained, d->kept));
	lost = (struct area){ a.row, a.col, d->gained > 0 ? a.rows / 2 + 1 : a.rows, a.cols };
	line += draw_ids(u, lost, line, "lost", d->lost_ids, d->lost);
	(void)draw_ids(u, a, line, "gained", d->gained_ids, d->gained);
}

static void
draw_head(struct ui *u, struct area a, const struct trail_row *rows, size_t count)
{
	size_t branches = 0, pinned = 0;

	for (size_t i = 0; i < count; i++) {
		branches += rows[i].branches;
		pinned += trail_at(u->s, rows[i].step)->pinned;
	}
	grid_fill(&u->grid, a, ' ', STYLE_PLAIN);
	(void)grid_textf(&u->grid, a, 0, 1, STYLE_BOLD, "TRAIL  %zu step%s, %zu left aside, %zu"
			 " pinned", count, count == 1 ? "" : "s", branches, pinned);
	if (a.cols >= WIDE_COLS)
		(void)grid_text(&u->grid, a, 0, a.cols - 31, STYLE_DIM,
				STR("* marked  + pinned  @ here"));
	grid_rule(&u->grid, a, 1, STR(""));
}

static void
draw_naming(struct ui *u)
{
	struct area all = grid_area(&u->grid);
	int row = all.rows - 1;

	grid_fill(&u->grid, (struct area){ row, 0, 1, all.cols }, ' ', STYLE_INPUT);
	(void)grid_text(&u->grid, all, row, 1, STYLE_INPUT, STR("name of the step: "));
	edit_draw(u, all, row, 19, &u->edit);
}

static void
draw(struct ui *u)
{
	struct area all = grid_area(&u->grid), a = { 1, 0, all.rows - 4, all.cols }, part;
	struct trail_row *rows;
	size_t count = trail_rows(u->s, &u->grid.scratch, &rows), top = 0;

	u->choices = count;
	draw_head(u, a, rows, count);
	(void)area_top(&a, 2);
	part = area_bottom(&a, all.rows >= 36 ? 13 : all.rows >= WIDE_ROWS ? 7 : 3);
	if (u->trail.compared)
		draw_diff(u, part);
	else
		draw_chosen(u, part, rows[u->choice].step);
	if ((int)u->choice >= a.rows)
		top = u->choice - (size_t)a.rows + 1;
	for (int line = 0; line < a.rows && top + (size_t)line < count; line++) {
		draw_step(u, a, line, &rows[top + (size_t)line]);
		overlay_choice(u, a, line, top + (size_t)line == u->choice);
	}
	if (u->trail.naming)
		draw_naming(u);
}

void
trail_open(struct ui *u)
{
	struct trail_row *rows;
	size_t count = trail_rows(u->s, &u->grid.scratch, &rows);

	trail_note(u->s);
	ui_open(u, OVERLAY_TRAIL);
	u->trail = (struct trail_ui){ .marked = 0 };
	for (size_t i = 0; i < count; i++)
		if (rows[i].step == trail_here(u->s))
			u->choice = i;
}

static void
key_naming(struct ui *u, uint32_t key, size_t step)
{
	if (key == CK_ENTER)
		(void)trail_name(u->s, step, edit_str(&u->edit));
	if (key == CK_ENTER || key == CK_ESC)
		u->trail.naming = false;
	else
		(void)edit_key(&u->edit, key);
}

/* Two at most: the one marked before the last makes room. */
static void
mark(struct ui *u, size_t step)
{
	struct trail_ui *t = &u->trail;

	if (is_marked(u, step)) {
		t->marks[0] = t->marks[0] == step ? t->marks[1] : t->marks[0];
		t->marked--;
		return;
	}
	if (t->marked == 2) {
		t->marks[0] = t->marks[1];
		t->marked--;
	}
	t->marks[t->marked++] = step;
}

/* Two that are marked, in the order of marking; a mark and the cursor; here and the cursor. */
static void
compare(struct ui *u, size_t step)
{
	struct trail_ui *t = &u->trail;
	size_t from = t->marked > 0 ? t->marks[0] : trail_here(u->s);
	size_t to = t->marked > 1 ? t->marks[1] : step;
	struct claque_err err;

	t->compared = false;
	if (from == to)
		session_say(u->s, "mark two steps with Space, or one and stand on another");
	else if (trail_compare(u->s, from, to, &t->diff, &err) != CLAQUE_OK)
		session_fail(u->s, &err);
	else
		t->compared = true;
}

static void
leave_for(struct ui *u, uint32_t key, size_t step)
{
	u->overlay = OVERLAY_NONE;
	if (key == CK_ENTER)
		(void)trail_go(u->s, step);
	else if (key == 'r')
		replay_begin(u, step);
	else if (key == 'E')
		ui_ask(u, ACTION_EXPORT, STR("method "));
	else if (key != CK_ESC && key != 'q' && key != 'T')
		session_say(u->s, "the trail has no such key; T shows it again");
}

static void
key(struct ui *u, uint32_t pressed)
{
	struct trail_row *rows;
	size_t step;

	session_hush(u->s);
	u->choices = trail_rows(u->s, &u->grid.scratch, &rows);
	step = rows[u->choice].step;
	if (u->trail.naming) {
		key_naming(u, pressed, step);
	} else if (ui_choose(u, pressed, true)) {
		return;
	} else if (pressed == ' ') {
		mark(u, step);
	} else if (pressed == 'p') {
		(void)trail_pin(u->s, step);
	} else if (pressed == 'd') {
		compare(u, step);
	} else if (pressed == 'c') {
		u->trail.naming = true;
		edit_set(&u->edit, str_of(trail_at(u->s, step)->name));
	} else {
		leave_for(u, pressed, step);
	}
}

const struct overlay_ops overlay_trail = {
	draw, key,
	" Enter goes  r replays  c names  p pins  Space marks  d tells apart  E writes" };
