/*
 * list.h - every list that a screen, a listing or an export shows, as one table
 * of queries: what columns, from where, in which order, and how each kind of
 * subject narrows it. Counting a pivot before jumping and paging through it
 * are the same query twice.
 */
#ifndef STORE_LIST_H
#define STORE_LIST_H

#include "model/column.h"
#include "model/lens.h"
#include "store/store.h"

/* X(id, name, help) */
#define LIST_LIST(X) \
	X(CLUSTERS, "clusters", "groups of the last run, best lead first") \
	X(LEADS, "leads", "clusters that reach the lead score") \
	X(ACCOUNTS, "accounts", "accounts with their score and cluster") \
	X(SOURCES, "sources", "what is shared, by how many") \
	X(POSTS, "posts", "posts in time order") \
	X(CHANGES, "changes", "profile changes in time order") \
	X(EVIDENCE, "evidence", "reasons behind a cluster's score") \
	X(INNOCENTS, "innocents", "innocent explanations tested on clusters") \
	X(EDGES, "edges", "validated co-share edges of the last run") \
	X(NEIGHBOURS, "neighbours", "accounts tied to one, or to each other in a cluster") \
	X(MEMBERS, "members", "accounts of clusters with role and score") \
	X(INDICATORS, "indicators", "published indicators in the case") \
	X(HASHTAGS, "hashtags", "hashtags, by how many accounts") \
	X(SITES, "sites", "linked sites, by how many accounts") \
	X(MATCHES, "matches", "published indicators that something in the case matches") \
	X(REUSED, "reused", "handles that several accounts had, and when") \
	X(HANDLES, "handles", "accounts that had several handles, and when") \
	X(MOVERS, "movers", "who of a group shares first what several of it share") \
	X(SHARERS, "sharers", "who shared several of the marked sources or posts") \
	X(INPUTS, "inputs", "files imported, with digest and counts") \
	X(REFUSED, "refused", "rows refused, with file, row and reason") \
	X(NOTES, "notes", "notes, tags, pins and whatever else analysts say") \
	X(CLAIMS, "claims", "claims, each with its evidence for and against") \
	X(ACH, "ach", "evidence under competing hypotheses: a row for each cell") \
	X(LEDGER, "ledger", "every act of the analyst, hash-chained") \
	X(RUNS, "runs", "runs of the engine, with settings and decisions; the last first") \
	X(EVENTS, "events", "public events in time order")

enum list_id {
#define X(id, name, help) LIST_##id,
	LIST_LIST(X)
#undef X
	LIST_COUNT,
	/* Rows that are no list of the case: without columns, subject and facets. */
	LIST_NONE = LIST_COUNT
};

const char *list_name(enum list_id list);
const char *list_help(enum list_id list);
bool list_parse(struct claque_str name, enum list_id *out);
const struct column *list_columns(enum list_id list, size_t *count);
/* Index of the column with this name, or how many there are. */
size_t list_column(enum list_id list, struct claque_str name);
/* For a query's `without`: all columns but these, parted by blanks. */
uint64_t list_all_but(enum list_id list, const char *wanted);
/* What a row of the list is: Enter on it opens that. */
enum subject_kind list_subject(enum list_id list);
/* Can the list be narrowed to this kind of subject? SUBJECT_none: always. */
bool list_takes(enum list_id list, enum subject_kind kind);

enum { LIST_KEYS_MAX = 3, LIST_COLUMNS_MAX = 48 };

struct list_key {
	int column;
	bool descending;
};

bool list_keys_eq(const struct list_key *a, int a_count, const struct list_key *b, int b_count);

struct list_query {
	enum list_id list;
	struct subject subject;		/* SUBJECT_none: the whole list */
	struct lens lens;		/* applied where the list has such a column */
	int sort;			/* column index, or -1 for the list's own order */
	bool descending;
	/* Between equals, before the id decides; only where sort is a column. */
	struct list_key then[LIST_KEYS_MAX - 1];
	int then_count;
	/*
	 * 0, or: look at no more than so many of the rows that subject and period leave,
	 * for a first answer while the whole one takes its time.
	 */
	int64_t among;
	uint64_t without;		/* bit set of columns that are not asked for: null */
	bool unordered;			/* of a walk: rows as they are found, without a sort */
	/* Of an ordered walk: the first so many, whose columns alone are looked up; 0: all. */
	int64_t first;
	/* Of a set: row ids of what is in it as a JSON array; the caller's. */
	struct claque_str set;
};

