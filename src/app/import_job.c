#include "config.h"

#include "app/import_job.h"

#include <stdio.h>

#include "app/digest_job.h"
#include "app/formats.h"
#include "app/relay.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/sha256.h"
#include "case/case.h"
#include "import/bundle.h"
#include "import/import.h"

enum { JOB_ARENA = 64 << 20 };

struct job {
	const struct import_request *request;
	const struct claque_progress *progress;
	struct store *store;		/* NULL on a dry run */
	struct writer *writer;
	struct import_maps *maps;
	struct import_options options;
	struct import_report report;	/* of the file in hand */
	struct file_state state;	/* of it, before it was read */
	const struct import_stream *stream;	/* in its place, or NULL */
	struct record_sink inner;	/* where the tap passes records on */
	size_t files_taken;
	enum claque_rc first_failure;
	struct claque_err first_err;
};

/* The tap stands between importer and store and keeps the first refusals. */

static enum claque_rc
tap_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate, struct claque_err *err)
{
	struct job *job = ctx;

	return job->inner.put(job->inner.ctx, row, r, duplicate, err);
}

static enum claque_rc
tap_refuse(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct job *job = ctx;
	struct import_report *report = &job->report;

	if (report->refusal_count < REFUSALS_SHOWN) {
		struct import_refusal *r = &report->refusals[report->refusal_count++];

		r->row = row;
		(void)snprintf(r->reason, sizeof(r->reason), STR_FMT, STR_ARG(reason));
	}
	return job->inner.refuse(job->inner.ctx, row, reason, err);
}

static enum claque_rc
tap_row_done(void *ctx, uint64_t row, struct claque_err *err)
{
	struct job *job = ctx;

	return job->inner.row_done(job->inner.ctx, row, err);
}

/* On a dry run the records are counted and dropped. */

static enum claque_rc
count_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate, struct claque_err *err)
{
	struct input_totals *t = ctx;
	uint64_t *const by_type[] = {
		[RECORD_POST] = &t->posts, [RECORD_ACCOUNT] = &t->accounts,
		[RECORD_CHANGE] = &t->changes, [RECORD_INDICATOR] = &t->indicators,
		[RECORD_PORTRAIT] = &t->accounts,
	};

	(void)row, (void)err;
	*duplicate = false;
	++*by_type[r->type];
	if (r->type == RECORD_POST)
		t->shares += r->post.share_count;
	return CLAQUE_OK;
}

static enum claque_rc
count_refuse(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	(void)ctx, (void)row, (void)reason, (void)err;
	return CLAQUE_OK;
}

static enum claque_rc
count_row(void *ctx, uint64_t row, struct claque_err *err)
{
	(void)ctx, (void)row, (void)err;
	return CLAQUE_OK;
}

struct reading {		/* arguments of import_file() or import_streamed() */
	const char *path;
	const struct import_stream *stream;
	struct import_options options;
	struct import_totals *seen;
};

static enum claque_rc
read_file(void *ctx, const struct record_sink *sink, const struct claque_progress *progress,
	  struct claque_err *err)
{
	struct reading *r = ctx;

	if (r->stream != NULL)
		return import_streamed(r->stream, &r->options, sink, progress, r->seen, err);
	return import_file(r->path, &r->options, sink, progress, r->seen, err);
}

static enum claque_rc
read_into(struct job *job, const struct record_sink *inner, uint64_t skip,
	  struct import_totals *seen, struct claque_err *err)
{
	struct import_report *report = &job->report;
	struct reading reading = { report->path, job->stream, job->options, seen };
	struct relay_source source = { &reading, read_file };
	struct record_sink tap = { job, tap_put, tap_refuse, tap_row_done };
	enum claque_rc rc;

	reading.options.skip = skip;
	reading.options.format = job->stream != NULL ? job->stream->format : job->options.format;
	job->inner = *inner;
	rc = relay_run(&source, &tap, job->progress, err);
	/* Rows that were read belong to the digest that was taken before them. */
	if (rc == CLAQUE_OK && job->stream == NULL && file_has_changed(report->path, &job->state))
		rc = err_set(err, CLAQUE_EIO, "%s was changed while it was read; import it again "
			     "when nobody writes to it", report->path);
	if (rc == CLAQUE_OK)
		report->seen = *seen;
	return rc;
}

static uint64_t
sum_of(const uint64_t counts[BUNDLE_COUNT])
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < BUNDLE_COUNT; i++)
		sum += counts[i];
	return sum;
}

/*
 * A bundle has rows of every table, so it is put into the case by itself; the writer, who
 * would not know of them, is made anew for the file after it.
 */
