/*
 * stealth_write.c - a stealth curve as three files: every world as a row, so that anybody can
 * summarise them otherwise; the steps as Markdown; the steps as a picture.
 */
#include "config.h"

#include "app/stealth_part.h"

#include <math.h>

#include "app/value.h"
#include "export/export.h"
#include "export/figure.h"
#include "export/sink.h"

enum { ROOM = 4 << 20, PANELS = 3, STEP_COLUMNS = 3 + 3 * STEALTH_FIGURES };

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

const struct column stealth_columns[] = {
	{ .name = "knob", .form = FORM_ID }, { .name = "value", .form = FORM_ID },
	{ .name = "worlds", .form = FORM_COUNT },
#define X(id, name_, measure, help_) { .name = name_, .help = help_, .form = FORM_REAL },
	STEALTH_FIGURE_LIST(X)
#undef X
#define X(id, name_, measure, help_) \
	{ .name = name_ "_least", .form = FORM_REAL }, { .name = name_ "_most", .form = FORM_REAL },
	STEALTH_FIGURE_LIST(X)
#undef X
};
const size_t stealth_column_count = LENGTH(stealth_columns);

_Static_assert(LENGTH(stealth_columns) == STEP_COLUMNS, "stealth_values() fills them all");

static const struct column world_columns[] = {
	{ .name = "knob", .form = FORM_ID }, { .name = "value", .form = FORM_ID },
	{ .name = "x", .form = FORM_NUMBER }, { .name = "seed", .form = FORM_NUMBER },
	{ .name = "planted", .form = FORM_COUNT }, { .name = "planted_flagged", .form = FORM_COUNT },
	{ .name = "innocents", .form = FORM_COUNT }, { .name = "accused", .form = FORM_COUNT },
#define X(id, name_, measure, help_) { .name = name_, .form = FORM_REAL },
	STEALTH_FIGURE_LIST(X)
#undef X
};

static struct value
figure_value(double x)
{
	return isnan(x) ? (struct value){ 0 } : value_real(x);
}

void
stealth_values(const struct stealth_step *step, struct value *out)
{
	*out++ = value_str(str_of(step->knob->name));
	*out++ = value_str(step->value);
	*out++ = value_int((int64_t)step->count);
	for (unsigned f = 0; f < STEALTH_FIGURES; f++)
		*out++ = figure_value(step->figures[f].mean);
	for (unsigned f = 0; f < STEALTH_FIGURES; f++) {
		*out++ = figure_value(step->figures[f].least);
		*out++ = figure_value(step->figures[f].most);
	}
}

/* --- stealth.csv */

static bool
give_world(const struct stealth_step *step, const struct stealth_world *w,
	   bool (*each)(void *, const struct row *), void *ctx)
{
	struct value values[LENGTH(world_columns)] = {
		value_str(str_of(step->knob->name)), value_str(step->value), value_real(step->x),
		value_int((int64_t)w->seed), value_int((int64_t)w->planted),
		value_int((int64_t)w->flagged), value_int((int64_t)w->innocents),
		value_int((int64_t)w->accused) };

	for (unsigned f = 0; f < STEALTH_FIGURES; f++)
		values[LENGTH(world_columns) - STEALTH_FIGURES + f] = figure_value(w->figures[f]);
	return each(ctx, &(struct row){ 0, values });
}

static enum claque_rc
walk_worlds(void *ctx, bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
	    struct claque_err *err)
{
	const struct stealth_curve *c = ctx;

	(void)err;
	for (size_t i = 0; i < c->count; i++)
		for (size_t k = 0; k < c->steps[i].count; k++)
			if (!give_world(&c->steps[i], &c->steps[i].worlds[k], each, row_ctx))
				return CLAQUE_STOPPED;
	return CLAQUE_OK;
}

static enum claque_rc
write_csv(const struct stealth_curve *c, const char *path, struct claque_err *err)
{
	struct stealth_curve curve = *c;
	const struct rowset table = { .name = "stealth", .columns = world_columns,
				      .column_count = LENGTH(world_columns), .ctx = &curve,
				      .walk = walk_worlds };
	int64_t rows;

	return export_one(&table, LISTING_CSV, path, &rows, err);
}

/* --- stealth.md */

static void
add_spread(struct buf *out, const struct stealth_spread *s)
{
	if (isnan(s->mean))
		buf_addz(out, " - |");
	else if (s->least < s->most)
		buf_addf(out, " %.3g (%.3g to %.3g) |", s->mean, s->least, s->most);
	else
		buf_addf(out, " %.3g |", s->mean);
}

