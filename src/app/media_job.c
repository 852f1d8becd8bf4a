#include "config.h"

#include "app/media_job.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/digest_job.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/sha256.h"
#include "case/case.h"
#include "import/image.h"
#include "store/meet.h"
#include "store/writer.h"
#include "text/json.h"

enum {
	ROOM = 1 << 30,		/* of address space: paths and ids of a million files */
	EXTRAS_MAX = 1 << 16, MEETINGS_MAX = 64,
	/* Hashed before they are stored together: nobody waits for a transaction meanwhile. */
	BATCH = 128,
};

/* What became of one picture. */
struct picture {
	const struct image_file *file;
	struct meeting *meetings;
	enum image_role *roles;		/* by meeting */
	size_t meeting_count;
	bool hashed;
	struct image_hashes hashes;
	char reason[500];		/* if it is not taken */
};

struct job {
	const struct media_request *request;
	const struct claque_progress *progress;
	struct media_report report;
	struct image_folder folder;
	struct arena *perm;
	struct store *store;
	struct writer *writer;
	struct image_reader *reader;
	int fd;
	struct hamming near;		/* PDQ hashes that are keys of media in the case */
	struct picture batch[BATCH];
};

static bool
tick(const struct job *job, const char *stage, uint64_t done)
{
	return job->progress->tick == NULL ||
	       job->progress->tick(job->progress->ctx, stage, done, job->folder.count);
}

/* --- whom it belongs to */

static enum claque_rc
meet_claim(struct job *job, const struct image_claim *claim, struct arena *perm,
	   struct meeting *out, struct claque_err *err)
{
	return claim->of_post ? meet_post(job->store, claim->platform, claim->id, perm, out, err) :
	       meet_account(job->store, claim->platform, claim->id, perm, out, err);
}

/* ENOTFOUND and EUSAGE (several have that name) say why; both are facts, not failures. */
static enum claque_rc
meet(struct job *job, struct picture *p, struct arena *perm, struct claque_err *err)
{
	const struct image_file *file = p->file;
	size_t most = file->claim_count < MEETINGS_MAX ? file->claim_count : MEETINGS_MAX;

	p->meetings = ARENA_NEW(perm, struct meeting, most + 1);
	p->roles = ARENA_NEW(perm, enum image_role, most + 1);
	(void)snprintf(p->reason, sizeof(p->reason), "nothing in the case has the id in its name%s",
		       file->guessed && image_id_is_short(file->path) ? "; so short a one counts with"
		       " its platform before it: x_12-1.jpg" : "");
	for (size_t i = 0; i < most && !(file->guessed && p->meeting_count > 0); i++) {
		const struct image_claim *claim = &file->claims[i];
		enum claque_rc rc = meet_claim(job, claim, perm, &p->meetings[p->meeting_count],
					       err);

		if (rc == CLAQUE_OK)
			p->roles[p->meeting_count++] = claim->role;
		else if (rc != CLAQUE_ENOTFOUND && rc != CLAQUE_EUSAGE)
			return rc;
		else if (rc == CLAQUE_EUSAGE || !file->guessed)
			(void)snprintf(p->reason, sizeof(p->reason), "%s (by %s)", err->msg,
				       claim->by);
	}
	return CLAQUE_OK;
}

/* --- storing */

static void
keep_key(void *ctx, struct claque_str key)
{
	struct hamming *near = ctx;
	uint64_t bits[IMAGE_PDQ_WORDS];

	if (hamming_parse(key, IMAGE_PDQ_WORDS, bits))
		(void)hamming_add(near, bits);
}

static struct claque_str
hex_of(const uint64_t *bits, struct arena *perm)
{
	struct image_hashes of = { 0 };
	char hex[IMAGE_PDQ_DIGITS + 1];

	memcpy(of.pdq, bits, sizeof(of.pdq));
	image_pdq_hex(&of, hex);
	return str_dup(perm, str_of(hex));
}

