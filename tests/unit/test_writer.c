#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "feed.h"
#include "stopping.h"

#include "base/rng.h"
#include "store/stmt.h"

static const struct claque_progress silent = { NULL, NULL };
static const struct feed_shape shape = { 50, 70 };

/* One writer over one input, for tests that put records by hand. */
struct bench {
	char *path;
	struct store *s;
	struct writer *w;
	struct record_sink sink;
	uint64_t row;
	struct claque_err err;
};

static void
begin_sized(struct bench *b, const char *sha256, uint64_t bytes)
{
	struct input_info input = { "in.csv", sha256, "native-posts", bytes };
	uint64_t skip;
	bool done;

	assert_ok(writer_new(&b->w, b->s, &silent, &b->err), b->err);
	assert_ok(writer_begin_input(b->w, &input, &skip, &done, &b->err), b->err);
	assert_false(done);
	b->sink = writer_sink(b->w);
	b->row = 1;
}

/* As large as the case, or more. */
static void
begin(struct bench *b, const char *sha256)
{
	begin_sized(b, sha256, 10 << 20);
}

static struct bench
open_bench(void)
{
	struct bench b = { .path = feed_path() };

	b.s = feed_open(b.path, STORE_CREATE);
	begin(&b, "one");
	return b;
}

static struct input_totals
end(struct bench *b)
{
	struct input_totals totals;

	assert_ok(writer_end_input(b->w, &totals, &b->err), b->err);
	assert_ok(writer_finish(b->w, &silent, &b->err), b->err);
	writer_free(b->w);
	b->w = NULL;
	return totals;
}

static void
drop(struct bench *b)
{
	store_close(b->s);
	feed_drop(b->path);
}

/* One record as one row; true if it was a duplicate. */
static bool
put(struct bench *b, const struct record *r)
{
	bool duplicate;

	b->row++;
	assert_ok(b->sink.put(b->sink.ctx, b->row, r, &duplicate, &b->err), b->err);
	assert_ok(b->sink.row_done(b->sink.ctx, b->row, &b->err), b->err);
	return duplicate;
}

static struct record
post(const char *id, const char *account)
{
	struct record r = { .type = RECORD_POST };

	r.post = (struct post_record){ .platform = STR("x"), .id = str_of(id),
		.account_id = str_of(account), .at = FEED_START, .likes = COUNT_UNKNOWN,
		.shares_count = COUNT_UNKNOWN, .replies = COUNT_UNKNOWN };
	return r;
}

static struct record
account(const char *id, const char *bio, int64_t observed_at)
{
	struct record r = { .type = RECORD_ACCOUNT };

	r.account = (struct account_record){ .platform = STR("x"), .id = str_of(id),
		.bio = str_of(bio), .created_at = CLAQUE_NO_TIME, .observed_at = observed_at,
		.followers = COUNT_UNKNOWN, .following = COUNT_UNKNOWN,
		.posts_total = COUNT_UNKNOWN, .verified = COUNT_UNKNOWN };
	return r;
}

static void
the_same_file_twice_adds_nothing(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct input_totals first = feed_import(s, &shape, 1000), second;

	(void)state;
	assert_int_equal(first.rows, 1000);
	assert_int_equal(first.taken, 1000);
	second = feed_import(s, &shape, 1000);
	assert_int_equal(second.rows, 1000);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM post"), 1000);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM share"), 1000);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM input_file"), 1);
	store_close(s);
	feed_drop(path);
}

static void
the_same_posts_from_another_file_are_duplicates(void **state)
{
	struct bench b = open_bench();
	struct record one = post("1", "a"), two = post("2", "a"), elsewhere = post("1", "a");
	struct input_totals totals;

	(void)state;
	elsewhere.post.platform = STR("telegram");
	assert_false(put(&b, &one));
	assert_true(put(&b, &one));
	assert_false(put(&b, &elsewhere));
	(void)end(&b);
	begin(&b, "two");
	assert_true(put(&b, &one));
	assert_false(put(&b, &two));
	totals = end(&b);
	assert_int_equal(totals.rows, 2);
	assert_int_equal(totals.taken, 1);
	assert_int_equal(totals.duplicates, 1);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM post"), 3);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM account"), 2);
	drop(&b);
}

