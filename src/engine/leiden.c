/*
 * leiden.c - local moving, refinement, aggregation (Traag, Waltman and van Eck
 * 2019, "From Louvain to Leiden", algorithms A.1 and A.2).
 *
 * Modularity and CPM are one function here: the weight inside a part less
 * penalty * mass^2 / 2, with strength or size as the mass. Every difference of
 * quality is then weight gained less penalty times masses.
 *
 * Refinement merges greedily: a node joins the best of the parts that it may
 * join, nodes in seeded random order. The paper draws it with odds
 * exp(gain / theta); that needs an exp() equal in the last bit on every machine
 * to give the same partition everywhere, and the seeded order together with
 * repeated iterations explores enough.
 *
 * On the way down from the last level the nodes of each level move once more
 * (multilevel refinement; Rotta and Noack 2011): a fifth of an iteration's time
 * for what otherwise the next one would have to find.
 *
 * Nearly all time goes into waiting for memory. Hence pull and mass of a part
 * stand side by side, nodes are numbered by part so that what is read together
 * stands together, and nothing is allocated for a level but its graph.
 */
#include "config.h"

#include "engine/leiden.h"

#include "base/array.h"
#include "engine/tick.h"

/* Once shaken: the largest bonus that refinement draws for a merge, in mean weights of a link. */
#define LUCK 0.5

/* Up to so many nodes a level is numbered at random: all of it is in the cache. */
enum { SHUFFLED_MAX = 4096 };

/* Each level has fewer nodes than the one below; what is left above these can wait. */
enum { FLOORS_MAX = 64 };

struct sums {
	double pull;		/* weight from the node at hand */
	double mass;
};

struct leiden {
	struct rng rng;
	struct ticker ticker;
	double penalty, gain_min, link;	/* link: the mean weight of one */
	double luck;		/* largest bonus drawn for a merge */
	/* Of the level at hand; room for the largest. */
	struct sums *sums;	/* by part */
	uint32_t *size;		/* nodes by part */
	uint32_t *near;		/* parts with a pull */
	uint64_t *waiting;	/* bits: nodes to look at */
	uint32_t *empty;	/* a stack of the numbers that no part uses */
	uint32_t *nodes, *starts;	/* by part: see graph_sort_nodes() */
	uint32_t *refined;
	double *cut;		/* by refined part: weight to the rest of its part */
	/* Of the whole. */
	struct graph graph;
	bool settled;		/* nodes are numbered by part, no longer at random */
	uint32_t *home;		/* the graph's node by the caller's */
	uint32_t *node;		/* room by node */
	uint32_t *part;		/* by the level's nodes */
	uint32_t *kept;		/* of leiden_keep(), or NULL */
};

/* A level below another. */
struct floor {
	const struct graph *graph;
	uint32_t *up;		/* by node: the node of the level above */
};

/* A level as the loops see it. */
struct level {
	struct leiden *w;
	const struct graph *g;
	uint32_t *part;
};

static void
shuffle(struct rng *rng, uint32_t *list, uint32_t count)
{
	for (uint32_t n = count; n > 1; n--) {
		uint32_t i = (uint32_t)rng_below(rng, n), swap = list[i];

		list[i] = list[n - 1];
		list[n - 1] = swap;
	}
}

static void
open_columns(struct leiden *w, uint32_t count)
{
	size_t room = (size_t)count + 2;

	w->sums = ARRAY_NEW(struct sums, room);
	w->size = ARRAY_NEW(uint32_t, room);
	w->near = ARRAY_NEW(uint32_t, room);
	w->waiting = ARRAY_NEW(uint64_t, room / 64 + 1);
	w->empty = ARRAY_NEW(uint32_t, room);
	w->nodes = ARRAY_NEW(uint32_t, room);
	w->starts = ARRAY_NEW(uint32_t, room);
	w->refined = ARRAY_NEW(uint32_t, room);
	w->cut = ARRAY_NEW(double, room);
	w->home = ARRAY_NEW(uint32_t, room);
	w->node = ARRAY_NEW(uint32_t, room);
	w->part = ARRAY_NEW(uint32_t, room);
}

