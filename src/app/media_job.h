/*
 * media_job.h - a folder of pictures into a case that has the posts and accounts.
 *
 * Each picture is one row of one input, the folder, in the order of paths; its digest is
 * tree_sha256(). A picture in a post becomes a share of that picture, whose key is its
 * PDQ hash, or that of the earliest one of the case that is near it (31 of 256 bits); the
 * row's extras tell file, hash, quality and distance. A profile picture becomes the
 * account's avatar_hash. What belongs to nothing in the case, or is no picture, is a
 * refused row with the file's name and the reason.
 */
#ifndef APP_MEDIA_JOB_H
#define APP_MEDIA_JOB_H

#include "import/image_folder.h"

enum { MEDIA_SHOWN = 5 };

struct media_note {
	const char *path;
	char text[500];		/* whose it is, or why it is not taken */
};

struct media_report {
	const char *folder;
	uint64_t pictures;	/* by their endings */
	uint64_t posts, accounts;	/* pictures of posts and profile pictures that were taken */
	uint64_t near;		/* of those of posts: joined to an earlier, near one */
	uint64_t known;		/* told nothing new */
	uint64_t unmet, refused;	/* belong to nothing in the case; are no pictures */
	uint64_t others;	/* files of other kinds, not looked at */
	uint64_t absent;	/* named by a table and not there */
	const char *first_absent;
	uint64_t resumed_at;	/* pictures that an earlier run had committed */
	struct media_note unmet_notes[MEDIA_SHOWN], refused_notes[MEDIA_SHOWN];
	int64_t took_ms;
};

struct media_request {
	const char *case_path, *folder;
	struct claque_str who;
	void (*report)(const struct media_report *report);
};

/* The case must be there. STOPPED: what was committed stays, and again goes on there. */
CLAQUE_CHECKED enum claque_rc media_job(const struct media_request *request,
	const struct claque_progress *progress, struct claque_err *err);

/* How a folder would be understood, without a case. */
struct media_look {
	const char *folder;
	uint64_t pictures, others, absent;
	/* The first pictures: what each is said to be of, and its hashes or why it has none. */
	struct media_note notes[MEDIA_SHOWN];
	size_t note_count;
};

CLAQUE_CHECKED enum claque_rc media_look(const char *folder,
	const struct claque_progress *progress, void (*report)(const struct media_look *look),
	struct claque_err *err);

#endif
