/*
 * stix_value.h - one value of an object of STIX, and what stix_check.c and it share.
 */
#ifndef EXPORT_STIX_VALUE_H
#define EXPORT_STIX_VALUE_H

#include "base/map.h"
#include "export/stix.h"
#include "export/stix_check.h"

struct stix_bundle {
	struct stix_checking *run;
	struct map *ids;		/* of all its objects */
};

struct stix_object {
	struct stix_bundle *run;
	const json_t *json;
	const struct stix_type *type;
	struct claque_str id;
};

void stix_tell(struct stix_object *o, const char *property, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* A view into the document; "" where it is no text. */
struct claque_str stix_text(const json_t *object, const char *key);
/* At most 60 bytes of data, to be shown in a message. */
struct claque_str stix_quote(struct claque_str s);
bool stix_has_word(struct claque_str words, struct claque_str word);

/* kind as in struct stix_type. */
void stix_check_value(struct stix_object *o, const char *key, char kind, const json_t *value);
/* Do its times come one after the other? */
void stix_check_order(struct stix_object *o);

#endif
