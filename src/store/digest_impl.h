/*
 * digest_impl.h - what the files of digests share: digest.c (tables, reading, keeping),
 * digest_watch.c (which blocks were written to), digest_check.c (what is not as it was).
 */
#ifndef STORE_DIGEST_IMPL_H
#define STORE_DIGEST_IMPL_H

#include "base/blake2b.h"
#include "store/digest.h"
#include "store/stmt.h"

enum { BLOCK_BITS = 10, BLOCK_KEYS = 1 << BLOCK_BITS };

/* grows: rows are only added, behind the last. sited: input_file and row tell whence. */
struct digest_table {
	const char *name, *rows;	/* the key, and then all that is not derived */
	unsigned which;
	bool grows, sited;
};

const struct digest_table *digest_table_at(size_t table);

struct block {
	int64_t number, rows, last;	/* last: the key of its last row */
	uint64_t sum, weighted;		/* of the rows' hashes; times their keys */
	unsigned char digest[BLAKE2B_BYTES];
};

struct block_range {
	int64_t first, last;		/* numbers of blocks, both in it */
};

struct blocks {
	struct block *list;
	size_t count, cap;
	struct block_range *ranges;	/* what is read, or was: in order, apart from each other */
	size_t range_count, ranges_cap;
	bool planned, taken;
};

#define BLOCK_LAST (INT64_MAX >> BLOCK_BITS)

void blocks_done(struct blocks *b);
void blocks_add_range(struct blocks *b, int64_t first, int64_t last);
/* Rows with these keys, behind those that were read; each block must be read at once. */
CLAQUE_CHECKED enum claque_rc blocks_read_keys(struct blocks *b, struct store *s,
	const struct digest_table *t, const int64_t keys[2], struct claque_err *err);
/* Its ranges. */
CLAQUE_CHECKED enum claque_rc blocks_read(struct blocks *b, struct store *s,
	const struct digest_table *t, struct claque_err *err);

/* Of a table: a number from its blocks; ?1 is the name. */
CLAQUE_CHECKED enum claque_rc digest_kept_number(struct store *s, const char *sql,
	const struct digest_table *t, int64_t *out, struct claque_err *err);
/* The first block that may have changed since, as far as can be told without a watch. */
CLAQUE_CHECKED enum claque_rc digest_find_start(struct store *s, const struct digest_table *t,
	int64_t *out, struct claque_err *err);

/* Blocks of these ranges that are not what the case keeps are broken from here on. */
CLAQUE_CHECKED enum claque_rc digest_mark_blocks(struct store *s, const struct digest_table *t,
	const struct blocks *now, struct claque_err *err);

/*
 * Plans what was written to. Not *planned: this was not watched from the start, or somebody
 * else wrote, too, if only what follows from rows (who opens a case refreshes that).
 */
CLAQUE_CHECKED enum claque_rc digest_watch_plan(struct digest_watch *w, size_t table,
	struct blocks *out, bool *planned, struct claque_err *err);

#endif
