/*
 * xml.h - text as XML 1.0 can say it.
 */
#ifndef EXPORT_XML_H
#define EXPORT_XML_H

#include "base/buf.h"

/* XML has no way to write most control characters, nor U+FFFE and U+FFFF. */
bool xml_is_legal(uint32_t code);
/* The text with each illegal character as U+FFFD; s itself where there is none. */
struct claque_str xml_clean(struct arena *perm, struct claque_str s);
/* A text or an attribute's value between double quotes; cleaned. */
void xml_add(struct buf *out, struct claque_str s);

#endif
