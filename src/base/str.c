#include "config.h"

#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct claque_str
str_trim(struct claque_str s)
{
	while (s.len > 0 && byte_is_space(s.p[0]))
		s = str_sub(s, 1, s.len);
	while (s.len > 0 && byte_is_space(s.p[s.len - 1]))
		s.len--;
	return s;
}

struct claque_str
str_head(struct claque_str s, size_t len)
{
	if (s.len <= len)
		return s;
	while (len > 0 && ((unsigned char)s.p[len] & 0xc0) == 0x80)
		len--;
	return str_sub(s, 0, len);
}

bool
str_eq_nocase(struct claque_str a, struct claque_str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (byte_lower(a.p[i]) != byte_lower(b.p[i]))
			return false;
	return true;
}

struct claque_str
str_lower(struct arena *perm, struct claque_str s)
{
	char *p = ARENA_NEW(perm, char, s.len + 1);

	for (size_t i = 0; i < s.len; i++)
		p[i] = byte_lower(s.p[i]);
	return (struct claque_str){ p, s.len };
}

size_t
str_find(struct claque_str s, struct claque_str needle, size_t from)
{
	const char *hit;

	if (from >= s.len || needle.len == 0)
		return s.len;
	hit = memmem(s.p + from, s.len - from, needle.p, needle.len);
	return hit == NULL ? s.len : (size_t)(hit - s.p);
}

bool
str_cut(struct claque_str *rest, char sep, struct claque_str *piece)
{
	const char *end;

	if (rest->len == 0)
		return false;
	end = memchr(rest->p, sep, rest->len);
	if (end == NULL) {
		*piece = *rest;
		*rest = (struct claque_str){ rest->p + rest->len, 0 };
		return true;
	}
	*piece = (struct claque_str){ rest->p, (size_t)(end - rest->p) };
	*rest = str_sub(*rest, piece->len + 1, rest->len);
	return true;
}

struct claque_str
str_fmt(struct arena *perm, const char *fmt, ...)
{
	va_list ap, again;
	int n;
	char *p;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	p = ARENA_NEW(perm, char, (size_t)n + 1);
	(void)vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct claque_str){ p, (size_t)n };
}

bool
str_to_i64(struct claque_str s, int64_t *out)
{
	bool negative = s.len > 0 && s.p[0] == '-';
	int64_t value = 0;

	if (s.len > 0 && (s.p[0] == '-' || s.p[0] == '+'))
		s = str_sub(s, 1, s.len);
	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		int digit = s.p[i] - '0';

		if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, negative ? -digit : digit, &value))
			return false;
	}
	*out = value;
	return true;
}

/* strtod() reads hex, "inf" and the locale's comma: check the shape first. */
static bool
looks_decimal(struct claque_str s)
{
	bool digit = false, dot = false, exponent = false;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i];

		if (byte_is_digit(c))
			digit = true;
		else if (c == '.' && !dot && !exponent)
			dot = true;
		else if ((c == 'e' || c == 'E') && digit && !exponent)
			exponent = true, digit = false;
		else if (!((c == '-' || c == '+') &&
			   (i == 0 || s.p[i - 1] == 'e' || s.p[i - 1] == 'E')))
			return false;
	}
	return digit;
}

bool
str_to_double(struct claque_str s, double *out)
{
	char z[64];

	if (s.len == 0 || s.len >= sizeof(z) || !looks_decimal(s))
		return false;
	memcpy(z, s.p, s.len);
	z[s.len] = '\0';
	*out = strtod(z, NULL);
	return true;
}
