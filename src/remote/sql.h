/*
 * sql.h - the statements that a server is given: templates in which names of tables and
 * columns, whole numbers and each other are filled in. Nothing from data stands in them.
 *
 * One dialect for ClickHouse 18.16 and those of today: no window functions, an alias for
 * every side of a join, and every column cast to the type that answer.h expects.
 */
#ifndef REMOTE_SQL_H
#define REMOTE_SQL_H

#include "claque/signal.h"

#include "base/buf.h"
#include "remote/mapping.h"

enum { SQL_BYTES_MAX = 64 << 10, SQL_REPEATS_MAX = 64 };

/* What a template is filled with. */
struct sql_scope {
	const struct mapping *mapping;
	unsigned kinds, acts;		/* bits: objects and acts that the signal reads */
	uint64_t object_cap;		/* accounts on an object; 0: none */
	int64_t window_ms;		/* INT64_MAX: the whole period */
	uint64_t lo, hi;		/* hashes of objects, both included */
	struct claque_str database, cluster;	/* names, checked */
};

/* X(id, layout of the answer or "", what it is for) */
#define SQL_LIST(X) \
	X(DATABASE, "", "making the database") \
	X(SHARES, "", "making the table of shares") \
	X(SHARDS, "", "making the table of shards") \
	X(EVERYWHERE, "", "making a table over all shards") \
	X(CLUSTER, "us", "asking for the shards of the cluster") \
	X(TOLD, "usu", "asking for the shards") \
	X(STATUS, "uuuuii", "asking what is there") \
	X(ORIGINS, "uu", "asking what is loaded") \
	X(COUNT, "u", "counting acts") \
	X(SIZES, "uuuuuuuu", "measuring objects") \
	X(WEEKS, "iuu", "measuring weeks") \
	X(ACCOUNTS, "ussssuIU", "measuring accounts") \
	X(PAIRS, "uuuiiuuI", "counting pairs") \
	X(CROWDED, "uuuiiuuI", "counting pairs of those who repeat themselves") \
	X(NEAR, "u", "measuring the pace") \
	X(EDGES, "", "making room for pairs") \
	X(COMMON, "uIIU", "measuring the pace of each pair") \
	X(WANTED, "", "making room for accounts") \
	X(PULL, "sssssssi", "reading shares")

enum sql_statement {
#define X(id, layout, help) SQL_##id,
	SQL_LIST(X)
#undef X
	SQL_STATEMENTS
};

/* Appends the statement. */
void sql_write(enum sql_statement statement, const struct sql_scope *scope, struct buf *out);
const char *sql_layout(enum sql_statement statement);	/* of its answer, for answer.h */
const char *sql_purpose(enum sql_statement statement);	/* "counting pairs" */

/* The columns of SHARES that a load gives, in this order, each as answer.h puts it. */
#define SQL_SHARE_COLUMNS \
	"kind, act, object, account, platform, post, text, at, origin, row"
/* The same for the other tables that are filled. */
#define SQL_EDGE_COLUMNS "a, b, n, out"
#define SQL_WANTED_COLUMNS "id"
#define SQL_SHARD_COLUMNS "number, url, self"

#endif
