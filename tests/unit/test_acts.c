/*
 * test_acts.c - what counts as doing the same: each signal of the shape
 * `edges` on a few posts by hand, and on many in any order.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "test.h"
#include "stopping.h"

#include "base/rng.h"
#include "engine/signal.h"
#include "engine/source.h"

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NEVER CLAQUE_NO_TIME
#define NOBODY UINT32_MAX

static const struct claque_progress quiet;
static struct claque_dataset *ds;
static struct claque_err err;
static struct coact acts;
static uint32_t rows;

static int
setup(void **state)
{
	(void)state;
	acts = (struct coact){ 0 };
	rows = 0;
	return claque_dataset_new(&ds, &err) == CLAQUE_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	coact_done(&acts);
	claque_dataset_free(ds);
	return 0;
}

static uint32_t
account(const char *id)
{
	struct claque_account a = { .id = str_of(id), .created_at = NEVER, .followers = -1,
				    .verified = -1 };
	uint32_t n;

	assert_ok(claque_dataset_add_account(ds, &a, &n, &err), err);
	return n;
}

static uint32_t
object(enum claque_object_kind kind, const char *id)
{
	uint32_t n;

	assert_ok(claque_dataset_add_object(ds, kind, str_of(id), &n, &err), err);
	return n;
}

/* What a post is besides its time and its account; all of it may be left out. */
struct extra {
	const char *id, *text, *tags, *parent;
	enum claque_post_kind kind;
	int64_t deleted_at;
};

/* Its row. Objects that a test names must be there before the posts that they are. */
static uint32_t
post(int64_t at, const char *who, struct extra x)
{
	struct claque_post p = {
		.at = at, .deleted_at = x.deleted_at == 0 ? NEVER : x.deleted_at,
		.id = str_of(x.id), .text = str_of(x.text), .tags = str_of(x.tags),
		.likes = -1, .shares = -1, .replies = -1, .account = account(who),
		.parent = x.parent == NULL ? CLAQUE_NO_OBJECT :
			object(CLAQUE_OBJECT_post, x.parent),
		.row = rows++, .kind = x.kind,
	};

	assert_ok(claque_dataset_add_post(ds, &p, &err), err);
	return p.row;
}

static void
share_in(uint32_t row, int64_t at, const char *who, uint32_t what, enum claque_act act)
{
	struct claque_share s = { .at = at, .account = account(who), .object = what, .row = row,
				  .act = (uint8_t)act };

	assert_ok(claque_dataset_add_share(ds, &s, &err), err);
}

static void
reshare(int64_t at, const char *who, const char *id)
{
	uint32_t row = post(at, who, (struct extra){ .kind = CLAQUE_IS_reshare, .parent = id });

	share_in(row, at, who, object(CLAQUE_OBJECT_post, id), CLAQUE_ACT_reshare);
}

static void
picture(int64_t at, const char *who, const char *hash)
{
	share_in(post(at, who, (struct extra){ 0 }), at, who, object(CLAQUE_OBJECT_media, hash),
		 CLAQUE_ACT_media);
}

static void
name_author(const char *id, const char *author)
{
	assert_ok(claque_dataset_set_author(ds, object(CLAQUE_OBJECT_post, id), str_of(author),
					    &err), err);
}

static void
run_with(enum claque_signal signal, const double *params)
{
	const struct signal *s = signal_table[signal];
	struct workings w;

	if (!ds->sealed)
		assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	coact_done(&acts);
	assert_ok(workings_init(&w, ds, s->needs, &quiet, &err), err);
	assert_ok(s->acts(&w, params, &quiet, &acts, &err), err);
	workings_done(&w);
}

static void
run(enum claque_signal signal)
{
	double params[CLAQUE_PARAM_MAX];

	signal_defaults(signal_table[signal], params);
	run_with(signal, params);
}

static uint32_t
rank_of(const char *id)
{
	for (uint32_t a = 0; a < ds->account_names.count; a++)
		if (str_eq(claque_dataset_account_id(ds, a), str_of(id)))
			return ds->rank[a];
	return NOBODY;
}

