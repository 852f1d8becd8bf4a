/*
 * part_creation.c - accounts made in bulk (S7): members whose creation falls
 * into a week with more of the group's than the file's own creation dates
 * explain. Counting members in bursts, not the largest burst, lets a group be
 * made in several batches; random groups from outside say how often so many
 * look like that by accident.
 */
#include "config.h"

#include "engine/part.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/array.h"
#include "engine/dataset.h"
#include "engine/null.h"

/* Half a week to either side. */
#define NEAR_MS (INT64_C(84) * 3600 * 1000)
/* A member is in a burst if so many others are near, at odds below this. */
enum { OTHERS_MIN = 2 };
#define LN_ODD (-6.907755278982137)	/* ln 0.001 */
#define SHARE_OF_OPERATIONS 0.6

static const struct rate rate_in_operation = { 2.0 / 3, 3 };

struct birth {
	int64_t at;
	uint32_t member;
};

static int
compare_births(const void *pa, const void *pb)
{
	const struct birth *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->member > b->member) - (a->member < b->member);
}

static size_t
count_below(const int64_t *sorted, size_t count, int64_t limit)
{
	size_t lo = 0;

	while (count > 0) {
		size_t half = count / 2;

		if (sorted[lo + half] < limit) {
			lo += half + 1;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return lo;
}

/* The share of the accounts outside that were made near this time. */
static double
density(const struct scene *s, int64_t at)
{
	size_t from = count_below(s->births, s->birth_count, at - NEAR_MS);
	size_t to = count_below(s->births, s->birth_count, at + NEAR_MS + 1);

	return part_rate((struct tally_of){ s->birth_count, to - from }, 0);
}

static size_t
read_births(const struct scene *s, const uint32_t *accounts, uint32_t count, struct birth *out)
{
	size_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		if (s->ds->accounts[accounts[i]].created_at != CLAQUE_NO_TIME)
			out[n++] = (struct birth){ s->ds->accounts[accounts[i]].created_at, i };
	qsort(out, n, sizeof(*out), compare_births);
	return n;
}

/* How many were made in a burst; in_burst (may be NULL) is set by member. */
static struct tally_of
count_bursts(const struct scene *s, const uint32_t *accounts, uint32_t count, bool *in_burst)
{
	struct birth *b = COLUMN_NEW(struct birth, count);
	size_t n = read_births(s, accounts, count, b), lo = 0, hi = 0;
	struct tally_of t = { .n = n };

	for (size_t i = 0; i < n; i++) {
		uint64_t others;
		bool hit;

		while (b[i].at - b[lo].at > NEAR_MS)
			lo++;
		while (hi < n && b[hi].at - b[i].at <= NEAR_MS)
			hi++;
		others = hi - lo - 1;
		hit = others >= OTHERS_MIN &&
		      null_poisson_tail((double)(n - 1) * density(s, b[i].at), others) < LN_ODD;
		t.x += hit;
		if (in_burst != NULL)
			in_burst[b[i].member] = hit;
	}
	free(b);
	return t;
}

static struct tally_of
bursts_of(const struct scene *s, const uint32_t *accounts, uint32_t count)
{
	return count_bursts(s, accounts, count, NULL);
}

static void
mark_members(const struct scene *s, const struct crew *crew, int8_t *shows)
{
	for (uint32_t i = 0; i < crew->count; i++)
		if (s->ds->accounts[crew->accounts[i]].created_at != CLAQUE_NO_TIME)
			shows[i] = crew->in_burst[i];
}

bool
part_creation(const struct part *part, const struct scene *s, struct crew *crew,
	      struct claque_evidence *out, int8_t *shows)
{
	struct tally_of inside;
	double rate;

	(void)part;
	if (s->birth_count < BACKGROUND_MIN)
		return false;
	inside = count_bursts(s, crew->accounts, crew->count, crew->in_burst);
	if (inside.n <= OTHERS_MIN)
		return false;
	mark_members(s, crew, shows);
	rate = control_rate(s, crew, bursts_of, 0.02);
	part_report(out, inside, rate);
	out->log_odds = part_mixed(part_ratio(inside, rate_in_operation,
					      (struct rate){ rate, 10 }), SHARE_OF_OPERATIONS);
	(void)snprintf(out->text, sizeof(out->text),
		       "%llu of %llu accounts were created in bursts of the group, weeks with far "
		       "more of its members than the file's dates explain; %.1f %% in %d random "
		       "groups", (unsigned long long)inside.x, (unsigned long long)inside.n,
		       100 * rate, (int)CONTROL_DRAWS);
	return true;
}