/* The key that the picture goes by, and how far from it it is. */
static struct claque_str
key_of(struct job *job, const struct image_hashes *hashes, unsigned *apart, struct arena *perm)
{
	uint64_t work = 0;
	uint32_t near = hamming_find(&job->near, hashes->pdq, &work);
	const uint64_t *bits;

	if (near == HAMMING_NONE)
		near = hamming_add(&job->near, hashes->pdq);
	bits = &job->near.bits[(size_t)near * IMAGE_PDQ_WORDS];
	*apart = hamming_apart(bits, hashes->pdq, IMAGE_PDQ_WORDS);
	return hex_of(bits, perm);
}

static bool
shows_a_post(const struct picture *p)
{
	for (size_t i = 0; i < p->meeting_count; i++)
		if (p->roles[i] == IMAGE_MEDIA)
			return true;
	return false;
}

/* What no field takes: enough to find the file, and to judge the match. */
static struct claque_str
extras_of(const struct picture *p, unsigned apart, struct arena *perm)
{
	char small[IMAGE_SMALL_DIGITS + 1];
	json_t *o = json_object();
	struct claque_str out;
	struct buf text;

	image_small_hex(&p->hashes, small);
	json_put(o, "file", json_text(str_of(p->file->path)));
	json_put(o, "pdq", json_text(hex_of(p->hashes.pdq, perm)));
	json_put(o, "phash", json_text(str_of(small)));
	json_put(o, "quality", json_text(str_fmt(perm, "%d", p->hashes.quality)));
	if (shows_a_post(p))
		json_put(o, "bits apart", json_text(str_fmt(perm, "%u", apart)));
	buf_init(&text, EXTRAS_MAX);
	json_canonical(&text, o);
	out = str_dup(perm, buf_str(&text));
	buf_done(&text);
	json_decref(o);
	return out;
}

static struct record
record_of(const struct picture *p, size_t meeting, struct claque_str key, struct arena *perm)
{
	const struct meeting *m = &p->meetings[meeting];
	char small[IMAGE_SMALL_DIGITS + 1];
	struct share_record *share;

	if (p->roles[meeting] == IMAGE_AVATAR) {
		image_small_hex(&p->hashes, small);
		return (struct record){ .type = RECORD_PORTRAIT, .portrait = { m->platform,
			m->account_id, str_dup(perm, str_of(small)) } };
	}
	share = ARENA_NEW(perm, struct share_record, 1);
	*share = (struct share_record){ .kind = CLAQUE_OBJECT_media, .act = CLAQUE_ACT_media,
					.basis = SHARE_BASIS_picture, .key = key };
	return (struct record){ .type = RECORD_POST, .post = {
		.platform = m->platform, .account_id = m->account_id, .id = m->post_id,
		.at = m->at, .precision = m->precision, .kind = m->kind, .likes = COUNT_UNKNOWN,
		.shares_count = COUNT_UNKNOWN, .replies = COUNT_UNKNOWN, .shares = share,
		.share_count = 1, .shares_accrue = true } };
}

static enum claque_rc
put_picture(struct job *job, const struct picture *p, uint64_t row, struct arena scratch,
	    struct claque_err *err)
{
	struct record_sink sink = writer_sink(job->writer);
	struct media_report *report = &job->report;
	unsigned apart = 0;
	bool media = shows_a_post(p), taken = false;
	struct claque_str key = media ? key_of(job, &p->hashes, &apart, &scratch) : STR("");
	struct claque_str extras = extras_of(p, apart, &scratch);
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < p->meeting_count && rc == CLAQUE_OK; i++) {
		struct record r = record_of(p, i, key, &scratch);
		uint64_t *count = p->roles[i] == IMAGE_MEDIA ? &report->posts : &report->accounts;
		bool duplicate;

		r.extras = extras;
		rc = sink.put(sink.ctx, row, &r, &duplicate, err);
		*count += rc == CLAQUE_OK && !duplicate;
		taken |= !duplicate;
	}
	report->known += !taken;
	report->near += media && taken && apart > 0;
	return rc;
}

