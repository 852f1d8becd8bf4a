/* verdict.c - verdicts in words: who said what of a subject, when and why. */
#include "config.h"

#include "case/case.h"

#include "base/clock.h"

enum { HISTORY_MAX = 20 };

struct claque_str
case_verdict_words(struct arena *perm, const struct annotation *v)
{
	struct claque_str when = clock_text(perm, v->at, CLOCK_MINUTE);

	return str_fmt(perm, STR_FMT " by " STR_FMT " on " STR_FMT "%s" STR_FMT "%s" STR_FMT "%s",
		       STR_ARG(v->word), STR_ARG(v->who), STR_ARG(when),
		       v->text.len > 0 ? ": " : "", STR_ARG(v->text),
		       v->confidence.len > 0 ? " (confidence: " : "", STR_ARG(v->confidence),
		       v->confidence.len > 0 ? ")" : "");
}

enum claque_rc
case_verdicts(struct store *store, struct subject target, struct arena *perm,
	      struct claque_str *out, struct claque_err *err)
{
	struct annotation list[HISTORY_MAX];
	size_t got;
	enum claque_rc rc = annotation_verdicts(store, target, perm, list, HISTORY_MAX, &got, err);

	*out = STR("no verdict yet");
	for (size_t i = 0; rc == CLAQUE_OK && i < got; i++) {
		struct claque_str words = case_verdict_words(perm, &list[i]);

		*out = i == 0 ? words : str_fmt(perm, STR_FMT "; before: " STR_FMT, STR_ARG(*out),
						STR_ARG(words));
	}
	return rc;
}
