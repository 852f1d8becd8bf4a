/* Which posts are copies of a post on another platform, and what becomes of them in a case. */
#include "config.h"

#include <math.h>

#include "feed.h"
#include "stopping.h"

#include "base/rng.h"
#include "store/copies.h"
#include "store/copies_impl.h"
#include "store/list.h"
#include "store/scan.h"
#include "store/stmt.h"

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)

/* Twelve words: ten shingles of three. */
#define WORDS "they will never tell you what happened at the old harbour yesterday"
/* The last word is another: nine of eleven shingles are in both. */
#define NEAR "they will never tell you what happened at the old harbour today"
/* And the first, too: of NEAR nine of eleven, of WORDS eight of twelve. */
#define FURTHER "we will never tell you what happened at the old harbour today"

#define AT(ms) .at = (ms)

enum { POSTS_MAX = 96 };

struct said {
	const char *platform, *account, *id, *text;
	int64_t at;
	enum post_kind kind;
	const char *shares;		/* a post that the input says it shares */
	enum time_precision precision;
};

static struct record
record_of(const struct said *said, struct share_record *share)
{
	struct record r = { .type = RECORD_POST };

	*share = (struct share_record){ .kind = CLAQUE_OBJECT_post, .act = CLAQUE_ACT_link,
					.key = str_of(said->shares) };
	r.post = (struct post_record){ .platform = str_of(said->platform), .id = str_of(said->id),
		.account_id = str_of(said->account), .handle = str_of(said->account),
		.text = str_of(said->text), .at = FEED_START + said->at, .kind = said->kind,
		.precision = said->precision, .likes = COUNT_UNKNOWN,
		.shares_count = COUNT_UNKNOWN, .replies = COUNT_UNKNOWN, .shares_accrue = true,
		.shares = share, .share_count = said->shares != NULL };
	return r;
}

static void
import_until(struct feed_bench *b, const struct said *said, size_t count, bool finish)
{
	struct record records[POSTS_MAX];
	struct share_record shares[POSTS_MAX];

	assert_true(count <= POSTS_MAX);
	for (size_t i = 0; i < count; i++)
		records[i] = record_of(&said[i], &shares[i]);
	feed_records(b, records, count, finish);
}

/* What the counts of a case and its writer rest on, whatever came and went. */
static void
ids_have_no_gaps(struct feed_bench *b)
{
	assert_int_equal(feed_number(b->s, "SELECT coalesce(max(id), 0) = count(*) FROM source"),
			 1);
	assert_int_equal(feed_number(b->s, "SELECT coalesce(max(id), 0) = count(*) FROM share"),
			 1);
	assert_int_equal(feed_number(b->s, "SELECT count(*) - count(DISTINCT kind || key)"
				     " FROM source"), 0);
	assert_int_equal(feed_number(b->s, "SELECT count(*) FROM source o WHERE share_count <>"
				     " (SELECT count(*) FROM share s WHERE s.source = o.id)"), 0);
	assert_int_equal(feed_number(b->s, "SELECT count(*) FROM account a WHERE share_count <>"
				     " (SELECT count(*) FROM share s WHERE s.account = a.id)"), 0);
}

static void
import(struct feed_bench *b, const struct said *said, size_t count)
{
	import_until(b, said, count, true);
	ids_have_no_gaps(b);
}

static int64_t
copies_of(struct feed_bench *b, const char *key)
{
	char sql[160];

	(void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM v_shares WHERE basis = 'copy'"
		       " AND key GLOB '%s'", key);
	return feed_number(b->s, sql);
}

/* The only copy's, in thousandths. */
static int64_t
similarity(struct feed_bench *b, const char *post)
{
	char sql[160];

	(void)snprintf(sql, sizeof(sql), "SELECT CAST(round(similarity * 1000) AS INTEGER)"
		       " FROM v_shares WHERE basis = 'copy' AND post_id = '%s'", post);
	return feed_number(b->s, sql);
}

