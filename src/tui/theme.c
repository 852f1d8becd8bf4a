/*
 * theme.c - the palettes. 256-colour numbers are of the 6x6x6 cube and the grey
 * ramp, which users do not re-map; 8 and 16 use the terminal's own names. Nothing
 * is blue on black. Text has a contrast of 4.5 to 1 or more with the background
 * that the theme is for, 7 to 1 in high contrast (WCAG 2.1, 2018: AA and AAA).
 * NO_COLOR: no-color.org (2017); CLICOLOR: bixense.
 */
#include "config.h"

#include "tui/theme.h"

#include <stdlib.h>

#define NONE { -1, -1, 0 }

enum { B = LOOK_BOLD, D = LOOK_DIM, U = LOOK_UNDERLINE, R = LOOK_REVERSE, BU = B | U, UR = U | R,
       BUR = B | U | R, COLORED = DEPTH_COUNT - DEPTH_8 };

/* Without colours all themes are one. */
static const uint8_t mono[STYLE_COUNT] = {
	[STYLE_DIM] = D, [STYLE_BOLD] = B, [STYLE_CURSOR] = R, [STYLE_MARKED] = B,
	[STYLE_HIT] = BU, [STYLE_ODD] = BUR, [STYLE_WARN] = B, [STYLE_LEAD] = B, [STYLE_BAR] = R,
	[STYLE_INPUT] = BU, [STYLE_ERROR] = B | R, [STYLE_RED] = U, [STYLE_YELLOW] = U,
	[STYLE_GREEN] = U, [STYLE_CYAN] = U, [STYLE_BLUE] = U, [STYLE_MAGENTA] = U,
};

/* With 8, 16 and 256 colours. */
static const struct look dark[STYLE_COUNT][COLORED] = {
	[STYLE_PLAIN] = { NONE, NONE, NONE },
	[STYLE_DIM] = { { -1, -1, D }, { -1, -1, D }, { 245, -1, 0 } },
	[STYLE_BOLD] = { { -1, -1, B }, { -1, -1, B }, { -1, -1, B } },
	[STYLE_CURSOR] = { { -1, -1, R }, { -1, -1, R }, { 231, 238, 0 } },
	[STYLE_MARKED] = { { 3, -1, B }, { 11, -1, B }, { 221, -1, B } },
	[STYLE_HIT] = { { 3, -1, BU }, { 11, -1, BU }, { 221, -1, BU } },
	[STYLE_ODD] = { { 1, -1, UR }, { 9, -1, UR }, { 209, -1, UR } },
	[STYLE_WARN] = { { 1, -1, B }, { 9, -1, B }, { 209, -1, B } },
	[STYLE_GOOD] = { { 2, -1, 0 }, { 10, -1, 0 }, { 114, -1, 0 } },
	[STYLE_LEAD] = { { 6, -1, B }, { 14, -1, B }, { 123, -1, B } },
	[STYLE_CHART] = { { 6, -1, 0 }, { 6, -1, 0 }, { 110, -1, 0 } },
	[STYLE_FRAME] = { NONE, NONE, { 245, -1, 0 } },
	[STYLE_BAR] = { { -1, -1, R }, { -1, -1, R }, { 252, 236, 0 } },
	[STYLE_INPUT] = { { -1, -1, BU }, { -1, -1, BU }, { -1, -1, BU } },
	[STYLE_ERROR] = { { 7, 1, B }, { 15, 1, B }, { 231, 124, B } },
	[STYLE_RED] = { { 1, -1, U }, { 9, -1, U }, { 203, -1, U } },
	[STYLE_YELLOW] = { { 3, -1, U }, { 11, -1, U }, { 228, -1, U } },
	[STYLE_GREEN] = { { 2, -1, U }, { 10, -1, U }, { 120, -1, U } },
	[STYLE_CYAN] = { { 6, -1, U }, { 14, -1, U }, { 87, -1, U } },
	[STYLE_BLUE] = { { 7, 4, U }, { 15, 4, U }, { 111, -1, U } },
	[STYLE_MAGENTA] = { { 5, -1, U }, { 13, -1, U }, { 213, -1, U } },
};

