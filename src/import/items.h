/*
 * items.h - JSON text into items: what a row is to a table.
 *
 * Three shapes are in use and none says which it is: one object a line, one
 * array of objects, one object that holds the array (a Telegram export, a STIX
 * bundle). All are read as a sequence of values. A list that is known to hold
 * the items (items.c) is cut where it stands, so that an export of gigabytes
 * takes the memory of one item; everything around it is the item's shell.
 * After a first object that had a line to itself every line is taken alone,
 * so that a broken one costs itself only.
 */
#ifndef IMPORT_ITEMS_H
#define IMPORT_ITEMS_H

#include "base/buf.h"

enum { ITEM_BYTES_MAX = 16 << 20, ITEM_DEPTH_MAX = 512 };

struct item_text {
	uint64_t number;		/* of its line, or among the items of a document; from 1 */
	struct claque_str text;		/* one JSON value; a view, good until the call returns */
	/* What stands around it so far, closed so that it is JSON; "" where nothing does. */
	struct claque_str shell;
	bool new_shell;			/* not the one of the item before */
	const char *fault;		/* why it cannot be taken, or NULL */
};

struct items;

/* take: anything but CLAQUE_OK ends the feeding and comes back from it. */
struct items *items_new(void *ctx, enum claque_rc (*take)(void *ctx, const struct item_text *item,
							  struct claque_err *err),
			struct claque_err *err);
void items_free(struct items *it);		/* takes NULL */
CLAQUE_CHECKED enum claque_rc items_feed(struct items *it, struct claque_str bytes);
/* What has not ended by now is one last item with a fault. */
CLAQUE_CHECKED enum claque_rc items_finish(struct items *it);

#endif