#define IMPORT(b, said) import(b, said, sizeof(said) / sizeof(*(said)))

static void
the_same_words_elsewhere_are_a_share_of_the_earlier_post(void **state)
{
	static const struct said said[] = {
		{ "x", "amy", "x1", WORDS, AT(0) },
		{ "facebook", "bob", "f1", "RT @amy: THEY will never  tell you what happened at the"
		  " old harbour yesterday https://t.example/1", AT(HOUR) },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, said);
	assert_int_equal(copies_of(&b, "*"), 1);
	assert_int_equal(similarity(&b, "f1"), 1000);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM v_shares WHERE key = 'x1' AND"
				     " post_id = 'f1' AND act = 'link' AND kind = 'post' AND"
				     " account_id = 'bob' AND at_ms = 1475280000000 + 3600000"
				     " AND row = 3"), 1);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM source WHERE key = 'x1'"
				     " AND author = 'amy' AND account_count = 1 AND row = 2"), 1);
	feed_bench_drop(&b);
}

static void
nearly_the_same_words_are_too_and_say_how_nearly(void **state)
{
	static const struct said said[] = {
		{ "x", "amy", "x1", WORDS, AT(0) }, { "facebook", "bob", "f1", NEAR, AT(HOUR) },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, said);
	assert_int_equal(copies_of(&b, "x1"), 1);
	assert_int_equal(similarity(&b, "f1"), 818);	/* 9 of 11 */
	feed_bench_drop(&b);
}

static void
scripts_without_spaces_are_compared_by_character(void **state)
{
	static const struct said said[] = {
		{ "x", "amy", "x1", "\xe4\xbb\x96\xe4\xbb\xac\xe6\xb0\xb8\xe8\xbf\x9c\xe4\xb8\x8d"
		  "\xe4\xbc\x9a\xe5\x91\x8a\xe8\xaf\x89\xe4\xbd\xa0\xe7\xa0\x81\xe5\xa4\xb4\xe5\x8f"
		  "\x91\xe7\x94\x9f\xe4\xba\x86\xe4\xbb\x80\xe4\xb9\x88\xe4\xba\x8b\xe6\x83\x85", AT(0) },
		/* without the last: 15 of 16 shingles */
		{ "facebook", "bob", "f1", "\xe4\xbb\x96\xe4\xbb\xac\xe6\xb0\xb8\xe8\xbf\x9c\xe4\xb8"
		  "\x8d\xe4\xbc\x9a\xe5\x91\x8a\xe8\xaf\x89\xe4\xbd\xa0\xe7\xa0\x81\xe5\xa4\xb4\xe5"
		  "\x8f\x91\xe7\x94\x9f\xe4\xba\x86\xe4\xbb\x80\xe4\xb9\x88\xe4\xba\x8b", AT(HOUR) },
		/* Eight characters are about four words. */
		{ "x", "amy", "x2", "\xe6\x97\xa9\xe4\xb8\x8a\xe5\xa5\xbd\xe5\xa4\xa7\xe5\xae\xb6"
		  "\xe4\xbb\x8a\xe5\xa4\xa9\xe5\xa5\xbd", AT(0) },
		{ "facebook", "bob", "f2", "\xe6\x97\xa9\xe4\xb8\x8a\xe5\xa5\xbd\xe5\xa4\xa7\xe5\xae"
		  "\xb6\xe4\xbb\x8a\xe5\xa4\xa9\xe5\xa5\xbd", AT(HOUR) },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, said);
	assert_int_equal(copies_of(&b, "*"), 1);
	assert_int_equal(similarity(&b, "f1"), 938);
	feed_bench_drop(&b);
}

