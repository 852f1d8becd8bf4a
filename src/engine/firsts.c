#include "config.h"

#include "engine/firsts.h"

#include "base/array.h"
#include "engine/sort.h"

struct lag {
	uint32_t key;		/* rank or group */
	int64_t ms;
};

/* A group on the object at hand. */
struct opening {
	size_t run;		/* that object's, plus 1 */
	uint32_t rank;		/* who was first */
	int64_t at;
	uint32_t members;
	bool tie;
};

struct firsts {
	const struct scene *s;
	struct opening *openings;	/* by group */
	size_t *seen;		/* by rank: the last run that saw it, plus 1 */
	uint32_t *firsts;	/* by rank: objects */
	uint32_t *common;	/* by group: objects of two members or more */
	struct lag *lags;	/* by rank */
	size_t count, cap;
};

static void
close_opening(struct firsts *f, uint32_t group)
{
	const struct opening *o = &f->openings[group];

	f->common[group] += o->members > 1;
	f->firsts[o->rank] += o->members > 1 && !o->tie;
}

static void
add_act(struct firsts *f, const struct act *act, size_t run)
{
	uint32_t group = f->s->group_of[f->s->ds->by_rank[act->account]];
	struct opening *o;

	if (group == NO_GROUP || f->seen[act->account] == run + 1)
		return;
	f->seen[act->account] = run + 1;
	o = &f->openings[group];
	if (o->run != run + 1) {
		*o = (struct opening){ run + 1, act->account, act->at, 1, false };
		return;
	}
	o->members++;
	o->tie = o->tie || act->at == o->at;
	ARRAY_GROW(f->lags, f->cap, f->count + 1);
	f->lags[f->count++] = (struct lag){ act->account, act->at - o->at };
}

/* Closes each group once: its opening is of this run only until then. */
static void
close_run(struct firsts *f, const struct kept *k, size_t run)
{
	for (uint64_t i = k->runs[run]; i < k->runs[run + 1]; i++) {
		uint32_t group = f->s->group_of[f->s->ds->by_rank[k->acts[i].account]];

		if (group == NO_GROUP || f->openings[group].run != run + 1)
			continue;
		close_opening(f, group);
		f->openings[group].run = 0;
	}
}

static enum claque_rc
read_network(struct firsts *f, const struct kept *k, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "firsts", .total = k->run_count };

	memset(f->seen, 0, f->s->ds->account_names.count * sizeof(*f->seen));
	memset(f->openings, 0, f->s->group_count * sizeof(*f->openings));
	for (size_t run = 0; run < k->run_count; run++) {
		for (uint64_t i = k->runs[run]; i < k->runs[run + 1]; i++)
			add_act(f, &k->acts[i], run);
		close_run(f, k, run);
		if (!tick(&t, 1, 4 * (k->runs[run + 1] - k->runs[run]) + 1))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

static int
compare_lags(const void *pa, const void *pb)
{
	const struct lag *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->ms > b->ms) - (a->ms < b->ms);
}

/* Of each key's lags, in whole seconds, rounded down; out[] keeps its value where there are none. */
static bool
take_medians(struct firsts *f, int64_t *out, const struct claque_progress *progress)
{
	static const struct sort_kind by_key = { sizeof(struct lag), compare_lags };
	struct ticker t = { .progress = progress, .stage = "lags", .total = f->count };

	if (!sort_items(&by_key, f->lags, f->count, &t))
		return false;
	for (size_t i = 0, j; i < f->count; i = j) {
		const struct lag *low, *high;

		for (j = i + 1; j < f->count && f->lags[j].key == f->lags[i].key; j++)
			;
		low = &f->lags[i + (j - i - 1) / 2];
		high = &f->lags[i + (j - i) / 2];
		out[f->lags[i].key] = (low->ms + (high->ms - low->ms) / 2) / 1000;
	}
	return true;
}

static int64_t *
no_lags(uint32_t count)
{
	int64_t *lags = ARRAY_NEW(int64_t, count);

	for (uint32_t i = 0; i < count; i++)
		lags[i] = CLAQUE_NO_LAG;
	return lags;
}

static void
fill_group(const struct firsts *f, uint32_t group, const int64_t *lags, struct claque_group *out)
{
	uint32_t most = 0;

	out->leader = CLAQUE_NO_LEADER;
	out->common = f->common[group];
	for (size_t m = 0; m < out->member_count; m++) {
		struct claque_member *member = &out->members[m];
		uint32_t rank = f->s->ds->rank[member->account];

		member->median_lag_s = CLAQUE_NO_LAG;
		if (member->role == CLAQUE_EXPOSED)
			continue;
		member->median_lag_s = lags[rank];
		member->firsts = out->common > 0 ? (double)f->firsts[rank] / f->common[group] : 0;
		if (f->firsts[rank] == 0 || f->firsts[rank] < most)
			continue;
		out->leader = f->firsts[rank] == most ? CLAQUE_NO_LEADER : member->account;
		most = f->firsts[rank];
	}
}

static bool
fill_all(struct firsts *f, const struct claque_progress *progress, struct claque_result *result)
{
	int64_t *by_rank = no_lags(f->s->ds->account_names.count);
	int64_t *by_group = no_lags(f->s->group_count);
	bool go = take_medians(f, by_rank, progress);

	for (uint32_t g = 0; g < f->s->group_count && go; g++)
		fill_group(f, g, by_rank, &result->groups[g]);
	for (size_t i = 0; i < f->count && go; i++)
		f->lags[i].key = f->s->group_of[f->s->ds->by_rank[f->lags[i].key]];
	go = go && take_medians(f, by_group, progress);
	for (uint32_t g = 0; g < f->s->group_count && go; g++)
		result->groups[g].median_lag_s = by_group[g];
	array_free(by_rank);
	array_free(by_group);
	return go;
}

enum claque_rc
firsts_fill(const struct scene *s, const struct claque_progress *progress,
	    struct claque_result *result)
{
	uint32_t accounts = s->ds->account_names.count;
	struct firsts f = { .s = s };
	enum claque_rc rc = CLAQUE_OK;

	f.openings = ARRAY_NEW(struct opening, s->group_count);
	f.common = ARRAY_NEW(uint32_t, s->group_count);
	f.seen = ARRAY_NEW(size_t, accounts);
	f.firsts = ARRAY_NEW(uint32_t, accounts);
	ARRAY_GROW(f.lags, f.cap, 1);
	for (unsigned n = 0; n < FUSED_COUNT && rc == CLAQUE_OK; n++)
		rc = read_network(&f, &s->kept[n], progress);
	if (rc == CLAQUE_OK && !fill_all(&f, progress, result))
		rc = CLAQUE_STOPPED;
	array_free(f.openings);
	array_free(f.common);
	array_free(f.seen);
	array_free(f.firsts);
	array_free(f.lags);
	return rc;
}
