#include "config.h"

#include "scenario/crowd.h"

#include <math.h>
#include <stdio.h>

#include "scenario/script.h"

enum { DAY_MS = 86400000, HOUR_MS = 3600000, YEAR_DAYS = 365, BATCH_SIZE = 80, BATCHES_APART = 35 };

/* count: of a world of 10,000; it grows and shrinks with the world. */
struct sort {
	const char *name;
	enum role role;
	enum side side;
	uint32_t count;
	double joins;
	bool fixed;	/* as many in a world of any size */
};

static const struct sort sorts[] = {
	{ "", ROLE_ORDINARY, SIDE_NEWS, 6300, 0, false },
	{ "partisan-left", ROLE_PARTISAN, SIDE_LEFT, 1100, 0, false },
	{ "partisan-right", ROLE_PARTISAN, SIDE_RIGHT, 1100, 0, false },
	{ "source-left", ROLE_SOURCE, SIDE_LEFT, 28, 0, true },
	{ "source-right", ROLE_SOURCE, SIDE_RIGHT, 28, 0, true },
	{ "source-news", ROLE_SOURCE, SIDE_NEWS, 12, 0, true },
	{ "source-elsewhere", ROLE_SOURCE, SIDE_ASIA, 12, 0, true },
	{ "source-stars", ROLE_SOURCE, SIDE_STAR, 4, 0, true },
	{ "source-brands", ROLE_SOURCE, SIDE_BRAND, 8, 0, true },
	{ "fandom-1", ROLE_FAN, SIDE_STAR, 150, 0.45, false },
	{ "fandom-2", ROLE_FAN, SIDE_STAR, 120, 0.4, false },
	{ "fandom-3", ROLE_FAN, SIDE_STAR, 90, 0.6, false },
	{ "activists-1", ROLE_ACTIVIST, SIDE_NEWS, 60, 0.7, false },
	{ "activists-2", ROLE_ACTIVIST, SIDE_NEWS, 45, 0.6, false },
	{ "newsroom-1", ROLE_NEWSROOM, SIDE_NEWS, 26, 0.7, true },
	{ "newsroom-2", ROLE_NEWSROOM, SIDE_NEWS, 22, 0.6, true },
	{ "newsroom-3", ROLE_NEWSROOM, SIDE_NEWS, 18, 0.6, true },
	{ "residents", ROLE_RESIDENT, SIDE_NEWS, 320, 0, false },
	{ "pasters", ROLE_PASTER, SIDE_NEWS, 110, 0, false },
	{ "contest-1", ROLE_CONTEST, SIDE_BRAND, 70, 0.55, false },
	{ "contest-2", ROLE_CONTEST, SIDE_BRAND, 45, 0.7, false },
	{ "bots-1", ROLE_BOT, SIDE_NEWS, 14, 0, true },
	{ "bots-2", ROLE_BOT, SIDE_NEWS, 10, 0, true },
	{ "spam-1", ROLE_SPAM, SIDE_BRAND, 30, 0.7, false },
	{ "spam-2", ROLE_SPAM, SIDE_BRAND, 20, 0.8, false },
	{ "surge", ROLE_SURGE, SIDE_NEWS, 180, 0, false },
	{ "second-accounts", ROLE_SECOND, SIDE_NEWS, 130, 0, false },
};

static const struct network *
last_network(const struct cast *c)
{
	return c->groups[c->group_count - 1].network;
}

/* Batches of a network: members come in the order of their making. */
static double
batch_age(const struct cast *c, const struct network *n, struct rng *r)
{
	uint32_t place = (uint32_t)c->actor_count - c->groups[c->group_count - 1].first;
	double days = (double)(c->start - n->created_at) / DAY_MS;

	days -= place / BATCH_SIZE * BATCHES_APART + n->knobs.batch_days * rng_unit(r);
	return fmax(days, 2 + 20 * rng_unit(r));
}

int64_t
crowd_created(const struct cast *c, struct rng *r, enum role role)
{
	double days = 12 * rng_unit(r) * YEAR_DAYS;
	const struct network *n = last_network(c);

	if (role == ROLE_SOURCE || role == ROLE_FAN)
		days = (3 + 8 * rng_unit(r)) * YEAR_DAYS;
	else if (role == ROLE_RETURN)
		days = -(n->takedown + 1.0 + 3 * rng_unit(r));
	else if (role_is_planted(role) && network_uses(n, TACTIC_BURSTS))
		days = batch_age(c, n, r);
	else if (role == ROLE_SURGE)
		days = 210 + 5 * rng_unit(r);
	else if (role == ROLE_SPAM)
		days = 12 + 20 * rng_unit(r);
	else if (role == ROLE_CONTEST)
		days = 2.5 * rng_unit(r) * YEAR_DAYS;
	return c->start - (int64_t)(days * DAY_MS) - (int64_t)rng_below(r, DAY_MS) / 24;
}

