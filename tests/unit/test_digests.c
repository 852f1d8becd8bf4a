/* What an import wrote to is digested again and nothing else, and it comes to the same. */
#include "config.h"

#include "test.h"

#include "files.h"
#include "small_case.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/import_job.h"
#include "base/buf.h"
#include "base/rng.h"
#include "case/case.h"
#include "store/digest.h"
#include "store/stmt.h"

#define CASE "many.claque"

enum { ROUNDS = 8, PEOPLE = 1500, FIRST_POSTS = 2500, TEXT_MAX = 1 << 20, DUMP_MAX = 8 << 20 };

static const struct claque_progress quiet;
static struct claque_err err;
static struct rng rng;
static unsigned posts_made;

static void
ignore_report(void *ctx, const struct import_report *report)
{
	(void)ctx;
	assert_ok(report->rc, err);
}

static void
import(const char *const *paths, size_t count)
{
	struct import_request request = { .case_path = CASE, .paths = paths, .path_count = count,
					  .who = STR("me"), .report = ignore_report };

	assert_ok(import_job(&request, &quiet, &err), err);
}

static const char *const platforms[] = { "x", "vk" };

/* Some are copies of what the other platform said, some come late, some have no time. */
static void
add_post(struct buf *out, unsigned id, unsigned phrase)
{
	unsigned side = (unsigned)rng_below(&rng, 2);

	buf_addf(out, "p%u,a%u,%s,2024-01-%02uT%02u:00:00%s,%s,", id, (unsigned)rng_below(&rng, PEOPLE),
		 platforms[side], 1 + (unsigned)rng_below(&rng, 28), (unsigned)rng_below(&rng, 24),
		 rng_below(&rng, 50) == 0 ? "never" : "Z", side == 0 ? "original" : "reply");
	if (phrase > 0)
		buf_addf(out, "number %u will never tell you what has happened to %u at harbour"
			 " %u,,", phrase, phrase * 7, phrase * 31);
	else
		buf_addf(out, "word%u,r%u,", id, (unsigned)rng_below(&rng, 900));
	buf_addf(out, "%s\n", rng_below(&rng, 4) == 0 ? "cell" : "");
}

static void
write_posts(const char *name, unsigned count)
{
	struct buf text;

	buf_init(&text, TEXT_MAX);
	buf_addz(&text, "post_id,account_id,platform,created_at,type,text,ref_post_id,odd\n");
	for (unsigned i = 0; i < count; i++)
		add_post(&text, ++posts_made, rng_below(&rng, 3) == 0 ?
			 1 + (unsigned)rng_below(&rng, 300) : 0);
	write_file(name, buf_str(&text));
	buf_done(&text);
}

static void
write_people(const char *name, unsigned count)
{
	struct buf text;

	buf_init(&text, TEXT_MAX);
	buf_addz(&text, "account_id,platform,handle,bio,observed_at\n");
	for (unsigned i = 0; i < count; i++)
		buf_addf(&text, "a%u,x,h%u,b%u,2024-02-%02uT00:00:00Z\n", (unsigned)rng_below(&rng, PEOPLE),
			 (unsigned)rng_below(&rng, 900), (unsigned)rng_below(&rng, 4),
			 1 + (unsigned)rng_below(&rng, 28));
	write_file(name, buf_str(&text));
	buf_done(&text);
}

static void
write_changes(const char *name, unsigned count)
{
	struct buf text;

	buf_init(&text, TEXT_MAX);
	buf_addz(&text, "account_id,platform,changed_at,field,old_value,new_value\n");
	for (unsigned i = 0; i < count; i++)
		buf_addf(&text, "a%u,vk,2024-03-%02uT00:00:00Z,handle,o%u,n%u\n",
			 (unsigned)rng_below(&rng, PEOPLE), 1 + (unsigned)rng_below(&rng, 28), i,
			 posts_made);
	write_file(name, buf_str(&text));
	buf_done(&text);
}

static int
make_first(void **state)
{
	static const char *const paths[] = { "posts.csv", "who.csv" };

	if (small_case_set_up(state) != 0)
		return 1;
	rng = rng_seeded(8);
	write_posts(paths[0], FIRST_POSTS);
	write_people(paths[1], PEOPLE);
	import(paths, 2);
	assert_int_equal(rename(CASE, "first.claque"), 0);
	return 0;
}

