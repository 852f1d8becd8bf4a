/*
 * rhythm.h - an account's active hours, and how likely they are for somebody
 * who keeps a given day: Dirichlet-multinomials over the hours of the day
 * (Minka 2000). Everything is in UTC; a block of office hours names its zone by
 * the hour at which it starts.
 */
#ifndef ENGINE_RHYTHM_H
#define ENGINE_RHYTHM_H

#include "engine/dataset.h"

enum {
	HOURS = 24,
	WEEK = 168,
	BLOCK = 9,		/* hours at the office, one of them for lunch */
	COUNT_MOST = 511,	/* of one hour of the day; more says no more */
};

#define HOUR_MS (INT64_C(3600) * 1000)

struct rhythm {
	uint32_t week[WEEK];	/* active hours from Monday 00:00 UTC */
	uint32_t day[HOURS];	/* the same by hour of the day, at most COUNT_MOST */
	uint32_t n;		/* active hours; one counts once, however many posts fell into it */
};

/* What rhythms are weighed with; day shares sum to 1. */
struct rhythm_tables {
	double spread;		/* of people around their neighbours' day */
	double weekend[HOURS];	/* by block: share of all hours on its zone's weekends */
	/* ln of rising factorials by count: of a day's shape, of a crew's hours, of programs'. */
	double shape[HOURS][COUNT_MOST + 1];
	double in[COUNT_MOST + 1], out[COUNT_MOST + 1];
	double work[COUNT_MOST + 1], lunch[COUNT_MOST + 1];
	double even[COUNT_MOST + 1], daily[COUNT_MOST + 1], rest[COUNT_MOST + 1];
};

/* Rounds down. */
static inline int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

void rhythm_read(const struct claque_dataset *ds, uint32_t account, struct rhythm *out);
/* Of these hours, those on a weekend of the zone where the block starts at nine. */
uint32_t rhythm_weekend(const struct rhythm *r, int block);

/* ln(e^a + e^b) */
double ln_add(double a, double b);
/* shape: of a day whose night starts at hour 0. Leaves weekend as it is. */
void rhythm_tables_fill(struct rhythm_tables *t, double spread, const double shape[HOURS]);
/* ln P of the hours if they are drawn around this day. */
double rhythm_day(const struct rhythm *r, const double day[HOURS], double spread);
/* The same around the tables' shape, its night starting at this hour. */
double rhythm_shape(const struct rhythm_tables *t, const struct rhythm *r, int night);
/* By a program: at any hour alike, or within three hours of the day, any of them. */
double rhythm_program(const struct rhythm_tables *t, const struct rhythm *r);
/* By a crew that starts at this hour; half of them have a break for lunch. */
double rhythm_block(const struct rhythm_tables *t, const struct rhythm *r, int block);
/* ln of how much likelier the weekends are if half of all crews have quiet ones. */
double rhythm_quiet(const struct rhythm_tables *t, const struct rhythm *r, int block);

#endif
