/*
 * lens_facet.c - the conditions that come from facets: a name that a list gives
 * to what its rows can be told apart by, and a value, in words that read back.
 */
#include "config.h"

#include "model/lens.h"

#include "base/buf.h"
#include "base/err.h"
#include "model/record.h"

#define NONE "(none)"
/* The verdict of whatever a list's rows are: it is no matter of one list. */
#define STATUS "status"

static bool
is_odd(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f || c == '%' || c == '"';
}

void
lens_facet_add(struct buf *out, const struct lens_facet *facet)
{
	struct claque_str value = str_of(facet->value);
	bool quoted = str_find(value, STR(" "), 0) < value.len;

	buf_addf(out, "%s:%s", facet->name, quoted ? "\"" : "");
	if (value.len == 0)
		buf_addz(out, NONE);
	for (size_t i = 0; i < value.len; i++)
		if (is_odd(value.p[i]) || (i == 0 && str_eq(value, STR(NONE))))
			buf_addf(out, "%%%02X", (unsigned char)value.p[i]);
		else
			buf_addc(out, value.p[i]);
	buf_addz(out, quoted ? "\" " : " ");
}

/* "account.platform:...", or "topic:...", which posts and accounts have alike. */
bool
lens_is_facet(struct claque_str word)
{
	size_t colon = str_find(word, STR(":"), 0), dots = 0;

	if (str_starts(word, STR(STATUS ":")))
		return true;

	for (size_t i = 0; i < colon; i++) {
		dots += word.p[i] == '.';
		if (word.p[i] != '.' && word.p[i] != '_' &&
		    (!byte_is_alpha(word.p[i]) || byte_is_upper(word.p[i])))
			return false;
	}
	return colon < word.len && colon <= FACET_NAME_MAX &&
	       (dots == 1 || str_eq(str_sub(word, 0, colon), STR("topic")));
}

static int
hex_digit(char c)
{
	if (byte_is_digit(c))
		return c - '0';
	c = byte_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* False if it does not fit. */
static bool
read_value(struct claque_str text, char out[FACET_VALUE_MAX + 1])
{
	size_t n = 0;

	if (text.len > 1 && text.p[0] == '"' && text.p[text.len - 1] == '"')
		text = str_sub(text, 1, text.len - 2);
	if (str_eq(text, STR(NONE)))
		text.len = 0;
	for (size_t i = 0; i < text.len; i++) {
		int hi = i + 2 < text.len ? hex_digit(text.p[i + 1]) : -1;
		int lo = i + 2 < text.len ? hex_digit(text.p[i + 2]) : -1;
		bool coded = text.p[i] == '%' && hi >= 0 && lo >= 0 && hi + lo > 0;

		if (n == FACET_VALUE_MAX || text.p[i] == '\0')
			return false;
		out[n++] = coded ? (char)(hi * 16 + lo) : text.p[i];
		i += coded ? 2 : 0;
	}
	out[n] = '\0';
	return true;
}

enum claque_rc
lens_facet_parse(struct claque_str word, struct lens *out, struct claque_err *err)
{
	struct claque_str value = word, name;
	struct lens_facet *facet;

	(void)str_cut(&value, ':', &name);
	if (out->facet_count == LENS_FACETS_MAX)
		return err_set(err, CLAQUE_EINPUT, "lens: %d facets are the most", LENS_FACETS_MAX);
	facet = &out->facets[out->facet_count];
	*facet = (struct lens_facet){ 0 };
	memcpy(facet->name, name.p, name.len);
	if (!read_value(value, facet->value))
		return err_set(err, CLAQUE_EINPUT, "lens: " STR_FMT ": takes up to %d bytes",
			       STR_ARG(name), FACET_VALUE_MAX);
	out->facet_count++;
	return CLAQUE_OK;
}

/* Its number, or facet_count. */
static unsigned
place_of(const struct lens *lens, struct claque_str name, struct claque_str value)
{
	unsigned i = 0;

	while (i < lens->facet_count && !(str_eq(str_of(lens->facets[i].name), name) &&
					  str_eq(str_of(lens->facets[i].value), value)))
		i++;
	return i;
}

bool
lens_has(const struct lens *lens, struct claque_str name, struct claque_str value)
{
	enum post_kind kind;

	if (str_eq(name, STR("kind")))
		return post_kind_parse(value, &kind) && (lens->kinds & 1u << kind) != 0;
	if (str_eq(name, STR("lang")))
		return value.len > 0 && str_eq(str_of(lens->lang), value);
	return place_of(lens, name, value) < lens->facet_count;
}

static bool
toggle_lang(struct lens *lens, struct claque_str value)
{
	bool had = lens_has(lens, STR("lang"), value);

	if (value.len == 0 || value.len > LENS_LANG_MAX)
		return false;
	memset(lens->lang, 0, sizeof(lens->lang));
	if (!had)
		memcpy(lens->lang, value.p, value.len);
	return true;
}

static void
drop_facet(struct lens *lens, unsigned at)
{
	lens->facet_count--;
	memmove(&lens->facets[at], &lens->facets[at + 1],
		(lens->facet_count - at) * sizeof(lens->facets[0]));
}

bool
lens_toggle(struct lens *lens, struct claque_str name, struct claque_str value)
{
	unsigned at = place_of(lens, name, value);
	struct lens_facet *facet;
	enum post_kind kind;

	if (str_eq(name, STR("kind"))) {
		if (!post_kind_parse(value, &kind))
			return false;
		lens->kinds ^= 1u << kind;
		return true;
	}
	if (str_eq(name, STR("lang")))
		return toggle_lang(lens, value);
	if (at < lens->facet_count) {
		drop_facet(lens, at);
		return true;
	}
	if (at == LENS_FACETS_MAX || name.len > FACET_NAME_MAX || value.len > FACET_VALUE_MAX ||
	    (value.len > 0 && memchr(value.p, '\0', value.len) != NULL))
		return false;
	facet = &lens->facets[lens->facet_count++];
	*facet = (struct lens_facet){ 0 };
	memcpy(facet->name, name.p, name.len);
	if (value.len > 0)
		memcpy(facet->value, value.p, value.len);
	return true;
}

void
lens_without(struct lens *lens, struct claque_str name)
{
	if (str_eq(name, STR("kind")))
		lens->kinds = 0;
	if (str_eq(name, STR("lang")))
		lens->lang[0] = '\0';
	for (unsigned i = lens->facet_count; i-- > 0; )
		if (str_eq(str_of(lens->facets[i].name), name))
			drop_facet(lens, i);
}
