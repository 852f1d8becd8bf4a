/*
 * like.c - more like these: all accounts by what they share with marked ones.
 *
 * Things in common are weighed by the share of the others who acted on them
 * that are marked, so that rare things count, and things that several marked
 * accounts acted on count most; the sum is held against what the account's
 * activity alone would give, as a compound Poisson of the same mean and
 * variance. p-values turned into odds after Sellke, Bayarri and Berger (2001).
 */
#include "config.h"

#include "claque/explain.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "engine/likeness.h"
#include "engine/null.h"
#include "engine/odds.h"
#include "engine/signal.h"
#include "engine/tick.h"

/* See in_steps(). */
#define STEPS 0x1p40

#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define NEAR_MS (2 * DAY_MS)
#define THINGS_MOST 8.0
#define THINGS_LEAST (-0.5)
#define PROFILE_MOST 3.0
#define PROFILE_LEAST (-0.5)
/* Marked accounts that the file's rate is worth beside the real ones. */
#define RATE_WORTH 5.0
enum { AVATAR_BITS = 10 };

struct likes {
	struct workings w;
	const struct claque_dataset *ds;
	bool *marked;		/* by account number */
	size_t marked_count;
	uint32_t cap;
	struct claque_alike *items;	/* by account number, while at work */
};

/* What one kind of things gives, by rank. */
struct things {
	double *weight;
	uint32_t *objects, *common;
	double each, squares;	/* expected weight of one act, and of its square */
	double hit;		/* chance that one act is on a thing of marked accounts */
	uint64_t total;		/* accounts on things, all together */
};

/* One thing: the different ranks that acted on it, first `count` of room. */
static size_t
read_thing(const struct coact *c, uint32_t object, uint32_t *stamps, uint32_t *room)
{
	size_t n = 0;

	for (uint64_t i = c->from[object]; i < c->from[object + 1]; i++) {
		uint32_t rank = c->acts[i].account;

		if (stamps[rank] == object + 1)
			continue;
		stamps[rank] = object + 1;
		room[n++] = rank;
	}
	return n;
}

static void
add_thing(const struct likes *l, struct things *t, const uint32_t *ranks, size_t count)
{
	size_t marked = 0;
	double weight;

	for (size_t i = 0; i < count; i++) {
		marked += l->marked[l->ds->by_rank[ranks[i]]];
		t->objects[ranks[i]]++;
	}
	t->total += count;
	if (marked == 0 || count < 2)
		return;
	weight = in_steps((double)marked / (double)(count - 1), STEPS);
	weight = weight < 1 ? weight : 1;
	t->each += in_steps((double)count * weight, STEPS);
	t->squares += in_steps((double)count * weight * weight, STEPS);
	t->hit += (double)count;
	for (size_t i = 0; i < count; i++) {
		t->weight[ranks[i]] += weight;
		t->common[ranks[i]]++;
	}
}

/* ln p as natural-log odds; see odds_of_p(). */
static double
odds_of_ln_p(double ln_p)
{
	return cut_to(log(0.25) - 0.75 * ln_p, THINGS_LEAST, THINGS_MOST);
}

static void
judge_things(struct likes *l, const struct things *t, enum claque_like_part part)
{
	double total = (double)t->total, scale = t->each > 0 ? t->squares / t->each : 1;

	for (uint32_t r = 0; r < l->ds->account_names.count; r++) {
		struct claque_alike *item = &l->items[l->ds->by_rank[r]];
		double acts = t->objects[r], mean = acts * t->each / total;

		if (t->objects[r] == 0 || t->each <= 0)
			continue;
		item->parts[part] = odds_of_ln_p(null_poisson_tail(mean / scale,
			(uint64_t)(t->weight[r] / scale)));
		if (part != CLAQUE_LIKE_SOURCES)
			continue;
		item->common = t->common[r];
		item->expected = acts * t->hit / total;
		item->p = exp(null_poisson_tail(item->expected, item->common));
	}
}

static enum claque_rc
compare_things(struct likes *l, const struct signal *signal, enum claque_like_part part,
	       const struct claque_progress *progress, struct claque_err *err)
{
	struct ticker tk = { .progress = progress, .stage = "comparing what is shared" };
	uint32_t accounts = l->ds->account_names.count, *stamps, *room;
	double params[CLAQUE_PARAM_MAX];
	struct things t = { .each = 0 };
	struct coact c;
	enum claque_rc rc;

	signal_defaults(signal, params);
	rc = signal->acts(&l->w, params, progress, &c, err);
	if (rc != CLAQUE_OK)
		return rc;
	t.weight = ARRAY_NEW(double, accounts);
	t.objects = ARRAY_NEW(uint32_t, accounts);
	t.common = ARRAY_NEW(uint32_t, accounts);
	stamps = ARRAY_NEW(uint32_t, accounts);
	room = ARRAY_NEW(uint32_t, accounts);
	tk.total = c.count;
	for (uint32_t o = 0; o < c.object_count && rc == CLAQUE_OK; o++) {
		size_t count = read_thing(&c, o, stamps, room);

		if (l->cap == 0 || count <= l->cap)
			add_thing(l, &t, room, count);
		if (!tick(&tk, c.from[o + 1] - c.from[o], 8 * (c.from[o + 1] - c.from[o]) + 1))
			rc = CLAQUE_STOPPED;
	}
	if (rc == CLAQUE_OK)
		judge_things(l, &t, part);
	coact_done(&c);
	array_free(t.weight);
	array_free(t.objects);
	array_free(t.common);
	array_free(stamps);
	array_free(room);
	return rc;
}