/* Where what is there is looked up, post by post. */
static void
the_same_posts_from_a_small_file_are_duplicates_too(void **state)
{
	struct bench b = open_bench();
	struct record one = post("1", "a"), two = post("2", "a"), by_another = post("1", "b"),
		elsewhere = post("1", "a");

	(void)state;
	elsewhere.post.platform = STR("telegram");
	assert_false(put(&b, &one));
	(void)end(&b);
	begin_sized(&b, "two", 1);
	assert_true(put(&b, &one));
	assert_true(put(&b, &by_another));
	assert_false(put(&b, &two));
	assert_true(put(&b, &two));
	assert_false(put(&b, &elsewhere));
	(void)end(&b);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM post"), 3);
	drop(&b);
}

static void
posts_without_an_id_are_told_apart_by_content(void **state)
{
	struct bench b = open_bench();
	struct record one = post("", "a"), two = post("", "a");

	(void)state;
	two.post.text = STR("another");
	assert_false(put(&b, &one));
	assert_false(put(&b, &two));
	(void)end(&b);
	begin(&b, "two");
	assert_true(put(&b, &one));
	assert_true(put(&b, &two));
	(void)end(&b);
	drop(&b);
}

static void
a_profile_completes_the_account_that_posts_named(void **state)
{
	struct bench b = open_bench();
	struct record p = post("1", "a"), old = account("a", "old", 100),
		new = account("a", "new", 200), undated = account("b", "", CLAQUE_NO_TIME);

	(void)state;
	(void)put(&b, &p);
	assert_false(put(&b, &new));
	assert_false(put(&b, &old));	/* observed earlier: kept, but not the current one */
	assert_true(put(&b, &old));
	assert_false(put(&b, &undated));
	(void)end(&b);
	assert_int_equal(feed_number(b.s, "SELECT bio = 'new' AND profiled AND post_count = 1"
				     " FROM account WHERE native_id = 'a'"), 1);
	assert_int_equal(feed_number(b.s, "SELECT bio = '' AND handle IS NULL FROM account"
				     " WHERE native_id = 'b'"), 1);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_snapshot"), 3);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM profile_snapshot"
				     " WHERE basis = 'observed'"), 2);
	begin(&b, "two");
	assert_true(put(&b, &new));
	assert_true(put(&b, &undated));
	(void)end(&b);
	drop(&b);
}

static bool
put_share(struct bench *b, const char *content, const char *object, bool accrue)
{
	struct share_record share = { .kind = CLAQUE_OBJECT_object, .act = CLAQUE_ACT_link,
		.key = str_of(object) };
	struct record r = post(content, "a");

	r.post.shares = &share;
	r.post.share_count = 1;
	r.post.shares_accrue = accrue;
	return put(b, &r);
}

static void
further_rows_of_a_post_add_their_shares(void **state)
{
	struct bench b = open_bench();

	(void)state;
	assert_false(put_share(&b, "c1", "o1", true));
	assert_false(put_share(&b, "c1", "o2", true));
	assert_true(put_share(&b, "c1", "o2", true));
	assert_true(put_share(&b, "c1", "o3", false));
	(void)end(&b);
	begin(&b, "two");
	assert_true(put_share(&b, "c1", "o1", true));
	assert_false(put_share(&b, "c1", "o3", true));
	(void)end(&b);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM post"), 1);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM share"), 3);
	assert_int_equal(feed_number(b.s, "SELECT min(share_count) FROM source"), 1);
	drop(&b);
}

