#include "config.h"

#include "scenario/domain.h"

#include "scenario/handle.h"
#include "scenario/words.h"

enum { LEFT_OUTLETS = 12, RIGHT_OUTLETS = 12, KINDS = 7 };

static const char *const tlds[] = { "example", "example", "example", "test", "invalid" };
static const char *const paper[] = { "Courier", "Ledger", "Dispatch", "Post", "Monitor", "Gazette",
				     "Observer", "Tribune", "Chronicle", "Examiner", "Reporter",
				     "Bulletin", "Times", "Herald" };

static uint64_t
seed_of(const struct cast *c, uint64_t what, uint64_t i)
{
	return hash_mix(c->settings->seed, what * 1000 + i);
}

static const char *
tld_of(uint64_t seed)
{
	return tlds[seed % (sizeof(tlds) / sizeof(*tlds))];
}

uint32_t
domain_of_source(enum side side, uint32_t i)
{
	switch (side) {
	case SIDE_LEFT:
		return i % LEFT_OUTLETS;
	case SIDE_RIGHT:
		return LEFT_OUTLETS + i % RIGHT_OUTLETS;
	case SIDE_NEWS:
	case SIDE_ASIA:
	case SIDE_STAR:
	case SIDE_BRAND:
	case SIDE_COUNT:
		break;
	}
	return LEFT_OUTLETS + RIGHT_OUTLETS +
	       (i + (side == SIDE_ASIA ? 10 : 0)) % (DOMAIN_OUTLETS - LEFT_OUTLETS - RIGHT_OUTLETS);
}

struct claque_str
domain_outlet_name(const struct cast *c, uint32_t outlet, struct arena *perm)
{
	uint64_t seed = seed_of(c, 1, outlet % DOMAIN_OUTLETS);
	const char *kind = paper[(seed >> 8) % (sizeof(paper) / sizeof(*paper))];
	struct claque_str word;

	/* 7 has no factor in common with the number of words: no two outlets share one. */
	if (c->world.tongue == TONGUE_ENGLISH)
		return str_fmt(perm, "%s %s", words_at(WORDS_WORD, c->settings->seed % 1000 +
						       7u * (outlet % DOMAIN_OUTLETS)), kind);
	word = tongue_word(c->world.tongue, seed, true, perm);
	return str_fmt(perm, STR_FMT " %s", STR_ARG(word), kind);
}

/* "tawny Courier": "tawnycourier". */
static struct claque_str
label_of(const struct cast *c, uint32_t outlet, struct arena *perm)
{
	struct claque_str name = domain_outlet_name(c, outlet, perm);

	return str_lower(perm, handle_letters(name, 40, perm));
}

struct claque_str
domain_outlet(const struct cast *c, uint32_t outlet, struct arena *perm)
{
	return str_fmt(perm, STR_FMT ".%s", STR_ARG(label_of(c, outlet % DOMAIN_OUTLETS, perm)),
		       tld_of(seed_of(c, 2, outlet % DOMAIN_OUTLETS)));
}

uint32_t
domain_edition_of(uint32_t edition)
{
	return edition * 3 % DOMAIN_OUTLETS;
}

struct claque_str
domain_edition(const struct cast *c, uint32_t edition, struct arena *perm)
{
	uint32_t outlet = domain_edition_of(edition);
	struct claque_str host = domain_outlet(c, outlet, perm);
	static const char *const parts[] = { "sports", "video", "shop" };

	if (edition % 3 != 0)
		return str_fmt(perm, "%s." STR_FMT, parts[edition % 3], STR_ARG(host));
	return str_fmt(perm, "%s-" STR_FMT, words_at(WORDS_WORD, seed_of(c, 3, edition)),
		       STR_ARG(host));
}

struct claque_str
domain_blog(const struct cast *c, uint32_t blog, struct arena *perm)
{
	uint64_t seed = seed_of(c, 4, blog % DOMAIN_BLOGS);
	struct claque_str word = tongue_word(c->world.tongue, seed, true, perm);

	return str_fmt(perm, STR_FMT "%s.%s", STR_ARG(word), words_at(WORDS_WORD, seed >> 20),
		       tld_of(seed >> 40));
}

/* --- look-alikes */

static struct claque_str
changed(struct claque_str s, size_t at, size_t cut, const char *with, struct arena *perm)
{
	struct claque_str head = str_sub(s, 0, at), tail = str_sub(s, at + cut, s.len);

	return str_fmt(perm, STR_FMT "%s" STR_FMT, STR_ARG(head), with, STR_ARG(tail));
}

