/*
 * indicator_stix2.c - bundles of STIX 2.1 (OASIS 2021), object by object.
 *
 * Taken are observables (accounts, domains, links, addresses, hashes) and the
 * comparisons of an indicator's pattern: [domain-name:value = 'a.example'].
 * A pattern may say more than its comparisons (NOT, FOLLOWED BY, qualifiers of
 * time): what is written with anything but = , AND and OR is refused, for half
 * of it would be another claim. Reports, relationships and notes are no
 * indicators.
 */
#include "config.h"

#include "import/format.h"
#include "import/indicator.h"

/* Of account types that STIX names otherwise than we do. */
static const struct {
	const char *stix, *platform;
} platforms[] = {
	{ "twitter", "x" },
};

/* Where an object type keeps what is looked for, and what that is. */
static const struct kind {
	const char *type, *path;
	enum indicator_kind kind;
} kinds[] = {
	{ "domain-name", "value", INDICATOR_domain },
	{ "url", "value", INDICATOR_url },
	{ "ipv4-addr", "value", INDICATOR_ip },
	{ "email-addr", "value", INDICATOR_email },
	{ "file", "hashes.MD5", INDICATOR_md5 },
	{ "file", "hashes.'SHA-256'", INDICATOR_sha256 },
	{ "user-account", "account_login", INDICATOR_account },
	{ "user-account", "user_id", INDICATOR_account },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static struct claque_str
platform_of(struct claque_str account_type)
{
	for (size_t i = 0; i < sizeof(platforms) / sizeof(platforms[0]); i++)
		if (str_eq_nocase(account_type, str_of(platforms[i].stix)))
			return str_of(platforms[i].platform);
	return account_type;
}

/* What the object says beside the value: a name or description, and a date. */
static void
fill_about(const json_t *object, struct arena *scratch, struct indicator_record *out)
{
	static const char *const notes[] = { "description", "name", "display_name" };
	static const char *const dates[] = { "valid_from", "created" };

	for (size_t i = 0; i < 3 && out->note.len == 0; i++)
		out->note = str_trim(feed_text(object, notes[i], scratch));
	for (size_t i = 0; i < 2 && out->published.len == 0; i++)
		out->published = feed_text(object, dates[i], scratch);
}

static enum claque_rc
put_value(struct input_row *row, const json_t *object, const struct kind *kind,
	  struct claque_str value, struct claque_str account_type, struct claque_err *err)
{
	struct record record = { .type = RECORD_INDICATOR };
	struct indicator_record *out = &record.indicator;

	if (kind->kind == INDICATOR_account) {
		out->kind = INDICATOR_account;
		out->raw = value;
		out->value = str_lower(&row->scratch, str_trim(value));
		out->platform = platform_of(account_type);
		out->count = COUNT_UNKNOWN;
	} else {
		indicator_of_kind(kind->kind, kind->kind == INDICATOR_url, value, &row->scratch, out);
	}
	fill_about(object, &row->scratch, out);
	return input_put(row, &record, err);
}

/* One "type:path = 'value'" of a pattern. */
struct comparison {
	struct claque_str type, path, value;
};

static void
skip_blanks(struct claque_str *s)
{
	while (s->len > 0 && byte_is_space(s->p[0]))
		*s = str_sub(*s, 1, s->len);
}

static bool
take_mark(struct claque_str *s, const char *mark)
{
	skip_blanks(s);
	if (!str_starts(*s, str_of(mark)))
		return false;
	*s = str_sub(*s, strlen(mark), s->len);
	return true;
}

/* 'it\'s', with its escapes undone. */
static bool
take_string(struct claque_str *s, struct arena *scratch, struct claque_str *out)
{
	char *bytes;
	size_t i, len = 0;

	if (!take_mark(s, "'"))
		return false;
	bytes = ARENA_NEW(scratch, char, s->len + 1);
	for (i = 0; i < s->len && s->p[i] != '\''; i++) {
		if (s->p[i] == '\\' && i + 1 < s->len)
			i++;
		bytes[len++] = s->p[i];
	}
	if (i == s->len)
		return false;
	*out = (struct claque_str){ bytes, len };
	*s = str_sub(*s, i + 1, s->len);
	return true;
}

static bool
take_comparison(struct claque_str *s, struct arena *scratch, struct comparison *out)
{
	size_t colon, equals;

	skip_blanks(s);
	colon = str_find(*s, STR(":"), 0);
	equals = str_find(*s, STR("="), colon);
	if (colon == s->len || equals == s->len)
		return false;
	out->type = str_sub(*s, 0, colon);
	out->path = str_trim(str_sub(*s, colon + 1, equals - colon - 1));
	*s = str_sub(*s, equals + 1, s->len);
	return take_string(s, scratch, &out->value);
}

static const struct kind *
find_kind(const struct comparison *c)
{
	for (size_t i = 0; i < KINDS; i++)
		if (str_eq(c->type, str_of(kinds[i].type)) && str_eq(c->path, str_of(kinds[i].path)))
			return &kinds[i];
	return NULL;
}

enum { COMPARISONS_MAX = 64 };

struct pattern_parts {
	struct comparison each[COMPARISONS_MAX];
	size_t count;
	struct claque_str account_type;
};

/* "[a AND b]", "[a] OR [b]": false for any other operator. */
static bool
read_pattern(struct claque_str s, struct arena *scratch, struct pattern_parts *out)
{
	do {
		if (!take_mark(&s, "["))
			return false;
		do {
			struct comparison *c = &out->each[out->count];

			if (out->count == COMPARISONS_MAX || !take_comparison(&s, scratch, c))
				return false;
			if (str_eq(c->path, STR("account_type")))
				out->account_type = c->value;
			else
				out->count++;
		} while (take_mark(&s, "AND") || take_mark(&s, "OR"));
		if (!take_mark(&s, "]"))
			return false;
	} while (take_mark(&s, "OR"));
	skip_blanks(&s);
	return s.len == 0 && out->count > 0;
}

static enum claque_rc
take_indicator(struct input_row *row, const json_t *object, struct claque_err *err)
{
	struct claque_str text = feed_text(object, "pattern", &row->scratch);
	struct pattern_parts parts = { .count = 0 };
	enum claque_rc rc = CLAQUE_OK;

	if (!read_pattern(text, &row->scratch, &parts))
		return input_refuse(row, err, "pattern: '%.*s' is not a comparison with = of "
				    "values, joined by AND and OR", QUOTED(text));
	for (size_t i = 0; i < parts.count; i++)
		if (find_kind(&parts.each[i]) == NULL)
			return input_refuse(row, err, "pattern: nothing is kept of '%.*s:%.*s'",
					    QUOTED(parts.each[i].type), QUOTED(parts.each[i].path));
	for (size_t i = 0; rc == CLAQUE_OK && i < parts.count; i++)
		rc = put_value(row, object, find_kind(&parts.each[i]), parts.each[i].value,
			       parts.account_type, err);
	return rc;
}

/* "hashes.'SHA-256'" of a pattern is "hashes.SHA-256" of the object. */
static const char *
object_path(const struct kind *kind)
{
	return kind->kind == INDICATOR_sha256 ? "hashes.SHA-256" : kind->path;
}

/* An observable: its first value that is there. */
static enum claque_rc
take_observable(struct input_row *row, const json_t *object, struct claque_str type,
		struct claque_err *err)
{
	struct claque_str account_type = feed_text(object, "account_type", &row->scratch);

	for (size_t i = 0; i < KINDS; i++) {
		struct claque_str value = { 0 };

		if (str_eq(type, str_of(kinds[i].type)))
			value = feed_text(object, object_path(&kinds[i]), &row->scratch);
		if (value.len > 0)
			return put_value(row, object, &kinds[i], value, account_type, err);
	}
	return input_refuse(row, err, "'%.*s' is no indicator or observable that is kept",
			    QUOTED(type));
}

static enum claque_rc
take_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct claque_str type = feed_text(item->value, "type", &row->scratch);

	if (str_eq(type, STR("indicator")))
		return take_indicator(row, item->value, err);
	return take_observable(row, item->value, type, err);
}

static const char *const signature[] = { "^objects", "^type", "type", "id", NULL };

const struct format format_indicator_stix2 = {
	.about = {
		.name = "stix2",
		.help = "a bundle of STIX 2.1: its observables and indicators",
		.columns = "objects[]: indicator, user-account, domain-name, url, ...",
	},
	.signature = signature,
	.item = take_item,
};
