/*
 * import_look.h - how files would be understood, before any of it is written:
 * format, what is taken for what, what is not, and the first rows as records.
 */
#ifndef APP_IMPORT_LOOK_H
#define APP_IMPORT_LOOK_H

#include "import/import.h"

enum { LOOK_ROWS = 3, LOOK_READ = 100, LOOK_RECORDS = 64 };

/* A record of one of the first rows, or why the row is refused. */
struct look_record {
	uint64_t row;
	const struct record *record;	/* NULL: refused */
	struct claque_str refused;
};

struct import_look {
	const char *path;
	enum claque_rc rc;		/* CLAQUE_OK, or why it cannot be taken */
	char message[400];		/* with rc: the nearest format and what it lacks */
	struct import_explained what;	/* of the first LOOK_READ rows */
	/* Of the first LOOK_ROWS rows; a row of more records than there is room for is cut. */
	struct look_record records[LOOK_RECORDS];
	size_t record_count;
};

struct import_look_request {
	const char *const *paths;	/* files or folders */
	size_t path_count;
	const char *format;		/* as of struct import_request */
	const struct claque_str *map;
	size_t map_count;
	void *ctx;
	void (*report)(void *ctx, const struct import_look *look);
	/* What is wrong with mapping files that nobody named; NULL: not told. */
	void (*warn)(void *ctx, struct claque_str text);
};

/* CLAQUE_OK when at least one file is understood; else the rc of the first that is not. */
CLAQUE_CHECKED enum claque_rc import_look(const struct import_look_request *request,
					  struct claque_err *err);

/* What a record says, one call a field, in a fixed order; an empty value was there and empty. */
void record_fields(const struct record *r, struct arena scratch, void *ctx,
		   void (*each)(void *ctx, const char *name, struct claque_str value));
/* "account", "original", "reshare", ..., "change", "indicator". */
const char *record_kind(const struct record *r);

#endif
