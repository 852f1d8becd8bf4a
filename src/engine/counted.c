/*
 * counted.c - a network from counts made elsewhere: the marginals go where kept.c would
 * have put them, and from there on everything is what network.c does.
 */
#include "config.h"

#include "claque/counted.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "engine/edge.h"
#include "engine/null.h"
#include "engine/tick.h"

enum { COUNTED_ID_MAX = 8192, COMMON_TIMES_MAX = 1 << 24 };

/* Sums past this are no exact doubles, and no file has them. */
#define COUNT_MAX (UINT64_C(1) << 52)
#define TIME_MAX (INT64_C(1) << 53)
#define WEEK_MAX (TIME_MAX / (INT64_C(7) * 24 * 3600 * 1000))

struct counted_load {
	int64_t week;
	uint32_t account;
	uint32_t objects;
};

struct counted_week {
	int64_t week;
	uint64_t degrees, squares;
};

/* Before it is merged: of one shard. */
struct counted_part {
	uint32_t a, b;		/* ranks once closed, numbers before */
	uint32_t weight;
	uint32_t a_first, b_first;
	int64_t first_seen, last_seen;
	uint64_t lags;
	uint32_t lag_count;
};

struct counted_common {
	uint32_t pair, times;
	int64_t pairs, near;
	bool hit;
};

struct claque_counted {
	struct map names;	/* id, NUL, platform */
	uint32_t *id_lens;
	size_t id_lens_cap;
	uint64_t *objects;	/* by number */
	size_t objects_cap;
	struct counted_load *loads;
	size_t load_count, loads_cap;
	struct counted_week *weeks;
	size_t week_count, weeks_cap;
	struct counted_week whole;
	uint64_t near;
	struct counted_part *parts;
	size_t part_count, parts_cap;
	int64_t *lags;
	size_t lag_count, lags_cap;

	bool closed;
	struct kept kept;	/* degrees only */
	uint32_t *rank, *by_rank;
	struct claque_edge *edges;
	bool *outs;		/* by edge */
	size_t edge_count, edges_cap;
	double weight;		/* of all edges together */
	struct counted_common *commons;
	size_t common_count, commons_cap;
};

enum claque_rc
claque_counted_new(struct claque_counted **out, struct claque_err *err)
{
	struct claque_counted *c = ARRAY_NEW(struct claque_counted, 1);

	(void)err;
	map_init(&c->names);
	*out = c;
	return CLAQUE_OK;
}

void
claque_counted_free(struct claque_counted *c)
{
	if (c == NULL)
		return;
	kept_done(&c->kept);
	map_done(&c->names);
	array_free(c->id_lens);
	array_free(c->objects);
	array_free(c->loads);
	array_free(c->weeks);
	array_free(c->parts);
	array_free(c->lags);
	array_free(c->rank);
	array_free(c->by_rank);
	array_free(c->edges);
	array_free(c->outs);
	array_free(c->commons);
	array_free(c);
}

static enum claque_rc
check_open(const struct claque_counted *c, struct claque_err *err)
{
	return c->closed ? err_set(err, CLAQUE_EUSAGE, "the counts are closed") : CLAQUE_OK;
}

/* So many more must stay a number that sums exactly. */
static enum claque_rc
add_to(uint64_t *sum, uint64_t more, const char *what, struct claque_err *err)
{
	if (more > COUNT_MAX - *sum)
		return err_set(err, CLAQUE_EINPUT, "%s add up to more than 2^52", what);
	*sum += more;
	return CLAQUE_OK;
}

static enum claque_rc
check_account(const struct claque_counted *c, const struct claque_counted_account *account,
	      struct claque_err *err)
{
	uint64_t sum = 0;

	if (account->id.len > COUNTED_ID_MAX || account->platform.len > COUNTED_ID_MAX)
		return err_set(err, CLAQUE_ELIMIT, "an account id of more than %d bytes",
			       COUNTED_ID_MAX);
	if (c->names.count >= UINT32_MAX - 1)
		return err_set(err, CLAQUE_ELIMIT, "more than 2^32 - 2 accounts");
	for (size_t i = 0; i < account->week_count; i++) {
		uint64_t n = account->week_objects[i];

		if (n == 0 || n > account->objects || n > UINT32_MAX)
			return err_set(err, CLAQUE_EINPUT, "an account with %llu objects in a "
				       "week and %llu in all", (unsigned long long)n,
				       (unsigned long long)account->objects);
		sum += n;
	}
	if (account->objects == 0 || account->objects > UINT32_MAX || sum < account->objects)
		return err_set(err, CLAQUE_EINPUT, "an account with %llu objects, %llu by week",
			       (unsigned long long)account->objects, (unsigned long long)sum);
	return CLAQUE_OK;
}

