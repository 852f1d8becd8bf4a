/*
 * part_overt.c - signs of people who act in the open: verified accounts, old
 * accounts that were not made in one go, an audience. They only ever lower a
 * score: their absence is what most people have too.
 */
#include "config.h"

#include "engine/part.h"

#include <math.h>
#include <stdio.h>

#include "engine/dataset.h"

#define YEAR_MS (INT64_C(365) * 24 * 3600 * 1000)

/* Weaker signs than this are not worth a line. */
#define WORTH_SAYING (-0.05)

static struct tally_of
count_verified(const struct scene *s, const uint32_t *accounts, uint32_t count)
{
	struct tally_of t = { 0 };

	for (uint32_t i = 0; i < count; i++) {
		int verified = s->ds->accounts[accounts[i]].verified;

		t.n += verified >= 0;
		t.x += verified > 0;
	}
	return t;
}

void
verified_prepare(struct scene *s)
{
	s->outside_verified = count_verified(s, s->outside, s->outside_count);
}

/* An operation has a quarter of the file's share of verified accounts; open groups twice it. */
bool
part_verified(const struct part *part, const struct scene *s, struct crew *crew,
	      struct claque_evidence *out, int8_t *shows)
{
	struct tally_of inside = count_verified(s, crew->accounts, crew->count);
	double rate = part_rate(s->outside_verified, 0.002);

	(void)part;
	(void)shows;
	if (inside.n == 0 || s->outside_verified.n < BACKGROUND_MIN)
		return false;
	out->log_odds = part_ratio(inside, (struct rate){ rate / 4, 20 },
				   (struct rate){ rate < 0.25 ? 2 * rate : 0.5, 20 });
	part_report(out, inside, rate);
	(void)snprintf(out->text, sizeof(out->text),
		       "%llu of %llu accounts are verified; %.1f %% outside the groups",
		       (unsigned long long)inside.x, (unsigned long long)inside.n, 100 * rate);
	return out->log_odds < WORTH_SAYING;
}

static struct tally_of
count_old(const struct scene *s, const struct crew *crew)
{
	struct tally_of t = { 0 };

	for (uint32_t i = 0; i < crew->count; i++) {
		int64_t at = s->ds->accounts[crew->accounts[i]].created_at;

		t.n += at != CLAQUE_NO_TIME;
		t.x += at != CLAQUE_NO_TIME && crew->first_seen - at >= YEAR_MS &&
		       !crew->in_burst[i];
	}
	return t;
}

bool
part_established(const struct part *part, const struct scene *s, struct crew *crew,
		 struct claque_evidence *out, int8_t *shows)
{
	struct tally_of inside = count_old(s, crew), outside = { .n = s->birth_count };
	double rate;

	(void)part;
	(void)shows;
	if (inside.n == 0 || outside.n < BACKGROUND_MIN)
		return false;
	while (outside.x < outside.n && crew->first_seen - s->births[outside.x] >= YEAR_MS)
		outside.x++;
	rate = part_rate(outside, 0.2);
	out->log_odds = part_ratio(inside, (struct rate){ 1.0 / 3, 3 }, (struct rate){ rate, 10 });
	part_report(out, inside, rate);
	(void)snprintf(out->text, sizeof(out->text),
		       "%llu of %llu accounts were at least a year old and not created in a "
		       "burst; %.0f %% outside the groups were that old",
		       (unsigned long long)inside.x, (unsigned long long)inside.n, 100 * rate);
	return out->log_odds < WORTH_SAYING;
}

bool
part_audience(const struct part *part, const struct scene *s, struct crew *crew,
	      struct claque_evidence *out, int8_t *shows)
{
	struct tally_of inside = { 0 };
	int64_t median;

	(void)part;
	(void)shows;
	if (s->audience_count < BACKGROUND_MIN)
		return false;
	median = s->audiences[s->audience_count / 2];
	for (uint32_t i = 0; i < crew->count; i++) {
		int64_t followers = s->ds->accounts[crew->accounts[i]].followers;

		inside.n += followers >= 0;
		inside.x += followers >= 0 && followers >= median;
	}
	if (inside.n == 0)
		return false;
	out->log_odds = part_ratio(inside, (struct rate){ 0.25, 4 }, (struct rate){ 0.5, 10 });
	part_report(out, inside, 0.5);
	(void)snprintf(out->text, sizeof(out->text),
		       "%llu of %llu accounts have as many followers as half of the accounts "
		       "outside the groups (%lld or more)", (unsigned long long)inside.x,
		       (unsigned long long)inside.n, (long long)median);
	return out->log_odds < WORTH_SAYING;
}
