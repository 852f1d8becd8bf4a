/*
 * import.c - one file from its bytes to the sink.
 *
 * reader -> rows (CSV or tabs) -> header decides the format -> row function ->
 * sink. One pass, memory for one row; the row's scratch is taken back after it.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "import/reader.h"
#include "import/sniff.h"
#include "text/json.h"

/* One row's shares: at worst SHARES_MAX URLs at three bytes for one, twice. */
enum { SCRATCH_BYTES = 64 << 20, EXTRAS_BYTES_MAX = 6 << 20 };

struct job {
	const struct import_options *options;
	const struct record_sink *sink;		/* NULL: only sniff */
	const struct claque_progress *progress;	/* NULL: nobody watches */
	struct reader *reader;
	struct rows *rows;
	struct csv_rows *csv;
	struct tsv_rows *tsv;			/* NULL: it is CSV */
	struct mapping mapping;
	bool mapped;
	struct claque_str value[FIELDS_MAX];
	struct arena scratch;
	struct import_totals totals;
};

static const char *
bad_row(const struct job *job, const struct row_cells *row, char *room, size_t size)
{
	if (row->fault != NULL)
		return row->fault;
	if (row->count == job->mapping.columns)
		return NULL;
	(void)snprintf(room, size, "%zu columns expected, %zu found", job->mapping.columns,
		       row->count);
	return room;
}

/* Missing where every such cell is empty, as most are. */
static struct claque_str
extras_of(const struct mapping *m, const struct row_cells *cells, struct arena *perm)
{
	json_t *object = NULL;
	struct claque_str text = { 0 };
	struct buf out;

	for (size_t i = 0; i < m->extra_count; i++) {
		struct claque_str cell = cells->cells[m->extras[i].column];

		if (cell.len == 0)
			continue;
		if (object == NULL && (object = json_object()) == NULL)
			base_oom();
		json_put(object, str_z(perm, m->extras[i].name), json_text(cell));
	}
	if (object == NULL)
		return text;
	buf_init(&out, EXTRAS_BYTES_MAX);
	json_canonical(&out, object);
	if (!out.over)
		text = str_dup(perm, buf_str(&out));
	buf_done(&out);
	json_decref(object);
	return text;
}

static enum claque_rc
map_row(struct job *job, const struct row_cells *cells, struct claque_err *err)
{
	const struct format *format = job->mapping.format;
	char room[80];
	const char *bad = bad_row(job, cells, room, sizeof(room));
	struct input_row row = {
		.number = cells->number, .value = job->value, .fields = format->fields,
		.scratch = job->scratch, .sink = job->sink,
	};
	enum claque_rc rc;

	if (bad != NULL) {
		rc = input_refuse(&row, err, "%s", bad);
	} else {
		for (size_t f = 0; f < format->field_count; f++)
			job->value[f] = job->mapping.column[f] < 0 ? (struct claque_str){ 0 } :
					cells->cells[job->mapping.column[f]];
		row.extras = extras_of(&job->mapping, cells, &row.scratch);
		rc = format->row(&row, err);
	}
	job->totals.refused += row.refused;
	return rc == CLAQUE_OK ? job->sink->row_done(job->sink->ctx, row.number, err) : rc;
}

/* The first row that is not blank is the header. */
static enum claque_rc
take_row(void *ctx, const struct row_cells *cells, struct claque_err *err)
{
	struct job *job = ctx;
	enum claque_rc rc;

	if (!job->mapped) {
		rc = sniff_header(cells, job->tsv != NULL, job->options, &job->mapping, err);
		job->mapped = rc == CLAQUE_OK;
		return rc == CLAQUE_OK && job->sink == NULL ? CLAQUE_DONE : rc;
	}
	if (job->totals.rows++ < job->options->skip)
		return CLAQUE_OK;
	return map_row(job, cells, err);
}

static bool
tick(const struct job *job)
{
	return job->progress == NULL || job->progress->tick == NULL ||
	       job->progress->tick(job->progress->ctx, "reading", reader_done(job->reader),
				   reader_total(job->reader));
}

/* A mark at the start, or the zero bytes that ASCII has in UTF-16. */
static bool
is_utf16(struct claque_str s)
{
	return str_starts(s, STR("\xff\xfe")) || str_starts(s, STR("\xfe\xff")) ||
	       (s.len >= 4 && s.p[0] != 0 && s.p[1] == 0 && s.p[2] != 0 && s.p[3] == 0) ||
	       (s.len >= 4 && s.p[0] == 0 && s.p[1] != 0 && s.p[2] == 0 && s.p[3] != 0);
}

/* A tab in the header line, which has no business in a quoted column name. */
static bool
has_tabs(struct claque_str s)
{
	size_t end = 0;

	while (end < s.len && s.p[end] != '\n' && s.p[end] != '\r')
		end++;
	return end > 0 && memchr(s.p, '\t', end) != NULL;
}

