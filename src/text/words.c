/*
 * words.c - see words.h.
 *
 * Where the package departs from UAX #29 so does this file: an apostrophe
 * stays with a vowel behind it; rules that look at the next but one character
 * do not skip accents on their way; and after an odd number of regional
 * indicators nothing at all is cut off.
 */
#include "config.h"

#include "text/words.h"

#include "base/utf8.h"

enum word_kind {
	WORD_OTHER, WORD_CR, WORD_LF, WORD_NEWLINE, WORD_EXTEND, WORD_FORMAT, WORD_ZWJ,
	WORD_WSEGSPACE, WORD_ALETTER, WORD_HEBREWLETTER, WORD_NUMERIC, WORD_KATAKANA,
	WORD_EXTENDNUMLET, WORD_REGIONALINDICATOR, WORD_MIDLETTER, WORD_MIDNUM, WORD_MIDNUMLET,
	WORD_SINGLEQUOTE, WORD_DOUBLEQUOTE,
	WORD_KIND = 31,		/* mask; the rest are flags */
	WORD_PICTURE = 32, WORD_CASED = 64, WORD_IGNORED = 128, WORD_SPACE = 256
};

enum { CODE_MAX = 0x10ffff, REPLACEMENT = 0xfffd, SIGMA = 0x3a3, SMALL_SIGMA = 0x3c3,
       FINAL_SIGMA = 0x3c2, DOTTED_I = 0x130, DOT_ABOVE = 0x307 };

/* Runs that cover every code point: where each ends, and its kind. */
#define W(last, kind) (uint32_t)(last) << 9 | (uint32_t)(kind),
static const uint32_t kind_runs[] = {
#include "text/words_kinds.inc"
};
#undef W

/* Every step-th code point from first to last: so far away is its lower case. */
static const struct lower_run {
	uint32_t first, last;
	uint32_t step;
	int32_t delta;
} lower_runs[] = {
#define L(first, last, step, delta) { first, last, step, delta },
#include "text/words_lowers.inc"
#undef L
};

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static uint16_t
kind_of(uint32_t code)
{
	size_t low = 0, high = LENGTH(kind_runs) - 1;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (kind_runs[mid] >> 9 < code)
			low = mid + 1;
		else
			high = mid;
	}
	return kind_runs[low] & 511;
}

static uint32_t
lower_of(uint32_t code)
{
	size_t low = 0, high = LENGTH(lower_runs) - 1;
	const struct lower_run *run;

	if (code < 0x80)
		return code - 'A' < 26u ? code + ('a' - 'A') : code;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (lower_runs[mid].last < code)
			low = mid + 1;
		else
			high = mid;
	}
	run = &lower_runs[low];
	if (code < run->first || code > run->last || (code - run->first) % run->step != 0)
		return code;
	return (uint32_t)((int32_t)code + run->delta);
}

/* A capital sigma at i ends a word: a cased letter before, none behind, marks apart. */
static bool
is_final_sigma(const struct words *w, size_t i)
{
	size_t before = i, behind = i + 1;

	while (before > 0 && w->kinds[before - 1] & WORD_IGNORED)
		before--;
	if (before == 0 || !(w->kinds[before - 1] & WORD_CASED))
		return false;
	while (behind < w->count && w->kinds[behind] & WORD_IGNORED)
		behind++;
	return behind == w->count || !(w->kinds[behind] & WORD_CASED);
}

static void
decode(struct words *w, struct claque_str text)
{
	while (text.len > 0) {
		size_t used;
		uint32_t code = utf8_next(text, &used);

		text = str_sub(text, used, text.len);
		w->codes[w->count] = code == UTF8_BAD ? (uint32_t)REPLACEMENT : code;
		w->kinds[w->count] = kind_of(w->codes[w->count]);
		w->count++;
	}
}

