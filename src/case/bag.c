/*
 * bag.c - a bag, checked in the order in which an answer makes the next one worth asking:
 * the signature over the tag manifest, the tag manifest over the tag files, the manifest
 * over data/, and the chain of the ledger in there.
 *
 * Nothing that a manifest names is opened for that: the files of the folder are listed and
 * looked up in it, and what is no plain file is a fault.
 */
#include "config.h"

#include "case/bag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/sha256.h"
#include "base/stamp.h"
#include "base/tree.h"
#include "case/forget.h"
#include "case/ledger.h"
#include "model/bag.h"

/* A manifest of 32 MiB lists 300,000 files. */
enum { ROOM_BYTES = 1 << 30, TAGFILE_MAX = 32 << 20, LEDGER_MAX = 256 << 20,
       CHUNK_BYTES = 1 << 14,
       HEX_AND_BLANKS = SHA256_HEX + 2 };

struct listed {			/* a line of a manifest */
	struct claque_str digest, path;
	bool seen;
};

struct bag {
	const char *folder;
	const struct bag_wish *wish;
	const struct claque_progress *progress;
	struct bag_report *report;
	struct arena perm;
	const struct tree_file *files;
	size_t count;
	struct claque_str tags[BAG_TAG_COUNT];	/* their bytes; p NULL: not there */
	uint64_t bytes, payload;		/* of data/ */
};

static void __attribute__((format(printf, 2, 3)))
add_fault(struct bag *b, const char *fmt, ...)
{
	size_t n = b->report->faults++;
	va_list ap;

	if (n >= BAG_FAULTS_MAX)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(b->report->fault[n], sizeof(b->report->fault[n]), fmt, ap);
	va_end(ap);
}

