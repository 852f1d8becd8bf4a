/*
 * image_folder.h - a folder of pictures, and what each is said to be a picture of.
 *
 * Looked for in this order; what a table says ends it:
 *
 *   pictures.csv     file,platform,account_id,post_id,role: by hand. What has a post_id is
 *                    a picture in that post, or by role avatar that of its author; what
 *                    has an account_id is that account's
 *   .metadata.json   of 4CAT's image downloader: file names and post_ids
 *   result.json      of Telegram Desktop: the photo of each message
 *   the file's name  TWEETID-MEDIAID (Twitter's archives), TWEETID_1 (gallery-dl),
 *                    PLATFORM_ID and ID: of a post, else of an account by id or handle
 *
 * A table may lie in a folder below, and then speaks of the files beside and below it.
 */
#ifndef IMPORT_IMAGE_FOLDER_H
#define IMPORT_IMAGE_FOLDER_H

#include "base/tree.h"

enum image_role { IMAGE_MEDIA, IMAGE_AVATAR };

/* A picture of this post, of this account, or (an avatar) of this post's author. */
struct image_claim {
	enum image_role role;
	bool of_post;			/* whose id it is */
	struct claque_str platform;	/* empty: not told */
	struct claque_str id;		/* native id; of an account maybe its handle */
	const char *by;			/* "pictures.csv", ..., "its name" */
};

struct image_file {
	const char *path;		/* below the folder */
	const struct image_claim *claims;
	size_t claim_count;
	/* Claims of a name are guesses: the first one that the case knows holds. Those of a
	   table all hold. */
	bool guessed;
};

struct image_folder {
	const char *path;
	struct tree_file *tree;		/* everything in it */
	size_t tree_count;
	struct image_file *files;	/* pictures by their ending, in the order of the tree */
	size_t count;
	size_t others;			/* files that are neither pictures nor tables of them */
	/* Files that a table names and that are not there. */
	size_t absent;
	const char *first_absent;
};

/*
 * Lists the folder and reads its tables; all in perm. EIO; EINPUT: a table that cannot be
 * read, with its name; ELIMIT.
 */
CLAQUE_CHECKED enum claque_rc image_folder_read(const char *path, struct arena *perm,
	struct image_folder *out, struct claque_err *err);
/* Does the file's name begin with an id that is too short to count without a platform? */
bool image_id_is_short(const char *path);

#endif