static void
false_friends_are_no_copies(void **state)
{
	static const struct said said[] = {
		/* Seven words and what does not count. */
		{ "x", "amy", "x1", "good morning to all of you friends", AT(0) },
		{ "facebook", "bob", "f1", "good morning to all of you friends", AT(HOUR) },
		{ "x", "amy", "x2", "#one #two #three #four #five #six #seven #eight #nine", AT(0) },
		{ "facebook", "bob", "f2", "#one #two #three #four #five #six #seven #eight #nine",
		  AT(HOUR) },
		{ "x", "amy", "x3", "https://a.example/b https://c.example/d @a @b @c @d @e", AT(0) },
		{ "facebook", "bob", "f3", "https://a.example/b https://c.example/d @a @b @c @d @e",
		  AT(HOUR) },
		/* A form filled in anew. */
		{ "x", "amy", "x4", "quake of magnitude 4 felt in the north of the island at 10 today", AT(0) },
		{ "facebook", "bob", "f4", "quake of magnitude 5 felt in the north of the island at 11"
		  " today", AT(HOUR) },
		/* A long post that quotes a short one. */
		{ "x", "amy", "x5", "my dog ate the whole birthday cake while nobody was looking", AT(0) },
		{ "facebook", "bob", "f5", "what a week it was: \"my dog ate the whole birthday cake"
		  " while nobody was looking\" says my neighbour, and then the roof came down on us",
		  AT(HOUR) },
		/* A native reshare repeats by nature. */
		{ "x", "amy", "x6", WORDS, AT(0) },
		{ "facebook", "bob", "f6", WORDS, AT(HOUR), .kind = POST_reshare },
		/* The same platform, and none known. */
		{ "x", "carl", "x7", WORDS, AT(HOUR) }, { "", "dan", "u1", WORDS, AT(HOUR) },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, said);
	assert_int_equal(copies_of(&b, "*"), 0);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM source"), 0);
	feed_bench_drop(&b);
}

static void
what_many_wrote_on_either_platform_is_nobodys(void **state)
{
	enum { EACH = 6 };
	struct said said[2 * EACH];
	char names[2 * EACH][8];
	struct feed_bench one_side = feed_bench_open(), both = feed_bench_open();

	(void)state;
	for (int i = 0; i < 2 * EACH; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "p%d", i);
		said[i] = (struct said){ i < EACH ? "x" : "facebook", names[i], names[i], WORDS,
					 AT(i * HOUR) };
	}
	import(&both, said, 2 * EACH);
	assert_int_equal(copies_of(&both, "*"), 0);
	/* Without the first there are five on x: what they share can be told. */
	import(&one_side, said + 1, 2 * EACH - 1);
	assert_int_equal(copies_of(&one_side, "p1"), EACH);
	feed_bench_drop(&one_side);
	feed_bench_drop(&both);
}

static void
only_what_is_surely_later_is_a_copy(void **state)
{
	static const struct said said[] = {
		{ "x", "amy", "x1", WORDS, AT(0), .precision = TIME_MINUTE },
		{ "facebook", "bob", "f1", WORDS, AT(59999) }, { "facebook", "bob", "f2", WORDS, AT(60000) },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, said);
	assert_int_equal(copies_of(&b, "x1"), 1);
	assert_int_equal(similarity(&b, "f2"), 1000);
	feed_bench_drop(&b);
}

static void
after_a_long_pause_a_text_is_new(void **state)
{
	static const struct said said[] = {
		{ "x", "amy", "x1", WORDS, AT(0) }, { "facebook", "bob", "f1", WORDS, AT(90 * DAY) },
		{ "facebook", "bob", "f2", WORDS, AT(181 * DAY) },
		{ "x", "amy", "x2", WORDS, AT(182 * DAY) },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, said);
	assert_int_equal(copies_of(&b, "x1"), 1);
	assert_int_equal(copies_of(&b, "f2"), 1);
	assert_int_equal(copies_of(&b, "*"), 2);
	feed_bench_drop(&b);
}

