/*
 * page_argued.c - what analysts argue, on the page: claims with their evidence, hypotheses
 * against each other, the headings of ABCDE and other fields. Nothing of it is computed but
 * the counts of the matrix.
 */
#include "config.h"

#include "export/page.h"

#include "export/argued.h"

enum { CLAIMS_SHOWN = 100 };

static void
add_item(struct page *h, const struct row *row)
{
	struct arena scratch = h->scratch;
	struct claque_str weight = reading_text(&scratch, &h->r.claims, "weight", row);
	struct claque_str reopens = reading_text(&scratch, &h->r.claims, "reopens", row);

	buf_addz(h->out, "<li>");
	page_cell(h, &h->r.claims, "text", row);
	buf_addz(h->out, " <span class=\"note\">");
	page_lead(h, reading_text(&scratch, &h->r.claims, OF_TARGET, row));
	if (admiralty_is(weight)) {
		struct claque_str words = admiralty_words(&scratch, weight);

		buf_addf(h->out, "; source " STR_FMT " (" STR_FMT ")", STR_ARG(weight), STR_ARG(words));
	}
	buf_addz(h->out, "; by ");
	page_cell(h, &h->r.claims, "who", row);
	if (reopens.len > 0) {
		buf_addz(h->out, "; <code>");
		page_exact(h->out, scratch, reopens);
		buf_addz(h->out, "</code>");
	}
	buf_addz(h->out, "</span></li>\n");
	(void)sink_flow(h->sink);
}

static void
add_side(struct page *h, const struct row *claim, enum claim_side side)
{
	static const char *const heads[SIDE_COUNT] = {
		[SIDE_for] = "<h4 class=\"for\">For it</h4>\n",
		[SIDE_against] = "<h4 class=\"against\">Against it</h4>\n",
		[SIDE_neutral] = "<h4>Neither</h4>\n",
	};
	struct arena perm = h->perm;
	const struct row **rows;
	size_t n = argued_evidence(&h->r, claim, side, &perm, &rows);

	if (n == 0 && side == SIDE_neutral)
		return;
	buf_addz(h->out, heads[side]);
	if (n == 0)
		buf_addz(h->out, "<p class=\"missing\">No evidence.</p>\n");
	else
		buf_addz(h->out, "<ul>\n");
	for (size_t i = 0; i < n; i++)
		add_item(h, rows[i]);
	buf_addz(h->out, n > 0 ? "</ul>\n" : "");
}

static void
add_claim(struct page *h, const struct row *claim)
{
	struct arena perm = h->perm, scratch = h->scratch;
	struct claque_str weight = argued_weight(&h->r, claim, &perm);

	buf_addz(h->out, "<article>\n<p class=\"claim\">");
	page_cell(h, &h->r.claims, "text", claim);
	buf_addz(h->out, "</p>\n<p>");
	page_exact(h->out, scratch, weight);
	buf_addz(h->out, " <span class=\"note\">About ");
	page_lead(h, reading_text(&scratch, &h->r.claims, OF_TARGET, claim));
	buf_addz(h->out, "; by ");
	page_cell(h, &h->r.claims, "who", claim);
	buf_addz(h->out, ", ");
	page_cell(h, &h->r.claims, "at", claim);
	buf_addz(h->out, "</span></p>\n");
	for (unsigned side = 0; side < SIDE_COUNT; side++)
		add_side(h, claim, (enum claim_side)side);
	buf_addz(h->out, "</article>\n");
}

void
page_claims(struct page *h)
{
	struct arena keep = h->perm;
	const struct row **claims;
	size_t n = argued_claims(&h->r, &h->perm, &claims);

	page_heading(h, "What is claimed");
	if (n == 0)
		page_missing(h, h->r.claims.table == NULL ? "Claims: not in this export." :
			     "Nothing is claimed yet.", "claque claim CASE 'One sentence' --cluster C001");
	for (size_t i = 0; i < n && i < CLAIMS_SHOWN; i++)
		add_claim(h, claims[i]);
	page_more(h, (int64_t)n - CLAIMS_SHOWN);
	h->perm = keep;
}

/* --- the matrix */

static void
add_matrix_row(struct page *h, const struct ach *ach, const struct ach_evidence *e)
{
	buf_addz(h->out, "<tr><td class=\"text\">");
	page_text(h->out, h->scratch, e->text);
	buf_addf(h->out, " <span class=\"note\">%s%s" STR_FMT "</span></td>", side_name(e->side),
		 e->weight.len > 0 ? ", " : "", STR_ARG(e->weight));
	for (size_t k = 0; k < ach->hypothesis_count; k++)
		buf_addf(h->out, "<td>%s</td>", e->ratings[k] == ACH_NONE ? "-" :
			 rating_name(e->ratings[k]));
	buf_addf(h->out, "<td>%s</td></tr>\n", ach_worth(e));
}

static void
add_counts(struct page *h, const struct ach *ach, const char *head, bool very)
{
	buf_addf(h->out, "<tr><th scope=\"row\">%s</th>", head);
	for (size_t k = 0; k < ach->hypothesis_count; k++)
		if (ach->hypotheses[k].rank == 0)
			buf_addz(h->out, "<td>-</td>");
		else
			buf_addf(h->out, "<td>%zu</td>", very ? ach->hypotheses[k].rated[ACH_II] :
				 ach->hypotheses[k].inconsistent);
	buf_addz(h->out, "<td></td></tr>\n");
}

