#include "config.h"

#include "cli/output.h"

#include <stdio.h>
#include <string.h>

#include "text/safe.h"

enum { OUTPUT_ARENA = 64 << 20, ROW_ARENA = 16 << 20, CELL_WIDTH_MAX = 60,
       CELL_BYTES_MAX = 1024, LINE_MAX_BYTES = 1 << 30 };

enum output_form
output_form(const struct invocation *call)
{
	return args_flag(call, "json") ? OUTPUT_JSON :
	       args_flag(call, "csv") ? OUTPUT_CSV : OUTPUT_TABLE;
}

static void
write_out(struct claque_str s)
{
	if (s.len > 0)
		(void)fwrite(s.p, 1, s.len, stdout);	/* looked at in finish() */
}

static enum listing_form
listing_form(enum output_form form)
{
	return form == OUTPUT_JSON ? LISTING_JSON : LISTING_CSV;
}

void
output_start(struct output *o, enum output_form form, const struct column *columns,
	     size_t column_count, int64_t limit)
{
	*o = (struct output){ .form = form, .columns = columns, .column_count = column_count,
			      .limit = limit };
	o->whole = o->perm = arena_new(OUTPUT_ARENA);
	if (form == OUTPUT_TABLE) {
		o->held = ARENA_NEW(&o->perm, struct claque_str *, TABLE_HELD);
		o->widths = ARENA_NEW(&o->perm, size_t, column_count);
		return;
	}
	buf_init(&o->line, LINE_MAX_BYTES);
	listing_head(&o->line, listing_form(form), columns, column_count);
	write_out(buf_str(&o->line));
}

static bool
is_number(const struct column *col)
{
	return col->form != FORM_TEXT && col->form != FORM_ID && col->form != FORM_TIME;
}

/* Cut to the column and padded: numbers to the right, text to the left. */
static void
print_cell(const struct output *o, size_t col, struct claque_str text, struct arena scratch)
{
	struct safe_line line = safe_cells(&scratch, text);
	size_t width = o->widths[col], columns;
	bool last = col + 1 == o->column_count, cut = line.columns > width;

	if (is_number(&o->columns[col]))
		say_blanks(width > line.columns ? width - line.columns : 0);
	columns = say_cells(&line, cut ? width - 1 : width);
	if (cut) {
		(void)putchar('~');
		columns++;
	}
	if (last)
		return;
	if (!is_number(&o->columns[col]))
		say_blanks(width - columns);
	say_blanks(2);
}

static void
print_line(const struct output *o, struct claque_str *cells, struct arena scratch)
{
	for (size_t c = 0; c < o->column_count; c++)
		print_cell(o, c, cells[c], scratch);
	(void)putchar('\n');
}

static void
widen(struct output *o, struct claque_str *cells)
{
	for (size_t c = 0; c < o->column_count; c++) {
		struct arena scratch = o->perm;
		size_t columns = safe_cells(&scratch, cells[c]).columns;

		if (columns > CELL_WIDTH_MAX)
			columns = CELL_WIDTH_MAX;
		if (columns > o->widths[c])
			o->widths[c] = columns;
	}
}

static void
release_held(struct output *o)
{
	struct claque_str *names = ARENA_NEW(&o->perm, struct claque_str, o->column_count);

	for (size_t c = 0; c < o->column_count; c++)
		names[c] = str_of(o->columns[c].name);
	widen(o, names);
	for (size_t i = 0; i < o->held_count; i++)
		widen(o, o->held[i]);
	print_line(o, names, o->perm);
	for (size_t i = 0; i < o->held_count; i++)
		print_line(o, o->held[i], o->perm);
	o->held = NULL;
}

/* As on the screen, but that there is room for every digit of a count. */
static struct claque_str
cell_text(struct arena *perm, const struct column *col, const struct value *v)
{
	if (col->form == FORM_COUNT && v->type == VALUE_INT)
		return count_grouped(perm, v->i);
	return value_screen(perm, col, v);
}

/* No cell shows more than CELL_WIDTH_MAX columns: what cannot be seen is not held back. */
static struct claque_str
what_fits(struct arena *perm, struct claque_str text)
{
	struct claque_str head = str_head(text, CELL_BYTES_MAX);
	char *p = ARENA_NEW(perm, char, head.len + 2);

	if (head.len > 0)
		memcpy(p, head.p, head.len);
	if (head.len < text.len)
		p[head.len++] = '~';
	return (struct claque_str){ p, head.len };
}

static struct claque_str *
cells_of(struct arena *perm, const struct output *o, const struct row *row)
{
	struct claque_str *cells = ARENA_NEW(perm, struct claque_str, o->column_count);

	for (size_t c = 0; c < o->column_count; c++)
		cells[c] = what_fits(perm, cell_text(perm, &o->columns[c], &row->values[c]));
	return cells;
}

static void
table_row(struct output *o, const struct row *row)
{
	struct arena scratch;
	struct claque_str *cells;

	if (o->held != NULL && o->held_count < TABLE_HELD) {
		o->held[o->held_count++] = cells_of(&o->perm, o, row);
		return;
	}
	if (o->held != NULL)
		release_held(o);
	scratch = o->perm;
	cells = cells_of(&scratch, o, row);
	print_line(o, cells, scratch);
}

bool
output_row(void *ctx, const struct row *row)
{
	struct output *o = ctx;
	struct arena scratch = o->perm;

	if (o->limit > 0 && o->printed == o->limit)
		return false;
	o->printed++;
	if (o->form == OUTPUT_TABLE) {
		table_row(o, row);
		return true;
	}
	buf_clear(&o->line);
	listing_row(&o->line, scratch, listing_form(o->form), o->columns, o->column_count, row);
	write_out(buf_str(&o->line));
	return true;
}

void
output_end(struct output *o)
{
	if (o->form == OUTPUT_TABLE && o->held != NULL)
		release_held(o);
	buf_done(&o->line);
	arena_free(o->whole);
}
