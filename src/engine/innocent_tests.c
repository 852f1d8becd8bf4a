/*
 * innocent_tests.c - the innocent explanations, a function each. What a group
 * would have to look like is said before each; what is usual comes from the
 * rest of the file.
 */
#include "config.h"

#include "engine/innocent.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "engine/odds.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define MINUTE_MS INT64_C(60000)

/* Fewer joint posts show no pattern. */
enum { JOINT_LEAST = 5 };
/* A member with fewer posts shows no clockwork. */
enum { CLOCK_POSTS_LEAST = 10, MINUTES = 60, MINUTES_FIXED = 3 };
/* A toolkit names a few days: this share of the file's days, at least one. */
#define ACTION_DAYS 0.1
/* What one site makes of a house that nothing else shows. */
#define SITE_ALONE 0.5
/* Reaching so much less than the busiest feeds is no feed: followers beside a member's. */
#define FEED_FOLLOWERS 10

static double
share_of(size_t part, size_t whole)
{
	return whole > 0 ? (double)part / (double)whole : 0;
}

static double
least(double a, double b)
{
	return a < b ? a : b;
}

static double
most(double a, double b)
{
	return a > b ? a : b;
}

/* The share beyond what is usual elsewhere, of what could be beyond it. */
static double
beyond(double share, double elsewhere)
{
	return elsewhere < 1 && share > elsewhere ? (share - elsewhere) / (1 - elsewhere) : 0;
}

static double
share_of_pairs(const struct suspect_group *g, uint64_t pairs)
{
	return (double)pairs / (double)g->joint->pairs[g->group];
}

/* --- what several tests ask */

/* Mean of a trait's measure over the members of whom it is known; NAN if of none. */
static double
mean_trait(const struct suspect_group *g, const struct signal *signal, uint32_t *known)
{
	const struct belief *b = &g->joint->scene->belief;
	double sum = 0;

	*known = 0;
	for (size_t t = 0; t < b->trait_count; t++)
		for (uint32_t i = 0; b->traits[t].signal == signal && i < g->account_count; i++) {
			double value = b->traits[t].measures[g->accounts[i]].value;

			if (isnan(value))
				continue;
			sum += value;
			++*known;
		}
	return *known > 0 ? sum / *known : (double)NAN;
}

/* Share of partners whose profile names the same; 0 where nothing is known. */
static double
declared(const struct suspect_group *g)
{
	uint32_t known;
	double mean = mean_trait(g, &signal_declared, &known);

	return known * 2 >= g->account_count ? mean : 0;
}

static double
verified(const struct suspect_group *g)
{
	const struct claque_dataset *ds = g->joint->scene->ds;
	size_t n = 0;

	for (uint32_t i = 0; i < g->account_count; i++)
		n += ds->accounts[g->accounts[i]].verified == 1;
	return share_of(n, g->account_count);
}

static int
compare_times(const void *pa, const void *pb)
{
	int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;

	return (a > b) - (a < b);
}

/* The middle of the delays after the posts that are repeated, in minutes; NAN if unknown. */
static double
median_reaction(const struct suspect_group *g)
{
	int64_t *lags = ARRAY_NEW(int64_t, g->post_count);
	size_t n = 0;
	double median;

	for (size_t i = 0; i < g->post_count; i++)
		if (g->posts[i].original_at != CLAQUE_NO_TIME)
			lags[n++] = g->posts[i].at - g->posts[i].original_at;
	array_sort(lags, n, sizeof(*lags), compare_times);
	median = n > 0 ? (double)lags[n / 2] / MINUTE_MS : (double)NAN;
	array_free(lags);
	return median;
}

static bool
enough(const struct suspect_group *g, struct finding *out)
{
	out->n = g->post_count;
	if (g->post_count >= JOINT_LEAST)
		return true;
	out->covered = (double)NAN;
	(void)snprintf(out->text, sizeof(out->text),
		       "not tested: only %zu joint posts", g->post_count);
	return false;
}

/* --- the tests */

struct member_star {
	uint32_t account, author;
	uint64_t pairs;
};

static int
compare_stars(const void *pa, const void *pb)
{
	const struct member_star *a = pa, *b = pb;

	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	return (a->author > b->author) - (a->author < b->author);
}

