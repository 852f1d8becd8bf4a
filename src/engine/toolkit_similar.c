/*
 * toolkit_similar.c - co_similar_tweet of the coordination-network-toolkit.
 *
 * There every message is compared with every other in its window, which takes
 * hours for a few million of them. Here the words of a message lie with the
 * rarest first, and a list for each word names, in the order of time, the
 * messages that have it among their first few. If two messages of n and m
 * words have o in common, they meet in the first n - o + 1 and m - o + 1 of
 * them; so the lists of those words, cut to the window, hold every partner.
 */
#include "config.h"

#include <string.h>

#include "claque/dataset.h"
#include "claque/peer.h"

#include "base/array.h"
#include "base/err.h"

#include "engine/peer.h"
#include "engine/sort.h"
#include "engine/tally.h"

/* A message in the order of time: its place there is what the lists hold. */
struct place {
	uint32_t rank, message;
	const uint32_t *words;
	uint32_t word_count;
	uint32_t from, to;	/* the places within the window */
};

/* A place in the order of (user, message). */
struct own {
	uint32_t rank, message, place;
};

/* Numbers by number: of key k, items[from[k]] up to items[from[k + 1]]. */
struct lists {
	uint32_t *items;
	uint64_t *from;
};

struct similar {
	const struct claque_peer_row *rows;
	size_t row_count;
	const struct claque_peer_words *words;
	const struct claque_similar_settings *settings;
	struct ticker tick;
	struct peer_ranks names;
	struct peer_act *acts;
	struct place *places;
	struct own *owns;
	size_t count;		/* messages that have a time and words enough */
	size_t word_count;	/* one more than the largest word number */
	uint32_t *rarity;	/* by word: its place in the order of rarity */
	struct lists firsts;	/* by place: the first words, by rarity */
	struct lists holders;	/* by rarity: the places that have the word among their first */
	uint32_t *seen;		/* by place: the place + 1 it was last compared with */
	struct tally tally;
};

struct word {
	uint32_t number, uses;
};