double
crowd_followers(const struct cast *c, enum role role)
{
	static const double logs[ROLE_COUNT] = {
		[ROLE_ORDINARY] = 5, [ROLE_PARTISAN] = 5.5, [ROLE_SOURCE] = 11, [ROLE_FAN] = 6,
		[ROLE_ACTIVIST] = 5.5, [ROLE_NEWSROOM] = 8.5, [ROLE_CELL] = 5, [ROLE_TWIN] = 5,
		[ROLE_RESIDENT] = 5, [ROLE_PASTER] = 5, [ROLE_CONTEST] = 4, [ROLE_SECOND] = 4.5,
		[ROLE_BOT] = 6, [ROLE_SPAM] = 3, [ROLE_SURGE] = 3, [ROLE_RETURN] = 4 };

	return logs[role] - (role_is_planted(role) ? 1.4 * last_network(c)->knobs.gap : 0);
}

uint8_t
crowd_platform(const struct cast *c, struct rng *r, enum role role)
{
	static const uint8_t on_other[ROLE_COUNT] = {
		[ROLE_ORDINARY] = 45, [ROLE_PARTISAN] = 45, [ROLE_SOURCE] = 25, [ROLE_FAN] = 20,
		[ROLE_ACTIVIST] = 45, [ROLE_NEWSROOM] = 30, [ROLE_RESIDENT] = 45,
		[ROLE_PASTER] = 100,
		[ROLE_CONTEST] = 30, [ROLE_BOT] = 10, [ROLE_SPAM] = 40, [ROLE_SURGE] = 30 };

	if (role == ROLE_CELL || role == ROLE_RETURN)
		return last_network(c)->platform;
	if (role == ROLE_TWIN)
		return !last_network(c)->platform;
	return rng_below(r, 100) < on_other[role];
}

/* --- the innocents */

static uint32_t
how_many(const struct cast *c, struct rng *r, const struct sort *s)
{
	double n = s->count * (s->fixed ? 1 : c->world.size);

	if (c->settings->vary && s->role != ROLE_ORDINARY && s->role != ROLE_SOURCE)
		n *= 0.5 + rng_unit(r);
	return (uint32_t)fmax(n, s->fixed ? s->count / 2.0 : 8);
}

static void
add_members(struct cast *c, struct rng *r, const struct sort *s, uint32_t n)
{
	cast_add_group(c, s->name, s->role, s->side, n)->joins = s->joins;
	for (uint32_t k = 0; k < n; k++)
		cast_add_actor(c, r, 0);
}

static void
add_sorts(struct cast *c, struct rng *r)
{
	for (size_t i = 0; i < sizeof(sorts) / sizeof(*sorts); i++) {
		const struct sort *s = &sorts[i];

		add_members(c, r, s, how_many(c, r, s));
	}
}

static void
add_script_sort(struct cast *c, struct rng *r, enum script_sort_id id)
{
	const struct script_sort *s = script_sort(id);
	struct script_groups g = c->settings->script->sorts[id];
	char name[NETWORK_NAME];

	for (uint32_t i = 1; i <= g.count; i++) {
		(void)snprintf(name, sizeof(name), s->most > 1 ? "%s-%u" : "%s", s->group, i);
		add_members(c, r, &(struct sort){ name, s->role, s->side, 0, s->joins, true },
			    g.members);
	}
}

/* The first groups and all sources are those of every graded world. */
static void
add_script(struct cast *c, struct rng *r)
{
	const struct world *w = &c->world;

	add_members(c, r, &sorts[0], w->settings.organic - w->partisans);
	add_members(c, r, &sorts[1], w->partisans / 2);
	add_members(c, r, &sorts[2], w->partisans - w->partisans / 2);
	for (size_t i = 3; sorts[i].role == ROLE_SOURCE; i++)
		add_members(c, r, &sorts[i], sorts[i].count);
	for (unsigned i = 0; i < SCRIPT_SORT_COUNT; i++)
		add_script_sort(c, r, (enum script_sort_id)i);
}

/* The people with two accounts are ordinary ones, each on the other platform as well. */
static void
pair_second_accounts(struct cast *c, struct rng *r)
{
	const struct group *seconds = &c->groups[c->group_count - 1], *ordinary = &c->groups[0];

	if (seconds->role != ROLE_SECOND)
		return;
	for (uint32_t k = 0; k < seconds->count; k++) {
		struct actor *a = &c->actors[seconds->first + k];
		uint32_t step = ordinary->count / seconds->count;

		a->persona = ordinary->first + k * step + (uint32_t)rng_below(r, step);
		a->platform = !c->actors[a->persona].platform;
	}
}