static void
a_later_row_can_tell_the_author_of_a_source(void **state)
{
	struct bench b = open_bench();
	struct share_record share = { .kind = CLAQUE_OBJECT_post, .act = CLAQUE_ACT_reshare,
		.key = STR("77") };
	struct record r = post("1", "a");

	(void)state;
	r.post.shares = &share;
	r.post.share_count = 1;
	(void)put(&b, &r);
	r.post.id = STR("2");
	share.author = STR("boss");
	(void)put(&b, &r);
	(void)end(&b);
	assert_int_equal(feed_number(b.s, "SELECT author = 'boss' AND account_count = 1"
				     " AND share_count = 2 FROM source"), 1);
	drop(&b);
}

static void
a_change_is_taken_once_and_an_indicator_as_often_as_published(void **state)
{
	struct bench b = open_bench();
	struct record change = { .type = RECORD_CHANGE }, indicator = { .type = RECORD_INDICATOR };

	(void)state;
	change.change = (struct change_record){ STR("x"), STR("a"), STR("bio"), STR(""), STR("new"),
		FEED_START };
	indicator.indicator = (struct indicator_record){ .kind = INDICATOR_domain,
		.value = STR("bad.example"), .count = COUNT_UNKNOWN };
	assert_false(put(&b, &change));
	assert_true(put(&b, &change));
	change.change.old_value = (struct claque_str){ 0 };	/* missing is not empty */
	assert_false(put(&b, &change));
	assert_false(put(&b, &indicator));
	(void)end(&b);
	begin(&b, "two");
	assert_true(put(&b, &change));
	assert_false(put(&b, &indicator));
	(void)end(&b);
	assert_int_equal(feed_number(b.s, "SELECT change_count FROM account"), 2);
	assert_int_equal(feed_number(b.s, "SELECT count(DISTINCT input_file) FROM indicator"), 2);
	drop(&b);
}

/* What the accounts of the case are, as one text. */
static void
assert_accounts(struct bench *b, const char *condition)
{
	char query[200];

	(void)snprintf(query, sizeof(query), "SELECT %s FROM (SELECT group_concat(platform || '/' || "
		       "native_id) AS a FROM (SELECT * FROM account ORDER BY id))", condition);
	assert_int_equal(feed_number(b->s, query), 1);
}

static bool
put_on(struct bench *b, const char *platform, const char *id, const char *account)
{
	struct record r = post(id, account);

	r.post.platform = platform != NULL ? str_of(platform) : (struct claque_str){ 0 };
	return put(b, &r);
}

static void
a_row_without_a_platform_means_the_account_of_that_id(void **state)
{
	struct bench b = open_bench();

	(void)state;
	(void)put_on(&b, "facebook", "1", "ann");
	(void)put_on(&b, NULL, "2", "ann");		/* the only ann there is */
	(void)put_on(&b, NULL, "3", "bob");
	(void)put_on(&b, "x", "4", "bob");		/* now bob's platform is known */
	(void)put_on(&b, "x", "5", "ann");		/* another ann */
	(void)put_on(&b, NULL, "6", "ann");		/* which one? neither */
	(void)end(&b);
	assert_accounts(&b, "a = 'facebook/ann,x/bob,x/ann,/ann'");
	begin(&b, "two");				/* and the same after loading */
	(void)put_on(&b, "x", "7", "bob");
	(void)put_on(&b, NULL, "8", "bob");
	(void)end(&b);
	assert_accounts(&b, "a = 'facebook/ann,x/bob,x/ann,/ann'");
	drop(&b);
}

static void
a_file_that_breaks_off_keeps_its_rows_and_lets_the_next_begin(void **state)
{
	struct bench b = open_bench();
	struct record r = post("1", "a");
	bool duplicate;

	(void)state;
	assert_false(put(&b, &r));
	r.post.id = STR("2");		/* this row is never done */
	assert_ok(b.sink.put(b.sink.ctx, b.row + 1, &r, &duplicate, &b.err), b.err);
	writer_leave_input(b.w);
	writer_free(b.w);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM post"), 0);
	begin(&b, "one");		/* the same file again */
	r.post.id = STR("1");
	assert_false(put(&b, &r));
	writer_leave_input(b.w);	/* breaks off between two rows */
	writer_free(b.w);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM post"), 1);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM input_file WHERE done"), 0);
	drop(&b);
}

