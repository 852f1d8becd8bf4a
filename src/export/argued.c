#include "config.h"

#include "export/argued.h"

static bool
says(const struct gathered *g, const char *column, const struct row *row, const char *word)
{
	const struct value *v = table_value(row, gathered_column(g, column));

	return v->type == VALUE_TEXT && str_eq(v->s, str_of(word));
}

static struct claque_str
text_at(const struct gathered *g, const char *column, const struct row *row)
{
	const struct value *v = table_value(row, gathered_column(g, column));

	return v->type == VALUE_TEXT ? v->s : STR("");
}

/* Rows of which this column says this word. */
static size_t
rows_saying(const struct gathered *g, const char *column, const char *word, struct arena *perm,
	    const struct row ***out)
{
	size_t n = 0;

	*out = ARENA_NEW(perm, const struct row *, g->count + 1);
	for (size_t i = 0; i < g->count; i++)
		if (says(g, column, &g->rows[i], word))
			(*out)[n++] = &g->rows[i];
	return n;
}

size_t
argued_claims(const struct reading *r, struct arena *perm, const struct row ***out)
{
	return rows_saying(&r->claims, "part", "claim", perm, out);
}

size_t
argued_evidence(const struct reading *r, const struct row *claim, enum claim_side side,
		struct arena *perm, const struct row ***out)
{
	double number = reading_number(&r->claims, "claim", claim);
	size_t n = 0, all = rows_saying(&r->claims, "part", side_name(side), perm, out);

	for (size_t i = 0; i < all; i++)
		if (reading_number(&r->claims, "claim", (*out)[i]) == number)
			(*out)[n++] = (*out)[i];
	return n;
}

struct claque_str
argued_weight(const struct reading *r, const struct row *claim, struct arena *perm)
{
	enum likelihood likelihood = likelihood_find(text_at(&r->claims, "likelihood", claim));
	struct claque_str sure = text_at(&r->claims, "confidence", claim);
	struct claque_str likely = likelihood_range(perm, likelihood);

	if (likely.len > 0)
		likely = str_fmt(perm, "Likelihood: " STR_FMT ".", STR_ARG(likely));
	if (sure.len == 0)
		return likely;
	return str_fmt(perm, STR_FMT "%sConfidence in the judgement: " STR_FMT ".", STR_ARG(likely),
		       likely.len > 0 ? " " : "", STR_ARG(sure));
}

size_t
argued_subjects(const struct reading *r, struct arena *perm, struct claque_str **out)
{
	struct map names;
	size_t n;

	map_init(&names);
	for (size_t i = 0; i < r->cells.count; i++)
		(void)map_add(&names, text_at(&r->cells, OF_TARGET, &r->cells.rows[i]), NULL);
	n = names.count;
	*out = ARENA_NEW(perm, struct claque_str, n + 1);
	for (uint32_t i = 0; i < n; i++)
		(*out)[i] = str_dup(perm, map_key(&names, i));
	map_done(&names);
	return n;
}

/* --- the matrix of one subject */

struct matrix {
	const struct gathered *cells;
	struct ach *ach;
	struct arena *perm;
};

static void
add_hypothesis(struct matrix *m, const struct row *row)
{
	struct claque_str key = text_at(m->cells, "hypothesis", row);

	if (ach_find(m->ach, key) == m->ach->hypothesis_count)
		m->ach->hypotheses[m->ach->hypothesis_count++] = (struct ach_hypothesis){
			.key = key, .text = text_at(m->cells, "says", row) };
}

static void
add_evidence(struct matrix *m, const struct row *row)
{
	int64_t id = (int64_t)reading_number(m->cells, "evidence", row);
	struct ach *ach = m->ach;
	struct ach_evidence *e;

	if (ach->evidence_count > 0 && ach->evidence[ach->evidence_count - 1].id == id)
		return;
	e = &ach->evidence[ach->evidence_count++];
	*e = (struct ach_evidence){ .id = id, .text = text_at(m->cells, "text", row),
		.claim = (int64_t)reading_number(m->cells, "claim", row),
		.side = side_find(text_at(m->cells, "side", row)),
		.weight = text_at(m->cells, "weight", row) };
	e->ratings = ARENA_NEW(m->perm, enum ach_rating, ach->hypothesis_count);
	for (size_t k = 0; k < ach->hypothesis_count; k++)
		e->ratings[k] = ACH_NONE;
}

/* The cells of one piece of evidence follow each other. */
void
argued_ach(const struct reading *r, struct claque_str subject, struct arena *perm, struct ach *out)
{
	struct gathered cells = gathered_where(&r->cells, gathered_column(&r->cells, OF_TARGET),
					       subject, perm);
	struct matrix m = { &cells, out, perm };

	*out = (struct ach){ 0 };
	out->hypotheses = ARENA_NEW(perm, struct ach_hypothesis, cells.count + 1);
	for (size_t i = 0; i < cells.count; i++)
		add_hypothesis(&m, &cells.rows[i]);
	out->evidence = ARENA_NEW(perm, struct ach_evidence, cells.count + 1);
	for (size_t i = 0; i < cells.count; i++) {
		struct ach_evidence *e;
		size_t k = ach_find(out, text_at(&cells, "hypothesis", &cells.rows[i]));

		add_evidence(&m, &cells.rows[i]);
		e = &out->evidence[out->evidence_count - 1];
		e->ratings[k] = rating_find(text_at(&cells, "rating", &cells.rows[i]));
	}
	ach_count(out, perm);
}

/* --- fields and techniques */

size_t
argued_fields(const struct reading *r, enum field field, struct arena *perm,
	      const struct row ***out)
{
	size_t n = 0, all = rows_saying(&r->stated, "kind", "field", perm, out);

	for (size_t i = 0; i < all; i++)
		if (says(&r->stated, "word", (*out)[i], field_name(field)))
			(*out)[n++] = (*out)[i];
	return n;
}

const struct row *
argued_field(const struct reading *r, enum field field, struct claque_str subject)
{
	for (size_t i = 0; i < r->stated.count; i++) {
		const struct row *row = &r->stated.rows[i];

		if (says(&r->stated, "kind", row, "field") &&
		    says(&r->stated, "word", row, field_name(field)) &&
		    str_eq(text_at(&r->stated, OF_TARGET, row), subject))
			return row;
	}
	return NULL;
}

size_t
argued_techniques(const struct reading *r, struct arena *perm, const struct row ***out)
{
	return rows_saying(&r->stated, "kind", "technique", perm, out);
}
