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
/* Makes every folder on the way to the file that is missing, for the user alone. EIO. */
CLAQUE_CHECKED enum claque_rc folder_make_for(const char *path, struct arena scratch,
					      struct claque_err *err);

#endif
