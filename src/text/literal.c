/*
 * literal.c - required strings of a pattern, read off its syntax: of pieces in a
 * row the best one, of alternatives one of each. It knows the syntax that word
 * lists are made of; anything else it meets makes it say nothing, which costs
 * time and is never wrong. After Cox, "Regular Expression Matching with a Trigram
 * Index" (2012), without the trigrams: a list of words is searched for whole.
 */
#include "config.h"

#include "text/literal.h"

#include "base/utf8.h"

enum { DEPTH_MAX = 24, LITERAL_LEAST = 2 };

/* Runs of letters whose two cases stand side by side, or so far apart. */
static const struct {
	uint32_t from, to;
	int32_t add;		/* 0: an even number is the capital of the next one; -1: an odd one */
} capitals[] = {
	{ 0xc0, 0xd6, 0x20 }, { 0xd8, 0xde, 0x20 }, { 0x100, 0x12f, 0 }, { 0x132, 0x137, 0 },
	{ 0x139, 0x148, -1 }, { 0x14a, 0x177, 0 }, { 0x179, 0x17e, -1 },
	{ 0x400, 0x40f, 0x50 }, { 0x410, 0x42f, 0x20 }, { 0x48a, 0x4bf, 0 }, { 0x4d0, 0x52f, 0 },
};

/* Letters elsewhere that PCRE2 has equal to one of those. */
static const struct {
	uint32_t code, is;
} strays[] = {
	{ 0x178, 0xff }, { 0x17f, 's' }, { 0x212a, 'k' }, { 0x212b, 0xe5 }, { 0x1e9e, 0xdf },
	{ 0x1c80, 0x432 }, { 0x1c81, 0x434 }, { 0x1c82, 0x43e }, { 0x1c83, 0x441 },
	{ 0x1c84, 0x442 }, { 0x1c85, 0x442 }, { 0x1c86, 0x44a },
};

/* Letters without case, and small letters whose capital is told above. */
static const struct {
	uint32_t from, to;
} plain[] = {
	{ 0x00, 0x40 }, { 0x5b, 0xb4 }, { 0xb6, 0xbf }, { 0xd7, 0xd7 }, { 0xdf, 0xff },
	{ 0x430, 0x45f }, { 0x590, 0x6ff }, { 0x900, 0xdff }, { 0xe00, 0xe7f }, { 0x2010, 0x2027 },
	{ 0x3000, 0x9fff }, { 0xac00, 0xd7a3 },
};

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

static uint32_t
fold_capital(size_t run, uint32_t code)
{
	int32_t add = capitals[run].add;

	if (add > 0)
		return code + (uint32_t)add;
	return (code & 1) == (add == 0 ? 0u : 1u) ? code + 1 : code;
}

uint32_t
literal_fold(uint32_t code, bool *known)
{
	*known = true;
	if (code < 0x80)
		return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
	for (size_t i = 0; i < COUNT_OF(capitals); i++)
		if (code >= capitals[i].from && code <= capitals[i].to)
			return fold_capital(i, code);
	for (size_t i = 0; i < COUNT_OF(plain); i++)
		if (code >= plain[i].from && code <= plain[i].to)
			return code;
	for (size_t i = 0; i < COUNT_OF(strays); i++)
		if (code == strays[i].code)
			return strays[i].is;
	*known = false;
	return code;
}

size_t
literal_fold_text(struct claque_str text, char *room)
{
	size_t len = 0, used;
	bool known;

	for (size_t i = 0; i < text.len; i += used) {
		uint32_t code = (unsigned char)text.p[i];

		used = 1;
		if (code < 0x80) {
			room[len++] = byte_lower(text.p[i]);
			continue;
		}
		code = utf8_next(str_sub(text, i, 4), &used);
		if (code == UTF8_BAD)
			room[len++] = text.p[i];
		else
			len += utf8_put(room + len, literal_fold(code, &known));
	}
	return len;
}

