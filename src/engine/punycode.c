/* punycode.c - RFC 3492 section 6.2, with its bootstring parameters. */
#include "config.h"

#include "engine/punycode.h"

#include <string.h>

#include "base/str.h"

enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, FIRST_BIAS = 72, FIRST_CODE = 128,
       CODE_MAX = 0x10ffff };

static uint32_t
digit_of(char c)
{
	if (byte_is_digit(c))
		return (uint32_t)(c - '0') + 26;
	return byte_is_alpha(c) ? (uint32_t)(byte_lower(c) - 'a') : BASE;
}

static uint32_t
adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t k = 0;

	delta = first ? delta / DAMP : delta / 2;
	delta += delta / points;
	for (; delta > ((BASE - T_MIN) * T_MAX) / 2; k += BASE)
		delta /= BASE - T_MIN;
	return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

/* One number of variable length, added to *i. */
static bool
read_number(struct claque_str *s, uint32_t bias, uint32_t *i)
{
	uint32_t weight = 1;

	for (uint32_t k = BASE; s->len > 0; k += BASE) {
		uint32_t digit = digit_of(s->p[0]), add;
		uint32_t limit = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;

		*s = str_sub(*s, 1, s->len);
		if (digit >= BASE || __builtin_mul_overflow(digit, weight, &add) ||
		    __builtin_add_overflow(*i, add, i))
			return false;
		if (digit < limit)
			return true;
		if (__builtin_mul_overflow(weight, BASE - limit, &weight))
			return false;
	}
	return false;
}

static struct claque_str
take_plain(struct claque_str s, uint32_t *out, size_t *count)
{
	size_t plain = s.len;

	while (plain > 0 && s.p[plain - 1] != '-')
		plain--;
	*count = plain > 0 ? plain - 1 : 0;
	for (size_t i = 0; i < *count; i++)
		out[i] = (unsigned char)s.p[i];
	return str_sub(s, plain, s.len);
}

static bool
is_plain(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] >= FIRST_CODE)
			return false;
	return true;
}

bool
punycode_decode(struct claque_str s, uint32_t *out, size_t room, size_t *count)
{
	uint32_t code = FIRST_CODE, i = 0, bias = FIRST_BIAS;

	*count = 0;
	if (s.len > room || !is_plain(s))
		return false;
	s = take_plain(s, out, count);
	while (s.len > 0) {
		uint32_t before = i, points = (uint32_t)*count + 1;

		if (*count == room || !read_number(&s, bias, &i))
			return false;
		bias = adapt(i - before, points, before == 0);
		if (i / points > CODE_MAX - code)
			return false;
		code += i / points;
		i %= points;
		if (code >= 0xd800 && code <= 0xdfff)
			return false;
		memmove(out + i + 1, out + i, (*count - i) * sizeof(*out));
		out[i++] = code;
		(*count)++;
	}
	return true;
}
