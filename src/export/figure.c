/* figure.c - panels with a line, a band, two axes with their units, and one legend. */
#include "config.h"

#include "export/figure.h"

#include <math.h>

#include "export/look.h"
#include "export/xml.h"

enum {
	HEAD = 62, FOOT = 34, WIDE = 330, TALL = 250,	/* of the figure; of a panel with its labels */
	LEFT = 68, RIGHT = 20, TOP = 30, BOTTOM = 52,	/* around a panel's axes */
	LETTER = 7, TICKS = 4				/* pixels of one; parts of the y axis */
};

static const char style[] =
	LOOK_COLOURS LOOK_LETTERS
	"svg text.title{font-weight:600;font-size:15px;fill:var(--fg)}\n"
	"svg text.name{font-weight:600;font-size:12px;fill:var(--fg)}\n"
	".paper{fill:var(--bg)}.axis{stroke:var(--dim)}.grid{stroke:var(--line)}\n"
	".band{fill:var(--lead);fill-opacity:.18}\n"
	".mean{stroke:var(--lead);stroke-width:2;fill:none}.dot{fill:var(--lead)}\n";

struct panel {
	const struct figure_panel *is;
	struct buf *out;
	double x, y;		/* of the origin of its axes */
	double wide, tall, top;
};

double
figure_top(double x)
{
	static const double steps[] = { 1, 2, 5, 10 };
	double unit;
	size_t i = 0;

	if (!(x > 0))
		return 1;
	unit = pow(10, floor(log10(x)));
	while (i < 3 && steps[i] * unit < x * (1 - 1e-9))
		i++;
	return steps[i] * unit;
}

