/*
 * expand.c - a folder as the files that belong to it.
 *
 * Subfolders are left alone: a folder of folders is rarely one collection, and
 * a loop of links would have no end.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/err.h"

#include "import/import.h"

enum { FILES_MAX = 10000 };

/* Accounts first, so that posts and changes find whom they speak of. */
static const char *const own_names[] = { "accounts.csv", "posts.csv", "profile_changes.csv" };
static const char *const endings[] = { ".csv", ".tsv", ".jsonl", ".ndjson", ".json" };
static const char *const packings[] = { "", ".gz", ".zst", ".xz", ".bz2", ".zip" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool
ends_with(struct claque_str s, struct claque_str end)
{
	return s.len >= end.len && str_eq_nocase(str_sub(s, s.len - end.len, end.len), end);
}

/* name without its packing: "a.csv.gz" is "a.csv". */
static struct claque_str
unpacked_name(struct claque_str name)
{
	for (size_t i = 1; i < COUNT(packings); i++)
		if (ends_with(name, str_of(packings[i])))
			return str_sub(name, 0, name.len - strlen(packings[i]));
	return name;
}

static bool
has_known_ending(struct claque_str name)
{
	for (size_t i = 0; i < COUNT(endings); i++)
		if (ends_with(unpacked_name(name), str_of(endings[i])))
			return true;
	/* A zip names its member inside: data.zip may hold data.csv. */
	return ends_with(name, STR(".zip"));
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
is_regular(int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, 0) == 0 && S_ISREG(st.st_mode);
}

/* Their names in this folder, sorted; the array is in perm. */
static enum claque_rc
list_folder(DIR *dir, struct arena *perm, const char ***out, size_t *count,
	    struct claque_err *err)
{
	const char **names = ARENA_NEW(perm, const char *, FILES_MAX);
	struct dirent *entry;

	*count = 0;
	while ((errno = 0, entry = readdir(dir)) != NULL) {
		if (!has_known_ending(str_of(entry->d_name)) ||
		    !is_regular(dirfd(dir), entry->d_name))
			continue;
		if (*count == FILES_MAX)
			return err_set(err, CLAQUE_ELIMIT, "more than %d tables in one folder",
				       FILES_MAX);
		names[(*count)++] = str_z(perm, str_of(entry->d_name));
	}
	if (errno != 0)
		return err_set(err, CLAQUE_EIO, "%s", strerror(errno));
	qsort(names, *count, sizeof(*names), by_name);
	*out = names;
	return CLAQUE_OK;
}

/* Moves our own tables to the front, in their order; 0 if there is none. */
static size_t
pick_own(const char **names, size_t count, struct arena scratch)
{
	const char **own = ARENA_NEW(&scratch, const char *, count + 1);
	size_t found = 0;

	for (size_t i = 0; i < COUNT(own_names); i++)
		for (size_t k = 0; k < count; k++)
			if (str_eq(unpacked_name(str_of(names[k])), str_of(own_names[i])))
				own[found++] = names[k];
	memcpy(names, own, found * sizeof(*own));
	return found;
}

static enum claque_rc
expand_folder(DIR *dir, const char *path, struct arena *perm, const char ***out, size_t *count,
	      struct claque_err *err)
{
	const char *slash = ends_with(str_of(path), STR("/")) ? "" : "/";
	enum claque_rc rc = list_folder(dir, perm, out, count, err);
	size_t own;

	if (rc != CLAQUE_OK)
		return err_wrap(err, "%s", path);
	if (*count == 0)
		return err_set(err, CLAQUE_EINPUT, "%s: no .csv, .tsv or .json file in this folder, "
			       "plain or packed", path);
	own = pick_own(*out, *count, *perm);
	if (own > 0)
		*count = own;
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = str_fmt(perm, "%s%s%s", path, slash, (*out)[i]).p;
	return CLAQUE_OK;
}

enum claque_rc
import_expand(const char *path, struct arena *perm, const char ***out, size_t *count,
	      struct claque_err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
	enum claque_rc rc;
	DIR *dir;

	if (fd < 0 && (errno == ENOTDIR || errno == ENOENT)) {
		/* Not a folder: what it is, reading it will tell. */
		*out = ARENA_NEW(perm, const char *, 1);
		(*out)[0] = str_z(perm, str_of(path));
		*count = 1;
		return CLAQUE_OK;
	}
	dir = fd < 0 ? NULL : fdopendir(fd);
	if (dir == NULL)
		return err_set(err, CLAQUE_EIO, "%s: %s", path, strerror(errno));
	rc = expand_folder(dir, path, perm, out, count, err);
	(void)closedir(dir);
	return rc;
}