uint64_t
leiden_links(const struct leiden *w)
{
	return w->graph.from[w->graph.count] / 2;
}

struct leiden *
leiden_new(const struct leiden_input *in, const struct claque_progress *progress)
{
	struct leiden *w = ARRAY_NEW(struct leiden, 1);

	w->rng = rng_seeded(in->seed);
	w->ticker = (struct ticker){ .progress = progress, .stage = "clustering" };
	w->penalty = in->penalty;
	w->gain_min = in->gain_min;
	open_columns(w, in->nodes);
	for (uint32_t v = 0; v < in->nodes; v++)
		w->home[v] = w->part[v] = v;
	shuffle(&w->rng, w->home, in->nodes);
	graph_init(&w->graph, in->nodes, in->links, in->link_count, in->strength, w->home);
	w->link = in->weight / (double)(leiden_links(w) + 1);
	return w;
}

void
leiden_free(struct leiden *w)
{
	void *const columns[] = { w->sums, w->size, w->near, w->waiting, w->empty,
		w->nodes, w->starts, w->refined, w->cut, w->home, w->node, w->part, w->kept };

	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		array_free(columns[i]);
	graph_done(&w->graph);
	array_free(w);
}

static void
weigh_parts(const struct level *l)
{
	struct leiden *w = l->w;

	memset(w->sums, 0, ((size_t)l->g->count + 1) * sizeof(*w->sums));
	memset(w->size, 0, ((size_t)l->g->count + 1) * sizeof(*w->size));
	for (uint32_t v = 0; v < l->g->count; v++) {
		w->sums[l->part[v]].mass += l->g->mass[v];
		w->size[l->part[v]]++;
	}
}

/* Sums the weight from v to each part; how many there are. */
static uint32_t
find_near(const struct level *l, uint32_t v)
{
	struct leiden *w = l->w;
	uint64_t end = l->g->from[(size_t)v + 1];
	uint32_t count = 0;

	for (uint64_t i = l->g->from[v]; i < end; i++) {
		uint32_t c = l->part[l->g->to[i]];
		double pull = w->sums[c].pull;

		/* Written each time and counted once: cheaper than a branch that cannot be told. */
		w->near[count] = c;
		count += pull <= 0;
		w->sums[c].pull = pull + l->g->weight[i];
	}
	return count;
}

/* The part v is best in: its own, a near one, or a new one of its own. Forgets the pulls. */
static uint32_t
best_part(const struct level *l, uint32_t v, uint32_t near_count, uint32_t empty)
{
	struct leiden *w = l->w;
	uint32_t own = l->part[v], best = own;
	double mass = l->g->mass[v], price = w->penalty * mass, most;

	w->sums[own].mass -= mass;
	most = w->sums[own].pull - price * w->sums[own].mass;
	for (uint32_t i = 0; i < near_count; i++) {
		struct sums *c = &w->sums[w->near[i]];
		double gain = c->pull - price * c->mass;

		c->pull = 0;
		if (gain > most + w->gain_min) {
			most = gain;
			best = w->near[i];
		}
	}
	if (most < -w->gain_min && w->size[own] > 1)
		best = empty;
	w->sums[best].mass += mass;
	return best;
}

static void
wake_neighbours(const struct level *l, uint32_t v)
{
	uint64_t end = l->g->from[(size_t)v + 1], *waiting = l->w->waiting;

	for (uint64_t i = l->g->from[v]; i < end; i++) {
		uint32_t u = l->g->to[i];

		waiting[u / 64] |= (uint64_t)(l->part[u] != l->part[v]) << u % 64;
	}
}

/* Numbers that no part uses, the lowest on top: one is always left over. */
static uint32_t
stack_empties(const struct level *l)
{
	uint32_t count = 0;

	for (uint32_t c = l->g->count + 1; c-- > 0;)
		if (l->w->size[c] == 0)
			l->w->empty[count++] = c;
	return count;
}

static void
wake_all(const struct level *l)
{
	uint32_t count = l->g->count;

	memset(l->w->waiting, 0xff, count / 64 * sizeof(uint64_t));
	l->w->waiting[count / 64] = (UINT64_C(1) << count % 64) - 1;
}

