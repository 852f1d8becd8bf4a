/*
 * linear.c - a list is told from its rows, whole values and all; everything else from
 * the cells that a narrow screen would show, without frames and pictures: one source
 * for both, so that nothing is there for the eye only but drawings.
 *
 * What is told comes in parts, and a part is told again when it has changed; of the
 * rows of a list those that were not there before.
 */
#include "config.h"

#include "tui/linear.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "base/map.h"
#include "base/utf8.h"
#include "tui/view.h"

/* Narrow: one thing below the other. */
enum { LINEAR_ROWS = 30, LINEAR_COLS = 79, PART_MAX = 1 << 20, LINE_BYTES = 8 << 10,
       FIELD_BYTES = 80 };

enum part { PART_PLACE, PART_LIST, PART_REST, PART_CHOSEN, PART_MENU, PART_MESSAGE, PART_COUNT };

struct linear {
	struct ui ui;
	struct buf parts[PART_COUNT];
	uint64_t told[PART_COUNT];	/* hashes of what was told of each */
	struct set64 rows;		/* of the list, as they were told */
};

static void
add_label(struct buf *out, const char *label)
{
	buf_addz(out, label);
	buf_addz(out, ": ");
}

/* Text from data, in one line. */
static void
add_data(struct ui *u, struct buf *out, struct claque_str text)
{
	struct arena perm = u->grid.scratch;

	buf_add(out, safe_text(&perm, session_shown(u->s, &perm, text_defanged(&perm, text))));
}

/* --- cells */

/* Frames, and bars and dots wherever they stand. */
static bool
is_picture(const struct cell *c)
{
	return c->style == STYLE_FRAME || c->style == STYLE_CHART ||
	       (c->ch[0] >= 0x2500 && c->ch[0] < 0x25a0) ||
	       (c->ch[0] >= 0x2800 && c->ch[0] < 0x2900);
}

/* The words of some cells; two blanks where there were more. */
static void
add_cells(struct buf *out, const struct cell *cells, int from, int to)
{
	int blanks = 0;
	bool any = false;

	for (int i = from; i < to; i++) {
		char bytes[4];

		if (cells[i].ch[0] == 0)
			continue;
		if (cells[i].ch[0] == ' ' || is_picture(&cells[i])) {
			blanks++;
			continue;
		}
		if (any && blanks > 0)
			buf_addz(out, blanks > 1 ? "  " : " ");
		blanks = 0;
		any = true;
		for (int k = 0; k < 3 && cells[i].ch[k] != 0; k++)
			buf_add(out, (struct claque_str){ bytes, utf8_put(bytes, cells[i].ch[k]) });
	}
	if (any)
		buf_addc(out, '\n');
}

static const struct cell *
row_of(const struct ui *u, int row)
{
	return &u->grid.cells[(size_t)row * (size_t)u->grid.cols];
}

/* "> " before the line that is chosen. */
static void
add_row(const struct ui *u, struct buf *out, int row, int from, int to)
{
	const struct cell *cells = row_of(u, row);

	if (cells[(from + to) / 2].style == STYLE_CURSOR)
		buf_addz(out, "> ");
	add_cells(out, cells, from, to);
}

/* --- parts */

static void
tell_place(struct linear *l)
{
	enum { AFTER_LENS = 6 };
	struct ui *u = &l->ui;
	struct buf *out = &l->parts[PART_PLACE];

	add_label(out, "place");
	add_row(u, out, 0, 0, u->grid.cols);
	add_label(out, "lens");
	add_row(u, out, 1, AFTER_LENS, u->grid.cols);
	if (session_mark_count(u->s) > 0)
		buf_addf(out, "marks: %zu\n", session_mark_count(u->s));
}

