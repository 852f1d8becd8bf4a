/*
 * table_fit.c - which columns of a list fit, and how wide they are. Columns come with a
 * least width, a wished one and a priority; they are dropped whole before any is drawn
 * half.
 */
#include "config.h"

#include "tui/view.h"

enum { GAP = 1, MUCH = 2, LITTLE = 4 };

/* The last of those with the highest number. */
static size_t
first_to_go(const struct layout *l, const struct column *columns)
{
	size_t worst = 0;

	for (size_t i = 1; i < l->count; i++)
		if (columns[l->cells[i].column].priority >=
		    columns[l->cells[worst].column].priority)
			worst = i;
	return worst;
}

static int
width_of(const struct layout *l)
{
	int width = 0;

	for (size_t i = 0; i < l->count; i++)
		width += l->cells[i].width + GAP;
	return width - GAP;
}

int
table_key(const struct pane *pane, size_t column)
{
	if (pane == NULL || pane->sort < 0)
		return 0;
	if (pane->sort == (int)column)
		return 1;
	for (int i = 0; i < pane->then_count; i++)
		if (pane->then[i].column == (int)column)
			return i + 2;
	return 0;
}

/* The arrow, and its number where there are several, stand behind the title. */
static int
least(const struct column *c, const struct pane *pane, size_t at)
{
	int title = (int)strlen(column_title(c));

	if (table_key(pane, at) > 0 && pane->then_count > 0)
		title += 2;
	return c->min > title ? c->min : title;
}

/* The columns that share the rest: how many, their width, and what the last one weighs. */
struct greedy {
	int count, width, priority;
};

static bool
is_greedy(const struct layout *l, const struct column *columns, size_t cell)
{
	return columns[l->cells[cell].column].ideal == 0;
}

static struct greedy
greedy_of(const struct layout *l, const struct column *columns)
{
	struct greedy g = { .count = 0 };

	for (size_t i = 0; i < l->count; i++) {
		if (!is_greedy(l, columns, i))
			continue;
		g.count++;
		g.width += l->cells[i].width;
		g.priority = columns[l->cells[i].column].priority;
	}
	return g;
}

/* So much more for all of them together; returns it. */
static int
feed(struct layout *l, const struct column *columns, int more)
{
	int left = greedy_of(l, columns).count, given = 0;

	for (size_t i = 0; i < l->count && left > 0 && more > 0; i++) {
		int part = (more - given) / left;

		if (!is_greedy(l, columns, i))
			continue;
		l->cells[i].width += part;
		given += part;
		left--;
	}
	return given;
}

/*
 * What takes the rest is mostly the sentence of the row: where it matters, it
 * gets a fair part of the width before columns of little weight get any.
 */
static int
fair_part(const struct layout *l, const struct column *columns, int cols)
{
	struct greedy g = greedy_of(l, columns);

	if (g.count == 0 || g.priority > MUCH)
		return 0;
	return g.priority == 0 ? cols / 2 : cols * 2 / 5;
}

static bool
is_crowded(const struct layout *l, const struct column *columns, int cols)
{
	int fair = fair_part(l, columns, cols), spare = cols - width_of(l);

	return fair > 0 && greedy_of(l, columns).width + spare < fair &&
	       columns[l->cells[first_to_go(l, columns)].column].priority >= LITTLE;
}

/*
 * A time is a day, a minute or a second: what lies between is of no use. When
 * the row happened matters to the second, other times about it to the day.
 */
static int
useful(const struct column *c, int width, int more)
{
	int to = width + more;

	if (c->form == FORM_TIME && c->priority > 0)
		return 0;
	if (c->form != FORM_TIME)
		return more;
	to = to >= SECOND_COLS ? SECOND_COLS : to >= MINUTE_COLS ? MINUTE_COLS : width;
	return to > width ? to - width : 0;
}

