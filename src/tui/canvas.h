/*
 * canvas.h - lines from dots finer than a cell: 2 x 4 to a cell as braille, 2 x 2
 * as quarter blocks where the font has no braille (the Linux console), a
 * character that leans the same way in ASCII.
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include "tui/grid.h"

struct canvas {
	struct area a;
	uint8_t *dots;			/* a byte a cell; bit row * 2 + column of the dot */
};

/* As large as the area, empty; lives in perm. */
struct canvas canvas_new(struct arena *perm, struct area a);
/* Dots: x 0..2*cols-1, y 0..4*rows-1; what is outside is left out. */
void canvas_dot(struct canvas *c, int x, int y);
struct canvas_end { int x, y; };
/* Every `every`-th dot of a straight line: 1 solid, 2 and more dotted. */
void canvas_line(struct canvas *c, struct canvas_end from, struct canvas_end to, int every);
/* Puts the cells that have dots on the grid. */
void canvas_draw(const struct canvas *c, struct grid *g, enum style style);
/* What a cell of these dots is drawn as. */
uint32_t canvas_glyph(uint8_t dots, bool ascii, bool blocks);

#endif
