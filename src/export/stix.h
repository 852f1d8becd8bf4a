/*
 * stix.h - what STIX 2.1 (OASIS, 10 June 2021) says of each type of object: for the writer,
 * and for the checker, which must not have to trust it.
 */
#ifndef EXPORT_STIX_H
#define EXPORT_STIX_H

#include "text/json.h"

enum { STIX_ID_MAX = 128 };

enum stix_family { STIX_DOMAIN, STIX_OBSERVABLE, STIX_RELATION, STIX_META };

struct stix_type {
	const char *name;
	enum stix_family family;
	/*
	 * Its own properties, "name!s description:s": a ! is required, a : is not. The
	 * letter is what it must be: s text, S texts, t time, m time in milliseconds, r
	 * reference, R references, i count, n number, b flag, o object, O objects, h hashes,
	 * c confidence, p pattern, e opinion, v version of STIX, d id, k kill-chain phases,
	 * l external references, x extensions.
	 */
	const char *properties;
	/* Of an observable: what its identifier is made of, as far as it is there. */
	const char *identity;
	/* Times that may not come one before the other: "first_seen<last_seen". */
	const char *order;
};

/* NULL if it is none of STIX 2.1. */
const struct stix_type *stix_type_find(struct claque_str name);
/* Those that all types of the family have, written like struct stix_type's. */
const char *stix_common_properties(enum stix_family family);

/* Takes the next "name!s" off *rest; false at its end. */
struct stix_property {
	struct claque_str name;
	bool required;
	char kind;
};
bool stix_property_next(struct claque_str *rest, struct stix_property *out);

/*
 * May a relationship of this name lead from one type to the other? True too for names that
 * the standard does not define.
 */
bool stix_may_relate(struct claque_str name, struct claque_str from, struct claque_str to);

/*
 * "url--2bbf7404-...": UUIDv5 of the canonical JSON of the properties that make up an
 * observable's identity. False: it has none of them, or one that has no canonical form.
 */
bool stix_observable_id(const struct stix_type *type, const json_t *object,
			char out[STIX_ID_MAX]);

/* NULL, or what is wrong with a pattern, in one clause; *at is the byte where. */
const char *stix_pattern_fault(struct claque_str pattern, size_t *at);

#endif
