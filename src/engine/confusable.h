/* confusable.h - letters that pass for others, folded to the ones they pass for. */
#ifndef ENGINE_CONFUSABLE_H
#define ENGINE_CONFUSABLE_H

#include "base/edit.h"

/*
 * The skeleton of a word (Unicode UTS #39, section 4): two words with one
 * skeleton look alike. In place; a skeleton is its own skeleton.
 */
void confusable_fold(struct word *w);

#endif
