/*
 * clock.h - the one clock. Tests set it: CLAQUE_CLOCK, an RFC 3339 time,
 * stops it there, so that screens and exports are byte-stable.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

/* Milliseconds since 1970 UTC. */
int64_t clock_now(void);
/* Milliseconds on a clock that never goes back; never stopped by tests. */
int64_t clock_ticks(void);

enum clock_form { CLOCK_DATE, CLOCK_MINUTE, CLOCK_SECOND, CLOCK_RFC3339 };
/* "2023-11-30", "2023-11-30 14:02", "2023-11-30 14:02:11", "2023-11-30T14:02:11.250Z". */
struct claque_str clock_text(struct arena *perm, int64_t ms, enum clock_form form);

/*
 * RFC 3339 or its relaxed kin: date alone, space for T, no zone (UTC is
 * assumed), "Z" or "+hh:mm", fraction of any length. False if it is neither.
 */
bool clock_parse(struct claque_str s, int64_t *out_ms);

/* Days since 1970-01-01 of a proleptic Gregorian date, and back. */
int64_t clock_days(int64_t year, int month, int day);
void clock_date(int64_t days, int64_t *year, int *month, int *day);
/* 0 = Monday. */
int clock_weekday(int64_t ms);

#endif
