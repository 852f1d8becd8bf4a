#include "config.h"

#include "text/html.h"

#include "base/utf8.h"

/* Without a last byte to look for, all marks that end nowhere would each cost the whole text. */
enum { ENTITY_MAX = 10, TAG_MAX = 16384, CODE_MAX = 0x10ffff };

struct entity {
	const char *name, *text;
};

/* What posts are escaped with; names of letters come as UTF-8 everywhere. */
static const struct entity entities[] = {
	{ "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "apos", "'" },
	{ "nbsp", " " }, { "hellip", "\xe2\x80\xa6" },
};

/* "#39" and "#x27" as UTF-8; 0 for no character. */
static size_t
put_number(struct claque_str digits, char out[4])
{
	int base = digits.len > 0 && byte_lower(digits.p[0]) == 'x' ? 16 : 10;
	uint32_t code = 0;

	digits = str_sub(digits, base == 16, digits.len);
	for (size_t i = 0; i < digits.len; i++) {
		int value = byte_hex(digits.p[i]);

		if (value < 0 || value >= base || code > CODE_MAX)
			return 0;
		code = code * (uint32_t)base + (uint32_t)value;
	}
	if (digits.len == 0 || code == 0 || code > CODE_MAX || (code >= 0xd800 && code < 0xe000))
		return 0;
	return utf8_put(out, code);
}

static size_t
put_named(struct claque_str name, char out[4])
{
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
		size_t len = strlen(entities[i].text);

		if (!str_eq(name, str_of(entities[i].name)))
			continue;
		memcpy(out, entities[i].text, len);
		return len;
	}
	return 0;
}

/* One entity at the start of s; *used: its bytes, 0 if it is none. */
static size_t
put_entity(struct claque_str s, char out[4], size_t *used)
{
	struct claque_str head = str_sub(s, 0, ENTITY_MAX + 1);
	size_t end = str_find(head, STR(";"), 1), len;
	struct claque_str name = str_sub(head, 1, end - 1);

	*used = 0;
	if (end == head.len)
		return 0;
	len = name.len > 0 && name.p[0] == '#' ? put_number(str_sub(name, 1, name.len), out) :
						 put_named(name, out);
	if (len > 0)
		*used = end + 1;
	return len;
}

static bool
is_break(struct claque_str tag)
{
	return str_starts(tag, STR("br")) || str_starts(tag, STR("/p")) ||
	       str_starts(tag, STR("/li"));
}

/* The tag at the start of s: bytes with its brackets, 0 if there is none. */
static size_t
tag_length(struct claque_str s)
{
	bool opens = s.len > 1 && (byte_is_alpha(s.p[1]) || s.p[1] == '/' || s.p[1] == '!');
	struct claque_str head = str_sub(s, 0, TAG_MAX);
	size_t end = opens ? str_find(head, STR(">"), 1) : head.len;

	return end == head.len ? 0 : end + 1;
}

static struct claque_str
read_html(struct arena *perm, struct claque_str html, bool tags)
{
	char *out = ARENA_NEW(perm, char, html.len + 4);
	size_t len = 0, i = 0, used;

	while (i < html.len) {
		struct claque_str rest = str_sub(html, i, html.len);

		used = 0;
		if (rest.p[0] == '&') {
			len += put_entity(rest, out + len, &used);
		} else if (tags && rest.p[0] == '<') {
			used = tag_length(rest);
			if (used > 0 && is_break(str_sub(rest, 1, used)))
				out[len++] = '\n';
		}
		if (used == 0)
			out[len++] = rest.p[0], used = 1;
		i += used;
	}
	return (struct claque_str){ out, len };
}

struct claque_str
html_text(struct arena *perm, struct claque_str html)
{
	return str_trim(read_html(perm, html, true));
}

struct claque_str
html_unescape(struct arena *perm, struct claque_str text)
{
	if (text.len == 0 || memchr(text.p, '&', text.len) == NULL)
		return text;
	return read_html(perm, text, false);
}

/* The value between quotes, as written; missing if the tag has no such attribute. */
static struct claque_str
attribute(struct claque_str tag, struct claque_str name)
{
	size_t at = 0, end;
	char quote;

	while ((at = str_find(tag, name, at)) < tag.len) {
		bool whole = at > 0 && byte_is_space(tag.p[at - 1]);

		at += name.len;
		if (!whole || !str_starts(str_sub(tag, at, tag.len), STR("=")) ||
		    at + 2 > tag.len)
			continue;
		quote = tag.p[at + 1];
		if (quote != '"' && quote != '\'')
			continue;
		at += 2;
		for (end = at; end < tag.len && tag.p[end] != quote;)
			end++;
		return end < tag.len ? str_sub(tag, at, end - at) :
				       (struct claque_str){ 0 };
	}
	return (struct claque_str){ 0 };
}

static bool
is_platforms_own(struct claque_str tag)
{
	struct claque_str class = attribute(tag, STR("class")), word;

	while (str_cut(&class, ' ', &word))
		if (str_eq(word, STR("mention")) || str_eq(word, STR("hashtag")))
			return true;
	return false;
}

bool
html_next_link(struct arena *perm, struct claque_str html, size_t *at, struct claque_str *out)
{
	while ((*at = str_find(html, STR("<a "), *at)) < html.len) {
		struct claque_str tag = str_sub(html, *at, html.len), href;

		tag.len = tag_length(tag);
		*at += tag.len > 0 ? tag.len : 1;
		href = attribute(tag, STR("href"));
		if (href.len == 0 || is_platforms_own(tag))
			continue;
		*out = html_text(perm, href);
		return true;
	}
	return false;
}
