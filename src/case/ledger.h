/*
 * ledger.h - entries of the ledger: made, hashed, read back.
 */
#ifndef CASE_LEDGER_H
#define CASE_LEDGER_H

#include "case/case.h"
#include "text/json.h"

/* Room for what one call reads and writes; an entry is far smaller. */
enum { CASE_ROOM_BYTES = 256 << 20 };

/* Valid UTF-8 without control characters, cut to `max` bytes at a character. */
struct claque_str case_line(struct arena *perm, struct claque_str s, size_t max);
/* Of the entry as it stands, its own hash left aside; hex, terminated. */
void case_entry_hash(const struct ledger_entry *entry, char out[65]);
/*
 * The next entry, of this moment and by c->who. payload: an object, borrowed.
 * Inside the caller's transaction.
 */
CLAQUE_CHECKED enum claque_rc case_entry_append(const struct case_context *c, const char *action,
	struct claque_str target, const json_t *payload, struct claque_err *err);

/* What an entry does to annotations. X(action, is an act that can be undone, makes live) */
#define CASE_ACTION_LIST(X) \
	X(note, true, true) X(tag, true, true) X(pin, true, true) X(verdict, true, true) \
	X(highlight, true, true) X(claim, true, true) X(evidence, true, true) \
	X(hypothesis, true, true) X(rating, true, true) X(field, true, true) \
	X(technique, true, true) X(untag, true, false) X(unpin, true, false) \
	X(unhighlight, true, false) X(withdraw, true, false) X(undo, false, false) \
	X(redo, false, false)

enum case_action {
#define X(name, act, live) CASE_##name,
	CASE_ACTION_LIST(X)
#undef X
	CASE_OTHER
};

enum case_action case_action_of(struct claque_str action);
const char *case_action_name(enum case_action action);
bool case_is_act(enum case_action action);

/* EUSAGE unless it can be said; text and defaults as they are kept. */
CLAQUE_CHECKED enum claque_rc case_check(struct annotation *a, struct claque_err *err);
/* The same of claims and what belongs to them (check_claim.c), for case_check(). */
CLAQUE_CHECKED enum claque_rc case_check_claim(struct annotation *a, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc case_check_evidence(struct annotation *a, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc case_check_hypothesis(struct annotation *a, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc case_check_rating(struct annotation *a, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc case_check_field(struct annotation *a, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc case_check_technique(struct annotation *a, struct claque_err *err);
/* Of text that is kept: not too long, valid UTF-8, no NUL. */
CLAQUE_CHECKED enum claque_rc case_check_text(const char *what, struct claque_str text,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc case_check_confidence(struct claque_str word, struct claque_err *err);
/* Does a sentence say how likely a thing is and how sure one is of it? */
bool case_mixes_likelihood(struct claque_str text);
/* Does a sentence say how sure one is? */
bool case_says_confidence(struct claque_str text);
/* Does the kind take one place only: a later one replaces what is there? by_text: the place
   is named by its text, not its word. */
bool case_has_place(enum annotation_kind kind, bool *by_text);
/* The wording that stands, of any wording; ENOTFOUND. */
CLAQUE_CHECKED enum claque_rc case_standing(struct store *store, int64_t id, int64_t *standing,
	struct claque_err *err);
/*
 * What the annotation belongs to, as it stands: `about` becomes the first wording, and of a
 * rating target and hypothesis are those of its evidence. EUSAGE if there is no such thing.
 * Inside the caller's transaction.
 */
CLAQUE_CHECKED enum claque_rc case_attach(struct store *store, struct annotation *a,
	struct arena *perm, struct claque_err *err);
/* The payload of an annotation or its removal, all of the row: a new reference. */
json_t *case_act_payload(const struct annotation *a, bool live);
/* What an act, an undo or a redo makes of one annotation. */
struct case_turn {
	int64_t annotation;
	bool live;
	int64_t replaces;	/* an annotation that lives while this one does not, or 0 */
};
struct case_turn case_turn_of(const json_t *payload);
/* The payload of an undo or a redo of the act with this number. */
json_t *case_undo_payload(int64_t act, const struct case_turn *turn);
/* The integer under this key, or -1 if there is none. */
int64_t case_payload_int(const json_t *payload, const char *key);
/* The text under this key, "" if there is none; good while payload is. */
struct claque_str case_payload_text(const json_t *payload, const char *key);

#endif
