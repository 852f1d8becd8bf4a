/*
 * leiden.c - local moving, refinement, aggregation (Traag, Waltman and van Eck
 * 2019, "From Louvain to Leiden", algorithms A.1 and A.2).
 *
 * Modularity and CPM are one function here: the weight inside a part less
 * penalty * mass^2 / 2, with strength or size as the mass. Every difference of
 * quality is then weight gained less penalty times masses.
 *
 * Refinement merges greedily: a node joins the best of the parts that it may
 * join, the lowest number on a tie, nodes in seeded random order. The paper
 * draws it with odds exp(gain / theta); that needs an exp() equal in the last
 * bit on every machine to give the same partition everywhere, and the seeded
 * order together with repeated iterations explores enough.
 */
#include "config.h"

#include "engine/leiden.h"

#include <stdlib.h>

#include "engine/array.h"
#include "engine/tick.h"

/* Less is rounding, not gain: moving for it could go on for ever. */
#define GAIN_MIN 1e-10

struct level {
	const struct graph *g;
	double penalty;
	uint32_t *part;
	double *mass;		/* by part */
	uint32_t *size;		/* nodes by part */
	double *pull;		/* weight from the node at hand to each part */
	uint32_t *near;		/* parts with a pull */
	uint32_t near_count;
	uint32_t *order;
	struct rng *rng;
	struct ticker *ticker;
};

static void
level_open(struct level *l, const struct graph *g, uint32_t *part)
{
	l->g = g;
	l->part = part;
	l->mass = COLUMN_NEW(double, (size_t)g->count + 1);
	l->size = COLUMN_NEW(uint32_t, (size_t)g->count + 1);
	l->pull = COLUMN_NEW(double, (size_t)g->count + 1);
	l->near = COLUMN_NEW(uint32_t, (size_t)g->count + 1);
	l->order = COLUMN_NEW(uint32_t, g->count);
	for (uint32_t v = 0; v < g->count; v++) {
		l->mass[part[v]] += g->mass[v];
		l->size[part[v]]++;
	}
}

static void
level_close(struct level *l)
{
	free(l->mass);
	free(l->size);
	free(l->pull);
	free(l->near);
	free(l->order);
}

static void
shuffle(struct level *l)
{
	for (uint32_t v = 0; v < l->g->count; v++)
		l->order[v] = v;
	for (uint32_t n = l->g->count; n > 1; n--) {
		uint32_t i = (uint32_t)rng_below(l->rng, n), swap = l->order[i];

		l->order[i] = l->order[n - 1];
		l->order[n - 1] = swap;
	}
}

/* Sums the weight from v to each part, of neighbours with the same `within` if given. */
static void
find_near(struct level *l, uint32_t v, const uint32_t *within)
{
	const struct graph *g = l->g;

	l->near_count = 0;
	for (uint64_t i = g->from[v]; i < g->from[v + 1]; i++) {
		uint32_t w = g->to[i], c = l->part[w];

		if (within != NULL && within[w] != within[v])
			continue;
		if (l->pull[c] <= 0)
			l->near[l->near_count++] = c;
		l->pull[c] += g->weight[i];
	}
}

static void
forget_near(struct level *l)
{
	for (uint32_t i = 0; i < l->near_count; i++)
		l->pull[l->near[i]] = 0;
}

static void
move(struct level *l, uint32_t v, uint32_t to)
{
	uint32_t from = l->part[v];

	l->mass[from] -= l->g->mass[v];
	l->size[from]--;
	l->mass[to] += l->g->mass[v];
	l->size[to]++;
	l->part[v] = to;
}

/* What joining c is worth to v, which is in no part. */
static double
worth(const struct level *l, uint32_t v, uint32_t c, double mass)
{
	return l->pull[c] - l->penalty * l->g->mass[v] * mass;
}

/* The part v is best in: its own, a near one, or a new one of its own (`empty`). */
static uint32_t
best_part(struct level *l, uint32_t v, uint32_t empty)
{
	uint32_t own = l->part[v], best = own;
	double most = worth(l, v, own, l->mass[own] - l->g->mass[v]);

	for (uint32_t i = 0; i < l->near_count; i++) {
		uint32_t c = l->near[i];
		double gain = c == own ? most : worth(l, v, c, l->mass[c]);

		if (gain > most + GAIN_MIN) {
			most = gain;
			best = c;
		}
	}
	return most < -GAIN_MIN && l->size[own] > 1 ? empty : best;
}

