/*
 * fuzz_import.c - any bytes, under every format.
 *
 * The first byte picks a format (0: sniff), the second whether its header is put
 * before the rest, so that the fuzzer need not invent column names. Besides not
 * crashing: every row that was seen was either taken or refused, once.
 */
#include "config.h"

#include <stdlib.h>

#include "base/buf.h"

#include "import/bundle.h"
#include "import/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEADER = 0x01, TABS = 0x02, INPUT_MAX = 1 << 22 };

/* A row may put or refuse several things (a post and its account, the posts of a page). */
struct counts {
	uint64_t told, told_row;	/* rows that did either */
	uint64_t refused, refused_row;
	uint64_t done, row;
};

static enum claque_rc
count_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate,
	  struct claque_err *err)
{
	struct counts *c = ctx;

	(void)r;
	(void)err;
	*duplicate = false;
	if (row <= c->row)
		abort();
	c->told += row != c->told_row;
	c->told_row = row;
	return CLAQUE_OK;
}

static enum claque_rc
count_refused(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct counts *c = ctx;

	(void)err;
	if (row <= c->row || reason.len == 0)
		abort();
	c->told += row != c->told_row;
	c->told_row = row;
	c->refused += row != c->refused_row;
	c->refused_row = row;
	return CLAQUE_OK;
}

static enum claque_rc
count_done(void *ctx, uint64_t row, struct claque_err *err)
{
	struct counts *c = ctx;

	(void)err;
	c->row = row;
	c->done++;
	return CLAQUE_OK;
}

/* Required and other columns as the format lists them for people. */
static void
add_header(struct buf *text, const char *columns, char separator)
{
	struct claque_str rest = str_of(columns), word;
	size_t count = 0;

	while (str_cut(&rest, ' ', &word)) {
		while (word.len > 0 && (word.p[word.len - 1] == ',' || word.p[word.len - 1] == ';'))
			word.len--;
		if (str_eq(word, STR("also")))
			continue;
		if (count++ > 0)
			buf_addc(text, separator);
		buf_add(text, word);
	}
	buf_addc(text, '\n');
}

/* The same bytes as a case bundle, which is checked before a line of it is read. */
static void
check_bundle(struct claque_str bytes)
{
	struct bundle_head head;
	struct claque_err err;
	enum claque_rc rc;

	bundle_head_init(&head);
	rc = bundle_check_bytes(bytes, &head, &err);
	if (rc != CLAQUE_OK && rc != CLAQUE_EINPUT && rc != CLAQUE_EIO && rc != CLAQUE_EVERSION)
		abort();
	bundle_head_done(&head);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t count, pick;
	const struct import_format *formats = import_formats(&count);
	struct import_options options = { 0 };
	struct import_totals totals;
	struct claque_err err;
	struct counts c = { 0 };
	struct record_sink sink = { &c, count_put, count_refused, count_done };
	struct buf text;
	enum claque_rc rc;

	if (size < 2)
		return 0;
	pick = data[0] % (count + 1);
	buf_init(&text, INPUT_MAX);
	if (pick > 0 && (data[1] & HEADER))
		add_header(&text, formats[pick - 1].columns, data[1] & TABS ? '\t' : ',');
	buf_add(&text, (struct claque_str){ (const char *)data + 2, size - 2 });
	options.format = pick > 0 ? formats[pick - 1].name : NULL;
	rc = import_bytes(buf_str(&text), "fuzz", &options, &sink, &totals, &err);
	if (rc != CLAQUE_OK && rc != CLAQUE_EINPUT && rc != CLAQUE_EIO)
		abort();
	/* A file of no known format may have had items refused before that was clear. */
	if (rc != CLAQUE_EINPUT && (c.told != totals.rows || c.done != totals.rows ||
				    c.refused != totals.refused + totals.partly))
		abort();
	check_bundle(buf_str(&text));
	buf_done(&text);
	return 0;
}
