/* facet_def.h - a facet as SQL: what facet.c and list.c compose queries from. */
#ifndef STORE_FACET_DEF_H
#define STORE_FACET_DEF_H

#include "store/list_def.h"

struct facet_def {
	const char *name;	/* "list.title"; topic alone is of several lists; kind and lang are fields of the lens itself */
	/* The value as text, NULL or '' for none: of the list's own table, or, if a row has
	   several, of `from` where `key` is the row's id. */
	const char *expr, *from, *key, *where;
};

/* NULL if the list has none of this name. */
const struct facet_def *facet_find(enum list_id list, struct claque_str name);
/* " AND (...)" for each facet of the lens that the list knows; id: its row. */
void facet_conditions(struct buf *sql, const struct list_query *q, const char *id);

#endif
