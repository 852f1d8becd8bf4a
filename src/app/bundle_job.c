#include "config.h"

#include "app/bundle_job.h"

#include "base/err.h"
#include "base/file.h"
#include "base/sha256.h"
#include "case/foreign.h"
#include "import/bundle.h"
#include "store/digest.h"
#include "store/forget.h"

/* Tables that its entry vouches for; the import's, which comes after it, does for the others. */
enum { BUNDLE_DIGESTS = DIGEST_EVENTS | DIGEST_RUNS };

enum { PLAN_BYTES = 1 << 30, PAYLOAD_MAX = 1 << 20 };

struct job {
	const struct bundle_request *request;
	const struct claque_progress *progress;
	struct bundle_report *out;
	struct bundle_head head;
	struct bundle_info info;
	struct bundle_put *put;
	struct buf annotations;		/* lines, as case_merge_plan_rows() reads them */
	char digest[SHA256_HEX + 1];
	struct file_state state;	/* of the file, before it was found to be whole */
};

static enum claque_rc
take_annotation(struct job *job, const struct bundle_line *line, struct claque_err *err)
{
	buf_add(&job->annotations, line->text);
	buf_addc(&job->annotations, '\n');
	return job->annotations.over ? err_set(err, CLAQUE_ELIMIT, "annotations: more than %d MiB",
					       SHARE_BYTES_MAX >> 20) : CLAQUE_OK;
}

static enum claque_rc
take_line(void *ctx, const struct bundle_line *line, struct claque_err *err)
{
	struct job *job = ctx;
	enum bundle_table table = bundle_find(line->type);

	if (table != BUNDLE_COUNT)
		return bundle_put_row(job->put, line->number, table, line->row, err);
	if (str_eq(line->type, STR("annotation")))
		return take_annotation(job, line, err);
	if (str_eq(line->type, STR("ledger")))
		return bundle_put_ledger(job->put, line->number, line->row, err);
	if (str_eq(line->type, STR("entry")))
		return bundle_put_entry(job->put, line->number, line->row, err);
	return err_set(err, CLAQUE_EINPUT, "line %llu is of a type that this claque does not know: it "
		       "was made by a newer one", (unsigned long long)line->number);
}

/* --- annotations */

static struct subject
find_subject(void *ctx, enum subject_kind kind, int64_t row)
{
	return bundle_subject(ctx, kind, row);
}

/* The first line that the annotations would have by themselves. */
static void
put_head(struct job *job, const json_t *header)
{
	static const char *const keys[] = { "case", "ledger_entries", "ledger_hash" };
	json_t *o = json_new_object();

	json_put(o, "annotations", json_integer(1));
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (json_object_get(header, keys[i]) != NULL)
			json_put(o, keys[i], json_deep_copy(json_object_get(header, keys[i])));
	json_canonical(&job->annotations, o);
	buf_addc(&job->annotations, '\n');
	json_decref(o);
}

static enum claque_rc
merge(struct job *job, struct claque_err *err)
{
	struct case_context c = { .store = job->request->store, .who = job->request->who };
	struct merge_rows rows = { job->put, find_subject, bundle_put_totals(job->put).whole };
	struct arena whole = arena_new(PLAN_BYTES), perm = whole;
	struct merge_plan plan;
	enum claque_rc rc = case_merge_plan_rows(c.store, buf_str(&job->annotations), &rows, &perm,
						 &plan, err);

	if (rc == CLAQUE_OK)
		rc = case_merge(&c, &plan, &job->out->taken, err);
	if (rc == CLAQUE_OK)
		memcpy(job->out->annotations, plan.states, sizeof(plan.states));
	arena_free(whole);
	return rc;
}

/* --- the ledger */

static enum claque_rc
record(struct job *job, const json_t *header, struct claque_err *err)
{
	struct case_context c = { .store = job->request->store, .who = job->request->who };
	struct digests *digests = digests_new();
	struct foreign_told told;
	json_t *o = json_new_object();
	struct buf payload;
	enum claque_rc rc;

	json_put(o, "bundle", json_text(str_of(job->digest)));
	json_put(o, "case", json_text(case_payload_text(header, "case")));
	json_put(o, "content", json_text(str_of(job->head.content)));
	json_put(o, "lines", json_integer((json_int_t)job->head.lines));
	json_put(o, "redaction", json_text(case_payload_text(header, "redaction")));
	json_put(o, "runs", json_boolean(job->out->rows.runs));
	json_put(o, "tlp", json_text(case_payload_text(header, "tlp")));
	json_put(o, "whole", json_boolean(job->out->rows.whole));
	rc = foreign_tell(c.store, str_of(job->digest), o, &told, err);
	job->out->ledgers = told.ledgers;
	job->out->entries = told.entries;
	memcpy(job->out->fault, told.fault, sizeof(told.fault));
	buf_init(&payload, PAYLOAD_MAX);
	json_canonical(&payload, o);
	if (rc == CLAQUE_OK)
		rc = digests_take(digests, c.store, BUNDLE_DIGESTS, err);
	if (rc == CLAQUE_OK)
		rc = case_record_tables(&c, FOREIGN_ACTION, buf_str(&payload), digests, err);
	digests_free(digests);
	buf_done(&payload);
	json_decref(o);
	return rc;
}