static uint32_t
number_of(struct claque_counted *c, const struct claque_counted_account *account)
{
	char room[2 * COUNTED_ID_MAX + 1];
	size_t len = account->id.len;
	bool is_new;
	uint32_t number;

	array_copy(room, account->id.p, len, 1);
	room[len++] = '\0';
	array_copy(room + len, account->platform.p, account->platform.len, 1);
	number = map_add(&c->names, (struct claque_str){ room, len + account->platform.len },
			 &is_new);
	if (!is_new)
		return number;
	ARRAY_GROW(c->id_lens, c->id_lens_cap, (size_t)number + 1);
	ARRAY_GROW(c->objects, c->objects_cap, (size_t)number + 1);
	c->id_lens[number] = (uint32_t)account->id.len;
	c->objects[number] = 0;
	return number;
}

enum claque_rc
claque_counted_add_account(struct claque_counted *c, const struct claque_counted_account *account,
			   uint32_t *out, struct claque_err *err)
{
	enum claque_rc rc = check_open(c, err);

	if (rc == CLAQUE_OK)
		rc = check_account(c, account, err);
	if (rc != CLAQUE_OK)
		return rc;
	*out = number_of(c, account);
	c->objects[*out] += account->objects;
	if (c->objects[*out] > UINT32_MAX)
		return err_set(err, CLAQUE_EINPUT, "an account with more than 2^32 - 1 objects");
	for (size_t i = 0; i < account->week_count; i++) {
		ARRAY_GROW(c->loads, c->loads_cap, c->load_count + 1);
		c->loads[c->load_count++] = (struct counted_load){
			account->weeks[i], *out, (uint32_t)account->week_objects[i] };
	}
	return CLAQUE_OK;
}

struct claque_str
claque_counted_account_id(const struct claque_counted *c, uint32_t account)
{
	return str_sub(map_key(&c->names, account), 0, c->id_lens[account]);
}

uint32_t
claque_counted_accounts(const struct claque_counted *c)
{
	return c->names.count;
}

static enum claque_rc
add_total(struct counted_week *to, const struct claque_counted_total *total, struct claque_err *err)
{
	enum claque_rc rc = add_to(&to->degrees, total->degrees, "degrees of objects", err);

	return rc == CLAQUE_OK ? add_to(&to->squares, total->squares, "pairs on objects", err) : rc;
}

