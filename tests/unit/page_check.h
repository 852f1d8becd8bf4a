/*
 * page_check.h - an HTML page of ours, tag by tag: no element and no attribute in it may
 * come from data, so every name and every value is one that we know.
 */
#ifndef TESTS_UNIT_PAGE_CHECK_H
#define TESTS_UNIT_PAGE_CHECK_H

#include "test.h"

#include "base/buf.h"

/* Names and values that a page may have in its tags: all of them are ours. */
static inline bool
is_one_of(struct claque_str s, const char *words)
{
	struct claque_str rest = str_of(words), one;

	while (str_cut(&rest, ' ', &one))
		if (str_eq(s, one))
			return true;
	return false;
}

static inline bool
is_plain_value(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!byte_is_alpha(s.p[i]) && !byte_is_digit(s.p[i]) &&
		    memchr(" #-.:;,'=/+", s.p[i], 11) == NULL)
			return false;
	return true;
}

/* name="value" by name="value"; href leads inside the page. */
static inline void
check_attributes(struct claque_str s)
{
	while ((s = str_trim(s)).len > 0) {
		size_t equals = str_find(s, STR("=\""), 0), end = str_find(s, STR("\""), equals + 2);
		struct claque_str name = str_sub(s, 0, equals);
		struct claque_str value = str_sub(s, equals + 2, end - equals - 2);

		if (end >= s.len || !is_plain_value(value) ||
		    !is_one_of(name, "lang charset http-equiv content name class id href scope role "
			       "aria-label viewBox x y x1 y1 x2 y2 width height d cx cy r "
			       "fill-opacity text-anchor") ||
		    (str_eq(name, STR("href")) && !str_starts(value, STR("#"))))
			fail_msg("attribute " STR_FMT, STR_ARG(str_sub(s, 0, 60)));
		s = str_sub(s, end + 1, s.len);
	}
}

/* One tag, without its brackets; open is the stack of names, each with a '/' behind. */
static inline void
check_tag(struct buf *open, struct claque_str tag)
{
	bool closes = str_starts(tag, STR("/")), empty = tag.len > 0 && tag.p[tag.len - 1] == '/';
	size_t blank = str_find(tag, STR(" "), 0);
	struct claque_str name = str_sub(tag, closes, blank - closes), top;

	if (!is_one_of(name, "html head meta title style body main nav section article h1 h2 h3 h4 p a "
		       "ol ul li dl dt dd div table thead tbody tr th td bdi span em strong code pre "
		       "br del ins figure figcaption svg line rect circle path text"))
		fail_msg("element " STR_FMT, STR_ARG(str_sub(tag, 0, 60)));
	if (!closes) {
		check_attributes(str_sub(tag, blank, tag.len - blank - empty));
		if (!empty && !is_one_of(name, "meta br"))
			buf_addf(open, "/" STR_FMT, STR_ARG(name));
		return;
	}
	top = str_sub(buf_str(open), open->len < name.len ? 0 : open->len - name.len, name.len);
	if (!str_eq(top, name) || open->p[open->len - name.len - 1] != '/')
		fail_msg("</" STR_FMT "> closes " STR_FMT, STR_ARG(name), STR_ARG(buf_str(open)));
	open->len -= name.len + 1;
}

/* Returns how many tags it has; fails the test where one is not ours or not closed. */
static inline size_t
check_page(struct claque_str page)
{
	struct claque_str doctype = STR("<!DOCTYPE html>\n");
	struct buf open;
	size_t tags = 0;

	assert_true(str_starts(page, doctype));
	buf_init(&open, 1 << 10);
	for (size_t at = str_find(page, STR("<"), doctype.len); at < page.len; tags++) {
		size_t end = str_find(page, STR(">"), at);

		check_tag(&open, str_sub(page, at + 1, end - at - 1));
		at = str_find(page, STR("<"), end);
	}
	assert_int_equal(open.len, 0);
	buf_done(&open);
	return tags;
}

#endif
