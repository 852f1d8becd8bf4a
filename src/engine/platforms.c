/*
 * platforms.c - communities across platforms, and which kind of evidence alone
 * holds them together there.
 */
#include "config.h"

#include "claque/cluster.h"

#include "base/array.h"
#include "base/err.h"

static enum claque_rc
check_input(const struct claque_platform_input *in, struct claque_err *err)
{
	for (uint32_t v = 0; v < in->nodes; v++)
		if (in->platform[v] >= in->platforms ||
		    (in->membership[v] >= in->communities && in->membership[v] != CLAQUE_NO_CLUSTER))
			return err_set(err, CLAQUE_EUSAGE, "node %u: platform %u of %u, community %u "
				       "of %u", v, in->platform[v], in->platforms, in->membership[v],
				       in->communities);
	for (size_t i = 0; i < in->link_count; i++)
		if (in->links[i].a >= in->nodes || in->links[i].b >= in->nodes ||
		    in->links[i].signal >= CLAQUE_LINK_SIGNALS_MAX)
			return err_set(err, CLAQUE_EUSAGE, "link %zu joins %u and %u of %u by signal %u",
				       i, in->links[i].a, in->links[i].b, in->nodes,
				       in->links[i].signal);
	return CLAQUE_OK;
}

static bool
is_inside(const struct claque_platform_input *in, const struct claque_signal_link *l)
{
	return in->membership[l->a] == in->membership[l->b] &&
	       in->membership[l->a] != CLAQUE_NO_CLUSTER;
}

static bool
is_cross(const struct claque_platform_input *in, const struct claque_signal_link *l)
{
	return in->platform[l->a] != in->platform[l->b];
}

static uint32_t
find_root(uint32_t *parent, uint32_t v)
{
	while (parent[v] != v)
		v = parent[v] = parent[parent[v]];
	return v;
}

/* Pieces of each community, without the cross-platform links of one signal. */
static void
count_pieces(const struct claque_platform_input *in, uint32_t without, uint32_t *parent,
	     uint32_t *pieces)
{
	memset(pieces, 0, in->communities * sizeof(*pieces));
	for (uint32_t v = 0; v < in->nodes; v++) {
		parent[v] = v;
		if (in->membership[v] != CLAQUE_NO_CLUSTER)
			pieces[in->membership[v]]++;
	}
	for (size_t i = 0; i < in->link_count; i++) {
		const struct claque_signal_link *l = &in->links[i];
		uint32_t a, b;

		if (!is_inside(in, l) || (l->signal == without && is_cross(in, l)))
			continue;
		a = find_root(parent, l->a);
		b = find_root(parent, l->b);
		if (a == b)
			continue;
		parent[a > b ? a : b] = a > b ? b : a;
		pieces[in->membership[l->a]]--;
	}
}

static void
count_accounts(const struct claque_platform_input *in, struct claque_community_platforms *out,
	       uint32_t *counts)
{
	for (uint32_t v = 0; v < in->nodes; v++) {
		uint32_t c = in->membership[v], *count;

		if (c == CLAQUE_NO_CLUSTER)
			continue;
		count = &counts[(size_t)c * in->platforms + in->platform[v]];
		out[c].accounts++;
		out[c].platforms += (*count)++ == 0;
	}
}

/* All signals that make cross-platform links inside any community. */
static uint32_t
count_links(const struct claque_platform_input *in, struct claque_community_platforms *out)
{
	uint32_t all = 0;

	for (size_t i = 0; i < in->link_count; i++) {
		const struct claque_signal_link *l = &in->links[i];
		uint32_t c = in->membership[l->a];

		if (!is_inside(in, l) || !is_cross(in, l))
			continue;
		out[c].cross_links++;
		out[c].signals |= UINT32_C(1) << l->signal;
		all |= UINT32_C(1) << l->signal;
	}
	return all;
}

enum claque_rc
claque_cluster_platforms(const struct claque_platform_input *in,
			 struct claque_community_platforms *out, uint32_t *counts,
			 struct claque_err *err)
{
	enum claque_rc rc = check_input(in, err);
	uint32_t *parent, *whole, *pieces, all;

	if (rc != CLAQUE_OK)
		return rc;
	memset(out, 0, in->communities * sizeof(*out));
	memset(counts, 0, (size_t)in->communities * in->platforms * sizeof(*counts));
	count_accounts(in, out, counts);
	all = count_links(in, out);
	parent = ARRAY_NEW(uint32_t, in->nodes);
	whole = ARRAY_NEW(uint32_t, in->communities);
	pieces = ARRAY_NEW(uint32_t, in->communities);
	count_pieces(in, CLAQUE_LINK_SIGNALS_MAX, parent, whole);
	for (uint32_t s = 0; s < CLAQUE_LINK_SIGNALS_MAX; s++) {
		if ((all >> s & 1) == 0)
			continue;
		count_pieces(in, s, parent, pieces);
		for (uint32_t c = 0; c < in->communities; c++)
			out[c].needed |= (uint32_t)(pieces[c] > whole[c]) << s;
	}
	array_free(parent);
	array_free(whole);
	array_free(pieces);
	return CLAQUE_OK;
}
