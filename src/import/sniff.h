/*
 * sniff.h - which format a header belongs to, and which column is which field.
 */
#ifndef IMPORT_SNIFF_H
#define IMPORT_SNIFF_H

#include "import/format.h"
#include "import/rows.h"

enum { EXTRA_COLUMNS_MAX = 64, EXTRA_NAMES_MAX = 4096 };

struct extra_column {
	size_t column;
	struct claque_str name;		/* in extra_names */
};

struct mapping {
	const struct format *format;
	int column[FIELDS_MAX];		/* by field; -1: not in the file */
	char names[FIELDS_MAX][IMPORT_PLACE_NAME];	/* of those columns, in the file */
	size_t columns;
	char separator;			/* of a table: ',', ';' or a tab */
	char unknown[IMPORT_UNKNOWN_MAX];
	/* The unknown columns by name, for what is kept as it is; more than MAX are dropped. */
	struct extra_column extras[EXTRA_COLUMNS_MAX];
	size_t extra_count;
	char extra_names[EXTRA_NAMES_MAX];
};

/* EUSAGE: an override is no "column=field". ENOTFOUND: no such format. */
CLAQUE_CHECKED enum claque_rc sniff_check(const struct import_options *options,
					  struct claque_err *err);
/*
 * EINPUT: no format has these columns (the message names the nearest and what
 * it lacks), one name stands twice, or an override names what is not there.
 * tabs: the file is tab-separated.
 */
CLAQUE_CHECKED enum claque_rc sniff_header(const struct row_cells *header, bool tabs,
					   const struct import_options *options,
					   struct mapping *out, struct claque_err *err);

/* The format whose items have what this one has, or the one asked for; NULL: none. */
const struct format *sniff_item(const struct item *item, const struct import_options *options);
/* No item was of a known format: EINPUT says what the nearest lacks. */
CLAQUE_CHECKED enum claque_rc sniff_refuse(const struct item *first,
	const struct import_options *options, struct claque_err *err);
/* EINPUT: the format asked for is of files of another shape than this ("JSON", "a table"). */
CLAQUE_CHECKED enum claque_rc sniff_refuse_shape(const struct format *asked, const char *is,
						 struct claque_err *err);
/* Notes the places of an object that no field of the format takes. */
void sniff_lost(struct mapping *m, const json_t *object);

#endif
