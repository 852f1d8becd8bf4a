/*
 * derive.h - profile changes that follow from profiles seen twice.
 */
#ifndef STORE_DERIVE_H
#define STORE_DERIVE_H

#include "store/store.h"

/* Part of what is refreshed after an import, before totals; a transaction is open. */
CLAQUE_CHECKED enum claque_rc derive_changes(struct store *s, struct claque_err *err);

#endif
