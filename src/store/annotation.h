/*
 * annotation.h - rows of the analyst's work and of the ledger. What they mean,
 * and that every change is chained, is the business of case/.
 */
#ifndef STORE_ANNOTATION_H
#define STORE_ANNOTATION_H

#include "model/lens.h"
#include "store/store.h"

/* X(name) */
#define ANNOTATION_LIST(X) X(note) X(tag) X(pin)

#define X(name) ANNOTATION_##name,
enum annotation_kind { ANNOTATION_LIST(X) ANNOTATION_COUNT };
#undef X

/*
 * On an account: the analyst has looked, and it is no part of an operation. On
 * a source: who shares it shows nothing by that; of a domain, all its pages.
 */
#define TAG_CLEARED "cleared"

struct annotation {
	int64_t id;
	enum annotation_kind kind;
	struct subject target;
	struct claque_str target_name;	/* as the analyst saw it: survives a new run */
	struct claque_str text;		/* of a note, or the tag; "" for a pin */
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

/* All inside the caller's transaction. */
CLAQUE_CHECKED enum claque_rc annotation_add(struct store *s, const struct annotation *a,
	int64_t *id, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc annotation_set_live(struct store *s, int64_t id, bool live,
	struct claque_err *err);
/* The live one of this kind, target and text; *id 0 if there is none. */
CLAQUE_CHECKED enum claque_rc annotation_find(struct store *s, enum annotation_kind kind,
	struct subject target, struct claque_str text, int64_t *id, struct claque_err *err);
/* Row ids of what carries this tag (in any case of letters), rising; false from each() stops. */
CLAQUE_CHECKED enum claque_rc annotation_tagged(struct store *s, enum subject_kind kind,
	struct claque_str tag, bool (*each)(void *ctx, int64_t id), void *ctx,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc annotation_get(struct store *s, int64_t id, struct arena *perm,
	struct annotation *out, struct claque_err *err);
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
