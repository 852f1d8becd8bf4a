#include "config.h"

#include "engine/redeal.h"

#include "base/array.h"
#include "engine/tick.h"

#define HOUR_MS (INT64_C(3600) * 1000)
#define WEEK_MS (7 * 24 * HOUR_MS)

/*
 * Moments are exchanged within six hours of the week, so that those who are awake
 * at night stay so; and within one week, or several where the period has more.
 */
#define BLOCK_MS (6 * HOUR_MS)
enum { WEEK_BLOCKS = WEEK_MS / BLOCK_MS, STRETCHES_MAX = 512 };
/* How many accounts share an object, at least. */
enum { CLASS_COUNT = 4 };
static const uint64_t class_from[CLASS_COUNT] = { 0, 2, 8, 64 };
/* Tries to find somebody to exchange with who does not share the object already. */
enum { REPAIRS_MAX = 16 };

void
deal_period_widen(struct deal_period *p, const struct coact *acts)
{
	for (size_t i = 0; i < acts->count; i++) {
		int64_t at = acts->acts[i].at;

		p->start = at < p->start ? at : p->start;
		p->end = at > p->end ? at : p->end;
	}
}

uint32_t
deal_period_weeks(const struct deal_period *p)
{
	return p->end < p->start ? 1 : (uint32_t)((p->end - p->start) / WEEK_MS + 1);
}

static uint32_t
class_of(uint64_t sharers)
{
	uint32_t class = 0;

	while (class < CLASS_COUNT - 1 && sharers >= class_from[class + 1])
		class++;
	return class;
}

/*
 * Stretches of the same hours stand side by side: shifted by whole weeks, as many
 * moments fall on these hours as places, but not as many in each week, and what
 * is too many then goes over to a week next to it, at the same hours.
 */
static uint32_t
deck_of(const struct redeal *r, uint32_t class, int64_t offset)
{
	uint32_t block = (uint32_t)(offset % WEEK_MS / BLOCK_MS);
	uint32_t stretch = (uint32_t)(offset / WEEK_MS) / r->stretch_weeks;

	return (class * WEEK_BLOCKS + block) * r->stretches + stretch;
}

static void
open_decks(struct redeal *r)
{
	uint32_t weeks = deal_period_weeks(&r->period);

	r->stretch_weeks = (weeks + STRETCHES_MAX - 1) / STRETCHES_MAX;
	r->stretches = (weeks + r->stretch_weeks - 1) / r->stretch_weeks;
	r->decks = CLASS_COUNT * WEEK_BLOCKS * r->stretches;
}

/* Acts of one account on one object become a unit; accounts by the first of theirs. */
static enum claque_rc
make_units(struct redeal *r, const struct claque_progress *progress)
{
	const struct coact *c = r->from;
	struct ticker t = { .progress = progress, .stage = "dealing", .total = c->count };
	uint32_t *seen = ARRAY_NEW(uint32_t, r->accounts);
	uint32_t *unit = ARRAY_NEW(uint32_t, r->accounts);
	enum claque_rc rc = CLAQUE_OK;

	for (uint32_t o = 0; o < c->object_count && rc == CLAQUE_OK; o++) {
		for (uint64_t i = c->from[o]; i < c->from[o + 1]; i++) {
			uint32_t rank = c->acts[i].account;

			if (seen[rank] != o + 1) {
				seen[rank] = o + 1;
				unit[rank] = (uint32_t)r->unit_count;
				ARRAY_GROW(r->units, r->units_cap, r->unit_count + 1);
				r->units[r->unit_count++] = (struct deal_unit){
					c->acts[i].at, rank, o };
			}
			r->unit_of[i] = unit[rank];
		}
		r->unit_from[o + 1] = r->unit_count;
		if (!tick(&t, c->from[o + 1] - c->from[o], c->from[o + 1] - c->from[o] + 1))
			rc = CLAQUE_STOPPED;
	}
	array_free(seen);
	array_free(unit);
	return rc;
}

/* Units in the order of their decks, each deck's in their own order. */
static void
sort_into_decks(const uint32_t *deck_of_unit, size_t count, uint32_t decks, uint64_t *from,
		uint32_t *out)
{
	memset(from, 0, ((size_t)decks + 2) * sizeof(*from));
	for (size_t u = 0; u < count; u++)
		from[(size_t)deck_of_unit[u] + 2]++;
	for (size_t d = 2; d < (size_t)decks + 2; d++)
		from[d] += from[d - 1];
	for (size_t u = 0; u < count; u++)
		out[from[(size_t)deck_of_unit[u] + 1]++] = (uint32_t)u;
}