/* Puts v where it is best; whether that is elsewhere. */
static bool
move_node(const struct level *l, uint32_t v, uint32_t *empties)
{
	struct leiden *w = l->w;
	uint32_t own = l->part[v], near = find_near(l, v);
	uint32_t to = best_part(l, v, near, w->empty[*empties - 1]);

	if (to == own)
		return false;
	*empties -= w->size[to] == 0;
	w->size[to]++;
	w->size[own]--;
	if (w->size[own] == 0)
		w->empty[(*empties)++] = own;
	l->part[v] = to;
	wake_neighbours(l, v);
	return true;
}

/* Those of 64 nodes that wait; how many moved. */
static uint32_t
move_word(const struct level *l, uint32_t word, uint32_t *empties)
{
	uint64_t now = l->w->waiting[word];
	uint32_t moved = 0;

	l->w->waiting[word] = 0;
	for (; now != 0; now &= now - 1)
		moved += move_node(l, word * 64 + (uint32_t)__builtin_ctzll(now), empties);
	return moved;
}

/*
 * Algorithm A.2, MoveNodesFast. Who waits is looked at in the order of the
 * nodes, again and again, and not in a queue: rows that stand side by side are
 * read several times as fast.
 */
static bool
move_nodes(const struct level *l)
{
	uint32_t words = l->g->count / 64 + 1, empties, moves = 1;
	bool go_on = true;

	weigh_parts(l);
	empties = stack_empties(l);
	wake_all(l);
	while (moves > 0 && go_on) {
		moves = 0;
		for (uint32_t i = 0; i < words && go_on; i++) {
			if (l->w->waiting[i] == 0)
				continue;
			moves += move_word(l, i, &empties);
			go_on = tick(&l->w->ticker, 0, 64 * 64);
		}
	}
	return go_on;
}

/* Part c at hand and the places of its nodes. */
struct outer {
	uint32_t c, first, last;
	double mass;
};

/* Each node a refined part of its own, numbered by its place; what it is tied with. */
static void
scatter(const struct level *l, struct outer *o)
{
	struct leiden *w = l->w;

	o->mass = 0;
	for (uint32_t k = o->first; k < o->last; k++) {
		uint32_t v = w->nodes[k];
		double cut = 0;

		w->refined[v] = k;
		w->size[k] = 1;
		w->sums[k] = (struct sums){ 0, l->g->mass[v] };
		o->mass += l->g->mass[v];
		for (uint64_t i = l->g->from[v]; i < l->g->from[(size_t)v + 1]; i++)
			cut += l->part[l->g->to[i]] == o->c ? l->g->weight[i] : 0;
		w->cut[k] = cut;
	}
}

/* Whether a refined part is tied to the rest of its part as well as that asks. */
static bool
well_tied(const struct leiden *w, uint32_t k, double outer)
{
	return w->cut[k] + w->gain_min >= w->penalty * w->sums[k].mass * (outer - w->sums[k].mass);
}

static uint32_t
find_near_inside(const struct level *l, uint32_t v, uint32_t part)
{
	struct leiden *w = l->w;
	uint64_t end = l->g->from[(size_t)v + 1];
	uint32_t count = 0;

	for (uint64_t i = l->g->from[v]; i < end; i++) {
		uint32_t u = l->g->to[i], r;

		if (l->part[u] != part)
			continue;
		r = w->refined[u];
		if (w->sums[r].pull <= 0)
			w->near[count++] = r;
		w->sums[r].pull += l->g->weight[i];
	}
	return count;
}

