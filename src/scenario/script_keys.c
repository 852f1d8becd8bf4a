/*
 * script_keys.c - the table of words, and their values as text. What a word means is said
 * here and nowhere else: the man page, claque generate --explain and the messages are
 * made of it.
 */
#include "config.h"

#include "scenario/script.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/clock.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const struct script_sort sorts[] = {
#define X(id, word_, group_, role_, side_, joins_, most_, help_) \
	{ .word = word_, .group = group_, .help = help_, .role = ROLE_##role_, \
	  .side = SIDE_##side_, .joins = joins_, .most = most_ },
	SCRIPT_SORT_LIST(X)
#undef X
};

#define WORLD(scope_, form_, name_, field, low, high, standard_, help_) \
	{ .name = name_, .standard = standard_, .help = help_, .scope = SCRIPT_##scope_, \
	  .form = SCRIPT_FORM_##form_, .offset = offsetof(struct script, field), \
	  .least = low, .most = high }
#define NETWORK(form_, name_, field, low, high, standard_, help_) \
	{ .name = name_, .standard = standard_, .help = help_, .scope = SCRIPT_NETWORK, \
	  .form = SCRIPT_FORM_##form_, .offset = offsetof(struct network, field), \
	  .least = low, .most = high }
#define NEEDED(form_, name_, field, low, high, help_) \
	{ .name = name_, .standard = "", .help = help_, .scope = SCRIPT_NETWORK, \
	  .form = SCRIPT_FORM_##form_, .offset = offsetof(struct network, field), \
	  .least = low, .most = high, .required = true }
#define KNOB(form_, name_, field, low, high, help_) \
	{ .name = name_, .standard = "", .help = help_, .scope = SCRIPT_NETWORK, \
	  .form = SCRIPT_FORM_##form_, .offset = offsetof(struct network, knobs.field), \
	  .least = low, .most = high, .knob = true }

