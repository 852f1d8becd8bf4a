/*
 * langmap.h - keyboards whose letters are not Latin: which Latin key is at the
 * same place. For people who would have to change the layout for every `j`.
 */
#ifndef TUI_LANGMAP_H
#define TUI_LANGMAP_H

#include "base/str.h"

/* In the order of the tables; the first is none. */
#define LANGMAP_NAMES "none ru uk el he ar"
enum { LANGMAP_COUNT = 6 };

/*
 * The character that the same key sends on a US keyboard; the key itself where the
 * map (0..LANGMAP_COUNT-1) does not know it, and for all of ASCII.
 */
uint32_t langmap_key(int map, uint32_t key);
/* A text typed on that keyboard, as the US one would have it. */
struct claque_str langmap_text(struct arena *perm, int map, struct claque_str text);

#endif
