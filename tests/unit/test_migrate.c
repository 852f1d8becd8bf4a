/*
 * A case of an older claque: made with the SQL of its format, filled by hand,
 * and brought forward.
 */
#include "config.h"

#include "feed.h"

#include "base/sha256.h"
#include "case/ledger.h"
#include "store/schema_steps.h"
#include "store/stmt.h"

/* What claque 0.1 left behind after an import and a run. */
static const char rows_of_1[] =
	"PRAGMA application_id = 1668051301; PRAGMA user_version = 1;"
	"INSERT INTO term VALUES('role', 0, 'core'), ('role', 1, 'amplifier'),"
	" ('axis', 0, 'coordination'), ('axis', 2, 'overtness'), ('act', 1, 'link'),"
	" ('post_kind', 0, 'original'), ('object_kind', 1, 'url');"
	"INSERT INTO input_file(id, path, sha256, bytes, format, importer, started_at, done, rows)"
	" VALUES(1, 'old.csv', 'ab', 100, 'native-posts', '0.1', 1, 1, 4);"
	"INSERT INTO account(id, platform, native_id, handle, post_count, share_count, score,"
	" input_file, row) VALUES(1, 'x', 'a1', 'one', 2, 3, 0.9, 1, 2),"
	" (2, 'x', 'a2', 'two', 1, 1, 0.8, 1, 3), (3, 'x', 'a3', NULL, 1, 0, 0, 1, 5);"
	"INSERT INTO post(id, account, native_id, at, precision, kind, text, input_file, row)"
	" VALUES(1, 1, 'p1', 1000, 1, 0, 'first', 1, 2), (2, 1, 'p2', 2000, 1, 0, 'second', 1, 3),"
	" (3, 2, 'p3', 3000, 1, 0, 'third', 1, 4), (4, 3, 'p4', NULL, 1, 0, NULL, 1, 5);"
	"INSERT INTO source(id, kind, key, share_count, account_count, input_file, row)"
	" VALUES(1, 1, 'n.example/1', 3, 2, 1, 2), (2, 1, 'n.example/2', 1, 1, 1, 3);"
	"INSERT INTO share(id, post, account, source, act, at, input_file, row)"
	" VALUES(1, 1, 1, 1, 1, 1000, 1, 2), (2, 2, 1, 1, 1, 2000, 1, 3),"
	" (3, 2, 1, 2, 1, 2000, 1, 3), (4, 3, 2, 1, 1, 3000, 1, 4);"
	"INSERT INTO run(id, started_at, ended_at, version, prior, fdr, object_cap, min_accounts,"
	" lead_score, seed, threads, hot_objects, hot_shares, undated_shares)"
	" VALUES(1, 5, 6, '0.1', 0.01, 0.01, 250, 3, 0.5, 1, 2, 0, 0, 0);"
	"INSERT INTO cluster(id, run, rank, name, score, coordination, deception, overtness, lead,"
	" kind, shares, account_count) VALUES(1, 1, 1, 'C001', 0.9, 0.9, 0.5, 0, 1, 'lead', 4, 2);"
	"INSERT INTO member(cluster, account, run, place, score, role, degree)"
	" VALUES(1, 1, 1, 1, 0.9, 0, 1), (1, 2, 1, 2, 0.8, 1, 1);"
	"INSERT INTO account_score VALUES(1, 1, 0.9), (1, 2, 0.8), (1, 3, 0);"
	"INSERT INTO evidence(id, cluster, axis, signal, unit, observed, expected, p, n, log_odds,"
	" text) VALUES(1, 1, 0, 'co-url', 'edges', 4, 0.5, 0.001, 3, 2.5, 'four'),"
	" (2, 1, 2, 'verified', 'accounts', 1, 2, 0.5, 2, -0.5, 'one');"
	/* Two of the three examples are shares of one post. */
	"INSERT INTO evidence_share VALUES(1, 0, 4), (1, 1, 2), (1, 2, 3), (2, 0, 1);"
	"INSERT INTO annotation VALUES(1, 0, 1, 1, 'C001', 'seen', 'me', 7, 1),"
	" (2, 1, 2, 1, '@one', 'Cleared', 'me', 8, 1), (3, 1, 2, 2, '@two', 'cleared', 'me', 9, 0),"
	" (4, 1, 2, 2, '@two', 'cleared-up', 'me', 10, 1);";

