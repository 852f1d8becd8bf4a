/*
 * coortweet_net.c - the edges, thresholds and subgraphs of CooRTweet 2.1.3:
 * generate_coordinated_network() with objects = TRUE.
 *
 * One defect is kept because published results contain it: n_content_id and
 * n_content_id_y count the contents of the older and of the newer shares, not
 * those of `from` and of `to`, as the manual says. `corrected` does the latter.
 */
#include "config.h"

#include "engine/coortweet.h"

#include <math.h>

#include "base/array.h"

#include "engine/sort.h"

/* A pair by the ranks of its two accounts' names. */
struct link {
	uint64_t key;		/* lower rank << 32 | higher rank */
	uint32_t pair;
};

struct net {
	const struct coortweet_input *in;
	struct owned_result *r;
	struct link *links;
	uint32_t *members;	/* pairs of the edge and tier at work */
	size_t member_count, members_cap;
	uint32_t *numbers;	/* scratch */
	size_t numbers_cap;
};

static int
u32_cmp(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

static int
link_cmp(const void *pa, const void *pb)
{
	const struct link *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->pair > b->pair) - (a->pair < b->pair);
}

static bool
sort_numbers(struct net *n, size_t count)
{
	static const struct sort_kind numbers = { sizeof(uint32_t), u32_cmp };

	return sort_items(&numbers, n->numbers, count, n->in->tick);
}

static bool
sort_links(struct net *n)
{
	static const struct sort_kind by_accounts = { sizeof(struct link), link_cmp };
	const struct claque_coortweet_result *res = &n->r->result;
	size_t cap = 0;

	ARRAY_GROW(n->links, cap, res->pair_count);
	for (size_t i = 0; i < res->pair_count; i++) {
		uint64_t a = n->in->names->ranks[n->in->rows[res->pairs[i].row].account];
		uint64_t b = n->in->names->ranks[n->in->rows[res->pairs[i].row_y].account];

		n->links[i] = (struct link){ a < b ? a << 32 | b : b << 32 | a, (uint32_t)i };
		if (!tick(n->in->tick, 0, 16))
			return false;
	}
	return sort_items(&by_accounts, n->links, res->pair_count, n->in->tick);
}

/*
 * Distinct contents of one side of the members: of the older or the newer
 * shares as published, of `from` or `to` where corrected.
 */
static bool
distinct_contents(struct net *n, const struct claque_coortweet_edge *e, bool second, uint32_t *out)
{
	*out = 1;
	if (n->member_count == 1)	/* nearly every edge of a wide window */
		return tick(n->in->tick, 0, 16);
	ARRAY_GROW(n->numbers, n->numbers_cap, n->member_count);
	for (size_t i = 0; i < n->member_count; i++) {
		const struct claque_coortweet_pair *p = &n->r->result.pairs[n->members[i]];
		bool turned = n->in->settings->corrected && e->from != e->to &&
			      n->in->rows[p->row].account == e->to;

		n->numbers[i] = n->in->rows[second != turned ? p->row_y : p->row].content;
	}
	if (!sort_numbers(n, n->member_count))
		return false;
	for (size_t i = 1; i < n->member_count; i++)
		*out += n->numbers[i] != n->numbers[i - 1];
	return true;
}

/* Mean lag and objects: members keep the order of pairs, which go by object. */
static void
sum_members(const struct net *n, struct claque_coortweet_tier *t)
{
	struct owned_result *r = n->r;
	double sum_ms = 0;

	for (size_t i = 0; i < n->member_count; i++) {
		const struct claque_coortweet_pair *p = &r->result.pairs[n->members[i]];
		const struct claque_peer_row *older = &n->in->rows[p->row];

		sum_ms += (double)peer_lag(older->at, n->in->rows[p->row_y].at);
		if (t->object_count > 0 && r->objects[r->object_count - 1] == older->object)
			continue;
		ARRAY_GROW(r->objects, r->objects_cap, r->object_count + 1);
		r->objects[r->object_count++] = older->object;
		t->object_count++;
	}
	t->avg_time_delta_s = sum_ms / 1000 / t->weight;
}

static bool
sum_tier(struct net *n, const struct claque_coortweet_edge *e, struct claque_coortweet_tier *t)
{
	t->weight = (uint32_t)n->member_count;
	if (t->weight == 0)
		return true;
	if (!distinct_contents(n, e, false, &t->n_content_id) ||
	    !distinct_contents(n, e, true, &t->n_content_id_y))
		return false;
	sum_members(n, t);
	t->edge_symmetry_score = fmin(t->n_content_id, t->n_content_id_y) /
				 fmax(t->n_content_id, t->n_content_id_y);
	return true;
}

static void
take_members(struct net *n, const struct link *links, size_t count, bool fast)
{
	n->member_count = 0;
	ARRAY_GROW(n->members, n->members_cap, count);
	for (size_t i = 0; i < count; i++)
		if (!fast || n->r->result.pairs[links[i].pair].fast)
			n->members[n->member_count++] = links[i].pair;
}

