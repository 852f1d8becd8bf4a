#include "config.h"

#include "app/layout.h"

#include <math.h>

#include "base/rng.h"

#define TURN 6.283185307179586
#define LEAST 1e-6
#define SPREAD 0.65
#define SHAKE 0.5		/* less leaves what is tied on opposite sides there */

enum { ROUNDS = 250 };

struct field {
	struct layout_point at[LAYOUT_NODES_MAX], push[LAYOUT_NODES_MAX];
	size_t n;
	double ideal;			/* distance at which push and pull are even */
};

/* On a circle, the pinned one in its middle. */
static void
begin(struct field *f, bool pinned, uint64_t seed)
{
	struct rng rng = rng_seeded(seed);
	size_t first = pinned ? 1 : 0, count = f->n - first;

	f->at[0] = (struct layout_point){ 0, 0 };
	for (size_t i = first; i < f->n; i++) {
		double angle = TURN * (double)(i - first) / (double)(count > 0 ? count : 1);

		f->at[i].x = cos(angle) + SHAKE * rng_unit(&rng);
		f->at[i].y = sin(angle) + SHAKE * rng_unit(&rng);
	}
}

/* Adds `force` along the line from b to a to both, in opposite directions. */
static void
add_force(struct field *f, size_t a, size_t b, double dx, double dy, double force)
{
	f->push[a].x += dx * force;
	f->push[a].y += dy * force;
	f->push[b].x -= dx * force;
	f->push[b].y -= dy * force;
}

static double
distance(const struct field *f, size_t a, size_t b, double *dx, double *dy)
{
	double d;

	*dx = f->at[a].x - f->at[b].x;
	*dy = f->at[a].y - f->at[b].y;
	d = sqrt(*dx * *dx + *dy * *dy);
	if (d < LEAST) {		/* on the same spot: part them by number */
		*dx = 1;
		*dy = (double)a - (double)b;
		return LEAST;
	}
	*dx /= d;
	*dy /= d;
	return d;
}

static void
sum_forces(struct field *f, const struct layout_link *links, size_t link_count)
{
	double dx, dy;

	for (size_t i = 0; i < f->n; i++)
		f->push[i] = (struct layout_point){ 0, 0 };
	for (size_t a = 0; a < f->n; a++)
		for (size_t b = a + 1; b < f->n; b++) {
			double d = distance(f, a, b, &dx, &dy);

			add_force(f, a, b, dx, dy, f->ideal * f->ideal / d);
		}
	for (size_t i = 0; i < link_count; i++) {
		double d = distance(f, links[i].a, links[i].b, &dx, &dy);

		add_force(f, links[i].a, links[i].b, dx, dy, -d * d / f->ideal * links[i].pull);
	}
}

static void
move(struct field *f, bool pinned, double most)
{
	for (size_t i = pinned ? 1 : 0; i < f->n; i++) {
		double x = f->push[i].x, y = f->push[i].y, d = sqrt(x * x + y * y);
		double part = d > most ? most / d : 1;

		f->at[i].x += x * part;
		f->at[i].y += y * part;
	}
}

/* -1..1, the crowded middle drawn apart: names need room there. */
static double
spread(double v)
{
	return v < 0 ? -pow(-v, SPREAD) : pow(v, SPREAD);
}

/* One direction for itself: a screen is wider than it is high. */
static double
fitted(double v, double middle, double reach)
{
	return reach < LEAST ? 0.5 : 0.5 + 0.5 * spread((v - middle) / reach);
}

static void
fit(const struct field *f, bool pinned, struct layout_point *out)
{
	struct layout_point low = f->at[0], high = f->at[0], middle;

	for (size_t i = 1; i < f->n; i++) {
		low.x = fmin(low.x, f->at[i].x);
		low.y = fmin(low.y, f->at[i].y);
		high.x = fmax(high.x, f->at[i].x);
		high.y = fmax(high.y, f->at[i].y);
	}
	if (pinned) {			/* as far on either side */
		high.x = fmax(high.x, -low.x);
		high.y = fmax(high.y, -low.y);
		low.x = -high.x;
		low.y = -high.y;
	}
	middle.x = (low.x + high.x) / 2;
	middle.y = (low.y + high.y) / 2;
	for (size_t i = 0; i < f->n; i++) {
		out[i].x = fitted(f->at[i].x, middle.x, high.x - middle.x);
		out[i].y = fitted(f->at[i].y, middle.y, high.y - middle.y);
	}
}

void
layout_place(const struct layout_link *links, size_t link_count, size_t n, bool pinned,
	     uint64_t seed, struct layout_point *out)
{
	struct field f = { .n = n < LAYOUT_NODES_MAX ? n : LAYOUT_NODES_MAX };

	if (f.n == 0)
		return;
	f.ideal = 2 / sqrt((double)f.n);
	begin(&f, pinned, seed);
	for (int i = 0; i < ROUNDS; i++) {
		sum_forces(&f, links, link_count);
		move(&f, pinned, 0.3 * (ROUNDS - i) / ROUNDS);
	}
	fit(&f, pinned, out);
}
