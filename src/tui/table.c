/* table.c - every list of the workbench: header, rows, and what an empty one says. */
#include "config.h"

#include "tui/view.h"

#include "base/clock.h"
#include "text/url.h"

/* The gutter: cursor, mark, badge, a blank. */
enum { GUTTER = TABLE_GUTTER, BADGE_COL = 2, HITS_MAX = 8 };

static bool
is_number(enum column_form form)
{
	return form == FORM_NUMBER || form == FORM_COUNT || form == FORM_SCORE || form == FORM_REAL ||
	       form == FORM_ODDS || form == FORM_PVALUE;
}

const struct value *
row_value(enum list_id list, const struct row *row, const char *name)
{
	size_t count;
	const struct column *columns = list_columns(list, &count);
	size_t at = column_find(columns, count, str_of(name));

	return row != NULL && at < count && row->values[at].type != VALUE_NULL ?
	       &row->values[at] : NULL;
}

struct claque_str
row_text(enum list_id list, const struct row *row, const char *name)
{
	const struct value *v = row_value(list, row, name);

	return v != NULL && v->type == VALUE_TEXT ? v->s : STR("");
}

int64_t
row_int(enum list_id list, const struct row *row, const char *name, int64_t none)
{
	const struct value *v = row_value(list, row, name);

	return v != NULL && v->type == VALUE_INT ? v->i : none;
}

double
row_real(enum list_id list, const struct row *row, const char *name)
{
	const struct value *v = row_value(list, row, name);

	if (v == NULL || v->type == VALUE_TEXT)
		return 0;
	return v->type == VALUE_INT ? (double)v->i : v->r;
}

size_t
search_hits(const struct ui *u, struct claque_str text, struct grid_hit *out, size_t max)
{
	size_t n = 0, from = 0, at, len;

	while (n < max && from <= text.len && session_match(u->s, text, from, &at, &len)) {
		if (len > 0)
			out[n++] = (struct grid_hit){ at, len, STYLE_HIT };
		from = at + (len > 0 ? len : 1);
	}
	return n;
}

/*
 * Links as what cannot be clicked: many terminals open what looks like one. A
 * text is looked at as far as a screen may show it.
 */
struct claque_str
text_defanged(struct arena *perm, struct claque_str text)
{
	struct claque_str word;
	struct buf out;

	text = str_head(text, TEXT_LOOKED_AT);
	if (str_find(text, STR("://"), 0) == text.len)
		return text;
	buf_init(&out, 3 * TEXT_LOOKED_AT);
	for (bool first = true; str_cut(&text, ' ', &word); first = false) {
		struct arena room = *perm;

		if (!first)
			buf_addc(&out, ' ');
		if (str_find(word, STR("://"), 0) < word.len)
			word = url_defang(&room, word);
		buf_add(&out, word);
	}
	text = str_dup(perm, buf_str(&out));
	buf_done(&out);
	return text;
}

/* As much of a time, or as exact a count, as the column has room for. */
static struct claque_str
cell_text(struct arena *perm, const struct column *c, const struct value *v, int width)
{
	if (c->form == FORM_TIME && v->type == VALUE_INT && width < SECOND_COLS)
		return clock_text(perm, v->i, width < MINUTE_COLS ? CLOCK_DATE : CLOCK_MINUTE);
	if (c->form == FORM_COUNT && v->type == VALUE_INT)
		return count_within(perm, v->i, width);
	return text_defanged(perm, value_screen(perm, c, v));
}

static enum style
cell_style(const struct column *c, const struct value *v)
{
	if (c->form == FORM_SCORE && v->type == VALUE_REAL && v->r >= 0.5)
		return STYLE_LEAD;
	if (c->form == FORM_ODDS && v->type == VALUE_REAL && v->r < 0)
		return STYLE_WARN;
	return c->form == FORM_TIME && c->priority > 0 ? STYLE_DIM : STYLE_PLAIN;
}

