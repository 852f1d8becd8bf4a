#include "config.h"

#include "scenario/persona.h"

#include <stdlib.h>

#include "scenario/domain.h"
#include "scenario/handle.h"
#include "scenario/prose.h"

enum { NAME = 11, PLACE, AVATAR, BIO, ABROAD, LIKENESS, CARTOONS = 12, STOCK_PICTURES = 24,
       POLITICIANS = 24, BIO_ROOM = 400, NEAR = 90 };

static const double honest_likeness = 0.75;

static uint64_t
field_seed(const struct actor *a, uint64_t field, bool changed)
{
	return hash_mix(a->seed, field + (changed ? 100 : 0));
}

static const struct group *
group_of(const struct cast *c, uint32_t actor)
{
	return &c->groups[c->actors[actor].group];
}

static uint32_t
place_in_group(const struct cast *c, uint32_t actor)
{
	return actor - group_of(c, actor)->first;
}

static double
unit(uint64_t seed)
{
	return (double)(seed >> 11) * 0x1p-53;
}

/* How far this field of a twin is like its persona's: true is the same. */
static bool
is_like(const struct cast *c, uint32_t actor, uint64_t field)
{
	const struct group *g = group_of(c, actor);
	double likeness = g->network != NULL ? g->network->knobs.likeness : honest_likeness;

	return unit(field_seed(&c->actors[actor], LIKENESS + field, false)) < likeness;
}

static bool
has_persona(enum role role)
{
	return role == ROLE_TWIN || role == ROLE_SECOND || role == ROLE_RETURN;
}

/* --- places */

/* Where a resident of a network's zone lives; NULL: nowhere that it says. */
static const struct country *
near_network(const struct cast *c, uint64_t seed)
{
	const struct country *near = NULL;
	int zone = 480;

	if (c->world.network_count > 0)
		zone = c->world.networks[seed % c->world.network_count].zone;
	for (size_t i = 0; i < places_count(); i++) {
		const struct country *other = places_at(seed / 7 + i);

		if (near == NULL && abs(other->zone - zone) <= NEAR)
			near = other;
	}
	return near;
}

static const struct country *
country_of(const struct cast *c, uint32_t actor, bool changed)
{
	const struct group *g = group_of(c, actor);
	uint64_t seed = field_seed(&c->actors[actor], ABROAD, false);

	if (has_persona(g->role))
		return country_of(c, c->actors[actor].persona, false);
	if (g->role == ROLE_CELL)
		return changed ? g->network->after : g->network->claimed;
	if (g->role == ROLE_RESIDENT)
		return near_network(c, seed);
	if (g->role == ROLE_SOURCE && g->side == SIDE_ASIA)
		return places_at(hash_mix(c->settings->seed, 9));
	if (g->role == ROLE_ORDINARY && seed % 100 < 14)
		return places_at(seed >> 8);
	return c->world.home;
}

static struct claque_str
place_of(const struct cast *c, uint32_t actor, bool after)
{
	const struct actor *a = &c->actors[actor];
	bool changed = after && (a->changed & CHANGE_PLACE) != 0;
	const struct country *country = country_of(c, actor, changed);
	uint64_t seed = field_seed(a, PLACE, changed);
	enum role role = group_of(c, actor)->role;

	if (role == ROLE_TWIN || (role == ROLE_SECOND && is_like(c, actor, PLACE)))
		return place_of(c, a->persona, false);
	if (country == NULL || (role != ROLE_CELL && seed % 5 == 0))
		return STR("");
	return str_of(places_town(country, seed >> 8));
}

int16_t
persona_zone(const struct cast *c, uint32_t actor)
{
	const struct group *g = group_of(c, actor);
	uint64_t seed = field_seed(&c->actors[actor], PLACE, false) >> 24;
	const struct country *country = country_of(c, actor, false);

	if (role_is_planted(g->role))
		return g->network->zone;
	if (g->role == ROLE_SECOND)
		return persona_zone(c, c->actors[actor].persona);
	if (country == NULL)	/* a resident of a zone without a country here */
		return c->world.networks[field_seed(&c->actors[actor], ABROAD, false) %
					 c->world.network_count].zone;
	return (int16_t)(country->zone - 60 * (int)(seed % country->zones));
}

/* --- names */

static struct claque_str
source_name(const struct cast *c, uint32_t actor, struct arena *perm)
{
	enum side side = group_of(c, actor)->side;
	uint32_t i = place_in_group(c, actor);

	if (side == SIDE_STAR)
		return str_of(words_at(WORDS_STAR, i));
	if (side == SIDE_BRAND)
		return str_fmt(perm, "%s & %s", words_at(WORDS_WORD, c->settings->seed % 1000 + i),
			       words_at(WORDS_WORD, c->settings->seed % 1000 + 5 * i + 20));
	if (side == SIDE_NEWS || side == SIDE_ASIA || i >= POLITICIANS)
		return domain_outlet_name(c, domain_of_source(side, i), perm);
	return tongue_name(c->world.tongue, c->actors[actor].seed, false, perm);
}

