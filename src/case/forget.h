/*
 * forget.h - a person taken out of a case, and an entry that says that it was done.
 *
 * The ledger may name who is forgotten. Such entries are erased in place: what named the
 * person gives way to "[forgotten]", the entry keeps its number, its hash and so the chain.
 * What it says from then on is vouched for by the entry `forget`, which lists the numbers
 * and the hashes of what stands there now; it names nobody. Verify accepts an entry whose
 * contents do not match its hash only if the last such list that has its number has the
 * hash of these contents, and counts them: an alteration that somebody covers with an entry
 * of his own is not hidden by that.
 */
#ifndef CASE_FORGET_H
#define CASE_FORGET_H

#include "base/map.h"
#include "case/case.h"
#include "case/ledger.h"
#include "store/forget.h"

struct forget_plan {
	const int64_t *accounts;	/* row ids */
	size_t count;
	struct claque_str reason;	/* or "" */
	bool replace_notes;		/* else notes on them, or that name them, are EUSAGE */
	bool dry_run;			/* nothing is kept */
	struct claque_str fault;	/* what verify found before; "" if the case was whole */
	/* Analyst's work that is on them or names them, as it stood; NULL: not told. */
	void (*note)(void *ctx, const struct annotation *a);
	void *ctx;
};

struct forget_result {
	struct forget_counts rows;
	int64_t notes, entries;
};

/*
 * One transaction. What is derived and the digests are stale afterwards: see
 * app/forget_job.h, which does the rest.
 */
CLAQUE_CHECKED enum claque_rc case_forget(const struct case_context *c,
	const struct forget_plan *plan, struct forget_result *out, struct claque_err *err);

/* What entries `forget` vouch for: entry -> the hash of what it says now. */
struct erasures {
	struct map entries;		/* 8 bytes of the number -> hashes */
	char (*hashes)[65];
	size_t cap;
};
void erasures_init(struct erasures *e);
void erasures_done(struct erasures *e);
/* Of an entry with this action and payload; others say nothing. */
void erasures_note(struct erasures *e, int64_t seq, struct claque_str action,
		   struct claque_str payload);
/* Is this the hash of what the entry may say? */
bool erasures_have(const struct erasures *e, int64_t seq, const char *hash);

#endif
