#include "config.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void
buf_done(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ .max = b->max };
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	b->over = false;
}

void
buf_add(struct buf *b, struct claque_str s)
{
	if (s.len > b->max - b->len) {
		b->over = true;
		s.len = b->max - b->len;
	}
	if (s.len == 0)
		return;
	GROW(b->p, b->cap, b->len + s.len);
	memcpy(b->p + b->len, s.p, s.len);
	b->len += s.len;
}

void
buf_addz(struct buf *b, const char *z)
{
	buf_add(b, str_of(z));
}

void
buf_add_quoted(struct buf *b, struct claque_str word)
{
	buf_addc(b, '\'');
	for (size_t i = 0; i < word.len; i++)
		if (word.p[i] == '\'')
			buf_addz(b, "'\\''");
		else
			buf_addc(b, word.p[i]);
	buf_addc(b, '\'');
}

void
buf_addc(struct buf *b, char c)
{
	buf_add(b, (struct claque_str){ &c, 1 });
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n > 0 && (size_t)n <= b->max - b->len) {
		GROW(b->p, b->cap, b->len + (size_t)n + 1);
		(void)vsnprintf(b->p + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	} else if (n > 0) {
		b->over = true;
	}
	va_end(again);
}
