#include "config.h"

#include "text/print.h"

#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include "base/map.h"
#include "base/utf8.h"
#include "text/normal.h"

/* Whose characters are words by themselves: Thai and Lao, Burmese, Khmer, kana and Han. */
static const struct {
	uint32_t first, last;
} unspaced[] = {
	{ 0xe00, 0xeff }, { 0x1000, 0x109f }, { 0x1780, 0x17ff }, { 0x2e80, 0x2fff },
	{ 0x3041, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xf900, 0xfaff }, { 0x20000, 0x3ffff },
};

/* What stands between punctuation: its letters so far. */
struct piece {
	uint64_t hash;		/* 0: nothing yet */
	bool digits;		/* and nothing else */
};

static bool
is_unspaced(uint32_t code)
{
	for (size_t i = 0; i < sizeof(unspaced) / sizeof(*unspaced); i++)
		if (code >= unspaced[i].first && code <= unspaced[i].last)
			return true;
	return false;
}

static bool
parts_words(uint32_t code)
{
	if (code < 0x80)
		return !byte_is_alpha((char)code) && !byte_is_digit((char)code);
	return !u_isalnum((UChar32)code) && (U_GET_GC_MASK((UChar32)code) & U_GC_M_MASK) == 0;
}

/* worth: halves of a word that it says. */
static void
end_piece(struct text_print *out, struct piece *piece, unsigned worth)
{
	if (piece->hash != 0 && out->count < TEXT_PRINT_WORDS) {
		out->words[out->count++] = (uint32_t)(piece->hash >> 32);
		out->said += worth;
		out->numbers += piece->digits ? piece->hash : 0;
	}
	*piece = (struct piece){ 0, true };
}

static void
add_word(struct text_print *out, struct claque_str word)
{
	unsigned worth = word.p[0] == '#' ? 0 : 2;
	struct piece piece = { 0, true };
	size_t used;

	for (; word.len > 0; word = str_sub(word, used, word.len)) {
		uint32_t code = utf8_next(word, &used);
		bool parts = parts_words(code), alone = !parts && is_unspaced(code);

		if (alone || parts)
			end_piece(out, &piece, worth);
		if (parts)
			continue;
		piece.hash = hash_mix(piece.hash, code);
		piece.digits &= code < 0x80 && byte_is_digit((char)code);
		if (alone)
			end_piece(out, &piece, worth / 2);
	}
	end_piece(out, &piece, worth);
}

/* Raised when a text gets another print. */
enum { RULES = 1 };

uint64_t
text_print_rules(void)
{
	UVersionInfo unicode;
	uint64_t h = RULES;

	u_getUnicodeVersion(unicode);
	for (size_t i = 0; i < U_MAX_VERSION_LENGTH; i++)
		h = hash_mix(h, unicode[i]);
	return h;
}

void
text_print(struct arena scratch, struct claque_str text, struct text_print *out)
{
	struct claque_str rest = text_normal(&scratch, text).text, word;

	out->whole = hash_bytes(rest, 0);
	out->numbers = 0;
	out->count = 0;
	out->said = 0;
	while (str_cut(&rest, ' ', &word))
		if (word.len > 0)
			add_word(out, word);
}
