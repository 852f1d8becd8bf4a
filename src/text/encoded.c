#include "config.h"

#include "text/encoded.h"

#include "base/utf8.h"

static bool
is_alnum(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c);
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

static int
digit_of(char c)
{
	if (byte_is_alpha(c))
		return byte_is_upper(c) ? c - 'A' : c - 'a' + 26;
	if (byte_is_digit(c))
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* Up to the first byte that is none of its digits, or, without slashes, a slash. */
static bool
read_base64(struct claque_str s, size_t at, bool slashes, struct arena *perm, struct encoded *out)
{
	size_t len = 0, end = at, digits;
	uint32_t bits = 0;
	char *p;

	while (end < s.len && end - at < ENCODED_MAX && digit_of(s.p[end]) >= 0 &&
	       (slashes || s.p[end] != '/'))
		end++;
	digits = end - at;
	if (digits < ENCODED_LEAST || digits % 4 == 1)
		return false;
	p = ARENA_NEW(perm, char, digits);
	for (size_t i = 0; i < digits; i++) {
		bits = bits << 6 | (uint32_t)digit_of(s.p[at + i]);
		if (i % 4 != 0)
			p[len++] = (char)(bits >> (6 - 2 * (i % 4)) & 0xff);
	}
	while (end < s.len && s.p[end] == '=' && end - at < digits + 2)
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

bool
encoded_next(struct claque_str s, size_t from, struct arena *perm, struct encoded *out)
{
	struct arena room;

	for (size_t at = from, end; at < s.len; at = end) {
		end = skip_run(s, at);
		if (is_alnum(s.p[at]) ? stands_alone(s, at, end) : !is_escape(s, at))
			continue;
		room = *perm;
		if (read_escaped(s, at, &room, out) || read_base64(s, at, true, &room, out) ||
		    read_base64(s, at, false, &room, out)) {
			*perm = room;
			return true;
		}
	}
	return false;
}
