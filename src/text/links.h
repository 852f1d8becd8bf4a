/*
 * links.h - the links in running text, where a source does not list them.
 */
#ifndef TEXT_LINKS_H
#define TEXT_LINKS_H

#include "base/str.h"

/*
 * The next address with http:// or https:// in text, a view; false at the end.
 * *at starts at 0. What closes a sentence, a bracket or Markdown's [a](b) is not
 * of the link; a bracket that opens inside it is.
 */
bool links_next(struct claque_str text, size_t *at, struct claque_str *out);

#endif
