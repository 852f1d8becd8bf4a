/*
 * reader.c - files through libarchive, as a stream.
 *
 * Filters and formats are named one by one: "all" would hand some of them to
 * programs found in PATH, on the word of the first bytes of a hostile file.
 * Nothing is written to disk, so a member's name is only ever printed.
 */
#include "config.h"

#include "import/reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

enum { BLOCK_BYTES = 65536, NAMES_MAX = 200 };

/*
 * Posts pack to a tenth, and what a program repeats to a hundredth. A file that unpacks to
 * more than that and is large is there to fill a disk (gzip's most is 1,032 times).
 */
enum { RATIO_MAX = 400, UNPACKED_LARGE = 64 << 20 };

struct reader {
	struct archive *archive;
	const char *name;
	struct claque_str bytes;	/* of memory, if fd < 0 */
	int fd;
	const struct import_stream *stream;	/* NULL: bytes or a file */
	uint64_t total, unpacked;
};

static const char *
why(struct archive *a)
{
	const char *text = archive_error_string(a);

	return text != NULL ? text : "unreadable";
}

/* What the system said of the file itself; "" of contents, for which libarchive borrows EILSEQ. */
static const char *
why_system(struct archive *a)
{
	int code = archive_errno(a);

	return code > 0 && code != EILSEQ && code != EINVAL ? strerror(code) : "";
}

static enum claque_rc
fail(const struct reader *r, struct claque_err *err)
{
	const char *system = why_system(r->archive);

	return err_set(err, CLAQUE_EIO, "%s: %s%s%s", r->name, why(r->archive),
		       system[0] != '\0' ? ": " : "", system);
}

/* From the start, at the first entry. */
static enum claque_rc
attach(struct reader *r, struct archive_entry **entry, struct claque_err *err)
{
	struct archive *a = archive_read_new();
	int rc;

	if (a == NULL)
		base_oom();
	(void)archive_read_free(r->archive);
	r->archive = a;
	(void)archive_read_support_filter_gzip(a);
	(void)archive_read_support_filter_bzip2(a);
	(void)archive_read_support_filter_xz(a);
	(void)archive_read_support_filter_zstd(a);
	(void)archive_read_support_format_zip(a);
	(void)archive_read_support_format_raw(a);
	(void)archive_read_support_format_empty(a);
	if (r->fd >= 0 && lseek(r->fd, 0, SEEK_SET) < 0)
		return err_set(err, CLAQUE_EIO, "%s: %s", r->name, strerror(errno));
	rc = r->fd >= 0 ? archive_read_open_fd(a, r->fd, BLOCK_BYTES) :
			  archive_read_open_memory(a, r->bytes.p, r->bytes.len);
	if (rc >= ARCHIVE_WARN)
		rc = archive_read_next_header(a, entry);
	if (rc < ARCHIVE_WARN)
		return fail(r, err);
	/* libarchive takes a file that cannot be read for one that ends at once. */
	if (rc == ARCHIVE_EOF && r->total > 0 && archive_format(a) == ARCHIVE_FORMAT_EMPTY &&
	    (archive_filter_bytes(a, -1) <= 0 || archive_filter_count(a) <= 1))
		return err_set(err, CLAQUE_EIO, "%s: nothing of its %llu bytes can be read: %s",
			       r->name, (unsigned long long)r->total, strerror(EIO));
	if (rc == ARCHIVE_EOF)
		return err_set(err, CLAQUE_EINPUT, "%s: the file is empty", r->name);
	return CLAQUE_OK;
}

/* NULL where the name is in no charset we know. */
static const char *
member_name(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);

	return name != NULL ? name : "?";
}

/* A regular file that somebody meant to pack: macOS adds its own beside it. */
static bool
is_member(struct archive_entry *entry)
{
	return archive_entry_filetype(entry) == AE_IFREG &&
	       !str_starts(str_of(member_name(entry)), STR("__MACOSX/"));
}

