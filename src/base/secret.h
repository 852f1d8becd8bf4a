/*
 * secret.h - keys, and digests that only who has the key can make, by libsodium.
 * In the part of base that libclaque does not carry, as sha256.h.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/str.h"

enum { SECRET_BYTES = 32 };

/* Of the system's own source: the one thing in claque that no seed determines. */
void secret_make(unsigned char key[SECRET_BYTES]);
/* HMAC-SHA-256 (RFC 2104). */
void secret_digest(const unsigned char key[SECRET_BYTES], struct claque_str s,
		   unsigned char out[SECRET_BYTES]);
/* A name for people: of each of `count` bytes five bits, as a letter or 2 to 7; no end. */
void secret_letters(const unsigned char *bytes, char *out, size_t count);
/* 2 * SECRET_BYTES hex digits. from: false if it is anything else. */
struct claque_str secret_to_hex(struct arena *perm, const unsigned char key[SECRET_BYTES]);
bool secret_from_hex(struct claque_str hex, unsigned char key[SECRET_BYTES]);

#endif