/* A source copied is a text, too: of the texts only what they tell beyond sources counts. */
static void
take_sources_out_of_texts(struct likes *l)
{
	for (uint32_t a = 0; a < l->ds->account_names.count; a++) {
		double *parts = l->items[a].parts, more;

		more = parts[CLAQUE_LIKE_TEXTS] - cut_to(parts[CLAQUE_LIKE_SOURCES], 0, HUGE_VAL);
		parts[CLAQUE_LIKE_TEXTS] = more > 0 ? more : 0;
	}
}

/* Of S marked accounts m are like it, and of all others the share `rate`. */
static double
odds_of_rate(double m, double marked, double rate)
{
	return rate > 0 ? cut_to(log((m + RATE_WORTH * rate) / (marked + RATE_WORTH) / rate),
				 PROFILE_LEAST, PROFILE_MOST) : 0;
}

struct birth {
	int64_t at;
	uint32_t account;
};

static int
compare_births(const void *pa, const void *pb)
{
	const struct birth *a = pa, *b = pb;

	return (a->at > b->at) - (a->at < b->at);
}

static void
compare_creation(struct likes *l)
{
	uint32_t accounts = l->ds->account_names.count;
	struct birth *births = ARRAY_NEW(struct birth, accounts);
	size_t n = 0, lo = 0, hi = 0, near = 0, marked = 0;

	for (uint32_t a = 0; a < accounts; a++)
		if (l->ds->accounts[a].created_at != CLAQUE_NO_TIME) {
			births[n++] = (struct birth){ l->ds->accounts[a].created_at, a };
			marked += l->marked[a];
		}
	array_sort(births, n, sizeof(*births), compare_births);
	for (size_t i = 0; i < n && marked > 0; i++) {
		while (hi < n && births[hi].at - births[i].at <= NEAR_MS)
			near += l->marked[births[hi++].account];
		while (births[i].at - births[lo].at > NEAR_MS)
			near -= l->marked[births[lo++].account];
		l->items[births[i].account].parts[CLAQUE_LIKE_CREATION] =
			odds_of_rate((double)near, (double)marked, (double)(hi - lo) / (double)n);
	}
	array_free(births);
}

static uint32_t
pictures_near(const struct likes *l, const uint64_t *hashes, size_t count, uint32_t account)
{
	const struct account *a = &l->ds->accounts[account];
	uint32_t n = 0;

	if (a->avatar != CLAQUE_AVATAR_HASH)
		return 0;
	for (size_t i = 0; i < count; i++)
		n += __builtin_popcountll(hashes[i] ^ a->avatar_hash) <= AVATAR_BITS;
	return n;
}

static enum claque_rc
compare_pictures(struct likes *l, const struct claque_progress *progress)
{
	uint32_t accounts = l->ds->account_names.count;
	struct ticker t = { .progress = progress, .stage = "comparing pictures",
			    .total = accounts };
	uint64_t *hashes = ARRAY_NEW(uint64_t, l->marked_count);
	uint32_t *near = ARRAY_NEW(uint32_t, accounts);
	size_t count = 0, known = 0, hits = 0;
	enum claque_rc rc = CLAQUE_OK;

	for (uint32_t a = 0; a < accounts; a++)
		if (l->marked[a] && l->ds->accounts[a].avatar == CLAQUE_AVATAR_HASH)
			hashes[count++] = l->ds->accounts[a].avatar_hash;
	for (uint32_t a = 0; a < accounts && rc == CLAQUE_OK; a++) {
		near[a] = l->marked[a] ? 0 : pictures_near(l, hashes, count, a);
		known += l->ds->accounts[a].avatar == CLAQUE_AVATAR_HASH;
		hits += near[a] > 0;
		if (!tick(&t, 1, count + 1))
			rc = CLAQUE_STOPPED;
	}
	for (uint32_t a = 0; a < accounts && rc == CLAQUE_OK; a++)
		if (near[a] > 0)
			l->items[a].parts[CLAQUE_LIKE_PICTURES] =
				cut_to(odds_of_rate(near[a], (double)count,
						    (double)hits / (double)known), 0, PROFILE_MOST);
	array_free(hashes);
	array_free(near);
	return rc;
}

