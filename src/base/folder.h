/* folder.h - folders on the way to a file of the user's own. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/str.h"

/* Makes every folder on the way to the file that is missing, for the user alone. EIO. */
CLAQUE_CHECKED enum claque_rc folder_make_for(const char *path, struct arena scratch,
					      struct claque_err *err);

#endif
