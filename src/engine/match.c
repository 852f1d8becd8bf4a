/*
 * match.c - which cluster of one run is which of another.
 *
 * The rows of both runs are sorted by account and walked side by side; each
 * account in both counts for its pair of clusters. Where an account is in one
 * cluster a run there are no more pairs than accounts, so nothing grows with
 * the square of the clusters.
 */
#include "config.h"

#include "claque/cluster.h"

#include "base/array.h"
#include "base/err.h"

struct row {
	uint64_t account;
	uint32_t cluster;
};

struct overlap {
	uint32_t before, after, shared;
	uint64_t either;	/* members of the one or the other */
};

struct match {
	struct row *rows[2];			/* by account */
	size_t counts[2];
	uint32_t *sizes[2], clusters[2];
	struct overlap *overlaps;
	size_t overlap_count;
	uint32_t *to;				/* by earlier cluster */
	uint32_t *from;				/* by later cluster */
};

static int
compare_rows(const void *pa, const void *pb)
{
	const struct row *a = pa, *b = pb;

	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	return (a->cluster > b->cluster) - (a->cluster < b->cluster);
}

static enum claque_rc
read_rows(struct match *m, unsigned side, const struct claque_membership *in,
	  struct claque_err *err)
{
	const char *run = side == 0 ? "before" : "after";
	struct row *rows;

	/* Sums and products of two counts stay exact. */
	if (in->count > INT32_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%s: more than %d members", run, INT32_MAX);
	rows = m->rows[side] = ARRAY_NEW(struct row, in->count);
	m->sizes[side] = ARRAY_NEW(uint32_t, in->cluster_count);
	m->clusters[side] = in->cluster_count;
	m->counts[side] = in->count;
	for (size_t i = 0; i < in->count; i++) {
		if (in->clusters[i] >= in->cluster_count)
			return err_set(err, CLAQUE_EUSAGE, "%s: row %zu names cluster %u; there are %u",
				       run, i, in->clusters[i], in->cluster_count);
		rows[i] = (struct row){ in->accounts[i], in->clusters[i] };
		m->sizes[side][in->clusters[i]]++;
	}
	array_sort(rows, in->count, sizeof(*rows), compare_rows);
	for (size_t i = 1; i < in->count; i++)
		if (compare_rows(&rows[i], &rows[i - 1]) == 0)
			return err_set(err, CLAQUE_EUSAGE, "%s: account %llu is twice in cluster %u",
				       run, (unsigned long long)rows[i].account, rows[i].cluster);
	return CLAQUE_OK;
}

static int
compare_pairs(const void *pa, const void *pb)
{
	const struct overlap *a = pa, *b = pb;

	if (a->before != b->before)
		return a->before < b->before ? -1 : 1;
	return (a->after > b->after) - (a->after < b->after);
}

/* Largest Jaccard first: a / b against c / d as a * d against c * b, exact in 64 bits. */
static int
compare_overlaps(const void *pa, const void *pb)
{
	const struct overlap *a = pa, *b = pb;
	uint64_t left = a->shared * b->either, right = b->shared * a->either;

	if (left != right)
		return left > right ? -1 : 1;
	if (a->shared != b->shared)
		return a->shared > b->shared ? -1 : 1;
	return compare_pairs(pa, pb);
}

/* One entry for each account in both runs and each pair of its clusters. */
static size_t
list_pairs(struct match *m)
{
	const struct row *a = m->rows[0], *a_end = a + m->counts[0];
	const struct row *b = m->rows[1], *b_end = b + m->counts[1];
	size_t n = 0, cap = 0;

	ARRAY_GROW(m->overlaps, cap, 1);
	for (; a < a_end; a++) {
		while (b < b_end && b->account < a->account)
			b++;
		for (const struct row *c = b; c < b_end && c->account == a->account; c++) {
			ARRAY_GROW(m->overlaps, cap, n + 1);
			m->overlaps[n++] = (struct overlap){ a->cluster, c->cluster, 1, 0 };
		}
	}
	return n;
}

static void
count_overlaps(struct match *m)
{
	size_t n = list_pairs(m), kept = 0;

	array_sort(m->overlaps, n, sizeof(*m->overlaps), compare_pairs);
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && compare_pairs(&m->overlaps[kept - 1], &m->overlaps[i]) == 0)
			m->overlaps[kept - 1].shared++;
		else
			m->overlaps[kept++] = m->overlaps[i];
	}
	m->overlap_count = kept;
	for (size_t i = 0; i < kept; i++) {
		struct overlap *o = &m->overlaps[i];

		o->either = (uint64_t)m->sizes[0][o->before] + m->sizes[1][o->after] - o->shared;
	}
}

static double
jaccard(const struct overlap *o)
{
	return (double)o->shared / (double)o->either;
}

static uint32_t *
none(uint32_t count)
{
	uint32_t *list = ARRAY_NEW(uint32_t, count);

	memset(list, 0xff, count * sizeof(*list));
	return list;
}

