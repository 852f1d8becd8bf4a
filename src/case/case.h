/*
 * case.h - the analyst's work: notes, tags, pins, verdicts and highlights, undone
 * and redone, every act an entry of a hash-chained ledger.
 *
 * Nothing is deleted. Undo makes an annotation not live and is itself an
 * entry; so is redo. Each call is one transaction: the annotation and its
 * entry are there together or not at all, also after kill -9.
 *
 * Entry hash = SHA-256 (hex of the previous hash, newline, canonical JSON of
 * the entry without its hash). The first entry's previous hash is 64 zeros.
 * Canonical: {"action":,"at":,"command":,"lens":,"payload":,"previous":,"seq":,
 * "target":,"who":} in this order without spaces, at and seq numbers, all else
 * text, payload too: the stored bytes are what is hashed.
 */
#ifndef CASE_CASE_H
#define CASE_CASE_H

#include "model/lens.h"
#include "store/annotation.h"
#include "store/native.h"

struct case_context {
	struct store *store;		/* open for writing */
	struct claque_str who;		/* analyst; CLAQUE_WHO or the login name */
	struct claque_str lens;		/* lens_text() at the time; "" when open */
	struct claque_str command;	/* a shell command that reopens what was seen, or "" */
};

/*
 * The analyst: CLAQUE_WHO, else the login name, else "unknown". One line of
 * valid UTF-8, at most WHO_BYTES_MAX bytes, in perm.
 */
struct claque_str case_who(struct arena *perm);

enum { WHO_BYTES_MAX = 64 };
enum { NOTE_BYTES_MAX = 64 << 10, TAG_BYTES_MAX = 64 };

/*
 * Adds kind, target, target_name (how it is called on screen) and what is said of it:
 *   note       text: Markdown, 1..NOTE_BYTES_MAX bytes; replaces: a live note that it is the
 *              new wording of, or 0
 *   tag        text: 1..TAG_BYTES_MAX bytes, no white space, a leading # is dropped; colour.
 *              The tag "cleared" is the verdict of that word
 *   pin        nothing
 *   verdict    word; text: the reason; confidence
 *   highlight  quote from byte `first` of a post's text; word: a label; colour; text: a note
 * and of claims, evidence, hypotheses, ratings, fields, techniques see case/claims.h.
 * What is there already is CLAQUE_OK and no entry. who "" and at 0: the analyst, now; of an
 * act that comes from elsewhere, whose and when it was.
 */
CLAQUE_CHECKED enum claque_rc case_annotate(const struct case_context *c,
	const struct annotation *act, struct claque_err *err);
/* The same; *id: the annotation that says it now, new or there already. */
CLAQUE_CHECKED enum claque_rc case_annotate_id(const struct case_context *c,
	const struct annotation *act, int64_t *id, struct claque_err *err);
/* The same of a note, tag or pin. */
CLAQUE_CHECKED enum claque_rc case_add(const struct case_context *c, enum annotation_kind kind,
	struct subject target, struct claque_str name, struct claque_str text, struct claque_err *err);
/*
 * Removes a tag, a pin or the highlight of this quote (ENOTFOUND if it is not there). Of
 * the tag "cleared", the verdict becomes new.
 */
CLAQUE_CHECKED enum claque_rc case_remove(const struct case_context *c, enum annotation_kind kind,
	struct subject target, struct claque_str text, struct claque_err *err);
/*
 * The last act that is not undone, or the last undone act. *what says it in
 * words: "undid: tag #fan on @ivan142". ENOTFOUND: nothing to undo / to redo.
 * A new annotation after an undo ends the line of redos; what case_record()
 * writes neither does nor is ever undone.
 */
