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

#include "base/clock.h"

#include "import/format.h"

enum claque_rc
input_put(struct input_row *row, const struct record *record, struct claque_err *err)
{
	struct record whole = *record;
	bool duplicate;

	whole.extras = row->extras;
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
input_count(struct input_row *row, size_t field, int64_t *out, enum claque_rc *rc,
	    struct claque_err *err)
{
	struct claque_str s = input_cell(row, field);
	double number;

	*out = COUNT_UNKNOWN;
	if (s.len == 0 || (str_to_i64(s, out) && *out >= 0))
		return true;
	*out = COUNT_UNKNOWN;
	/* Tables that went through pandas write counts as 12.0. */
	if (str_to_double(s, &number) && number >= 0 && number < 1e15 &&
	    floor(number) >= number) {
		*out = (int64_t)number;
		return true;
	}
	*rc = input_refuse(row, err, "%s: '%.*s' is not a count", row->fields[field].name,
			   QUOTED(s));
	return false;
}

/* The clock reads hours and minutes, seconds, fractions: how much was written? */
static enum time_precision
precision_of(struct claque_str s)
{
	const char *point = memchr(s.p, '.', s.len);
	size_t colons = 0;

	if (point != NULL)
		return TIME_MILLISECOND;
	for (size_t i = 10; i < s.len && s.p[i] != '+' && s.p[i] != '-'; i++)
		colons += s.p[i] == ':';
	return colons >= 2 ? TIME_SECOND : colons == 1 ? TIME_MINUTE : TIME_DAY;
}

static bool
parse_number(struct claque_str s, enum time_rule rule, int64_t *out,
	     enum time_precision *precision)
{
	static const double ms_from = 1e11, limit_ms = 9e15;
	double number;
	int64_t whole;

	if (str_to_i64(s, &whole))	/* nearly always, and many times as fast */
		number = (double)whole;
	else if (!str_to_double(s, &number))
		return false;
	*precision = TIME_MILLISECOND;
	if (rule == TIMES_OF_ANY_ORIGIN || fabs(number) < ms_from) {
		if (floor(number) >= number)
			*precision = TIME_SECOND;
		number *= 1000;
	}
	if (fabs(number) > limit_ms)
		return false;
	*out = (int64_t)llround(number);
	return true;
}

static bool
parse_time(struct claque_str s, enum time_rule rule, int64_t *out,
	   enum time_precision *precision)
{
	if (parse_number(s, rule, out, precision))
		return true;
	*precision = precision_of(s);
	return clock_parse(s, out);
}

bool
input_time(struct input_row *row, size_t field, enum time_rule rule, int64_t *out,
	   enum time_precision *precision, enum claque_rc *rc, struct claque_err *err)
{
	static const int64_t year_1990 = 631152000000, year_2101 = 4133980800000;
	struct claque_str s;

	if (!input_need(row, field, &s, rc, err))
		return false;
	if (!parse_time(s, rule, out, precision)) {
		*rc = input_refuse(row, err, "%s: '%.*s' is not a time", row->fields[field].name,
				   QUOTED(s));
		return false;
	}
	if (rule == TIMES_OF_PLATFORMS && (*out < year_1990 || *out >= year_2101)) {
		*rc = input_refuse(row, err, "%s: '%.*s' is not between 1990 and 2100",
				   row->fields[field].name, QUOTED(s));
		return false;
	}
	return true;
}