struct queue {
	uint32_t *nodes;	/* a ring of g->count places */
	bool *in;
	uint32_t head, count, room;
};

static void
queue_add(struct queue *q, uint32_t v)
{
	if (q->in[v])
		return;
	q->in[v] = true;
	q->nodes[(q->head + (uint64_t)q->count++) % q->room] = v;
}

static uint32_t
queue_take(struct queue *q)
{
	uint32_t v = q->nodes[q->head];

	q->head = (q->head + 1) % q->room;
	q->count--;
	q->in[v] = false;
	return v;
}

static void
wake_neighbours(struct level *l, struct queue *q, uint32_t v)
{
	for (uint64_t i = l->g->from[v]; i < l->g->from[v + 1]; i++)
		if (l->part[l->g->to[i]] != l->part[v])
			queue_add(q, l->g->to[i]);
}

/* A stack of the numbers that no part uses: one is always left over. */
static uint32_t *
empty_parts(const struct level *l, uint32_t *count)
{
	uint32_t *list = COLUMN_NEW(uint32_t, (size_t)l->g->count + 1);

	*count = 0;
	for (uint32_t c = l->g->count + 1; c-- > 0;)
		if (l->size[c] == 0)
			list[(*count)++] = c;
	return list;
}

/* Algorithm A.2, MoveNodesFast. */
static bool
move_nodes(struct level *l, bool *moved)
{
	struct queue q = { .room = l->g->count };
	uint32_t empties, *empty = empty_parts(l, &empties);
	bool go_on = true;

	q.nodes = COLUMN_NEW(uint32_t, q.room);
	q.in = COLUMN_NEW(bool, q.room);
	shuffle(l);
	for (uint32_t i = 0; i < q.room; i++)
		queue_add(&q, l->order[i]);
	while (q.count > 0 && go_on) {
		uint32_t v = queue_take(&q), own = l->part[v], to;

		find_near(l, v, NULL);
		to = best_part(l, v, empty[empties - 1]);
		forget_near(l);
		go_on = tick(l->ticker, 0, l->near_count * 4 + 8);
		if (to == own)
			continue;
		empties -= to == empty[empties - 1];
		move(l, v, to);
		if (l->size[own] == 0)
			empty[empties++] = own;
		wake_neighbours(l, &q, v);
		*moved = true;
	}
	free(q.nodes);
	free(q.in);
	free(empty);
	return go_on;
}

/* What refinement knows of the parts it builds inside those of `outer`. */
struct refine {
	const uint32_t *outer;
	double *outer_mass;
	double *cut;		/* weight from each refined part to the rest of its outer part */
};

/* Whether something is tied to the rest of its outer part as well as that asks. */
static bool
well_tied(const struct level *l, double cut, double mass, double outer)
{
	return cut + GAIN_MIN >= l->penalty * mass * (outer - mass);
}

static void
merge_node(struct level *l, struct refine *r, uint32_t v)
{
	double outer = r->outer_mass[r->outer[v]], most = -GAIN_MIN;
	uint32_t best = v;

	if (l->size[v] != 1 || l->part[v] != v || !well_tied(l, r->cut[v], l->g->mass[v], outer))
		return;
	find_near(l, v, r->outer);
	for (uint32_t i = 0; i < l->near_count; i++) {
		uint32_t c = l->near[i];
		double gain = worth(l, v, c, l->mass[c]);

		if (!well_tied(l, r->cut[c], l->mass[c], outer))
			continue;
		if (gain > most || (best != v && gain >= most && c < best)) {
			most = gain;
			best = c;
		}
	}
	if (best != v) {
		r->cut[best] += r->cut[v] - 2 * l->pull[best];
		move(l, v, best);
	}
	forget_near(l);
}