static int
u32_cmp(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

static int
word_cmp(const void *pa, const void *pb)
{
	const struct word *a = pa, *b = pb;

	if (a->uses != b->uses)
		return a->uses < b->uses ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

static int
own_cmp(const void *pa, const void *pb)
{
	const struct own *a = pa, *b = pb;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->message != b->message)
		return a->message < b->message ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

static enum claque_rc
check_settings(const struct similar *k, struct claque_err *err)
{
	const struct claque_similar_settings *s = k->settings;
	enum claque_rc rc = peer_check(k->row_count, s->network.window_s, err);

	if (rc == CLAQUE_OK && !(s->similarity > 0 && s->similarity <= 1))
		rc = err_set(err, CLAQUE_EUSAGE, "similarity %g: above 0 and at most 1 "
			     "(at 0 every two messages match, which is co_post)", s->similarity);
	return rc;
}

static size_t
words_of(const struct similar *k, size_t row, const uint32_t **out)
{
	*out = k->words->words + k->words->from[row];
	return (size_t)(k->words->from[row + 1] - k->words->from[row]);
}

static bool
sort_by_time(struct similar *k)
{
	uint32_t least = k->settings->min_document_size;
	const uint32_t *words;

	k->acts = ARRAY_NEW(struct peer_act, k->row_count);
	for (size_t i = 0; i < k->row_count; i++) {
		size_t n = words_of(k, i, &words);

		if (k->rows[i].at == CLAQUE_NO_TIME || n == 0 || n < least)
			continue;
		k->acts[k->count++] = (struct peer_act){ 0, (uint32_t)i, k->rows[i].at };
		if ((size_t)words[n - 1] + 1 > k->word_count)
			k->word_count = (size_t)words[n - 1] + 1;
	}
	return peer_sort_acts(k->acts, k->count, &k->tick);
}

static bool
make_places(struct similar *k)
{
	static const struct sort_kind by_owner = { sizeof(struct own), own_cmp };
	uint64_t window = peer_window(k->settings->network.window_s);
	size_t from = 0, to = 0;

	k->places = ARRAY_NEW(struct place, k->count);
	k->owns = ARRAY_NEW(struct own, k->count);
	for (size_t i = 0; i < k->count; i++) {
		const struct peer_act *act = &k->acts[i];
		const struct claque_peer_row *row = &k->rows[act->pos];
		struct place *p = &k->places[i];

		while (peer_lag(k->acts[from].at, act->at) > window)
			from++;
		while (to < k->count && (to < i || peer_lag(act->at, k->acts[to].at) <= window))
			to++;
		*p = (struct place){ .rank = k->names.ranks[row->account], .message = row->content,
				     .from = (uint32_t)from, .to = (uint32_t)to };
		p->word_count = (uint32_t)words_of(k, act->pos, &p->words);
		k->owns[i] = (struct own){ p->rank, p->message, (uint32_t)i };
	}
	return sort_items(&by_owner, k->owns, k->count, &k->tick);
}

static bool
order_words(struct similar *k)
{
	static const struct sort_kind by_uses = { sizeof(struct word), word_cmp };
	struct word *list = ARRAY_NEW(struct word, k->word_count);
	bool go_on = true;

	k->rarity = ARRAY_NEW(uint32_t, k->word_count);
	for (size_t w = 0; w < k->word_count; w++)
		list[w].number = (uint32_t)w;
	for (size_t i = 0; i < k->count && go_on; i++) {
		for (uint32_t w = 0; w < k->places[i].word_count; w++)
			list[k->places[i].words[w]].uses++;
		go_on = tick(&k->tick, 0, k->places[i].word_count);
	}
	go_on = go_on && sort_items(&by_uses, list, k->word_count, &k->tick);
	for (size_t i = 0; i < k->word_count && go_on; i++)
		k->rarity[list[i].number] = (uint32_t)i;
	array_free(list);
	return go_on;
}

/* The fewest words a message of n must have in common with a partner, whatever its size. */
static uint32_t
least_common(const struct similar *k, uint32_t n)
{
	uint32_t common = (uint32_t)(k->settings->similarity * n);

	common = common > 0 ? common - 1 : 0;	/* a product may be rounded up */
	while ((double)common / n < k->settings->similarity)
		common++;
	return common;
}

/* The first words of every place, rarest first. */
static bool
take_firsts(struct similar *k)
{
	uint64_t total = 0;
	uint32_t *all = NULL;
	size_t all_cap = 0;
	bool go_on = true;

	k->firsts.from = ARRAY_NEW(uint64_t, k->count + 1);
	for (size_t i = 0; i < k->count; i++) {
		total += k->places[i].word_count - least_common(k, k->places[i].word_count) + 1;
		k->firsts.from[i + 1] = total;
	}
	k->firsts.items = ARRAY_NEW(uint32_t, total);
	for (size_t i = 0; i < k->count && go_on; i++) {
		const struct place *p = &k->places[i];
		uint64_t from = k->firsts.from[i];

		ARRAY_GROW(all, all_cap, p->word_count);
		for (uint32_t w = 0; w < p->word_count; w++)
			all[w] = k->rarity[p->words[w]];
		array_sort(all, p->word_count, sizeof(*all), u32_cmp);
		memcpy(k->firsts.items + from, all,
		       (size_t)(k->firsts.from[i + 1] - from) * sizeof(*all));
		go_on = tick(&k->tick, 0, 16 * p->word_count);
	}
	array_free(all);
	return go_on;
}

/* The same the other way round; places of a word come out in order of time. */
static bool
list_holders(struct similar *k)
{
	uint64_t total = k->firsts.from[k->count];
	uint64_t *next = ARRAY_NEW(uint64_t, k->word_count + 1);
	bool go_on = true;

	k->holders.from = ARRAY_NEW(uint64_t, k->word_count + 1);
	k->holders.items = ARRAY_NEW(uint32_t, total);
	for (uint64_t i = 0; i < total; i++)
		k->holders.from[k->firsts.items[i] + 1]++;
	for (size_t w = 0; w < k->word_count; w++)
		next[w + 1] = k->holders.from[w + 1] += k->holders.from[w];
	for (size_t i = 0; i < k->count && go_on; i++) {
		for (uint64_t f = k->firsts.from[i]; f < k->firsts.from[i + 1]; f++)
			k->holders.items[next[k->firsts.items[f]]++] = (uint32_t)i;
		go_on = tick(&k->tick, 0, k->firsts.from[i + 1] - k->firsts.from[i]);
	}
	array_free(next);
	return go_on;
}

static uint32_t
count_common(const struct place *a, const struct place *b)
{
	uint32_t i = 0, j = 0, common = 0;

	while (i < a->word_count && j < b->word_count) {
		uint32_t x = a->words[i], y = b->words[j];

		common += x == y;
		i += x <= y;
		j += y <= x;
	}
	return common;
}

static bool
is_similar(const struct similar *k, const struct place *a, const struct place *b)
{
	uint32_t n = a->word_count, m = b->word_count, common;

	if ((double)(n < m ? n : m) / (n < m ? m : n) < k->settings->similarity)
		return false;
	common = count_common(a, b);
	return (double)common / (n + m - common) >= k->settings->similarity;
}

/* Where in holders the places of a word begin that are not before `place`. */
static uint64_t
holders_from(const struct similar *k, uint32_t word, uint32_t place)
{
	uint64_t low = k->holders.from[word], high = k->holders.from[word + 1];

	while (low < high) {
		uint64_t mid = low + (high - low) / 2;

		if (k->holders.items[mid] < place)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The partners of one place among those that hold a word. Returns the work done. */
static uint64_t
compare_holders(struct similar *k, uint32_t place, uint32_t word)
{
	const struct place *p = &k->places[place];
	uint64_t first = holders_from(k, word, p->from), h, work = 1;

	for (h = first; h < k->holders.from[word + 1] && k->holders.items[h] < p->to; h++) {
		uint32_t other = k->holders.items[h];
		const struct place *q = &k->places[other];

		work++;
		if (k->seen[other] == place + 1)
			continue;
		k->seen[other] = place + 1;
		if (q->message == p->message || tally_has_met(&k->tally, q->rank))
			continue;
		work += q->word_count;
		if (is_similar(k, p, q))
			tally_meet(&k->tally, q->rank);
	}
	return work;
}

static bool
compare_place(struct similar *k, uint32_t place)
{
	for (uint64_t f = k->firsts.from[place]; f < k->firsts.from[place + 1]; f++)
		if (!tick(&k->tick, 0, compare_holders(k, place, k->firsts.items[f])))
			return false;
	return tick(&k->tick, 1, 1);
}

static enum claque_rc
count_edges(struct similar *k, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	tally_init(&k->tally, &k->names, &k->settings->network);
	k->seen = ARRAY_NEW(uint32_t, k->count);
	for (size_t i = 0; i < k->count && rc == CLAQUE_OK; i++) {
		const struct own *own = &k->owns[i];
		bool last = i + 1 == k->count || own[1].rank != own->rank;

		if (i == 0 || own[-1].rank != own->rank || own[-1].message != own->message)
			tally_message(&k->tally);
		if (!compare_place(k, own->place))
			return CLAQUE_STOPPED;
		if (last)
			rc = tally_user(&k->tally, own->rank, err);
	}
	return rc;
}

static void
similar_done(struct similar *k)
{
	peer_ranks_done(&k->names);
	tally_done(&k->tally);
	array_free(k->acts);
	array_free(k->places);
	array_free(k->owns);
	array_free(k->rarity);
	array_free(k->firsts.items);
	array_free(k->firsts.from);
	array_free(k->holders.items);
	array_free(k->holders.from);
	array_free(k->seen);
}

enum claque_rc
claque_toolkit_similar(const struct claque_peer_row *rows, size_t count,
		       const struct claque_peer_words *words,
		       const struct claque_peer_names *names,
		       const struct claque_similar_settings *settings,
		       const struct claque_progress *progress, struct claque_toolkit_edge **out,
		       size_t *out_count, struct claque_err *err)
{
	struct similar k = { .rows = rows, .row_count = count, .words = words,
			     .settings = settings,
			     .tick = { .progress = progress, .stage = "network", .total = count } };
	enum claque_rc rc;

	*out = NULL;
	*out_count = 0;
	rc = check_settings(&k, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (!peer_rank_names(rows, count, names, &k.tick, &k.names) || !sort_by_time(&k) ||
	    !make_places(&k) || !order_words(&k) || !take_firsts(&k) || !list_holders(&k))
		rc = CLAQUE_STOPPED;
	else
		rc = count_edges(&k, err);
	if (rc == CLAQUE_OK)
		tally_take(&k.tally, out, out_count);
	similar_done(&k);
	return rc;
}
