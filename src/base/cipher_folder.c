/* cipher_folder.c - files of a folder on their way through base/cipher.c, and back. */
#include "config.h"

#include "base/cipher.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/sign.h"
#include "base/tree.h"
#include "base/utf8.h"

enum { ROOM_BYTES = 1 << 30 };

struct folding {
	const struct cipher_job *job;
	struct cipher *cipher;
	struct arena perm;
	uint64_t bytes;			/* so far */
	/* Of reading: the folder under the name it has until it is whole. */
	const char *part;
	const char **made;		/* files in it, below it */
	size_t made_count, made_cap;
};

static enum claque_rc
tick(struct folding *f, const char *stage, struct claque_err *err)
{
	const struct claque_progress *p = f->job->progress;

	return p->tick == NULL || p->tick(p->ctx, stage, f->bytes, 0) ? CLAQUE_OK :
	       err_set(err, CLAQUE_STOPPED, "stopped; nothing was left behind");
}

bool
cipher_path_ok(struct claque_str path)
{
	struct claque_str rest = path, name;
	size_t depth = 0;

	if (path.len == 0 || path.len > CIPHER_PATH_MAX || !utf8_valid(path) ||
	    path.p[path.len - 1] == '/')
		return false;
	for (size_t i = 0; i < path.len; i++)
		if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7f)
			return false;
	while (str_cut(&rest, '/', &name))
		if (name.len == 0 || str_eq(name, STR(".")) || str_eq(name, STR("..")) ||
		    ++depth > TREE_DEPTH_MAX + 1)
			return false;
	return true;
}

/* --- into one file */

static enum claque_rc
put_bytes(struct folding *f, int fd, const char *path, struct claque_err *err)
{
	static _Thread_local char chunk[CIPHER_CHUNK];
	enum claque_rc rc = CLAQUE_OK;
	ssize_t n = 0;

	while (rc == CLAQUE_OK && (n = read(fd, chunk, CIPHER_CHUNK)) > 0) {
		f->bytes += (uint64_t)n;
		rc = cipher_put(f->cipher, (struct claque_str){ chunk, (size_t)n }, CIPHER_PART, err);
		if (rc == CLAQUE_OK)
			rc = tick(f, "encrypting", err);
	}
	sign_forget(chunk, sizeof(chunk));
	if (rc == CLAQUE_OK && n < 0)
		return err_set(err, CLAQUE_EIO, "cannot read '%s': %s", path, strerror(errno));
	return rc == CLAQUE_OK ? cipher_put(f->cipher, STR(""), CIPHER_END_OF_FILE, err) : rc;
}

static enum claque_rc
put_file(struct folding *f, const struct tree_file *file, struct claque_err *err)
{
	struct arena scratch = f->perm;
	const char *path = str_fmt(&scratch, "%s/%s", f->job->folder, file->path).p;
	uint64_t bytes;
	int fd;
	enum claque_rc rc;

	if (!file->regular || !cipher_path_ok(str_of(file->path)))
		return err_set(err, CLAQUE_EINPUT, "'%s' is no plain file, or has a name that not every "
			       "machine takes", path);
	rc = file_open(path, &fd, &bytes, err);
	if (rc != CLAQUE_OK)
		return rc;
	rc = cipher_put(f->cipher, str_of(file->path), CIPHER_PART, err);
	if (rc == CLAQUE_OK)
		rc = put_bytes(f, fd, path, err);
	(void)close(fd);
	return rc;
}

static enum claque_rc
put_folder(struct folding *f, int fd, struct claque_err *err)
{
	struct tree_file *files;
	size_t count = 0;
	enum claque_rc rc = tree_list(f->job->folder, &f->perm, &files, &count, err);

	if (rc == CLAQUE_OK)
		rc = cipher_begin(&f->cipher, fd, f->job->file, f->job, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++)
		rc = put_file(f, &files[i], err);
	if (rc == CLAQUE_OK)
		rc = cipher_put(f->cipher, STR(""), CIPHER_END, err);
	if (rc == CLAQUE_OK && fsync(fd) != 0)
		rc = err_set(err, CLAQUE_EIO, "cannot write '%s': %s", f->job->file, strerror(errno));
	return rc;
}

enum claque_rc
cipher_write(const struct cipher_job *job, struct claque_err *err)
{
	struct arena whole = arena_new(ROOM_BYTES);
	struct folding f = { .job = job, .perm = whole };
	int fd = open(job->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	enum claque_rc rc;

	if (fd < 0) {
		arena_free(whole);
		return err_set(err, CLAQUE_EIO, "cannot make '%s': %s", job->file, strerror(errno));
	}
	rc = put_folder(&f, fd, err);
	if (close(fd) != 0 && rc == CLAQUE_OK)
		rc = err_set(err, CLAQUE_EIO, "cannot write '%s': %s", job->file, strerror(errno));
	if (rc != CLAQUE_OK)
		(void)unlink(job->file);
	cipher_free(f.cipher);
	arena_free(whole);
	return rc;
}

/* --- out of it */

static enum claque_rc
make_file(struct folding *f, struct claque_str name, int *fd, struct claque_err *err)
{
	struct arena scratch;
	const char *path;

	if (!cipher_path_ok(name))
		return err_set(err, CLAQUE_EINPUT, "'%s' holds a file under a path that leads out of "
			       "the folder, or that no claque writes", f->job->file);
	if (f->made_count == TREE_FILES_MAX)
		return err_set(err, CLAQUE_ELIMIT, "'%s' holds more than %d files", f->job->file,
			       TREE_FILES_MAX);
	GROW(f->made, f->made_cap, f->made_count + 1);
	f->made[f->made_count++] = str_z(&f->perm, name);
	scratch = f->perm;
	path = str_fmt(&scratch, "%s/%s", f->part, f->made[f->made_count - 1]).p;
	if (folder_make_for(path, scratch, err) != CLAQUE_OK)
		return err->rc;
	*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	return *fd >= 0 ? CLAQUE_OK :
	       err_set(err, errno == EEXIST || errno == ENOTDIR || errno == EISDIR ? CLAQUE_EINPUT :
		       CLAQUE_EIO, "'%s': cannot make '%s': %s", f->job->file, path, strerror(errno));
}

static enum claque_rc
write_all(int fd, struct claque_str bytes, struct claque_err *err)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.p, bytes.len);

		if (n < 0 && errno != EINTR)
			return err_set(err, CLAQUE_EIO, "what is decrypted cannot be written: %s",
				       strerror(errno));
		bytes = n > 0 ? str_sub(bytes, (size_t)n, bytes.len) : bytes;
	}
	return CLAQUE_OK;
}

