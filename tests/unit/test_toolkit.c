/*
 * test_toolkit.c - the definitions of the coordination network toolkit, each
 * rule on a case small enough to do by hand.
 */
#include "config.h"

#include "peer_input.h"

#include "claque/dataset.h"

#include "base/rng.h"

static struct arena whole;

static int
setup(void **state)
{
	(void)state;
	whole = arena_new((size_t)1 << 30);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

static const struct claque_toolkit_settings plain = { .window_s = 10, .min_weight = 1 };

static struct claque_str
toolkit(struct arena *a, const struct input *in, struct claque_toolkit_settings settings)
{
	struct lines l = toolkit_lines(a, in, settings);

	return lines_join(a, &l);
}

static void
weights_are_directed_and_count_messages_once(void **state)
{
	struct claque_toolkit_settings s = plain;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "k", "spam", "m1", 0);
	add(&in, "k", "spam", "m2", 1);
	add(&in, "k", "spam", "m3", 2);
	add(&in, "k", "quiet", "m4", 3);
	assert_str(toolkit(&a, &in, s), "quiet,spam,1 spam,quiet,3");
	s.min_weight = 2;		/* each direction on its own */
	assert_str(toolkit(&a, &in, s), "spam,quiet,3");
	s.self_loops = true;
	assert_str(toolkit(&a, &in, s), "spam,quiet,3 spam,spam,3");
	input_done(&in);
}

static void
accounts_that_take_turns_have_one_edge_each_way(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "k", "a", "m1", 0);
	add(&in, "k", "b", "m2", 1);
	add(&in, "k", "c", "m3", 2);
	add(&in, "k", "a", "m4", 3);
	assert_str(toolkit(&a, &in, plain), "a,b,2 a,c,2 b,a,1 b,c,1 c,a,1 c,b,1");
	input_done(&in);
}

static void
the_toolkits_window_is_inclusive_at_both_ends(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "k", "b", "m1", 100);
	add(&in, "k", "a", "m2", 90);
	add(&in, "k", "c", "m3", 110);
	add(&in, "k", "d", "m4", 121);
	assert_str(toolkit(&a, &in, plain), "a,b,1 b,a,1 b,c,1 c,b,1");
	input_done(&in);
}

/* One message under two keys never meets itself, and meets a partner once. */
static void
a_message_does_not_meet_itself(void **state)
{
	struct claque_toolkit_settings s = plain;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	s.self_loops = true;
	add(&in, "url1", "a", "m1", 0);
	add(&in, "url2", "a", "m1", 0);
	assert_str(toolkit(&a, &in, s), "");
	add(&in, "url1", "b", "m2", 1);
	add(&in, "url2", "b", "m2", 1);
	assert_str(toolkit(&a, &in, s), "a,b,1 b,a,1");
	input_done(&in);
}

static void
rows_without_a_time_meet_nothing(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	input_add(&in, STR("o"), STR("a"), STR("m1"), CLAQUE_NO_TIME);
	input_add(&in, STR("o"), STR("b"), STR("m2"), CLAQUE_NO_TIME);
	assert_str(toolkit(&a, &in, plain), "");
	input_done(&in);
}

/* --- co_similar_tweet */

/* Messages with their words: one letter a word, told to be in order. */
struct texts {
	struct input in;
	uint32_t words[64];
	uint64_t from[17];
};

static void
say(struct texts *t, const char *account, const char *message, int seconds, const char *words)
{
	uint64_t to = t->from[t->in.count];

	add(&t->in, "", account, message, seconds);
	for (; *words != 0; words++)
		t->words[to++] = (uint32_t)(unsigned char)*words;
	t->from[t->in.count] = to;
}

static struct claque_str
similar(struct arena *a, const struct texts *t, struct claque_similar_settings settings)
{
	struct claque_peer_names names = { &t->in, account_name };
	struct claque_peer_words words = { t->words, t->from };
	struct claque_toolkit_edge *edges;
	struct claque_err err;
	struct lines l = { 0 };
	size_t n;

	assert_ok(claque_toolkit_similar(t->in.rows, t->in.count, &words, &names, &settings,
					 &silent, &edges, &n, &err), err);
	for (size_t i = 0; i < n; i++)
		lines_add(&l, str_fmt(a, STR_FMT "," STR_FMT ",%u",
				      STR_ARG(account_name(&t->in, edges[i].user_1)),
				      STR_ARG(account_name(&t->in, edges[i].user_2)),
				      edges[i].weight));
	claque_free(edges);
	return lines_join(a, &l);
}

static const struct claque_similar_settings alike = {
	.network = { .window_s = 10, .min_weight = 1 }, .similarity = 0.8, .min_document_size = 1 };

/* abcd and abcde have 4 of 5 words in common, abcdef and abcde 5 of 6, abcd and abcdef 4 of 6. */
static void
similar_texts_are_those_at_the_threshold(void **state)
{
	struct claque_similar_settings s = alike;
	struct texts t = { 0 };
	struct arena a = whole;

	(void)state;
	say(&t, "p", "1", 0, "abcd");
	say(&t, "q", "2", 1, "abcde");
	say(&t, "r", "3", 2, "abcdef");
	assert_str(similar(&a, &t, s), "p,q,1 q,p,1 q,r,1 r,q,1");
	s.similarity = 2.0 / 3.0;
	assert_str(similar(&a, &t, s), "p,q,1 p,r,1 q,p,1 q,r,1 r,p,1 r,q,1");
	s.similarity = 0.81;
	assert_str(similar(&a, &t, s), "q,r,1 r,q,1");
	s.min_document_size = 6;
	assert_str(similar(&a, &t, s), "");
	input_done(&t.in);
}

