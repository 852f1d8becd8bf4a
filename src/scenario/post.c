#include "config.h"

#include "scenario/post.h"

#include <math.h>

#include "base/clock.h"

#include "scenario/tale.h"

enum { TEXT_MOST = 2000, HOSTILE_EVERY = 20011, SPEND_STEP = 100 };

/* Columns of the native form, in the order that post_row() writes them. */
#define COLUMNS \
	"post_id,account_id,platform,created_at,type,text,ref_post_id,ref_account_id,urls," \
	"hashtags,mentions,media_hash,lang,likes,shares,replies,client"

static const char *const types[ACT_COUNT] = {
	[ACT_POST] = "original", [ACT_RESHARE] = "reshare", [ACT_COPY] = "original",
	[ACT_REPLY] = "reply", [ACT_LINK] = "original", [ACT_ACTION] = "original",
	[ACT_WIRE] = "original", [ACT_PUSH] = "original", [ACT_BOT] = "original",
	[ACT_SPAM] = "original", [ACT_AD] = "ad", [ACT_PETITION] = "original",
	[ACT_SWARM] = "reply" };

static bool
is_reply(const struct event *e)
{
	return e->act == ACT_REPLY || e->act == ACT_SWARM;
}

/* Facebook's ids hold the account's, X's are numbers. */
static struct claque_str
post_id(const struct cast *c, uint32_t actor, uint64_t id, struct arena *perm)
{
	struct claque_str account;

	if (c->actors[actor].platform == PLATFORM_X)
		return str_fmt(perm, "%llu", (unsigned long long)id);
	account = cast_id(c, actor, perm);
	return str_fmt(perm, STR_FMT "_%llu", STR_ARG(account), (unsigned long long)id);
}

/* Of the campaigns in their order, as WORDS_CAUSE names them. */
static const char *
cause_tag(const struct cast *c, const struct event *e)
{
	static const char *const tags[] = { "cleanriversnow", "safecrossings", "openlibraries",
					    "nightbuses", "schoolmeals", "plantstreets" };
	const struct group *g = &c->groups[c->actors[e->actor].group];
	size_t number = (size_t)(g->name[strlen(g->name) - 1] - '1');

	return tags[number % (sizeof(tags) / sizeof(*tags))];
}

/* Tags belong to the text, so that a copy has them too; "" for most. */
static struct claque_str
hashtags(const struct cast *c, const struct event *e, struct arena *perm)
{
	static const enum word_list tags[TOPIC_COUNT] = {
		[TOPIC_LEFT] = WORDS_TAG_LEFT, [TOPIC_RIGHT] = WORDS_TAG_RIGHT,
		[TOPIC_ASIA] = WORDS_TAG_ASIA, [TOPIC_DAILY] = WORDS_TAG_DAILY,
		[TOPIC_PETS] = WORDS_TAG_DAILY };

	if (e->act == ACT_ACTION)
		return str_fmt(perm, "%s actionday", cause_tag(c, e));
	if (is_reply(e) || tags[e->topic] == WORDS_FIRST || e->text % 5 > 1)
		return STR("");
	if (c->world.graded)
		return tale_tag(c, e, perm);
	return str_of(words_at(tags[e->topic], e->text / 5));
}

/* "Tidewater Courier": "tidewatercourier". */
static struct claque_str
outlet_host(uint64_t outlet, struct arena *perm)
{
	const char *name = words_at(WORDS_OUTLET, outlet);
	char *p = ARENA_NEW(perm, char, strlen(name) + 1);
	size_t n = 0;

	for (; *name != '\0'; name++)
		if (byte_is_alpha(*name))
			p[n++] = byte_lower(*name);
	return (struct claque_str){ p, n };
}

static struct claque_str
urls(const struct cast *c, const struct event *e, struct arena *perm)
{
	struct claque_str name;
	uint64_t outlet = e->text % 4;

	if (c->world.graded && tale_links(e))
		return tale_url(c, e, perm);
	switch ((enum act)e->act) {
	case ACT_COPY:
		name = cast_handle(c, e->ref_actor, false);
		return str_fmt(perm, "https://x.com/" STR_FMT "/status/%llu", STR_ARG(name),
			       (unsigned long long)e->ref_id);
	case ACT_LINK:
		outlet += e->topic == TOPIC_LEFT ? 0 : e->topic == TOPIC_RIGHT ? 4 : 8;
		name = outlet_host(outlet, perm);
		return str_fmt(perm, "https://" STR_FMT ".example/story/%08llx", STR_ARG(name),
			       (unsigned long long)(e->text >> 32));
	case ACT_ACTION:
		return str_fmt(perm, "https://%s.example/petition/%lld", cause_tag(c, e),
			       (long long)(e->at / 86400000));
	case ACT_WIRE:
		return str_fmt(perm, "https://common-wire.example/%016llx",
			       (unsigned long long)e->text);
	case ACT_POST:
	case ACT_RESHARE:
	case ACT_REPLY:
	case ACT_PUSH:
	case ACT_BOT:
	case ACT_SPAM:
	case ACT_AD:
	case ACT_PETITION:
	case ACT_SWARM:
	case ACT_COUNT:
		break;
	}
	return STR("");
}

