#include "config.h"

#include "scenario/profile.h"

#include "scenario/handle.h"
#include "scenario/persona.h"
#include "scenario/words.h"

enum { NAME = 11, PLACE, AVATAR, BIO, STOCK_PICTURES = 150 };

/* Minutes east of UTC, in the order of WORDS_WORLD_PLACE. */
static const int16_t world_zones[] = { 0, 0, -300, 480, 480, 480, 480, 0, 720, 60, 330, 480, 60,
				       540 };

/* A number that belongs to one field of one account, and changes with it. */
static uint64_t
field_seed(const struct actor *a, uint64_t field, bool changed)
{
	return hash_mix(a->seed, field + (changed ? 100 : 0));
}

static enum role
role_of(const struct cast *c, uint32_t actor)
{
	return c->groups[c->actors[actor].group].role;
}

/* Place of the account inside its group. */
static uint32_t
place_in_group(const struct cast *c, uint32_t actor)
{
	return actor - c->groups[c->actors[actor].group].first;
}

static bool
abroad(const struct actor *a)
{
	return field_seed(a, PLACE, false) % 100 >= 74;
}

static struct claque_str
full_name(enum word_list firsts, enum word_list lasts, uint64_t seed, struct arena *perm)
{
	return str_fmt(perm, "%s %s", words_at(firsts, seed & 0xffff), words_at(lasts, seed >> 16));
}

static struct claque_str
source_name(const struct cast *c, uint32_t actor, struct arena *perm)
{
	enum side side = c->groups[c->actors[actor].group].side;
	uint32_t i = place_in_group(c, actor);

	if (side == SIDE_STAR)
		return str_of(words_at(WORDS_STAR, i));
	if (side == SIDE_ASIA)
		return i < 4 ? str_of(words_at(WORDS_ASIA_OUTLET, i))
			     : full_name(WORDS_INDIA_FIRST, WORDS_OFFICE_LAST,
					 (uint64_t)(i * 7 + 3) << 16 | i * 5, perm);
	if (side == SIDE_NEWS)
		return str_of(words_at(WORDS_OUTLET, i + 8));
	if (i >= 24)
		return str_of(words_at(WORDS_OUTLET, i - 24 + (side == SIDE_LEFT ? 0 : 4)));
	return full_name(WORDS_FIRST, WORDS_OFFICE_LAST,
			 (uint64_t)i << 16 | (i * 4 + (side == SIDE_LEFT ? 1 : 3)), perm);
}

/* A dozen of the ordinary names try to harm whoever shows or exports them. */
static const char *
hostile_name(const struct cast *c, uint32_t actor)
{
	uint32_t hostile = (uint32_t)words_count(WORDS_HOSTILE);
	uint32_t step = c->groups[c->actors[actor].group].count / hostile;
	uint32_t i = place_in_group(c, actor);

	if (role_of(c, actor) != ROLE_ORDINARY || step == 0 || i % step != 0 || i / step >= hostile)
		return NULL;
	return words_at(WORDS_HOSTILE, i / step);
}

static struct claque_str
ordinary_name(const struct cast *c, uint32_t actor, uint64_t seed, struct arena *perm)
{
	struct claque_str full = full_name(WORDS_FIRST, WORDS_LAST, seed, perm);
	const char *hostile = hostile_name(c, actor);

	if (hostile != NULL)
		return str_of(hostile);
	switch (seed >> 40 & 7) {
	case 0:
		return str_sub(full, 0, str_find(full, STR(" "), 0));
	case 1:
		return str_fmt(perm, "%s %s", words_at(WORDS_WORD, seed),
			       words_at(WORDS_WORD, seed >> 8));
	case 2:
		return str_fmt(perm, STR_FMT " \xF0\x9F\x8C\xBB", STR_ARG(full));
	default:
		return full;
	}
}