/* Another platform numbers its posts alike: p1 of eve has nothing to do with it. */
static void
a_copy_tells_whose_words_they_were_where_and_when(void **state)
{
	static const struct said said[] = {
		{ "vk", "eve", "p1", "nothing that anybody else would ever say", AT(-HOUR) },
		{ "x", "amy", "p1", WORDS, AT(0) },
		{ "facebook", "bob", "f1", NEAR, AT(HOUR) },
	};
	struct list_query q = { .list = LIST_POSTS, .lens = lens_open(), .sort = -1 };
	struct feed_bench b = feed_bench_open();
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct claque_err err = { 0 };
	const struct value *copy;
	struct row *rows;
	size_t got;

	(void)state;
	IMPORT(&b, said);
	assert_ok(list_rows(b.s, &q, 2, 1, &perm, &rows, &got, &err), err);
	assert_int_equal(got, 1);
	copy = rows[0].values;
	assert_str(copy[list_column(LIST_POSTS, STR("copied_account"))].s, "@amy");
	assert_str(copy[list_column(LIST_POSTS, STR("copied_platform"))].s, "x");
	assert_int_equal(copy[list_column(LIST_POSTS, STR("copied_at"))].i, FEED_START);
	assert_true(fabs(copy[list_column(LIST_POSTS, STR("copy_similarity"))].r - 9.0 / 11) < 1e-6);
	arena_free(whole);
	feed_bench_drop(&b);
}

static void
a_copy_of_a_copy_goes_back_to_the_earliest(void **state)
{
	static const struct said said[] = {
		{ "x", "amy", "x1", WORDS, AT(0) }, { "facebook", "bob", "f1", NEAR, AT(HOUR) },
		{ "telegram", "carl", "t1", FURTHER, AT(2 * HOUR) },
		{ "x", "dan", "x2", NEAR, AT(3 * HOUR) },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, said);
	assert_int_equal(copies_of(&b, "x1"), 2);
	assert_int_equal(copies_of(&b, "*"), 2);
	assert_int_equal(similarity(&b, "t1"), 667);	/* 8 of 12, not the 9 of 11 of f1 */
	feed_bench_drop(&b);
}

static void
an_original_that_arrives_later_takes_over(void **state)
{
	static const struct said first[] = {
		{ "facebook", "bob", "f1", WORDS, AT(HOUR) }, { "x", "amy", "x1", WORDS, AT(2 * HOUR) },
		{ "telegram", "eve", "t1", WORDS, AT(3 * HOUR) },
	};
	static const struct said second[] = { { "x", "zoe", "x0", WORDS, AT(0) } };
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, first);
	assert_int_equal(copies_of(&b, "f1"), 2);
	IMPORT(&b, second);
	/* x1 stands on the platform of the new source: no copy any more; f1 has become one. */
	assert_int_equal(copies_of(&b, "x0"), 2);
	assert_int_equal(copies_of(&b, "*"), 2);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM source"), 1);
	assert_int_equal(feed_number(b.s, "SELECT share_count FROM account WHERE handle = 'amy'"),
			 0);
	feed_bench_drop(&b);
}

static void
a_source_with_a_note_on_it_stays(void **state)
{
	static const struct said first[] = {
		{ "facebook", "bob", "f1", WORDS, AT(HOUR) }, { "x", "amy", "x1", WORDS, AT(2 * HOUR) },
	};
	static const struct said second[] = { { "x", "zoe", "x0", WORDS, AT(0) } };
	struct annotation note = { .kind = ANNOTATION_note, .target = { SUBJECT_source, 1 },
		.target_name = STR("f1"), .text = STR("seen"), .who = STR("me"), .live = true };
	struct claque_err err = { 0 };
	struct feed_bench b = feed_bench_open();
	int64_t id;

	(void)state;
	IMPORT(&b, first);
	assert_ok(store_begin(b.s, &err), err);
	assert_ok(annotation_add(b.s, &note, &id, &err), err);
	assert_ok(store_commit(b.s, &err), err);
	IMPORT(&b, second);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM source WHERE id = 1 AND key = 'f1'"
				     " AND share_count = 0 AND first_seen IS NULL"), 1);
	assert_int_equal(copies_of(&b, "x0"), 1);
	feed_bench_drop(&b);
}

