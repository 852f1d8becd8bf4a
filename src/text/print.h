/*
 * print.h - the words of a text as they are compared: equal for texts that say the same
 * in the same words, and in pieces, so that texts can be told nearly equal.
 */
#ifndef TEXT_PRINT_H
#define TEXT_PRINT_H

#include "base/str.h"

/* Of one text; what is longer is compared by its beginning. */
enum { TEXT_PRINT_WORDS = 256 };

struct text_print {
	uint64_t whole;		/* hash of the normal text (text/normal.h) */
	/* Hashes of its words in their order, letters and digits only; a character of a
	   script that writes without spaces is a word. */
	uint32_t words[TEXT_PRINT_WORDS];
	size_t count;
	/* What it says in words that are no hashtags, in halves: 2 a word, 1 such a
	   character, which is about half a word. */
	unsigned said;
	uint64_t numbers;	/* of its numbers, in any order: other numbers, other news */
};

/* What prints depend on besides the text: another number, other prints. */
uint64_t text_print_rules(void);
/* Takes 40 bytes of scratch for each byte of text. */
void text_print(struct arena scratch, struct claque_str text, struct text_print *out);

#endif
