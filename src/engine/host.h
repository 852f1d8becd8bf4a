/*
 * host.h - a host name in the parts that a reader takes it by: the label that
 * somebody registered, and the suffix under which.
 *
 * The public suffix list has ten thousand entries and changes weekly; it is not
 * built in, but a caller may tell (claque_dataset_set_suffixes). Else two labels count as the suffix where the last has two letters and
 * the one before is one of a dozen that registries use (co.uk, com.br), and
 * for some twenty that are sold under com, net and org (eu.com, co.com).
 * What this misses (city.kawasaki.jp) is a label too much, no false look-alike.
 */
#ifndef ENGINE_HOST_H
#define ENGINE_HOST_H

#include <stdbool.h>

#include "claque/types.h"

#include "base/edit.h"

enum suffix_class {
	SUFFIX_LEGACY,	/* com, org, net and the others from before 2002 */
	SUFFIX_COUNTRY,	/* two letters, and what stands under them */
	SUFFIX_NEW,	/* all else, also what is sold under com or hosted */
	SUFFIX_CLASS_COUNT
};

struct host {
	struct claque_str text;		/* as given */
	struct claque_str domain;	/* label and suffix: views into text */
	struct claque_str label, suffix;
	enum suffix_class class;
	struct word skeleton;		/* of the label: xn-- decoded, confusables folded */
	struct word plain;		/* and without hyphens */
	uint64_t letters;		/* of plain: a bit each, for quick refusals */
};

/* What the caller knows of suffixes; suffix NULL: nothing. */
struct suffixes {
	size_t (*suffix)(void *ctx, struct claque_str host, bool *hosted);
	void *ctx;
};

/* text: lower case. False: no name with a suffix (an address, one label, an empty one). */
bool host_read(struct claque_str text, const struct suffixes *known, struct host *out);
/* A name that has no suffix, such as a handle: all of it is the label. False: an empty one. */
bool host_of_name(struct claque_str name, struct host *out);
/* Whether one is under the other's registered domain, or the same. */
bool host_same_owner(const struct host *a, const struct host *b);

#endif
