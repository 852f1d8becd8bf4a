/*
 * ties.c - one account at a time, along the things that it shared: the row of a
 * sparse matrix product (Gustavson 1978), so that nothing has to be sorted but
 * the accounts of one row.
 */
#include "config.h"

#include "engine/ties.h"

#include <math.h>

#include "base/array.h"
#include "engine/odds.h"
#include "engine/tick.h"

/* See in_steps(). */
#define STEPS 0x1p32

/* Chosen sharers, object after object, and where each account stands. */
struct rooms {
	uint32_t *who;		/* ranks; of object o: who[from[o] .. from[o + 1]], in time */
	uint64_t *from;
	double *weight;		/* by object */
	size_t objects, count, who_cap, from_cap, weight_cap;
	uint32_t *object;	/* by place in who */
	uint64_t *mine;		/* places in who; of rank r: mine[mine_from[r] ..] */
	uint64_t *mine_from;
};

/* One account's links. */
struct row {
	double *sums;		/* by rank */
	uint32_t *met;		/* ranks with a sum */
	size_t count;
};

/* Adds the object's chosen sharers; leaves it out if they are fewer than two. */
static void
add_object(struct rooms *r, const struct coact *c, uint32_t object, const bool *chosen,
	   uint32_t *seen)
{
	size_t sharers = 0, begin = r->count;

	for (uint64_t i = c->from[object]; i < c->from[object + 1]; i++) {
		uint32_t rank = c->acts[i].account;

		if (seen[rank] == object + 1)
			continue;
		seen[rank] = object + 1;
		sharers++;
		if (!chosen[rank])
			continue;
		ARRAY_GROW(r->who, r->who_cap, r->count + 1);
		r->who[r->count++] = rank;
	}
	if (r->count - begin < 2) {
		r->count = begin;
		return;
	}
	ARRAY_GROW(r->from, r->from_cap, r->objects + 2);
	ARRAY_GROW(r->weight, r->weight_cap, r->objects + 1);
	r->weight[r->objects++] = in_steps(1 / (double)(sharers - 1), STEPS);
	r->from[r->objects] = r->count;
}

static void
place_accounts(struct rooms *r, uint32_t accounts)
{
	r->object = ARRAY_NEW(uint32_t, r->count);
	r->mine = ARRAY_NEW(uint64_t, r->count);
	r->mine_from = ARRAY_NEW(uint64_t, (size_t)accounts + 2);
	for (size_t i = 0; i < r->count; i++)
		r->mine_from[(size_t)r->who[i] + 2]++;
	for (size_t a = 2; a < (size_t)accounts + 2; a++)
		r->mine_from[a] += r->mine_from[a - 1];
	for (uint32_t o = 0; o < r->objects; o++)
		for (uint64_t i = r->from[o]; i < r->from[o + 1]; i++) {
			r->object[i] = o;
			r->mine[r->mine_from[(size_t)r->who[i] + 1]++] = i;
		}
}

static bool
open_rooms(struct rooms *r, const struct coact *acts, const bool *chosen, uint32_t accounts,
	   struct ticker *t)
{
	uint32_t *seen = ARRAY_NEW(uint32_t, accounts);
	bool go = true;

	ARRAY_GROW(r->from, r->from_cap, 1);
	r->from[0] = 0;
	for (uint32_t o = 0; o < acts->object_count && go; o++) {
		uint64_t count = acts->from[o + 1] - acts->from[o];

		add_object(r, acts, o, chosen, seen);
		go = tick(t, 0, count + 1);
	}
	array_free(seen);
	if (go)
		place_accounts(r, accounts);
	return go;
}

static void
close_rooms(struct rooms *r)
{
	array_free(r->who);
	array_free(r->from);
	array_free(r->weight);
	array_free(r->object);
	array_free(r->mine);
	array_free(r->mine_from);
}

static void
add_neighbours(const struct rooms *r, uint64_t place, uint32_t rank, struct row *row)
{
	uint32_t o = r->object[place];
	uint64_t first = r->from[o], end = r->from[o + 1];

	first = place - first > TIES_REACH ? place - TIES_REACH : first;
	end = end - place > TIES_REACH ? place + TIES_REACH + 1 : end;
	for (uint64_t i = first; i < end; i++) {
		uint32_t other = r->who[i];

		if (other <= rank)
			continue;
		if (row->sums[other] == 0)
			row->met[row->count++] = other;
		row->sums[other] += r->weight[o];
	}
}

static int
compare_ranks(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

static void
take_row(struct ties *t, uint32_t rank, struct row *row)
{
	array_sort(row->met, row->count, sizeof(*row->met), compare_ranks);
	ARRAY_GROW(t->links, t->cap, t->count + row->count);
	for (size_t i = 0; i < row->count; i++) {
		uint32_t other = row->met[i];

		t->links[t->count++] = (struct claque_link){ rank, other, row->sums[other] };
		row->sums[other] = 0;
	}
	row->count = 0;
}

static bool
link_all(struct ties *t, const struct rooms *r, uint32_t accounts, struct ticker *tk)
{
	struct row row = { ARRAY_NEW(double, accounts), ARRAY_NEW(uint32_t, accounts), 0 };
	bool go = true;

	for (uint32_t a = 0; a < accounts && go; a++) {
		uint64_t own = r->mine_from[a + 1] - r->mine_from[a];

		for (uint64_t i = r->mine_from[a]; i < r->mine_from[a + 1]; i++)
			add_neighbours(r, r->mine[i], a, &row);
		if (row.count > 0)
			take_row(t, a, &row);
		go = tick(tk, 1, own * TIES_REACH + 1);
	}
	array_free(row.sums);
	array_free(row.met);
	return go;
}

enum claque_rc
ties_find(struct ties *t, const struct coact *acts, const bool *chosen, uint32_t accounts,
	  const struct claque_progress *progress)
{
	struct ticker tk = { .progress = progress, .stage = "tying", .total = accounts };
	struct rooms r = { 0 };
	bool go;

	*t = (struct ties){ 0 };
	go = open_rooms(&r, acts, chosen, accounts, &tk) && link_all(t, &r, accounts, &tk);
	close_rooms(&r);
	if (!go)
		ties_done(t);
	return go ? CLAQUE_OK : CLAQUE_STOPPED;
}

void
ties_done(struct ties *t)
{
	array_free(t->links);
	*t = (struct ties){ 0 };
}