static void
note(struct media_note notes[MEDIA_SHOWN], uint64_t count, const struct picture *p)
{
	if (count >= MEDIA_SHOWN)
		return;
	notes[count].path = p->file->path;
	(void)snprintf(notes[count].text, sizeof(notes[count].text), "%s", p->reason);
}

static enum claque_rc
put_refusal(struct job *job, const struct picture *p, uint64_t row, struct arena scratch,
	    struct claque_err *err)
{
	struct record_sink sink = writer_sink(job->writer);
	struct media_report *report = &job->report;
	bool unmet = p->meeting_count == 0;

	if (unmet)
		note(report->unmet_notes, report->unmet++, p);
	else
		note(report->refused_notes, report->refused++, p);
	return sink.refuse(sink.ctx, row, str_fmt(&scratch, "%s: %s", p->file->path, p->reason),
			   err);
}

static enum claque_rc
store_batch(struct job *job, size_t first, size_t count, struct claque_err *err)
{
	struct record_sink sink = writer_sink(job->writer);
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < count && rc == CLAQUE_OK; i++) {
		const struct picture *p = &job->batch[i];
		uint64_t row = first + i + 1;

		rc = p->hashed ? put_picture(job, p, row, *job->perm, err) :
		     put_refusal(job, p, row, *job->perm, err);
		if (rc == CLAQUE_OK)
			rc = sink.row_done(sink.ctx, row, err);
	}
	return rc == CLAQUE_OK ? writer_commit(job->writer, err) : rc;
}

/* --- the pictures */

/* What nothing in the case has is not decoded. */
static enum claque_rc
look_at(struct job *job, struct picture *p, struct arena *perm, struct claque_err *err)
{
	enum claque_rc rc = meet(job, p, perm, err);

	if (rc != CLAQUE_OK || p->meeting_count == 0)
		return rc;
	rc = image_read(job->reader, job->fd, p->file->path, job->progress, &p->hashes, p->reason,
			err);
	p->hashed = rc == CLAQUE_OK;
	return rc == CLAQUE_EINPUT ? CLAQUE_OK : rc;
}

static enum claque_rc
one_batch(struct job *job, size_t first, size_t count, struct claque_err *err)
{
	struct arena room = *job->perm;	/* of this batch */
	struct arena *perm = job->perm;
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < count && rc == CLAQUE_OK; i++) {
		job->batch[i] = (struct picture){ .file = &job->folder.files[first + i] };
		rc = look_at(job, &job->batch[i], &room, err);
		if (rc == CLAQUE_OK && !tick(job, "comparing pictures", first + i + 1))
			rc = CLAQUE_STOPPED;
	}
	job->perm = &room;
	if (rc == CLAQUE_OK)
		rc = store_batch(job, first, count, err);
	job->perm = perm;
	return rc;
}

static enum claque_rc
all_pictures(struct job *job, uint64_t skip, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = skip; i < job->folder.count && rc == CLAQUE_OK; i += BATCH) {
		size_t left = job->folder.count - i;

		rc = one_batch(job, i, left < BATCH ? left : BATCH, err);
	}
	return rc;
}

/* --- the folder as an input */

static enum claque_rc
write_ledger(struct job *job, struct digest_job *digests, struct claque_err *err)
{
	const struct media_report *r = &job->report;
	uint64_t met = r->pictures - r->unmet - r->refused;
	struct case_context c = { .store = job->store, .who = job->request->who };
	struct arena scratch = *job->perm;
	struct claque_str payload = str_fmt(&scratch,
		"{\"met\":%llu,\"pictures\":%llu,\"refused\":%llu,\"unmet\":%llu}",
		(unsigned long long)met, (unsigned long long)r->pictures,
		(unsigned long long)r->refused, (unsigned long long)r->unmet);

	return digest_job_record(digests, &c, "import", payload, err);
}

