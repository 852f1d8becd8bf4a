/*
 * columns.c - the columns of the active list by a letter each: to sort by them,
 * to show or hide them, to move them. What was sorted by before decides
 * between equals, so that several keys need no key of their own.
 */
#include "config.h"

#include "tui/view.h"

enum { NAME_COL = 4, HELP_COL = 24, BOX_COLS = 110, FULL_ROWS = 2 };

/* Each column gets the first letter of its title that is still free. */
static size_t
give_letters(const struct column *columns, const uint8_t *order, size_t count,
	     struct sort_key out[SORT_KEYS_MAX])
{
	bool taken[128] = { ['j'] = true, ['k'] = true, ['q'] = true };
	size_t n = 0;

	for (size_t i = 0; i < count && n < SORT_KEYS_MAX; i++) {
		const char *at = column_title(&columns[order[i]]);

		while (*at != '\0' && (!byte_is_alpha(*at) || taken[(unsigned char)byte_lower(*at)]))
			at++;
		out[n] = (struct sort_key){ .column = order[i], .letter = ' ' };
		if (*at != '\0') {
			out[n].letter = byte_lower(*at);
			taken[(unsigned char)out[n].letter] = true;
		}
		n++;
	}
	return n;
}

size_t
sort_keys(const struct session *s, struct sort_key out[SORT_KEYS_MAX])
{
	struct shape shape = desk_shape(s, session_list(s));
	size_t count;
	const struct column *columns = session_columns(s, &count);

	return give_letters(columns, shape.columns, shape.count, out);
}

/* Those that are shown, then the rest; returns how many. */
static size_t
all_keys(const struct session *s, struct sort_key out[SORT_KEYS_MAX])
{
	struct shape shape = desk_shape(s, session_list(s));
	size_t count, n = shape.count;
	const struct column *columns = session_columns(s, &count);

	for (size_t i = 0; i < count; i++)
		if (!shape_has(&shape, i))
			shape.columns[n++] = (uint8_t)i;
	return give_letters(columns, shape.columns, n, out);
}

/* "1 largest first" where the column is a key of the order; else what it is. */
static struct claque_str
order_text(struct arena *perm, const struct pane *pane, const struct column *columns, size_t at)
{
	if (pane->sort == (int)at)
		return str_fmt(perm, "%s%s first now", pane->then_count > 0 ? "1 " : "",
			       pane->descending ? "largest" : "smallest");
	for (int i = 0; pane->sort >= 0 && i < pane->then_count; i++)
		if (pane->then[i].column == (int)at)
			return str_fmt(perm, "%d %s first, between equals", i + 2,
				       pane->then[i].descending ? "largest" : "smallest");
	return str_of(columns[at].help);
}

/*
 * A box for u->choices lines that scrolls with the cursor; *top is its first line. Below
 * them, what the one under the cursor is, whole.
 */
static struct area
open_box(struct ui *u, struct claque_str title, const struct sort_key *keys,
	 const struct column *columns, size_t *top)
{
	struct area a = overlay_box(u, (int)u->choices + FULL_ROWS, BOX_COLS, title);
	const struct column *c;

	if (u->choice >= u->choices)
		u->choice = u->choices > 0 ? u->choices - 1 : 0;
	if (u->choices > 0 && a.rows > FULL_ROWS) {
		c = &columns[keys[u->choice].column];
		(void)part_wrapped(u, area_bottom(&a, FULL_ROWS), 0, 1, STYLE_DIM,
				   str_fmt(&u->grid.scratch, "%s: %s", column_full_title(c),
					   c->help));
	}
	*top = (int)u->choice >= a.rows ? u->choice - (size_t)a.rows + 1 : 0;
	return a;
}

static void
draw_line(struct ui *u, struct area a, int line, const struct sort_key *key,
	  const struct column *columns)
{
	(void)grid_textf(&u->grid, a, line, 1, STYLE_BOLD, "%c", key->letter);
	(void)grid_safe(&u->grid, a, line, NAME_COL, HELP_COL - NAME_COL - 1, STYLE_PLAIN,
			str_of(column_full_title(&columns[key->column])), NULL, 0);
}

/* Beside its name; what does not fit ends in a ~. */
static void
draw_told(struct ui *u, struct area a, int line, struct claque_str text)
{
	(void)grid_safe(&u->grid, a, line, HELP_COL, a.cols - HELP_COL, STYLE_DIM, text, NULL, 0);
}