static char *
make_case_of_1(void)
{
	char *path = feed_path();
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
					 NULL), SQLITE_OK);
	for (size_t i = 0; i < SCHEMA_STEP_PARTS; i++)
		assert_int_equal(sqlite3_exec(db, schema_steps[0][i], NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, rows_of_1, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return path;
}

/* The same case after a run of claque 0.2: what the step before last brought is filled. */
static const char rows_of_2[] =
	"PRAGMA user_version = 2;"
	"UPDATE cluster SET surrogate = 0.25, disproof = 'nothing';"
	"UPDATE member SET stability = 0.5 WHERE account = 1;"
	"UPDATE evidence SET popularity = 40, surrogate = 1.5 WHERE id = 1;"
	"INSERT INTO evidence(id, cluster, axis, signal, unit, observed, n, log_odds, text, kind)"
	" VALUES(3, 1, 0, 'fandom', 'score', 0.25, 9, 0, 'stars. Leaves unexplained: 75 %',"
	" 'innocent');"
	"INSERT INTO edge(id, run, signal, window_s, a, b, weight, pairs, expected, p, q)"
	" VALUES(1, 1, 'co-url', 60, 1, 2, 4, 4, 0.5, 0.001, 0.002);";

static void
a_case_of_2_keeps_what_it_had(void **state)
{
	char *path = make_case_of_1();
	struct store *s;
	sqlite3 *db = NULL;

	(void)state;
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	for (size_t i = 0; i < SCHEMA_STEP_PARTS; i++)
		assert_int_equal(sqlite3_exec(db, schema_steps[1][i], NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, rows_of_2, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	s = feed_open(path, STORE_WRITE);
	assert_int_equal(feed_number(s, "SELECT surrogate = 0.25 AND disproof = 'nothing' AND"
				     " worlds IS NULL AND cells IS NULL FROM v_leads"), 1);
	assert_int_equal(feed_number(s, "SELECT stability = 0.5 AND looks IS NULL AND cell = 0"
				     " FROM v_members WHERE account_id = 'a1'"), 1);
	assert_int_equal(feed_number(s, "SELECT popularity = 40 AND surrogate = 1.5 AND worlds IS NULL"
				     " FROM v_evidence WHERE signal = 'co-url'"), 1);
	assert_int_equal(feed_number(s, "SELECT observed = 0.25 AND covered IS NULL AND"
				     " text LIKE 'stars.%' FROM v_evidence"
				     " WHERE kind = 'innocent'"), 1);
	assert_int_equal(feed_number(s, "SELECT weight = 4 AND timing_p IS NULL FROM v_edges"), 1);
	store_close(s);
	feed_drop(path);
}

/*
 * The ledger as claque 0.1 kept it of those annotations: payloads to the letter, and the
 * chain over them.
 */
static const struct {
	const char *action, *target, *payload;
} ledger_of_1[] = {
	{ "note", "C001", "{\"annotation\":1,\"at\":7,\"kind\":\"note\",\"live\":true,\"name\":\"C001\","
	  "\"target\":1,\"target_kind\":\"cluster\",\"text\":\"seen\",\"who\":\"me\"}" },
	{ "tag", "@one", "{\"annotation\":2,\"at\":8,\"kind\":\"tag\",\"live\":true,\"name\":\"@one\","
	  "\"target\":1,\"target_kind\":\"account\",\"text\":\"Cleared\",\"who\":\"me\"}" },
	{ "tag", "@two", "{\"annotation\":3,\"at\":9,\"kind\":\"tag\",\"live\":true,\"name\":\"@two\","
	  "\"target\":2,\"target_kind\":\"account\",\"text\":\"cleared\",\"who\":\"me\"}" },
	{ "undo", "@two", "{\"act\":3,\"annotation\":3,\"live\":false}" },
	{ "tag", "@two", "{\"annotation\":4,\"at\":10,\"kind\":\"tag\",\"live\":true,\"name\":\"@two\","
	  "\"target\":2,\"target_kind\":\"account\",\"text\":\"cleared-up\",\"who\":\"me\"}" },
};

static void
put_ledger_of_1(sqlite3 *db)
{
	char previous[SHA256_HEX + 1], hash[SHA256_HEX + 1];

	memset(previous, '0', SHA256_HEX);
	previous[SHA256_HEX] = '\0';
	for (size_t i = 0; i < sizeof(ledger_of_1) / sizeof(*ledger_of_1); i++) {
		struct ledger_entry e = {
			.seq = (int64_t)i + 1, .at = 7, .who = STR("me"), .lens = STR(""),
			.action = str_of(ledger_of_1[i].action),
			.target = str_of(ledger_of_1[i].target), .command = STR(""),
			.payload = str_of(ledger_of_1[i].payload), .previous = str_of(previous),
		};
		char *sql;

		case_entry_hash(&e, hash);
		sql = sqlite3_mprintf("INSERT INTO ledger VALUES(%lld, 7, 'me', %Q, %Q, '', '', %Q, %Q, %Q)",
				      (long long)e.seq, ledger_of_1[i].action, ledger_of_1[i].target,
				      ledger_of_1[i].payload, previous, hash);
		assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
		sqlite3_free(sql);
		memcpy(previous, hash, sizeof(previous));
	}
}

/* What every format of a case was: that of 1, brought forward by the steps up to it. */
static char *
make_case_of(int version)
{
	char *path = make_case_of_1(), stamp[64];
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	put_ledger_of_1(db);
	for (int step = 1; step < version; step++)
		for (size_t i = 0; i < SCHEMA_STEP_PARTS; i++)
			assert_int_equal(sqlite3_exec(db, schema_steps[step][i], NULL, NULL, NULL),
					 SQLITE_OK);
	(void)snprintf(stamp, sizeof(stamp), "PRAGMA user_version = %d", version);
	assert_int_equal(sqlite3_exec(db, stamp, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return path;
}

static void
of_any_format_annotations_stay_and_the_ledger_holds(void **state)
{
	(void)state;
	for (int version = 1; version <= SCHEMA_VERSION; version++) {
		char *path = make_case_of(version);
		struct claque_progress silent = { NULL, NULL };
		struct claque_err err = { 0 };
		struct verify_report report;
		struct store *s;

		assert_true(store_is_older(path) == (version < SCHEMA_VERSION));
		s = feed_open(path, STORE_WRITE);
		assert_ok(case_verify(s, STR(""), &silent, &report, &err), err);
		assert_string_equal(report.fault, "");
		assert_int_equal(report.entries, 5);
		assert_int_equal(feed_number(s, "SELECT count(*) FROM annotation"), 4);
		assert_int_equal(feed_number(s, "SELECT count(*) FROM v_notes"), 3);
		assert_int_equal(feed_number(s, "SELECT count(*) FROM v_posts"), 4);
		assert_int_equal(feed_number(s, "SELECT count(*) FROM annotation WHERE was_tag ="
					     " 'Cleared' AND live"), 1);
		store_close(s);
		feed_drop(path);
	}
}

/* Nothing of it may be touched: what a newer claque keeps there is not known here. */
static void
a_case_of_a_newer_claque_is_refused_and_left_as_it_is(void **state)
{
	static const enum store_mode modes[] = { STORE_READ, STORE_WRITE, STORE_CREATE };
	char *path = make_case_of(SCHEMA_VERSION), before[SHA256_HEX + 1], after[SHA256_HEX + 1];
	struct claque_progress silent = { NULL, NULL };
	struct claque_err err = { 0 };
	char says[80];
	sqlite3 *db = NULL;
	struct store *s;

	(void)state;
	(void)snprintf(says, sizeof(says), "PRAGMA user_version = %d", SCHEMA_VERSION + 1);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, says, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_ok(sha256_file(path, before, NULL, &silent, &err), err);
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		assert_int_equal(store_open(&s, path, modes[i], &err), CLAQUE_EVERSION);
		assert_null(s);
		assert_non_null(strstr(err.msg, path));
		(void)snprintf(says, sizeof(says), "has format %d, this claque reads up to %d",
			       SCHEMA_VERSION + 1, SCHEMA_VERSION);
		assert_non_null(strstr(err.msg, says));
		assert_non_null(strstr(err.msg, "open it with a newer claque"));
	}
	assert_ok(sha256_file(path, after, NULL, &silent, &err), err);
	assert_string_equal(before, after);
	feed_drop(path);
}

static int
migrate(void **state)
{
	char *path = make_case_of_1();

	*state = feed_open(path, STORE_WRITE);
	free(path);
	return 0;
}

static int
drop(void **state)
{
	struct store *s = *state;
	char *path = strdup(store_path(s));

	store_close(s);
	feed_drop(path);
	return 0;
}

/* Cases out there were made by them; a change would test what never was. */
static void
a_published_step_is_not_edited(void **state)
{
	static const char *const digests[] = {
		"2f30074105405b973e909f2edcb1a01bc60bbdbd8b3a9286cc8ac80590fabec3",
		"c997708cd5f5ddf0b540dcce30f4375c95d1a663bc9f60bd3813f2515dd12ff5",
		"e3b82213df55c0b33deda9111b03b115b8c4e7ec7d62fb36994d0193ae99bac6",
		"3e34f36fbdf0bbbab8f54356680a4428258b0d0c55654ffa70a1135d199b3847",
		"6a04f9bba7a60de193fe0baea6d612dc88985b03c1a65647365280da579fe628",
		"c50ed41c2602b9576184a9ec4503cee4039439f0ea05ef6a39d5c481b9b34708",
		"c3221a804ca7f866e0f3a17b9238f952dffe770270b901a4b319992d2f25ee57",
		"44add0a40a24c6d6792166821d88fe3b4f2300ee768df3541d5987eb18b36fe1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(digests) / sizeof(*digests); i++) {
		char digest[SHA256_HEX + 1];
		struct sha256 h;

		sha256_start(&h);
		sha256_add(&h, str_of(schema_steps[i][0]));
		sha256_add(&h, str_of(schema_steps[i][1]));
		sha256_end(&h, digest);
		assert_string_equal(digest, digests[i]);
	}
}

static void
reading_an_older_case_says_what_to_do(void **state)
{
	char *path = make_case_of_1();
	struct claque_err err = { 0 };
	struct store *s;
	char reads[32];

	(void)state;
	assert_true(store_is_older(path));
	assert_int_equal(store_open(&s, path, STORE_READ, &err), CLAQUE_EVERSION);
	assert_null(s);
	assert_non_null(strstr(err.msg, path));
	assert_non_null(strstr(err.msg, "older format 1"));
	(void)snprintf(reads, sizeof(reads), "reads %d;", SCHEMA_VERSION);
	assert_non_null(strstr(err.msg, reads));
	assert_non_null(strstr(err.msg, "claque open"));
	assert_non_null(strstr(err.msg, "copy"));
	store_close(feed_open(path, STORE_WRITE));
	store_close(feed_open(path, STORE_READ));
	feed_drop(path);
}

/* What an analyst's query may not ask. */
static int64_t
inner_number(struct store *s, const char *sql)
{
	struct claque_err err = { 0 };
	int64_t n;

	assert_ok(store_number(s, sql, -1, &n, &err), err);
	return n;
}

static void
the_case_is_whole_afterwards(void **state)
{
	struct store *s = *state;
	struct claque_err err = { 0 };

	assert_ok(store_check(s, &err), err);
	assert_false(store_is_older(store_path(s)));
	assert_int_equal(inner_number(s, "PRAGMA user_version"), SCHEMA_VERSION);
	assert_int_equal(inner_number(s, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	assert_int_equal(inner_number(s, "SELECT count(*) FROM sqlite_schema"
				      " WHERE name = 'evidence_share'"), 0);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_posts WHERE deleted_at IS NULL"), 4);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_notes"), 3);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_events"), 0);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM skeleton WHERE kind = 2"), 2);
}

static void
examples_come_over_as_posts_each_once(void **state)
{
	struct store *s = *state;

	assert_int_equal(feed_number(s, "SELECT count(*) FROM evidence_post"), 3);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM evidence_post"
				     " WHERE (evidence, place, post) IN"
				     " (VALUES(1, 0, 3), (1, 1, 2), (2, 0, 1))"), 3);
	assert_int_equal(feed_number(s, "SELECT rows = 'old.csv:4 old.csv:3' FROM v_evidence"
				     " WHERE signal = 'co-url'"), 1);
}