static void
draw_row(struct ui *u, struct area a, int line, const struct layout *l,
	 const struct column *columns, const struct row *row)
{
	struct arena kept = u->grid.scratch;	/* a long cell's text is of no use after it */
	struct grid_hit hits[HITS_MAX + COLOUR_HITS], colours[COLOUR_HITS];

	for (size_t i = 0; i < l->count; i++) {
		const struct column *c = &columns[l->cells[i].column];
		const struct value *v = &row->values[l->cells[i].column];
		int width = l->cells[i].width, col = GUTTER + l->cells[i].at;
		struct claque_str text = cell_text(&u->grid.scratch, c, v, width);
		size_t colour_count = colour_cell(&u->grid.scratch, l->list, row, c, &text, colours);
		size_t hit_count = v->type == VALUE_TEXT ?
				   search_hits(u, text, hits, HITS_MAX) : 0;

		memcpy(hits + hit_count, colours, colour_count * sizeof(*hits));
		hit_count += colour_count;
		if (is_number(c->form) && (int)text.len < width)
			col += width - (int)text.len;
		(void)grid_safe(&u->grid, a, line, col, width, cell_style(c, v), text, hits,
				hit_count);
		u->grid.scratch = kept;
	}
}

/* What the header says: abbreviated where the column is too narrow for the word. */
static const char *
header_of(const struct column *c, int width, int marks)
{
	const char *full = column_full_title(c);

	return (int)strlen(full) + marks <= width ? full : column_title(c);
}

static void
draw_header(struct ui *u, struct area a, const struct layout *l, const struct column *columns,
	    const struct pane *pane)
{
	const char *down = u->grid.ascii ? "v" : "▼", *up = u->grid.ascii ? "^" : "▲";

	for (size_t i = 0; i < l->count; i++) {
		const struct column *c = &columns[l->cells[i].column];
		int chosen = (int)l->cells[i].column, width = l->cells[i].width;
		int key = table_key(pane, l->cells[i].column);
		bool several = key > 0 && pane->then_count > 0;
		const char *title = header_of(c, width, (key > 0) + several);
		int len = (int)strlen(title) + (key > 0) + several;
		int col = GUTTER + l->cells[i].at;
		enum style style = pane != NULL && pane->column == chosen ? STYLE_INPUT : STYLE_BOLD;
		bool descends = key == 1 ? pane->descending : key > 1 && pane->then[key - 2].descending;

		if (is_number(c->form) && len < width)
			col += width - len;
		col += grid_text(&u->grid, a, 0, col, style, str_of(title));
		if (key > 0)
			col += grid_text(&u->grid, a, 0, col, STYLE_LEAD,
					 str_of(descends ? down : up));
		if (several)
			(void)grid_textf(&u->grid, a, 0, col, STYLE_LEAD, "%d", key);
	}
}

static void
keep_in_view(struct pane *pane, int rows)
{
	if (pane->index < pane->top)
		pane->top = pane->index;
	if (pane->index >= pane->top + rows)
		pane->top = pane->index - rows + 1;
	if (pane->top < 0)
		pane->top = 0;
}

/* A name that passes for another's is a trick as well, though not of one text alone. */
enum { LOOK_BIT = SAFE_BIT_COUNT };

/* A trick in any of its texts, also one that is cut off or in no column. */
static unsigned
badges_of(struct ui *u, enum list_id list, const struct row *row)
{
	enum { LOOKED_AT = 1024 };
	struct arena scratch = u->grid.scratch;
	size_t count;
	const struct column *columns = session_columns_of(u->s, list, &count);
	unsigned badges = 0;

	for (size_t i = 0; i < count; i++)
		if ((columns[i].form == FORM_TEXT || columns[i].form == FORM_ID) &&
		    row->values[i].type == VALUE_TEXT)
			badges |= safe_cells(&scratch,
					     str_head(row->values[i].s, LOOKED_AT)).badges;
	if (row_value(list, row, "looks_like") != NULL)
		badges |= 1u << LOOK_BIT;
	return badges;
}

