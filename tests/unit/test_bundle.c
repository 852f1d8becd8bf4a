/*
 * test_bundle.c - bundles that nobody's claque wrote: whole by their digests, and wrong
 * all the same. What claque writes goes through tests/cli/bundle.sh.
 */
#include "config.h"

#include "test.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/bundle_job.h"
#include "base/sha256.h"
#include "case/foreign.h"
#include "store/list.h"

enum { FOLDER_BYTES = 64, PATH_BYTES = 128, BUNDLE_BYTES = 1 << 20 };

#define HEADER "{\"claque_bundle\":1,\"case\":\"theirs\"}\n"
#define INPUT "{\"type\":\"input\",\"id\":1,\"path\":\"posts.csv\",\"sha256\":\"ab\",\"bytes\":10," \
	"\"format\":\"native-posts\",\"importer\":\"0\",\"started_at\":1,\"done\":1,\"last_row\":3," \
	"\"rows\":2,\"taken\":2,\"duplicates\":0,\"refused\":0,\"partly\":0,\"posts\":2," \
	"\"accounts\":0,\"changes\":0,\"indicators\":0,\"shares\":0}\n"
#define ACCOUNT(id, more) "{\"type\":\"account\",\"id\":" id ",\"platform\":\"x\",\"account_id\":\"a" \
	id "\",\"profiled\":0,\"score\":0.0,\"input\":1,\"row\":" id more "}\n"
#define POST(id) "{\"type\":\"post\",\"id\":" id ",\"account\":1,\"post_id\":\"p" id "\",\"at\":1000," \
	"\"precision\":1,\"kind\":\"original\",\"text\":\"words\",\"input\":1,\"row\":" id "}\n"
#define SOURCE "{\"type\":\"source\",\"id\":1,\"kind\":\"url\",\"key\":\"n.example/1\"," \
	"\"cluster_accounts\":0,\"input\":1,\"row\":1}\n"
#define SHARE(post) "{\"type\":\"share\",\"post\":" post ",\"account\":1,\"source\":1,\"act\":\"link\"," \
	"\"basis\":\"id\",\"at\":1000,\"input\":1,\"row\":1}\n"

static char folder[FOLDER_BYTES], path[PATH_BYTES], case_path[PATH_BYTES];
static struct store *store;
static struct bundle_report report;
static struct claque_err err;
static const struct claque_progress quiet = { 0 };

static int
set_up(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/claque-bundle-XXXXXX");
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/b.ndjson", folder);
	(void)snprintf(case_path, sizeof(case_path), "%s/c.claque", folder);
	assert_ok(store_open(&store, case_path, STORE_CREATE, &err), err);
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char name[PATH_BYTES + 8];

	(void)state;
	store_close(store);
	store = NULL;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", case_path, endings[i]);
		(void)unlink(name);
	}
	(void)unlink(path);
	return rmdir(folder);
}

static size_t
count_lines(struct claque_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == '\n';
	return n;
}

/* A bundle of these lines, whole by what its end tells, into the case. */
static enum claque_rc
take(const char *lines)
{
	struct bundle_request request = { path, store, STR("me") };
	char digest[SHA256_HEX + 1];
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	sha256_text(str_of(lines), digest);
	assert_true(fprintf(f, "%s{\"type\":\"end\",\"lines\":%zu,\"sha256\":\"%s\"}\n", lines,
			    count_lines(str_of(lines)), digest) > 0);
	assert_int_equal(fclose(f), 0);
	return bundle_job(&request, &quiet, &report, &err);
}

static int64_t number;

static void
no_head(void *ctx, const struct column *columns, size_t count)
{
	(void)ctx, (void)columns, (void)count;
}

static bool
keep_number(void *ctx, const struct row *row)
{
	*(int64_t *)ctx = row->values[0].i;
	return true;
}

static int64_t
ask(const char *sql)
{
	number = -1;
	assert_ok(store_sql(store, str_of(sql), no_head, keep_number, &number, &err),
		  err);
	return number;
}