static void
add_fields(struct linear *l, struct buf *out, const struct row *row, bool lines)
{
	struct ui *u = &l->ui;
	enum list_id list = session_list(u->s);
	struct shape shape = desk_shape(u->s, list);
	size_t count;
	const struct column *columns = session_columns_of(u->s, list, &count);

	for (size_t i = 0; i < shape.count; i++) {
		const struct column *c = &columns[shape.columns[i]];
		const struct value *v = &row->values[shape.columns[i]];
		struct arena kept = u->grid.scratch;
		struct claque_str text = value_screen(&u->grid.scratch, c, v);

		if (v->type == VALUE_NULL || (v->type == VALUE_TEXT && v->s.len == 0))
			continue;
		buf_addz(out, lines ? "  " : i > 0 ? "; " : "");
		add_label(out, column_full_title(c));
		add_data(u, out, lines ? text : str_head(text, FIELD_BYTES));
		if (lines)
			buf_addc(out, '\n');
		u->grid.scratch = kept;
	}
}

/* The rows that the screen would show, without which of them is chosen. */
static void
tell_list(struct linear *l)
{
	struct ui *u = &l->ui;
	const struct place *p = session_here(u->s);
	const struct pane *pane = &p->panes[p->pane];
	struct buf *out = &l->parts[PART_LIST];

	for (int i = 0; i < u->list_area.rows; i++) {
		const struct row *row = session_row(u->s, pane->top + i);

		if (row == NULL)
			break;
		buf_addf(out, "row %lld%s: ", (long long)(pane->top + i + 1),
			 session_marked(u->s, session_row_subject(u->s, row)) ? ", marked" : "");
		add_fields(l, out, row, false);
		buf_addc(out, '\n');
	}
}

static void
tell_chosen(struct linear *l)
{
	struct ui *u = &l->ui;
	const struct place *p = session_here(u->s);
	const struct row *row = session_current(u->s);
	struct buf *out = &l->parts[PART_CHOSEN];

	if (row == NULL)
		return;
	buf_addf(out, "chosen: row %lld%s\n", (long long)(p->panes[p->pane].index + 1),
		 session_marked(u->s, session_row_subject(u->s, row)) ? ", marked" : "");
	add_fields(l, out, row, true);
}

/* What is beside the list, or the whole screen where there is none. */
static void
tell_rest(struct linear *l, bool list)
{
	struct ui *u = &l->ui;
	int first = u->list_area.row - 1, last = u->list_area.row + u->list_area.rows;

	for (int row = 3; row < u->grid.rows - 3; row++)
		if (!list || row < first || row >= last)
			add_row(u, &l->parts[PART_REST], row, 0, u->grid.cols);
}

/* What is in its frame, or all of the screen; and what is being typed. */
static void
tell_menu(struct linear *l)
{
	struct ui *u = &l->ui;
	struct buf *out = &l->parts[PART_MENU];
	int last = u->grid.rows - 1;
	struct area box = u->grid.box;

	if (box.rows == 0 && row_of(u, last)[0].style != STYLE_INPUT)
		box = (struct area){ 3, 0, last - 5, u->grid.cols };
	for (int row = box.row - 1; box.rows > 0 && row < box.row + box.rows; row++)
		add_row(u, out, row, box.col, box.col + box.cols);
	if (row_of(u, last)[0].style == STYLE_INPUT) {
		add_row(u, out, last - 1, 0, u->grid.cols);
		add_label(out, "typed");
		add_row(u, out, last, 0, u->grid.cols);
	}
}

static void
tell_message(struct linear *l)
{
	struct ui *u = &l->ui;
	struct buf *out = &l->parts[PART_MESSAGE];

	if (session_message(u->s).len == 0)
		return;
	add_label(out, session_message_is_error(u->s) ? "error" : "message");
	add_data(u, out, session_message(u->s));
	buf_addc(out, '\n');
}

static void
draw(struct linear *l)
{
	struct ui *u = &l->ui;
	const struct overlay_ops *overlay = overlay_of(u->overlay);
	bool list;

	frame_finish(u);
	for (int i = 0; i < PART_COUNT; i++)
		buf_clear(&l->parts[i]);
	list = session_current(u->s) != NULL;
	tell_message(l);
	if (overlay != NULL && overlay->draw != NULL) {
		tell_menu(l);
		return;
	}
	tell_place(l);
	if (list && overlay == NULL)
		tell_list(l);
	tell_chosen(l);
	tell_rest(l, list && overlay == NULL);
}

/* --- what has changed */

