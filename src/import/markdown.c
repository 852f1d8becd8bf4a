/*
 * markdown.c - the tables of a Markdown text as rows; every other line is a blank row.
 *
 * A line is a row if it begins with a bar, and it is a header if a line of
 * dashes follows: so a line is looked at when the next one is there. Indicators
 * are published in back-ticks, which are no part of them.
 */
#include "config.h"

#include <stdlib.h>

#include "import/rows.h"

struct md_rows {
	struct rows *rows;
	struct buf line, before;	/* the line coming in, and the one before it */
	struct buf cell;
	bool begun;			/* there is one before it */
	bool headed;			/* a header was handed on: further ones repeat it */
};

struct md_rows *
md_rows_new(struct rows *rows)
{
	struct md_rows *m = calloc(1, sizeof(*m));

	if (m == NULL)
		base_oom();
	m->rows = rows;
	buf_init(&m->line, ROW_BYTES_MAX);
	buf_init(&m->before, ROW_BYTES_MAX);
	buf_init(&m->cell, ROW_BYTES_MAX);
	return m;
}

void
md_rows_free(struct md_rows *m)
{
	if (m == NULL)
		return;
	buf_done(&m->line);
	buf_done(&m->before);
	buf_done(&m->cell);
	free(m);
}

static struct claque_str
without_ticks(struct claque_str cell)
{
	cell = str_trim(cell);
	if (cell.len > 1 && cell.p[0] == '`' && cell.p[cell.len - 1] == '`')
		return str_trim(str_sub(cell, 1, cell.len - 2));
	return cell;
}

/* The cells between the bars; "\|" is a bar of the text. */
static void
split_row(struct md_rows *m, struct claque_str line)
{
	if (line.len > 1 && line.p[line.len - 1] == '|')
		line.len--;
	buf_clear(&m->cell);
	for (size_t i = 1; i <= line.len; i++) {
		bool escaped = i + 1 < line.len && line.p[i] == '\\' && line.p[i + 1] == '|';

		if (i < line.len && (escaped || line.p[i] != '|')) {
			i += escaped;
			buf_addc(&m->cell, line.p[i]);
			continue;
		}
		rows_cell(m->rows, without_ticks(buf_str(&m->cell)));
		buf_clear(&m->cell);
	}
}

static bool
is_row(struct claque_str line)
{
	return line.len > 0 && line.p[0] == '|';
}

bool
md_is_rule(struct claque_str line)
{
	size_t dashes = 0;

	for (size_t i = 0; i < line.len; i++) {
		char c = line.p[i];

		if (c != '|' && c != ':' && c != '-' && c != ' ' && c != '\r')
			return false;
		dashes += c == '-';
	}
	return dashes > 0 && is_row(line);
}

/* The line before, now that the one after it is known. */
static void
release(struct md_rows *m, struct claque_str next)
{
	struct claque_str line = str_trim(buf_str(&m->before));
	bool header = md_is_rule(next);

	if (m->before.over)
		rows_fault(m->rows, "the row is over 4 MiB");
	if (is_row(line) && !md_is_rule(line) && !(header && m->headed))
		split_row(m, line);
	m->headed |= header;
	rows_end(m->rows);
}

static void
end_line(struct md_rows *m)
{
	struct buf line = m->line;

	if (m->begun)
		release(m, str_trim(buf_str(&line)));
	m->line = m->before;
	m->before = line;
	m->begun = true;
	buf_clear(&m->line);
}

enum claque_rc
md_rows_feed(struct md_rows *m, struct claque_str bytes)
{
	while (bytes.len > 0 && m->rows->rc == CLAQUE_OK) {
		const char *end = memchr(bytes.p, '\n', bytes.len);
		size_t len = end == NULL ? bytes.len : (size_t)(end - bytes.p);

		buf_add(&m->line, str_sub(bytes, 0, len));
		if (end == NULL)
			break;
		end_line(m);
		bytes = str_sub(bytes, len + 1, bytes.len);
	}
	return m->rows->rc;
}

enum claque_rc
md_rows_finish(struct md_rows *m)
{
	if (m->rows->rc == CLAQUE_OK && m->line.len > 0)
		end_line(m);
	if (m->rows->rc == CLAQUE_OK && m->begun)
		release(m, STR(""));
	return m->rows->rc;
}
