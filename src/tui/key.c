#include "config.h"

#include "tui/key.h"

#include "base/utf8.h"
#include "text/safe.h"

enum { CTRL_MASK = 0x1f, ESC_BYTE = 0x1b };

struct key_word {
	uint32_t key;
	struct claque_str name, shown;
};

static const struct key_word words[] = {
#define X(id, name, shown) { CK_##id, { name, sizeof(name) - 1 }, { shown, sizeof(shown) - 1 } },
	KEY_LIST(X)
#undef X
	{ ' ', { "Space", 5 }, { "Space", 5 } },
	{ '<', { "lt", 2 }, { "<", 1 } },
};

/* Control characters whose keys have names of their own. */
static const struct {
	char control;
	uint32_t key;
} twins[] = {
	{ '\t', CK_TAB }, { '\n', CK_ENTER }, { '\r', CK_ENTER }, { '\b', CK_BACKSPACE },
	{ 0x7f, CK_BACKSPACE }, { ESC_BYTE, CK_ESC },
};

uint32_t
key_of_char(uint32_t code)
{
	for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++)
		if ((uint32_t)twins[i].control == code)
			return twins[i].key;
	return code;
}

static bool
parse_name(struct claque_str name, uint32_t *out)
{
	if (name.len == 3 && str_starts(name, STR("C-")) && byte_is_alpha(name.p[2])) {
		*out = key_of_char((uint32_t)name.p[2] & CTRL_MASK);
		return true;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_eq_nocase(words[i].name, name)) {
			*out = words[i].key;
			return true;
		}
	}
	return false;
}

static const struct key_word *
word_of(uint32_t key)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].key == key)
			return &words[i];
	return NULL;
}

static struct claque_str
char_text(struct arena *perm, uint32_t key)
{
	char bytes[4];

	if (key > 0x10ffff)
		return STR("?");
	return safe_text(perm, (struct claque_str){ bytes, utf8_put(bytes, key) });
}

bool
key_parse(struct claque_str *s, uint32_t *out)
{
	struct claque_str rest = *s, name;
	size_t used;
	uint32_t code;

	if (s->len == 0)
		return false;
	if (s->p[0] == '<') {
		size_t end = str_find(rest, STR(">"), 0);

		name = str_sub(rest, 1, end - 1);
		if (end == rest.len || !parse_name(name, out))
			return false;
		*s = str_sub(rest, end + 1, rest.len);
		return true;
	}
	code = utf8_next(rest, &used);
	if (code == UTF8_BAD)
		return false;
	*out = key_of_char(code);
	*s = str_sub(rest, used, rest.len);
	return true;
}

struct claque_str
key_spelled(struct arena *perm, uint32_t key)
{
	const struct key_word *word = word_of(key);

	if (word != NULL)
		return str_fmt(perm, "<" STR_FMT ">", STR_ARG(word->name));
	if (key >= 1 && key <= 26)
		return str_fmt(perm, "<C-%c>", (char)('a' + key - 1));
	return char_text(perm, key);
}

struct claque_str
key_shown(struct arena *perm, uint32_t key)
{
	const struct key_word *word = word_of(key);

	if (word != NULL)
		return word->shown;
	if (key >= 1 && key <= 26)
		return str_fmt(perm, "Ctrl-%c", (char)('A' + key - 1));
	return char_text(perm, key);
}