static void
similar_texts_must_be_near_in_time(void **state)
{
	struct texts t = { 0 };
	struct arena a = whole;

	(void)state;
	say(&t, "p", "1", 20, "xyz");
	say(&t, "q", "2", 10, "xyz");
	say(&t, "r", "3", 31, "xyz");
	assert_str(similar(&a, &t, alike), "p,q,1 q,p,1");
	input_done(&t.in);
}

/* s says it three times, q once: every message of s has met q, and q's only one has met s. */
static void
similar_weights_count_messages_of_the_first(void **state)
{
	struct claque_similar_settings s = alike;
	struct texts t = { 0 };
	struct arena a = whole;

	(void)state;
	say(&t, "s", "1", 0, "abc");
	say(&t, "s", "2", 1, "abc");
	say(&t, "s", "3", 2, "abc");
	say(&t, "q", "4", 3, "abc");
	assert_str(similar(&a, &t, s), "q,s,1 s,q,3");
	s.network.min_weight = 2;
	s.network.self_loops = true;
	assert_str(similar(&a, &t, s), "s,q,3 s,s,3");
	input_done(&t.in);
}

static void
texts_without_words_match_nothing(void **state)
{
	struct claque_similar_settings s = alike;
	struct texts t = { 0 };
	struct arena a = whole;

	(void)state;
	s.min_document_size = 0;
	GROW(t.in.rows, t.in.cap, 1);
	assert_str(similar(&a, &t, s), "");
	say(&t, "p", "1", 0, "");
	say(&t, "q", "2", 0, "");
	say(&t, "r", "3", 0, "a");
	say(&t, "s", "4", 0, "a");
	assert_str(similar(&a, &t, s), "r,s,1 s,r,1");
	input_done(&t.in);
}

static void
a_similarity_of_nothing_is_misuse(void **state)
{
	struct claque_similar_settings s = alike;
	struct claque_peer_names names = { NULL, account_name };
	struct claque_toolkit_edge *edges;
	struct claque_peer_words words;
	struct texts t = { 0 };
	struct claque_err err;
	size_t n;

	(void)state;
	words = (struct claque_peer_words){ t.words, t.from };
	for (int i = 0; i < 3; i++) {
		s.similarity = (const double[]){ 0, 1.01, strtod("nan", NULL) }[i];
		assert_int_equal(claque_toolkit_similar((const struct claque_peer_row[1]){ { 0 } },
				 0, &words, &names, &s, &silent, &edges, &n, &err), CLAQUE_EUSAGE);
	}
}

/* A text of the words in a set, one bit a word. */
static void
say_set(struct texts *t, struct arena *a, int who, unsigned set)
{
	char words[7] = "", *end = words;

	for (unsigned w = 0; w < 6; w++)
		if (set >> w & 1)
			*end++ = (char)('a' + w);
	say(t, str_fmt(a, "%c", 'A' + who).p, str_fmt(a, "%d", who).p, 0, words);
}

/* Sets drawn at random: the lists of rare words must find what comparing all pairs finds. */
static void
no_similar_text_is_missed(void **state)
{
	enum { TEXTS = 10 };
	struct claque_similar_settings s = alike;
	struct rng rng = rng_seeded(7);

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct arena a = whole;
		struct texts t = { 0 };
		struct lines want = { 0 };
		unsigned sets[TEXTS];
		const char *expected;

		s.similarity = 0.05 * (double)(1 + round % 20);
		for (int i = 0; i < TEXTS; i++)
			say_set(&t, &a, i, sets[i] = (unsigned)rng_below(&rng, 64));
		for (int i = 0; i < TEXTS * TEXTS; i++) {
			unsigned x = sets[i / TEXTS], y = sets[i % TEXTS];
			double common = __builtin_popcount(x & y), all = __builtin_popcount(x | y);

			if (i / TEXTS != i % TEXTS && x != 0 && y != 0 &&
			    common / all >= s.similarity)
				lines_add(&want, str_fmt(&a, "%c,%c,1", 'A' + i / TEXTS,
							 'A' + i % TEXTS));
		}
		expected = lines_join(&a, &want).p;
		assert_str(similar(&a, &t, s), expected);
		input_done(&t.in);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weights_are_directed_and_count_messages_once),
		cmocka_unit_test(accounts_that_take_turns_have_one_edge_each_way),
		cmocka_unit_test(the_toolkits_window_is_inclusive_at_both_ends),
		cmocka_unit_test(a_message_does_not_meet_itself),
		cmocka_unit_test(rows_without_a_time_meet_nothing),
		cmocka_unit_test(similar_texts_are_those_at_the_threshold),
		cmocka_unit_test(similar_texts_must_be_near_in_time),
		cmocka_unit_test(similar_weights_count_messages_of_the_first),
		cmocka_unit_test(texts_without_words_match_nothing),
		cmocka_unit_test(a_similarity_of_nothing_is_misuse),
		cmocka_unit_test(no_similar_text_is_missed),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
