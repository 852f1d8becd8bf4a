/*
 * foreign.h - ledgers of other cases: their chains, and that they are what came.
 */
#ifndef CASE_FOREIGN_H
#define CASE_FOREIGN_H

#include "base/map.h"
#include "case/ledger.h"
#include "store/bundle.h"

/* The action of the entry that tells of a bundle. */
#define FOREIGN_ACTION "bundle"

struct foreign_report {
	int64_t entries, redacted;	/* redacted: their contents prove nothing */
	char digest[65];		/* of all entries as they stand */
	char fault[120];		/* of the chain, the first; "" */
};

CLAQUE_CHECKED enum claque_rc foreign_check(struct store *store,
	const struct foreign_ledger *ledger, struct foreign_report *out, struct claque_err *err);

struct foreign_told {
	size_t ledgers;
	int64_t entries;
	char fault[240];		/* of the first chain that does not hold; "" */
};
/* Puts "ledgers" into an entry's payload: those that came with this bundle. */
CLAQUE_CHECKED enum claque_rc foreign_tell(struct store *store, struct claque_str bundle,
	json_t *payload, struct foreign_told *out, struct claque_err *err);

/* What an entry of the case's own ledger tells of others. */
void foreign_note(struct set64 *told, const struct ledger_entry *entry);

struct foreign_verdict {
	int64_t ledgers, entries;
	int64_t interrupted;		/* of bundles whose import was cut off */
	char fault[300];
};
CLAQUE_CHECKED enum claque_rc foreign_verify(struct store *store, const struct set64 *told,
	struct foreign_verdict *out, struct claque_err *err);

#endif
