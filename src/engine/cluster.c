/*
 * cluster.c - the public face of clustering: checks, iterations, quality.
 */
#include "config.h"

#include <math.h>

#include "base/array.h"
#include "base/err.h"
#include "engine/leiden.h"

enum { ROUNDS_MAX = 100, IDLE_MAX = 2, SEARCH_WORK = 800000, TRIES_MAX = 100 };

/* Share of the parts that one try dissolves. */
#define SHAKEN 0.1

/* Of the weight of all links: a move that gains less is rounding. */
#define GAIN_MIN 1e-14
/* Of the same: an iteration that gains less did not pay. */
#define ROUND_GAIN_MIN 1e-5

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

/* Modularity in -1/2..1; CPM in units of weight, size * (size - 1) / 2 pairs per part. */
static double
quality_of(const struct leiden_input *in, const struct claque_cluster_settings *s,
	   const uint32_t *part, uint32_t parts)
{
	double *mass = ARRAY_NEW(double, parts), inside = 0, expected = 0, total = in->weight;

	for (size_t i = 0; i < in->link_count; i++) {
		const struct claque_link *l = &in->links[i];

		inside += part[l->a] == part[l->b] ? l->weight : 0;
		mass[part[l->a]] += in->strength ? l->weight : 0;
		mass[part[l->b]] += in->strength ? l->weight : 0;
	}
	for (uint32_t v = 0; v < in->nodes && !in->strength; v++)
		mass[part[v]]++;
	for (uint32_t c = 0; c < parts; c++)
		expected += in->strength ? mass[c] * mass[c] : mass[c] * (mass[c] - 1) / 2;
	array_free(mass);
	if (!in->strength)
		return inside - s->resolution * expected;
	return total > 0 ? inside / total - s->resolution * expected / (4 * total * total) : 0;
}

/* As often as asked, or until it no longer pays; *quality of what was reached. */
static enum claque_rc
iterate(struct leiden *work, const struct leiden_input *in, uint32_t rounds, double *quality)
{
	double before = -HUGE_VAL;
	enum claque_rc rc = CLAQUE_OK;
	unsigned idle = 0;

	*quality = before;
	for (uint32_t i = 0; i < rounds && idle < IDLE_MAX && rc == CLAQUE_OK; i++) {
		rc = leiden_iterate(work);
		*quality = leiden_quality(work);
		idle = *quality > before + in->weight * ROUND_GAIN_MIN ? 0 : idle + 1;
		before = *quality;
	}
	return rc;
}

/*
 * Small graphs are searched further, where it costs nothing: some parts are
 * dissolved and everything moves again; what is better is kept (iterated local
 * search; Lourenco, Martin and Stuetzle 2003).
 */
static enum claque_rc
search(struct leiden *work, const struct leiden_input *in, double best)
{
	uint64_t tries = SEARCH_WORK / (leiden_links(work) + in->nodes + 1);
	enum claque_rc rc = CLAQUE_OK;
	double quality;

	tries = tries < TRIES_MAX ? tries : TRIES_MAX;
	leiden_keep(work);
	for (uint64_t i = 0; i < tries && rc == CLAQUE_OK; i++) {
		leiden_shake(work, SHAKEN);
		rc = iterate(work, in, 1, &quality);
		if (rc == CLAQUE_OK && quality > best + in->gain_min) {
			best = quality;
			leiden_keep(work);
		} else {
			leiden_back(work);
		}
	}
	return rc;
}

static enum claque_rc
find_parts(const struct leiden_input *in, uint32_t rounds, const struct claque_progress *progress,
	   uint32_t *membership, uint32_t *communities)
{
	struct leiden *work = leiden_new(in, progress);
	double quality;
	enum claque_rc rc = iterate(work, in, rounds > 0 ? rounds : ROUNDS_MAX, &quality);

	if (rc == CLAQUE_OK && rounds == 0)
		rc = search(work, in, quality);
	*communities = leiden_membership(work, membership);
	leiden_free(work);
	graph_renumber(membership, in->nodes, *communities);
	return rc;
}

static struct leiden_input
make_input(uint32_t node_count, const struct claque_link *links, size_t link_count,
	   const struct claque_cluster_settings *s)
{
	struct leiden_input in = { .nodes = node_count, .links = links, .link_count = link_count,
		.strength = s->quality == CLAQUE_MODULARITY, .penalty = s->resolution,
		.seed = s->seed };

	for (size_t i = 0; i < link_count; i++)
		in.weight += links[i].weight;
	if (in.strength)
		in.penalty = in.weight > 0 ? s->resolution / (2 * in.weight) : 0;
	in.gain_min = in.weight * GAIN_MIN;
	return in;
}

enum claque_rc
claque_cluster_leiden(uint32_t node_count, const struct claque_link *links, size_t link_count,
		      const struct claque_cluster_settings *settings,
		      const struct claque_progress *progress, uint32_t *membership,
		      uint32_t *communities, double *quality, struct claque_err *err)
{
	enum claque_rc rc = check_links(node_count, links, link_count, err);
	struct leiden_input in;

	if (rc == CLAQUE_OK)
		rc = check_settings(settings, err);
	if (rc != CLAQUE_OK)
		return rc;
	in = make_input(node_count, links, link_count, settings);
	rc = find_parts(&in, settings->rounds, progress, membership, communities);
	if (rc == CLAQUE_OK)
		*quality = quality_of(&in, settings, membership, *communities);
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
	graph_init(&g, node_count, links, link_count, false, NULL);
	*components = graph_components(&g, NULL, membership);
	graph_renumber(membership, node_count, *components);
	graph_done(&g);
	return CLAQUE_OK;
}
