/*
 * decimal.c - 15 digits of a double by whole numbers of 128 bits.
 *
 * r = m 2^e with m below 2^53, and its digits are those of r 10^k = m 5^k 2^(e + k), where
 * k makes 15 of them stand before the point. Up to 5^27 that product is exact, and so is
 * the rounding, halves to the even digit. For smaller r it is cut to 64 bits on the way.
 * Where what was cut could decide the last digit (once in some thousand), and where r is
 * not below 10^15 or not normal, the C library does it. The shortest digits that lead back
 * to the same double (Grisu, Loitsch 2010; Ryu, Adams 2018) are other ones, up to 17.
 */
#include "config.h"

#include "base/decimal.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { DIGITS = 15, FIVES_MAX = 27, MANTISSA_BITS = 52,
       EXPONENT_BIAS = 1023, WORD = 64 };

#define TEN_TO_14 UINT64_C(100000000000000)
#define TEN_TO_15 UINT64_C(1000000000000000)

/* n 2^shift; what is meant may be larger, by less than off 2^shift. */
struct scaled {
	wide n, off;
	int shift;
};

static uint64_t
power_of_five(int k)
{
	static const uint64_t powers[FIVES_MAX + 1] = {
		1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125,
		244140625, 1220703125, 6103515625, 30517578125, 152587890625, 762939453125,
		3814697265625, 19073486328125, 95367431640625, 476837158203125,
		2384185791015625, 11920928955078125, 59604644775390625, 298023223876953125,
		1490116119384765625, 7450580596923828125,
	};

	return powers[k];
}

static int
bits_of(wide n)
{
	uint64_t high = (uint64_t)(n >> WORD), low = (uint64_t)n;

	return high != 0 ? 2 * WORD - __builtin_clzll(high) : WORD - __builtin_clzll(low);
}

/* To 64 bits. */
static void
cut(struct scaled *x)
{
	int over = bits_of(x->n) - WORD;

	if (over <= 0)
		return;
	x->n >>= over;
	x->off = (x->off >> over) + 2;
	x->shift += over;
}

static void
multiply(struct scaled *x, uint64_t by)
{
	x->n *= by;
	x->off *= by;
}

/* m 2^e 10^k, k >= 0 */
static struct scaled
scale(uint64_t m, int e, int k)
{
	struct scaled x = { m, 0, e + k };

	for (; k > FIVES_MAX; k -= FIVES_MAX) {
		multiply(&x, power_of_five(FIVES_MAX));
		cut(&x);
	}
	multiply(&x, power_of_five(k));
	return x;
}

/* The nearest whole number; false where that cannot be told. x is below 2^54, its n is not. */
static bool
to_whole(const struct scaled *x, uint64_t *out)
{
	wide half = (wide)1 << (-x->shift - 1), rest = x->n & ((half << 1) - 1);

	*out = (uint64_t)(x->n >> -x->shift);
	if (rest <= half && rest + x->off > half)
		return false;
	*out += rest > half || (rest == half && (*out & 1) != 0);
	return true;
}

/* r = digits 10^(power - 14); r normal, 0 < r < 10^15. */
static bool
to_digits(double r, uint64_t *digits, int *power)
{
	uint64_t bits, m;
	int e;

	memcpy(&bits, &r, sizeof(bits));
	m = (bits & ((UINT64_C(1) << MANTISSA_BITS) - 1)) | UINT64_C(1) << MANTISSA_BITS;
	e = (int)(bits >> MANTISSA_BITS) - EXPONENT_BIAS;
	/* Of the power of two below r: the power of ten is that, or one more. */
	*power = (int)(e * (M_LN2 / M_LN10)) - (e < 0);
	for (;; ++*power) {
		struct scaled x = scale(m, e - MANTISSA_BITS, DIGITS - 1 - *power);

		if ((uint64_t)(x.n >> -x.shift) >= TEN_TO_15)
			continue;
		if (!to_whole(&x, digits))
			return false;
		break;
	}
	if (*digits == TEN_TO_15) {
		*digits = TEN_TO_14;
		++*power;
	}
	return true;
}

static char *
put_unsigned(char *at, uint64_t n, size_t places)
{
	char digits[DECIMAL_MAX];
	size_t from = sizeof(digits);

	for (; n > 0 || from == sizeof(digits); n /= 10)
		digits[--from] = (char)('0' + n % 10);
	for (; sizeof(digits) - from < places; places--)
		*at++ = '0';
	memcpy(at, digits + from, sizeof(digits) - from);
	return at + (sizeof(digits) - from);
}

size_t
decimal_padded(char *out, int64_t n, size_t places)
{
	char *at = out;

	if (n < 0) {
		*at++ = '-';
		places -= places > 0;
	}
	return (size_t)(put_unsigned(at, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, places) - out);
}

size_t
decimal_whole(char *out, int64_t n)
{
	return decimal_padded(out, n, 0);
}

/* d.ddde-07 */
static char *
put_scientific(char *at, const char *digits, size_t count, int power)
{
	*at++ = digits[0];
	if (count > 1) {
		*at++ = '.';
		memcpy(at, digits + 1, count - 1);
		at += count - 1;
	}
	*at++ = 'e';
	*at++ = power < 0 ? '-' : '+';
	return put_unsigned(at, (uint64_t)(power < 0 ? -power : power), 2);
}

/* ddd.d, ddd000 or 0.00ddd; power: of the first digit. */
static char *
put_plain(char *at, const char *digits, size_t count, int power)
{
	int i = power < 0 ? power : 0;

	for (; i <= power || i < (int)count; i++) {
		if (i == power + 1)
			*at++ = '.';
		*at++ = i >= 0 && i < (int)count ? digits[i] : '0';
	}
	return at;
}

size_t
decimal_real(char *out, double r)
{
	char digits[DECIMAL_MAX], *at = out;
	uint64_t whole;
	size_t count = DIGITS;
	int power;

	if (!(fabs(r) >= DBL_MIN && fabs(r) < 1e15) || !to_digits(fabs(r), &whole, &power)) {
		char room[DECIMAL_MAX];
		int n = snprintf(room, sizeof(room), "%.15g", r);

		memcpy(out, room, (size_t)n);
		return (size_t)n;
	}
	(void)put_unsigned(digits, whole, 0);
	while (digits[count - 1] == '0')
		count--;
	if (r < 0)
		*at++ = '-';
	at = power < -4 ? put_scientific(at, digits, count, power) :
			  put_plain(at, digits, count, power);
	return (size_t)(at - out);
}
