/*
 * say.c - words for people, on stdout and stderr: made safe, and wrapped or cut
 * to the width of the terminal.
 */
#include "config.h"

#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"

enum { ROW_ARENA = 16 << 20 };

static void
write_out(struct claque_str s)
{
	if (s.len > 0)
		(void)fwrite(s.p, 1, s.len, stdout);	/* looked at in finish() */
}

void
say_blanks(size_t n)
{
	while (n-- > 0)
		(void)putchar(' ');
}

size_t
say_cells(const struct safe_line *line, size_t width)
{
	size_t columns = 0;
	char utf8[4];

	for (size_t i = 0; i < line->count && columns + line->cells[i].width <= width; i++) {
		for (size_t k = 0; k < 3 && line->cells[i].ch[k] != 0; k++)
			write_out((struct claque_str){ utf8, utf8_put(utf8, line->cells[i].ch[k]) });
		columns += line->cells[i].width;
	}
	return columns;
}

static void
print_safe(FILE *to, const char *text)
{
	struct arena whole = arena_new(ROW_ARENA), perm = whole;
	struct claque_str rest = str_of(text), line;

	while (str_cut(&rest, '\n', &line)) {
		struct claque_str shown = safe_text(&perm, line);

		(void)fwrite(shown.p, 1, shown.len, to);
		(void)putc('\n', to);
	}
	arena_free(whole);
}

void
say(const char *fmt, ...)
{
	struct arena whole = arena_new(ROW_ARENA), perm = whole;
	char *text = ARENA_NEW(&perm, char, 1 << 16);
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, 1 << 16, fmt, ap);
	va_end(ap);
	print_safe(stdout, text);
	arena_free(whole);
}

void
say_aside(const char *fmt, ...)
{
	char text[4096];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	print_safe(stderr, text);
}

void
say_warning(void *ctx, struct claque_str text)
{
	(void)ctx;
	(void)fflush(stdout);
	say_aside("claque: warning: " STR_FMT, STR_ARG(text));
}

/* Narrower is no reading, wider neither. */
enum { PAPER_LEAST = 40, PAPER_USUAL = 80, PAPER_MOST = 132, SAY_BYTES_MAX = 1 << 16 };

static size_t
paper_width(void)
{
	const char *told = getenv("COLUMNS");
	struct winsize size;
	int64_t width = PAPER_USUAL;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		width = size.ws_col;
	else if (told != NULL && !str_to_i64(str_of(told), &width))
		width = PAPER_USUAL;
	return (size_t)(width < PAPER_LEAST ? PAPER_LEAST : width > PAPER_MOST ? PAPER_MOST : width);
}

static struct safe_line __attribute__((format(printf, 2, 0)))
cells_of_words(struct arena *perm, const char *fmt, va_list ap)
{
	char *text = ARENA_NEW(perm, char, SAY_BYTES_MAX);

	(void)vsnprintf(text, SAY_BYTES_MAX, fmt, ap);
	return safe_cells(perm, str_of(text));
}

static void
print_part(const struct safe_line *line, size_t from, size_t to)
{
	struct safe_line part = { .cells = line->cells + from, .count = to - from };

	(void)say_cells(&part, SIZE_MAX);
	(void)putchar('\n');
}

void
say_under(size_t indent, const char *fmt, ...)
{
	struct arena whole = arena_new(ROW_ARENA), perm = whole;
	size_t width = paper_width(), at = 0, next;
	struct safe_line line;
	va_list ap;

	va_start(ap, fmt);
	line = cells_of_words(&perm, fmt, ap);
	va_end(ap);
	indent = indent < width / 2 ? indent : width / 2;
	do {
		size_t end = safe_line_end(&line, at, at == 0 ? width : width - indent, &next);

		say_blanks(at == 0 ? 0 : indent);
		print_part(&line, at, end);
		at = next;
	} while (at < line.count);
	arena_free(whole);
}

void
say_cut(const char *fmt, ...)
{
	struct arena whole = arena_new(ROW_ARENA), perm = whole;
	struct safe_line line;
	size_t width = paper_width();
	va_list ap;

	va_start(ap, fmt);
	line = cells_of_words(&perm, fmt, ap);
	va_end(ap);
	if (line.columns <= width) {
		print_part(&line, 0, line.count);
	} else {
		(void)say_cells(&line, width - 1);
		(void)fputs("~\n", stdout);
	}
	arena_free(whole);
}

static enum status
status_of(enum claque_rc rc)
{
	switch (rc) {
	case CLAQUE_OK:
	case CLAQUE_DONE:
		return STATUS_OK;
	case CLAQUE_STOPPED:
		return STATUS_STOPPED;
	case CLAQUE_EUSAGE:
	case CLAQUE_ENOTFOUND:
		return STATUS_MISUSE;
	case CLAQUE_EINPUT:
		return STATUS_NOTHING;
	case CLAQUE_ELIMIT:
	case CLAQUE_EIO:
	case CLAQUE_EBUSY:
	case CLAQUE_EVERSION:
	case CLAQUE_RC_COUNT:
		break;
	}
	return STATUS_FAILED;
}

enum status
fail(enum claque_rc rc, const struct claque_err *err)
{
	char line[sizeof(err->msg) + 16];

	(void)snprintf(line, sizeof(line), "claque: %s",
		       rc == CLAQUE_STOPPED ? "stopped" : err->msg);
	print_safe(stderr, line);
	return status_of(rc);
}

enum status
finish(enum status status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	if (errno != EPIPE)	/* `claque posts | head` is no failure worth a word */
		(void)fprintf(stderr, "claque: standard output: %s\n", strerror(errno));
	return STATUS_FAILED;
}