static const struct look light[STYLE_COUNT][COLORED] = {
	[STYLE_PLAIN] = { NONE, NONE, NONE },
	[STYLE_DIM] = { { -1, -1, D }, { 8, -1, 0 }, { 241, -1, 0 } },
	[STYLE_BOLD] = { { -1, -1, B }, { -1, -1, B }, { -1, -1, B } },
	[STYLE_CURSOR] = { { -1, -1, R }, { -1, -1, R }, { 16, 250, 0 } },
	[STYLE_MARKED] = { { 5, -1, B }, { 5, -1, B }, { 90, -1, B } },
	[STYLE_HIT] = { { 5, -1, BU }, { 5, -1, BU }, { 90, -1, BU } },
	[STYLE_ODD] = { { 1, -1, UR }, { 1, -1, UR }, { 124, -1, UR } },
	[STYLE_WARN] = { { 1, -1, B }, { 1, -1, B }, { 124, -1, B } },
	[STYLE_GOOD] = { { 2, -1, 0 }, { 2, -1, 0 }, { 22, -1, 0 } },
	[STYLE_LEAD] = { { 4, -1, B }, { 4, -1, B }, { 25, -1, B } },
	[STYLE_CHART] = { { 4, -1, 0 }, { 4, -1, 0 }, { 24, -1, 0 } },
	[STYLE_FRAME] = { NONE, { 8, -1, 0 }, { 242, -1, 0 } },
	[STYLE_BAR] = { { -1, -1, R }, { -1, -1, R }, { 235, 254, 0 } },
	[STYLE_INPUT] = { { -1, -1, BU }, { -1, -1, BU }, { -1, -1, BU } },
	[STYLE_ERROR] = { { 7, 1, B }, { 15, 1, B }, { 231, 124, B } },
	[STYLE_RED] = { { 1, -1, U }, { 1, -1, U }, { 160, -1, U } },
	[STYLE_YELLOW] = { { 0, 3, U }, { 0, 11, U }, { 94, -1, U } },
	[STYLE_GREEN] = { { 2, -1, U }, { 2, -1, U }, { 28, -1, U } },
	[STYLE_CYAN] = { { 6, -1, U }, { 6, -1, U }, { 23, -1, U } },
	[STYLE_BLUE] = { { 4, -1, U }, { 4, -1, U }, { 21, -1, U } },
	[STYLE_MAGENTA] = { { 5, -1, U }, { 5, -1, U }, { 127, -1, U } },
};

static const struct look high_contrast[STYLE_COUNT][COLORED] = {
	[STYLE_PLAIN] = { { 7, 0, 0 }, { 15, 0, 0 }, { 231, 16, 0 } },
	[STYLE_DIM] = { { 7, 0, 0 }, { 7, 0, 0 }, { 252, 16, 0 } },
	[STYLE_BOLD] = { { 7, 0, B }, { 15, 0, B }, { 231, 16, B } },
	[STYLE_CURSOR] = { { 0, 7, 0 }, { 0, 15, 0 }, { 16, 231, B } },
	[STYLE_MARKED] = { { 3, 0, B }, { 11, 0, B }, { 226, 16, B } },
	[STYLE_HIT] = { { 3, 0, BU }, { 11, 0, BU }, { 226, 16, BU } },
	[STYLE_ODD] = { { 0, 3, U }, { 0, 11, U }, { 16, 214, BU } },
	[STYLE_WARN] = { { 5, 0, B }, { 13, 0, B }, { 213, 16, B } },
	[STYLE_GOOD] = { { 2, 0, 0 }, { 10, 0, 0 }, { 46, 16, 0 } },
	[STYLE_LEAD] = { { 6, 0, B }, { 14, 0, B }, { 51, 16, B } },
	[STYLE_CHART] = { { 6, 0, 0 }, { 14, 0, 0 }, { 123, 16, 0 } },
	[STYLE_FRAME] = { { 7, 0, 0 }, { 15, 0, 0 }, { 250, 16, 0 } },
	[STYLE_BAR] = { { 0, 6, 0 }, { 0, 14, 0 }, { 16, 159, 0 } },
	[STYLE_INPUT] = { { 7, 0, BU }, { 15, 0, BU }, { 231, 16, BU } },
	[STYLE_ERROR] = { { 7, 1, B }, { 15, 1, B }, { 231, 88, B } },
	[STYLE_RED] = { { 7, 1, U }, { 15, 1, U }, { 210, 16, U } },
	[STYLE_YELLOW] = { { 3, 0, U }, { 11, 0, U }, { 228, 16, U } },
	[STYLE_GREEN] = { { 2, 0, U }, { 10, 0, U }, { 84, 16, U } },
	[STYLE_CYAN] = { { 6, 0, U }, { 14, 0, U }, { 87, 16, U } },
	[STYLE_BLUE] = { { 7, 4, U }, { 15, 4, U }, { 117, 16, U } },
	[STYLE_MAGENTA] = { { 5, 0, U }, { 13, 0, U }, { 219, 16, U } },
};

