/*
 * describe_job.c - one case read in four passes into bins and counts.
 *
 * Burstiness: (s - m) / (s + m) of mean and standard deviation of the gaps (Goh and Barabasi
 * 2008). Few posts make the entropy of hours low whatever the rhythm, hence the 24.
 */
#include "config.h"

#include "app/describe_job.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "model/record.h"

enum { HOUR_MS = 3600000, HOURS = 24, GAPS_LEAST = 10, POSTS_LEAST = 24, TEXT_LEAST = 20,
       TICK_EVERY = 4096 };

static const struct describe_measure_info measures[] = {
#define X(id, name, form, low, high, help) { name, help, DESCRIBE_IN_##form, low, high },
	DESCRIBE_LIST(X)
#undef X
};

struct text_seen {
	int64_t account;	/* that said it first */
	uint32_t posts;
	bool several;		/* accounts */
};

struct texts {
	struct map hashes;
	struct text_seen *of;	/* by number */
	size_t cap;
	uint64_t left_out;	/* texts whose hash has one of these bits */
};

struct reading {
	const struct describe_order *order;
	struct description *out;
	const struct claque_progress *progress;
	uint64_t done, total;
	/* The account at hand. */
	int64_t account, last;
	uint64_t posts, gaps, hours[HOURS];
	double mean, squares;	/* of its gaps, as they come (Welford 1962) */
	struct texts texts;
	int64_t source;		/* the one at hand */
	uint64_t reshares;	/* of it */
};

const struct describe_measure_info *
describe_measure(enum describe_measure m)
{
	return &measures[m];
}

static bool
go_on(struct reading *r)
{
	return ++r->done % TICK_EVERY != 0 || r->progress->tick == NULL ||
	       r->progress->tick(r->progress->ctx, "describing", r->done, r->total);
}

/* --- posts of one account after the other */

static void
end_account(struct reading *r)
{
	struct distribution *spread = r->out->spread;
	double deviation;

	if (r->posts == 0)
		return;
	distribution_add(&spread[DESCRIBE_POSTS], (double)r->posts);
	deviation = r->gaps > 0 ? sqrt(r->squares / (double)r->gaps) : 0;
	if (r->gaps >= GAPS_LEAST && deviation + r->mean > 0)
		distribution_add(&spread[DESCRIBE_BURSTS],
				 (deviation - r->mean) / (deviation + r->mean));
	if (r->last != CLAQUE_NO_TIME && r->gaps + 1 >= POSTS_LEAST)
		distribution_add(&spread[DESCRIBE_RHYTHM], counts_entropy(r->hours, HOURS));
}

static void
start_account(struct reading *r, int64_t account)
{
	end_account(r);
	r->account = account;
	r->last = CLAQUE_NO_TIME;
	r->posts = r->gaps = 0;
	r->mean = r->squares = 0;
	memset(r->hours, 0, sizeof(r->hours));
}

static void
add_gap(struct reading *r, double gap)
{
	double off = gap - r->mean;

	distribution_add(&r->out->spread[DESCRIBE_GAPS], gap);
	r->gaps++;
	r->mean += off / (double)r->gaps;
	r->squares += off * (gap - r->mean);
}

static bool
take_time(void *ctx, const struct describe_time *row)
{
	struct reading *r = ctx;
	size_t hour = (size_t)((row->at / HOUR_MS % HOURS + HOURS) % HOURS);

	if (row->account != r->account)
		start_account(r, row->account);
	r->posts++;
	if (row->at != CLAQUE_NO_TIME) {
		if (r->last != CLAQUE_NO_TIME)
			add_gap(r, ((double)row->at - (double)r->last) / 1000);
		r->last = row->at;
		r->hours[hour]++;
		r->out->hours[hour]++;
	}
	return go_on(r);
}

/* --- what posts are, and what they say */

static void
add_text(struct texts *t, uint64_t hash, const struct text_seen *seen)
{
	bool is_new;
	uint32_t n;

	if ((hash >> 32 & t->left_out) != 0)	/* not the bits that place it in the map */
		return;
	n = map_add(&t->hashes, (struct claque_str){ (const char *)&hash, sizeof(hash) }, &is_new);
	GROW(t->of, t->cap, t->hashes.count);
	if (is_new) {
		t->of[n] = *seen;
		return;
	}
	t->of[n].posts += seen->posts;
	t->of[n].several |= seen->several || t->of[n].account != seen->account;
}

