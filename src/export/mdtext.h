/*
 * mdtext.h - data inside Markdown: no markup, no link that works, nothing
 * hidden.
 */
#ifndef EXPORT_MDTEXT_H
#define EXPORT_MDTEXT_H

#include "base/buf.h"

/*
 * One line: line ends become visible marks. Safe at a line's start, in a table
 * cell and in a heading. URLs, domains and addresses are defanged:
 * hxxps://news[.]example. `scratch` needs some 30 times the text.
 */
void mdtext_line(struct buf *out, struct arena scratch, struct claque_str s);
/*
 * A command or path as it is, to be copied: a code span, in which nothing is markup and
 * no address a link. cell: inside a table, where a | has to be escaped even there.
 */
void mdtext_code(struct buf *out, struct arena scratch, struct claque_str s, bool cell);
/* Several lines, each quoted with "> ". */
void mdtext_quote(struct buf *out, struct arena scratch, struct claque_str s);

#endif
