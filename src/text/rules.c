/*
 * rules.c - a pack read line by line.
 *
 * A line that is not understood refuses the pack, as with mapping files: a topic
 * that is quietly not looked for is found out months later, or never. The same
 * holds for a pattern that the empty text matches: it would be in every post.
 */
#include "config.h"

#include "text/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "text/lines.h"
#include "text/rules_impl.h"

enum { RULES_ARENA = 256 << 20, QUOTE_MAX = 60 };

#define QUOTED(s) STR_ARG(str_head(s, QUOTE_MAX))

/* One pack while it is read. */
struct reading {
	struct rules *rules;
	struct rules_pack pack;
	struct lines lines;
	bool kind, skip;	/* skip: a pack of this name is there */
	struct claque_err *err;
};

static enum claque_rc refuse(struct reading *r, const char *at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* at: where in the line, or NULL for the pack as a whole. */
static enum claque_rc
refuse(struct reading *r, const char *at, const char *fmt, ...)
{
	char text[300];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (at == NULL)
		return err_set(r->err, CLAQUE_EINPUT, STR_FMT ": %s", STR_ARG(r->pack.path), text);
	return err_set(r->err, CLAQUE_EINPUT, STR_FMT ":%zu:%zu: %s", STR_ARG(r->pack.path),
		       r->lines.number, (size_t)(at - r->lines.line.p) + 1, text);
}

static enum claque_rc
check_name(struct reading *r, struct claque_str name)
{
	if (lines_is_name(name, RULES_NAME_MAX))
		return CLAQUE_OK;
	return refuse(r, name.p, "'%.*s' is no name; write at most %d small letters, digits and -",
		      QUOTED(name), RULES_NAME_MAX);
}

static enum claque_rc
take_pack(struct reading *r, struct claque_str value)
{
	if (r->pack.name.len > 0)
		return refuse(r, r->lines.line.p, "a second pack line; a file is one pack, write another "
			      "file");
	for (size_t i = 0; i < r->rules->pack_count; i++)
		r->skip |= str_eq(r->rules->packs[i].name, value);
	r->pack.name = str_dup(&r->rules->perm, value);
	return check_name(r, value);
}

static enum claque_rc
take_kind(struct reading *r, struct claque_str value)
{
	r->kind = true;
	for (unsigned k = 0; k < RULES_KIND_COUNT; k++) {
		r->pack.kind = (enum rules_kind)k;
		if (str_eq(value, str_of(rules_kind_name(r->pack.kind))))
			return CLAQUE_OK;
	}
	return refuse(r, value.p, "kind '%.*s'; write camouflage or narrative", QUOTED(value));
}

static enum claque_rc
take_version(struct reading *r, struct claque_str value)
{
	if (value.len > RULES_NAME_MAX)
		return refuse(r, value.p, "a version of more than %d bytes; write as in 2026.1",
			      RULES_NAME_MAX);
	r->pack.version = str_dup(&r->rules->perm, value);
	return CLAQUE_OK;
}

static enum claque_rc
take_author(struct reading *r, struct claque_str value)
{
	r->pack.author = str_dup(&r->rules->perm, value);
	return CLAQUE_OK;
}

static enum claque_rc
take_source(struct reading *r, struct claque_str value)
{
	r->pack.source = str_dup(&r->rules->perm, value);
	return CLAQUE_OK;
}

/* The topic that the lines below its own belong to, or NULL. */
static struct rules_topic *
open_topic(const struct reading *r)
{
	return r->pack.topic_count > 0 ? &r->rules->topics[r->rules->topic_count - 1] : NULL;
}

static enum claque_rc
take_about(struct reading *r, struct claque_str value)
{
	struct rules_topic *topic = open_topic(r);

	*(topic != NULL ? &topic->about : &r->pack.about) = str_dup(&r->rules->perm, value);
	return CLAQUE_OK;
}

/* A topic nobody can match, or that nothing shows to be right, is a slip. */
static enum claque_rc
check_topic(struct reading *r)
{
	const struct rules_topic *t = open_topic(r);

	if (t == NULL)
		return CLAQUE_OK;
	if (t->pattern_count == 0)
		return refuse(r, r->lines.line.p, "topic " STR_FMT " above has no match line; write one",
			      STR_ARG(t->name));
	if (t->yes_count == 0 || t->no_count == 0)
		return refuse(r, r->lines.line.p, "topic " STR_FMT " above needs examples: at least one yes"
			      " line and one no line", STR_ARG(t->name));
	return CLAQUE_OK;
}

static enum claque_rc
take_topic(struct reading *r, struct claque_str value)
{
	struct rules *rules = r->rules;
	enum claque_rc rc = check_topic(r);

	if (rc == CLAQUE_OK)
		rc = check_name(r, value);
	for (size_t i = 1; rc == CLAQUE_OK && i <= r->pack.topic_count; i++)
		if (str_eq(rules->topics[rules->topic_count - i].name, value))
			rc = refuse(r, value.p, "a second topic '%.*s'; write its lines below the "
				    "first", QUOTED(value));
	if (rc != CLAQUE_OK)
		return rc;
	if (rules->topic_count == RULES_TOPICS_MAX)
		return refuse(r, r->lines.line.p, "more than %d topics in all packs; take packs away",
			      RULES_TOPICS_MAX);
	GROW(rules->topics, rules->topic_cap, rules->topic_count + 1);
	rules->topics[rules->topic_count++] = (struct rules_topic){
		.name = str_dup(&rules->perm, value), .pack = rules->pack_count };
	r->pack.topic_count++;
	return CLAQUE_OK;
}

/* "en REST": the language, or any, into out; *rest is what follows. */
static enum claque_rc
cut_lang(struct reading *r, struct claque_str value, char *out, struct claque_str *rest)
{
	struct claque_str lang;
	size_t len = 0;

	if (open_topic(r) == NULL)
		return refuse(r, r->lines.line.p, "this belongs to a topic; write a topic line above");
	while (len < value.len && !byte_is_space(value.p[len]))
		len++;
	lang = str_sub(value, 0, len);
	*rest = str_trim(str_sub(value, len, value.len));
	out[0] = '\0';
	if (str_eq(lang, STR("any")))
		return CLAQUE_OK;
	for (size_t i = 0; i < len; i++)
		if (len > RULES_LANG_MAX || lang.p[i] < 'a' || lang.p[i] > 'z')
			len = 0;
	if (len < 2)
		return refuse(r, value.p, "'%.*s' is no language; write its code, as in en, or any",
			      QUOTED(lang));
	memcpy(out, lang.p, len);
	out[len] = '\0';
	return CLAQUE_OK;
}

static enum claque_rc
compile(struct reading *r, struct claque_str source, struct claque_err *err)
{
	struct rules *rules = r->rules;
	struct pattern *compiled;
	size_t at;
	enum claque_rc rc = pattern_new_at(&compiled, source, &at, err);

	if (rc != CLAQUE_OK)
		return refuse(r, source.p + at, "%s; pcre2pattern(3) tells what may stand there",
			      err->msg);
	GROW(rules->compiled, rules->compiled_cap, rules->pattern_count + 1);
	rules->compiled[rules->pattern_count] = compiled;
	if (!pattern_find(compiled, STR(""), 0, NULL, NULL))
		return CLAQUE_OK;
	pattern_free(compiled);
	return refuse(r, source.p, "the pattern matches the empty text, and so every post; let it ask "
		      "for a word");
}

static enum claque_rc
take_match(struct reading *r, struct claque_str value)
{
	struct rules *rules = r->rules;
	struct rules_pattern made = { .line = (uint32_t)r->lines.number };
	struct claque_str source;
	struct claque_err slip = { 0 };
	enum claque_rc rc = cut_lang(r, value, made.lang, &source);

	if (rc != CLAQUE_OK)
		return rc;
	if (source.len == 0)
		return refuse(r, value.p + value.len, "no pattern after the language; write one");
	if (source.len > RULES_PATTERN_MAX)
		return refuse(r, source.p, "a pattern of more than %d bytes; write several match lines",
			      RULES_PATTERN_MAX);
	if (rules->pattern_count == RULES_PATTERNS_MAX)
		return refuse(r, r->lines.line.p, "more than %d patterns in all packs; take packs away",
			      RULES_PATTERNS_MAX);
	rc = compile(r, source, &slip);
	if (rc != CLAQUE_OK)
		return rc;
	made.source = str_dup(&rules->perm, source);
	made.topic = rules->topic_count - 1;
	GROW(rules->patterns, rules->pattern_cap, rules->pattern_count + 1);
	rules->patterns[rules->pattern_count++] = made;
	rules->topics[made.topic].pattern_count++;
	return CLAQUE_OK;
}

static enum claque_rc
take_example(struct reading *r, struct claque_str value, bool yes)
{
	struct rules *rules = r->rules;
	struct rules_example made = { .line = (uint32_t)r->lines.number, .yes = yes };
	struct rules_topic *topic;
	struct claque_str text;
	enum claque_rc rc = cut_lang(r, value, made.lang, &text);

	if (rc != CLAQUE_OK)
		return rc;
	if (text.len == 0)
		return refuse(r, value.p + value.len, "no text after the language; write an example");
	if (rules->example_count == RULES_EXAMPLES_MAX)
		return refuse(r, r->lines.line.p, "more than %d examples in all packs; take some away",
			      RULES_EXAMPLES_MAX);
	made.text = str_dup(&rules->perm, text);
	made.topic = rules->topic_count - 1;
	GROW(rules->examples, rules->example_cap, rules->example_count + 1);
	rules->examples[rules->example_count++] = made;
	topic = &rules->topics[made.topic];
	*(yes ? &topic->yes_count : &topic->no_count) += 1;
	return CLAQUE_OK;
}

static enum claque_rc
take_yes(struct reading *r, struct claque_str value)
{
	return take_example(r, value, true);
}

static enum claque_rc
take_no(struct reading *r, struct claque_str value)
{
	return take_example(r, value, false);
}

static const struct word {
	const char *name;
	enum claque_rc (*take)(struct reading *r, struct claque_str value);
} words[] = {
#define X(name, values, help) { #name, take_##name },
	RULES_WORD_LIST(X)
#undef X
};

static enum claque_rc
take_line(struct reading *r)
{
	struct claque_str name = r->lines.word, value = r->lines.value;

	if (r->lines.fault != NULL)
		return refuse(r, r->lines.line.p, "%s", r->lines.fault);
	if (r->pack.name.len == 0 && !str_eq(name, STR("pack")))
		return refuse(r, name.p, "the first line of a pack is: pack NAME");
	if (value.len == 0)
		return refuse(r, name.p, "'%.*s': nothing stands behind it", QUOTED(name));
	if (value.len > RULES_TEXT_MAX)
		return refuse(r, value.p, "more than %d bytes in a line; make it shorter",
			      RULES_TEXT_MAX);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(name, str_of(words[i].name)))
			return words[i].take(r, value);
	return refuse(r, name.p, "'%.*s' is no word that a line begins with; write one of pack, "
		      "version, kind, author, source, about, topic, match, yes, no", QUOTED(name));
}

