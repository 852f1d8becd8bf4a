/*
 * picture.h - what the pictures of the workbench are drawn from: who of a
 * group shared what and when, which accounts are a fair comparison, and what
 * two groups have in common.
 *
 * A group is a few accounts by row id; larger ones are cut to GROUP_MAX, the
 * best members first, so that a picture costs what it shows and not what the
 * case holds. All of it looks through the lens.
 */
#ifndef STORE_PICTURE_H
#define STORE_PICTURE_H

#include "model/lens.h"
#include "store/store.h"

enum { GROUP_MAX = 60, MATRIX_SOURCES_MAX = 60 };

struct group {
	int64_t accounts[GROUP_MAX];
	size_t count;
	int64_t whole;			/* how many there are, with those that were cut */
};

/* Members of a cluster by rank, or the one account; EUSAGE for another subject. */
CLAQUE_CHECKED enum claque_rc group_of(struct store *s, struct subject subject, struct group *out,
	struct claque_err *err);
/*
 * As many accounts that are in no cluster of the last run: for each of the
 * group one of the 16 nearest in number of shares, drawn at random by the seed,
 * none twice. Fewer where the case has no more.
 */
CLAQUE_CHECKED enum claque_rc group_control(struct store *s, const struct group *like,
	uint64_t seed, struct group *out, struct claque_err *err);

/* What one account did with one source under the lens. */
struct matrix_cell {
	int64_t first;			/* UTC ms of its first share; CLAQUE_NO_TIME: none, or undated */
	int64_t post;			/* that does it */
	uint32_t shares;		/* 0: it never did */
};

struct matrix_source {
	int64_t id;
	struct claque_str key;
	int64_t everybody;		/* accounts of the case that shared it, lens or not */
	uint32_t group;			/* of the group, under the lens */
	int64_t first;			/* by one of the group, under the lens */
	size_t leader;			/* who that was: number of an account */
};

struct matrix_account {
	int64_t id;
	struct claque_str name;		/* handle or native id */
	uint32_t sources;		/* of those in the picture */
};

struct matrix {
	struct matrix_source *sources;
	struct matrix_account *accounts;
	struct matrix_cell *cells;	/* cells[source * account_count + account] */
	size_t source_count, account_count;
	int64_t account_whole;		/* of the group, with those that were cut */
};

/*
 * The sources that tell most of a group, at most `limit`: those shared by many
 * of it and by few others (members times the log of how rare the source is
 * among all accounts, as tf-idf weighs words; Sparck Jones 1972), best first.
 * Domains and hashtags stay out where anything else is shared by two or more.
 */
CLAQUE_CHECKED enum claque_rc matrix_read(struct store *s, const struct group *group,
	const struct lens *lens, size_t limit, struct arena *perm, struct matrix *out,
	struct claque_err *err);

#endif
