/*
 * part_wave.c - accounts made over together (S8): several profile fields
 * changed within two days, and another member's at the same time. People
 * change a picture or a name, but not all at once in the week in which their
 * neighbours do.
 */
#include "config.h"

#include "engine/part.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/array.h"
#include "engine/dataset.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define MAKEOVER_MS (2 * DAY_MS)
#define WAVE_MS (7 * DAY_MS)
enum { FIELDS_MIN = 2 };
#define SHARE_OF_OPERATIONS 0.3

static const struct rate rate_in_operation = { 0.2, 5 };

/* Distinct fields among changes i.. that lie within the span; *end: the first past it. */
static unsigned
fields_from(const struct claque_dataset *ds, uint64_t i, uint64_t limit, uint64_t *end)
{
	unsigned fields = 0, count = 0;
	uint64_t j = i;

	for (; j < limit && ds->changes[j].at - ds->changes[i].at <= MAKEOVER_MS; j++)
		fields |= 1u << ds->changes[j].field;
	for (; fields > 0; fields >>= 1)
		count += fields & 1;
	*end = j;
	return count;
}

void
wave_prepare(struct scene *s)
{
	const struct claque_dataset *ds = s->ds;
	uint32_t accounts = ds->account_names.count;
	size_t cap = 0;

	s->makeover_from = COLUMN_NEW(uint64_t, (size_t)accounts + 1);
	for (uint32_t a = 0; a < accounts; a++) {
		uint64_t i = ds->change_from[a], limit = ds->change_from[a + 1], end;

		for (; i < limit; i++) {
			if (ds->changes[i].at == CLAQUE_NO_TIME ||
			    fields_from(ds, i, limit, &end) < FIELDS_MIN)
				continue;
			GROW(s->makeovers, cap, s->makeover_count + 1);
			s->makeovers[s->makeover_count++] =
				(struct makeover){ ds->changes[i].at, a };
			i = end - 1;
		}
		s->makeover_from[a + 1] = s->makeover_count;
	}
}

/* By time; `account` holds the place in the group here. */
static int
compare_times(const void *pa, const void *pb)
{
	const struct makeover *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->account > b->account) - (a->account < b->account);
}

static size_t
read_makeovers(const struct scene *s, const uint32_t *accounts, uint32_t count,
	       struct makeover **out)
{
	struct makeover *list = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint64_t from = s->makeover_from[accounts[i]];
		uint64_t to = s->makeover_from[accounts[i] + 1];

		for (; from < to; from++) {
			GROW(list, cap, n + 1);
			list[n++] = (struct makeover){ s->makeovers[from].at, i };
		}
	}
	if (n > 1)
		qsort(list, n, sizeof(*list), compare_times);
	*out = list;
	return n;
}

/* Whether the nearest makeovers before and after, of others, are near. */
static bool
has_company(const struct makeover *list, size_t n, size_t i)
{
	size_t before = i, after = i;

	while (before > 0 && list[before].account == list[i].account)
		before--;
	while (after + 1 < n && list[after].account == list[i].account)
		after++;
	return (list[before].account != list[i].account &&
		list[i].at - list[before].at <= WAVE_MS) ||
	       (list[after].account != list[i].account &&
		list[after].at - list[i].at <= WAVE_MS);
}

static struct tally_of
count_waves(const struct scene *s, const uint32_t *accounts, uint32_t count, int8_t *shows)
{
	struct makeover *list;
	size_t n = read_makeovers(s, accounts, count, &list);
	bool *hit = COLUMN_NEW(bool, count);
	struct tally_of t = { .n = count };

	for (size_t i = 0; i < n; i++)
		if (has_company(list, n, i))
			hit[list[i].account] = true;
	for (uint32_t i = 0; i < count; i++) {
		t.x += hit[i];
		if (shows != NULL)
			shows[i] = hit[i] ? 1 : -1;
	}
	free(hit);
	free(list);
	return t;
}

static struct tally_of
waves_of(const struct scene *s, const uint32_t *accounts, uint32_t count)
{
	return count_waves(s, accounts, count, NULL);
}

bool
part_wave(const struct part *part, const struct scene *s, struct crew *crew,
	  struct claque_evidence *out, int8_t *shows)
{
	struct tally_of inside;
	double rate;

	(void)part;
	if (s->ds->change_count == 0 || s->outside_count < BACKGROUND_MIN)
		return false;
	inside = count_waves(s, crew->accounts, crew->count, shows);
	rate = control_rate(s, crew, waves_of, 0.005);
	part_report(out, inside, rate);
	out->log_odds = part_mixed(part_ratio(inside, rate_in_operation,
					      (struct rate){ rate, 20 }), SHARE_OF_OPERATIONS);
	(void)snprintf(out->text, sizeof(out->text),
		       "%llu of %llu accounts changed several profile fields within 48 h, in the "
		       "same week as other members; %.1f %% in %d random groups",
		       (unsigned long long)inside.x, (unsigned long long)inside.n, 100 * rate,
		       (int)CONTROL_DRAWS);
	return true;
}
