/*
 * check_claim.c - what can be said in a claim, and in what belongs to it.
 *
 * Two refusals are the point of it: a category of the Breakout Scale from 4 on is a fact
 * outside the data and needs a citation, and who is behind an operation is not said on one
 * kind of evidence alone (Pamment and Smith 2022; NATO's test asks for two).
 */
#include "config.h"

#include "case/ledger.h"

#include "base/err.h"
#include "model/claim.h"
#include "model/techniques.h"

enum { KEY_BYTES_MAX = 12 };

static bool
is_on(const struct annotation *a, enum subject_kind kind)
{
	return a->target.kind == SUBJECT_none || a->target.kind == kind;
}

static enum claque_rc
check_sentence(const char *what, struct annotation *a, struct claque_err *err)
{
	a->text = str_trim(a->text);
	if (a->text.len == 0)
		return err_set(err, CLAQUE_EUSAGE, "%s: there is no text", what);
	return case_check_text(what, a->text, err);
}

static enum claque_rc
check_mixing(const char *what, const struct annotation *a, struct claque_err *err)
{
	if (case_mixes_likelihood(a->text) || (a->word.len > 0 && case_says_confidence(a->text)))
		return err_set(err, CLAQUE_EUSAGE, "%s: one sentence says how likely it is and how"
			       " sure you are of it (ICD 203 forbids that); say confidence apart",
			       what);
	return CLAQUE_OK;
}

