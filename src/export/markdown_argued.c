#include "config.h"

#include "export/markdown_argued.h"

#include "export/mdtext.h"
#include "model/techniques.h"

static struct buf *
out_of(const struct argument *m)
{
	return &m->sink->buf;
}

static void
add_text(const struct argument *m, struct claque_str text)
{
	mdtext_line(out_of(m), m->scratch, text);
}

static void
add_cell(const struct argument *m, const struct gathered *g, const char *names,
	 const struct row *row)
{
	struct arena scratch = m->scratch;
	struct claque_str text = reading_text(&scratch, g, names, row);

	mdtext_line(out_of(m), scratch, text);
}

static void
add_evidence(const struct argument *m, const struct row *row)
{
	const struct gathered *g = &m->r->claims;
	struct arena scratch = m->scratch;
	struct claque_str weight = reading_text(&scratch, g, "weight", row);
	struct claque_str reopens = reading_text(&scratch, g, "reopens", row);

	buf_addz(out_of(m), "- ");
	add_cell(m, g, "text", row);
	buf_addz(out_of(m), " (");
	add_cell(m, g, OF_TARGET, row);
	if (admiralty_is(weight)) {
		struct claque_str words = admiralty_words(&scratch, weight);

		buf_addf(out_of(m), "; source " STR_FMT ", " STR_FMT, STR_ARG(weight),
			 STR_ARG(words));
	}
	buf_addz(out_of(m), "; by ");
	add_cell(m, g, "who", row);
	if (reopens.len > 0) {
		buf_addz(out_of(m), "; reopened by: ");
		mdtext_code(out_of(m), scratch, reopens, false);
	}
	buf_addz(out_of(m), ")\n");
	(void)sink_flow(m->sink);
}

static void
add_side(const struct argument *m, const struct row *claim, enum claim_side side)
{
	static const char *const heads[SIDE_COUNT] = {
		[SIDE_for] = "For it", [SIDE_against] = "Against it", [SIDE_neutral] = "Neither",
	};
	struct arena perm = m->perm;
	const struct row **rows;
	size_t n = argued_evidence(m->r, claim, side, &perm, &rows);

	if (n == 0 && side == SIDE_neutral)
		return;
	buf_addf(out_of(m), "%s:\n\n", heads[side]);
	for (size_t i = 0; i < n; i++)
		add_evidence(m, rows[i]);
	buf_addz(out_of(m), n == 0 ? "No evidence.\n\n" : "\n");
}

void
markdown_claims(const struct argument *m)
{
	struct arena perm = m->perm;
	const struct row **claims;
	size_t n = argued_claims(m->r, &perm, &claims);

	buf_addz(out_of(m), "## Claims\n\n");
	if (m->r->claims.table == NULL)
		buf_addz(out_of(m), "The claims are not in this export.\n\n");
	else if (n == 0)
		buf_addz(out_of(m), "None.\n\n");
	for (size_t i = 0; i < n; i++) {
		struct arena scratch = m->scratch;
		struct argument inner = *m;

		inner.perm = perm;
		buf_addz(out_of(m), "**");
		add_cell(m, &m->r->claims, "text", claims[i]);
		buf_addz(out_of(m), "** ");
		buf_add(out_of(m), argued_weight(m->r, claims[i], &scratch));
		buf_addz(out_of(m), " About ");
		add_cell(m, &m->r->claims, OF_TARGET, claims[i]);
		buf_addz(out_of(m), ", by ");
		add_cell(m, &m->r->claims, "who", claims[i]);
		buf_addz(out_of(m), ".\n\n");
		for (unsigned side = 0; side < SIDE_COUNT; side++)
			add_side(&inner, claims[i], (enum claim_side)side);
	}
}

/* --- the matrix */

static void
add_matrix_row(const struct argument *m, const struct ach *ach, const struct ach_evidence *e)
{
	buf_addz(out_of(m), "| ");
	add_text(m, e->text);
	for (size_t k = 0; k < ach->hypothesis_count; k++)
		buf_addf(out_of(m), " | %s", e->ratings[k] == ACH_NONE ? "-" :
			 rating_name(e->ratings[k]));
	buf_addf(out_of(m), " | %s |\n", ach_worth(e));
	(void)sink_flow(m->sink);
}

static void
add_counts(const struct argument *m, const struct ach *ach)
{
	buf_addz(out_of(m), "| inconsistent (of it II)");
	for (size_t k = 0; k < ach->hypothesis_count; k++)
		if (ach->hypotheses[k].rank == 0)
			buf_addz(out_of(m), " | -");
		else
			buf_addf(out_of(m), " | %zu (%zu)", ach->hypotheses[k].inconsistent,
				 ach->hypotheses[k].rated[ACH_II]);
	buf_addz(out_of(m), " | |\n\n");
}

static void
add_matrix(const struct argument *m, struct claque_str subject)
{
	struct arena perm = m->perm;
	struct ach ach;

	argued_ach(m->r, subject, &perm, &ach);
	buf_addz(out_of(m), "About ");
	add_text(m, subject);
	buf_addz(out_of(m), ":\n\n| evidence");
	for (size_t k = 0; k < ach.hypothesis_count; k++) {
		buf_addz(out_of(m), " | ");
		add_text(m, ach.hypotheses[k].key);
	}
	buf_addz(out_of(m), " | worth |\n| ---");
	for (size_t k = 0; k <= ach.hypothesis_count; k++)
		buf_addz(out_of(m), " | ---");
	buf_addz(out_of(m), " |\n");
	for (size_t i = 0; i < ach.evidence_count; i++)
		add_matrix_row(m, &ach, &ach.evidence[i]);
	add_counts(m, &ach);
	for (size_t i = 0; i < ach.hypothesis_count; i++) {
		const struct ach_hypothesis *h = &ach.hypotheses[ach.order[i]];

		buf_addz(out_of(m), "- ");
		add_text(m, h->key);
		buf_addz(out_of(m), ", ");
		add_text(m, h->text);
		buf_addf(out_of(m), h->rank == 0 ? ": not tested\n" : ": %zu inconsistent\n",
			 h->inconsistent);
	}
	buf_addc(out_of(m), '\n');
}