static enum claque_rc
check_whole(struct reading *r)
{
	if (r->pack.name.len == 0)
		return refuse(r, NULL, "holds no pack; its first line is: pack NAME");
	if (r->pack.version.len == 0 || !r->kind || r->pack.author.len == 0 ||
	    r->pack.source.len == 0)
		return refuse(r, NULL, "a pack has a version, a kind, an author and a source; write a "
			      "line for each, so that a reader knows whose words these are");
	if (r->pack.topic_count == 0)
		return refuse(r, NULL, "no topic; write a topic line, and match lines below it");
	return check_topic(r);
}

/* What a pack that is refused left behind. */
static void
forget(struct rules *rules, const struct rules *before)
{
	for (size_t i = before->pattern_count; i < rules->pattern_count; i++)
		pattern_free(rules->compiled[i]);
	rules->topic_count = before->topic_count;
	rules->pattern_count = before->pattern_count;
	rules->example_count = before->example_count;
}

enum claque_rc
rules_add(struct rules *rules, struct claque_str path, struct claque_str text,
	  struct claque_err *err)
{
	struct reading r = { .rules = rules, .err = err };
	const struct rules before = *rules;
	enum claque_rc rc = CLAQUE_OK;

	r.pack.path = str_dup(&rules->perm, path);
	if (text.len > RULES_BYTES_MAX)
		return refuse(&r, NULL, "over %d bytes; make two packs of it", RULES_BYTES_MAX);
	if (rules->pack_count == RULES_PACKS_MAX)
		return refuse(&r, NULL, "more than %d packs; move some away", RULES_PACKS_MAX);
	r.lines = lines_of(text);
	while (rc == CLAQUE_OK && !r.skip && lines_next(&r.lines))
		rc = take_line(&r);
	if (rc == CLAQUE_OK && !r.skip)
		rc = check_whole(&r);
	if (rc != CLAQUE_OK)
		forget(rules, &before);
	if (rc != CLAQUE_OK || r.skip)
		return rc;
	GROW(rules->packs, rules->pack_cap, rules->pack_count + 1);
	rules->packs[rules->pack_count++] = r.pack;
	return CLAQUE_OK;
}