/* --- the networks */

/* The last group's members, each like another of the network's: its first, n-th, 2n-th, ... */
static void
add_likenesses(struct cast *c, struct rng *r, const struct network *n, uint32_t count,
	       uint32_t first)
{
	c->groups[c->group_count - 1].network = n;
	for (uint32_t i = 0; i < count; i++) {
		cast_add_actor(c, r, 0);
		c->actors[c->actor_count - 1].persona =
			first + (uint32_t)((uint64_t)i * n->count / count);
	}
}

static void
add_twins_of(struct cast *c, struct rng *r, const struct network *n, size_t number, uint32_t first)
{
	char name[NETWORK_NAME];
	struct group *g;

	(void)snprintf(name, sizeof(name), "twins-%zu", number);
	g = cast_add_group(c, name, ROLE_TWIN, SIDE_STAR, n->twins);
	g->joins = fmin(0.4, n->knobs.participation);
	add_likenesses(c, r, n, n->twins, first);
}

static void
add_returned(struct cast *c, struct rng *r, const struct network *n, size_t number, uint32_t first)
{
	char name[NETWORK_NAME];

	(void)snprintf(name, sizeof(name), "returned-%zu", number);
	cast_add_group(c, name, ROLE_RETURN, SIDE_COUNT, n->returned)->joins =
		n->knobs.participation;
	add_likenesses(c, r, n, n->returned, first);
}

static void
rename_network(struct cast *c, struct rng *r, struct group *g)
{
	int64_t day = (int64_t)((0.45 + 0.25 * rng_unit(r)) * c->settings->days);
	uint64_t wave = (uint64_t)g->network->knobs.wave_hours * HOUR_MS;

	g->renamed = true;
	g->wave_at = c->start + day * DAY_MS + 17 * (int64_t)HOUR_MS;
	c->renamed += g->count;
	for (uint32_t k = 0; k < g->count; k++) {
		struct actor *a = &c->actors[g->first + k];

		a->changed = CHANGE_IDENTITY;
		a->changed_at = g->wave_at + (int64_t)rng_below(r, wave);
	}
}

static void
add_network(struct cast *c, struct rng *r, size_t i)
{
	const struct network *n = &c->world.networks[i];
	uint32_t first = (uint32_t)c->actor_count;
	struct group *g = cast_add_group(c, n->name, ROLE_CELL, SIDE_COUNT, n->count);

	g->joins = n->knobs.participation;
	g->network = n;
	for (uint32_t k = 0; k < n->count; k++)
		cast_add_actor(c, r, 0);
	if (network_uses(n, TACTIC_RENAMES))
		rename_network(c, r, g);
	if (n->twins > 0)
		add_twins_of(c, r, n, i + 1, first);
	if (n->returned > 0)
		add_returned(c, r, n, i + 1, first);
}

/* --- changes of profile */

/* Most change one field, some make a clean sweep; fans dress up for their star's birthday. */
static uint8_t
draw_change(const struct cast *c, struct rng *r, const struct actor *a, bool birthday)
{
	enum role role = c->groups[a->group].role;
	uint64_t roll = rng_below(r, 1000);

	if (role_is_planted(role) || role == ROLE_SOURCE || role == ROLE_SECOND || role == ROLE_BOT)
		return 0;
	if (birthday && roll < 350)
		return CHANGE_NAME | CHANGE_AVATAR | (roll < 120 ? CHANGE_HANDLE : 0);
	if (roll >= 994)
		return (uint8_t)(CHANGE_NAME | 1 << rng_below(r, CHANGE_BITS) |
				 1 << rng_below(r, CHANGE_BITS));
	return roll >= 969 ? (uint8_t)(1 << rng_below(r, CHANGE_BITS)) : 0;
}

static void
add_changes(struct cast *c, struct rng *r)
{
	int64_t party = c->start + (int64_t)(0.3 * c->settings->days) * DAY_MS;

	for (uint32_t i = 0; i < c->actor_count; i++) {
		struct actor *a = &c->actors[i];
		bool birthday = strcmp(c->groups[a->group].name, "fandom-2") == 0;
		uint8_t bits = draw_change(c, r, a, birthday);

		if (bits == 0)
			continue;
		a->changed = bits;
		a->changed_at = birthday ? party + (int64_t)rng_below(r, DAY_MS)
			: c->start + (int64_t)(rng_unit(r) * c->settings->days * DAY_MS);
	}
}

void
crowd_add(struct cast *c, struct rng *r)
{
	if (c->settings->script != NULL)
		add_script(c, r);
	else
		add_sorts(c, r);
	pair_second_accounts(c, r);
	for (size_t i = 0; i < c->world.network_count; i++)
		add_network(c, r, i);
	add_changes(c, r);
}
