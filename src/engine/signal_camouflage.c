/*
 * signal_camouflage.c - filler from a common stock (S16): words or pictures of
 * an account's own that a few others post as theirs, too.
 *
 * Operations fill their timelines with posts on pets and fashion to look like
 * people, and hand one stock of them to all accounts. Looked at are posts that
 * pass nothing on: no link, no hashtag, no answer, and not the words or the
 * picture of a post that anybody reshared, quoted or linked; what is spread
 * together, honestly or not, is for the signals of coordination. The fewer have
 * a text or picture, the more it tells, 1 / log2 of them, as with profile
 * pictures (signal_avatar.c): 1 for two, 0.11 for a greeting of 500 people.
 * Whoever has it under a similar name is taken for the same person, who posts
 * the same on two platforms; and what nobody else has on the account's own
 * platform may be somebody's post from another one, pasted.
 *
 * Left out: how far the filler lies from an account's other subjects. People
 * have pets and politics.
 */
#include "config.h"

#include "engine/signal.h"

#include <math.h>

#include "base/array.h"
#include "engine/persona.h"
#include "engine/tick.h"

enum {
	POSTS_MIN = 3,
	/* More accounts have it: a crowd, whatever their names. */
	HOLDERS_MAX = 64,
};

#define NO_STOCK UINT32_MAX
/* Posts of no stock that each account is thought to have beside its own. */
#define FIRMNESS 3.0

/* What several may have: text groups first, then pictures. */
struct stock {
	const struct claque_dataset *ds;
	const struct neardup *texts;
	struct coact pictures;
	bool *passes_on;	/* by post */
	uint32_t *picture;	/* by post: object of `pictures`, or NO_STOCK */
	bool *outside;		/* by item: somebody reshared, quoted or linked it */
	struct personas names;
	uint32_t items;
	uint64_t *from;		/* by item: accounts[from[i] .. from[i + 1]], each once */
	uint32_t *accounts;
};

/* The post of this account at this time and row; NO_POST if there is none. */
static uint32_t
find_post(const struct claque_dataset *ds, uint32_t account, int64_t at, uint32_t row)
{
	uint64_t lo = ds->post_from[account], hi = ds->post_from[account + 1];

	while (lo < hi) {
		uint64_t mid = lo + (hi - lo) / 2;
		const struct post *p = &ds->posts[mid];

		if (p->at < at || (p->at == at && p->row < row))
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == ds->post_from[account + 1] || ds->posts[lo].at != at || ds->posts[lo].row != row)
		return NO_POST;
	return (uint32_t)lo;
}

static bool
is_own(const struct post *p)
{
	return p->kind == CLAQUE_IS_original || p->kind == CLAQUE_IS_other;
}

static void
mark_passing(struct stock *s)
{
	const struct claque_dataset *ds = s->ds;

	s->passes_on = ARRAY_NEW(bool, ds->post_count);
	for (size_t i = 0; i < ds->post_count; i++)
		s->passes_on[i] = !is_own(&ds->posts[i]) ||
				  dataset_string(ds, ds->posts[i].tags).len > 0;
	for (size_t i = 0; i < ds->share_count; i++) {
		const struct claque_share *share = &ds->shares[i];
		uint32_t post;

		if (share->act == CLAQUE_ACT_media)
			continue;
		post = find_post(ds, share->account, share->at, share->row);
		if (post != NO_POST)
			s->passes_on[post] = true;
	}
}

static void
find_pictures(struct stock *s)
{
	s->picture = ARRAY_NEW(uint32_t, s->ds->post_count);
	for (size_t i = 0; i < s->ds->post_count; i++)
		s->picture[i] = NO_STOCK;
	for (size_t i = 0; i < s->pictures.count; i++) {
		const struct coact_act *a = &s->pictures.acts[i];
		uint32_t post = find_post(s->ds, s->ds->by_rank[a->account], a->at, a->row);

		if (post != NO_POST)
			s->picture[post] = a->object;
	}
}

/* What a post has of the stock: its text group and its picture. */
static void
items_of(const struct stock *s, size_t post, uint32_t out[2])
{
	out[0] = s->texts->group[s->ds->posts[post].text];
	if (out[0] == NO_TEXT_GROUP)
		out[0] = NO_STOCK;
	out[1] = s->picture[post] == NO_STOCK ? NO_STOCK : s->texts->group_count + s->picture[post];
}

static bool
was_shared(const struct claque_dataset *ds, uint32_t object)
{
	return object != CLAQUE_NO_OBJECT && ds->object_from[object + 1] > ds->object_from[object];
}

/* Native reshares repeat the words, and a shared post has them. */
static void
mark_outside(struct stock *s)
{
	s->items = s->texts->group_count + s->pictures.object_count;
	s->outside = ARRAY_NEW(bool, s->items);
	for (size_t i = 0; i < s->ds->post_count; i++) {
		const struct post *p = &s->ds->posts[i];
		uint32_t items[2];

		if (p->kind != CLAQUE_IS_reshare && !was_shared(s->ds, p->object))
			continue;
		items_of(s, i, items);
		for (int k = 0; k < 2; k++)
			if (items[k] != NO_STOCK)
				s->outside[items[k]] = true;
	}
}

