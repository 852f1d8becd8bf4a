/*
 * input_row.c - cells into values, and what may be said about a cell that is none.
 *
 * A wrong count or time refuses the row: a post filed under a time that nobody
 * wrote would be found together with the wrong posts.
 */
#include "config.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "import/format.h"

enum claque_rc
input_put(struct input_row *row, const struct record *record, struct claque_err *err)
{
	struct record whole = *record;
	bool duplicate;

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

bool
count_read(struct claque_str s, int64_t *out)
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
input_count(struct input_row *row, size_t field, int64_t *out, enum claque_rc *rc,
	    struct claque_err *err)
{
	struct claque_str s = input_cell(row, field);

	if (count_read(s, out))
		return true;
	*rc = input_refuse(row, err, "%s: '%.*s' is not a count", row->fields[field].name,
			   QUOTED(s));
	return false;
}

bool
input_time(struct input_row *row, size_t field, enum time_rule rule, int64_t *out,
	   enum time_precision *precision, enum claque_rc *rc, struct claque_err *err)
{
	struct claque_str s;

	if (!input_need(row, field, &s, rc, err))
		return false;
	if (!times_read(s, rule, out, precision)) {
		*rc = input_refuse(row, err, "%s: '%.*s' is not a time", row->fields[field].name,
				   QUOTED(s));
		return false;
	}
	if (rule == TIMES_OF_PLATFORMS && !times_plausible(*out)) {
		*rc = input_refuse(row, err, "%s: '%.*s' is not between 1990 and 2100",
				   row->fields[field].name, QUOTED(s));
		return false;
	}
	return true;
}
