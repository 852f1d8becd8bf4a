#include "config.h"

#include "base/folder.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/err.h"

enum { FOLDER_MODE = 0700 };

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
