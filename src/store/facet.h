/*
 * facet.h - what the rows of a list can be told apart by, and how many rows have
 * each value. A value is a condition of the lens (model/lens.h), so that what is
 * chosen from a facet follows the analyst to every list that knows it.
 */
#ifndef STORE_FACET_H
#define STORE_FACET_H

#include "store/list.h"

/* Rows up to which all are counted; ids of a longer list that its sample is made of. */
enum { FACETS_MAX = 12, FACET_ROWS_MAX = 100000, FACET_SAMPLE = 20000 };

/* How many facets a list offers. */
size_t list_facets(enum list_id list);
/* "account.platform", and as the pane says it: "platform". at < list_facets(). */
const char *list_facet_name(enum list_id list, size_t at);
const char *list_facet_title(enum list_id list, size_t at);
/* Does any list know a facet of this name? */
bool list_facet_known(struct claque_str name);

struct facet_value {
	struct claque_str value;	/* "": rows that have none */
	int64_t count;			/* of rows */
};

struct facet_counts {
	struct facet_value *values;	/* most rows first; in perm */
	size_t got;
	int64_t distinct;	/* values that there are, "none" not among them */
	int64_t rows;		/* that were looked at */
	bool all;		/* false: they are a sample, spread over the whole list */
	bool late;		/* given up: it took too long */
};

/*
 * Under subject and lens of the query but for the lens's own condition on this facet,
 * so that the other values can be chosen, too. At most `limit` values. With among > 0 a
 * sample will do, however long the list is.
 */
CLAQUE_CHECKED enum claque_rc list_facet_counts(struct store *s, const struct list_query *q,
	size_t at, size_t limit, struct arena *perm, struct facet_counts *out,
	struct claque_err *err);

#endif
