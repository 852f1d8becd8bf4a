#include "config.h"

#include "export/defang.h"

static bool
is_word_byte(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c) || c == '-' || c == '_' || (c & 0x80) != 0;
}

static bool
is_inner_dot(struct claque_str s, size_t i)
{
	return s.p[i] == '.' && i > 0 && i + 1 < s.len && is_word_byte(s.p[i - 1]) &&
	       is_word_byte(s.p[i + 1]);
}

static bool
starts_nocase(struct claque_str s, const char *prefix)
{
	return str_eq_nocase(str_sub(s, 0, strlen(prefix)), str_of(prefix));
}

static bool
has(struct claque_str word, const char *part)
{
	return str_find(word, str_of(part), 0) < word.len;
}

/*
 * A dot before a letter, four numbers, or any dot beside www or an @ make a
 * host. "3.5" and "end." do not.
 */
static bool
has_host(struct claque_str word)
{
	size_t dots = 0;

	for (size_t i = 0; i < word.len; i++)
		if (is_inner_dot(word, i)) {
			if (!byte_is_digit(word.p[i + 1]))
				return true;
			dots++;
		}
	return dots >= 3 || (dots > 0 && (has(word, "@") || starts_nocase(word, "www.")));
}

bool
defang_is_address(struct claque_str word)
{
	return has_host(word) || has(word, "://") || starts_nocase(word, "mailto:") ||
	       starts_nocase(word, "xmpp:");
}

static bool
ends_http(struct claque_str s)
{
	return (s.len >= 4 && starts_nocase(str_sub(s, s.len - 4, 4), "http")) ||
	       (s.len >= 5 && starts_nocase(str_sub(s, s.len - 5, 5), "https"));
}

/* A colon that makes a link of what follows; http is broken by its own letters. */
static bool
is_scheme_end(struct claque_str word, size_t i)
{
	struct claque_str scheme = str_sub(word, 0, i);

	if (word.p[i] != ':' || ends_http(scheme))
		return false;
	return str_starts(str_sub(word, i, word.len), STR("://")) ||
	       str_eq_nocase(scheme, STR("mailto")) || str_eq_nocase(scheme, STR("xmpp"));
}

const char *
defang_at(struct claque_str word, size_t i, size_t *used)
{
	struct claque_str rest = str_sub(word, i, word.len);

	*used = 1;
	if (is_inner_dot(word, i))
		return "[.]";
	if (is_scheme_end(word, i))
		return "[:]";
	*used = 4;
	if (starts_nocase(rest, "http") && rest.len >= 4)
		return "hxxp";
	*used = 0;
	return NULL;
}