static int
copy_first(void **state)
{
	struct buf bytes;
	char part[BUFSIZ];
	size_t n;
	FILE *f = fopen("first.claque", "rb");

	(void)state;
	assert_non_null(f);
	buf_init(&bytes, DUMP_MAX);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(&bytes, (struct claque_str){ part, n });
	assert_int_equal(fclose(f), 0);
	assert_false(bytes.over);
	write_file(CASE, buf_str(&bytes));
	buf_done(&bytes);
	return 0;
}

/* All blocks that the case keeps, as text. */
static void
dump(struct store *s, struct buf *out)
{
	sqlite3_stmt *st;

	buf_init(out, DUMP_MAX);
	assert_ok(stmt_prepare(s, "SELECT name || ' ' || block || ' ' || rows || ' ' || last || ' ' ||"
			       " sum || ' ' || weighted || ' ' || hex(digest) || ' ' || broken"
			       " FROM table_digest ORDER BY name, block", &st, &err), err);
	while (stmt_step(s, st, &err) == CLAQUE_OK) {
		buf_add(out, column_str(st, 0));
		buf_addc(out, '\n');
	}
	(void)sqlite3_finalize(st);
}

static void
assert_same_lines(struct claque_str kept, struct claque_str whole)
{
	struct claque_str a, b;

	while (str_cut(&whole, '\n', &b)) {
		if (!str_cut(&kept, '\n', &a))
			a = STR("nothing");
		if (!str_eq(a, b))
			fail_msg("'" STR_FMT "', not '" STR_FMT "'", STR_ARG(a), STR_ARG(b));
	}
	assert_int_equal(kept.len, 0);
}

static void
assert_same_as_of_everything(void)
{
	struct digests *d = digests_new();
	struct buf kept, whole;
	struct store *s;

	assert_ok(store_open(&s, CASE, STORE_WRITE, &err), err);
	dump(s, &kept);
	assert_ok(store_begin(s, &err), err);
	assert_ok(store_exec(s, "DELETE FROM table_digest", &err), err);
	assert_ok(digests_take(d, s, DIGEST_IMPORT, &err), err);
	assert_ok(digests_save(d, s, &err), err);
	dump(s, &whole);
	store_rollback(s);
	store_close(s);
	digests_free(d);
	assert_true(kept.len > 0);
	assert_same_lines(buf_str(&kept), buf_str(&whole));
	buf_done(&kept);
	buf_done(&whole);
}

static void
run_sql(const char *sql)
{
	struct store *s;

	assert_ok(store_open(&s, CASE, STORE_WRITE, &err), err);
	assert_ok(store_exec(s, "PRAGMA foreign_keys = OFF", &err), err);
	assert_ok(store_exec(s, sql, &err), err);
	store_close(s);
}

static int64_t
number(const char *sql)
{
	return small_case_number(CASE, sql);
}

static struct verify_report
verify(void)
{
	(void)remove("posts.csv");	/* what they were imported from is another file by now */
	(void)remove("who.csv");
	(void)remove("changed.csv");
	return small_case_verify(CASE);
}

static void
assert_fault(const char *words)
{
	struct verify_report report = verify();

	if (strstr(report.fault, words) == NULL)
		fail_msg("fault is '%s', not '%s'", report.fault, words);
}

static void
many_small_imports_come_to_the_digests_of_everything(void **state)
{
	static const char *const paths[] = { "posts.csv", "who.csv", "changed.csv" };

	(void)state;
	assert_same_as_of_everything();
	for (unsigned i = 0; i < ROUNDS; i++) {
		write_posts(paths[0], 1 + (unsigned)rng_below(&rng, 30));
		write_people(paths[1], 1 + (unsigned)rng_below(&rng, 5));
		write_changes(paths[2], 1 + (unsigned)rng_below(&rng, 3));
		import(&paths[rng_below(&rng, 3)], 1);
		assert_same_as_of_everything();
	}
	import(paths, 3);
	assert_same_as_of_everything();
	assert_string_equal(verify().fault, "");
	/* Else most of this was never tried. */
	assert_true(number("SELECT count(*) FROM share WHERE basis = 3") > 100);
	assert_true(number("SELECT count(*) FROM profile_change WHERE after_at IS NOT NULL") > 100);
	assert_true(number("SELECT min(n) FROM (SELECT count(*) AS n FROM table_digest WHERE name IN"
			   " ('post', 'account', 'share', 'extra_row') GROUP BY name)") > 1);
}

