/*
 * part_trait.c - how a group's members are spread over a trait's bins, against
 * the rest of the file.
 */
#include "config.h"

#include "engine/part.h"

#include <math.h>
#include <stdio.h>

#include "engine/null.h"
#include "engine/odds.h"

/* Fewer known accounts in the whole file than this give no background. */
enum { BACKGROUND_MIN = 20 };
/* Weaker signs of openness than this are not worth a line. */
#define WORTH_SAYING (-0.05)

/* Signs of operations are bins that these fill more than others do; signs of openness less. */
static bool
is_sign(const struct trait *t, unsigned bin)
{
	const struct trait_model *m = &t->signal->model;
	double x = m->operation[bin] - t->open[bin];

	return t->signal->info.axis == CLAQUE_OVERTNESS ? x < 0 : x > 0;
}

struct spread {
	uint64_t counts[BIN_MAX], known, showing;
	double rate;		/* of those who show it outside */
};

static struct spread
spread_of(const struct trait *t, const struct crew *crew)
{
	struct spread s = { .rate = 0 };

	for (uint32_t i = 0; i < crew->count; i++) {
		uint8_t bin = t->bin[crew->accounts[i]];

		if (bin == NO_BIN)
			continue;
		s.counts[bin]++;
		s.known++;
		s.showing += is_sign(t, bin);
	}
	for (unsigned b = 0; b < t->signal->model.bins; b++)
		s.rate += is_sign(t, b) ? t->open[b] : 0;
	return s;
}

/* bin: accounts in it, or with NO_BIN those that show the sign. */
static void
show_rows(const struct trait *t, const struct crew *crew, uint8_t bin, struct claque_evidence *out)
{
	size_t room = sizeof(out->rows) / sizeof(out->rows[0]);

	for (uint32_t i = 0; i < crew->count && out->row_count < room; i++) {
		uint32_t a = crew->accounts[i];

		if (t->bin[a] == NO_BIN || t->measures[a].row == CLAQUE_NO_ROW)
			continue;
		if (bin == NO_BIN ? is_sign(t, t->bin[a]) : t->bin[a] == bin)
			out->rows[out->row_count++] = t->measures[a].row;
	}
}

/* " that declare a place"; and who the rest of the file is to be compared with. */
static const char *
whom(const struct signal *s)
{
	return s->whom != NULL ? s->whom : "";
}

static const char *
others(const struct signal *s)
{
	return s->whom != NULL ? "such others" : "the others";
}

/*
 * A group may speak for itself by being alike in what is no sign: its figures
 * are then those of the bin that it fills most surprisingly, of so many.
 */
static void
tell_alike(const struct trait *t, const struct crew *crew, const struct spread *in,
	   struct claque_evidence *out)
{
	unsigned bins = t->signal->model.bins;
	double best = HUGE_VAL;
	uint8_t at = 0;

	for (uint8_t b = 0; b < bins; b++) {
		double ln_p = null_binomial_tail(in->known, cut_to(t->open[b], 0, 1), in->counts[b]);

		if (ln_p < best) {
			best = ln_p;
			at = b;
		}
	}
	out->observed = (double)in->counts[at];
	out->expected = t->open[at] * (double)in->known;
	out->p = cut_to(exp(best) * bins, 0, 1);
	show_rows(t, crew, at, out);
	(void)snprintf(out->text, sizeof(out->text),
		       "%llu of %llu accounts%s are alike (range %u of %u) where it is asked if they "
		       "%s; %.1f %% of %s in the file lie there",
		       (unsigned long long)in->counts[at], (unsigned long long)in->known,
		       whom(t->signal), at + 1u, bins, t->signal->says, 100 * t->open[at],
		       others(t->signal));
}

bool
part_trait(const struct scene *s, const struct crew *crew, size_t trait,
	   struct claque_evidence *out)
{
	const struct trait *t = &s->belief.traits[trait];
	const struct claque_signal_info *info = &t->signal->info;
	struct spread in = spread_of(t, crew);

	if (in.known == 0 || t->known < in.known + BACKGROUND_MIN)
		return false;
	*out = (struct claque_evidence){
		.axis = info->axis, .signal = info->name, .unit = "accounts",
		.n = in.known, .observed = (double)in.showing,
		.expected = in.rate * (double)in.known,
		.p = exp(null_binomial_tail(in.known, cut_to(in.rate, 0, 1), in.showing)),
		.log_odds = trait_of_group(t, in.counts),
	};
	/* Not to be verified or followed is what most people are. */
	if (info->axis == CLAQUE_OVERTNESS && out->log_odds > WORTH_SAYING)
		return false;
	if (out->log_odds > 0 && out->observed < out->expected) {
		tell_alike(t, crew, &in, out);
		return true;
	}
	show_rows(t, crew, NO_BIN, out);
	(void)snprintf(out->text, sizeof(out->text),
		       "%llu of %llu accounts%s %s; %.1f %% of %s in the file%s",
		       (unsigned long long)in.showing, (unsigned long long)in.known,
		       whom(t->signal), t->signal->says, 100 * in.rate, others(t->signal),
		       out->log_odds < 0 && out->observed > out->expected ?
		       ", but accounts run by one hand would be more alike" : "");
	return true;
}