static void
add_new_rows(struct linear *l, struct buf *out)
{
	struct claque_str rest = buf_str(&l->parts[PART_LIST]), line;
	struct set64 now;

	set64_init(&now);
	while (str_cut(&rest, '\n', &line)) {
		uint64_t hash = hash_bytes(line, 0);

		if (line.len == 0)
			continue;
		(void)set64_add(&now, hash);
		if (set64_has(&l->rows, hash))
			continue;
		buf_add(out, line);
		buf_addc(out, '\n');
	}
	set64_done(&l->rows);
	l->rows = now;
}

static void
add_changed(struct linear *l, struct buf *out)
{
	for (int i = 0; i < PART_COUNT; i++) {
		struct claque_str text = buf_str(&l->parts[i]);
		uint64_t hash = hash_bytes(text, 0);

		if (i == PART_LIST && text.len > 0)
			add_new_rows(l, out);
		else if (i == PART_MESSAGE || hash != l->told[i])
			buf_add(out, text);
		l->told[i] = hash;
	}
}

/* As if nothing had been told. */
static void
forget(struct linear *l)
{
	set64_done(&l->rows);
	set64_init(&l->rows);
	for (int i = 0; i < PART_COUNT; i++)
		l->told[i] = 0;
}

static struct linear *
linear_new(struct session *s, const struct settings *set)
{
	struct linear *l = calloc(1, sizeof(*l));

	if (l == NULL)
		base_oom();
	ui_init(&l->ui, s, LINEAR_ROWS, LINEAR_COLS, set);
	for (int i = 0; i < PART_COUNT; i++)
		buf_init(&l->parts[i], PART_MAX);
	set64_init(&l->rows);
	return l;
}

static void
linear_free(struct linear *l)
{
	for (int i = 0; i < PART_COUNT; i++)
		buf_done(&l->parts[i]);
	set64_done(&l->rows);
	grid_done(&l->ui.grid);
	free(l);
}

static enum claque_rc
press(struct linear *l, struct claque_str keys, struct claque_err *err)
{
	uint32_t key;

	while (!l->ui.quit && key_parse(&keys, &key)) {
		ui_key(&l->ui, key);
		frame_finish(&l->ui);	/* menus learn what they hold */
	}
	if (!l->ui.quit && keys.len > 0)
		return err_set(err, CLAQUE_EUSAGE, "keys: '" STR_FMT "' begins with no key; write "
			       "them as in jj<Enter>o", STR_ARG(str_head(keys, 40)));
	return CLAQUE_OK;
}

static void
print(struct linear *l, FILE *out)
{
	struct buf text;

	buf_init(&text, PART_COUNT * PART_MAX);
	draw(l);
	add_changed(l, &text);
	(void)fwrite(text.p, 1, text.len, out);
	buf_done(&text);
	(void)fflush(out);
}

static void
take_line(struct linear *l, struct claque_str line)
{
	struct claque_err err;

	if (line.len == 0 && !ui_is_typing(&l->ui))
		forget(l);
	else if (press(l, line, &err) != CLAQUE_OK)
		session_fail(l->ui.s, &err);
	else if (ui_is_typing(&l->ui))
		ui_key(&l->ui, CK_ENTER);
}

bool
linear_run(struct session *s, const struct settings *set, struct claque_str note, FILE *in,
	   FILE *out)
{
	struct linear *l = linear_new(s, set);
	char line[LINE_BYTES];
	bool demo;

	if (note.len > 0)
		session_say(s, STR_FMT, STR_ARG(note));
	print(l, out);
	while (!l->ui.quit && fgets(line, sizeof(line), in) != NULL) {
		session_hush(s);
		take_line(l, str_trim(str_of(line)));
		if (!l->ui.quit)
			print(l, out);
	}
	demo = l->ui.wants_demo;
	linear_free(l);
	return demo;
}

enum claque_rc
linear_dump(struct session *s, struct claque_str keys, const struct settings *set,
	    struct buf *out, struct claque_err *err)
{
	struct linear *l = linear_new(s, set);
	enum claque_rc rc;

	(void)frame_draw(&l->ui, false);
	rc = press(l, keys, err);
	if (rc == CLAQUE_OK)
		rc = session_fault(s, err);
	draw(l);
	add_changed(l, out);
	linear_free(l);
	return rc;
}