static void
draw_sort(struct ui *u)
{
	const struct place *p = session_here(u->s);
	const struct pane *pane = &p->panes[p->pane];
	struct sort_key keys[SORT_KEYS_MAX];
	size_t count, top;
	const struct column *columns = session_columns(u->s, &count);
	struct area a;

	u->choices = sort_keys(u->s, keys);
	a = open_box(u, STR("sort by"), keys, columns, &top);
	for (int line = 0; line < a.rows && top + (size_t)line < u->choices; line++) {
		const struct sort_key *key = &keys[top + (size_t)line];

		draw_line(u, a, line, key, columns);
		draw_told(u, a, line, order_text(&u->grid.scratch, pane, columns, key->column));
		overlay_choice(u, a, line, top + (size_t)line == u->choice);
	}
}

/* The one that a letter or Enter names, or `count`. */
static size_t
chosen_by(const struct ui *u, uint32_t key, const struct sort_key *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (keys[i].letter != ' ' && (uint32_t)keys[i].letter == key)
			return i;
	return (key == CK_ENTER || key == ' ') && u->choice < count ? u->choice : count;
}

static void
key_sort(struct ui *u, uint32_t key)
{
	struct sort_key keys[SORT_KEYS_MAX];
	size_t count, at;
	const struct column *columns = session_columns(u->s, &count);

	u->choices = sort_keys(u->s, keys);
	if (ui_choose(u, key, true))
		return;
	at = chosen_by(u, key, keys, u->choices);
	u->overlay = OVERLAY_NONE;
	if (at < u->choices)
		ui_act(u, ACTION_SORT, str_of(columns[keys[at].column].name));
	else if (key == '0')
		(void)session_sort(u->s, -1, false);
	else if (key != CK_ESC)
		session_say(u->s, "no column has that letter; s shows them");
}

static void
draw_columns(struct ui *u)
{
	struct shape shape = desk_shape(u->s, session_list(u->s));
	struct sort_key keys[SORT_KEYS_MAX];
	size_t count, top;
	const struct column *columns = session_columns(u->s, &count);
	struct area a;

	u->choices = all_keys(u->s, keys);
	a = open_box(u, str_fmt(&u->grid.scratch, "columns of %s: %zu of %zu shown",
				list_name(session_list(u->s)), shape.count, count), keys, columns,
		     &top);
	for (int line = 0; line < a.rows && top + (size_t)line < u->choices; line++) {
		const struct sort_key *key = &keys[top + (size_t)line];
		bool shown = shape_has(&shape, key->column);

		draw_line(u, a, line, key, columns);
		(void)grid_text(&u->grid, a, line, 2, STYLE_GOOD, shown ? STR("+") : STR(" "));
		draw_told(u, a, line, str_of(columns[key->column].help));
		overlay_choice(u, a, line, top + (size_t)line == u->choice);
	}
}

/* The cursor stays on the column that was moved. */
static void
move_choice(struct ui *u, size_t column, int by)
{
	if (desk_move_column(u->s, session_list(u->s), column, by) != 0)
		u->choice += by < 0 ? (size_t)-1 : 1;
}

static void
key_columns(struct ui *u, uint32_t key)
{
	enum list_id list = session_list(u->s);
	struct sort_key keys[SORT_KEYS_MAX];
	size_t at;

	session_hush(u->s);
	u->choices = all_keys(u->s, keys);
	if (ui_choose(u, key, true))
		return;
	at = chosen_by(u, key, keys, u->choices);
	if (at < u->choices)
		(void)desk_toggle_column(u->s, list, keys[at].column);
	else if (key == '<' || key == '>' || key == CK_LEFT || key == CK_RIGHT)
		move_choice(u, keys[u->choice].column, key == '<' || key == CK_LEFT ? -1 : 1);
	else if (key == '0')
		(void)desk_reset_columns(u->s, list);
	else
		u->overlay = OVERLAY_NONE;
}

const struct overlay_ops overlay_sort = {
	draw_sort, key_sort,
	" j k choose   Enter or its letter sorts   0 the list's own order   Esc closes" };
const struct overlay_ops overlay_columns = {
	draw_columns, key_columns,
	" its letter shows or hides   < > moves it   0 as they were   Esc closes" };