/* An author that so large a share of a group's pairs repeats may be a star. */
#define STAR_SHARE 0.05

/* Pairs of one member's posts on the author it repeats most; one post is no loyalty. */
static uint64_t
most_loyal(const struct member_star *posts, size_t count)
{
	uint64_t best = 0;

	for (size_t i = 0, end; i < count; i = end) {
		uint64_t pairs = 0;

		for (end = i; end < count && posts[end].author == posts[i].author; end++)
			pairs += posts[end].pairs;
		if (posts[i].author != UINT32_MAX && end - i > 1 && pairs > best)
			best = pairs;
	}
	return best;
}

/*
 * The share of pairs that are on the one star of the member who posted. Two
 * fandoms in one group are still fandoms; who spreads what many write has no
 * star.
 */
static double
on_own_star(const struct suspect_group *g)
{
	uint32_t *author = joint_authors(g->joint, g->group, STAR_SHARE);
	struct member_star *stars = ARRAY_NEW(struct member_star, g->post_count);
	uint64_t loyal = 0;

	for (size_t i = 0; i < g->post_count; i++)
		stars[i] = (struct member_star){ g->posts[i].account, author[i],
						 g->posts[i].pairs };
	array_sort(stars, g->post_count, sizeof(*stars), compare_stars);
	for (size_t i = 0, end; i < g->post_count; i = end) {
		for (end = i; end < g->post_count && stars[end].account == stars[i].account; end++)
			;
		loyal += most_loyal(stars + i, end - i);
	}
	array_free(author);
	array_free(stars);
	return share_of_pairs(g, loyal);
}

/* Stars: whose posts they repeat is one author's each, or they declare it under one hashtag. */
static void
test_fandom(const struct suspect_group *g, struct finding *out)
{
	struct joint_top author, tag;
	double loyal, minutes, open = declared(g);
	int at;

	if (!enough(g, out))
		return;
	author = joint_top(g->joint, g->group, JOINT_AUTHOR);
	tag = joint_top(g->joint, g->group, JOINT_TAG);
	loyal = on_own_star(g);
	out->covered = most(beyond(loyal, author.elsewhere),
			    beyond(tag.share, tag.elsewhere) * least(1, 2 * open));
	at = snprintf(out->text, sizeof(out->text),
		      "%.0f %% of pairs on %zu joint posts repeat the member's one star, %.0f %% one author "
		      "(%.2g %% of all others), %.0f %% carry one hashtag (%.2g %%), %.0f %% of partners "
		      "declare the same", 100 * loyal, g->post_count, 100 * author.share,
		      100 * author.elsewhere, 100 * tag.share, 100 * tag.elsewhere, 100 * open);
	minutes = median_reaction(g);
	if (!isnan(minutes) && at > 0 && (size_t)at < sizeof(out->text))
		(void)snprintf(out->text + at, sizeof(out->text) - (size_t)at,
			       "; median %.0f min after the post", minutes);
}

/* A wire or a newsroom: own posts with the same words or link within minutes, of one house. */
static void
test_newsroom(const struct suspect_group *g, struct finding *out)
{
	struct joint_top site;
	double quick, house, open = declared(g), sure = verified(g);
	uint64_t pairs = 0;

	if (!enough(g, out))
		return;
	for (size_t i = 0; i < g->post_count; i++)
		pairs += g->posts[i].own && g->posts[i].close ? g->posts[i].pairs : 0;
	quick = share_of_pairs(g, pairs);
	site = joint_top(g->joint, g->group, JOINT_SITE);
	/* A site alone may be a campaign's: people of a house say so, or are verified. */
	house = most(SITE_ALONE * beyond(site.share, site.elsewhere), most(open, sure));
	out->covered = quick * house;
	(void)snprintf(out->text, sizeof(out->text),
		       "%.0f %% of pairs on %zu joint posts are own posts with the same words or link within "
		       "10 min of another member's; %.0f %% link one site (%.2g %% of all others do), "
		       "%.0f %% of the members are verified, %.0f %% of partners declare the same",
		       100 * quick, g->post_count, 100 * site.share, 100 * site.elsewhere,
		       100 * sure, 100 * open);
}