/* Acts of one account on one object. */
static unsigned
acts_on(uint32_t rank, uint32_t what)
{
	unsigned count = 0;

	for (uint64_t i = acts.from[what]; i < acts.from[what + 1]; i++)
		count += acts.acts[i].account == rank;
	return count;
}

static unsigned
acts_of(const char *id)
{
	unsigned count = 0;

	for (uint32_t o = 0; o < acts.object_count; o++)
		count += acts_on(rank_of(id), o);
	return count;
}

/* Objects that both acted on. */
static unsigned
common(const char *a, const char *b)
{
	unsigned count = 0;

	for (uint32_t o = 0; o < acts.object_count; o++)
		count += acts_on(rank_of(a), o) > 0 && acts_on(rank_of(b), o) > 0;
	return count;
}

#define WORDS "the mill by the river closes and nobody asked us"

/* --- co-text */

static void
near_copies_are_one_text_and_reshares_are_none(void **state)
{
	(void)state;
	(void)post(1, "a", (struct extra){ .text = WORDS });
	(void)post(2, "b", (struct extra){ .text = "The mill by the river closes, and nobody "
					   "asked them" });
	(void)post(3, "c", (struct extra){ .text = WORDS, .kind = CLAQUE_IS_reshare });
	(void)post(4, "d", (struct extra){ .text = "four words, no more" });
	(void)post(5, "e", (struct extra){ .text = "four words, no more" });
	(void)post(6, "f", (struct extra){ .text = "nobody else has ever put it like this" });
	run(CLAQUE_SIGNAL_CO_TEXT);
	assert_int_equal(common("a", "b"), 1);
	assert_int_equal(common("a", "c"), 0);
	assert_int_equal(common("d", "e"), 0);
	assert_int_equal(acts.object_count, 2);
	assert_int_equal(acts_of("f"), 1);
	/* 8 and 8 runs of three words, of which 7 are common: 7 of 9. */
	run_with(CLAQUE_SIGNAL_CO_TEXT, (double[]){ 4, 0.78, 0 });
	assert_int_equal(common("a", "b"), 0);
	assert_int_equal(common("d", "e"), 1);
	run_with(CLAQUE_SIGNAL_CO_TEXT, (double[]){ 4, 0.77, 0 });
	assert_int_equal(common("a", "b"), 1);
}

/* --- co-source */

static void
a_source_is_spread_in_four_ways(void **state)
{
	uint32_t p, link;

	(void)state;
	p = object(CLAQUE_OBJECT_post, "p");
	(void)post(1, "author", (struct extra){ .id = "p", .text = WORDS });
	reshare(10, "native", "p");
	link = post(20, "linker", (struct extra){ .text = "look at this" });
	share_in(link, 20, "linker", p, CLAQUE_ACT_link);
	share_in(post(30, "quoter", (struct extra){ .kind = CLAQUE_IS_quote }), 30, "quoter", p,
		 CLAQUE_ACT_quote);
	(void)post(40, "copier", (struct extra){ .text = WORDS " today" });
	share_in(post(50, "answerer", (struct extra){ .kind = CLAQUE_IS_reply }), 50, "answerer",
		 p, CLAQUE_ACT_reply);
	run(CLAQUE_SIGNAL_CO_SOURCE);
	assert_int_equal(acts.object_count, 1);
	assert_int_equal(acts.count, 4);
	assert_int_equal(common("native", "linker"), 1);
	assert_int_equal(common("quoter", "copier"), 1);
	assert_int_equal(common("native", "copier"), 1);
	assert_int_equal(acts_of("author"), 0);
	assert_int_equal(acts_of("answerer"), 0);
	assert_int_equal(acts.acts[3].at, 40);
}

static void
a_post_that_links_and_copies_is_one_act(void **state)
{
	uint32_t p, row;

	(void)state;
	p = object(CLAQUE_OBJECT_post, "p");
	(void)post(1, "author", (struct extra){ .id = "p", .text = WORDS });
	row = post(20, "a", (struct extra){ .text = WORDS });
	share_in(row, 20, "a", p, CLAQUE_ACT_link);
	share_in(row, 20, "a", p, CLAQUE_ACT_quote);
	(void)post(20, "a", (struct extra){ .text = WORDS });
	run(CLAQUE_SIGNAL_CO_SOURCE);
	assert_int_equal(acts.count, 2);
	assert_int_equal(acts.from[1], 2);
	assert_int_equal(acts_of("a"), 2);
}