/* Every other text is forgotten, with all its copies. */
static void
thin_out(struct texts *t)
{
	struct texts kept = { .left_out = t->left_out << 1 | 1 };

	map_init(&kept.hashes);
	for (uint32_t i = 0; i < t->hashes.count; i++) {
		uint64_t hash;

		memcpy(&hash, map_key(&t->hashes, i).p, sizeof(hash));
		add_text(&kept, hash, &t->of[i]);
	}
	map_done(&t->hashes);
	free(t->of);
	*t = kept;
}

static void
count_share(struct reading *r, enum describe_measure m, bool is)
{
	r->out->share[m].of++;
	r->out->share[m].n += is;
}

static bool
take_post(void *ctx, const struct describe_post *row)
{
	struct reading *r = ctx;
	struct claque_str text = str_trim(row->text);

	count_share(r, DESCRIBE_IS_RESHARE, row->kind == POST_reshare);
	count_share(r, DESCRIBE_IS_REPLY, row->kind == POST_reply);
	count_share(r, DESCRIBE_IS_QUOTE, row->kind == POST_quote);
	count_share(r, DESCRIBE_HAS_LINK, row->has_link);
	if (row->kind != POST_reshare && text.len >= TEXT_LEAST)
		add_text(&r->texts, hash_bytes(text, 0), &(struct text_seen){ row->account, 1, false });
	if (r->texts.hashes.count > r->order->texts_max)
		thin_out(&r->texts);
	return go_on(r);
}

static void
end_texts(struct reading *r)
{
	for (uint32_t i = 0; i < r->texts.hashes.count; i++) {
		const struct text_seen *seen = &r->texts.of[i];

		r->out->share[DESCRIBE_COPIED].of += seen->posts;
		r->out->share[DESCRIBE_COPIED].n += seen->several ? seen->posts : 0;
	}
}

/* --- sources and handles */

static void
end_source(struct reading *r)
{
	if (r->reshares > 0)
		distribution_add(&r->out->spread[DESCRIBE_RESHARES], (double)r->reshares);
	r->reshares = 0;
}

static bool
take_source(void *ctx, int64_t source)
{
	struct reading *r = ctx;

	if (source != r->source)
		end_source(r);
	r->source = source;
	r->reshares++;
	return go_on(r);
}

static bool
take_handle(void *ctx, struct claque_str handle)
{
	struct reading *r = ctx;
	size_t digits = 0;

	for (size_t i = 0; i < handle.len; i++)
		digits += byte_is_digit(handle.p[i]);
	distribution_add(&r->out->spread[DESCRIBE_HANDLE], (double)handle.len);
	distribution_add(&r->out->spread[DESCRIBE_DIGITS], (double)digits);
	return go_on(r);
}

/* --- a case */

static void
clear(struct description *out)
{
	memset(out, 0, sizeof(*out));
	for (unsigned m = 0; m < DESCRIBE_MEASURES; m++) {
		if (measures[m].form == DESCRIBE_IN_LOG)
			distribution_log(&out->spread[m], measures[m].low);
		if (measures[m].form == DESCRIBE_IN_LINEAR)
			distribution_linear(&out->spread[m], measures[m].low, measures[m].high);
	}
}

static enum claque_rc
read_all(struct reading *r, struct store *store, struct claque_err *err)
{
	enum claque_rc rc = describe_times(store, r->order->kind, take_time, r, err);

	if (rc == CLAQUE_OK)
		rc = describe_posts(store, r->order->kind, take_post, r, err);
	if (rc == CLAQUE_OK)
		rc = describe_reshares(store, take_source, r, err);
	if (rc == CLAQUE_OK)
		rc = describe_handles(store, take_handle, r, err);
	return rc;
}

enum claque_rc
describe_case(struct store *store, const struct describe_order *order,
	      const struct claque_progress *progress, struct description *out,
	      struct claque_err *err)
{
	struct reading r = { .order = order, .out = out, .progress = progress,
			     .last = CLAQUE_NO_TIME };
	struct store_counts counts;
	enum claque_rc rc = store_count_all(store, &counts, err);

	clear(out);
	if (rc != CLAQUE_OK)
		return rc;
	/* Each post is met twice, and as a reshare once more. */
	r.total = (uint64_t)(2 * counts.posts + counts.shares + counts.accounts);
	map_init(&r.texts.hashes);
	rc = read_all(&r, store, err);
	if (rc == CLAQUE_OK) {
		end_account(&r);
		end_texts(&r);
		end_source(&r);
	}
	map_done(&r.texts.hashes);
	free(r.texts.of);
	return rc;
}
