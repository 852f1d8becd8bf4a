#include "config.h"

#include "text/letters.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

enum { BASIC_PLANE = 0x10000 };

static unsigned char kinds[BASIC_PLANE];	/* asking ICU takes ten times as long */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool
is_dense(UChar32 code)
{
	switch (u_getIntPropertyValue(code, UCHAR_SCRIPT)) {
	case USCRIPT_HAN:
	case USCRIPT_HIRAGANA:
	case USCRIPT_KATAKANA:
	case USCRIPT_KATAKANA_OR_HIRAGANA:
	case USCRIPT_BOPOMOFO:
	case USCRIPT_HANGUL:
	case USCRIPT_THAI:
	case USCRIPT_LAO:
	case USCRIPT_KHMER:
	case USCRIPT_MYANMAR:
	case USCRIPT_TIBETAN:
	case USCRIPT_YI:
		return true;
	default:
		return false;
	}
}

static enum letter
letter_of_type(UChar32 code)
{
	uint32_t type = U_GET_GC_MASK(code);

	if ((type & U_GC_M_MASK) != 0)
		return LETTER_MARK;
	if (type == U_GC_LM_MASK && u_getIntPropertyValue(code, UCHAR_SCRIPT) == USCRIPT_COMMON)
		return LETTER_MARK;	/* the stroke that makes a Japanese vowel long */
	if ((type & (U_GC_L_MASK | U_GC_ND_MASK | U_GC_NL_MASK)) != 0)
		return is_dense(code) ? LETTER_DENSE : LETTER_SPACED;
	if (type == U_GC_PC_MASK)	/* '_' in another width: of the name it stands in */
		return LETTER_SPACED;
	return (type & (U_GC_P_MASK | U_GC_Z_MASK | U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK)) != 0 ?
	       LETTER_NONE : LETTER_SIGN;
}

static enum letter
look_up(uint32_t code)
{
	if (code > UCHAR_MAX_VALUE ||
	    u_hasBinaryProperty((UChar32)code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
		return LETTER_NONE;
	return letter_of_type((UChar32)code);
}

static void
fill_table(void)
{
	for (uint32_t code = 0; code < BASIC_PLANE; code++)
		kinds[code] = (unsigned char)look_up(code);
}

enum letter
letter_of(uint32_t code)
{
	if (code < 0x80)
		return byte_is_alpha((char)code) || byte_is_digit((char)code) ? LETTER_SPACED :
		       LETTER_NONE;
	if (code >= BASIC_PLANE)
		return look_up(code);
	(void)pthread_once(&once, fill_table);
	return (enum letter)kinds[code];
}

bool
letters_part(enum letter before, enum letter after)
{
	if (after == LETTER_NONE || after == LETTER_SIGN)
		return true;
	return after != LETTER_MARK && before != LETTER_MARK && before != after;
}

static enum letter
letter_at(struct claque_str s, size_t at, char also, size_t *used)
{
	*used = 1;
	if (at >= s.len)
		return LETTER_NONE;
	if ((unsigned char)s.p[at] >= 0x80)
		return letter_of(utf8_next(str_sub(s, at, s.len), used));
	return s.p[at] == also ? LETTER_SPACED : letter_of((unsigned char)s.p[at]);
}

size_t
letters_end(struct claque_str s, size_t at, char also)
{
	size_t used;
	enum letter kind = letter_at(s, at, also, &used), next;

	while (kind != LETTER_NONE) {
		at += used;
		next = letter_at(s, at, also, &used);
		if (letters_part(kind, next))
			break;
		kind = next == LETTER_MARK ? kind : next;
	}
	return at;
}

bool
letters_word(struct claque_str s, size_t from, char also, size_t *at, size_t *end)
{
	size_t used;

	*at = from;
	while (*at < s.len && letter_at(s, *at, also, &used) == LETTER_NONE)
		*at += used;
	*end = letters_end(s, *at, also);
	return *at < s.len;
}
