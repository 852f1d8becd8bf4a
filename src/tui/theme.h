/*
 * theme.h - what a style looks like, by what the terminal can show.
 *
 * One theme: neutral, for the terminal's own background. Every difference that
 * carries meaning has an attribute or a word besides its colour, so that a
 * screen without colours, or an eye without them, loses nothing.
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include "tui/grid.h"

enum theme_depth { THEME_MONO, THEME_8, THEME_16, THEME_256, THEME_DEPTHS };

enum { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_UNDERLINE = 4, LOOK_REVERSE = 8 };

struct look {
	int16_t fg, bg;		/* number in the palette; -1: the terminal's own */
	uint8_t attrs;		/* LOOK_x or-ed */
};

struct look theme_look(enum style style, enum theme_depth depth);
/* For a terminal with so many colours; with direct colours, numbers from 8 on are RGB: 8. */
enum theme_depth theme_depth(int colors);
/* NO_COLOR (not empty), CLICOLOR=0 or TERM=dumb or vt100. */
bool theme_mono_wanted(void);
/* The same look in a page, with colours or without: CSS declarations, "" for none. */
const char *theme_css(enum style style, bool mono);

#endif
