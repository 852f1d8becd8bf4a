/*
 * score_basis.h - what a run rests on, as one digest: so that a case of which nothing has
 * changed need not be scored again.
 *
 * SHA-256 of the settings and decisions, the version of claque, the roots of the digests of
 * all rows that are scored (store/digest.h), and what the analyst cleared. Of rows that
 * another program altered it tells nothing, for their digests were not; verify does.
 */
#ifndef APP_SCORE_BASIS_H
#define APP_SCORE_BASIS_H

#include "base/sha256.h"
#include "store/store.h"

struct score_basis {
	char sha256[SHA256_HEX + 1];	/* "": not known */
	int64_t run;			/* row id; 0: none */
};

/*
 * Of a run that would be made now. settings: canonical JSON, with what files decide. Not
 * known of a case whose last import was cut off.
 */
CLAQUE_CHECKED enum claque_rc score_basis_now(struct store *store, struct claque_str settings,
	struct score_basis *out, struct claque_err *err);
/* Of the last run, as the ledger tells it; not known of one that came with a bundle. */
CLAQUE_CHECKED enum claque_rc score_basis_last(struct store *store, struct score_basis *out,
	struct claque_err *err);

#endif