struct rules *
rules_new(void)
{
	struct rules *r = calloc(1, sizeof(*r));

	if (r == NULL)
		base_oom();
	r->whole = r->perm = arena_new(RULES_ARENA);
	return r;
}

void
rules_free(struct rules *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->pattern_count; i++)
		pattern_free(r->compiled[i]);
	free(r->packs);
	free(r->topics);
	free(r->patterns);
	free(r->examples);
	free(r->compiled);
	arena_free(r->whole);
	free(r);
}

size_t rules_packs(const struct rules *r) { return r->pack_count; }
size_t rules_topics(const struct rules *r) { return r->topic_count; }
size_t rules_patterns(const struct rules *r) { return r->pattern_count; }
size_t rules_examples(const struct rules *r) { return r->example_count; }

const struct rules_pack *
rules_pack_at(const struct rules *r, size_t i)
{
	return &r->packs[i];
}

const struct rules_topic *
rules_topic_at(const struct rules *r, size_t i)
{
	return &r->topics[i];
}

const struct rules_pattern *
rules_pattern_at(const struct rules *r, size_t i)
{
	return &r->patterns[i];
}

const struct rules_example *
rules_example_at(const struct rules *r, size_t i)
{
	return &r->examples[i];
}

const char *
rules_kind_name(enum rules_kind kind)
{
	static const char *const names[] = {
#define X(name, help) [RULES_##name] = #name,
		RULES_KIND_LIST(X)
#undef X
	};

	return names[kind];
}