/* One who has two accounts seldom writes the name twice the same. */
static struct claque_str
name_like(struct claque_str name, uint64_t seed, struct arena *perm)
{
	struct claque_str rest = name, first = { 0 };

	(void)str_cut(&rest, ' ', &first);
	if (rest.len == 0)
		return name;
	switch (seed % 5) {
	case 0:
		return first;
	case 1:
		return str_fmt(perm, STR_FMT " " STR_FMT, STR_ARG(rest), STR_ARG(first));
	case 2:
		return str_fmt(perm, "%c. " STR_FMT, 'A' + (int)(seed >> 8) % 26, STR_ARG(rest));
	case 3:
		return str_fmt(perm, STR_FMT " %c. " STR_FMT, STR_ARG(first),
			       'A' + (int)(seed >> 8) % 26, STR_ARG(rest));
	default:
		return str_fmt(perm, STR_FMT " " STR_FMT " \xE2\x9C\xA8", STR_ARG(first),
			       STR_ARG(rest));
	}
}

/* Of a person; latin: as a handle would spell it. */
static struct claque_str
person_name(const struct cast *c, uint32_t actor, bool changed, bool latin, struct arena *perm)
{
	const struct country *country = country_of(c, actor, changed);
	uint64_t seed = field_seed(&c->actors[actor], NAME, changed);
	enum tongue t = country != NULL ? country->tongue : c->world.tongue;

	return tongue_name(t, seed, latin, perm);
}

static struct claque_str
fan_name(const struct cast *c, uint32_t actor, bool changed, bool latin, struct arena *perm)
{
	const struct group *g = group_of(c, actor);
	uint64_t seed = field_seed(&c->actors[actor], NAME, changed);
	const char *star = words_at(WORDS_STAR, (uint64_t)(g->name[strlen(g->name) - 1] - '1'));

	if (seed % 3 == 0)
		return person_name(c, actor, changed, latin, perm);
	return str_fmt(perm, "%s %s", words_at(WORDS_WORD, seed >> 8), star);
}

static struct claque_str
spelled_name(const struct cast *c, uint32_t actor, bool after, bool latin, struct arena *perm)
{
	const struct actor *a = &c->actors[actor];
	bool changed = after && (a->changed & CHANGE_NAME) != 0;
	enum role role = group_of(c, actor)->role;
	struct claque_str name;

	if (role == ROLE_SOURCE)
		return source_name(c, actor, perm);
	if (role == ROLE_NEWSROOM)
		return str_fmt(perm, "Channel %u " STR_FMT, place_in_group(c, actor) + 2,
			       STR_ARG(domain_outlet_name(c, a->group, perm)));
	if (role == ROLE_FAN)
		return fan_name(c, actor, changed, latin, perm);
	if (role == ROLE_BOT)
		return str_fmt(perm, "%s bot",
			       places_town(c->world.home, place_in_group(c, actor)));
	if (!has_persona(role))
		return person_name(c, actor, changed, latin, perm);
	name = spelled_name(c, a->persona, false, latin, perm);
	return is_like(c, actor, NAME) ? name
				       : name_like(name, field_seed(a, NAME, false), perm);
}

/* --- pictures, and what one says of oneself */

static uint64_t
few_bits(uint64_t seed, unsigned bits)
{
	uint64_t mask = 0;

	for (unsigned i = 0; i < bits; i++, seed = hash_mix(seed, i))
		mask |= 1ull << (seed & 63);
	return mask;
}

/* 0: none. */
static uint64_t
picture_of(const struct cast *c, uint32_t actor, bool after)
{
	const struct actor *a = &c->actors[actor];
	const struct group *g = group_of(c, actor);
	uint64_t seed = field_seed(a, AVATAR, after && (a->changed & CHANGE_AVATAR) != 0);
	double u = unit(hash_mix(seed, 1));

	if (has_persona(g->role) && is_like(c, actor, AVATAR)) {
		uint64_t other = picture_of(c, a->persona, false);

		return other == 0 ? 0 : other ^ few_bits(seed, 1 + (unsigned)(seed >> 40) % 6);
	}
	if (g->role == ROLE_CELL && network_uses(g->network, TACTIC_AVATARS) &&
	    u < g->network->knobs.stock_avatars)
		return hash_mix(g->network->seed, seed % STOCK_PICTURES) ^ few_bits(seed, 1);
	if (g->role == ROLE_FAN && u < 0.3)
		return hash_mix(hash_mix(c->settings->seed, a->group), seed % CARTOONS) ^
		       few_bits(seed, 1);
	return u > 0.92 && g->role != ROLE_SOURCE ? 0 : seed;
}

