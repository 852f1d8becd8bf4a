/* retention.h - what personal data a case keeps, of how many people, and since when. */
#ifndef STORE_RETENTION_H
#define STORE_RETENTION_H

#include "model/column.h"
#include "store/store.h"

/* data, rows, people, oldest, newest, since, days, file, sha256 */
extern const struct column retention_columns[];
enum { RETENTION_COLUMNS = 9 };

/*
 * A row for each sort of data, then one for each input. oldest and newest: of what the rows
 * are about; since: when the first came into the case, days: before `now`. Rows of input
 * files that came later than min_days ago are left out. false from each() ends it.
 */
CLAQUE_CHECKED enum claque_rc retention_walk(struct store *s, int64_t now, int64_t min_days,
	bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err);

#endif
