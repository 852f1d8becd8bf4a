/*
 * check.c - what can be said of a subject: text that the ledger hashes as it is
 * written, words of fixed lists, and no sentence that mixes how likely a thing is
 * with how sure one is of it (ICD 203, 2015: "to avoid confusion").
 */
#include "config.h"

#include "case/ledger.h"

#include "base/err.h"
#include "base/utf8.h"

/* A ledger that repairs text would hash what was not written. */
static enum claque_rc
check_bytes(const char *what, struct claque_str s, struct claque_err *err)
{
	if (!utf8_valid(s))
		return err_set(err, CLAQUE_EINPUT, "%s: not valid UTF-8", what);
	if (s.len > 0 && memchr(s.p, '\0', s.len) != NULL)
		return err_set(err, CLAQUE_EINPUT, "%s: holds a NUL byte", what);
	return CLAQUE_OK;
}

/* Is it one of these words? "" is where it may be left out. */
static bool
is_one_of(struct claque_str word, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

#define X(name, ...) #name,
static const char *const colours[] = { "", COLOUR_LIST(X) };
static const char *const confidences[] = { "", CONFIDENCE_LIST(X) };
#undef X
static const struct {
	const char *word;
	bool reason;
} verdicts[] = {
#define X(name, reason, help) { #name, reason },
	VERDICT_LIST(X)
#undef X
};

static enum claque_rc
check_colour(struct claque_str colour, struct claque_err *err)
{
#define X(name) " " #name
	if (!is_one_of(colour, colours, sizeof(colours) / sizeof(*colours)))
		return err_set(err, CLAQUE_EUSAGE, "no such colour: '" STR_FMT "'; there are"
			       COLOUR_LIST(X), STR_ARG(str_head(colour, 40)));
#undef X
	return CLAQUE_OK;
}

enum claque_rc
case_check_text(const char *what, struct claque_str text, struct claque_err *err)
{
	if (text.len > NOTE_BYTES_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%s: %zu bytes; up to %d are kept", what, text.len,
			       NOTE_BYTES_MAX);
	return check_bytes(what, text, err);
}

static enum claque_rc
check_note(struct annotation *a, struct claque_err *err)
{
	if (str_trim(a->text).len == 0)
		return err_set(err, CLAQUE_EUSAGE, "note: there is no text");
	return case_check_text("note", a->text, err);
}

static bool
has_space(struct claque_str s)
{
	size_t used;

	while (s.len > 0) {
		uint32_t code = utf8_next(s, &used);

		if (code <= 0x20 || (code >= 0x7f && code <= 0xa0) || code == 0x1680 ||
		    (code >= 0x2000 && code <= 0x200f) || (code >= 0x2028 && code <= 0x202f) ||
		    (code >= 0x205f && code <= 0x206f) || code == 0x3000 || code == 0xfeff)
			return true;
		s = str_sub(s, used, s.len);
	}
	return false;
}

static enum claque_rc
check_tag(struct annotation *a, struct claque_err *err)
{
	struct claque_str *text = &a->text;
	enum claque_rc rc;

	if (str_starts(*text, STR("#")))
		*text = str_sub(*text, 1, text->len);
	if (text->len == 0)
		return err_set(err, CLAQUE_EUSAGE, "tag: there is no text");
	if (text->len > TAG_BYTES_MAX)
		return err_set(err, CLAQUE_ELIMIT, "tag: %zu bytes; up to %d are kept", text->len,
			       TAG_BYTES_MAX);
	rc = check_bytes("tag", *text, err);
	if (rc == CLAQUE_OK && has_space(*text))
		return err_set(err, CLAQUE_EUSAGE,
			       "tag: one word without spaces or invisible characters");
	if (rc == CLAQUE_OK && str_eq_nocase(*text, STR(VERDICT_CLEARED))) {
		a->kind = ANNOTATION_verdict;
		a->word = STR(VERDICT_CLEARED);
		a->text = STR(TAGGED_CLEARED);
		a->colour = STR("");
		return CLAQUE_OK;
	}
	return rc == CLAQUE_OK ? check_colour(a->colour, err) : rc;
}

static enum claque_rc
check_pin(struct annotation *a, struct claque_err *err)
{
	return a->text.len == 0 ? CLAQUE_OK : err_set(err, CLAQUE_EUSAGE, "pin: takes no text");
}

/* Is one of these words in the sentence? */
static bool
holds_one(struct claque_str sentence, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_find(sentence, str_of(words[i]), 0) < sentence.len)
			return true;
	return false;
}

/* The first sentence of the lower-case text, and what is left after it. */
static struct claque_str
cut_sentence(struct claque_str *text)
{
	size_t end = 0;
	struct claque_str sentence;

	while (end < text->len && text->p[end] != '.' && text->p[end] != '!' &&
	       text->p[end] != '?' && text->p[end] != '\n')
		end++;
	sentence = str_head(*text, end);
	*text = str_sub(*text, end + 1, text->len);
	return sentence;
}

