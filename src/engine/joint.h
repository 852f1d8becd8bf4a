/*
 * joint.h - what the members of groups did together: their posts on something
 * that another member of the same group acted on, too, and what is written on
 * these posts: whom they repeat, which site they link, which hashtags they
 * carry.
 *
 * A joint post counts for as many pairs as other members are on the same, as it
 * does in the parts of coordination: what all share says more of a group than
 * what two of them happen to.
 *
 * The networks are those that scores rest on, with the same cap on hot
 * objects, so that an innocent explanation is held against what was counted.
 */
#ifndef ENGINE_JOINT_H
#define ENGINE_JOINT_H

#include "engine/scene.h"

/* Another member's act is close if it is no farther away than this. */
#define JOINT_CLOSE_MS (INT64_C(10) * 60 * 1000)

enum { JOINT_AUTHOR, JOINT_SITE, JOINT_TAG, JOINT_KEYS };

struct joint_post {
	int64_t at;
	int64_t original_at;	/* of the post that it repeats, or CLAQUE_NO_TIME */
	uint32_t row, group, account;
	/* First of all on the same thing and not of the group, or NO_ACCOUNT. */
	uint32_t leader;
	/* Other members on the same thing: a thing shared by m of them is m (m - 1) / 2 pairs. */
	uint64_t pairs;
	uint8_t networks;	/* bits by number in fused_table */
	bool close;		/* to another member's */
	bool own;		/* not known to be a native reshare */
};

#define NO_ACCOUNT UINT32_MAX

/* What is written on a joint post: an author (joint.authors), an object of the dataset. */
struct joint_mark {
	uint32_t post;
	uint32_t key;
	uint8_t kind;		/* JOINT_ */
};

struct joint {
	const struct scene *scene;
	struct joint_post *posts;	/* by group, row */
	size_t count;
	size_t *from;			/* of group g: posts[from[g] .. from[g + 1]] */
	uint64_t *pairs;		/* by group: of all its posts */
	struct joint_mark *marks;	/* by post */
	size_t mark_count, mark_cap;
	size_t *mark_from;		/* by group, as `from` */
	struct map authors;		/* native ids */
	uint64_t *author_acts;		/* by number in authors: acts on all their posts */
	size_t author_cap;
	uint64_t post_acts;		/* acts on posts of authors that are known */
	uint64_t all_posts;		/* of the file, or acts where it has no posts */
	int64_t first, last;		/* time of the file's acts */
};

CLAQUE_CHECKED enum claque_rc joint_init(struct joint *j, const struct scene *s,
	const struct claque_progress *progress);
void joint_done(struct joint *j);

/* The most common key of a kind among a group's joint posts. */
struct joint_top {
	uint32_t key;		/* UINT32_MAX: there is none */
	uint64_t pairs;		/* of the posts that carry it */
	uint64_t posts;
	double share;		/* of the group's pairs */
	double elsewhere;	/* the same share among all other posts of the file */
};

/*
 * By joint post of the group: the author whose post it repeats, if so large a
 * share of the group's pairs repeats one of his, or UINT32_MAX. The caller's.
 */
uint32_t *joint_authors(const struct joint *j, uint32_t group, double share_least);

struct joint_top joint_top(const struct joint *j, uint32_t group, unsigned kind);

#endif
