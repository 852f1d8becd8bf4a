/*
 * draw.h - one character into a grid: for charts and frames, whose characters
 * are our own and one column wide.
 */
#ifndef TUI_DRAW_H
#define TUI_DRAW_H

#include "tui/grid.h"

/* Row and column within the area; outside of it nothing happens. */
void draw_char(struct grid *g, struct area a, int row, int col, enum style style, uint32_t code);

#endif
