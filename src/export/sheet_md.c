#include "config.h"

#include "export/sheet_part.h"

#include <math.h>

#include "base/clock.h"

#include "export/mdtext.h"

static void
add(struct buf *out, struct claque_str s)
{
	buf_add(out, s);
}

static void
add_title(const struct sheet *s, struct buf *out, struct arena scratch)
{
	buf_addz(out, "# Grade: ");
	mdtext_code(out, scratch, s->name, false);
	buf_addz(out, "\n\n**");
	add(out, sheet_bottom_line(&scratch, s));
	buf_addf(out, "**\n\nA training case: everybody in it is synthetic. Made at " STR_FMT
		 " with claque " STR_FMT ".\n",
		 STR_ARG(clock_text(&scratch, s->made_at, CLOCK_RFC3339)), STR_ARG(s->version));
}

static void
add_flags(const struct sheet *s, struct buf *out, struct arena scratch)
{
	buf_addz(out, "\n| Accusations | engine's leads | learner's verdicts |\n|---|---:|---:|\n");
	for (size_t i = 0; i < SHEET_LINES; i++) {
		double learner = s->judged > 0 ? sheet_figure_of(i, &s->learner) : (double)NAN;

		buf_addf(out, "| %s | " STR_FMT " | " STR_FMT " |\n", sheet_lines[i].title,
			 STR_ARG(sheet_figure(&scratch, sheet_figure_of(i, &s->engine))),
			 STR_ARG(sheet_figure(&scratch, learner)));
	}
}

static void
add_ranking(const struct sheet *s, struct buf *out, struct arena scratch)
{
	const struct { const char *title; double x; } lines[] = {
		{ "average precision", s->average_precision }, { "AUC", s->auc },
		{ "best F1 of any threshold", s->best_f1 },
		{ "recall at 0.1 % of innocents accused", s->recall_tenth },
		{ "recall at 1 %", s->recall_one }, { "groups: NMI", s->nmi },
		{ "groups: ARI", s->ari },
	};

	buf_addz(out, "\n| Ranking and groups | |\n|---|---:|\n");
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		buf_addf(out, "| %s | " STR_FMT " |\n", lines[i].title,
			 STR_ARG(sheet_figure(&scratch, lines[i].x)));
	buf_addf(out, "| leads that are mostly innocents | " STR_FMT " |\n",
		 STR_ARG(sheet_share(&scratch, s->wrong_groups, s->groups)));
}

static void
add_networks(const struct sheet *s, struct buf *out, struct arena scratch)
{
	if (s->network_count == 0)
		return;
	buf_addz(out, "\n| Planted network | engine | | learner | most of it in |\n"
		      "|---|---|---:|---:|---|\n");
	for (size_t i = 0; i < s->network_count && i < SHEET_NETWORKS; i++) {
		const struct sheet_network *n = &s->networks[i];

		buf_addz(out, "| ");
		mdtext_line(out, scratch, n->name);
		buf_addf(out, " | %s | " STR_FMT " | %llu | ", sheet_found(n->engine, n->count),
			 STR_ARG(sheet_share(&scratch, n->engine, n->count)),
			 (unsigned long long)n->learner);
		mdtext_line(out, scratch, n->group);
		buf_addz(out, " |\n");
	}
	if (s->network_count > SHEET_NETWORKS)
		buf_addf(out, "\nand %zu more.\n", s->network_count - SHEET_NETWORKS);
}

static void
add_kinds(const struct sheet *s, struct buf *out, struct arena scratch)
{
	buf_addz(out, "\n| Not to be accused | accounts | engine | learner |\n|---|---:|---:|---:|\n");
	for (size_t i = 0; i < s->kind_count; i++) {
		const struct sheet_kind *k = &s->kinds[i];

		buf_addz(out, "| ");
		mdtext_line(out, scratch, k->words.len > 0 ? k->words : k->kind);
		buf_addf(out, " | %llu | %llu | %llu |\n", (unsigned long long)k->count,
			 (unsigned long long)k->engine, (unsigned long long)k->learner);
	}
}

static void
add_tasks(const struct sheet *s, struct buf *out)
{
	if (s->task_count > 0)
		buf_addz(out, "\n| Also to be found | |\n|---|---|\n");
	for (size_t i = 0; i < s->task_count; i++)
		buf_addf(out, "| " STR_FMT " | " STR_FMT " |\n", STR_ARG(s->tasks[i].what),
			 STR_ARG(s->tasks[i].figure));
}

void
sheet_markdown(const struct sheet *s, struct buf *out, struct arena scratch)
{
	add_title(s, out, scratch);
	add_flags(s, out, scratch);
	add_ranking(s, out, scratch);
	add_networks(s, out, scratch);
	add_kinds(s, out, scratch);
	add_tasks(s, out);
}