/* The whole file; EIO, and EINPUT past what the buffer may hold. */
static enum claque_rc
read_file(struct bag *b, const char *name, struct buf *out, struct claque_err *err)
{
	struct arena scratch = b->perm;
	const char *path = str_fmt(&scratch, "%s/%s", b->folder, name).p;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	char chunk[CHUNK_BYTES];
	ssize_t n = -1;

	while (fd >= 0 && !out->over && (n = read(fd, chunk, sizeof(chunk))) > 0)
		buf_add(out, (struct claque_str){ chunk, (size_t)n });
	if (n < 0)
		(void)err_set(err, CLAQUE_EIO, "cannot read '%s': %s", path, strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	if (n >= 0 && out->over)
		return err_set(err, CLAQUE_EINPUT, "'%s' is longer than %zu MiB", path,
			       out->max >> 20);
	return n < 0 ? CLAQUE_EIO : CLAQUE_OK;
}

static bool
has_file(const struct bag *b, const char *name)
{
	for (size_t i = 0; i < b->count; i++)
		if (strcmp(b->files[i].path, name) == 0)
			return b->files[i].regular;
	return false;
}

static enum claque_rc
read_tags(struct bag *b, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	struct buf bytes;

	buf_init(&bytes, TAGFILE_MAX);
	for (unsigned i = 0; rc == CLAQUE_OK && i < BAG_TAG_COUNT; i++) {
		if (!has_file(b, bag_tag_names[i]))
			continue;
		buf_clear(&bytes);
		rc = read_file(b, bag_tag_names[i], &bytes, err);
		b->tags[i] = str_dup(&b->perm, buf_str(&bytes));
	}
	buf_done(&bytes);
	return rc;
}

/* The value behind "LABEL: " in bag-info.txt; "" if there is none. */
static struct claque_str
info_of(const struct bag *b, const char *label)
{
	struct claque_str rest = b->tags[BAG_INFO], line, name = str_of(label);

	while (str_cut(&rest, '\n', &line))
		if (str_starts(line, name) && str_starts(str_sub(line, name.len, line.len), STR(": ")))
			return str_sub(line, name.len + 2, line.len);
	return STR("");
}

/* --- the signature */

static void
check_note(struct bag *b, const struct sign_note *note)
{
	struct arena scratch = b->perm;
	struct claque_str key = sign_public_text(&scratch, note->public_key);

	if (!sign_check(note->public_key, b->tags[BAG_TAGS], note->signature))
		add_fault(b, "signature.txt: the signature is not of this tagmanifest-sha256.txt: "
			  "one of the two was altered");
	else if (!str_eq(note->file, str_of(bag_tag_names[BAG_TAGS])) ||
		 !str_eq(note->who, info_of(b, BAG_SIGNED_BY)) ||
		 !str_eq(note->when, info_of(b, BAG_SIGNED_AT)) ||
		 !str_eq(key, info_of(b, BAG_SIGNER)))
		add_fault(b, "signature.txt: it names another key, signer or time than bag-info.txt");
	else
		b->report->is_signed = true;
	memcpy(b->report->key, note->public_key, SIGN_PUBLIC_BYTES);
	(void)snprintf(b->report->who, sizeof(b->report->who), STR_FMT, STR_ARG(note->who));
	(void)snprintf(b->report->when, sizeof(b->report->when), STR_FMT, STR_ARG(note->when));
}

static void
check_signature(struct bag *b)
{
	struct sign_note note;
	const unsigned char *wished = b->wish->key;

	if (b->tags[BAG_SIGNATURE].p == NULL) {
		if (info_of(b, BAG_SIGNER).len > 0)
			add_fault(b, "signature.txt is missing: bag-info.txt says that the bag was signed");
		else if (wished != NULL)
			add_fault(b, "the bag is not signed");
		return;
	}
	if (!sign_note_read(b->perm, b->tags[BAG_SIGNATURE], &note)) {
		add_fault(b, "signature.txt: this is no signature of claque's: it was altered");
		return;
	}
	check_note(b, &note);
	if (wished != NULL && memcmp(wished, note.public_key, SIGN_PUBLIC_BYTES) != 0)
		add_fault(b, "signature.txt: the bag is signed, but by another key than the one asked for");
}

/* --- the manifests */

static int
by_path(const void *pa, const void *pb)
{
	const struct listed *a = pa, *b = pb;

	return str_cmp(a->path, b->path);
}

/* The lines of a manifest, sorted by path; a line that is none is a fault. */
static size_t
read_manifest(struct bag *b, enum bag_tag tag, struct listed **out)
{
	struct claque_str rest = b->tags[tag], line;
	size_t most = rest.len / HEX_AND_BLANKS, count = 0, number = 0;

	*out = ARENA_NEW(&b->perm, struct listed, most + 1);
	while (str_cut(&rest, '\n', &line)) {
		number++;
		if (line.len > HEX_AND_BLANKS &&
		    str_eq(str_sub(line, SHA256_HEX, 2), STR("  ")))
			(*out)[count++] = (struct listed){
				str_sub(line, 0, SHA256_HEX),
				str_sub(line, HEX_AND_BLANKS, line.len), false,
			};
		else
			add_fault(b, "%s: line %zu is no digest and path", bag_tag_names[tag], number);
	}
	qsort(*out, count, sizeof(**out), by_path);
	return count;
}

static enum claque_rc
check_file(struct bag *b, const struct tree_file *file, struct listed *entry, bool payload,
	   struct claque_err *err)
{
	struct arena scratch = b->perm;
	char digest[SHA256_HEX + 1];
	uint64_t bytes = 0;
	enum claque_rc rc;

	entry->seen = true;
	rc = sha256_file(str_fmt(&scratch, "%s/%s", b->folder, file->path).p, digest, &bytes,
			 b->progress, err);
	if (rc == CLAQUE_EIO) {
		add_fault(b, "%s", err->msg);
		return CLAQUE_OK;
	}
	if (rc != CLAQUE_OK)
		return rc;
	if (!str_eq(entry->digest, str_of(digest)))
		add_fault(b, "%s was changed: its SHA-256 is now %s", file->path, digest);
	else if (payload)
		b->report->files++;
	b->bytes += bytes;
	return CLAQUE_OK;
}

static bool
comes_later(const char *path)
{
	for (unsigned i = 0; i < BAG_TAG_COUNT; i++)
		if (!bag_tag_sealed[i] && strcmp(path, bag_tag_names[i]) == 0)
			return true;
	return false;
}

/* Every file of one part of the bag against its manifest, and the other way round. */
static enum claque_rc
check_manifest(struct bag *b, enum bag_tag tag, bool payload, struct claque_err *err)
{
	struct listed *listed;
	size_t count = read_manifest(b, tag, &listed);
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < b->count; i++) {
		const struct tree_file *file = &b->files[i];
		struct listed key = { .path = str_of(file->path) };
		struct listed *entry;

		if (str_starts(key.path, STR("data/")) != payload)
			continue;
		b->payload += payload;
		entry = count == 0 ? NULL :
			bsearch(&key, listed, count, sizeof(key), by_path);
		if (!file->regular)
			add_fault(b, "%s is no plain file", file->path);
		else if (entry != NULL)
			rc = check_file(b, file, entry, payload, err);
		else if (payload || !comes_later(file->path))
			add_fault(b, "%s was added: %s does not list it", file->path,
				  bag_tag_names[tag]);
	}
	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++)
		if (!listed[i].seen)
			add_fault(b, STR_FMT " is missing: %s lists it", STR_ARG(listed[i].path),
				  bag_tag_names[tag]);
	return rc;
}

