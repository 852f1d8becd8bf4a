/*
 * toolkit.c - networks as the coordination-network-toolkit defines them
 * (Queensland University of Technology, Digital Observatory; Graham et al. 2020).
 *
 * There it is a self-join in SQL, one table row for each matching pair of
 * messages. Here rows lie sorted by time inside each key, so that the partners
 * of a row are one stretch of them; and one user after the other is counted,
 * so that "distinct messages" needs only a mark for each partner and no table
 * of pairs. Memory is in proportion to rows plus edges, whatever the window.
 *
 * Rows without a time count nowhere: there a NULL matches nothing.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "claque/dataset.h"
#include "claque/peer.h"

#include "base/arena.h"
#include "base/err.h"

#include "engine/peer.h"
#include "engine/sort.h"

enum { MAX_EDGES = 1 << 28 };

/* A row in the order of (key, time). */
struct scan {
	uint32_t rank, message;
};

/* A row in the order of (user, message); its partners are scans[from..to). */
struct own {
	uint32_t rank, message;
	uint32_t from, to;
};

struct toolkit {
	const struct claque_peer_row *rows;
	const struct claque_toolkit_settings *settings;
	struct ticker tick;
	struct peer_ranks names;
	struct peer_act *acts;
	struct scan *scans;
	struct own *owns;
	size_t count;			/* rows that have a time */
	/* By rank, for the user at work: */
	uint32_t *weights;		/* distinct messages so far */
	uint32_t *marks;		/* last message that met this partner, numbered from 1 */
	uint32_t *touched;		/* the partners with a weight */
	size_t touched_count;
	uint32_t message_no;
	struct claque_toolkit_edge *edges;
	size_t edge_count, edge_cap;
};

static int
own_cmp(const void *pa, const void *pb)
{
	const struct own *a = pa, *b = pb;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->message > b->message) - (a->message < b->message);
}

static int
rank_cmp(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

static bool
sort_by_time(struct toolkit *k, size_t row_count)
{
	size_t cap = 0;

	GROW(k->acts, cap, row_count);
	for (size_t i = 0; i < row_count; i++)
		if (k->rows[i].at != CLAQUE_NO_TIME)
			k->acts[k->count++] = (struct peer_act){ k->rows[i].object, (uint32_t)i,
								 k->rows[i].at };
	return peer_sort_acts(k->acts, k->count, &k->tick);
}

/* For every row the stretch of rows with its key that lie within the window. */
static bool
find_partners(struct toolkit *k)
{
	static const struct sort_kind by_owner = { sizeof(struct own), own_cmp };
	uint64_t window = peer_window(k->settings->window_s);
	const struct peer_act *a = k->acts;
	size_t from = 0, to = 0, cap = 0;

	GROW(k->scans, cap, k->count);
	cap = 0;
	GROW(k->owns, cap, k->count);
	for (size_t i = 0; i < k->count; i++) {
		const struct claque_peer_row *row = &k->rows[a[i].pos];
		uint32_t rank = k->names.ranks[row->account];

		while (a[from].object != a[i].object || peer_lag(a[from].at, a[i].at) > window)
			from++;
		if (to < i)
			to = i;
		while (to < k->count && a[to].object == a[i].object &&
		       peer_lag(a[i].at, a[to].at) <= window)
			to++;
		k->scans[i] = (struct scan){ rank, row->content };
		k->owns[i] = (struct own){ rank, row->content, (uint32_t)from, (uint32_t)to };
	}
	free(k->acts);
	k->acts = NULL;
	return sort_items(&by_owner, k->owns, k->count, &k->tick);
}

static bool
count_partners(struct toolkit *k, const struct own *own)
{
	for (size_t i = own->from; i < own->to; i++) {
		const struct scan *s = &k->scans[i];

		if (s->message == own->message || k->marks[s->rank] == k->message_no)
			continue;
		k->marks[s->rank] = k->message_no;
		if (k->weights[s->rank]++ == 0)
			k->touched[k->touched_count++] = s->rank;
	}
	return tick(&k->tick, 1, own->to - own->from);
}

/* Turns the counts of one user into edges, and clears them. */
static enum claque_rc
flush_user(struct toolkit *k, uint32_t rank, struct claque_err *err)
{
	qsort(k->touched, k->touched_count, sizeof(*k->touched), rank_cmp);
	for (size_t i = 0; i < k->touched_count; i++) {
		uint32_t other = k->touched[i], weight = k->weights[other];

		k->weights[other] = 0;
		if (weight < k->settings->min_weight ||
		    (other == rank && !k->settings->self_loops))
			continue;
		if (k->edge_count == MAX_EDGES)
			return err_set(err, CLAQUE_ELIMIT, "more than %d edges; take a shorter "
				       "window or a higher minimum weight", MAX_EDGES);
		GROW(k->edges, k->edge_cap, k->edge_count + 1);
		k->edges[k->edge_count++] = (struct claque_toolkit_edge){
			k->names.by_rank[rank], k->names.by_rank[other], weight };
	}
	k->touched_count = 0;
	return CLAQUE_OK;
}

static void
make_counters(struct toolkit *k)
{
	size_t n = k->names.rank_count, caps[3] = { 0 };

	GROW(k->weights, caps[0], n);
	GROW(k->marks, caps[1], n);
	GROW(k->touched, caps[2], n);
	memset(k->weights, 0, n * sizeof(*k->weights));
	memset(k->marks, 0, n * sizeof(*k->marks));
}

static enum claque_rc
count_edges(struct toolkit *k, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	make_counters(k);
	for (size_t i = 0; i < k->count && rc == CLAQUE_OK; i++) {
		const struct own *own = &k->owns[i];
		bool last = i + 1 == k->count || own[1].rank != own->rank;

		if (i == 0 || own[-1].rank != own->rank || own[-1].message != own->message)
			k->message_no++;
		if (!count_partners(k, own))
			return CLAQUE_STOPPED;
		if (last)
			rc = flush_user(k, own->rank, err);
	}
	return rc;
}

static void
toolkit_done(struct toolkit *k)
{
	peer_ranks_done(&k->names);
	free(k->acts);
	free(k->scans);
	free(k->owns);
	free(k->weights);
	free(k->marks);
	free(k->touched);
	free(k->edges);
}

enum claque_rc
claque_toolkit(const struct claque_peer_row *rows, size_t count,
	       const struct claque_peer_names *names,
	       const struct claque_toolkit_settings *settings,
	       const struct claque_progress *progress, struct claque_toolkit_edge **out,
	       size_t *out_count, struct claque_err *err)
{
	struct toolkit k = { .rows = rows, .settings = settings,
			     .tick = { .progress = progress, .stage = "network", .total = count } };
	enum claque_rc rc;

	*out = NULL;
	*out_count = 0;
	rc = peer_check(count, settings->window_s, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (!peer_rank_names(rows, count, names, &k.tick, &k.names) || !sort_by_time(&k, count) ||
	    !find_partners(&k))
		rc = CLAQUE_STOPPED;
	else
		rc = count_edges(&k, err);
	if (rc == CLAQUE_OK) {
		*out = k.edges;
		*out_count = k.edge_count;
		k.edges = NULL;
	}
	toolkit_done(&k);
	return rc;
}