/* As str.lower() of Python: one letter becomes two, and sigma looks around. */
static void
lower(struct words *w, struct arena *perm)
{
	struct words out = { .codes = ARENA_NEW(perm, uint32_t, 2 * w->count + 1),
			     .kinds = ARENA_NEW(perm, uint16_t, 2 * w->count + 1) };

	for (size_t i = 0; i < w->count; i++) {
		uint32_t code = w->codes[i];
		bool dotted = code == DOTTED_I;

		code = dotted ? 'i' : code != SIGMA ? lower_of(code) :
		       is_final_sigma(w, i) ? (uint32_t)FINAL_SIGMA : (uint32_t)SMALL_SIGMA;
		out.kinds[out.count] = code == w->codes[i] ? w->kinds[i] : kind_of(code);
		out.codes[out.count++] = code;
		if (dotted) {
			out.kinds[out.count] = kind_of(DOT_ABOVE);
			out.codes[out.count++] = DOT_ABOVE;
		}
	}
	*w = out;
}

/* From every @ up to the next white space; the separators U+1C to U+1F do not end it. */
static void
delete_names(struct words *w)
{
	size_t kept = 0;
	bool in_name = false;

	for (size_t i = 0; i < w->count; i++) {
		bool space = w->kinds[i] & WORD_SPACE &&
			     !(w->codes[i] >= 0x1c && w->codes[i] <= 0x1f);

		in_name = (in_name && !space) || w->codes[i] == '@';
		if (in_name)
			continue;
		w->codes[kept] = w->codes[i];
		w->kinds[kept++] = w->kinds[i];
	}
	w->count = kept;
}

/* UTF-8 of codes[from..to) in perm. */
static struct claque_str
encode(const struct words *w, struct arena *perm, size_t from, size_t to)
{
	char *p = ARENA_NEW(perm, char, 4 * (to - from) + 1);
	size_t len = 0;

	for (size_t i = from; i < to; i++)
		len += utf8_put(p + len, w->codes[i]);
	return (struct claque_str){ p, len };
}

void
words_start(struct words *w, struct arena *perm, struct claque_str text)
{
	*w = (struct words){ .codes = ARENA_NEW(perm, uint32_t, text.len + 1),
			     .kinds = ARENA_NEW(perm, uint16_t, text.len + 1) };
	decode(w, text);
	lower(w, perm);
	delete_names(w);
}

struct claque_str
words_line(struct arena *perm, struct claque_str text)
{
	struct words w;
	size_t kept = 0;

	words_start(&w, perm, text);
	for (size_t i = 0; i < w.count; i++) {
		if (!(w.kinds[i] & WORD_SPACE))
			w.codes[kept++] = w.codes[i];
		else if (kept > 0 && w.codes[kept - 1] != ' ')
			w.codes[kept++] = ' ';
	}
	if (kept > 0 && w.codes[kept - 1] == ' ')
		kept--;
	return encode(&w, perm, 0, kept);
}

#define K(name)		(1u << WORD_##name)
#define BREAK		(K(CR) | K(LF) | K(NEWLINE))
#define MARK		(K(EXTEND) | K(FORMAT) | K(ZWJ))
#define LETTER		(K(ALETTER) | K(HEBREWLETTER))
#define IN_WORD		(K(MIDLETTER) | K(MIDNUMLET) | K(SINGLEQUOTE))
#define IN_NUMBER	(K(MIDNUM) | K(MIDNUMLET) | K(SINGLEQUOTE))
#define ANY		0u

/* What is not cut apart, by the kinds around the place; ANY is also the end of the text. */
static const struct joint {
	uint32_t before_left, left, right, behind_right;
} joints[] = {
	{ ANY, LETTER, LETTER, ANY },					/* WB5 */
	{ ANY, LETTER, IN_WORD, LETTER },				/* WB6 */
	{ LETTER, IN_WORD, LETTER, ANY },				/* WB7 */
	{ ANY, K(HEBREWLETTER), K(SINGLEQUOTE), ANY },			/* WB7a */
	{ ANY, K(HEBREWLETTER), K(DOUBLEQUOTE), K(HEBREWLETTER) },	/* WB7b */
	{ K(HEBREWLETTER), K(DOUBLEQUOTE), K(HEBREWLETTER), ANY },	/* WB7c */
	{ ANY, LETTER | K(NUMERIC), K(NUMERIC), ANY },			/* WB8, WB9 */
	{ ANY, K(NUMERIC), LETTER, ANY },				/* WB10 */
	{ K(NUMERIC), IN_NUMBER, K(NUMERIC), ANY },			/* WB11 */
	{ ANY, K(NUMERIC), IN_NUMBER, K(NUMERIC) },			/* WB12 */
	{ ANY, K(KATAKANA), K(KATAKANA), ANY },				/* WB13 */
	{ ANY, LETTER | K(NUMERIC) | K(KATAKANA) | K(EXTENDNUMLET), K(EXTENDNUMLET), ANY },
	{ ANY, K(EXTENDNUMLET), LETTER | K(NUMERIC) | K(KATAKANA), ANY },	/* WB13a, b */
};

