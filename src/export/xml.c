#include "config.h"

#include "export/xml.h"

#include "base/utf8.h"

static const struct claque_str replacement = { "\xef\xbf\xbd", 3 };

bool
xml_is_legal(uint32_t code)
{
	return code != UTF8_BAD && (code >= 0x20 || code == '\t' || code == '\n' || code == '\r') &&
	       code != 0xfffe && code != 0xffff;
}

/* White space as references: a parser turns bare ones in attributes into spaces. */
static const char *
reference(uint32_t code)
{
	switch (code) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&apos;";
	case '\t': return "&#9;";
	case '\n': return "&#10;";
	case '\r': return "&#13;";
	default: return NULL;
	}
}

static bool
is_clean(struct claque_str s)
{
	size_t used;

	for (; s.len > 0; s = str_sub(s, used, s.len))
		if (!xml_is_legal(utf8_next(s, &used)))
			return false;
	return true;
}

struct claque_str
xml_clean(struct arena *perm, struct claque_str s)
{
	char *text;
	size_t len = 0, used;

	if (is_clean(s))
		return s;
	text = ARENA_NEW(perm, char, s.len * replacement.len);
	for (; s.len > 0; s = str_sub(s, used, s.len)) {
		struct claque_str piece = xml_is_legal(utf8_next(s, &used)) ? str_sub(s, 0, used) :
									     replacement;

		memcpy(text + len, piece.p, piece.len);
		len += piece.len;
	}
	return (struct claque_str){ text, len };
}

void
xml_add(struct buf *out, struct claque_str s)
{
	size_t used;

	for (; s.len > 0; s = str_sub(s, used, s.len)) {
		uint32_t code = utf8_next(s, &used);
		const char *ref = reference(code);

		if (ref != NULL)
			buf_addz(out, ref);
		else
			buf_add(out, xml_is_legal(code) ? str_sub(s, 0, used) : replacement);
	}
}
