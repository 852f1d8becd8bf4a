#include "config.h"

#include "engine/part.h"

#include <math.h>
#include <stdlib.h>

#include "base/map.h"
#include "engine/array.h"
#include "engine/null.h"

#define LN_20 2.995732273553991

/* In the order in which they run: the creation part marks members for the established one. */
const struct part part_table[] = {
	{ CLAQUE_COORDINATION, "co-reshare", "pairs", LN_20, 0,
	  CLAQUE_SIGNAL_CO_RESHARE, part_coshare },
	{ CLAQUE_COORDINATION, "co-url", "pairs", LN_20, 0, CLAQUE_SIGNAL_CO_URL, part_coshare },
	{ CLAQUE_COORDINATION, "co-reshare-timing", "pairs", LN_20, -1,
	  CLAQUE_SIGNAL_CO_RESHARE, part_timing },
	{ CLAQUE_COORDINATION, "co-url-timing", "pairs", LN_20, -1,
	  CLAQUE_SIGNAL_CO_URL, part_timing },
	{ CLAQUE_DECEPTION, "default-handles", "accounts", LN_20, -LN_20, 0, part_handle },
	{ CLAQUE_DECEPTION, "creation-burst", "accounts", LN_20, -LN_20, 0, part_creation },
	{ CLAQUE_DECEPTION, "profile-wave", "accounts", LN_20, -LN_20, 0, part_wave },
	{ CLAQUE_OVERTNESS, "verified", "accounts", 0, -LN_20, 0, part_verified },
	{ CLAQUE_OVERTNESS, "established", "accounts", 0, -1.5, 0, part_established },
	{ CLAQUE_OVERTNESS, "audience", "accounts", 0, -1, 0, part_audience },
};
const size_t part_count = sizeof(part_table) / sizeof(part_table[0]);

static double
ln_chance(struct tally_of t, struct rate r)
{
	return null_beta_binomial(t.n, r.mean * r.worth, (1 - r.mean) * r.worth, t.x);
}

double
part_ratio(struct tally_of t, struct rate op, struct rate open)
{
	return ln_chance(t, op) - ln_chance(t, open);
}

double
part_mixed(double ln_ratio, double share)
{
	double with = ln_ratio + log(share);

	/* ln(e^with + 1 - share), safe where e^with would overflow. */
	return with > 30 ? with : log(exp(with) + 1 - share);
}

double
part_rate(struct tally_of t, double floor)
{
	double rate = ((double)t.x + 0.5) / ((double)t.n + 1);

	return rate > floor ? rate : floor;
}

void
part_report(struct claque_evidence *out, struct tally_of t, double rate)
{
	out->n = t.n;
	out->observed = (double)t.x;
	out->expected = rate * (double)t.n;
	out->p = exp(null_binomial_tail(t.n, rate, t.x));
}

/* One control group after another. */
struct control {
	const struct scene *scene;
	struct rng rng;
	uint32_t *accounts;	/* of the last draw */
	uint32_t count;
};

static void
control_init(struct control *c, const struct scene *scene, const struct crew *crew)
{
	uint32_t half = scene->outside_count / 2;

	*c = (struct control){
		.scene = scene, .count = crew->count < half ? crew->count : half,
		.rng = rng_seeded(hash_mix(scene->settings->seed, crew->group)),
	};
	c->accounts = COLUMN_NEW(uint32_t, c->count);
}

/* As at most half are taken, a number that is free comes up within a few tries. */
static void
control_draw(struct control *c)
{
	struct set64 taken;

	set64_init(&taken);
	for (uint32_t i = 0; i < c->count;) {
		uint64_t at = rng_below(&c->rng, c->scene->outside_count);

		if (set64_add(&taken, at))
			c->accounts[i++] = c->scene->outside[at];
	}
	set64_done(&taken);
}

static void
control_done(struct control *c)
{
	free(c->accounts);
}

double
control_rate(const struct scene *s, const struct crew *crew,
	     struct tally_of (*tally)(const struct scene *s, const uint32_t *accounts,
				      uint32_t count), double floor)
{
	struct tally_of all = { 0 };
	struct control c;

	control_init(&c, s, crew);
	for (int i = 0; i < CONTROL_DRAWS; i++) {
		struct tally_of t;

		control_draw(&c);
		t = tally(s, c.accounts, c.count);
		all.n += t.n;
		all.x += t.x;
	}
	control_done(&c);
	return part_rate(all, floor);
}