/* The kind at i as a bit; 0 outside the text. */
static uint32_t
bit_at(const struct words *w, size_t i)
{
	return i < w->count ? 1u << (w->kinds[i] & WORD_KIND) : 0;
}

static bool
is_vowel(uint32_t code)
{
	static const char plain[] = "aeiou";

	return (code < 0x80 && code > 0 && memchr(plain, (int)code, 5) != NULL) ||
	       (code >= 0xe0 && code <= 0xe2) || (code >= 0xe8 && code <= 0xea) ||
	       (code >= 0xec && code <= 0xee) || (code >= 0xf2 && code <= 0xf4) ||
	       (code >= 0xf9 && code <= 0xfb);
}

/* Regional indicators that end at i: an odd number of them holds on to what follows. */
static bool
is_half_flag(const struct words *w, size_t i)
{
	size_t n = 0;

	while (n <= i && bit_at(w, i - n) == K(REGIONALINDICATOR))
		n++;
	return n % 2 == 1;
}

static bool
is_joint(const struct words *w, size_t left, size_t right)
{
	uint32_t before = left > 0 ? bit_at(w, left - 1) : 0, behind = bit_at(w, right + 1);

	if ((w->codes[left] == '\'' || w->codes[left] == 0x2019) && is_vowel(w->codes[right]))
		return true;
	for (size_t i = 0; i < LENGTH(joints); i++) {
		const struct joint *j = &joints[i];

		if (bit_at(w, left) & j->left && bit_at(w, right) & j->right &&
		    (j->before_left == ANY || before & j->before_left) &&
		    (j->behind_right == ANY || behind & j->behind_right))
			return true;
	}
	return is_half_flag(w, left);
}

/* Whether words end or begin before code i. */
static bool
is_boundary(const struct words *w, size_t i)
{
	uint32_t left, right = bit_at(w, i);
	size_t l = i - 1;

	if (i == 0 || i == w->count)
		return true;
	left = bit_at(w, l);
	if (left == K(CR) && right == K(LF))
		return false;
	if ((left | right) & BREAK)
		return true;
	if ((left == K(ZWJ) && w->kinds[i] & WORD_PICTURE) ||
	    (left == K(WSEGSPACE) && right == K(WSEGSPACE)) || right & MARK)
		return false;
	for (; left & MARK; left = bit_at(w, --l))
		if (l == 0)
			return false;
	return !is_joint(w, l, i);
}

/*
 * The next segment: from the end of one match (the blanks behind a boundary,
 * and one apostrophe) to the next boundary. It may be empty.
 */
static bool
next_segment(struct words *w)
{
	size_t boundary = w->at, end;

	if (boundary > w->count)
		return false;
	while (!is_boundary(w, boundary))
		boundary++;
	w->from = w->open;
	w->to = boundary;
	for (end = boundary; bit_at(w, end) == K(WSEGSPACE); end++)
		;
	if (end < w->count && w->codes[end] == '\'')
		end++;
	w->open = end;
	w->at = end > boundary ? end : boundary + 1;
	return true;
}

static bool
is_space(const struct words *w, size_t i)
{
	return w->kinds[i] & WORD_SPACE;
}

bool
words_next(struct words *w, struct arena *perm, struct claque_str *out)
{
	size_t end;

	do {
		while (w->from < w->to && is_space(w, w->from))
			w->from++;
	} while (w->from == w->to && next_segment(w));
	if (w->from == w->to)
		return false;
	for (end = w->from; end < w->to && !is_space(w, end); end++)
		;
	*out = encode(w, perm, w->from, end);
	w->from = end;
	return true;
}
