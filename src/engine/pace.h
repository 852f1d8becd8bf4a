/*
 * pace.h - how fast each object goes round, and whether two accounts are closer
 * in time on what they share than the other sharers of those very objects.
 *
 * A share of pairs within 60 s measured on the whole file is no guide to an
 * object that everybody shared within the hour: there, two accounts meet by the
 * minute without knowing of each other. So, for each object that both shared,
 * the chance to meet is the share of that object's own pairs of first acts that
 * lie within the window, others' included, the pair itself left out; two pairs
 * of the file's mean are blended in, which is all there is where nobody else
 * shared it. The number of meetings is then Poisson-binomial.
 *
 * Pairs that stand out even a little by the pace of the file count for no
 * object's pace: where most of those who shared it move together, their speed
 * is what is to be judged, not what to judge by. Of pairs that mean nothing one
 * in a thousand is lost so.
 *
 * Only first acts count here: who repeats himself has more chances to meet.
 */
#ifndef ENGINE_PACE_H
#define ENGINE_PACE_H

#include <stdbool.h>

#include "engine/common.h"

enum { PACE_WINDOWS_MAX = 6 };

/* Pairs of the file's mean blended into an object's own. */
#define PACE_BLEND 2.0
#define PACE_LN_OUT (-6.907755278982137)	/* ln .001 */

/* Which pairs of acts on an object are looked at, and how closely. */
struct pace_range {
	const int64_t *windows_ms;	/* rising */
	unsigned window_count;
	uint32_t reach;		/* as in company.h; UINT32_MAX for all */
};

struct pace {
	const struct kept *kept;
	int64_t windows[PACE_WINDOWS_MAX];	/* ms, rising */
	unsigned window_count;
	uint32_t reach;
	double means[PACE_WINDOWS_MAX];	/* of all pairs of first acts in the file */
	int64_t *within;	/* by run, then window: pairs of first acts within it */
	int64_t *pairs;		/* by run: of first acts */
};

/* What a pair's common objects show for one window. */
struct meeting {
	uint32_t common, hits;	/* objects that both shared; those within the window */
	double expected;	/* hits, at the pace of each object's other sharers */
	double ln_p;		/* of at least so many hits */
};

/* Room for the rates of one pair. */
struct pace_room {
	double *rates;
	size_t cap;
};

/*
 * What the rates of a pair's common objects come to. Sorts them, so that not a bit
 * depends on the order in which objects came: the same acts give the same edges
 * wherever they are counted.
 */
struct meeting meeting_of(double *rates, uint32_t common, uint32_t hits);

CLAQUE_CHECKED enum claque_rc pace_init(struct pace *p, const struct kept *kept,
	const struct pace_range *range, const struct claque_progress *progress);
void pace_done(struct pace *p);

/* Is the pair to be taken out? ln_p: of so many hits by the pace of the file. */
static inline bool
pace_stands_out(uint32_t weight, double ln_p)
{
	return weight >= 2 && ln_p <= PACE_LN_OUT;
}

/*
 * Two who met on this object with this lag say nothing of its pace from now on.
 * From several threads at once, as long as nobody asks for a rate.
 */
void pace_take_out_of(struct pace *p, size_t run, int64_t lag_ms);

/* How two accounts are looked at. */
struct pace_view {
	unsigned window;	/* which of those given */
	bool out;		/* they have been taken out */
	double *rates;		/* room for as many as they have in common */
};

struct meeting pace_meeting(const struct pace *p, const struct common *list, uint32_t count,
			    const struct pace_view *view);

/* Of the common objects, the share expected to be hit. */
static inline double
meeting_share(const struct meeting *m)
{
	return m->common > 0 ? m->expected / m->common : 0;
}

/* within: of so many pairs of others. */
static inline double
pace_rate(double within, double pairs, double mean)
{
	return (within + PACE_BLEND * mean) / (pairs + PACE_BLEND);
}

/*
 * Of two who met on an object with so many pairs of first acts, so many of them within
 * the window, the chance to do so within it by the pace of others; hit: they did. own:
 * they are among those pairs. An account that repeats itself may meet without its first
 * act: never more is taken than there is.
 */
static inline double
pace_rate_left(int64_t within, int64_t pairs, double mean, bool own, bool hit)
{
	within -= own && hit;
	pairs -= own;
	pairs = pairs > 0 ? pairs : 0;
	within = within > pairs ? pairs : within > 0 ? within : 0;
	return pace_rate((double)within, (double)pairs, mean);
}

/* The same of an object of the file; out: the two have been taken out. */
static inline double
pace_rate_at(const struct pace *p, size_t run, unsigned window, bool hit, bool out)
{
	return pace_rate_left(p->within[run * p->window_count + window], p->pairs[run],
			      p->means[window], !out, hit);
}

#endif
