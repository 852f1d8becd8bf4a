/*
 * table.c - rows of cells under a header that decides the format.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "import/job.h"
#include "text/json.h"

enum { EXTRAS_BYTES_MAX = 6 << 20 };

struct table {
	struct import_run *run;
	struct rows *rows;
	struct csv_rows *csv;			/* one of the three */
	struct tsv_rows *tsv;
	struct md_rows *md;
	char separator;				/* comma, semicolon or tab; a bar in Markdown */
};

static const char *
bad_row(const struct import_run *run, const struct row_cells *row, char *room, size_t size)
{
	if (row->fault != NULL)
		return row->fault;
	if (row->count == run->mapping.columns)
		return NULL;
	(void)snprintf(room, size, "%zu columns expected, %zu found", run->mapping.columns,
		       row->count);
	return room;
}

/* An object by sorted keys; missing where every such cell is empty, as most are. */
static struct claque_str
extras_of(const struct mapping *m, const struct row_cells *cells, struct arena *perm)
{
	struct claque_str text = { 0 };
	struct buf out;

	buf_init(&out, EXTRAS_BYTES_MAX);
	for (size_t i = 0; i < m->extra_count; i++) {
		struct claque_str cell = cells->cells[m->extras[i].column];

		if (cell.len == 0)
			continue;
		buf_addc(&out, out.len == 0 ? '{' : ',');
		json_add_text(&out, m->extras[i].name);
		buf_addc(&out, ':');
		json_add_text(&out, cell);
	}
	if (out.len > 0)
		buf_addc(&out, '}');
	if (out.len > 0 && !out.over)
		text = str_dup(perm, buf_str(&out));
	buf_done(&out);
	return text;
}

static enum claque_rc
map_row(struct import_run *run, const struct row_cells *cells, struct claque_err *err)
{
	const struct format *format = run->mapping.format;
	char room[80];
	const char *bad = bad_row(run, cells, room, sizeof(room));
	struct input_row row = run_row(run, format, cells->number);
	enum claque_rc rc;

	if (bad != NULL)
		return run_row_done(run, &row, input_refuse(&row, err, "%s", bad), err);
	for (size_t f = 0; f < format->field_count; f++)
		run->value[f] = run->mapping.column[f] < 0 ? (struct claque_str){ 0 } :
				cells->cells[run->mapping.column[f]];
	row.extras = extras_of(&run->mapping, cells, &row.scratch);
	rc = format->row(&row, err);
	return run_row_done(run, &row, rc, err);
}

/* The first row that is not blank is the header. */
static enum claque_rc
take_row(void *ctx, const struct row_cells *cells, struct claque_err *err)
{
	struct table *t = ctx;
	struct import_run *run = t->run;
	enum claque_rc rc;

	if (!run->mapped) {
		rc = sniff_header(cells, t->tsv != NULL, run->options, &run->mapping, err);
		run->mapped = rc == CLAQUE_OK;
		run->mapping.separator = t->separator;
		if (run->mapped && run->mapping.format->escapes && t->csv != NULL)
			csv_rows_escapes(t->csv);
		return rc == CLAQUE_OK && run->sink == NULL ? CLAQUE_DONE : rc;
	}
	if (run->totals.rows++ < run->options->skip)
		return CLAQUE_OK;
	return map_row(run, cells, err);
}

/*
 * A tab in the header line has no business in a quoted column name; semicolons
 * without a comma are what spreadsheets write where the comma is decimal.
 */
static char
separator_of(struct claque_str s)
{
	size_t commas = 0, semicolons = 0;
	bool quoted = false;

	for (size_t i = 0; i < s.len && s.p[i] != '\n' && s.p[i] != '\r'; i++) {
		if (s.p[i] == '\t')
			return '\t';
		quoted = quoted != (s.p[i] == '"');
		commas += !quoted && s.p[i] == ',';
		semicolons += !quoted && s.p[i] == ';';
	}
	return commas == 0 && semicolons > 0 ? ';' : ',';
}

/* A line of dashes between bars, which no separated text has. */
static bool
has_rule(struct claque_str s)
{
	struct claque_str line;

	while (str_cut(&s, '\n', &line))
		if (md_is_rule(str_trim(line)))
			return true;
	return false;
}

static void *
table_open(struct import_run *run, struct claque_str first, struct claque_err *err)
{
	struct table *t = calloc(1, sizeof(*t));

	if (t == NULL)
		base_oom();
	t->run = run;
	t->rows = rows_new(t, take_row, err);
	t->separator = has_rule(first) ? '|' : separator_of(first);
	if (t->separator == '|')
		t->md = md_rows_new(t->rows);
	else if (t->separator == '\t')
		t->tsv = tsv_rows_new(t->rows);
	else
		t->csv = csv_rows_new(t->rows, t->separator);
	return t;
}

static void
table_close(void *parser)
{
	struct table *t = parser;

	if (t == NULL)
		return;
	csv_rows_free(t->csv);
	tsv_rows_free(t->tsv);
	md_rows_free(t->md);
	rows_free(t->rows);
	free(t);
}

static enum claque_rc
feed_rows(struct table *t, struct claque_str bytes)
{
	if (t->md != NULL)
		return md_rows_feed(t->md, bytes);
	return t->tsv != NULL ? tsv_rows_feed(t->tsv, bytes) : csv_rows_feed(t->csv, bytes);
}

/* Line by line to the end of the header: the format may say how the rest is written. */
static enum claque_rc
table_feed(void *parser, struct claque_str bytes)
{
	struct table *t = parser;
	enum claque_rc rc = CLAQUE_OK;

	while (rc == CLAQUE_OK && !t->run->mapped && bytes.len > 0) {
		size_t line = str_find(bytes, STR("\n"), 0) + 1;

		rc = feed_rows(t, str_sub(bytes, 0, line));
		bytes = str_sub(bytes, line, bytes.len);
	}
	return rc == CLAQUE_OK && bytes.len > 0 ? feed_rows(t, bytes) : rc;
}

static enum claque_rc
table_finish(void *parser)
{
	struct table *t = parser;

	if (t->md != NULL)
		return md_rows_finish(t->md);
	return t->tsv != NULL ? tsv_rows_finish(t->tsv) : csv_rows_finish(t->csv);
}

const struct shape shape_table = { table_open, table_feed, table_finish, table_close };
