/*
 * bag.c - all of a case in one folder that others can check without us: BagIt 1.0
 * (RFC 8493), which archives and courts know, and sha256sum reads.
 *
 * In data/ stands what the other exports write, from the same redacted tables, so that
 * nothing leaves by a bag that would not leave else. The input files come along only if
 * asked for, and only those that are still the bytes that were imported.
 */
#include "config.h"

#include "export/bag.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "export/sink.h"
#include "export/table.h"
#include "model/bag.h"

enum { ROOM_BYTES = 1 << 30, LIST_BYTES_MAX = 64 << 20, CHUNK_BYTES = 1 << 18,
       NAME_MAX_BYTES = 80 };

static const struct {
	const char *name;
	enum claque_rc (*write)(const struct export_input *in, const char *path,
				struct claque_err *err);
} parts[] = {
	{ "case.md", markdown_write }, { "case.html", html_write },
	{ "csv", csv_write },
	{ "network.graphml", graphml_write }, { "network.gexf", gexf_write },
	{ "case.stix.json", stix_write },
};

static enum claque_rc
make_folder(const char *path, struct claque_err *err)
{
	return mkdir(path, 0700) == 0 ? CLAQUE_OK :
	       err_set(err, CLAQUE_EIO, "cannot make '%s': %s", path, strerror(errno));
}

static enum claque_rc
write_parts(const struct bag *bag, struct arena scratch, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct arena perm = scratch;

		rc = parts[i].write(bag->in, str_fmt(&perm, "%s/data/%s", bag->path,
						     parts[i].name).p, err);
	}
	return rc;
}

static enum claque_rc
write_ledger(const struct bag *bag, struct arena scratch, struct claque_err *err)
{
	const struct rowset *ledger = table_find(bag->in, "ledger");
	int64_t rows;

	return ledger == NULL ? CLAQUE_OK :
	       export_one(ledger, LISTING_JSON,
			  str_fmt(&scratch, "%s/" BAG_LEDGER, bag->path).p, &rows, err);
}

static enum claque_rc
write_annotations(const struct bag *bag, struct arena scratch, struct claque_err *err)
{
	struct sink sink;
	enum claque_rc rc;

	if (bag->ask->annotations.len == 0)
		return CLAQUE_OK;
	rc = sink_open(&sink, str_fmt(&scratch, "%s/data/annotations.ndjson", bag->path).p, err);
	if (rc != CLAQUE_OK)
		return rc;
	buf_add(&sink.buf, bag->ask->annotations);
	return sink_close(&sink, rc, err);
}

/* --- input files */

/* "003-posts.csv": of the file's own name what no shell and no manifest stumbles over. */
static const char *
name_copy(struct arena *perm, const char *path, size_t number)
{
	const char *slash = strrchr(path, '/');
	struct claque_str name = str_of(slash != NULL ? slash + 1 : path);
	size_t cut = name.len > NAME_MAX_BYTES ? name.len - NAME_MAX_BYTES : 0;
	struct claque_str copy = str_dup(perm, str_sub(name, cut, name.len));
	char *p = ARENA_NEW(perm, char, copy.len + 1);

	for (size_t i = 0; i < copy.len; i++) {
		char c = copy.p[i];
		bool plain = byte_is_alpha(c) || byte_is_digit(c) || c == '.' || c == '-';

		p[i] = plain ? c : '_';
	}
	return str_fmt(perm, "%03zu-%s", number, p).p;
}

/* Of a plain file only; *fd -1 with the reason. EIO: not the file is to blame. */
static enum claque_rc
open_input(const char *path, int *fd, const char **why, struct claque_err *err)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (*fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EACCES || errno == EPERM)) {
		*why = "not there any more, or not to be read";
		return CLAQUE_OK;
	}
	if (*fd < 0)
		return err_set(err, CLAQUE_EIO, "cannot read the input file '%s': %s", path,
			       strerror(errno));
	if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode))
		return CLAQUE_OK;
	(void)close(*fd);
	*fd = -1;
	*why = "a folder, not a file";
	return CLAQUE_OK;
}

