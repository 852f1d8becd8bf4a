/*
 * stix_check.h - is a bundle STIX 2.1, to the letter? What the OASIS schemas cannot see is
 * looked at as well: identifiers of observables, patterns, references, which type may relate
 * to which, the order of times, properties that nobody declared, defanged values.
 */
#ifndef EXPORT_STIX_CHECK_H
#define EXPORT_STIX_CHECK_H

#include "base/str.h"

struct stix_problem {
	struct claque_str object;	/* its id; what stands for it where it has none */
	struct claque_str property;	/* "" where it is the object as a whole */
	struct claque_str what;		/* what is wrong, and the remedy */
};

struct stix_checking {
	bool opencti;		/* x_opencti_* and OpenCTI's own types are allowed */
	void *ctx;
	void (*tell)(void *ctx, const struct stix_problem *problem);
	size_t objects, problems;	/* counted */
};

enum { STIX_OBJECTS_MAX = 1 << 20, STIX_FILE_MAX = 256 << 20 };

/* EINPUT: it is no JSON, or no bundle. What is wrong inside of one is told, and is CLAQUE_OK. */
CLAQUE_CHECKED enum claque_rc stix_check(struct claque_str json, struct stix_checking *run,
	struct claque_err *err);
/* The same of a file; EIO names it. */
CLAQUE_CHECKED enum claque_rc stix_check_file(const char *path, struct stix_checking *run,
	struct claque_err *err);

#endif
