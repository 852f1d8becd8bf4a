/*
 * cast.h - who is in the training world: accounts and the groups they belong
 * to. What an account looks like is made from its seed whenever it is asked
 * for (profile.h), so that no profile is ever stored.
 */
#ifndef SCENARIO_CAST_H
#define SCENARIO_CAST_H

#include "scenario/generate.h"

#include "base/map.h"
#include "base/rng.h"

#include "scenario/world.h"

/* Whom an account or a source stands by. */
enum side { SIDE_LEFT, SIDE_RIGHT, SIDE_NEWS, SIDE_ASIA, SIDE_STAR, SIDE_BRAND, SIDE_COUNT };

/* What a group is. X(name, kind in truth.csv) */
#define ROLE_LIST(X) \
	X(ORDINARY, "organic") \
	X(PARTISAN, "organic") \
	X(SOURCE, "organic") \
	X(FAN, "fandom") \
	X(ACTIVIST, "activists") \
	X(NEWSROOM, "newsroom") \
	X(CELL, "operation") \
	X(TWIN, "operation") \
	X(RESIDENT, "resident") \
	X(PASTER, "paster") \
	X(CONTEST, "contest") \
	X(SECOND, "honest-twin") \
	X(BOT, "bot") \
	X(SPAM, "spam") \
	X(SURGE, "surge") \
	X(RETURN, "operation")

#define X(name, kind) ROLE_##name,
enum role { ROLE_LIST(X) ROLE_COUNT };
#undef X

enum platform { PLATFORM_X, PLATFORM_FACEBOOK };

/* Bits of actor.changed: the four fields that a new identity needs, and bio. */
enum { CHANGE_HANDLE = 1, CHANGE_NAME = 2, CHANGE_PLACE = 4, CHANGE_AVATAR = 8, CHANGE_BIO = 16,
       CHANGE_IDENTITY = 15, CHANGE_BITS = 5 };

struct actor {
	uint64_t seed;
	int64_t created_at;	/* ms UTC */
	int64_t changed_at;	/* 0 = never */
	double activity;	/* how often it posts on its own, relative to the others */
	uint32_t followers;
	uint32_t handle, new_handle;	/* in cast.handles */
	uint32_t persona;	/* of a twin or second account: the one that it is like */
	uint16_t group;
	int16_t zone;		/* minutes east of UTC where it lives */
	uint8_t platform, changed;
};

struct group {
	char name[20];		/* in truth.csv */
	enum role role;
	enum side side;
	uint32_t first, count;	/* actors first .. first + count */
	double joins;		/* chance that a member takes part in an act of the group */
	bool renamed;
	int64_t wave_at;	/* when it begins, if renamed */
	const struct network *network;	/* of a cell or its twins in a graded world; or NULL */
};

struct cast {
	struct world world;
	const struct scenario_settings *settings;	/* the world's, settled */
	struct actor *actors;
	size_t actor_count, actor_cap;
	struct group *groups;
	size_t group_count, group_cap;
	struct map handles;	/* platform digit, then the handle: unique on a platform */
	int64_t start, wave_at;	/* wave_at: when the renaming begins */
	uint32_t renamed;
};

/* Roles that act together and do not say so. */
static inline bool
role_is_planted(enum role role)
{
	return role == ROLE_CELL || role == ROLE_TWIN || role == ROLE_RETURN;
}

/* c must stay where it is. */
void cast_init(struct cast *c, const struct scenario_settings *settings);
void cast_done(struct cast *c);
const char *cast_kind(enum role role);
const char *cast_platform(const struct cast *c, const struct actor *a);
/* Native id of the account. */
struct claque_str cast_id(const struct cast *c, uint32_t actor, struct arena *perm);
/* after: once its change has come. */
struct claque_str cast_handle(const struct cast *c, uint32_t actor, bool after);

#endif
