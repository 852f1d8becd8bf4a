/*
 * lens.c - the lens as text and back. The text is what stands in the ledger,
 * in the trail and on the screen, so the two directions must agree exactly.
 */
#include "config.h"

#include "model/lens.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/record.h"

/* A value's byte may take three in print. */
enum { LENS_LINE_MAX = 1024 + LENS_FACETS_MAX * (FACET_NAME_MAX + 3 * FACET_VALUE_MAX + 8) };

struct lens
lens_open(void)
{
	return (struct lens){ .from = INT64_MIN, .to = INT64_MAX };
}

bool
lens_eq(const struct lens *a, const struct lens *b)
{
	if (a->facet_count != b->facet_count)
		return false;
	for (unsigned i = 0; i < a->facet_count; i++)
		if (strcmp(a->facets[i].name, b->facets[i].name) != 0 ||
		    strcmp(a->facets[i].value, b->facets[i].value) != 0)
			return false;
	return a->from == b->from && a->to == b->to && a->kinds == b->kinds &&
	       strcmp(a->lang, b->lang) == 0 && strcmp(a->text, b->text) == 0;
}

bool
lens_is_open(const struct lens *lens)
{
	struct lens open = lens_open();

	return lens_eq(lens, &open);
}

/* A day or a minute where it is one: what is typed comes back, and both ends can be read. */
static struct claque_str
time_text(struct arena *perm, int64_t ms)
{
	enum { MINUTE_MS = 60 * 1000, DAY_MS = 24 * 60 * MINUTE_MS, DATE_LEN = 10 };
	struct claque_str minute;

	if (ms % DAY_MS == 0)
		return clock_text(perm, ms, CLOCK_DATE);
	if (ms % MINUTE_MS != 0)
		return clock_text(perm, ms, CLOCK_RFC3339);
	minute = clock_text(perm, ms, CLOCK_MINUTE);
	return str_fmt(perm, STR_FMT "T" STR_FMT "Z", STR_ARG(str_sub(minute, 0, DATE_LEN)),
		       STR_ARG(str_sub(minute, DATE_LEN + 1, minute.len)));
}

static void
add_period(struct buf *out, struct arena scratch, const struct lens *lens)
{
	if (lens->from == INT64_MIN && lens->to == INT64_MAX)
		return;
	if (lens->from != INT64_MIN)
		buf_add(out, time_text(&scratch, lens->from));
	buf_addz(out, "..");
	if (lens->to != INT64_MAX)
		buf_add(out, time_text(&scratch, lens->to));
	buf_addc(out, ' ');
}

static void
add_kinds(struct buf *out, unsigned kinds)
{
	const char *lead = "kind:";

	for (unsigned i = 0; i < POST_KIND_COUNT; i++)
		if (kinds & 1u << i) {
			buf_addf(out, "%s%s", lead, post_kind_name((enum post_kind)i));
			lead = ",";
		}
	if (kinds != 0)
		buf_addc(out, ' ');
}

struct claque_str
lens_text(struct arena *perm, const struct lens *lens)
{
	struct buf out;
	struct claque_str text;

	buf_init(&out, LENS_LINE_MAX);
	add_period(&out, *perm, lens);
	add_kinds(&out, lens->kinds);
	if (lens->lang[0] != '\0')
		buf_addf(&out, "lang:%s ", lens->lang);
	for (unsigned i = 0; i < lens->facet_count; i++)
		lens_facet_add(&out, &lens->facets[i]);
	if (lens->text[0] != '\0')
		buf_addf(&out, "text:%s", lens->text);
	text = str_dup(perm, str_trim(buf_str(&out)));
	buf_done(&out);
	return text;
}

/* A time zone can carry a time out of the years that four digits hold. */
static bool
parse_time(struct claque_str s, int64_t *out)
{
	static const int64_t year_0 = -62167219200000, year_10000 = 253402300800000;

	return clock_parse(s, out) && *out >= year_0 && *out < year_10000;
}

static enum claque_rc
parse_period(struct claque_str word, struct lens *out, struct claque_err *err)
{
	size_t dots = str_find(word, STR(".."), 0);
	struct claque_str from = str_sub(word, 0, dots), to = str_sub(word, dots + 2, word.len);

	if ((from.len > 0 && !parse_time(from, &out->from)) ||
	    (to.len > 0 && !parse_time(to, &out->to)))
		return err_set(err, CLAQUE_EINPUT,
			       "lens: '" STR_FMT "' is not a period; write 2016-09-20..2016-10-12",
			       STR_ARG(word));
	if (out->from >= out->to)
		return err_set(err, CLAQUE_EINPUT, "lens: the period ends before it begins");
	return CLAQUE_OK;
}

