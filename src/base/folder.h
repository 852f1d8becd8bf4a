/* folder.h - where files of the user's own lie, and the folders on the way there. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/str.h"

/*
 * Where a file of the user's own lies: "claque/NAME" under the folder that the XDG
 * variable tells, or under `usual` (".config") at home. In perm; NULL where neither
 * the variable nor HOME says where.
 */
const char *folder_of_user(struct arena *perm, const char *variable, const char *usual,
			   const char *name);
/*
 * Where files lie that come with the program: the folder that the variable tells; else
 * share/NAME of the source tree in whose build folder the program lies; else the installed
 * one. In perm, never NULL; it need not be there.
 */
const char *folder_of_data(struct arena *perm, const char *variable, const char *name);
/* Makes every folder on the way to the file that is missing, for the user alone. EIO. */
CLAQUE_CHECKED enum claque_rc folder_make_for(const char *path, struct arena scratch,
					      struct claque_err *err);
/* Files whose names end so (".map") and do not begin with a point. */
struct folder_walk {
	const char *ending;
	void *ctx;
	/* What it returns, unless that is CLAQUE_OK, ends the walk. */
	enum claque_rc (*each)(void *ctx, const char *path, struct claque_err *err);
};

/* Those of one folder, by name. A folder that is not there holds none. EIO. */
CLAQUE_CHECKED enum claque_rc folder_each(const char *folder, const struct folder_walk *walk,
					  struct arena scratch, struct claque_err *err);

#endif
