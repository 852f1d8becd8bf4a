/*
 * theme.c - the palette. 256-colour numbers are of the 6x6x6 cube and the grey
 * ramp, which users do not re-map; 8 and 16 use the terminal's own names.
 * Nothing is blue on black. NO_COLOR: no-color.org (2017); CLICOLOR: bixense.
 */
#include "config.h"

#include "tui/theme.h"

#include <stdlib.h>

#define NONE { -1, -1, 0 }

struct theme_row {
	struct look look[THEME_DEPTHS];		/* mono, 8, 16, 256 */
	const char *css;
};

enum { B = LOOK_BOLD, D = LOOK_DIM, U = LOOK_UNDERLINE, R = LOOK_REVERSE, BU = B | U, UR = U | R,
       BUR = B | U | R };

static const struct theme_row rows[STYLE_COUNT] = {
	[STYLE_PLAIN] = { { NONE, NONE, NONE, NONE }, "" },
	[STYLE_DIM] = { { { -1, -1, D }, { -1, -1, D }, { -1, -1, D }, { 245, -1, 0 } },
		"color:#8a8a8a" },
	[STYLE_BOLD] = { { { -1, -1, B }, { -1, -1, B }, { -1, -1, B }, { -1, -1, B } },
		"font-weight:bold" },
	[STYLE_CURSOR] = { { { -1, -1, R }, { -1, -1, R }, { -1, -1, R }, { 231, 238, 0 } },
		"color:#fff;background:#444" },
	[STYLE_MARKED] = { { { -1, -1, B }, { 3, -1, B }, { 11, -1, B }, { 221, -1, B } },
		"color:#ffd75f;font-weight:bold" },
	[STYLE_HIT] = { { { -1, -1, BU }, { 3, -1, BU }, { 11, -1, BU }, { 221, -1, BU } },
		"color:#ffd75f;font-weight:bold;text-decoration:underline" },
	[STYLE_ODD] = { { { -1, -1, BUR }, { 1, -1, UR }, { 9, -1, UR }, { 209, -1, UR } },
		"color:#000;background:#ff875f;text-decoration:underline" },
	[STYLE_WARN] = { { { -1, -1, B }, { 1, -1, B }, { 9, -1, B }, { 209, -1, B } },
		"color:#ff875f;font-weight:bold" },
	[STYLE_GOOD] = { { NONE, { 2, -1, 0 }, { 10, -1, 0 }, { 114, -1, 0 } }, "color:#87d787" },
	[STYLE_LEAD] = { { { -1, -1, B }, { 6, -1, B }, { 14, -1, B }, { 123, -1, B } },
		"color:#87ffff;font-weight:bold" },
	[STYLE_CHART] = { { NONE, { 6, -1, 0 }, { 6, -1, 0 }, { 110, -1, 0 } }, "color:#87afd7" },
	[STYLE_FRAME] = { { NONE, NONE, NONE, { 244, -1, 0 } }, "color:#808080" },
	[STYLE_BAR] = { { { -1, -1, R }, { -1, -1, R }, { -1, -1, R }, { 252, 236, 0 } },
		"color:#d0d0d0;background:#303030" },
	[STYLE_INPUT] = { { { -1, -1, BU }, { -1, -1, BU }, { -1, -1, BU }, { -1, -1, BU } },
		"font-weight:bold;text-decoration:underline" },
	[STYLE_ERROR] = { { { -1, -1, B | R }, { 7, 1, B }, { 15, 1, B }, { 231, 124, B } },
		"color:#fff;background:#af0000;font-weight:bold" },
};

struct look
theme_look(enum style style, enum theme_depth depth)
{
	return rows[style].look[depth];
}

enum theme_depth
theme_depth(int colors)
{
	if (colors == 256)
		return THEME_256;
	if (colors >= 16 && colors < 256)
		return THEME_16;
	return colors >= 8 ? THEME_8 : THEME_MONO;
}

bool
theme_mono_wanted(void)
{
	struct claque_str term = str_of(getenv("TERM"));

	return str_of(getenv("NO_COLOR")).len > 0 ||
	       str_eq(str_of(getenv("CLICOLOR")), STR("0")) ||
	       str_eq(term, STR("dumb")) || str_eq(term, STR("vt100"));
}

/* The mono look of the terminal, in CSS; by its attribute bits. */
static const char *
mono_css(unsigned attributes)
{
	static const struct { unsigned bits; const char *css; } looks[] = {
		{ BUR, "font-weight:bold;text-decoration:underline;color:#fff;background:#000" },
		{ UR, "text-decoration:underline;color:#fff;background:#000" },
		{ BU, "font-weight:bold;text-decoration:underline" },
		{ R, "color:#fff;background:#000" },
		{ U, "text-decoration:underline" },
		{ B, "font-weight:bold" },
	};

	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++)
		if ((attributes & looks[i].bits) == looks[i].bits)
			return looks[i].css;
	return "";
}

const char *
theme_css(enum style style, bool mono)
{
	return mono ? mono_css(rows[style].look[THEME_MONO].attrs) : rows[style].css;
}
