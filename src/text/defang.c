/*
 * defang.c - links as reports print them, so that nobody clicks on them by
 * accident, and back.
 */
#include "config.h"

#include "text/url.h"

/* As found in published indicator lists, longest first. */
static const struct {
	const char *written, *meant;
} marks[] = {
	{ "hxxps", "https" }, { "hxxp", "http" }, { "[://]", "://" }, { "[dot]", "." },
	{ "(dot)", "." }, { "{dot}", "." }, { "[at]", "@" }, { "(at)", "@" }, { "[.]", "." },
	{ "(.)", "." }, { "{.}", "." }, { "[:]", ":" }, { "[@]", "@" },
};

enum { MARKS = sizeof(marks) / sizeof(marks[0]) };

/* hxxp is a scheme at the start only: elsewhere it may be part of a name. */
static size_t
mark_at(struct claque_str s, size_t at)
{
	for (size_t i = 0; i < MARKS; i++) {
		struct claque_str written = str_of(marks[i].written);

		if ((at == 0 || written.p[0] != 'h') &&
		    str_eq_nocase(str_sub(s, at, written.len), written))
			return i;
	}
	return MARKS;
}

struct claque_str
url_refang(struct arena *perm, struct claque_str s)
{
	char *p;
	size_t len = 0;

	s = str_trim(s);
	p = ARENA_NEW(perm, char, s.len + 1);	/* no mark means more than it is */
	for (size_t i = 0; i < s.len;) {
		char c = byte_lower(s.p[i]);
		size_t mark = c == '[' || c == '(' || c == '{' || c == 'h' ? mark_at(s, i) : MARKS;

		if (mark == MARKS) {
			p[len++] = s.p[i++];
			continue;
		}
		memcpy(p + len, marks[mark].meant, strlen(marks[mark].meant));
		len += strlen(marks[mark].meant);
		i += strlen(marks[mark].written);
	}
	return str_trim((struct claque_str){ p, len });
}

struct claque_str
url_defang(struct arena *perm, struct claque_str s)
{
	char *p = ARENA_NEW(perm, char, s.len * 3 + 1);
	size_t from = str_find(s, STR("://"), 0), end, len = 0;

	from = from == s.len ? 0 : from + 3;
	for (end = from; end < s.len && strchr("/\\?#", s.p[end]) == NULL; end++)
		;
	for (size_t i = 0; i < s.len; i++) {
		bool in_host = i >= from && i < end && s.p[i] == '.';

		memcpy(p + len, in_host ? "[.]" : s.p + i, in_host ? 3 : 1);
		len += in_host ? 3 : 1;
	}
	return (struct claque_str){ p, len };
}
