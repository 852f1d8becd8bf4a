/* tree.h - the files of a folder and of the folders in it, in one order everywhere. */
#ifndef BASE_TREE_H
#define BASE_TREE_H

#include "base/str.h"

enum { TREE_DEPTH_MAX = 16, TREE_FILES_MAX = 1 << 20 };

struct tree_file {
	const char *path;	/* below the folder: "photos/photo_1.jpg" */
	bool regular;		/* else a link, a pipe, ...: never followed, never opened */
};

/*
 * Everything that is no folder, by the bytes of its path; strings and array in perm. What
 * lies deeper than TREE_DEPTH_MAX is left out. EIO: it is no folder or cannot be read;
 * ELIMIT: more than TREE_FILES_MAX.
 */
CLAQUE_CHECKED enum claque_rc tree_list(const char *folder, struct arena *perm,
	struct tree_file **out, size_t *count, struct claque_err *err);
/*
 * One digest of all regular files: SHA-256 over a line each, "HEX  PATH", which is what
 * `find -type f | LC_ALL=C sort | xargs sha256sum | sha256sum` gives in the folder.
 * *bytes: theirs, together. EIO, STOPPED.
 */
CLAQUE_CHECKED enum claque_rc tree_sha256(const char *folder, const struct tree_file *files,
	size_t count, char out[65], uint64_t *bytes, const struct claque_progress *progress,
	struct claque_err *err);

#endif