static void
pair_up(struct match *m, double least)
{
	m->to = none(m->clusters[0]);
	m->from = none(m->clusters[1]);
	array_sort(m->overlaps, m->overlap_count, sizeof(*m->overlaps), compare_overlaps);
	for (size_t i = 0; i < m->overlap_count && jaccard(&m->overlaps[i]) >= least; i++) {
		const struct overlap *o = &m->overlaps[i];

		if (m->to[o->before] != CLAQUE_NO_CLUSTER || m->from[o->after] != CLAQUE_NO_CLUSTER)
			continue;
		m->to[o->before] = o->after;
		m->from[o->after] = o->before;
	}
}

/* What an overlap tells of a cluster that is kept on neither or one side; false: nothing. */
static bool
tell(const struct match *m, const struct overlap *o, enum claque_cluster_change *change)
{
	if (m->to[o->before] == o->after)
		*change = CLAQUE_CLUSTER_KEPT;
	else if (m->from[o->after] == CLAQUE_NO_CLUSTER && m->to[o->before] != CLAQUE_NO_CLUSTER &&
		 o->shared > m->sizes[1][o->after] / 2)
		*change = CLAQUE_CLUSTER_SPLIT;
	else if (m->to[o->before] == CLAQUE_NO_CLUSTER && m->from[o->after] != CLAQUE_NO_CLUSTER &&
		 o->shared > m->sizes[0][o->before] / 2)
		*change = CLAQUE_CLUSTER_MERGED;
	else
		return false;
	return true;
}

static int
compare_events(const void *pa, const void *pb)
{
	const struct claque_cluster_event *a = pa, *b = pb;

	if (a->after != b->after)
		return a->after < b->after ? -1 : 1;
	return (a->before > b->before) - (a->before < b->before);
}

static void
list_events(const struct match *m, struct claque_cluster_match *out)
{
	bool *told[2] = { ARRAY_NEW(bool, m->clusters[0]), ARRAY_NEW(bool, m->clusters[1]) };
	struct claque_cluster_event *e;

	e = out->events = ARRAY_NEW(struct claque_cluster_event,
				     (size_t)m->clusters[0] + m->clusters[1]);
	for (size_t i = 0; i < m->overlap_count; i++) {
		const struct overlap *o = &m->overlaps[i];
		enum claque_cluster_change change;

		if (!tell(m, o, &change))
			continue;
		*e++ = (struct claque_cluster_event){ change, o->before, o->after, o->shared,
						      jaccard(o) };
		told[0][o->before] |= change != CLAQUE_CLUSTER_SPLIT;
		told[1][o->after] |= change != CLAQUE_CLUSTER_MERGED;
	}
	for (uint32_t c = 0; c < m->clusters[0]; c++)
		if (!told[0][c])
			*e++ = (struct claque_cluster_event){ CLAQUE_CLUSTER_DIED, c,
				CLAQUE_NO_CLUSTER, 0, 0 };
	for (uint32_t c = 0; c < m->clusters[1]; c++)
		if (!told[1][c])
			*e++ = (struct claque_cluster_event){ CLAQUE_CLUSTER_BORN,
				CLAQUE_NO_CLUSTER, c, 0, 0 };
	out->event_count = (size_t)(e - out->events);
	array_sort(out->events, out->event_count, sizeof(*out->events), compare_events);
	array_free(told[0]);
	array_free(told[1]);
}

enum claque_rc
claque_cluster_match(const struct claque_membership *before, const struct claque_membership *after,
		     double min_jaccard, struct claque_cluster_match *out, struct claque_err *err)
{
	struct match m = { 0 };
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct claque_cluster_match){ 0 };
	if (!(min_jaccard >= 0 && min_jaccard <= 1))
		return err_set(err, CLAQUE_EUSAGE, "least overlap %g; it must lie in 0 to 1",
			       min_jaccard);
	rc = read_rows(&m, 0, before, err);
	if (rc == CLAQUE_OK)
		rc = read_rows(&m, 1, after, err);
	if (rc == CLAQUE_OK) {
		count_overlaps(&m);
		pair_up(&m, min_jaccard);
		list_events(&m, out);
		out->before = m.from;
	}
	for (unsigned side = 0; side < 2; side++) {
		array_free(m.rows[side]);
		array_free(m.sizes[side]);
	}
	array_free(m.overlaps);
	array_free(m.to);
	return rc;
}

void
claque_cluster_match_done(struct claque_cluster_match *match)
{
	array_free(match->events);
	array_free(match->before);
	*match = (struct claque_cluster_match){ 0 };
}

const char *
claque_cluster_change_name(enum claque_cluster_change change)
{
	static const char *const names[] = {
#define X(id, name, help) [CLAQUE_CLUSTER_##id] = (name),
		CLAQUE_CLUSTER_EVENT_LIST(X)
#undef X
	};

	return (unsigned)change < CLAQUE_CLUSTER_CHANGE_COUNT ? names[change] : "";
}