/* Headers in full, of those columns first that matter most. Returns what is left. */
static int
spell_out(struct layout *l, const struct column *columns, int spare)
{
	for (int priority = 0; priority < 10 && spare > 0; priority++)
		for (size_t i = 0; i < l->count; i++) {
			const struct column *c = &columns[l->cells[i].column];
			int more = (int)strlen(column_full_title(c)) - l->cells[i].width;

			if (c->priority != priority || c->form == FORM_TIME || more <= 0 ||
			    more > spare)
				continue;
			l->cells[i].width += more;
			spare -= more;
		}
	return spare;
}

/* Wished widths first, by priority; then headers, then what takes the rest. */
static void
widen(struct layout *l, const struct column *columns, int cols)
{
	int spare = cols - width_of(l), more = fair_part(l, columns, cols) -
	    greedy_of(l, columns).width;

	spare -= feed(l, columns, more < spare ? more : spare);
	for (int priority = 0; priority < 100 && spare > 0; priority++)
		for (size_t i = 0; i < l->count; i++) {
			const struct column *c = &columns[l->cells[i].column];

			more = c->ideal - l->cells[i].width;
			if (c->priority != priority || more <= 0)
				continue;
			more = useful(c, l->cells[i].width, more < spare ? more : spare);
			l->cells[i].width += more;
			spare -= more;
		}
	(void)feed(l, columns, spell_out(l, columns, spare));
}

/* What every row would repeat of the thing that the screen stands on. */
static bool
is_said(const struct column *c, enum subject_kind on)
{
	return (on == SUBJECT_account && strcmp(c->name, "account") == 0) ||
	       (on == SUBJECT_cluster && strcmp(c->name, "cluster") == 0);
}

static void
drop_cell(struct layout *l, size_t gone)
{
	l->count--;
	memmove(&l->cells[gone], &l->cells[gone + 1], (l->count - gone) * sizeof(l->cells[0]));
}

struct fit {
	const struct session *s;
	enum list_id list;
	enum subject_kind on;
	const struct pane *pane;
	int cols;
};

/* Columns that the analyst arranged go from the right; others by how little they matter. */
static void
fit_from(struct layout *l, const struct fit *f, size_t from)
{
	const struct session *s = f->s;
	const struct pane *pane = f->pane;
	enum list_id list = f->list;
	int cols = f->cols;
	bool shaped = desk_is_shaped(s, list);
	struct shape shape = desk_shape(s, list);
	size_t count;
	const struct column *columns = session_columns_of(s, list, &count);
	int at = 0;

	l->list = list;
	l->count = 0;
	for (size_t i = from; i < shape.count; i++) {
		size_t column = shape.columns[i];

		if (!shaped && is_said(&columns[column], f->on))
			continue;
		l->cells[l->count].column = column;
		l->cells[l->count++].width = least(&columns[column], pane, column);
	}
	while (shaped && l->count > 1 && width_of(l) > cols)
		l->count--;
	while (!shaped && l->count > 1 && (width_of(l) > cols || is_crowded(l, columns, cols)))
		drop_cell(l, first_to_go(l, columns));
	if (l->count == 1 && l->cells[0].width > cols)
		l->cells[0].width = cols > 0 ? cols : 0;
	widen(l, columns, cols);
	for (size_t i = 0; i < l->count; i++) {
		l->cells[i].at = at;
		at += l->cells[i].width + GAP;
	}
}

static bool
has_column(const struct layout *l, int column)
{
	for (size_t i = 0; i < l->count; i++)
		if ((int)l->cells[i].column == column)
			return true;
	return false;
}

/* Rows of a query have columns that nobody weighed: the chosen one is scrolled to. */
void
layout_fit(struct layout *l, const struct session *s, enum list_id list, enum subject_kind on,
	   const struct pane *pane, int cols)
{
	struct fit f = { s, list, on, pane, cols };
	size_t from = 0;

	fit_from(l, &f, from);
	while (list == LIST_NONE && pane != NULL && pane->column >= 0 &&
	       from < (size_t)pane->column && !has_column(l, pane->column))
		fit_from(l, &f, ++from);
}
