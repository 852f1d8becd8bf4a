/*
 * stamp.h - what a time-stamping authority is asked (RFC 3161): a TimeStampReq of a
 * SHA-256, and that the answer brings the authority's certificate along.
 *
 * All of it but the digest is the same each time, so the DER is written out, byte by
 * byte. Without a nonce: what is stamped is of one folder and nothing else, so an old
 * answer to the same question is as true as a new one; and same input, same bytes.
 */
#ifndef BASE_STAMP_H
#define BASE_STAMP_H

#include "base/str.h"

enum { STAMP_BYTES = 59 };

/* digest_hex: 64 hex digits. */
void stamp_request(const char *digest_hex, unsigned char out[STAMP_BYTES]);

#endif
