/*
 * figure.h - figures over a quantity that is turned, as one SVG file: panels side by side,
 * each a line through means with a band from the least to the most of the samples.
 *
 * The file stands alone: it fetches nothing, runs nothing, and follows the reader's
 * preference for dark or light as the page does (export/look.h).
 */
#ifndef EXPORT_FIGURE_H
#define EXPORT_FIGURE_H

#include "base/buf.h"

struct figure_point {
	double x;
	double mean, least, most;	/* NAN: nothing was measured here, the line has a gap */
	struct claque_str tick;		/* x as it is written below the axis */
};

struct figure_panel {
	struct claque_str title, x_label, y_label;	/* labels name the unit */
	const struct figure_point *points;	/* left to right, whichever way x runs */
	size_t count;
	bool log_x;			/* x > 0 then */
	double top;			/* of the y axis, which starts at 0; more if the data need it */
};

struct figure {
	struct claque_str title, note;
	struct claque_str line, band;	/* what they are, for the legend; band "": there is none */
	const struct figure_panel *panels;
	size_t count, across;		/* at least one; so many a row, at least 1 */
};

/* Appends the whole document. `scratch` needs a few kilobytes. */
void figure_svg(struct buf *out, struct arena scratch, const struct figure *f);
/* The least of 1, 2, 5 times a power of ten that is not below x; 1 if x is not above 0. */
double figure_top(double x);

#endif
