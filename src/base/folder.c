#include "config.h"

#include "base/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/err.h"

enum { FOLDER_MODE = 0700 };

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
