/*
 * native.h - what a subject is in any case: by the platform's own ids, not by rows.
 * A canonical JSON object a kind: {"account":ID,"platform":P}, {"key":K,"kind":URL},
 * {"members":[[P,ID],...],"name":C001} ...
 */
#ifndef STORE_NATIVE_H
#define STORE_NATIVE_H

#include "model/lens.h"
#include "store/store.h"

/* Members of a cluster that tell which one it is elsewhere. */
enum { NATIVE_MEMBERS_MAX = 2000 };

/* "" in *out for what has no name outside of its case. */
CLAQUE_CHECKED enum claque_rc native_of(struct store *s, struct subject subject,
	struct arena *perm, struct claque_str *out, struct claque_err *err);
/*
 * Kind none in *out where the case has no such thing. A cluster is the one of the last run
 * that shares most members, at least half of those of either.
 */
CLAQUE_CHECKED enum claque_rc native_find(struct store *s, enum subject_kind kind,
	struct claque_str native, struct subject *out, struct claque_err *err);

/* Times from <= t < to (UTC ms, whole seconds), of the whole case or of one thing of it. */
struct period {
	int64_t from, to;
	struct subject about;		/* kind none: of the whole case */
	struct claque_str about_name;
};

/* The subject that these times are, made if it is new. Inside the caller's transaction. */
CLAQUE_CHECKED enum claque_rc period_put(struct store *s, const struct period *period,
	struct subject *out, struct claque_err *err);
/* The row of these times; 0 if there is none. */
CLAQUE_CHECKED enum claque_rc period_find(struct store *s, const struct period *period,
	int64_t *id, struct claque_err *err);
/* ENOTFOUND. */
CLAQUE_CHECKED enum claque_rc period_get(struct store *s, int64_t id, struct arena *perm,
	struct period *out, struct claque_err *err);

#endif
