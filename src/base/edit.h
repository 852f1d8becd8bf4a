/*
 * edit.h - how many slips of the pen lie between two words: Damerau (1964)
 * and Levenshtein (1966), in the restricted form that edits no place twice.
 */
#ifndef BASE_EDIT_H
#define BASE_EDIT_H

#include <stddef.h>
#include <stdint.h>

enum { WORD_MAX = 64 };

/* Code points of a word, cut to WORD_MAX. */
struct word {
	uint32_t code[WORD_MAX];
	uint8_t len;
};

/* Insertions, deletions, substitutions and swaps of neighbours. Symmetric. */
unsigned edit_distance(const struct word *a, const struct word *b);

/* 1 - distance / longer length; 1 for two empty words. */
double edit_similarity(const struct word *a, const struct word *b);

#endif
