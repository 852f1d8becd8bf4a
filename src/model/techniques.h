/*
 * techniques.h - what the findings of a case are called elsewhere: procedures of the Online
 * Operations Kill Chain (model/killchain.h) and techniques of DISARM Red Framework 1.6 (2024).
 *
 * A signal suggests a technique and proves none: whoever shows it says so.
 */
#ifndef MODEL_TECHNIQUES_H
#define MODEL_TECHNIQUES_H

#include "base/str.h"

struct technique {
	const char *signal;		/* as the engine names it */
	const char *procedure;		/* its number, "5.4.2"; of a technique, "6.2", where
					   the platform decides which */
	/* Of DISARM; NULL where it has none of its own. Ids change from version to version. */
	const char *disarm, *name, *stix_id;
};

/* By the number of a procedure or technique, or by its id in DISARM; NULL: none of the table. */
const struct technique *technique_find(struct claque_str id);
/*
 * Is it a number of the Online Operations Kill Chain or an id of DISARM that the table has?
 * *name: what it is called, if it is.
 */
bool technique_known(struct claque_str id, const char **name);
/* NULL: the signal suggests none. */
const struct technique *technique_of_signal(struct claque_str signal);
/*
 * The procedure for an account: owned by the operation, or likely fake and pushing. "" for
 * an amplifier on a platform that the taxonomy does not name.
 */
const char *technique_of_account(struct claque_str platform, bool amplifier);
/* Of a confirmed source, by its kind: domain, url, hashtag. "": none. */
const char *technique_of_source(struct claque_str kind);

#endif
