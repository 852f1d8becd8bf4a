/*
 * output.h - what the commands print: listings to stdout, words to stderr.
 *
 * Data goes through safe_text() unless it is CSV or JSON, whose readers are
 * programs. A full disk or a closed pipe is noticed once, at the end.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "base/buf.h"
#include "cli/args.h"
#include "export/export.h"
#include "text/safe.h"

enum output_form { OUTPUT_TABLE, OUTPUT_CSV, OUTPUT_JSON };

/* What --csv and --json say. */
enum output_form output_form(const struct invocation *call);

/*
 * A table printer. Rows of OUTPUT_TABLE are held back until the first
 * TABLE_HELD are known, so that columns are as wide as what stands in them.
 */
struct output {
	enum output_form form;
	const struct column *columns;
	size_t column_count;
	int64_t limit, printed;
	struct buf line;		/* of a listing: the row at hand */
	struct arena whole, perm;	/* of the held rows */
	struct claque_str **held;
	size_t held_count;
	size_t *widths;
};

enum { TABLE_HELD = 200 };

/* limit 0: all. Only the first column_count columns are printed. */
void output_start(struct output *o, enum output_form form, const struct column *columns,
		  size_t column_count, int64_t limit);
/* False once the limit is reached. */
bool output_row(void *ctx, const struct row *row);
void output_end(struct output *o);

void say_blanks(size_t n);
/* Whole cells only, so that a wide character is never halved; returns the columns. */
size_t say_cells(const struct safe_line *line, size_t width);
/* One line to stdout through safe_text(). */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/*
 * The same, wrapped at spaces to the width of the terminal: the lines after the
 * first stand under column `indent` of it. Where stdout is no terminal, COLUMNS
 * tells the width, and 80 without it.
 */
void say_under(size_t indent, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same, cut to one line of that width. */
void say_cut(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* One line to stderr, through safe_text(): what is no answer. */
void say_aside(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* What a job warns of, after what was said: "claque: warning: ...". ctx: nothing. */
void say_warning(void *ctx, struct claque_str text);
/* "claque: message" to stderr, through safe_text(); returns the exit status of rc. */
enum status fail(enum claque_rc rc, const struct claque_err *err);
/* Flushes stdout; STATUS_FAILED with a message if that did not work. */
enum status finish(enum status status);

#endif
