/*
 * forget.h - a person taken out of the tables of a case; the ledger is case/forget.h's.
 *
 * Accounts, sources and posts are numbered without gaps and are named by number in the
 * analyst's work, so their rows stay, empty: a row that says nothing but that somebody was
 * there. Everything else of the person goes: looks at the profile, changes, shares, prints,
 * what runs found. Posts of others that reshare one of theirs lose the text, which is
 * theirs, too; other texts lose the names.
 *
 * What is known of them later is a digest with a key that stays in the case: enough to
 * refuse them when they come again, and no more than whoever has the case and a guess
 * could find out.
 */
#ifndef STORE_FORGET_H
#define STORE_FORGET_H

#include "model/record.h"
#include "store/annotation.h"
#include "store/forget_names.h"
#include "store/store.h"

struct forget;

struct forget_counts {
	int64_t accounts, posts, profiles, changes, shares, sources, found, others, texts;
	/* Entries of other cases' ledgers that name them, and stay: they are not ours to erase. */
	int64_t foreign;
};

/* What is known of these accounts, by row id. ENOTFOUND: one was forgotten already. */
CLAQUE_CHECKED enum claque_rc forget_new(struct forget **out, struct store *s,
	const int64_t *accounts, size_t count, struct claque_err *err);
void forget_free(struct forget *f);	/* takes NULL */
const struct forget_names *forget_names_of(const struct forget *f);
/* Is the subject one of the accounts, one of their posts, or what others share of those? */
CLAQUE_CHECKED enum claque_rc forget_concerns(struct forget *f, struct subject subject, bool *out,
	struct claque_err *err);
/* All tables but annotations and ledgers. Inside the caller's transaction. */
CLAQUE_CHECKED enum claque_rc forget_rows(struct forget *f, struct forget_counts *out,
	struct claque_err *err);
/* One row of the analyst's work or of the ledger, with other words; its hash stays. */
CLAQUE_CHECKED enum claque_rc forget_annotation(struct store *s, const struct annotation *a,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc forget_entries(struct store *s, const struct ledger_entry *entries,
	size_t count, struct claque_err *err);
/*
 * Input files that rows of theirs came from; path and digest are good until each() returns.
 * *since: when the first of those was read, 0 where no file is known.
 */
CLAQUE_CHECKED enum claque_rc forget_inputs(struct forget *f,
	void (*each)(void *ctx, struct claque_str path, struct claque_str sha256), void *ctx,
	int64_t *since, struct claque_err *err);
/* The state's mark from forget_rows() on until no deleted byte is left in the file. */
#define FORGET_UNCLEAN "forgotten_bytes"
/*
 * The file made anew without what was deleted, and the journal emptied: outside of a
 * transaction. EBUSY: somebody reads the case.
 */
CLAQUE_CHECKED enum claque_rc forget_compact(struct store *s, struct claque_err *err);
/*
 * The same where a process was killed between a forgetting and that: said, and left to the
 * next opening where it cannot be done now.
 */
CLAQUE_CHECKED enum claque_rc forget_finish(struct store *s, struct claque_err *err);
/* Deleted bytes are overwritten at once; before the first of them is. */
CLAQUE_CHECKED enum claque_rc forget_begin(struct store *s, struct claque_err *err);

/* Who must not come back. NULL-safe where there is nobody. */
struct forgotten;
CLAQUE_CHECKED enum claque_rc forgotten_load(struct store *s, struct forgotten **out,
	struct claque_err *err);
void forgotten_free(struct forgotten *f);
bool forgotten_is_anybody(const struct forgotten *f);
bool forgotten_is(const struct forgotten *f, struct claque_str platform, struct claque_str id);
/*
 * What a post of theirs is called where others share it, in perm: as what was there when
 * they were forgotten is called since. Somebody must be there.
 */
struct claque_str forgotten_source(const struct forgotten *f, struct arena *perm,
				   enum claque_object_kind kind, struct claque_str key);

#endif