static void
old_evidence_is_sorted_into_for_and_against(void **state)
{
	struct store *s = *state;

	assert_int_equal(feed_number(s, "SELECT kind = 'for' AND popularity IS NULL"
				     " AND surrogate IS NULL FROM v_evidence"
				     " WHERE signal = 'co-url'"), 1);
	assert_int_equal(feed_number(s, "SELECT kind = 'against' FROM v_evidence"
				     " WHERE signal = 'verified'"), 1);
}

static void
what_an_old_run_did_not_tell_stays_unknown(void **state)
{
	struct store *s = *state;

	assert_int_equal(feed_number(s, "SELECT settings IS NULL AND accounts IS NULL AND"
				     " shares IS NULL AND posts IS NULL FROM run"), 1);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_members WHERE stability IS NULL"
				     " AND looks IS NULL AND firsts IS NULL AND"
				     " median_lag_s IS NULL AND cell = 0"), 2);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_accounts WHERE deception IS NULL"), 3);
	assert_int_equal(feed_number(s, "SELECT surrogate IS NULL AND worlds IS NULL AND"
				     " disproof IS NULL AND common IS NULL AND leader IS NULL AND"
				     " cells IS NULL AND platforms IS NULL AND"
				     " cross_edges IS NULL FROM v_leads"), 1);
	assert_int_equal(feed_number(s, "SELECT surrogate_worlds IS NULL FROM run"), 1);
}

