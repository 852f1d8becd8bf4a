/*
 * sheet_html.c - two columns on one sheet. The curve is the ranking without any threshold;
 * the dots on it say where engine and learner drew theirs.
 */
#include "config.h"

#include "export/sheet_part.h"

#include <math.h>

#include "base/clock.h"

#include "export/look.h"
#include "export/page_text.h"

/* Of the curve: the square's corner and sides in units of the picture. */
enum { LEFT = 44, TOP = 10, SIDE = 200, STEPS = 4, WIDE = 330, TALL = 246 };

static const char style[] =
	LOOK_COLOURS
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;max-width:50rem;padding:1rem;background:var(--bg);color:var(--fg);"
	"font:14px/1.4 system-ui,\"Liberation Sans\",\"Noto Sans\",sans-serif;"
	"overflow-wrap:anywhere}\n"
	"h1{font-size:1.4rem;margin:0 0 .3rem}h2{font-size:1rem;margin:1rem 0 .3rem}\n"
	"p{margin:.3rem 0}.note{color:var(--dim);font-size:.86em}\n"
	".bottom{border-left:4px solid var(--lead);padding:.4rem .8rem;background:var(--box)}\n"
	".two{display:grid;grid-template-columns:1fr 1fr;gap:0 1.5rem}\n"
	"@media screen and (max-width:36rem){.two{display:block}}\n"
	"table{border-collapse:collapse;width:100%;font-size:.88em}\n"
	"th,td{text-align:left;vertical-align:top;padding:.14rem .4rem;"
	"border-bottom:1px solid var(--line)}th{border-bottom:2px solid var(--line)}\n"
	".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
	".bad{color:var(--odd);font-weight:600}.found{color:var(--against)}.missed{color:var(--odd)}\n"
	"svg{width:100%;height:auto;display:block}\n"
	LOOK_LETTERS
	".axis{stroke:var(--dim)}.grid{stroke:var(--line)}\n"
	".curve{stroke:var(--other);stroke-width:2;fill:none}\n"
	".engine{fill:var(--lead)}.learner{fill:none;stroke:var(--link);stroke-width:3}\n"
	"@media print{@page{size:A4;margin:12mm}:root{color-scheme:light;" LOOK_LIGHT "}"
	"body{max-width:none;padding:0;font-size:9pt}section{break-inside:avoid}}\n";

static void
add_head(const struct sheet *s, struct buf *out, struct arena scratch)
{
	buf_addz(out, LOOK_HEAD "<title>Grade of a training case</title>\n<style>\n");
	buf_addz(out, style);
	buf_addz(out, "</style>\n</head>\n<body>\n<main>\n<h1>Grade: ");
	page_exact(out, scratch, s->name);
	buf_addz(out, "</h1>\n<p class=\"bottom\">");
	page_plain(out, scratch, sheet_bottom_line(&scratch, s));
	buf_addz(out, "</p>\n<p class=\"note\">A training case: everybody in it is synthetic. Made at ");
	buf_add(out, clock_text(&scratch, s->made_at, CLOCK_RFC3339));
	buf_addz(out, " with claque ");
	page_plain(out, scratch, s->version);
	buf_addz(out, ". Spam rings are neither to be found nor to be spared: they count in no "
		      "figure but that of their own.</p>\n");
}

static void
add_text_cell(struct buf *out, struct arena scratch, struct claque_str s)
{
	buf_addz(out, "<td>");
	page_text(out, scratch, s);
	buf_addz(out, "</td>");
}

static void
add_number_cell(struct buf *out, struct arena scratch, struct claque_str s)
{
	buf_addz(out, "<td class=\"n\">");
	page_plain(out, scratch, s);
	buf_addz(out, "</td>");
}

static void
add_count_cell(struct buf *out, uint64_t n, bool bad)
{
	buf_addf(out, "<td class=\"n%s\">%llu</td>", bad ? " bad" : "", (unsigned long long)n);
}

