/*
 * normal.h - what a post says, whichever way it was written: two posts whose
 * normal texts are equal say the same to a reader.
 *
 * Letters as Unicode's NFKC_Casefold has them (UAX #15 and The Unicode Standard
 * 3.13): full-width, bold and other costumes of a letter are the letter, capitals
 * are small. Gone are what cannot be seen (controls, default ignorable code points,
 * bytes that are no UTF-8), links, @names, who it was got from ("RT @x:", "via @x")
 * and the ellipsis where a collector cut the text. White space is one blank.
 *
 * Not for keys that are stored (text/fingerprint.h) nor for peers, whose words are
 * cut exactly as they cut them (text/words.h). Letters of another alphabet that look
 * alike stay apart: claque/skeleton.h is for that.
 */
#ifndef TEXT_NORMAL_H
#define TEXT_NORMAL_H

#include "base/str.h"

struct normal {
	struct claque_str text;	/* UTF-8, no blank at either end; "" where nothing is left */
	bool cut;		/* it ended in an ellipsis: more may have stood there */
};

/*
 * Any bytes of any length, in time that grows with the length: of marks stacked on
 * one letter the first 30 count (the limit of UAX #15's stream-safe text). Takes at
 * most 40 bytes of perm for each byte of text, and 3 of a text that is easy. The
 * first call makes a table, once a process, whichever thread comes.
 */
struct normal text_normal(struct arena *perm, struct claque_str text);
/*
 * The letters alone, nothing taken out: NFKC_Casefold of a word, by which two names are one
 * however they are written. At most max bytes into out; returns how many, or FOLD_OVER.
 */
enum { FOLD_WORD_MAX = 240 };
#define FOLD_OVER SIZE_MAX
size_t text_fold_word(struct claque_str word, char *out, size_t max);

#endif