static void
add_table(struct buf *out, const struct stealth_curve *c)
{
	const struct stealth_order *o = c->order;

	buf_addf(out, "# How stealth changes what is found: scenario " STR_FMT "\n\n"
		 "Worlds of %llu posts, %u a step; all other knobs are as in the scenario. Mean, and in"
		 " brackets the least\nand the most where the worlds differ. Flagged: in a group that"
		 " is a lead.\n\n| knob | value |", STR_ARG(o->script->name),
		 (unsigned long long)o->posts, o->seeds);
#define X(id, name, measure, help) buf_addz(out, " " help " |");
	STEALTH_FIGURE_LIST(X)
#undef X
	buf_addz(out, "\n|---|---|");
	for (unsigned f = 0; f < STEALTH_FIGURES; f++)
		buf_addz(out, "---|");
	for (size_t i = 0; i < c->count; i++) {
		buf_addf(out, "\n| %s | " STR_FMT " |", c->steps[i].knob->name,
			 STR_ARG(c->steps[i].value));
		for (unsigned f = 0; f < STEALTH_FIGURES; f++)
			add_spread(out, &c->steps[i].figures[f]);
	}
	buf_addc(out, '\n');
}

/* --- stealth.svg */

static struct figure_point
point_of(const struct stealth_step *step, enum stealth_figure f)
{
	const struct stealth_spread *s = &step->figures[f];
	double unit = f == STEALTH_ACCUSED ? 100 : 1;

	return (struct figure_point){ .x = step->x, .mean = s->mean * unit,
				      .least = s->least * unit, .most = s->most * unit,
				      .tick = step->value };
}

/* Panels of one knob from its steps on; returns how many steps it has. */
static size_t
make_panels(const struct stealth_curve *c, size_t from, struct arena *perm,
	    struct figure_panel *out)
{
	static const struct {
		enum stealth_figure figure;
		const char *title, *y;
		double top;
	} panels[PANELS] = {
		{ STEALTH_F1, "F1", "F1 of the lead flag (0 to 1)", 1 },
		{ STEALTH_RECALL, "Recall", "planted accounts flagged (share)", 1 },
		{ STEALTH_ACCUSED, "Innocents flagged", "of innocent accounts (%)", 1 },
	};
	const struct stealth_knob *knob = c->steps[from].knob;
	size_t n = 0;

	while (from + n < c->count && c->steps[from + n].knob == knob)
		n++;
	for (size_t k = 0; k < PANELS; k++) {
		struct figure_point *points = ARENA_NEW(perm, struct figure_point, n);

		for (size_t i = 0; i < n; i++)
			points[i] = point_of(&c->steps[from + i], panels[k].figure);
		out[k] = (struct figure_panel){
			.title = str_fmt(perm, "%s by %s", panels[k].title, knob->name),
			.x_label = str_of(knob->help), .y_label = str_of(panels[k].y),
			.points = points, .count = n, .log_x = knob->log, .top = panels[k].top };
	}
	return n;
}

static void
add_figure(struct buf *out, const struct stealth_curve *c)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	const struct stealth_order *o = c->order;
	struct figure_panel *panels = ARENA_NEW(&perm, struct figure_panel, PANELS * c->count);
	struct figure f = { .panels = panels, .across = PANELS };

	for (size_t i = 0; i < c->count; f.count += PANELS)
		i += make_panels(c, i, &perm, &panels[f.count]);
	f.title = str_fmt(&perm, "Stealth and what is found: scenario " STR_FMT ", worlds of %llu posts",
			  STR_ARG(o->script->name), (unsigned long long)o->posts);
	f.line = o->seeds == 1 ? STR("one world a step")
			       : str_fmt(&perm, "mean of %u worlds a step", o->seeds);
	f.band = o->seeds == 1 ? STR("") : STR("least to most of them");
	f.note = STR("Careless is left, careful is right. All other knobs are as in the scenario.");
	figure_svg(out, perm, &f);
	arena_free(whole);
}

/* --- all */

static enum claque_rc
write_text(const struct stealth_curve *c, const char *path,
	   void (*add)(struct buf *out, const struct stealth_curve *c), struct claque_err *err)
{
	struct sink sink;
	enum claque_rc rc = sink_open(&sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	add(&sink.buf, c);
	return sink_close(&sink, rc, err);
}

enum claque_rc
stealth_write(const struct stealth_curve *curve, struct claque_err *err)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	const char *out = curve->order->out;
	enum claque_rc rc;

	rc = write_csv(curve, str_fmt(&perm, "%s/stealth.csv", out).p, err);
	if (rc == CLAQUE_OK)
		rc = write_text(curve, str_fmt(&perm, "%s/stealth.md", out).p, add_table, err);
	if (rc == CLAQUE_OK)
		rc = write_text(curve, str_fmt(&perm, "%s/stealth.svg", out).p, add_figure, err);
	arena_free(whole);
	return rc;
}
