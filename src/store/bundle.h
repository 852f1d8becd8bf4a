/*
 * bundle.h - the rows of a case as a case bundle has them (export/bundle.c writes it):
 * what no other row can be made from, by table, and back into a case.
 *
 * Rows refer to one another by the numbers that they have in the case they came from.
 * Into an empty case they go as they are, numbers included. In a case that has rows
 * already each finds what is there by its natural key, and only what is not is added;
 * what a run found is taken where the case has no run of its own, because the last run
 * is the one that counts.
 */
#ifndef STORE_BUNDLE_H
#define STORE_BUNDLE_H

#include "model/lens.h"
#include "store/store.h"
#include "text/json.h"

/* In the order of a bundle: a row comes after those that it names. X(id, type) */
#define BUNDLE_LIST(X) \
	X(INPUT, "input") X(ACCOUNT, "account") X(SNAPSHOT, "snapshot") X(CHANGE, "change") \
	X(POST, "post") X(SOURCE, "source") X(SHARE, "share") X(INDICATOR, "indicator") \
	X(REFUSED, "refused") X(EXTRA, "extra") X(EVENT, "event") X(RUN, "run") X(EDGE, "edge") \
	X(CLUSTER, "cluster") X(MEMBER, "member") X(EVIDENCE, "evidence") \
	X(EXAMPLE, "example") X(SCORE, "score") X(TWIN, "twin") X(REPURPOSED, "repurposed") \
	X(LOOKALIKE, "lookalike") X(PACK, "topic_pack") X(TOPIC, "topic") \
	X(POST_TOPIC, "post_topic") X(ACCOUNT_TOPIC, "account_topic") \
	X(ACCOUNT_TOPICS, "account_topics") X(LEANING, "leaning") \
	X(ACCOUNT_LEANING, "account_leaning") X(STATE, "state") X(FORGOTTEN, "forgotten")

enum bundle_table {
#define X(id, type) BUNDLE_##id,
	BUNDLE_LIST(X)
#undef X
	BUNDLE_COUNT
};

enum { BUNDLE_COLUMNS_MAX = 40 };

const char *bundle_type(enum bundle_table table);
/* BUNDLE_COUNT: none of them. */
enum bundle_table bundle_find(struct claque_str type);
/* In perm; a column FORM_FLAG holds numbers and words of ours, no text of the case. */
const struct column *bundle_columns(enum bundle_table table, struct arena *perm, size_t *count);

/* Rows in their order; row->id is the account that the row is about, or 0. */
CLAQUE_CHECKED enum claque_rc bundle_walk(struct store *s, enum bundle_table table,
	bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc bundle_rows(struct store *s, enum bundle_table table, int64_t *out,
	struct claque_err *err);
/* Accounts that came under a name that tells nobody; false from each() ends it. */
CLAQUE_CHECKED enum claque_rc bundle_pseudonyms(struct store *s,
	bool (*each)(void *ctx, int64_t account), void *ctx, struct claque_err *err);

/* --- into a case */

struct bundle_put;

struct bundle_info {
	const char *path;		/* as given */
	const char *sha256;		/* of the file, hex */
	uint64_t bytes;
	struct claque_str header;	/* its first line */
};

struct bundle_totals {
	uint64_t taken[BUNDLE_COUNT], there[BUNDLE_COUNT], left[BUNDLE_COUNT];
	bool whole;		/* the case was empty and is now the other one */
	bool runs;		/* what runs found was taken */
	uint64_t resumed_at;	/* lines that were in already */
};

/* *done: this very bundle was wholly imported. bundle_put_free() in any case. */
CLAQUE_CHECKED enum claque_rc bundle_put_new(struct bundle_put **out, struct store *s,
	const struct bundle_info *info, bool *done, struct claque_err *err);
/*
 * The row of line `line` (2, 3, ...). EINPUT says what is wrong with it. Commits after
 * some thousand of them, with how far it is.
 */
CLAQUE_CHECKED enum claque_rc bundle_put_row(struct bundle_put *p, uint64_t line,
	enum bundle_table table, const json_t *row, struct claque_err *err);
/* A ledger that the other case kept, and its entries, which stay apart from those here. */
CLAQUE_CHECKED enum claque_rc bundle_put_ledger(struct bundle_put *p, uint64_t line,
	const json_t *ledger, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc bundle_put_entry(struct bundle_put *p, uint64_t line,
	const json_t *entry, struct claque_err *err);
/* After the last line: what is derived from all rows. */
CLAQUE_CHECKED enum claque_rc bundle_put_finish(struct bundle_put *p,
	const struct claque_progress *progress, struct claque_err *err);
/* The subject of this kind and number of the other case, once rows are in; or none. */
struct subject bundle_subject(const struct bundle_put *p, enum subject_kind kind, int64_t id);
/* It is all in. */
CLAQUE_CHECKED enum claque_rc bundle_put_done(struct bundle_put *p, struct claque_err *err);
struct bundle_totals bundle_put_totals(const struct bundle_put *p);
void bundle_put_free(struct bundle_put *p);	/* takes NULL; what is not committed is lost */

/* --- ledgers of other cases */

struct foreign_ledger {
	int64_t id;
	struct claque_str origin;	/* what its case was called */
	struct claque_str bundle;	/* SHA-256 of the bundle that it came in */
	struct claque_str hash;		/* of its last entry, as it was told */
	int64_t entries;
	bool done;			/* its bundle is all in, and our ledger tells of it */
};

struct ledger_entry;
/* In the order in which they came; strings until each() returns. */
CLAQUE_CHECKED enum claque_rc foreign_walk(struct store *s,
	bool (*each)(void *ctx, const struct foreign_ledger *ledger), void *ctx,
	struct claque_err *err);
/* redacted: its contents are not what its hash was made of. */
CLAQUE_CHECKED enum claque_rc foreign_entries(struct store *s, int64_t ledger,
	bool (*each)(void *ctx, const struct ledger_entry *entry, bool redacted), void *ctx,
	struct claque_err *err);

#endif
