/* base64.h - bytes as text (RFC 4648). */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buf.h"

/* Appends 4 characters for every 3 bytes begun. */
void base64_add(struct buf *out, struct claque_str bytes);

/* Exactly len bytes, in one way to write them; false if it is anything else. */
bool base64_read(struct claque_str text, unsigned char *out, size_t len);

#endif
