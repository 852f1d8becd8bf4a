/*
 * claim.h - the words in which an analyst weighs: likelihood, evidence, ratings,
 * hypotheses, and the fields of a case file. Each list stands once, here.
 *
 * Likelihood and confidence: Intelligence Community Directive 203 (2015). How sure a
 * source is: Admiralty code (NATO STANAG 2511), as in "B2". Hypotheses and ratings:
 * Heuer, Psychology of Intelligence Analysis (1999), chapter 8. Headings: ABCDE (Francois
 * 2019; Alaphilippe, Pamment 2020). Reach: Breakout Scale (Nimmo 2020).
 */
#ifndef MODEL_CLAIM_H
#define MODEL_CLAIM_H

#include "base/str.h"

/* X(id, words, from per cent, to per cent) */
#define LIKELIHOOD_LIST(X) \
	X(ALMOST_NO_CHANCE, "almost no chance", 1, 5) \
	X(VERY_UNLIKELY, "very unlikely", 5, 20) \
	X(UNLIKELY, "unlikely", 20, 45) \
	X(ROUGHLY_EVEN, "roughly even chance", 45, 55) \
	X(LIKELY, "likely", 55, 80) \
	X(VERY_LIKELY, "very likely", 80, 95) \
	X(ALMOST_CERTAIN, "almost certain", 95, 99)

/* What evidence does to its claim. X(name, help) */
#define SIDE_LIST(X) \
	X(for, "speaks for the claim") X(against, "speaks against it") \
	X(neutral, "was looked at, and does neither")

/* Evidence under a hypothesis. X(name, words, on a scale of -2 .. 2) */
#define RATING_LIST(X) \
	X(CC, "very consistent", 2) X(C, "consistent", 1) X(N, "neutral or not applicable", 0) \
	X(I, "inconsistent", -1) X(II, "very inconsistent", -2)

/* What else could be going on around a group of accounts. X(key, text) */
#define HYPOTHESIS_LIST(X) \
	X(H1, "covert coordinated network") \
	X(H2, "fans, fandom") \
	X(H3, "open campaign of activists or a party, with toolkits") \
	X(H4, "news, syndication or bots that say so") \
	X(H5, "spam or engagement farming for money") \
	X(H6, "trend, copied joke or artefact of the platform") \
	X(H7, "bias of the collection")

/* X(name, title, what goes there) */
#define FIELD_LIST(X) \
	X(actor, "Actor", "who appears to act, as far as the data show") \
	X(behaviour, "Behaviour", "what they do, and what of it deceives") \
	X(content, "Content", "what is said, and what of it is false or harmful") \
	X(distribution, "Degree and distribution", "how far it went, over which platforms") \
	X(effect, "Effect", "what came of it, and how one knows") \
	X(breakout, "Breakout Scale", "category 1 to 6; from 4 on with a citation") \
	X(assumptions, "Key assumptions", "what must be true for the finding to hold") \
	X(attribution, "Attribution", "who is behind it; needs two kinds of evidence") \
	X(requests, "Requests", "what platforms or partners are asked for") \
	X(gaps, "Gaps", "what is not known, and what would tell")

/* X(number, help) */
#define BREAKOUT_LIST(X) \
	X(1, "one platform, one community") \
	X(2, "one platform and several communities, or several platforms and one community") \
	X(3, "several platforms, several communities") \
	X(4, "mainstream media outside of social media") \
	X(5, "taken up by a celebrity or a candidate") \
	X(6, "a response in policy, concrete action, or a call for violence")

/* Kinds of evidence that an attribution rests on (Pamment and Smith 2022). X(name) */
#define ATTRIBUTION_LIST(X) X(technical) X(behavioural) X(contextual)
enum { ATTRIBUTION_KINDS_MIN = 2, BREAKOUT_CITED = 4, BREAKOUT_MAX = 6 };

#define X(id, ...) LIKELIHOOD_##id,
enum likelihood { LIKELIHOOD_LIST(X) LIKELIHOOD_COUNT };
#undef X
#define X(name, ...) SIDE_##name,
enum claim_side { SIDE_LIST(X) SIDE_COUNT };
#undef X
/* ACH_NONE: nobody has rated it. */
#define X(name, ...) ACH_##name,
enum ach_rating { RATING_LIST(X) ACH_RATINGS, ACH_NONE = ACH_RATINGS };
#undef X
#define X(key, text) HYPOTHESIS_##key,
enum hypothesis { HYPOTHESIS_LIST(X) HYPOTHESIS_COUNT };
#undef X
#define X(name, ...) FIELD_##name,
enum field { FIELD_LIST(X) FIELD_COUNT };
#undef X

const char *likelihood_words(enum likelihood likelihood);
/* "likely (55 to 80 per cent)" */
struct claque_str likelihood_range(struct arena *perm, enum likelihood likelihood);
/* ..._COUNT (of a rating, ACH_NONE) for a word that is none, and for "". */
enum likelihood likelihood_find(struct claque_str words);
enum claim_side side_find(struct claque_str name);
enum ach_rating rating_find(struct claque_str name);
enum field field_find(struct claque_str name);
const char *side_name(enum claim_side side);
const char *side_help(enum claim_side side);
const char *rating_name(enum ach_rating rating);	/* "" of ACH_NONE */
const char *rating_words(enum ach_rating rating);
/* 2 .. -2. */
int rating_value(enum ach_rating rating);
const char *hypothesis_key(enum hypothesis hypothesis);
const char *hypothesis_text(enum hypothesis hypothesis);
/* HYPOTHESIS_COUNT for a key that is not one of the defaults. */
enum hypothesis hypothesis_find(struct claque_str key);
const char *field_name(enum field field);
const char *field_title(enum field field);
const char *field_help(enum field field);
/* "" past 1..6. */
const char *breakout_help(int category);
/* 1..3; what is beyond needs a citation, and so an analyst. */
int breakout_suggest(size_t platforms, size_t communities);
/* "B2": a letter A..F and a digit 1..6. */
bool admiralty_is(struct claque_str code);
/* "usually reliable, probably true"; "" if it is no code. */
struct claque_str admiralty_words(struct arena *perm, struct claque_str code);
/* How many different kinds of ATTRIBUTION_LIST the words (parted by commas) are; -1: one is none. */
int attribution_kinds(struct claque_str words);

#endif