static void
rows_go_in_as_they_are(void **state)
{
	(void)state;
	assert_ok(take(HEADER INPUT ACCOUNT("1", "") ACCOUNT("2", "") POST("1") SOURCE SHARE("1")),
		  err);
	assert_true(report.rows.whole);
	assert_int_equal(report.lines, 7);
	assert_int_equal(report.rows.taken[BUNDLE_ACCOUNT], 2);
	assert_int_equal(ask("SELECT count(*) FROM v_posts WHERE post_id = 'p1' AND"
			     " source_file = 'posts.csv' AND row = 1"), 1);
	assert_int_equal(ask("SELECT posts FROM v_accounts WHERE account_id = 'a1'"), 1);
	assert_int_equal(ask("SELECT shares FROM v_sources"), 1);
	assert_ok(take(HEADER INPUT ACCOUNT("1", "") ACCOUNT("2", "") POST("1") SOURCE SHARE("1")),
		  err);
	assert_true(report.done_before);
}

static void
rows_find_what_is_there(void **state)
{
	(void)state;
	assert_ok(take(HEADER INPUT ACCOUNT("1", "") POST("1") SOURCE SHARE("1")), err);
	assert_ok(take(HEADER INPUT ACCOUNT("1", ",\"handle\":\"ann\"") ACCOUNT("2", "")
		       POST("1") POST("2") SOURCE SHARE("1") SHARE("2")), err);
	assert_false(report.rows.whole);
	assert_int_equal(report.rows.there[BUNDLE_POST], 1);
	assert_int_equal(report.rows.taken[BUNDLE_POST], 1);
	assert_int_equal(ask("SELECT count(*) FROM v_accounts"), 2);
	assert_int_equal(ask("SELECT count(*) FROM v_accounts WHERE handle = 'ann'"), 1);
	assert_int_equal(ask("SELECT count(*) FROM v_posts"), 2);
	assert_int_equal(ask("SELECT shares FROM v_sources"), 2);
	assert_int_equal(ask("SELECT count(*) FROM input_file"), 1);
}

