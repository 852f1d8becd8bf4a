/*
 * indicator.h - what one published cell is.
 */
#ifndef IMPORT_INDICATOR_H
#define IMPORT_INDICATOR_H

#include "base/arena.h"

#include "model/record.h"

/*
 * Sets kind, value, raw, platform and count by the cell alone. A cell is one
 * indicator or it is text: prose names innocent third parties, so nothing is
 * ever picked out of it.
 */
void indicator_classify(struct claque_str cell, struct arena *perm, struct indicator_record *out);

/*
 * The same where the publisher told the kind. accounts: a link to a platform
 * may be its profile or post rather than a URL.
 */
void indicator_of_kind(enum indicator_kind kind, bool accounts, struct claque_str cell,
		       struct arena *perm, struct indicator_record *out);

#endif