static void
add_ranking(struct page *h, const struct ach *ach)
{
	buf_addz(h->out, "<ol>\n");
	for (size_t i = 0; i < ach->hypothesis_count; i++) {
		const struct ach_hypothesis *hyp = &ach->hypotheses[ach->order[i]];

		buf_addz(h->out, "<li>");
		page_text(h->out, h->scratch, hyp->key);
		buf_addz(h->out, ", ");
		page_text(h->out, h->scratch, hyp->text);
		if (hyp->rank == 0)
			buf_addz(h->out, ": not tested</li>\n");
		else
			buf_addf(h->out, ": %zu inconsistent, %zu of it very; %zu consistent; %zu not "
				 "rated</li>\n", hyp->inconsistent, hyp->rated[ACH_II],
				 hyp->rated[ACH_C] + hyp->rated[ACH_CC], hyp->rated[ACH_NONE]);
	}
	buf_addz(h->out, "</ol>\n");
}

static void
add_matrix(struct page *h, struct claque_str subject)
{
	struct arena keep = h->perm;
	struct ach ach;

	argued_ach(&h->r, subject, &h->perm, &ach);
	buf_addz(h->out, "<h4>About ");
	page_lead(h, subject);
	buf_addz(h->out, "</h4>\n<div class=\"wide\">\n<table>\n<thead><tr><th scope=\"col\">evidence"
		 "</th>");
	for (size_t k = 0; k < ach.hypothesis_count; k++) {
		buf_addz(h->out, "<th scope=\"col\">");
		page_text(h->out, h->scratch, ach.hypotheses[k].key);
		buf_addz(h->out, "</th>");
	}
	buf_addz(h->out, "<th scope=\"col\">worth</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < ach.evidence_count; i++)
		add_matrix_row(h, &ach, &ach.evidence[i]);
	add_counts(h, &ach, "inconsistent", false);
	add_counts(h, &ach, "of it very (II)", true);
	buf_addz(h->out, "</tbody>\n</table>\n</div>\n");
	add_ranking(h, &ach);
	(void)sink_flow(h->sink);
	h->perm = keep;
}

void
page_hypotheses(struct page *h)
{
	struct arena keep = h->perm;
	struct claque_str *subjects;
	size_t n = argued_subjects(&h->r, &h->perm, &subjects);

	page_heading(h, "Competing hypotheses");
	if (n == 0)
		page_missing(h, h->r.cells.table == NULL ? "The matrix of hypotheses: not in this export." :
			     "No evidence was weighed under hypotheses.", "claque rate CASE 2 H2 I");
	else
		buf_addz(h->out, "<p>Evidence under each hypothesis (Heuer 1999): CC very consistent, C "
			 "consistent, N neither, I inconsistent, II very inconsistent. What counts is "
			 "how little is inconsistent; evidence that is the same under all "
			 "distinguishes nothing.</p>\n");
	for (size_t i = 0; i < n; i++)
		add_matrix(h, subjects[i]);
	h->perm = keep;
}

/* --- fields */

static void
add_field(struct page *h, const struct row *row)
{
	struct arena scratch = h->scratch;
	struct claque_str more = reading_text(&scratch, &h->r.stated, "confidence", row);
	struct claque_str cited = reading_text(&scratch, &h->r.stated, "quote", row);

	page_lead(h, reading_text(&scratch, &h->r.stated, OF_TARGET, row));
	buf_addz(h->out, ": ");
	if (more.len > 0) {
		buf_addz(h->out, "<strong>");
		page_text(h->out, scratch, more);
		buf_addz(h->out, "</strong>, ");
	}
	page_cell(h, &h->r.stated, "text", row);
	if (cited.len > 0) {
		buf_addz(h->out, " <cite>");
		page_text(h->out, scratch, cited);
		buf_addz(h->out, "</cite>");
	}
	buf_addz(h->out, " <span class=\"note\">by ");
	page_cell(h, &h->r.stated, "who", row);
	buf_addz(h->out, "</span>");
}

size_t
page_field(struct page *h, enum field field)
{
	struct arena keep = h->perm;
	const struct row **rows;
	size_t n = argued_fields(&h->r, field, &h->perm, &rows);

	for (size_t i = 0; i < n; i++) {
		buf_addz(h->out, "<p>");
		add_field(h, rows[i]);
		buf_addz(h->out, "</p>\n");
	}
	h->perm = keep;
	return n;
}

void
page_headings(struct page *h)
{
	struct arena keep = h->perm;

	page_heading(h, "Actor, behaviour, content, distribution, effect");
	buf_addz(h->out, "<dl>\n");
	for (unsigned field = FIELD_actor; field <= FIELD_effect; field++) {
		const struct row **rows;
		size_t n = argued_fields(&h->r, (enum field)field, &h->perm, &rows);

		buf_addf(h->out, "<dt>%s</dt>", field_title((enum field)field));
		for (size_t i = 0; i < n; i++) {
			buf_addz(h->out, "<dd>");
			add_field(h, rows[i]);
			buf_addz(h->out, "</dd>\n");
		}
		buf_addz(h->out, n == 0 ? "<dd class=\"note\">not said</dd>\n" : "");
	}
	buf_addz(h->out, "</dl>\n");
	h->perm = keep;
}