/* The letter of the trick, ! where there are several: o says which, and who else has them. */
static void
draw_badge(struct ui *u, struct area a, int line, unsigned badges)
{
	static const char letters[] = {
		[SAFE_BIT_CONTROL] = 'c', [SAFE_BIT_BIDI] = 'b', [SAFE_BIT_ZERO_WIDTH] = 'z',
		[SAFE_BIT_INVALID] = 'i', [SAFE_BIT_COMBINING] = 's', [SAFE_BIT_MIXED] = 'm',
		[SAFE_BIT_UNASSIGNED] = 'u', [LOOK_BIT] = 'l',
	};
	_Static_assert(sizeof(letters) == LOOK_BIT + 1, "a letter for each badge");
	bool several = (badges & (badges - 1)) != 0;

	for (unsigned bit = 0; bit <= LOOK_BIT && badges != 0; bit++)
		if (several || (badges & 1u << bit) != 0) {
			(void)grid_textf(&u->grid, a, line, BADGE_COL, STYLE_WARN, "%c",
					 several ? '!' : letters[bit]);
			return;
		}
}

static void
draw_gutter(struct ui *u, struct area a, int line, bool cursor, bool marked)
{
	if (marked) {
		grid_style_row(&u->grid, a, line, STYLE_MARKED);
		(void)grid_text(&u->grid, a, line, 1, STYLE_MARKED, STR("*"));
	}
	if (!cursor)
		return;
	grid_style_row(&u->grid, a, line, STYLE_CURSOR);
	(void)grid_text(&u->grid, a, line, 0, STYLE_CURSOR, STR(">"));
	u->grid.cursor_row = a.row + line;
	u->grid.cursor_col = a.col;
}

/* Of an empty list: that it is, and what would fill it. */
static struct claque_str
nothing_in(struct ui *u, enum list_id list)
{
	static const char *const words[LIST_COUNT + 1] = {
		[LIST_POSTS] = "no posts",
		[LIST_SOURCES] = "nothing was shared",
		[LIST_HASHTAGS] = "no post carries a hashtag",
		[LIST_SITES] = "no post links to a site",
		[LIST_CHANGES] = "no profile change is known; claque import takes lists of them",
		[LIST_INDICATORS] = "no published indicators; claque import takes lists of them",
		[LIST_REUSED] = "no handle was seen with two accounts",
		[LIST_HANDLES] = "no account was seen with two handles",
		[LIST_MATCHES] = "no published indicator matches anything here",
		[LIST_NEIGHBOURS] = "tied to nobody beyond chance",
		[LIST_CLAIMS] = "no claim yet: A makes one about the row under the cursor, on any list",
		[LIST_EVIDENCE] = "no reasons: no run, or it is in no group",
		[LIST_LEDGER] = "no act yet: every note, tag, pin and undo will stand here",
	};

	if (list == LIST_CLUSTERS && session_here(u->s)->subject.kind != SUBJECT_none)
		return STR("in no cluster");
	if (list == LIST_CLUSTERS)
		return STR("no run yet, or it found no group: claque score looks for them");
	if (list == LIST_NOTES)
		return str_fmt(&u->grid.scratch, "nothing yet: " STR_FMT " notes, " STR_FMT " tags, "
			       STR_FMT " pins, " STR_FMT " judges what is under the cursor",
			       STR_ARG(ui_key_of(u, ACTION_NOTE)), STR_ARG(ui_key_of(u, ACTION_TAG)),
			       STR_ARG(ui_key_of(u, ACTION_PIN)),
			       STR_ARG(ui_key_of(u, ACTION_VERDICT)));
	return words[list] != NULL ? str_of(words[list]) : STR("none");
}

/* Says why there is nothing: a lens that hides all must not look like an empty case. */
static void
draw_nothing(struct ui *u, struct area a)
{
	const struct place *p = session_here(u->s);

	if (session_message_is_error(u->s))
		(void)grid_text(&u->grid, a, 1, GUTTER, STYLE_DIM,
				STR("the case could not be asked: the line below says why"));
	else if (session_shows_some(u->s))
		(void)grid_textf(&u->grid, a, 1, GUTTER, STYLE_DIM,
				 "none among the first %s; looking through the rest",
				 count_grouped(&u->grid.scratch, SESSION_FIRST).p);
	else if (!lens_is_open(&p->lens))
		(void)grid_text(&u->grid, a, 1, GUTTER, STYLE_DIM,
				STR("nothing passes the lens: x drops its last condition"));
	else
		(void)grid_text(&u->grid, a, 1, GUTTER, STYLE_DIM,
				nothing_in(u, session_list(u->s)));
}

