#include "config.h"

#include "app/export_job.h"

#include <stdlib.h>

#include "app/bundle_out.h"
#include "app/id_list.h"
#include "app/leak.h"
#include "base/clock.h"
#include "base/err.h"
#include "case/case.h"
#include "case/share.h"
#include "store/bundle.h"
#include "store/list.h"
#include "store/result.h"
#include "text/json.h"

/* Room for the last entry of the ledger, whatever a strange case has in it. */
enum { JOB_ARENA = 256 << 20, INPUTS_MAX = 1 << 20, ROWS_BETWEEN_TICKS = 500 };

static const char *const stages[LIST_COUNT] = {
#define X(id, name, help) [LIST_##id] = "exporting " name,
	LIST_LIST(X)
#undef X
};

struct job {			/* what all tables of an export share */
	struct store *store;
	const struct export_request *request;
	const struct claque_progress *progress;
	bool stopped;		/* by the progress */
	struct redactor *redactor;
	struct leaks *leaks;
	struct arena scratch;	/* of one row */
	struct claque_progress watch;	/* of a stage that has no rows to tick by */
	const char *stage;
};

struct table_source {
	struct job *job;
	struct list_query query;
};

struct walk {			/* rows on their way to a writer */
	struct job *job;
	enum list_id list;
	const char *stage;
	bool (*each)(void *row_ctx, const struct row *row);
	void *row_ctx;
	int64_t done, total;
};

static bool
tick(struct job *job, const char *stage, int64_t done, int64_t total)
{
	const struct claque_progress *p = job->progress;

	if (p->tick == NULL)
		return true;
	job->stopped = job->stopped || !p->tick(p->ctx, stage, (uint64_t)done, (uint64_t)total);
	return !job->stopped;
}

static bool
job_tick(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	return tick(ctx, stage, (int64_t)done, (int64_t)total);
}

static bool
walk_row(void *ctx, const struct row *row)
{
	struct walk *w = ctx;

	struct arena scratch = w->job->scratch;
	struct row shown;

	if (++w->done % ROWS_BETWEEN_TICKS == 0 && !tick(w->job, w->stage, w->done, w->total))
		return false;
	if (redactor_drops(w->job->redactor, w->list, row))
		return true;
	shown = redactor_row(w->job->redactor, &scratch, w->list, row);
	return w->each(w->row_ctx, &shown);
}

/* A writer may itself end a walk with CLAQUE_STOPPED: that the analyst did is another code. */
static enum claque_rc
walk_list(void *ctx, bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
	  struct claque_err *err)
{
	struct table_source *t = ctx;
	struct walk w = { t->job, t->query.list, stages[t->query.list], each, row_ctx, 0, 0 };
	enum claque_rc rc = list_count(t->job->store, &t->query, 0, &w.total, err);

	if (rc == CLAQUE_OK)
		rc = list_walk(t->job->store, &t->query, walk_row, &w, err);
	return t->job->stopped ? err_set(err, CLAQUE_EUSAGE, "stopped") : rc;
}

static enum claque_rc
walk_some(void *ctx, const char *columns, bool (*each)(void *row_ctx, const struct row *row),
	  void *row_ctx, struct claque_err *err)
{
	struct table_source some = *(struct table_source *)ctx;

	some.query.without = list_all_but(some.query.list, columns);
	return walk_list(&some, each, row_ctx, err);
}

static enum claque_rc
walk_ids(void *ctx, const int64_t *ids, size_t count,
	 bool (*each)(void *row_ctx, const struct row *row), void *row_ctx, struct claque_err *err)
{
	struct table_source *t = ctx;
	struct walk w = { t->job, t->query.list, stages[t->query.list], each, row_ctx, 0,
			  (int64_t)count };
	enum claque_rc rc = list_walk_ids(t->job->store, t->query.list, ids, count, walk_row, &w, err);

	return t->job->stopped ? err_set(err, CLAQUE_EUSAGE, "stopped") : rc;
}

static enum claque_rc
count_list(void *ctx, int64_t *out, struct claque_err *err)
{
	struct table_source *t = ctx;

	return list_count(t->job->store, &t->query, 0, out, err);
}

static struct rowset
list_table(struct job *job, enum list_id list, struct table_source *source)
{
	struct rowset set = { .name = list_name(list), .ctx = source, .walk = walk_list,
			      .count = redactor_thins(job->redactor, list) ? NULL : count_list,
			      .walk_some = walk_some, .walk_ids = walk_ids };

	*source = (struct table_source){ job, { .list = list, .lens = lens_open(), .sort = -1 } };
	set.columns = list_columns(list, &set.column_count);
	return set;
}