static enum claque_rc
finish(struct job *job, struct claque_err *err)
{
	struct digest_job *digests;
	enum claque_rc rc;

	digest_job_start(&digests, job->store);
	rc = writer_finish(job->writer, job->progress, err);
	if (rc == CLAQUE_OK)
		rc = write_ledger(job, digests, err);
	digest_job_free(digests);
	return rc;
}

static enum claque_rc
take_folder(struct job *job, struct claque_err *err)
{
	char digest[SHA256_HEX + 1];
	struct input_info info = { .path = job->folder.path, .sha256 = digest,
				   .format = "pictures" };
	struct input_totals totals;
	bool done_before;
	enum claque_rc rc;

	rc = tree_sha256(job->folder.path, job->folder.tree, job->folder.tree_count, digest,
			 &info.bytes, job->progress, err);
	if (rc == CLAQUE_OK)
		rc = meet_media(job->store, keep_key, &job->near, err);
	writer_tell_of_known(job->writer);
	if (rc == CLAQUE_OK)
		rc = writer_begin_input(job->writer, &info, &job->report.resumed_at, &done_before,
					err);
	if (rc != CLAQUE_OK)
		return rc;
	rc = all_pictures(job, job->report.resumed_at, err);
	if (rc == CLAQUE_OK)
		return writer_end_input(job->writer, &totals, err);
	writer_leave_input(job->writer);
	return rc;
}

static enum claque_rc
open_all(struct job *job, struct claque_err *err)
{
	enum claque_rc rc = image_folder_read(job->request->folder, job->perm, &job->folder, err);

	if (rc == CLAQUE_OK && job->folder.count == 0)
		return err_set(err, CLAQUE_EINPUT, "%s: no picture in this folder or below it",
			       job->request->folder);
	if (rc == CLAQUE_OK)
		rc = store_open(&job->store, job->request->case_path, STORE_WRITE, err);
	if (rc == CLAQUE_OK)
		rc = digest_job_before(job->store, job->progress, err);
	if (rc == CLAQUE_OK)
		rc = writer_new(&job->writer, job->store, job->progress, err);
	if (rc == CLAQUE_OK)
		rc = writer_finish(job->writer, job->progress, err);	/* indexes to look up by */
	if (rc == CLAQUE_OK)
		rc = image_reader_new(&job->reader, err);
	if (rc != CLAQUE_OK)
		return rc;
	job->fd = open(job->folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return job->fd >= 0 ? CLAQUE_OK :
	       err_set(err, CLAQUE_EIO, "%s: it is no folder any more", job->folder.path);
}

static void
close_all(struct job *job)
{
	if (job->fd >= 0)
		(void)close(job->fd);
	hamming_done(&job->near);
	image_reader_free(job->reader);
	writer_free(job->writer);
	store_close(job->store);
}

enum claque_rc
media_job(const struct media_request *request, const struct claque_progress *progress,
	  struct claque_err *err)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	struct job *job = ARENA_NEW(&perm, struct job, 1);
	int64_t began = clock_ticks();
	enum claque_rc rc;

	job->request = request;
	job->progress = progress;
	job->perm = &perm;
	job->fd = -1;
	hamming_init(&job->near, IMAGE_PDQ_WORDS, IMAGE_PDQ_APART, 0);
	rc = open_all(job, err);
	job->report.folder = request->folder;
	job->report.pictures = job->folder.count;
	job->report.others = job->folder.others;
	job->report.absent = job->folder.absent;
	job->report.first_absent = job->folder.first_absent;
	if (rc == CLAQUE_OK)
		rc = take_folder(job, err);
	if (rc == CLAQUE_OK)
		rc = finish(job, err);
	job->report.took_ms = clock_ticks() - began;
	if (rc == CLAQUE_OK)
		request->report(&job->report);
	close_all(job);
	arena_free(whole);
	return rc;
}
