/*
 * weeks_job.c - from the case to a network per period.
 *
 * A week alone is too short to tell a pair from chance once all pairs are
 * corrected for. So the pairs are those that stand out over the whole of the
 * case, and a week's network is what they did together in that week.
 */
#include "config.h"

#include "app/weeks_job.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/row_numbers.h"
#include "app/value.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "store/result.h"
#include "store/scan.h"

enum { PERIODS_MAX = 10000, MEMBERS_BYTES_MAX = 16 << 20, NAME_BYTES = 16, WEEK_S = 7 * 86400 };

#define WHOLE UINT32_MAX	/* no period, all of the case */
#define MONDAY_MS (INT64_C(4) * 86400 * 1000)	/* 1970-01-05 */

static const struct column columns[] = {
	{ "period", "from (UTC)", "start of the period", FORM_TIME, 10, 16, 0 },
	{ "track", "track", "community, the same from period to period", FORM_ID, 5, 5, 0 },
	{ "change", "change", "born, kept, split, merged or died", FORM_TEXT, 6, 6, 0 },
	{ "since", NULL, "period that it is compared with", FORM_TIME, 10, 16, 9 },
	{ "other", "other", "track that it split from or merged into", FORM_ID, 5, 5, 3 },
	{ "accounts", "accts", "members in this period", FORM_COUNT, 5, 6, 0 },
	{ "jaccard", "same", "overlap of the members with then", FORM_REAL, 5, 6, 1 },
	{ "targets", "targets", "authors and sites that two members or more turned to", FORM_COUNT,
	  6, 7, 2 },
	{ "target_overlap", "t.same", "overlap of these with then", FORM_REAL, 6, 6, 1 },
	{ "file_overlap", "file", "the same of all accounts of the case", FORM_REAL, 5, 6, 2 },
	{ "retargeted", "turned", "1: the members stayed, the targets did not", FORM_FLAG, 6, 6, 0 },
	{ "cluster", "clus", "cluster of the last run with most of the members", FORM_ID, 4, 5, 1 },
	{ "members", NULL, "native ids, space separated", FORM_ID, 8, 20, 9 },
};

enum { COLUMN_COUNT = sizeof(columns) / sizeof(columns[0]) };

struct act {
	int64_t at;
	uint32_t period, account, source;
	enum claque_act act;
};

struct source {
	enum claque_object_kind kind;
	uint32_t key, target;	/* in keys; in targets, or MAP_NONE */
};

struct weeks {
	const struct weeks_settings *s;
	const struct claque_progress *progress;
	struct row_numbers account_numbers, source_numbers;
	struct map accounts, keys, targets;	/* accounts: native id and platform */
	uint32_t *cluster;			/* by account: number in the name, or 0 */
	size_t cluster_cap;
	struct source *sources;
	size_t source_count, source_cap;
	uint32_t *post_of;			/* by key: the source that is a post, or MAP_NONE */
	size_t post_of_count, post_of_cap;
	struct act *acts;
	size_t act_count, act_cap;
	int64_t origin;
	uint32_t periods;
	struct set64 pairs;			/* that stand out over the whole of the case */
	struct claque_period_link *links;
	size_t link_count, link_cap;
	struct claque_period_use *uses;
	size_t use_count, use_cap;
};

struct weeks_settings
weeks_defaults(void)
{
	struct weeks_settings s = {
		.network = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE),
		.timeline = claque_timeline_defaults(), .period_s = WEEK_S,
	};

	s.network.window_s = 3600;
	s.network.max_q = 0.01;
	return s;
}

/* "platform\tid": an id is unique on its platform only. */
static bool
take_account(void *ctx, const struct scan_account *row)
{
	struct weeks *w = ctx;
	struct buf name;
	uint32_t number;

	buf_init(&name, MEMBERS_BYTES_MAX);
	buf_add(&name, row->account.platform);
	buf_addc(&name, '\t');
	buf_add(&name, row->account.id);
	number = map_add(&w->accounts, buf_str(&name), NULL);
	buf_done(&name);
	row_numbers_set(&w->account_numbers, row->id, number);
	GROW(w->cluster, w->cluster_cap, w->accounts.count);
	w->cluster[number] = 0;
	return true;
}

