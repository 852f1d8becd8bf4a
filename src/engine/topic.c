#include "config.h"

#include "engine/topic.h"

#include <math.h>

#include "base/array.h"
#include "engine/coact.h"

enum { SIDE_MAX = 200, SPLITS = 20 };

#define SPREAD_MIN 0.004	/* of splits of few words, which may all be one */

/* A word, source or author in a post; posts are numbered from 0 here. */
struct mention {
	uint32_t what, post;
};

struct sample {
	struct mention *mentions;	/* by what */
	size_t count, cap;
	bool *after;			/* by post */
	uint32_t posts, later;		/* how many, and how many of them after */
};

static void
mention(struct sample *s, uint32_t what)
{
	ARRAY_GROW(s->mentions, s->cap, s->count + 1);
	s->mentions[s->count++] = (struct mention){ what, s->posts };
}

/* A source goes by its author where one is known: posts are ever new. */
static void
add_post(struct sample *s, const struct claque_dataset *ds, const struct post *post)
{
	size_t words;
	const uint32_t *word = texts_words(&ds->texts, post->text, &words);

	for (size_t i = 0; i < words; i++)
		mention(s, word[i]);
	if (post->parent != CLAQUE_NO_OBJECT) {
		uint32_t author = ds->object_author[post->parent];

		mention(s, (uint32_t)(author == NO_AUTHOR ? coact_key(ds, post->parent) :
				      hash_bytes(map_key(&ds->author_names, author), 1)));
	}
	s->posts++;
}

static int
compare_mentions(const void *pa, const void *pb)
{
	const struct mention *a = pa, *b = pb;

	if (a->what != b->what)
		return a->what < b->what ? -1 : 1;
	return (a->post > b->post) - (a->post < b->post);
}

static double
part_of(double count, double all, double middle)
{
	double share = count / all;

	return share > 0 ? share * log2(share / middle) : 0;
}

/* 0 (same words) to 1 (no word in common). */
static double
divergence(const struct sample *s)
{
	double all[2] = { 0 }, sum = 0;

	for (size_t i = 0; i < s->count; i++)
		all[s->after[s->mentions[i].post]]++;
	if (all[0] == 0 || all[1] == 0)
		return 0;
	for (size_t i = 0, j; i < s->count; i = j) {
		double n[2] = { 0 }, middle;

		for (j = i; j < s->count && s->mentions[j].what == s->mentions[i].what; j++)
			n[s->after[s->mentions[j].post]]++;
		middle = (n[0] / all[0] + n[1] / all[1]) / 2;
		sum += (part_of(n[0], all[0], middle) + part_of(n[1], all[1], middle)) / 2;
	}
	return sum;
}

static void
shuffle(bool *after, uint32_t count, struct rng *rng)
{
	for (uint32_t i = count; i > 1; i--) {
		uint32_t k = (uint32_t)rng_below(rng, i);
		bool swap = after[i - 1];

		after[i - 1] = after[k];
		after[k] = swap;
	}
}

static double
exceeds_splits(struct sample *s, struct rng *rng)
{
	double seen = divergence(s), sum = 0, squares = 0, spread;

	for (size_t i = 0; i < SPLITS; i++) {
		double by_chance;

		shuffle(s->after, s->posts, rng);
		by_chance = divergence(s);
		sum += by_chance;
		squares += by_chance * by_chance;
	}
	sum /= SPLITS;
	spread = sqrt(fmax(squares / SPLITS - sum * sum, 0));
	return (seen - sum) / fmax(spread, SPREAD_MIN);
}

/* The nearest SIDE_MAX on either side. */
static void
take_posts(struct sample *s, const struct claque_dataset *ds, uint32_t account, int64_t at)
{
	uint64_t from = ds->post_from[account], to = ds->post_from[account + 1], turn = from;

	while (turn < to && ds->posts[turn].at < at)	/* undated ones come first */
		turn++;
	while (from < turn && ds->posts[from].at == CLAQUE_NO_TIME)
		from++;
	from = turn - from > SIDE_MAX ? turn - SIDE_MAX : from;
	to = to - turn > SIDE_MAX ? turn + SIDE_MAX : to;
	s->later = (uint32_t)(to - turn);
	s->after = ARRAY_NEW(bool, to - from);
	for (uint64_t i = from; i < to; i++) {
		s->after[i - from] = i >= turn;
		add_post(s, ds, &ds->posts[i]);
	}
}

double
topic_jump(const struct claque_dataset *ds, uint32_t account, int64_t at, struct rng *rng)
{
	struct sample s = { .posts = 0 };
	double jump = (double)NAN;

	take_posts(&s, ds, account, at);
	if (s.later >= TOPIC_MIN && s.posts - s.later >= TOPIC_MIN && s.count > 0) {
		array_sort(s.mentions, s.count, sizeof(*s.mentions), compare_mentions);
		jump = exceeds_splits(&s, rng);
	}
	array_free(s.mentions);
	array_free(s.after);
	return jump;
}
