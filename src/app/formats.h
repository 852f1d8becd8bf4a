/*
 * formats.h - where the mapping files are: those of the user before those that
 * are installed. See claque-formats(7).
 */
#ifndef APP_FORMATS_H
#define APP_FORMATS_H

#include "import/import.h"

struct formats_ear {
	void *ctx;
	void (*warn)(void *ctx, struct claque_str text);	/* NULL: nobody listens */
};

/*
 * Reads claque/formats/ under XDG_CONFIG_HOME or ~/.config, then the installed
 * ones (or the folder that CLAQUE_FORMATS names). *format: a name, or the path
 * of one more file (it ends in .map), whose format's name then stands in its
 * place; NULL stays. EINPUT names that file and a line of it. Files of the folders that
 * are wrong are left out: the ear is told of each. Ownership: import_maps_free().
 */
CLAQUE_CHECKED enum claque_rc formats_read(const char **format, const struct formats_ear *ear,
	struct import_maps **out, struct claque_err *err);

#endif
