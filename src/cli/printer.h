/*
 * printer.h - rows of a job to stdout as they come. A command without --limit need not
 * call printer_init(): all fields but `call` may be 0.
 */
#ifndef CLI_PRINTER_H
#define CLI_PRINTER_H

#include "app/network_job.h"
#include "cli/output.h"

struct printer {
	const struct invocation *call;
	struct output out;
	int64_t limit;		/* 0: all */
	size_t csv_columns;	/* of a CSV only the first so many; 0: all */
	size_t table_columns;	/* the same of a table */
	bool started;
};

/* Takes --limit from the call, or `limit` where it is not given. */
CLAQUE_CHECKED enum claque_rc printer_init(struct printer *p, const struct invocation *call,
	int64_t limit, struct claque_err *err);
/* p must outlive it. Hides the progress line before the first row. */
struct row_sink printer_sink(struct printer *p);
/* Prints what is held back, if there was a head at all. */
void printer_end(struct printer *p);

#endif
