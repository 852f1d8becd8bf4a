/*
 * schema.h - the tables of a case, how they came to be, and their indexes.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/store.h"

/* user_version of a case made by this build. */
enum { SCHEMA_VERSION = 9 };
/* application_id: "clqe". */
enum { SCHEMA_APPLICATION = 0x636c7165 };

/* Roles and axes as the case names them. */
/* CLAQUE_EXPOSED as it stands in SQL; schema.c asserts that it is. */
#define EXPOSED "3"

/* SHARE_BASIS_copy as it stands in SQL; schema.c asserts that it is. */
#define COPIED "3"
/* Of a share that is a copy and its source: "text match 0.93 of POST on PLATFORM". */
#define MATCH_WORDS(share, source) "'text match ' || substr(round(" share ".similarity, 2)" \
	" || '0', 1, 4) || ' of ' || " source ".key || coalesce(' on ' || coalesce((SELECT" \
	" x.platform FROM post q JOIN account x ON x.id = q.account WHERE q.native_id = " source \
	".key LIMIT 1), (SELECT platform FROM account WHERE native_id = " source ".author" \
	" LIMIT 1)), '')"

/* How many ids up to the last have no row, of shares and changes: they were forgotten. */
#define GAPS(rows) "coalesce((SELECT value FROM state WHERE name = 'gaps_" rows "'), 0)"

extern const char *const schema_roles[], *const schema_axes[];

/*
 * Is it a case, and of which version? EINPUT, EVERSION. *version 0: an empty
 * database.
 */
CLAQUE_CHECKED enum claque_rc schema_version(struct store *s, int64_t *version,
	struct claque_err *err);
/* Brings it to SCHEMA_VERSION, in one transaction. */
CLAQUE_CHECKED enum claque_rc schema_migrate(struct store *s, struct claque_err *err);
/* Indexes of imported rows: dropped before a large import, built after it. */
CLAQUE_CHECKED enum claque_rc schema_drop_indexes(struct store *s, struct claque_err *err);
/*
 * After an import, or a kill in one: indexes, rows that follow from rows, and the counts and
 * times kept on accounts and sources.
 */
CLAQUE_CHECKED enum claque_rc schema_repair(struct store *s, struct claque_err *err);

#endif
