#include "config.h"

#include "scenario/tale.h"

#include "scenario/domain.h"
#include "scenario/prose.h"

enum { TAGS_OF_A_TOPIC = 8, LIKES_PERCENT = 60, REDIRECTS_PERCENT = 65,
       TOOLKIT_TEXTS = 6, TOOLKIT_PERCENT = 60 };

static const struct group *
group_of(const struct cast *c, const struct event *e)
{
	return &c->groups[c->actors[e->actor].group];
}

static double
unit(uint64_t seed)
{
	return (double)(seed >> 11) * 0x1p-53;
}

/* A campaign's supporters mostly use the texts that it hands out that day. */
static uint64_t
toolkit_text(const struct event *e)
{
	uint64_t day = (uint64_t)(e->at / 86400000);

	if (e->text % 100 >= TOOLKIT_PERCENT)
		return e->text;
	return hash_mix(day, e->text / 100 % TOOLKIT_TEXTS);
}

/* How much of the text is the writer's own. */
static double
rewording(const struct cast *c, const struct event *e)
{
	const struct group *g = group_of(c, e);

	if (e->act == ACT_BOT)
		return 0.2;
	if (e->act == ACT_SPAM || e->act == ACT_WIRE)
		return 0.06;
	if (g->network == NULL || e->act == ACT_RESHARE)
		return e->act == ACT_PUSH || e->act == ACT_PETITION ? 1 : 0;
	return g->network->knobs.reword * (e->act == ACT_POST ? 0.5 : 1);
}

/* By a language model, say: no run of words is left, what it is about is. */
static bool
is_anew(const struct cast *c, const struct event *e)
{
	const struct network *n = group_of(c, e)->network;
	bool together = e->act != ACT_POST && e->act != ACT_RESHARE && e->act != ACT_REPLY;

	return n != NULL && together && network_uses(n, TACTIC_PARAPHRASE) &&
	       unit(hash_mix(e->id, 10)) < n->anew;
}

void
tale_text(const struct cast *c, const struct event *e, struct buf *out, struct arena scratch)
{
	struct prose prose = { .tongue = c->world.tongue, .topic = (enum topic)e->topic,
			       .seed = e->text, .twist = e->id, .reword = rewording(c, e),
			       .anew = is_anew(c, e) };

	if (e->topic == TOPIC_ASIA)
		prose.places = c->world.elsewhere;

	if (e->act == ACT_REPLY) {
		prose.topic = TOPIC_COMMENT;
		prose.seed = e->id;
	} else if (e->act == ACT_ACTION) {
		prose.seed = toolkit_text(e);
	} else if (e->act == ACT_LINK && e->id % 2 == 0) {
		prose.seed = e->id;	/* one's own words about the article */
	}
	prose_text(&prose, out, scratch);
}

/* --- links */

static struct claque_str
article(const struct cast *c, const struct event *e, struct arena *perm)
{
	enum side side = e->topic == TOPIC_LEFT ? SIDE_LEFT : e->topic == TOPIC_RIGHT ? SIDE_RIGHT
								      : SIDE_NEWS;
	uint32_t which = (uint32_t)(e->text >> 8 & 0xffff);
	uint64_t kind = e->text % 100;
	struct claque_str host;

	if (kind < 12)
		host = domain_blog(c, which, perm);
	else if (kind < 22)
		host = domain_edition(c, which % DOMAIN_EDITIONS, perm);
	else
		host = domain_outlet(c, domain_of_source(side, which), perm);
	return str_fmt(perm, "https://" STR_FMT "/story/%08llx", STR_ARG(host),
		       (unsigned long long)(e->text >> 32));
}

/* Of the day of the event; it leads to the page whose address ends as its own. */
static struct claque_str
redirect(const struct cast *c, const struct event *e, const struct network *n, uint32_t k,
	 struct arena *perm)
{
	uint32_t day = (uint32_t)((e->at - c->start) / 86400000);
	struct claque_str host = domain_redirect(c, n, k, day / n->redirect_days, perm);

	return str_fmt(perm, "https://" STR_FMT "/%08llx", STR_ARG(host),
		       (unsigned long long)(e->text >> 32));
}

static struct claque_str
petition(const struct cast *c, const struct event *e, struct arena *perm)
{
	uint32_t site = (uint32_t)(e->text >> 8) % DOMAIN_PETITIONS;

	return str_fmt(perm, "https://" STR_FMT "/p/%05llu",
		       STR_ARG(domain_petitions(c, site, perm)),
		       (unsigned long long)(e->text >> 16) % 100000);
}

static struct claque_str
pushed(const struct cast *c, const struct event *e, struct arena *perm)
{
	const struct network *n = &c->world.networks[e->ref_actor];
	uint32_t k = (uint32_t)(e->text >> 8) % DOMAIN_LIKES, outlet;
	bool like = network_uses(n, TACTIC_LOOKALIKES) && e->text % 100 < LIKES_PERCENT;
	struct claque_str host;

	if (like && network_uses(n, TACTIC_REDIRECTS) &&
	    hash_mix(e->id, 9) % 100 < REDIRECTS_PERCENT)
		return redirect(c, e, n, k, perm);
	host = like ? domain_like(c, n, k, &outlet, perm) : domain_campaign(c, n, perm);
	return str_fmt(perm, "https://" STR_FMT "/%s/%08llx", STR_ARG(host), like ? "story" : "act",
		       (unsigned long long)(e->text >> 32));
}

/* Where posts stand on that platform. */
static struct claque_str
original(const struct cast *c, const struct event *e, struct arena *perm)
{
	const struct network *n = group_of(c, e)->network;
	const char *platform = cast_platform(c, &c->actors[e->ref_actor]);

	if (n != NULL && unit(hash_mix(e->id, 8)) >= n->knobs.linked)
		return STR("");
	return str_fmt(perm, "https://%s.com/" STR_FMT "/status/%llu", platform,
		       STR_ARG(cast_handle(c, e->ref_actor, false)),
		       (unsigned long long)e->ref_id);
}

bool
tale_links(const struct event *e)
{
	return e->act == ACT_COPY || e->act == ACT_LINK || e->act == ACT_PUSH ||
	       e->act == ACT_AD || e->act == ACT_PETITION || e->act == ACT_SPAM;
}

struct claque_str
tale_url(const struct cast *c, const struct event *e, struct arena *perm)
{
	if (e->act == ACT_COPY)
		return original(c, e, perm);
	if (e->act == ACT_LINK)
		return article(c, e, perm);
	if (e->act == ACT_PETITION)
		return petition(c, e, perm);
	if (e->act == ACT_PUSH || e->act == ACT_AD)
		return pushed(c, e, perm);
	return str_fmt(perm, "https://" STR_FMT "/r/%04llx",
		       STR_ARG(domain_spam(c, c->actors[e->actor].group, perm)),
		       (unsigned long long)(e->text >> 48));
}

struct claque_str
tale_tag(const struct cast *c, const struct event *e, struct arena *perm)
{
	uint64_t tag = hash_mix(e->text, 6) % TAGS_OF_A_TOPIC;

	if (e->act == ACT_COPY && unit(hash_mix(e->id, 7)) < rewording(c, e))
		return STR("");
	return tongue_word(c->world.tongue, hash_mix(tag, e->topic + 40u), false, perm);
}
