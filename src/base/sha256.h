/*
 * sha256.h - digests of files and of ledger entries, by libsodium.
 *
 * In the part of base that libclaque does not carry: the engine needs no
 * cryptography, and whoever embeds it should not have to link any.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/str.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 64 };

struct sha256 {
	uint64_t state[16];	/* holds libsodium's state; checked in the .c */
};

void sha256_start(struct sha256 *h);
void sha256_add(struct sha256 *h, struct claque_str s);
/* Lower-case hex, terminated. */
void sha256_end(struct sha256 *h, char out[SHA256_HEX + 1]);
/* One call for one string. */
void sha256_text(struct claque_str s, char out[SHA256_HEX + 1]);
/*
 * The whole file; *bytes (may be NULL) is its size. EIO names the path, also of
 * what is no plain file.
 */
enum claque_rc sha256_file(const char *path, char out[SHA256_HEX + 1], uint64_t *bytes,
			   const struct claque_progress *progress, struct claque_err *err);

#endif
