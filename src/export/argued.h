/*
 * argued.h - what the tables of a case say that analysts argue: claims with evidence, the
 * matrix of hypotheses, fields and confirmed techniques, for every document that tells it.
 */
#ifndef EXPORT_ARGUED_H
#define EXPORT_ARGUED_H

#include "export/reading.h"
#include "model/ach.h"

/* How the case as a whole is called in a table's column of subjects. */
#define ARGUED_CASE "the case"

/* A claim: its row, and the rows of its evidence of one side. Rows live in r. */
size_t argued_claims(const struct reading *r, struct arena *perm, const struct row ***out);
size_t argued_evidence(const struct reading *r, const struct row *claim, enum claim_side side,
		       struct arena *perm, const struct row ***out);
/* "Likelihood: very likely (80 to 95 per cent)." and, in a sentence of its own, confidence. */
struct claque_str argued_weight(const struct reading *r, const struct row *claim,
				struct arena *perm);
/* What claims are about that have evidence, in order. */
size_t argued_subjects(const struct reading *r, struct arena *perm, struct claque_str **out);
/* The matrix of one of these, counted. */
void argued_ach(const struct reading *r, struct claque_str subject, struct arena *perm,
		struct ach *out);
/* The rows of one field, of the case and of clusters. */
size_t argued_fields(const struct reading *r, enum field field, struct arena *perm,
		     const struct row ***out);
/* Of that subject; NULL if nobody filled it. */
const struct row *argued_field(const struct reading *r, enum field field, struct claque_str subject);
/* Confirmed techniques. */
size_t argued_techniques(const struct reading *r, struct arena *perm, const struct row ***out);

#endif
