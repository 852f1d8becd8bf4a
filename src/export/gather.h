/*
 * gather.h - a table held in memory, for a document that needs it by groups.
 */
#ifndef EXPORT_GATHER_H
#define EXPORT_GATHER_H

#include "export/table.h"

struct gathered {
	const struct rowset *table;	/* NULL: the export has no such table */
	struct row *rows;
	size_t count;
	int64_t total;			/* rows of the table; above count, the rest is left out */
};

struct gather_filter {
	bool (*keep)(void *ctx, const struct rowset *table, const struct row *row);
	void *ctx;
	const char *columns;	/* that keep() looks at, parted by blanks; NULL: any */
};

/* Copies up to `limit` rows into perm, which keeps a quarter of its room for others. */
CLAQUE_CHECKED enum claque_rc gather(const struct export_input *in, const char *name, size_t limit,
	struct arena *perm, struct gathered *out, struct claque_err *err);
/* The same of those rows only for which keep(ctx, row) holds; total counts them. */
CLAQUE_CHECKED enum claque_rc gather_if(const struct export_input *in, const char *name,
	size_t limit, const struct gather_filter *filter, struct arena *perm, struct gathered *out,
	struct claque_err *err);
/* As table_column(); -1 also where there is no table. */
int gathered_column(const struct gathered *g, const char *names);
/* The rows whose column says `key`, copied to perm; all of them for column -1. */
struct gathered gathered_where(const struct gathered *g, int column, struct claque_str key,
			       struct arena *perm);
/* Greatest key first; stable. */
void gathered_order(struct gathered *g, double (*key)(void *ctx, const struct row *row), void *ctx);
/* By the number in this column, greatest first; stable; nothing for -1. */
void gathered_sort(struct gathered *g, int column, bool absolute);

#endif
