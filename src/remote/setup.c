/*
 * setup.c - which shards there are, making them, and what they hold.
 */
#include "config.h"

#include <stdlib.h>

#include "base/err.h"
#include "remote/shards.h"

/* What a server says of the shards, or of a cluster. */
struct shard_list {
	struct buf urls;	/* each with a NUL behind it */
	uint64_t count;
	uint64_t self;		/* number of the one that was asked; UINT64_MAX: not told */
	const char *model;	/* of a cluster: the URL whose host is to be replaced */
};

enum { URLS_MAX = 128 << 10 };

static enum claque_rc
take_told(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct shard_list *list = ctx;

	if (cells[0].u != list->count || memchr(cells[1].s.p, '\0', cells[1].s.len) != NULL)
		return err_set(err, CLAQUE_EINPUT, "claque_shard is no list of shards; was it"
			       " written by claque?");
	buf_add(&list->urls, cells[1].s);
	buf_addc(&list->urls, '\0');
	if (cells[2].u != 0)
		list->self = list->count;
	list->count++;
	return CLAQUE_OK;
}

static enum claque_rc
ask_told(struct remote_shard *shard, const struct sql_scope *scope, struct shard_list *list,
	 struct claque_err *err)
{
	list->self = UINT64_MAX;
	buf_init(&list->urls, URLS_MAX);
	return shard_ask(shard, &(struct shard_question){
		SQL_TOLD, scope, .sink = { list, take_told } }, err);
}

/* A list that one server keeps must not bring passwords to another in the clear. */
static enum claque_rc
add_shard(struct remote *r, struct claque_str url, struct claque_err *err)
{
	struct claque_str https = STR("https://");

	if (str_starts(str_of(r->shards[0].url), https) && !str_starts(url, https))
		return err_set(err, CLAQUE_EUSAGE, "the first shard is reached by https and " STR_FMT
			       " is not; give all of them as https", STR_ARG(str_head(url, 200)));
	return shards_add(r, url, err);
}

/* The first is already there, under the name that the user gave. */
static enum claque_rc
add_told(struct remote *r, const struct shard_list *list, struct claque_err *err)
{
	struct claque_str rest = buf_str(&list->urls), url;
	enum claque_rc rc = CLAQUE_OK;

	if (list->count == 0)
		return err_set(err, CLAQUE_ENOTFOUND, "%.200s holds no list of shards; "
			       "`claque remote init` writes it", r->shards[0].url);
	if (list->self != 0)
		return err_set(err, CLAQUE_EUSAGE, "%.200s is not the first of its shards, which is"
			       " %.200s; name that", r->shards[0].url, list->urls.p);
	(void)str_cut(&rest, '\0', &url);
	while (rc == CLAQUE_OK && str_cut(&rest, '\0', &url))
		rc = add_shard(r, url, err);
	return rc;
}

static enum claque_rc
run_told(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	struct sql_scope scope = shards_scope(r);

	return ask_told(shard, &scope, work, err);
}

enum claque_rc
remote_find_shards(struct remote *r, const struct claque_progress *progress,
		   struct claque_err *err)
{
	struct shard_list list = { 0 };
	struct shard_job job = { "finding shards", run_told, &list, sizeof(list) };
	enum claque_rc rc;

	if (!r->mapping->own)
		return CLAQUE_OK;
	rc = shards_run(r, &job, progress, err);
	if (rc == CLAQUE_OK)
		rc = add_told(r, &list, err);
	buf_done(&list.urls);
	return rc;
}

/* scheme://HOST:port of the first, with the cluster's host in its place. */
static enum claque_rc
take_host(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct shard_list *list = ctx;
	struct claque_str model = str_of(list->model), host = cells[1].s;
	size_t from = str_find(model, STR("//"), 0) + 2, to = model.len;
	bool six = host.len > 0 && memchr(host.p, ':', host.len) != NULL;

	for (size_t i = model.len; i-- > from;)
		if (model.p[i] == ':' || model.p[i] == '/')
			to = i;
		else if (model.p[i] == ']')
			break;
	if (host.len == 0)
		return err_set(err, CLAQUE_EINPUT, "the cluster has a shard without a host name");
	buf_add(&list->urls, str_sub(model, 0, from));
	buf_addz(&list->urls, six ? "[" : "");
	buf_add(&list->urls, host);
	buf_addz(&list->urls, six ? "]" : "");
	buf_add(&list->urls, str_sub(model, to, model.len));
	buf_addc(&list->urls, '\0');
	list->count++;
	return CLAQUE_OK;
}

struct init_work {
	const struct remote_plan *plan;
	struct shard_list *cluster;
};

static enum claque_rc
run_cluster(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	struct init_work *w = work;
	struct sql_scope scope = shards_scope(r);

	scope.cluster = w->plan->cluster;
	return shard_ask(shard, &(struct shard_question){
		SQL_CLUSTER, &scope, .sink = { w->cluster, take_host } }, err);
}

static enum claque_rc
add_cluster(struct remote *r, const struct shard_list *list, struct claque_err *err)
{
	struct claque_str rest = buf_str(&list->urls), url;
	enum claque_rc rc = CLAQUE_OK;
	bool first = true;

	if (list->count == 0)
		return err_set(err, CLAQUE_ENOTFOUND, "%.200s knows no cluster of that name; see"
			       " its system.clusters", r->shards[0].url);
	for (; rc == CLAQUE_OK && str_cut(&rest, '\0', &url); first = false)
		if (!first)
			rc = shards_add(r, url, err);
	return rc;
}

