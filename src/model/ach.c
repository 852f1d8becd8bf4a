#include "config.h"

#include "model/ach.h"

#include <stdlib.h>

static void
count_hypothesis(struct ach *ach, size_t column)
{
	struct ach_hypothesis *h = &ach->hypotheses[column];

	memset(h->rated, 0, sizeof(h->rated));
	for (size_t i = 0; i < ach->evidence_count; i++)
		h->rated[ach->evidence[i].ratings[column]]++;
	h->inconsistent = h->rated[ACH_I] + h->rated[ACH_II];
}

static void
count_evidence(struct ach_evidence *e, size_t hypotheses)
{
	int best = rating_value(ACH_II), worst = rating_value(ACH_CC);

	e->hypotheses = 0;
	for (size_t k = 0; k < hypotheses; k++) {
		int value = rating_value(e->ratings[k]);

		if (e->ratings[k] == ACH_NONE)
			continue;
		e->hypotheses++;
		best = value > best ? value : best;
		worst = value < worst ? value : worst;
	}
	e->spread = e->hypotheses > 0 ? best - worst : 0;
}

static int
by_spread(const void *a, const void *b)
{
	const struct ach_evidence *x = a, *y = b;

	if (x->spread != y->spread)
		return (x->spread < y->spread) - (x->spread > y->spread);
	return (x->id > y->id) - (x->id < y->id);
}

static bool
is_tested(const struct ach *ach, const struct ach_hypothesis *h)
{
	return h->rated[ACH_NONE] < ach->evidence_count;
}

/* Below 0: a is the better one; 0: as good. */
static int
compare(const struct ach *ach, const struct ach_hypothesis *a, const struct ach_hypothesis *b)
{
	if (is_tested(ach, a) != is_tested(ach, b))
		return is_tested(ach, a) ? -1 : 1;
	if (a->inconsistent != b->inconsistent)
		return a->inconsistent < b->inconsistent ? -1 : 1;
	return (a->rated[ACH_II] > b->rated[ACH_II]) - (a->rated[ACH_II] < b->rated[ACH_II]);
}

/* A handful: sorted by insertion, which keeps equals as they stand. */
static void
sort_hypotheses(struct ach *ach)
{
	for (size_t i = 0; i < ach->hypothesis_count; i++) {
		size_t at = i;

		for (; at > 0 && compare(ach, &ach->hypotheses[i],
					 &ach->hypotheses[ach->order[at - 1]]) < 0; at--)
			ach->order[at] = ach->order[at - 1];
		ach->order[at] = i;
	}
}

static void
rank_hypotheses(struct ach *ach)
{
	for (size_t i = 0; i < ach->hypothesis_count; i++) {
		struct ach_hypothesis *h = &ach->hypotheses[ach->order[i]];
		const struct ach_hypothesis *before = i > 0 ? &ach->hypotheses[ach->order[i - 1]] :
						      NULL;

		h->rank = !is_tested(ach, h) ? 0 :
			  before != NULL && compare(ach, before, h) == 0 ? before->rank : i + 1;
	}
}

void
ach_count(struct ach *ach, struct arena *perm)
{
	for (size_t k = 0; k < ach->hypothesis_count; k++)
		count_hypothesis(ach, k);
	for (size_t i = 0; i < ach->evidence_count; i++)
		count_evidence(&ach->evidence[i], ach->hypothesis_count);
	if (ach->evidence_count > 1)
		qsort(ach->evidence, ach->evidence_count, sizeof(*ach->evidence), by_spread);
	ach->order = ARENA_NEW(perm, size_t, ach->hypothesis_count + 1);
	sort_hypotheses(ach);
	rank_hypotheses(ach);
}

size_t
ach_find(const struct ach *ach, struct claque_str key)
{
	size_t k = 0;

	while (k < ach->hypothesis_count && !str_eq_nocase(ach->hypotheses[k].key, key))
		k++;
	return k;
}

const char *
ach_worth(const struct ach_evidence *e)
{
	static const char *const words[] = {
		"distinguishes nothing", "tells a little apart", "tells apart", "tells well apart",
		"tells best apart",
	};

	if (e->hypotheses < 2)
		return e->hypotheses == 0 ? "not rated yet" : "rated under one only";
	return words[e->spread];
}
