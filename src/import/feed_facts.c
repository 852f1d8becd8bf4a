/*
 * feed_facts.c - cells and JSON values into facts.
 *
 * Ids stay text from the first byte to the last: a number that went through a
 * double is another id (FiveThirtyEight's table was lost that way in Excel).
 */
#include "config.h"

#include "import/feed.h"
#include "import/format.h"
#include "import/rows.h"
#include "text/html.h"
#include "text/links.h"
#include "text/url.h"

enum { LOOK_AHEAD = 16, LIST_BYTES_MAX = 1 << 20, LIST_BYTES_FIRST = 64, TIME_PARTS = 3 };

bool
feed_is_list(enum feed_role role)
{
	return role == ROLE_urls || role == ROLE_hashtags || role == ROLE_media;
}

static void
append(struct feed_facts *facts, enum feed_role role, struct claque_str item,
       struct arena *scratch)
{
	struct claque_str *list = &facts->of[role];
	size_t need = list->len + (list->len > 0) + item.len;
	char *bytes;

	item = str_trim(item);
	if (item.len == 0)
		return;
	if (need > LIST_BYTES_MAX) {
		facts->fault = "a list is over 1 MiB";
		return;
	}
	if (list->p == NULL || need > facts->room[role]) {	/* a mend may have emptied it */
		facts->room[role] = need < LIST_BYTES_FIRST ? LIST_BYTES_FIRST : 2 * need;
		bytes = ARENA_NEW(scratch, char, facts->room[role]);
		if (list->len > 0)
			memcpy(bytes, list->p, list->len);
		list->p = bytes;
	}
	bytes = (char *)(uintptr_t)list->p + list->len;	/* our own, see above */
	if (list->len > 0)
		*bytes++ = FEED_SEPARATOR;
	memcpy(bytes, item.p, item.len);
	list->len = (size_t)(bytes - list->p) + item.len;
}

static struct claque_str
without_marks(struct claque_str s)
{
	while (s.len > 0 && strchr("[]'\" ", s.p[0]) != NULL)
		s = str_sub(s, 1, s.len);
	while (s.len > 0 && strchr("[]'\" ", s.p[s.len - 1]) != NULL)
		s.len--;
	return s;
}

/*
 * A mark inside a link is the link's own unless another link begins behind it, perhaps
 * after pieces of nothing ("a; ; b"). No further is looked than it takes to see that: a
 * cell of marks alone would otherwise take the square of its length.
 */
static bool
cuts(enum feed_role role, struct claque_str rest, size_t at)
{
	struct claque_str next = without_marks(str_sub(rest, at + 1, LOOK_AHEAD));

	while (next.len > 0 && next.p[0] == rest.p[at])
		next = without_marks(str_sub(next, 1, next.len));
	return role != ROLE_urls || next.len == 0 || str_starts(next, STR("http"));
}

static void
append_by_mark(struct feed_facts *facts, enum feed_role role, char mark, struct claque_str value,
	       struct arena *scratch)
{
	size_t from = 0;

	for (size_t i = 0; i <= value.len; i++) {
		if (i < value.len && (value.p[i] != mark || !cuts(role, value, i)))
			continue;
		append(facts, role, without_marks(str_sub(value, from, i - from)), scratch);
		from = i + 1;
	}
}

static void
append_by(struct feed_facts *facts, enum feed_role role, char separator, struct claque_str value,
	  struct arena *scratch)
{
	struct claque_str piece;

	while (str_cut(&value, separator, &piece))
		append(facts, role, piece, scratch);
}

/* "['a', 'b']", "[a, b]", "a, b" and "a b". */
static void
append_printed(struct feed_facts *facts, enum feed_role role, struct claque_str value,
	       struct arena *scratch)
{
	bool commas = value.len > 0 && memchr(value.p, ',', value.len) != NULL;

	if (commas || (value.len > 0 && value.p[0] == '['))
		append_by_mark(facts, role, ',', value, scratch);
	else
		append_by(facts, role, ' ', value, scratch);
}

/* ASCII marks, and those of Chinese and Japanese (U+3000, U+FF00). */
static bool
ends_tag(struct claque_str s, size_t at)
{
	char c = s.p[at];

	return byte_is_space(c) ||
	       (c != '\0' && strchr("!@#$%^&*()+-={}:\"|<>?[];',./`~", c) != NULL) ||
	       str_starts(str_sub(s, at, 2), STR("\xe3\x80")) ||
	       str_starts(str_sub(s, at, 2), STR("\xef\xbc"));
}

/* A tag begins a word: not "page#part", not "&#39;". */
static bool
begins_tag(struct claque_str s, size_t at)
{
	char before = at > 0 ? s.p[at - 1] : ' ';

	return before != '&' && before != '/' && !byte_is_alpha(before) &&
	       !byte_is_digit(before) && before != '_';
}

static void
append_tags(struct feed_facts *facts, enum feed_role role, struct claque_str text,
	    struct arena *scratch)
{
	size_t end = 0;		/* of the tag before: "#a#b" are two */

	for (size_t i = 0; i < text.len; i++) {
		size_t from = i + 1;

		if (text.p[i] != '#' || (i > end && !begins_tag(text, i)))
			continue;
		for (end = from; end < text.len && !ends_tag(text, end);)
			end++;
		append(facts, role, str_sub(text, from, end - from), scratch);
		i = end - 1;
	}
}

