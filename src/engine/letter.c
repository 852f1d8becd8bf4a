#include "config.h"

#include "engine/letter.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

struct range {
	uint32_t from, to;
};

/* Past ASCII: what is no letter. In order. */
static const struct range gaps[] = {
	{ 0x80, 0xa9 }, { 0xab, 0xb4 }, { 0xb6, 0xb9 }, { 0xbb, 0xbf }, { 0xd7, 0xd7 },
	{ 0xf7, 0xf7 }, { 0x2000, 0x2bff }, { 0x2e00, 0x2e7f }, { 0x3000, 0x303f },
	{ 0xd800, 0xf8ff }, { 0xfe00, 0xfe4f }, { 0xff00, 0xff0f }, { 0xff1a, 0xff20 },
	{ 0x1f000, 0x1ffff }, { 0xe0000, 0x10ffff },
};

/* Scripts without spaces: Thai and Lao, Burmese, Khmer, kana, ideographs. */
static const struct range alone[] = {
	{ 0xe00, 0xeff }, { 0x1000, 0x109f }, { 0x1780, 0x17ff }, { 0x3040, 0x30ff },
	{ 0x3400, 0x9fff }, { 0xf900, 0xfaff }, { 0x20000, 0x3ffff },
};

static bool
within(const struct range *ranges, size_t count, uint32_t code)
{
	for (size_t i = 0; i < count && ranges[i].from <= code; i++)
		if (code <= ranges[i].to)
			return true;
	return false;
}

bool
letter_is(uint32_t code)
{
	if (code < 0x80)
		return byte_is_alpha((char)code) || byte_is_digit((char)code);
	return code != UTF8_BAD && !within(gaps, LENGTH(gaps), code);
}

bool
letter_alone(uint32_t code)
{
	return code >= 0xe00 && within(alone, LENGTH(alone), code);
}

uint32_t
letter_lower(uint32_t code)
{
	if (code < 0x80)
		return (uint32_t)(unsigned char)byte_lower((char)code);
	if ((code >= 0xc0 && code <= 0xde) || (code >= 0x391 && code <= 0x3a9) ||
	    (code >= 0x410 && code <= 0x42f))
		return code + 32;
	if (code >= 0x400 && code <= 0x40f)
		return code + 80;
	if ((code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17e))
		return code + (code & 1);
	if ((code >= 0x100 && code <= 0x177) || (code >= 0x460 && code <= 0x52f) ||
	    (code >= 0x1e00 && code <= 0x1eff))
		return code | 1;
	return code;
}

/* Up to and with `to`; from the end of the one before. */
static const struct {
	uint32_t to;
	enum script script;
} scripts[] = {
	{ 0x40, SCRIPT_NONE }, { 0x5a, SCRIPT_LATIN }, { 0x60, SCRIPT_NONE },
	{ 0x7a, SCRIPT_LATIN }, { 0xbf, SCRIPT_NONE }, { 0x2ff, SCRIPT_LATIN },
	{ 0x36f, SCRIPT_NONE }, { 0x3ff, SCRIPT_GREEK }, { 0x52f, SCRIPT_CYRILLIC },
	{ 0x58f, SCRIPT_ARMENIAN }, { 0x5ff, SCRIPT_HEBREW }, { 0x8ff, SCRIPT_ARABIC },
	{ 0xdff, SCRIPT_INDIC }, { 0xeff, SCRIPT_THAI }, { 0x109f, SCRIPT_OTHER },
	{ 0x10ff, SCRIPT_GEORGIAN }, { 0x11ff, SCRIPT_HANGUL }, { 0x1dff, SCRIPT_OTHER },
	{ 0x1eff, SCRIPT_LATIN }, { 0x1fff, SCRIPT_GREEK }, { 0x2dff, SCRIPT_NONE },
	{ 0x303f, SCRIPT_NONE }, { 0x30ff, SCRIPT_KANA }, { 0x312f, SCRIPT_OTHER },
	{ 0x318f, SCRIPT_HANGUL }, { 0x33ff, SCRIPT_OTHER }, { 0x9fff, SCRIPT_HAN },
	{ 0xabff, SCRIPT_OTHER }, { 0xd7ff, SCRIPT_HANGUL }, { 0xf8ff, SCRIPT_NONE },
	{ 0xfaff, SCRIPT_HAN }, { 0x1efff, SCRIPT_OTHER }, { 0x1ffff, SCRIPT_NONE },
	{ 0x3ffff, SCRIPT_HAN },
};

enum script
letter_script(uint32_t code)
{
	for (size_t i = 0; i < LENGTH(scripts); i++)
		if (code <= scripts[i].to)
			return scripts[i].script;
	return SCRIPT_NONE;
}

/* Latin letters with accents, up to and with `to`; those in between are of one base. */
static const struct {
	uint32_t to;
	char base;
} accented[] = {
	{ 0x105, 'a' }, { 0x10d, 'c' }, { 0x111, 'd' }, { 0x11b, 'e' }, { 0x123, 'g' },
	{ 0x127, 'h' }, { 0x133, 'i' }, { 0x135, 'j' }, { 0x138, 'k' }, { 0x142, 'l' },
	{ 0x14b, 'n' }, { 0x153, 'o' }, { 0x159, 'r' }, { 0x161, 's' }, { 0x167, 't' },
	{ 0x173, 'u' }, { 0x175, 'w' }, { 0x178, 'y' }, { 0x17e, 'z' }, { 0x17f, 's' },
	{ 0x1e9f, 0 }, { 0x1eb7, 'a' }, { 0x1ec7, 'e' }, { 0x1ecb, 'i' }, { 0x1ee3, 'o' },
	{ 0x1ef1, 'u' }, { 0x1ef9, 'y' },
};

/* From U+00DF. */
static const char *const latin1[] = {
	"ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",
};

/* From U+0430; after BGN/PCGN (1947), soft and hard signs silent. */
static const char *const cyrillic[] = {
	"a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
	"e", "e", "dj", "g", "ye", "dz", "i", "yi", "j", "lj", "nj", "c", "k", "i", "u", "dz",
};

/* From U+03B1. */
static const char *const greek[] = {
	"a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p",
	"r", "s", "s", "t", "y", "f", "ch", "ps", "o",
};

static size_t
put(char out[ROMAN_MAX], const char *spelling)
{
	size_t n = strlen(spelling);

	memcpy(out, spelling, n);
	return n;
}

static size_t
put_accented(char out[ROMAN_MAX], uint32_t code)
{
	for (size_t i = 0; i < LENGTH(accented); i++)
		if (code <= accented[i].to) {
			out[0] = accented[i].base;
			return accented[i].base != 0;
		}
	return 0;
}

size_t
letter_roman(uint32_t lower, char out[ROMAN_MAX])
{
	if (lower < 0x80) {
		out[0] = (char)lower;
		return 1;
	}
	if (lower >= 0xdf && lower < 0xdf + LENGTH(latin1))
		return put(out, latin1[lower - 0xdf]);
	if (lower >= 0x100 && lower < 0x1f00)
		if (lower < 0x180 || lower >= 0x1e00)
			return put_accented(out, lower);
	if (lower >= 0x430 && lower < 0x430 + LENGTH(cyrillic))
		return put(out, cyrillic[lower - 0x430]);
	if (lower >= 0x3b1 && lower < 0x3b1 + LENGTH(greek))
		return put(out, greek[lower - 0x3b1]);
	return 0;
}
