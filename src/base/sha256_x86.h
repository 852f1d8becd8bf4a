/*
 * sha256_x86.h - the inner loop of SHA-256 in the processor's own instructions.
 */
#ifndef BASE_SHA256_X86_H
#define BASE_SHA256_X86_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False on any other processor, and on one without the instructions. */
bool sha256_x86_there(void);
/* So many blocks of 64 bytes into the state (FIPS 180-4); only where it is there. */
void sha256_x86_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks);

#endif
