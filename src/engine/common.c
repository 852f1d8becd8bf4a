#include "config.h"

#include "engine/common.h"

#include <stdlib.h>

#include "base/array.h"
#include "engine/tick.h"

/* How many hold each object, and how much each account holds, one place further on. */
static enum claque_rc
count_holders(struct commons *c, const struct claque_progress *progress)
{
	const struct kept *k = c->kept;
	struct ticker t = { .progress = progress, .stage = "listing", .total = k->run_count };
	uint64_t *stamps = ARRAY_NEW(uint64_t, k->account_count);	/* the last run, plus 1 */
	bool go_on = true;

	for (size_t run = 0; run < k->run_count && go_on; run++) {
		c->ends[run] = k->runs[run];
		for (uint64_t i = k->runs[run]; i < k->runs[run + 1]; i++) {
			const struct act *act = &k->acts[i];

			if (stamps[act->account] == run + 1)
				continue;
			stamps[act->account] = run + 1;
			c->from[act->account + 1]++;
			c->holders[c->ends[run]++] = (struct holder){ act->at, act->account };
		}
		go_on = tick(&t, 1, (k->runs[run + 1] - k->runs[run]) * 8 + 1);
	}
	array_free(stamps);
	return go_on ? CLAQUE_OK : CLAQUE_STOPPED;
}

static int
compare_holders(const void *pa, const void *pb)
{
	const struct holder *a = pa, *b = pb;

	return (a->rank > b->rank) - (a->rank < b->rank);
}

static void
list_run(struct commons *c, uint32_t run)
{
	for (uint64_t i = c->kept->runs[run]; i < c->ends[run]; i++)
		c->holdings[c->from[c->holders[i].rank]++] = (struct holding){ run, (uint32_t)i };
}

/* Listing moved each beginning to the end, which is the next one's beginning. */
static void
rewind_lists(struct commons *c)
{
	uint32_t ranks = c->kept->account_count;

	memmove(c->from + 1, c->from, ranks * sizeof(*c->from));
	c->from[0] = 0;
}

enum claque_rc
commons_init(struct commons *c, const struct kept *kept, const struct claque_progress *progress)
{
	uint32_t ranks = kept->account_count;
	enum claque_rc rc;

	*c = (struct commons){
		.kept = kept, .holders = ARRAY_NEW(struct holder, kept->act_count),
		.ends = ARRAY_NEW(uint64_t, kept->run_count),
		.from = ARRAY_NEW(uint64_t, (size_t)ranks + 1),
	};
	rc = count_holders(c, progress);
	if (rc != CLAQUE_OK) {
		commons_done(c);
		return rc;
	}
	for (uint32_t rank = 0; rank < ranks; rank++)
		c->from[rank + 1] += c->from[rank];
	c->holdings = ARRAY_NEW(struct holding, c->from[ranks]);
	for (uint32_t run = 0; run < kept->run_count; run++) {
		array_sort(c->holders + kept->runs[run], c->ends[run] - kept->runs[run],
			   sizeof(*c->holders), compare_holders);
		list_run(c, run);
	}
	rewind_lists(c);
	return CLAQUE_OK;
}

void
commons_reorder(struct commons *c, const uint32_t *runs)
{
	for (size_t i = 0; i < c->kept->run_count; i++)
		list_run(c, runs[i]);
	rewind_lists(c);
}

void
commons_done(struct commons *c)
{
	array_free(c->holders);
	array_free(c->ends);
	array_free(c->holdings);
	array_free(c->from);
	*c = (struct commons){ 0 };
}

struct common_room
common_room_of(const struct commons *commons)
{
	return (struct common_room){
		.commons = commons,
		.places = ARRAY_NEW(uint32_t, commons->kept->account_count),
		.marks = ARRAY_NEW(uint32_t, commons->kept->run_count),
	};
}

void
common_room_done(struct common_room *room)
{
	array_free(room->list);
	array_free(room->spare);
	array_free(room->from);
	array_free(room->places);
	array_free(room->marks);
	*room = (struct common_room){ 0 };
}

static inline void
add_common(struct common_room *room, struct common common)
{
	if (room->count == room->cap)
		ARRAY_GROW(room->list, room->cap, room->count + 1);
	room->list[room->count++] = common;
}

static void
walk_objects(struct common_room *room, uint32_t account)
{
	const struct commons *c = room->commons;
	const uint32_t *places = room->places;

	for (uint64_t i = c->from[account]; i < c->from[account + 1]; i++) {
		uint32_t run = c->holdings[i].run;
		const struct holder *x = &c->holders[c->holdings[i].holder];
		const struct holder *end = c->holders + c->ends[run];

		for (const struct holder *y = x + 1; y < end; y++)
			if (places[y->rank] > 0)
				add_common(room, (struct common){ places[y->rank] - 1, run,
								  llabs(x->at - y->at) });
	}
}

static void
walk_partners(struct common_room *room, uint32_t account, const uint32_t *partners, size_t count)
{
	const struct commons *c = room->commons;

	for (uint64_t i = c->from[account]; i < c->from[account + 1]; i++)
		room->marks[c->holdings[i].run] = c->holdings[i].holder + 1;
	for (size_t p = 0; p < count; p++)
		for (uint64_t i = c->from[partners[p]]; i < c->from[partners[p] + 1]; i++) {
			struct holding y = c->holdings[i];
			uint32_t x = room->marks[y.run];

			if (x > 0)
				add_common(room, (struct common){ (uint32_t)p, y.run,
					llabs(c->holders[x - 1].at - c->holders[y.holder].at) });
		}
	for (uint64_t i = c->from[account]; i < c->from[account + 1]; i++)
		room->marks[c->holdings[i].run] = 0;
}

/* Would walking along the objects take more steps than along the partners? */
static bool
partners_are_fewer(const struct commons *c, uint32_t account, const uint32_t *partners,
		   size_t count)
{
	uint64_t steps = 0, most = 0;

	for (size_t p = 0; p < count; p++)
		most += c->from[partners[p] + 1] - c->from[partners[p]];
	for (uint64_t i = c->from[account]; i < c->from[account + 1] && steps <= most; i++)
		steps += c->ends[c->holdings[i].run] - c->holdings[i].holder;
	return steps > most;
}

/* By partner, keeping the order of holdings. */
static void
group(struct common_room *room, size_t partners)
{
	struct common *list = room->list;
	size_t cap = room->cap;

	ARRAY_GROW(room->spare, room->spare_cap, room->count);
	for (size_t i = 0; i < room->count; i++)
		room->from[list[i].partner + 2]++;
	for (size_t p = 2; p < partners + 2; p++)
		room->from[p] += room->from[p - 1];
	for (size_t i = 0; i < room->count; i++)
		room->spare[room->from[list[i].partner + 1]++] = list[i];
	room->list = room->spare;
	room->cap = room->spare_cap;
	room->spare = list;
	room->spare_cap = cap;
}

void
common_find(struct common_room *room, uint32_t account, const uint32_t *partners, size_t count)
{
	room->count = 0;
	ARRAY_GROW(room->from, room->from_cap, count + 2);
	memset(room->from, 0, (count + 2) * sizeof(*room->from));
	if (partners_are_fewer(room->commons, account, partners, count)) {
		walk_partners(room, account, partners, count);
	} else {
		for (size_t p = 0; p < count; p++)
			room->places[partners[p]] = (uint32_t)p + 1;
		walk_objects(room, account);
		for (size_t p = 0; p < count; p++)
			room->places[partners[p]] = 0;
	}
	group(room, count);
}
