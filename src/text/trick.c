#include "config.h"

#include "text/trick.h"

#include "base/utf8.h"

enum { LOOKED_AT = 4096, ROOM_BYTES = 80 * LOOKED_AT + 4096, CODE_ROOM = 4096 };

static size_t
add(int64_t trick, int64_t out[TRICKS_MAX], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (out[i] == trick)
			return count;
	if (count < TRICKS_MAX)
		out[count++] = trick;
	return count;
}

/* What is odd alone, and not for what stands around it. */
static unsigned
badges_of_code(struct arena scratch, struct claque_str text, uint32_t at, uint32_t *code)
{
	size_t used;

	*code = utf8_next(str_sub(text, at, 4), &used);
	return safe_cells(&scratch, str_sub(text, at, used)).badges;
}

size_t
trick_find(struct arena scratch, struct claque_str text, int64_t out[TRICKS_MAX], size_t count)
{
	struct safe_line line;
	unsigned named = 0, badges;
	uint32_t code;

	text = str_head(text, LOOKED_AT);
	line = safe_cells(&scratch, text);
	for (size_t i = 0; i < line.count && line.badges != 0; i++) {
		if (!line.cells[i].odd)
			continue;
		badges = badges_of_code(scratch, text, line.cells[i].at, &code);
		if (badges == 0 || code == UTF8_BAD)
			continue;
		named |= badges;
		count = add((int64_t)code, out, count);
	}
	for (int bit = 0; bit < SAFE_BIT_COUNT; bit++)
		if (line.badges & ~named & 1u << bit)
			count = add(-1 - bit, out, count);
	return count;
}

/* Plain ASCII carries none but control characters. */
static bool
is_plain(struct claque_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.p[i] >= 0x7f || (unsigned char)text.p[i] < ' ')
			return false;
	return true;
}

bool
trick_in(int64_t trick, struct claque_str text)
{
	struct arena whole, room;
	char code[4];
	bool found;

	if (trick >= 0) {
		size_t len = trick > 0x10ffff ? 0 : utf8_put(code, (uint32_t)trick);

		return len > 0 && str_find(text, (struct claque_str){ code, len }, 0) < text.len;
	}
	text = str_head(text, LOOKED_AT);
	if (trick < -SAFE_BIT_COUNT || is_plain(text))
		return false;
	whole = room = arena_new(ROOM_BYTES);
	found = (safe_cells(&room, text).badges & 1u << (-1 - trick)) != 0;
	arena_free(whole);
	return found;
}

const char *
trick_word(struct claque_str text)
{
	struct arena whole, room;
	const char *word = NULL;
	unsigned badges;

	text = str_head(text, LOOKED_AT);
	if (is_plain(text))
		return NULL;
	whole = room = arena_new(ROOM_BYTES);
	badges = safe_cells(&room, text).badges;
	for (unsigned bit = SAFE_BIT_COUNT; bit-- > 0; )
		if (badges & 1u << bit)
			word = safe_badge_word((enum safe_badge_bit)bit);
	arena_free(whole);
	return word;
}

struct claque_str
trick_name(struct arena *perm, int64_t trick)
{
	struct arena room = *perm;
	struct safe_line line;
	char code[4];
	size_t len;

	if (trick < 0)
		return trick < -SAFE_BIT_COUNT ? STR("no trick") :
		       str_of(safe_badge_word((enum safe_badge_bit)(-1 - trick)));
	len = trick > 0x10ffff ? 0 : utf8_put(code, (uint32_t)trick);
	line = safe_cells(&room, (struct claque_str){ code, len });
	for (unsigned bit = 0; bit < SAFE_BIT_COUNT; bit++)
		if (line.badges & 1u << bit)
			return str_fmt(perm, "U+%04llX %s", (long long)trick,
				       safe_badge_word((enum safe_badge_bit)bit));
	return str_fmt(perm, "U+%04llX", (long long)trick);
}