static void
add_flags(const struct sheet *s, struct buf *out, struct arena scratch)
{
	buf_addz(out, "<section>\n<h2>Accusations</h2>\n<table>\n<thead><tr><th>of accounts</th>"
		 "<th class=\"n\">engine&#8217;s leads</th><th class=\"n\">learner&#8217;s verdicts</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < SHEET_LINES; i++) {
		double learner = s->judged > 0 ? sheet_figure_of(i, &s->learner) : (double)NAN;

		buf_addf(out, "<tr><td>%s</td>", sheet_lines[i].title);
		add_number_cell(out, scratch, sheet_figure(&scratch, sheet_figure_of(i, &s->engine)));
		add_number_cell(out, scratch, sheet_figure(&scratch, learner));
		buf_addz(out, "</tr>\n");
	}
	buf_addz(out, "</tbody></table>\n</section>\n");
}

static void
add_figures(struct buf *out, struct arena scratch, const struct sheet *s)
{
	const struct { const char *title; double x; } lines[] = {
		{ "average precision", s->average_precision }, { "AUC", s->auc },
		{ "best F1 of any threshold", s->best_f1 },
		{ "recall at 0.1 % of innocents accused", s->recall_tenth },
		{ "recall at 1 %", s->recall_one },
		{ "groups against networks: NMI", s->nmi }, { "the same: ARI", s->ari },
	};

	buf_addz(out, "<section>\n<h2>Ranking and groups of the engine</h2>\n<table>\n"
		      "<thead><tr><th>figure</th><th class=\"n\">value</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		buf_addf(out, "<tr><td>%s</td>", lines[i].title);
		add_number_cell(out, scratch, sheet_figure(&scratch, lines[i].x));
		buf_addz(out, "</tr>\n");
	}
	buf_addz(out, "<tr><td>leads that are mostly innocents</td>");
	add_number_cell(out, scratch, sheet_share(&scratch, s->wrong_groups, s->groups));
	buf_addz(out, "</tr>\n</tbody></table>\n</section>\n");
}

/* --- the curve */

static double
x_of(double recall)
{
	return LEFT + SIDE * recall * 1.3;
}

static double
y_of(double precision)
{
	return TOP + SIDE * (1 - precision);
}

static void
add_axes(struct buf *out)
{
	for (int i = 0; i <= STEPS; i++) {
		double part = (double)i / STEPS;

		buf_addf(out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>"
			 "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.2g</text>"
			 "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.2g</text>\n",
			 i == 0 ? "axis" : "grid", x_of(0), y_of(part), x_of(1), y_of(part), LEFT - 5,
			 y_of(part) + 4, part, x_of(part), TOP + SIDE + 15, part);
	}
	buf_addf(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">recall</text>"
		 "<text transform=\"translate(12 %.1f) rotate(-90)\" text-anchor=\"middle\">precision"
		 "</text>\n", x_of(0.5), TALL - 4, y_of(0.5));
}

static void
add_dot(struct buf *out, struct sheet_flag f, const char *how)
{
	if (f.hit + f.wrong > 0 && f.hit + f.missed > 0)
		buf_addf(out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>\n", how,
			 x_of(f.recall), y_of(f.precision));
}

static void
add_curve(const struct sheet *s, struct buf *out)
{
	if (s->point_count == 0)
		return;
	buf_addf(out, "<section>\n<h2>Precision and recall</h2>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" "
		 "aria-label=\"Precision by recall of the engine&#8217;s ranking\">\n", WIDE, TALL);
	add_axes(out);
	buf_addz(out, "<polyline class=\"curve\" points=\"");
	for (size_t i = 0; i < s->point_count; i++)
		buf_addf(out, "%s%.1f,%.1f", i > 0 ? " " : "", x_of(s->curve[i].recall),
			 y_of(s->curve[i].precision));
	buf_addz(out, "\"/>\n");
	add_dot(out, s->engine, "engine");
	if (s->judged > 0)
		add_dot(out, s->learner, "learner");
	buf_addz(out, "</svg>\n<p class=\"note\">The line: the engine&#8217;s ranking at every threshold. "
		      "Full dot: its leads. Ring: the learner&#8217;s verdicts.</p>\n</section>\n");
}

