/*
 * forget_names.h - names of who is forgotten, found in texts and taken out of them.
 *
 * A name is a run of words (text/letters.h, and '_') and what parts them. One that nothing
 * else is (two words, a word with '_' or of letters and digits, eight digits) is taken out
 * wherever it stands as whole words, however its letters are written (NFKC_Casefold). A
 * plain word or a shorter number is somebody's name behind '@' or '/' only, or where it is
 * all of a text: "anna" is a word, too.
 */
#ifndef STORE_FORGET_NAMES_H
#define STORE_FORGET_NAMES_H

#include "base/buf.h"

#define FORGOTTEN_TEXT "[forgotten]"

struct forget_names;

struct forget_names *forget_names_new(void);
void forget_names_free(struct forget_names *names);	/* takes NULL */
/* One of nothing but blanks and signs is not added. */
void forget_names_add(struct forget_names *names, struct claque_str name);
/* Appends s without them; how many were taken out. */
size_t forget_names_take_out(const struct forget_names *names, struct claque_str s,
			     struct buf *out);
bool forget_names_occur(const struct forget_names *names, struct claque_str s);

#endif
