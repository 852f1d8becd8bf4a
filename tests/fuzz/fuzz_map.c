/*
 * fuzz_map.c - any bytes as a mapping file, and what stands behind its first NUL
 * as a file that it is for. A mapping is refused with a message, or its rows are
 * taken or refused, each once.
 */
#include "config.h"

#include <stdlib.h>

#include "import/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct counts {
	uint64_t put_row, put, refused;
};

static enum claque_rc
count_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate,
	  struct claque_err *err)
{
	struct counts *c = ctx;

	(void)r;
	(void)err;
	*duplicate = false;
	c->put += row != c->put_row;	/* a row may put its account beside its post */
	c->put_row = row;
	return CLAQUE_OK;
}

static enum claque_rc
count_refused(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct counts *c = ctx;

	(void)row;
	(void)err;
	if (reason.len == 0)
		abort();
	c->refused++;
	return CLAQUE_OK;
}

static enum claque_rc
row_done(void *ctx, uint64_t row, struct claque_err *err)
{
	(void)ctx;
	(void)row;
	(void)err;
	return CLAQUE_OK;
}

static void
read_rows(struct import_maps *maps, const char *name, struct claque_str bytes)
{
	struct import_options options = { .format = name, .maps = maps };
	struct counts c = { 0 };
	struct record_sink sink = { &c, count_put, count_refused, row_done };
	struct import_totals totals;
	struct claque_err err;
	enum claque_rc rc = import_bytes(bytes, "fuzz", &options, &sink, &totals, &err);

	if (rc != CLAQUE_OK && rc != CLAQUE_EINPUT && rc != CLAQUE_EIO)
		abort();
	if (rc == CLAQUE_OK && (c.put + c.refused != totals.rows || c.refused != totals.refused))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct claque_str map = { (const char *)data, size }, rows = { 0 };
	static const char *const folders[] = { NULL };
	struct import_maps *maps;
	struct claque_err err = { 0 };
	const char *name, *cut = size > 0 ? memchr(data, 0, size) : NULL;

	if (cut != NULL) {
		map.len = (size_t)(cut - map.p);
		rows = (struct claque_str){ cut + 1, size - map.len - 1 };
	}
	if (import_maps_read(folders, 1, &maps, &err) != CLAQUE_OK)
		abort();
	if (import_maps_parse(maps, "fuzz.map", map, &name, &err) == CLAQUE_OK)
		read_rows(maps, name, rows);
	else if (err.msg[0] == '\0')
		abort();
	import_maps_free(maps);
	return 0;
}