CLAQUE_CHECKED enum claque_rc case_undo(const struct case_context *c, struct arena *perm,
	struct claque_str *what, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc case_redo(const struct case_context *c, struct arena *perm,
	struct claque_str *what, struct claque_err *err);
/*
 * "cleared by ann on 2026-11-22 14:01: fan club (confidence: high)", and the verdicts
 * before it in the same words, "; before: ..."; "no verdict yet" if there is none.
 */
CLAQUE_CHECKED enum claque_rc case_verdicts(struct store *store, struct subject target,
	struct arena *perm, struct claque_str *out, struct claque_err *err);
/* One of them. */
struct claque_str case_verdict_words(struct arena *perm, const struct annotation *verdict);
/* The subject that these times are; EUSAGE unless they end after they begin. */
CLAQUE_CHECKED enum claque_rc case_period(const struct case_context *c,
	const struct period *period, struct subject *out, struct claque_err *err);
/*
 * The same as an analyst writes it: "2016-09-20..2016-10-12" (UTC, as in a lens), and
 * " of C017" or " of @ivan142" behind it.
 */
CLAQUE_CHECKED enum claque_rc case_period_named(const struct case_context *c,
	struct claque_str text, struct subject *out, struct claque_err *err);
/* The byte of the post's text where the passage begins; ENOTFOUND. */
CLAQUE_CHECKED enum claque_rc case_find_passage(struct store *store, struct subject post,
	struct claque_str passage, int64_t *first, struct claque_err *err);
/* How many acts can be undone, and redone, from here. */
CLAQUE_CHECKED enum claque_rc case_undo_depth(struct store *store, size_t *undo, size_t *redo,
	struct claque_err *err);
/*
 * An act that is no annotation: an import, a run, an export. payload_json: a
 * JSON object, or "". EUSAGE: the action is one of case/'s own.
 */
CLAQUE_CHECKED enum claque_rc case_record(const struct case_context *c,
	struct claque_str action, struct claque_str target, struct claque_str payload_json,
	struct claque_err *err);

/*
 * The same of what wrote to tables: their digests are saved with it, and its entry vouches
 * for them ("tables" in the payload).
 */
struct digests;
CLAQUE_CHECKED enum claque_rc case_record_tables(const struct case_context *c, const char *action,
	struct claque_str payload_json, struct digests *digests, struct claque_err *err);
/* The same inside the caller's transaction. */
CLAQUE_CHECKED enum claque_rc case_record_tables_inside(const struct case_context *c,
	const char *action, struct claque_str payload_json, struct digests *digests,
	struct claque_err *err);

enum verify_tables {
	VERIFY_TABLES_NOT_COVERED,	/* no entry vouches for them: an older claque wrote them */
	VERIFY_TABLES_PARTLY,		/* an import was interrupted: only what was before it */
	VERIFY_TABLES_HOLD
};

struct verify_report {
	int64_t entries;		/* ledger entries that hold */
	int64_t erased;			/* of them: say less than they did, as an entry `forget` tells */
	/* Of the last of them, "" if none. Kept elsewhere, it shows that nothing was
	   cut off behind it since: the chain alone cannot. */
	char last_hash[65];
	int64_t foreign_ledgers, foreign_entries;	/* that came with bundles, and hold */
	int64_t foreign_interrupted;	/* of those: nothing tells of them yet */
	int64_t inputs_same, inputs_missing, inputs_changed;	/* files as imported, now */
	int64_t inputs_unread;		/* there, and cannot be read */
	char unread[400];		/* the first of them, and why */
	enum verify_tables tables;
	int64_t rows;			/* of the tables, digested again */
	char fault[400];		/* the first one, named; "" if whole */
};

/*
 * Ledger chain, database integrity, the tables against the digests that the ledger has
 * of them, and the input files where they still are.
 * CLAQUE_OK also when there is a fault: the report says it. A missing input is
 * no fault; a changed one is. last: the hash of an entry that must be there, as a
 * report once told it; "" : none.
 */
CLAQUE_CHECKED enum claque_rc case_verify(struct store *store, struct claque_str last,
	const struct claque_progress *progress, struct verify_report *out, struct claque_err *err);

#endif
