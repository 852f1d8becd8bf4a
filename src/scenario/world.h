/*
 * world.h - what a world is like before anybody is in it: which networks there
 * are, how careful each is, where it works and what it claims, which tongue is
 * spoken, and how many people of every sort there are.
 *
 * The demo's world is one point of this space, fixed in every byte; the others
 * follow from a level of stealth and, where asked for, are drawn from the seed.
 */
#ifndef SCENARIO_WORLD_H
#define SCENARIO_WORLD_H

#include "scenario/generate.h"

#include "scenario/places.h"

enum { WORLD_NETWORKS = 256, NETWORK_LEAST = 15, NETWORK_MOST = 400 };

/* How careful a network is; stealth moves them all. */
struct knobs {
	int64_t delay;		/* ms from the post to the last of its copies */
	double participation;	/* share of members that take part in one act */
	double filler;		/* share of their posts that is camouflage */
	double reword;		/* share of the words of a copy that are others */
	double default_handles;	/* share of handles as the platform proposes them */
	double stock_avatars;	/* share of pictures out of a common stock */
	double discipline;	/* share of the acts within the working day */
	double weekend;		/* activity then, of a working day's */
	double gap;		/* how much less is it liked than its peers, in logs */
	double popular;		/* share of targets chosen because they are popular anyway */
	double linked;		/* share of copies with a link to the original */
	double likeness;	/* how much a twin is like its persona, 0..1 */
	uint32_t batch_days;	/* accounts are made within so many days */
	uint32_t stock;		/* different camouflage posts of a network */
	uint32_t wave_hours;	/* how long a wave of new identities takes */
};

enum { NETWORK_NAME = 20 };

struct network {
	struct knobs knobs;
	char name[NETWORK_NAME];	/* in truth.csv */
	const struct country *claimed, *after;	/* after: of the new identities */
	uint32_t tactics;	/* bits TACTIC_... that it uses */
	uint32_t count, twins;
	double acts;		/* posts of a member over the period, about */
	double lean;		/* share of left targets; 0 or 1 without BOTH_SIDES */
	int16_t zone;		/* minutes east of UTC where it works */
	uint8_t platform;	/* of its accounts; the twins are on the other */
	int64_t created_at;	/* when its first batch was made */
	/* What only scenario files set. */
	uint32_t age;		/* days from created_at to the start */
	uint32_t takedown;	/* RETURNS: day of the period on which its accounts are removed */
	uint32_t returned;	/* RETURNS: so many come back under new names */
	uint32_t redirect_days;	/* REDIRECTS: how long a throw-away host is used */
	uint32_t talking_points;	/* REPLIES: different texts of a network */
	uint32_t petitions;	/* PETITIONS: so many at a time */
	double ads;		/* ADS: share of its pushes that are paid for */
	double spend;		/* ADS: what one costs, about */
	double anew;		/* PARAPHRASE: share of its copies that are written anew */
	uint64_t seed;
};

struct world {
	struct scenario_settings settings;	/* settled: every count is what is made */
	bool graded;		/* made for grading: innocents of every sort, texts that differ */
	enum tongue tongue;
	const struct country *home;
	const char *platforms[2];	/* where the sources mostly are; the other */
	double size;		/* organic accounts, of the usual 10,000 */
	double organic_handles;	/* share of default handles among everybody else */
	uint32_t longest_handle;	/* bytes; 0: as it comes */
	double sittings;	/* share of what people do that follows soon on what they did */
	uint32_t partisans;	/* of settings.organic, in a scenario file's world */
	struct claque_str elsewhere;	/* likewise: places that sources elsewhere write of, or "" */
	bool ads;		/* some network pays for posts: they have a column for that */
	struct network networks[WORLD_NETWORKS];
	size_t network_count;
};

void world_init(struct world *w, const struct scenario_settings *settings);
/* What a level of stealth sets, 1 .. SCENARIO_STEALTH_MOST. */
const struct knobs *world_knobs(int level);
static inline bool
network_uses(const struct network *n, enum tactic t)
{
	return (n->tactics >> t & 1) != 0;
}

#endif
