/*
 * import.c - one file from its bytes to the sink.
 *
 * reader -> rows of a table or items of JSON -> the format -> row function ->
 * sink. One pass, memory for one row; the row's scratch is taken back after it.
 */
#include "config.h"

#include <stdlib.h>

#include "base/err.h"
#include "import/job.h"

/* One row's shares: at worst SHARES_MAX URLs at three bytes for one, twice. */
enum { SCRATCH_BYTES = 256 << 20 };

static bool
tick(const struct import_run *run)
{
	return run->progress == NULL || run->progress->tick == NULL ||
	       run->progress->tick(run->progress->ctx, "reading", reader_done(run->reader),
				   reader_total(run->reader));
}

/* A mark at the start, or the zero bytes that ASCII has in UTF-16. */
static bool
is_utf16(struct claque_str s)
{
	return str_starts(s, STR("\xff\xfe")) || str_starts(s, STR("\xfe\xff")) ||
	       (s.len >= 4 && s.p[0] != 0 && s.p[1] == 0 && s.p[2] != 0 && s.p[3] == 0) ||
	       (s.len >= 4 && s.p[0] == 0 && s.p[1] != 0 && s.p[2] == 0 && s.p[3] != 0);
}

/* A piece of the file, and how reading it went. */
struct piece {
	char *room;
	struct claque_str bytes;
	enum claque_rc rc;
	struct claque_err err;
};

/* Enough of the file to tell its encoding and shape. */
static void
read_piece(struct import_run *run, struct piece *piece)
{
	size_t len = 0, got = 1;

	while (piece->rc == CLAQUE_OK && got > 0 && len < FEED_BYTES) {
		piece->rc = reader_read(run->reader, piece->room + len, FEED_BYTES - len, &got,
					&piece->err);
		len += got;
	}
	run->totals.bytes += len;
	piece->bytes = (struct claque_str){ piece->room, len };
}

/* JSON begins with a bracket, and after '[' with a value: no column is called that. */
static bool
is_json(struct claque_str s)
{
	s = str_trim(s);
	if (s.len == 0 || (s.p[0] != '{' && s.p[0] != '['))
		return false;
	if (s.p[0] == '{')
		return true;
	s = str_trim(str_sub(s, 1, s.len));
	return s.len == 0 || s.p[0] == '{' || s.p[0] == ']';
}

static bool
is_xml(struct claque_str s)
{
	return str_starts(str_trim(s), STR("<"));
}

/* What reader.c does not unpack, or found inside of what it did: its bytes would pass for a table's. */
static const char *
archive_name(struct claque_str s)
{
	static const struct { size_t at; struct claque_str mark; const char *name; } marks[] = {
		{ 257, STR("ustar"), "a tar archive" }, { 0, STR("PK\3\4"), "a zip archive" },
		{ 0, STR("7z\xbc\xaf\x27\x1c"), "a 7z archive" },
		{ 0, STR("Rar!\x1a\7"), "a rar archive" },
		{ 0, STR("\x1f\x8b"), "a packed file (.gz)" }, { 0, STR("BZh"), "a packed file (.bz2)" },
		{ 0, STR("\xfd" "7zXZ"), "a packed file (.xz)" },
		{ 0, STR("\x28\xb5\x2f\xfd"), "a packed file (.zst)" },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_starts(str_sub(s, marks[i].at, s.len), marks[i].mark))
			return marks[i].name;
	return NULL;
}

static enum claque_rc
choose_shape(struct claque_str *first, const struct shape **out, struct claque_err *err)
{
	const char *archive = archive_name(*first);

	if (archive != NULL)
		return err_set(err, CLAQUE_EINPUT, "what is in it is %s; unpack it and import the files "
			       "in it one by one", archive);
	if (is_utf16(*first))
		return err_set(err, CLAQUE_EINPUT, "the text is UTF-16; save it as UTF-8");
	if (str_starts(*first, STR("\xef\xbb\xbf")))
		*first = str_sub(*first, 3, first->len);
	*out = is_json(*first) ? &shape_json : is_xml(*first) ? &shape_xml : &shape_table;
	return CLAQUE_OK;
}

/* An override that does nothing is a slip of the pen that must be seen. */
static enum claque_rc
check_map(const struct import_options *options, const struct shape *shape, struct claque_err *err)
{
	if (options->map_count == 0 || shape == &shape_table)
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EINPUT, "--map tells columns of a table, and this is %s; of JSON a "
		       "mapping file tells what is what (claque-formats(7))",
		       shape == &shape_json ? "JSON" : "XML");
}

static enum claque_rc
finish(const struct import_run *run, const struct shape *shape, void *parser,
       struct claque_err *err)
{
	enum claque_rc rc = shape->finish(parser);

	if (rc == CLAQUE_OK && !run->mapped)
		return err_set(err, CLAQUE_EINPUT, "there is no row in it");
	return rc;
}