static void
add_text(struct buf *out, double x, double y, const char *how, struct claque_str text)
{
	buf_addf(out, "<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, how);
	xml_add(out, text);
	buf_addz(out, "</text>\n");
}

static double
scaled(const struct figure_panel *p, double x)
{
	return p->log_x ? log(x) : x;
}

/* The first point stands at the left, the last at the right. */
static double
x_of(const struct panel *p, size_t i)
{
	double first = scaled(p->is, p->is->points[0].x);
	double span = scaled(p->is, p->is->points[p->is->count - 1].x) - first;
	double part = span != 0 ? (scaled(p->is, p->is->points[i].x) - first) / span : 0.5;

	return p->x + part * p->wide;
}

static double
y_of(const struct panel *p, double value)
{
	return p->y - value / p->top * p->tall;
}

static double
top_of(const struct figure_panel *p)
{
	double most = p->top;

	for (size_t i = 0; i < p->count; i++)
		most = fmax(most, p->points[i].most);	/* fmax passes a NAN over */
	return figure_top(most);
}

static void
draw_y_axis(const struct panel *p, struct arena scratch)
{
	for (int i = 0; i <= TICKS; i++) {
		double value = p->top * i / TICKS, y = y_of(p, value);
		struct arena perm = scratch;

		buf_addf(p->out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" "
			 "y2=\"%.1f\"/>\n", i == 0 ? "axis" : "grid", p->x, y, p->x + p->wide, y);
		add_text(p->out, p->x - 6, y + 4, " text-anchor=\"end\"",
			 str_fmt(&perm, "%.3g", value));
	}
	buf_addf(p->out, "<text transform=\"translate(%.1f %.1f) rotate(-90)\" "
		 "text-anchor=\"middle\">", p->x - 52, p->y - p->tall / 2);
	xml_add(p->out, p->is->y_label);
	buf_addz(p->out, "</text>\n");
}

static double
half_of(const struct panel *p, size_t i)
{
	return (double)p->is->points[i].tick.len * LETTER / 2 + 2;
}

/* A text is left out where it would run into the one before, or into the last. */
static void
draw_x_axis(const struct panel *p)
{
	size_t last = p->is->count - 1;
	double taken = -HUGE_VAL, limit = x_of(p, last) - half_of(p, last);

	for (size_t i = 0; i < p->is->count; i++) {
		double x = x_of(p, i), half = half_of(p, i);

		buf_addf(p->out, "<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" "
			 "y2=\"%.1f\"/>\n", x, p->y, x, p->y + 4);
		if (i < last && (x - half < taken || x + half > limit))
			continue;
		add_text(p->out, x, p->y + 17, " text-anchor=\"middle\"", p->is->points[i].tick);
		taken = x + half;
	}
	add_text(p->out, p->x + p->wide / 2, p->y + 36, " text-anchor=\"middle\"", p->is->x_label);
}

/* One past the last of the points from i on that were measured. */
static size_t
run_of(const struct figure_panel *p, size_t i)
{
	while (i < p->count && !isnan(p->points[i].mean))
		i++;
	return i;
}

static void
draw_run(const struct panel *p, size_t from, size_t to)
{
	const struct figure_point *points = p->is->points;

	buf_addz(p->out, "<path class=\"band\" d=\"");
	for (size_t i = from; i < to; i++)
		buf_addf(p->out, "%c%.1f %.1f", i == from ? 'M' : 'L', x_of(p, i),
			 y_of(p, points[i].most));
	for (size_t i = to; i-- > from;)
		buf_addf(p->out, "L%.1f %.1f", x_of(p, i), y_of(p, points[i].least));
	buf_addz(p->out, "Z\"/>\n<path class=\"mean\" d=\"");
	for (size_t i = from; i < to; i++)
		buf_addf(p->out, "%c%.1f %.1f", i == from ? 'M' : 'L', x_of(p, i),
			 y_of(p, points[i].mean));
	buf_addz(p->out, "\"/>\n");
	for (size_t i = from; i < to; i++)
		buf_addf(p->out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n",
			 x_of(p, i), y_of(p, points[i].mean));
}

static void
draw_panel(struct buf *out, struct arena scratch, const struct figure_panel *is, double x, double y)
{
	struct panel p = { .is = is, .out = out, .x = x + LEFT, .y = y + TALL - BOTTOM,
			   .wide = WIDE - LEFT - RIGHT, .tall = TALL - TOP - BOTTOM,
			   .top = top_of(is) };

	add_text(out, p.x, y + TOP - 12, " class=\"name\"", is->title);
	draw_y_axis(&p, scratch);
	draw_x_axis(&p);
	for (size_t from = 0, to; from < is->count; from = to + 1) {
		to = run_of(is, from);
		if (to > from)
			draw_run(&p, from, to);
	}
}

static void
draw_legend(struct buf *out, const struct figure *f)
{
	double band = LEFT + 40 + (double)f->line.len * LETTER;

	buf_addf(out, "<path class=\"mean\" d=\"M%d 46L%d 46\"/>\n<circle class=\"dot\" cx=\"%d\" "
		 "cy=\"46\" r=\"3\"/>\n", LEFT, LEFT + 24, LEFT + 12);
	add_text(out, LEFT + 30, 50, "", f->line);
	if (f->band.len == 0)
		return;
	buf_addf(out, "<rect class=\"band\" x=\"%.1f\" y=\"40\" width=\"24\" height=\"12\"/>\n", band);
	add_text(out, band + 30, 50, "", f->band);
}

void
figure_svg(struct buf *out, struct arena scratch, const struct figure *f)
{
	size_t across = f->across < f->count ? f->across : f->count;
	size_t down = (f->count + across - 1) / across;
	int wide = (int)across * WIDE, tall = HEAD + (int)down * TALL + FOOT;

	buf_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		 "width=\"%d\" height=\"%d\" role=\"img\"><title>", wide, tall, wide, tall);
	xml_add(out, f->title);
	buf_addf(out, "</title>\n<style>\n%s</style>\n<rect class=\"paper\" width=\"%d\" "
		 "height=\"%d\"/>\n", style, wide, tall);
	add_text(out, LEFT, 26, " class=\"title\"", f->title);
	draw_legend(out, f);
	for (size_t i = 0; i < f->count; i++)
		draw_panel(out, scratch, &f->panels[i], (double)(i % across * WIDE),
			   (double)(HEAD + i / across * TALL));
	add_text(out, LEFT, tall - 12, "", f->note);
	buf_addz(out, "</svg>\n");
}
