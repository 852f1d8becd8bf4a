#include "config.h"

#include "engine/partners.h"

#include "base/array.h"

/* Of one account; its rarest sources come first, so what is left out says least. */
enum { VISITS_MAX = 1 << 16 };

static uint32_t
sharers(const struct partners *p, uint32_t object)
{
	return (uint32_t)(p->sharers_from[object + 1] - p->sharers_from[object]);
}

/* Each object's accounts once; objects of one, or of more than `most`, have none. */
static void
list_sharers(struct partners *p, const struct coact *c, uint32_t most)
{
	uint32_t *last = ARRAY_NEW(uint32_t, p->accounts);
	uint64_t end = 0;

	p->sharers_from = ARRAY_NEW(uint64_t, (size_t)c->object_count + 1);
	p->sharers = ARRAY_NEW(uint32_t, c->count);
	for (uint32_t o = 0; o < c->object_count; o++) {
		uint64_t begin = end;

		for (uint64_t i = c->from[o]; i < c->from[o + 1]; i++) {
			uint32_t account = c->acts[i].account;

			if (last[account] != o + 1)
				p->sharers[end++] = account;
			last[account] = o + 1;
		}
		if (end - begin < 2 || end - begin > most)
			end = begin;
		p->sharers_from[o + 1] = end;
	}
	array_free(last);
}

/* Objects with few sharers are dealt out first: a counting sort by sharers. */
static uint32_t *
order_by_sharers(const struct partners *p, uint32_t objects, uint32_t most)
{
	uint32_t *start = ARRAY_NEW(uint32_t, (size_t)most + 2);
	uint32_t *order = ARRAY_NEW(uint32_t, objects);

	for (uint32_t o = 0; o < objects; o++)
		start[sharers(p, o) + 1]++;
	for (uint32_t d = 1; d < most + 2; d++)
		start[d] += start[d - 1];
	for (uint32_t o = 0; o < objects; o++)
		order[start[sharers(p, o)]++] = o;
	array_free(start);
	return order;
}

static void
list_objects(struct partners *p, const struct coact *c, uint32_t most)
{
	uint32_t *order = order_by_sharers(p, c->object_count, most);
	uint64_t total = p->sharers_from[c->object_count];

	p->from = ARRAY_NEW(uint64_t, (size_t)p->accounts + 2);
	p->objects = ARRAY_NEW(uint32_t, total);
	for (uint64_t i = 0; i < total; i++)
		p->from[p->sharers[i] + 2]++;
	for (size_t r = 2; r < (size_t)p->accounts + 2; r++)
		p->from[r] += p->from[r - 1];
	for (uint32_t n = 0; n < c->object_count; n++)
		for (uint64_t i = p->sharers_from[order[n]]; i < p->sharers_from[order[n] + 1]; i++)
			p->objects[p->from[p->sharers[i] + 1]++] = order[n];
	array_free(order);
}

void
partners_init(struct partners *p, const struct coact *acts, uint32_t accounts, uint32_t most)
{
	*p = (struct partners){ .accounts = accounts };
	list_sharers(p, acts, most);
	list_objects(p, acts, most);
	p->weight = ARRAY_NEW(double, accounts);
	p->common = ARRAY_NEW(uint32_t, accounts);
}

void
partners_done(struct partners *p)
{
	array_free(p->from);
	array_free(p->objects);
	array_free(p->sharers_from);
	array_free(p->sharers);
	array_free(p->weight);
	array_free(p->common);
	array_free(p->met);
	*p = (struct partners){ 0 };
}

/* How many there are in p->met; *visited grows. */
static uint32_t
meet(struct partners *p, uint32_t rank, uint64_t *visited)
{
	uint32_t met = 0;
	uint64_t visits = 0;

	for (uint64_t i = p->from[rank]; i < p->from[rank + 1] && visits < VISITS_MAX; i++) {
		uint64_t from = p->sharers_from[p->objects[i]];
		uint64_t to = p->sharers_from[p->objects[i] + 1];

		visits += to - from;
		for (uint64_t j = from; j < to; j++) {
			uint32_t other = p->sharers[j];

			if (other == rank)
				continue;
			if (p->common[other]++ == 0) {
				ARRAY_GROW(p->met, p->met_cap, (size_t)met + 1);
				p->met[met++].account = other;
			}
			p->weight[other] += 1 / (double)(to - from - 1);
		}
	}
	*visited += visits;
	return met;
}

static bool
is_closer(const struct partner *a, const struct partner *b)
{
	if (a->weight < b->weight || a->weight > b->weight)
		return a->weight > b->weight;
	return a->account < b->account;
}

/* Keeps the closest, the closest first: most of thousands are not among them. */
static uint32_t
add_partner(struct partner out[PARTNERS_MAX], uint32_t count, const struct partner *m)
{
	uint32_t i = count;

	if (count == PARTNERS_MAX && !is_closer(m, &out[count - 1]))
		return count;
	i -= count == PARTNERS_MAX;
	for (; i > 0 && is_closer(m, &out[i - 1]); i--)
		out[i] = out[i - 1];
	out[i] = *m;
	return count + (count < PARTNERS_MAX);
}

uint32_t
partners_of(struct partners *p, uint32_t rank, struct partner out[PARTNERS_MAX], uint64_t *visited)
{
	uint64_t ignored = 0;
	uint32_t met = meet(p, rank, visited != NULL ? visited : &ignored), count = 0;

	for (uint32_t i = 0; i < met; i++) {
		struct partner *m = &p->met[i];

		m->weight = p->weight[m->account];
		m->common = p->common[m->account];
		p->weight[m->account] = 0;
		p->common[m->account] = 0;
		count = add_partner(out, count, m);
	}
	return count;
}
