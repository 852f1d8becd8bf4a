/*
 * writer_derive.h - profile changes that follow from profiles seen twice.
 */
#ifndef STORE_WRITER_DERIVE_H
#define STORE_WRITER_DERIVE_H

#include "store/store.h"

/* After an import, before totals are counted. No transaction may be open. */
CLAQUE_CHECKED enum claque_rc writer_derive_changes(struct store *s, struct claque_err *err);

#endif
