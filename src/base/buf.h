/*
 * buf.h - a growing byte buffer with a stated maximum.
 *
 * Why a maximum: a buffer fed by foreign bytes that may grow without end is a
 * way to take the machine down. Past it, bytes are dropped and `over` stays
 * set, so a chain of appends is checked once, at the end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
	char *p;
	size_t len, cap, max;
	bool over;		/* something did not fit */
};

/* max: bytes it may hold, at least 1. Nothing is allocated until it is used. */
void buf_init(struct buf *b, size_t max);
void buf_done(struct buf *b);
void buf_clear(struct buf *b);
void buf_add(struct buf *b, struct claque_str s);
void buf_addz(struct buf *b, const char *z);
void buf_addc(struct buf *b, char c);
/* As a shell takes it literally: in single quotes, each of its own as '\''. */
void buf_add_quoted(struct buf *b, struct claque_str word);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Good until the next change. */
static inline struct claque_str
buf_str(const struct buf *b)
{
	return (struct claque_str){ b->p, b->len };
}

#endif
