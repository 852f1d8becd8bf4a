#include "config.h"

#include "base/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/sha256.h"

struct walk {
	struct arena *perm;
	struct tree_file *files;
	size_t count, cap;
};

static bool
is_folder(int dir, const struct dirent *entry, bool *regular)
{
	struct stat st;

	*regular = false;
	if (fstatat(dir, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	*regular = S_ISREG(st.st_mode);
	return S_ISDIR(st.st_mode);
}

static enum claque_rc walk_into(struct walk *w, int above, const char *name, const char *prefix,
				int depth, struct claque_err *err);

static enum claque_rc
take_entry(struct walk *w, int dir, const struct dirent *entry, const char *prefix, int depth,
	   struct claque_err *err)
{
	const char *path = str_fmt(w->perm, "%s%s", prefix, entry->d_name).p;
	bool regular;

	if (is_folder(dir, entry, &regular))
		return depth == TREE_DEPTH_MAX ? CLAQUE_OK :
		       walk_into(w, dir, entry->d_name, str_fmt(w->perm, "%s/", path).p,
				 depth + 1, err);
	if (w->count == TREE_FILES_MAX)
		return err_set(err, CLAQUE_ELIMIT, "more than %d files in one folder",
			       TREE_FILES_MAX);
	GROW(w->files, w->cap, w->count + 1);
	w->files[w->count++] = (struct tree_file){ path, regular };
	return CLAQUE_OK;
}

static enum claque_rc
walk_into(struct walk *w, int above, const char *name, const char *prefix, int depth,
	  struct claque_err *err)
{
	int fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC |
			(depth > 0 ? O_NOFOLLOW : 0));
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	enum claque_rc rc = CLAQUE_OK;

	if (dir == NULL) {
		(void)err_set(err, CLAQUE_EIO, "%s%scannot be listed: %s", prefix,
			       prefix[0] != '\0' ? " " : "", strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		return CLAQUE_EIO;
	}
	while (rc == CLAQUE_OK && (errno = 0, entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			rc = take_entry(w, fd, entry, prefix, depth, err);
	if (rc == CLAQUE_OK && errno != 0)
		rc = err_set(err, CLAQUE_EIO, "%s%scannot be listed: %s", prefix,
			       prefix[0] != '\0' ? " " : "", strerror(errno));
	(void)closedir(dir);
	return rc;
}

static int
by_path(const void *pa, const void *pb)
{
	const struct tree_file *a = pa, *b = pb;

	return strcmp(a->path, b->path);
}

enum claque_rc
tree_list(const char *folder, struct arena *perm, struct tree_file **out, size_t *count,
	  struct claque_err *err)
{
	struct walk w = { .perm = perm };
	enum claque_rc rc = walk_into(&w, AT_FDCWD, folder, "", 0, err);

	*out = NULL;
	*count = 0;
	if (rc != CLAQUE_OK) {
		free(w.files);
		return err_wrap(err, "%s/", folder);
	}
	*count = w.count;
	*out = ARENA_NEW(perm, struct tree_file, w.count + 1);
	if (w.count > 0) {
		memcpy(*out, w.files, w.count * sizeof(*w.files));
		qsort(*out, w.count, sizeof(**out), by_path);
	}
	free(w.files);
	return CLAQUE_OK;
}

enum claque_rc
tree_sha256(const char *folder, const struct tree_file *files, size_t count, char out[65],
	    uint64_t *bytes, const struct claque_progress *progress, struct claque_err *err)
{
	enum { PATH_BYTES_MAX = 1 << 16 };
	enum claque_rc rc = CLAQUE_OK;
	struct sha256 all;
	struct buf path;

	*bytes = 0;
	sha256_start(&all);
	buf_init(&path, PATH_BYTES_MAX);
	for (size_t i = 0; i < count && rc == CLAQUE_OK; i++) {
		char digest[SHA256_HEX + 1];
		uint64_t size = 0;

		if (!files[i].regular)
			continue;
		buf_clear(&path);
		buf_addf(&path, "%s/%s%c", folder, files[i].path, '\0');
		rc = sha256_file(path.p, digest, &size, progress, err);
		*bytes += size;
		sha256_add(&all, str_of(digest));
		sha256_add(&all, STR("  "));
		sha256_add(&all, str_of(files[i].path));
		sha256_add(&all, STR("\n"));
	}
	buf_done(&path);
	sha256_end(&all, out);
	return rc;
}
