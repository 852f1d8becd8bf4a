/*
 * twin_pair.c - candidates by blocking: accounts meet that share two words of
 * a name, a rare word, a handle's letters, a bio, or nearly a picture. What
 * more than BLOCK_MAX accounts have in common brings nobody together: it would
 * be no evidence either.
 *
 * Pictures: 64 bits in four pieces; two hashes that differ in seven bits or
 * fewer have a piece in which they differ by one at most.
 */
#include "config.h"

#include "engine/twin_pair.h"

#include "base/array.h"
#include "engine/sort.h"

enum { BLOCK_MAX = 64, RARE_WORD_MAX = 24, STEM_MIN = 5, PIECES = 4, PIECE_BITS = 16,
       PICTURE_NEAR = 10, BUCKET_MAX = 4096, SOURCE_MAX = 20, NAMESAKES_MAX = 20000 };

enum key_kind { KEY_WORDS = 1, KEY_WORD, KEY_STEM, KEY_STEM_START, KEY_BIO, KEY_PICTURE };

struct key {
	uint64_t key;
	uint32_t rank;
};

struct joined {
	uint32_t first, second;		/* ranks, first of the earlier platform */
};

struct blocks {
	struct twin_pairs *pairs;
	struct key *keys;
	size_t key_count, keys_cap;
	struct joined *joined;
	size_t joined_count, joined_cap;
};

static void
add_key(struct blocks *b, enum key_kind kind, uint64_t what, uint32_t account)
{
	ARRAY_GROW(b->keys, b->keys_cap, b->key_count + 1);
	b->keys[b->key_count++] = (struct key){ hash_mix(kind, what),
						b->pairs->ds->rank[account] };
}

static uint64_t
both_words(uint32_t a, uint32_t b)
{
	return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static void
add_name_keys(struct blocks *b, uint32_t account)
{
	const struct profiles *p = &b->pairs->profiles;
	const struct profile *x = &p->items[account];

	for (size_t i = 0; i < x->word_count; i++) {
		if (p->words.count[x->words[i]] <= RARE_WORD_MAX)
			add_key(b, KEY_WORD, x->words[i], account);
		for (size_t j = i + 1; j < x->word_count; j++)
			add_key(b, KEY_WORDS, both_words(x->words[i], x->words[j]), account);
	}
}

static void
add_keys(struct blocks *b, uint32_t account)
{
	const struct profiles *p = &b->pairs->profiles;
	const struct profile *x = &p->items[account];

	add_name_keys(b, account);
	if (x->bio != NO_TERM)
		add_key(b, KEY_BIO, x->bio, account);
	if (x->stem != NO_TERM) {
		struct claque_str stem = map_key(&p->stems.known, x->stem);

		add_key(b, KEY_STEM, x->stem, account);
		if (stem.len >= STEM_MIN)
			add_key(b, KEY_STEM_START, hash_bytes(str_sub(stem, 0, STEM_MIN + 1), 0),
				account);
	}
}

uint32_t
twin_name_count(const struct twin_pairs *p, uint32_t word, uint32_t other)
{
	uint64_t key = hash_mix(KEY_WORDS, both_words(word, other));
	size_t from = 0, to = p->block_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (p->blocks[middle].key < key)
			from = middle + 1;
		else
			to = middle;
	}
	return from < p->block_count && p->blocks[from].key == key ? p->blocks[from].count : 2;
}

/* Which of the two comes first; 0: both are of one platform. */
static int
compare_platforms(const struct claque_dataset *ds, uint32_t a, uint32_t b)
{
	uint32_t x = ds->accounts[a].platform, y = ds->accounts[b].platform;

	return x == y ? 0 : str_cmp(dataset_string(ds, x), dataset_string(ds, y));
}

static void
add_namesakes(struct twin_pairs *p, uint32_t one, uint32_t other)
{
	if (p->namesake_count == NAMESAKES_MAX)
		return;
	ARRAY_GROW(p->namesakes, p->namesakes_cap, p->namesake_count + 1);
	p->namesakes[p->namesake_count++] = (struct twin_pair){ .a = one, .b = other };
}

static void
join(struct blocks *b, uint32_t one, uint32_t other)
{
	const struct claque_dataset *ds = b->pairs->ds;
	int order = compare_platforms(ds, one, other);

	if (order == 0) {
		add_namesakes(b->pairs, one, other);
		return;
	}
	ARRAY_GROW(b->joined, b->joined_cap, b->joined_count + 1);
	b->joined[b->joined_count++] = (struct joined){ ds->rank[order < 0 ? one : other],
							ds->rank[order < 0 ? other : one] };
}

