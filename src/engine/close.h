/*
 * close.h - how one site's name stands to another's, and how likely a name
 * that nobody chose with it in mind stands so.
 */
#ifndef ENGINE_CLOSE_H
#define ENGINE_CLOSE_H

#include "claque/domain.h"

#include "engine/site.h"

/* Which letters follow which in the names of the file's sites. */
enum { SLOTS = 128 };

struct spelling {
	double ln_next[SLOTS][SLOTS];	/* ln P(b after a); 0 is the border */
};

/* From the names of the sites that are not left out (by number; NULL: none is). */
void spelling_learn(struct spelling *sp, const struct sites *sites, const bool *left_out);
/* ln P(a site's name is this one). */
double spelling_of(const struct spelling *sp, const struct word *name);

struct close {
	enum claque_close how;
	unsigned slips;		/* of SLIP */
};

/* False: not close. */
bool close_find(const struct host *host, const struct host *target, struct close *out);
/* The same of two names, whosesoever they are. */
bool close_names(const struct host *name, const struct host *target, struct close *out);
/* ln of the chance that an unrelated name stands to the target like this. */
double close_chance(const struct spelling *sp, const struct host *target, struct close close);

#endif