static void
copies_without_an_origin_are_a_source(void **state)
{
	(void)state;
	(void)post(1, "a", (struct extra){ .text = WORDS });
	(void)post(2, "b", (struct extra){ .text = WORDS });
	(void)post(3, "c", (struct extra){ .text = "somebody wrote this twice and nobody else" });
	(void)post(4, "c", (struct extra){ .text = "somebody wrote this twice and nobody else" });
	run(CLAQUE_SIGNAL_CO_SOURCE);
	assert_int_equal(common("a", "b"), 1);
	assert_int_equal(acts_of("c"), 0);
}

/* Only the earliest post can be the origin: a copy that is reshared is still a copy. */
static void
who_copied_before_being_reshared_acts(void **state)
{
	(void)state;
	(void)object(CLAQUE_OBJECT_post, "copy");
	(void)post(1, "first", (struct extra){ .text = WORDS });
	(void)post(2, "copier", (struct extra){ .id = "copy", .text = WORDS });
	reshare(3, "resharer", "copy");
	run(CLAQUE_SIGNAL_CO_SOURCE);
	assert_int_equal(acts.object_count, 1);
	assert_int_equal(common("first", "copier"), 1);
	assert_int_equal(common("copier", "resharer"), 1);
}

static void
an_answer_does_not_make_a_post_the_origin(void **state)
{
	(void)state;
	(void)object(CLAQUE_OBJECT_post, "p");
	(void)post(1, "a", (struct extra){ .id = "p", .text = WORDS });
	(void)post(2, "b", (struct extra){ .text = WORDS });
	share_in(post(3, "c", (struct extra){ .kind = CLAQUE_IS_reply }), 3, "c", 0,
		 CLAQUE_ACT_reply);
	run(CLAQUE_SIGNAL_CO_SOURCE);
	assert_int_equal(common("a", "b"), 1);
}

/* The post itself is not in the file: its reshares carry its words. */
static void
an_original_outside_the_file_is_known_by_its_reshares(void **state)
{
	uint32_t row;

	(void)state;
	name_author("p", "author");
	row = post(5, "native", (struct extra){ .kind = CLAQUE_IS_reshare, .parent = "p",
						.text = "RT @somebody: " WORDS });
	share_in(row, 5, "native", 0, CLAQUE_ACT_reshare);
	(void)post(9, "copier", (struct extra){ .text = WORDS });
	reshare(10, "author", "p");
	run(CLAQUE_SIGNAL_CO_SOURCE);
	assert_int_equal(acts.object_count, 1);
	assert_int_equal(common("native", "copier"), 1);
	assert_int_equal(acts_of("author"), 0);
}

/* What 251 accounts write is a phrase: the posts with it stay apart. */
static void
a_phrase_joins_nothing(void **state)
{
	char who[16];

	for (unsigned writers = SOURCE_ACCOUNTS_MAX; writers <= SOURCE_ACCOUNTS_MAX + 1; writers++) {
		(void)teardown(state);
		assert_int_equal(setup(state), 0);
		(void)object(CLAQUE_OBJECT_post, "p1");
		(void)object(CLAQUE_OBJECT_post, "p2");
		(void)post(1, "w0", (struct extra){ .id = "p1", .text = WORDS });
		(void)post(2, "w1", (struct extra){ .id = "p2", .text = WORDS });
		for (unsigned i = 2; i < writers; i++) {
			(void)snprintf(who, sizeof(who), "w%u", i);
			(void)post(3, who, (struct extra){ .text = WORDS });
		}
		reshare(10, "a", "p1");
		reshare(11, "b", "p2");
		run(CLAQUE_SIGNAL_CO_SOURCE);
		assert_int_equal(common("a", "b"), writers <= SOURCE_ACCOUNTS_MAX ? 1 : 0);
		assert_int_equal(acts_of("a"), 1);
	}
}