/* Algorithm A.2, RefinePartition: parts inside outer[] into part[]. */
static bool
refine(const struct level *coarse, uint32_t *part)
{
	const struct graph *g = coarse->g;
	struct level l = *coarse;
	struct refine r = { .outer = coarse->part, .outer_mass = coarse->mass };
	bool go_on = true;

	for (uint32_t v = 0; v < g->count; v++)
		part[v] = v;
	level_open(&l, g, part);
	r.cut = COLUMN_NEW(double, g->count);
	for (uint32_t v = 0; v < g->count; v++)
		for (uint64_t i = g->from[v]; i < g->from[v + 1]; i++)
			if (r.outer[g->to[i]] == r.outer[v])
				r.cut[v] += g->weight[i];
	shuffle(&l);
	for (uint32_t i = 0; i < g->count && go_on; i++) {
		merge_node(&l, &r, l.order[i]);
		go_on = tick(l.ticker, 0, 8 + (g->from[l.order[i] + 1] - g->from[l.order[i]]));
	}
	free(r.cut);
	level_close(&l);
	return go_on;
}

/* Numbers without gaps, in order of first appearance; how many. */
static uint32_t
close_gaps(uint32_t *part, uint32_t count)
{
	uint32_t *next = COLUMN_NEW(uint32_t, (size_t)count + 1), parts = 0;

	for (uint32_t v = 0; v < count; v++) {
		if (next[part[v]] == 0)
			next[part[v]] = ++parts;
		part[v] = next[part[v]] - 1;
	}
	free(next);
	return parts;
}

/* The graph of one level, its partition, and where the original nodes are in it. */
struct tower {
	struct graph graph;
	uint32_t *part;		/* of the level's nodes */
	uint32_t *node;		/* by original node */
};

/* Replaces the level by its refined parts; false if that would change nothing. */
static bool
climb(struct tower *t, uint32_t *refined, uint32_t originals)
{
	uint32_t parts = close_gaps(refined, t->graph.count);
	struct graph coarse;
	uint32_t *part;

	if (parts == t->graph.count)
		return false;
	graph_fold(&coarse, &t->graph, refined, parts);
	part = COLUMN_NEW(uint32_t, parts);
	for (uint32_t v = 0; v < t->graph.count; v++)
		part[refined[v]] = t->part[v];
	for (uint32_t v = 0; v < originals; v++)
		t->node[v] = refined[t->node[v]];
	graph_done(&t->graph);
	free(t->part);
	t->graph = coarse;
	t->part = part;
	(void)close_gaps(t->part, parts);
	return true;
}

/* One level: false once it is the last. */
static enum claque_rc
do_level(struct tower *t, struct level *l, uint32_t originals, bool *moved, bool *more)
{
	uint32_t *refined = COLUMN_NEW(uint32_t, t->graph.count);
	enum claque_rc rc = CLAQUE_OK;

	level_open(l, &t->graph, t->part);
	if (!move_nodes(l, moved) || !refine(l, refined))
		rc = CLAQUE_STOPPED;
	level_close(l);
	(void)close_gaps(t->part, t->graph.count);
	*more = rc == CLAQUE_OK && climb(t, refined, originals);
	free(refined);
	return rc;
}

enum claque_rc
leiden_iterate(const struct graph *g, double penalty, struct rng *rng, uint32_t *part,
	       bool *moved, const struct claque_progress *progress)
{
	struct ticker ticker = { .progress = progress, .stage = "clustering" };
	struct level l = { .penalty = penalty, .rng = rng, .ticker = &ticker };
	struct tower t = { 0 };
	enum claque_rc rc = CLAQUE_OK;
	bool more = g->count > 0;

	t.node = COLUMN_NEW(uint32_t, g->count);
	t.part = COLUMN_NEW(uint32_t, g->count);
	for (uint32_t v = 0; v < g->count; v++)
		t.node[v] = v;
	memcpy(t.part, part, g->count * sizeof(*part));
	(void)close_gaps(t.part, g->count);
	graph_fold(&t.graph, g, t.node, g->count);
	*moved = false;
	while (more && rc == CLAQUE_OK)
		rc = do_level(&t, &l, g->count, moved, &more);
	for (uint32_t v = 0; v < g->count && rc == CLAQUE_OK; v++)
		part[v] = t.part[t.node[v]];
	graph_done(&t.graph);
	free(t.node);
	free(t.part);
	return rc;
}
