/*
 * blake2b.h - BLAKE2b-256 (RFC 7693, 2015) by libsodium, for what is digested by the
 * gigabyte and need not be checked by sha256sum: three times as fast as SHA-256 there.
 * In the part of base that libclaque does not carry, as sha256.h.
 */
#ifndef BASE_BLAKE2B_H
#define BASE_BLAKE2B_H

#include "base/str.h"

enum { BLAKE2B_BYTES = 32 };

struct blake2b {
	_Alignas(64) unsigned char state[384];	/* holds libsodium's; checked in the .c */
};

void blake2b_start(struct blake2b *h);
void blake2b_add(struct blake2b *h, struct claque_str s);
void blake2b_end(struct blake2b *h, unsigned char out[BLAKE2B_BYTES]);

#endif
