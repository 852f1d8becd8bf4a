#include "config.h"

#include "model/claim.h"

static const struct {
	const char *words;
	int from, to;
} likelihoods[] = {
#define X(id, words, from, to) { words, from, to },
	LIKELIHOOD_LIST(X)
#undef X
};

#define X(name, help) #name,
static const char *const side_names[] = { SIDE_LIST(X) };
#undef X
#define X(name, help) help,
static const char *const side_helps[] = { SIDE_LIST(X) };
#undef X

static const struct {
	const char *name, *words;
	int value;
} ratings[] = {
#define X(name, words, value) { #name, words, value },
	RATING_LIST(X)
#undef X
};

static const struct {
	const char *key, *text;
} hypotheses[] = {
#define X(key, text) { #key, text },
	HYPOTHESIS_LIST(X)
#undef X
};

static const struct {
	const char *name, *title, *help;
} fields[] = {
#define X(name, title, help) { #name, title, help },
	FIELD_LIST(X)
#undef X
};

#define X(number, help) [number] = help,
static const char *const breakouts[] = { "", BREAKOUT_LIST(X) };
#undef X
#define X(name) #name,
static const char *const attributions[] = { ATTRIBUTION_LIST(X) };
#undef X

_Static_assert(sizeof(breakouts) / sizeof(breakouts[0]) == BREAKOUT_MAX + 1, "six categories");

const char *
likelihood_words(enum likelihood likelihood)
{
	return (unsigned)likelihood < LIKELIHOOD_COUNT ? likelihoods[likelihood].words : "";
}

struct claque_str
likelihood_range(struct arena *perm, enum likelihood likelihood)
{
	if ((unsigned)likelihood >= LIKELIHOOD_COUNT)
		return STR("");
	return str_fmt(perm, "%s (%d to %d per cent)", likelihoods[likelihood].words,
		       likelihoods[likelihood].from, likelihoods[likelihood].to);
}

enum likelihood
likelihood_find(struct claque_str words)
{
	unsigned i = 0;

	while (i < LIKELIHOOD_COUNT && !str_eq_nocase(words, str_of(likelihoods[i].words)))
		i++;
	return (enum likelihood)i;
}

enum claim_side
side_find(struct claque_str name)
{
	unsigned i = 0;

	while (i < SIDE_COUNT && !str_eq(name, str_of(side_names[i])))
		i++;
	return (enum claim_side)i;
}

enum ach_rating
rating_find(struct claque_str name)
{
	unsigned i = 0;

	while (i < ACH_RATINGS && !str_eq_nocase(name, str_of(ratings[i].name)))
		i++;
	return (enum ach_rating)i;
}

enum field
field_find(struct claque_str name)
{
	unsigned i = 0;

	while (i < FIELD_COUNT && !str_eq(name, str_of(fields[i].name)))
		i++;
	return (enum field)i;
}

const char *
side_name(enum claim_side side)
{
	return (unsigned)side < SIDE_COUNT ? side_names[side] : "";
}

const char *
side_help(enum claim_side side)
{
	return (unsigned)side < SIDE_COUNT ? side_helps[side] : "";
}

const char *
rating_name(enum ach_rating rating)
{
	return (unsigned)rating < ACH_RATINGS ? ratings[rating].name : "";
}

const char *
rating_words(enum ach_rating rating)
{
	return (unsigned)rating < ACH_RATINGS ? ratings[rating].words : "not rated";
}

int
rating_value(enum ach_rating rating)
{
	return (unsigned)rating < ACH_RATINGS ? ratings[rating].value : 0;
}

const char *
hypothesis_key(enum hypothesis hypothesis)
{
	return (unsigned)hypothesis < HYPOTHESIS_COUNT ? hypotheses[hypothesis].key : "";
}

const char *
hypothesis_text(enum hypothesis hypothesis)
{
	return (unsigned)hypothesis < HYPOTHESIS_COUNT ? hypotheses[hypothesis].text : "";
}

enum hypothesis
hypothesis_find(struct claque_str key)
{
	unsigned i = 0;

	while (i < HYPOTHESIS_COUNT && !str_eq_nocase(key, str_of(hypotheses[i].key)))
		i++;
	return (enum hypothesis)i;
}

const char *
field_name(enum field field)
{
	return (unsigned)field < FIELD_COUNT ? fields[field].name : "";
}

const char *
field_title(enum field field)
{
	return (unsigned)field < FIELD_COUNT ? fields[field].title : "";
}

const char *
field_help(enum field field)
{
	return (unsigned)field < FIELD_COUNT ? fields[field].help : "";
}

const char *
breakout_help(int category)
{
	return category >= 1 && category <= BREAKOUT_MAX ? breakouts[category] : "";
}

int
breakout_suggest(size_t platforms, size_t communities)
{
	return 1 + (platforms > 1) + (communities > 1);
}

bool
admiralty_is(struct claque_str code)
{
	return code.len == 2 && code.p[0] >= 'A' && code.p[0] <= 'F' && code.p[1] >= '1' &&
	       code.p[1] <= '6';
}

struct claque_str
admiralty_words(struct arena *perm, struct claque_str code)
{
	static const char *const sources[] = {
		"completely reliable", "usually reliable", "fairly reliable", "not usually reliable",
		"unreliable", "reliability cannot be judged",
	};
	static const char *const contents[] = {
		"confirmed by other sources", "probably true", "possibly true", "doubtful",
		"improbable", "truth cannot be judged",
	};

	return admiralty_is(code) ? str_fmt(perm, "%s, %s", sources[code.p[0] - 'A'],
					    contents[code.p[1] - '1']) : STR("");
}

int
attribution_kinds(struct claque_str words)
{
	enum { KINDS = sizeof(attributions) / sizeof(attributions[0]) };
	bool there[KINDS] = { false };
	struct claque_str word;
	int n = 0;

	while (str_cut(&words, ',', &word)) {
		size_t i = 0;

		while (i < KINDS && !str_eq(str_trim(word), str_of(attributions[i])))
			i++;
		if (i == KINDS)
			return -1;
		n += !there[i];
		there[i] = true;
	}
	return n;
}
