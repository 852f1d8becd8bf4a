/*
 * coortweet.c - coordinated networks as CooRTweet 2.1.3 (Righetti and Balluff
 * 2023) defines them: detect_groups(), then generate_coordinated_network().
 *
 * There every pair of rows of an object is built and then filtered, which
 * takes memory in the square of the hottest object. Here rows of an object lie
 * sorted by time and a window slides over them, so that only pairs that will
 * be reported are ever built; they are counted beforehand, and a run that
 * would not fit is refused at once and not after an hour.
 *
 * One defect is kept because published results contain it: n_content_id and
 * n_content_id_y count the contents of the older and of the newer shares, not
 * those of `from` and of `to`. The second, faster tier is left out.
 *
 * "Position" is the place of a row in that tool's own order, which decides
 * ties: accounts by first appearance, rows of one account as in the input.
 * Rows without a time count as activity and pair with nothing, as NA does there.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "claque/dataset.h"
#include "claque/peer.h"

#include "base/arena.h"
#include "base/err.h"

#include "engine/peer.h"
#include "engine/sort.h"

enum { MAX_PAIRS = 1 << 28 };

/* A pair by the ranks of its two accounts' names. */
struct link {
	uint64_t key;		/* lower rank << 32 | higher rank */
	uint32_t pair;
};

/* The links of one edge. */
struct link_span {
	const struct link *at;
	size_t count;
};

struct coortweet {
	const struct claque_peer_row *rows;
	size_t count;
	const struct claque_coortweet_settings *settings;
	struct ticker tick;
	uint32_t *order;	/* by position: row */
	size_t kept;
	struct peer_act *acts;	/* rows with a time, called by position */
	size_t act_count;
	struct peer_ranks names;
	struct link *links;
	uint32_t *contents;	/* scratch: of one edge */
	size_t contents_cap;
};

