#include "config.h"

#include "import/times.h"

#include <math.h>

#include "base/clock.h"

enum { X_TIME_LEN = 30, ID_DIGITS_MAX = 20, TID_LEN = 13 };

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
				      "Sep", "Oct", "Nov", "Dec" };

/* Zones that exports name instead of numbering (CrowdTangle's list), in minutes. */
static const struct {
	const char *name;
	int minutes;
} zones[] = {
	{ "UTC", 0 }, { "GMT", 0 }, { "EST", -300 }, { "EDT", -240 }, { "CST", -360 },
	{ "CDT", -300 }, { "MST", -420 }, { "MDT", -360 }, { "PST", -480 }, { "PDT", -420 },
	{ "CET", 60 }, { "CEST", 120 }, { "BST", 60 },
};

static bool
parse_number(struct claque_str s, enum time_rule rule, int64_t *out_ms,
	     enum time_precision *precision)
{
	static const double ms_from = 1e11, us_from = 1e14, limit_ms = 9e15;
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
	} else if (fabs(number) >= us_from) {
		number /= 1000;
	}
	if (!(fabs(number) <= limit_ms))
		return false;
	*out_ms = (int64_t)llround(number);
	return true;
}

/* The clock reads hours and minutes, seconds, fractions: how much was written? */
static enum time_precision
precision_of(struct claque_str s)
{
	size_t colons = 0;

	for (size_t i = 10; i < s.len && s.p[i] != '+' && s.p[i] != '-'; i++) {
		if (s.p[i] == '.')
			return TIME_MILLISECOND;
		colons += s.p[i] == ':';
	}
	return colons >= 2 ? TIME_SECOND : colons == 1 ? TIME_MINUTE : TIME_DAY;
}

static int
month_of(struct claque_str name)
{
	for (int i = 0; i < 12; i++)
		if (str_eq(name, str_of(months[i])))
			return i + 1;
	return 0;
}

/* "Thu Jun 07 06:36:05 +0000 2012", put in the order that the clock reads. */
static bool
parse_x_time(struct claque_str s, int64_t *out_ms)
{
	char iso[sizeof("2012-06-07T06:36:05+0000")];
	int month = s.len == X_TIME_LEN ? month_of(str_sub(s, 4, 3)) : 0;

	if (month == 0 || s.p[3] != ' ' || s.p[7] != ' ' || s.p[10] != ' ' || s.p[19] != ' ')
		return false;
	memcpy(iso, s.p + 26, 4);
	iso[4] = '-';
	iso[5] = (char)('0' + month / 10);
	iso[6] = (char)('0' + month % 10);
	iso[7] = '-';
	memcpy(iso + 8, s.p + 8, 2);
	iso[10] = 'T';
	memcpy(iso + 11, s.p + 11, 8);
	memcpy(iso + 19, s.p + 20, 5);
	return clock_parse((struct claque_str){ iso, 24 }, out_ms);
}

/* A zone by name at the end; 0 minutes and nothing taken where there is none. */
static int
take_zone_name(struct claque_str *s)
{
	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		struct claque_str name = str_of(zones[i].name);

		if (s->len > name.len && s->p[s->len - name.len - 1] == ' ' &&
		    str_eq(str_sub(*s, s->len - name.len, name.len), name)) {
			*s = str_trim(str_sub(*s, 0, s->len - name.len));
			return zones[i].minutes;
		}
	}
	return 0;
}

bool
times_read(struct claque_str s, enum time_rule rule, int64_t *out_ms,
	   enum time_precision *precision)
{
	int minutes;

	s = str_trim(s);
	if (parse_number(s, rule, out_ms, precision))
		return true;
	if (parse_x_time(s, out_ms)) {
		*precision = TIME_SECOND;
		return true;
	}
	minutes = take_zone_name(&s);
	*precision = precision_of(s);
	if (!clock_parse(s, out_ms))
		return false;
	*out_ms -= (int64_t)minutes * 60000;
	return true;
}

static bool
decimal(struct claque_str id, uint64_t *out)
{
	*out = 0;
	if (id.len == 0 || id.len >= ID_DIGITS_MAX)
		return false;
	for (size_t i = 0; i < id.len; i++) {
		if (!byte_is_digit(id.p[i]))
			return false;
		*out = *out * 10 + (uint64_t)(id.p[i] - '0');
	}
	return true;
}

/* The record key is 13 digits of base 32 in an order of their own (atproto.com/specs/tid). */
static bool
tid(struct claque_str uri, uint64_t *out)
{
	static const char digits[] = "234567abcdefghijklmnopqrstuvwxyz";
	struct claque_str key = str_sub(uri, uri.len - TID_LEN, TID_LEN);

	*out = 0;
	if (uri.len < TID_LEN)
		return false;
	for (size_t i = 0; i < key.len; i++) {
		const char *at = key.p[i] == '\0' ? NULL : strchr(digits, key.p[i]);

		if (at == NULL)
			return false;
		*out = *out << 5 | (uint64_t)(at - digits);
	}
	return *out >> 63 == 0;
}

bool
times_plausible(int64_t ms)
{
	static const int64_t year_1990 = 631152000000, year_2101 = 4133980800000;

	return ms >= year_1990 && ms < year_2101;
}

bool
times_of_id(enum id_time kind, struct claque_str id, int64_t *out_ms)
{
	static const uint64_t snowflake_from = 29000000000, x_epoch = 1288834974657;
	uint64_t n;

	switch (kind) {
	case ID_TIME_X:
		if (!decimal(id, &n) || n < snowflake_from)
			return false;
		*out_ms = (int64_t)((n >> 22) + x_epoch);
		return true;
	case ID_TIME_TIKTOK:
		if (!decimal(id, &n) || n >> 32 == 0)
			return false;
		*out_ms = (int64_t)(n >> 32) * 1000;
		return true;
	case ID_TIME_MASTODON:
		if (!decimal(id, &n) || n >> 16 == 0)
			return false;
		*out_ms = (int64_t)(n >> 16);
		return true;
	case ID_TIME_BLUESKY:
		if (!tid(id, &n))
			return false;
		*out_ms = (int64_t)(n >> 10) / 1000;
		return true;
	case ID_TIME_NONE:
		break;
	}
	return false;
}
