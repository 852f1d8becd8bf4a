/*
 * tsv.c - tab-separated text as it is published with indicators: a quote is a
 * quote, a line is a row, and nothing is escaped.
 */
#include "config.h"

#include <stdlib.h>

#include "import/rows.h"

struct tsv_rows {
	struct rows *rows;
	struct buf line;
	bool after_cr;		/* a CR ended the last line: a LF belongs to it */
};

struct tsv_rows *
tsv_rows_new(struct rows *rows)
{
	struct tsv_rows *t = calloc(1, sizeof(*t));

	if (t == NULL)
		base_oom();
	t->rows = rows;
	buf_init(&t->line, ROW_BYTES_MAX);
	return t;
}

void
tsv_rows_free(struct tsv_rows *t)
{
	if (t == NULL)
		return;
	buf_done(&t->line);
	free(t);
}

static void
end_line(struct tsv_rows *t)
{
	struct claque_str line = buf_str(&t->line);
	const char *tab;

	if (t->line.over)
		rows_fault(t->rows, "the row is over 4 MiB");
	while (line.len > 0 && (tab = memchr(line.p, '\t', line.len)) != NULL) {
		rows_cell(t->rows, str_sub(line, 0, (size_t)(tab - line.p)));
		line = (struct claque_str){ tab + 1, line.len - (size_t)(tab - line.p) - 1 };
		if (line.len == 0)
			rows_cell(t->rows, STR(""));
	}
	if (line.len > 0)
		rows_cell(t->rows, line);
	rows_end(t->rows);
	buf_clear(&t->line);
}

enum claque_rc
tsv_rows_feed(struct tsv_rows *t, struct claque_str bytes)
{
	for (size_t i = 0, from = 0; i <= bytes.len && t->rows->rc == CLAQUE_OK; i++) {
		bool end = i < bytes.len && (bytes.p[i] == '\n' || bytes.p[i] == '\r');

		if (!end && i < bytes.len)
			continue;
		buf_add(&t->line, str_sub(bytes, from, i - from));
		from = i + 1;
		if (!end)
			break;
		if (bytes.p[i] == '\r' || !t->after_cr || t->line.len > 0)
			end_line(t);
		t->after_cr = bytes.p[i] == '\r';
	}
	return t->rows->rc;
}

enum claque_rc
tsv_rows_finish(struct tsv_rows *t)
{
	if (t->rows->rc == CLAQUE_OK && t->line.len > 0)
		end_line(t);
	return t->rows->rc;
}
