/*
 * picture_impl.h - what the files behind picture.h share. Nobody else includes it.
 */
#ifndef STORE_PICTURE_IMPL_H
#define STORE_PICTURE_IMPL_H

#include "store/list_def.h"
#include "store/picture.h"

enum { PICTURE_SQL_MAX = 8 << 10 };

/*
 * " FROM json_each(...) j CROSS JOIN share s ..." under the lens: what the accounts
 * of the set (P_SET) shared, or did with the one source (P_ROW). Of two sets, the second is P_VALUE.
 */
enum shares_of { SHARES_OF_SET, SHARES_OF_SOURCE, SHARES_OF_SECOND };
void shares_sql(struct buf *sql, const struct lens *lens, enum shares_of of);
/* Lens and group must outlive the statement. */
void shares_bind(sqlite3_stmt *st, const struct lens *lens, struct claque_str group);
/* Number of the account in the group, or its count. */
size_t group_find(const struct group *group, int64_t account);

#endif