enum claque_rc
redeal_init(struct redeal *r, const struct coact *from, struct deal_period period,
	    uint32_t accounts, const struct claque_progress *progress)
{
	enum claque_rc rc;

	*r = (struct redeal){ .from = from, .period = period, .accounts = accounts };
	r->unit_of = ARRAY_NEW(uint32_t, from->count);
	r->unit_from = ARRAY_NEW(uint64_t, (size_t)from->object_count + 1);
	rc = make_units(r, progress);
	if (rc != CLAQUE_OK) {
		redeal_done(r);
		return rc;
	}
	open_decks(r);
	r->deck_of = ARRAY_NEW(uint32_t, r->unit_count);
	r->places = ARRAY_NEW(uint32_t, r->unit_count);
	r->place_from = ARRAY_NEW(uint64_t, (size_t)r->decks + 2);
	for (size_t u = 0; u < r->unit_count; u++) {
		uint32_t o = r->units[u].object;
		uint32_t class = class_of(r->unit_from[o + 1] - r->unit_from[o]);

		r->deck_of[u] = deck_of(r, class, r->units[u].at - r->period.start);
	}
	sort_into_decks(r->deck_of, r->unit_count, r->decks, r->place_from, r->places);
	return CLAQUE_OK;
}

void
redeal_done(struct redeal *r)
{
	array_free(r->unit_of);
	array_free(r->units);
	array_free(r->unit_from);
	array_free(r->deck_of);
	array_free(r->places);
	array_free(r->place_from);
	*r = (struct redeal){ 0 };
}

static void
shuffle(uint32_t *items, size_t count, struct rng *rng)
{
	for (size_t i = count; i > 1; i--) {
		size_t j = rng_below(rng, i);
		uint32_t swap = items[i - 1];

		items[i - 1] = items[j];
		items[j] = swap;
	}
}

/* All units' moments, shifted: by deck, and in each deck in random order. */
static uint32_t *
shift_moments(const struct redeal *r, const uint32_t *shifts, struct rng *rng)
{
	uint32_t *decks = ARRAY_NEW(uint32_t, r->unit_count);
	uint32_t *moments = ARRAY_NEW(uint32_t, r->unit_count);
	uint64_t *from = ARRAY_NEW(uint64_t, (size_t)r->decks + 2);
	int64_t length = deal_period_weeks(&r->period) * WEEK_MS;

	for (size_t u = 0; u < r->unit_count; u++) {
		const struct deal_unit *unit = &r->units[u];
		int64_t at = unit->at - r->period.start + shifts[unit->account] * WEEK_MS;

		decks[u] = deck_of(r, r->deck_of[u] / (WEEK_BLOCKS * r->stretches), at % length);
	}
	sort_into_decks(decks, r->unit_count, r->decks, from, moments);
	for (uint32_t d = 0; d < r->decks; d++)
		shuffle(moments + from[d], from[d + 1] - from[d], rng);
	array_free(decks);
	array_free(from);
	return moments;
}

static bool
shares(const struct redeal *r, const uint32_t *account, uint32_t object, uint32_t rank)
{
	for (uint64_t u = r->unit_from[object]; u < r->unit_from[object + 1]; u++)
		if (account[u] == rank)
			return true;
	return false;
}

/* Exchanges a unit's account with another's of its deck, where neither has the other's object. */
static void
repair(const struct redeal *r, uint32_t *account, uint32_t unit, struct rng *rng)
{
	uint32_t deck = r->deck_of[unit], object = r->units[unit].object;
	uint64_t from = r->place_from[deck], count = r->place_from[deck + 1] - from;

	for (int i = 0; i < REPAIRS_MAX; i++) {
		uint32_t other = r->places[from + rng_below(rng, count)], swap = account[other];

		if (shares(r, account, object, swap) ||
		    shares(r, account, r->units[other].object, account[unit]))
			continue;
		account[other] = account[unit];
		account[unit] = swap;
		return;
	}
}

/* An account that was dealt one object twice would share less than it did. */
static bool
repair_all(const struct redeal *r, uint32_t *account, struct rng *rng, struct ticker *t)
{
	uint32_t *seen = ARRAY_NEW(uint32_t, r->accounts);
	bool go = true;

	for (uint32_t o = 0; o < r->from->object_count && go; o++) {
		uint64_t count = r->unit_from[o + 1] - r->unit_from[o];

		for (uint64_t u = r->unit_from[o]; u < r->unit_from[o + 1]; u++) {
			if (seen[account[u]] == o + 1)
				repair(r, account, (uint32_t)u, rng);
			seen[account[u]] = o + 1;
		}
		go = tick(t, count, count * 8 + 1);
	}
	array_free(seen);
	return go;
}

enum claque_rc
redeal_acts(const struct redeal *r, const uint32_t *shifts, struct rng *rng, struct coact *out,
	    const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "dealing", .total = r->unit_count };
	uint32_t *moments = shift_moments(r, shifts, rng);
	uint32_t *account = ARRAY_NEW(uint32_t, r->unit_count);
	enum claque_rc rc = CLAQUE_STOPPED;

	for (size_t i = 0; i < r->unit_count; i++)
		account[r->places[i]] = r->units[moments[i]].account;
	if (repair_all(r, account, rng, &t)) {
		coact_copy(out, r->from);
		for (size_t i = 0; i < out->count; i++)
			out->acts[i].account = account[r->unit_of[i]];
		rc = CLAQUE_OK;
	}
	array_free(moments);
	array_free(account);
	return rc;
}
