#include "config.h"

#include "engine/wording.h"

#include "engine/letter.h"

static void
end_word(struct wording *c)
{
	if (c->inside && c->len < WORDING_MAX)
		c->bytes[c->len++] = ' ';
	c->inside = false;
}

static void
put_letter(struct wording *c, uint32_t code)
{
	char roman[ROMAN_MAX], raw[4];
	size_t n = letter_roman(code, roman);
	const char *from = roman;

	if (n == 0 && letter_script(code) != SCRIPT_CYRILLIC) {	/* hard and soft signs are silent */
		n = utf8_put(raw, code);
		from = raw;
	}
	if (c->len + n + 1 > WORDING_MAX)
		return;
	memcpy(c->bytes + c->len, from, n);
	c->len += n;
	c->inside = c->inside || n > 0;
}

void
wording_cut(struct wording *c, struct claque_str text)
{
	c->len = 0;
	c->inside = false;
	while (text.len > 0 && c->len + ROMAN_MAX + 2 < WORDING_MAX) {
		size_t used;
		uint32_t code = utf8_next(text, &used);

		text = str_sub(text, used, text.len);
		if (code >= 0x300 && code <= 0x36f)	/* accents that stand alone */
			continue;
		if (!letter_is(code) && code != '\'' && code != 0x2019) {
			end_word(c);
			continue;
		}
		if (letter_alone(code))
			end_word(c);
		if (letter_is(code))
			put_letter(c, letter_lower(code));
		if (letter_alone(code))
			end_word(c);
	}
	end_word(c);
}

static bool
has_word(const struct wording *w, struct claque_str word)
{
	struct claque_str rest = { w->bytes, w->len }, own;

	while (str_cut(&rest, ' ', &own))
		if (own.len > 0 && str_eq(own, word))
			return true;
	return false;
}

void
wording_compare(const struct wording *a, const struct wording *b, unsigned *shared, unsigned *all)
{
	struct claque_str rest = { a->bytes, a->len }, word;

	*shared = *all = 0;
	while (str_cut(&rest, ' ', &word)) {
		*all += word.len > 0;
		*shared += word.len > 0 && has_word(b, word);
	}
	for (rest = (struct claque_str){ b->bytes, b->len }; str_cut(&rest, ' ', &word);)
		*all += word.len > 0 && !has_word(a, word);
}