enum claque_rc
case_check_claim(struct annotation *a, struct claque_err *err)
{
	enum likelihood likelihood = likelihood_find(a->word);
	enum claque_rc rc = check_sentence("claim", a, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (!is_on(a, SUBJECT_cluster) && !is_on(a, SUBJECT_account) && !is_on(a, SUBJECT_source))
		return err_set(err, CLAQUE_EUSAGE, "claim: it is about a cluster, an account, a source"
			       " or the whole case");
#define X(id, words, from, to) ", " words
	if (a->word.len > 0 && likelihood == LIKELIHOOD_COUNT)
		return err_set(err, CLAQUE_EUSAGE, "no such likelihood: '" STR_FMT "'; ICD 203 has"
			       LIKELIHOOD_LIST(X), STR_ARG(str_head(a->word, 40)));
#undef X
	if (a->word.len > 0)
		a->word = str_of(likelihood_words(likelihood));
	rc = case_check_confidence(a->confidence, err);
	return rc == CLAQUE_OK ? check_mixing("claim", a, err) : rc;
}

enum claque_rc
case_check_evidence(struct annotation *a, struct claque_err *err)
{
	enum claque_rc rc = check_sentence("evidence", a, err);

	if (rc != CLAQUE_OK)
		return rc;
#define X(name, help) " " #name
	if (side_find(a->word) == SIDE_COUNT)
		return err_set(err, CLAQUE_EUSAGE, "evidence is one of" SIDE_LIST(X) ", not '" STR_FMT
			       "'", STR_ARG(str_head(a->word, 40)));
#undef X
	if (a->confidence.len > 0 && !admiralty_is(a->confidence))
		return err_set(err, CLAQUE_EUSAGE, "a source is weighed by the Admiralty code: A to F"
			       " and 1 to 6, as in B2, not '" STR_FMT "'",
			       STR_ARG(str_head(a->confidence, 40)));
	return CLAQUE_OK;
}

/* Letters, digits and hyphens: it heads a column. */
static bool
is_key(struct claque_str key)
{
	for (size_t i = 0; i < key.len; i++)
		if (!byte_is_alpha(key.p[i]) && !byte_is_digit(key.p[i]) && key.p[i] != '-')
			return false;
	return key.len > 0 && key.len <= KEY_BYTES_MAX;
}

enum claque_rc
case_check_hypothesis(struct annotation *a, struct claque_err *err)
{
	if (!is_on(a, SUBJECT_cluster))
		return err_set(err, CLAQUE_EUSAGE, "hypothesis: it is about a cluster or the whole case");
	if (!is_key(a->word))
		return err_set(err, CLAQUE_EUSAGE, "hypothesis: its key is up to %d letters and digits, as"
			       " in H8, not '" STR_FMT "'", KEY_BYTES_MAX,
			       STR_ARG(str_head(a->word, 40)));
	if (hypothesis_find(a->word) != HYPOTHESIS_COUNT)
		return err_set(err, CLAQUE_EUSAGE, "hypothesis: " STR_FMT " is one of every case's seven;"
			       " take another key", STR_ARG(a->word));
	return check_sentence("hypothesis", a, err);
}

enum claque_rc
case_check_rating(struct annotation *a, struct claque_err *err)
{
	enum ach_rating rating = rating_find(a->confidence);

#define X(name, words, value) " " #name
	if (rating == ACH_NONE)
		return err_set(err, CLAQUE_EUSAGE, "a rating is one of" RATING_LIST(X) ", not '" STR_FMT
			       "'", STR_ARG(str_head(a->confidence, 40)));
#undef X
	a->confidence = str_of(rating_name(rating));
	return case_check_text("rating", a->text, err);
}

static enum claque_rc
check_breakout(const struct annotation *a, struct claque_err *err)
{
	char digit = a->confidence.len == 1 ? a->confidence.p[0] : '0';

	if (digit < '1' || digit > '0' + BREAKOUT_MAX)
		return err_set(err, CLAQUE_EUSAGE, "breakout: a category is 1 to %d, not '" STR_FMT "'",
			       BREAKOUT_MAX, STR_ARG(str_head(a->confidence, 40)));
	if (digit >= '0' + BREAKOUT_CITED && a->quote.len == 0)
		return err_set(err, CLAQUE_EUSAGE, "breakout: category %c (%s) is a fact outside the data"
			       " and needs a citation", digit, breakout_help(digit - '0'));
	return CLAQUE_OK;
}

static enum claque_rc
check_attribution(const struct annotation *a, struct claque_err *err)
{
	int kinds = attribution_kinds(a->confidence);

	if (str_eq_nocase(a->text, STR("not assessed")) && a->confidence.len == 0)
		return CLAQUE_OK;
#define X(name) " " #name
	if (kinds < 0)
		return err_set(err, CLAQUE_EUSAGE, "attribution: kinds of evidence are" ATTRIBUTION_LIST(X)
			       ", not '" STR_FMT "'", STR_ARG(str_head(a->confidence, 60)));
	if (kinds < ATTRIBUTION_KINDS_MIN)
		return err_set(err, CLAQUE_EUSAGE, "attribution: it needs evidence of at least two kinds,"
			       " of" ATTRIBUTION_LIST(X) "; without, leave it at 'not assessed'");
#undef X
	return check_mixing("attribution", a, err);
}

enum claque_rc
case_check_field(struct annotation *a, struct claque_err *err)
{
	enum field field = field_find(a->word);
	enum claque_rc rc;

	if (!is_on(a, SUBJECT_cluster))
		return err_set(err, CLAQUE_EUSAGE, "field: it is about a cluster or the whole case");
#define X(name, title, help) " " #name
	if (field == FIELD_COUNT)
		return err_set(err, CLAQUE_EUSAGE, "no such field: '" STR_FMT "'; there are" FIELD_LIST(X),
			       STR_ARG(str_head(a->word, 40)));
#undef X
	a->quote = str_trim(a->quote);
	rc = check_sentence("field", a, err);
	if (rc == CLAQUE_OK)
		rc = case_check_text("citation", a->quote, err);
	if (rc == CLAQUE_OK && field == FIELD_breakout)
		return check_breakout(a, err);
	if (rc == CLAQUE_OK && field == FIELD_attribution)
		return check_attribution(a, err);
	if (rc == CLAQUE_OK && a->confidence.len > 0)
		rc = err_set(err, CLAQUE_EUSAGE, "field %s: only breakout has a category, and only"
			     " attribution kinds of evidence", field_name(field));
	return rc == CLAQUE_OK ? check_mixing("field", a, err) : rc;
}

enum claque_rc
case_check_technique(struct annotation *a, struct claque_err *err)
{
	const char *name;

	if (!is_on(a, SUBJECT_cluster))
		return err_set(err, CLAQUE_EUSAGE, "technique: it is about a cluster or the whole case");
	if (!technique_known(a->word, &name))
		return err_set(err, CLAQUE_EUSAGE, "no such technique: '" STR_FMT "'; a number of the"
			       " Online Operations Kill Chain, as in 5.4.2, or an id of DISARM that"
			       " signals suggest, as in T0049.003", STR_ARG(str_head(a->word, 40)));
	return case_check_text("technique", a->text, err);
}