/* --- posts, of which there are too many for a walk */

enum { HOUR_MS = 3600000, IDS_BYTES_MAX = 64 << 20 };

static bool
on_watch(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct job *job = ctx;

	(void)stage;
	return tick(job, job->stage, (int64_t)done, (int64_t)total);
}

/* For what takes SQLite long without a row. */
static void
begin_stage(struct job *job, const char *stage)
{
	job->stage = stage;
	store_watch(job->store, &job->watch);
}

static void
end_stage(struct job *job)
{
	store_unwatch(job->store);
}

static enum claque_rc
count_hours(struct job *job, const struct list_query *q, struct export_hours *hours,
	    struct claque_err *err)
{
	enum claque_rc rc;

	begin_stage(job, "counting posts by the hour");
	rc = list_count(job->store, q, 0, &hours->posts, err);
	if (rc == CLAQUE_OK)
		rc = list_histogram(job->store, q, 0, HOUR_MS, hours->counts, hours->count, err);
	end_stage(job);
	return job->stopped ? err_set(err, CLAQUE_EUSAGE, "stopped") : rc;
}

static enum claque_rc
find_hours(void *ctx, struct export_hours *hours, struct claque_err *err)
{
	struct list_query q = { .list = LIST_POSTS, .lens = lens_open(), .sort = -1 };
	struct buf ids;
	enum claque_rc rc;

	buf_init(&ids, IDS_BYTES_MAX);
	for (size_t i = 0; i < hours->account_count; i++)
		id_list_add(&ids, hours->accounts[i]);
	if (hours->accounts != NULL) {
		q.subject.kind = SUBJECT_set;
		q.set = id_list_end(&ids);
	}
	rc = count_hours(ctx, &q, hours, err);
	buf_done(&ids);
	return rc;
}

static bool
take_id(void *ctx, const struct row *row)
{
	id_list_add(ctx, row->id);
	return true;
}

static enum claque_rc
find_examples(void *ctx, const int64_t *evidence, size_t count,
	      bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
	      struct claque_err *err)
{
	struct job *job = ctx;
	struct list_query q = { .list = LIST_POSTS, .lens = lens_open(), .sort = -1,
				.without = ~UINT64_C(0), .unordered = true };
	struct table_source posts;
	struct buf ids;
	enum claque_rc rc = CLAQUE_OK;

	buf_init(&ids, IDS_BYTES_MAX);
	q.subject.kind = SUBJECT_evidence;
	for (size_t i = 0; i < count && rc == CLAQUE_OK; i++) {
		q.subject.id = evidence[i];
		rc = list_walk(job->store, &q, take_id, &ids, err);
	}
	if (rc == CLAQUE_OK && ids.len > 0) {
		(void)list_table(job, LIST_POSTS, &posts);
		posts.query.subject.kind = SUBJECT_posts;
		posts.query.set = id_list_end(&ids);
		rc = walk_list(&posts, each, row_ctx, err);
	}
	buf_done(&ids);
	return rc;
}

/* What a reader of the export can hold the case against later. */
static enum claque_rc
read_ledger(struct store *store, struct arena *perm, struct export_input *in, struct claque_err *err)
{
	struct ledger_entry last;
	enum claque_rc rc = ledger_get(store, 0, perm, &last, err);

	if (rc == CLAQUE_ENOTFOUND)
		return CLAQUE_OK;
	if (rc == CLAQUE_OK) {
		in->ledger_hash = last.hash;
		in->ledger_entries = last.seq;
	}
	return rc;
}

static enum claque_rc
write_ledger(struct store *store, const struct export_request *q, struct claque_err *err)
{
	struct case_context c = { .store = store, .who = q->who };
	struct buf payload;
	json_t *o = json_object();
	enum claque_rc rc;

	if (o == NULL)
		base_oom();
	json_put(o, "format", json_text(q->format));
	json_put(o, "path", json_text(str_of(q->path)));
	json_put(o, "tlp", json_text(str_of(tlp_marking(q->tlp))));
	if (q->passphrase.len > 0)
		json_put(o, "encrypted", json_true());
	json_put(o, "redaction", json_text(str_of(redaction_name(q->redaction.level))));
	buf_init(&payload, 1 << 16);
	json_canonical(&payload, o);
	rc = case_record(&c, STR("export"), str_of(store_path(store)), buf_str(&payload), err);
	buf_done(&payload);
	json_decref(o);
	return rc;
}

