/*
 * share.h - annotations between colleagues: written as lines of JSON whose subjects
 * are named by the platforms' own ids, read back, and merged.
 *
 * The first line tells what it is and with which hash the other ledger ends:
 *   {"annotations":1,"case":"demo","ledger_entries":57,"ledger_hash":"..."}
 * Then, oldest first, one annotation a line:
 *   {"about":{...},"about_kind":"account","at_ms":...,"kind":"verdict","name":"@ivan142",
 *    "text":"...","who":"nr","word":"cleared", ...}
 * What evidence or a rating belongs to stands under "belongs_to", by its first words, analyst
 * and time; what an annotation was put in the place of under "instead_of".
 */
#ifndef CASE_SHARE_H
#define CASE_SHARE_H

#include "base/buf.h"
#include "case/case.h"

enum { SHARE_BYTES_MAX = 256 << 20, SHARE_ITEMS_MAX = 200000 };

/* All live annotations of the case, appended to `out`. ELIMIT past SHARE_BYTES_MAX. */
CLAQUE_CHECKED enum claque_rc case_share(struct store *store, struct buf *out,
	struct claque_err *err);

/*
 * The same without the first line, and with "about_row", the number that the subject has
 * in this case: of what is read together with its rows.
 */
CLAQUE_CHECKED enum claque_rc case_share_rows(struct store *store, struct buf *out,
	struct claque_err *err);

enum { SHARE_DEPTHS = 3 };
/* What belongs to something comes after it: evidence (1) to a claim, ratings (2) to evidence. */
unsigned case_share_depth(enum annotation_kind kind);

/* X(id, words) */
#define MERGE_LIST(X) \
	X(SAME, "there already") X(TAKE, "to be taken") X(CONFLICT, "in conflict") \
	X(UNKNOWN, "on what this case has not") X(REFUSED, "not understood")

enum merge_state {
#define X(id, words) MERGE_##id,
	MERGE_LIST(X)
#undef X
	MERGE_STATE_COUNT
};

enum merge_choice { MERGE_LEAVE, MERGE_MINE, MERGE_THEIRS, MERGE_BOTH };

struct merge_item {
	enum merge_state state;
	struct annotation theirs;	/* replaces: of this case */
	struct period period;		/* that it is about, if it is a period: to > from */
	int64_t there;			/* the same annotation in this case, or 0 */
	size_t whole;			/* the item that it belongs to, from 1; 0: none of these */
	struct annotation mine;		/* of a conflict */
	enum merge_choice choice;	/* of a conflict: what is done; the caller's */
	/* What was there before it in the other case, the oldest first, if it is not here. */
	struct annotation *before;
	size_t before_count;
};

struct merge_plan {
	struct merge_item *items;
	size_t count, states[MERGE_STATE_COUNT];
	struct claque_str other;	/* what the other case is called, and its ledger's end */
	struct claque_str ledger_hash;
	int64_t ledger_entries;
};

/* What merging `lines` would do. Everything lives in perm. EINPUT names the line. */
CLAQUE_CHECKED enum claque_rc case_merge_plan(struct store *store, struct claque_str lines,
	struct arena *perm, struct merge_plan *out, struct claque_err *err);
/* Lines of case_share_rows() behind a first line: which subject here is that row there? */
struct merge_rows {
	void *ctx;
	struct subject (*find)(void *ctx, enum subject_kind kind, int64_t row);
	bool same_names;	/* subjects are called as they were there */
};
CLAQUE_CHECKED enum claque_rc case_merge_plan_rows(struct store *store, struct claque_str lines,
	const struct merge_rows *rows, struct arena *perm, struct merge_plan *out,
	struct claque_err *err);
/*
 * Does it: an act for each annotation that is taken, by whom and when it was made, and an
 * entry "merge" with the other ledger's hash and every conflict. Of a conflict, MINE and
 * LEAVE take nothing, THEIRS puts theirs in the place of mine, BOTH keeps a note beside
 * mine, and a verdict in the history, where mine still counts. *taken counts acts.
 */
CLAQUE_CHECKED enum claque_rc case_merge(const struct case_context *c,
	const struct merge_plan *plan, size_t *taken, struct claque_err *err);
const char *merge_state_words(enum merge_state state);

#endif