/* What was readable before a break is in; the half row at the break is not. */
static enum claque_rc
feed_all(struct import_run *run, const struct shape *shape, void *parser, struct piece *piece,
	 struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	while (rc == CLAQUE_OK && piece->bytes.len > 0) {
		rc = shape->feed(parser, piece->bytes);
		if (rc == CLAQUE_OK && !tick(run))
			return CLAQUE_STOPPED;
		piece->bytes.len = 0;
		if (rc == CLAQUE_OK)
			read_piece(run, piece);
	}
	if (rc != CLAQUE_OK)
		return rc;
	if (piece->rc == CLAQUE_OK)
		return finish(run, shape, parser, err);
	*err = piece->err;
	return piece->rc;
}

static enum claque_rc
read_all(struct import_run *run, char *room, struct claque_err *err)
{
	struct piece piece = { .room = room };
	const struct shape *shape;
	enum claque_rc rc;
	void *parser;

	read_piece(run, &piece);
	rc = choose_shape(&piece.bytes, &shape, err);
	if (rc == CLAQUE_OK)
		rc = check_map(run->options, shape, err);
	if (rc != CLAQUE_OK)
		return rc;
	parser = shape->open(run, piece.bytes, err);
	rc = feed_all(run, shape, parser, &piece, err);
	shape->close(parser);
	return rc;
}

static enum claque_rc
run_file(struct import_run *run, const char *name, struct claque_err *err)
{
	char *room = malloc(FEED_BYTES);
	enum claque_rc rc;

	if (room == NULL)
		base_oom();
	run->scratch = arena_new(SCRATCH_BYTES);
	rc = read_all(run, room, err);
	if (rc == CLAQUE_EINPUT)
		rc = err_wrap(err, "%s", name);
	memcpy(run->totals.unknown_columns, run->mapping.unknown, sizeof(run->mapping.unknown));
	arena_free(run->scratch);
	free(room);
	return rc;
}

struct input_row
run_row(struct import_run *run, const struct format *format, uint64_t number)
{
	return (struct input_row){
		.number = number, .value = run->value, .format = format,
		.fields = format->fields, .scratch = run->scratch,
		.sink = run->sink, .totals = &run->totals,
	};
}

enum claque_rc
run_row_done(struct import_run *run, struct input_row *row, enum claque_rc rc,
	     struct claque_err *err)
{
	if (rc == CLAQUE_OK && !row->put && !row->refused)
		rc = input_refuse(row, err, "there is nothing in it to keep");
	run->totals.refused += row->refused && !row->put;
	run->totals.partly += row->refused && row->put;
	if (rc == CLAQUE_OK)
		rc = run->sink->row_done(run->sink->ctx, row->number, err);
	return rc == CLAQUE_OK && ++run->rows_done == run->rows_wanted ? CLAQUE_DONE : rc;
}

static enum claque_rc
read_path(struct import_run *run, const char *path, struct claque_err *err)
{
	enum claque_rc rc = sniff_check(run->options, err);

	if (rc == CLAQUE_OK)
		rc = reader_open(path, &run->reader, err);
	if (rc == CLAQUE_OK)
		rc = run_file(run, path, err);
	reader_close(run->reader);
	return rc;
}

enum claque_rc
import_sniff(const char *path, const struct import_options *options,
	     const struct import_format **out, struct claque_err *err)
{
	struct import_run work = { .options = options };
	enum claque_rc rc = read_path(&work, path, err);

	*out = work.mapped ? &work.mapping.format->about : NULL;
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
import_explain(const char *path, const struct import_options *options, uint64_t rows,
	       const struct record_sink *sink, struct import_explained *out,
	       struct claque_err *err)
{
	struct import_run work = { .options = options, .sink = sink, .rows_wanted = rows };
	enum claque_rc rc = read_path(&work, path, err);

	*out = (struct import_explained){ 0 };
	explain_run(&work, out);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
import_file(const char *path, const struct import_options *options,
	    const struct record_sink *sink, const struct claque_progress *progress,
	    struct import_totals *out, struct claque_err *err)
{
	struct import_run work = { .options = options, .sink = sink, .progress = progress };
	enum claque_rc rc = read_path(&work, path, err);

	*out = work.totals;
	return rc;
}

enum claque_rc
import_bytes(struct claque_str bytes, const char *name, const struct import_options *options,
	     const struct record_sink *sink, struct import_totals *out, struct claque_err *err)
{
	struct import_run work = { .options = options, .sink = sink };
	enum claque_rc rc = sniff_check(options, err);

	if (rc == CLAQUE_OK)
		rc = reader_open_bytes(bytes, name, &work.reader, err);
	if (rc == CLAQUE_OK)
		rc = run_file(&work, name, err);
	reader_close(work.reader);
	*out = work.totals;
	return rc;
}

enum claque_rc
import_streamed(const struct import_stream *stream, const struct import_options *options,
		const struct record_sink *sink, const struct claque_progress *progress,
		struct import_totals *out, struct claque_err *err)
{
	struct import_run work = { .options = options, .sink = sink, .progress = progress };
	enum claque_rc rc = sniff_check(options, err);

	if (rc == CLAQUE_OK) {
		work.reader = reader_open_stream(stream);
		rc = run_file(&work, stream->name, err);
	}
	reader_close(work.reader);
	*out = work.totals;
	return rc;
}