static bool
is_bundle(const struct export_request *q)
{
	return str_eq(q->format, STR("bundle"));
}

/*
 * All of it is written, and has not its name yet: the ledger tells of it first, so that
 * nothing ever left the case that the ledger does not know of.
 */
static enum claque_rc
inspect(void *ctx, const char *path, const char *leaves_as, struct claque_err *err)
{
	struct job *job = ctx;
	const struct claque_progress progress = { job, job_tick };
	enum claque_rc rc = leaks_find(job->leaks, path, leaves_as, &progress, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (is_bundle(job->request))
		store_rollback(job->store);	/* what it read of is not held any longer */
	return write_ledger(job->store, job->request, err);
}

/* Who is named, for whoever reads the export. */
static struct claque_str
tell_redaction(const struct job *job, const struct redaction_plan *plan, struct arena *perm)
{
	size_t hidden = redactor_hidden(job->redactor);

	switch (plan->level) {
	case REDACTION_AGGREGATE:
		return STR("aggregate: nothing of single accounts and posts");
	case REDACTION_PSEUDONYMISED:
		return str_fmt(perm, "pseudonymised: %zu accounts with fewer than %lld followers, or "
			       "of whom that is not known, and exposed users are u_...", hidden,
			       (long long)plan->followers);
	case REDACTION_FULL:
	case REDACTION_COUNT:
		break;
	}
	return hidden == 0 ? STR("") : str_fmt(perm, "%zu exposed users are u_...", hidden);
}

static enum claque_rc
begin_redaction(struct job *job, const struct redaction_plan *plan, struct claque_err *err)
{
	enum claque_rc rc;

	begin_stage(job, "looking up who must not be named");
	rc = redactor_new(&job->redactor, job->store, plan, err);
	if (rc == CLAQUE_OK)
		rc = leaks_new(&job->leaks, job->redactor, job->store, err);
	end_stage(job);
	return rc;
}

/* --- what only a bag takes */

struct bagging {
	struct export_bag bag;
	struct claque_progress progress;
	struct buf annotations;
	struct arena *perm;
	struct export_copy *inputs;
	size_t input_cap;
	int path, digest;		/* columns of the list of inputs */
};

static bool
take_input(void *ctx, const struct row *row)
{
	struct bagging *b = ctx;

	GROW(b->inputs, b->input_cap, b->bag.input_count + 1);
	b->inputs[b->bag.input_count++] = (struct export_copy){
		str_z(b->perm, row->values[b->path].s),
		str_dup(b->perm, row->values[b->digest].s),
	};
	return b->bag.input_count < INPUTS_MAX;
}

static enum claque_rc
take_inputs(const struct job *job, struct bagging *b, struct claque_err *err)
{
	struct list_query q = { .list = LIST_INPUTS, .lens = lens_open(), .sort = -1 };
	size_t count;
	const struct column *columns = list_columns(LIST_INPUTS, &count);
	enum claque_rc rc;

	b->path = (int)column_find(columns, count, STR("place"));
	b->digest = (int)column_find(columns, count, STR("sha256"));
	rc = list_walk(job->store, &q, take_input, b, err);
	b->bag.inputs = b->inputs;
	return rc;
}

/* Annotations and input files name everybody: only where the export may. */
static enum claque_rc
begin_bag(struct job *job, const struct export_request *q, const struct export_input *in,
	  struct bagging *b, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	b->progress = (struct claque_progress){ job, job_tick };
	b->bag = (struct export_bag){ .who = q->who, .key = q->key, .stamp = q->stamp,
				      .progress = &b->progress };
	buf_init(&b->annotations, SHARE_BYTES_MAX);
	if (in->redaction.len > 0)
		return !q->inputs ? CLAQUE_OK :
		       err_set(err, CLAQUE_EUSAGE, "input files name everybody, and this export "
			       "does not (" STR_FMT "): leave --inputs away",
			       STR_ARG(in->redaction));
	rc = case_share(job->store, &b->annotations, err);
	b->bag.annotations = buf_str(&b->annotations);
	return rc == CLAQUE_OK && q->inputs ? take_inputs(job, b, err) : rc;
}

static enum claque_rc
check_bag(const struct export_request *q, struct claque_err *err)
{
	if (str_eq(q->format, STR("bag")) ||
	    (q->key == NULL && !q->stamp && !q->inputs && q->passphrase.len == 0))
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EUSAGE, "a signature, a time stamp, the input files and encryption go "
		       "with a bag only: --to bag");
}

