#include "config.h"

#include "text/csvcell.h"

static bool
needs_quotes(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return true;
	return false;
}

void
csvcell_add_inner(struct buf *out, struct claque_str s)
{
	for (size_t at = str_find(s, STR("\""), 0); at < s.len; at = str_find(s, STR("\""), 0)) {
		buf_add(out, str_sub(s, 0, at + 1));
		buf_addc(out, '"');
		s = str_sub(s, at + 1, s.len);
	}
	buf_add(out, s);
}

void
csvcell_add(struct buf *out, struct claque_str s)
{
	if (!needs_quotes(s)) {
		buf_add(out, s);
		return;
	}
	buf_addc(out, '"');
	csvcell_add_inner(out, s);
	buf_addc(out, '"');
}