static enum claque_rc
find_cluster(struct remote *r, const struct remote_plan *plan,
	     const struct claque_progress *progress, struct claque_err *err)
{
	struct shard_list list = { .model = r->shards[0].url };
	struct init_work work = { plan, &list };
	struct shard_job job = { "finding the cluster", run_cluster, &work, sizeof(work) };
	enum claque_rc rc;

	if (!mapping_is_name(plan->cluster))
		return err_set(err, CLAQUE_EUSAGE, "a cluster is named by letters, digits and _");
	buf_init(&list.urls, URLS_MAX);
	rc = shards_run(r, &job, progress, err);
	if (rc == CLAQUE_OK)
		rc = add_cluster(r, &list, err);
	buf_done(&list.urls);
	return rc;
}

/* What was told before must be what is to be told now. */
static enum claque_rc
compare_told(const struct remote *r, const struct remote_shard *shard,
	     const struct shard_list *list, struct claque_err *err)
{
	struct claque_str rest = buf_str(&list->urls), url;
	bool same = list->count == r->shard_count && list->self == shard->number;

	for (unsigned i = 0; same && i < r->shard_count; i++)
		same = str_cut(&rest, '\0', &url) && str_eq(url, str_of(r->shards[i].url));
	if (!same)
		return err_set(err, CLAQUE_EUSAGE, "this server is a shard among others already;"
			       " objects cannot be dealt anew: take another --database, or drop "
			       STR_FMT " there", STR_ARG(r->database));
	return CLAQUE_OK;
}

static enum claque_rc
tell_shard(const struct remote *r, struct remote_shard *shard, struct claque_err *err)
{
	struct buf rows, into;
	enum claque_rc rc;

	buf_init(&rows, URLS_MAX);
	buf_init(&into, URLS_MAX);
	for (unsigned i = 0; i < r->shard_count; i++) {
		answer_put_u32(&rows, i);
		answer_put_str(&rows, str_of(r->shards[i].url));
		answer_put_byte(&rows, i == shard->number);
	}
	buf_addf(&into, "`" STR_FMT "`.claque_shard (" SQL_SHARD_COLUMNS ")",
		 STR_ARG(r->database));
	rc = shard_insert(shard, &(struct shard_rows){
		buf_str(&into), buf_str(&rows), .once = true }, err);
	buf_done(&rows);
	buf_done(&into);
	return rc;
}

static enum claque_rc
run_init(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	static const enum sql_statement steps[] = { SQL_DATABASE, SQL_SHARES, SQL_SHARDS,
						    SQL_EVERYWHERE };
	const struct init_work *w = *(const struct init_work **)work;
	struct sql_scope scope = shards_scope(r);
	struct shard_list list = { 0 };
	enum claque_rc rc = CLAQUE_OK;

	scope.cluster = w->plan->cluster;
	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(steps) / sizeof(steps[0]); i++)
		if (steps[i] != SQL_EVERYWHERE || scope.cluster.p != NULL)
			rc = shard_ask(shard, &(struct shard_question){
				.statement = steps[i], .scope = &scope }, err);
	if (rc != CLAQUE_OK)
		return rc;
	rc = ask_told(shard, &scope, &list, err);
	if (rc == CLAQUE_OK)
		rc = list.count == 0 ? tell_shard(r, shard, err)
				     : compare_told(r, shard, &list, err);
	buf_done(&list.urls);
	return rc;
}

enum claque_rc
remote_init(struct remote *r, const struct remote_plan *plan,
	    const struct claque_progress *progress, struct claque_err *err)
{
	struct init_work work = { .plan = plan };
	const struct init_work *works[REMOTE_SHARDS_MAX];
	struct shard_job job = { "setting up", run_init, works, sizeof(works[0]) };
	enum claque_rc rc = CLAQUE_OK;

	if (!r->mapping->own)
		return err_set(err, CLAQUE_EUSAGE, "a table that is somebody else's is not set up;"
			       " leave out --mapping");
	if (plan->cluster.p != NULL)
		rc = find_cluster(r, plan, progress, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < plan->url_count; i++)
		rc = add_shard(r, str_of(plan->urls[i]), err);
	for (size_t i = 0; i < REMOTE_SHARDS_MAX; i++)
		works[i] = &work;
	return rc == CLAQUE_OK ? shards_run(r, &job, progress, err) : rc;
}

static enum claque_rc
take_status(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct remote_status *out = ctx;

	(void)err;
	*out = (struct remote_status){ cells[0].u, cells[1].u, cells[2].u, cells[3].u, cells[4].i,
				       cells[5].i };
	return CLAQUE_OK;
}

static enum claque_rc
run_status(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	struct sql_scope scope = shards_scope(r);

	return shard_ask(shard, &(struct shard_question){
		SQL_STATUS, &scope, .sink = { work, take_status } }, err);
}

enum claque_rc
remote_status(struct remote *r, struct remote_status *out, const struct claque_progress *progress,
	      struct claque_err *err)
{
	struct shard_job job = { "asking shards", run_status, out, sizeof(*out) };

	return shards_run(r, &job, progress, err);
}