static void
merge_node(const struct level *l, const struct outer *o, uint32_t place)
{
	struct leiden *w = l->w;
	uint32_t v = w->nodes[place], best = place, near_count;
	double mass = l->g->mass[v], price = w->penalty * mass, most = -w->gain_min, pull = 0;

	if (w->size[place] != 1 || !well_tied(w, place, o->mass))
		return;
	near_count = find_near_inside(l, v, o->c);
	for (uint32_t i = 0; i < near_count; i++) {
		struct sums *r = &w->sums[w->near[i]];
		double gain = r->pull - price * r->mass;

		if (gain >= -w->gain_min && well_tied(w, w->near[i], o->mass)) {
			gain += w->luck * rng_unit(&w->rng);
			if (gain > most) {
				most = gain;
				best = w->near[i];
				pull = r->pull;
			}
		}
		r->pull = 0;
	}
	if (best == place)
		return;
	w->cut[best] += w->cut[place] - 2 * pull;
	w->sums[best].mass += mass;
	w->size[best]++;
	w->size[place] = 0;
	w->refined[v] = best;
}

/* Numbers the refined parts without gaps, in order of their places; how many. */
static uint32_t
number_refined(const struct level *l)
{
	struct leiden *w = l->w;
	uint32_t *number = w->near, *chance = w->nodes, count = 0;

	for (uint32_t k = 0; k < l->g->count; k++)
		if (w->size[k] > 0)
			number[k] = count++;
	for (uint32_t c = 0; c < count; c++)
		chance[c] = c;
	if (count <= SHUFFLED_MAX)
		shuffle(&w->rng, chance, count);
	for (uint32_t v = 0; v < l->g->count; v++)
		w->refined[v] = chance[number[w->refined[v]]];
	return count;
}

/* Algorithm A.2, RefinePartition, one part after the other; *count refined parts. */
static bool
refine(const struct level *l, uint32_t parts, uint32_t *count)
{
	struct leiden *w = l->w;
	bool go_on = true;

	for (uint32_t c = 0; c < parts && go_on; c++) {
		struct outer o = { c, w->starts[c], w->starts[c + 1], 0 };

		scatter(l, &o);
		for (uint32_t k = o.first; k < o.last; k++)
			merge_node(l, &o, k);
		go_on = tick(&w->ticker, 0, (uint64_t)(o.last - o.first) * 64);
	}
	*count = number_refined(l);
	return go_on;
}

/* Numbers without gaps, in order of first appearance; how many. */
static uint32_t
close_gaps(const struct level *l)
{
	uint32_t *next = l->w->near, parts = 0;

	memset(next, 0, ((size_t)l->g->count + 1) * sizeof(*next));
	for (uint32_t v = 0; v < l->g->count; v++) {
		uint32_t c = l->part[v];

		if (next[c] == 0)
			next[c] = ++parts;
		l->part[v] = next[c] - 1;
	}
	return parts;
}

/* Lists the nodes by part, each part's in random order. */
static void
sort_nodes(const struct level *l, uint32_t parts)
{
	struct leiden *w = l->w;

	graph_sort_nodes(l->part, l->g->count, parts, w->nodes, w->starts);
	for (uint32_t c = 0; c < parts; c++)
		shuffle(&w->rng, &w->nodes[w->starts[c]], w->starts[c + 1] - w->starts[c]);
}

/* Gives the nodes the numbers of their places in that list. */
static void
settle(const struct level *l, struct graph *g)
{
	struct leiden *w = l->w;
	uint32_t *place = w->near;
	struct graph old = *g;

	for (uint32_t k = 0; k < g->count; k++)
		place[w->nodes[k]] = k;
	graph_reorder(g, &old, w->nodes, place);
	graph_done(&old);
	for (uint32_t v = 0; v < g->count; v++) {
		w->refined[place[v]] = l->part[v];
		w->home[v] = place[w->home[v]];
	}
	memcpy(l->part, w->refined, g->count * sizeof(*l->part));
	for (uint32_t k = 0; k < g->count; k++)
		w->nodes[k] = k;
}

/* The level of the refined parts, each where its nodes were. */
static void
climb(const struct level *l, struct floor *below, struct graph *coarse, uint32_t count)
{
	struct leiden *w = l->w;
	uint32_t *part = w->near;

	graph_fold(coarse, l->g, w->refined, count);
	for (uint32_t v = 0; v < l->g->count; v++)
		part[w->refined[v]] = l->part[v];
	array_copy(l->part, part, count, sizeof(*part));
	below->up = ARRAY_NEW(uint32_t, l->g->count);
	memcpy(below->up, w->refined, l->g->count * sizeof(*below->up));
}

