/*
 * csv.c - RFC 4180 as libcsv reads it, kept bounded and told apart by rows.
 *
 * libcsv is lenient on purpose here (a quote inside a plain cell is text), but
 * never about an end of file inside quotes: everything after the opening quote
 * would silently have become one cell.
 *
 * Its cell buffer grows without end, so text goes in by pieces, and between
 * two pieces a buffer over the limit is cut down: the row is lost, the file is
 * not. One byte stays, for libcsv takes the closing quote off again.
 */
#include "config.h"

#include <csv.h>
#include <stdlib.h>

#include "import/rows.h"

struct csv_rows {
	struct csv_parser parser;
	struct rows *rows;
	int last_end;		/* the byte that ended the last row, if nothing came since */
	uint64_t ends;		/* line ends outside of quotes */
	char *room;		/* for a piece put right, or NULL: nothing is escaped */
	bool quoted, escaped;	/* where the last piece left off */
};

/* Spaces belong to the cell; what a column makes of them is its own affair. */
static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void
on_cell(void *bytes, size_t len, void *ctx)
{
	struct csv_rows *c = ctx;

	c->last_end = 0;
	rows_cell(c->rows, (struct claque_str){ bytes, len });
}

/* libcsv reports CR and LF one by one: CR LF is one end, LF LF a blank row. */
static void
on_end(int byte, void *ctx)
{
	struct csv_rows *c = ctx;
	bool second_half = byte == '\n' && c->last_end == '\r' && c->rows->count == 0;

	if (!second_half)
		rows_end(c->rows);
	c->last_end = second_half ? 0 : byte;
	c->ends++;
}

struct csv_rows *
csv_rows_new(struct rows *rows, char separator)
{
	struct csv_rows *c = calloc(1, sizeof(*c));

	if (c == NULL || csv_init(&c->parser, CSV_REPALL_NL) != 0)
		base_oom();
	csv_set_space_func(&c->parser, no_space);
	csv_set_blk_size(&c->parser, 4096);
	csv_set_delim(&c->parser, (unsigned char)separator);
	c->rows = rows;
	return c;
}

void
csv_rows_free(struct csv_rows *c)
{
	if (c == NULL)
		return;
	csv_free(&c->parser);
	free(c->room);
	free(c);
}

void
csv_rows_escapes(struct csv_rows *c)
{
	c->room = malloc(2 * (size_t)FEED_BYTES);
	if (c->room == NULL)
		base_oom();
}

/* \" within quotes as \"", which libcsv reads. */
static struct claque_str
put_right(struct csv_rows *c, struct claque_str piece)
{
	size_t len = 0;

	for (size_t i = 0; i < piece.len; i++) {
		bool quote = piece.p[i] == '"';

		if (quote && c->quoted && c->escaped)
			c->room[len++] = '"';
		else if (quote)
			c->quoted = !c->quoted;
		c->room[len++] = piece.p[i];
		c->escaped = piece.p[i] == '\\';
	}
	return (struct claque_str){ c->room, len };
}

enum claque_rc
csv_rows_feed(struct csv_rows *c, struct claque_str bytes)
{
	while (bytes.len > 0 && c->rows->rc == CLAQUE_OK) {
		struct claque_str piece = str_sub(bytes, 0, FEED_BYTES);
		struct claque_str right = c->room != NULL ? put_right(c, piece) : piece;

		if (csv_parse(&c->parser, right.p, right.len, on_cell, on_end, c) != right.len)
			base_oom();
		if (c->parser.entry_pos > CELL_BYTES_MAX) {
			rows_fault(c->rows, "a cell is over 1 MiB");
			c->parser.entry_pos = 1;
		}
		bytes = str_sub(bytes, piece.len, bytes.len);
	}
	return c->rows->rc;
}

/* A line end of our own tells: outside of quotes it ends a row, inside it is text. */
enum claque_rc
csv_rows_finish(struct csv_rows *c)
{
	uint64_t ends = c->ends;
	enum claque_rc rc = csv_rows_feed(c, STR("\n"));

	if (rc == CLAQUE_OK && c->ends == ends) {
		rows_fault(c->rows, "a quote opens here and never closes: "
				    "the rest of the file is inside it");
		rows_end(c->rows);
	}
	return c->rows->rc;
}
