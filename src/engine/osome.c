/*
 * osome.c - co-retweet networks as the Observatory on Social Media published
 * them: Pacheco, Hui, Torres-Lugo, Truong, Flammini and Menczer, "Uncovering
 * Coordinated Networks on Social Media" (2021), case study 4.
 */
#include "config.h"

#include <math.h>

#include "claque/peer.h"

#include "base/array.h"

#include "engine/cosine.h"
#include "engine/peer.h"
#include "engine/peer_graph.h"
#include "engine/sort.h"

enum { MORE_RETWEETS_THAN = 10, MORE_POSTS_THAN = 1, LEAST_USERS = 3, NEIGHBOURS = 100 };

#define KEPT_QUANTILE .995

/* What an account or a post must have for its cells to stay. */
struct limits {
	const uint32_t *retweets, *posts;	/* by rank */
	const uint32_t *users;			/* by post */
	uint32_t least_users;
};

struct osome {
	struct ticker tick;
	struct peer_ranks names;
	struct cosine cosine;
	struct claque_peer_network *net;
	size_t edges_cap;
	double *scores;						/* by rank */
};

static int
edge_cmp(const void *pa, const void *pb)
{
	const struct claque_peer_edge *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* The nearest first; ties by name. */
static int
near_cmp(const void *pa, const void *pb)
{
	const struct claque_peer_edge *a = pa, *b = pb;

	if (a->weight < b->weight || a->weight > b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

static int
real_cmp(const void *pa, const void *pb)
{
	const double *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

static bool
is_active(const void *ctx, const struct cosine_cell *cell)
{
	const struct limits *l = ctx;

	return l->retweets[cell->rank] > MORE_RETWEETS_THAN &&
	       l->posts[cell->rank] > MORE_POSTS_THAN;
}

static bool
is_popular(const void *ctx, const struct cosine_cell *cell)
{
	const struct limits *l = ctx;

	return l->users[cell->feature] >= l->least_users;
}

static void
keep_active(struct osome *o)
{
	uint32_t *retweets = ARRAY_NEW(uint32_t, o->names.rank_count);
	uint32_t *posts = ARRAY_NEW(uint32_t, o->names.rank_count);
	struct limits limits = { .retweets = retweets, .posts = posts };

	for (size_t i = 0; i < o->cosine.count; i++) {
		retweets[o->cosine.cells[i].rank] += o->cosine.cells[i].count;
		posts[o->cosine.cells[i].rank]++;
	}
	cosine_keep(&o->cosine, is_active, &limits);
	array_free(retweets);
	array_free(posts);
}

/* Posts that nearly nobody shared say nothing, unless there is nothing else. */
static void
keep_popular(struct osome *o)
{
	uint32_t *users = cosine_users(&o->cosine);
	struct limits limits = { .users = users, .least_users = 1 };

	for (size_t f = 0; f < o->cosine.features; f++)
		if (users[f] >= LEAST_USERS)
			limits.least_users = LEAST_USERS;
	cosine_keep(&o->cosine, is_popular, &limits);
	array_free(users);
}

static bool
weigh(struct osome *o, const struct claque_peer_row *rows, size_t count)
{
	size_t accounts;

	if (!cosine_count(&o->cosine, rows, count, o->names.ranks, &o->tick))
		return false;
	keep_active(o);
	accounts = cosine_accounts(&o->cosine);
	keep_popular(o);
	for (size_t i = 0; i < o->cosine.count; i++)
		o->cosine.cells[i].weight = 1 + log(o->cosine.cells[i].count);
	cosine_weigh(&o->cosine, accounts, o->names.rank_count);
	return true;
}

/* An account's nearest, each as an edge from the lower rank. */
static bool
take_nearest(struct osome *o, uint32_t rank, struct claque_peer_edge *list)
{
	size_t n = 0;

	if (!cosine_sum(&o->cosine, rank, 0, &o->tick))
		return false;
	for (size_t i = 0; i < o->cosine.touched_count; i++) {
		uint32_t other = o->cosine.touched[i];

		list[n++] = (struct claque_peer_edge){ rank, other, o->cosine.sums[other] };
	}
	cosine_clear(&o->cosine);
	array_sort(list, n, sizeof(*list), near_cmp);
	for (size_t i = 0; i < n && i < NEIGHBOURS; i++) {
		uint32_t a = list[i].from, b = list[i].to;

		ARRAY_GROW(o->net->edges, o->edges_cap, o->net->edge_count + 1);
		o->net->edges[o->net->edge_count++] = (struct claque_peer_edge){
			a < b ? a : b, a < b ? b : a, list[i].weight };
	}
	return tick(&o->tick, 0, 16 * n);
}

static bool
find_nearest(struct osome *o)
{
	static const struct sort_kind by_ends = { sizeof(struct claque_peer_edge), edge_cmp };
	struct claque_peer_edge *list = ARRAY_NEW(struct claque_peer_edge, o->names.rank_count);
	struct claque_peer_network *net = o->net;
	bool go_on = true;
	size_t kept = 0;

	for (size_t r = 0; r < o->names.rank_count && go_on; r++)
		go_on = take_nearest(o, (uint32_t)r, list);
	array_free(list);
	go_on = go_on && sort_items(&by_ends, net->edges, net->edge_count, &o->tick);
	for (size_t i = 0; i < net->edge_count && go_on; i++)
		if (kept == 0 || edge_cmp(&net->edges[kept - 1], &net->edges[i]) != 0)
			net->edges[kept++] = net->edges[i];
	net->edge_count = kept;
	return go_on;
}

/* numpy's quantile, which interpolates between two of them. */
static bool
threshold(struct osome *o, double *out)
{
	static const struct sort_kind numbers = { sizeof(double), real_cmp };
	size_t count = o->net->edge_count, low;
	double *weights = ARRAY_NEW(double, count), at, rest;
	bool go_on;

	*out = 0;
	for (size_t i = 0; i < count; i++)
		weights[i] = o->net->edges[i].weight;
	go_on = sort_items(&numbers, weights, count, &o->tick);
	if (go_on && count > 0) {
		at = (double)(count - 1) * KEPT_QUANTILE;
		low = (size_t)at;
		rest = at - (double)low;
		*out = weights[low];
		if (rest > 0)
			*out += (weights[low + 1] - weights[low]) * rest;
	}
	array_free(weights);
	return go_on;
}

static bool
keep_heaviest(struct osome *o)
{
	size_t kept = 0;
	double least;

	if (!threshold(o, &least))
		return false;
	o->scores = ARRAY_NEW(double, o->names.rank_count);
	for (size_t i = 0; i < o->net->edge_count; i++) {
		struct claque_peer_edge e = o->net->edges[i];

		if (e.weight < least)
			continue;
		o->net->edges[kept++] = e;
		o->scores[e.from] = fmax(o->scores[e.from], e.weight);
		o->scores[e.to] = fmax(o->scores[e.to], e.weight);
	}
	o->net->edge_count = kept;
	return peer_network_finish(o->net, &o->names, o->scores, &o->tick);
}

enum claque_rc
claque_osome(const struct claque_peer_row *rows, size_t count,
	     const struct claque_peer_names *names, const struct claque_progress *progress,
	     struct claque_peer_network **out, struct claque_err *err)
{
	struct osome o = { .tick = { .progress = progress, .stage = "network", .total = count } };
	enum claque_rc rc = peer_check(count, 0, err);

	*out = NULL;
	if (rc != CLAQUE_OK)
		return rc;
	o.net = ARRAY_NEW(struct claque_peer_network, 1);
	ARRAY_GROW(o.net->edges, o.edges_cap, 1);	/* none is an array, too */
	if (peer_rank_names(rows, count, names, &o.tick, &o.names) && weigh(&o, rows, count) &&
	    find_nearest(&o) && keep_heaviest(&o)) {
		*out = o.net;
	} else {
		claque_peer_network_free(o.net);
		rc = CLAQUE_STOPPED;
	}
	cosine_done(&o.cosine);
	peer_ranks_done(&o.names);
	array_free(o.scores);
	return rc;
}