static enum claque_rc
write_bag(struct job *job, const struct export_request *q, const struct export_format *format,
	  struct export_input *in, struct claque_err *err)
{
	struct arena whole = arena_new(JOB_ARENA), perm = whole;
	struct bagging b = { .perm = &perm };
	enum claque_rc rc = begin_bag(job, q, in, &b, err);

	in->bag = &b.bag;
	in->passphrase = q->passphrase;
	in->encrypting = b.progress;
	if (rc == CLAQUE_OK)
		rc = export_write(format, in, q->path, q->replace, err);
	buf_done(&b.annotations);
	free(b.inputs);
	arena_free(whole);
	return rc;
}

static enum claque_rc
write_bundle(struct job *job, const struct export_request *q, const struct export_format *format,
	     struct export_input *in, struct claque_err *err)
{
	struct claque_progress progress = { job, job_tick };
	struct bundle_out_plan plan = { job->store, job->redactor, q->redaction.level, &progress };
	struct bundle_out *out;
	enum claque_rc rc = bundle_out_new(&out, &plan, err);

	in->bundle = bundle_out_tables(out);
	if (rc == CLAQUE_OK)
		rc = export_write(format, in, q->path, q->replace, err);
	bundle_out_free(out);
	return rc;
}

static enum claque_rc
write_export(struct job *job, const struct export_request *q, const struct export_format *format,
	     struct arena *perm, struct claque_err *err)
{
	struct table_source sources[LIST_COUNT];
	struct rowset tables[LIST_COUNT];
	struct claque_str title = store_title(store_path(job->store));
	struct export_input in = {
		.case_name = str_z(perm, redactor_text(job->redactor, perm, title)),
		.made_at = clock_now(), .tlp = q->tlp, .version = PACKAGE_VERSION,
		.redaction = tell_redaction(job, &q->redaction, perm),
		.inspect = inspect, .inspect_ctx = job, .tables = tables,
		.hours = find_hours, .examples = find_examples, .posts_ctx = job,
	};
	enum claque_rc rc = result_settings(job->store, perm, &in.settings, err);

	for (unsigned i = 0; i < LIST_COUNT; i++)
		if (redactor_keeps(job->redactor, (enum list_id)i)) {
			tables[in.table_count] = list_table(job, (enum list_id)i, &sources[i]);
			in.table_count++;
		}
	if (rc == CLAQUE_OK)
		rc = read_ledger(job->store, perm, &in, err);
	in.id_space = redactor_space(job->redactor, perm);
	in.ledger_hash = redactor_hash(job->redactor, perm, in.ledger_hash);
	if (rc == CLAQUE_OK && str_eq(q->format, STR("bag")))
		return write_bag(job, q, format, &in, err);
	if (rc == CLAQUE_OK && is_bundle(q))
		return write_bundle(job, q, format, &in, err);
	return rc == CLAQUE_OK ? export_write(format, &in, q->path, q->replace, err) : rc;
}

enum claque_rc
export_job(struct store *store, const struct export_request *q,
	   const struct claque_progress *progress, struct claque_err *err)
{
	struct arena whole = arena_new(JOB_ARENA), perm = whole, rows = arena_new(JOB_ARENA);
	struct job job = { .store = store, .request = q, .progress = progress, .scratch = rows,
			   .watch = { &job, progress->tick != NULL ? on_watch : NULL } };
	const struct export_format *format;
	enum claque_rc rc = export_find(q->format, &format, err);

	if (rc == CLAQUE_OK)
		rc = check_bag(q, err);
	if (rc == CLAQUE_OK && tick(&job, "exporting", 0, 1))
		rc = begin_redaction(&job, &q->redaction, err);
	/* Rows name each other: all of them as they are at one moment. */
	if (rc == CLAQUE_OK && !job.stopped && is_bundle(q))
		rc = store_hold(store, err);
	if (rc == CLAQUE_OK && !job.stopped)
		rc = write_export(&job, q, format, &perm, err);
	if (is_bundle(q))
		store_rollback(store);
	if (job.stopped)
		rc = err_set(err, CLAQUE_STOPPED, "the export was stopped; nothing was written");
	leaks_free(job.leaks);
	redactor_free(job.redactor);
	arena_free(rows);
	arena_free(whole);
	return rc;
}