static bool
is_zip(struct reader *r)
{
	return (archive_format(r->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}

/* The last of its filters is the file itself. */
static bool
is_packed(struct reader *r)
{
	return r->stream == NULL && (is_zip(r) || archive_filter_count(r->archive) > 1);
}

/* Counts the members first: rows handed out cannot be taken back. */
static enum claque_rc
check_members(struct reader *r, struct archive_entry *entry, struct claque_err *err)
{
	struct buf names;
	size_t count = 0;
	int rc = ARCHIVE_OK;
	enum claque_rc result = CLAQUE_OK;

	buf_init(&names, NAMES_MAX);
	for (; rc >= ARCHIVE_WARN && rc != ARCHIVE_EOF;
	     rc = archive_read_next_header(r->archive, &entry)) {
		if (!is_member(entry))
			continue;
		buf_addz(&names, count++ > 0 ? ", " : "");
		buf_addz(&names, member_name(entry));
	}
	if (rc != ARCHIVE_EOF)
		result = fail(r, err);
	else if (count == 0)
		result = err_set(err, CLAQUE_EINPUT, "%s: no file in the archive", r->name);
	else if (count > 1)
		result = err_set(err, CLAQUE_EINPUT,
				 "%s: %zu files in the archive (" STR_FMT "%s); unpack it and "
				 "import them one by one", r->name, count,
				 STR_ARG(buf_str(&names)), names.over ? ", ..." : "");
	buf_done(&names);
	return result;
}

static enum claque_rc
find_data(struct reader *r, struct claque_err *err)
{
	struct archive_entry *entry;
	enum claque_rc rc = attach(r, &entry, err);
	int more = ARCHIVE_OK;

	if (rc != CLAQUE_OK || !is_zip(r))
		return rc;
	rc = check_members(r, entry, err);
	if (rc == CLAQUE_OK)
		rc = attach(r, &entry, err);
	while (rc == CLAQUE_OK && more >= ARCHIVE_WARN && !is_member(entry)) {
		more = archive_read_next_header(r->archive, &entry);
		if (more == ARCHIVE_EOF || more < ARCHIVE_WARN)
			rc = fail(r, err);
	}
	return rc;
}

static struct reader *
reader_new(const char *name)
{
	struct reader *r = calloc(1, sizeof(*r));

	if (r == NULL)
		base_oom();
	*r = (struct reader){ .name = name, .fd = -1 };
	return r;
}

enum claque_rc
reader_open(const char *path, struct reader **out, struct claque_err *err)
{
	struct reader *r = reader_new(path);
	enum claque_rc rc = file_open(path, &r->fd, &r->total, err);

	if (rc == CLAQUE_OK)
		rc = find_data(r, err);
	if (rc != CLAQUE_OK) {
		reader_close(r);
		r = NULL;
	}
	*out = r;
	return rc;
}

enum claque_rc
reader_open_bytes(struct claque_str bytes, const char *name, struct reader **out,
		  struct claque_err *err)
{
	struct reader *r = reader_new(name);
	enum claque_rc rc;

	r->bytes = bytes.p != NULL ? bytes : STR("");
	r->total = bytes.len;
	rc = find_data(r, err);
	if (rc != CLAQUE_OK) {
		reader_close(r);
		r = NULL;
	}
	*out = r;
	return rc;
}

struct reader *
reader_open_stream(const struct import_stream *stream)
{
	struct reader *r = reader_new(stream->name);

	r->stream = stream;
	r->total = stream->bytes;
	stream->start(stream->ctx);
	return r;
}

void
reader_close(struct reader *r)
{
	if (r == NULL)
		return;
	(void)archive_read_free(r->archive);	/* takes NULL */
	if (r->fd >= 0)
		(void)close(r->fd);
	free(r);
}

/* One that is written to meanwhile ends anywhere, perhaps within a row. */
static bool
has_other_size(const struct reader *r)
{
	struct stat st;

	return r->fd >= 0 && fstat(r->fd, &st) == 0 && (uint64_t)st.st_size != r->total;
}

enum claque_rc
reader_read(struct reader *r, char *room, size_t size, size_t *got, struct claque_err *err)
{
	la_ssize_t n = r->stream != NULL ? (la_ssize_t)r->stream->read(r->stream->ctx, room, size) :
					   archive_read_data(r->archive, room, size);

	*got = n > 0 ? (size_t)n : 0;
	if (n < 0)
		return err_set(err, CLAQUE_EIO,
			       "%s: broken off after %llu of %llu bytes (%llu unpacked): %s%s%s",
			       r->name, (unsigned long long)reader_done(r),
			       (unsigned long long)r->total, (unsigned long long)r->unpacked,
			       why(r->archive), why_system(r->archive)[0] != '\0' ? ": " : "",
			       why_system(r->archive));
	if (n == 0 && has_other_size(r))
		return err_set(err, CLAQUE_EIO, "%s was changed while it was read: it had %llu bytes; "
			       "read it again when nobody writes to it", r->name,
			       (unsigned long long)r->total);
	r->unpacked += *got;
	if (r->unpacked > UNPACKED_LARGE && is_packed(r) &&
	    r->unpacked / RATIO_MAX > reader_done(r))
		return err_set(err, CLAQUE_EINPUT, "%s: its first %llu bytes unpack to more than"
			       " %d times as many, as if to fill a disk: nothing behind them is"
			       " read; unpack it yourself if it is what it should be", r->name,
			       (unsigned long long)reader_done(r), RATIO_MAX);
	return CLAQUE_OK;
}

uint64_t
reader_done(const struct reader *r)
{
	la_int64_t n = r->stream != NULL ? (la_int64_t)r->unpacked :
					   archive_filter_bytes(r->archive, -1);

	return n < 0 ? 0 : (uint64_t)n;
}

uint64_t
reader_total(const struct reader *r)
{
	return r->total;
}