/* Some posts have a picture; the copy of a picture differs in one bit. */
static struct claque_str
media(const struct event *e, struct arena *perm)
{
	bool filler = e->topic == TOPIC_PETS || e->topic == TOPIC_FASHION;
	uint64_t hash = hash_mix(e->text, 5);

	if (is_reply(e) || e->text / 7 % 10 >= (filler ? 5 : 1))
		return STR("");
	if (e->act == ACT_COPY)
		hash ^= 1ull << (e->id & 63);
	return str_fmt(perm, "%016llx", (unsigned long long)hash);
}

static void
add_text(struct buf *b, const struct cast *c, const struct event *e, struct claque_str tags,
	 struct arena scratch)
{
	enum topic topic = e->act == ACT_REPLY ? TOPIC_COMMENT : (enum topic)e->topic;
	uint64_t seed = e->act == ACT_REPLY ? e->id : e->text;
	struct claque_str tag;

	if (hash_mix(e->id, 3) % HOSTILE_EVERY == 0)
		buf_addz(b, words_at(WORDS_HOSTILE, e->id));
	if (is_reply(e)) {
		buf_addc(b, '@');
		buf_add(b, cast_handle(c, e->ref_actor, false));
		buf_addc(b, ' ');
	}
	if (c->world.graded)
		tale_text(c, e, b, scratch);
	else if (e->act == ACT_LINK && e->id % 3 == 0) {
		words_text(TOPIC_COMMENT, e->id, b);
		buf_addz(b, ": ");
	}
	if (!c->world.graded)
		words_text(topic == TOPIC_STAR && e->act == ACT_LINK ? TOPIC_NEWS : topic, seed, b);
	while (str_cut(&tags, ' ', &tag) && tag.len > 0) {
		buf_addz(b, " #");
		buf_add(b, tag);
	}
}

/* Log-normal around what so many followers bring; replies and shares are rarer. */
static void
reactions(struct outfile *o, const struct cast *c, const struct event *e)
{
	static const double rarer[3] = { 0, 1.6, 2.2 };
	const struct actor *a = &c->actors[e->actor];
	const struct group *g = &c->groups[a->group];
	double gap = g->network != NULL ? g->network->knobs.gap : role_is_planted(g->role);
	struct rng r = rng_seeded(e->id);

	for (size_t i = 0; i < 3; i++) {
		double mean = 0.55 * log(a->followers + 1.0) - 1.2 - rarer[i] - gap;
		double n = exp(mean + rng_normal(&r));

		outfile_field_number(o, e->act == ACT_RESHARE ? 0 : (int64_t)fmin(n, 9e6));
	}
}

static const char *
client(const struct cast *c, const struct event *e)
{
	static const char *const usual[4] = { "iPhone app", "Android app", "Web", "iPhone app" };
	const struct actor *a = &c->actors[e->actor];

	if (c->groups[a->group].role == ROLE_CELL && !c->world.graded)
		return e->id % 25 == 0 ? "Android app" : "Web";
	return usual[(a->seed >> 8) % 4];
}

/* As ad libraries tell it: "100-199". Nothing for what is no ad. */
static struct claque_str
spend(const struct cast *c, const struct event *e, struct arena *perm)
{
	struct rng r = rng_seeded(hash_mix(e->id, 9));
	double mean = c->world.networks[e->act == ACT_AD ? e->ref_actor : 0].spend;
	unsigned step = (unsigned)fmin(mean * exp(0.8 * rng_normal(&r)) / SPEND_STEP, 1e6);

	if (e->act != ACT_AD)
		return STR("");
	return str_fmt(perm, "%u-%u", step * SPEND_STEP, (step + 1) * SPEND_STEP - 1);
}

void
post_header(struct outfile *o, const struct cast *c)
{
	outfile_text(o, STR(COLUMNS));
	outfile_text(o, c->world.ads ? STR(",spend_usd\n") : STR("\n"));
}

void
post_row(struct outfile *o, const struct cast *c, const struct event *e, struct arena scratch)
{
	struct arena *a = &scratch;
	const struct actor *actor = &c->actors[e->actor];
	bool refers = e->act == ACT_RESHARE || is_reply(e);
	struct claque_str tags = hashtags(c, e, a);
	struct buf text;

	buf_init(&text, TEXT_MOST);
	add_text(&text, c, e, tags, scratch);
	outfile_field(o, post_id(c, e->actor, e->id, a));
	outfile_field(o, cast_id(c, e->actor, a));
	outfile_field(o, str_of(cast_platform(c, actor)));
	outfile_field(o, clock_text(a, e->at, CLOCK_RFC3339));
	outfile_field(o, str_of(types[e->act]));
	outfile_field(o, buf_str(&text));
	outfile_field(o, refers ? post_id(c, e->ref_actor, e->ref_id, a) : STR(""));
	outfile_field(o, refers ? cast_id(c, e->ref_actor, a) : STR(""));
	outfile_field(o, urls(c, e, a));
	outfile_field(o, tags);
	outfile_field(o, is_reply(e) ? cast_handle(c, e->ref_actor, false) : STR(""));
	outfile_field(o, media(e, a));
	outfile_field(o, str_of(tongue_code(c->world.tongue)));
	reactions(o, c, e);
	outfile_field(o, str_of(client(c, e)));
	if (c->world.ads)
		outfile_field(o, spend(c, e, a));
	outfile_end_row(o);
	buf_done(&text);
}