enum { PHRASES = 30, COPIES = 40 };

static void
add_phrase(struct buf *out, unsigned phrase)
{
	for (unsigned word = 0; word < 12; word++)
		buf_addf(out, "%uw%u ", phrase, word);
}

/* One original each, and copies elsewhere. */
static void
write_copied(const char *name)
{
	struct buf text;

	buf_init(&text, TEXT_MAX);
	buf_addz(&text, "post_id,account_id,platform,created_at,type,text,ref_post_id\n");
	for (unsigned i = 0; i < PHRASES * COPIES; i++) {
		buf_addf(&text, "c%u,a%u,%s,2022-01-%02uT00:00:00Z,original,", i,
			 i % PHRASES * 4 + i / PHRASES % 4, i < PHRASES ? "x" : "vk", 1 + (i >= PHRASES));
		add_phrase(&text, i % PHRASES);
		buf_addz(&text, ",\n");
	}
	write_file(name, buf_str(&text));
	buf_done(&text);
}

static void
write_shares(const char *name)
{
	struct buf text;

	buf_init(&text, TEXT_MAX);
	buf_addz(&text, "post_id,account_id,platform,created_at,type,text,ref_post_id\n");
	for (unsigned i = 0; i < PHRASES * COPIES; i++)
		buf_addf(&text, "d%u,a%u,vk,2022-02-01T00:00:00Z,reply,d%u,r%u\n", i, i, i, i % 50);
	write_file(name, buf_str(&text));
	buf_done(&text);
}

/* The earliest of each turns up on the side of the copies: these are none any more. */
static void
write_earlier(const char *name)
{
	struct buf text;

	buf_init(&text, TEXT_MAX);
	buf_addz(&text, "post_id,account_id,platform,created_at,type,text\n");
	for (unsigned i = 0; i < PHRASES; i++) {
		buf_addf(&text, "e%u,a%u,vk,2021-12-31T00:00:00Z,original,", i, i * 4);
		add_phrase(&text, i);
		buf_addc(&text, '\n');
	}
	write_file(name, buf_str(&text));
	buf_done(&text);
}

static void
shares_that_move_are_digested_in_both_places(void **state)
{
	static const char *const path = "posts.csv";
	int64_t before, copies;

	(void)state;
	write_copied(path);
	import(&path, 1);
	write_shares(path);	/* behind the copies: they move into their places */
	import(&path, 1);
	assert_same_as_of_everything();
	before = number("SELECT max(id) FROM share");
	copies = number("SELECT count(*) FROM share WHERE basis = 3");
	write_earlier(path);
	import(&path, 1);
	assert_same_as_of_everything();
	assert_true(copies - number("SELECT count(*) FROM share WHERE basis = 3") > 1000);
	assert_true(before - number("SELECT max(id) FROM share") > 1000);
}

/* A look at an account of the first block of accounts. */
static void
write_look(const char *name)
{
	struct buf text;

	buf_init(&text, TEXT_MAX);
	buf_addf(&text, "account_id,platform,handle,observed_at\na%lld,%s,new_name,2024-05-05T00:00:00Z\n",
		 (long long)number("SELECT substr(native_id, 2) + 0 FROM account WHERE id = 3"),
		 platforms[number("SELECT platform <> 'x' FROM account WHERE id = 3")]);
	write_file(name, buf_str(&text));
	buf_done(&text);
}

