/*
 * sha256_blocks.c - whole blocks by the processor's own instructions.
 *
 * Every file that comes in is hashed before its first row is read. libsodium's portable
 * code does 300 MB a second, these instructions (x86-64 since Goldmont, Zen and Ice Lake)
 * 1,750. The order of words in the two registers is Intel's:
 * "Intel SHA Extensions", Gulley et al. 2013.
 */
#include "config.h"

#include "base/sha256_blocks.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))

#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

enum { LEAF_FEATURES = 1, LEAF_MORE = 7, GROUPS = 16, WORDS = 4 };

/* The first 32 bits of the fractions of the cube roots of the first 64 primes (FIPS 180-4). */
static const uint32_t round_words[GROUPS * WORDS] = {
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
	unsigned a = 0, b = 0, c = 0, d = 0, more = 0;

	if (__get_cpuid_count(LEAF_MORE, 0, &a, &more, &c, &d) == 0 ||
	    __get_cpuid(LEAF_FEATURES, &a, &b, &c, &d) == 0)
		return false;
	return (more & 1u << 29) != 0 && (c & bit_SSSE3) != 0 && (c & bit_SSE4_1) != 0;
}

/* Asking takes microseconds on a virtual machine. */
bool
sha256_has_blocks(void)
{
	static atomic_int answer;	/* 0: not asked */

	if (atomic_load_explicit(&answer, memory_order_relaxed) == 0)
		atomic_store_explicit(&answer, ask_processor() ? 1 : -1, memory_order_relaxed);
	return atomic_load_explicit(&answer, memory_order_relaxed) > 0;
}

/* Four words of the message behind those in w. */
__attribute__((target("sha,sse4.1"))) static inline __m128i
next_words(const __m128i w[4])
{
	__m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[0], w[1]),
				    _mm_alignr_epi8(w[3], w[2], 4));

	return _mm_sha256msg2_epu32(sum, w[3]);
}

/* Sixty-four rounds: abef and cdgh are the state. */
__attribute__((target("sha,sse4.1"))) static inline void
take_block(__m128i *abef, __m128i *cdgh, const unsigned char *block)
{
	const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	__m128i w[4], x = *abef, y = *cdgh;

	for (size_t i = 0; i < WORDS; i++)
		w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const void *)(block + 16 * i)), swap);
	for (size_t g = 0; g < GROUPS; g++) {
		__m128i sum = _mm_add_epi32(w[0], _mm_loadu_si128(
					    (const void *)&round_words[WORDS * g]));
		__m128i next = next_words(w);

		y = _mm_sha256rnds2_epu32(y, x, sum);
		x = _mm_sha256rnds2_epu32(x, y, _mm_shuffle_epi32(sum, 0x0e));
		w[0] = w[1];
		w[1] = w[2];
		w[2] = w[3];
		w[3] = next;
	}
	*abef = _mm_add_epi32(*abef, x);
	*cdgh = _mm_add_epi32(*cdgh, y);
}

__attribute__((target("sha,sse4.1"))) void
sha256_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
	__m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const void *)&state[0]), 0xb1);
	__m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const void *)&state[4]), 0x1b);
	__m128i abef = _mm_alignr_epi8(badc, hgfe, 8), cdgh = _mm_blend_epi16(hgfe, badc, 0xf0);

	for (size_t i = 0; i < blocks; i++)
		take_block(&abef, &cdgh, bytes + SHA256_BLOCK * i);
	abef = _mm_shuffle_epi32(abef, 0x1b);	/* back to a..d and e..h */
	cdgh = _mm_shuffle_epi32(cdgh, 0xb1);
	_mm_storeu_si128((void *)&state[0], _mm_blend_epi16(abef, cdgh, 0xf0));
	_mm_storeu_si128((void *)&state[4], _mm_alignr_epi8(cdgh, abef, 8));
}

#else

bool
sha256_has_blocks(void)
{
	return false;
}

void
sha256_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
	(void)state, (void)bytes, (void)blocks;
}

#endif
