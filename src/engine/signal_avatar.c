/*
 * signal_avatar.c - one profile picture under clearly different names (S9).
 *
 * Operations take pictures from stock sites, from other people, or make them
 * in a batch, and use some twice: two to a handful of accounts. The same face
 * with hundreds is a meme, a club's crest or a picture that fans put up
 * together. So what counts is how few share it, 1 / log2 of the holders: 1 for
 * two, 0.5 for four, 0.12 for 300, 0 for a picture nobody else has. Whoever
 * has the picture under a similar name is taken for the same person.
 *
 * Pictures are compared by their perceptual hashes, at most so many bits
 * apart. Every quarter of two such hashes cannot differ by more than a quarter
 * of that, rounded down, in all four: looking up each quarter and its
 * neighbours finds all pairs without comparing everybody with everybody
 * (multi-index hashing: Norouzi, Punjani and Fleet 2012).
 *
 * Left out on purpose: whether the picture suits the given name (a man's face
 * under a woman's name). An analyst may look at it; as part of a score it would
 * tell people by sex and origin.
 */
#include "config.h"

#include "engine/signal.h"

#include <math.h>

#include "base/array.h"
#include "engine/persona.h"
#include "engine/tick.h"

enum {
	QUARTERS = 4,
	/* Of one quarter looked up; more look-alikes are a picture everybody has. */
	LOOKED_AT_MAX = 4096,
	/* More holders are a crowd, whatever their names. */
	HOLDERS_MAX = 512,
	/* So few bits set, or unset, are a picture of one colour. */
	PLAIN_BITS = 4,
};

struct holder {
	uint64_t hash;
	uint32_t account, rank;
};

struct album {
	const struct claque_dataset *ds;
	struct holder *holders;		/* by hash, account's rank */
	uint32_t count;
	uint64_t *hashes;		/* different ones, rising */
	uint32_t *from;			/* holders of hash h: holders[from[h] .. from[h + 1]] */
	uint32_t hash_count;
	/* Hashes whose quarter q is v: order[q][start[q][v] .. start[q][v + 1]]. */
	uint32_t *order[QUARTERS], *start[QUARTERS];
	int apart;			/* bits that two pictures may differ by */
	struct personas names;
};

static bool
has_picture(const struct account *a)
{
	int bits = __builtin_popcountll(a->avatar_hash);

	return a->avatar == CLAQUE_AVATAR_HASH && bits >= PLAIN_BITS && bits <= 64 - PLAIN_BITS;
}

static int
compare_holders(const void *pa, const void *pb)
{
	const struct holder *a = pa, *b = pb;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

static void
list_holders(struct album *al)
{
	uint32_t accounts = al->ds->account_names.count;

	al->holders = ARRAY_NEW(struct holder, accounts);
	for (uint32_t a = 0; a < accounts; a++)
		if (has_picture(&al->ds->accounts[a]))
			al->holders[al->count++] = (struct holder){
				al->ds->accounts[a].avatar_hash, a, al->ds->rank[a] };
	if (al->count > 1)
		array_sort(al->holders, al->count, sizeof(*al->holders), compare_holders);
}

static void
list_hashes(struct album *al)
{
	al->hashes = ARRAY_NEW(uint64_t, al->count);
	al->from = ARRAY_NEW(uint32_t, (size_t)al->count + 1);
	for (uint32_t i = 0; i < al->count; i++)
		if (i == 0 || al->holders[i].hash != al->holders[i - 1].hash) {
			al->from[al->hash_count] = i;
			al->hashes[al->hash_count++] = al->holders[i].hash;
		}
	al->from[al->hash_count] = al->count;
}

static uint32_t
quarter(uint64_t hash, int q)
{
	return (uint32_t)(hash >> (16 * q)) & 0xffff;
}

static void
index_quarter(struct album *al, int q)
{
	uint32_t *start = ARRAY_NEW(uint32_t, 0x10000 + 2);
	uint32_t *order = ARRAY_NEW(uint32_t, al->hash_count);

	for (uint32_t h = 0; h < al->hash_count; h++)
		start[quarter(al->hashes[h], q) + 2]++;
	for (uint32_t v = 2; v < 0x10000 + 2; v++)
		start[v] += start[v - 1];
	for (uint32_t h = 0; h < al->hash_count; h++)
		order[start[quarter(al->hashes[h], q) + 1]++] = h;
	al->start[q] = start;
	al->order[q] = order;
}

static void
album_init(struct album *al, const struct claque_dataset *ds, int apart)
{
	*al = (struct album){ .ds = ds, .apart = apart };
	personas_init(&al->names, ds);
	list_holders(al);
	list_hashes(al);
	for (int q = 0; q < QUARTERS; q++)
		index_quarter(al, q);
}

static void
album_done(struct album *al)
{
	for (int q = 0; q < QUARTERS; q++) {
		array_free(al->order[q]);
		array_free(al->start[q]);
	}
	personas_done(&al->names);
	array_free(al->holders);
	array_free(al->hashes);
	array_free(al->from);
}

/* Hashes like the one looked for. */
struct alike {
	uint32_t *found;
	size_t cap;
	uint32_t count;
	uint64_t looked_at;
};

static bool
close_by(const struct album *al, uint64_t a, uint64_t b)
{
	return __builtin_popcountll(a ^ b) <= al->apart;
}

/* Whether an earlier quarter has led from a to b already. */
static bool
met_before(uint64_t a, uint64_t b, int q, int slack)
{
	for (int i = 0; i < q; i++)
		if (__builtin_popcount(quarter(a, i) ^ quarter(b, i)) <= slack)
			return true;
	return false;
}

static void
look_up(const struct album *al, uint64_t hash, int q, uint32_t value, struct alike *out)
{
	uint32_t from = al->start[q][value], to = al->start[q][value + 1];

	if (to - from > LOOKED_AT_MAX)
		to = from + LOOKED_AT_MAX;
	out->looked_at += to - from;
	for (uint32_t i = from; i < to; i++) {
		uint64_t other = al->hashes[al->order[q][i]];

		if (!close_by(al, hash, other) || met_before(hash, other, q, al->apart / QUARTERS))
			continue;
		ARRAY_GROW(out->found, out->cap, (size_t)out->count + 1);
		out->found[out->count++] = al->order[q][i];
	}
}

/* A quarter differs by no bit or by one: apart is below eight. */
static void
find_alike(const struct album *al, uint64_t hash, struct alike *out)
{
	out->count = 0;
	for (int q = 0; q < QUARTERS; q++) {
		uint32_t value = quarter(hash, q);

		look_up(al, hash, q, value, out);
		for (int bit = 0; al->apart >= QUARTERS && bit < 16; bit++)
			look_up(al, hash, q, value ^ 1u << bit, out);
	}
}

static uint32_t
count_holders(const struct album *al, const struct alike *alike)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < alike->count; i++)
		n += al->from[alike->found[i] + 1] - al->from[alike->found[i]];
	return n;
}

