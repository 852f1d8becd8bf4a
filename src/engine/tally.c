#include "config.h"

#include "engine/tally.h"

#include "base/array.h"
#include "base/err.h"


enum { MAX_EDGES = 1 << 28 };

static int
rank_cmp(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

void
tally_init(struct tally *t, const struct peer_ranks *names,
	   const struct claque_toolkit_settings *settings)
{
	*t = (struct tally){ .names = names, .settings = settings };
	t->weights = ARRAY_NEW(uint32_t, names->rank_count);
	t->marks = ARRAY_NEW(uint32_t, names->rank_count);
	t->touched = ARRAY_NEW(uint32_t, names->rank_count);
}

void
tally_done(struct tally *t)
{
	array_free(t->weights);
	array_free(t->marks);
	array_free(t->touched);
	array_free(t->edges);
}

enum claque_rc
tally_user(struct tally *t, uint32_t rank, struct claque_err *err)
{
	array_sort(t->touched, t->touched_count, sizeof(*t->touched), rank_cmp);
	for (size_t i = 0; i < t->touched_count; i++) {
		uint32_t other = t->touched[i], weight = t->weights[other];

		t->weights[other] = 0;
		if (weight < t->settings->min_weight ||
		    (other == rank && !t->settings->self_loops))
			continue;
		if (t->edge_count == MAX_EDGES)
			return err_set(err, CLAQUE_ELIMIT, "more than %d edges; take a shorter "
				       "window or a higher minimum weight", MAX_EDGES);
		ARRAY_GROW(t->edges, t->edge_cap, t->edge_count + 1);
		t->edges[t->edge_count++] = (struct claque_toolkit_edge){
			t->names->by_rank[rank], t->names->by_rank[other], weight };
	}
	t->touched_count = 0;
	return CLAQUE_OK;
}

void
tally_take(struct tally *t, struct claque_toolkit_edge **out, size_t *out_count)
{
	*out = t->edges;
	*out_count = t->edge_count;
	t->edges = NULL;
}