/* Goes through all filler: counts holders of each item, or puts them down. */
static void
deal(struct stock *s, uint32_t *last, bool fill)
{
	for (uint32_t a = 0; a < s->ds->account_names.count; a++)
		for (uint64_t i = s->ds->post_from[a]; i < s->ds->post_from[a + 1]; i++) {
			uint32_t items[2];

			if (s->passes_on[i])
				continue;
			items_of(s, i, items);
			for (int k = 0; k < 2; k++) {
				uint32_t item = items[k];

				if (item == NO_STOCK || s->outside[item] || last[item] == a + 1)
					continue;
				last[item] = a + 1;
				if (fill)
					s->accounts[s->from[item + 1]++] = a;
				else
					s->from[item + 2]++;
			}
		}
}

static void
list_holders(struct stock *s)
{
	uint32_t *last = ARRAY_NEW(uint32_t, s->items);

	s->from = ARRAY_NEW(uint64_t, (size_t)s->items + 2);
	deal(s, last, false);
	for (size_t i = 2; i < (size_t)s->items + 2; i++)
		s->from[i] += s->from[i - 1];
	s->accounts = ARRAY_NEW(uint32_t, s->from[s->items + 1]);
	memset(last, 0, s->items * sizeof(*last));
	deal(s, last, true);
	array_free(last);
}

/* How much this item tells of this account, 0 to 1. */
static double
weight(struct stock *s, uint32_t item, uint32_t account)
{
	const struct account *accounts = s->ds->accounts;
	uint64_t holders, others = 0, near = 0;

	if (item == NO_STOCK || s->outside[item])
		return 0;
	holders = s->from[item + 1] - s->from[item];
	if (holders < 2)
		return 0;
	if (holders > HOLDERS_MAX)
		return 1 / log2((double)holders);
	for (uint64_t i = s->from[item]; i < s->from[item + 1]; i++) {
		uint32_t other = s->accounts[i];

		if (other == account || !persona_differs(&s->names, account, other))
			continue;
		others++;
		near += accounts[other].platform == accounts[account].platform;
	}
	return near == 0 ? 0 : 1 / log2((double)others + 1);
}

static void
measure_one(struct stock *s, uint32_t account, struct claque_trait *out)
{
	double sum = 0, most = 0;

	for (uint64_t i = s->ds->post_from[account]; i < s->ds->post_from[account + 1]; i++) {
		uint32_t items[2];
		double w;

		if (s->passes_on[i])
			continue;
		items_of(s, i, items);
		w = fmax(weight(s, items[0], account), weight(s, items[1], account));
		out->n++;
		sum += w;
		if (w > most)
			out->row = s->ds->posts[i].row;
		most = fmax(most, w);
	}
	if (out->n >= POSTS_MIN)
		out->value = sum / (out->n + FIRMNESS);
}

static double
mean_value(const struct claque_dataset *ds, const struct claque_trait *out)
{
	double sum = 0, n = 0;

	for (uint32_t r = 0; r < ds->account_names.count; r++) {
		double value = out[ds->by_rank[r]].value;

		if (!isnan(value)) {
			sum += value;
			n++;
		}
	}
	return n > 0 ? sum / n : (double)NAN;
}

static enum claque_rc
measure_all(struct stock *s, const struct claque_progress *progress,
	    struct claque_trait *out)
{
	struct ticker t = { .progress = progress, .stage = "looking for filler",
			    .total = s->ds->account_names.count };
	double usual;

	for (uint32_t a = 0; a < s->ds->account_names.count; a++) {
		measure_one(s, a, &out[a]);
		if (!tick(&t, 1, 16 + (uint64_t)out[a].n * HOLDERS_MAX))
			return CLAQUE_STOPPED;
	}
	usual = mean_value(s->ds, out);
	for (uint32_t a = 0; a < s->ds->account_names.count; a++)
		if (!isnan(out[a].value))
			out[a].expected = usual;
	return CLAQUE_OK;
}

static void
stock_done(struct stock *s)
{
	coact_done(&s->pictures);
	personas_done(&s->names);
	array_free(s->passes_on);
	array_free(s->picture);
	array_free(s->outside);
	array_free(s->from);
	array_free(s->accounts);
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	struct stock s = { .ds = w->ds, .texts = &w->texts };
	double usual[CLAQUE_PARAM_MAX];
	enum claque_rc rc;

	(void)params;
	signal_defaults(&signal_co_media, usual);
	rc = signal_co_media.acts(w, usual, progress, &s.pictures, err);
	if (rc != CLAQUE_OK)
		return rc;
	personas_init(&s.names, w->ds);
	mark_passing(&s);
	find_pictures(&s);
	mark_outside(&s);
	list_holders(&s);
	rc = measure_all(&s, progress, out);
	stock_done(&s);
	return rc;
}

const struct signal signal_camouflage = {
	.info = {
		.id = "S16", .name = "camouflage",
		.help = "filler of its own that a few accounts of other names post, too",
		.source = "Meta, Adversarial Threat Report, Third Quarter 2023",
		.unit = "share of own posts, rare stock counting most",
		.needs = "texts, pictures", .cost = "O(posts + shares)",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_ACCOUNTS,
	},
	.needs = WORKING_TEXTS,
	.measure = measure,
	.model = {
		.bins = 4, .cuts = { 0.01, 0.04, 0.1 },
		.operation = { 0.3, 0.15, 0.3, 0.25 },
		.share = 0.5, .worth = 4, .open_worth = 10,
		.member_cap = 1.5, .group_cap = 2.995732273553991,
	},
	.says = "fill up with texts or pictures that a few others post as theirs, too",
};
