/*
 * json_shape.c - items of JSON; the first that a format knows decides the format.
 *
 * Streams begin with whatever came first (Jetstream with the change of a
 * handle), so a few items may pass before that. Bytes that are not UTF-8, and
 * the escape \x0B that Telegram Desktop writes, are no JSON: both are mended
 * before an item is given up.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "import/job.h"

enum { UNDECIDED_MAX = 50, LOST_ITEMS = 1000 };

struct json_file {
	struct import_run *run;
	struct items *items;
	struct claque_err *err;
	json_t *shell;
	json_t *before;			/* the item before */
	json_t *first, *first_shell;	/* item, while none was of a known format */
	size_t undecided;
	char fault[200];		/* of the item in hand */
	uint64_t looked_at;		/* items whose keys were compared with the format */
};

static bool
has_escape(struct claque_str s)
{
	return str_find(s, STR("\\x"), 0) < s.len;
}

/* "\x0B" as "\u000B"; a backslash before it makes it text. */
static struct claque_str
mend_escapes(struct arena *scratch, struct claque_str s)
{
	struct buf out;
	struct claque_str mended;

	buf_init(&out, 2 * (size_t)ITEM_BYTES_MAX);
	for (size_t i = 0; i < s.len; i++) {
		bool pair = s.p[i] == '\\' && i + 1 < s.len;

		if (pair && s.p[i + 1] == 'x') {
			buf_addz(&out, "\\u00");
			i++;
			continue;
		}
		buf_addc(&out, s.p[i]);
		if (pair)
			buf_addc(&out, s.p[++i]);
	}
	mended = str_dup(scratch, buf_str(&out));
	buf_done(&out);
	return mended;
}

/* NULL: the fault says why. */
static json_t *
parse(struct json_file *f, struct claque_str text)
{
	struct arena scratch = f->run->scratch;
	json_error_t error = { 0 };
	json_t *value;

	if (has_escape(text))
		text = mend_escapes(&scratch, text);
	value = json_read(text, &error);
	if (value == NULL && json_error_code(&error) == json_error_invalid_utf8)
		value = json_read(json_repaired(&scratch, text), &error);
	if (value != NULL && json_is_object(value))
		return value;
	(void)snprintf(f->fault, sizeof(f->fault), value != NULL ? "it is no JSON object" :
		       "no JSON: %s", error.text);
	json_decref(value);
	return NULL;
}

static void
take_shell(struct json_file *f, const struct item_text *text)
{
	if (!text->new_shell)
		return;
	json_decref(f->shell);
	f->shell = text->shell.len > 0 && text->shell.p[0] == '{' ? parse(f, text->shell) : NULL;
}

static enum claque_rc
refuse_file(const struct json_file *f, struct claque_err *err)
{
	struct item item = { .value = f->first, .shell = f->first_shell };

	return sniff_refuse(&item, f->run->options, err);
}

static enum claque_rc
decide(struct json_file *f, const json_t *value, struct claque_err *err)
{
	struct import_run *run = f->run;
	struct item item = { .value = value, .shell = f->shell };
	const struct format *format = sniff_item(&item, run->options);

	if (format != NULL) {
		run->mapping.format = format;
		run->mapped = true;
		return run->sink == NULL ? CLAQUE_DONE : CLAQUE_OK;
	}
	if (f->first == NULL) {
		f->first = json_deep_copy(value);
		f->first_shell = json_incref(f->shell);
	}
	return ++f->undecided < UNDECIDED_MAX && run->options->format == NULL ? CLAQUE_OK :
	       refuse_file(f, err);
}

static enum claque_rc
refuse(struct import_run *run, uint64_t number, const char *reason, struct claque_err *err)
{
	static const struct format none = { 0 };
	struct input_row row = run_row(run, run->mapped ? run->mapping.format : &none, number);

	return run_row_done(run, &row, input_refuse(&row, err, "%s", reason), err);
}

static enum claque_rc
take_value(struct json_file *f, uint64_t number, const json_t *value, struct claque_err *err)
{
	struct import_run *run = f->run;
	struct item item = { value, f->shell, f->before };
	struct input_row row = run_row(run, run->mapping.format, number);

	if (f->looked_at++ < LOST_ITEMS)
		sniff_lost(&run->mapping, value);
	run->totals.unknown_lost = true;
	if (run->rows_wanted > 0)
		explain_item(run, value);
	return run_row_done(run, &row, run->mapping.format->item(&row, &item, err), err);
}

static enum claque_rc
take_item(void *ctx, const struct item_text *text, struct claque_err *err)
{
	struct json_file *f = ctx;
	struct import_run *run = f->run;
	bool skipped = run->sink != NULL && run->totals.rows++ < run->options->skip;
	const char *fault = text->fault;
	enum claque_rc rc = CLAQUE_OK;
	json_t *value;

	take_shell(f, text);
	/* Of those that are in already, the last is what stands before the next. */
	if (skipped && run->mapped && run->totals.rows < run->options->skip)
		return CLAQUE_OK;
	value = fault == NULL ? parse(f, text->text) : NULL;
	if (fault == NULL && value == NULL)
		fault = f->fault;
	if (value != NULL && !run->mapped)
		rc = decide(f, value, err);
	if (rc == CLAQUE_OK && run->sink != NULL && !skipped) {
		if (fault == NULL && !run->mapped)
			fault = "it is of no known format";
		rc = fault != NULL ? refuse(run, text->number, fault, err) :
				     take_value(f, text->number, value, err);
	}
	json_decref(f->before);
	f->before = value;
	return rc;
}

static void *
json_open(struct import_run *run, struct claque_str first, struct claque_err *err)
{
	struct json_file *f = calloc(1, sizeof(*f));

	(void)first;
	if (f == NULL)
		base_oom();
	f->run = run;
	f->err = err;
	f->items = items_new(f, take_item, err);
	return f;
}

static enum claque_rc
json_feed(void *parser, struct claque_str bytes)
{
	struct json_file *f = parser;

	return items_feed(f->items, bytes);
}

static enum claque_rc
json_finish(void *parser)
{
	struct json_file *f = parser;
	enum claque_rc rc = items_finish(f->items);

	if (rc == CLAQUE_OK && !f->run->mapped && f->first != NULL)
		return refuse_file(f, f->err);
	return rc;
}

static void
json_close(void *parser)
{
	struct json_file *f = parser;

	if (f == NULL)
		return;
	items_free(f->items);
	json_decref(f->shell);
	json_decref(f->before);
	json_decref(f->first);
	json_decref(f->first_shell);
	free(f);
}

const struct shape shape_json = { json_open, json_feed, json_finish, json_close };