static void
objects_of_unknown_nature_are_sources_as_they_are(void **state)
{
	uint32_t o;

	(void)state;
	o = object(CLAQUE_OBJECT_object, "thing");
	share_in(7, 1, "a", o, CLAQUE_ACT_link);
	share_in(8, 2, "b", o, CLAQUE_ACT_reshare);
	share_in(9, 2, "b", object(CLAQUE_OBJECT_url, "thing"), CLAQUE_ACT_link);
	run(CLAQUE_SIGNAL_CO_SOURCE);
	assert_int_equal(acts.object_count, 1);
	assert_int_equal(common("a", "b"), 1);
}

/* --- co-media */

static void
pictures_ten_bits_apart_are_one(void **state)
{
	(void)state;
	picture(1, "a", "00000000000000ff");
	picture(2, "b", "00000000000fc0f0");	/* 4 and 6 */
	picture(3, "c", "00000000001fc0f0");	/* 4 and 7 */
	run(CLAQUE_SIGNAL_CO_MEDIA);
	assert_int_equal(common("a", "b"), 1);
	assert_int_equal(common("a", "c"), 0);
	assert_int_equal(common("b", "c"), 0);	/* 1 bit apart, but no chains */
	run_with(CLAQUE_SIGNAL_CO_MEDIA, (double[]){ 11, 31 });
	assert_int_equal(common("a", "c"), 1);
	run_with(CLAQUE_SIGNAL_CO_MEDIA, (double[]){ 0, 31 });
	assert_int_equal(common("a", "b"), 0);
}

static void
long_hashes_have_a_distance_of_their_own(void **state)
{
	char near[65], far[65], zero[65];

	(void)state;
	for (size_t i = 0; i < 64; i++)
		zero[i] = i == 0 ? 'a' : '0';
	zero[64] = '\0';
	memcpy(near, zero, 65);
	for (size_t i = 0; i < 31; i++)
		near[2 * i + 1] = '1';
	memcpy(far, near, 65);
	far[63] = '8';
	picture(1, "a", zero);
	picture(2, "b", near);
	picture(3, "c", far);
	run(CLAQUE_SIGNAL_CO_MEDIA);
	assert_int_equal(common("a", "b"), 1);
	assert_int_equal(common("a", "c"), 0);
}

static void
what_is_no_hash_is_compared_exactly(void **state)
{
	(void)state;
	picture(1, "a", "1234567890123456");
	picture(2, "b", "1234567890123457");
	picture(3, "c", "picture-of-a-cat");
	picture(4, "d", "picture-of-a-cat");
	picture(5, "e", "picture-of-a-bat");
	run(CLAQUE_SIGNAL_CO_MEDIA);
	assert_int_equal(common("a", "b"), 0);
	assert_int_equal(common("c", "d"), 1);
	assert_int_equal(common("c", "e"), 0);
}

/* Against comparing each with each. */
static void
pictures_are_grouped_as_by_brute_force(void **state)
{
	enum { PICTURES = 1500 };
	static uint64_t bits[PICTURES];
	static size_t leader[PICTURES];
	struct rng r = rng_seeded(4);
	char who[16], hash[24];
	size_t joined = 0;

	(void)state;
	for (size_t i = 0; i < PICTURES; i++) {
		bits[i] = i % 5 == 0 ? rng_next(&r) : bits[i / 5 * 5];
		for (unsigned turn = 0; i % 5 != 0 && turn < 9 + i % 4; turn++)
			bits[i] ^= UINT64_C(1) << rng_below(&r, 64);
		(void)snprintf(who, sizeof(who), "a%zu", i);
		(void)snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)bits[i]);
		assert_non_null(strpbrk(hash, "abcdef"));
		picture((int64_t)i, who, hash);
		leader[i] = i;
		for (size_t j = 0; j < i && leader[i] == i; j++)
			if (leader[j] == j && __builtin_popcountll(bits[i] ^ bits[j]) <= 10)
				leader[i] = j;
		joined += leader[i] != i;
	}
	assert_in_range(joined, PICTURES / 4, PICTURES * 3 / 4);
	run(CLAQUE_SIGNAL_CO_MEDIA);
	assert_int_equal(acts.object_count, PICTURES - joined);
	for (uint32_t o = 0; o < acts.object_count; o++)
		for (uint64_t i = acts.from[o] + 1; i < acts.from[o + 1]; i++)
			assert_int_equal(leader[acts.acts[i].row],
					 leader[acts.acts[acts.from[o]].row]);
}

