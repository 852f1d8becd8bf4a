/*
 * csv.c - a folder with one CSV file a table and a README.txt that says what
 * they are: a CSV has no place for a marking, and a comment line in front
 * would break its readers.
 */
#include "config.h"

#include "export/table.h"

#include <assert.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/err.h"
#include "export/sink.h"

enum { ROOM_BYTES = 4 << 20, README_BYTES_MAX = 1 << 20 };

struct folder {
	const struct export_input *in;
	const char *path;
	enum listing_form form;
	struct buf files;	/* the README's lines about them */
};

struct lines {
	struct sink *sink;
	const struct rowset *table;
	struct arena scratch;
	enum listing_form form;
	int64_t rows;
};

static void
add_row(void *ctx, const struct row *row)
{
	struct lines *l = ctx;

	listing_row(&l->sink->buf, l->scratch, l->form, l->table->columns, l->table->column_count,
		    row);
	l->rows++;
}

/* Part of a path: of claque's making, never of the data's. */
static bool
is_plain_name(const char *name)
{
	for (const char *c = name; *c != '\0'; c++)
		if (!byte_is_alpha(*c) && !byte_is_digit(*c) && *c != '_')
			return false;
	return name[0] != '\0';
}

static enum claque_rc
write_table(struct folder *f, const struct rowset *table, struct arena scratch,
	    struct claque_err *err)
{
	struct lines l = { .table = table, .form = f->form };
	struct sink sink;
	char digest[SHA256_HEX + 1];
	enum claque_rc rc;

	assert(is_plain_name(table->name));
	rc = sink_open(&sink, str_fmt(&scratch, "%s/%s.csv", f->path, table->name).p, err);
	if (rc != CLAQUE_OK)
		return rc;
	l.sink = &sink;
	l.scratch = scratch;
	listing_head(&sink.buf, f->form, table->columns, table->column_count);
	rc = sink_close(&sink, sink_walk(&sink, table, add_row, &l, err), err);
	if (rc == CLAQUE_OK) {
		sha256_end(&sink.digest, digest);
		buf_addf(&f->files, "%s  %s.csv  rows: %lld\n", digest, table->name,
			 (long long)l.rows);
	}
	return rc;
}

static const char guard_text[] =
	"Cells that a spreadsheet would run or damage are guarded with a leading '\n"
	"(apostrophe): text whose first visible character is = + - @, also full-width,\n"
	"text that starts with a tab or a line end, and numbers of 16 digits or more.\n"
	"The same holds after a line end, a semicolon or a tab inside a cell. An\n"
	"apostrophe in such a place is always a guard or has one before it: take one away\n"
	"wherever one starts a cell or follows those, and the exact text is back. Control\n"
	"characters stand as \\x and two hex digits for each byte; of an even number of\n"
	"backslashes in such a place the data has half, and no control character.\n";

static const char exact_text[] =
	"Cells are exact and not guarded: a spreadsheet may run what starts with = + - @\n"
	"as a formula and round long ids. Open these files with a program, or export\n"
	"with the format csv-safe.\n";

static void
add_readme(struct buf *out, const struct folder *f, struct arena scratch)
{
	const struct export_input *in = f->in;
	struct buf absent;

	buf_addf(out, "claque export\n\nmarking   %s\ncase      %s\nmade at   ",
		 tlp_marking(in->tlp), in->case_name);
	buf_add(out, clock_text(&scratch, in->made_at, CLOCK_RFC3339));
	buf_addf(out, "\nclaque    %s\nsettings  ", in->version);
	buf_add(out, in->settings.len > 0 ? in->settings : STR("none given"));
	if (in->redaction.len > 0)
		buf_addf(out, "\nnamed     " STR_FMT, STR_ARG(in->redaction));
	buf_addz(out, "\n\nUTF-8, RFC 4180, lines end with LF, times are UTC. SHA-256 of each file:\n\n");
	buf_add(out, buf_str(&f->files));
	buf_init(&absent, README_BYTES_MAX);
	tables_absent(&absent, in);
	if (absent.len > 0)
		buf_addf(out, "\nNot in this export: " STR_FMT ".\n", STR_ARG(buf_str(&absent)));
	buf_done(&absent);
	buf_addc(out, '\n');
	buf_addz(out, f->form == LISTING_CSV_SAFE ? guard_text : exact_text);
	buf_addz(out, "\nA lead is a reason to look, not a verdict. Attribution: not assessed.\n");
}

static enum claque_rc
write_readme(const struct folder *f, struct arena scratch, struct claque_err *err)
{
	struct sink sink;
	enum claque_rc rc = sink_open(&sink, str_fmt(&scratch, "%s/README.txt", f->path).p, err);

	if (rc != CLAQUE_OK)
		return rc;
	add_readme(&sink.buf, f, scratch);
	return sink_close(&sink, rc, err);
}

static enum claque_rc
write_folder(const struct export_input *in, const char *path, enum listing_form form,
	     struct claque_err *err)
{
	struct folder f = { in, path, form, { 0 } };
	struct arena room;
	enum claque_rc rc = CLAQUE_OK;

	if (mkdir(path, 0700) != 0)
		return err_set(err, CLAQUE_EIO, "cannot make '%s': %s", path, strerror(errno));
	room = arena_new(ROOM_BYTES);
	buf_init(&f.files, README_BYTES_MAX);
	for (size_t i = 0; i < in->table_count && rc == CLAQUE_OK; i++)
		rc = write_table(&f, &in->tables[i], room, err);
	if (rc == CLAQUE_OK)
		rc = write_readme(&f, room, err);
	if (rc == CLAQUE_OK)
		rc = sink_sync_folder(path, err);
	buf_done(&f.files);
	arena_free(room);
	return rc;
}

enum claque_rc
csv_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	return write_folder(in, path, LISTING_CSV, err);
}

enum claque_rc
csv_safe_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	return write_folder(in, path, LISTING_CSV_SAFE, err);
}