/* fg and bg: of a page of that theme, where the terminal would have its own. */
static const struct {
	const struct look (*looks)[COLORED];	/* NULL: without colours */
	uint32_t fg, bg;
} themes[THEME_COUNT] = {
	[THEME_AUTO] = { dark, 0xd0d0d0, 0x1c1c1c },
	[THEME_DARK] = { dark, 0xd0d0d0, 0x1c1c1c },
	[THEME_LIGHT] = { light, 0x1c1c1c, 0xffffff },
	[THEME_HIGH_CONTRAST] = { high_contrast, 0xffffff, 0x000000 },
	[THEME_MONO] = { NULL, 0x000000, 0xffffff },
};

struct look
theme_look(enum theme theme, enum style style, enum theme_depth depth)
{
	if (themes[theme].looks == NULL || depth == DEPTH_MONO)
		return (struct look){ -1, -1, mono[style] };
	return themes[theme].looks[style][depth - DEPTH_8];
}

enum theme_depth
theme_depth(int colors)
{
	if (colors == 256)
		return DEPTH_256;
	if (colors >= 16 && colors < 256)
		return DEPTH_16;
	return colors >= 8 ? DEPTH_8 : DEPTH_MONO;
}

bool
theme_mono_wanted(void)
{
	struct claque_str term = str_of(getenv("TERM"));

	return str_of(getenv("NO_COLOR")).len > 0 ||
	       str_eq(str_of(getenv("CLICOLOR")), STR("0")) ||
	       str_eq(term, STR("dumb")) || str_eq(term, STR("vt100"));
}

uint32_t
theme_rgb(int color)
{
	enum { CUBE = 16, GREYS = 232, STEPS = 6 };
	static const uint8_t levels[STEPS] = { 0, 95, 135, 175, 215, 255 };
	unsigned n = (unsigned)(color - CUBE);
	unsigned grey = color >= GREYS ? (unsigned)(color - GREYS) * 10 + 8 : 0;

	if (color >= GREYS)
		return grey << 16 | grey << 8 | grey;
	return (uint32_t)levels[n / (STEPS * STEPS)] << 16 |
	       (uint32_t)levels[n / STEPS % STEPS] << 8 | levels[n % STEPS];
}

static void
css_part(struct buf *out, const char *name, uint32_t rgb)
{
	buf_addf(out, "%s:#%06x;", name, (unsigned)rgb);
}

void
theme_css(enum theme theme, enum style style, struct buf *out)
{
	struct look look = theme_look(theme, style, DEPTH_256);
	uint32_t fg = look.fg < 0 ? themes[theme].fg : theme_rgb(look.fg);
	uint32_t bg = look.bg < 0 ? themes[theme].bg : theme_rgb(look.bg);
	bool turned = (look.attrs & R) != 0;

	if (style == STYLE_PLAIN)
		return;
	if (look.fg >= 0 || turned)
		css_part(out, "color", turned ? bg : fg);
	if (look.bg >= 0 || turned)
		css_part(out, "background", turned ? fg : bg);
	if ((look.attrs & D) != 0)
		buf_addz(out, "opacity:0.75;");
	if ((look.attrs & B) != 0)
		buf_addz(out, "font-weight:bold;");
	if ((look.attrs & U) != 0)
		buf_addz(out, "text-decoration:underline;");
}

void
theme_css_page(enum theme theme, struct buf *out)
{
	css_part(out, "color", themes[theme].fg);
	css_part(out, "background", themes[theme].bg);
	buf_addz(out, "padding:1em");
}
