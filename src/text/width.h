/*
 * width.h - what a terminal does with a code point, by our own table.
 *
 * Not wcwidth(): the C library's answer changes with its version, and for new
 * emoji and variation selectors it differs from what terminals do. The table
 * is generated from Unicode 14 (width_table.py).
 */
#ifndef TEXT_WIDTH_H
#define TEXT_WIDTH_H

#include <stdint.h>

enum width_class {
	WIDTH_NARROW,		/* one column */
	WIDTH_WIDE,		/* two columns */
	WIDTH_MARK,		/* combines with the character before it */
	WIDTH_BLANK,		/* a space that is not U+0020: one column */
	WIDTH_CONTROL,		/* C0, DEL, C1 */
	WIDTH_LINE,		/* U+2028, U+2029 */
	WIDTH_BIDI,		/* reorders what is around it */
	WIDTH_INVISIBLE,	/* format characters and letters drawn as nothing */
	WIDTH_UNASSIGNED,	/* unassigned and private use */
	WIDTH_UNSTABLE,		/* emoji and others whose width terminals disagree on */
};

/* UNASSIGNED for what is no code point at all. */
enum width_class width_class(uint32_t code);

#endif