/* --- co-author, fast-reshare */

static void
authors_are_known_by_post_or_by_name(void **state)
{
	(void)state;
	(void)object(CLAQUE_OBJECT_post, "p1");
	(void)post(1, "star", (struct extra){ .id = "p1" });
	name_author("p2", "star");
	(void)object(CLAQUE_OBJECT_post, "p3");
	reshare(2, "a", "p1");
	reshare(3, "b", "p2");
	reshare(4, "star", "p1");
	reshare(5, "a", "p3");
	reshare(6, "b", "p3");
	run(CLAQUE_SIGNAL_CO_AUTHOR);
	assert_int_equal(acts.object_count, 1);
	assert_int_equal(common("a", "b"), 1);
	assert_int_equal(acts_of("star"), 0);
}

static void
ten_seconds_are_fast_and_a_millisecond_more_is_not(void **state)
{
	(void)state;
	(void)object(CLAQUE_OBJECT_post, "p");
	(void)post(MINUTE, "author", (struct extra){ .id = "p" });
	(void)object(CLAQUE_OBJECT_post, "elsewhere");
	reshare(MINUTE, "a", "p");
	reshare(MINUTE + 10 * SECOND, "b", "p");
	reshare(MINUTE + 10 * SECOND + 1, "c", "p");
	reshare(MINUTE - 1, "d", "p");
	reshare(MINUTE + 1, "author", "p");
	reshare(1, "a", "elsewhere");
	reshare(1, "c", "elsewhere");
	run(CLAQUE_SIGNAL_FAST_RESHARE);
	assert_int_equal(acts.count, 2);
	assert_int_equal(common("a", "b"), 1);
	run_with(CLAQUE_SIGNAL_FAST_RESHARE, (double[]){ 11 });
	assert_int_equal(common("a", "c"), 1);
	assert_int_equal(acts_of("d") + acts_of("author"), 0);
}

/* --- tag-sequence */

static void
five_tags_in_one_order_are_a_sequence(void **state)
{
	(void)state;
	(void)post(1, "a", (struct extra){ .tags = "t1 t2 t3 t4 t5" });
	(void)post(2, "b", (struct extra){ .tags = "t1 t2 t3 t4 t5" });
	(void)post(3, "c", (struct extra){ .tags = "t2 t1 t3 t4 t5" });
	(void)post(4, "d", (struct extra){ .tags = "t1 t2 t3 t4 t5", .kind = CLAQUE_IS_reshare });
	(void)post(5, "e", (struct extra){ .tags = "t1 t2 t3 t4" });
	(void)post(6, "f", (struct extra){ .tags = "t1 t2 t3 t4" });
	(void)post(7, "g", (struct extra){ .tags = "t1 t1 t1 t1 t1" });
	(void)post(8, "h", (struct extra){ .tags = "t1  t2 t3 t4" });
	run(CLAQUE_SIGNAL_TAG_SEQUENCE);
	assert_int_equal(common("a", "b"), 1);
	assert_int_equal(common("a", "c"), 0);
	assert_int_equal(acts_of("d") + acts_of("e") + acts_of("g") + acts_of("h"), 0);
	run_with(CLAQUE_SIGNAL_TAG_SEQUENCE, (double[]){ 4 });
	assert_int_equal(common("e", "f"), 1);
}

