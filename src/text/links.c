#include "config.h"

#include "text/links.h"

static bool
begins_link(struct claque_str text, size_t at)
{
	return str_eq_nocase(str_sub(text, at, 7), STR("http://")) ||
	       str_eq_nocase(str_sub(text, at, 8), STR("https://"));
}

/* White space, what no address holds, and the marks of Chinese and Japanese (U+3000, U+FF00). */
static bool
ends_link(struct claque_str text, size_t at)
{
	unsigned char c = (unsigned char)text.p[at];

	return c <= ' ' || c == 0x7f || strchr("<>\"`{}|\\^", c) != NULL ||
	       str_starts(str_sub(text, at, 2), STR("\xe3\x80")) ||
	       str_starts(str_sub(text, at, 2), STR("\xef\xbc"));
}

/* A closing bracket belongs to the text unless the link opened it. */
static size_t
link_end(struct claque_str text, size_t from)
{
	size_t round = 0, square = 0, i = from;

	for (; i < text.len && !ends_link(text, i); i++) {
		char c = text.p[i];

		if ((c == ')' && round == 0) || (c == ']' && square == 0))
			break;
		round += (size_t)(c == '(') - (size_t)(c == ')');
		square += (size_t)(c == '[') - (size_t)(c == ']');
	}
	return i;
}

bool
links_next(struct claque_str text, size_t *at, struct claque_str *out)
{
	for (; *at < text.len; (*at)++) {
		size_t end;

		if (byte_lower(text.p[*at]) != 'h' || !begins_link(text, *at))
			continue;
		end = link_end(text, *at);
		*out = str_sub(text, *at, end - *at);
		*at = end;
		while (out->len > 0 && strchr(".,;:!?'*~", out->p[out->len - 1]) != NULL)
			out->len--;
		return true;
	}
	return false;
}