static bool
take_source(void *ctx, const struct scan_source *row)
{
	struct weeks *w = ctx;
	struct source s = { row->kind, map_add(&w->keys, row->key, NULL), MAP_NONE };

	if (row->author.len > 0)
		s.target = map_add(&w->targets, row->author, NULL);
	else if (row->kind == CLAQUE_OBJECT_domain)
		s.target = map_add(&w->targets, row->key, NULL);
	GROW(w->post_of, w->post_of_cap, w->keys.count);
	while (w->post_of_count < w->keys.count)
		w->post_of[w->post_of_count++] = MAP_NONE;
	if (row->kind == CLAQUE_OBJECT_post)
		w->post_of[s.key] = (uint32_t)w->source_count;
	row_numbers_set(&w->source_numbers, row->id, (uint32_t)w->source_count);
	GROW(w->sources, w->source_cap, w->source_count + 1);
	w->sources[w->source_count++] = s;
	return true;
}

static struct claque_str
native_id(const struct weeks *w, uint32_t account)
{
	struct claque_str name = map_key(&w->accounts, account);

	return str_sub(name, str_find(name, STR("\t"), 0) + 1, name.len);
}

/* Whose post a source is, where the row that shares it did not tell. */
static bool
take_post(void *ctx, const struct scan_post *row)
{
	struct weeks *w = ctx;
	uint32_t key = map_get(&w->keys, row->native_id);
	uint32_t source = key != MAP_NONE ? w->post_of[key] : (uint32_t)MAP_NONE;

	if (source != MAP_NONE && w->sources[source].target == MAP_NONE)
		w->sources[source].target = map_add(&w->targets,
			native_id(w, row_numbers_get(&w->account_numbers, row->account_id)), NULL);
	return true;
}

static bool
take_share(void *ctx, const struct scan_share *row)
{
	struct weeks *w = ctx;

	if (row->at == CLAQUE_NO_TIME)
		return true;
	GROW(w->acts, w->act_cap, w->act_count + 1);
	w->acts[w->act_count++] = (struct act){ row->at, 0,
		row_numbers_get(&w->account_numbers, row->account_id),
		row_numbers_get(&w->source_numbers, row->source_id), row->act };
	return true;
}

static bool
take_member(void *ctx, const struct result_member *member)
{
	struct weeks *w = ctx;

	w->cluster[row_numbers_get(&w->account_numbers, member->account)] = member->name;
	return true;
}

static enum claque_rc
read_case(struct weeks *w, struct store *store, struct claque_err *err)
{
	enum claque_rc rc = scan_accounts(store, take_account, w, err);

	if (rc == CLAQUE_OK)
		rc = scan_sources(store, take_source, w, err);
	if (rc == CLAQUE_OK)
		rc = scan_posts(store, take_post, w, err);
	if (rc == CLAQUE_OK)
		rc = scan_shares(store, take_share, w, err);
	if (rc == CLAQUE_OK)
		rc = result_members(store, take_member, w, err);
	if (rc == CLAQUE_OK && w->act_count == 0)
		rc = err_set(err, CLAQUE_EINPUT, "%s: no dated shares; import posts that reshare or "
			     "link something first", store_path(store));
	return rc;
}

static int64_t
floor_to(int64_t at, int64_t step)
{
	int64_t rest = (at - MONDAY_MS) % step;

	return at - (rest < 0 ? rest + step : rest);
}

static int
compare_acts(const void *pa, const void *pb)
{
	const struct act *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	return (a->source > b->source) - (a->source < b->source);
}

static enum claque_rc
number_periods(struct weeks *w, struct claque_err *err)
{
	int64_t step = w->s->period_s * 1000, count;

	qsort(w->acts, w->act_count, sizeof(*w->acts), compare_acts);
	w->origin = floor_to(w->acts[0].at, step);
	count = (w->acts[w->act_count - 1].at - w->origin) / step + 1;
	if (count > PERIODS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%lld periods; up to %d are followed, choose a "
			       "longer one", (long long)count, PERIODS_MAX);
	w->periods = (uint32_t)count;
	for (size_t i = 0; i < w->act_count; i++) {
		struct act *a = &w->acts[i];
		uint32_t target = w->sources[a->source].target;

		a->period = (uint32_t)((a->at - w->origin) / step);
		if (target == MAP_NONE)
			continue;
		GROW(w->uses, w->use_cap, w->use_count + 1);
		w->uses[w->use_count++] =
			(struct claque_period_use){ a->period, a->account, target };
	}
	return CLAQUE_OK;
}

/* Numbers of one period's dataset, beside those of the case. */
struct part {
	struct claque_dataset *ds;
	uint32_t *account_of;		/* the case's account by the dataset's */
	size_t account_cap;
};

static enum claque_rc
add_act(const struct weeks *w, struct part *p, const struct act *a, uint32_t row,
	struct claque_err *err)
{
	const struct source *s = &w->sources[a->source];
	struct claque_account account = { .id = map_key(&w->accounts, a->account),
		.created_at = CLAQUE_NO_TIME, .followers = -1, .verified = -1 };
	struct claque_share share = { .at = a->at, .row = row, .act = (uint8_t)a->act };
	enum claque_rc rc = claque_dataset_add_account(p->ds, &account, &share.account, err);