/* It may have been gone when it was begun, or stand elsewhere by now. */
static void
a_file_that_goes_on_is_where_it_is_now(void **state)
{
	const char *paths[] = { "/nowhere/in.csv", "/dev/null", "/nowhere/in.csv" };
	struct bench b = open_bench();

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct input_info input = { paths[i], "two", "native-posts", 10 };
		uint64_t skip;
		bool done;

		writer_leave_input(b.w);
		assert_ok(writer_begin_input(b.w, &input, &skip, &done, &b.err), b.err);
		assert_int_equal(feed_number(b.s, i == 0 ?
			"SELECT place IS NULL FROM input_file WHERE sha256 = 'two'" :
			"SELECT place = '/dev/null' FROM input_file WHERE sha256 = 'two'"), 1);
	}
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM input_file"), 2);
	writer_free(b.w);
	drop(&b);
}

static void
rows_are_counted_by_what_became_of_them(void **state)
{
	struct bench b = open_bench();
	struct record one = post("1", "a");
	struct input_totals totals;

	(void)state;
	(void)put(&b, &one);
	(void)put(&b, &one);
	assert_ok(b.sink.refuse(b.sink.ctx, 4, STR("no id"), &b.err), b.err);
	assert_ok(b.sink.row_done(b.sink.ctx, 4, &b.err), b.err);
	assert_ok(b.sink.row_done(b.sink.ctx, 5, &b.err), b.err);	/* a row without records */
	totals = end(&b);
	assert_int_equal(totals.rows, 4);
	assert_int_equal(totals.taken, 1);
	assert_int_equal(totals.duplicates, 1);
	assert_int_equal(totals.refused, 1);
	assert_int_equal(totals.posts, 1);
	assert_int_equal(feed_number(b.s, "SELECT row FROM refused_row WHERE reason = 'no id'"), 4);
	assert_int_equal(feed_number(b.s, "SELECT done AND last_row = 5 FROM input_file"), 1);
	drop(&b);
}

static void
a_file_of_which_nothing_was_taken_may_come_again(void **state)
{
	struct bench b = open_bench();
	struct record one = post("1", "a");

	(void)state;
	assert_ok(b.sink.refuse(b.sink.ctx, 2, STR("no id"), &b.err), b.err);
	assert_ok(b.sink.row_done(b.sink.ctx, 2, &b.err), b.err);
	(void)end(&b);
	begin(&b, "one");
	assert_false(put(&b, &one));
	assert_int_equal(end(&b).refused, 0);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM refused_row"), 0);
	drop(&b);
}

static void
a_second_import_at_the_same_time_is_told(void **state)
{
	struct bench b = open_bench();
	struct store *other = feed_open(b.path, STORE_WRITE);
	struct record one = post("1", "a");
	bool duplicate;

	(void)state;
	(void)feed_import(other, &shape, 10);
	assert_int_equal(b.sink.put(b.sink.ctx, 2, &one, &duplicate, &b.err), CLAQUE_EBUSY);
	assert_non_null(strstr(b.err.msg, "another import"));
	writer_free(b.w);
	store_close(other);
	drop(&b);
}

static int64_t
count_indexes(struct store *s)
{
	return feed_number(s, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'"
			   " AND name GLOB 'by_*'");
}

static void
import_and_die(const char *path, const struct feed_shape *feed, uint64_t rows)
{
	struct store *s = feed_open(path, STORE_CREATE);

	(void)feed_import(s, feed, rows);
	store_close(s);
	_exit(0);
}

/* True if the child was killed before it was done. */
static bool
kill_after(const char *path, const struct feed_shape *feed, uint64_t rows, uint64_t microseconds)
{
	struct timespec pause = { 0, (long)microseconds * 1000 };
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0)
		import_and_die(path, feed, rows);
	(void)nanosleep(&pause, NULL);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status);
}