static enum claque_rc
bundle_file(struct job *job, struct claque_err *err)
{
	struct import_report *report = &job->report;
	struct bundle_request request = { report->path, job->store, job->request->who };
	const struct bundle_totals *rows = &report->bundle.rows;
	struct input_totals *t = &report->totals;
	enum claque_rc rc;

	writer_free(job->writer);
	job->writer = NULL;
	report->is_bundle = true;
	rc = bundle_job(&request, job->progress, &report->bundle, err);
	report->done_before = report->bundle.done_before;
	report->resumed_at = rows->resumed_at;
	t->rows = report->bundle.lines;
	t->taken = job->store != NULL ? sum_of(rows->taken) : t->rows;
	t->duplicates = sum_of(rows->there);
	t->posts = rows->taken[BUNDLE_POST];
	t->accounts = rows->taken[BUNDLE_ACCOUNT];
	t->changes = rows->taken[BUNDLE_CHANGE];
	t->indicators = rows->taken[BUNDLE_INDICATOR];
	t->shares = rows->taken[BUNDLE_SHARE];
	return rc;
}

static bool
is_bundle(const struct job *job)
{
	return str_eq(str_of(job->report.format), STR(BUNDLE_FORMAT));
}

static enum claque_rc
count_file(struct job *job, struct claque_err *err)
{
	struct record_sink counter = { &job->report.totals, count_put, count_refuse, count_row };
	struct input_totals *t = &job->report.totals;
	struct import_totals seen;
	enum claque_rc rc;

	if (is_bundle(job))
		return bundle_file(job, err);
	rc = read_into(job, &counter, 0, &seen, err);
	if (rc == CLAQUE_OK) {
		t->rows = seen.rows;
		t->refused = seen.refused;
		t->partly = seen.partly;
		t->taken = seen.rows - seen.refused;
	}
	return rc;
}

/* Of a stream whoever makes it has told. */
static enum claque_rc
digest_of(struct job *job, char room[SHA256_HEX + 1], struct input_info *info,
	  struct claque_err *err)
{
	info->sha256 = job->stream != NULL ? job->stream->sha256 : room;
	if (job->stream == NULL)
		return sha256_file(info->path, room, &info->bytes, job->progress, err);
	info->bytes = job->stream->bytes;
	return CLAQUE_OK;
}

static enum claque_rc
store_file(struct job *job, struct claque_err *err)
{
	struct import_report *report = &job->report;
	char digest[SHA256_HEX + 1];
	struct input_info info = { .path = report->path, .format = report->format };
	struct record_sink sink;
	struct import_totals seen;
	enum claque_rc rc = CLAQUE_OK;

	if (is_bundle(job))
		return bundle_file(job, err);
	if (job->writer == NULL)
		rc = writer_new(&job->writer, job->store, job->progress, err);
	if (rc == CLAQUE_OK)
		rc = digest_of(job, digest, &info, err);
	if (rc == CLAQUE_OK)
		rc = writer_begin_input(job->writer, &info, &report->resumed_at,
					&report->done_before, err);
	if (rc != CLAQUE_OK || report->done_before)
		return rc;
	sink = writer_sink(job->writer);
	rc = read_into(job, &sink, report->resumed_at, &seen, err);
	if (rc == CLAQUE_OK)
		return writer_end_input(job->writer, &report->totals, err);
	writer_leave_input(job->writer);
	return rc;
}

static void
take_outcome(struct job *job, enum claque_rc rc, const struct claque_err *err)
{
	struct import_report *report = &job->report;

	report->rc = rc;
	if (rc == CLAQUE_OK) {
		job->files_taken++;
		return;
	}
	(void)snprintf(report->message, sizeof(report->message), "%s",
		       rc == CLAQUE_STOPPED ? "stopped; run it again to go on" : err->msg);
	if (job->first_failure == CLAQUE_OK) {
		job->first_failure = rc;
		job->first_err = *err;
	}
}

static enum claque_rc
find_format(struct job *job, struct claque_err *err)
{
	const struct import_format *format = NULL;
	enum claque_rc rc;

	if (job->stream != NULL) {
		job->report.format = job->stream->format;
		return CLAQUE_OK;
	}
	rc = import_sniff(job->report.path, &job->options, &format, err);
	if (rc == CLAQUE_OK)
		job->report.format = format->name;
	return rc;
}

/* stream: in place of the file of that path, or NULL. */
static enum claque_rc
one_file(struct job *job, const char *path, const struct import_stream *stream)
{
	const struct import_request *q = job->request;
	struct claque_err err = { 0 };
	int64_t began = clock_ticks();
	enum claque_rc rc;

	job->report = (struct import_report){ .path = path };
	job->stream = stream;
	job->state = file_look(path);
	rc = find_format(job, &err);
	if (rc == CLAQUE_OK)
		rc = q->dry_run ? count_file(job, &err) : store_file(job, &err);
	job->report.took_ms = clock_ticks() - began;
	take_outcome(job, rc, &err);
	q->report(q->ctx, &job->report);
	return rc;
}