static struct claque_str
source_bio(const struct cast *c, uint32_t actor)
{
	static const char *const lines[SIDE_COUNT] = { "Member of parliament, Progress Party.",
		"Member of parliament, Heritage Party.", "News.", "News from elsewhere.",
		"Official account.", "Official shop. Contests every week." };
	enum side side = group_of(c, actor)->side;

	if ((side == SIDE_LEFT || side == SIDE_RIGHT) && place_in_group(c, actor) >= POLITICIANS)
		return str_of(side == SIDE_LEFT ? "Voice of the Progress movement."
						: "Voice of the Heritage movement.");
	return str_of(lines[side]);
}

static struct claque_str
own_bio(const struct cast *c, uint64_t seed, struct arena *perm)
{
	struct prose prose = { .tongue = c->world.tongue, .topic = TOPIC_COMMENT, .seed = seed };
	struct buf text;
	struct claque_str bio;

	if (seed % 4 == 0)
		return STR("");
	if (c->world.tongue == TONGUE_ENGLISH && seed % 4 == 1)
		return str_fmt(perm, "%s | %s", words_at(WORDS_BIO, seed >> 8),
			       words_at(WORDS_BIO, seed >> 20));
	buf_init(&text, BIO_ROOM);
	prose_text(&prose, &text, *perm);
	bio = str_dup(perm, buf_str(&text));
	buf_done(&text);
	return bio;
}

static struct claque_str
bio_of(const struct cast *c, uint32_t actor, bool after, struct arena *perm)
{
	const struct actor *a = &c->actors[actor];
	const struct group *g = group_of(c, actor);
	uint64_t seed = field_seed(a, BIO, after && (a->changed & CHANGE_BIO) != 0);
	unsigned number = (unsigned)(g->name[0] != '\0' ? g->name[strlen(g->name) - 1] - '1' : 0);

	if (g->role == ROLE_SOURCE)
		return source_bio(c, actor);
	if (has_persona(g->role) && is_like(c, actor, BIO))
		return bio_of(c, a->persona, false, perm);
	if (g->role == ROLE_FAN && seed % 10 < 8)
		return str_fmt(perm, "fan of %s", words_at(WORDS_STAR, number));
	if (g->role == ROLE_ACTIVIST && seed % 10 < 7)
		return str_fmt(perm, "volunteer with %s", words_at(WORDS_CAUSE, number));
	if (g->role == ROLE_NEWSROOM)
		return STR("Local newsroom, a member of the Common Wire.");
	if (g->role == ROLE_BOT)
		return STR("Automated account. Measured every hour.");
	return own_bio(c, seed, perm);
}

struct profile
persona_of(const struct cast *c, uint32_t actor, bool after, struct arena *perm)
{
	enum role role = group_of(c, actor)->role;
	uint64_t picture = picture_of(c, actor, after);

	return (struct profile){
		.handle = cast_handle(c, actor, after),
		.name = spelled_name(c, actor, after, false, perm),
		.place = place_of(c, actor, after),
		.avatar = picture == 0 ? STR("") : str_fmt(perm, "%016llx",
							   (unsigned long long)picture),
		.bio = bio_of(c, actor, after, perm),
		.verified = role == ROLE_SOURCE || (role == ROLE_NEWSROOM && actor % 4 != 0) };
}

/* --- handles */

static double
share_of_defaults(const struct cast *c, const struct group *g)
{
	static const double more[ROLE_COUNT] = { [ROLE_SURGE] = 0.35, [ROLE_SPAM] = 0.6,
						 [ROLE_CONTEST] = 0.08 };

	if (g->network != NULL && network_uses(g->network, TACTIC_HANDLES))
		return g->network->knobs.default_handles;
	return c->world.organic_handles + more[g->role];
}

/* Of somebody whose other account has one. */
static struct claque_str
handle_like(struct claque_str other, struct rng *r, struct arena *perm)
{
	unsigned number = (unsigned)rng_below(r, 100);

	switch (rng_below(r, 4)) {
	case 0:
		return str_fmt(perm, STR_FMT "_", STR_ARG(other));
	case 1:
		return str_fmt(perm, STR_FMT "%u", STR_ARG(other), number);
	case 2:
		return str_fmt(perm, "real" STR_FMT, STR_ARG(other));
	default:
		return str_fmt(perm, "%s_" STR_FMT, words_pick(WORDS_WORD, r), STR_ARG(other));
	}
}

struct claque_str
persona_handle(const struct cast *c, uint32_t actor, bool after, struct rng *r, struct arena *perm)
{
	const struct group *g = group_of(c, actor);
	struct claque_str name = spelled_name(c, actor, after, true, perm);

	if (g->role == ROLE_SOURCE)
		return str_fmt(perm, STR_FMT "__", STR_ARG(handle_letters(name, 26, perm)));
	if (has_persona(g->role) && rng_below(r, 10) < 7) {
		struct claque_str other = cast_handle(c, c->actors[actor].persona, false);

		return is_like(c, actor, LIKENESS) ? other : handle_like(other, r, perm);
	}
	if (str_find(name, STR(" "), 0) < name.len && rng_unit(r) < share_of_defaults(c, g))
		return handle_default(name, r, perm);
	return handle_chosen(name, r, perm);
}
