/*
 * sha256_x86.c - SHA-256 with the instructions that x86 has for it since 2016.
 *
 * libsodium's portable C hashes 0.3 GB a second, and an input is hashed before its
 * first row is read, so that a kill in the middle finds it again: that was a
 * fifteenth of an import. This is five times as fast. Only whole blocks are done here;
 * beginning, padding and end stay libsodium's, and so does any other processor.
 *
 * The order of the instructions is Intel's (Gulley et al., Intel SHA Extensions, 2013).
 */
#include "config.h"

#include "base/sha256_x86.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define WITH_SHA __attribute__((target("sha,ssse3,sse4.1")))

enum { BLOCK_BYTES = 64, QUADS = 16 };

static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

static bool
ask_processor(void)
{
	unsigned a, b, c, d;
	bool sse = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSSE3) != 0 &&
		   (c & bit_SSE4_1) != 0;

	return sse && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
}

/* Asked once: in a virtual machine the question leaves it, which takes longer than a block. */
bool
sha256_x86_there(void)
{
	enum { UNKNOWN, YES, NO };
	static _Atomic int answer = UNKNOWN;

	if (answer == UNKNOWN)
		answer = ask_processor() ? YES : NO;
	return answer == YES;
}

static inline WITH_SHA __m128i
load(const void *p)
{
	return _mm_loadu_si128(p);
}

/* Four rounds. w: the words of this round, which become those of four rounds on. */
static inline __attribute__((always_inline)) WITH_SHA void
quad(__m128i *abef, __m128i *cdgh, __m128i w[4], size_t round)
{
	__m128i *now = &w[round % 4], sum = _mm_add_epi32(*now, load(&constants[4 * round]));
	__m128i last = w[(round + 3) % 4];

	*cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, sum);
	*abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(sum, 0x0e));
	*now = _mm_add_epi32(_mm_sha256msg1_epu32(*now, w[(round + 1) % 4]),
			     _mm_alignr_epi8(last, w[(round + 2) % 4], 4));
	*now = _mm_sha256msg2_epu32(*now, last);
}

static WITH_SHA void
one_block(__m128i *abef, __m128i *cdgh, const unsigned char *bytes)
{
	const __m128i turn = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	__m128i before[2] = { *abef, *cdgh }, w[4];

	for (size_t i = 0; i < 4; i++)
		w[i] = _mm_shuffle_epi8(load(bytes + 16 * i), turn);
	for (size_t round = 0; round < QUADS; round += 4) {
		quad(abef, cdgh, w, round);
		quad(abef, cdgh, w, round + 1);
		quad(abef, cdgh, w, round + 2);
		quad(abef, cdgh, w, round + 3);
	}
	*abef = _mm_add_epi32(*abef, before[0]);
	*cdgh = _mm_add_epi32(*cdgh, before[1]);
}

WITH_SHA void
sha256_x86_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
	__m128i low = _mm_shuffle_epi32(load(state), 0xb1);
	__m128i high = _mm_shuffle_epi32(load(state + 4), 0x1b);
	__m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xf0);

	for (; blocks > 0; blocks--, bytes += BLOCK_BYTES)
		one_block(&abef, &cdgh, bytes);
	low = _mm_shuffle_epi32(abef, 0x1b);
	high = _mm_shuffle_epi32(cdgh, 0xb1);
	_mm_storeu_si128((void *)state, _mm_blend_epi16(low, high, 0xf0));
	_mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(high, low, 8));
}

#else

bool
sha256_x86_there(void)
{
	return false;
}

void
sha256_x86_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
	(void)state, (void)bytes, (void)blocks;
}

#endif
