/*
 * argue.h - what the case argues, in a session: claims with their evidence, the matrix of
 * competing hypotheses, techniques that signals suggest; read once, until something is written.
 */
#ifndef APP_ARGUE_H
#define APP_ARGUE_H

#include "app/session.h"
#include "case/claims.h"

struct argument {
	struct case_claim *claims;
	size_t claim_count;
	struct ach ach;
	struct case_technique *techniques;
	size_t technique_count;
};

/*
 * About the subject; of kind none, or one that nothing is claimed about: of the whole case.
 * NULL while it is owed. Good until something is written or another subject is asked about.
 */
const struct argument *session_argument(struct session *s, struct subject subject);
/* What a claim made here would be about: the row under the cursor, the place, or the case. */
struct subject session_claim_about(struct session *s);
/* Of the claim or evidence of this number, in perm; false: it is gone, the message says so. */
bool session_argued(struct session *s, struct arena *perm, int64_t id, struct annotation *out);
/*
 * Says it, about what session_claim_about() tells; with `replaces`, in the place of that one;
 * *ok: it was taken, and not refused.
 */
unsigned session_claim(struct session *s, const struct annotation *claim, bool *ok);
/* The same of evidence, which is the row under the cursor; `about`: the claim. */
unsigned session_evidence(struct session *s, const struct annotation *evidence, bool *ok);
/* An analyst's own hypothesis, with the next key: H8, H9 ... */
unsigned session_hypothesis(struct session *s, struct claque_str text);
unsigned session_rate(struct session *s, int64_t evidence, struct claque_str key,
		      enum ach_rating rating);
/* Takes the claim or evidence under the cursor out. */
unsigned session_withdraw(struct session *s, struct claque_str arg);
/* Confirms a suggested technique, or takes that back. */
unsigned session_technique(struct session *s, const struct case_technique *technique);

#endif