enum claque_rc
claque_counted_add_week(struct claque_counted *c, int64_t week,
			const struct claque_counted_total *total, struct claque_err *err)
{
	size_t i = 0;
	enum claque_rc rc = check_open(c, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (week < -WEEK_MAX || week > WEEK_MAX)
		return err_set(err, CLAQUE_EINPUT, "a week number of %lld", (long long)week);
	while (i < c->week_count && c->weeks[i].week < week)
		i++;
	if (i == c->week_count || c->weeks[i].week != week) {
		ARRAY_GROW(c->weeks, c->weeks_cap, c->week_count + 1);
		memmove(c->weeks + i + 1, c->weeks + i, (c->week_count++ - i) * sizeof(*c->weeks));
		c->weeks[i] = (struct counted_week){ .week = week };
	}
	return add_total(&c->weeks[i], total, err);
}

enum claque_rc
claque_counted_add_whole(struct claque_counted *c, const struct claque_counted_total *total,
			 struct claque_err *err)
{
	enum claque_rc rc = check_open(c, err);

	return rc == CLAQUE_OK ? add_total(&c->whole, total, err) : rc;
}

enum claque_rc
claque_counted_add_near(struct claque_counted *c, uint64_t near, struct claque_err *err)
{
	enum claque_rc rc = check_open(c, err);

	return rc == CLAQUE_OK ? add_to(&c->near, near, "pairs of first acts", err) : rc;
}

static bool
is_time(int64_t at)
{
	return at >= -TIME_MAX && at <= TIME_MAX;
}

static enum claque_rc
check_pair(const struct claque_counted *c, const struct claque_counted_pair *pair,
	   struct claque_err *err)
{
	bool right = pair->a < c->names.count && pair->b < c->names.count && pair->a != pair->b &&
		     pair->weight >= 1 && pair->weight <= pair->lag_count &&
		     pair->lag_count <= UINT32_MAX && pair->a_first <= pair->lag_count &&
		     pair->b_first <= pair->lag_count - pair->a_first &&
		     is_time(pair->first_seen) && is_time(pair->last_seen) &&
		     pair->first_seen <= pair->last_seen;

	for (size_t i = 0; i < pair->lag_count && right; i++)
		right = pair->lags_ms[i] >= 0 && pair->lags_ms[i] <= 2 * TIME_MAX;
	if (!right)
		return err_set(err, CLAQUE_EINPUT, "a pair of accounts whose counts contradict "
			       "each other (weight %llu of %zu pairs of acts)",
			       (unsigned long long)pair->weight, pair->lag_count);
	if (c->part_count >= UINT32_MAX - 1)
		return err_set(err, CLAQUE_ELIMIT, "more than 2^32 - 2 pairs of accounts");
	return CLAQUE_OK;
}

enum claque_rc
claque_counted_add_pair(struct claque_counted *c, const struct claque_counted_pair *pair,
			struct claque_err *err)
{
	enum claque_rc rc = check_open(c, err);

	if (rc == CLAQUE_OK)
		rc = check_pair(c, pair, err);
	if (rc != CLAQUE_OK)
		return rc;
	ARRAY_GROW(c->parts, c->parts_cap, c->part_count + 1);
	c->parts[c->part_count++] = (struct counted_part){
		.a = pair->a, .b = pair->b, .weight = (uint32_t)pair->weight,
		.a_first = (uint32_t)pair->a_first, .b_first = (uint32_t)pair->b_first,
		.first_seen = pair->first_seen, .last_seen = pair->last_seen,
		.lags = c->lag_count, .lag_count = (uint32_t)pair->lag_count,
	};
	ARRAY_GROW(c->lags, c->lags_cap, c->lag_count + pair->lag_count);
	memcpy(c->lags + c->lag_count, pair->lags_ms, pair->lag_count * sizeof(*c->lags));
	c->lag_count += pair->lag_count;
	return CLAQUE_OK;
}

static int
compare_names(const void *pa, const void *pb, void *names)
{
	return str_cmp(map_key(names, *(const uint32_t *)pa),
		       map_key(names, *(const uint32_t *)pb));
}

static void
rank_accounts(struct claque_counted *c)
{
	uint32_t count = c->names.count;

	c->rank = ARRAY_NEW(uint32_t, count);
	c->by_rank = ARRAY_NEW(uint32_t, count);
	for (uint32_t i = 0; i < count; i++)
		c->by_rank[i] = i;
	if (count > 1)
		qsort_r(c->by_rank, count, sizeof(*c->by_rank), compare_names, &c->names);
	for (uint32_t r = 0; r < count; r++)
		c->rank[c->by_rank[r]] = r;
}

static int
compare_loads(const void *pa, const void *pb, void *rank)
{
	const struct counted_load *a = pa, *b = pb;
	const uint32_t *ranks = rank;

	if (a->account != b->account)
		return ranks[a->account] < ranks[b->account] ? -1 : 1;
	return (a->week > b->week) - (a->week < b->week);
}

/* The week's place among those told, or their number. */
static size_t
week_place(const struct claque_counted *c, int64_t week)
{
	size_t lo = 0, hi = c->week_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (c->weeks[mid].week < week)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->week_count && c->weeks[lo].week == week ? lo : c->week_count;
}

static enum claque_rc
fold_loads(struct claque_counted *c, struct claque_err *err)
{
	struct kept *k = &c->kept;
	size_t count = 0;

	if (c->load_count > 1)
		qsort_r(c->loads, c->load_count, sizeof(*c->loads), compare_loads, c->rank);
	k->load_from = ARRAY_NEW(uint64_t, (size_t)k->account_count + 1);
	k->loads = ARRAY_NEW(struct load, c->load_count);
	for (size_t i = 0; i < c->load_count; i++) {
		const struct counted_load *l = &c->loads[i];
		size_t week = week_place(c, l->week);

		if (week == c->week_count)
			return err_set(err, CLAQUE_EINPUT, "an account that acts in week %lld, of "
				       "which no totals came", (long long)l->week);
		if (i > 0 && l[-1].account == l->account && l[-1].week == l->week)
			k->loads[count - 1].objects += l->objects;
		else
			k->loads[count++] = (struct load){ (uint32_t)week, l->objects };
		k->load_from[c->rank[l->account] + 1] = count;
	}
	for (uint32_t r = 0; r < k->account_count; r++)
		if (k->load_from[r + 1] == 0)
			k->load_from[r + 1] = k->load_from[r];
	return CLAQUE_OK;
}

static double
phi_of(const struct counted_week *w)
{
	double total = (double)w->degrees;

	return total > 0 ? (double)w->squares / (total * total) : 0;
}

static enum claque_rc
keep_degrees(struct claque_counted *c, struct claque_err *err)
{
	struct kept *k = &c->kept;

	*k = (struct kept){ .account_count = c->names.count, .active = c->names.count };
	k->objects = ARRAY_NEW(uint32_t, k->account_count);
	for (uint32_t i = 0; i < k->account_count; i++)
		k->objects[c->rank[i]] = (uint32_t)c->objects[i];
	k->week_phi = ARRAY_NEW(double, c->week_count);
	for (size_t w = 0; w < c->week_count; w++) {
		k->week_phi[w] = phi_of(&c->weeks[w]);
		k->week_pairs += (double)c->weeks[w].squares / 2;
	}
	k->phi = phi_of(&c->whole);
	k->pairs = (double)c->whole.squares / 2;
	return fold_loads(c, err);
}

static int
compare_parts(const void *pa, const void *pb)
{
	const struct counted_part *x = pa, *y = pb;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	return (x->lags > y->lags) - (x->lags < y->lags);
}

/* From numbers to ranks, the lower one first. */
static void
orient_parts(struct claque_counted *c)
{
	for (size_t i = 0; i < c->part_count; i++) {
		struct counted_part *p = &c->parts[i];
		uint32_t a = c->rank[p->a], b = c->rank[p->b];
		uint32_t first = p->a_first;

		p->a = a < b ? a : b;
		p->b = a < b ? b : a;
		if (a > b) {
			p->a_first = p->b_first;
			p->b_first = first;
		}
	}
}

/* One pair of accounts, of count shards. */
static void
merge_parts(struct claque_counted *c, const struct counted_part *parts, size_t count,
	    struct edge_room *room, struct claque_edge *out)
{
	uint64_t a_first = 0, b_first = 0;
	size_t lags = 0;

	memset(out, 0, sizeof(*out));
	out->a = c->by_rank[parts->a];
	out->b = c->by_rank[parts->b];
	out->p = out->q = 1;
	out->first_seen = INT64_MAX;
	out->last_seen = INT64_MIN;
	for (size_t i = 0; i < count; i++) {
		const struct counted_part *p = &parts[i];

		out->weight += p->weight;
		a_first += p->a_first;
		b_first += p->b_first;
		out->first_seen = p->first_seen < out->first_seen ? p->first_seen : out->first_seen;
		out->last_seen = p->last_seen > out->last_seen ? p->last_seen : out->last_seen;
		ARRAY_GROW(room->lags, room->cap, lags + p->lag_count);
		memcpy(room->lags + lags, c->lags + p->lags, p->lag_count * sizeof(*room->lags));
		lags += p->lag_count;
	}
	out->pairs = (uint32_t)lags;
	out->median_lag_s = edge_median_s(room->lags, lags);
	out->leader = a_first > b_first ? out->a : b_first > a_first ? out->b : CLAQUE_NO_LEADER;
	out->expected = kept_pair_part(&c->kept, parts->a, parts->b);
}

static enum claque_rc
merge_all(struct claque_counted *c, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "merging", .total = c->part_count };
	struct edge_room room = { 0 };
	enum claque_rc rc = CLAQUE_OK;

	array_sort(c->parts, c->part_count, sizeof(*c->parts), compare_parts);
	for (size_t i = 0, j; i < c->part_count && rc == CLAQUE_OK; i = j) {
		for (j = i + 1; j < c->part_count && c->parts[j].a == c->parts[i].a &&
				c->parts[j].b == c->parts[i].b; j++)
			;
		ARRAY_GROW(c->edges, c->edges_cap, c->edge_count + 1);
		merge_parts(c, &c->parts[i], j - i, &room, &c->edges[c->edge_count]);
		c->weight += c->edges[c->edge_count++].weight;
		rc = tick(&t, j - i, 64) ? CLAQUE_OK : CLAQUE_STOPPED;
	}
	array_free(room.lags);
	return rc;
}

