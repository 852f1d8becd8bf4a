/*
 * letters.h - which characters words are made of, for whoever looks for names in a text.
 *
 * Letters, their marks and digits of all alphabets are; punctuation, blanks and what cannot
 * be seen part words. A sign (an emoji, an arrow, a small raised number) is a word of its own.
 * So is, next to another script, a run of one that is written without blanks or ties its
 * endings to foreign words (Chinese, Japanese, Korean, Thai and their like): in "alice14さん"
 * stands alice14. Where a word ends depends on its two neighbours only, so that a name falls
 * into the same words wherever it stands.
 */
#ifndef TEXT_LETTERS_H
#define TEXT_LETTERS_H

#include "base/str.h"

enum letter {
	LETTER_NONE,		/* parts words */
	LETTER_SPACED,		/* of a script that parts its words by blanks */
	LETTER_DENSE,		/* of one that does not */
	LETTER_MARK,		/* belongs to what is before it */
	LETTER_SIGN
};

enum letter letter_of(uint32_t code);	/* UTF8_BAD, as all that is no character, parts words */
/* Does a word end between the two? before: of the last that was no mark, of a word. */
bool letters_part(enum letter before, enum letter after);
/* Where the word that begins at `at` ends, or `at`. also: a byte of ASCII that is a letter, too. */
size_t letters_end(struct claque_str s, size_t at, char also);
/* The first word at or after `from`; false if there is none, and then *at is s.len. */
bool letters_word(struct claque_str s, size_t from, char also, size_t *at, size_t *end);

#endif