static enum claque_rc
parse_kinds(struct claque_str names, struct lens *out, struct claque_err *err)
{
	struct claque_str name;
	enum post_kind kind;

	while (str_cut(&names, ',', &name)) {
		if (!post_kind_parse(name, &kind))
			return err_set(err, CLAQUE_EINPUT, "lens: no post kind '" STR_FMT
				       "' (original, reshare, reply, quote, ad, petition)",
				       STR_ARG(name));
		out->kinds |= 1u << kind;
	}
	return CLAQUE_OK;
}

static enum claque_rc
copy_field(char *to, size_t room, struct claque_str value, const char *what, struct claque_err *err)
{
	if (value.len >= room || (value.len > 0 && memchr(value.p, '\0', value.len) != NULL))
		return err_set(err, CLAQUE_EINPUT, "lens: %s takes up to %zu bytes", what, room - 1);
	if (value.len > 0)
		memcpy(to, value.p, value.len);
	to[value.len] = '\0';
	return CLAQUE_OK;
}

/* A code like "en" or "pt-BR": what is no word would not read back as one. */
static enum claque_rc
parse_lang(struct claque_str value, struct lens *out, struct claque_err *err)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.p[i];

		if (!byte_is_alpha(c) && !byte_is_digit(c) && c != '-' && c != '_')
			return err_set(err, CLAQUE_EINPUT,
				       "lens: lang: takes letters, digits and hyphens");
	}
	return copy_field(out->lang, sizeof(out->lang), value, "lang:", err);
}

static enum claque_rc
parse_word(struct claque_str word, struct lens *out, struct claque_err *err)
{
	if (str_starts(word, STR("kind:")))
		return parse_kinds(str_sub(word, 5, word.len), out, err);
	if (str_starts(word, STR("lang:")))
		return parse_lang(str_sub(word, 5, word.len), out, err);
	if (lens_is_facet(word))
		return lens_facet_parse(word, out, err);
	if (str_find(word, STR(".."), 0) < word.len)
		return parse_period(word, out, err);
	return err_set(err, CLAQUE_EINPUT, "lens: '" STR_FMT
		       "' is none of FROM..TO, kind:, lang:, status:, facets such as"
		       " account.platform:, text:", STR_ARG(word));
}

/* To the next blank that is not in quotes. */
static struct claque_str
take_word(struct claque_str *s)
{
	struct claque_str word;
	bool quoted = false;
	size_t end = 0;

	while (end < s->len && (quoted || s->p[end] != ' '))
		quoted ^= s->p[end++] == '"';
	word = str_sub(*s, 0, end);
	*s = str_trim(str_sub(*s, end, s->len));
	return word;
}

enum claque_rc
lens_parse(struct claque_str s, struct lens *out, struct claque_err *err)
{
	struct claque_str word;
	enum claque_rc rc = CLAQUE_OK;

	*out = lens_open();
	s = str_trim(s);
	while (rc == CLAQUE_OK && s.len > 0) {
		if (str_starts(s, STR("text:")))
			return copy_field(out->text, sizeof(out->text), str_sub(s, 5, s.len),
					  "text:", err);
		word = take_word(&s);
		if (word.len > 0)
			rc = parse_word(word, out, err);
	}
	return rc;
}

void
lens_drop_last(struct lens *lens)
{
	if (lens->text[0] != '\0') {
		lens->text[0] = '\0';
	} else if (lens->facet_count > 0) {
		lens->facet_count--;
	} else if (lens->lang[0] != '\0') {
		lens->lang[0] = '\0';
	} else if (lens->kinds != 0) {
		lens->kinds = 0;
	} else {
		lens->from = INT64_MIN;
		lens->to = INT64_MAX;
	}
}

static const char *const subject_names[] = {
#define X(name, letter) [SUBJECT_##name] = #name,
	SUBJECT_LIST(X)
#undef X
};

bool
subject_is_set(enum subject_kind kind)
{
	return kind == SUBJECT_set || kind == SUBJECT_sources || kind == SUBJECT_posts;
}

const char *
subject_kind_name(enum subject_kind kind)
{
	return (unsigned)kind < SUBJECT_COUNT ? subject_names[kind] : "unknown";
}

bool
subject_kind_parse(struct claque_str s, enum subject_kind *out)
{
	for (unsigned i = 0; i < SUBJECT_COUNT; i++)
		if (str_eq(s, str_of(subject_names[i]))) {
			*out = (enum subject_kind)i;
			return true;
		}
	return false;
}