static struct claque_str
name_of(const struct cast *c, uint32_t actor, bool after, struct arena *perm)
{
	const struct actor *a = &c->actors[actor];
	bool changed = after && (a->changed & CHANGE_NAME) != 0;
	uint64_t seed = field_seed(a, NAME, changed);

	switch (role_of(c, actor)) {
	case ROLE_SOURCE:
		return source_name(c, actor, perm);
	case ROLE_TWIN:
		return name_of(c, a->persona, false, perm);
	case ROLE_CELL:
		return changed ? full_name(WORDS_INDIA_FIRST, WORDS_INDIA_LAST, seed, perm)
			       : full_name(WORDS_FIRST, WORDS_LAST, seed, perm);
	case ROLE_NEWSROOM:
		return str_fmt(perm, "Channel %u %s", place_in_group(c, actor) + 2,
			       words_at(WORDS_OUTLET, a->group));
	case ROLE_ORDINARY:
	case ROLE_PARTISAN:
	case ROLE_FAN:
	case ROLE_ACTIVIST:
	case ROLE_RESIDENT:
	case ROLE_PASTER:
	case ROLE_CONTEST:
	case ROLE_SECOND:
	case ROLE_BOT:
	case ROLE_SPAM:
	case ROLE_SURGE:
	case ROLE_RETURN:
	case ROLE_COUNT:
		break;
	}
	return ordinary_name(c, actor, seed, perm);
}

static struct claque_str
place_of(const struct cast *c, uint32_t actor, bool after)
{
	const struct actor *a = &c->actors[actor];
	bool changed = after && (a->changed & CHANGE_PLACE) != 0;
	uint64_t seed = field_seed(a, PLACE, changed) >> 8;

	if (role_of(c, actor) == ROLE_TWIN)
		return place_of(c, a->persona, false);
	if (role_of(c, actor) == ROLE_CELL)
		return str_of(words_at(changed ? WORDS_INDIA_PLACE : WORDS_US_PLACE, seed));
	if (role_of(c, actor) == ROLE_ORDINARY && abroad(a))
		return str_of(words_at(WORDS_WORLD_PLACE, seed));
	return str_of(seed % 5 == 0 ? "" : words_at(WORDS_US_PLACE, seed));
}

/* The fake accounts share a stock of pictures; a copy differs in a bit or two. */
static struct claque_str
avatar_of(const struct cast *c, uint32_t actor, bool after, struct arena *perm)
{
	const struct actor *a = &c->actors[actor];
	uint32_t owner = role_of(c, actor) == ROLE_TWIN ? a->persona : actor;
	bool changed = after && (a->changed & CHANGE_AVATAR) != 0;
	uint64_t seed = field_seed(&c->actors[owner], AVATAR, changed);
	uint64_t copied = 1ull << (a->seed & 63);

	if (role_of(c, owner) == ROLE_CELL && seed % 100 < 15)
		seed = hash_mix(c->settings->seed, seed / 100 % STOCK_PICTURES) ^ copied;
	else if (role_of(c, owner) != ROLE_SOURCE && seed % 100 > 89)
		return STR("");
	if (owner != actor)
		seed ^= copied;
	return str_fmt(perm, "%016llx", (unsigned long long)seed);
}

static struct claque_str
source_bio(const struct cast *c, uint32_t actor, struct arena *perm)
{
	static const char *const lines[SIDE_COUNT] = {
		"State senator, Progress Party.", "State senator, Heritage Party.",
		"News without a side.", "From the Himalaya and the plains.", "Official account.",
		"Official shop." };
	enum side side = c->groups[c->actors[actor].group].side;

	if ((side == SIDE_LEFT || side == SIDE_RIGHT) && place_in_group(c, actor) >= 24)
		return str_fmt(perm, "Independent voice of the %s.",
			       side == SIDE_LEFT ? "Progress movement" : "Heritage movement");
	return str_of(lines[side]);
}

static struct claque_str
bio_of(const struct cast *c, uint32_t actor, bool after, struct arena *perm)
{
	const struct actor *a = &c->actors[actor];
	const struct group *g = &c->groups[a->group];
	uint64_t seed = field_seed(a, BIO, after && (a->changed & CHANGE_BIO) != 0);
	uint64_t first = seed >> 32, others = words_count(WORDS_BIO) - 1;
	const char *one = words_at(WORDS_BIO, first);
	const char *two = words_at(WORDS_BIO, first + 1 + (seed >> 8) % others);
	unsigned number = (unsigned)(g->name[0] != '\0' ? g->name[strlen(g->name) - 1] - '1' : 0);

	if (g->role == ROLE_SOURCE)
		return source_bio(c, actor, perm);
	if (g->role == ROLE_FAN)
		return str_fmt(perm, "fan of %s | %s", words_at(WORDS_STAR, number), one);
	if (g->role == ROLE_ACTIVIST)
		return str_fmt(perm, "volunteer with %s | %s", words_at(WORDS_CAUSE, number), one);
	if (g->role == ROLE_NEWSROOM)
		return str_fmt(perm, "Newsroom of %s, a member of the Common Wire.",
			       words_at(WORDS_OUTLET, a->group));
	if (g->role == ROLE_TWIN)
		return bio_of(c, a->persona, false, perm);
	return seed % 4 == 0 ? STR("") : str_fmt(perm, "%s | %s", one, two);
}