static void
tell_outs(struct claque_counted *c)
{
	c->outs = ARRAY_NEW(bool, c->edge_count);
	for (size_t i = 0; i < c->edge_count; i++) {
		const struct claque_edge *e = &c->edges[i];

		c->outs[i] = pace_stands_out(e->weight,
			null_poisson_tail(e->expected * c->weight, e->weight));
	}
}

enum claque_rc
claque_counted_close(struct claque_counted *c, const struct claque_progress *progress,
		     struct claque_err *err)
{
	enum claque_rc rc = check_open(c, err);

	if (rc != CLAQUE_OK)
		return rc;
	c->closed = true;
	rank_accounts(c);
	rc = keep_degrees(c, err);
	if (rc != CLAQUE_OK)
		return rc;
	orient_parts(c);
	rc = merge_all(c, progress);
	if (rc == CLAQUE_OK)
		tell_outs(c);
	return rc;
}

uint32_t
claque_counted_pairs(const struct claque_counted *c)
{
	return (uint32_t)c->edge_count;
}

void
claque_counted_pair_at(const struct claque_counted *c, uint32_t pair, uint32_t *a, uint32_t *b,
		       bool *out)
{
	*a = c->edges[pair].a;
	*b = c->edges[pair].b;
	*out = c->outs[pair];
}

