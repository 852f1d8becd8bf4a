#include "config.h"

#include "model/column.h"

#include <math.h>

#include "base/clock.h"
#include "base/decimal.h"

size_t
column_find(const struct column *columns, size_t count, struct claque_str name)
{
	size_t i = 0;

	while (i < count && !str_eq(str_of(columns[i].name), name))
		i++;
	return i;
}

struct claque_str
count_grouped(struct arena *perm, int64_t n)
{
	struct claque_str digits = str_fmt(perm, "%lld", (long long)n);
	size_t sign = n < 0, len = digits.len - sign, commas = (len - 1) / 3;
	char *p = ARENA_NEW(perm, char, digits.len + commas + 1), *at = p;

	for (size_t i = 0; i < digits.len; i++) {
		if (i > sign && (digits.len - i) % 3 == 0)
			*at++ = ',';
		*at++ = digits.p[i];
	}
	return (struct claque_str){ p, (size_t)(at - p) };
}

struct claque_str
count_short(struct arena *perm, int64_t n)
{
	if (n < 10000)
		return count_grouped(perm, n);
	if (n < 999950)
		return str_fmt(perm, "%.1fk", (double)n / 1e3);
	if (n < 999950000)
		return str_fmt(perm, "%.1fM", (double)n / 1e6);
	return str_fmt(perm, "%.1fG", (double)n / 1e9);
}

struct claque_str
count_within(struct arena *perm, int64_t n, int cells)
{
	static const struct {
		int64_t size;
		char mark;
	} units[] = { { 1000, 'k' }, { 1000000, 'M' }, { 1000000000, 'G' } };
	struct claque_str text = count_short(perm, n);

	for (size_t i = 0; i < 3 && n >= units[i].size && text.len > (size_t)cells; i++) {
		double much = (double)n / (double)units[i].size;

		text = str_fmt(perm, "%.*f%c", much < 9.95 && cells > 3, much, units[i].mark);
	}
	return text;
}

static double
number_of(const struct value *v)
{
	return v->type == VALUE_INT ? (double)v->i : v->r;
}

/* 15 significant digits, as R and Python write a double in a table. */
static struct claque_str
exact_number(struct arena *perm, const struct value *v)
{
	char *text;

	if (v->type != VALUE_INT && !isfinite(v->r))
		return STR("");
	text = ARENA_NEW(perm, char, DECIMAL_MAX);
	return (struct claque_str){ text, v->type == VALUE_INT ? decimal_whole(text, v->i)
							       : decimal_real(text, v->r) };
}

/* A count that happens to be kept as a real reads like one. */
static struct claque_str
real_short(struct arena *perm, double r)
{
	if (r == floor(r) && fabs(r) < 1e15)
		return count_short(perm, (int64_t)r);
	return fabs(r) >= 1000 && fabs(r) < 1e15 ? count_short(perm, (int64_t)round(r))
						 : str_fmt(perm, "%.3g", r);
}

struct claque_str
value_listing(struct arena *perm, const struct column *col, const struct value *v)
{
	if (v->type == VALUE_NULL)
		return STR("");
	if (v->type == VALUE_TEXT)
		return v->s;
	if (col->form == FORM_TIME)
		return clock_text(perm, v->i, CLOCK_RFC3339);
	return exact_number(perm, v);
}

struct claque_str
value_screen(struct arena *perm, const struct column *col, const struct value *v)
{
	if (v->type == VALUE_NULL)
		return STR("-");
	if (v->type == VALUE_TEXT)
		return v->s;
	switch (col->form) {
	case FORM_COUNT:
		return count_short(perm, v->i);
	case FORM_SCORE:
		return str_fmt(perm, "%.2f", number_of(v));
	case FORM_REAL:
		return real_short(perm, number_of(v));
	case FORM_ODDS:
		return str_fmt(perm, "%+.2f", number_of(v));
	case FORM_PVALUE:
		return number_of(v) < 1e-300 ? STR("<1e-300") : str_fmt(perm, "%.0e", number_of(v));
	case FORM_TIME:
		return clock_text(perm, v->i, CLOCK_SECOND);
	case FORM_FLAG:
		return number_of(v) != 0 ? STR("yes") : STR("no");
	case FORM_TEXT:
	case FORM_ID:
	case FORM_NUMBER:
		break;
	}
	return exact_number(perm, v);
}