/* Kept totals against what the rows say. */
static void
totals_are_right(struct store *s)
{
	struct store_counts counts;
	struct claque_err err;

	assert_int_equal(feed_number(s, "SELECT count(*) FROM source o WHERE (share_count,"
		" account_count, first_seen, last_seen) IS NOT (SELECT count(*),"
		" count(DISTINCT account), min(at), max(at) FROM share WHERE source = o.id)"), 0);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM account a WHERE (post_count,"
		" first_seen, last_seen) IS NOT (SELECT count(*), min(at), max(at) FROM post"
		" WHERE account = a.id)"), 0);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM account a WHERE share_count <>"
		" (SELECT count(*) FROM share WHERE account = a.id)"), 0);
	assert_ok(store_count_all(s, &counts, &err), err);
	assert_int_equal(counts.posts, feed_number(s, "SELECT count(*) FROM post"));
	assert_int_equal(counts.shares, feed_number(s, "SELECT count(*) FROM share"));
	assert_int_equal(counts.accounts, feed_number(s, "SELECT count(*) FROM account"));
	assert_int_equal(counts.sources, feed_number(s, "SELECT count(*) FROM source"));
	assert_int_equal(counts.first_post, feed_number(s, "SELECT min(at) FROM post"));
	assert_int_equal(counts.last_post, feed_number(s, "SELECT max(at) FROM post"));
}

static void
totals_are_right_after_every_import(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct bench b = { .path = path, .s = s };
	struct record late = post("late", "a3"), early = post("early", "new");

	(void)state;
	(void)feed_import(s, &shape, 5000);
	totals_are_right(s);
	assert_int_equal(feed_import(s, &shape, 5000).taken, 5000);	/* known by its digest */
	totals_are_right(s);
	begin(&b, "more");
	late.post.at = FEED_START + INT64_C(86400000) * 365;
	early.post.at = FEED_START - 1000;
	(void)put(&b, &late);
	(void)put(&b, &early);
	(void)end(&b);
	totals_are_right(s);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM post"), 5002);
	drop(&b);
}

static void
an_import_goes_on_after_kill_9(void **state)
{
	static const struct feed_shape big = { 1000, 3000 };
	enum { ROUNDS = 10, ROWS = 100000 };
	struct rng rng = rng_seeded(9);
	unsigned killed = 0;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		char *path = feed_path();
		struct claque_err err = { 0 };
		struct store *s;

		killed += kill_after(path, &big, ROWS, 20000 + rng_below(&rng, 700000));
		s = feed_open(path, STORE_CREATE);
		assert_int_equal(feed_import(s, &big, ROWS).taken, ROWS);
		assert_ok(store_check(s, &err), err);
		assert_int_equal(feed_number(s, "SELECT count(*) FROM post"), ROWS);
		assert_int_equal(feed_number(s, "SELECT count(DISTINCT native_id) FROM post"),
				 ROWS);
		assert_int_equal(feed_number(s, "SELECT count(*) FROM share"), ROWS);
		assert_int_equal(feed_number(s, "SELECT count(*) FROM account"), 1000);
		assert_int_equal(feed_number(s, "SELECT count(*) FROM source"), 3000);
		assert_int_equal(feed_number(s, "SELECT sum(post_count) FROM account"), ROWS);
		assert_int_equal(feed_number(s, "SELECT sum(share_count) FROM source"), ROWS);
		assert_int_equal(feed_number(s, "SELECT count(*) FROM post WHERE row <>"
					     " CAST(substr(native_id, 2) AS INTEGER) + 2"), 0);
		assert_int_equal(count_indexes(s), 17);
		totals_are_right(s);
		store_close(s);
		feed_drop(path);
	}
	assert_true(killed > 0);
}

/* Killed after the other one's end, this one leaves rows that nobody digested. */
static void
an_import_that_ends_meanwhile_does_not_vouch_for_what_comes_after(void **state)
{
	struct bench b = open_bench();
	struct record one = post("1", "a"), two = post("2", "a");
	struct claque_err err = { 0 };

	(void)state;
	(void)put(&b, &one);
	assert_ok(writer_commit(b.w, &err), err);
	assert_ok(store_exec(b.s, "UPDATE state SET value = 0 WHERE name = 'undigested'", &err), err);
	(void)put(&b, &two);
	assert_ok(writer_commit(b.w, &err), err);
	assert_int_equal(feed_number(b.s, "SELECT value FROM state WHERE name = 'undigested'"), 1);
	writer_free(b.w);
	drop(&b);
}