static void
places_of_shares_that_went_are_filled(void **state)
{
	static const struct said first[] = {
		{ "x", "amy", "x1", WORDS, AT(5 * HOUR) }, { "facebook", "bob", "f1", WORDS, AT(6 * HOUR) },
		{ "facebook", "bob", "f2", WORDS, AT(7 * HOUR) },
	};
	/* With bob's own as the source, bob's posts are copies no more; amy's is. */
	static const struct said second[] = {
		{ "facebook", "bob", "f0", WORDS, AT(0) },
		{ "facebook", "bob", "f3", "see this", AT(8 * HOUR), .shares = "elsewhere" },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, first);
	assert_int_equal(copies_of(&b, "x1"), 2);
	IMPORT(&b, second);
	assert_int_equal(copies_of(&b, "f0"), 1);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM share"), 2);
	feed_bench_drop(&b);
}

static void
what_the_input_says_is_not_told_twice(void **state)
{
	static const struct said said[] = {
		{ "x", "amy", "x1", WORDS, AT(0) },
		{ "facebook", "bob", "f1", WORDS, AT(HOUR), .shares = "x1" },
		{ "facebook", "carl", "f2", WORDS, AT(HOUR) },
	};
	/* The same post again, in an input that tells what it shares. */
	static const struct said later[] = {
		{ "facebook", "carl", "f2", WORDS, AT(HOUR), .shares = "x1" },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, said);
	assert_int_equal(copies_of(&b, "x1"), 1);
	IMPORT(&b, later);
	assert_int_equal(copies_of(&b, "*"), 0);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM v_shares WHERE basis = 'id'"
				     " AND key = 'x1'"), 2);
	feed_bench_drop(&b);
}

static void
a_source_without_an_id_is_known_by_its_words(void **state)
{
	static const struct said said[] = {
		{ "x", "Amy", "", WORDS, AT(0) }, { "facebook", "bob", "f1", WORDS, AT(HOUR) },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, said);
	/* As import/feed.c names what an input reshares without an id. */
	assert_int_equal(copies_of(&b, "@amy#[0-9a-f][0-9a-f][0-9a-f]*"), 1);
	feed_bench_drop(&b);
}

static void
a_second_import_finds_copies_across_imports_once(void **state)
{
	static const struct said first[] = { { "x", "amy", "x1", WORDS, AT(0) } };
	static const struct said second[] = { { "facebook", "bob", "f1", WORDS, AT(HOUR) } };
	static const struct said third[] = { { "facebook", "bob", "f9", "no news", AT(HOUR) } };
	struct feed_bench b = feed_bench_open();

	(void)state;
	IMPORT(&b, first);
	assert_int_equal(copies_of(&b, "*"), 0);
	IMPORT(&b, second);
	assert_int_equal(copies_of(&b, "x1"), 1);
	IMPORT(&b, third);
	IMPORT(&b, second);
	assert_int_equal(copies_of(&b, "x1"), 1);
	feed_bench_drop(&b);
}

/* Killed after the last batch, before totals: whoever opens the case next makes up for it. */
static void
what_a_kill_left_undone_is_found_on_opening(void **state)
{
	static const struct said said[] = {
		{ "x", "amy", "x1", WORDS, AT(0) }, { "facebook", "bob", "f1", WORDS, AT(HOUR) },
	};
	struct feed_bench b = feed_bench_open();

	(void)state;
	import_until(&b, said, 2, false);
	store_close(b.s);
	for (int i = 0; i < 2; i++) {
		b.s = feed_open(b.path, STORE_WRITE);
		assert_int_equal(copies_of(&b, "x1"), 1);
		ids_have_no_gaps(&b);
		store_close(b.s);
	}
	b.s = feed_open(b.path, STORE_WRITE);
	feed_bench_drop(&b);
}