struct day {
	int64_t day;
	uint64_t pairs;
	size_t joint, all;
};

static int
compare_days(const void *pa, const void *pb)
{
	const struct day *a = pa, *b = pb;

	return (a->day > b->day) - (a->day < b->day);
}

static int
busiest_first(const void *pa, const void *pb)
{
	const struct day *a = pa, *b = pb;

	if (a->pairs != b->pairs)
		return a->pairs > b->pairs ? -1 : 1;
	return compare_days(pa, pb);
}

static int64_t
day_of(int64_t at)
{
	return at / DAY_MS - (at % DAY_MS < 0);
}

/* Days with joint posts, and all posts of the members on them. The caller's. */
static struct day *
list_days(const struct suspect_group *g, size_t *count, size_t *posts)
{
	const struct claque_dataset *ds = g->joint->scene->ds;
	struct day *days = ARRAY_NEW(struct day, g->post_count);
	size_t n = 0;

	for (size_t i = 0; i < g->post_count; i++)
		days[i] = (struct day){ day_of(g->posts[i].at), g->posts[i].pairs, 1, 0 };
	array_sort(days, g->post_count, sizeof(*days), compare_days);
	for (size_t i = 0; i < g->post_count; i++)
		if (n > 0 && days[n - 1].day == days[i].day) {
			days[n - 1].joint++;
			days[n - 1].pairs += days[i].pairs;
		} else {
			days[n++] = days[i];
		}
	*posts = 0;
	for (uint32_t i = 0; i < g->account_count; i++)
		for (uint64_t p = ds->post_from[g->accounts[i]];
		     p < ds->post_from[g->accounts[i] + 1]; p++) {
			struct day key = { .day = day_of(ds->posts[p].at) }, *found;

			if (ds->posts[p].at == CLAQUE_NO_TIME)
				continue;
			++*posts;
			found = bsearch(&key, days, n, sizeof(*days), compare_days);
			if (found != NULL)
				found->all++;
		}
	*count = n;
	return days;
}

/* A toolkit: what they do together falls on few days, what else they do does not. */
static void
test_activists(const struct suspect_group *g, struct finding *out)
{
	double span, inside, ordinary, toolkit, open = declared(g);
	struct joint_top tag, site;
	struct day *days;
	size_t count, posts, joint = 0, all = 0, few;
	uint64_t pairs = 0;

	if (!enough(g, out))
		return;
	span = (double)(g->joint->last - g->joint->first) / DAY_MS + 1;
	few = (size_t)ceil(ACTION_DAYS * span);
	days = list_days(g, &count, &posts);
	array_sort(days, count, sizeof(*days), busiest_first);
	for (size_t i = 0; i < few && i < count; i++) {
		pairs += days[i].pairs;
		joint += days[i].joint;
		all += days[i].all;
	}
	array_free(days);
	inside = share_of_pairs(g, pairs);
	/* Posts that are not known are as those elsewhere: spread over the days. */
	ordinary = posts > g->post_count && all >= joint
		   ? share_of(all - joint, posts - g->post_count) : least(1, (double)few / span);
	tag = joint_top(g->joint, g->group, JOINT_TAG);
	site = joint_top(g->joint, g->group, JOINT_SITE);
	toolkit = most(most(beyond(tag.share, tag.elsewhere), beyond(site.share, site.elsewhere)),
		       open);
	out->covered = beyond(inside, ordinary) * least(1, 2 * toolkit);
	(void)snprintf(out->text, sizeof(out->text),
		       "%.0f %% of pairs on %zu joint posts fall on the %zu busiest of %.0f days, %.0f %% of the "
		       "members' other posts; %.0f %% carry one hashtag, %.0f %% link one site, "
		       "%.0f %% of partners declare the same",
		       100 * inside, g->post_count, few, span, 100 * ordinary, 100 * tag.share,
		       100 * site.share, 100 * open);
}

