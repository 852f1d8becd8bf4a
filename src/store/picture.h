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

enum { GROUP_MAX = 60, MATRIX_SOURCES_MAX = 60, GROUP_JSON_MAX = 4 << 10 };

/* "[3,1,4]", up to GROUP_JSON_MAX bytes: the set of a list_query on SUBJECT_set. */
struct buf;
struct group;
void group_json(struct buf *out, const struct group *group);

/* The same again; what is no such text is an empty group. */
void group_from_json(struct claque_str json, struct group *out);

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
/* `count` such groups, each drawn for itself: by seed, seed + 1, ... */
CLAQUE_CHECKED enum claque_rc group_controls(struct store *s, const struct group *like,
	uint64_t seed, size_t count, struct group *out, struct claque_err *err);

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

enum { EGO_NODES_MAX = 41, EGO_LINKS_MAX = 820 };	/* every pair of 41 */

struct ego_node {
	int64_t id;
	struct claque_str name;
	uint32_t weight;		/* of its strongest edge; 0: the centre */
};
struct ego_link {
	uint8_t a, b;			/* numbers of nodes, a < b */
	uint32_t weight;		/* the strongest of all signals */
};

/* An account and those tied to it, or the members of a cluster that are tied. */
struct ego {
	struct ego_node nodes[EGO_NODES_MAX];	/* strongest first, after the centre */
	struct ego_link links[EGO_LINKS_MAX];	/* strongest first */
	size_t node_count, link_count;
	bool has_centre;		/* node 0 */
	int64_t folded;			/* neighbours that are not among the nodes */
};

/*
 * At most `limit` neighbours, as LIST_NEIGHBOURS orders them; takes an account, a cluster or
 * a set, whose ids `set` holds (else "").
 */
struct ego_of {
	struct subject subject;
	struct claque_str set;
};
CLAQUE_CHECKED enum claque_rc ego_read(struct store *s, const struct ego_of *of, size_t limit,
	struct arena *perm, struct ego *out, struct claque_err *err);

/* How alike two groups are. X(id, what it is, does more of it mean more alike) */
#define PAIR_TRAIT_LIST(X) \
	X(COMMON, "sources in common", true) \
	X(FAST, "of these in 60 s", true) \
	X(HOURS, "hours of the week", true) \
	X(CREATED, "made so far apart", false) \
	X(CHANGES, "changed in 10 min", true) \
	X(BIO, "words of the bio", true)

enum pair_trait {
#define X(id, words, more) PAIR_##id,
	PAIR_TRAIT_LIST(X)
#undef X
	PAIR_TRAIT_COUNT
};

struct pair_source {			/* shared by both */
	int64_t id;
	int64_t at[2];			/* first by either; CLAQUE_NO_TIME: undated */
};

enum { PAIR_SOURCES_MAX = 48 };

struct pair {
	double traits[PAIR_TRAIT_COUNT];	/* NAN: not known of one of them */
	struct pair_source sources[PAIR_SOURCES_MAX];	/* closest in time first */
	size_t source_count;		/* of those kept; traits[PAIR_COMMON] counts all */
};

/*
 * Two groups through the lens: domains and hashtags are no common sources, at
 * most 20,000 sources of the first are looked at. Words of bio are of two
 * single accounts only, made is the mean of a group.
 */
CLAQUE_CHECKED enum claque_rc pair_read(struct store *s, const struct group *a,
	const struct group *b, const struct lens *lens, struct pair *out, struct claque_err *err);

enum { WAVES_MAX = 16, WAVE_FIELDS_MAX = 6, WAVE_FIELD_MAX = 32, WAVE_TEXT_MAX = 40 };

struct wave_field {
	struct claque_str name;		/* of what changed */
	unsigned count;
};

/* Profile changes of several accounts with no quarter of an hour between two. */
struct wave {
	int64_t from, to;		/* the first and the last change */
	struct group who;
	size_t changes;
	struct wave_field fields[WAVE_FIELDS_MAX];
	size_t field_count;
	/* Before and after, "" for not known: the place that most of them claimed, and the
	   hashtag that most of them used in the month on either side. */
	struct claque_str places[2], topics[2];
};

struct waves {
	struct wave waves[WAVES_MAX];	/* most accounts first, then the earlier */
	size_t count;
	size_t all;			/* with those that were not kept */
	int64_t members;		/* of the group */
};

/* In the period of the lens; the first 20,000 changes of the group are looked at. */
CLAQUE_CHECKED enum claque_rc waves_read(struct store *s, const struct group *group,
	const struct lens *lens, struct arena *perm, struct waves *out, struct claque_err *err);

#endif