/* Enough of the file to tell its encoding and separator: one whole piece. */
static enum claque_rc
read_piece(struct job *job, char *room, struct claque_str *out, struct claque_err *err)
{
	size_t len = 0, got = 1;
	enum claque_rc rc = CLAQUE_OK;

	while (rc == CLAQUE_OK && got > 0 && len < FEED_BYTES) {
		rc = reader_read(job->reader, room + len, FEED_BYTES - len, &got, err);
		len += got;
	}
	job->totals.bytes += len;
	*out = (struct claque_str){ room, len };
	return rc;
}

static enum claque_rc
feed(struct job *job, struct claque_str bytes)
{
	return job->tsv != NULL ? tsv_rows_feed(job->tsv, bytes) : csv_rows_feed(job->csv, bytes);
}

static enum claque_rc
start_rows(struct job *job, struct claque_str *first, struct claque_err *err)
{
	if (is_utf16(*first))
		return err_set(err, CLAQUE_EINPUT, "the text is UTF-16; save it as UTF-8");
	if (str_starts(*first, STR("\xef\xbb\xbf")))
		*first = str_sub(*first, 3, first->len);
	job->rows = rows_new(job, take_row, err);
	if (has_tabs(*first))
		job->tsv = tsv_rows_new(job->rows);
	else
		job->csv = csv_rows_new(job->rows);
	return CLAQUE_OK;
}

static enum claque_rc
finish_rows(struct job *job, struct claque_err *err)
{
	enum claque_rc rc = job->tsv != NULL ? tsv_rows_finish(job->tsv) :
					       csv_rows_finish(job->csv);

	if (rc == CLAQUE_OK && !job->mapped)
		return err_set(err, CLAQUE_EINPUT, "there is no row in it");
	return rc;
}

/* What was readable before a break is in; the half row at the break is not. */
static enum claque_rc
read_all(struct job *job, char *room, struct claque_err *err)
{
	struct claque_str piece;
	struct claque_err read_err;
	enum claque_rc read = read_piece(job, room, &piece, &read_err);
	enum claque_rc rc = start_rows(job, &piece, err);

	while (rc == CLAQUE_OK && piece.len > 0) {
		rc = feed(job, piece);
		if (rc == CLAQUE_OK && !tick(job))
			return CLAQUE_STOPPED;
		piece.len = 0;
		if (rc == CLAQUE_OK && read == CLAQUE_OK)
			read = read_piece(job, room, &piece, &read_err);
	}
	if (rc != CLAQUE_OK)
		return rc;
	if (read != CLAQUE_OK)
		*err = read_err;
	return read != CLAQUE_OK ? read : finish_rows(job, err);
}

static enum claque_rc
run(struct job *job, const char *name, struct claque_err *err)
{
	char *room = malloc(FEED_BYTES);
	enum claque_rc rc;

	if (room == NULL)
		base_oom();
	job->scratch = arena_new(SCRATCH_BYTES);
	rc = read_all(job, room, err);
	if (rc == CLAQUE_EINPUT)
		rc = err_wrap(err, "%s", name);
	memcpy(job->totals.unknown_columns, job->mapping.unknown, sizeof(job->mapping.unknown));
	arena_free(job->scratch);
	csv_rows_free(job->csv);
	tsv_rows_free(job->tsv);
	rows_free(job->rows);
	free(room);
	return rc;
}

enum claque_rc
import_sniff(const char *path, const struct import_options *options,
	     const struct import_format **out, struct claque_err *err)
{
	struct job job = { .options = options };
	enum claque_rc rc = sniff_check(options, err);

	if (rc == CLAQUE_OK)
		rc = reader_open(path, &job.reader, err);
	if (rc == CLAQUE_OK)
		rc = run(&job, path, err);
	reader_close(job.reader);
	*out = job.mapped ? &job.mapping.format->about : NULL;
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
import_file(const char *path, const struct import_options *options,
	    const struct record_sink *sink, const struct claque_progress *progress,
	    struct import_totals *out, struct claque_err *err)
{
	struct job job = { .options = options, .sink = sink, .progress = progress };
	enum claque_rc rc = sniff_check(options, err);

	if (rc == CLAQUE_OK)
		rc = reader_open(path, &job.reader, err);
	if (rc == CLAQUE_OK)
		rc = run(&job, path, err);
	reader_close(job.reader);
	*out = job.totals;
	return rc;
}

enum claque_rc
import_bytes(struct claque_str bytes, const char *name, const struct import_options *options,
	     const struct record_sink *sink, struct import_totals *out, struct claque_err *err)
{
	struct job job = { .options = options, .sink = sink };
	enum claque_rc rc = sniff_check(options, err);

	if (rc == CLAQUE_OK)
		rc = reader_open_bytes(bytes, name, &job.reader, err);
	if (rc == CLAQUE_OK)
		rc = run(&job, name, err);
	reader_close(job.reader);
	*out = job.totals;
	return rc;
}
