/*
 * annotation.h - rows of the analyst's work and of the ledger. What they mean,
 * and that every change is chained, is the business of case/.
 */
#ifndef STORE_ANNOTATION_H
#define STORE_ANNOTATION_H

#include "model/lens.h"
#include "store/store.h"

/* X(name) */
#define ANNOTATION_LIST(X) \
	X(note) X(tag) X(pin) X(verdict) X(highlight) \
	X(claim) X(evidence) X(hypothesis) X(rating) X(field) X(technique)

#define X(name) ANNOTATION_##name,
enum annotation_kind { ANNOTATION_LIST(X) ANNOTATION_COUNT };
#undef X

/*
 * Where an analyst is with a subject. X(name, wants a reason, help). The live one with the
 * largest id counts; a subject without any is new.
 */
#define VERDICT_LIST(X) \
	X(new, false, "nobody has looked, or it is open again") \
	X(reviewing, false, "somebody is looking") \
	X(confirmed, true, "looked at, and part of it") \
	X(cleared, true, "looked at, and no part of it") \
	X(shared, true, "handed on to others")
/* ICD 203's levels of confidence in a judgement; how likely a thing is says a claim. */
#define CONFIDENCE_LIST(X) X(low) X(moderate) X(high)
/* Of a tag or a highlight; each is a style of every theme. */
#define COLOUR_LIST(X) X(red) X(yellow) X(green) X(cyan) X(blue) X(magenta)

/*
 * On an account: the analyst has looked, and it is no part of an operation. On
 * a source: who shares it shows nothing by that; of a domain, all its pages.
 */
#define VERDICT_CLEARED "cleared"
/* The reason of verdicts that were tags before there were verdicts. */
#define TAGGED_CLEARED "tagged cleared"

struct annotation {
	int64_t id;
	enum annotation_kind kind;
	struct subject target;
	struct claque_str target_name;	/* as the analyst saw it: survives a new run */
	/* Of a note or highlight, the reason of a verdict, or the tag; "" for a pin. See
	   case/case.h for what a kind keeps where. */
	struct claque_str text;
	struct claque_str word;		/* of VERDICT_LIST; the label of a highlight */
	struct claque_str confidence;	/* of a verdict; "": not said */
	struct claque_str colour;	/* of a tag or highlight; "": none */
	struct claque_str quote;	/* what is highlighted; what a field cites */
	int64_t first;			/* byte in the post's text where that starts */
	int64_t replaces;		/* the annotation in whose place it stands, or 0 */
	int64_t about;			/* what it belongs to, in its first wording, or 0 */
	struct claque_str was_tag;	/* a verdict that was made as this tag; else "" */
	struct claque_str who;
	int64_t at;
	bool live;			/* undone annotations stay, not live */
};

struct ledger_entry {
	int64_t seq;			/* 1, 2, 3 ... */
	int64_t at;
	struct claque_str who, action, target, lens, command;
	struct claque_str payload;	/* canonical JSON */
	struct claque_str previous, hash;	/* hex SHA-256 */
};

const char *annotation_kind_name(enum annotation_kind kind);

/* All inside the caller's transaction. */
CLAQUE_CHECKED enum claque_rc annotation_add(struct store *s, const struct annotation *a,
	int64_t *id, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc annotation_set_live(struct store *s, int64_t id, bool live,
	struct claque_err *err);
/* The live one of this kind, target and text; *id 0 if there is none. */
CLAQUE_CHECKED enum claque_rc annotation_find(struct store *s, enum annotation_kind kind,
	struct subject target, struct claque_str text, int64_t *id, struct claque_err *err);
/*
 * Of those kinds that take one place each (a rating in its cell, a field of a subject), the
 * live one in the place of `like`: of the same kind, target and about, and the same word,
 * or, where by_text, the same text.
 */
CLAQUE_CHECKED enum claque_rc annotation_in_place(struct store *s, const struct annotation *like,
	bool by_text, int64_t *id, struct claque_err *err);
/*
 * The first wording of it: the end of the line of what each replaced. An annotation that
 * belongs to another names that, so that it stays when the other is worded anew.
 */
CLAQUE_CHECKED enum claque_rc annotation_line(struct store *s, int64_t id, int64_t *line,
	struct claque_err *err);
/* The live wording in the line that begins with `line`; 0 if there is none. */
CLAQUE_CHECKED enum claque_rc annotation_standing(struct store *s, int64_t line, int64_t *id,
	struct claque_err *err);
/* The one that said these words at that time, live or not; *id 0 if there is none. */
CLAQUE_CHECKED enum claque_rc annotation_said(struct store *s, const struct annotation *like,
	int64_t *id, struct claque_err *err);
/* The same of a highlight, by what it quotes. */
CLAQUE_CHECKED enum claque_rc annotation_find_quote(struct store *s, struct subject target,
	struct claque_str quote, int64_t *id, struct claque_err *err);
/* The verdict that counts, in perm; its id 0 if there is none. */
CLAQUE_CHECKED enum claque_rc annotation_verdict(struct store *s, struct subject target,
	struct arena *perm, struct annotation *out, struct claque_err *err);
/* All of them, the last one first, at most `room`. */
CLAQUE_CHECKED enum claque_rc annotation_verdicts(struct store *s, struct subject target,
	struct arena *perm, struct annotation *out, size_t room, size_t *got,
	struct claque_err *err);
/* Row ids of what carries this tag (in any case of letters), rising; false from each() stops. */
CLAQUE_CHECKED enum claque_rc annotation_tagged(struct store *s, enum subject_kind kind,
	struct claque_str tag, bool (*each)(void *ctx, int64_t id), void *ctx,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc annotation_get(struct store *s, int64_t id, struct arena *perm,
	struct annotation *out, struct claque_err *err);
/*
 * Live ones on the target, or of the whole case if its kind is none, in order of id; and
 * with those that are not live. What each() gets is good until it returns; false stops.
 */
CLAQUE_CHECKED enum claque_rc annotation_walk(struct store *s, struct subject target,
	bool (*each)(void *ctx, const struct annotation *a), void *ctx, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc annotation_walk_all(struct store *s, struct subject target,
	bool (*each)(void *ctx, const struct annotation *a), void *ctx, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc ledger_append(struct store *s, const struct ledger_entry *entry,
	struct claque_err *err);
/* seq 0: the last one; ENOTFOUND when the ledger is empty or has no such entry. */
CLAQUE_CHECKED enum claque_rc ledger_get(struct store *s, int64_t seq, struct arena *perm,
	struct ledger_entry *out, struct claque_err *err);
/* In order of seq. */
CLAQUE_CHECKED enum claque_rc ledger_walk(struct store *s,
	bool (*each)(void *ctx, const struct ledger_entry *entry), void *ctx,
	struct claque_err *err);

#endif
