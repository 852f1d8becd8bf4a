/*
 * network.c - a network of shares that stay where they are.
 *
 *   measure   each shard tells its objects' sizes, its weeks and its accounts' degrees
 *   pair      and the pairs of accounts within the window, with lags: all that an edge is
 *             made of but what chance would give
 *   (close)   claque/counted.h adds up what the shards told, and says which pairs stand out
 *   common    the pairs go to the shards, in a temporary table of the session, and come back
 *             with the pace of every object that both shared, pairs that stand out taken out
 *   (finish)  p and q, by the engine's own functions
 *
 * Each is done in parts, ranges of the objects' hash, so that no statement needs more memory
 * than a part's and one that failed is repeated for its part alone.
 */
#include "config.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "base/secret.h"
#include "remote/shards.h"

/* Rows and pairs of rows of a part, at the most if they are spread evenly. */
#define PART_ROWS UINT64_C(4000000)
#define PART_PAIRS UINT64_C(8000000)

enum { SESSION_LETTERS = 20, EDGES_AT_ONCE = 1 << 20, EDGE_BYTES = 25 };

/* What one shard told of itself. */
struct shard_size {
	uint64_t rows, crowded, candidates;
	char session[SESSION_LETTERS + 1];
};

struct gather {
	struct remote *r;
	const struct remote_network *how;
	struct sql_scope scope;
	struct claque_counted *counted;
	struct map numbers;		/* hash of an account to its number in counted */
	uint64_t *keys;			/* by number: the hash */
	size_t keys_cap;
	pthread_mutex_t lock;		/* of counted, numbers and keys */
};

/* What a shard's thread and its callbacks are given. */
struct gather_shard {
	struct gather *g;
	struct shard_size size;
};

static struct claque_str
key_bytes(const uint64_t *key)
{
	return (struct claque_str){ (const char *)key, sizeof(*key) };
}

static enum claque_rc
take_count(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct gather_shard *s = ctx;

	(void)err;
	s->size.rows = cells[0].u;
	return CLAQUE_OK;
}

static enum claque_rc
take_sizes(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct gather_shard *s = ctx;

	if (cells[7].u > 0)
		return err_set(err, CLAQUE_ELIMIT, "two objects have one hash of 64 bits; their"
			       " shares cannot be told apart there");
	s->size.crowded += cells[1].u;
	s->size.candidates += cells[6].u;
	return claque_counted_add_whole(s->g->counted, &(struct claque_counted_total){
		cells[4].u, cells[5].u }, err);
}

static enum claque_rc
take_week(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct gather_shard *s = ctx;

	return claque_counted_add_week(s->g->counted, cells[0].i, &(struct claque_counted_total){
		cells[1].u, cells[2].u }, err);
}

