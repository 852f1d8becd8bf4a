/*
 * record.c - one row in full: every column that the case has of it, exactly and made
 * safe, and the input file and row that it came from, with the digest that the file
 * had. It is where a chain of reasons ends: what is here can be looked up by anybody
 * who was given the file.
 */
#include "config.h"

#include "tui/view.h"

enum { LABEL_COLS = 15 };

struct record_ui {
	struct ui *u;
	struct area a;
	int line;		/* the next one; below zero while it is scrolled past */
	struct grid_hit marks[MARKS_MAX];	/* in the text that is put next */
	size_t mark_count;
};

/* A label, and text from data beside it on as many lines as it takes. */
static void
put(struct record_ui *r, enum style style, const char *label, struct claque_str text)
{
	struct grid *g = &r->u->grid;
	struct arena kept = g->scratch;
	struct safe_line cells = safe_cells(&g->scratch, str_head(text, TEXT_LOOKED_AT));
	size_t width = r->a.cols > LABEL_COLS + 1 ? (size_t)(r->a.cols - LABEL_COLS - 1) : 1;
	struct grid_hit here[MARKS_MAX];
	size_t i = 0, next;

	if (r->line >= 0 && r->line < r->a.rows)
		(void)grid_text(g, r->a, r->line, 1, STYLE_DIM, str_of(label));
	do {
		size_t end = safe_line_end(&cells, i, width, &next);
		size_t from = i < cells.count ? cells.cells[i].at : text.len;
		size_t to = end < cells.count ? cells.cells[end].at : text.len;

		if (r->line >= 0 && r->line < r->a.rows)
			(void)grid_safe(g, r->a, r->line, LABEL_COLS, (int)width, style,
					str_sub(text, from, to), here,
					hits_from(r->marks, r->mark_count, from, here));
		r->line++;
		i = next;
	} while (i < cells.count);
	r->mark_count = 0;
	g->scratch = kept;
}

/* Tags, and the passages of a post's text, in the colours that the analyst gave them. */
static struct claque_str
coloured(struct record_ui *r, enum list_id list, const struct row *row, const struct column *c,
	 struct claque_str text)
{
	struct subject on = session_row_subject(r->u->s, row);
	struct claque_str labels;

	_Static_assert(COLOUR_HITS <= MARKS_MAX, "room for the tags of a row");
	if (on.kind == SUBJECT_post && strcmp(c->name, "text") == 0)
		r->mark_count = colour_post(r->u, on.id, text, r->marks, &labels);
	else
		r->mark_count = colour_cell(&r->u->grid.scratch, list, row, c, &text, r->marks);
	return text;
}

/* What the case knows of the input; what it does not know of the row is left out. */
static void
put_origin(struct record_ui *r, enum list_id list, const struct row *row)
{
	struct session *s = r->u->s;
	struct subject on = session_row_subject(s, row);
	struct arena *perm = &r->u->grid.scratch;
	int64_t number = row_int(list, row, "row", -1);
	struct side input = { .got = 0 };

	if (list_takes(LIST_INPUTS, on.kind) && on.kind != SUBJECT_none)
		input = session_side(s, LIST_INPUTS, on, 1);
	if (row_text(list, row, "source_file").len > 0)
		put(r, STYLE_BOLD, "file", row_text(list, row, "source_file"));
	else if (input.got == 1)
		put(r, STYLE_BOLD, "file", row_text(LIST_INPUTS, input.rows, "path"));
	if (number >= 0)
		put(r, STYLE_BOLD, "row", str_fmt(perm, "%lld  (a header is row 1)",
						  (long long)number));
	if (input.got == 1) {
		put(r, STYLE_PLAIN, "sha256", row_text(LIST_INPUTS, input.rows, "sha256"));
		put(r, STYLE_PLAIN, "format", row_text(LIST_INPUTS, input.rows, "format"));
	}
	r->line++;
}

static void
put_values(struct record_ui *r, enum list_id list, const struct row *row)
{
	struct arena *perm = &r->u->grid.scratch;
	size_t count;
	const struct column *columns = session_columns_of(r->u->s, list, &count);

	for (size_t i = 0; i < count; i++) {
		const char *label = list == LIST_NONE ? columns[i].title : columns[i].name;
		struct claque_str text = value_listing(perm, &columns[i], &row->values[i]);

		if (text.len == 0 || strcmp(columns[i].name, "source_file") == 0 ||
		    strcmp(columns[i].name, "row") == 0)
			continue;
		put(r, STYLE_PLAIN, label, coloured(r, list, row, &columns[i],
						    text_defanged(perm, text)));
	}
}

/* Of a reason also what would disprove its group, which the screen may have no room for. */
static void
put_disproof(struct record_ui *r, enum list_id list, const struct row *row)
{
	struct side group = { .got = 0 };

	if (list == LIST_EVIDENCE)
		group = session_side(r->u->s, LIST_CLUSTERS,
				     (struct subject){ SUBJECT_evidence, row->id }, 1);
	if (group.got == 1 && row_text(LIST_CLUSTERS, group.rows, "disproof").len > 0)
		put(r, STYLE_PLAIN, "disproof", row_text(LIST_CLUSTERS, group.rows, "disproof"));
}

static void
draw(struct ui *u)
{
	struct area all = grid_area(&u->grid);
	const struct row *row = session_current(u->s);
	enum list_id list = session_list(u->s);
	struct record_ui r = { .u = u, .line = -u->scroll };
	struct area box;

	if (row == NULL)
		return;
	box = (struct area){ 3, 0, all.rows - 6, all.cols };
	r.a = grid_box(&u->grid, box,
		       str_fmt(&u->grid.scratch, "id %lld of %s, as stored",
			       (long long)row->id, list_name(list)));
	put_origin(&r, list, row);
	put_values(&r, list, row);
	put_disproof(&r, list, row);
	u->choices = r.line > r.a.rows ? (size_t)(r.line - r.a.rows) : 0;
	if (u->choices > 0)
		(void)grid_textf(&u->grid, box, box.rows - 1, 2, STYLE_WARN,
				 " %zu more: PageDown ", u->choices);
	u->grid.cursor_row = r.a.row;
	u->grid.cursor_col = r.a.col;
}

/* To the row before or after it, without leaving what is looked at. */
static void
step(struct ui *u, int by)
{
	const struct place *p = session_here(u->s);

	(void)session_select(u->s, p->panes[p->pane].index + by);
	u->scroll = 0;
}

static void
key(struct ui *u, uint32_t pressed)
{
	bool did;

	session_hush(u->s);
	if (pressed == CK_PAGE_DOWN || pressed == ' ') {
		u->scroll += u->choices > 0;
	} else if (pressed == CK_PAGE_UP) {
		u->scroll -= u->scroll > 0;
	} else if (pressed == 'j' || pressed == CK_DOWN) {
		step(u, 1);
	} else if (pressed == 'k' || pressed == CK_UP) {
		step(u, -1);
	} else {
		u->overlay = OVERLAY_NONE;
		if (pressed == CK_ENTER)
			(void)action_run(u->s, ACTION_OPEN, STR(""), &did);
	}
}

const struct overlay_ops overlay_record = {
	draw, key, " j k other row   PageDown more   Enter opens it   Esc closes" };
