/*
 * digest.h - digests of what was imported and found, so that the ledger can vouch for it.
 *
 * Each table is digested in blocks of its rows, in the order of their keys: BLAKE2b-256
 * of every column that is not derived (totals, scores), with its type and length. The
 * table `table_digest` keeps the blocks; an entry of the ledger keeps one root of each
 * table's blocks (case/tables.h). Beside its digest a block keeps two sums of its rows'
 * hashes, plain and times the key: of one altered row they tell which it is.
 *
 * Of an import only the blocks that it wrote to are read again (digest_watch_start), once
 * before it commits and once after; the roots are made of all digests that are kept. What
 * was altered before it keeps the digest it had, and is broken from then on: no import
 * covers up what was done before it. Where nobody watched, all that may have changed is
 * read: tables that only grow from their last block on, others whole.
 */
#ifndef STORE_DIGEST_H
#define STORE_DIGEST_H

#include "store/store.h"

/* Which tables; a set of them. */
enum {
	DIGEST_ROWS = 1,	/* what an input brings and derivations leave alone */
	DIGEST_SHARES = 2,	/* shares and sources: copies across platforms are among them */
	DIGEST_CHANGES = 4,	/* profile changes: those that two looks show are among them */
	DIGEST_IMPORT = DIGEST_ROWS | DIGEST_SHARES | DIGEST_CHANGES,
	DIGEST_EVENTS = 8,
	DIGEST_RUNS = 16	/* what scoring found: runs, clusters, members, evidence */
};

enum { DIGEST_ROOT_HEX = 64, DIGEST_TABLES_MAX = 24 };

struct digests;		/* taken, not yet in the case */

struct digests *digests_new(void);
void digests_free(struct digests *d);	/* takes NULL */
/* Reads of these tables what may have changed; taken again, a table replaces what it was. */
CLAQUE_CHECKED enum claque_rc digests_take(struct digests *d, struct store *s, unsigned which,
	struct claque_err *err);
/*
 * The same in two steps: which blocks, by the connection that writes; then reading them,
 * also by another thread with its own.
 */
CLAQUE_CHECKED enum claque_rc digests_plan(struct digests *d, struct store *s, unsigned which,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc digests_read(struct digests *d, struct store *s,
	struct claque_err *err);
/* The same of tables whose rows were changed by claque itself: all of each is read. */
CLAQUE_CHECKED enum claque_rc digests_take_all(struct digests *d, struct store *s, unsigned which,
	struct claque_err *err);
/* Was this table taken? */
bool digests_have(const struct digests *d, size_t table);
/* Into the case, inside the caller's transaction; read anew if somebody else wrote meanwhile. */
CLAQUE_CHECKED enum claque_rc digests_save(struct digests *d, struct store *s,
	struct claque_err *err);

/* Is every import digested that was begun? false: of an interrupted one, or an old case. */
CLAQUE_CHECKED enum claque_rc digest_is_whole(struct store *s, bool *out, struct claque_err *err);
/* From here on some is not. */
CLAQUE_CHECKED enum claque_rc digest_not_whole(struct store *s, struct claque_err *err);
/* Before these tables are written to: what is not any more as it was keeps its digest. */
CLAQUE_CHECKED enum claque_rc digest_mark(struct store *s, unsigned which,
	struct claque_err *err);

/*
 * Watches what s writes to, up to digest_watch_stop() or the end of s; each store_commit()
 * compares blocks that were not written to before. *watched: false where there is no
 * write-ahead log: then digest_mark() is needed.
 */
CLAQUE_CHECKED enum claque_rc digest_watch_start(struct store *s, bool *watched,
	struct claque_err *err);
/* Cells beside the columns may come to any input, not only to those that are written. */
void digest_watch_extras(struct store *s);
/* From here on only these tables; of the others derived columns alone are written. */
void digest_watch_narrow(struct store *s, unsigned which);
void digest_watch_stop(struct store *s);
/* Was anything that is digested written since it watches? */
bool digest_watch_wrote(const struct store *s);

/* Tables by number, 0 to digest_tables() - 1. */
size_t digest_tables(void);
const char *digest_table(size_t table);
/* Of the blocks that the case keeps, in hex; also of none, for a row may be added. */
CLAQUE_CHECKED enum claque_rc digest_root(struct store *s, size_t table,
	char out[DIGEST_ROOT_HEX + 1], struct claque_err *err);
/*
 * Reads the table again. fault: the first block that is not as it was, as a sentence
 * with table, row, input file and its row; "" if all are. rows: how many hold.
 */
struct digest_outcome {
	int64_t rows;
	char fault[400];
};
CLAQUE_CHECKED enum claque_rc digest_check(struct store *s, size_t table,
	struct digest_outcome *out, struct claque_err *err);

#endif
