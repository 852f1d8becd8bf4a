/*
 * match.h - claque_match(pattern, text): PCRE2 as an SQL function;
 * claque_trick(id, text): does a text carry a trick (text/trick.h)?
 * claque_fuzzy(typed, name, ...): are the letters in one of them (text/fuzzy.h)?
 * claque_badge(text, ...): the word for the worst of them.
 */
#ifndef STORE_MATCH_H
#define STORE_MATCH_H

#include "store/store.h"

CLAQUE_CHECKED enum claque_rc match_register(struct store *s, struct claque_err *err);

#endif
