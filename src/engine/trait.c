#include "config.h"

#include "engine/trait.h"

#include <math.h>

#include "base/array.h"
#include "engine/odds.h"

/* Accounts that the open shares are blurred by, so that no share is 0. */
#define BLUR 2.0
/* Seeds that the model's shares are worth. */
#define MODEL_WORTH 30.0
/* Log odds that the absence of a sign is worth, if the model does not say. */
#define ABSENCE_MAX 0.25

static uint8_t
bin_of(const struct trait_model *m, double value)
{
	uint8_t b = 0;

	if (isnan(value))
		return NO_BIN;
	while (b + 1u < m->bins && value >= m->cuts[b])
		b++;
	return b;
}

enum claque_rc
trait_init(struct trait *t, const struct signal *s, const struct workings *w,
	   const struct claque_progress *progress, struct claque_err *err)
{
	uint32_t accounts = w->ds->account_names.count;
	double params[CLAQUE_PARAM_MAX];
	enum claque_rc rc;

	*t = (struct trait){ .signal = s };
	t->measures = ARRAY_NEW(struct claque_trait, accounts);
	t->bin = ARRAY_NEW(uint8_t, accounts);
	signal_clear(t->measures, accounts);
	signal_defaults(s, params);
	rc = s->measure(w, params, progress, t->measures, err);
	for (uint32_t a = 0; a < accounts && rc == CLAQUE_OK; a++) {
		t->bin[a] = bin_of(&s->model, t->measures[a].value);
		t->known += t->bin[a] != NO_BIN;
	}
	if (rc != CLAQUE_OK)
		trait_done(t);
	return rc;
}

void
trait_done(struct trait *t)
{
	array_free(t->measures);
	array_free(t->bin);
	*t = (struct trait){ 0 };
}

/* Of operations of which only some show the sign: the others look like everybody. */
static double
expected_share(const struct trait *t, unsigned b)
{
	const struct trait_model *m = &t->signal->model;

	return m->share * m->operation[b] + (1 - m->share) * t->open[b];
}

static void
scale_to_one(double *shares, unsigned bins)
{
	double sum = 0;

	for (unsigned b = 0; b < bins; b++)
		sum += shares[b];
	for (unsigned b = 0; b < bins; b++)
		shares[b] /= sum;
}

/*
 * Careful operations show nothing, and ordinary people declare nothing: what
 * an account does not show says little.
 */
static double
cut_log_odds(const struct trait_model *m, enum claque_axis axis, double x)
{
	double absent = m->absence_cap > 0 ? m->absence_cap : ABSENCE_MAX;

	return axis == CLAQUE_OVERTNESS ? cut_to(x, -m->member_cap, absent)
					: cut_to(x, -absent, m->member_cap);
}

/* The bins of the accounts with a weight above 0, weighted; all together in *total. */
struct bins {
	double of[BIN_MAX], total;
};

/* By id: the sums must not depend on the order of the input. */
static struct bins
count_open(const struct trait *t, const double *belief, const uint32_t *by_rank,
	   uint32_t accounts)
{
	struct bins n = { .total = BLUR };

	for (unsigned b = 0; b < t->signal->model.bins; b++)
		n.of[b] = BLUR / t->signal->model.bins;
	for (uint32_t r = 0; r < accounts; r++) {
		uint32_t a = by_rank[r];

		if (t->bin[a] == NO_BIN)
			continue;
		n.of[t->bin[a]] += 1 - belief[a];
		n.total += 1 - belief[a];
	}
	return n;
}

static struct bins
count_seeds(const struct trait *t, const bool *seed, uint32_t accounts)
{
	struct bins n = { .total = 0 };

	for (uint32_t a = 0; a < accounts; a++)
		if (seed[a] && t->bin[a] != NO_BIN) {
			n.of[t->bin[a]]++;
			n.total++;
		}
	return n;
}

void
trait_learn(struct trait *t, const double *belief, const bool *seed, const uint32_t *by_rank,
	    uint32_t accounts)
{
	const struct trait_model *m = &t->signal->model;
	struct bins open = count_open(t, belief, by_rank, accounts);
	struct bins seeds = count_seeds(t, seed, accounts);

	for (unsigned b = 0; b < m->bins; b++)
		t->open[b] = open.of[b] / open.total;
	for (unsigned b = 0; b < m->bins; b++) {
		double operation = (seeds.of[b] + MODEL_WORTH * expected_share(t, b)) /
				   (seeds.total + MODEL_WORTH);

		t->log_odds[b] = cut_log_odds(m, t->signal->info.axis,
					      log(operation / t->open[b]));
	}
}

/* ln P(counts) of a Dirichlet-multinomial, but for the multinomial coefficient. */
static double
ln_chance(const uint64_t *counts, const double *shares, unsigned bins, double worth)
{
	double total = 0, sum = 0;

	for (unsigned b = 0; b < bins; b++) {
		total += (double)counts[b];
		sum += ln_gamma(worth * shares[b] + (double)counts[b]) - ln_gamma(worth * shares[b]);
	}
	return sum + ln_gamma(worth) - ln_gamma(worth + total);
}

/* ln(share e^x + 1 - share) */
static double
mixed(double x, double share)
{
	double with = x + log(share);

	return with > 30 ? with : log(exp(with) + 1 - share);
}

double
trait_of_group(const struct trait *t, const uint64_t counts[BIN_MAX])
{
	const struct trait_model *m = &t->signal->model;
	double op[BIN_MAX], x;

	for (unsigned b = 0; b < m->bins; b++)
		op[b] = m->operation[b] + 1e-3;
	scale_to_one(op, m->bins);
	x = ln_chance(counts, op, m->bins, m->worth) -
	    ln_chance(counts, t->open, m->bins, m->open_worth);
	return cut_to(mixed(x, m->share), -m->group_cap, m->group_cap);
}