/* STOPPED if the analyst wants no more. */
static enum claque_rc
copy_bytes(const struct bag *bag, int fd, struct sink *sink, struct claque_err *err)
{
	static _Thread_local char chunk[CHUNK_BYTES];
	const struct claque_progress *progress = bag->ask->progress;
	uint64_t done = 0;
	ssize_t n;

	while ((n = read(fd, chunk, CHUNK_BYTES)) > 0) {
		buf_add(&sink->buf, (struct claque_str){ chunk, (size_t)n });
		done += (uint64_t)n;
		if (!sink_flow(sink))
			break;		/* sink_close() says why */
		if (progress->tick != NULL &&
		    !progress->tick(progress->ctx, "copying input files", done, 0))
			return CLAQUE_STOPPED;
	}
	return n >= 0 ? CLAQUE_OK : err_set(err, CLAQUE_EIO, "cannot read an input file: %s",
					    strerror(errno));
}

static enum claque_rc
copy_input(struct bag *bag, const struct export_copy *input, size_t number, struct arena scratch,
	   struct claque_err *err)
{
	const char *name = name_copy(&scratch, input->path, number);
	const char *to = str_fmt(&scratch, "%s/data/inputs/%s", bag->path, name).p;
	const char *why = "changed since it was imported";
	char digest[SHA256_HEX + 1];
	struct sink sink;
	int fd;
	enum claque_rc rc = open_input(input->path, &fd, &why, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (fd < 0) {
		buf_addf(&bag->left_out, "  %s: %s\n", name, why);
		return CLAQUE_OK;
	}
	rc = sink_open(&sink, to, err);
	if (rc == CLAQUE_OK)
		rc = sink_close(&sink, copy_bytes(bag, fd, &sink, err), err);
	(void)close(fd);
	if (rc != CLAQUE_OK)
		return rc;
	sha256_end(&sink.digest, digest);
	if (str_eq(input->sha256, str_of(digest)))
		return CLAQUE_OK;
	(void)unlink(to);
	buf_addf(&bag->left_out, "  %s: %s\n", name, why);
	return CLAQUE_OK;
}

static enum claque_rc
copy_inputs(struct bag *bag, struct arena scratch, struct claque_err *err)
{
	struct arena perm = scratch;
	enum claque_rc rc;

	if (bag->ask->input_count == 0)
		return CLAQUE_OK;
	rc = make_folder(str_fmt(&perm, "%s/data/inputs", bag->path).p, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < bag->ask->input_count; i++)
		rc = copy_input(bag, &bag->ask->inputs[i], i + 1, scratch, err);
	return rc;
}

static enum claque_rc
write_bag(struct bag *bag, struct arena scratch, struct claque_err *err)
{
	struct arena perm = scratch;
	enum claque_rc rc = make_folder(bag->path, err);

	if (rc == CLAQUE_OK)
		rc = make_folder(str_fmt(&perm, "%s/data", bag->path).p, err);
	if (rc == CLAQUE_OK)
		rc = write_parts(bag, scratch, err);
	if (rc == CLAQUE_OK)
		rc = write_ledger(bag, scratch, err);
	if (rc == CLAQUE_OK)
		rc = write_annotations(bag, scratch, err);
	if (rc == CLAQUE_OK)
		rc = copy_inputs(bag, scratch, err);
	return rc == CLAQUE_OK ? bag_seal(bag, scratch, err) : rc;
}

enum claque_rc
bag_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	static const struct claque_progress quiet = { 0 };
	static const struct export_bag plain = { .progress = &quiet };
	struct bag bag = { .in = in, .ask = in->bag != NULL ? in->bag : &plain, .path = path };
	struct arena room = arena_new(ROOM_BYTES);
	enum claque_rc rc;

	buf_init(&bag.left_out, LIST_BYTES_MAX);
	buf_init(&bag.manifest, LIST_BYTES_MAX);
	buf_init(&bag.tags, LIST_BYTES_MAX);
	rc = write_bag(&bag, room, err);
	buf_done(&bag.left_out);
	buf_done(&bag.manifest);
	buf_done(&bag.tags);
	arena_free(room);
	return rc;
}
