/*
 * toolkit.c - networks as the coordination-network-toolkit defines them
 * (Queensland University of Technology, Digital Observatory; Graham et al. 2020).
 *
 * There it is a self-join in SQL, one table row for each matching pair of
 * messages. Here rows lie sorted by time inside each key, so that the partners
 * of a row are one stretch of them. Memory is in proportion to rows plus edges,
 * whatever the window. What two similar texts share is in toolkit_similar.c.
 *
 * Rows without a time count nowhere: there a NULL matches nothing.
 */
#include "config.h"

#include "claque/dataset.h"
#include "claque/peer.h"

#include "base/array.h"

#include "engine/peer.h"
#include "engine/sort.h"
#include "engine/tally.h"

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
	struct tally tally;
};

static int
own_cmp(const void *pa, const void *pb)
{
	const struct own *a = pa, *b = pb;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->message > b->message) - (a->message < b->message);
}

static bool
sort_by_time(struct toolkit *k, size_t row_count)
{
	size_t cap = 0;

	ARRAY_GROW(k->acts, cap, row_count);
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

	ARRAY_GROW(k->scans, cap, k->count);
	cap = 0;
	ARRAY_GROW(k->owns, cap, k->count);
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
	array_free(k->acts);
	k->acts = NULL;
	return sort_items(&by_owner, k->owns, k->count, &k->tick);
}

static bool
count_partners(struct toolkit *k, const struct own *own)
{
	for (size_t i = own->from; i < own->to; i++)
		if (k->scans[i].message != own->message)
			tally_meet(&k->tally, k->scans[i].rank);
	return tick(&k->tick, 1, own->to - own->from);
}

static enum claque_rc
count_edges(struct toolkit *k, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	tally_init(&k->tally, &k->names, k->settings);
	for (size_t i = 0; i < k->count && rc == CLAQUE_OK; i++) {
		const struct own *own = &k->owns[i];
		bool last = i + 1 == k->count || own[1].rank != own->rank;

		if (i == 0 || own[-1].rank != own->rank || own[-1].message != own->message)
			tally_message(&k->tally);
		if (!count_partners(k, own))
			return CLAQUE_STOPPED;
		if (last)
			rc = tally_user(&k->tally, own->rank, err);
	}
	return rc;
}

static void
toolkit_done(struct toolkit *k)
{
	peer_ranks_done(&k->names);
	array_free(k->acts);
	array_free(k->scans);
	array_free(k->owns);
	tally_done(&k->tally);
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
	if (rc == CLAQUE_OK)
		tally_take(&k.tally, out, out_count);
	toolkit_done(&k);
	return rc;
}