enum { WORLD_WORDS = 14, WORLD_STEMS = 6 };

/* Posts on two platforms that tell a few texts again, now and then with other words. */
static void
make_world(struct said *said, char texts[][WORLD_WORDS * 8], size_t count)
{
	static const char *const accounts[] = { "amy", "bob", "cem", "dan", "eva" };
	struct rng rng = rng_seeded(7);

	for (size_t i = 0; i < count; i++) {
		unsigned stem = (unsigned)rng_below(&rng, WORLD_STEMS);
		bool here = rng_below(&rng, 2) == 0;
		size_t len = 0;

		for (unsigned w = 0; w < WORLD_WORDS; w++) {
			unsigned word = rng_below(&rng, 12) == 0 ? 900 : 100 + stem * WORLD_WORDS + w;

			len += (size_t)snprintf(texts[i] + len, sizeof(texts[i]) - len, "%sword%u",
						w > 0 ? " " : "", word);
		}
		said[i] = (struct said){ here ? "x" : "facebook",
					 accounts[rng_below(&rng, 5)], NULL, texts[i],
					 AT((int64_t)rng_below(&rng, 1000) * HOUR) };
	}
}

static void
name_posts(struct said *said, char ids[][8], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		(void)snprintf(ids[i], sizeof(ids[i]), "p%zu", i);
		said[i].id = ids[i];
	}
}

#define ALL_COPIES "SELECT group_concat(c) FROM (SELECT post_id || ' of ' || original ||" \
	" printf(' %.4f', similarity) AS c FROM v_copies ORDER BY c)"

static void
assert_same_copies(struct feed_bench *a, struct feed_bench *b)
{
	sqlite3_stmt *x = NULL, *y = NULL;
	struct claque_err err = { 0 };

	assert_ok(stmt_prepare(a->s, ALL_COPIES, &x, &err), err);
	assert_ok(stmt_prepare(b->s, ALL_COPIES, &y, &err), err);
	assert_ok(stmt_step(a->s, x, &err), err);
	assert_ok(stmt_step(b->s, y, &err), err);
	assert_string_equal(column_str(x, 0).p, column_str(y, 0).p);
	(void)sqlite3_finalize(x);
	(void)sqlite3_finalize(y);
}

/* Each import compares what it brings with the prints of what was there. */
static void
posts_that_come_in_pieces_have_the_copies_of_all_at_once(void **state)
{
	enum { PIECE = 12 };
	static char texts[POSTS_MAX][WORLD_WORDS * 8], ids[POSTS_MAX][8];
	struct said said[POSTS_MAX];
	struct feed_bench once = feed_bench_open(), pieces = feed_bench_open();

	(void)state;
	make_world(said, texts, POSTS_MAX);
	name_posts(said, ids, POSTS_MAX);
	IMPORT(&once, said);
	assert_in_range(copies_of(&once, "*"), POSTS_MAX / 8, POSTS_MAX);
	for (size_t i = 0; i < POSTS_MAX; i += PIECE)
		import(&pieces, said + i, PIECE);
	assert_int_equal(feed_number(pieces.s, "SELECT count(*) FROM copy_print"),
			 POSTS_MAX / PIECE);
	assert_same_copies(&once, &pieces);
	feed_bench_drop(&once);
	feed_bench_drop(&pieces);
}

/* As it stands after the last batch: rows are committed, nothing is derived. */
static struct feed_bench
world_before_copies(void)
{
	static char texts[POSTS_MAX][WORLD_WORDS * 8], ids[POSTS_MAX][8];
	struct said said[POSTS_MAX];
	struct feed_bench b = feed_bench_open();

	make_world(said, texts, POSTS_MAX);
	name_posts(said, ids, POSTS_MAX);
	import_until(&b, said, POSTS_MAX, false);
	return b;
}

