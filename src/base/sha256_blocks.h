/*
 * sha256_blocks.h - SHA-256's compression by instructions that some processors have.
 */
#ifndef BASE_SHA256_BLOCKS_H
#define BASE_SHA256_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_BLOCK = 64 };

/* Does this processor have them? */
bool sha256_has_blocks(void);
/* Takes that many blocks into the state (FIPS 180-4: a to h). Only where they are there. */
void sha256_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks);

#endif
