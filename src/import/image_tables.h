/* image_tables.h - the tables that say what pictures are of, as claims about files. */
#ifndef IMPORT_IMAGE_TABLES_H
#define IMPORT_IMAGE_TABLES_H

#include "import/image_folder.h"

/* Where claims go; file: as the table writes it, below the table's own folder. */
struct image_claims {
	void *ctx;
	void (*put)(void *ctx, struct claque_str file, const struct image_claim *claim);
};

struct image_table {
	const char *name;	/* of the file, without folders */
	/* Strings of claims are in perm. EINPUT: why it cannot be read. */
	enum claque_rc (*read)(struct claque_str bytes, struct arena *perm,
			       const struct image_claims *out, struct claque_err *err);
};

/* The strongest first; NULL past the end. */
const struct image_table *image_table(size_t i);

#endif
