/*
 * lens.h - what is being looked at, and through which conditions.
 *
 * A subject is one thing of the case: a cluster, an account, a source. A lens
 * is the set of conditions that follows the analyst through every pivot: a
 * time brush, post kinds, a language, a text pattern. Both are plain values,
 * so that a trail of them can be kept, compared and written down.
 */
#ifndef MODEL_LENS_H
#define MODEL_LENS_H

#include "base/str.h"

/* X(name, the letter of its printed id: C17) */
#define SUBJECT_LIST(X) \
	X(none, "") X(cluster, "C") X(account, "A") X(source, "S") \
	X(post, "P") X(change, "H") X(indicator, "I") X(evidence, "E") \
	X(set, "") X(trick, "") X(sources, "") X(posts, "") X(look, "") X(query, "") X(period, "") \
	X(handle, "") X(match, "") X(portrait, "")

#define X(name, letter) SUBJECT_##name,
enum subject_kind { SUBJECT_LIST(X) SUBJECT_COUNT };
#undef X

struct subject {
	enum subject_kind kind;
	/* Row id in the case; of a set (of accounts; sources, posts: of those) and of a query,
	   its number in the session; of a trick, its code point, or, below zero, -1 - the bit of
	   its badge (text/safe.h); of a look or portrait, the account that has it; of a period, the
	   row of its times, and of what they are about; of a handle, the row that says who had it
	   (store/handles.h); of a match, how an indicator is here (store/matching.h). */
	int64_t id;
};

enum { LENS_LANG_MAX = 15, LENS_TEXT_MAX = 127, LENS_FACETS_MAX = 8, FACET_NAME_MAX = 31,
       FACET_VALUE_MAX = 63 };

/* A value that one of the facets of a list has to have ("account.platform", "status"). */
struct lens_facet {
	char name[FACET_NAME_MAX + 1];
	char value[FACET_VALUE_MAX + 1];	/* "": those that have none */
};

/* All zero but the times: lens_open() is the lens that hides nothing. */
struct lens {
	int64_t from, to;	/* from <= t < to; INT64_MIN and INT64_MAX are open ends */
	unsigned kinds;		/* bit set of enum post_kind; 0 = any */
	char lang[LENS_LANG_MAX + 1];	/* "" = any */
	char text[LENS_TEXT_MAX + 1];	/* PCRE2 pattern on the post's text, case-blind; "" = any */
	/* Of one name any value will do; of each name one must. */
	struct lens_facet facets[LENS_FACETS_MAX];
	unsigned facet_count;
};

struct lens lens_open(void);
bool lens_is_open(const struct lens *lens);
bool lens_eq(const struct lens *a, const struct lens *b);
/*
 * "2016-09-20..2016-10-12 kind:reshare,post lang:en account.platform:x text:never
 * tell", "" when open; lens_parse() reads exactly that (times as RFC 3339 or a date;
 * a value with blanks in quotes, none as (none), odd bytes as %XX; `text:` takes the
 * rest of the line). EINPUT says what was not understood.
 */
struct claque_str lens_text(struct arena *perm, const struct lens *lens);
CLAQUE_CHECKED enum claque_rc lens_parse(struct claque_str s, struct lens *out, struct claque_err *err);
/* Drops the condition that lens_text() prints last. */
void lens_drop_last(struct lens *lens);

/*
 * By facet: also "kind" and "lang", which have fields of their own. toggle: false if
 * it does not fit, or cannot be said. value "": those that have none.
 */
bool lens_has(const struct lens *lens, struct claque_str name, struct claque_str value);
bool lens_toggle(struct lens *lens, struct claque_str name, struct claque_str value);
/* Without any condition on this facet. */
void lens_without(struct lens *lens, struct claque_str name);

/* --- lens_facet.c, for lens.c: "name:value" of a facet, and back. */
struct buf;
void lens_facet_add(struct buf *out, const struct lens_facet *facet);
bool lens_is_facet(struct claque_str word);
CLAQUE_CHECKED enum claque_rc lens_facet_parse(struct claque_str word, struct lens *out,
	struct claque_err *err);

/* Several things that were marked, rather than one of the case. */
bool subject_is_set(enum subject_kind kind);
const char *subject_kind_name(enum subject_kind kind);
bool subject_kind_parse(struct claque_str s, enum subject_kind *out);

#endif
