/*
 * cells.c - whether a network has parts of its own, against networks of the
 * same degrees that have none (Guimera, Sales-Pardo and Amaral 2004: random
 * graphs, too, have partitions of high modularity, so only the excess counts).
 */
#include "config.h"

#include "claque/cluster.h"

#include <math.h>

#include "base/array.h"
#include "base/err.h"
#include "base/rng.h"

/* Found and rewired networks are searched alike; LOOP_TRIES: to be rid of a loop. */
enum { CELL_ROUNDS = 10, LOOP_TRIES = 20 };

struct claque_cell_settings
claque_cell_defaults(void)
{
	return (struct claque_cell_settings){
		.resolution = 1, .seed = 1, .rewires = 20, .min_accounts = 3, .max_p = 0.05,
	};
}

static void
swap_ends(struct claque_link *a, struct claque_link *b)
{
	uint32_t end = a->b;

	a->b = b->b;
	b->b = end;
}

/* Deals the ends anew; what is still a loop after some tries stays one. */
static void
rewire(struct rng *r, struct claque_link *links, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (rng_next(r) >> 63 != 0) {
			uint32_t end = links[i].a;

			links[i].a = links[i].b;
			links[i].b = end;
		}
	for (size_t n = count; n > 1; n--) {
		size_t i = rng_below(r, n), k = rng_below(r, n);
		double weight = links[k].weight;

		swap_ends(&links[i], &links[n - 1]);
		links[k].weight = links[n - 1].weight;
		links[n - 1].weight = weight;
	}
	for (size_t i = 0; i < count; i++)
		for (int k = 0; k < LOOP_TRIES && links[i].a == links[i].b; k++)
			swap_ends(&links[i], &links[rng_below(r, count)]);
}

struct trial {
	uint32_t nodes;
	const struct claque_cell_settings *s;
	const struct claque_progress *progress;
	struct claque_err *err;
};

static enum claque_rc
cluster(const struct trial *t, const struct claque_link *links, size_t count, uint32_t *membership,
	uint32_t *parts, double *quality)
{
	struct claque_cluster_settings how = {
		.quality = CLAQUE_MODULARITY, .resolution = t->s->resolution, .seed = t->s->seed,
		.rounds = CELL_ROUNDS,
	};

	return claque_cluster_leiden(t->nodes, links, count, &how, t->progress, membership, parts,
				     quality, t->err);
}

/* Against the rewired ones: mean, deviation and p. */
static enum claque_rc
test_split(const struct trial *t, const struct claque_link *links, size_t count,
	   struct claque_cells *out)
{
	struct claque_link *rewired = ARRAY_NEW(struct claque_link, count);
	uint32_t *membership = ARRAY_NEW(uint32_t, t->nodes), parts, as_much = 0;
	struct rng r = rng_seeded(t->s->seed);
	double sum = 0, squares = 0, n = t->s->rewires, quality;
	enum claque_rc rc = CLAQUE_OK;

	array_copy(rewired, links, count, sizeof(*links));
	for (uint32_t i = 0; i < t->s->rewires && rc == CLAQUE_OK; i++) {
		rewire(&r, rewired, count);
		rc = cluster(t, rewired, count, membership, &parts, &quality);
		if (rc != CLAQUE_OK)
			break;
		sum += quality;
		squares += quality * quality;
		as_much += quality >= out->modularity;
	}
	out->expected = sum / n;
	out->deviation = sqrt(fmax(0, squares / n - sum / n * (sum / n)));
	out->p = (1.0 + as_much) / (1.0 + n);
	array_free(rewired);
	array_free(membership);
	return rc;
}

/* Parts come largest first. */
static bool
is_split(const uint32_t *membership, uint32_t nodes, uint32_t least)
{
	uint32_t second = 0;

	for (uint32_t v = 0; v < nodes; v++)
		second += membership[v] == 1;
	return second >= least;
}

static enum claque_rc
check_settings(const struct claque_cell_settings *s, struct claque_err *err)
{
	if (s->rewires < 1 || s->min_accounts < 1 || !(s->max_p >= 0 && s->max_p <= 1))
		return err_set(err, CLAQUE_EUSAGE, "cells: %u rewires, %u accounts, p %g; at least 1, "
			       "1, and 0 to 1", s->rewires, s->min_accounts, s->max_p);
	return CLAQUE_OK;
}

enum claque_rc
claque_cluster_cells(uint32_t node_count, const struct claque_link *links, size_t link_count,
		     const struct claque_cell_settings *settings,
		     const struct claque_progress *progress, uint32_t *membership,
		     struct claque_cells *out, struct claque_err *err)
{
	struct trial t = { node_count, settings, progress, err };
	enum claque_rc rc = check_settings(settings, err);
	uint32_t parts = 0;

	*out = (struct claque_cells){ .count = node_count > 0, .p = 1 };
	if (rc == CLAQUE_OK)
		rc = cluster(&t, links, link_count, membership, &parts, &out->modularity);
	if (rc == CLAQUE_OK && is_split(membership, node_count, settings->min_accounts))
		rc = test_split(&t, links, link_count, out);
	if (rc != CLAQUE_OK)
		return rc;
	if (out->p <= settings->max_p)
		out->count = parts;
	else
		memset(membership, 0, node_count * sizeof(*membership));
	return CLAQUE_OK;
}