static enum claque_rc
take_account(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct gather *g = ((struct gather_shard *)ctx)->g;
	const struct claque_counted_account account = {
		.id = cells[1].s, .platform = cells[3].s, .objects = cells[5].u,
		.weeks = cells[6].is, .week_objects = cells[7].us, .week_count = cells[6].count };
	uint32_t number;
	enum claque_rc rc;

	if (cells[6].count != cells[7].count)
		return err_set(err, CLAQUE_EINPUT, "an account with %zu weeks and %zu counts",
			       cells[6].count, cells[7].count);
	rc = claque_counted_add_account(g->counted, &account, &number, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (!str_eq(cells[1].s, cells[2].s) || !str_eq(cells[3].s, cells[4].s) ||
	    map_add(&g->numbers, key_bytes(&cells[0].u), NULL) != number)
		return err_set(err, CLAQUE_ELIMIT, "two accounts have one hash of 64 bits; their"
			       " shares cannot be told apart there");
	GROW(g->keys, g->keys_cap, (size_t)number + 1);
	g->keys[number] = cells[0].u;
	return CLAQUE_OK;
}

static enum claque_rc
take_pair(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct gather *g = ((struct gather_shard *)ctx)->g;
	const struct claque_counted_pair pair = {
		.a = map_get(&g->numbers, key_bytes(&cells[0].u)),
		.b = map_get(&g->numbers, key_bytes(&cells[1].u)), .weight = cells[2].u,
		.first_seen = cells[3].i, .last_seen = cells[4].i, .a_first = cells[5].u,
		.b_first = cells[6].u, .lags_ms = cells[7].is, .lag_count = cells[7].count };

	if (pair.a == MAP_NONE || pair.b == MAP_NONE)
		return err_set(err, CLAQUE_EBUSY, "an account has come since accounts were"
			       " measured; run it again while nothing is loaded");
	if (pair.lag_count == 0)
		return err_set(err, CLAQUE_EINPUT, "a pair of accounts without any act");
	return claque_counted_add_pair(g->counted, &pair, err);
}

static enum claque_rc
take_near(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	return claque_counted_add_near(((struct gather_shard *)ctx)->g->counted, cells[0].u, err);
}

static enum claque_rc
take_common(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct gather *g = ((struct gather_shard *)ctx)->g;
	uint64_t n = cells[0].u;
	enum claque_rc rc = CLAQUE_OK;

	if (n == 0 || n > claque_counted_pairs(g->counted) ||
	    cells[1].count != cells[2].count || cells[1].count != cells[3].count)
		return err_set(err, CLAQUE_EINPUT, "pair %llu of %u, with %zu objects",
			       (unsigned long long)n, claque_counted_pairs(g->counted),
			       cells[1].count);
	for (size_t i = 0; i < cells[1].count && rc == CLAQUE_OK; i++)
		rc = claque_counted_add_common(g->counted, (uint32_t)n - 1,
			&(struct claque_counted_common){ 1, cells[1].is[i], cells[2].is[i],
				cells[3].us[i] != 0 }, err);
	return rc;
}

/* One statement about the part of so many. */
static enum claque_rc
ask_part(struct gather_shard *s, struct remote_shard *shard, enum sql_statement statement,
	 uint64_t part, uint64_t parts, struct claque_err *err)
{
	static enum claque_rc (*const takers[SQL_STATEMENTS])(void *ctx,
		const struct answer_cell *cells, struct claque_err *err) = {
		[SQL_COUNT] = take_count, [SQL_SIZES] = take_sizes, [SQL_WEEKS] = take_week,
		[SQL_ACCOUNTS] = take_account, [SQL_PAIRS] = take_pair, [SQL_CROWDED] = take_pair,
		[SQL_NEAR] = take_near, [SQL_COMMON] = take_common,
	};
	struct sql_scope scope = s->g->scope;
	uint64_t width = UINT64_MAX / parts;

	scope.lo = part * width + (part > 0);
	scope.hi = part + 1 == parts ? UINT64_MAX : (part + 1) * width;
	return shard_ask(shard, &(struct shard_question){
		statement, &scope, statement == SQL_COMMON ? str_of(s->size.session) : STR(""),
		{ s, takers[statement] }, &s->g->lock }, err);
}

/* The statements one after the other for each part, and the progress line told of it. */
static enum claque_rc
ask_parts(struct gather_shard *s, struct remote_shard *shard, const enum sql_statement *statements,
	  uint64_t parts, struct claque_err *err)
{
	struct remote *r = s->g->r;
	enum claque_rc rc = CLAQUE_OK;

	atomic_fetch_add(&r->total, parts);
	for (uint64_t part = 0; part < parts && rc == CLAQUE_OK; part++) {
		for (size_t i = 0; statements[i] != SQL_STATEMENTS && rc == CLAQUE_OK; i++)
			if (statements[i] != SQL_CROWDED || s->size.crowded > 0)
				rc = ask_part(s, shard, statements[i], part, parts, err);
		atomic_fetch_add(&r->done, 1);
	}
	return rc;
}

static uint64_t
parts_for(const struct gather_shard *s, uint64_t pairs)
{
	uint64_t parts = s->size.rows / PART_ROWS + 1;

	parts = pairs / PART_PAIRS >= parts ? pairs / PART_PAIRS + 1 : parts;
	parts = s->g->how->parts > parts ? s->g->how->parts : parts;
	return parts < REMOTE_PARTS_MAX ? parts : REMOTE_PARTS_MAX;
}

static enum claque_rc
run_measure(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	static const enum sql_statement statements[] = {
		SQL_SIZES, SQL_WEEKS, SQL_ACCOUNTS, SQL_STATEMENTS };
	struct gather_shard *s = work;
	enum claque_rc rc = ask_part(s, shard, SQL_COUNT, 0, 1, err);

	(void)r;
	return rc == CLAQUE_OK ? ask_parts(s, shard, statements, parts_for(s, 0), err) : rc;
}

static enum claque_rc
run_pair(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	static const enum sql_statement statements[] = {
		SQL_PAIRS, SQL_CROWDED, SQL_NEAR, SQL_STATEMENTS };
	struct gather_shard *s = work;

	(void)r;
	return ask_parts(s, shard, statements, parts_for(s, s->size.candidates), err);
}

/* Pairs [from, from + EDGES_AT_ONCE) into the session's table. */
static enum claque_rc
send_edges(struct gather_shard *s, struct remote_shard *shard, uint32_t from,
	   struct claque_err *err)
{
	uint32_t count = claque_counted_pairs(s->g->counted);
	struct buf rows;
	enum claque_rc rc;

	buf_init(&rows, (size_t)EDGES_AT_ONCE * EDGE_BYTES);
	for (uint32_t i = from; i < count && i - from < EDGES_AT_ONCE; i++) {
		uint32_t a, b;
		uint64_t x, y;
		bool out;

		claque_counted_pair_at(s->g->counted, i, &a, &b, &out);
		x = s->g->keys[a];
		y = s->g->keys[b];
		answer_put_u64(&rows, x < y ? x : y);
		answer_put_u64(&rows, x < y ? y : x);
		answer_put_u64(&rows, (uint64_t)i + 1);
		answer_put_byte(&rows, out);
	}
	rc = shard_insert(shard, &(struct shard_rows){ STR("claque_edge (" SQL_EDGE_COLUMNS ")"),
		buf_str(&rows), str_of(s->size.session), .once = true }, err);
	buf_done(&rows);
	return rc;
}

static enum claque_rc
run_common(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	static const enum sql_statement statements[] = { SQL_COMMON, SQL_STATEMENTS };
	struct gather_shard *s = work;
	uint32_t count = claque_counted_pairs(s->g->counted);
	enum claque_rc rc = shard_ask(shard, &(struct shard_question){
		SQL_EDGES, &s->g->scope, str_of(s->size.session), .lock = NULL }, err);

	(void)r;
	for (uint32_t from = 0; from < count && rc == CLAQUE_OK; from += EDGES_AT_ONCE)
		rc = send_edges(s, shard, from, err);
	if (rc == CLAQUE_OK)
		rc = ask_parts(s, shard, statements, parts_for(s, s->size.candidates), err);
	if (rc == CLAQUE_ENOTFOUND)
		rc = err_set(err, CLAQUE_EIO, "the server was started anew meanwhile and forgot its"
			     " part of the work; run it again");
	return rc;
}

static enum claque_rc
gather_all(struct gather *g, struct gather_shard *shards, const struct claque_progress *progress,
	   struct claque_network *out, struct claque_err *err)
{
	const struct shard_job measure = { "measuring", run_measure, shards, sizeof(*shards) };
	const struct shard_job pair = { "counting pairs", run_pair, shards, sizeof(*shards) };
	const struct shard_job common = { "measuring the pace", run_common, shards,
					  sizeof(*shards) };
	enum claque_rc rc = shards_run(g->r, &measure, progress, err);

	if (rc == CLAQUE_OK)
		rc = shards_run(g->r, &pair, progress, err);
	if (rc == CLAQUE_OK)
		rc = claque_counted_close(g->counted, progress, err);
	if (rc == CLAQUE_OK && claque_counted_pairs(g->counted) > 0)
		rc = shards_run(g->r, &common, progress, err);
	if (rc == CLAQUE_OK)
		rc = claque_counted_finish(g->counted, &g->how->settings, progress, out, err);
	return rc;
}

/* Which rows the signal reads; EUSAGE where a table of somebody else's has none of them. */
static enum claque_rc
set_scope(struct gather *g, struct claque_err *err)
{
	const struct claque_signal_info *info = claque_signal_info(g->how->settings.signal);
	const struct mapping *m = g->r->mapping;
	int64_t window_s = g->how->settings.window_s;

	if (info == NULL || info->kinds == 0)
		return err_set(err, CLAQUE_EUSAGE, "the servers count acts of sharing: give"
			       " --signal co-reshare or co-url; for others bring accounts home with"
			       " `claque remote pull`");
	g->scope = shards_scope(g->r);
	g->scope.kinds = info->kinds;
	g->scope.acts = info->acts;
	g->scope.object_cap = g->how->settings.object_cap;
	if (!m->own && m->words[MAPPING_kind].p == NULL && (info->kinds >> m->kind & 1) == 0)
		return err_set(err, CLAQUE_EUSAGE, "the mapping says that all objects are of"
			       " kind %s, which %s does not read", object_kind_name(m->kind), info->name);
	if (!m->own && m->words[MAPPING_act].p == NULL && (info->acts >> m->act & 1) == 0)
		return err_set(err, CLAQUE_EUSAGE, "the mapping says that all acts are of kind %s,"
			       " which %s does not read", act_name(m->act), info->name);
	if (window_s < CLAQUE_WINDOW_WHOLE || window_s > INT64_MAX / 1000)
		return err_set(err, CLAQUE_EUSAGE, "a window of %lld s; give 0 or more, or the"
			       " whole period", (long long)window_s);
	g->scope.window_ms = window_s == CLAQUE_WINDOW_WHOLE ? INT64_MAX : window_s * 1000;
	return CLAQUE_OK;
}

enum claque_rc
remote_network(struct remote *r, const struct remote_network *how,
	       const struct claque_progress *progress, struct claque_counted **counted,
	       struct claque_network *out, struct claque_err *err)
{
	static struct gather_shard shards[REMOTE_SHARDS_MAX];
	struct gather g = { .r = r, .how = how };
	unsigned char bytes[SECRET_BYTES];
	enum claque_rc rc = set_scope(&g, err);

	*out = (struct claque_network){ 0 };
	*counted = NULL;
	if (rc == CLAQUE_OK)
		rc = claque_counted_new(&g.counted, err);
	if (rc != CLAQUE_OK)
		return rc;
	map_init(&g.numbers);
	(void)pthread_mutex_init(&g.lock, NULL);
	for (unsigned i = 0; i < REMOTE_SHARDS_MAX; i++) {
		shards[i] = (struct gather_shard){ .g = &g };
		secret_make(bytes);
		secret_letters(bytes, shards[i].size.session, SESSION_LETTERS);
	}
	rc = gather_all(&g, shards, progress, out, err);
	(void)pthread_mutex_destroy(&g.lock);
	map_done(&g.numbers);
	free(g.keys);
	*counted = g.counted;
	return rc;
}
