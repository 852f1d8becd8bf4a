/*
 * facets.c - the pane at the left: what the rows of the list can be told apart
 * by, each value with its rows under the lens. Choosing one makes it a
 * condition of the lens, choosing it again takes it away. While the pane has
 * the keys its title is marked; Tab gives them back to the list, and one Esc
 * closes it.
 */
#include "config.h"

#include "tui/view.h"

enum { VALUES_MAX = 12, LINES_MAX = FACETS_MAX * (VALUES_MAX + 3), WIDE_COLS_FROM = 100,
       PANE_COLS = 28, NARROW_COLS = 24, COUNT_COLS = 7, GAP_COLS = 2 };

enum line_kind { LINE_TITLE, LINE_SAMPLE, LINE_VALUE, LINE_MORE };

struct line {
	enum line_kind kind;
	size_t facet, value;
};

struct lines {
	struct line at[LINES_MAX];
	size_t count, values;
};

static void
add(struct lines *l, enum line_kind kind, size_t facet, size_t value)
{
	if (l->count == LINES_MAX)
		return;
	l->at[l->count++] = (struct line){ kind, facet, value };
	l->values += kind == LINE_VALUE;
}

/* Of how many rows it is a sample; 0: of none, all were counted. */
static int64_t
sample_of(const struct facet_counts *f)
{
	return f->all ? 0 : f->rows;
}

/* What was counted is said where it is not what the facet above it counted. */
static struct lines
lines_of(struct ui *u)
{
	enum list_id list = session_list(u->s);
	struct lines l = { .count = 0 };
	int64_t sample = 0;

	for (size_t i = 0; i < list_facets(list); i++) {
		const struct facet_counts *f = session_facet(u->s, i, VALUES_MAX);

		add(&l, LINE_TITLE, i, 0);
		if (f != NULL && !f->late && sample_of(f) != sample) {
			sample = sample_of(f);
			add(&l, LINE_SAMPLE, i, 0);
		}
		for (size_t k = 0; f != NULL && k < f->got; k++)
			add(&l, LINE_VALUE, i, k);
		if (f != NULL && f->got == VALUES_MAX)
			add(&l, LINE_MORE, i, 0);
	}
	return l;
}

/* The line of the n-th value; the first line if there is none. */
static size_t
line_of(const struct lines *l, size_t value)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->at[i].kind == LINE_VALUE && value-- == 0)
			return i;
	return 0;
}

/* Its name and how many values there are; what does not fit ends in a ~. */
static void
draw_title(struct ui *u, struct area a, int row, size_t facet, const struct facet_counts *f)
{
	struct claque_str title = str_of(list_facet_title(session_list(u->s), facet));
	struct claque_str rest = f == NULL ? STR("...") : f->late ? STR("takes too long") :
				 count_short(&u->grid.scratch, f->distinct);
	int col = grid_safe(&u->grid, a, row, 0, a.cols - 1, STYLE_BOLD, title, NULL, 0) + 1;

	(void)grid_safe(&u->grid, a, row, col, a.cols - col - 1, f != NULL && f->late ? STYLE_WARN :
			STYLE_DIM, rest, NULL, 0);
}

static void
draw_value(struct ui *u, struct area a, int row, size_t facet, const struct facet_value *v)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str name = str_of(list_facet_name(session_list(u->s), facet));
	struct claque_str count = count_short(perm, v->count);
	bool chosen = lens_has(&session_here(u->s)->lens, name, v->value);
	enum style style = chosen ? STYLE_MARKED : STYLE_PLAIN;

	if (chosen)
		(void)grid_text(&u->grid, a, row, 1, style, STR("*"));
	(void)grid_safe(&u->grid, a, row, 2, a.cols - 2 - COUNT_COLS, v->value.len > 0 ? style :
			STYLE_DIM, v->value.len > 0 ? text_defanged(perm, v->value) : STR("(none)"),
			NULL, 0);
	(void)grid_text(&u->grid, a, row, a.cols - 1 - (int)count.len, style, count);
}

static void
draw_line(struct ui *u, struct area a, int row, const struct line *line)
{
	const struct facet_counts *f = session_facet(u->s, line->facet, VALUES_MAX);

	if (line->kind == LINE_TITLE)
		draw_title(u, a, row, line->facet, f);
	else if (line->kind == LINE_SAMPLE)
		(void)grid_textf(&u->grid, a, row, 1, STYLE_WARN, f->all ? "of all rows" :
				 "of a sample of %s", count_short(&u->grid.scratch, f->rows).p);
	else if (line->kind == LINE_VALUE)
		draw_value(u, a, row, line->facet, &f->values[line->value]);
	else if (f->distinct > (int64_t)f->got)
		(void)grid_textf(&u->grid, a, row, 2, STYLE_DIM, "+%s more",
				 count_short(&u->grid.scratch, f->distinct - (int64_t)f->got).p);
}

