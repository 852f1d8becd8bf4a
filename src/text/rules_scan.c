/*
 * rules_scan.c - one text against all patterns. Hundreds of patterns tried one by
 * one cost a tenth of a millisecond a post; so the strings without which none of
 * them can match are looked for together in one pass (finder.h), and only those
 * patterns are tried that have one in the text.
 */
#include "config.h"

#include <stdlib.h>

#include "text/finder.h"
#include "text/literal.h"
#include "text/rules_impl.h"

enum { LITERAL_ARENA = 64 << 20, FOLD_GROWS = 3, WORD_BITS = 64 };

struct rules_scan {
	const struct rules *rules;
	struct finder *finder;
	struct rules_tally *tallies;	/* by pattern */
	uint64_t *always, *bits;	/* by pattern: no string is known; one is in the text */
	uint32_t *topics;		/* of the last text */
	char *folded;
	size_t folded_cap, words;
	bool thorough;
};

static void *
zeroed(size_t count, size_t size)
{
	void *p = calloc(count + 1, size);

	if (p == NULL)
		base_oom();
	return p;
}

static bool
find_strings(struct rules_scan *s, size_t pattern, struct arena scratch)
{
	struct claque_str *found = ARENA_NEW(&scratch, struct claque_str, LITERALS_MAX);
	size_t count = literal_required(s->rules->patterns[pattern].source, &scratch, found);

	for (size_t i = 0; i < count; i++)
		if (!finder_add(s->finder, found[i], (uint32_t)pattern))
			return false;
	return count > 0;
}

struct rules_scan *
rules_scan_new(const struct rules *r, bool thorough)
{
	struct rules_scan *s = zeroed(0, sizeof(*s));
	struct arena whole = arena_new(LITERAL_ARENA);

	*s = (struct rules_scan){ .rules = r, .thorough = thorough, .finder = finder_new(),
				  .words = (r->pattern_count + WORD_BITS - 1) / WORD_BITS };
	s->tallies = zeroed(r->pattern_count, sizeof(*s->tallies));
	s->topics = zeroed(r->topic_count, sizeof(*s->topics));
	s->always = zeroed(s->words, sizeof(*s->always));
	s->bits = zeroed(s->words, sizeof(*s->bits));
	for (size_t i = 0; i < r->pattern_count; i++) {
		s->tallies[i].searched = find_strings(s, i, whole);
		if (!s->tallies[i].searched)
			s->always[i / WORD_BITS] |= (uint64_t)1 << (i % WORD_BITS);
	}
	finder_seal(s->finder);
	arena_free(whole);
	return s;
}

void
rules_scan_free(struct rules_scan *s)
{
	if (s == NULL)
		return;
	finder_free(s->finder);
	free(s->tallies);
	free(s->always);
	free(s->bits);
	free(s->topics);
	free(s->folded);
	free(s);
}

static void
find_candidates(struct rules_scan *s, struct claque_str text)
{
	size_t len;

	memcpy(s->bits, s->always, s->words * sizeof(*s->bits));
	GROW(s->folded, s->folded_cap, text.len * FOLD_GROWS + 1);
	len = literal_fold_text(text, s->folded);
	finder_run(s->finder, (struct claque_str){ s->folded, len }, s->bits);
}

/* "zh-CN" as "zh"; "" where no language is named: und, zxx, qme (X: no words but media). */
static void
main_lang(struct claque_str lang, char *out)
{
	size_t len = 0;

	out[0] = '\0';
	while (len < lang.len && byte_is_alpha(lang.p[len]))
		len++;
	if (len < 2 || len > RULES_LANG_MAX)
		return;
	for (size_t i = 0; i < len; i++)
		out[i] = byte_lower(lang.p[i]);
	out[len] = '\0';
	if (strcmp(out, "und") == 0 || strcmp(out, "zxx") == 0 || strcmp(out, "art") == 0 ||
	    (len == 3 && out[0] == 'q'))
		out[0] = '\0';
}

static bool
speaks(const struct rules_pattern *p, const char *lang)
{
	return lang[0] == '\0' || p->lang[0] == '\0' || strcmp(p->lang, lang) == 0;
}

static bool
try_pattern(struct rules_scan *s, size_t i, struct claque_str text)
{
	struct rules_tally *tally = &s->tallies[i];
	enum pattern_answer answer;

	if (tally->gave_up >= RULES_GIVE_UPS_MAX)
		return false;
	answer = pattern_ask(s->rules->compiled[i], text);
	tally->hits += answer == PATTERN_YES;
	tally->gave_up += answer == PATTERN_GAVE_UP;
	return answer == PATTERN_YES;
}

size_t
rules_scan_text(struct rules_scan *s, struct claque_str text, struct claque_str lang,
		const uint32_t **topics)
{
	char main[RULES_LANG_MAX + 1];
	size_t count = 0;

	main_lang(lang, main);
	find_candidates(s, text);
	for (size_t w = 0; w < s->words; w++)
		for (uint64_t left = s->bits[w]; left != 0; left &= left - 1) {
			size_t i = w * WORD_BITS + (size_t)__builtin_ctzll(left);
			const struct rules_pattern *p = &s->rules->patterns[i];
			bool known = count > 0 && s->topics[count - 1] == p->topic;

			/* Patterns stand by topic, so a topic found is the last one found. */
			if ((known && !s->thorough) || !speaks(p, main) ||
			    !try_pattern(s, i, text) || known)
				continue;
			s->topics[count++] = (uint32_t)p->topic;
		}
	*topics = s->topics;
	return count;
}

struct rules_tally
rules_scan_tally(const struct rules_scan *s, size_t i)
{
	return s->tallies[i];
}