static struct claque_str
propose_handle(const struct cast *c, uint32_t actor, bool after, struct rng *r, struct arena *perm)
{
	struct claque_str name = name_of(c, actor, after, perm);
	bool fake = role_of(c, actor) == ROLE_CELL;

	if (role_of(c, actor) == ROLE_SOURCE)
		return str_fmt(perm, STR_FMT "__", STR_ARG(handle_letters(name, 26, perm)));
	if (role_of(c, actor) == ROLE_TWIN)
		return str_sub(map_key(&c->handles, c->actors[c->actors[actor].persona].handle), 1,
			       SIZE_MAX);
	if (str_find(name, STR(" "), 0) < name.len && rng_below(r, 100) < (fake ? 94 : 4))
		return handle_default(name, r, perm);
	return handle_chosen(name, r, perm);
}

/* Cut in front of what it ends in, digits or the __ of a public figure. */
static struct claque_str
fitted(struct claque_str handle, size_t longest, struct arena *perm)
{
	size_t end = handle.len, tail;

	if (longest == 0 || handle.len <= longest)
		return handle;
	while (end > 0 && !byte_is_alpha(handle.p[end - 1]))
		end--;
	tail = handle.len - end < longest ? handle.len - end : longest;
	return str_fmt(perm, STR_FMT STR_FMT, STR_ARG(str_head(handle, longest - tail)),
		       STR_ARG(str_sub(handle, handle.len - tail, tail)));
}

/* One that is not taken: with a word and a number, or where that is too long a number. */
static struct claque_str
another_handle(struct claque_str base, size_t longest, struct rng *r, struct arena *perm)
{
	unsigned long long number = rng_below(r, longest == 0 ? 1000 : 10000000);
	const char *word = longest == 0 ? words_pick(WORDS_WORD, r) : "";
	struct claque_str handle = str_fmt(perm, STR_FMT "%s%llu", STR_ARG(base), word, number);

	return fitted(handle, longest, perm);
}

uint32_t
profile_new_handle(struct cast *c, uint32_t actor, bool after, struct rng *r, struct arena scratch)
{
	struct claque_str base, key;
	char platform = c->actors[actor].platform == PLATFORM_X ? 'x' : 'f';
	size_t longest = c->world.longest_handle;
	uint32_t number;
	bool is_new;

	base = c->world.graded ? persona_handle(c, actor, after, r, &scratch)
			       : propose_handle(c, actor, after, r, &scratch);
	base = fitted(base, longest, &scratch);
	key = str_fmt(&scratch, "%c" STR_FMT, platform, STR_ARG(base));
	for (number = map_add(&c->handles, key, &is_new); !is_new;
	     number = map_add(&c->handles, key, &is_new)) {
		struct arena once = scratch;
		struct claque_str other = another_handle(base, longest, r, &once);

		key = str_fmt(&once, "%c" STR_FMT, platform, STR_ARG(other));
	}
	return number;
}

int16_t
profile_zone(const struct cast *c, uint32_t actor)
{
	const struct actor *a = &c->actors[actor];
	uint64_t seed = field_seed(a, PLACE, false);
	enum role role = role_of(c, actor);

	if (c->world.graded)
		return persona_zone(c, actor);
	if (role == ROLE_CELL || role == ROLE_TWIN)
		return 480;
	if (role == ROLE_SOURCE && c->groups[a->group].side == SIDE_ASIA)
		return 330;
	if (role == ROLE_ORDINARY && abroad(a))
		return world_zones[(seed >> 8) % (sizeof(world_zones) / sizeof(*world_zones))];
	return (int16_t)(-300 - 60 * (int)((seed >> 32) % 4));
}

struct profile
profile_of(const struct cast *c, uint32_t actor, bool after, struct arena *perm)
{
	enum role role = role_of(c, actor);

	if (c->world.graded)
		return persona_of(c, actor, after, perm);
	return (struct profile){
		.handle = cast_handle(c, actor, after), .name = name_of(c, actor, after, perm),
		.place = place_of(c, actor, after), .avatar = avatar_of(c, actor, after, perm),
		.bio = bio_of(c, actor, after, perm),
		.verified = role == ROLE_SOURCE || role == ROLE_NEWSROOM };
}
