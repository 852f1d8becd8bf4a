/*
 * confusable.c - a subset of UTS #39's confusables.txt (version 15): what may
 * stand in a host name and passes for a lower-case ASCII letter. Latin letters
 * with accents go to their base, which the eye reads over; digits 0 and 1, and
 * the pairs rn, vv and cl as in print. Turned round from UTS #39 (m, not rn, is
 * what remains), so that skeletons stay readable.
 */
#include "config.h"

#include "engine/confusable.h"

#include "engine/letter.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	uint32_t code;
	char as;
} alike[] = {	/* by code */
	{ '0', 'o' }, { '1', 'l' }, { '|', 'l' },
	{ 0x0131, 'i' }, { 0x0138, 'k' }, { 0x017f, 'f' }, { 0x0180, 'b' }, { 0x0188, 'c' },
	{ 0x0199, 'k' }, { 0x01a5, 'p' }, { 0x01bd, 's' }, { 0x01c0, 'l' }, { 0x0237, 'j' },
	{ 0x0251, 'a' }, { 0x0253, 'b' }, { 0x0256, 'd' }, { 0x0257, 'd' }, { 0x0261, 'g' },
	{ 0x0262, 'g' }, { 0x0263, 'y' }, { 0x0266, 'h' }, { 0x0268, 'i' }, { 0x0269, 'i' },
	{ 0x026a, 'i' }, { 0x026b, 'l' }, { 0x026d, 'l' }, { 0x026f, 'w' }, { 0x0271, 'm' },
	{ 0x0272, 'n' }, { 0x0273, 'n' }, { 0x0274, 'n' }, { 0x0275, 'o' }, { 0x0280, 'r' },
	{ 0x0282, 's' }, { 0x028b, 'u' }, { 0x028f, 'y' }, { 0x0290, 'z' }, { 0x029f, 'l' },
	{ 0x03b1, 'a' }, { 0x03b3, 'y' }, { 0x03b9, 'i' }, { 0x03ba, 'k' }, { 0x03bd, 'v' },
	{ 0x03bf, 'o' }, { 0x03c1, 'p' }, { 0x03c3, 'o' }, { 0x03c4, 't' }, { 0x03c5, 'u' },
	{ 0x03c7, 'x' }, { 0x03c9, 'w' }, { 0x03f2, 'c' }, { 0x03f3, 'j' },
	{ 0x0430, 'a' }, { 0x0432, 'b' }, { 0x0433, 'r' }, { 0x0435, 'e' }, { 0x043a, 'k' },
	{ 0x043c, 'm' }, { 0x043d, 'h' }, { 0x043e, 'o' }, { 0x043f, 'n' }, { 0x0440, 'p' },
	{ 0x0441, 'c' }, { 0x0442, 't' }, { 0x0443, 'y' }, { 0x0445, 'x' }, { 0x044c, 'b' },
	{ 0x0450, 'e' }, { 0x0451, 'e' }, { 0x0455, 's' }, { 0x0456, 'i' }, { 0x0457, 'i' },
	{ 0x0458, 'j' }, { 0x045b, 'h' }, { 0x0461, 'w' }, { 0x0475, 'v' }, { 0x04af, 'y' },
	{ 0x04bb, 'h' }, { 0x04bd, 'e' }, { 0x04cf, 'l' }, { 0x0501, 'd' }, { 0x050d, 'g' },
	{ 0x051b, 'q' }, { 0x051d, 'w' }, { 0x0585, 'o' }, { 0x1d00, 'a' }, { 0x1d04, 'c' },
	{ 0x1d0f, 'o' }, { 0x2019, '\'' },
};

static const struct {
	char first, second, as;
} pairs[] = {
	{ 'r', 'n', 'm' }, { 'v', 'v', 'w' }, { 'c', 'l', 'd' },
};

static uint32_t
fold_one(uint32_t code)
{
	char roman[ROMAN_MAX];

	code = letter_lower(code);
	for (size_t i = 0; i < LENGTH(alike) && alike[i].code <= code; i++)
		if (alike[i].code == code)
			return (uint32_t)alike[i].as;
	if (letter_script(code) == SCRIPT_LATIN && letter_roman(code, roman) == 1)
		return (uint32_t)roman[0];
	return code;
}

static uint32_t
fold_pair(uint32_t first, uint32_t second)
{
	for (size_t i = 0; i < LENGTH(pairs); i++)
		if ((uint32_t)pairs[i].first == first && (uint32_t)pairs[i].second == second)
			return (uint32_t)pairs[i].as;
	return 0;
}

void
confusable_fold(struct word *w)
{
	uint8_t n = 0;

	for (uint8_t i = 0; i < w->len; i++) {
		uint32_t code = fold_one(w->code[i]);
		uint32_t both = n > 0 ? fold_pair(w->code[n - 1], code) : 0;

		if (both != 0)
			w->code[n - 1] = both;
		else
			w->code[n++] = code;
	}
	w->len = n;
}