static void
indexes_lost_by_a_kill_are_built_when_opened(void **state)
{
	struct bench b = open_bench();
	struct record one = post("1", "a");

	(void)state;
	(void)put(&b, &one);
	writer_free(b.w);	/* neither ended nor finished */
	assert_int_equal(count_indexes(b.s), 0);
	store_close(b.s);
	b.s = feed_open(b.path, STORE_WRITE);
	assert_int_equal(count_indexes(b.s), 17);
	assert_int_equal(feed_number(b.s, "SELECT value FROM state"
				     " WHERE name = 'totals_stale'"), 0);
	drop(&b);
}

static void
building_indexes_can_be_stopped(void **state)
{
	struct bench b = open_bench();
	struct input_totals totals;

	(void)state;
	for (uint64_t n = 0; n < 30000; n++)
		assert_ok(feed_row(&b.sink, &shape, n, &b.err), b.err);
	assert_ok(writer_end_input(b.w, &totals, &b.err), b.err);
	assert_int_equal(writer_finish(b.w, &stopping, &b.err), CLAQUE_STOPPED);
	assert_ok(writer_finish(b.w, &silent, &b.err), b.err);
	assert_int_equal(feed_number(b.s, "SELECT sum(post_count) FROM account"), 30000);
	writer_free(b.w);
	drop(&b);
}

static void
posts_of_an_account_placed_later_stay_known(void **state)
{
	struct bench b = open_bench();
	struct record bare = post("1", "a"), placed = post("2", "a");

	(void)state;
	bare.post.platform = (struct claque_str){ 0 };
	assert_false(put(&b, &bare));
	assert_false(put(&b, &placed));
	assert_true(put(&b, &bare));
	assert_true(put(&b, &placed));
	(void)end(&b);
	begin(&b, "two");
	assert_true(put(&b, &bare));
	assert_true(put(&b, &placed));
	(void)end(&b);
	begin_sized(&b, "three", 1);
	assert_true(put(&b, &bare));
	assert_true(put(&b, &placed));
	(void)end(&b);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM account WHERE platform = 'x'"), 1);
	drop(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_file_twice_adds_nothing),
		cmocka_unit_test(the_same_posts_from_another_file_are_duplicates),
		cmocka_unit_test(the_same_posts_from_a_small_file_are_duplicates_too),
		cmocka_unit_test(posts_without_an_id_are_told_apart_by_content),
		cmocka_unit_test(a_profile_completes_the_account_that_posts_named),
		cmocka_unit_test(further_rows_of_a_post_add_their_shares),
		cmocka_unit_test(a_later_row_can_tell_the_author_of_a_source),
		cmocka_unit_test(a_change_is_taken_once_and_an_indicator_as_often_as_published),
		cmocka_unit_test(a_row_without_a_platform_means_the_account_of_that_id),
		cmocka_unit_test(a_file_that_breaks_off_keeps_its_rows_and_lets_the_next_begin),
		cmocka_unit_test(a_file_that_goes_on_is_where_it_is_now),
		cmocka_unit_test(rows_are_counted_by_what_became_of_them),
		cmocka_unit_test(a_file_of_which_nothing_was_taken_may_come_again),
		cmocka_unit_test(a_second_import_at_the_same_time_is_told),
		cmocka_unit_test(an_import_that_ends_meanwhile_does_not_vouch_for_what_comes_after),
		cmocka_unit_test(indexes_lost_by_a_kill_are_built_when_opened),
		cmocka_unit_test(building_indexes_can_be_stopped),
		cmocka_unit_test(posts_of_an_account_placed_later_stay_known),
		cmocka_unit_test(totals_are_right_after_every_import),
		cmocka_unit_test(an_import_goes_on_after_kill_9),
	};

	return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
