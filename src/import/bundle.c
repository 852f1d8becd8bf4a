/*
 * bundle.c - a case bundle as lines (export/bundle.c writes it).
 *
 * It is read twice: first to see that it is whole, because rows refer to one another and
 * half a case would be worse than none; then line by line. Both are streams.
 */
#include "config.h"

#include "import/bundle.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/sha256.h"
#include "import/format.h"
#include "import/reader.h"
#include "text/json.h"

enum { PIECE_BYTES = 256 << 10, LINE_BYTES_MAX = 64 << 20 };

/* --- lines */

struct lines {
	struct reader *reader;
	const struct claque_progress *progress;
	const char *stage;
	uint64_t number;
	struct buf rest;		/* the line that is not ended */
	void *ctx;
	enum claque_rc (*each)(void *ctx, uint64_t number, struct claque_str line,
			       struct claque_err *err);
};

static enum claque_rc
take_line(struct lines *l, struct claque_str tail, struct claque_err *err)
{
	enum claque_rc rc;

	l->number++;
	if (l->rest.len == 0)
		return l->each(l->ctx, l->number, tail, err);
	buf_add(&l->rest, tail);
	if (l->rest.over)
		return err_set(err, CLAQUE_EINPUT, "line %llu is longer than %d MiB",
			       (unsigned long long)l->number, LINE_BYTES_MAX >> 20);
	rc = l->each(l->ctx, l->number, buf_str(&l->rest), err);
	buf_clear(&l->rest);
	return rc;
}

static enum claque_rc
take_piece(struct lines *l, struct claque_str piece, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	while (rc == CLAQUE_OK && piece.len > 0) {
		size_t end = str_find(piece, STR("\n"), 0);

		if (end == piece.len) {
			buf_add(&l->rest, piece);
			break;
		}
		rc = take_line(l, str_sub(piece, 0, end), err);
		piece = str_sub(piece, end + 1, piece.len);
	}
	return rc;
}

static bool
tick(const struct lines *l)
{
	const struct claque_progress *p = l->progress;

	return p == NULL || p->tick == NULL ||
	       p->tick(p->ctx, l->stage, reader_done(l->reader), reader_total(l->reader));
}

/* CLAQUE_EINPUT: the last line has no end. */
static enum claque_rc
read_lines(struct lines *l, struct claque_err *err)
{
	char *room = malloc(PIECE_BYTES);
	size_t got = 1;
	enum claque_rc rc = CLAQUE_OK;

	if (room == NULL)
		base_oom();
	buf_init(&l->rest, LINE_BYTES_MAX);
	while (rc == CLAQUE_OK && got > 0) {
		rc = reader_read(l->reader, room, PIECE_BYTES, &got, err);
		if (rc == CLAQUE_OK)
			rc = take_piece(l, (struct claque_str){ room, got }, err);
		if (rc == CLAQUE_OK && !tick(l))
			rc = CLAQUE_STOPPED;
	}
	if (rc == CLAQUE_OK && l->rest.len > 0)
		rc = err_set(err, CLAQUE_EINPUT, "the bundle was cut off in line %llu; get it again",
			     (unsigned long long)l->number + 1);
	buf_done(&l->rest);
	free(room);
	return rc;
}

/* --- is it whole? */

struct check {
	struct bundle_head *out;
	struct sha256 digest;
	uint64_t lines;
	bool ended;
};

static enum claque_rc
check_header(struct check *c, struct claque_str line, struct claque_err *err)
{
	json_t *o = json_parse(line);
	const json_t *version = json_object_get(o, "claque_bundle");
	enum claque_rc rc = CLAQUE_OK;

	if (!json_is_integer(version) || json_integer_value(version) < 1)
		rc = err_set(err, CLAQUE_EINPUT, "its first line is not that of a case bundle");
	else if (json_integer_value(version) > 1)
		rc = err_set(err, CLAQUE_EVERSION, "a bundle of format %lld; this claque reads 1: "
			     "a newer one is needed", (long long)json_integer_value(version));
	json_decref(o);
	buf_clear(&c->out->header);
	buf_add(&c->out->header, line);
	return rc;
}

static enum claque_rc
check_end(struct check *c, const json_t *end, struct claque_err *err)
{
	int64_t lines = json_integer_value(json_object_get(end, "lines"));
	const char *told = json_string_value(json_object_get(end, "sha256"));
	const char *content = json_string_value(json_object_get(end, "content_sha256"));
	char digest[SHA256_HEX + 1];

	c->ended = true;
	sha256_end(&c->digest, digest);
	if (lines != (int64_t)c->lines)
		return err_set(err, CLAQUE_EINPUT, "the bundle has %llu lines before its end, which "
			       "tells of %lld: lines were lost or added; get it again",
			       (unsigned long long)c->lines, (long long)lines);
	if (told == NULL || strcmp(told, digest) != 0)
		return err_set(err, CLAQUE_EINPUT, "the bundle was altered: the SHA-256 of its lines is "
			       "not what its end tells; get it again");
	c->out->lines = c->lines;
	if (content != NULL && strlen(content) == SHA256_HEX)
		memcpy(c->out->content, content, SHA256_HEX + 1);
	return CLAQUE_OK;
}

