#include "config.h"

#include "claque/skeleton.h"

#include "engine/confusable.h"
#include "engine/letter.h"

_Static_assert((int)CLAQUE_SKELETON_MOST == (int)WORD_MAX, "a name is a word");

/* Default ignorable code points (Unicode 15), and the marks that stand on a letter. */
static bool
is_unseen(uint32_t code)
{
	static const uint32_t ranges[][2] = {
		{ 0x0000, 0x001f }, { 0x007f, 0x009f }, { 0x00ad, 0x00ad }, { 0x0300, 0x036f },
		{ 0x061c, 0x061c }, { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f },
		{ 0x200b, 0x200f }, { 0x202a, 0x202e }, { 0x2060, 0x206f }, { 0x3164, 0x3164 },
		{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xe0000, 0xe0fff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code <= ranges[i][1])	/* they ascend */
			return code >= ranges[i][0];
	return false;
}

/* Accents are how people spell; whoever writes another alphabet does more than that. */
static uint32_t
plain_letter(uint32_t code)
{
	char roman[ROMAN_MAX];

	code = letter_lower(code);
	if (code >= 0x80 && letter_script(code) == SCRIPT_LATIN && letter_roman(code, roman) == 1)
		return (uint32_t)roman[0];
	return code;
}

/* One blank between words and none around them; what is not seen, where it is asked for. */
static void
read_name(struct claque_str text, bool unseen, struct word *out)
{
	bool gap = false;

	out->len = 0;
	if (text.len > 0 && text.p[0] == '@')
		text = str_sub(text, 1, text.len - 1);
	for (size_t i = 0, used; i < text.len && out->len < WORD_MAX; i += used) {
		uint32_t code = utf8_next(str_sub(text, i, text.len - i), &used);

		if (code == ' ' || code == 0xa0 || code == '\t' || code == '\n') {
			gap = out->len > 0;
			continue;
		}
		if (code == UTF8_BAD || (!unseen && is_unseen(code)))
			continue;
		if (gap && out->len + 1 < WORD_MAX)
			out->code[out->len++] = ' ';
		gap = false;
		out->code[out->len++] = plain_letter(code);
	}
}

static size_t
write_name(const struct word *w, char *out, size_t size)
{
	size_t n = 0;
	char bytes[4];

	for (uint8_t i = 0; i < w->len; i++) {
		size_t len = utf8_put(bytes, w->code[i]);

		if (n + len > size)
			return 0;
		memcpy(out + n, bytes, len);
		n += len;
	}
	return n;
}

size_t
claque_skeleton(const char *text, size_t len, char *out, size_t size)
{
	struct word name;

	read_name((struct claque_str){ text, len }, false, &name);
	if (name.len < CLAQUE_SKELETON_LEAST)
		return 0;
	confusable_fold(&name);
	return write_name(&name, out, size);
}

size_t
claque_skeleton_plain(const char *text, size_t len, char *out, size_t size)
{
	struct word seen, name;

	read_name((struct claque_str){ text, len }, false, &seen);
	if (seen.len < CLAQUE_SKELETON_LEAST)
		return 0;
	read_name((struct claque_str){ text, len }, true, &name);
	return write_name(&name, out, size);
}