void
markdown_hypotheses(const struct argument *m)
{
	struct argument inner = *m;
	struct claque_str *subjects;
	size_t n = argued_subjects(m->r, &inner.perm, &subjects);

	buf_addz(out_of(m), "## Competing hypotheses\n\n");
	if (m->r->cells.table == NULL)
		buf_addz(out_of(m), "The matrix is not in this export.\n\n");
	else if (n == 0)
		buf_addz(out_of(m), "No evidence was weighed under hypotheses.\n\n");
	else
		buf_addz(out_of(m), "Evidence under each hypothesis (Heuer 1999): CC very consistent, C "
			 "consistent, N neither, I inconsistent, II very inconsistent. What counts is how "
			 "little is inconsistent.\n\n");
	for (size_t i = 0; i < n; i++)
		add_matrix(&inner, subjects[i]);
}

/* --- fields and techniques */

static void
add_field(const struct argument *m, const struct row *row)
{
	const struct gathered *g = &m->r->stated;
	struct arena scratch = m->scratch;

	add_cell(m, g, OF_TARGET, row);
	buf_addz(out_of(m), ": ");
	if (reading_text(&scratch, g, "confidence", row).len > 0) {
		buf_addz(out_of(m), "**");
		add_cell(m, g, "confidence", row);
		buf_addz(out_of(m), "**, ");
	}
	add_cell(m, g, "text", row);
	if (reading_text(&scratch, g, "quote", row).len > 0) {
		buf_addz(out_of(m), " (cited: ");
		add_cell(m, g, "quote", row);
		buf_addc(out_of(m), ')');
	}
	buf_addz(out_of(m), ", by ");
	add_cell(m, g, "who", row);
}

void
markdown_fields(const struct argument *m)
{
	buf_addz(out_of(m), "## Actor, behaviour, content, distribution, effect\n\n");
	if (m->r->stated.table == NULL) {
		buf_addz(out_of(m), "The fields are not in this export.\n\n");
		return;
	}
	for (unsigned field = 0; field < FIELD_COUNT; field++) {
		struct arena perm = m->perm;
		const struct row **rows;
		size_t n = argued_fields(m->r, (enum field)field, &perm, &rows);

		if (field == FIELD_attribution)
			continue;
		for (size_t i = 0; i < n; i++) {
			buf_addf(out_of(m), "- %s, ", field_title((enum field)field));
			add_field(m, rows[i]);
			buf_addc(out_of(m), '\n');
		}
		if (n == 0)
			buf_addf(out_of(m), "- %s: not said\n", field_title((enum field)field));
	}
	buf_addc(out_of(m), '\n');
}

void
markdown_attribution(const struct argument *m, struct claque_str subject)
{
	struct arena perm = m->perm;
	const struct row **rows, *row;
	size_t n = argued_fields(m->r, FIELD_attribution, &perm, &rows);

	if (subject.len > 0) {
		row = argued_field(m->r, FIELD_attribution, subject);
		rows = &row;
		n = row != NULL;
	}
	for (size_t i = 0; i < n; i++) {
		buf_addz(out_of(m), i > 0 ? "\n\n" : "");
		add_field(m, rows[i]);
	}
	buf_addz(out_of(m), n == 0 ? "Not assessed." : ".");
}

/* What a signal of a lead suggests, or an analyst confirmed. */
void
markdown_techniques(const struct argument *m)
{
	const struct gathered *g = &m->r->stated, *reasons = &m->r->evidence;
	struct argument inner = *m;
	const struct row **rows;
	size_t n = argued_techniques(m->r, &inner.perm, &rows);
	struct map told;

	map_init(&told);
	buf_addz(out_of(m), "## Tactics, techniques and procedures\n\n");
	for (size_t i = 0; i < n; i++) {
		struct arena scratch = inner.scratch;
		struct claque_str id = reading_text(&scratch, g, "word", rows[i]);
		const char *name;

		(void)map_add(&told, id, NULL);
		buf_addz(out_of(m), "- confirmed: ");
		if (!technique_known(id, &name))
			name = "";
		if (!str_starts(str_of(name), id)) {
			add_text(&inner, id);
			buf_addc(out_of(m), ' ');
		}
		add_text(&inner, str_of(name));
		buf_addz(out_of(m), ", of ");
		add_cell(&inner, g, OF_TARGET, rows[i]);
		buf_addz(out_of(m), ", by ");
		add_cell(&inner, g, "who", rows[i]);
		buf_addc(out_of(m), '\n');
	}
	for (size_t i = 0; i < reasons->count; i++) {
		struct arena scratch = inner.scratch;
		const struct row *row = &reasons->rows[i];
		const struct technique *t = technique_of_signal(
			reading_text(&scratch, reasons, "signal", row));
		const char *name = "";
		bool is_new = false;

		if (t == NULL || reading_number(reasons, "log_odds", row) <= 0 ||
		    !reading_is_lead(m->r, reading_text(&scratch, reasons, OF_CLUSTER, row)))
			continue;
		(void)map_add(&told, str_of(t->procedure), &is_new);
		if (is_new && technique_known(str_of(t->procedure), &name))
			buf_addf(out_of(m), "- suggested by the signal %s: %s\n", t->signal, name);
	}
	buf_addz(out_of(m), told.count == 0 ? "None suggested, none confirmed.\n\n" : "\n");
	map_done(&told);
}
