#include "config.h"

#include "app/import_look.h"

#include <stdio.h>

#include "app/formats.h"
#include "base/err.h"
#include "import/bundle.h"

enum { LOOK_ARENA = 256 << 20 };

struct looking {
	const struct import_look_request *request;
	struct import_options options;
	struct import_look *look;	/* of the file in hand */
	struct arena perm;		/* of its records */
	uint64_t rows;			/* begun */
	uint64_t last;			/* row */
	size_t understood;
	enum claque_rc first_failure;
	struct claque_err first_err;
};

/* NULL: the row is none of the first. */
static struct look_record *
next_record(struct looking *l, uint64_t row)
{
	struct import_look *look = l->look;
	struct look_record *out = &look->records[look->record_count];

	if (row != l->last || l->rows == 0)
		l->rows++;
	l->last = row;
	if (l->rows > LOOK_ROWS || look->record_count == LOOK_RECORDS)
		return NULL;
	look->record_count++;
	*out = (struct look_record){ .row = row };
	return out;
}

static enum claque_rc
look_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate, struct claque_err *err)
{
	struct looking *l = ctx;
	struct look_record *out = next_record(l, row);

	(void)err;
	*duplicate = false;
	if (out != NULL)
		out->record = record_copy(&l->perm, r);
	return CLAQUE_OK;
}

static enum claque_rc
look_refuse(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct looking *l = ctx;
	struct look_record *out = next_record(l, row);

	(void)err;
	if (out != NULL)
		out->refused = str_dup(&l->perm, reason);
	return CLAQUE_OK;
}

static enum claque_rc
look_row_done(void *ctx, uint64_t row, struct claque_err *err)
{
	(void)ctx, (void)row, (void)err;
	return CLAQUE_OK;
}

/* A bundle is taken as a whole: that no line of it is a record of its own says nothing. */
static void
forget_lines(struct import_look *look)
{
	if (look->what.format == NULL ||
	    !str_eq(str_of(look->what.format->name), STR(BUNDLE_FORMAT)))
		return;
	look->record_count = 0;
	look->what.totals.refused = 0;
}

static void
one_file(struct looking *l, const char *path, struct arena scratch)
{
	struct record_sink sink = { l, look_put, look_refuse, look_row_done };
	struct claque_err err = { 0 };

	l->look = ARENA_NEW(&scratch, struct import_look, 1);
	l->perm = scratch;
	l->rows = 0;
	l->look->path = path;
	l->look->rc = import_explain(path, &l->options, LOOK_READ, &sink, &l->look->what, &err);
	if (l->look->rc == CLAQUE_OK) {
		forget_lines(l->look);
		l->understood++;
	} else {
		(void)snprintf(l->look->message, sizeof(l->look->message), "%s", err.msg);
		if (l->first_failure == CLAQUE_OK) {
			l->first_failure = l->look->rc;
			l->first_err = err;
		}
	}
	l->request->report(l->request->ctx, l->look);
}

static enum claque_rc
all_files(struct looking *l, struct arena perm, struct claque_err *err)
{
	const struct import_look_request *q = l->request;
	enum claque_rc rc = CLAQUE_OK;
	const char **files;
	size_t count;

	for (size_t i = 0; i < q->path_count && rc == CLAQUE_OK; i++) {
		rc = import_expand(q->paths[i], &perm, &files, &count, err);
		for (size_t k = 0; rc == CLAQUE_OK && k < count; k++)
			one_file(l, files[k], perm);
	}
	if (rc == CLAQUE_OK && l->understood == 0 && l->first_failure != CLAQUE_OK) {
		*err = l->first_err;
		rc = l->first_failure;
	}
	return rc;
}

enum claque_rc
import_look(const struct import_look_request *request, struct claque_err *err)
{
	struct looking l = { .request = request, .first_failure = CLAQUE_OK };
	struct arena whole = arena_new(LOOK_ARENA);
	const char *format = request->format;
	struct import_maps *maps = NULL;
	struct formats_ear ear = { request->ctx, request->warn };
	enum claque_rc rc = formats_read(&format, &ear, &maps, err);

	l.options = (struct import_options){ .format = format, .map = request->map,
					     .map_count = request->map_count, .maps = maps };
	if (rc == CLAQUE_OK)
		rc = all_files(&l, whole, err);
	import_maps_free(maps);
	arena_free(whole);
	return rc;
}