static int
compare_keys(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

static int
compare_joined(const void *pa, const void *pb)
{
	const struct joined *a = pa, *b = pb;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->second > b->second) - (a->second < b->second);
}

static void
join_block(struct blocks *b, const struct key *keys, size_t count)
{
	struct twin_pairs *p = b->pairs;

	if (count > 2) {
		ARRAY_GROW(p->blocks, p->blocks_cap, p->block_count + 1);
		p->blocks[p->block_count++] = (struct twin_block){ keys[0].key, (uint32_t)count };
	}
	if (count > BLOCK_MAX)
		return;
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			join(b, p->ds->by_rank[keys[i].rank], p->ds->by_rank[keys[j].rank]);
}

static bool
join_blocks(struct blocks *b, struct ticker *t)
{
	static const struct sort_kind kind = { sizeof(struct key), compare_keys };

	if (b->key_count > 0 && !sort_items(&kind, b->keys, b->key_count, t))
		return false;
	for (size_t i = 0, j; i < b->key_count; i = j) {
		for (j = i + 1; j < b->key_count && b->keys[j].key == b->keys[i].key;)
			j++;
		join_block(b, b->keys + i, j - i);
		if (!tick(t, 0, 4 * (j - i)))
			return false;
	}
	return true;
}

/* --- pictures, in the order of ids: what is cut off must not depend on the input's */

struct picture_index {
	uint32_t *accounts;		/* by piece's value */
	uint32_t *from;			/* (1 << PIECE_BITS) + 1 */
};

static uint32_t
piece_of(uint64_t hash, unsigned piece)
{
	return (uint32_t)(hash >> (piece * PIECE_BITS)) & ((1u << PIECE_BITS) - 1);
}

static bool
has_picture(const struct claque_dataset *ds, uint32_t account)
{
	return ds->accounts[account].avatar == CLAQUE_AVATAR_HASH;
}

static unsigned
picture_distance(const struct claque_dataset *ds, uint32_t a, uint32_t b)
{
	return (unsigned)__builtin_popcountll(ds->accounts[a].avatar_hash ^
					      ds->accounts[b].avatar_hash);
}

static void
index_pictures(struct picture_index *x, const struct claque_dataset *ds, unsigned piece)
{
	uint32_t values = 1u << PIECE_BITS, accounts = ds->account_names.count;

	x->from = ARRAY_NEW(uint32_t, (size_t)values + 2);
	x->accounts = ARRAY_NEW(uint32_t, accounts);
	for (uint32_t a = 0; a < accounts; a++)
		if (has_picture(ds, a))
			x->from[piece_of(ds->accounts[a].avatar_hash, piece) + 2]++;
	for (uint32_t v = 2; v < values + 2; v++)
		x->from[v] += x->from[v - 1];
	for (uint32_t r = 0; r < accounts; r++) {
		uint32_t a = ds->by_rank[r];

		if (has_picture(ds, a))
			x->accounts[x->from[piece_of(ds->accounts[a].avatar_hash, piece) + 1]++] = a;
	}
}

/* Whether a piece before this one brought the two together already. */
static bool
met_before(const struct claque_dataset *ds, uint32_t a, uint32_t b, unsigned piece)
{
	uint64_t differ = ds->accounts[a].avatar_hash ^ ds->accounts[b].avatar_hash;

	for (unsigned p = 0; p < piece; p++)
		if (__builtin_popcount(piece_of(differ, p)) <= 1)
			return true;
	return false;
}

static void
meet_bucket(struct blocks *b, const struct picture_index *x, uint32_t account, uint32_t value,
	    unsigned piece)
{
	const struct claque_dataset *ds = b->pairs->ds;
	uint32_t *alike = b->pairs->alike;
	uint32_t from = x->from[value], to = x->from[value + 1];

	if (to - from > BUCKET_MAX)
		to = from + BUCKET_MAX;
	for (uint32_t i = from; i < to; i++) {
		uint32_t other = x->accounts[i];

		if (other == account || picture_distance(ds, account, other) > PICTURE_NEAR ||
		    met_before(ds, account, other, piece))
			continue;
		alike[account]++;
		if (ds->rank[account] < ds->rank[other] && alike[account] <= BLOCK_MAX &&
		    alike[other] <= BLOCK_MAX)
			join(b, account, other);
	}
}

static bool
join_pictures(struct blocks *b, struct ticker *t)
{
	const struct claque_dataset *ds = b->pairs->ds;
	bool go = true;

	for (unsigned piece = 0; piece < PIECES && go; piece++) {
		struct picture_index x;

		index_pictures(&x, ds, piece);
		for (uint32_t r = 0; r < ds->account_names.count && go; r++) {
			uint32_t a = ds->by_rank[r];
			uint32_t value = piece_of(ds->accounts[a].avatar_hash, piece);

			if (!has_picture(ds, a))
				continue;
			meet_bucket(b, &x, a, value, piece);
			for (unsigned bit = 0; bit < PIECE_BITS; bit++)
				meet_bucket(b, &x, a, value ^ 1u << bit, piece);
			go = tick(t, 0, 256);
		}
		array_free(x.from);
		array_free(x.accounts);
	}
	return go;
}