/* People of one house: they spread its site and say that they belong to it. */
static void
test_brand(const struct suspect_group *g, struct finding *out)
{
	struct joint_top site;
	double open = declared(g);

	if (!enough(g, out))
		return;
	site = joint_top(g->joint, g->group, JOINT_SITE);
	out->covered = beyond(site.share, site.elsewhere) * least(1, 2 * open);
	(void)snprintf(out->text, sizeof(out->text),
		       "%.0f %% of pairs on %zu joint posts link one site (%.2g %% of all others do); %.0f %% of "
		       "partners declare the same", 100 * site.share, g->post_count,
		       100 * site.elsewhere, 100 * open);
}

struct talk {
	uint32_t from, to;
};

static int
compare_talks(const void *pa, const void *pb)
{
	const struct talk *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* Replies and quotes from member to member; the caller's. */
static struct talk *
list_talks(const struct suspect_group *g, size_t *count)
{
	const struct scene *s = g->joint->scene;
	const struct claque_dataset *ds = s->ds;
	struct talk *talks = NULL;
	size_t cap = 0;

	*count = 0;
	ARRAY_GROW(talks, cap, 1);
	for (uint32_t i = 0; i < g->account_count; i++) {
		uint32_t a = g->accounts[i];

		for (uint64_t p = ds->post_from[a]; p < ds->post_from[a + 1]; p++) {
			const struct post *post = &ds->posts[p];
			uint32_t to = post->parent == CLAQUE_NO_OBJECT ||
				      (post->kind != CLAQUE_IS_reply && post->kind != CLAQUE_IS_quote)
				      ? NO_POST : ds->object_post[post->parent];

			if (to == NO_POST || ds->posts[to].account == a ||
			    s->group_of[ds->posts[to].account] != g->group)
				continue;
			ARRAY_GROW(talks, cap, *count + 1);
			talks[(*count)++] = (struct talk){ a, ds->posts[to].account };
		}
	}
	array_sort(talks, *count, sizeof(*talks), compare_talks);
	return talks;
}

/* Members who answered another one and were answered by the same. */
static size_t
count_friends(const struct talk *talks, size_t count)
{
	size_t friends = 0;

	for (size_t i = 0, end; i < count; i = end) {
		bool mutual = false;

		for (end = i; end < count && talks[end].from == talks[i].from; end++) {
			struct talk back = { talks[end].to, talks[end].from };

			mutual |= bsearch(&back, talks, count, sizeof(*talks), compare_talks) != NULL;
		}
		friends += mutual;
	}
	return friends;
}

/* The share of the members that declare the most common place, and how usual that is. */
static double
one_place(const struct suspect_group *g, double *elsewhere)
{
	const struct claque_dataset *ds = g->joint->scene->ds;
	uint32_t accounts = ds->account_names.count;
	uint32_t *members = ARRAY_NEW(uint32_t, ds->strings.count), best = UINT32_MAX;
	size_t others = 0, there = 0;

	for (uint32_t i = 0; i < g->account_count; i++) {
		uint32_t place = ds->accounts[g->accounts[i]].location;

		if (dataset_string(ds, place).len == 0)
			continue;
		members[place]++;
		if (best == UINT32_MAX || members[place] > members[best] ||
		    (members[place] == members[best] &&
		     str_cmp(dataset_string(ds, place), dataset_string(ds, best)) < 0))
			best = place;
	}
	for (uint32_t a = 0; a < accounts; a++)
		if (g->joint->scene->group_of[a] != g->group) {
			others++;
			there += ds->accounts[a].location == best;
		}
	*elsewhere = best != UINT32_MAX ? share_of(there, others) : 0;
	others = best != UINT32_MAX ? members[best] : 0;
	array_free(members);
	return share_of(others, g->account_count);
}

/* Friends, neighbours: they answer each other; from one place more so. */
static void
test_friends(const struct suspect_group *g, struct finding *out)
{
	double mutual, place, elsewhere;
	struct talk *talks;
	size_t count, friends;

	out->n = g->account_count;
	if (g->joint->scene->ds->post_count == 0) {
		out->covered = (double)NAN;
		(void)snprintf(out->text, sizeof(out->text), "not tested: no posts, so no replies");
		return;
	}
	talks = list_talks(g, &count);
	friends = count_friends(talks, count);
	array_free(talks);
	mutual = share_of(friends, g->account_count);
	place = one_place(g, &elsewhere);
	out->covered = mutual * (0.5 + 0.5 * most(mutual, beyond(place, elsewhere)));
	(void)snprintf(out->text, sizeof(out->text),
		       "%zu of %u members answered another member and were answered by the same; "
		       "%.0f %% declare one place (%.2g %% of all others do)",
		       friends, g->account_count, 100 * place, 100 * elsewhere);
}

/* Does an account post at a few fixed minutes of the hour? */
static bool
is_clockwork(const struct claque_dataset *ds, uint32_t account, size_t *posts)
{
	uint32_t minutes[MINUTES] = { 0 };
	size_t n = 0, top = 0;

	for (uint64_t p = ds->post_from[account]; p < ds->post_from[account + 1]; p++)
		if (ds->posts[p].at != CLAQUE_NO_TIME) {
			int64_t minute = ds->posts[p].at / MINUTE_MS % MINUTES;

			minutes[minute < 0 ? minute + MINUTES : minute]++;
			n++;
		}
	*posts = n;
	for (int k = 0; k < MINUTES_FIXED; k++) {
		unsigned best = 0;

		for (unsigned m = 1; m < MINUTES; m++)
			if (minutes[m] > minutes[best])
				best = m;
		top += minutes[best];
		minutes[best] = 0;
	}
	return n >= CLOCK_POSTS_LEAST && 2 * top >= n;
}

/* The share of the members' posts that went out through one client program. */
static double
one_client(const struct suspect_group *g)
{
	const struct claque_dataset *ds = g->joint->scene->ds;
	uint32_t *counts = ARRAY_NEW(uint32_t, ds->strings.count), best = 0;
	size_t all = 0;

	for (uint32_t i = 0; i < g->account_count; i++)
		for (uint64_t p = ds->post_from[g->accounts[i]];
		     p < ds->post_from[g->accounts[i] + 1]; p++) {
			uint32_t client = ds->posts[p].client;

			all++;
			if (dataset_string(ds, client).len > 0 && ++counts[client] > best)
				best = counts[client];
		}
	array_free(counts);
	return share_of(best, all);
}

/* A tool: each member posts at fixed minutes of the hour. */
static void
test_tool(const struct suspect_group *g, struct finding *out)
{
	const struct claque_dataset *ds = g->joint->scene->ds;
	size_t known = 0, fixed = 0;
	double client = one_client(g);

	for (uint32_t i = 0; i < g->account_count; i++) {
		size_t posts;

		fixed += is_clockwork(ds, g->accounts[i], &posts);
		known += posts >= CLOCK_POSTS_LEAST;
	}
	out->n = known;
	out->covered = known * 2 >= g->account_count ? share_of(fixed, known) : (double)NAN;
	(void)snprintf(out->text, sizeof(out->text),
		       "%s%zu of %zu members with enough posts post half of them in at most %d fixed "
		       "minutes of the hour; %.0f %% of all went out through one program",
		       isnan(out->covered) ? "not tested: " : "", fixed, known, MINUTES_FIXED,
		       100 * client);
}

/* Common taste: as many common things as popularity explains, no closer in time than others. */
static void
test_taste(const struct suspect_group *g, struct finding *out)
{
	const struct scene *s = g->joint->scene;
	double seen = 0, expected = 0, quick = 0, paced = 0, overlap, timing;

	for (size_t e = 0; e < g->card->evidence_count; e++)
		for (unsigned f = 0; f < FUSED_COUNT; f++)
			if (strcmp(g->card->evidence[e].signal,
				   signal_table[fused_table[f].signal]->info.name) == 0) {
				const struct flow *flow = &s->flows[f][g->group];

				seen += g->card->evidence[e].observed;
				expected += g->card->evidence[e].expected;
				quick += flow->quick;
				paced += flow->quick_expected;
			}
	out->n = (uint64_t)seen;
	if (seen <= 0) {
		out->covered = (double)NAN;
		(void)snprintf(out->text, sizeof(out->text), "not tested: nothing in common");
		return;
	}
	overlap = least(1, expected / seen);
	timing = quick > 0 ? least(1, paced / quick) : 1;
	out->covered = overlap * timing;
	(void)snprintf(out->text, sizeof(out->text),
		       "popularity and activity explain %.3g of %.0f common pairs; %.0f pairs within "
		       "60 s, at the pace of the others %.3g", expected, seen, quick, paced);
}

struct outsider {
	uint32_t rank;
	uint64_t pairs;
};

static int
compare_outsiders(const void *pa, const void *pb)
{
	const struct outsider *a = pa, *b = pb;

	return (a->rank > b->rank) - (a->rank < b->rank);
}

/* The outsider who had it first most often, and the pairs of own posts behind him. */
static struct outsider
first_outsider(const struct suspect_group *g)
{
	const uint32_t *rank = g->joint->scene->ds->rank;
	struct outsider best = { NO_ACCOUNT, 0 };
	struct outsider *leaders = ARRAY_NEW(struct outsider, g->post_count);
	size_t n = 0;

	for (size_t i = 0; i < g->post_count; i++)
		if (g->posts[i].own && g->posts[i].leader != NO_ACCOUNT)
			leaders[n++] = (struct outsider){ rank[g->posts[i].leader],
							  g->posts[i].pairs };
	array_sort(leaders, n, sizeof(*leaders), compare_outsiders);
	for (size_t i = 0, end; i < n; i = end) {
		uint64_t pairs = 0;

		for (end = i; end < n && leaders[end].rank == leaders[i].rank; end++)
			pairs += leaders[end].pairs;
		if (pairs > best.pairs)
			best = (struct outsider){ leaders[i].rank, pairs };
	}
	array_free(leaders);
	return best;
}

/* A feed stands in the open: verified, or with many times a member's followers. */
static bool
is_feed(const struct suspect_group *g, uint32_t account)
{
	const struct account *feed = &g->joint->scene->ds->accounts[account];
	double followers = 0;

	for (uint32_t i = 0; i < g->account_count; i++) {
		int64_t f = g->joint->scene->ds->accounts[g->accounts[i]].followers;

		followers += f > 0 ? (double)f : 0;
	}
	return feed->verified == 1 || (feed->followers > 0 &&
		(double)feed->followers >= FEED_FOLLOWERS * followers / g->account_count);
}

/* Syndication: own posts that all repeat what one open feed had first. */
static void
test_syndication(const struct suspect_group *g, struct finding *out)
{
	struct outsider first;
	bool open;

	if (!enough(g, out))
		return;
	first = first_outsider(g);
	open = first.rank != NO_ACCOUNT && is_feed(g, g->joint->scene->ds->by_rank[first.rank]);
	out->covered = open ? share_of_pairs(g, first.pairs) : 0;
	(void)snprintf(out->text, sizeof(out->text),
		       "%.0f %% of pairs on %zu joint posts are own posts that repeat what one account outside "
		       "the group had first, which is %s",
		       100 * share_of_pairs(g, first.pairs), g->post_count,
		       open ? "verified or widely followed" : "no open feed");
}

/* Collection: the file holds little else than what they have in common. */
static void
test_collection(const struct suspect_group *g, struct finding *out)
{
	static const char *const names[JOINT_KEYS] = { "one author", "one site", "one hashtag" };
	double days = (double)(g->joint->last - g->joint->first) / DAY_MS;
	struct joint_top best = { .key = UINT32_MAX };
	unsigned kind = 0;

	if (!enough(g, out))
		return;
	for (unsigned k = 0; k < JOINT_KEYS; k++) {
		struct joint_top top = joint_top(g->joint, g->group, k);

		if (top.key != UINT32_MAX && least(top.share, top.elsewhere) >= out->covered) {
			out->covered = least(top.share, top.elsewhere);
			best = top;
			kind = k;
		}
	}
	(void)snprintf(out->text, sizeof(out->text),
		       "%.0f %% of pairs on %zu joint posts have %s in common, and so have %.2g %% of all "
		       "others in the file, which spans %.3g days",
		       100 * best.share, g->post_count, names[kind], 100 * best.elsewhere, days);
}

const struct innocent innocents[INNOCENT_COUNT] = {
#define X(function, name, tests) { name, tests, test_##function },
	INNOCENT_LIST(X)
#undef X
};
