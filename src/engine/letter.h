/*
 * letter.h - what is a letter, its lower case, and how it is spelt in ASCII,
 * for comparing words, names and hosts.
 *
 * No library does this here, because libclaque must be embeddable anywhere, and
 * locale functions would make results depend on the machine. The tables know
 * what files of posts hold: Latin with accents, Cyrillic, Greek in full; other
 * scripts are letters that only equal themselves.
 */
#ifndef ENGINE_LETTER_H
#define ENGINE_LETTER_H

#include "base/utf8.h"

/* A letter or a digit, of any script. */
bool letter_is(uint32_t code);
/* Of a script that writes without spaces: each is a word of its own. */
bool letter_alone(uint32_t code);
/* Lower case of the alphabets that have one and a simple rule. */
uint32_t letter_lower(uint32_t code);

enum script {
	SCRIPT_NONE,	/* digits and what is no letter */
	SCRIPT_LATIN, SCRIPT_GREEK, SCRIPT_CYRILLIC, SCRIPT_ARMENIAN, SCRIPT_HEBREW,
	SCRIPT_ARABIC, SCRIPT_INDIC, SCRIPT_THAI, SCRIPT_GEORGIAN, SCRIPT_HANGUL,
	SCRIPT_KANA, SCRIPT_HAN, SCRIPT_OTHER, SCRIPT_COUNT
};

enum script letter_script(uint32_t code);

enum { ROMAN_MAX = 4 };

/*
 * The ASCII spelling of a lower-case Latin, Cyrillic or Greek letter ("e" of
 * U+00E9, "ss" of U+00DF, "zh" of U+0436): how people turn their name into a
 * handle. Returns its length; 0 for a letter of another script.
 */
size_t letter_roman(uint32_t lower, char out[ROMAN_MAX]);

#endif
