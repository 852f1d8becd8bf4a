#include "config.h"

#include "text/encoded.h"

#include "base/utf8.h"

enum { STRIDE = 2 * ENCODED_MAX, GLANCE = ENCODED_LEAST, ALNUMS = 62 };
_Static_assert(GLANCE % 4 == 0, "whole groups of digits");

/* Of base64, plus 1; 0: none. */
static const signed char digits[256] = {
	['A'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
		24, 25, 26,
	['a'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46,
		47, 48, 49, 50, 51, 52,
	['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
	['+'] = 63, ['-'] = 63, ['/'] = 64, ['_'] = 64,
};

static int
digit_of(char c)
{
	return digits[(unsigned char)c] - 1;
}

/* Letters and digits, which are so of base64, too. */
static bool
is_alnum(char c)
{
	return (unsigned)digits[(unsigned char)c] - 1 < ALNUMS;
}

static bool
is_escape(struct claque_str s, size_t at)
{
	return s.p[at] == '%' && s.len - at > 2 && byte_hex(s.p[at + 1]) >= 0 &&
	       byte_hex(s.p[at + 2]) >= 0;
}

/* Text that somebody could have written: no half characters, no controls. */
static bool
is_text(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return s.len > 0 && utf8_valid(s);
}

static bool
is_of_part(char c)
{
	return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == '~';
}

/* A run of what stands in a part of a URL, with an escape in it. */
static bool
read_escaped(struct claque_str s, size_t at, struct arena *perm, struct encoded *out)
{
	size_t len = 0, end = at;
	bool any = false;
	char *p;

	for (; end < s.len && end - at < ENCODED_MAX && (is_of_part(s.p[end]) || is_escape(s, end));
	     end += s.p[end] == '%' ? 3 : 1)
		any = any || s.p[end] == '%';
	if (!any)
		return false;
	p = ARENA_NEW(perm, char, end - at);
	for (size_t i = at; i < end; i += s.p[i] == '%' ? 3 : 1)
		p[len++] = s.p[i] == '%' ? (char)(byte_hex(s.p[i + 1]) * 16 + byte_hex(s.p[i + 2])) :
			   s.p[i];
	*out = (struct encoded){ at, end, { p, len } };
	return is_text(out->text);
}

/* Up to the first byte that is none of its digits, or, without slashes, a slash. */
static bool
read_base64(struct claque_str s, size_t at, bool slashes, struct arena *perm, struct encoded *out)
{
	size_t len = 0, end = at, count;
	uint32_t bits = 0;
	char *p;

	while (end < s.len && end - at < ENCODED_MAX && digit_of(s.p[end]) >= 0 &&
	       (slashes || s.p[end] != '/'))
		end++;
	count = end - at;
	if (count < ENCODED_LEAST || count % 4 == 1)
		return false;
	p = ARENA_NEW(perm, char, count);
	for (size_t i = 0; i < count; i++) {
		bits = bits << 6 | (uint32_t)digit_of(s.p[at + i]);
		if (i % 4 != 0)
			p[len++] = (char)(bits >> (6 - 2 * (i % 4)) & 0xff);
	}
	while (end < s.len && s.p[end] == '=' && end - at < count + 2)
		end++;
	*out = (struct encoded){ at, end, { p, len } };
	return is_text(out->text);
}

static size_t
skip_run(struct claque_str s, size_t at)
{
	size_t end = at;

	while (end < s.len && is_alnum(s.p[end]))
		end++;
	return end > at ? end : at + 1;
}

/* Most words of most texts: too short for base64, and no part of anything longer. */
static bool
stands_alone(struct claque_str s, size_t at, size_t end)
{
	return end - at < ENCODED_LEAST && (end == s.len || strchr("_-.~%+/", s.p[end]) == NULL);
}

/*
 * Could a run from here on hold an escape? No '%' stands between here and *clear, which a
 * text is searched for in strides.
 */
static bool
may_be_escaped(struct claque_str s, size_t at, size_t *clear)
{
	size_t end = s.len - at < ENCODED_MAX ? s.len : at + ENCODED_MAX, stride;
	const char *hit;

	if (*clear < at)
		*clear = at;
	if (*clear < end) {
		stride = s.len - *clear < STRIDE ? s.len - *clear : STRIDE;
		hit = memchr(s.p + *clear, '%', stride);
		*clear = hit != NULL ? (size_t)(hit - s.p) : *clear + stride;
	}
	return *clear < end;
}

static bool
is_control(unsigned char c)
{
	return c < ' ' || c == 0x7f;
}

/* Four digits of base64 as three bytes; false: they are none, or controls. */
static bool
read_group(const char *p, char out[3])
{
	int a = digit_of(p[0]), b = digit_of(p[1]), c = digit_of(p[2]), d = digit_of(p[3]);
	uint32_t bits = (uint32_t)a << 18 | (uint32_t)b << 12 | (uint32_t)c << 6 | (uint32_t)d;

	out[0] = (char)(bits >> 16 & 0xff);
	out[1] = (char)(bits >> 8 & 0xff);
	out[2] = (char)(bits & 0xff);
	return (a | b | c | d) >= 0 && !is_control((unsigned char)out[0]) &&
	       !is_control((unsigned char)out[1]) && !is_control((unsigned char)out[2]);
}

/* Do the first digits of base64 here stand for what could begin a text? Most words do not. */
static bool
may_be_base64(struct claque_str s, size_t at)
{
	char bytes[GLANCE / 4 * 3];
	size_t used;

	if (s.len - at < GLANCE)
		return false;
	for (size_t i = 0; i < GLANCE / 4; i++)
		if (!read_group(s.p + at + 4 * i, bytes + 3 * i))
			return false;
	for (size_t i = 0; i + 4 <= sizeof(bytes); i += used)	/* all of a character is there */
		if (utf8_next((struct claque_str){ bytes + i, sizeof(bytes) - i }, &used) ==
		    UTF8_BAD)
			return false;
	return true;
}

bool
encoded_next(struct claque_str s, size_t from, size_t until, struct arena *perm,
	     struct encoded *out)
{
	size_t clear = from, at = from;
	struct arena room;

	for (size_t end; at < until; at = end) {
		end = skip_run(s, at);
		if (is_alnum(s.p[at]) ? stands_alone(s, at, end) : !is_escape(s, at))
			continue;
		room = *perm;
		if ((may_be_escaped(s, at, &clear) && read_escaped(s, at, &room, out)) ||
		    (may_be_base64(s, at) && (read_base64(s, at, true, &room, out) ||
					      read_base64(s, at, false, &room, out)))) {
			*perm = room;
			return true;
		}
	}
	out->end = at;
	return false;
}
