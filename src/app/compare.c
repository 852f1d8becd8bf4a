/*
 * compare.c - what speaks for two being of one hand, and what against, beside
 * random pairs. A trait speaks for it if at most one of the controls is as
 * alike, against if half of them are: then it is what anybody shows.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "app/picture.h"

static const struct {
	const char *words;
	bool more;
} traits[] = {
#define X(id, words_, more_) [PAIR_##id] = { words_, more_ },
	PAIR_TRAIT_LIST(X)
#undef X
};

const char *
trait_words(enum pair_trait trait)
{
	return traits[trait].words;
}

static int
by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static bool
as_alike(enum pair_trait trait, double control, double own)
{
	return traits[trait].more ? control >= own : control <= own;
}

static enum trait_side
side_of(enum pair_trait trait, const struct trait_result *t)
{
	if (isnan(t->own) || t->controls == 0)
		return TRAIT_UNKNOWN;
	if (traits[trait].more && t->own <= 0)
		return TRAIT_AGAINST;
	if (t->as_alike <= 1 && t->controls >= COMPARE_LEAST)
		return TRAIT_FOR;
	return 2 * t->as_alike >= t->controls ? TRAIT_AGAINST : TRAIT_NEITHER;
}

void
compare_judge(struct compare_picture *p)
{
	for (int i = 0; i < PAIR_TRAIT_COUNT; i++) {
		struct trait_result *t = &p->traits[i];
		double values[COMPARE_CONTROLS];

		*t = (struct trait_result){ .own = p->pair.traits[i], .control = (double)NAN };
		for (size_t k = 0; k < p->control_count; k++)
			if (!isnan(p->controls[k][i])) {
				values[t->controls++] = p->controls[k][i];
				t->as_alike += as_alike((enum pair_trait)i, p->controls[k][i],
							t->own);
			}
		if (t->controls > 0) {
			qsort(values, t->controls, sizeof(*values), by_value);
			t->control = values[t->controls / 2];
		}
		t->side = side_of((enum pair_trait)i, t);
	}
}
