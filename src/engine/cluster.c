/*
 * cluster.c - the public face of clustering: checks, iterations, quality.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "engine/array.h"
#include "engine/leiden.h"

/* Iterations when the caller sets no limit; gains are gone long before. */
enum { ROUNDS_MAX = 100 };

static enum claque_rc
check_links(uint32_t node_count, const struct claque_link *links, size_t link_count,
	    struct claque_err *err)
{
	if (node_count == UINT32_MAX)
		return err_set(err, CLAQUE_ELIMIT, "more than %u nodes", UINT32_MAX - 1);
	for (size_t i = 0; i < link_count; i++) {
		if (links[i].a >= node_count || links[i].b >= node_count)
			return err_set(err, CLAQUE_EUSAGE, "link %zu joins %u and %u; there are %u "
				       "nodes", i, links[i].a, links[i].b, node_count);
		if (!(links[i].weight > 0) || isinf(links[i].weight))
			return err_set(err, CLAQUE_EUSAGE, "link %zu has the weight %g; it must be "
				       "above 0", i, links[i].weight);
	}
	return CLAQUE_OK;
}

static enum claque_rc
check_settings(const struct claque_cluster_settings *s, struct claque_err *err)
{
	if (s->quality != CLAQUE_MODULARITY && s->quality != CLAQUE_CPM)
		return err_set(err, CLAQUE_EUSAGE, "quality function %d does not exist",
			       (int)s->quality);
	if (!(s->resolution > 0) || isinf(s->resolution))
		return err_set(err, CLAQUE_EUSAGE, "resolution %g; it must be above 0",
			       s->resolution);
	return CLAQUE_OK;
}

/* Twice the weight of all links. */
static double
total_mass(const struct graph *g)
{
	double sum = 0;

	for (uint32_t v = 0; v < g->count; v++)
		sum += g->mass[v];
	return sum;
}

/* Modularity in -1/2..1; CPM in units of weight, size * (size - 1) / 2 pairs per part. */
static double
quality_of(const struct graph *g, const struct claque_cluster_settings *s,
	   const uint32_t *part, uint32_t parts)
{
	double *mass = COLUMN_NEW(double, parts), inside = 0, expected = 0;
	double total = total_mass(g);

	for (uint32_t v = 0; v < g->count; v++) {
		mass[part[v]] += g->mass[v];
		inside += g->loop[v];
		for (uint64_t i = g->from[v]; i < g->from[v + 1]; i++)
			if (part[g->to[i]] == part[v])
				inside += g->weight[i] / 2;
	}
	for (uint32_t c = 0; c < parts; c++)
		expected += s->quality == CLAQUE_CPM ? mass[c] * (mass[c] - 1) / 2
						     : mass[c] * mass[c];
	free(mass);
	if (s->quality == CLAQUE_CPM)
		return inside - s->resolution * expected;
	return total > 0 ? inside / (total / 2) - s->resolution * expected / (total * total) : 0;
}

/* Splits what iterating left unconnected: quality can only rise by it. */
static uint32_t
number_parts(const struct graph *g, uint32_t *part)
{
	uint32_t *whole = COLUMN_NEW(uint32_t, g->count), parts;

	memcpy(whole, part, g->count * sizeof(*part));
	parts = graph_components(g, whole, part);
	free(whole);
	graph_renumber(part, g->count, parts);
	return parts;
}

static enum claque_rc
iterate(const struct graph *g, const struct claque_cluster_settings *s,
	const struct claque_progress *progress, uint32_t *membership)
{
	struct rng rng = rng_seeded(s->seed);
	double total = total_mass(g), penalty = s->resolution;
	uint32_t rounds = s->rounds > 0 ? s->rounds : ROUNDS_MAX;
	enum claque_rc rc = CLAQUE_OK;
	bool moved = true;

	if (s->quality == CLAQUE_MODULARITY)
		penalty = total > 0 ? s->resolution / total : 0;
	for (uint32_t v = 0; v < g->count; v++)
		membership[v] = v;
	for (uint32_t i = 0; i < rounds && moved && rc == CLAQUE_OK; i++)
		rc = leiden_iterate(g, penalty, &rng, membership, &moved, progress);
	return rc;
}

enum claque_rc
claque_cluster_leiden(uint32_t node_count, const struct claque_link *links, size_t link_count,
		      const struct claque_cluster_settings *settings,
		      const struct claque_progress *progress, uint32_t *membership,
		      uint32_t *communities, double *quality, struct claque_err *err)
{
	enum claque_rc rc = check_links(node_count, links, link_count, err);
	struct graph g;

	if (rc == CLAQUE_OK)
		rc = check_settings(settings, err);
	if (rc != CLAQUE_OK)
		return rc;
	graph_init(&g, node_count, links, link_count, settings->quality == CLAQUE_MODULARITY);
	rc = iterate(&g, settings, progress, membership);
	if (rc == CLAQUE_OK) {
		*communities = number_parts(&g, membership);
		*quality = quality_of(&g, settings, membership, *communities);
	}
	graph_done(&g);
	return rc;
}

enum claque_rc
claque_cluster_components(uint32_t node_count, const struct claque_link *links,
			  size_t link_count, uint32_t *membership, uint32_t *components,
			  struct claque_err *err)
{
	enum claque_rc rc = check_links(node_count, links, link_count, err);
	struct graph g;

	if (rc != CLAQUE_OK)
		return rc;
	graph_init(&g, node_count, links, link_count, false);
	*components = graph_components(&g, NULL, membership);
	graph_renumber(membership, node_count, *components);
	graph_done(&g);
	return CLAQUE_OK;
}
