/*
 * decimal.h - numbers as text where there are millions of them: the same bytes as printf()
 * in the C locale, for a tenth of its time.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stddef.h>
#include <stdint.h>

enum { DECIMAL_MAX = 32 };	/* bytes that one number takes at most; none ends in NUL */

/* Each writes to `out`, room for DECIMAL_MAX bytes, and gives back how many it wrote. */
size_t decimal_whole(char *out, int64_t n);
/* With zeros in front to at least so many places, the sign being one: %0*lld. places: 0..20. */
size_t decimal_padded(char *out, int64_t n, size_t places);
/* 15 significant digits at most: %.15g. r is finite. */
size_t decimal_real(char *out, double r);

#endif
