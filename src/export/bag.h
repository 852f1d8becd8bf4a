/* bag.h - a bag while it is made: bag.c fills data/, bag_tags.c seals it. */
#ifndef EXPORT_BAG_H
#define EXPORT_BAG_H

#include "base/buf.h"
#include "export/export.h"

struct bag {
	const struct export_input *in;
	const struct export_bag *ask;
	const char *path;
	struct buf left_out;		/* input files that are not in it, a line each and why */
	struct buf manifest, tags;	/* "HEX  PATH" a line */
	uint64_t bytes, files;		/* of data/ */
};

/* All of data/ is there: digests, tag files, and if asked for signature and request. */
CLAQUE_CHECKED enum claque_rc bag_seal(struct bag *bag, struct arena scratch,
	struct claque_err *err);

#endif