static void
a_day_of_short_posts_is_a_sequence(void **state)
{
	(void)state;
	(void)post(DAY, "a", (struct extra){ .tags = "t1 t2" });
	(void)post(DAY + HOUR, "a", (struct extra){ .tags = "t3 t4 t5" });
	(void)post(2 * DAY, "b", (struct extra){ .tags = "t1 t2 t3" });
	(void)post(3 * DAY - 1, "b", (struct extra){ .tags = "t4 t5" });
	(void)post(4 * DAY, "c", (struct extra){ .tags = "t1 t2 t3 t4 t5" });
	(void)post(5 * DAY - 1, "d", (struct extra){ .tags = "t1 t2 t3" });
	(void)post(5 * DAY, "d", (struct extra){ .tags = "t4 t5" });
	run(CLAQUE_SIGNAL_TAG_SEQUENCE);
	assert_int_equal(common("a", "b"), 1);
	assert_int_equal(common("b", "c"), 1);
	assert_int_equal(acts_of("d"), 0);
	for (size_t i = 0; i < acts.count; i++)
		if (acts.acts[i].account == rank_of("b"))
			assert_int_equal(acts.acts[i].at, 3 * DAY - 1);
}

static void
a_long_post_speaks_for_its_day(void **state)
{
	(void)state;
	(void)post(DAY, "a", (struct extra){ .tags = "t1 t2 t3 t4 t5" });
	(void)post(DAY + 1, "a", (struct extra){ .tags = "t6" });
	run(CLAQUE_SIGNAL_TAG_SEQUENCE);
	assert_int_equal(acts.count, 1);
}

/* --- co-delete */

static void
posts_of_one_slot_are_matched_at_their_deletion(void **state)
{
	int64_t noon = 12 * HOUR;

	(void)state;
	(void)post(noon, "a", (struct extra){ .deleted_at = noon + HOUR });
	(void)post(noon + 10 * MINUTE - 1, "b", (struct extra){ .deleted_at = noon + HOUR + 5 });
	(void)post(noon + 10 * MINUTE, "c", (struct extra){ .deleted_at = noon + HOUR });
	(void)post(noon, "d", (struct extra){ .deleted_at = noon + DAY + 1 });
	(void)post(noon, "e", (struct extra){ 0 });
	(void)post(noon, "f", (struct extra){ .deleted_at = noon - 1 });
	run(CLAQUE_SIGNAL_CO_DELETE);
	assert_int_equal(acts.count, 3);
	assert_int_equal(common("a", "b"), 1);
	assert_int_equal(common("a", "c"), 0);
	assert_int_equal(acts_of("d"), 0);
	assert_int_equal(acts.acts[acts.from[0] + 1].at, noon + HOUR + 5);
	run_with(CLAQUE_SIGNAL_CO_DELETE, (double[]){ 60, 25 });
	assert_int_equal(common("a", "c"), 1);
	assert_int_equal(common("a", "d"), 1);
}

static void
a_purge_counts_once_a_slot(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 300; i++) {
		(void)post(i * SECOND, "a", (struct extra){ .deleted_at = HOUR });
		(void)post(i * SECOND, "b", (struct extra){ .deleted_at = HOUR });
	}
	run(CLAQUE_SIGNAL_CO_DELETE);
	assert_int_equal(common("a", "b"), 1);
}

/* --- all of them */

static const enum claque_signal all[] = {
	CLAQUE_SIGNAL_CO_RESHARE, CLAQUE_SIGNAL_CO_URL, CLAQUE_SIGNAL_CO_TEXT,
	CLAQUE_SIGNAL_CO_MEDIA, CLAQUE_SIGNAL_CO_AUTHOR, CLAQUE_SIGNAL_FAST_RESHARE,
	CLAQUE_SIGNAL_TAG_SEQUENCE, CLAQUE_SIGNAL_CO_DELETE, CLAQUE_SIGNAL_CO_SOURCE,
};

enum { SIGNALS = sizeof(all) / sizeof(all[0]), PEOPLE = 12, ROWS = 600, FACTS_MAX = 4 * ROWS };