static void
roles_keep_their_numbers(void **state)
{
	struct store *s = *state;

	assert_int_equal(feed_number(s, "SELECT count(*) FROM term WHERE list = 'role' AND"
				     " (number, name) IN (VALUES(0, 'core'), (1, 'amplifier'),"
				     " (2, 'seed'), (3, 'exposed'))"), 4);
	assert_int_equal(feed_number(s, "SELECT role = 'amplifier' FROM v_members"
				     " WHERE account_id = 'a2'"), 1);
}

static void
a_tag_that_cleared_is_a_verdict_of_the_same_analyst(void **state)
{
	struct store *s = *state;

	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_verdicts WHERE status = 'cleared'"
				     " AND reason = 'tagged cleared' AND who = 'me' AND counts"
				     " AND target = '@one' AND at = '1970-01-01T00:00:00Z'"), 1);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_verdicts"), 1);
	/* One that was undone can be redone, and another tag stays one. */
	assert_int_equal(feed_number(s, "SELECT count(*) FROM annotation WHERE kind = 3"
				     " AND NOT live AND was_tag = 'cleared'"), 1);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM annotation WHERE kind = 1"
				     " AND text = 'cleared-up'"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_published_step_is_not_edited),
		cmocka_unit_test(a_case_of_2_keeps_what_it_had),
		cmocka_unit_test(of_any_format_annotations_stay_and_the_ledger_holds),
		cmocka_unit_test(a_case_of_a_newer_claque_is_refused_and_left_as_it_is),
		cmocka_unit_test(reading_an_older_case_says_what_to_do),
		cmocka_unit_test_setup_teardown(the_case_is_whole_afterwards, migrate, drop),
		cmocka_unit_test_setup_teardown(examples_come_over_as_posts_each_once, migrate, drop),
		cmocka_unit_test_setup_teardown(old_evidence_is_sorted_into_for_and_against,
						migrate, drop),
		cmocka_unit_test_setup_teardown(what_an_old_run_did_not_tell_stays_unknown,
						migrate, drop),
		cmocka_unit_test_setup_teardown(roles_keep_their_numbers, migrate, drop),
		cmocka_unit_test_setup_teardown(a_tag_that_cleared_is_a_verdict_of_the_same_analyst,
						migrate, drop),
	};

	return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