/* Two letters swapped, one left out or one doubled. */
static struct claque_str
typo(struct claque_str label, uint64_t seed, struct arena *perm)
{
	size_t at = 1 + seed / 8 % (label.len - 2);
	char swap[3] = { label.p[at + 1], label.p[at], '\0' };
	char twice[3] = { label.p[at], label.p[at], '\0' };

	if (seed % 3 == 0 && swap[0] != swap[1])
		return changed(label, at, 2, swap, perm);
	return seed % 3 == 1 ? changed(label, at, 1, "", perm) : changed(label, at, 1, twice, perm);
}

/* The first letter that has a double. */
static struct claque_str
homoglyph(struct claque_str label, uint64_t seed, struct arena *perm)
{
	static const char *const pairs[][2] = {
		{ "o", "0" }, { "l", "1" }, { "m", "rn" }, { "i", "1" }, { "s", "5" },
		{ "e", "3" } };
	static const char *const foreign[][2] = {
		{ "o", "\xD0\xBE" }, { "e", "\xD0\xB5" }, { "a", "\xD0\xB0" }, { "c", "\xD1\x81" },
		{ "r", "r" }, { "i", "\xD1\x96" } };
	const char *const (*table)[2] = seed % 2 == 0 ? pairs : foreign;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		const char *const *pair = table[(seed / 2 + i) % 6];
		size_t at = str_find(label, str_of(pair[0]), 0);

		if (at < label.len && strcmp(pair[0], pair[1]) != 0)
			return changed(label, at, 1, pair[1], perm);
	}
	return typo(label, seed, perm);
}

struct claque_str
domain_like(const struct cast *c, const struct network *n, uint32_t k, uint32_t *outlet,
	    struct arena *perm)
{
	static const char *const affixes[] = { "-news", "24", "-live", "online", "-press",
					       "today" };
	uint64_t seed = hash_mix(n->seed, 70 + k);
	const char *affix = affixes[(seed >> 20) % 6], *tld, *own;
	struct claque_str label;

	*outlet = (uint32_t)(seed % DOMAIN_OUTLETS);
	label = label_of(c, *outlet, perm);
	own = tld_of(seed_of(c, 2, *outlet));
	tld = strcmp(own, "invalid") == 0 ? "test" : "invalid";
	switch ((seed >> 32) % KINDS) {
	case 0:
	case 1:
		return str_fmt(perm, STR_FMT ".%s", STR_ARG(typo(label, seed >> 8, perm)), own);
	case 2:
		return str_fmt(perm, STR_FMT "%s.%s", STR_ARG(label), affix, tld);
	case 3:
		return str_fmt(perm, STR_FMT ".%s", STR_ARG(label), tld);
	case 4:
		return str_fmt(perm, STR_FMT ".%s.%s-%s.%s", STR_ARG(label), own,
			       words_at(WORDS_WORD, seed >> 8), words_at(WORDS_WORD, seed >> 16),
			       tld);
	default:
		label = homoglyph(label, seed >> 8, perm);
		return str_fmt(perm, STR_FMT ".%s", STR_ARG(label), own);
	}
}

struct claque_str
domain_campaign(const struct cast *c, const struct network *n, struct arena *perm)
{
	struct claque_str word = tongue_word(c->world.tongue, n->seed, true, perm);

	return str_fmt(perm, STR_FMT "-%s.%s", STR_ARG(word), words_at(WORDS_WORD, n->seed >> 8),
		       tld_of(n->seed >> 20));
}

struct claque_str
domain_redirect(const struct cast *c, const struct network *n, uint32_t k, uint32_t stretch,
		struct arena *perm)
{
	uint64_t seed = hash_mix(hash_mix(n->seed, 200 + k), stretch);
	struct claque_str word = tongue_word(c->world.tongue, seed >> 24, true, perm);

	return str_fmt(perm, "%s" STR_FMT "%u.invalid", words_at(WORDS_WORD, seed),
		       STR_ARG(word), (unsigned)(seed >> 12) % 100);
}

struct claque_str
domain_petitions(const struct cast *c, uint32_t site, struct arena *perm)
{
	static const char *const kinds[DOMAIN_PETITIONS] = { "petitions", "signatures" };
	uint64_t seed = seed_of(c, 6, site);

	return str_fmt(perm, "%s-%s.example", words_at(WORDS_WORD, seed),
		       kinds[site % DOMAIN_PETITIONS]);
}

struct claque_str
domain_spam(const struct cast *c, uint32_t group, struct arena *perm)
{
	uint64_t seed = seed_of(c, 5, group);

	return str_fmt(perm, "%s-%s.invalid", words_at(WORDS_WORD, seed),
		       words_at(WORDS_WORD, seed >> 12));
}