void
table_active(struct ui *u, struct area a)
{
	struct place *p = session_place(u->s);
	struct pane *pane = &p->panes[p->pane];
	size_t count;
	const struct column *columns = session_columns(u->s, &count);
	struct layout layout;

	u->list_area = (struct area){ a.row + 1, a.col, a.rows - 1, a.cols };
	if (a.rows < 2)
		return;
	layout_fit(&layout, u->s, session_list(u->s), p->subject.kind, pane, a.cols - GUTTER);
	draw_header(u, a, &layout, columns, pane);
	if (session_current(u->s) == NULL) {
		draw_nothing(u, a);
		return;
	}
	keep_in_view(pane, a.rows - 1);
	for (int line = 1; line < a.rows; line++) {
		int64_t index = pane->top + line - 1;
		const struct row *row = session_row(u->s, index);

		if (row == NULL)
			break;
		draw_row(u, a, line, &layout, columns, row);
		draw_badge(u, a, line, badges_of(u, session_list(u->s), row));
		draw_gutter(u, a, line, index == pane->index,
			    session_marked(u->s, session_row_subject(u->s, row)));
	}
}

void
part_owed(struct ui *u, struct area a, int row, int col)
{
	(void)grid_text(&u->grid, a, row, col, STYLE_DIM,
			u->grid.ascii ? STR("...") : STR("…"));
}

static void
draw_more(struct ui *u, struct area a, int line, enum list_id list, struct subject subject,
	  size_t shown)
{
	int64_t all = session_side_count(u->s, list, subject);

	if (all == SESSION_MANY)
		(void)grid_text(&u->grid, a, line, GUTTER, STYLE_DIM, STR("more than 10k more"));
	else if (all > (int64_t)shown)
		(void)grid_textf(&u->grid, a, line, GUTTER, STYLE_DIM, "+%lld more",
				 (long long)(all - (int64_t)shown));
}

void
table_rows(struct ui *u, struct area a, enum list_id list, enum subject_kind on,
	   const struct row *rows, size_t count)
{
	size_t all;
	const struct column *columns = list_columns(list, &all);
	struct layout layout;

	if (a.rows < 2)
		return;
	layout_fit(&layout, u->s, list, on, NULL, a.cols - GUTTER);
	draw_header(u, a, &layout, columns, NULL);
	for (size_t i = 0; i < count && (int)i + 1 < a.rows; i++)
		draw_row(u, a, (int)i + 1, &layout, columns, &rows[i]);
}

void
table_side(struct ui *u, struct area a, enum list_id list, struct subject subject)
{
	struct side side;
	size_t count, fit;
	const struct column *columns = list_columns(list, &count);
	struct layout layout;

	if (a.rows < 2)
		return;
	layout_fit(&layout, u->s, list, subject.kind, NULL, a.cols - GUTTER);
	draw_header(u, a, &layout, columns, NULL);
	fit = (size_t)a.rows - 1;
	side = session_side(u->s, list, subject, fit + 1);
	if (!side.ready) {
		part_owed(u, a, 1, GUTTER);
		return;
	}
	if (side.got == 0)
		(void)grid_text(&u->grid, a, 1, GUTTER, STYLE_DIM, nothing_in(u, list));
	if (side.got > fit)
		fit--;
	for (size_t i = 0; i < side.got && i < fit; i++)
		draw_row(u, a, (int)i + 1, &layout, columns, &side.rows[i]);
	if (side.got > fit)
		draw_more(u, a, a.rows - 1, list, subject, fit);
}

void
table_pane(struct ui *u, struct area a, int pane)
{
	const struct place *p = session_here(u->s);

	if (p->pane == pane)
		table_active(u, a);
	else
		table_side(u, a, screen_get(p->screen)->lists[pane], p->subject);
}
