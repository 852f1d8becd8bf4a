#include "config.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "feed.h"
#include "files.h"

#include "store/schema.h"

static const struct feed_shape small = { 5, 7 };

static void
a_case_and_its_journals_are_made_for_their_owner_only(void **state)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char *path = feed_path(), name[256];
	mode_t before = umask(0);
	struct store *s = feed_open(path, STORE_CREATE);
	struct stat st;

	(void)state;
	(void)umask(before);
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, endings[i]);
		assert_int_equal(stat(name, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
	store_close(s);
	feed_drop(path);
}

static void
a_missing_case_is_not_found(void **state)
{
	static const char path[] = "/tmp/claque-none/x.claque";
	struct claque_err err = { 0 };
	struct store *s;

	(void)state;
	assert_int_equal(store_open(&s, path, STORE_READ, &err), CLAQUE_ENOTFOUND);
	assert_int_equal(store_open(&s, path, STORE_WRITE, &err), CLAQUE_ENOTFOUND);
	assert_non_null(strstr(err.msg, "x.claque"));
	assert_int_equal(store_open(&s, path, STORE_CREATE, &err), CLAQUE_EIO);
	assert_null(s);
}

static void
a_foreign_file_is_refused(void **state)
{
	static const char *const contents[] = { "tweetid,userid\n1,2\n", "", NULL };
	char *path = feed_path();
	struct claque_err err = { 0 };
	struct store *s;

	(void)state;
	for (size_t i = 0; contents[i] != NULL; i++) {
		write_file(path, str_of(contents[i]));
		assert_int_equal(store_open(&s, path, STORE_WRITE, &err), CLAQUE_EINPUT);
		assert_int_equal(store_open(&s, path, STORE_READ, &err), CLAQUE_EINPUT);
	}
	assert_int_equal(store_open(&s, "/tmp", STORE_READ, &err), CLAQUE_EINPUT);
	feed_drop(path);
}

/* Bytes 60..63 hold user_version, 68..71 application_id: sqlite.org/fileformat2.html. */
static void
patch_header(const char *path, off_t at, unsigned char value)
{
	int fd = open(path, O_WRONLY);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &value, 1, at), 1);
	assert_int_equal(close(fd), 0);
}

static void
a_newer_case_names_both_versions_and_the_remedy(void **state)
{
	char *path = feed_path();
	struct claque_err err = { 0 };
	struct store *s;
	char read[32];

	(void)state;
	store_close(feed_open(path, STORE_CREATE));
	patch_header(path, 63, 99);
	assert_int_equal(store_open(&s, path, STORE_WRITE, &err), CLAQUE_EVERSION);
	assert_non_null(strstr(err.msg, "99"));
	(void)snprintf(read, sizeof(read), "reads up to %d;", SCHEMA_VERSION);
	assert_non_null(strstr(err.msg, read));
	assert_non_null(strstr(err.msg, "newer claque"));
	assert_int_equal(store_open(&s, path, STORE_READ, &err), CLAQUE_EVERSION);
	feed_drop(path);
}

static void
a_database_of_another_program_is_refused(void **state)
{
	char *path = feed_path();
	struct claque_err err = { 0 };
	struct store *s;

	(void)state;
	store_close(feed_open(path, STORE_CREATE));
	patch_header(path, 68, 0);
	assert_int_equal(store_open(&s, path, STORE_CREATE, &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "another program"));
	feed_drop(path);
}

static void
counts_tell_what_is_there(void **state)
{
	char *path = feed_path();
	struct claque_err err = { 0 };
	struct store *s = feed_open(path, STORE_CREATE);
	struct store_counts c;

	(void)state;
	assert_ok(store_count_all(s, &c, &err), err);
	assert_int_equal(c.posts, 0);
	assert_true(c.first_post == CLAQUE_NO_TIME);
	(void)feed_import(s, &small, 100);
	assert_ok(store_count_all(s, &c, &err), err);
	assert_int_equal(c.posts, 100);
	assert_int_equal(c.accounts, 5);
	assert_int_equal(c.sources, 7);
	assert_int_equal(c.shares, 100);
	assert_true(c.first_post == FEED_START);
	assert_true(c.last_post == FEED_START + 990000);
	assert_ok(store_check(s, &err), err);
	store_close(s);
	feed_drop(path);
}

