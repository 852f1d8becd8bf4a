/*
 * langmap.c - layouts as X11 and Windows have them, row by row. ASCII is never
 * translated, as these layouts have it at other places, where people look for
 * it. An Arabic b sends two characters and is left out.
 */
#include "config.h"

#include "tui/langmap.h"

#include "base/utf8.h"

static const struct {
	struct claque_str latin, local;		/* as many characters each */
} maps[LANGMAP_COUNT] = {
#define MAP(latin, local) { { latin, sizeof(latin) - 1 }, { local, sizeof(local) - 1 } }
	MAP("", ""),
	MAP("qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>",
	    "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"),
	MAP("qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>",
	    "йцукенгшщзхїфівапролджєячсмитьбюЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ"),
	MAP("wertyuiopasdfghjklzxcvbnmERTYUIOPASDFGHJKLZXCVBNM",
	    "ςερτυθιοπασδφγηξκλζχψωβνμΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ"),
	MAP("ertyuiopasdfghjkl;zxcvbnm,.",
	    "\u05e7\u05e8\u05d0\u05d8\u05d5\u05df\u05dd\u05e4\u05e9\u05d3\u05d2\u05db\u05e2\u05d9"
	    "\u05d7\u05dc\u05da\u05e3\u05d6\u05e1\u05d1\u05d4\u05e0\u05de\u05e6\u05ea\u05e5"),
	MAP("qwertyuiop[]asdfghjkl;'zxcvnm,./",
	    "\u0636\u0635\u062b\u0642\u0641\u063a\u0639\u0647\u062e\u062d\u062c\u062f\u0634\u0633"
	    "\u064a\u0628\u0644\u0627\u062a\u0646\u0645\u0643\u0637\u0626\u0621\u0624\u0631\u0649"
	    "\u0629\u0648\u0632\u0638"),
#undef MAP
};

uint32_t
langmap_key(int map, uint32_t key)
{
	struct claque_str local = maps[map].local;
	size_t used, at = 0;

	for (; key >= 0x80 && local.len > 0; at++) {
		if (utf8_next(local, &used) == key)
			return (unsigned char)maps[map].latin.p[at];
		local = str_sub(local, used, local.len);
	}
	return key;
}

struct claque_str
langmap_text(struct arena *perm, int map, struct claque_str text)
{
	char *out = ARENA_NEW(perm, char, text.len + 1);
	size_t len = 0, used;

	while (text.len > 0) {
		uint32_t code = utf8_next(text, &used);
		uint32_t latin = code == UTF8_BAD ? '?' : langmap_key(map, code);

		len += utf8_put(out + len, latin);
		text = str_sub(text, used, text.len);
	}
	return (struct claque_str){ out, len };
}
