/*
 * page_text.h - data inside HTML: no element, no attribute, no link, nothing hidden.
 */
#ifndef EXPORT_PAGE_TEXT_H
#define EXPORT_PAGE_TEXT_H

#include "base/buf.h"

/*
 * One line in an element of its own that keeps its direction to itself. What could hide,
 * reorder or join text is spelled out and marked; addresses are defanged; a long text is cut
 * and says so. `scratch` needs some 120 times the text.
 */
void page_text(struct buf *out, struct arena scratch, struct claque_str s);
/* The same with addresses as they are: paths and commands, which somebody will type. */
void page_exact(struct buf *out, struct arena scratch, struct claque_str s);
/* As page_text(), to stand inside an element that the caller made for it. */
void page_inline(struct buf *out, struct arena scratch, struct claque_str s);
/* Escaped and spelled out, without any element: for a text inside a picture. */
void page_plain(struct buf *out, struct arena scratch, struct claque_str s);
/* Two cells of a table: what went and what came are marked, words that both have are not. */
void page_diff(struct buf *out, struct arena scratch, struct claque_str before,
	       struct claque_str after);

#endif