/* Strings of which one is there; none: anything may be. */
struct set {
	struct claque_str *items;
	size_t count, least;	/* bytes of the shortest */
};

struct reader {
	struct claque_str pattern;
	size_t at;
	struct arena *perm;
	int depth;
	bool lost;		/* syntax that is not known here: nothing can be said */
};

static char
peek(const struct reader *r, size_t ahead)
{
	return r->at + ahead < r->pattern.len ? r->pattern.p[r->at + ahead] : '\0';
}

/* The better of two that are both there: its shortest string is the longer one. */
static void
keep_better(struct set *best, struct set other)
{
	if (other.least > best->least)
		*best = other;
}

static struct set
join(struct reader *r, struct set a, struct set b)
{
	struct set both = { .count = a.count + b.count,
			    .least = a.least < b.least ? a.least : b.least };

	if (a.count == 0 || b.count == 0 || both.count > LITERALS_MAX)
		return (struct set){ 0 };
	both.items = ARENA_NEW(r->perm, struct claque_str, both.count);
	memcpy(both.items, a.items, a.count * sizeof(*a.items));
	memcpy(both.items + a.count, b.items, b.count * sizeof(*b.items));
	return both;
}

/* Letters in a row, as they are read. */
struct run {
	char *bytes;
	size_t len, last;	/* last: where the last letter begins */
};

static void
end_run(struct reader *r, struct run *run, struct set *best)
{
	struct set one = { .count = 1, .least = run->len };

	if (run->len >= LITERAL_LEAST && run->len > best->least) {
		one.items = ARENA_NEW(r->perm, struct claque_str, 1);
		*one.items = str_dup(r->perm, (struct claque_str){ run->bytes, run->len });
		keep_better(best, one);
	}
	run->len = 0;
}

/* Skips a quantifier; may the piece before it be missing? */
static bool
skip_quantifier(struct reader *r, bool *there)
{
	char c = peek(r, 0);
	bool optional = c == '?' || c == '*' || c == '{';

	*there = optional || c == '+';
	if (!*there)
		return false;
	if (c == '{')
		while (r->at < r->pattern.len && peek(r, 0) != '}') {
			char next = peek(r, 1);

			r->lost |= !byte_is_digit(next) && next != ',' && next != ' ' && next != '}';
			r->at++;
		}
	r->at++;
	if (peek(r, 0) == '?' || peek(r, 0) == '+')
		r->at++;
	return optional;
}

static void
take_letter(struct reader *r, struct run *run, struct set *best)
{
	size_t used;
	bool known, there;
	uint32_t code = utf8_next(str_sub(r->pattern, r->at, 4), &used);
	uint32_t folded = literal_fold(code, &known);

	r->at += used;
	if (code == UTF8_BAD || !known) {
		end_run(r, run, best);
		(void)skip_quantifier(r, &there);
		return;
	}
	run->last = run->len;
	run->len += utf8_put(run->bytes + run->len, folded);
	if (skip_quantifier(r, &there))
		run->len = run->last;
	if (there)
		end_run(r, run, best);
}

static void
take_class(struct reader *r)
{
	r->at++;
	if (peek(r, 0) == '^')
		r->at++;
	if (peek(r, 0) == ']')
		r->at++;
	while (r->at < r->pattern.len && peek(r, 0) != ']') {
		/* [:alpha:] and its like: their ] is not the end. \Q hides one. */
		r->lost |= peek(r, 0) == '[' || (peek(r, 0) == '\\' && peek(r, 1) == 'Q');
		r->at += peek(r, 0) == '\\' ? 2 : 1;
	}
	r->at++;
}