/* One row of a random world; what it says follows from its number alone. */
static void
random_row(uint32_t number)
{
	struct rng r = rng_seeded(number + 1);
	int64_t at = (int64_t)rng_below(&r, 40) * 4 * SECOND;
	char who[16], id[16], parent[16], text[128], tags[64], hash[24];
	bool is_reshare = rng_below(&r, 3) == 0;
	uint64_t look = rng_below(&r, 30) * UINT64_C(0x9e3779b97f4a7c15) | 0xa;

	(void)snprintf(who, sizeof(who), "a%u", (unsigned)rng_below(&r, PEOPLE));
	(void)snprintf(id, sizeof(id), "p%u", number);
	(void)snprintf(parent, sizeof(parent), "p%u", (unsigned)rng_below(&r, 60));
	(void)snprintf(text, sizeof(text), "story %u of the mill by the river and %u more words",
		       (unsigned)rng_below(&r, 20) * 7, (unsigned)rng_below(&r, 3));
	(void)snprintf(tags, sizeof(tags), "t1 t2 t%u t4 t%u", (unsigned)rng_below(&r, 4),
		       (unsigned)rng_below(&r, 9));
	(void)snprintf(hash, sizeof(hash), "%016llx",
		       (unsigned long long)(look ^ UINT64_C(1) << rng_below(&r, 64)));
	(void)object(CLAQUE_OBJECT_post, id);
	rows = number;
	(void)post(at, who, (struct extra){
		.id = id, .text = text, .tags = tags,
		.parent = is_reshare ? parent : NULL,
		.kind = is_reshare ? CLAQUE_IS_reshare : CLAQUE_IS_original,
		.deleted_at = number % 3 == 0 ? at + HOUR : 0,
	});
	if (is_reshare)
		share_in(number, at, who, object(CLAQUE_OBJECT_post, parent), CLAQUE_ACT_reshare);
	else
		share_in(number, at, who, object(CLAQUE_OBJECT_media, hash), CLAQUE_ACT_media);
	share_in(number, at, who, object(CLAQUE_OBJECT_url, tags), CLAQUE_ACT_link);
}

/* An act as it must come out of any order of rows. */
struct fact {
	uint64_t key, person, row;
	int64_t at;
};

static int
compare_facts(const void *pa, const void *pb)
{
	const struct fact *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return a->row != b->row ? (a->row < b->row ? -1 : 1) : (a->at > b->at) - (a->at < b->at);
}

/* Leaves out who is called as `but`. */
static size_t
list_facts(struct fact facts[FACTS_MAX], const char *but)
{
	size_t count = 0;

	assert_true(acts.count <= FACTS_MAX);
	for (size_t i = 0; i < acts.count; i++) {
		const struct coact_act *a = &acts.acts[i];
		struct claque_str id = claque_dataset_account_id(ds, ds->by_rank[a->account]);

		if (!str_eq(id, str_of(but)))
			facts[count++] = (struct fact){ acts.keys[a->object], hash_bytes(id, 0),
							a->row, a->at };
	}
	qsort(facts, count, sizeof(*facts), compare_facts);
	return count;
}

/* Each row's objects come with it, so that numbers differ from order to order. */
static void
the_order_of_rows_changes_no_act(void **state)
{
	static struct fact first[SIGNALS][FACTS_MAX], second[FACTS_MAX];
	size_t counts[SIGNALS];

	for (unsigned turn = 0; turn < 2; turn++) {
		(void)teardown(state);
		assert_int_equal(setup(state), 0);
		for (uint32_t i = 0; i < ROWS; i++)
			random_row(turn == 0 ? i : (i * 37 + 11) % ROWS);
		for (size_t s = 0; s < SIGNALS; s++) {
			run(all[s]);
			if (turn == 0) {
				counts[s] = list_facts(first[s], "");
				assert_true(counts[s] > 5);
				continue;
			}
			assert_int_equal(list_facts(second, ""), counts[s]);
			assert_memory_equal(first[s], second, counts[s] * sizeof(*second));
		}
	}
}

