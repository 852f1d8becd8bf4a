/*
 * theme.h - what a style looks like, by the theme and what the terminal can show.
 *
 * Every difference that carries meaning has an attribute or a word besides its
 * colour, so that a screen without colours, or an eye without them, loses
 * nothing. dark and light leave the terminal its own background; high-contrast
 * brings its own, as contrast is its point.
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include "tui/grid.h"

/* In the order of enum theme. */
#define THEME_NAMES "auto dark light high-contrast mono"
enum theme { THEME_AUTO, THEME_DARK, THEME_LIGHT, THEME_HIGH_CONTRAST, THEME_MONO, THEME_COUNT };

enum theme_depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_COUNT };

enum { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_UNDERLINE = 4, LOOK_REVERSE = 8 };

struct look {
	int16_t fg, bg;		/* number in the palette; -1: the terminal's own */
	uint8_t attrs;		/* LOOK_x or-ed */
};

/* auto looks as dark does. */
struct look theme_look(enum theme theme, enum style style, enum theme_depth depth);
/* For a terminal with so many colours; with direct colours, numbers from 8 on are RGB: 8. */
enum theme_depth theme_depth(int colors);
/* NO_COLOR (not empty), CLICOLOR=0 or TERM=dumb or vt100. */
bool theme_mono_wanted(void);
/*
 * The same in a page, as CSS declarations: of a style, nothing where it is plain;
 * of the page itself.
 */
void theme_css(enum theme theme, enum style style, struct buf *out);
void theme_css_page(enum theme theme, struct buf *out);
/* Colour 16..255 of the 256 as 0xRRGGBB. */
uint32_t theme_rgb(int color);

#endif