static void
check_oxum(struct bag *b)
{
	struct arena scratch = b->perm;
	struct claque_str told = info_of(b, BAG_OXUM);
	struct claque_str is = str_fmt(&scratch, "%llu.%llu", (unsigned long long)b->bytes,
				       (unsigned long long)b->payload);

	if (b->report->faults == 0 && !str_eq(told, is))
		add_fault(b, "bag-info.txt: " BAG_OXUM " is " STR_FMT ", and data/ holds " STR_FMT,
			  STR_ARG(told), STR_ARG(is));
}

static void
check_request(struct bag *b)
{
	unsigned char want[STAMP_BYTES];
	char digest[SHA256_HEX + 1];

	b->report->response = b->tags[BAG_RESPONSE].p != NULL;
	b->report->request = b->tags[BAG_REQUEST].p != NULL;
	if (!b->report->request)
		return;
	sha256_text(b->tags[BAG_TAGS], digest);
	stamp_request(digest, want);
	if (!str_eq(b->tags[BAG_REQUEST], (struct claque_str){ (const char *)want, STAMP_BYTES }))
		add_fault(b, "request.tsq does not ask about this tagmanifest-sha256.txt");
}

/* --- the ledger */

struct chain {
	struct erasures erasures;
	char hash[SHA256_HEX + 1];	/* of the entry before */
	bool wished;			/* the hash asked for was there */
};

static struct ledger_entry
entry_of(const json_t *row, int64_t at)
{
	return (struct ledger_entry){
		.seq = case_payload_int(row, "seq"), .at = at,
		.who = case_payload_text(row, "who"), .action = case_payload_text(row, "action"),
		.target = case_payload_text(row, "target"), .lens = case_payload_text(row, "lens"),
		.command = case_payload_text(row, "command"),
		.payload = case_payload_text(row, "payload"),
		.previous = case_payload_text(row, "previous"),
		.hash = case_payload_text(row, "hash"),
	};
}

/* One row; false: it is no link of the chain. */
static bool
check_row(struct bag *b, struct chain *chain, const json_t *row)
{
	char hash[SHA256_HEX + 1];
	int64_t at = 0;
	bool has_time = clock_parse(case_payload_text(row, "at"), &at);
	struct ledger_entry e = entry_of(row, at);

	if (!has_time || e.seq != b->report->entries + 1 ||
	    !str_eq(e.previous, str_of(chain->hash)) || e.hash.len != SHA256_HEX)
		return false;
	case_entry_hash(&e, hash);
	if (b->report->exact && !str_eq(e.hash, str_of(hash)) &&
	    !erasures_have(&chain->erasures, e.seq, hash))
		return false;
	memcpy(chain->hash, e.hash.p, SHA256_HEX);
	chain->wished = chain->wished || str_eq(e.hash, b->wish->last);
	b->report->entries++;
	return true;
}

