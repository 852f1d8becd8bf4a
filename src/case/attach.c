/*
 * attach.c - what an annotation belongs to. Evidence belongs to a claim, a rating to
 * evidence: to its first wording, so that both stay when it is worded anew.
 */
#include "config.h"

#include "case/ledger.h"

#include "base/err.h"
#include "model/claim.h"

bool
case_has_place(enum annotation_kind kind, bool *by_text)
{
	*by_text = kind == ANNOTATION_claim || kind == ANNOTATION_evidence;
	return kind >= ANNOTATION_claim && kind < ANNOTATION_COUNT;
}

enum claque_rc
case_standing(struct store *store, int64_t id, int64_t *standing, struct claque_err *err)
{
	int64_t line = 0;
	enum claque_rc rc = annotation_line(store, id, &line, err);

	*standing = 0;
	if (rc == CLAQUE_OK)
		rc = annotation_standing(store, line, standing, err);
	if (rc == CLAQUE_OK && *standing == 0)
		rc = err_set(err, CLAQUE_ENOTFOUND, "nothing that stands has the number %lld; claque"
			     " claims lists claims and evidence", (long long)id);
	return rc;
}

/* What stands in the line of a->about, which becomes its first wording. */
static enum claque_rc
find_standing(struct store *store, struct annotation *a, enum annotation_kind kind,
	      struct arena *perm, struct annotation *out, struct claque_err *err)
{
	int64_t line, standing = 0;
	enum claque_rc rc = annotation_line(store, a->about, &line, err);

	*out = (struct annotation){ .id = 0 };
	if (rc == CLAQUE_OK)
		rc = annotation_standing(store, line, &standing, err);
	if (rc == CLAQUE_OK && standing != 0)
		rc = annotation_get(store, standing, perm, out, err);
	if (rc == CLAQUE_OK && (standing == 0 || out->kind != kind))
		rc = err_set(err, CLAQUE_EUSAGE, "%s belongs to %s that stands, and %lld is none;"
			     " claque claims lists them", annotation_kind_name(a->kind),
			     kind == ANNOTATION_claim ? "a claim" : "evidence", (long long)a->about);
	a->about = line;
	return rc;
}

/* One of the seven, or the analyst's own on the same cluster or on the whole case. */
static enum claque_rc
find_hypothesis(struct store *store, struct annotation *a, struct claque_err *err)
{
	struct annotation own = { .kind = ANNOTATION_hypothesis, .target = a->target, .word = a->word };
	enum hypothesis known = hypothesis_find(a->word);
	int64_t id = 0;
	enum claque_rc rc;

	if (known != HYPOTHESIS_COUNT) {
		a->word = str_of(hypothesis_key(known));
		return CLAQUE_OK;
	}
	rc = annotation_in_place(store, &own, false, &id, err);
	own.target = (struct subject){ 0 };
	if (rc == CLAQUE_OK && id == 0)
		rc = annotation_in_place(store, &own, false, &id, err);
	if (rc == CLAQUE_OK && id == 0)
		rc = err_set(err, CLAQUE_EUSAGE, "no hypothesis '" STR_FMT "' here: there are %s to %s,"
			     " and those that claque hypothesis adds", STR_ARG(str_head(a->word, 40)),
			     hypothesis_key(HYPOTHESIS_H1),
			     hypothesis_key((enum hypothesis)(HYPOTHESIS_COUNT - 1)));
	return rc;
}

static enum claque_rc
attach_rating(struct store *store, struct annotation *a, struct arena *perm, struct claque_err *err)
{
	struct annotation evidence, claim, link = *a;
	enum claque_rc rc = find_standing(store, a, ANNOTATION_evidence, perm, &evidence, err);

	link.about = evidence.about;
	if (rc == CLAQUE_OK)
		rc = find_standing(store, &link, ANNOTATION_claim, perm, &claim, err);
	if (rc != CLAQUE_OK)
		return rc;
	a->target = claim.target;
	a->target_name = claim.target_name;
	return find_hypothesis(store, a, err);
}

/* A new wording is of what the old one was of; evidence may name another subject. */
static enum claque_rc
inherit(struct store *store, struct annotation *a, struct arena *perm, struct claque_err *err)
{
	struct annotation old;
	int64_t standing = 0;
	enum claque_rc rc = case_standing(store, a->replaces, &standing, err);

	a->replaces = standing;
	if (rc == CLAQUE_OK)
		rc = annotation_get(store, a->replaces, perm, &old, err);
	if (rc != CLAQUE_OK)
		return rc;
	a->about = old.about;
	if (a->kind == ANNOTATION_claim || a->target.kind == SUBJECT_none) {
		a->target = old.target;
		a->target_name = old.target_name;
	}
	return CLAQUE_OK;
}

enum claque_rc
case_attach(struct store *store, struct annotation *a, struct arena *perm, struct claque_err *err)
{
	struct annotation claim;
	enum claque_rc rc = CLAQUE_OK;

	if (a->kind != ANNOTATION_claim && a->kind != ANNOTATION_evidence &&
	    a->kind != ANNOTATION_rating) {
		a->about = 0;
		return CLAQUE_OK;
	}
	if (a->kind == ANNOTATION_rating)
		return attach_rating(store, a, perm, err);
	if (a->replaces != 0)
		rc = inherit(store, a, perm, err);
	else if (a->kind == ANNOTATION_claim)
		a->about = 0;
	if (rc == CLAQUE_OK && a->kind == ANNOTATION_evidence)
		rc = find_standing(store, a, ANNOTATION_claim, perm, &claim, err);
	return rc;
}