static const char *const likely_words[] = { "likely", "probabl", "almost no chance",
	"almost certain", "roughly even", "remote", "nearly certain" };
static const char *const sure_words[] = { "low confidence", "moderate confidence",
	"high confidence", "low-confidence", "moderate-confidence", "high-confidence" };

bool
case_says_confidence(struct claque_str text)
{
	struct arena room = arena_new(4 * NOTE_BYTES_MAX), scratch = room;
	bool says = holds_one(str_lower(&scratch, text), sure_words,
			      sizeof(sure_words) / sizeof(*sure_words));

	arena_free(room);
	return says;
}

bool
case_mixes_likelihood(struct claque_str text)
{
	struct arena room = arena_new(4 * NOTE_BYTES_MAX), scratch = room;
	struct claque_str left = str_lower(&scratch, text);
	bool mixed = false;

	while (left.len > 0 && !mixed) {
		struct claque_str sentence = cut_sentence(&left);

		mixed = holds_one(sentence, likely_words,
				  sizeof(likely_words) / sizeof(*likely_words)) &&
			holds_one(sentence, sure_words, sizeof(sure_words) / sizeof(*sure_words));
	}
	arena_free(room);
	return mixed;
}

enum claque_rc
case_check_confidence(struct claque_str word, struct claque_err *err)
{
	if (!is_one_of(word, confidences, sizeof(confidences) / sizeof(*confidences)))
		return err_set(err, CLAQUE_EUSAGE, "confidence is low, moderate or high, not '"
			       STR_FMT "'", STR_ARG(str_head(word, 40)));
	return CLAQUE_OK;
}

static enum claque_rc
check_verdict(struct annotation *a, struct claque_err *err)
{
	size_t i = 0, count = sizeof(verdicts) / sizeof(*verdicts);
	enum claque_rc rc;

#define X(name, reason, help) " " #name
	while (i < count && !str_eq(a->word, str_of(verdicts[i].word)))
		i++;
	if (i == count)
		return err_set(err, CLAQUE_EUSAGE, "no such verdict: '" STR_FMT "'; there are"
			       VERDICT_LIST(X), STR_ARG(str_head(a->word, 40)));
#undef X
	rc = case_check_confidence(a->confidence, err);
	if (rc != CLAQUE_OK)
		return rc;
	a->text = str_trim(a->text);
	if (verdicts[i].reason && a->text.len == 0)
		return err_set(err, CLAQUE_EUSAGE, "the verdict %s wants a reason: what was looked"
			       " at, and what it showed", verdicts[i].word);
	rc = case_check_text("reason", a->text, err);
	if (rc == CLAQUE_OK && case_mixes_likelihood(a->text))
		rc = err_set(err, CLAQUE_EUSAGE, "reason: one sentence says how likely it is and how"
			     " sure you are of it (ICD 203 forbids that); write two sentences");
	return rc;
}

static enum claque_rc
check_highlight(struct annotation *a, struct claque_err *err)
{
	enum claque_rc rc;

	if (a->target.kind != SUBJECT_post)
		return err_set(err, CLAQUE_EUSAGE, "highlight: only the text of a post has passages");
	if (a->quote.len == 0 || a->first < 0)
		return err_set(err, CLAQUE_EUSAGE, "highlight: no passage is chosen");
	if (a->word.len > TAG_BYTES_MAX)
		return err_set(err, CLAQUE_ELIMIT, "label: %zu bytes; up to %d are kept", a->word.len,
			       TAG_BYTES_MAX);
	rc = case_check_text("passage", a->quote, err);
	if (rc == CLAQUE_OK)
		rc = case_check_text("note", a->text, err);
	if (rc == CLAQUE_OK)
		rc = check_bytes("label", a->word, err);
	return rc == CLAQUE_OK ? check_colour(a->colour, err) : rc;
}

enum claque_rc
case_check(struct annotation *a, struct claque_err *err)
{
	static enum claque_rc (*const checks[])(struct annotation *a, struct claque_err *err) = {
		[ANNOTATION_note] = check_note, [ANNOTATION_tag] = check_tag,
		[ANNOTATION_pin] = check_pin, [ANNOTATION_verdict] = check_verdict,
		[ANNOTATION_highlight] = check_highlight, [ANNOTATION_claim] = case_check_claim,
		[ANNOTATION_evidence] = case_check_evidence,
		[ANNOTATION_hypothesis] = case_check_hypothesis,
		[ANNOTATION_rating] = case_check_rating, [ANNOTATION_field] = case_check_field,
		[ANNOTATION_technique] = case_check_technique,
	};

	if ((unsigned)a->kind >= ANNOTATION_COUNT)
		return err_set(err, CLAQUE_EUSAGE, "no such kind of annotation: %d", (int)a->kind);
	return checks[a->kind](a, err);
}
