/*
 * claims.h - what the case argues: claims with their evidence, competing hypotheses, the
 * fields of the case file, techniques. All of them are annotations (case.h); this reads
 * them as what they mean together.
 *
 * A subject of kind none: of the whole case, all claims and hypotheses of it.
 */
#ifndef CASE_CLAIMS_H
#define CASE_CLAIMS_H

#include "case/case.h"
#include "model/ach.h"

/*
 * What each kind keeps where, for case_annotate():
 *   claim       target: cluster, account, source, or none; text: the sentence; word: of
 *               LIKELIHOOD_LIST or ""; confidence: low, moderate, high or ""
 *   evidence    about: the claim; target: what it is, as a thing of the case, or none;
 *               word: of SIDE_LIST; text: what it shows; confidence: Admiralty code or ""
 *   hypothesis  target: cluster or none; word: its key, "H8"; text: what it says
 *   rating      about: the evidence; word: a hypothesis; confidence: of RATING_LIST; text: why.
 *               The target is that of the claim
 *   field       target: cluster or none; word: of FIELD_LIST; text; quote: what it cites;
 *               confidence: of breakout the category, of attribution the kinds of evidence,
 *               parted by commas
 *   technique   target: cluster or none; word: a number of the kill chain or an id of DISARM;
 *               text: a note or "". That it is there is the confirmation
 * What takes the place of another (the same cell, field, key; a claim of the same words) has
 * `replaces` set by case_annotate(); a claim and evidence are worded anew by setting it.
 * `about` may be any wording. EUSAGE says what is missing.
 */

struct case_evidence {
	struct annotation said;
	int64_t line;			/* its first wording: what ratings belong to */
	enum claim_side side;
	struct claque_str reopens;	/* a shell command that shows it, or "" */
};

struct case_claim {
	struct annotation said;
	int64_t line;			/* its first wording: what evidence belongs to */
	struct case_evidence *evidence;	/* for, then against, then neutral; each in order of time */
	size_t evidence_count, sides[SIDE_COUNT];
};

/* Claims about the subject, in order of time, with their evidence. */
CLAQUE_CHECKED enum claque_rc case_claims(struct store *store, struct subject subject,
	struct arena *perm, struct case_claim **out, size_t *count, struct claque_err *err);
/*
 * The matrix: evidence of the claims about the subject, under the seven hypotheses and the
 * analyst's own on the subject or the whole case. Counted and ranked (model/ach.h).
 */
CLAQUE_CHECKED enum claque_rc case_ach(struct store *store, struct subject subject,
	struct arena *perm, struct ach *out, struct claque_err *err);
/* A rating of evidence (any wording of it) under the hypothesis with this key. */
CLAQUE_CHECKED enum claque_rc case_rate(const struct case_context *c, int64_t evidence,
	struct claque_str key, enum ach_rating rating, struct claque_err *err);
/*
 * Takes a claim, evidence, hypothesis, rating, field or technique out; ENOTFOUND if there is
 * none of this number. What belonged to it is no longer told, and is again after undo.
 */
CLAQUE_CHECKED enum claque_rc case_withdraw(const struct case_context *c, int64_t id,
	struct claque_err *err);

/* The fields of exactly this subject (none: of the whole case); id 0 where one is empty. */
CLAQUE_CHECKED enum claque_rc case_fields(struct store *store, struct subject subject,
	struct arena *perm, struct annotation out[FIELD_COUNT], struct claque_err *err);

struct case_breakout {
	int category;			/* 1..3 as counted; 0: nothing to count on */
	size_t platforms;		/* of the accounts of the cluster, or of all leads */
	size_t communities;		/* itself, other groups with a tie to it, people outside */
	struct claque_str reason;	/* in words, with the numbers */
};

/* A suggestion, never a fact: 4 to 6 are the analyst's, with a citation. */
CLAQUE_CHECKED enum claque_rc case_breakout(struct store *store, struct subject subject,
	struct arena *perm, struct case_breakout *out, struct claque_err *err);

struct case_technique {
	struct claque_str id;		/* kill chain number or DISARM id */
	const char *name;
	struct claque_str signals;	/* that suggest it, parted by commas; "": none does */
	const char *disarm;		/* its id in DISARM, or NULL */
	struct annotation confirmed;	/* by the analyst; id 0: a suggestion only */
};

/* What signals of the cluster (or of all leads) suggest, and what is confirmed; by id. */
CLAQUE_CHECKED enum claque_rc case_techniques(struct store *store, struct subject subject,
	struct arena *perm, struct case_technique **out, size_t *count, struct claque_err *err);

#endif
