/*
 * finding.h - what a run finds beside its groups: accounts that are one
 * person, accounts put to a new use, domains that pass for another.
 */
#ifndef STORE_FINDING_H
#define STORE_FINDING_H

#include "store/store.h"

/* All ids are row ids of the case; scores as the engine gives them; why: one line. */
struct finding_twin {
	int64_t a, b;			/* accounts */
	double score;
	struct claque_str why;
};
struct finding_repurposed {
	int64_t account, at;		/* of the change: UTC ms, or CLAQUE_NO_TIME */
	double score;
	struct claque_str why;
};
struct finding_lookalike {
	struct claque_str domain;	/* key of a source, of the kind domain if there is one */
	struct claque_str target;	/* the name it passes for */
	double score;
	struct claque_str why;
};

struct findings {
	const struct finding_twin *twins;
	const struct finding_repurposed *repurposed;
	const struct finding_lookalike *lookalikes;
	size_t twin_count, repurposed_count, lookalike_count;
};

/* Inside the caller's transaction. */
CLAQUE_CHECKED enum claque_rc finding_save(struct store *s, int64_t run, const struct findings *f,
	struct claque_err *err);

#endif