static void
a_query_reads_the_views(void **state)
{
	static const char *const views[] = { "v_accounts", "v_posts", "v_shares", "v_sources",
		"v_changes", "v_leads", "v_members", "v_evidence", "v_edges", "v_indicators",
		"v_notes", "v_events", "v_ledger" };
	char *path = feed_path(), sql[64];
	struct store *s = feed_open(path, STORE_CREATE);

	(void)state;
	(void)feed_import(s, &small, 30);
	for (size_t i = 0; i < sizeof(views) / sizeof(*views); i++) {
		(void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", views[i]);
		assert_true(feed_number(s, sql) >= 0);
	}
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_posts WHERE kind = 'reshare'"), 6);
	assert_int_equal(feed_number(s, "SELECT at = '2016-10-01T00:00:00Z' FROM v_posts"
				     " WHERE post_id = 'p0'"), 1);
	assert_int_equal(feed_number(s, "SELECT posts FROM v_accounts WHERE account_id = 'a1'"), 6);
	assert_int_equal(feed_number(s, "SELECT row FROM v_shares WHERE post_id = 'p9'"), 11);
	store_close(s);
	feed_drop(path);
}

static void
a_query_that_is_not_reading_is_refused(void **state)
{
	static const char *const queries[] = {
		"DELETE FROM post", "UPDATE account SET score = 1",
		"INSERT INTO state VALUES('x', 1)",
		"DROP TABLE post", "CREATE TABLE t(a)", "CREATE TEMP TABLE t(a)",
		"ATTACH '/tmp/other.db' AS o", "PRAGMA user_version = 9",
		"PRAGMA writable_schema = 1",
		"PRAGMA journal_mode = DELETE", "VACUUM INTO '/tmp/copy.db'", "BEGIN", "",
		"SELECT 1; DELETE FROM post", "SELECT nonsense", "REINDEX", "ANALYZE",
	};
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	int64_t n;

	(void)state;
	(void)feed_import(s, &small, 10);
	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++) {
		struct claque_err err = { 0 };
		enum claque_rc rc = store_sql(s, str_of(queries[i]), feed_ignore_head,
					      feed_take_first, &n, &err);

		if (rc != CLAQUE_EUSAGE || err.msg[0] == '\0')
			fail_msg("'%s' gave %d: %s", queries[i], rc, err.msg);
	}
	assert_int_equal(feed_number(s, "SELECT count(*) FROM post"), 10);
	assert_int_equal(feed_number(s, "PRAGMA table_info(post)"), 15);	/* the last one */
	store_close(s);
	feed_drop(path);
}

static void
a_reader_cannot_write(void **state)
{
	char *path = feed_path();
	struct claque_err err = { 0 };
	struct store *s;

	(void)state;
	store_close(feed_open(path, STORE_CREATE));
	s = feed_open(path, STORE_READ);
	assert_int_equal(store_begin(s, &err), CLAQUE_EUSAGE);
	store_close(s);
	feed_drop(path);
}

/* What another user finds there: root itself may write anywhere. */
static int
read_as_nobody(const char *path)
{
	enum { NOBODY = 65534 };
	struct claque_err err = { 0 };
	struct store_counts counts;
	struct store *s;
	int status;
	pid_t child = fork();

	if (child != 0) {
		assert_int_equal(waitpid(child, &status, 0), child);
		return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	}
	if (geteuid() == 0 && setuid(NOBODY) != 0)
		_exit(1);
	if (store_open(&s, path, STORE_READ, &err) != CLAQUE_OK ||
	    store_count_all(s, &counts, &err) != CLAQUE_OK)
		_exit(2);
	store_close(s);
	_exit(store_open(&s, path, STORE_WRITE, &err) == CLAQUE_EIO ? 0 : 3);
}

