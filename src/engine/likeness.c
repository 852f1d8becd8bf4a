#include "config.h"

#include "engine/likeness.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "engine/odds.h"
#include "engine/tick.h"

#define HOUR_MS (INT64_C(3600) * 1000)

/* Items of the habits at hand; clients past the most common ones are one. */
enum { ITEMS_MAX = 64, HOURS = 48, CLIENTS = 24 };

/* Accounts that the file's shares are worth beside the marked ones'. */
#define BACKGROUND_WORTH 5.0

struct habit {
	unsigned (*item)(const struct claque_dataset *ds, const struct post *p,
			 const uint32_t *codes);
	double posts;		/* an account's posts count as so many at most */
	double cap;
};

static unsigned
kind_item(const struct claque_dataset *ds, const struct post *p, const uint32_t *codes)
{
	(void)ds;
	(void)codes;
	return p->kind;
}

/* 0 to 23 on working days, 24 to 47 on weekends, UTC; ITEMS_MAX without a time. */
static unsigned
hour_item(const struct claque_dataset *ds, const struct post *p, const uint32_t *codes)
{
	int64_t hours, days;

	(void)ds;
	(void)codes;
	if (p->at == CLAQUE_NO_TIME)
		return ITEMS_MAX;
	hours = p->at / HOUR_MS - (p->at % HOUR_MS < 0);
	days = hours / 24 - (hours % 24 < 0);
	/* Day 0 was a Thursday, three days after a Monday. */
	return (unsigned)(hours - days * 24) + ((days % 7 + 10) % 7 >= 5 ? 24 : 0);
}

static unsigned
client_item(const struct claque_dataset *ds, const struct post *p, const uint32_t *codes)
{
	(void)ds;
	return codes[p->client];
}

static const struct habit habits[] = {
	{ kind_item, 15, 1 },
	{ hour_item, 15, 1.5 },
	{ client_item, 8, 1 },
};

struct count {
	uint64_t posts;
	uint32_t string;
};

static int
compare_counts(const void *pa, const void *pb, void *ctx)
{
	const struct count *a = pa, *b = pb;
	const struct claque_dataset *ds = ctx;

	if (a->posts != b->posts)
		return a->posts > b->posts ? -1 : 1;
	return str_cmp(dataset_string(ds, a->string), dataset_string(ds, b->string));
}

/* The most common clients are numbered from 1 on; all others are 0. */
static uint32_t *
number_clients(const struct claque_dataset *ds)
{
	uint32_t *codes = ARRAY_NEW(uint32_t, ds->strings.count);
	struct count *counts = ARRAY_NEW(struct count, ds->strings.count);

	for (uint32_t i = 0; i < ds->strings.count; i++)
		counts[i].string = i;
	for (size_t i = 0; i < ds->post_count; i++)
		counts[ds->posts[i].client].posts++;
	qsort_r(counts, ds->strings.count, sizeof(*counts), compare_counts,
		(void *)(uintptr_t)ds);
	for (uint32_t i = 0; i < CLIENTS && i < ds->strings.count; i++)
		if (counts[i].posts > 0)
			codes[counts[i].string] = i + 1;
	array_free(counts);
	return codes;
}

struct shares {
	double of[ITEMS_MAX];
	double total;
};

/* An account's posts by item. */
static struct shares
read_account(const struct claque_dataset *ds, uint32_t account, const struct habit *h,
	     const uint32_t *codes)
{
	struct shares s = { .total = 0 };

	for (uint64_t i = ds->post_from[account]; i < ds->post_from[account + 1]; i++) {
		unsigned item = h->item(ds, &ds->posts[i], codes);

		if (item >= ITEMS_MAX)
			continue;
		s.of[item]++;
		s.total++;
	}
	return s;
}

/* Each account counts once, however much it posts. By id: sums of fractions have an order. */
static struct shares
read_all(const struct claque_dataset *ds, const bool *marked, bool which, const struct habit *h,
	 const uint32_t *codes)
{
	struct shares all = { .total = 0 };

	for (uint32_t r = 0; r < ds->account_names.count; r++) {
		uint32_t a = ds->by_rank[r];
		struct shares one;

		if (marked[a] != which)
			continue;
		one = read_account(ds, a, h, codes);
		if (one.total <= 0)
			continue;
		for (int i = 0; i < ITEMS_MAX; i++)
			all.of[i] += one.of[i] / one.total;
		all.total++;
	}
	return all;
}

static void
compare_items(const struct shares *ours, const struct shares *others, double ratio[ITEMS_MAX])
{
	for (int i = 0; i < ITEMS_MAX; i++) {
		double open = (others->of[i] + 1.0 / ITEMS_MAX) / (others->total + 1);
		double like = (ours->of[i] + BACKGROUND_WORTH * open) /
			      (ours->total + BACKGROUND_WORTH);

		ratio[i] = log(like / open);
	}
}

static double
log_odds_of(const struct shares *s, const struct habit *h, const double ratio[ITEMS_MAX])
{
	double sum = 0;

	if (s->total <= 0)
		return 0;
	for (int i = 0; i < ITEMS_MAX; i++)
		sum += s->of[i] * ratio[i];
	if (s->total > h->posts)
		sum *= h->posts / s->total;
	return cut_to(sum, -h->cap, h->cap);
}

static enum claque_rc
add_habit(const struct claque_dataset *ds, const bool *marked, const struct habit *h,
	  const uint32_t *codes, struct ticker *t, double *log_odds)
{
	struct shares ours = read_all(ds, marked, true, h, codes);
	struct shares others = read_all(ds, marked, false, h, codes);
	double ratio[ITEMS_MAX];

	if (ours.total < LIKENESS_SEEDS_MIN)
		return CLAQUE_OK;
	compare_items(&ours, &others, ratio);
	for (uint32_t a = 0; a < ds->account_names.count; a++) {
		struct shares s = read_account(ds, a, h, codes);

		log_odds[a] += log_odds_of(&s, h, ratio);
		if (!tick(t, 1, 256 + 4 * (ds->post_from[a + 1] - ds->post_from[a])))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

enum claque_rc
likeness_find(const struct claque_dataset *ds, const bool *marked,
	      const struct claque_progress *progress, double *log_odds)
{
	enum { HABITS = sizeof(habits) / sizeof(habits[0]) };
	struct ticker t = { .progress = progress, .stage = "comparing habits",
			    .total = HABITS * (uint64_t)ds->account_names.count };
	uint32_t *codes = number_clients(ds);
	enum claque_rc rc = CLAQUE_OK;

	memset(log_odds, 0, ds->account_names.count * sizeof(*log_odds));
	for (size_t h = 0; h < HABITS && rc == CLAQUE_OK; h++)
		rc = add_habit(ds, marked, &habits[h], codes, &t, log_odds);
	array_free(codes);
	return rc;
}
