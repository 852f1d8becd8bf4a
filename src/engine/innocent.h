/*
 * innocent.h - innocent explanations of a group, each tested: how much of what
 * speaks for the lead would it account for?
 *
 * A test looks at the group's joint posts (joint.h) and tells which share of
 * their pairs the explanation covers. What covers the joint action explains nothing of
 * the personas, so its score is the covered part of all that speaks for the
 * lead:
 *     score = covered x C / (C + D),
 * C and D being the sums of the parts of coordination and of deception that
 * speak for it; `covered` itself where nothing does. The rest is named as left
 * unexplained. Nothing of any one operation or circle is built in: what is
 * usual comes from the rest of the file.
 *
 * To add one: a line of INNOCENT_LIST and its function in innocent_tests.c.
 */
#ifndef ENGINE_INNOCENT_H
#define ENGINE_INNOCENT_H

#include "engine/joint.h"

/* X(function, name, what it tests) */
#define INNOCENT_LIST(X) \
	X(fandom, "fandom", "one star: whom they repeat, under which hashtag, how soon") \
	X(newsroom, "newsroom", "a wire or newsroom: same words or link within minutes, one house") \
	X(activists, "activists", "a toolkit: joint posts on few action days, ordinary ones else") \
	X(brand, "brand", "people of one organisation: they link its site and say so") \
	X(friends, "friends", "friends or neighbours: they answer each other, live in one place") \
	X(tool, "tool", "a scheduling tool or bot: fixed minutes of the hour") \
	X(taste, "common-taste", "common taste: no more and no faster than popularity explains") \
	X(syndication, "syndication", "an aggregator: all repeat one open feed") \
	X(collection, "collection", "how the file was collected: it holds little else")

/* What a test finds; text comes empty. */
struct finding {
	double covered;		/* 0..1; NAN: the data do not tell */
	uint64_t n;		/* what it was measured on */
	char text[240];		/* numbers in one line; no text from data in it */
};

/* What a test is given. */
struct suspect_group {
	const struct joint *joint;
	uint32_t group;
	const struct joint_post *posts;	/* of the group */
	size_t post_count;
	const uint32_t *accounts;
	uint32_t account_count;
	const struct claque_group *card;	/* with its evidence */
};

struct innocent {
	const char *name, *tests;
	void (*test)(const struct suspect_group *g, struct finding *out);
};

#define X(function, name, tests) +1
enum { INNOCENT_COUNT = 0 INNOCENT_LIST(X) };
#undef X

extern const struct innocent innocents[INNOCENT_COUNT];

/* Sets innocents and disproof of all groups, which stand by their numbers in the scene. */
CLAQUE_CHECKED enum claque_rc innocents_find(const struct scene *s,
	const struct claque_progress *progress, struct claque_result *out);

/* One to three sentences: what would have to turn out for the lead to fall. */
void disproof_write(const struct claque_group *g, char *out, size_t room);

#endif