static const struct script_key keys[] = {
	{ .name = "title", .standard = "", .help = "one line for the list of scenarios",
	  .form = SCRIPT_FORM_TEXT, .offset = offsetof(struct script, title), .required = true },
	{ .name = "teaches", .standard = "", .help = "what a learner can do afterwards",
	  .form = SCRIPT_FORM_TEXT, .offset = offsetof(struct script, teaches), .required = true },
	WORLD(ANY, TEXT, "after", after, 0, 0, "",
	      "the news report that it follows; no private persons"),
	WORLD(ANY, MODEL, "model", demo, 0, 0, "networks",
	      "networks: all that stands below; demo: the world of claque demo, where only posts, "
	      "seed, start, days, people, planted, renamed and demo-twins can be set"),
	WORLD(ANY, NUMBER, "posts", settings.posts, 10000, 1e8, "100000",
	      "about so many posts, the size that all other numbers are meant for"),
	WORLD(ANY, NUMBER, "seed", settings.seed, 0, 9e15, "1",
	      "another one makes another world of the same kind"),
	WORLD(ANY, DATE, "start", settings.start, 0, 0, "2023-09-04", "the first day"),
	WORLD(ANY, COUNT, "days", settings.days, 14, 400, "56", "length of the period"),
	WORLD(ANY, COUNT, "people", settings.organic, 100, 1e7, "4000",
	      "ordinary accounts, partisans among them; they grow and shrink with the posts"),
	WORLD(DEMO, COUNT, "planted", settings.planted, 0, 100000, "0",
	      "fake accounts in cells of 20 to 120"),
	WORLD(DEMO, COUNT, "renamed", settings.renamed, 0, 100000, "0",
	      "about so many of them change their identity in one night"),
	WORLD(DEMO, COUNT, "demo-twins", settings.twins, 0, 100000, "0",
	      "further fake accounts, on x, like some of them"),
	WORLD(OPEN, COUNT, "partisans", partisans, 0, 1e7, "0",
	      "so many of the people share one side only, half of them each"),
	WORLD(OPEN, COUNTRY, "home", home, 0, 0, "United States",
	      "where people and sources are"),
	WORLD(OPEN, TONGUE, "tongue", tongue, 0, 0, "",
	      "what they write; without it, what is spoken at home"),
	WORLD(OPEN, PLATFORMS, "platforms", platforms, 0, 0, "x facebook",
	      "two names: where most sources are, and the other"),
	WORLD(OPEN, SHARE, "default-handles", organic_handles, 0, 50, "4 %",
	      "share of all people whose handle is as the platform proposes it"),
	WORLD(OPEN, COUNT, "longest-handle", longest_handle, 12, SCRIPT_HANDLE_MOST, "40",
	      "characters that a handle has at most, planted ones too; on X 15"),
	WORLD(OPEN, SHARE, "sittings", sittings, 0, 80, "0 %",
	      "share of what people do that follows within minutes on something else they did; "
	      "without it they post as if by chance, which real people do not"),
	WORLD(OPEN, TEXT, "elsewhere", elsewhere, 0, 0, "",
	      "what renamed networks turn to: places that sources elsewhere write of, by commas"),
#define X(id, word, group, role, side, joins, most, help) \
	WORLD(OPEN, GROUPS, word, sorts[SCRIPT_##id], SCRIPT_MEMBERS_LEAST, \
	      SCRIPT_MEMBERS_MOST, "0", help),
	SCRIPT_SORT_LIST(X)
#undef X
	NEEDED(COUNT, "accounts", count, 8, 20000, "fake accounts, without twins and returned ones"),
	NETWORK(LEVEL, "level", knobs, 1, SCENARIO_STEALTH_MOST, "2",
		"how careful it is, 1 careless to 5 careful: sets all knobs, so it stands above "
		"those that differ"),
	NEEDED(TACTICS, "uses", tactics, 0, 0, "its tactics, apart by blanks"),
	NEEDED(ZONE, "zone", zone, 0, 0, "where it works, as in +08:00"),
	NETWORK(COUNTRY, "claims", claimed, 0, 0, "", "where its accounts say they are; without it, home"),
	NETWORK(COUNTRY, "becomes", after, 0, 0, "",
		"renames: the country of the new identities; it then turns to sources elsewhere"),
	NETWORK(PLATFORM, "platform", platform, 0, 0, "",
		"where its accounts are; without it, the second of the world's"),
	NETWORK(COUNT, "twins", twins, 1, 2000, "",
		"twins: so many accounts on the other platform, like some of these"),
	NETWORK(REAL, "acts", acts, 1, 400, "45", "posts of a member over the period, about"),
	NETWORK(SHARE, "left", lean, 0, 100, "",
		"share of left targets: 50 % with both-sides, else 100 % or 0 %"),
	NETWORK(COUNT, "age", age, 1, 3000, "180",
		"days before the start when its first batch of accounts was made"),
	NETWORK(COUNT, "takedown", takedown, 5, 380, "",
		"returns: the day of the period on which its accounts are removed"),
	NETWORK(COUNT, "returned", returned, 1, 2000, "",
		"returns: so many are back five days later, like some of the removed"),
	NETWORK(COUNT, "redirect-days", redirect_days, 2, 100, "7",
		"redirects: how long a throw-away host is used"),
	NETWORK(SHARE, "paid", ads, 0, 100, "30 %", "ads: share of its pushes that are ads"),
	NETWORK(REAL, "spend", spend, 1, 1000000, "150",
		"ads: what one costs, about; posts then have a column spend_usd, in steps of 100 "
		"as ad libraries tell it"),
	NETWORK(SHARE, "paraphrased", anew, 1, 100, "80 %",
		"paraphrase: share of its copies, pushes and answers that are written anew"),
	NETWORK(COUNT, "petitions", petitions, 1, 100, "6",
		"petitions: so many that it calls for; left says of which side"),
	NETWORK(COUNT, "talking-points", talking_points, 1, 1000, "12",
		"replies: different texts to answer with"),
	KNOB(SPAN, "delay", delay, 1, 10080, "from a post to the last of its copies"),
	KNOB(SHARE, "participation", participation, 1, 97, "members that take part in one act"),
	KNOB(SHARE, "filler", filler, 0, 95, "camouflage: share of what a member posts"),
	KNOB(COUNT, "stock", stock, 1, 100000, "camouflage: different posts of a network"),
	KNOB(SHARE, "reword", reword, 0, 100, "words of a copy that are others: paraphrase"),
	KNOB(SHARE, "handles", default_handles, 0, 100,
	     "handles: share that is as the platform proposes them"),
	KNOB(SHARE, "avatars", stock_avatars, 0, 100, "avatars: pictures out of a common stock"),
	KNOB(SHARE, "discipline", discipline, 0, 100, "hours: acts within the working day"),
	KNOB(SHARE, "weekend", weekend, 0, 100, "activity then, of a working day's"),
	KNOB(REAL, "gap", gap, 0, 5, "how much less it is liked than its peers, in logs"),
	KNOB(SHARE, "decoys", popular, 0, 100,
	     "targets chosen because they are popular, so that many innocents share them too"),
	KNOB(SHARE, "linked", linked, 0, 100, "copies with a link to the original"),
	KNOB(SHARE, "likeness", likeness, 0, 100,
	     "how much twins and returned accounts are like those before"),
	KNOB(COUNT, "batch-days", batch_days, 1, 1000, "bursts: a batch is made in so many days"),
	KNOB(COUNT, "wave-hours", wave_hours, 1, 1000, "renames: how long the wave takes"),
};

_Static_assert(LENGTH(keys) <= SCRIPT_KEYS_MAX, "struct script has a bit for each");

const struct script_sort *
script_sort(enum script_sort_id id)
{
	return &sorts[id];
}

size_t
script_key_count(void)
{
	return LENGTH(keys);
}

const struct script_key *
script_key(size_t i)
{
	return &keys[i];
}

size_t
script_key_find(const char *name)
{
	size_t i = 0;

	while (i < LENGTH(keys) && strcmp(keys[i].name, name) != 0)
		i++;
	return i;
}

/* --- what may be written */

static struct claque_str
all_tongues(struct arena *perm)
{
	struct claque_str all = STR("");

	for (unsigned i = 0; i < TONGUE_COUNT; i++)
		all = str_fmt(perm, STR_FMT "%s%s", STR_ARG(all), i > 0 ? ", " : "",
			      tongue_called((enum tongue)i));
	return all;
}

/* bits: those of which 1 << tactic is set. */
static struct claque_str
all_tactics(uint32_t bits, struct arena *perm)
{
	struct claque_str all = STR("");

	for (unsigned t = 0; t < TACTIC_COUNT; t++)
		if ((bits >> t & 1) != 0)
			all = str_fmt(perm, STR_FMT "%s%s", STR_ARG(all), all.len > 0 ? " " : "",
				      scenario_tactic_name((enum tactic)t));
	return all;
}

static struct claque_str
all_countries(struct arena *perm)
{
	struct claque_str all = STR("");

	for (size_t i = 0; i < places_count(); i++)
		all = str_fmt(perm, STR_FMT "%s%s", STR_ARG(all), i > 0 ? ", " : "",
			      places_at(i)->name);
	return all;
}

static const struct script_sort *
sort_of(const struct script_key *k)
{
	size_t first = offsetof(struct script, sorts);

	return &sorts[(k->offset - first) / sizeof(struct script_groups)];
}

struct claque_str
script_key_values(size_t i, struct arena *perm)
{
	const struct script_key *k = &keys[i];

	switch (k->form) {
	case SCRIPT_FORM_TEXT:
		return STR("text");
	case SCRIPT_FORM_NUMBER:
	case SCRIPT_FORM_COUNT:
	case SCRIPT_FORM_REAL:
	case SCRIPT_FORM_LEVEL:
		return str_fmt(perm, "%.0f to %.0f", k->least, k->most);
	case SCRIPT_FORM_SHARE:
		return str_fmt(perm, "%.0f %% to %.0f %%", k->least, k->most);
	case SCRIPT_FORM_SPAN:
		return STR("as in 90s, 20m, 36h, 7d; 1m to 7d");
	case SCRIPT_FORM_DATE:
		return STR("a date as in 2023-09-04, from 2011 to 2059");
	case SCRIPT_FORM_MODEL:
		return STR("networks or demo");
	case SCRIPT_FORM_COUNTRY:
		return all_countries(perm);
	case SCRIPT_FORM_TONGUE:
		return all_tongues(perm);
	case SCRIPT_FORM_PLATFORMS:
		return STR("two words in small letters");
	case SCRIPT_FORM_PLATFORM:
		return STR("one of the platforms above");
	case SCRIPT_FORM_GROUPS:
		break;
	case SCRIPT_FORM_TACTICS:
		return all_tactics((1u << TACTIC_COUNT) - 1, perm);
	case SCRIPT_FORM_ZONE:
		return STR("-14:00 to +14:00");
	}
	if (sort_of(k)->most == 1)
		return str_fmt(perm, "0, or %.0f to %.0f", k->least, k->most);
	return str_fmt(perm, "0, or GROUPS of ACCOUNTS as in 2 of 60, %.0f to %.0f each", k->least,
		       k->most);
}

/* --- values as text */

/* In the largest unit that leaves no rest. */
static struct claque_str
span_text(int64_t ms, struct arena *perm)
{
	static const struct {
		char letter;
		int64_t ms;
	} units[] = { { 'd', 86400000 }, { 'h', 3600000 }, { 'm', 60000 }, { 's', 1000 } };
	size_t i = 0;

	while (i + 1 < LENGTH(units) && ms % units[i].ms != 0)
		i++;
	return str_fmt(perm, "%lld%c", (long long)(ms / units[i].ms), units[i].letter);
}

static struct claque_str
zone_text(int zone, struct arena *perm)
{
	return str_fmt(perm, "%c%02d:%02d", zone < 0 ? '-' : '+', abs(zone) / 60, abs(zone) % 60);
}

static struct claque_str
groups_text(const struct script_key *k, const struct script_groups *g, struct arena *perm)
{
	if (g->count == 0 || sort_of(k)->most == 1)
		return str_fmt(perm, "%u", g->count == 0 ? 0 : g->members);
	return str_fmt(perm, "%u of %u", g->count, g->members);
}

/* Where a value is kept, read as what its form says. */
union place {
	const void *any;
	const struct claque_str *text;
	const uint64_t *number;
	const uint32_t *count;
	const double *real;
	const int64_t *ms;
	const bool *demo;
	const struct country *const *country;
	const enum tongue *tongue;
	const char *const *platforms;
	const uint8_t *platform;
	const struct script_groups *groups;
	const int16_t *zone;
};

struct claque_str
script_value(const struct script *s, size_t i, size_t network, struct arena *perm)
{
	const struct script_key *k = &keys[i];
	const char *base = k->scope == SCRIPT_NETWORK ? (const char *)&s->networks[network]
						      : (const char *)s;
	union place at = { .any = base + k->offset };

	switch (k->form) {
	case SCRIPT_FORM_TEXT:
		return *at.text;
	case SCRIPT_FORM_NUMBER:
		return str_fmt(perm, "%llu", (unsigned long long)*at.number);
	case SCRIPT_FORM_COUNT:
		return *at.count < k->least ? STR("") : str_fmt(perm, "%u", *at.count);
	case SCRIPT_FORM_SHARE:
		return str_fmt(perm, "%.10g %%", 100 * *at.real);
	case SCRIPT_FORM_REAL:
		return str_fmt(perm, "%.10g", *at.real);
	case SCRIPT_FORM_SPAN:
		return span_text(*at.ms, perm);
	case SCRIPT_FORM_DATE:
		return clock_text(perm, *at.ms, CLOCK_DATE);
	case SCRIPT_FORM_MODEL:
		return *at.demo ? STR("demo") : STR("networks");
	case SCRIPT_FORM_COUNTRY:
		return *at.country != NULL ? str_of((*at.country)->name) : STR("");
	case SCRIPT_FORM_TONGUE:
		return str_of(tongue_called(*at.tongue));
	case SCRIPT_FORM_PLATFORMS:
		return str_fmt(perm, "%s %s", at.platforms[0], at.platforms[1]);
	case SCRIPT_FORM_PLATFORM:
		return str_of(s->platforms[*at.platform]);
	case SCRIPT_FORM_GROUPS:
		return groups_text(k, at.groups, perm);
	case SCRIPT_FORM_LEVEL:
		return str_fmt(perm, "%d", s->levels[network]);
	case SCRIPT_FORM_TACTICS:
		return all_tactics(*at.count, perm);
	case SCRIPT_FORM_ZONE:
		break;
	}
	return zone_text(*at.zone, perm);
}
