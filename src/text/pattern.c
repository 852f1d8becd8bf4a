#include "config.h"

#include "text/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "base/err.h"

enum { MATCH_STEPS_MAX = 1000000 };

struct pattern {
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *limits;
};

static enum claque_rc
compile(struct pattern *p, struct claque_str source, size_t *at, struct claque_err *err)
{
	PCRE2_UCHAR reason[120] = "";
	PCRE2_SIZE where = 0;
	int code;

	p->code = pcre2_compile((PCRE2_SPTR)source.p, source.len,
				PCRE2_CASELESS | PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF,
				&code, &where, NULL);
	*at = where;
	if (p->code == NULL) {
		(void)pcre2_get_error_message(code, reason, sizeof(reason));
		return err_set(err, CLAQUE_EINPUT, "pattern, character %zu: %s",
			       (size_t)where + 1, (const char *)reason);
	}
	(void)pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);	/* without it: slower, same result */
	p->match = pcre2_match_data_create_from_pattern(p->code, NULL);
	p->limits = pcre2_match_context_create(NULL);
	if (p->match == NULL || p->limits == NULL)
		base_oom();
	(void)pcre2_set_match_limit(p->limits, MATCH_STEPS_MAX);
	return CLAQUE_OK;
}

enum claque_rc
pattern_new_at(struct pattern **out, struct claque_str source, size_t *at,
	       struct claque_err *err)
{
	struct pattern *p = calloc(1, sizeof(*p));
	enum claque_rc rc;

	if (p == NULL)
		base_oom();
	rc = compile(p, source.p != NULL ? source : STR(""), at, err);
	if (rc != CLAQUE_OK) {
		pattern_free(p);
		p = NULL;
	}
	*out = p;
	return rc;
}

enum claque_rc
pattern_new(struct pattern **out, struct claque_str source, struct claque_err *err)
{
	size_t at;

	return pattern_new_at(out, source, &at, err);
}

/* To the first of this byte, it included; 1 if there is none. */
static size_t
upto(struct claque_str s, char last)
{
	const char *end = memchr(s.p, last, s.len);

	return end != NULL ? (size_t)(end - s.p) + 1 : 1;
}

/* How many bytes from here on are syntax whose letters say nothing of a text; at least 1. */
static size_t
syntax_at(struct claque_str s, size_t at)
{
	struct claque_str rest = str_sub(s, at, s.len);
	char kind = rest.len > 1 ? rest.p[1] : '\0', next = rest.len > 2 ? rest.p[2] : '\0';

	if (str_starts(rest, STR("(?P<")))
		return upto(rest, '>');
	if (rest.p[0] != '\\')
		return 1;
	if (next == '{' || next == '<')
		return upto(rest, next == '{' ? '}' : '>');
	return kind == 'p' || kind == 'P' ? 3 : 2;
}

struct claque_str
pattern_smart(struct arena *perm, struct claque_str source)
{
	for (size_t i = 0; i < source.len && !str_starts(source, STR("(*")); ) {
		size_t used = syntax_at(source, i);

		if (used == 1 && byte_is_upper(source.p[i]))
			return str_fmt(perm, "(?-i)" STR_FMT, STR_ARG(source));
		i += used;
	}
	return source;
}

void
pattern_free(struct pattern *p)
{
	if (p == NULL)
		return;
	pcre2_match_context_free(p->limits);
	pcre2_match_data_free(p->match);
	pcre2_code_free(p->code);
	free(p);
}

enum pattern_answer
pattern_ask(const struct pattern *p, struct claque_str text)
{
	int found = pcre2_match(p->code, (PCRE2_SPTR)(text.p != NULL ? text.p : ""), text.len, 0, 0,
				p->match, p->limits);

	if (found >= 0)
		return PATTERN_YES;
	return found == PCRE2_ERROR_NOMATCH ? PATTERN_NO : PATTERN_GAVE_UP;
}

bool
pattern_find(const struct pattern *p, struct claque_str text, size_t from, size_t *at, size_t *len)
{
	const PCRE2_SIZE *ends;

	if (text.p == NULL)
		text = STR("");
	if (from > text.len ||
	    pcre2_match(p->code, (PCRE2_SPTR)text.p, text.len, from, 0, p->match, p->limits) < 0)
		return false;
	ends = pcre2_get_ovector_pointer(p->match);
	if (at != NULL)
		*at = ends[0];
	if (len != NULL)
		*len = ends[1] > ends[0] ? ends[1] - ends[0] : 0;
	return true;
}
