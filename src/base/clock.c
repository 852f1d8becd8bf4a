/*
 * clock.c - time in and out as numbers, without the C library's calendar,
 * which reads the locale and the TZ variable.
 *
 * The day arithmetic is Howard Hinnant's days_from_civil (2013, public).
 */
#include "config.h"

#include "base/clock.h"

#include <stdlib.h>
#include <time.h>

#include "base/decimal.h"

enum { MS_PER_SECOND = 1000, SECONDS_PER_DAY = 86400 };

int64_t
clock_days(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void
clock_date(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = yoe + era * 400 + (*month <= 2);
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int
clock_weekday(int64_t ms)
{
	int64_t days = floor_div(ms, (int64_t)SECONDS_PER_DAY * MS_PER_SECOND);

	return (int)(((days + 3) % 7 + 7) % 7);
}

static int64_t
read_clock(clockid_t id)
{
	struct timespec now;

	if (clock_gettime(id, &now) != 0)
		return 0;
	return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

int64_t
clock_now(void)
{
	const char *set = getenv("CLAQUE_CLOCK");
	int64_t ms;

	if (set != NULL && clock_parse(str_of(set), &ms))
		return ms;
	return read_clock(CLOCK_REALTIME);
}

int64_t
clock_ticks(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

/* A mark, unless it is NUL, then a number of so many places. */
static char *
put_part(char *at, char mark, int64_t n, size_t places)
{
	if (mark != '\0')
		*at++ = mark;
	return at + decimal_padded(at, n, places);
}

struct claque_str
clock_text(struct arena *perm, int64_t ms, enum clock_form form)
{
	enum { ROOM = 3 * DECIMAL_MAX };
	int64_t seconds = floor_div(ms, MS_PER_SECOND);
	int64_t days = floor_div(seconds, SECONDS_PER_DAY), year;
	int second = (int)(seconds - days * SECONDS_PER_DAY), month, day;
	char *text = ARENA_NEW(perm, char, ROOM), *at;

	clock_date(days, &year, &month, &day);
	at = put_part(text, '\0', year, 4);
	at = put_part(at, '-', month, 2);
	at = put_part(at, '-', day, 2);
	if (form != CLOCK_DATE) {
		at = put_part(at, form == CLOCK_RFC3339 ? 'T' : ' ', second / 3600, 2);
		at = put_part(at, ':', second / 60 % 60, 2);
	}
	if (form == CLOCK_SECOND || form == CLOCK_RFC3339)
		at = put_part(at, ':', second % 60, 2);
	if (form == CLOCK_RFC3339) {
		at = put_part(at, '.', ms - seconds * MS_PER_SECOND, 3);
		*at++ = 'Z';
	}
	return (struct claque_str){ text, (size_t)(at - text) };
}

/* Takes exactly n digits off *s. */
static bool
take_digits(struct claque_str *s, size_t n, int *out)
{
	int value = 0;

	if (s->len < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!byte_is_digit(s->p[i]))
			return false;
		value = value * 10 + (s->p[i] - '0');
	}
	*s = str_sub(*s, n, s->len);
	*out = value;
	return true;
}

static bool
take_byte(struct claque_str *s, char a, char b)
{
	if (s->len == 0 || (s->p[0] != a && s->p[0] != b))
		return false;
	*s = str_sub(*s, 1, s->len);
	return true;
}

static int
take_millis(struct claque_str *s)
{
	int millis = 0, weight = 100, digit;

	if (!take_byte(s, '.', ','))
		return 0;
	while (take_digits(s, 1, &digit)) {
		millis += digit * weight;
		weight /= 10;
	}
	return millis;
}

static bool
take_zone(struct claque_str *s, int *offset_s)
{
	int hours, minutes, sign = s->len > 0 && s->p[0] == '-' ? -1 : 1;

	*offset_s = 0;
	if (s->len == 0 || take_byte(s, 'Z', 'z'))
		return true;
	if (!take_byte(s, '+', '-') || !take_digits(s, 2, &hours))
		return false;
	(void)take_byte(s, ':', ':');
	if (!take_digits(s, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*offset_s = sign * (hours * 3600 + minutes * 60);
	return true;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool
take_time_of_day(struct claque_str *s, int *second)
{
	int h, m, sec = 0;

	if (!take_digits(s, 2, &h) || !take_byte(s, ':', ':') || !take_digits(s, 2, &m))
		return false;
	if (take_byte(s, ':', ':') && !take_digits(s, 2, &sec))
		return false;
	*second = h * 3600 + m * 60 + sec;
	return h <= 23 && m <= 59 && sec <= 60;
}

bool
clock_parse(struct claque_str s, int64_t *out_ms)
{
	int year, month, day, second = 0, millis = 0, offset = 0;

	s = str_trim(s);
	if (!take_digits(&s, 4, &year) || !take_byte(&s, '-', '-') ||
	    !take_digits(&s, 2, &month) || !take_byte(&s, '-', '-') ||
	    !take_digits(&s, 2, &day))
		return false;
	if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return false;
	if (s.len > 0) {
		if (!(take_byte(&s, 'T', 't') || take_byte(&s, ' ', ' ')) ||
		    !take_time_of_day(&s, &second))
			return false;
		millis = take_millis(&s);
		s = str_trim(s);
		if (!take_zone(&s, &offset) || s.len > 0)
			return false;
	}
	*out_ms = (clock_days(year, month, day) * SECONDS_PER_DAY + second - offset) *
		  MS_PER_SECOND + millis;
	return true;
}