static void
a_case_that_nobody_can_write_is_read(void **state)
{
	char folder[] = "/tmp/claque ro%3fXXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/a#b?c.claque", folder);
	store_close(feed_open(path, STORE_CREATE));
	assert_int_equal(chmod(path, 0444), 0);
	assert_int_equal(chmod(folder, 0555), 0);
	assert_int_equal(read_as_nobody(path), 0);
	assert_int_equal(chmod(folder, 0755), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void
a_value_that_no_reader_has_room_for_is_over_a_limit(void **state)
{
	char *path = feed_path();
	int64_t n;
	struct claque_err err = { 0 };
	struct store *s;

	(void)state;
	store_close(feed_open(path, STORE_CREATE));
	assert_int_equal(store_open(&s, path, STORE_READ, &err), CLAQUE_OK);
	assert_int_equal(store_sql(s, STR("SELECT length(zeroblob(17000000))"),
				   feed_ignore_head, feed_take_first, &n, &err), CLAQUE_ELIMIT);
	store_close(s);
	feed_drop(path);
}

static void
a_second_writer_waits_and_is_told(void **state)
{
	char *path = feed_path();
	struct claque_err err = { 0 };
	struct store *first = feed_open(path, STORE_CREATE), *second = NULL, *reader;

	(void)state;
	assert_ok(store_begin(first, &err), err);
	assert_int_equal(store_open(&second, path, STORE_WRITE, &err), CLAQUE_EBUSY);
	assert_non_null(strstr(err.msg, "another process is writing"));
	reader = feed_open(path, STORE_READ);
	assert_int_equal(feed_number(reader, "SELECT count(*) FROM post"), 0);
	assert_ok(store_commit(first, &err), err);
	second = feed_open(path, STORE_WRITE);
	store_close(second);
	store_close(reader);
	store_close(first);
	feed_drop(path);
}

/* By anybody: SQLite itself would go on writing to a file without a name. */
static void
a_case_that_was_moved_or_deleted_takes_no_more(void **state)
{
	char *path = feed_path(), aside[256];
	struct claque_err err = { 0 };
	struct store *s = feed_open(path, STORE_CREATE);

	(void)state;
	(void)snprintf(aside, sizeof(aside), "%s.aside", path);
	assert_ok(store_begin(s, &err), err);
	assert_int_equal(rename(path, aside), 0);
	assert_int_equal(store_commit(s, &err), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "deleted, moved or replaced"));
	assert_int_equal(store_begin(s, &err), CLAQUE_EIO);
	assert_int_equal(rename(aside, path), 0);
	assert_ok(store_begin(s, &err), err);
	assert_ok(store_commit(s, &err), err);
	store_close(s);
	feed_drop(path);
}

static bool
interrupt_at_first(void *ctx, const struct row *row)
{
	(void)row;
	store_interrupt(ctx);
	return true;
}

static void
an_interrupted_query_stops(void **state)
{
	char *path = feed_path();
	struct claque_err err = { 0 };
	struct store *s = feed_open(path, STORE_CREATE);

	(void)state;
	assert_int_equal(store_sql(s, STR("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
					  " SELECT i + 1 FROM n) SELECT i FROM n"),
				   feed_ignore_head, interrupt_at_first, s, &err), CLAQUE_STOPPED);
	assert_int_equal(feed_number(s, "SELECT 7"), 7);
	store_close(s);
	feed_drop(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_and_its_journals_are_made_for_their_owner_only),
		cmocka_unit_test(a_missing_case_is_not_found),
		cmocka_unit_test(a_foreign_file_is_refused),
		cmocka_unit_test(a_newer_case_names_both_versions_and_the_remedy),
		cmocka_unit_test(a_database_of_another_program_is_refused),
		cmocka_unit_test(counts_tell_what_is_there),
		cmocka_unit_test(a_query_reads_the_views),
		cmocka_unit_test(a_query_that_is_not_reading_is_refused),
		cmocka_unit_test(a_reader_cannot_write),
		cmocka_unit_test(a_case_that_nobody_can_write_is_read),
		cmocka_unit_test(a_value_that_no_reader_has_room_for_is_over_a_limit),
		cmocka_unit_test(a_second_writer_waits_and_is_told),
		cmocka_unit_test(a_case_that_was_moved_or_deleted_takes_no_more),
		cmocka_unit_test(an_interrupted_query_stops),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
