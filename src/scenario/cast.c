#include "config.h"

#include "scenario/cast.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenario/crowd.h"
#include "scenario/profile.h"

enum { DAY_MS = 86400000, YEAR_DAYS = 365, POLITICIANS = 24, OUTLETS = 4, BATCHES = 6 };

/* Everybody but the cells and twins. count 0: as many as settings.organic and permille say. */
struct part {
	const char *name;
	enum role role;
	enum side side;
	uint32_t permille, count, spread;	/* count .. count + spread - 1 */
	double joins;
};

static const struct part parts[] = {
	{ "", ROLE_ORDINARY, SIDE_NEWS, 720, 0, 1, 0 },
	{ "partisan-left", ROLE_PARTISAN, SIDE_LEFT, 140, 0, 1, 0 },
	{ "partisan-right", ROLE_PARTISAN, SIDE_RIGHT, 140, 0, 1, 0 },
	{ "source-left", ROLE_SOURCE, SIDE_LEFT, 0, POLITICIANS + OUTLETS, 1, 0 },
	{ "source-right", ROLE_SOURCE, SIDE_RIGHT, 0, POLITICIANS + OUTLETS, 1, 0 },
	{ "source-news", ROLE_SOURCE, SIDE_NEWS, 0, OUTLETS, 1, 0 },
	{ "source-asia", ROLE_SOURCE, SIDE_ASIA, 0, 10, 1, 0 },
	{ "source-stars", ROLE_SOURCE, SIDE_STAR, 0, 4, 1, 0 },
	{ "fandom-1", ROLE_FAN, SIDE_STAR, 0, 140, 80, 0.45 },
	{ "fandom-2", ROLE_FAN, SIDE_STAR, 0, 120, 60, 0.4 },
	{ "fandom-3", ROLE_FAN, SIDE_STAR, 0, 90, 60, 0.5 },
	{ "activists-1", ROLE_ACTIVIST, SIDE_NEWS, 0, 60, 30, 0.7 },
	{ "activists-2", ROLE_ACTIVIST, SIDE_NEWS, 0, 50, 30, 0.6 },
	{ "newsroom-1", ROLE_NEWSROOM, SIDE_NEWS, 0, 24, 8, 0.7 },
	{ "newsroom-2", ROLE_NEWSROOM, SIDE_NEWS, 0, 20, 8, 0.6 },
	{ "newsroom-3", ROLE_NEWSROOM, SIDE_NEWS, 0, 22, 8, 0.6 },
};

static int64_t
draw_created(const struct cast *c, struct rng *r, enum role role, uint32_t cell)
{
	double years = role == ROLE_SOURCE || role == ROLE_FAN ? 3 + 8 * rng_unit(r)
							       : 12 * rng_unit(r);
	double days = years * YEAR_DAYS;

	if (c->world.graded)
		return crowd_created(c, r, role);
	if (role == ROLE_CELL)
		days = 90 + 70 * (cell % BATCHES) + 3 * rng_unit(r);
	return c->start - (int64_t)(days * DAY_MS) - (int64_t)rng_below(r, DAY_MS) / 24;
}

static uint32_t
draw_followers(const struct cast *c, struct rng *r, enum role role)
{
	static const double logs[ROLE_COUNT] = {
		[ROLE_ORDINARY] = 5, [ROLE_PARTISAN] = 5.5, [ROLE_SOURCE] = 11, [ROLE_FAN] = 6,
		[ROLE_ACTIVIST] = 5.5, [ROLE_NEWSROOM] = 8.5, [ROLE_CELL] = 2.5,
		[ROLE_TWIN] = 2.5 };
	double n = exp((c->world.graded ? crowd_followers(c, role) : logs[role]) +
		       1.4 * rng_normal(r));

	return n < 5e7 ? (uint32_t)n : 50000000;
}

static uint8_t
draw_platform(const struct cast *c, struct rng *r, enum role role)
{
	if (c->world.graded)
		return crowd_platform(c, r, role);
	if (role == ROLE_CELL)
		return PLATFORM_FACEBOOK;
	if (role == ROLE_ORDINARY || role == ROLE_PARTISAN || role == ROLE_ACTIVIST)
		return rng_below(r, 100) < 45 ? PLATFORM_FACEBOOK : PLATFORM_X;
	return PLATFORM_X;
}

