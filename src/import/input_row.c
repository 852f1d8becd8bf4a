/*
 * input_row.c - cells into values, and what may be said about a cell that is none.
 *
 * A wrong count or time refuses the row: a post filed under a time that nobody
 * wrote would be found together with the wrong posts.
 */
#include "config.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "import/format.h"
#include "import/rows.h"

/* Texts of a record. What several places of a row make up (urls, extras) has bounds of its own. */
static const struct text_member {
	enum record_type type;
	size_t at;
	const char *name;
} text_members[] = {
#define X(id, of, member, name) { RECORD_##id, offsetof(struct record, of.member), name },
	X(POST, post, platform, "platform") X(POST, post, id, "post id")
	X(POST, post, account_id, "account id") X(POST, post, handle, "handle")
	X(POST, post, text, "text") X(POST, post, lang, "lang") X(POST, post, client, "client")
	X(ACCOUNT, account, platform, "platform") X(ACCOUNT, account, id, "account id")
	X(ACCOUNT, account, handle, "handle") X(ACCOUNT, account, display_name, "name")
	X(ACCOUNT, account, location, "location") X(ACCOUNT, account, bio, "bio")
	X(ACCOUNT, account, url, "url") X(ACCOUNT, account, avatar_hash, "picture")
	X(ACCOUNT, account, avatar_tag, "picture") X(ACCOUNT, account, lang, "lang")
	X(CHANGE, change, platform, "platform") X(CHANGE, change, account_id, "account id")
	X(CHANGE, change, field, "field") X(CHANGE, change, old_value, "old value")
	X(CHANGE, change, new_value, "new value")
	X(INDICATOR, indicator, value, "indicator") X(INDICATOR, indicator, raw, "indicator")
	X(INDICATOR, indicator, platform, "platform") X(INDICATOR, indicator, tactic, "tactic")
	X(INDICATOR, indicator, technique, "technique")
	X(INDICATOR, indicator, procedure, "procedure") X(INDICATOR, indicator, role, "role")
	X(INDICATOR, indicator, note, "note") X(INDICATOR, indicator, published, "date")
#undef X
};

/* The text that no cell of a table could have brought, or NULL. */
static const char *
find_giant(const struct record *r)
{
	for (size_t i = 0; i < sizeof(text_members) / sizeof(*text_members); i++) {
		const struct text_member *m = &text_members[i];
		const struct claque_str *text = (const void *)((const char *)r + m->at);

		if (m->type == r->type && text->len > CELL_BYTES_MAX)
			return m->name;
	}
	for (size_t i = 0; r->type == RECORD_POST && i < r->post.share_count; i++)
		if (r->post.shares[i].key.len > CELL_BYTES_MAX ||
		    r->post.shares[i].author.len > CELL_BYTES_MAX)
			return "address or tag that it shares";
	return NULL;
}

enum claque_rc
input_put(struct input_row *row, const struct record *record, struct claque_err *err)
{
	struct record whole = *record;
	const char *giant = find_giant(record);
	bool duplicate;

	if (giant != NULL)
		return input_refuse(row, err, "its %s is over 1 MiB; shorten it, and import the file "
				    "again", giant);
	whole.extras = row->extras;
	row->put = true;
	return row->sink->put(row->sink->ctx, row->number, &whole, &duplicate, err);
}

enum claque_rc
input_refuse(struct input_row *row, struct claque_err *err, const char *fmt, ...)
{
	char reason[300];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	if ((size_t)n >= sizeof(reason))
		n = (int)sizeof(reason) - 1;
	row->refused = true;
	return row->sink->refuse(row->sink->ctx, row->number,
				 (struct claque_str){ reason, (size_t)n }, err);
}

struct claque_str
input_cell(const struct input_row *row, size_t field)
{
	struct claque_str s = row->value[field];
	bool tight = s.len == 0 || (!byte_is_space(s.p[0]) && !byte_is_space(s.p[s.len - 1]));

	return tight ? s : str_trim(s);
}

struct claque_str
input_id(const struct input_row *row, size_t field)
{
	struct claque_str s = input_cell(row, field);

	return s.len == 0 ? (struct claque_str){ 0 } : s;
}

bool
input_need(struct input_row *row, size_t field, struct claque_str *out, enum claque_rc *rc,
	   struct claque_err *err)
{
	*out = input_cell(row, field);
	if (out->len > 0)
		return true;
	*rc = input_refuse(row, err, "%s is empty", row->fields[field].name);
	return false;
}

static bool
read_count(struct claque_str s, int64_t *out)
{
	double number;

	*out = COUNT_UNKNOWN;
	if (s.len == 0 || (str_to_i64(s, out) && *out >= 0))
		return true;
	*out = COUNT_UNKNOWN;
	/* Tables that went through pandas write counts as 12.0. */
	if (!str_to_double(s, &number) || !(number >= 0 && number < 1e15) ||
	    floor(number) < number)
		return false;
	*out = (int64_t)number;
	return true;
}

bool
input_count_of(struct input_row *row, struct named_text from, int64_t *out, enum claque_rc *rc,
	       struct claque_err *err)
{
	if (read_count(from.text, out))
		return true;
	*rc = input_refuse(row, err, "%s: '%.*s' is not a count", from.name, QUOTED(from.text));
	return false;
}

bool
input_time_of(struct input_row *row, struct named_text from, enum time_rule rule, int64_t *out,
	      enum time_precision *precision, enum claque_rc *rc, struct claque_err *err)
{
	if (!times_read(from.text, rule, out, precision)) {
		*rc = input_refuse(row, err, "%s: '%.*s' is not a time", from.name,
				   QUOTED(from.text));
		return false;
	}
	if (rule == TIMES_OF_PLATFORMS && !times_plausible(*out)) {
		*rc = input_refuse(row, err, "%s: '%.*s' is not between 1990 and 2100",
				   from.name, QUOTED(from.text));
		return false;
	}
	return true;
}

bool
input_count(struct input_row *row, size_t field, int64_t *out, enum claque_rc *rc,
	    struct claque_err *err)
{
	struct named_text from = { row->fields[field].name, input_cell(row, field) };

	return input_count_of(row, from, out, rc, err);
}

bool
input_time(struct input_row *row, size_t field, enum time_rule rule, int64_t *out,
	   enum time_precision *precision, enum claque_rc *rc, struct claque_err *err)
{
	struct named_text from = { .name = row->fields[field].name };

	return input_need(row, field, &from.text, rc, err) &&
	       input_time_of(row, from, rule, out, precision, rc, err);
}
