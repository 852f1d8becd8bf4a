/*
 * script.h - scenario files: a training world as somebody writes it down, so that a
 * trainer can change one without a compiler. A word and its value a line;
 * claque-scenario(7) tells the words, from the table here.
 *
 * A word that is not understood refuses the file: a knob that is quietly not turned
 * makes a lesson that teaches something else.
 */
#ifndef SCENARIO_SCRIPT_H
#define SCENARIO_SCRIPT_H

#include "scenario/cast.h"

enum {
	SCRIPT_BYTES_MAX = 64 << 10, SCRIPT_TEXT_MAX = 600, SCRIPT_NETWORKS_MAX = 24,
	SCRIPT_KEYS_MAX = 64, SCRIPT_MEMBERS_LEAST = 8, SCRIPT_MEMBERS_MOST = 5000,
	SCRIPT_HANDLE_MOST = 40		/* longer than any that is made up */
};

/*
 * Sorts of innocents, and spam. X(id, word, group, role, side, chance that a member joins,
 * most groups, help); with one group at most the value is a number of accounts. Honest
 * second accounts are made last: they need all others.
 */
#define SCRIPT_SORT_LIST(X) \
	X(FANDOMS, "fandoms", "fandom", FAN, STAR, 0.45, 4, \
	  "fan clubs that share the posts of their star within minutes") \
	X(CAMPAIGNS, "campaigns", "activists", ACTIVIST, NEWS, 0.65, 6, \
	  "activists who post texts handed out to them, with common tags, on action days") \
	X(NEWSROOMS, "newsrooms", "newsroom", NEWSROOM, NEWS, 0.65, 9, \
	  "chains of newsrooms that run the same wire copy") \
	X(RESIDENTS, "residents", "residents", RESIDENT, NEWS, 0, 1, \
	  "ordinary people who live where the networks work") \
	X(PASTERS, "pasters", "pasters", PASTER, NEWS, 0, 1, \
	  "people who paste posts of the first platform into the second") \
	X(CONTESTS, "contests", "contest", CONTEST, BRAND, 0.6, 9, \
	  "contest hunters who share whatever a brand raffles") \
	X(BOTS, "bots", "bots", BOT, NEWS, 0, 9, \
	  "families of bots that say what they are") \
	X(SPAM, "spam-rings", "spam", SPAM, BRAND, 0.75, 9, \
	  "rings that sell something: coordinated, but no operation of this sort") \
	X(SURGE, "surge", "surge", SURGE, NEWS, 0, 1, \
	  "honest newcomers who all signed up within five days") \
	X(SECONDS, "second-accounts", "second-accounts", SECOND, NEWS, 0, 1, \
	  "people with an account on either platform")

enum script_sort_id {
#define X(id, word, group, role, side, joins, most, help) SCRIPT_##id,
	SCRIPT_SORT_LIST(X)
#undef X
	SCRIPT_SORT_COUNT
};

struct script_sort {
	const char *word, *group, *help;
	enum role role;
	enum side side;
	double joins;
	uint32_t most;
};

struct script_groups {
	uint32_t count, members;	/* members: of each */
};

/* Which model of a world reads a word: the demo's, the one with networks, both; or a network. */
enum script_scope { SCRIPT_ANY, SCRIPT_DEMO, SCRIPT_OPEN, SCRIPT_NETWORK };

enum script_form {
	SCRIPT_FORM_TEXT, SCRIPT_FORM_NUMBER, SCRIPT_FORM_COUNT, SCRIPT_FORM_SHARE,
	SCRIPT_FORM_REAL, SCRIPT_FORM_SPAN, SCRIPT_FORM_DATE, SCRIPT_FORM_MODEL,
	SCRIPT_FORM_COUNTRY, SCRIPT_FORM_TONGUE, SCRIPT_FORM_PLATFORMS, SCRIPT_FORM_PLATFORM,
	SCRIPT_FORM_GROUPS, SCRIPT_FORM_LEVEL, SCRIPT_FORM_TACTICS, SCRIPT_FORM_ZONE
};

struct script_key {
	const char *name;
	const char *standard;	/* as it would be written; "": what the help says */
	const char *help;
	enum script_scope scope;
	enum script_form form;
	size_t offset;		/* in struct script, or of a network in struct network */
	double least, most;	/* of a number, of a share in percent, of a span in minutes */
	bool required, knob;	/* knob: its level says what it is if it does not */
};

struct script {
	struct claque_str name, title, teaches, after;
	bool demo;			/* the model of claque demo */
	struct scenario_settings settings;	/* of the size that the file is written for */
	uint32_t partisans;
	const struct country *home;
	enum tongue tongue;
	const char *platforms[2];
	double organic_handles, sittings;
	uint32_t longest_handle;
	struct claque_str elsewhere;
	struct script_groups sorts[SCRIPT_SORT_COUNT];
	struct network networks[SCRIPT_NETWORKS_MAX];
	int levels[SCRIPT_NETWORKS_MAX];
	size_t network_count;
	uint64_t given[1 + SCRIPT_NETWORKS_MAX];	/* bits by number of a key: the file says it */
};

const struct script_sort *script_sort(enum script_sort_id id);
size_t script_key_count(void);
const struct script_key *script_key(size_t i);
size_t script_key_find(const char *name);	/* the count of keys if there is none */
/* "10000..100000000", "0..100 %", "left | right": what may be written. */
struct claque_str script_key_values(size_t i, struct arena *perm);
/* The value of key i as it would be written; network: by number, of keys of a network only. */
struct claque_str script_value(const struct script *s, size_t i, size_t network,
			       struct arena *perm);
/* False for a word of a tactic that the network does not use: it says nothing then. */
bool script_is_read(const struct script *s, size_t i, size_t network);

/*
 * A whole file; texts are kept in perm. EINPUT: "path:line: what is wrong; remedy", or
 * without the line if something is missing.
 */
CLAQUE_CHECKED enum claque_rc script_read(struct arena *perm, const char *path,
	struct claque_str text, struct script *out, struct claque_err *err);
/*
 * Turns a knob, or with "level" all of them, as if every network for which it says something
 * had that line. *number: the value in minutes of a span, in percent of a share, else as it
 * is. EUSAGE: there is no such knob, that is no value of it, or no network has a use for it.
 */
CLAQUE_CHECKED enum claque_rc script_turn(struct script *s, const char *knob,
	struct claque_str value, double *number, struct claque_err *err);
/* s must outlive them: they point to it unless it is the demo's. */
struct scenario_settings script_settings(const struct script *s);
/*
 * The world of a script, for settings of another size or seed: everybody without a role
 * grows or shrinks with the number of posts; networks and innocents stay as many as the
 * file says, and networks do less in a smaller world.
 */
void script_settle(const struct script *s, struct world *w);

#endif
