#include "config.h"

#include "engine/rhythm.h"

#include <math.h>

#include "engine/odds.h"

enum {
	SATURDAY = 120,		/* hours after Monday 00:00 */
	LUNCH = 4,		/* the fifth hour of a block */
	DAILY = 3,		/* hours in which a daily program posts */
};

/* Of a crew's posts inside its block; at lunch, beside another hour's. */
#define INSIDE 0.85
#define AT_LUNCH 0.4
/* How regular a crew is: its hours as if this many of them were known. */
#define CREW_SPREAD 40.0
/* Weekend shares of a quiet crew, and how many hours they are worth. */
#define QUIET 0.1
#define WEEKEND_WORTH 20.0

void
rhythm_read(const struct claque_dataset *ds, uint32_t account, struct rhythm *out)
{
	int64_t last = INT64_MIN;

	*out = (struct rhythm){ .n = 0 };
	for (uint64_t i = ds->post_from[account]; i < ds->post_from[account + 1]; i++) {
		int64_t slot, cell;

		if (ds->posts[i].at == CLAQUE_NO_TIME)
			continue;
		slot = floor_div(ds->posts[i].at, HOUR_MS);
		if (slot == last)
			continue;
		last = slot;
		/* 1970 began on a Thursday. */
		cell = slot + 72 - WEEK * floor_div(slot + 72, WEEK);
		out->week[cell]++;
		out->day[cell % HOURS]++;
		out->n++;
	}
	for (int h = 0; h < HOURS; h++)
		if (out->day[h] > COUNT_MOST)
			out->day[h] = COUNT_MOST;
}

/* A block that starts at this hour UTC starts at nine where its crew is: its zone. */
static int
zone_of(int block)
{
	return (9 - block + 11 + HOURS) % HOURS - 11;
}

uint32_t
rhythm_weekend(const struct rhythm *r, int block)
{
	uint32_t n = 0;

	for (int h = SATURDAY; h < WEEK; h++)
		n += r->week[(h - zone_of(block) + WEEK) % WEEK];
	return n;
}

/* ln of a (a + 1) ... (a + count - 1): one hour's part of a Dirichlet-multinomial. */
static double
ln_rise(double a, uint32_t count)
{
	return ln_gamma(a + count) - ln_gamma(a);
}

static void
fill_rise(double *table, double a)
{
	for (uint32_t c = 0; c <= COUNT_MOST; c++)
		table[c] = ln_rise(a, c);
}

double
ln_add(double a, double b)
{
	double more = a > b ? a : b;

	return isinf(more) ? more : more + log(exp(a - more) + exp(b - more));
}

void
rhythm_tables_fill(struct rhythm_tables *t, double spread, const double shape[HOURS])
{
	double work = INSIDE / (BLOCK - 1 + AT_LUNCH);

	t->spread = spread;
	for (int h = 0; h < HOURS; h++)
		fill_rise(t->shape[h], spread * shape[h]);
	fill_rise(t->in, CREW_SPREAD * INSIDE / BLOCK);
	fill_rise(t->work, CREW_SPREAD * work);
	fill_rise(t->lunch, CREW_SPREAD * work * AT_LUNCH);
	fill_rise(t->out, CREW_SPREAD * (1 - INSIDE) / (HOURS - BLOCK));
	fill_rise(t->even, CREW_SPREAD / HOURS);
	fill_rise(t->daily, CREW_SPREAD * INSIDE / DAILY);
	fill_rise(t->rest, CREW_SPREAD * (1 - INSIDE) / (HOURS - DAILY));
}

/* The part that depends on n and the spread alone. */
static double
ln_from(double ln_rises, double spread, uint32_t n)
{
	return ln_rises - ln_rise(spread, n);
}

static uint32_t
total(const struct rhythm *r)
{
	uint32_t n = 0;

	for (int h = 0; h < HOURS; h++)
		n += r->day[h];
	return n;
}

double
rhythm_day(const struct rhythm *r, const double day[HOURS], double spread)
{
	double sum = 0;

	for (int h = 0; h < HOURS; h++)
		if (r->day[h] > 0)
			sum += ln_rise(spread * day[h], r->day[h]);
	return ln_from(sum, spread, total(r));
}

double
rhythm_shape(const struct rhythm_tables *t, const struct rhythm *r, int night)
{
	double sum = 0;

	for (int h = 0; h < HOURS; h++)
		sum += t->shape[h][r->day[(night + h) % HOURS]];
	return ln_from(sum, t->spread, total(r));
}

double
rhythm_program(const struct rhythm_tables *t, const struct rhythm *r)
{
	uint32_t n = total(r);
	double even = 0, rest = 0, daily = -HUGE_VAL;

	for (int h = 0; h < HOURS; h++) {
		even += t->even[r->day[h]];
		rest += t->rest[r->day[h]];
	}
	for (int at = 0; at < HOURS; at++) {
		double ln = rest;

		for (int h = at; h < at + DAILY; h++)
			ln += t->daily[r->day[h % HOURS]] -
			      t->rest[r->day[h % HOURS]];
		daily = ln_add(daily, ln - log(HOURS));
	}
	return ln_from(ln_add(even, daily) - M_LN2, CREW_SPREAD, n);
}

double
rhythm_block(const struct rhythm_tables *t, const struct rhythm *r, int block)
{
	double plain = 0, lunch = 0, out = 0;

	for (int h = 0; h < HOURS; h++) {
		uint32_t c = r->day[(block + h) % HOURS];

		if (h >= BLOCK) {
			out += t->out[c];
			continue;
		}
		plain += t->in[c];
		lunch += h == LUNCH ? t->lunch[c] : t->work[c];
	}
	return ln_from(ln_add(plain, lunch) - M_LN2 + out, CREW_SPREAD, total(r));
}

double
rhythm_quiet(const struct rhythm_tables *t, const struct rhythm *r, int block)
{
	uint32_t off = rhythm_weekend(r, block), n = r->n;
	double usual = t->weekend[block] * WEEKEND_WORTH, quiet = QUIET * WEEKEND_WORTH;
	double ratio = ln_rise(quiet, off) + ln_rise(WEEKEND_WORTH - quiet, n - off) -
		       ln_rise(usual, off) - ln_rise(WEEKEND_WORTH - usual, n - off);

	return ln_add(ratio, 0) - M_LN2;
}
