/*
 * job.h - one file on its way in: what tables and JSON share.
 */
#ifndef IMPORT_JOB_H
#define IMPORT_JOB_H

#include "import/items.h"
#include "import/reader.h"
#include "import/sniff.h"

struct import_run {
	const struct import_options *options;
	const struct record_sink *sink;		/* NULL: only sniff */
	const struct claque_progress *progress;	/* NULL: nobody watches */
	struct reader *reader;
	struct mapping mapping;
	bool mapped;
	struct claque_str value[FIELDS_MAX];
	struct arena scratch;			/* taken back after every row */
	struct import_totals totals;
	/* Of an explanation only. */
	uint64_t rows_wanted, rows_done;	/* wanted 0: all */
	bool seen[FIELDS_MAX];			/* of JSON, by field: an item had it */
};

/* A shape of file. Each is fed the file's bytes; CLAQUE_DONE: sniffed, no more is needed. */
struct shape {
	void *(*open)(struct import_run *run, struct claque_str first, struct claque_err *err);
	enum claque_rc (*feed)(void *parser, struct claque_str bytes);
	enum claque_rc (*finish)(void *parser);
	void (*close)(void *parser);		/* takes NULL */
};

extern const struct shape shape_table, shape_json, shape_xml;

/* What the run has found out, after it. */
void explain_run(const struct import_run *run, struct import_explained *out);
/* Notes which of the format's places an item has. */
void explain_item(struct import_run *run, const json_t *value);

/* A row as the format's function sees it. */
struct input_row run_row(struct import_run *run, const struct format *format,
			 uint64_t number);
/* After that function; a row that gave nothing is refused, for every row is accounted for. */
enum claque_rc run_row_done(struct import_run *run, struct input_row *row,
			    enum claque_rc rc, struct claque_err *err);

#endif