static void
what_was_altered_before_is_named_wherever_the_import_wrote(void **state)
{
	static const char *const path = "who.csv";

	(void)state;
	run_sql("UPDATE account SET bio = 'another' WHERE id = 2");
	run_sql("UPDATE post SET text = 'another' WHERE id = 77");
	write_look(path);
	import(&path, 1);
	assert_int_equal(number("SELECT handle = 'new_name' FROM account WHERE id = 3"), 1);
	assert_int_equal(number("SELECT count(*) FROM table_digest WHERE broken"), 1);
	assert_int_equal(number("SELECT count(*) FROM table_digest WHERE broken AND name = 'account'"
				" AND block = 0"), 1);
	assert_fault("table post: row 77 (posts.csv, row ");
	run_sql("DELETE FROM table_digest WHERE name = 'post'");
	assert_fault("table post: ");
}

static void
a_row_laid_behind_the_last_is_named(void **state)
{
	static const char *const path = "posts.csv";

	(void)state;
	run_sql("INSERT INTO share(id, post, account, source, act, input_file, row)"
		" SELECT max(id) + 5000, 1, 1, 1, 0, 1, 1 FROM share");
	write_posts(path, 30);
	import(&path, 1);
	assert_int_equal(number("SELECT count(*) FROM table_digest WHERE name = 'share' AND broken"), 1);
	assert_fault("table share: ");
}

static void
a_digest_that_was_altered_is_named_after_the_next_import(void **state)
{
	static const char *const path = "posts.csv";

	(void)state;
	run_sql("UPDATE table_digest SET digest = zeroblob(32) WHERE name = 'post' AND block = 1");
	assert_fault("table post: ");
	write_posts(path, 3);
	import(&path, 1);
	assert_fault("table post: ");
}

static void
after_one_that_was_killed_everything_is_read(void **state)
{
	static const char *const path = "posts.csv";

	(void)state;
	/* As it leaves a case: rows that nobody digested, and the mark. */
	run_sql("UPDATE account SET handle = 'of the killed one' WHERE id IN (5, 2000);"
		"INSERT OR REPLACE INTO state VALUES('undigested', 1), ('totals_stale', 1)");
	write_posts(path, 3);
	import(&path, 1);
	assert_same_as_of_everything();
}

/* Another import, which had read its digests before these rows came, ends. */
static void
end_another(void *ctx, const struct import_report *report)
{
	(void)ctx;
	assert_ok(report->rc, err);
	run_sql("INSERT OR REPLACE INTO state VALUES('undigested', 0)");
}

/* One more begins and ends meanwhile. */
static void
import_meanwhile(void *ctx, const struct import_report *report)
{
	static const char *const people[] = { "who.csv" };

	(void)ctx;
	assert_ok(report->rc, err);
	write_people(people[0], 20);
	import(people, 1);
}

static void
import_with(void (*report)(void *ctx, const struct import_report *report))
{
	static const char *const paths[] = { "posts.csv" };
	struct import_request request = { .case_path = CASE, .paths = paths, .path_count = 1,
		.who = STR("me"), .report = report };

	write_posts(paths[0], 40);
	assert_ok(import_job(&request, &quiet, &err), err);
	assert_same_as_of_everything();
}

static void
one_that_ended_meanwhile_vouches_for_its_own_rows_only(void **state)
{
	(void)state;
	import_with(end_another);
	assert_string_equal(verify().fault, "");
}

static void
two_imports_at_once_vouch_for_the_rows_of_both(void **state)
{
	(void)state;
	import_with(import_meanwhile);
	assert_string_equal(verify().fault, "");
}

int
main(void)
{
#define CASE_TEST(name) cmocka_unit_test_setup(name, copy_first)
	const struct CMUnitTest tests[] = {
		CASE_TEST(many_small_imports_come_to_the_digests_of_everything),
		CASE_TEST(shares_that_move_are_digested_in_both_places),
		CASE_TEST(what_was_altered_before_is_named_wherever_the_import_wrote),
		CASE_TEST(a_row_laid_behind_the_last_is_named),
		CASE_TEST(a_digest_that_was_altered_is_named_after_the_next_import),
		CASE_TEST(after_one_that_was_killed_everything_is_read),
		CASE_TEST(one_that_ended_meanwhile_vouches_for_its_own_rows_only),
		CASE_TEST(two_imports_at_once_vouch_for_the_rows_of_both),
	};

	return cmocka_run_group_tests(tests, make_first, small_case_tear_down);
}