/* \b, \w, \p{L}: nothing that can be searched for. A letter with a backslash is one. */
static void
take_escape(struct reader *r, struct run *run, struct set *best)
{
	char c = peek(r, 1);
	bool there;

	if (c == '\0' || byte_is_digit(c)) {
		r->lost = true;
	} else if (!byte_is_alpha(c)) {
		r->at++;
		take_letter(r, run, best);
		return;
	} else if (memchr("bBAzZGdDwWsShHvVRXntr", c, 21) != NULL) {
		r->at += 2;
	} else if ((c == 'p' || c == 'P') && peek(r, 2) == '{') {
		r->at = str_find(r->pattern, STR("}"), r->at) + 1;
	} else {
		r->lost = true;
	}
	end_run(r, run, best);
	(void)skip_quantifier(r, &there);
}

static struct set take_alternatives(struct reader *r);

/* Past "(?:" and the like; is what stands inside part of the match? */
static bool
open_group(struct reader *r)
{
	static const struct {
		const char *begin;
		bool inside;
	} kinds[] = {
		{ "(?:", true }, { "(?>", true }, { "(?|", true }, { "(?=", false },
		{ "(?!", false }, { "(?<=", false }, { "(?<!", false },
	};
	struct claque_str rest = str_sub(r->pattern, r->at, r->pattern.len);

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (str_starts(rest, str_of(kinds[i].begin))) {
			r->at += strlen(kinds[i].begin);
			return kinds[i].inside;
		}
	r->lost |= peek(r, 1) == '?' || peek(r, 1) == '*';
	r->at++;
	return true;
}

static void
take_group(struct reader *r, struct set *best)
{
	struct set inside;
	bool counts, there;

	/* (?i) and (?-i): what is searched for is blind to case anyway. */
	if (str_starts(str_sub(r->pattern, r->at, 4), STR("(?i)")) ||
	    str_starts(str_sub(r->pattern, r->at, 5), STR("(?-i)"))) {
		r->at += peek(r, 2) == '-' ? 5 : 4;
		return;
	}
	counts = open_group(r);
	inside = take_alternatives(r);
	r->lost |= peek(r, 0) != ')';
	r->at++;
	if (!skip_quantifier(r, &there) && counts)
		keep_better(best, inside);
}

static void
take_piece(struct reader *r, struct run *run, struct set *best)
{
	char c = peek(r, 0);
	bool there;

	if (c == '\\') {
		take_escape(r, run, best);
	} else if (c == '(') {
		end_run(r, run, best);
		take_group(r, best);
	} else if (c == '[') {
		end_run(r, run, best);
		take_class(r);
		(void)skip_quantifier(r, &there);
	} else if (c == '.' || c == '^' || c == '$') {
		end_run(r, run, best);
		r->at++;
		(void)skip_quantifier(r, &there);
	} else if (c == '*' || c == '?' || c == '+' || c == '{' || c == '\0') {
		r->lost = true;
	} else {
		take_letter(r, run, best);
	}
}

static struct set
take_sequence(struct reader *r)
{
	struct run run = { .bytes = ARENA_NEW(r->perm, char, 3 * r->pattern.len + 4) };
	struct set best = { 0 };

	while (!r->lost && r->at < r->pattern.len && peek(r, 0) != '|' && peek(r, 0) != ')')
		take_piece(r, &run, &best);
	end_run(r, &run, &best);
	return best;
}

static struct set
take_alternatives(struct reader *r)
{
	struct set all;

	if (++r->depth > DEPTH_MAX) {
		r->lost = true;
		return (struct set){ 0 };
	}
	all = take_sequence(r);
	while (!r->lost && peek(r, 0) == '|') {
		r->at++;
		all = join(r, all, take_sequence(r));
	}
	r->depth--;
	return all;
}

size_t
literal_required(struct claque_str pattern, struct arena *perm,
		 struct claque_str out[LITERALS_MAX])
{
	struct reader r = { .pattern = pattern, .perm = perm };
	struct set all = take_alternatives(&r);

	if (r.lost || r.at < pattern.len || all.count == 0)
		return 0;
	memcpy(out, all.items, all.count * sizeof(*out));
	return all.count;
}
