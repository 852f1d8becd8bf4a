/*
 * csvcell.h - one cell of a CSV file (RFC 4180): what is quoted, and how.
 */
#ifndef TEXT_CSVCELL_H
#define TEXT_CSVCELL_H

#include "base/buf.h"

/* The cell, in quotes where it holds a comma, a quote or a line end. */
void csvcell_add(struct buf *out, struct claque_str s);
/* Only what stands between the quotes: each quote of s twice. */
void csvcell_add_inner(struct buf *out, struct claque_str s);

#endif