static void
somebody_unrelated_changes_nothing(void **state)
{
	static struct fact first[SIGNALS][FACTS_MAX], second[FACTS_MAX];
	size_t counts[SIGNALS];

	for (unsigned turn = 0; turn < 2; turn++) {
		(void)teardown(state);
		assert_int_equal(setup(state), 0);
		if (turn == 1) {
			rows = ROWS + 1;
			(void)object(CLAQUE_OBJECT_post, "hers");
			(void)post(3, "a0-else", (struct extra){
				.id = "hers", .text = "she writes about gardens and nothing else",
				.tags = "roses tulips asters lilies peonies",
				.deleted_at = 9 * DAY });
			picture(4, "a0-else", "fedcba9876543210");
			reshare(5, "a0-else", "something of somebody outside");
		}
		for (uint32_t i = 0; i < ROWS; i++)
			random_row(i);
		for (size_t s = 0; s < SIGNALS; s++) {
			run(all[s]);
			if (turn == 0)
				counts[s] = list_facts(first[s], "a0-else");
			else
				assert_int_equal(list_facts(second, "a0-else"), counts[s]);
			assert_memory_equal(first[s], turn == 0 ? first[s] : second,
					    counts[s] * sizeof(*second));
		}
	}
}

static void
acts_without_a_time_are_counted_and_left_out(void **state)
{
	(void)state;
	(void)post(NEVER, "a", (struct extra){ .text = WORDS, .tags = "t1 t2 t3 t4 t5" });
	(void)post(1, "b", (struct extra){ .text = WORDS, .tags = "t1 t2 t3 t4 t5" });
	run(CLAQUE_SIGNAL_CO_TEXT);
	assert_int_equal(acts.undated, 1);
	assert_int_equal(acts.count, 1);
	run(CLAQUE_SIGNAL_TAG_SEQUENCE);
	assert_int_equal(acts.undated, 1);
	run(CLAQUE_SIGNAL_CO_SOURCE);
	assert_int_equal(acts.undated, 1);
	assert_int_equal(acts_of("b"), 1);
}

static void
each_can_be_stopped(void **state)
{
	double params[CLAQUE_PARAM_MAX];
	char id[16];
	unsigned stopped = 0;

	(void)state;
	for (unsigned i = 0; i < 70000; i++) {
		(void)snprintf(id, sizeof(id), "p%u", i);
		(void)object(CLAQUE_OBJECT_post, id);
		(void)post(i, "a", (struct extra){ .tags = "t1 t2 t3 t4 t5", .deleted_at = i + 1 });
		share_in(i, i, "a", i, CLAQUE_ACT_reshare);
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	for (size_t s = 0; s < SIGNALS; s++) {
		const struct signal *signal = signal_table[all[s]];
		struct workings w;
		enum claque_rc rc = workings_init(&w, ds, signal->needs, &stopping, &err);

		signal_defaults(signal, params);
		if (rc == CLAQUE_OK)
			rc = signal->acts(&w, params, &stopping, &acts, &err);
		stopped += rc == CLAQUE_STOPPED;
		if (rc == CLAQUE_STOPPED)
			assert_null(acts.acts);
		workings_done(&w);
		coact_done(&acts);
	}
	assert_int_equal(stopped, SIGNALS);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON(near_copies_are_one_text_and_reshares_are_none),
		ON(a_source_is_spread_in_four_ways),
		ON(a_post_that_links_and_copies_is_one_act),
		ON(copies_without_an_origin_are_a_source),
		ON(who_copied_before_being_reshared_acts),
		ON(an_answer_does_not_make_a_post_the_origin),
		ON(an_original_outside_the_file_is_known_by_its_reshares),
		ON(a_phrase_joins_nothing),
		ON(objects_of_unknown_nature_are_sources_as_they_are),
		ON(pictures_ten_bits_apart_are_one),
		ON(long_hashes_have_a_distance_of_their_own),
		ON(what_is_no_hash_is_compared_exactly),
		ON(pictures_are_grouped_as_by_brute_force),
		ON(authors_are_known_by_post_or_by_name),
		ON(ten_seconds_are_fast_and_a_millisecond_more_is_not),
		ON(five_tags_in_one_order_are_a_sequence),
		ON(a_day_of_short_posts_is_a_sequence),
		ON(a_long_post_speaks_for_its_day),
		ON(posts_of_one_slot_are_matched_at_their_deletion),
		ON(a_purge_counts_once_a_slot),
		ON(the_order_of_rows_changes_no_act),
		ON(somebody_unrelated_changes_nothing),
		ON(acts_without_a_time_are_counted_and_left_out),
		ON(each_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
