/*
 * stix_pattern.c - is it a pattern of STIX 2.1 (chapter 9)? By recursive descent over the
 * grammar; nothing is built, for nothing is matched with it here.
 */
#include "config.h"

#include "export/stix.h"

enum { DEPTH_MAX = 32 };

struct cursor {
	struct claque_str s;
	size_t at;
	int depth;
	const char *fault;	/* the first */
};

static bool
fail(struct cursor *c, const char *fault)
{
	if (c->fault == NULL)
		c->fault = fault;
	return false;
}

static char
look(const struct cursor *c)
{
	return c->at < c->s.len ? c->s.p[c->at] : '\0';
}

static void
skip(struct cursor *c)
{
	while (byte_is_space(look(c)))
		c->at++;
}

static bool
is_name_byte(char b)
{
	return byte_is_alpha(b) || byte_is_digit(b) || b == '_';
}

/* The mark as it stands, behind white space. */
static bool
take(struct cursor *c, const char *mark)
{
	struct claque_str m = str_of(mark);

	skip(c);
	if (!str_eq(str_sub(c->s, c->at, m.len), m))
		return false;
	c->at += m.len;
	return true;
}

/* The word, and no longer one that begins with it. */
static bool
take_word(struct cursor *c, const char *word)
{
	size_t before = c->at;

	if (take(c, word) && !is_name_byte(look(c)))
		return true;
	c->at = before;
	return false;
}

static bool
quoted(struct cursor *c)
{
	if (!take(c, "'"))
		return false;
	for (; c->at < c->s.len && look(c) != '\''; c->at++) {
		if (look(c) != '\\')
			continue;
		c->at++;
		if (look(c) != '\\' && look(c) != '\'')
			return fail(c, "a backslash in a string stands before ' or another one");
	}
	return take(c, "'") || fail(c, "a string has no end; it is closed by '");
}

static bool
number(struct cursor *c, bool whole)
{
	size_t from, digits = 0;

	skip(c);
	from = c->at;
	if (!whole && (look(c) == '-' || look(c) == '+'))
		c->at++;
	for (; byte_is_digit(look(c)) || (!whole && look(c) == '.'); c->at++)
		digits += look(c) != '.';
	if (digits == 0 || is_name_byte(look(c))) {
		c->at = from;
		return false;
	}
	return true;
}

/* t'...', h'...', b'...': the letter stands before its string. */
static bool
prefixed(struct cursor *c, const char *prefix)
{
	size_t before = c->at;

	if (take(c, prefix) && look(c) == '\'')
		return quoted(c);
	c->at = before;
	return false;
}

static bool
constant(struct cursor *c)
{
	skip(c);
	if (look(c) == '\'')
		return quoted(c);
	return prefixed(c, "t") || prefixed(c, "h") || prefixed(c, "b") || take_word(c, "true") ||
	       take_word(c, "false") || number(c, false) ||
	       fail(c, "a value is expected; text stands in '...'");
}

static bool
constants(struct cursor *c)
{
	if (!take(c, "("))
		return fail(c, "IN is followed by values in parentheses");
	do {
		if (!constant(c))
			return false;
	} while (take(c, ","));
	return take(c, ")") || fail(c, "the values of IN end with a parenthesis");
}

static bool
name(struct cursor *c, bool dashes)
{
	size_t from;

	skip(c);
	if (look(c) == '\'')
		return quoted(c);
	from = c->at;
	if (!byte_is_digit(look(c)))
		while (is_name_byte(look(c)) || (dashes && look(c) == '-'))
			c->at++;
	return c->at > from;
}

/* type:property.'part'[*].other */
static bool
path(struct cursor *c)
{
	if (!name(c, true) || !take(c, ":") || !name(c, false))
		return fail(c, "an object path is type:property, as domain-name:value");
	for (;;) {
		if (take(c, ".")) {
			if (!name(c, false))
				return fail(c, "a property is expected after the point");
		} else if (take(c, "[")) {
			if ((!take(c, "*") && !number(c, true)) || !take(c, "]"))
				return fail(c, "an index is a number or *");
		} else {
			return true;
		}
	}
}

static bool
compared(struct cursor *c)
{
	static const char *const marks[] = { "!=", "<=", ">=", "=", "<", ">" };
	static const char *const words[] = { "LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET" };

	(void)take_word(c, "NOT");
	if (take_word(c, "IN"))
		return constants(c);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (take_word(c, words[i]))
			return (skip(c), quoted(c)) || fail(c, "text in '...' is expected");
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (take(c, marks[i]))
			return constant(c);
	return fail(c, "a comparison is expected: =, !=, <, >, IN, LIKE, MATCHES");
}

static bool comparisons(struct cursor *c);

static bool
comparison(struct cursor *c)
{
	if (take(c, "("))
		return comparisons(c) && (take(c, ")") || fail(c, "a parenthesis is not closed"));
	if (take_word(c, "NOT"))
		return take_word(c, "EXISTS") ? path(c) :
		       fail(c, "NOT stands after the path, or before EXISTS");
	if (take_word(c, "EXISTS"))
		return path(c);
	return path(c) && compared(c);
}

static bool
comparisons(struct cursor *c)
{
	bool fine;

	if (c->depth == DEPTH_MAX)
		return fail(c, "parentheses are nested too deeply");
	c->depth++;
	do
		fine = comparison(c);
	while (fine && (take_word(c, "AND") || take_word(c, "OR")));
	c->depth--;
	return fine;
}

static bool
qualifiers(struct cursor *c)
{
	for (;;) {
		if (take_word(c, "START")) {
			if (!prefixed(c, "t") || !take_word(c, "STOP") || !prefixed(c, "t"))
				return fail(c, "START t'...' is followed by STOP t'...'");
		} else if (take_word(c, "WITHIN")) {
			if (!number(c, false) || !take_word(c, "SECONDS"))
				return fail(c, "WITHIN is followed by a number and SECONDS");
		} else if (take_word(c, "REPEATS")) {
			if (!number(c, true) || !take_word(c, "TIMES"))
				return fail(c, "REPEATS is followed by a number and TIMES");
		} else {
			return true;
		}
	}
}

static bool observations(struct cursor *c);

static bool
observation(struct cursor *c)
{
	if (take(c, "["))
		return comparisons(c) && (take(c, "]") || fail(c, "AND, OR or ] is expected")) &&
		       qualifiers(c);
	if (take(c, "("))
		return observations(c) && (take(c, ")") || fail(c, "a parenthesis is not closed")) &&
		       qualifiers(c);
	return fail(c, "an observation stands in [ ]");
}

static bool
observations(struct cursor *c)
{
	bool fine;

	if (c->depth == DEPTH_MAX)
		return fail(c, "parentheses are nested too deeply");
	c->depth++;
	do
		fine = observation(c);
	while (fine && (take_word(c, "AND") || take_word(c, "OR") || take_word(c, "FOLLOWEDBY")));
	c->depth--;
	return fine;
}

const char *
stix_pattern_fault(struct claque_str pattern, size_t *at)
{
	struct cursor c = { .s = pattern };

	if (observations(&c)) {
		skip(&c);
		if (c.at < pattern.len)
			(void)fail(&c, "nothing may follow the last observation");
	}
	*at = c.at;
	return c.fault;
}
