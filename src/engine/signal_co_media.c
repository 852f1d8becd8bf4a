/*
 * signal_co_media.c - the same picture or video posted (S3).
 *
 * Perceptual hashes of 64 bits (16 hex digits) and PDQ hashes of 256 (64 hex
 * digits) are one picture if they differ in few bits; whatever else stands in
 * the column is one picture if it is the same text, and so is a number of 16
 * decimal digits: platforms number their media so, and a perceptual hash
 * without a letter comes once in 1,800. As with texts (neardup.h), each hash in
 * the order of first posting joins the earliest first one that it is close to.
 *
 * Close hashes are found by their pieces (base/hamming.h). Pictures with large
 * even areas have pieces in common, so a bucket holds the 256 earliest only: a
 * pair is missed if all its close pieces are that common.
 *
 * Of many pictures some are close by chance: among a million random hashes of 64 bits
 * 5,000 pairs within 10 bits. So the distance is cut to what random hashes of that
 * number would keep (10 up to 14,000 of them, 5 at a million), which also keeps the
 * look-ups of a picture from growing with their number.
 */
#include "config.h"

#include "engine/signal.h"

#include "base/hamming.h"

#include "base/array.h"
#include "engine/sort.h"

enum {
	PARAM_DISTANCE, PARAM_PDQ,
	WORDS_MAX = HAMMING_WORDS_MAX, BUCKET_MAX = 256,
};

struct picture {
	uint64_t bits[WORDS_MAX];
	int64_t at;		/* first posting; INT64_MAX if not known */
	uint32_t object;
};

struct gatherer {
	const struct claque_dataset *ds;
	struct picture *pictures;
	size_t count;
	uint32_t *same;		/* by object: the one that it is taken for */
};

/* False if it is no hash of this many words. */
static bool
parse_hash(struct claque_str id, unsigned words, uint64_t bits[WORDS_MAX])
{
	bool letters = false;

	for (size_t i = 0; i < id.len; i++)
		letters |= byte_is_alpha(id.p[i]);
	return letters && hamming_parse(id, words, bits);
}

static int64_t
first_time(const struct claque_dataset *ds, uint32_t object)
{
	for (uint64_t i = ds->object_from[object]; i < ds->object_from[object + 1]; i++)
		if (ds->shares[i].at != CLAQUE_NO_TIME)
			return ds->shares[i].at;
	return INT64_MAX;
}

static int
compare_pictures(const void *pa, const void *pb)
{
	const struct picture *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	for (size_t i = 0; i < WORDS_MAX; i++)
		if (a->bits[i] != b->bits[i])
			return a->bits[i] < b->bits[i] ? -1 : 1;
	return 0;
}

static bool
list_pictures(struct gatherer *g, unsigned words, struct ticker *t)
{
	static const struct sort_kind by_posting = { sizeof(struct picture), compare_pictures };
	const struct claque_dataset *ds = g->ds;
	size_t cap = 0;

	for (uint32_t o = 0; o < ds->object_names.count; o++) {
		struct picture p = { .object = o };

		if (dataset_object_kind(ds, o) == CLAQUE_OBJECT_media &&
		    parse_hash(claque_dataset_object_id(ds, o), words, p.bits)) {
			p.at = first_time(ds, o);
			ARRAY_GROW(g->pictures, cap, g->count + 1);
			g->pictures[g->count++] = p;
		}
		if (!tick(t, 0, 8))
			return false;
	}
	return g->count == 0 || sort_items(&by_posting, g->pictures, g->count, t);
}

/* Pictures of one width: numbers of the index are those of first ones. */
static bool
unite(struct gatherer *g, unsigned words, unsigned distance, struct ticker *t)
{
	struct hamming near = { 0 };
	bool go_on = list_pictures(g, words, t);
	uint32_t *first = ARRAY_NEW(uint32_t, g->count);

	if (go_on && g->count > 0)
		hamming_init(&near, words, hamming_beyond_chance(words, distance, g->count),
			     BUCKET_MAX);
	for (uint32_t i = 0; i < g->count && go_on; i++) {
		const struct picture *p = &g->pictures[i];
		uint64_t work = 0;
		uint32_t close = hamming_find(&near, p->bits, &work);

		if (close == HAMMING_NONE)
			first[hamming_add(&near, p->bits)] = p->object;
		else
			g->same[p->object] = first[close];
		go_on = tick(t, 0, work);
	}
	hamming_done(&near);
	array_free(first);
	array_free(g->pictures);
	g->pictures = NULL;
	g->count = 0;
	return go_on;
}

static void
take_shares(const struct gatherer *g, struct coact *out)
{
	const struct claque_dataset *ds = g->ds;
	uint32_t *number = ARRAY_NEW(uint32_t, ds->object_names.count);

	for (uint32_t o = 0; o < ds->object_names.count; o++)
		if (dataset_object_kind(ds, o) == CLAQUE_OBJECT_media && g->same[o] == o)
			number[o] = coact_object(out, coact_key(ds, o));
	for (uint64_t i = 0; i < ds->share_count; i++) {
		const struct claque_share *s = &ds->shares[i];

		if (s->act == CLAQUE_ACT_media &&
		    dataset_object_kind(ds, s->object) == CLAQUE_OBJECT_media)
			coact_add(out, ds, number[g->same[s->object]], s->at, s->account, s->row);
	}
	array_free(number);
}

static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	struct gatherer g = { .ds = w->ds };
	struct ticker t = { .progress = progress, .stage = "comparing pictures" };
	bool go_on;

	(void)err;
	*out = (struct coact){ 0 };
	g.same = ARRAY_NEW(uint32_t, w->ds->object_names.count);
	for (uint32_t o = 0; o < w->ds->object_names.count; o++)
		g.same[o] = o;
	go_on = unite(&g, 1, (unsigned)params[PARAM_DISTANCE], &t) &&
		unite(&g, WORDS_MAX, (unsigned)params[PARAM_PDQ], &t);
	if (go_on) {
		take_shares(&g, out);
		coact_sort_once(out);
	}
	array_free(g.same);
	return go_on ? CLAQUE_OK : CLAQUE_STOPPED;
}

const struct signal signal_co_media = {
	.info = {
		.id = "S3", .name = "co-media",
		.help = "the same picture or video posted, small changes disregarded",
		.source = "Pacheco et al. 2021 (co-image); Facebook 2019 (PDQ, 31 of 256 bits)",
		.unit = "pictures", .needs = "media_hash",
		.cost = "O(shares + pictures), 600 look-ups a picture",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_EDGES, .shares_suffice = true,
		.params = {
			[PARAM_DISTANCE] = { "distance", "bits",
					     "in which hashes of 64 bits may differ, at most", 0, 15, 10 },
			[PARAM_PDQ] = { "pdq-distance", "bits",
					"in which PDQ hashes of 256 bits may differ", 0, 47, 31 },
		},
		.param_count = 2,
	},
	.acts = list_acts,
};
