/*
 * pattern.h - regular expressions over posts and names, by PCRE2 with its JIT.
 *
 * UTF-8 with invalid bytes allowed (PCRE2_MATCH_INVALID_UTF), case-blind unless
 * the pattern says (?-i). A match stops at a stated number of steps, so that no
 * pattern can hang the screen; such a text counts as not matching.
 */
#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H

#include "base/str.h"

struct pattern;

/* EINPUT says what is wrong and where. */
CLAQUE_CHECKED enum claque_rc pattern_new(struct pattern **out, struct claque_str source,
					  struct claque_err *err);
/* The same, and *at is told: the byte at which PCRE2 gave up, 0 at the first. */
CLAQUE_CHECKED enum claque_rc pattern_new_at(struct pattern **out, struct claque_str source,
					     size_t *at, struct claque_err *err);
/*
 * What an analyst typed, told apart by case where it holds a capital letter of its
 * own: with "(?-i)" before it then. \W, \p{Lu} and (?P<Name> have
 * none; what begins with a (*VERB) has said for itself what it wants.
 */
struct claque_str pattern_smart(struct arena *perm, struct claque_str source);
void pattern_free(struct pattern *p);	/* takes NULL */
/* First match at or after byte `from`; *at and *len (both may be NULL) tell where. */
bool pattern_find(const struct pattern *p, struct claque_str text, size_t from,
		  size_t *at, size_t *len);

enum pattern_answer { PATTERN_NO, PATTERN_YES, PATTERN_GAVE_UP };

/* Is it anywhere in the text; or was the limit of steps reached before that was known? */
enum pattern_answer pattern_ask(const struct pattern *p, struct claque_str text);

#endif
