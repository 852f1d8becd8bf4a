/*
 * packs.h - where the rule packs are: those named, those of the user, those that
 * are installed. See claque-rules(7).
 */
#ifndef APP_PACKS_H
#define APP_PACKS_H

#include "base/sha256.h"
#include "text/rules.h"

struct packs {
	struct rules *rules;
	char digests[RULES_PACKS_MAX][SHA256_HEX + 1];	/* of the files, by pack */
};

struct packs_order {
	const struct claque_str *files;	/* packs by path, before all others */
	size_t file_count;
	bool only;			/* no others */
	/* What is wrong with a pack that nobody named; NULL: not told. */
	void (*warn)(void *ctx, struct claque_str text);
	void *ctx;
};

/*
 * Reads the files, then *.rules in claque/rules/ under XDG_CONFIG_HOME or ~/.config,
 * then the installed ones (or the folder that CLAQUE_RULES names); of two packs of one
 * name the first counts. EINPUT names file, line and column; EIO. A pack of a folder that
 * is not understood is left out, with a warning. Also after an error packs_done() is due.
 */
CLAQUE_CHECKED enum claque_rc packs_read(const struct packs_order *order, struct packs *out,
					 struct claque_err *err);
void packs_done(struct packs *p);
/* ENOTFOUND: that there is none, and in which folders they were looked for. */
enum claque_rc packs_missing(const struct packs_order *order, struct claque_err *err);

#endif