static bool
add_edge(struct net *n, const struct link *links, size_t count)
{
	struct claque_coortweet_result *res = &n->r->result;
	struct claque_coortweet_edge e = {
		.from = n->in->names->by_rank[links->key >> 32],
		.to = n->in->names->by_rank[links->key & UINT32_MAX] };

	take_members(n, links, count, false);
	if (!sum_tier(n, &e, &e.full))
		return false;
	if (res->has_fast) {
		take_members(n, links, count, true);
		if (!sum_tier(n, &e, &e.fast))
			return false;
	}
	ARRAY_GROW(res->edges, n->r->edges_cap, res->edge_count + 1);
	res->edges[res->edge_count++] = e;
	return true;
}

static bool
join_pairs(struct net *n)
{
	struct claque_coortweet_result *res = &n->r->result;
	size_t count = res->pair_count, to;
	uint32_t *objects;

	if (!sort_links(n))
		return false;
	for (size_t from = 0; from < count; from = to) {
		for (to = from + 1; to < count && n->links[to].key == n->links[from].key; to++)
			;
		if (!add_edge(n, n->links + from, to - from))
			return false;
	}
	objects = n->r->objects;
	for (size_t i = 0; i < res->edge_count; i++) {
		res->edges[i].full.objects = objects;
		objects += res->edges[i].full.object_count;
		res->edges[i].fast.objects = objects;
		objects += res->edges[i].fast.object_count;
	}
	return true;
}

static struct claque_coortweet_tier *
tier_of(struct claque_coortweet_edge *e, bool fast)
{
	return fast ? &e->fast : &e->full;
}

/* Threshold and marks of one tier. Edges without a pair in it are not counted: NA there. */
static bool
set_threshold(struct net *n, bool fast, double *threshold)
{
	struct claque_coortweet_result *res = &n->r->result;
	size_t count = 0;

	ARRAY_GROW(n->numbers, n->numbers_cap, res->edge_count);
	for (size_t i = 0; i < res->edge_count; i++)
		if (tier_of(&res->edges[i], fast)->weight > 0)
			n->numbers[count++] = tier_of(&res->edges[i], fast)->weight;
	if (count == 0)
		return true;
	if (!sort_numbers(n, count))
		return false;
	*threshold = peer_quantile(n->numbers, count, n->in->settings->edge_weight);
	for (size_t i = 0; i < res->edge_count; i++) {
		struct claque_coortweet_tier *t = tier_of(&res->edges[i], fast);

		t->weight_threshold = t->weight > *threshold;
	}
	return true;
}

/* By account: is it a neighbour of the core, which is at an edge over the fast threshold? */
static bool *
neighbours_of_core(const struct net *n)
{
	const struct claque_coortweet_result *res = &n->r->result;
	size_t accounts = 0;
	bool *core, *near;

	for (size_t i = 0; i < n->in->names->rank_count; i++)
		if ((size_t)n->in->names->by_rank[i] + 1 > accounts)
			accounts = (size_t)n->in->names->by_rank[i] + 1;
	core = ARRAY_NEW(bool, accounts);
	near = ARRAY_NEW(bool, accounts);
	for (size_t i = 0; i < res->edge_count; i++)
		if (res->edges[i].fast.weight_threshold)
			core[res->edges[i].from] = core[res->edges[i].to] = true;
	for (size_t i = 0; i < res->edge_count; i++) {
		near[res->edges[i].from] |= core[res->edges[i].to];
		near[res->edges[i].to] |= core[res->edges[i].from];
	}
	array_free(core);
	return near;
}

static bool
is_in_subgraph(const struct claque_coortweet_edge *e, unsigned subgraph, const bool *near)
{
	switch (subgraph) {
	case 1:
		return e->full.weight_threshold;
	case 2:
		return e->fast.weight_threshold;
	case 3:
		return near[e->from] && near[e->to];
	default:
		return true;
	}
}

static void
cut_subgraph(struct net *n)
{
	struct claque_coortweet_result *res = &n->r->result;
	unsigned subgraph = n->in->settings->subgraph;
	bool *near = subgraph == 3 ? neighbours_of_core(n) : NULL;
	size_t kept = 0;

	for (size_t i = 0; i < res->edge_count; i++)
		if (is_in_subgraph(&res->edges[i], subgraph, near))
			res->edges[kept++] = res->edges[i];
	res->edge_count = kept;
	array_free(near);
}

bool
coortweet_edges(const struct coortweet_input *in, struct owned_result *r)
{
	struct net n = { .in = in, .r = r };
	bool go_on = join_pairs(&n) && set_threshold(&n, false, &r->result.threshold) &&
		     set_threshold(&n, true, &r->result.threshold_fast);

	if (go_on)
		cut_subgraph(&n);
	array_free(n.links);
	array_free(n.members);
	array_free(n.numbers);
	return go_on;
}