static void
draw_lines(struct ui *u, struct area a, const struct lines *l, bool focus)
{
	size_t at = line_of(l, u->facet), top = 0;

	if ((int)at >= a.rows)
		top = at - (size_t)a.rows + 1;
	for (int row = 0; row < a.rows && top + (size_t)row < l->count; row++) {
		draw_line(u, a, row, &l->at[top + (size_t)row]);
		if (focus && top + (size_t)row == at)
			overlay_choice(u, a, row, true);
	}
	if (l->count - top > (size_t)a.rows)
		(void)grid_textf(&u->grid, a, a.rows - 1, a.cols - 6, STYLE_DIM, " +%zu ",
				 l->count - top - (size_t)a.rows);
}

struct area
facets_draw(struct ui *u, struct area a)
{
	bool focus = u->overlay == OVERLAY_FACETS;
	int cols = u->grid.cols >= WIDE_COLS_FROM ? PANE_COLS : NARROW_COLS;
	struct area pane, title;
	struct lines lines;

	if (!u->facets || (ui_is_narrow(u) && !focus))
		return a;
	pane = area_left(&a, ui_is_narrow(u) ? a.cols : cols);
	pane.cols -= GAP_COLS;
	title = area_top(&pane, 1);
	(void)grid_text(&u->grid, title, 0, 0, focus ? STYLE_INPUT : STYLE_DIM,
			focus ? STR(" FACETS ") : STR(" facets (Tab)"));
	lines = lines_of(u);
	if (u->facet >= lines.values)
		u->facet = lines.values > 0 ? lines.values - 1 : 0;
	draw_lines(u, pane, &lines, focus);
	if (lines.count == 0)
		(void)grid_text(&u->grid, pane, 0, 1, STYLE_DIM, STR("none for this list"));
	return a;
}

bool
facets_lens(struct ui *u, struct lens *out, bool *fits)
{
	struct lines lines = lines_of(u);
	const struct line *line;
	const struct facet_counts *f;

	*out = session_here(u->s)->lens;
	if (lines.values == 0)
		return false;
	line = &lines.at[line_of(&lines, u->facet)];
	f = session_facet(u->s, line->facet, VALUES_MAX);
	*fits = lens_toggle(out, str_of(list_facet_name(session_list(u->s), line->facet)),
			    f->values[line->value].value);
	return true;
}

static void
choose(struct ui *u)
{
	struct lens lens;
	bool fits;

	if (!facets_lens(u, &lens, &fits))
		return;
	if (fits)
		(void)session_set_lens(u->s, &lens);
	else
		session_say(u->s, "this cannot be a condition: the lens takes %d facets, values of"
			    " up to %d bytes", LENS_FACETS_MAX, FACET_VALUE_MAX);
}

static void
key_facets(struct ui *u, uint32_t key)
{
	bool did;

	session_hush(u->s);
	if (key == 'j' || key == CK_DOWN)
		u->facet++;
	else if (key == 'k' || key == CK_UP)
		u->facet -= u->facet > 0;
	else if (key == CK_PAGE_DOWN || key == CK_PAGE_UP)
		u->facet = key == CK_PAGE_DOWN ? u->facet + 10 : u->facet > 10 ? u->facet - 10 : 0;
	else if (key == 'g' || key == CK_HOME || key == 'G' || key == CK_END)
		u->facet = key == 'g' || key == CK_HOME ? 0 : LINES_MAX;
	else if (key == CK_ENTER || key == ' ')
		choose(u);
	else if (key == 'x' || key == 'X')
		(void)action_run(u->s, key == 'x' ? ACTION_DROP : ACTION_CLEAR, STR(""), &did);
	else if (key == CK_TAB || key == CK_BACKTAB)
		u->overlay = OVERLAY_NONE;
	else if (key == CK_ESC || key == 'f' || key == 'q')
		facets_close(u);
	else
		session_say(u->s, "the facets have the keys: Tab gives them to the list,"
			    " Esc closes");
}

void
facets_open(struct ui *u)
{
	u->facets = true;
	u->overlay = OVERLAY_FACETS;
}

void
facets_close(struct ui *u)
{
	u->facets = false;
	u->overlay = OVERLAY_NONE;
}

const struct overlay_ops overlay_facets = {
	NULL, key_facets,
	" Enter chooses, again gives up   x drops last   Tab to the list   Esc closes" };
