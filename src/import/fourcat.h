/*
 * fourcat.h - what all of 4CAT's tables have in common.
 *
 * 4CAT writes the native objects that it collected as one flat table per
 * platform. `timestamp` is, in most, text in the time zone of the server, which
 * nobody tells: no more than its day is known. `unix_timestamp` is the truth and
 * goes first; in Bluesky, Truth Social and Gab created_at does. What it does not know it writes as N/A, None, -1
 * or nothing; pictures are signed addresses that change with every look.
 */
#ifndef IMPORT_FOURCAT_H
#define IMPORT_FOURCAT_H

#include "import/format.h"

#define FOURCAT_WHEN \
	FACT("unix_timestamp", created_at), \
	FACT("timestamp", created_at)

/* Takes out what says nothing, and off a picture's address what expires. */
void fourcat_mend(struct feed_facts *facts, struct arena *scratch);

#endif