static void
derive_now(struct feed_bench *b)
{
	struct claque_err err = { 0 };

	assert_ok(store_begin(b->s, &err), err);
	assert_ok(derive_copies(b->s, &err), err);
	assert_ok(store_commit(b->s, &err), err);
	copies_ahead_end(b->s);
}

static struct copies *
take_ahead(struct feed_bench *b, bool *found)
{
	struct claque_err err = { 0 };
	struct copies *c;
	int64_t state;

	assert_ok(copies_state(b->s, &state, &err), err);
	assert_int_equal(copies_ahead_take(b->s, state, &c, found), CLAQUE_OK);
	return c;
}

/* Wholly, texts of a part only because there is no more room, or not at all. */
static void
copies_looked_for_ahead_are_the_same(void **state)
{
	static const size_t rooms[] = { COPY_AHEAD_BYTES, 1, 0 };
	struct feed_bench plain = world_before_copies();

	(void)state;
	derive_now(&plain);
	assert_in_range(copies_of(&plain, "*"), POSTS_MAX / 8, POSTS_MAX);
	for (size_t i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
		struct feed_bench ahead = world_before_copies();

		copies_ahead_start(ahead.s, rooms[i]);
		derive_now(&ahead);
		assert_same_copies(&plain, &ahead);
		assert_int_equal(feed_number(ahead.s, "SELECT sum(length(prints)) FROM copy_print"),
				 feed_number(plain.s, "SELECT sum(length(prints)) FROM copy_print"));
		feed_bench_drop(&ahead);
	}
	feed_bench_drop(&plain);
}

static void
what_is_found_ahead_is_of_use_until_somebody_else_writes(void **state)
{
	struct feed_bench b = world_before_copies();
	sqlite3 *other;
	struct copies *c;
	bool found;

	(void)state;
	assert_int_equal(sqlite3_open(b.path, &other), SQLITE_OK);
	copies_ahead_start(b.s, COPY_AHEAD_BYTES);
	c = take_ahead(&b, &found);
	assert_non_null(c);
	assert_true(found && c->found_count > 0 && c->fresh.len > 0);
	copies_free(c);
	copies_ahead_end(b.s);
	copies_ahead_start(b.s, COPY_AHEAD_BYTES);
	assert_int_equal(sqlite3_exec(other, "INSERT INTO state VALUES('other', 1)", NULL, NULL, NULL),
			 SQLITE_OK);
	assert_null(take_ahead(&b, &found));
	copies_ahead_end(b.s);
	copies_ahead_start(b.s, COPY_AHEAD_BYTES);
	copies_ahead_end(b.s);	/* at once: the thread is stopped */
	(void)sqlite3_close(other);
	feed_bench_drop(&b);
}

static void
looking_for_copies_can_be_stopped(void **state)
{
	struct feed_bench b = world_before_copies();
	struct claque_err err = { 0 };

	(void)state;
	for (int ahead = 0; ahead < 2; ahead++) {
		if (ahead)
			copies_ahead_start(b.s, COPY_AHEAD_BYTES);
		assert_ok(store_begin(b.s, &err), err);
		store_watch(b.s, &stopping);
		assert_int_equal(derive_copies(b.s, &err), CLAQUE_STOPPED);
		store_unwatch(b.s);
		store_rollback(b.s);
		copies_ahead_end(b.s);
	}
	derive_now(&b);
	assert_in_range(copies_of(&b, "*"), POSTS_MAX / 8, POSTS_MAX);
	feed_bench_drop(&b);
}

