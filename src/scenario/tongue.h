/*
 * tongue.h - the languages of varied worlds: words and names that nobody
 * bears, in several scripts.
 *
 * Words of all but English are put together from syllables of the language's
 * look: a detector has to cope with the script, nobody has to understand it.
 * The word of an index is always the same, so that a vocabulary of any size
 * needs no memory.
 */
#ifndef SCENARIO_TONGUE_H
#define SCENARIO_TONGUE_H

#include "base/arena.h"
#include "base/str.h"

enum tongue { TONGUE_ENGLISH, TONGUE_SPANISH, TONGUE_CZECH, TONGUE_CYRILLIC, TONGUE_HAN,
	      TONGUE_COUNT };

/* "english", as scenario files write it. */
const char *tongue_called(enum tongue t);
/* As in the column lang. */
const char *tongue_code(enum tongue t);
/* False where words stand without spaces. */
bool tongue_spaced(enum tongue t);
/* A short word that holds sentences together; any index. */
const char *tongue_function_word(enum tongue t, uint64_t index);
/* One word of 2 or 3 syllables; latin: in ASCII letters, as handles need it. */
struct claque_str tongue_word(enum tongue t, uint64_t index, bool latin, struct arena *perm);
/* "Given Family", or the other way round where that is usual; two words in any case. */
struct claque_str tongue_name(enum tongue t, uint64_t seed, bool latin, struct arena *perm);

#endif
