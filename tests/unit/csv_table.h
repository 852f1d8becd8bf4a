/*
 * csv_table.h - a CSV file (RFC 4180) whole in memory, for tests that compare
 * with expected tables. Not for hostile or large input: that is import's work.
 */
#ifndef TESTS_UNIT_CSV_TABLE_H
#define TESTS_UNIT_CSV_TABLE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"

struct csv_table {
	char *text;			/* cells point into it, unquoted in place */
	struct claque_str *cells;
	size_t cell_count, cells_cap;
	size_t *ends;			/* by row: where its cells end */
	size_t row_count, ends_cap;	/* row 0 is the header */
	bool sound;			/* every quote is closed and followed by , or a line end */
};

static inline char *
csv_slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *p = NULL;
	size_t cap = 0, n;

	*len = 0;
	if (f == NULL)
		return NULL;
	do {
		GROW(p, cap, *len + 65536);
		n = fread(p + *len, 1, 65536, f);
		*len += n;
	} while (n > 0);
	(void)fclose(f);
	return p;
}

/* One cell from *at, unquoted to its own start; leaves *at on what follows it. */
static inline struct claque_str
csv_cell_read(struct csv_table *t, size_t *at, size_t len)
{
	char *p = t->text, *to = p + *at, *start = to;
	bool quoted = *at < len && p[*at] == '"';

	for (*at += quoted; *at < len; (*at)++) {
		if (quoted && p[*at] == '"' && *at + 1 < len && p[*at + 1] == '"')
			(*at)++;
		else if (quoted ? p[*at] == '"' : p[*at] == ',' || p[*at] == '\n')
			break;
		*to++ = p[*at];
	}
	if (quoted && (*at == len || p[(*at)++] != '"'))
		t->sound = false;
	if (!quoted && to > start && to[-1] == '\r')
		to--;
	if (quoted && *at + 1 < len && p[*at] == '\r' && p[*at + 1] == '\n')
		(*at)++;
	if (*at < len && p[*at] != ',' && p[*at] != '\n')
		t->sound = false;
	return (struct claque_str){ start, (size_t)(to - start) };
}

static inline bool
csv_table_read(struct csv_table *t, const char *path)
{
	size_t len, at = 0;

	*t = (struct csv_table){ .sound = true };
	t->text = csv_slurp(path, &len);
	if (t->text == NULL)
		return false;
	if (len >= 3 && memcmp(t->text, "\xEF\xBB\xBF", 3) == 0)
		at = 3;
	while (at < len && t->sound) {
		GROW(t->cells, t->cells_cap, t->cell_count + 1);
		t->cells[t->cell_count++] = csv_cell_read(t, &at, len);
		if (at < len && t->text[at] == ',' && at + 1 < len) {
			at++;
			continue;
		}
		if (at < len && t->text[at] == ',') {	/* the file ends in an empty cell */
			GROW(t->cells, t->cells_cap, t->cell_count + 1);
			t->cells[t->cell_count++] = STR("");
		}
		GROW(t->ends, t->ends_cap, t->row_count + 1);
		t->ends[t->row_count++] = t->cell_count;
		at++;
	}
	return true;
}

static inline void
csv_table_done(struct csv_table *t)
{
	free(t->text);
	free(t->cells);
	free(t->ends);
	*t = (struct csv_table){ 0 };
}

static inline size_t
csv_width(const struct csv_table *t, size_t row)
{
	return t->ends[row] - (row == 0 ? 0 : t->ends[row - 1]);
}

/* The empty view outside the table. */
static inline struct claque_str
csv_at(const struct csv_table *t, size_t row, size_t column)
{
	if (row >= t->row_count || column >= csv_width(t, row))
		return STR("");
	return t->cells[(row == 0 ? 0 : t->ends[row - 1]) + column];
}

/* The column's number, or SIZE_MAX, whose cells are all empty. */
static inline size_t
csv_column(const struct csv_table *t, const char *name)
{
	for (size_t c = 0; t->row_count > 0 && c < csv_width(t, 0); c++)
		if (str_eq(csv_at(t, 0, c), str_of(name)))
			return c;
	return SIZE_MAX;
}

static inline struct claque_str
csv_get(const struct csv_table *t, size_t row, const char *name)
{
	return csv_at(t, row, csv_column(t, name));
}

#endif
