/*
 * complete.h - what could stand in a query where the cursor is: tables after FROM
 * and JOIN, columns of a table or its other name after a point, else columns of the
 * tables that the query names, wherever in it, and SQLite's words.
 *
 * It looks at words, not at grammar: what is half written has none yet.
 */
#ifndef APP_COMPLETE_H
#define APP_COMPLETE_H

#include "store/store.h"

enum { COMPLETE_MAX = 80 };

/* Names in the order in which they are offered: documented views first. */
struct schema_table {
	struct claque_str name;
	struct claque_str *columns;
	size_t column_count;
};

struct schema {
	struct schema_table *tables;
	size_t count;
};

CLAQUE_CHECKED enum claque_rc schema_read(struct store *store, struct arena *perm,
	struct schema *out, struct claque_err *err);
/*
 * Words that begin with what stands before byte `at` of the text, that part beginning at
 * *from. Words of SQL are in capitals where it is. Returns how many.
 */
size_t complete(const struct schema *schema, struct arena *perm, struct claque_str text, size_t at,
		size_t *from, struct claque_str out[COMPLETE_MAX]);
/* What all of them begin with. */
struct claque_str complete_common(const struct claque_str *words, size_t count);

#endif
