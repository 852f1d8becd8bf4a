/*
 * uuid5.h - identifiers that are made of a name (RFC 9562, 5.5): the same name in the same
 * namespace is the same identifier, on every machine and every day.
 *
 * SHA-1 is part of that definition and protects nothing here; libsodium, which digests all
 * else, rightly has none.
 */
#ifndef BASE_UUID5_H
#define BASE_UUID5_H

#include "base/str.h"

enum { UUID_BYTES = 16, UUID_TEXT = 36 };

struct uuid {
	unsigned char bytes[UUID_BYTES];
};

struct uuid uuid_of_name(struct uuid space, struct claque_str name);
/* "00abedb4-aa42-466c-9c01-fed23315a9b7", with a NUL. */
void uuid_text(struct uuid id, char out[UUID_TEXT + 1]);
/* False: not a UUID in lower case. */
bool uuid_parse(struct claque_str s, struct uuid *out);
/* 1 to 8, or 0 where it is none of RFC 9562's variant. */
int uuid_version(struct uuid id);

#endif
