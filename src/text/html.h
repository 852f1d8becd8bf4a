/*
 * html.h - what a reader of a post written in HTML reads (Mastodon, Telegram's
 * web export): tags are gone, paragraphs and <br> are line ends, entities are
 * their characters. No parser of pages: an unknown entity stays as written, and
 * a "<" that opens no tag is text.
 */
#ifndef TEXT_HTML_H
#define TEXT_HTML_H

#include "base/str.h"

/* At most as long as html. */
struct claque_str html_text(struct arena *perm, struct claque_str html);
/* Text without tags in which "&" is "&amp;": a "<" is itself, nothing is trimmed. */
struct claque_str html_unescape(struct arena *perm, struct claque_str text);

/*
 * The next place that a link of the post leads to, in perm; false at the end. *at starts
 * at 0. Links of class "mention" or "hashtag" are the platform's own and are left out.
 */
bool html_next_link(struct arena *perm, struct claque_str html, size_t *at,
		    struct claque_str *out);

#endif