/* Bytes up to the chunk that ends the file. */
static enum claque_rc
get_bytes(struct folding *f, int fd, struct claque_err *err)
{
	enum cipher_tag tag = CIPHER_PART;
	enum claque_rc rc = CLAQUE_OK;

	while (rc == CLAQUE_OK && tag == CIPHER_PART) {
		struct claque_str bytes;

		rc = cipher_get(f->cipher, &bytes, &tag, err);
		if (rc == CLAQUE_OK)
			rc = write_all(fd, bytes, err);
		f->bytes += bytes.len;
		if (rc == CLAQUE_OK)
			rc = tick(f, "decrypting", err);
	}
	if (rc == CLAQUE_OK && tag == CIPHER_END)
		rc = err_set(err, CLAQUE_EINPUT, "'%s' ends inside a file", f->job->file);
	if (rc == CLAQUE_OK && fsync(fd) != 0)
		rc = err_set(err, CLAQUE_EIO, "what is decrypted cannot be written: %s",
			     strerror(errno));
	return rc;
}

static enum claque_rc
get_files(struct folding *f, struct claque_err *err)
{
	struct claque_str name;
	enum cipher_tag tag;
	enum claque_rc rc;
	int fd = -1;

	while ((rc = cipher_get(f->cipher, &name, &tag, err)) == CLAQUE_OK && tag == CIPHER_PART) {
		rc = make_file(f, name, &fd, err);
		if (rc != CLAQUE_OK)
			return rc;
		rc = get_bytes(f, fd, err);
		if (close(fd) != 0 && rc == CLAQUE_OK)
			rc = err_set(err, CLAQUE_EIO, "what is decrypted cannot be written: %s",
				     strerror(errno));
		if (rc != CLAQUE_OK)
			return rc;
	}
	if (rc != CLAQUE_OK)
		return rc;
	if (tag != CIPHER_END || name.len > 0)
		return err_set(err, CLAQUE_EINPUT, "'%s' is in no order that claque writes",
			       f->job->file);
	rc = cipher_get(f->cipher, &name, &tag, err);	/* nothing behind the end */
	return rc == CLAQUE_ENOTFOUND ? CLAQUE_OK : rc;
}

/* What we made and nothing else: files, then the folders that they left empty. */
static void
remove_part(struct folding *f)
{
	for (size_t i = 0; i < f->made_count; i++) {
		struct arena scratch = f->perm;

		(void)unlink(str_fmt(&scratch, "%s/%s", f->part, f->made[i]).p);
	}
	for (size_t i = 0; i < f->made_count; i++) {
		struct claque_str path = str_of(f->made[i]);

		for (size_t end = path.len; end-- > 0;) {
			struct arena scratch = f->perm;

			if (path.p[end] == '/')
				(void)rmdir(str_fmt(&scratch, "%s/" STR_FMT, f->part,
						    STR_ARG(str_head(path, end))).p);
		}
	}
	(void)rmdir(f->part);
}

static enum claque_rc
get_folder(struct folding *f, int fd, struct claque_err *err)
{
	const char *folder = f->job->folder;
	enum claque_rc rc = cipher_open(&f->cipher, fd, f->job->file, f->job->phrase, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (mkdir(f->part, 0700) != 0)
		return err_set(err, CLAQUE_EIO, "cannot make '%s': %s", f->part, strerror(errno));
	rc = get_files(f, err);
	/* An empty folder that somebody made meanwhile is the only thing it would replace. */
	if (rc == CLAQUE_OK && rename(f->part, folder) != 0)
		rc = err_set(err, CLAQUE_EIO, "cannot give '%s' its name: %s", folder, strerror(errno));
	if (rc != CLAQUE_OK)
		remove_part(f);
	return rc;
}

enum claque_rc
cipher_read(const struct cipher_job *job, struct claque_err *err)
{
	struct arena whole = arena_new(ROOM_BYTES);
	struct folding f = { .job = job, .perm = whole };
	struct claque_str place = str_of(job->folder);
	uint64_t bytes;
	struct stat st;
	int fd;
	enum claque_rc rc = file_open(job->file, &fd, &bytes, err);

	if (rc == CLAQUE_OK && lstat(job->folder, &st) == 0) {
		rc = err_set(err, CLAQUE_EUSAGE, "'%s' is there already; choose another name", job->folder);
		(void)close(fd);
	}
	if (rc == CLAQUE_OK) {
		while (place.len > 1 && place.p[place.len - 1] == '/')
			place.len--;
		f.part = str_fmt(&f.perm, STR_FMT ".part-%ld", STR_ARG(place), (long)getpid()).p;
		rc = get_folder(&f, fd, err);
		(void)close(fd);
	}
	cipher_free(f.cipher);
	free(f.made);
	arena_free(whole);
	return rc;
}