enum claque_rc
claque_counted_add_common(struct claque_counted *c, uint32_t pair,
			  const struct claque_counted_common *common, struct claque_err *err)
{
	if (c->outs == NULL || pair >= c->edge_count)
		return err_set(err, CLAQUE_EUSAGE, "there is no pair %u", (unsigned)pair);
	if (common->times == 0 || common->times > COMMON_TIMES_MAX ||
	    common->near > common->pairs ||
	    common->pairs < -TIME_MAX || common->pairs > TIME_MAX || common->near < -TIME_MAX)
		return err_set(err, CLAQUE_EINPUT, "%lld of %lld pairs of first acts on an object",
			       (long long)common->near, (long long)common->pairs);
	ARRAY_GROW(c->commons, c->commons_cap, c->common_count + 1);
	c->commons[c->common_count++] = (struct counted_common){
		pair, (uint32_t)common->times, common->pairs, common->near, common->hit };
	return CLAQUE_OK;
}

static int
compare_commons(const void *pa, const void *pb)
{
	const struct counted_common *a = pa, *b = pb;

	return (a->pair > b->pair) - (a->pair < b->pair);
}

/* The objects of one pair, from *at on, which is moved behind them. */
static enum claque_rc
judge_one(struct claque_counted *c, struct pace_room *room, size_t pair, size_t *at,
	  struct claque_err *err)
{
	double mean = c->kept.pairs > 0 ? (double)c->near / c->kept.pairs : 0;
	uint32_t common = 0, hits = 0;
	struct meeting m;

	for (; *at < c->common_count && c->commons[*at].pair == pair; (*at)++) {
		const struct counted_common *o = &c->commons[*at];
		double rate = pace_rate_left(o->near, o->pairs, mean, !c->outs[pair], o->hit);

		if (o->times > UINT32_MAX - common)
			return err_set(err, CLAQUE_EINPUT, "two accounts with 2^32 objects");
		ARRAY_GROW(room->rates, room->cap, (size_t)common + o->times);
		for (uint32_t i = 0; i < o->times; i++)
			room->rates[common++] = rate;
		hits += o->hit ? o->times : 0;
	}
	m = meeting_of(room->rates, common, hits);
	edge_judge_within(&c->edges[pair], &m, c->kept.pairs, c->weight);
	return CLAQUE_OK;
}

static enum claque_rc
judge_all(struct claque_counted *c, const struct claque_progress *progress, struct claque_err *err)
{
	struct ticker t = { .progress = progress, .stage = "judging", .total = c->edge_count };
	struct pace_room room = { 0 };
	size_t at = 0;
	enum claque_rc rc = CLAQUE_OK;

	array_sort(c->commons, c->common_count, sizeof(*c->commons), compare_commons);
	for (size_t i = 0; i < c->edge_count && rc == CLAQUE_OK; i++) {
		rc = judge_one(c, &room, i, &at, err);
		if (rc == CLAQUE_OK && !tick(&t, 1, 128))
			rc = CLAQUE_STOPPED;
	}
	array_free(room.rates);
	return rc;
}

enum claque_rc
claque_counted_finish(struct claque_counted *c, const struct claque_network_settings *settings,
		      const struct claque_progress *progress, struct claque_network *out,
		      struct claque_err *err)
{
	uint64_t active = c->kept.active, tests = active * (active - (active > 0)) / 2;
	enum claque_rc rc;

	*out = (struct claque_network){ 0 };
	if (c->outs == NULL)
		return err_set(err, CLAQUE_EUSAGE, "the counts are not closed");
	rc = judge_all(c, progress, err);
	if (rc == CLAQUE_OK)
		rc = edge_correct(c->edges, c->edge_count, (double)tests, progress);
	if (rc != CLAQUE_OK)
		return rc;
	*out = (struct claque_network){
		.edges = c->edges, .pairs_tested = tests,
		.edge_count = edge_drop(c->edges, c->edge_count, settings),
	};
	c->edges = NULL;
	c->edge_count = 0;
	return CLAQUE_OK;
}