static enum claque_rc
check_line(void *ctx, uint64_t number, struct claque_str line, struct claque_err *err)
{
	struct check *c = ctx;
	json_t *end = NULL;
	enum claque_rc rc = CLAQUE_OK;

	if (c->ended)
		return err_set(err, CLAQUE_EINPUT, "line %llu comes after the bundle's end",
			       (unsigned long long)number);
	if (number == 1)
		rc = check_header(c, line, err);
	if (str_starts(line, STR("{\"type\":\"end\"")))
		end = json_parse(line);
	if (rc == CLAQUE_OK && end != NULL) {
		rc = check_end(c, end, err);
	} else {
		sha256_add(&c->digest, line);
		sha256_add(&c->digest, STR("\n"));
		c->lines++;
	}
	json_decref(end);
	return rc;
}

static enum claque_rc
check(struct lines *l, struct bundle_head *out, struct claque_err *err)
{
	struct check c = { .out = out };
	enum claque_rc rc;

	l->stage = "checking the bundle";
	l->ctx = &c;
	l->each = check_line;
	sha256_start(&c.digest);
	rc = read_lines(l, err);
	l->ctx = NULL;
	if (rc == CLAQUE_OK && !c.ended)
		rc = err_set(err, CLAQUE_EINPUT, "the bundle was cut off after line %llu; get it again",
			     (unsigned long long)c.lines);
	return rc;
}

void
bundle_head_init(struct bundle_head *head)
{
	*head = (struct bundle_head){ .lines = 0 };
	buf_init(&head->header, LINE_BYTES_MAX);
}

void
bundle_head_done(struct bundle_head *head)
{
	buf_done(&head->header);
}

enum claque_rc
bundle_check(const char *path, const struct claque_progress *progress, struct bundle_head *out,
	     struct claque_err *err)
{
	struct lines l = { .progress = progress };
	enum claque_rc rc = reader_open(path, &l.reader, err);

	if (rc == CLAQUE_OK)
		rc = check(&l, out, err);
	reader_close(l.reader);
	return rc;
}

enum claque_rc
bundle_check_bytes(struct claque_str bytes, struct bundle_head *out, struct claque_err *err)
{
	struct lines l = { .progress = NULL };
	enum claque_rc rc = reader_open_bytes(bytes, "bundle", &l.reader, err);

	if (rc == CLAQUE_OK)
		rc = check(&l, out, err);
	reader_close(l.reader);
	return rc;
}

/* --- its rows */

struct reading {
	void *ctx;
	enum claque_rc (*each)(void *ctx, const struct bundle_line *line, struct claque_err *err);
};

static enum claque_rc
parse_line(void *ctx, uint64_t number, struct claque_str text, struct claque_err *err)
{
	struct reading *r = ctx;
	struct bundle_line line = { .number = number, .text = text };
	json_t *o;
	const json_t *type;
	enum claque_rc rc;

	if (number == 1)
		return CLAQUE_OK;
	o = json_parse(text);
	type = json_object_get(o, "type");
	if (!json_is_string(type)) {
		json_decref(o);
		return err_set(err, CLAQUE_EINPUT, "line %llu is no row of a bundle",
			       (unsigned long long)number);
	}
	line.row = o;
	line.type = json_string_of(type);
	rc = str_eq(line.type, STR("end")) ? CLAQUE_OK : r->each(r->ctx, &line, err);
	json_decref(o);
	return rc;
}

enum claque_rc
bundle_read(const char *path, const struct claque_progress *progress, void *ctx,
	    enum claque_rc (*each)(void *ctx, const struct bundle_line *line,
				   struct claque_err *err), struct claque_err *err)
{
	struct reading r = { ctx, each };
	struct lines l = { .progress = progress, .stage = "reading", .ctx = &r,
			   .each = parse_line };
	enum claque_rc rc = reader_open(path, &l.reader, err);

	if (rc == CLAQUE_OK)
		rc = read_lines(&l, err);
	reader_close(l.reader);
	return rc;
}

/*
 * As one of the formats, so that it is told by content. Its lines are no records: the
 * application reads a bundle by itself (app/bundle_job).
 */
static enum claque_rc
take_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	(void)item;
	return input_refuse(row, err, "a line of a case bundle, which is taken whole or not at all");
}

static const char *const signature[] = { "claque_bundle", NULL };
static const char *const reads[] = { "claque_bundle", "type", NULL };

const struct format format_native_bundle = {
	.about = {
		.name = BUNDLE_FORMAT,
		.help = "a whole case, as claque export --to bundle writes it",
		.columns = "a line of JSON a row; claque_bundle in the first",
	},
	.signature = signature,
	.reads = reads,
	.item = take_item,
};