/* What one file is wrong with must not stop the next; a case that cannot be written or a
   cancel must. */
static bool
must_stop(struct job *job, enum claque_rc rc, struct claque_err *err)
{
	bool broken = job->writer != NULL && writer_is_broken(job->writer);

	if (rc != CLAQUE_STOPPED && rc != CLAQUE_EBUSY && !broken)
		return false;
	*err = job->first_err;
	return true;
}

static enum claque_rc
all_streams(struct job *job, struct claque_err *err)
{
	const struct import_request *q = job->request;

	for (size_t i = 0; i < q->stream_count; i++) {
		enum claque_rc rc = one_file(job, q->streams[i].name, &q->streams[i]);

		if (must_stop(job, rc, err))
			return rc;
	}
	return CLAQUE_OK;
}

static enum claque_rc
all_files(struct job *job, struct arena *perm, struct claque_err *err)
{
	const struct import_request *q = job->request;
	const char **files;
	size_t count;

	for (size_t i = 0; i < q->path_count; i++) {
		enum claque_rc rc = import_expand(q->paths[i], perm, &files, &count, err);

		if (rc != CLAQUE_OK) {
			job->report = (struct import_report){ .path = q->paths[i] };
			take_outcome(job, rc, err);
			q->report(q->ctx, &job->report);
			continue;
		}
		for (size_t k = 0; k < count; k++) {
			rc = one_file(job, files[k], NULL);
			if (must_stop(job, rc, err))
				return rc;
		}
	}
	return all_streams(job, err);
}

static enum claque_rc
write_ledger(struct job *job, struct digest_job *digests, struct arena scratch,
	     struct claque_err *err)
{
	struct case_context c = { .store = job->store, .who = job->request->who };
	struct claque_str payload = str_fmt(&scratch, "{\"files\":%zu}", job->files_taken);

	return digest_job_record(digests, &c, "import", payload, err);
}

/* Indexes, totals, digests and the entry. */
static enum claque_rc
finish(struct job *job, struct arena scratch, struct claque_err *err)
{
	const struct import_request *q = job->request;
	struct import_after after = { 0 };
	struct digest_job *digests;
	int64_t began = clock_ticks(), made;
	enum claque_rc rc;

	digest_job_start(&digests, job->store);
	rc = job->writer != NULL ? writer_finish(job->writer, job->progress, err) : CLAQUE_OK;
	made = clock_ticks();
	if (rc == CLAQUE_OK)
		rc = write_ledger(job, digests, scratch, err);
	digest_job_free(digests);
	after.of = store_spent(job->store);
	after.digests = clock_ticks() - made;
	after.all = clock_ticks() - began;
	if (rc == CLAQUE_OK && q->after != NULL)
		q->after(q->ctx, &after);
	return rc;
}

static enum claque_rc
read_maps(struct job *job, struct claque_err *err)
{
	const struct import_request *q = job->request;
	const char *format = q->format;
	struct formats_ear ear = { q->ctx, q->warn };
	enum claque_rc rc = formats_read(&format, &ear, &job->maps, err);

	job->options = (struct import_options){ .format = format, .map = q->map,
						.map_count = q->map_count, .maps = job->maps };
	return rc;
}

static enum claque_rc
open_case(struct job *job, struct claque_err *err)
{
	enum claque_rc rc = store_open(&job->store, job->request->case_path, STORE_CREATE, err);

	if (rc == CLAQUE_OK)
		rc = digest_job_before(job->store, job->progress, err);
	if (rc == CLAQUE_OK)
		rc = writer_new(&job->writer, job->store, job->progress, err);
	return rc;
}

enum claque_rc
import_job(const struct import_request *request, const struct claque_progress *progress,
	   struct claque_err *err)
{
	struct job job = { .request = request, .progress = progress, .first_failure = CLAQUE_OK };
	struct arena whole = arena_new(JOB_ARENA), perm = whole;
	enum claque_rc rc = read_maps(&job, err), end;

	if (rc == CLAQUE_OK && !request->dry_run)
		rc = open_case(&job, err);
	if (rc != CLAQUE_OK)
		goto out;
	rc = all_files(&job, &perm, err);
	if (!request->dry_run && job.files_taken > 0) {
		end = finish(&job, perm, err);
		if (rc == CLAQUE_OK)
			rc = end;
	}
	if (rc == CLAQUE_OK && job.files_taken == 0 && job.first_failure != CLAQUE_OK) {
		*err = job.first_err;
		rc = job.first_failure;
	}
out:
	writer_free(job.writer);
	store_close(job.store);
	import_maps_free(job.maps);
	arena_free(whole);
	return rc;
}
