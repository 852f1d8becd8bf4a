#include "config.h"

#include "case/claims.h"

#include "base/err.h"
#include "case/said.h"

/* The seven, and the analyst's own on the subject or on the whole case. */
static void
list_hypotheses(const struct said *own, struct subject subject, const bool *here, struct ach *ach,
		struct arena *perm)
{
	ach->hypotheses = ARENA_NEW(perm, struct ach_hypothesis, HYPOTHESIS_COUNT + own->count);
	for (unsigned i = 0; i < HYPOTHESIS_COUNT; i++)
		ach->hypotheses[ach->hypothesis_count++] = (struct ach_hypothesis){
			.key = str_of(hypothesis_key((enum hypothesis)i)),
			.text = str_of(hypothesis_text((enum hypothesis)i)) };
	for (size_t i = 0; i < own->count; i++) {
		const struct annotation *a = &own->rows[i];

		if (subject.kind != SUBJECT_none && a->target.kind != SUBJECT_none && !here[i])
			continue;
		if (ach_find(ach, a->word) < ach->hypothesis_count)
			continue;
		ach->hypotheses[ach->hypothesis_count++] = (struct ach_hypothesis){
			.key = a->word, .text = a->text, .id = a->id };
	}
}

/* Which of the case's own hypotheses are on the subject: a cluster goes by its name. */
static enum claque_rc
read_hypotheses(struct store *store, struct subject subject, struct ach *ach, struct arena *perm,
		struct claque_err *err)
{
	struct said all, on = { 0 };
	bool *here;
	enum claque_rc rc = said_read(store, (struct subject){ 0 }, ANNOTATION_hypothesis, perm, &all,
				      err);

	if (rc == CLAQUE_OK && subject.kind != SUBJECT_none)
		rc = said_read(store, subject, ANNOTATION_hypothesis, perm, &on, err);
	here = ARENA_NEW(perm, bool, all.count + 1);
	for (size_t i = 0, k = 0; i < all.count; i++) {
		here[i] = k < on.count && on.rows[k].id == all.rows[i].id;
		k += here[i];
	}
	if (rc == CLAQUE_OK)
		list_hypotheses(&all, subject, here, ach, perm);
	said_done(&all);
	said_done(&on);
	return rc;
}

static void
add_evidence(struct ach *ach, const struct case_claim *claim, const struct case_evidence *e,
	     struct arena *perm)
{
	struct ach_evidence *row = &ach->evidence[ach->evidence_count++];

	*row = (struct ach_evidence){
		.id = e->line, .claim = claim->line, .side = e->side, .text = e->said.text,
		.target = e->said.target_name, .weight = e->said.confidence };
	row->ratings = ARENA_NEW(perm, enum ach_rating, ach->hypothesis_count);
	for (size_t k = 0; k < ach->hypothesis_count; k++)
		row->ratings[k] = ACH_NONE;
}

static enum claque_rc
read_evidence(struct store *store, struct subject subject, struct ach *ach, struct arena *perm,
	      struct claque_err *err)
{
	struct case_claim *claims;
	size_t count, total = 0;
	enum claque_rc rc = case_claims(store, subject, perm, &claims, &count, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++)
		total += claims[i].evidence_count;
	ach->evidence = ARENA_NEW(perm, struct ach_evidence, total + 1);
	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++)
		for (size_t k = 0; k < claims[i].evidence_count; k++)
			add_evidence(ach, &claims[i], &claims[i].evidence[k], perm);
	return rc;
}

static void
place_rating(struct ach *ach, const struct annotation *a)
{
	size_t k = ach_find(ach, a->word);

	for (size_t i = 0; k < ach->hypothesis_count && i < ach->evidence_count; i++)
		if (ach->evidence[i].id == a->about)
			ach->evidence[i].ratings[k] = rating_find(a->confidence);
}

enum claque_rc
case_ach(struct store *store, struct subject subject, struct arena *perm, struct ach *out,
	 struct claque_err *err)
{
	struct said ratings = { 0 };
	enum claque_rc rc;

	*out = (struct ach){ 0 };
	rc = read_hypotheses(store, subject, out, perm, err);
	if (rc == CLAQUE_OK)
		rc = read_evidence(store, subject, out, perm, err);
	if (rc == CLAQUE_OK)
		rc = said_read(store, (struct subject){ 0 }, ANNOTATION_rating, perm, &ratings, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < ratings.count; i++)
		place_rating(out, &ratings.rows[i]);
	if (rc == CLAQUE_OK)
		ach_count(out, perm);
	said_done(&ratings);
	return rc;
}

enum claque_rc
case_rate(const struct case_context *c, int64_t evidence, struct claque_str key,
	  enum ach_rating rating, struct claque_err *err)
{
	return case_annotate(c, &(struct annotation){ .kind = ANNOTATION_rating, .about = evidence,
		.word = key, .confidence = str_of(rating_name(rating)) }, err);
}