/* Prints of another version, or damaged ones, are neither trusted nor read past their end. */
static void
prints_by_other_rules_are_made_anew(void **state)
{
	static const struct said first[] = {
		{ "x", "amy", "x1", WORDS, AT(0) }, { "facebook", "bob", "f1", NEAR, AT(HOUR) },
	}, second[] = { { "x", "eva", "x2", "no news", AT(HOUR) } },
	third[] = { { "x", "eva", "x3", "no news again", AT(HOUR) } };
	struct feed_bench b = feed_bench_open();
	struct claque_err err = { 0 };

	(void)state;
	IMPORT(&b, first);
	assert_ok(store_exec(b.s, "UPDATE copy_print SET prints = zeroblob(length(prints))", &err),
		  err);
	assert_ok(store_exec(b.s, "UPDATE state SET value = 1 WHERE name = 'copy_prints_rules'",
			     &err), err);
	IMPORT(&b, second);
	assert_int_equal(copies_of(&b, "x1"), 1);
	assert_ok(store_exec(b.s, "UPDATE copy_print SET prints = x'ffffffffff'", &err), err);
	IMPORT(&b, third);
	assert_int_equal(copies_of(&b, "*"), 0);
	feed_bench_drop(&b);
}

struct fed {
	int shares, sources;
};

static bool
count_share(void *ctx, const struct scan_share *row)
{
	struct fed *fed = ctx;

	(void)row;
	fed->shares++;
	return true;
}

static bool
count_source(void *ctx, const struct scan_source *row)
{
	struct fed *fed = ctx;

	(void)row;
	fed->sources++;
	return true;
}

/* The engine compares texts itself: it sees what the input told, copies or not. */
static void
copies_are_not_fed_to_the_engine(void **state)
{
	static const struct said said[] = {
		{ "x", "amy", "x1", WORDS, AT(0) }, { "facebook", "bob", "f1", WORDS, AT(HOUR) },
		{ "x", "amy", "x2", "a second text that somebody copies and that somebody links to", AT(0) },
		{ "facebook", "bob", "f2", "a second text that somebody copies and that somebody"
		  " links to", AT(HOUR) },
		{ "facebook", "carl", "f3", "see this", AT(HOUR), .shares = "x2" },
	};
	struct feed_bench b = feed_bench_open();
	struct claque_err err = { 0 };
	struct fed fed = { 0 };

	(void)state;
	IMPORT(&b, said);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM share"), 3);
	assert_ok(scan_shares(b.s, count_share, &fed, &err), err);
	assert_ok(scan_sources(b.s, count_source, &fed, &err), err);
	assert_int_equal(fed.shares, 1);
	assert_int_equal(fed.sources, 1);
	feed_bench_drop(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_words_elsewhere_are_a_share_of_the_earlier_post),
		cmocka_unit_test(nearly_the_same_words_are_too_and_say_how_nearly),
		cmocka_unit_test(scripts_without_spaces_are_compared_by_character),
		cmocka_unit_test(false_friends_are_no_copies),
		cmocka_unit_test(what_many_wrote_on_either_platform_is_nobodys),
		cmocka_unit_test(only_what_is_surely_later_is_a_copy),
		cmocka_unit_test(after_a_long_pause_a_text_is_new),
		cmocka_unit_test(a_copy_tells_whose_words_they_were_where_and_when),
		cmocka_unit_test(a_copy_of_a_copy_goes_back_to_the_earliest),
		cmocka_unit_test(an_original_that_arrives_later_takes_over),
		cmocka_unit_test(a_source_with_a_note_on_it_stays),
		cmocka_unit_test(places_of_shares_that_went_are_filled),
		cmocka_unit_test(what_the_input_says_is_not_told_twice),
		cmocka_unit_test(a_source_without_an_id_is_known_by_its_words),
		cmocka_unit_test(a_second_import_finds_copies_across_imports_once),
		cmocka_unit_test(posts_that_come_in_pieces_have_the_copies_of_all_at_once),
		cmocka_unit_test(copies_looked_for_ahead_are_the_same),
		cmocka_unit_test(what_is_found_ahead_is_of_use_until_somebody_else_writes),
		cmocka_unit_test(looking_for_copies_can_be_stopped),
		cmocka_unit_test(prints_by_other_rules_are_made_anew),
		cmocka_unit_test(what_a_kill_left_undone_is_found_on_opening),
		cmocka_unit_test(copies_are_not_fed_to_the_engine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
