/*
 * bundle_def.h - how the tables of a bundle stand in the case.
 */
#ifndef STORE_BUNDLE_DEF_H
#define STORE_BUNDLE_DEF_H

#include "store/bundle.h"

struct bundle_column {
	const char *name;		/* in the bundle */
	const char *column;		/* in the table; NULL: is only read */
	const char *sql;		/* over the table's row t */
	enum column_form form;
	enum bundle_table of;		/* the row that it names is one of those; or COUNT */
	const char *list;		/* of terms that its number stands for; or NULL */
};

struct bundle_def {
	const char *into, *from, *order;
	const char *account;		/* SQL of the account a row is about; "0": none */
	const struct bundle_column *columns;
	size_t count;
	/* Its parameters are the row's columns, by their place from 1: the row that is there
	   already; NULL: a unique key tells. fill: what that one gains; ?90 is its id. */
	const char *find, *fill;
	bool dense;			/* ids run 1, 2, ... */
	bool of_run;			/* what a run found */
	bool whole_only;		/* taken into an empty case only */
};

extern const struct bundle_def bundle_defs[BUNDLE_COUNT];

#endif