void
cast_add_actor(struct cast *c, struct rng *r, uint32_t number_in_role)
{
	const struct group *g = &c->groups[c->group_count - 1];
	struct actor *a;

	GROW(c->actors, c->actor_cap, c->actor_count + 1);
	a = &c->actors[c->actor_count++];
	*a = (struct actor){ .seed = rng_next(r), .group = (uint16_t)(c->group_count - 1) };
	a->created_at = draw_created(c, r, g->role, number_in_role);
	a->followers = draw_followers(c, r, g->role);
	a->platform = draw_platform(c, r, g->role);
	a->activity = exp(1.3 * rng_normal(r));
}

struct group *
cast_add_group(struct cast *c, const char *name, enum role role, enum side side, uint32_t count)
{
	struct group *g;

	GROW(c->groups, c->group_cap, c->group_count + 1);
	g = &c->groups[c->group_count++];
	*g = (struct group){ .role = role, .side = side, .first = (uint32_t)c->actor_count,
			     .count = count };
	(void)snprintf(g->name, sizeof(g->name), "%s", name);
	return g;
}

static void
add_parts(struct cast *c, struct rng *r)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		const struct part *p = &parts[i];
		uint64_t n = p->count + rng_below(r, p->spread) +
			     (uint64_t)c->settings->organic * p->permille / 1000;

		cast_add_group(c, p->name, p->role, p->side, (uint32_t)n)->joins = p->joins;
		for (uint64_t k = 0; k < n; k++)
			cast_add_actor(c, r, 0);
	}
}

/* Sizes of 20..120 that make up `planted`, about 80 on average. */
static void
draw_sizes(struct rng *r, uint32_t *sizes, uint32_t cells, uint32_t planted)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < cells; i++)
		sum += sizes[i] = 20 + (uint32_t)rng_below(r, 101);
	while (sum != planted) {
		uint32_t *size = &sizes[rng_below(r, cells)];

		if (sum < planted && *size < 120)
			(*size)++, sum++;
		else if (sum > planted && *size > 20)
			(*size)--, sum--;
	}
}

static void
add_cells(struct cast *c, struct rng *r)
{
	uint32_t planted = c->settings->planted, cells = (planted + 40) / 80, *sizes = NULL;
	size_t cap = 0;
	char name[20];

	if (planted > 0 && cells == 0)
		cells = 1;
	GROW(sizes, cap, cells);
	draw_sizes(r, sizes, cells, planted);
	for (uint32_t i = 0; i < cells; i++) {
		(void)snprintf(name, sizeof(name), "cell-%02u", i + 1);
		cast_add_group(c, name, ROLE_CELL, SIDE_COUNT, sizes[i])->joins =
			0.2 + 0.25 * rng_unit(r);
		for (uint32_t k = 0; k < sizes[i]; k++)
			cast_add_actor(c, r, i);
	}
	free(sizes);
}

/* Each like another of the planted accounts: their first, n-th, 2n-th, ... */
static void
add_twins(struct cast *c, struct rng *r)
{
	uint32_t first = (uint32_t)(c->actor_count - c->settings->planted);
	uint32_t twins = c->settings->twins;

	cast_add_group(c, "twins", ROLE_TWIN, SIDE_STAR, twins)->joins = 0.4;
	for (uint32_t i = 0; i < twins; i++) {
		struct actor *a;

		cast_add_actor(c, r, 0);
		a = &c->actors[c->actor_count - 1];
		a->persona = first + (uint32_t)((uint64_t)i * c->settings->planted / twins);
		a->created_at = c->actors[a->persona].created_at +
				(int64_t)rng_below(r, 10) * DAY_MS;
	}
}

