#include "config.h"

#include "remote/mapping.h"

#include "base/err.h"
#include "text/lines.h"

static const struct mapping_help words[MAPPING_COUNT] = {
#define X(id, word, value, help) { word, value, help },
	MAPPING_LIST(X)
#undef X
};

const struct mapping_help *
mapping_words(size_t *count)
{
	*count = MAPPING_COUNT;
	return words;
}

struct mapping
mapping_own(void)
{
	return (struct mapping){ .own = true };
}

bool
mapping_is_name(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!byte_is_alpha(s.p[i]) && s.p[i] != '_' && (i == 0 || !byte_is_digit(s.p[i])))
			return false;
	return s.len > 0 && s.len <= MAPPING_NAME_MAX;
}

static bool
is_table(struct claque_str s)
{
	size_t dot = str_find(s, STR("."), 0);

	return dot == s.len ? mapping_is_name(s) : mapping_is_name(str_sub(s, 0, dot)) &&
						   mapping_is_name(str_sub(s, dot + 1, s.len));
}

static bool
parse_time_form(struct claque_str value, enum mapping_time *out)
{
	static const char *const forms[] = {
		[MAPPING_SECONDS] = "seconds", [MAPPING_MILLISECONDS] = "milliseconds",
		[MAPPING_DATETIME] = "datetime", [MAPPING_DATETIME64] = "datetime64",
	};

	for (unsigned i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (str_eq(value, str_of(forms[i]))) {
			*out = (enum mapping_time)i;
			return true;
		}
	return false;
}

static bool
takes(struct mapping *m, enum mapping_word word, struct claque_str value)
{
	if (word == MAPPING_table)
		return is_table(value);
	if (word == MAPPING_time_form)
		return parse_time_form(value, &m->time_form);
	if (word == MAPPING_kind_is)
		return object_kind_parse(value, &m->kind);
	if (word == MAPPING_act_is)
		return act_parse(value, &m->act);
	if (word == MAPPING_platform_is)
		return lines_is_name(value, MAPPING_NAME_MAX);
	return mapping_is_name(value);
}

static enum claque_rc
take_line(struct mapping *m, const char *path, const struct lines *l, struct claque_err *err)
{
	unsigned word = 0;

	if (l->fault != NULL)
		return err_set(err, CLAQUE_EINPUT, "%s:%zu: %s", path, l->number, l->fault);
	while (word < MAPPING_COUNT && !str_eq(l->word, str_of(words[word].word)))
		word++;
	if (word == MAPPING_COUNT)
		return err_set(err, CLAQUE_EINPUT, "%s:%zu: there is no word '" STR_FMT "'; "
			       "claque-remote(7) lists them", path, l->number,
			       STR_ARG(str_head(l->word, MAPPING_NAME_MAX)));
	if (m->words[word].p != NULL)
		return err_set(err, CLAQUE_EINPUT, "%s:%zu: a second %s", path, l->number,
			       words[word].word);
	if (!takes(m, (enum mapping_word)word, l->value))
		return err_set(err, CLAQUE_EINPUT, "%s:%zu: %s takes a %s, not '" STR_FMT "': %s",
			       path, l->number, words[word].word, words[word].value,
			       STR_ARG(str_head(l->value, MAPPING_NAME_MAX)), words[word].help);
	m->words[word] = l->value;
	return CLAQUE_OK;
}

static enum claque_rc
check_whole(const struct mapping *m, const char *path, struct claque_err *err)
{
	static const enum mapping_word needed[] = {
		MAPPING_table, MAPPING_account, MAPPING_object, MAPPING_time };
	static const enum mapping_word either[][2] = {
		{ MAPPING_kind, MAPPING_kind_is }, { MAPPING_act, MAPPING_act_is },
		{ MAPPING_platform, MAPPING_platform_is } };

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (m->words[needed[i]].p == NULL)
			return err_set(err, CLAQUE_EINPUT, "%s: a line '%s %s' is missing", path,
				       words[needed[i]].word, words[needed[i]].value);
	for (size_t i = 0; i < sizeof(either) / sizeof(either[0]); i++)
		if (m->words[either[i][0]].p != NULL && m->words[either[i][1]].p != NULL)
			return err_set(err, CLAQUE_EINPUT, "%s: both %s and %s; leave one out",
				       path, words[either[i][0]].word, words[either[i][1]].word);
	return CLAQUE_OK;
}

enum claque_rc
mapping_parse(struct claque_str text, const char *path, struct mapping *out, struct claque_err *err)
{
	struct lines lines = lines_of(text);
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct mapping){ .time_form = MAPPING_MILLISECONDS, .kind = CLAQUE_OBJECT_post,
				 .act = CLAQUE_ACT_reshare };
	while (rc == CLAQUE_OK && lines_next(&lines))
		rc = take_line(out, path, &lines, err);
	return rc == CLAQUE_OK ? check_whole(out, path, err) : rc;
}
