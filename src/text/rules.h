/*
 * rules.h - rule packs: what posts are about, by patterns that people write and
 * read. A pack is lines of text that hold topics, their patterns by language, and
 * examples that must match and must not, so that a pack is its own test.
 * claque-rules(7) tells the lines.
 *
 * A topic says what a text speaks of, never what it says about it.
 */
#ifndef TEXT_RULES_H
#define TEXT_RULES_H

#include "base/str.h"

/* X(name, help) */
#define RULES_KIND_LIST(X) \
	X(camouflage, "what accounts post to look like anybody: pets, food, slogans") \
	X(narrative, "what is fought over: elections, abortion, a war")

enum rules_kind {
#define X(name, help) RULES_##name,
	RULES_KIND_LIST(X)
#undef X
	RULES_KIND_COUNT
};

/* The words that a line begins with. X(name, what follows, help) */
#define RULES_WORD_LIST(X) \
	X(pack, "NAME", "the first line: what the pack is called, in small letters, digits and -") \
	X(version, "TEXT", "changes whenever a pattern does: 2026.1") \
	X(kind, "camouflage|narrative", "what its topics are to an analyst") \
	X(author, "TEXT", "who answers for it") \
	X(source, "TEXT", "where its words come from: a citation") \
	X(about, "TEXT", "of the pack, and after a topic line of the topic: one line for people") \
	X(topic, "NAME", "a topic begins; the lens asks for it by this name: topic:pets") \
	X(match, "LANG PATTERN", "a post is about the topic if this PCRE2 pattern matches its text; " \
	  "capital and small letters are the same unless it begins with (?-i)") \
	X(yes, "LANG TEXT", "an example that is about the topic") \
	X(no, "LANG TEXT", "an example that is not")

enum {
	RULES_BYTES_MAX = 1 << 20, RULES_PACKS_MAX = 64, RULES_TOPICS_MAX = 1000,
	RULES_PATTERNS_MAX = 8000, RULES_EXAMPLES_MAX = 20000,
	RULES_NAME_MAX = 40, RULES_PATTERN_MAX = 2000, RULES_TEXT_MAX = 4000, RULES_LANG_MAX = 3,
	/* A pattern that gave up on so many texts is no longer tried. */
	RULES_GIVE_UPS_MAX = 100
};

struct rules_pack {
	struct claque_str path, name, version, author, source, about;
	enum rules_kind kind;
	size_t topic_count;
};

struct rules_topic {
	struct claque_str name, about;
	size_t pack;		/* of rules_pack_at() */
	size_t yes_count, no_count, pattern_count;
};

struct rules_pattern {
	struct claque_str source;
	char lang[RULES_LANG_MAX + 1];	/* "": any */
	size_t topic;			/* of rules_topic_at() */
	uint32_t line;
};

struct rules_example {
	struct claque_str text;
	char lang[RULES_LANG_MAX + 1];
	size_t topic;
	uint32_t line;
	bool yes;
};

struct rules;

/* Never NULL. rules_free() takes NULL. */
struct rules *rules_new(void);
void rules_free(struct rules *r);
/*
 * One pack. Of two with one name the first counts, and the other is not read past its
 * name. EINPUT: "path:line:column: what is wrong; remedy", ELIMIT past a maximum; the
 * rules are then what they were before.
 */
CLAQUE_CHECKED enum claque_rc rules_add(struct rules *r, struct claque_str path,
	struct claque_str text, struct claque_err *err);

size_t rules_packs(const struct rules *r);
size_t rules_topics(const struct rules *r);
size_t rules_patterns(const struct rules *r);
size_t rules_examples(const struct rules *r);
/* i is below the count; good as long as nothing is added. */
const struct rules_pack *rules_pack_at(const struct rules *r, size_t i);
const struct rules_topic *rules_topic_at(const struct rules *r, size_t i);
const struct rules_pattern *rules_pattern_at(const struct rules *r, size_t i);
const struct rules_example *rules_example_at(const struct rules *r, size_t i);
const char *rules_kind_name(enum rules_kind kind);

/* Texts held against all packs, one after another: one for each thread, and for rules of
   its own, for a pattern remembers where it is. Nothing may be added meanwhile. */
struct rules_scan;

struct rules_tally {
	uint64_t hits, gave_up;		/* texts */
	bool searched;	/* strings that it needs are known: it is tried on few texts */
};

/* thorough: every pattern of a topic is tried, so that all of them are counted. */
struct rules_scan *rules_scan_new(const struct rules *r, bool thorough);
void rules_scan_free(struct rules_scan *s);	/* takes NULL */
/*
 * The topics of one text, by rising number, in an array that the next call writes over.
 * lang: as the input says, "en", "zh-CN"; patterns of another language are not tried.
 * Where it names no language ("", "und", a word), all are.
 */
size_t rules_scan_text(struct rules_scan *s, struct claque_str text, struct claque_str lang,
		       const uint32_t **topics);
/* Of pattern i, over all texts so far. */
struct rules_tally rules_scan_tally(const struct rules_scan *s, size_t i);

#endif