/* The public part first, so that one pointer names both. */
struct owned_result {
	struct claque_coortweet_result result;
	uint32_t *objects;	/* of all edges, end to end */
	size_t pairs_cap, edges_cap, objects_cap, object_count;
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

/* While pairs still hold positions: by the earlier, then the later one. */
static int
pair_cmp(const void *pa, const void *pb)
{
	const struct claque_coortweet_pair *a = pa, *b = pb;
	uint32_t a0 = a->row < a->row_y ? a->row : a->row_y, a1 = a->row ^ a->row_y ^ a0;
	uint32_t b0 = b->row < b->row_y ? b->row : b->row_y, b1 = b->row ^ b->row_y ^ b0;

	if (a0 != b0)
		return a0 < b0 ? -1 : 1;
	return (a1 > b1) - (a1 < b1);
}

/* One zeroed entry a number. */
static void *
zeroed(size_t count, size_t size)
{
	size_t cap = 0;
	void *p = grow_array(NULL, &cap, count, size);

	return memset(p, 0, count * size);
}

static size_t
content_numbers(const struct coortweet *k)
{
	size_t most = 0;

	for (size_t i = 0; i < k->count; i++)
		if ((size_t)k->rows[i].content + 1 > most)
			most = (size_t)k->rows[i].content + 1;
	return most;
}

static enum claque_rc
check_settings(const struct coortweet *k, struct claque_err *err)
{
	const struct claque_coortweet_settings *s = k->settings;
	enum claque_rc rc = peer_check(k->count, s->window_s, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (!(s->edge_weight >= 0 && s->edge_weight <= 1))
		return err_set(err, CLAQUE_EUSAGE,
			       "edge weight %g: it is a percentile, from 0 to 1", s->edge_weight);
	if (s->subgraph > 1)
		return err_set(err, CLAQUE_EUSAGE, "subgraph %u needs the faster tier, which is "
			       "not computed; 0 or 1", s->subgraph);
	return CLAQUE_OK;
}

/* The first participation filter, and the order that follows from it. */
static bool
order_rows(struct coortweet *k)
{
	size_t accounts = peer_accounts(k->rows, k->count), cap = 0;
	uint32_t *counts = zeroed(accounts, sizeof(*counts));
	uint32_t *next = zeroed(accounts, sizeof(*next));	/* position + 1; 0 = not met yet */
	bool go_on = true;

	GROW(k->order, cap, k->count);
	for (size_t i = 0; i < k->count; i++)
		counts[k->rows[i].account]++;
	for (size_t i = 0; i < k->count && go_on; i++) {
		uint32_t account = k->rows[i].account;

		go_on = tick(&k->tick, 0, 2);
		if (counts[account] < k->settings->min_participation)
			continue;
		if (next[account] == 0) {
			next[account] = (uint32_t)k->kept + 1;
			k->kept += counts[account];
		}
		k->order[next[account]++ - 1] = (uint32_t)i;
	}
	free(counts);
	free(next);
	return go_on;
}

static bool
sort_acts(struct coortweet *k)
{
	size_t cap = 0;

	GROW(k->acts, cap, k->kept);
	for (size_t i = 0; i < k->kept; i++) {
		const struct claque_peer_row *row = &k->rows[k->order[i]];

		if (row->at != CLAQUE_NO_TIME)
			k->acts[k->act_count++] =
				(struct peer_act){ row->object, (uint32_t)i, row->at };
	}
	return peer_sort_acts(k->acts, k->act_count, &k->tick);
}

/* How many pairs lie within the window, before any is dropped. */
static uint64_t
count_pairs(const struct coortweet *k)
{
	uint64_t window = peer_window(k->settings->window_s), pairs = 0;
	const struct peer_act *a = k->acts;
	size_t from = 0;

	for (size_t i = 0; i < k->act_count; i++) {
		while (a[from].object != a[i].object || peer_lag(a[from].at, a[i].at) > window)
			from++;
		pairs += i - from;
	}
	return pairs;
}

static bool
is_loop(const struct claque_peer_row *a, const struct claque_peer_row *b)
{
	return a->object == a->content || b->object == b->content || a->content == b->content ||
	       a->account == b->account;
}

/* Pairs of act i with the later ones of its object. */
static bool
pair_act(struct coortweet *k, size_t i, struct owned_result *r)
{
	uint64_t window = peer_window(k->settings->window_s), lag;
	const struct peer_act *a = k->acts;
	struct claque_coortweet_result *res = &r->result;

	for (size_t j = i + 1; j < k->act_count && a[j].object == a[i].object; j++) {
		lag = peer_lag(a[i].at, a[j].at);
		if (lag > window)
			break;
		if (!tick(&k->tick, 0, 4))
			return false;
		if (!k->settings->keep_loops && is_loop(&k->rows[k->order[a[i].pos]],
							&k->rows[k->order[a[j].pos]]))
			continue;
		GROW(res->pairs, r->pairs_cap, res->pair_count + 1);
		res->pairs[res->pair_count++] = (struct claque_coortweet_pair){
			a[i].pos, a[j].pos, (int64_t)(lag / 1000) };
	}
	return tick(&k->tick, 1, 1);
}

static enum claque_rc
find_pairs(struct coortweet *k, struct owned_result *r, struct claque_err *err)
{
	static const struct sort_kind by_position = { sizeof(*r->result.pairs), pair_cmp };
	struct claque_coortweet_result *res = &r->result;
	uint64_t expected = count_pairs(k);
	size_t from = 0;

	if (expected > MAX_PAIRS)
		return err_set(err, CLAQUE_ELIMIT, "%llu pairs of shares lie within the window, "
			       "%d fit; take a shorter window or a higher minimum participation",
			       (unsigned long long)expected, MAX_PAIRS);
	for (size_t i = 0; i < k->act_count; i++) {
		if (!pair_act(k, i, r))
			return CLAQUE_STOPPED;
		if (i + 1 < k->act_count && k->acts[i].object == k->acts[i + 1].object)
			continue;
		if (res->pair_count - from > 1 &&
		    !sort_items(&by_position, res->pairs + from, res->pair_count - from, &k->tick))
			return CLAQUE_STOPPED;
		from = res->pair_count;
	}
	return CLAQUE_OK;
}

/*
 * Which contents belong to accounts that have min_participation rows on
 * contents that occur in pairs (in_pairs). Rows count, not contents.
 */
static bool *
busy_contents(const struct coortweet *k, const bool *in_pairs, size_t contents)
{
	bool *busy = zeroed(contents, sizeof(*busy));
	uint32_t *counts = zeroed(peer_accounts(k->rows, k->count), sizeof(*counts));

	for (size_t i = 0; i < k->kept; i++) {
		const struct claque_peer_row *row = &k->rows[k->order[i]];

		counts[row->account] += in_pairs[row->content];
	}
	for (size_t i = 0; i < k->kept; i++) {
		const struct claque_peer_row *row = &k->rows[k->order[i]];

		if (counts[row->account] >= k->settings->min_participation)
			busy[row->content] = true;
	}
	free(counts);
	return busy;
}

/* Makes pairs name rows, and marks their contents. */
static bool
mark_pairs(struct coortweet *k, struct claque_coortweet_result *res, bool *in_pairs)
{
	for (size_t i = 0; i < res->pair_count; i++) {
		struct claque_coortweet_pair *p = &res->pairs[i];

		p->row = k->order[p->row];
		p->row_y = k->order[p->row_y];
		in_pairs[k->rows[p->row].content] = true;
		in_pairs[k->rows[p->row_y].content] = true;
		if (!tick(&k->tick, 0, 16))
			return false;
	}
	return true;
}

static bool
keep_busy(struct coortweet *k, struct claque_coortweet_result *res, const bool *busy)
{
	size_t kept = 0;

	for (size_t i = 0; i < res->pair_count; i++) {
		const struct claque_coortweet_pair *p = &res->pairs[i];

		if (busy[k->rows[p->row].content] || busy[k->rows[p->row_y].content])
			res->pairs[kept++] = *p;
		if (!tick(&k->tick, 0, 16))
			return false;
	}
	res->pair_count = kept;
	return true;
}

/* The second participation filter. Once is enough: what it keeps stays busy. */
static bool
filter_pairs(struct coortweet *k, struct claque_coortweet_result *res)
{
	size_t contents = content_numbers(k);
	bool *in_pairs = zeroed(contents, sizeof(*in_pairs)), *busy = NULL;
	bool go_on = mark_pairs(k, res, in_pairs);

	if (go_on) {
		busy = busy_contents(k, in_pairs, contents);
		go_on = keep_busy(k, res, busy);
	}
	free(in_pairs);
	free(busy);
	return go_on;
}

static bool
sort_links(struct coortweet *k, const struct claque_coortweet_result *res)
{
	static const struct sort_kind by_accounts = { sizeof(struct link), link_cmp };
	size_t cap = 0;

	GROW(k->links, cap, res->pair_count);
	for (size_t i = 0; i < res->pair_count; i++) {
		uint64_t a = k->names.ranks[k->rows[res->pairs[i].row].account];
		uint64_t b = k->names.ranks[k->rows[res->pairs[i].row_y].account];

		k->links[i] = (struct link){ a < b ? a << 32 | b : b << 32 | a, (uint32_t)i };
		if (!tick(&k->tick, 0, 16))
			return false;
	}
	return sort_items(&by_accounts, k->links, res->pair_count, &k->tick);
}

/* Distinct contents of the older (or the newer) shares behind one edge. */
static bool
distinct_contents(struct coortweet *k, const struct claque_coortweet_pair *pairs,
		  struct link_span links, bool newer, uint32_t *out)
{
	static const struct sort_kind numbers = { sizeof(uint32_t), u32_cmp };

	*out = 1;
	if (links.count == 1)	/* nearly every edge of a wide window */
		return tick(&k->tick, 0, 16);
	GROW(k->contents, k->contents_cap, links.count);
	for (size_t i = 0; i < links.count; i++) {
		const struct claque_coortweet_pair *p = &pairs[links.at[i].pair];

		k->contents[i] = k->rows[newer ? p->row_y : p->row].content;
	}
	if (!sort_items(&numbers, k->contents, links.count, &k->tick))
		return false;
	for (size_t i = 1; i < links.count; i++)
		*out += k->contents[i] != k->contents[i - 1];
	return true;
}

/* Mean lag and objects: links of one edge keep the order of pairs, which go by object. */
static void
sum_links(const struct coortweet *k, struct link_span links, struct claque_coortweet_edge *e,
	  struct owned_result *r)
{
	double sum_ms = 0;

	for (size_t i = 0; i < links.count; i++) {
		const struct claque_coortweet_pair *p = &r->result.pairs[links.at[i].pair];
		const struct claque_peer_row *older = &k->rows[p->row];

		sum_ms += (double)peer_lag(older->at, k->rows[p->row_y].at);
		if (e->object_count > 0 && r->objects[r->object_count - 1] == older->object)
			continue;
		GROW(r->objects, r->objects_cap, r->object_count + 1);
		r->objects[r->object_count++] = older->object;
		e->object_count++;
	}
	e->avg_time_delta_s = sum_ms / 1000 / e->weight;
}

static bool
add_edge(struct coortweet *k, struct link_span links, struct owned_result *r)
{
	struct claque_coortweet_result *res = &r->result;
	struct claque_coortweet_edge e = {
		.from = k->names.by_rank[links.at->key >> 32],
		.to = k->names.by_rank[links.at->key & UINT32_MAX],
		.weight = (uint32_t)links.count };

	if (!distinct_contents(k, res->pairs, links, false, &e.n_content_id) ||
	    !distinct_contents(k, res->pairs, links, true, &e.n_content_id_y))
		return false;
	sum_links(k, links, &e, r);
	e.edge_symmetry_score = fmin(e.n_content_id, e.n_content_id_y) /
				fmax(e.n_content_id, e.n_content_id_y);
	GROW(res->edges, r->edges_cap, res->edge_count + 1);
	res->edges[res->edge_count++] = e;
	return true;
}

static bool
join_pairs(struct coortweet *k, struct owned_result *r)
{
	size_t count = r->result.pair_count, to;
	uint32_t *objects;

	if (!sort_links(k, &r->result))
		return false;
	for (size_t from = 0; from < count; from = to) {
		for (to = from + 1; to < count && k->links[to].key == k->links[from].key; to++)
			;
		if (!add_edge(k, (struct link_span){ k->links + from, to - from }, r))
			return false;
	}
	objects = r->objects;
	for (size_t i = 0; i < r->result.edge_count; i++) {
		r->result.edges[i].objects = objects;
		objects += r->result.edges[i].object_count;
	}
	return true;
}

/* R's quantile(), type 7, in its own order of operations. sorted: count > 0. */
static double
quantile(const uint32_t *sorted, size_t count, double p)
{
	double index = (double)(count - 1) * p, low = floor(index), rest = index - low;
	size_t i = (size_t)low;

	if (rest <= 0 || sorted[i] == sorted[i + 1])
		return sorted[i];
	return (1 - rest) * sorted[i] + rest * sorted[i + 1];
}

static bool
set_threshold(struct coortweet *k, struct claque_coortweet_result *res)
{
	static const struct sort_kind numbers = { sizeof(uint32_t), u32_cmp };
	size_t kept = 0;

	if (res->edge_count == 0)
		return true;
	GROW(k->contents, k->contents_cap, res->edge_count);
	for (size_t i = 0; i < res->edge_count; i++)
		k->contents[i] = res->edges[i].weight;
	if (!sort_items(&numbers, k->contents, res->edge_count, &k->tick))
		return false;
	res->threshold = quantile(k->contents, res->edge_count, k->settings->edge_weight);
	for (size_t i = 0; i < res->edge_count; i++) {
		struct claque_coortweet_edge *e = &res->edges[i];

		e->weight_threshold = e->weight > res->threshold;
		if (k->settings->subgraph == 0 || e->weight_threshold)
			res->edges[kept++] = *e;
	}
	res->edge_count = kept;
	return true;
}

static enum claque_rc
build(struct coortweet *k, const struct claque_peer_names *names, struct owned_result *r,
      struct claque_err *err)
{
	enum claque_rc rc;

	if (!peer_rank_names(k->rows, k->count, names, &k->tick, &k->names) || !order_rows(k) ||
	    !sort_acts(k))
		return CLAQUE_STOPPED;
	rc = find_pairs(k, r, err);
	if (rc != CLAQUE_OK)
		return rc;
	return filter_pairs(k, &r->result) && join_pairs(k, r) && set_threshold(k, &r->result)
		? CLAQUE_OK : CLAQUE_STOPPED;
}

enum claque_rc
claque_coortweet(const struct claque_peer_row *rows, size_t count,
		 const struct claque_peer_names *names,
		 const struct claque_coortweet_settings *settings,
		 const struct claque_progress *progress, struct claque_coortweet_result **out,
		 struct claque_err *err)
{
	struct coortweet k = { .rows = rows, .count = count, .settings = settings,
			       .tick = { .progress = progress, .stage = "pairs",
					 .total = count } };
	struct owned_result *r;
	enum claque_rc rc;

	*out = NULL;
	rc = check_settings(&k, err);
	if (rc != CLAQUE_OK)
		return rc;
	r = zeroed(1, sizeof(*r));
	rc = build(&k, names, r, err);
	if (rc == CLAQUE_OK)
		*out = &r->result;
	else
		claque_coortweet_free(&r->result);
	peer_ranks_done(&k.names);
	free(k.order);
	free(k.acts);
	free(k.links);
	free(k.contents);
	return rc;
}

void
claque_coortweet_free(struct claque_coortweet_result *result)
{
	struct owned_result *r = (struct owned_result *)result;

	if (r == NULL)
		return;
	free(r->result.pairs);
	free(r->result.edges);
	free(r->objects);
	free(r);
}
