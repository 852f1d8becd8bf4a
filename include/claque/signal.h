/*
 * claque/signal.h - the signals S1 to S16, and O1 to O4 that speak for people
 * who act in the open: what each one looks at, with which parameters, and what
 * it says on its own.
 *
 * A signal has one of these shapes:
 *   edges     pairs of accounts that did the same: see network.h;
 *   accounts  a measure of each account, beside what is usual in the file.
 * Three of the latter rest on finer findings: twins.h, change.h, domain.h.
 */
#ifndef CLAQUE_SIGNAL_H
#define CLAQUE_SIGNAL_H

#include "claque/dataset.h"

/* X(id, name on the command line) */
#define CLAQUE_SIGNAL_LIST(X) \
	X(CO_RESHARE, "co-reshare") \
	X(CO_URL, "co-url") \
	X(CO_TEXT, "co-text") \
	X(CO_MEDIA, "co-media") \
	X(CO_AUTHOR, "co-author") \
	X(FAST_RESHARE, "fast-reshare") \
	X(TAG_SEQUENCE, "tag-sequence") \
	X(CO_DELETE, "co-delete") \
	X(CO_SOURCE, "co-source") \
	X(OFFICE_HOURS, "office-hours") \
	X(DEFAULT_HANDLES, "default-handles") \
	X(CREATION_BURST, "creation-burst") \
	X(REPURPOSED, "repurposed") \
	X(AVATAR_REUSE, "avatar-reuse") \
	X(TWINS, "twins") \
	X(LOOK_ALIKES, "look-alikes") \
	X(BOTH_SIDES, "both-sides") \
	X(HOLLOW_AUDIENCE, "hollow-audience") \
	X(CAMOUFLAGE, "camouflage") \
	X(VERIFIED, "verified") \
	X(ESTABLISHED, "established") \
	X(FOLLOWED, "followed") \
	X(SELF_DECLARED, "self-declared")

#define X(id, name) CLAQUE_SIGNAL_##id,
enum claque_signal { CLAQUE_SIGNAL_LIST(X) CLAQUE_SIGNAL_COUNT };
#undef X

enum claque_axis { CLAQUE_COORDINATION, CLAQUE_DECEPTION, CLAQUE_OVERTNESS, CLAQUE_AXIS_COUNT };

enum claque_family {
	CLAQUE_FAMILY_TIME, CLAQUE_FAMILY_CONTENT, CLAQUE_FAMILY_LINK, CLAQUE_FAMILY_PROFILE,
	CLAQUE_FAMILY_INFRASTRUCTURE, CLAQUE_FAMILY_COUNT
};

enum claque_shape { CLAQUE_EDGES, CLAQUE_ACCOUNTS, CLAQUE_SHAPE_COUNT };

/* A number that a user may set. */
struct claque_param {
	const char *name, *unit, *help;
	double least, most, usual;
};

enum { CLAQUE_PARAM_MAX = 6 };

/* All strings are static. */
struct claque_signal_info {
	const char *id;		/* "S6" */
	const char *name;	/* "default-handles" */
	const char *help;	/* what it looks at, in a sentence */
	const char *source;	/* paper or report, year */
	const char *unit;	/* of what it measures */
	const char *needs;	/* which columns must be there */
	const char *cost;	/* "O(posts)" */
	enum claque_axis axis;
	enum claque_family family;
	enum claque_shape shape;
	struct claque_param params[CLAQUE_PARAM_MAX];
	size_t param_count;
	bool shares_suffice;	/* it reads accounts, objects and shares: posts may be left out */
	/*
	 * Of signals that compare acts of sharing and nothing else: bits of enum
	 * claque_object_kind and of enum claque_act that they read. Others have none.
	 */
	unsigned kinds, acts;
};

/* signal < CLAQUE_SIGNAL_COUNT. NULL for one that this library lacks. */
const struct claque_signal_info *claque_signal_info(enum claque_signal signal);
/* By name or id (ids name the first of several). EUSAGE, naming the known ones. */
CLAQUE_CHECKED enum claque_rc claque_signal_parse(struct claque_str name,
	enum claque_signal *out, struct claque_err *err);

/* What a signal of the shape `accounts` says of one of them. */
struct claque_trait {
	double value;		/* in the signal's unit; NAN: the data do not tell */
	double expected;	/* usual in the file for such an account */
	double log_odds;	/* of an operation, from this alone: natural log, 0 if nothing */
	uint32_t n;		/* how many acts, posts or accounts it was measured on */
	uint32_t row;		/* a post that shows it, or CLAQUE_NO_ROW */
};

#define CLAQUE_NO_ROW UINT32_MAX

/*
 * out: one for each account of the dataset, the caller's. params: param_count
 * numbers in the order of the signal's, each within its range (else EUSAGE).
 */
CLAQUE_CHECKED enum claque_rc claque_signal_measure(const struct claque_dataset *ds,
	enum claque_signal signal, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err);

#endif
