/*
 * table.h - tables and columns by name: what an export finds, it uses; what it
 * does not find, it says.
 */
#ifndef EXPORT_TABLE_H
#define EXPORT_TABLE_H

#include "base/buf.h"
#include "export/export.h"

/* NULL if the input has no such table; `in` may not be NULL. */
const struct rowset *table_find(const struct export_input *in, const char *name);
/* Names parted by spaces, the preferred first; -1 if none of them is there or t is NULL. */
int table_column(const struct rowset *t, const char *names);
/* The cell; a null value for column -1. */
const struct value *table_value(const struct row *row, int column);
/* A number or an integer as a double; `otherwise` if it is neither. */
double value_number(const struct value *v, double otherwise);
/* Its walk_some(), or where it has none its walk(). */
CLAQUE_CHECKED enum claque_rc table_walk_some(const struct rowset *t, const char *columns,
	bool (*each)(void *row_ctx, const struct row *row), void *row_ctx, struct claque_err *err);
/* How many rows it has, walked only where it does not know. */
CLAQUE_CHECKED enum claque_rc rowset_count(const struct rowset *t, int64_t *out,
	struct claque_err *err);
/* "edges, notes": the tables a case has that the input lacks; nothing if it lacks none. */
void tables_absent(struct buf *out, const struct export_input *in);

/* The writers, one a format; see struct export_format. */
CLAQUE_CHECKED enum claque_rc bag_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc bundle_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc csv_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc csv_safe_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc graphml_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc indicators_csv_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc indicators_safe_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc killchain_csv_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc killchain_safe_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc killchain_tsv_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc gexf_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc dot_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc stix_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc stix_opencti_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc misp_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc html_write(const struct export_input *in, const char *path,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc markdown_write(const struct export_input *in, const char *path,
	struct claque_err *err);

#endif
