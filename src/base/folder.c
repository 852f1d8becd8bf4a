#include "config.h"

#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

enum { FOLDER_MODE = 0700, PROGRAM_PATH_MAX = 4096 };

/* A relative path in the variable is to be ignored (XDG Base Directory Specification). */
const char *
folder_of_user(struct arena *perm, const char *variable, const char *usual, const char *name)
{
	const char *told = getenv(variable), *home = getenv("HOME");

	if (told != NULL && told[0] == '/')
		return str_fmt(perm, "%s/claque/%s", told, name).p;
	if (home != NULL && home[0] == '/')
		return str_fmt(perm, "%s/%s/claque/%s", home, usual, name).p;
	return NULL;
}

/* The folder above that of the program, where it was built in its source tree; else NULL. */
static const char *
source_tree(struct arena *perm)
{
	char path[PROGRAM_PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));
	struct claque_str left = { path, n > 0 && n < PROGRAM_PATH_MAX ? (size_t)n : 0 };
	const char *tree;

	for (int levels = 0; levels < 2 && left.len > 0; levels++) {
		while (left.len > 0 && left.p[left.len - 1] != '/')
			left.len--;
		left.len -= left.len > 0;
	}
	if (left.len == 0)
		return NULL;
	tree = str_z(perm, left);
	return access(str_fmt(perm, "%s/configure.ac", tree).p, R_OK) == 0 ? tree : NULL;
}

const char *
folder_of_data(struct arena *perm, const char *variable, const char *name)
{
	const char *told = getenv(variable), *tree;

	if (told != NULL)
		return told;
	tree = source_tree(perm);
	if (tree != NULL)
		return str_fmt(perm, "%s/share/%s", tree, name).p;
	return str_fmt(perm, "%s/%s", PKGDATADIR, name).p;
}

enum claque_rc
folder_make_for(const char *path, struct arena scratch, struct claque_err *err)
{
	struct claque_str whole = str_of(path);

	for (size_t i = 1; i < whole.len; i++) {
		struct arena perm = scratch;
		const char *folder;

		if (whole.p[i] != '/')
			continue;
		folder = str_z(&perm, str_sub(whole, 0, i));
		if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST)
			return err_set(err, CLAQUE_EIO, "%s: %s", folder, strerror(errno));
	}
	return CLAQUE_OK;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool
ends_so(struct claque_str name, struct claque_str end)
{
	return name.len > end.len && name.p[0] != '.' &&
	       str_eq(str_sub(name, name.len - end.len, end.len), end);
}

enum claque_rc
folder_each(const char *folder, const struct folder_walk *walk, struct arena scratch,
	    struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, by_name);

	if (count < 0)
		return errno == ENOENT || errno == ENOTDIR ? CLAQUE_OK :
		       err_set(err, CLAQUE_EIO, "%s cannot be read: %s", folder, strerror(errno));
	for (int i = 0; i < count; i++) {
		struct arena perm = scratch;
		const char *name = entries[i]->d_name;

		if (rc == CLAQUE_OK && ends_so(str_of(name), str_of(walk->ending)))
			rc = walk->each(walk->ctx, str_fmt(&perm, "%s/%s", folder, name).p, err);
		free(entries[i]);
	}
	free(entries);
	return rc;
}