static enum claque_rc
take_all(struct job *job, const json_t *header, struct claque_err *err)
{
	enum claque_rc rc;

	put_head(job, header);
	digest_watch_extras(job->request->store);
	rc = digest_mark(job->request->store, BUNDLE_DIGESTS, err);
	if (rc == CLAQUE_OK)
		rc = bundle_read(job->request->path, job->progress, job, take_line, err);
	if (rc == CLAQUE_OK && file_has_changed(job->request->path, &job->state))
		rc = err_set(err, CLAQUE_EIO, "%s was changed while it was read; nothing of it was taken",
			     job->request->path);
	if (rc == CLAQUE_OK)
		rc = bundle_put_finish(job->put, job->progress, err);
	job->out->rows = bundle_put_totals(job->put);
	if (rc == CLAQUE_OK)
		rc = merge(job, err);
	if (rc == CLAQUE_OK)
		rc = record(job, header, err);
	return rc == CLAQUE_OK ? bundle_put_done(job->put, err) : rc;
}

/* --- who must not come back */

struct returning {
	struct forgotten *forgotten;
	uint64_t accounts;
};

static enum claque_rc
note_returning(void *ctx, const struct bundle_line *line, struct claque_err *err)
{
	struct returning *r = ctx;
	struct claque_str platform = case_payload_text(line->row, "platform");

	(void)err;
	r->accounts += bundle_find(line->type) == BUNDLE_ACCOUNT &&
		(forgotten_is(r->forgotten, platform, case_payload_text(line->row, "account_id")) ||
		 forgotten_is(r->forgotten, platform, case_payload_text(line->row, "handle")));
	return CLAQUE_OK;
}

/*
 * Rows of a bundle name each other, and its ledger and its notes name people, too: one that
 * holds somebody who was forgotten here is not taken at all.
 */
static enum claque_rc
check_forgotten(const struct job *job, struct claque_err *err)
{
	struct returning r = { .accounts = 0 };
	enum claque_rc rc = forgotten_load(job->request->store, &r.forgotten, err);

	if (rc == CLAQUE_OK && forgotten_is_anybody(r.forgotten))
		rc = bundle_read(job->request->path, job->progress, &r, note_returning, err);
	forgotten_free(r.forgotten);
	if (rc == CLAQUE_OK && r.accounts > 0)
		rc = err_set(err, CLAQUE_EUSAGE, "%s: %llu of its accounts this case forgot, and a bundle "
			     "is taken whole or not: forget them in the case that it is of, and make "
			     "another", job->request->path, (unsigned long long)r.accounts);
	return rc;
}

static enum claque_rc
put_bundle(struct job *job, struct claque_err *err)
{
	json_t *header = json_parse(buf_str(&job->head.header));
	enum claque_rc rc;

	job->info.header = buf_str(&job->head.header);
	rc = bundle_put_new(&job->put, job->request->store, &job->info, &job->out->done_before, err);
	if (rc == CLAQUE_OK && !job->out->done_before)
		rc = take_all(job, header, err);
	bundle_put_free(job->put);
	json_decref(header);
	return rc;
}

enum claque_rc
bundle_job(const struct bundle_request *request, const struct claque_progress *progress,
	   struct bundle_report *out, struct claque_err *err)
{
	struct job job = { .request = request, .progress = progress, .out = out };
	enum claque_rc rc;

	*out = (struct bundle_report){ .done_before = false };
	job.state = file_look(request->path);
	bundle_head_init(&job.head);
	buf_init(&job.annotations, SHARE_BYTES_MAX);
	job.info = (struct bundle_info){ .path = request->path, .sha256 = job.digest };
	rc = sha256_file(request->path, job.digest, &job.info.bytes, progress, err);
	if (rc == CLAQUE_OK)
		rc = bundle_check(request->path, progress, &job.head, err);
	out->lines = job.head.lines;
	memcpy(out->content, job.head.content, sizeof(out->content));
	if (rc == CLAQUE_OK && request->store != NULL)
		rc = check_forgotten(&job, err);
	if (rc == CLAQUE_OK && request->store != NULL)
		rc = put_bundle(&job, err);
	buf_done(&job.annotations);
	bundle_head_done(&job.head);
	return rc;
}
