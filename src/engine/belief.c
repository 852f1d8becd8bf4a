#include "config.h"

#include "engine/belief.h"

#include <string.h>

#include "base/array.h"
#include "engine/likeness.h"
#include "engine/odds.h"
#include "engine/tick.h"

enum { ROUNDS = 4 };
/* What one neighbour alone may say. */
#define ALONE_MAX 4.0

static enum claque_rc
measure_traits(struct belief *b, const struct workings *w, const bool *off,
	       const struct claque_progress *progress, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT && rc == CLAQUE_OK; i++) {
		const struct signal *s = signal_table[i];

		if (s == NULL || s->info.shape != CLAQUE_ACCOUNTS || s->model.bins == 0 || off[i])
			continue;
		rc = trait_init(&b->traits[b->trait_count], s, w, progress, err);
		b->trait_count += rc == CLAQUE_OK;
	}
	return rc;
}

static void
sum_traits(struct belief *b)
{
	memset(b->own, 0, b->accounts * sizeof(*b->own));
	memset(b->open, 0, b->accounts * sizeof(*b->open));
	for (size_t i = 0; i < b->trait_count; i++) {
		const struct trait *t = &b->traits[i];
		double *to = t->signal->info.axis == CLAQUE_OVERTNESS ? b->open : b->own;

		for (uint32_t a = 0; a < b->accounts; a++)
			to[a] += trait_of(t, a);
	}
}

static void
one_round(struct belief *b, double prior)
{
	double base = logit(prior);

	for (size_t i = 0; i < b->trait_count; i++)
		trait_learn(&b->traits[i], b->at, b->seed, b->ds->by_rank, b->accounts);
	sum_traits(b);
	memset(b->around, 0, b->accounts * sizeof(*b->around));
	for (uint32_t a = 0; a < b->accounts; a++)
		b->alone[a] = b->seed[a] ? ALONE_MAX :
			      cut_to(b->own[a] + b->open[a] + b->like[a], -ALONE_MAX, ALONE_MAX);
	for (size_t i = 0; i < NEAR_COUNT; i++)
		near_add(&b->near[i], b->alone, b->accounts, prior, b->around);
	for (uint32_t a = 0; a < b->accounts; a++) {
		double x = base + (double)b->ds->accounts[a].prior + b->ties[a] + b->own[a] +
			   b->open[a] + b->like[a] + b->around[a];

		if (b->ds->accounts[a].mark == CLAQUE_CLEARED)
			b->at[a] = 0;
		else
			b->at[a] = logistic(x);
	}
}

static void
make_room(struct belief *b, const double *ties, double prior)
{
	b->ties = ARRAY_NEW(double, b->accounts);
	memcpy(b->ties, ties, b->accounts * sizeof(*ties));
	b->own = ARRAY_NEW(double, b->accounts);
	b->open = ARRAY_NEW(double, b->accounts);
	b->around = ARRAY_NEW(double, b->accounts);
	b->alone = ARRAY_NEW(double, b->accounts);
	b->like = ARRAY_NEW(double, b->accounts);
	b->seed = ARRAY_NEW(bool, b->accounts);
	b->at = ARRAY_NEW(double, b->accounts);
	for (uint32_t a = 0; a < b->accounts; a++)
		b->at[a] = prior;
}

static enum claque_rc
find_beliefs(struct belief *b, double prior, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "weighing accounts", .total = ROUNDS };

	for (int i = 0; i < ROUNDS; i++) {
		one_round(b, prior);
		if (!tick(&t, 1, TICK_WORK))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

enum claque_rc
belief_init(struct belief *b, const struct workings *w, const bool *off, const double *ties,
	    double prior, const struct claque_progress *progress, struct claque_err *err)
{
	enum claque_rc rc;

	*b = (struct belief){ .ds = w->ds, .accounts = w->ds->account_names.count };
	make_room(b, ties, prior);
	near_of_acts(&b->near[0], &w->source, w->ds);
	near_of_births(&b->near[1], w->ds);
	near_of_changes(&b->near[2], w->ds);
	rc = measure_traits(b, w, off, progress, err);
	if (rc == CLAQUE_OK)
		rc = find_beliefs(b, prior, progress);
	if (rc != CLAQUE_OK)
		belief_done(b);
	return rc;
}

enum claque_rc
belief_extend(struct belief *b, const bool *seed, double prior,
	      const struct claque_progress *progress)
{
	enum claque_rc rc = likeness_find(b->ds, seed, progress, b->like);

	memcpy(b->seed, seed, b->accounts * sizeof(*seed));
	return rc == CLAQUE_OK ? find_beliefs(b, prior, progress) : rc;
}

void
belief_done(struct belief *b)
{
	for (size_t i = 0; i < b->trait_count; i++)
		trait_done(&b->traits[i]);
	for (size_t i = 0; i < NEAR_COUNT; i++)
		near_done(&b->near[i]);
	array_free(b->ties);
	array_free(b->own);
	array_free(b->open);
	array_free(b->around);
	array_free(b->alone);
	array_free(b->like);
	array_free(b->seed);
	array_free(b->at);
	*b = (struct belief){ 0 };
}