static enum claque_rc
compare_habits(struct likes *l, const struct claque_progress *progress)
{
	uint32_t accounts = l->ds->account_names.count;
	double *log_odds = ARRAY_NEW(double, accounts);
	enum claque_rc rc = likeness_find(l->ds, l->marked, progress, log_odds);

	for (uint32_t a = 0; a < accounts && rc == CLAQUE_OK; a++)
		l->items[a].parts[CLAQUE_LIKE_HABITS] = log_odds[a];
	array_free(log_odds);
	return rc;
}

static enum claque_rc
compare_all(struct likes *l, const struct claque_progress *progress, struct claque_err *err)
{
	static const struct {
		enum claque_like_part part;
		const struct signal *signal;
	} kinds[] = {
		{ CLAQUE_LIKE_SOURCES, &signal_co_source }, { CLAQUE_LIKE_URLS, &signal_co_url },
		{ CLAQUE_LIKE_MEDIA, &signal_co_media }, { CLAQUE_LIKE_TAGS, &signal_tag_sequence },
		{ CLAQUE_LIKE_TEXTS, &signal_co_text },
	};
	enum claque_rc rc = workings_init(&l->w, l->ds, WORKING_TEXTS | WORKING_SOURCE, progress,
					  err);

	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds) && rc == CLAQUE_OK; k++)
		rc = compare_things(l, kinds[k].signal, kinds[k].part, progress, err);
	if (rc == CLAQUE_OK)
		rc = compare_habits(l, progress);
	if (rc == CLAQUE_OK)
		rc = compare_pictures(l, progress);
	if (rc == CLAQUE_OK) {
		compare_creation(l);
		take_sources_out_of_texts(l);
	}
	workings_done(&l->w);
	return rc;
}

static int
compare_alike(const void *pa, const void *pb, void *ctx)
{
	const struct claque_alike *a = pa, *b = pb;
	const struct claque_dataset *ds = ctx;

	if (a->total < b->total || a->total > b->total)
		return a->total > b->total ? -1 : 1;
	return ds->rank[a->account] < ds->rank[b->account] ? -1 : 1;
}

/* Leaves out the marked ones and sorts the others. */
static void
rank_all(struct likes *l, struct claque_alikes *out)
{
	size_t n = 0;

	for (uint32_t a = 0; a < l->ds->account_names.count; a++) {
		struct claque_alike item = l->items[a];

		if (l->marked[a])
			continue;
		item.account = a;
		for (int p = 0; p < CLAQUE_LIKE_PARTS; p++)
			item.total += item.parts[p];
		l->items[n++] = item;
	}
	qsort_r(l->items, n, sizeof(*l->items), compare_alike, (void *)(uintptr_t)l->ds);
	*out = (struct claque_alikes){ l->items, n };
}

static enum claque_rc
mark_all(struct likes *l, const uint32_t *marked, size_t count, struct claque_err *err)
{
	if (!l->ds->sealed)
		return err_set(err, CLAQUE_EUSAGE, "the dataset is not sealed yet");
	if (count == 0)
		return err_set(err, CLAQUE_EUSAGE, "like whom? give one account or more");
	for (size_t i = 0; i < count; i++) {
		if (marked[i] >= l->ds->account_names.count)
			return err_set(err, CLAQUE_EUSAGE, "account %u was never added", marked[i]);
		l->marked_count += !l->marked[marked[i]];
		l->marked[marked[i]] = true;
	}
	return CLAQUE_OK;
}

enum claque_rc
claque_like(const struct claque_dataset *ds, const uint32_t *marked, size_t marked_count,
	    uint32_t object_cap, const struct claque_progress *progress, struct claque_alikes *out,
	    struct claque_err *err)
{
	struct likes l = { .ds = ds, .cap = object_cap };
	enum claque_rc rc;

	*out = (struct claque_alikes){ 0 };
	l.marked = ARRAY_NEW(bool, ds->account_names.count);
	l.items = ARRAY_NEW(struct claque_alike, ds->account_names.count);
	for (uint32_t a = 0; a < ds->account_names.count; a++)
		l.items[a].p = 1;
	rc = mark_all(&l, marked, marked_count, err);
	if (rc == CLAQUE_OK)
		rc = compare_all(&l, progress, err);
	if (rc == CLAQUE_OK)
		rank_all(&l, out);
	else
		array_free(l.items);
	array_free(l.marked);
	return rc;
}

void
claque_alikes_done(struct claque_alikes *alikes)
{
	array_free(alikes->items);
	*alikes = (struct claque_alikes){ 0 };
}

const char *
claque_like_name(enum claque_like_part part)
{
#define X(id, name, help) name,
	static const char *const names[CLAQUE_LIKE_PARTS] = { CLAQUE_LIKE_LIST(X) };
#undef X

	return (unsigned)part < CLAQUE_LIKE_PARTS ? names[part] : "";
}
