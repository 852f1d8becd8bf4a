#include "config.h"

#include "engine/ties.h"

#include <stdlib.h>

#include "engine/array.h"
#include "engine/sort.h"

/* Links found and not yet summed; past it, what there is is summed first. */
enum { PENDING_MAX = 1 << 24 };

static int
compare_links(const void *pa, const void *pb)
{
	const struct claque_link *a = pa, *b = pb;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	if (a->b != b->b)
		return a->b < b->b ? -1 : 1;
	return (a->weight > b->weight) - (a->weight < b->weight);
}

static bool
sum_links(struct ties *t, struct ticker *tk)
{
	static const struct sort_kind by_pair = { sizeof(struct claque_link), compare_links };
	size_t n = 0;

	if (!sort_items(&by_pair, t->links, t->count, tk))
		return false;
	for (size_t i = 0; i < t->count; i++) {
		const struct claque_link *l = &t->links[i];

		if (n > 0 && t->links[n - 1].a == l->a && t->links[n - 1].b == l->b)
			t->links[n - 1].weight += l->weight;
		else
			t->links[n++] = *l;
	}
	t->count = n;
	return true;
}

static void
add_link(struct ties *t, uint32_t a, uint32_t b, double weight)
{
	GROW(t->links, t->cap, t->count + 1);
	t->links[t->count++] = (struct claque_link){ a < b ? a : b, a < b ? b : a, weight };
}

struct room {
	uint32_t *seen;		/* by rank: the last object it shared, plus 1 */
	uint32_t *who;		/* chosen sharers of the object at hand */
	size_t count, cap;
};

/* How many accounts share the object; fills who. */
static size_t
read_sharers(struct room *r, const struct coact *c, uint32_t object, const bool *chosen)
{
	size_t sharers = 0;

	r->count = 0;
	for (uint64_t i = c->from[object]; i < c->from[object + 1]; i++) {
		uint32_t rank = c->acts[i].account;

		if (r->seen[rank] == object + 1)
			continue;
		r->seen[rank] = object + 1;
		sharers++;
		if (!chosen[rank])
			continue;
		GROW(r->who, r->cap, r->count + 1);
		r->who[r->count++] = rank;
	}
	return sharers;
}

enum claque_rc
ties_find(struct ties *t, const struct coact *acts, const bool *chosen, uint32_t accounts,
	  const struct claque_progress *progress)
{
	struct ticker tk = { .progress = progress, .stage = "tying", .total = acts->count };
	struct room r = { .seen = COLUMN_NEW(uint32_t, accounts) };
	bool go = true;

	*t = (struct ties){ 0 };
	for (uint32_t o = 0; o < acts->object_count && go; o++) {
		size_t sharers = read_sharers(&r, acts, o, chosen);
		double weight = sharers > 1 ? 1 / (double)(sharers - 1) : 0;

		for (size_t i = 0; i < r.count; i++)
			for (size_t j = i + 1; j < r.count && j <= i + TIES_REACH; j++)
				add_link(t, r.who[i], r.who[j], weight);
		if (t->count > PENDING_MAX)
			go = sum_links(t, &tk);
		go = go && tick(&tk, acts->from[o + 1] - acts->from[o], r.count * 64 + 1);
	}
	go = go && sum_links(t, &tk);
	free(r.seen);
	free(r.who);
	if (!go)
		ties_done(t);
	return go ? CLAQUE_OK : CLAQUE_STOPPED;
}

void
ties_done(struct ties *t)
{
	free(t->links);
	*t = (struct ties){ 0 };
}