/* Do they ask for the same rows in the same order? A set is told by its number. */
bool list_query_eq(const struct list_query *a, const struct list_query *b);
/* Does subject or lens hide anything of this list? */
bool list_is_narrowed(const struct list_query *q);
/* Exact, or, past `cap` rows (0 = no cap), cap + 1. */
CLAQUE_CHECKED enum claque_rc list_count(struct store *s, const struct list_query *q,
	int64_t cap, int64_t *out, struct claque_err *err);
/*
 * Rows offset.. (at most limit) copied into perm; *got tells how many. Ties are
 * broken by id, so the order is total. Counting from the end costs no more
 * than from the start.
 */
CLAQUE_CHECKED enum claque_rc list_rows(struct store *s, const struct list_query *q,
	int64_t offset, int64_t limit, struct arena *perm, struct row **out, size_t *got,
	struct claque_err *err);
/* Every row in order; each() returning false gives CLAQUE_STOPPED. */
CLAQUE_CHECKED enum claque_rc list_walk(struct store *s, const struct list_query *q,
	bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err);
/* The same, leaving out the first `offset` rows. */
CLAQUE_CHECKED enum claque_rc list_walk_from(struct store *s, const struct list_query *q,
	int64_t offset, bool (*each)(void *ctx, const struct row *row), void *ctx,
	struct claque_err *err);
/* The rows with these ids, in this order; an id that no row has is passed over. */
CLAQUE_CHECKED enum claque_rc list_walk_ids(struct store *s, enum list_id list, const int64_t *ids,
	size_t count, bool (*each)(void *ctx, const struct row *row), void *ctx,
	struct claque_err *err);
/* Where the row with this id stands (0..), or -1 if the query does not have it. */
CLAQUE_CHECKED enum claque_rc list_position(struct store *s, const struct list_query *q,
	int64_t id, int64_t *out, struct claque_err *err);
/* The one row with this id; ENOTFOUND. */
CLAQUE_CHECKED enum claque_rc list_row(struct store *s, enum list_id list, int64_t id,
	struct arena *perm, struct row *out, struct claque_err *err);

/*
 * Rows per bucket: counts[i] covers from + i * step <= t < from + (i + 1) * step, under
 * subject and lens. t is a row's own time, or when it was first seen.
 */
bool list_has_times(enum list_id list);
CLAQUE_CHECKED enum claque_rc list_histogram(struct store *s, const struct list_query *q,
	int64_t from, int64_t step, int64_t *counts, size_t count, struct claque_err *err);

/*
 * A subject by what an analyst types: a row id, a native id, a handle with or
 * without @, "C017" for a cluster. ENOTFOUND names the nearest. */
CLAQUE_CHECKED enum claque_rc list_find_subject(struct store *s, enum subject_kind kind,
	struct claque_str name, struct subject *out, struct claque_err *err);
/* The same by what data calls it, never by a row id; kind none if there is no such thing. */
CLAQUE_CHECKED enum claque_rc list_subject_named(struct store *s, enum subject_kind kind,
	struct claque_str name, struct subject *out, struct claque_err *err);
/* The account of a post, by row ids; 0 if there is none. */
CLAQUE_CHECKED enum claque_rc list_author(struct store *s, int64_t post, int64_t *out,
	struct claque_err *err);
/*
 * What is kept with an earlier run's cluster is about that of the same name now;
 * one that is gone stays what it was.
 */
CLAQUE_CHECKED enum claque_rc list_subject_now(struct store *s, struct subject *subject,
	struct claque_err *err);
/*
 * How it is called on screen: "C017", "@ivan142", "news.example/a1". A name is
 * whatever its owner chose: past SUBJECT_NAME_MAX bytes it is cut.
 */
enum { SUBJECT_NAME_MAX = 1024 };
CLAQUE_CHECKED enum claque_rc list_subject_name(struct store *s, struct subject subject,
	struct arena *perm, struct claque_str *out, struct claque_err *err);

#endif
