/*
 * picture_impl.h - what the files behind picture.h share. Nobody else includes it.
 */
#ifndef STORE_PICTURE_IMPL_H
#define STORE_PICTURE_IMPL_H

#include "base/buf.h"
#include "store/picture.h"
#include "store/stmt.h"

/* Parameters of the queries over shares of a group. */
enum picture_parameter {
	Q_GROUP = 1,			/* its account ids as a JSON array */
	Q_FROM, Q_TO, Q_KINDS, Q_LANG, Q_TEXT,	/* of the lens */
	Q_SOURCE, Q_LIMIT, Q_OTHER	/* Q_OTHER: a second group */
};

enum { PICTURE_SQL_MAX = 8 << 10, GROUP_JSON_MAX = 4 << 10 };

/* "[3,1,4]" into buf, which must have been set up for GROUP_JSON_MAX. */
void group_json(struct buf *out, const struct group *group);
/* " FROM json_each(?1) j CROSS JOIN share s ..." with the lens; more conditions may follow. */
void shares_sql(struct buf *sql, const struct lens *lens, const char *on);
void shares_bind(sqlite3_stmt *st, const struct lens *lens, struct claque_str group);
/* Number of the account in the group, or its count. */
size_t group_find(const struct group *group, int64_t account);

#endif