static uint32_t
count_others(struct album *al, uint32_t account, const struct alike *alike)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < alike->count; i++) {
		uint32_t h = alike->found[i];

		for (uint32_t j = al->from[h]; j < al->from[h + 1]; j++)
			n += al->holders[j].account != account &&
			     persona_differs(&al->names, account, al->holders[j].account);
	}
	return n;
}

static double
rarity(uint32_t others)
{
	return others == 0 ? 0 : 1 / log2((double)others + 1);
}

static bool
measure_hash(struct album *al, uint32_t h, struct alike *alike, struct ticker *t,
	     struct claque_trait *out)
{
	uint32_t holders;

	find_alike(al, al->hashes[h], alike);
	holders = count_holders(al, alike);
	for (uint32_t j = al->from[h]; j < al->from[h + 1]; j++) {
		struct claque_trait *trait = &out[al->holders[j].account];
		uint32_t others = holders > HOLDERS_MAX ? holders - 1 :
				  count_others(al, al->holders[j].account, alike);

		trait->value = rarity(others);
		trait->n = others;
		if (!tick(t, 1, holders > HOLDERS_MAX ? 1 : (uint64_t)holders * 64))
			return false;
	}
	return tick(t, 0, alike->looked_at);
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	struct alike alike = { 0 };
	struct album al;
	struct ticker t = { .progress = progress, .stage = "comparing profile pictures" };

	(void)err;
	album_init(&al, w->ds, (int)params[0]);
	t.total = al.count;
	for (uint32_t h = 0; h < al.hash_count && rc == CLAQUE_OK; h++)
		if (!measure_hash(&al, h, &alike, &t, out))
			rc = CLAQUE_STOPPED;
	for (uint32_t i = 0; i < al.count; i++)
		out[al.holders[i].account].expected = 0;
	array_free(alike.found);
	album_done(&al);
	return rc;
}

const struct signal signal_avatar = {
	.info = {
		.id = "S9", .name = "avatar-reuse",
		.help = "one profile picture under clearly different names, and few have it",
		.source = "Meta, Recapping our 2022 coordinated inauthentic behavior enforcements; "
			  "look-up: Norouzi et al. 2012 (multi-index hashing)",
		.unit = "1 / log2 of the accounts that have it", .needs = "picture hashes, names",
		.cost = "O(accounts), 68 look-ups each",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
		.params = {
			{ "apart", "bits", "in which hashes of one picture may differ", 0, 7, 6 },
		},
		.param_count = 1,
	},
	.measure = measure,
	.model = {
		/* Nobody else; a crowd (more than 32); some; up to seven. */
		.bins = 4, .cuts = { 0.001, 0.2, 0.35 },
		.operation = { 0.55, 0.05, 0.1, 0.3 },
		/* Fans put up the same faces: groups differ, and one account says little. */
		.share = 0.4, .worth = 4, .open_worth = 3,
		.member_cap = 0.3, .group_cap = 1,
	},
	.says = "have a profile picture that a few accounts of other names have, too",
};