/* --- lists */

static void
add_networks(const struct sheet *s, struct buf *out, struct arena scratch)
{
	if (s->network_count == 0)
		return;
	buf_addz(out, "<section>\n<h2>Planted networks</h2>\n<table>\n<thead><tr><th>network</th><th>engine</th>"
		 "<th class=\"n\">accounts in leads</th><th class=\"n\">learner</th>"
		 "<th>most of it in</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < s->network_count && i < SHEET_NETWORKS; i++) {
		const struct sheet_network *n = &s->networks[i];
		const char *found = sheet_found(n->engine, n->count);

		buf_addz(out, "<tr>");
		add_text_cell(out, scratch, n->name);
		buf_addf(out, "<td class=\"%s\">%s</td>", found[0] == 'i' ? "part" : found, found);
		add_number_cell(out, scratch, sheet_share(&scratch, n->engine, n->count));
		add_count_cell(out, n->learner, false);
		add_text_cell(out, scratch, n->group.len == 0 ? STR("-") :
			      str_fmt(&scratch, STR_FMT ": %llu of its %llu", STR_ARG(n->group),
				      (unsigned long long)n->in_group,
				      (unsigned long long)n->group_count));
		buf_addz(out, "</tr>\n");
	}
	buf_addz(out, "</tbody></table>\n");
	if (s->network_count > SHEET_NETWORKS)
		buf_addf(out, "<p class=\"note\">and %zu more</p>\n",
			 s->network_count - SHEET_NETWORKS);
	buf_addz(out, "</section>\n");
}

static void
add_kinds(const struct sheet *s, struct buf *out, struct arena scratch)
{
	buf_addz(out, "<section>\n<h2>Who was not to be accused</h2>\n<table>\n<thead><tr><th>sort</th>"
		 "<th class=\"n\">accounts</th><th class=\"n\">engine</th><th class=\"n\">learner</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < s->kind_count; i++) {
		const struct sheet_kind *k = &s->kinds[i];

		buf_addz(out, "<tr>");
		add_text_cell(out, scratch, k->words.len > 0 ? k->words : k->kind);
		add_count_cell(out, k->count, false);
		add_count_cell(out, k->engine, k->innocent && k->engine > 0);
		add_count_cell(out, k->learner, k->innocent && k->learner > 0);
		buf_addz(out, "</tr>\n");
	}
	buf_addz(out, "</tbody></table>\n</section>\n");
}

static void
add_tasks(const struct sheet *s, struct buf *out, struct arena scratch)
{
	if (s->task_count == 0)
		return;
	buf_addz(out, "<section>\n<h2>Also to be found</h2>\n<table>\n"
		      "<thead><tr><th>what</th><th>how well</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < s->task_count; i++) {
		buf_addz(out, "<tr>");
		add_text_cell(out, scratch, s->tasks[i].what);
		add_text_cell(out, scratch, s->tasks[i].figure);
		buf_addz(out, "</tr>\n");
	}
	buf_addz(out, "</tbody></table>\n</section>\n");
}

void
sheet_html(const struct sheet *s, struct buf *out, struct arena scratch)
{
	add_head(s, out, scratch);
	buf_addz(out, "<div class=\"two\">\n<div>\n");
	add_flags(s, out, scratch);
	add_figures(out, scratch, s);
	buf_addz(out, "</div>\n<div>\n");
	add_curve(s, out);
	buf_addz(out, "</div>\n</div>\n");
	add_networks(s, out, scratch);
	buf_addz(out, "<div class=\"two\">\n<div>\n");
	add_kinds(s, out, scratch);
	buf_addz(out, "</div>\n<div>\n");
	add_tasks(s, out, scratch);
	buf_addz(out, "</div>\n</div>\n</main>\n</body>\n</html>\n");
}