	if (rc == CLAQUE_OK)
		rc = claque_dataset_add_object(p->ds, s->kind, map_key(&w->keys, s->key),
					       &share.object, err);
	if (rc != CLAQUE_OK)
		return rc;
	GROW(p->account_of, p->account_cap, (size_t)share.account + 1);
	p->account_of[share.account] = a->account;
	return claque_dataset_add_share(p->ds, &share, err);
}

static uint64_t
pair_key(uint32_t a, uint32_t b)
{
	return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

/* The pairs of the whole case, or the links of a period between those. */
static void
take_edges(struct weeks *w, const struct part *p, uint32_t period, const struct claque_network *net)
{
	for (size_t i = 0; i < net->edge_count; i++) {
		const struct claque_edge *e = &net->edges[i];
		uint32_t a = p->account_of[e->a], b = p->account_of[e->b];

		if (period == WHOLE) {
			(void)set64_add(&w->pairs, pair_key(a, b));
		} else if (set64_has(&w->pairs, pair_key(a, b))) {
			GROW(w->links, w->link_cap, w->link_count + 1);
			w->links[w->link_count++] =
				(struct claque_period_link){ period, { a, b, e->weight } };
		}
	}
}

/* The network of acts first..last: those of one period, or all. */
static enum claque_rc
build_network(struct weeks *w, size_t first, size_t last, uint32_t period, struct claque_err *err)
{
	struct claque_network_settings settings = w->s->network;
	struct part p = { 0 };
	struct claque_network net = { 0 };
	enum claque_rc rc = claque_dataset_new(&p.ds, err);

	for (size_t i = first; i < last && rc == CLAQUE_OK; i++)
		rc = add_act(w, &p, &w->acts[i], (uint32_t)(i - first), err);
	if (rc == CLAQUE_OK)
		rc = claque_dataset_seal(p.ds, w->progress, err);
	if (period != WHOLE)
		settings.max_q = 1;
	if (rc == CLAQUE_OK)
		rc = claque_network_build(p.ds, &settings, w->progress, &net, err);
	if (rc == CLAQUE_OK)
		take_edges(w, &p, period, &net);
	claque_network_done(&net);
	claque_dataset_free(p.ds);
	free(p.account_of);
	return rc;
}

static enum claque_rc
build_periods(struct weeks *w, struct claque_err *err)
{
	enum claque_rc rc = build_network(w, 0, w->act_count, WHOLE, err);

	for (size_t first = 0, last; first < w->act_count && rc == CLAQUE_OK; first = last) {
		last = first;
		while (last < w->act_count && w->acts[last].period == w->acts[first].period)
			last++;
		rc = build_network(w, first, last, w->acts[first].period, err);
	}
	return rc;
}

static struct value
value_time(const struct weeks *w, uint32_t period)
{
	return period == UINT32_MAX ? (struct value){ 0 } :
		value_int(w->origin + (int64_t)period * w->s->period_s * 1000);
}

/* "T001" */
static struct value
value_track(char *room, uint32_t track)
{
	if (track == UINT32_MAX)
		return (struct value){ 0 };
	(void)snprintf(room, NAME_BYTES, "T%03u", track + 1);
	return value_str(str_of(room));
}

static struct value
value_overlap(double overlap)
{
	return overlap < 0 ? (struct value){ 0 } : value_real(overlap);
}

static int
compare_numbers(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

/* The cluster that most members are in, the lower on a tie; "" if none is in any. */
static struct value
value_cluster(const struct weeks *w, char *room, const uint32_t *members, uint32_t count)
{
	uint32_t *names = NULL, best = 0, most = 0, run = 0;
	size_t cap = 0;

	GROW(names, cap, count);
	for (uint32_t i = 0; i < count; i++)
		names[i] = w->cluster[members[i]];
	qsort(names, count, sizeof(*names), compare_numbers);
	for (uint32_t i = 0; i < count; i++) {
		run = i > 0 && names[i] == names[i - 1] ? run + 1 : 1;
		if (names[i] > 0 && run > most) {
			most = run;
			best = names[i];
		}
	}
	free(names);
	if (best == 0)
		return (struct value){ 0 };
	(void)snprintf(room, NAME_BYTES, "C%03u", best);
	return value_str(str_of(room));
}

static struct value
value_members(const struct weeks *w, struct buf *out, const uint32_t *members, uint32_t count)
{
	buf_clear(out);
	for (uint32_t i = 0; i < count; i++) {
		if (i > 0)
			buf_addc(out, ' ');
		buf_add(out, native_id(w, members[i]));
	}
	return value_str(buf_str(out));
}

static bool
put_cluster(const struct weeks *w, const struct claque_timeline *t, size_t i,
	    const struct row_sink *sink, struct buf *members)
{
	const struct claque_period_cluster *c = &t->clusters[i];
	const uint32_t *list = &t->members[c->first];
	char track[NAME_BYTES], other[NAME_BYTES], cluster[NAME_BYTES];
	const struct value values[COLUMN_COUNT] = {
		value_time(w, c->period), value_track(track, c->track),
		value_str(str_of(claque_cluster_change_name(c->change))),
		value_time(w, c->since), value_track(other, c->from), value_int(c->size),
		value_overlap(c->since == UINT32_MAX ? -1 : c->jaccard), value_int(c->targets),
		value_overlap(c->overlap), value_overlap(c->background), value_int(c->retargeted),
		value_cluster(w, cluster, list, c->size), value_members(w, members, list, c->size),
	};

	return sink->each(sink->ctx, &(struct row){ (int64_t)i, values });
}

static bool
put_end(const struct weeks *w, const struct claque_period_end *e, int64_t id,
	const struct row_sink *sink)
{
	char track[NAME_BYTES], into[NAME_BYTES];
	const struct value values[COLUMN_COUNT] = {
		value_time(w, e->period), value_track(track, e->track),
		value_str(str_of(claque_cluster_change_name(e->change))), { 0 },
		value_track(into, e->into), value_int(0),
	};

	return sink->each(sink->ctx, &(struct row){ id, values });
}

static enum claque_rc
put_rows(const struct weeks *w, const struct claque_timeline *t, const struct row_sink *sink,
	 struct claque_err *err)
{
	struct buf members;
	size_t c = 0, e = 0;
	bool go_on = true;

	buf_init(&members, MEMBERS_BYTES_MAX);
	sink->head(sink->ctx, columns, COLUMN_COUNT);
	while (go_on && !members.over && (c < t->cluster_count || e < t->end_count)) {
		if (c < t->cluster_count &&
		    (e == t->end_count || t->clusters[c].period <= t->ends[e].period)) {
			go_on = put_cluster(w, t, c, sink, &members);
			c++;
		} else {
			go_on = put_end(w, &t->ends[e], (int64_t)(t->cluster_count + e), sink);
			e++;
		}
	}
	go_on = !members.over;
	buf_done(&members);
	return go_on ? CLAQUE_OK : err_set(err, CLAQUE_ELIMIT, "the members of one community exceed "
					   "%d bytes", MEMBERS_BYTES_MAX);
}

static enum claque_rc
follow(struct weeks *w, const struct row_sink *sink, struct claque_err *err)
{
	struct claque_timeline_input in = {
		.periods = w->periods, .accounts = w->accounts.count,
		.links = w->links, .link_count = w->link_count,
		.uses = w->uses, .use_count = w->use_count,
	};
	struct claque_timeline timeline;
	enum claque_rc rc = claque_cluster_weeks(&in, &w->s->timeline, w->progress, &timeline, err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = put_rows(w, &timeline, sink, err);
	claque_timeline_done(&timeline);
	return rc;
}

static void
weeks_done(struct weeks *w)
{
	row_numbers_done(&w->account_numbers);
	row_numbers_done(&w->source_numbers);
	map_done(&w->accounts);
	map_done(&w->keys);
	map_done(&w->targets);
	set64_done(&w->pairs);
	free(w->cluster);
	free(w->sources);
	free(w->post_of);
	free(w->acts);
	free(w->links);
	free(w->uses);
}

enum claque_rc
weeks_run(struct store *store, const struct weeks_settings *settings,
	  const struct claque_progress *progress, const struct row_sink *sink, struct claque_err *err)
{
	struct weeks w = { .s = settings, .progress = progress };
	enum claque_rc rc;

	if (settings->period_s < 1)
		return err_set(err, CLAQUE_EUSAGE, "a period of %lld s", (long long)settings->period_s);
	map_init(&w.accounts);
	map_init(&w.keys);
	map_init(&w.targets);
	set64_init(&w.pairs);
	rc = read_case(&w, store, err);
	if (rc == CLAQUE_OK)
		rc = number_periods(&w, err);
	if (rc == CLAQUE_OK)
		rc = build_periods(&w, err);
	if (rc == CLAQUE_OK)
		rc = follow(&w, sink, err);
	weeks_done(&w);
	return rc;
}