/* Each is refused with its line, and the case stays as it was but for whole batches. */
static void
what_no_bundle_holds_is_refused(void **state)
{
	static const struct {
		const char *lines, *says;
	} wrong[] = {
		{ HEADER INPUT ACCOUNT("1", "") SOURCE SHARE("9"), "line 5: post: no row before it" },
		{ HEADER INPUT ACCOUNT("2", ""), "line 3: account 2 comes after 0" },
		{ HEADER INPUT ACCOUNT("1", "") ACCOUNT("1", ""), "account 1 comes after 1" },
		{ HEADER INPUT ACCOUNT("1", ",\"soul\":1"), "line 3 has a key" },
		{ HEADER INPUT ACCOUNT("1", ",\"bio\":[1]"), "line 3: bio: neither" },
		{ HEADER INPUT ACCOUNT("1", ",\"followers\":\"many\""), "line 3 cannot be stored" },
		{ HEADER INPUT "{\"type\":\"account\",\"id\":1}\n", "line 3 cannot be stored" },
		{ HEADER "{\"type\":\"indicator\",\"id\":1,\"kind\":\"magic\"}\n", "line 2: kind: a word" },
		{ HEADER "{\"type\":\"oracle\"}\n", "line 2 is of a type" },
		{ HEADER "[1]\n", "line 2 is no row" },
		{ HEADER "{\"type\":\"change\",\"id\":99999999999}\n", "a line was lost or moved" },
		{ HEADER "{\"type\":\"account\",\"id\":-1}\n", "a line was lost or moved" },
		{ "{\"case\":\"theirs\"}\n", "its first line is not that of a case bundle" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_int_equal(take(wrong[i].lines), CLAQUE_EINPUT);
		if (strstr(err.msg, wrong[i].says) == NULL)
			fail_msg("it says '%s', not '%s'", err.msg, wrong[i].says);
		assert_int_equal(ask("SELECT count(*) FROM v_accounts"), 0);
	}
	assert_int_equal(take("{\"claque_bundle\":2}\n"), CLAQUE_EVERSION);
}

static void
only_what_looks_like_a_pseudonym_is_one(void **state)
{
	(void)state;
	assert_ok(take(HEADER INPUT ACCOUNT("1", ",\"pseudonym\":1")
		       "{\"type\":\"account\",\"id\":2,\"platform\":\"x\",\"account_id\":"
		       "\"u_abcdefghijk27\",\"profiled\":0,\"score\":0.0,\"input\":1,\"row\":2,"
		       "\"pseudonym\":1}\n"), err);
	assert_int_equal(ask("SELECT count(*) FROM pseudonym"), 1);
	assert_int_equal(ask("SELECT account FROM pseudonym"), 2);
}

/* --- the ledger that comes along */

static void
add_entry(struct buf *lines, struct ledger_entry *e, char hash[SHA256_HEX + 1])
{
	char previous[SHA256_HEX + 1];

	memcpy(previous, hash, sizeof(previous));
	e->previous = str_of(previous);
	case_entry_hash(e, hash);
	buf_addf(lines, "{\"type\":\"entry\",\"ledger\":1,\"seq\":%lld,\"at\":%lld,\"who\":\"" STR_FMT
		 "\",\"action\":\"" STR_FMT "\",\"target\":\"\",\"lens\":\"\",\"command\":\"\","
		 "\"payload\":\"\",\"previous\":\"%s\",\"hash\":\"%s\"}\n", (long long)e->seq,
		 (long long)e->at, STR_ARG(e->who), STR_ARG(e->action), previous, hash);
}

static void
take_ledger(void)
{
	char hash[SHA256_HEX + 1] = "";
	struct ledger_entry e = { .seq = 1, .at = 5, .who = STR("ann"), .action = STR("import"),
				  .target = STR(""), .lens = STR(""), .command = STR(""),
				  .payload = STR("") };
	struct buf lines, entries;

	memset(hash, '0', SHA256_HEX);
	buf_init(&lines, BUNDLE_BYTES);
	buf_init(&entries, BUNDLE_BYTES);
	add_entry(&entries, &e, hash);
	e.seq = 2;
	e.action = STR("score");
	add_entry(&entries, &e, hash);
	buf_addf(&lines, HEADER "{\"type\":\"ledger\",\"ledger\":1,\"case\":\"theirs\",\"hash\":\"%s\","
		 "\"entries\":2}\n" STR_FMT, hash, STR_ARG(buf_str(&entries)));
	buf_addc(&lines, '\0');
	assert_ok(take(lines.p), err);
	buf_done(&entries);
	buf_done(&lines);
}

static const char *
verify(void)
{
	static struct verify_report verdict;

	assert_ok(case_verify(store, STR(""), &quiet, &verdict, &err), err);
	return verdict.fault;
}

static void
tamper(const char *sql)
{
	sqlite3 *db;

	store_close(store);
	assert_int_equal(sqlite3_open(case_path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_true(sqlite3_changes(db) >= 1);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_ok(store_open(&store, case_path, STORE_WRITE, &err), err);
}

static void
a_ledger_that_came_is_a_chain_of_its_own(void **state)
{
	(void)state;
	take_ledger();
	assert_int_equal(report.ledgers, 1);
	assert_int_equal(report.entries, 2);
	assert_string_equal(report.fault, "");
	assert_int_equal(ask("SELECT count(*) FROM v_ledger WHERE action = 'bundle'"), 1);
	assert_int_equal(ask("SELECT count(*) FROM v_ledger"), 1);
	assert_string_equal(verify(), "");
}

static void
what_is_altered_in_it_is_named(void **state)
{
	static const struct {
		const char *sql, *back, *says;
	} acts[] = {
		{ "UPDATE foreign_entry SET who = 'eve' WHERE seq = 1",
		  "UPDATE foreign_entry SET who = 'ann' WHERE seq = 1",
		  "ledger of theirs, which came with a bundle: entry 1 is not what its hash" },
		{ "UPDATE foreign_entry SET who = 'eve', redacted = 1 WHERE seq = 1",
		  "UPDATE foreign_entry SET who = 'ann', redacted = 0 WHERE seq = 1",
		  "no entry of this case tells that it came like this" },
		{ "UPDATE foreign_ledger SET hash = 'x'", NULL, "entry 2 is the last, and another" },
		{ "DELETE FROM foreign_entry WHERE seq = 2", NULL, "is the last, and another" },
		{ "DELETE FROM foreign_entry; DELETE FROM foreign_ledger", NULL, "is gone" },
	};

	(void)state;
	take_ledger();
	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
		tamper(acts[i].sql);
		if (strstr(verify(), acts[i].says) == NULL)
			fail_msg("%s: it says '%s'", acts[i].sql, verify());
		if (acts[i].back != NULL)
			tamper(acts[i].back);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_go_in_as_they_are, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rows_find_what_is_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_no_bundle_holds_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(only_what_looks_like_a_pseudonym_is_one, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_ledger_that_came_is_a_chain_of_its_own, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_is_altered_in_it_is_named, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