static void
check_end(struct bag *b, const struct chain *chain)
{
	int64_t entries = -1;

	(void)str_to_i64(info_of(b, BAG_ENTRIES), &entries);
	if (entries != b->report->entries || !str_eq(info_of(b, BAG_HASH), str_of(chain->hash)))
		add_fault(b, BAG_LEDGER ": it ends with entry %lld, and bag-info.txt says another end",
			  (long long)b->report->entries);
	else if (b->wish->last.len > 0 && !chain->wished)
		add_fault(b, BAG_LEDGER ": no entry has the hash " STR_FMT ": the end was cut off, "
			  "or it is another ledger", STR_ARG(str_head(b->wish->last, SHA256_HEX)));
}

static void
note_erasures(struct chain *chain, struct claque_str rows)
{
	struct claque_str line;

	erasures_init(&chain->erasures);
	while (str_cut(&rows, '\n', &line)) {
		json_t *row = json_parse(line);

		erasures_note(&chain->erasures, case_payload_int(row, "seq"),
			      case_payload_text(row, "action"), case_payload_text(row, "payload"));
		json_decref(row);
	}
}

static enum claque_rc
check_ledger(struct bag *b, struct claque_err *err)
{
	struct chain chain = { .wished = false };
	struct claque_str rest, line;
	struct buf bytes;
	enum claque_rc rc = CLAQUE_OK;
	bool holds = true;

	b->report->exact = str_eq(info_of(b, BAG_ROWS), STR("exact"));
	if (!has_file(b, BAG_LEDGER)) {
		if (b->wish->last.len > 0)
			add_fault(b, "the bag has no ledger: --last asks for an entry of it");
		return CLAQUE_OK;
	}
	memset(chain.hash, '0', SHA256_HEX);
	buf_init(&bytes, LEDGER_MAX);
	rc = read_file(b, BAG_LEDGER, &bytes, err);
	rest = buf_str(&bytes);
	note_erasures(&chain, rest);
	while (rc == CLAQUE_OK && holds && str_cut(&rest, '\n', &line)) {
		json_t *row = json_parse(line);

		holds = row != NULL && check_row(b, &chain, row);
		json_decref(row);
	}
	buf_done(&bytes);
	erasures_done(&chain.erasures);
	if (rc == CLAQUE_OK && !holds)
		add_fault(b, BAG_LEDGER ": entry %lld does not follow from those before it, or is "
			  "not what its hash says", (long long)b->report->entries + 1);
	else if (rc == CLAQUE_OK && b->report->entries + (int64_t)b->wish->last.len > 0)
		check_end(b, &chain);
	return rc;
}

static enum claque_rc
check_all(struct bag *b, struct claque_err *err)
{
	enum claque_rc rc = read_tags(b, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (b->tags[BAG_TAGS].p == NULL) {
		add_fault(b, "tagmanifest-sha256.txt is missing: nothing tells what the bag was");
		return CLAQUE_OK;
	}
	check_signature(b);
	rc = check_manifest(b, BAG_TAGS, false, err);
	b->bytes = 0;
	if (!str_eq(b->tags[BAG_BAGIT], STR(BAG_FIRST_FILE)))
		add_fault(b, "bagit.txt does not say BagIt 1.0 in UTF-8");
	if (rc == CLAQUE_OK)
		rc = check_manifest(b, BAG_MANIFEST, true, err);
	if (rc != CLAQUE_OK)
		return rc;
	check_oxum(b);
	check_request(b);
	return check_ledger(b, err);
}

enum claque_rc
bag_verify(const char *folder, const struct bag_wish *wish,
	   const struct claque_progress *progress, struct bag_report *out, struct claque_err *err)
{
	struct arena whole = arena_new(ROOM_BYTES);
	struct bag b = { .folder = folder, .wish = wish, .progress = progress, .report = out,
			 .perm = whole };
	struct tree_file *files;
	enum claque_rc rc = tree_list(folder, &b.perm, &files, &b.count, err);

	*out = (struct bag_report){ 0 };
	b.files = files;
	if (rc == CLAQUE_OK && !has_file(&b, bag_tag_names[BAG_BAGIT]) &&
	    !has_file(&b, bag_tag_names[BAG_TAGS]))
		rc = err_set(err, CLAQUE_EUSAGE, "'%s' is a folder, but no bag; claque export "
			     "--to bag makes one", folder);
	if (rc == CLAQUE_OK)
		rc = check_all(&b, err);
	arena_free(whole);
	return rc;
}
