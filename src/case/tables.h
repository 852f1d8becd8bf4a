/*
 * tables.h - digests of the case's tables in the ledger (store/digest.h), and whether the
 * tables are still what the last entry about each says.
 */
#ifndef CASE_TABLES_H
#define CASE_TABLES_H

#include "case/case.h"
#include "case/ledger.h"
#include "store/digest.h"

/* What the ledger says of each table: the root of the last entry that has one, or "". */
struct table_claims {
	struct {
		char root[DIGEST_ROOT_HEX + 1];
		int64_t seq;
	} of[DIGEST_TABLES_MAX];
};

/* Saves the digests and puts their roots into an entry's payload: in the caller's transaction. */
CLAQUE_CHECKED enum claque_rc tables_put(struct store *store, struct digests *digests,
	json_t *payload, struct claque_err *err);
/* Takes from an entry what it says. */
void tables_note(struct table_claims *claims, const struct ledger_entry *e);
/* Fills the report's tables, rows and, if there is none yet, its fault. */
CLAQUE_CHECKED enum claque_rc tables_check(struct store *store, const struct table_claims *claims,
	struct verify_report *out, struct claque_err *err);

#endif