/* "10/1/2017 19:58" as "2017-10-01 19:58": where months are told apart by the table. */
static struct claque_str
iso_time(struct claque_str value, bool month_first, struct arena *scratch)
{
	struct claque_str day = value, time = { 0 }, part;
	int64_t n[TIME_PARTS] = { 0 };
	const char *blank = value.len > 0 ? memchr(value.p, ' ', value.len) : NULL;
	size_t count = 0;

	if (blank != NULL) {
		day = str_sub(value, 0, (size_t)(blank - value.p));
		time = str_trim(str_sub(value, day.len, value.len));
	}
	while (str_cut(&day, '/', &part))
		if (count == TIME_PARTS || !str_to_i64(part, &n[count++]))
			return value;
	if (count != TIME_PARTS || n[month_first ? 0 : 1] > 12)
		return value;
	/* "9:05" has one digit where ISO 8601 has two. */
	return str_fmt(scratch, "%04d-%02d-%02d%s%s" STR_FMT, (int)(n[2] % 10000),
		       (int)(n[month_first ? 0 : 1] % 100), (int)(n[month_first ? 1 : 0] % 100),
		       time.len > 0 ? " " : "",
		       time.len > 1 && time.p[1] == ':' ? "0" : "", STR_ARG(time));
}

/* The number of a post on X that a link leads to, or missing. */
static struct claque_str
status_of(struct claque_str link)
{
	struct claque_str id;

	return url_status_link(link, &id) ? id : (struct claque_str){ 0 };
}

static struct claque_str
read_scalar(enum feed_how how, struct claque_str value, struct arena *scratch)
{
	switch (how) {
	case HOW_month_first:
	case HOW_day_first:
		return iso_time(str_trim(value), how == HOW_month_first, scratch);
	case HOW_status:
		return status_of(str_trim(value));
	case HOW_html:
		return html_text(scratch, value);
	case HOW_escaped:
		return html_unescape(scratch, value);
	case HOW_set:
		return str_trim(value).len > 0 ? STR("yes") : (struct claque_str){ 0 };
	case HOW_found:
	case HOW_hrefs:
	case HOW_plain:
	case HOW_list:
	case HOW_comma:
	case HOW_pipe:
	case HOW_semicolon:
	case HOW_tags:
	case HOW_COUNT:
		break;
	}
	return value;
}

static void
append_links(struct feed_facts *facts, enum feed_role role, enum feed_how how,
	     struct claque_str text, struct arena *scratch)
{
	struct claque_str link;
	size_t at = 0;

	while (how == HOW_found ? links_next(text, &at, &link) :
				  html_next_link(scratch, text, &at, &link))
		append(facts, role, link, scratch);
}

static void
add_to_list(struct feed_facts *facts, enum feed_role role, enum feed_how how,
	    struct claque_str value, struct arena *scratch)
{
	if (how == HOW_list)
		append_printed(facts, role, str_trim(value), scratch);
	else if (how == HOW_comma)
		append_by_mark(facts, role, ',', str_trim(value), scratch);
	else if (how == HOW_pipe)
		append_by(facts, role, '|', value, scratch);
	else if (how == HOW_semicolon)
		append_by_mark(facts, role, ';', str_trim(value), scratch);
	else if (how == HOW_tags)
		append_tags(facts, role, value, scratch);
	else if (how == HOW_found || how == HOW_hrefs)
		append_links(facts, role, how, value, scratch);
	else
		append(facts, role, how == HOW_html ? html_text(scratch, value) : value, scratch);
}

void
feed_add(struct feed_facts *facts, enum feed_role role, enum feed_how how,
	 struct claque_str value, struct arena *scratch)
{
	if (value.p == NULL)
		return;
	if (value.len > CELL_BYTES_MAX) {
		facts->fault = "a value is over 1 MiB";
		return;
	}
	if (feed_is_list(role)) {
		add_to_list(facts, role, how, value, scratch);
		return;
	}
	if (facts->of[role].len > 0)
		return;
	value = read_scalar(how, value, scratch);
	if (value.p != NULL)
		facts->of[role] = value;
}

void
feed_from_text(struct feed_facts *facts, struct arena *scratch)
{
	static const enum feed_role roles[] = { ROLE_title, ROLE_text };
	bool links = facts->of[ROLE_urls].len == 0, tags = facts->of[ROLE_hashtags].len == 0;

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (links)
			feed_add(facts, ROLE_urls, HOW_found, facts->of[roles[i]], scratch);
		if (tags)
			feed_add(facts, ROLE_hashtags, HOW_tags, facts->of[roles[i]], scratch);
	}
}

const char *
feed_role_name(enum feed_role role)
{
	static const char *const names[] = {
#define X(name, help) #name,
		FEED_ROLE_LIST(X)
#undef X
	};

	return names[role];
}

bool
feed_role_parse(struct claque_str s, enum feed_role *out)
{
	for (*out = 0; *out < ROLE_COUNT; (*out)++)
		if (str_eq(s, str_of(feed_role_name(*out))))
			return true;
	return false;
}

const char *
feed_how_name(enum feed_how how)
{
	static const char *const names[] = {
#define X(name, help) #name,
		FEED_HOW_LIST(X)
#undef X
	};

	return names[how];
}

bool
feed_how_parse(struct claque_str s, enum feed_how *out)
{
	for (*out = 0; *out < HOW_COUNT; (*out)++)
		if (str_eq(s, str_of(feed_how_name(*out))))
			return true;
	return false;
}
