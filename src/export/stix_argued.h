/* stix_argued.h - what analysts argue, as text of notes: STIX has no object for a claim. */
#ifndef EXPORT_STIX_ARGUED_H
#define EXPORT_STIX_ARGUED_H

#include "export/argued.h"

/*
 * The sentence, how likely, and each piece of evidence on a line. An opinion would be of
 * somebody else's object, and the hypothesis that a claim is has none in STIX 2.1.
 */
struct claque_str stix_claim_text(const struct reading *r, const struct row *claim,
				  struct arena *perm);
/* A line for each hypothesis about the subject, fewest inconsistencies first; "" if none. */
struct claque_str stix_ach_text(const struct reading *r, struct claque_str subject,
				struct arena *perm);

#endif