/* From a level to the one below: nodes are where their refined part was, and move once more. */
static bool
descend(struct leiden *w, const struct floor *below)
{
	struct level l = { w, below->graph, w->part };

	memcpy(w->near, w->part, ((size_t)l.g->count) * sizeof(*w->near));
	for (uint32_t v = 0; v < l.g->count; v++)
		w->part[v] = w->near[below->up[v]];
	return move_nodes(&l);
}

/* Moves and refines one level; *count 0 where that is the last. */
static enum claque_rc
do_level(const struct level *l, uint32_t *count)
{
	struct leiden *w = l->w;
	uint32_t parts;

	if (!move_nodes(l))
		return CLAQUE_STOPPED;
	parts = close_gaps(l);
	sort_nodes(l, parts);
	if (l->g == &w->graph && !w->settled) {
		settle(l, &w->graph);
		w->settled = true;
	}
	if (!refine(l, parts, count))
		return CLAQUE_STOPPED;
	if (*count == l->g->count)
		*count = 0;
	return CLAQUE_OK;
}

enum claque_rc
leiden_iterate(struct leiden *w)
{
	struct floor floors[FLOORS_MAX] = { { .graph = &w->graph } };
	struct level l = { w, &w->graph, w->part };
	struct graph uppers[FLOORS_MAX];
	uint32_t top = 0, count = w->graph.count;
	enum claque_rc rc = count > 0 ? do_level(&l, &count) : CLAQUE_OK;

	while (rc == CLAQUE_OK && count > 0 && top + 1 < FLOORS_MAX) {
		climb(&l, &floors[top], &uppers[top + 1], count);
		top++;
		l.g = floors[top].graph = &uppers[top];
		rc = do_level(&l, &count);
	}
	for (; top > 0; top--) {
		graph_done(&uppers[top]);
		if (rc == CLAQUE_OK && !descend(w, &floors[top - 1]))
			rc = CLAQUE_STOPPED;
		array_free(floors[top - 1].up);
	}
	return rc;
}

double
leiden_quality(struct leiden *w)
{
	const struct graph *g = &w->graph;
	double inside = 0, expected = 0;

	weigh_parts(&(struct level){ w, g, w->part });
	for (uint32_t v = 0; v < g->count; v++) {
		inside += g->loop[v];
		for (uint64_t i = g->from[v]; i < g->from[(size_t)v + 1]; i++)
			if (g->to[i] > v && w->part[g->to[i]] == w->part[v])
				inside += g->weight[i];
	}
	for (uint32_t c = 0; c < g->count; c++)
		expected += w->sums[c].mass * w->sums[c].mass;
	return inside - w->penalty * expected / 2;
}

void
leiden_keep(struct leiden *w)
{
	if (w->kept == NULL)
		w->kept = ARRAY_NEW(uint32_t, w->graph.count);
	memcpy(w->kept, w->part, w->graph.count * sizeof(*w->kept));
}

void
leiden_back(struct leiden *w)
{
	memcpy(w->part, w->kept, w->graph.count * sizeof(*w->kept));
}

/* A part is called after its first node, so that a node of none can be after itself. */
void
leiden_shake(struct leiden *w, double share)
{
	uint32_t *first = w->near, count = w->graph.count;

	w->luck = LUCK * w->link;
	for (uint32_t c = 0; c <= count; c++)
		first[c] = UINT32_MAX;
	for (uint32_t v = 0; v < count; v++)
		if (first[w->part[v]] == UINT32_MAX)
			first[w->part[v]] = rng_unit(&w->rng) < share ? count : v;
	for (uint32_t v = 0; v < count; v++) {
		uint32_t called = first[w->part[v]];

		w->part[v] = called == count ? v : called;
	}
}

uint32_t
leiden_membership(struct leiden *w, uint32_t *part)
{
	uint32_t parts = graph_components(&w->graph, w->part, w->node);

	for (uint32_t v = 0; v < w->graph.count; v++)
		part[v] = w->node[w->home[v]];
	return parts;
}