/* --- sources that few share */

static bool
is_source(const struct claque_dataset *ds, uint32_t object)
{
	uint64_t shares = ds->object_from[object + 1] - ds->object_from[object];
	enum claque_object_kind kind = dataset_object_kind(ds, object);

	return shares >= 2 && shares <= SOURCE_MAX &&
	       (kind == CLAQUE_OBJECT_post || kind == CLAQUE_OBJECT_url ||
		kind == CLAQUE_OBJECT_media);
}

/* Objects come in rising order, so every account's list rises. */
static void
list_sources(struct twin_pairs *p)
{
	const struct claque_dataset *ds = p->ds;
	uint32_t accounts = ds->account_names.count;

	p->source_from = ARRAY_NEW(uint64_t, (size_t)accounts + 2);
	for (uint32_t o = 0; o < ds->object_names.count; o++)
		if (is_source(ds, o))
			for (uint64_t i = ds->object_from[o]; i < ds->object_from[o + 1]; i++)
				p->source_from[ds->shares[i].account + 2]++;
	for (size_t a = 2; a < (size_t)accounts + 2; a++)
		p->source_from[a] += p->source_from[a - 1];
	p->sources = ARRAY_NEW(uint32_t, p->source_from[accounts + 1]);
	for (uint32_t o = 0; o < ds->object_names.count; o++)
		if (is_source(ds, o))
			for (uint64_t i = ds->object_from[o]; i < ds->object_from[o + 1]; i++)
				p->sources[p->source_from[ds->shares[i].account + 1]++] = o;
}

/* --- all together */

static size_t
drop_repeats(struct joined *list, size_t count)
{
	size_t left = 0;

	for (size_t i = 0; i < count; i++)
		if (i == 0 || compare_joined(&list[i - 1], &list[i]) != 0)
			list[left++] = list[i];
	return left;
}

static bool
make_pairs(struct blocks *b, struct ticker *t)
{
	static const struct sort_kind kind = { sizeof(struct joined), compare_joined };
	struct twin_pairs *p = b->pairs;

	if (b->joined_count > 0 && !sort_items(&kind, b->joined, b->joined_count, t))
		return false;
	p->count = drop_repeats(b->joined, b->joined_count);
	p->items = ARRAY_NEW(struct twin_pair, p->count);
	for (size_t i = 0; i < p->count; i++) {
		p->items[i].a = p->ds->by_rank[b->joined[i].first];
		p->items[i].b = p->ds->by_rank[b->joined[i].second];
		twin_compare(p, &p->items[i]);
		if (!tick(t, 1, 256))
			return false;
	}
	return true;
}

static double
count_all(const struct claque_dataset *ds)
{
	uint32_t *sizes = ARRAY_NEW(uint32_t, ds->strings.count);
	double n = ds->account_names.count, same = 0;

	for (uint32_t a = 0; a < ds->account_names.count; a++)
		sizes[ds->accounts[a].platform]++;
	for (uint32_t s = 0; s < ds->strings.count; s++)
		same += (double)sizes[s] * sizes[s];
	array_free(sizes);
	return (n * n - same) / 2;
}

enum claque_rc
twin_pairs_init(struct twin_pairs *p, const struct claque_dataset *ds,
		const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "comparing profiles" };
	struct blocks b = { .pairs = p };
	bool go = true;

	*p = (struct twin_pairs){ .ds = ds, .all = count_all(ds) };
	profiles_init(&p->profiles, ds);
	p->alike = ARRAY_NEW(uint32_t, ds->account_names.count);
	list_sources(p);
	if (p->all > 0) {
		for (uint32_t a = 0; a < ds->account_names.count; a++)
			add_keys(&b, a);
		go = join_blocks(&b, &t) && join_pictures(&b, &t) && make_pairs(&b, &t);
	}
	array_free(b.keys);
	array_free(b.joined);
	return go ? CLAQUE_OK : CLAQUE_STOPPED;
}

void
twin_pairs_done(struct twin_pairs *p)
{
	profiles_done(&p->profiles);
	array_free(p->items);
	array_free(p->alike);
	array_free(p->blocks);
	array_free(p->namesakes);
	array_free(p->sources);
	array_free(p->source_from);
	*p = (struct twin_pairs){ 0 };
}
