/*
 * generate.h - the training world: an operation like the one taken down in
 * 2023, hidden in an organic background, with the truth beside it.
 *
 * The files have the native columns that any import takes; the truth is in a
 * file of its own, which no import and no engine reads.
 */
#ifndef SCENARIO_GENERATE_H
#define SCENARIO_GENERATE_H

#include "claque/types.h"

/* What an operation does, each to be left out by itself. X(name, as it is written) */
#define TACTIC_LIST(X) \
	X(HANDLES, "handles") X(BURSTS, "bursts") X(AVATARS, "avatars") X(TWINS, "twins") \
	X(RENAMES, "renames") X(HOURS, "hours") X(CAMOUFLAGE, "camouflage") \
	X(BOTH_SIDES, "both-sides") X(COPIES, "copies") X(RESHARES, "reshares") \
	X(LINKS, "links") X(LOOKALIKES, "lookalikes") \
	X(REDIRECTS, "redirects") X(ADS, "ads") X(PETITIONS, "petitions") \
	X(REPLIES, "replies") X(RETURNS, "returns") X(PARAPHRASE, "paraphrase")

#define X(name, text) TACTIC_##name,
enum tactic { TACTIC_LIST(X) TACTIC_COUNT };
#undef X

/* Those before it are drawn by the levels of stealth; the others only scenario files have. */
enum { TACTIC_DRAWN = TACTIC_REDIRECTS };

enum { SCENARIO_AS_DEMO = -1, SCENARIO_STEALTH_MOST = 5 };

struct script;

/* The files of a world that are for importing, in the order in which they are written. */
enum scenario_table { SCENARIO_POSTS, SCENARIO_ACCOUNTS, SCENARIO_CHANGES, SCENARIO_TABLES };

/*
 * With stealth 0 to 5 the numbers of accounts are settled by the level, the seed
 * and the number of posts: planted, renamed, twins and organic do not count.
 */
struct scenario_settings {
	uint64_t posts;		/* 1..1e8; coordinated ones are scaled with it, others fill up */
	uint64_t seed;		/* same seed and settings, same bytes */
	int64_t start;		/* ms UTC, cut to its day; 2011..2060 */
	uint32_t days;		/* length of the period, 14..400 */
	uint32_t planted;	/* fake accounts on "facebook": 0, or 20..100000 */
	uint32_t renamed;	/* about how many of them change their identity in one night */
	uint32_t twins;		/* further fake accounts, on "x", like some of them; <= planted */
	uint32_t organic;	/* ordinary accounts, 100..10000000 */
	int stealth;		/* SCENARIO_AS_DEMO; 0: no operation, 1 careless .. 5 careful */
	bool vary;		/* zones, countries, tongues, networks, tactics by the seed */
	bool needle;		/* 1 % of the accounts are planted, not 3 to 12 % */
	uint32_t without;	/* bits 1 << TACTIC_...: what no network does */
	/* A scenario file, which says all but posts and seed; borrowed. NULL: none. */
	const struct script *script;
};

struct scenario_counts {
	uint64_t posts, accounts, changes;
	uint64_t planted;	/* as settings.planted: the twins are not in it */
	uint64_t twins, renamed, networks;
};

/* The tactic of that name, or TACTIC_COUNT. */
enum tactic scenario_tactic(const char *name);
const char *scenario_tactic_name(enum tactic t);

/*
 * 250,000 posts in 8 weeks from 2023-09-04; 4,789 planted, about 400 of them
 * renamed, 70 twins, 20,000 organic.
 */
struct scenario_settings scenario_defaults(void);

/*
 * Writes posts.csv, accounts.csv, profile_changes.csv, truth.csv and README.txt
 * into dir, which is created if absent; each file appears whole or not at all.
 * EINPUT if dir holds one of them already, EUSAGE for settings out of range.
 */
CLAQUE_CHECKED enum claque_rc scenario_generate(const struct scenario_settings *s, const char *dir,
	const struct claque_progress *p, struct scenario_counts *out, struct claque_err *err);

/*
 * The same without files of the tables: a world from which they are read as often as
 * asked for, the same bytes as the files have, in memory of its accounts and busiest
 * day. One reader at a time. Ownership: scenario_close(), which takes NULL.
 */
struct scenario_world;

struct scenario_digest {
	char sha256[65];	/* hex */
	uint64_t bytes;
};

CLAQUE_CHECKED enum claque_rc scenario_open(const struct scenario_settings *s,
	struct scenario_world **out, struct claque_err *err);
void scenario_close(struct scenario_world *w);
/*
 * In README.txt before the last lines, which name the world as a lesson does (lesson.h): its
 * scenario, posts and seed. They are not there where no lesson could.
 */
#define SCENARIO_LESSON "A lesson on this world says:\n"
/* "posts.csv", ... */
const char *scenario_table_name(enum scenario_table t);
/* From its first byte. */
void scenario_start(struct scenario_world *w, enum scenario_table t);
/* Up to size bytes of the table that was started, > 0; 0 at its end. */
size_t scenario_read(struct scenario_world *w, char *room, size_t size);
/* Of the whole table, as of its file; *out: as long as w. CLAQUE_STOPPED. */
CLAQUE_CHECKED enum claque_rc scenario_digest(struct scenario_world *w, enum scenario_table t,
	const struct claque_progress *p, const struct scenario_digest **out);
/*
 * What scenario_generate() writes beside the tables, and inputs.sha256 with their digests.
 * Wants scenario_digest() of every table before it, for the posts tell what is true of hosts.
 */
CLAQUE_CHECKED enum claque_rc scenario_write_truth(struct scenario_world *w, const char *dir,
	struct claque_err *err);
/* Does dir have what that wrote of this very world? After the same. */
bool scenario_wrote(const struct scenario_world *w, const char *dir);
/* Of rows those that were read so far. */
struct scenario_counts scenario_counts(const struct scenario_world *w);

#endif