/* Whole cells change, a quarter of the way through, until there are enough. */
static void
choose_renamed(struct cast *c, struct rng *r)
{
	size_t cells = 0, from = 0;

	for (size_t i = 0; i < c->group_count; i++)
		cells += c->groups[i].role == ROLE_CELL;
	from = c->group_count - 1 - cells + cells / 4;
	for (size_t i = from; i < c->group_count && c->groups[i].role == ROLE_CELL; i++) {
		struct group *g = &c->groups[i];

		if (c->renamed + g->count / 2 > c->settings->renamed)
			break;
		g->renamed = true;
		g->wave_at = c->wave_at;
		c->renamed += g->count;
		for (uint32_t k = 0; k < g->count; k++) {
			struct actor *a = &c->actors[g->first + k];

			a->changed = CHANGE_IDENTITY;
			a->changed_at = c->wave_at + (int64_t)rng_below(r, 210 * 60000);
		}
	}
}

/* People move, marry and get new glasses: one field, any day. */
static void
choose_ordinary_changes(struct cast *c, struct rng *r)
{
	for (uint32_t i = 0; i < c->actor_count; i++) {
		struct actor *a = &c->actors[i];
		enum role role = c->groups[a->group].role;

		if ((role != ROLE_ORDINARY && role != ROLE_PARTISAN) || rng_below(r, 1000) >= 9)
			continue;
		a->changed = (uint8_t)(1 << rng_below(r, CHANGE_BITS));
		a->changed_at = c->start + (int64_t)(rng_unit(r) * c->settings->days * DAY_MS);
	}
}

static void
add_demo(struct cast *c, struct rng *r)
{
	add_parts(c, r);
	add_cells(c, r);
	add_twins(c, r);
	choose_renamed(c, r);
	choose_ordinary_changes(c, r);
}

static void
name_handles(struct cast *c, struct rng *r, struct arena scratch)
{
	for (uint32_t i = 0; i < c->actor_count; i++)
		c->actors[i].handle = profile_new_handle(c, i, false, r, scratch);
	for (uint32_t i = 0; i < c->actor_count; i++)
		if (c->actors[i].changed & CHANGE_HANDLE)
			c->actors[i].new_handle = profile_new_handle(c, i, true, r, scratch);
}

void
cast_init(struct cast *c, const struct scenario_settings *settings)
{
	struct rng r = rng_seeded(hash_mix(settings->seed, 1));
	struct arena scratch = arena_new(1 << 16);
	int64_t day = settings->start / DAY_MS;

	*c = (struct cast){ .start = day * DAY_MS };
	world_init(&c->world, settings);
	c->settings = &c->world.settings;
	c->wave_at = (day + settings->days * 3 / 5) * DAY_MS + 17 * (int64_t)3600000;
	map_init(&c->handles);
	if (c->world.graded)
		crowd_add(c, &r);
	else
		add_demo(c, &r);
	for (uint32_t i = 0; i < c->actor_count; i++)
		c->actors[i].zone = profile_zone(c, i);
	name_handles(c, &r, scratch);
	arena_free(scratch);
}

void
cast_done(struct cast *c)
{
	free(c->actors);
	free(c->groups);
	map_done(&c->handles);
}

const char *
cast_kind(enum role role)
{
#define X(name, kind) [ROLE_##name] = (kind),
	static const char *const kinds[] = { ROLE_LIST(X) };
#undef X

	return kinds[role];
}

const char *
cast_platform(const struct cast *c, const struct actor *a)
{
	return c->world.platforms[a->platform];
}

/*
 * Numbers of the length that each platform uses. Multiplying by an odd number
 * modulo 2^32 scatters them without ever giving one twice.
 */
struct claque_str
cast_id(const struct cast *c, uint32_t actor, struct arena *perm)
{
	bool x = c->actors[actor].platform == PLATFORM_X;
	uint64_t scattered = (actor + 1u) * 2654435761u;

	return str_fmt(perm, "%llu",
		       (unsigned long long)((x ? 1500000000000000000u : 61550000000000u) +
					    scattered));
}

struct claque_str
cast_handle(const struct cast *c, uint32_t actor, bool after)
{
	const struct actor *a = &c->actors[actor];
	bool changed = after && (a->changed & CHANGE_HANDLE) != 0;

	return str_sub(map_key(&c->handles, changed ? a->new_handle : a->handle), 1, SIZE_MAX);
}
