/*
 * str.h - counted strings: text that came from outside may hold NUL bytes.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "claque/types.h"

#include "base/arena.h"

#define STR(literal)  ((struct claque_str){ "" literal, sizeof(literal) - 1 })
#define STR_FMT       "%.*s"
#define STR_ARG(s)    (int)(s).len, (s).p != NULL ? (s).p : ""

/* A view of a terminated string; NULL gives the empty view. */
static inline struct claque_str
str_of(const char *z)
{
	return (struct claque_str){ z, z != NULL ? strlen(z) : 0 };
}

static inline bool
str_eq(struct claque_str a, struct claque_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

/* Byte order, shorter first on a tie: the order of every listing. */
static inline int
str_cmp(struct claque_str a, struct claque_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int d = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return d != 0 ? d : (a.len > b.len) - (a.len < b.len);
}

static inline bool
str_starts(struct claque_str s, struct claque_str prefix)
{
	return s.len >= prefix.len && str_eq((struct claque_str){ s.p, prefix.len }, prefix);
}

/* Bytes from..from+len, cut to what is there. */
static inline struct claque_str
str_sub(struct claque_str s, size_t from, size_t len)
{
	if (from > s.len)
		from = s.len;
	if (len > s.len - from)
		len = s.len - from;
	return (struct claque_str){ from > 0 ? s.p + from : s.p, len };
}

/* With something in front of it: a name, not the ending alone. */
static inline bool
str_ends(struct claque_str s, struct claque_str ending)
{
	return s.len > ending.len &&
	       str_eq(str_sub(s, s.len - ending.len, ending.len), ending);
}

/* At most so many of its first bytes, no UTF-8 character halved: half of one looks like an attack. */
struct claque_str str_head(struct claque_str s, size_t len);
/* A terminated copy in perm. */
static inline struct claque_str
str_dup(struct arena *perm, struct claque_str s)
{
	char *p = ARENA_NEW(perm, char, s.len + 1);

	if (s.len > 0)
		memcpy(p, s.p, s.len);
	return (struct claque_str){ p, s.len };
}

/* For the border to C libraries; an embedded NUL ends it early. */
static inline const char *
str_z(struct arena *perm, struct claque_str s)
{
	return str_dup(perm, s).p;
}

/* Without leading and trailing ASCII white space. */
struct claque_str str_trim(struct claque_str s);
/* ASCII case-blind equality. */
bool str_eq_nocase(struct claque_str a, struct claque_str b);
/* ASCII lower-case copy. */
struct claque_str str_lower(struct arena *perm, struct claque_str s);
/* Index of the needle at or after from, or s.len. */
size_t str_find(struct claque_str s, struct claque_str needle, size_t from);
/* Takes the piece up to the next `sep` off *rest; false once nothing is left. */
bool str_cut(struct claque_str *rest, char sep, struct claque_str *piece);
/* printf into perm. */
struct claque_str str_fmt(struct arena *perm, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* A whole decimal number, optional sign, nothing else; false otherwise. */
bool str_to_i64(struct claque_str s, int64_t *out);
/*
 * A decimal number with optional fraction and exponent, with a point: by strtod(),
 * so only while nobody sets LC_NUMERIC, which claque never does.
 */
bool str_to_double(struct claque_str s, double *out);

/* Byte classes: ctype.h asks the locale, which data must not depend on. */
static inline bool byte_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool byte_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool byte_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool byte_is_alpha(char c) { return (c >= 'a' && c <= 'z') || byte_is_upper(c); }
static inline char byte_lower(char c) { return byte_is_upper(c) ? (char)(c + ('a' - 'A')) : c; }
/* 0 to 15, or -1. */
static inline int
byte_hex(char c)
{
	if (byte_is_digit(c))
		return c - '0';
	c = byte_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
