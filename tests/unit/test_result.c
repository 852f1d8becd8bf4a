#include "config.h"

#include "feed.h"

#include <math.h>

#include "store/scan.h"

static const struct feed_shape shape = { 5, 7 };

static int
make_case(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);

	(void)feed_import(s, &shape, 100);
	*state = s;
	free(path);
	return 0;
}

static int
drop_case(void **state)
{
	struct store *s = *state;
	char *path = strdup(store_path(s));

	store_close(s);
	feed_drop(path);
	return 0;
}

static void
a_run_is_kept_whole(void **state)
{
	struct store *s = *state;

	assert_int_equal(feed_run(s), 1);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM cluster"), 2);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM edge"), 2);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM evidence"), 3);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM evidence_post"), 2);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM account_score"), 5);
	assert_int_equal(feed_number(s, "SELECT seed = 7 AND threads = 2 AND lead_score = 0.5 AND"
				     " hot_shares = 300 AND version <> '' FROM run"), 1);
	assert_int_equal(feed_number(s, "SELECT leader = 2 AND weight = 6 AND signal = 'co-url'"
				     " FROM edge WHERE a = 1"), 1);
	assert_int_equal(feed_number(s, "SELECT leader IS NULL AND window_s = -1 FROM edge"
				     " WHERE a = 3"), 1);
}

static void
a_lead_is_shown_with_its_members(void **state)
{
	struct store *s = *state;

	(void)feed_run(s);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_leads"), 1);
	assert_int_equal(feed_number(s, "SELECT id = 'C001' AND score = 0.95 AND accounts = 2 AND"
				     " posts = 40 AND kind = 'lead' AND"
				     " last_seen = '2016-10-01T00:01:00Z' FROM v_leads"), 1);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_members WHERE cluster = 'C001' AND lead = 1"), 2);
	assert_int_equal(feed_number(s, "SELECT role = 'amplifier' FROM v_members"
				     " WHERE account_id = 'a1'"), 1);
	assert_int_equal(feed_number(s, "SELECT cluster = 'C002' AND lead = 0 AND score = 0.3"
				     " FROM v_accounts WHERE account_id = 'a2'"), 1);
	assert_int_equal(feed_number(s, "SELECT source_count FROM cluster WHERE rank = 1"), 7);
	assert_int_equal(feed_number(s, "SELECT min(cluster_accounts) FROM source"), 4);
}

static void
an_older_run_stays_and_the_last_is_shown(void **state)
{
	struct store *s = *state;
	int64_t first = feed_run(s), second = feed_run(s);

	assert_int_equal(second, first + 1);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM cluster"), 2 * second);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_leads"), 1);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_members"), 4);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_accounts"), 5);
}

static void
an_evidence_row_names_file_and_row(void **state)
{
	struct store *s = *state;
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct list_query q = { .list = LIST_EVIDENCE, .subject = { SUBJECT_cluster, 1 },
				.lens = lens_open(), .sort = -1 };
	struct claque_err err = { 0 };
	struct row *rows;
	size_t got;

	q.subject.id = feed_run(s) * 2 - 1;
	assert_ok(list_rows(s, &q, 0, 10, &perm, &rows, &got, &err), err);
	assert_int_equal(got, 2);
	assert_str(rows[0].values[14].s, "feed.csv:2 feed.csv:3");
	arena_free(whole);
}

/* Accounts 1 to 3 are a group in two cells, with everything that can be said of it; 4 is one of its own. */
static int64_t
save_card(struct store *s, struct result_input *in)
{
	static const int64_t account_ids[] = { 1, 2, 3, 4, 5 };
	double scores[] = { 0.5, 0.9, 0.9, 0, 0 };
	struct claque_account_parts parts[5] = {
		[1] = { .coordination = 2.5f, .deception = 1.25f, .overtness = -0.5f,
			.collective = 0.75f },
	};
	struct claque_member alone[] = {
		{ .account = 3, .score = 0.9, .role = CLAQUE_SEED, .median_lag_s = CLAQUE_NO_LAG },
	};
	struct claque_member whole[] = {
		{ .account = 1, .score = 0.9, .role = CLAQUE_CORE, .degree = 2, .stability = 0.75,
		  .looks = 11, .firsts = 0.5, .median_lag_s = 7, .cell = 1 },
		{ .account = 2, .score = 0.9, .role = CLAQUE_CORE, .degree = 2, .stability = 0,
		  .looks = 11, .firsts = 0, .median_lag_s = 0, .cell = 2 },
		{ .account = 0, .score = 0.5, .role = CLAQUE_EXPOSED, .degree = 1,
		  .median_lag_s = CLAQUE_NO_LAG },
	};
	struct claque_evidence evidence[] = {
		{ .signal = "co-url", .unit = "edges", .observed = 6, .log_odds = 4.5, .n = 10,
		  .popularity = 33, .surrogate = 0.5, .worlds = 20, .text = "for",
		  .rows = { 2 }, .row_count = 1 },
		{ .signal = "verified", .unit = "accounts", .log_odds = -0.5, .text = "against" },
	};
	struct claque_innocent innocents[] = {
		{ .name = "fandom", .tests = "one star", .score = 0.25, .covered = 0.5, .n = 12,
		  .text = "six of twelve", .unexplained = "75 %" },
		{ .name = "tool", .tests = "one program", .score = (double)NAN,
		  .covered = (double)NAN, .text = "not tested", .unexplained = "everything" },
	};
	struct claque_group groups[] = {
		{ .score = 0.9, .kind = "weak", .members = alone, .member_count = 1,
		  .leader = CLAQUE_NO_LEADER, .median_lag_s = CLAQUE_NO_LAG },
		{ .score = 0.8, .kind = "lead", .lead = true, .members = whole, .member_count = 3,
		  .evidence = evidence, .evidence_count = 2, .surrogate = 0, .worlds = 20,
		  .innocents = innocents, .innocent_count = 2,
		  .disproof = "the same with every account open about it",
		  .common = 40, .leader = 1, .median_lag_s = 9,
		  .cells = { .count = 2, .modularity = 0.5, .expected = 0.25, .deviation = 0.125,
			     .p = 0.0625 },
		  .platforms = { .accounts = 2, .platforms = 2, .cross_links = 3,
			.signals = 1u << CLAQUE_SIGNAL_CO_URL | 1u << CLAQUE_SIGNAL_CO_SOURCE,
			.needed = 1u << CLAQUE_SIGNAL_CO_URL } },
	};
	struct claque_result result = { .groups = groups, .group_count = 2,
		.account_scores = scores, .account_parts = parts,
		.surrogates = { .worlds = 20, .accounts = 4, .groups = 0.25, .largest = 1.5 } };
	struct claque_score_settings settings = claque_score_defaults();
	struct claque_err err = { 0 };
	int64_t run;

	in->result = &result;
	in->settings = &settings;
	in->account_ids = account_ids;
	in->account_count = 5;
	assert_ok(result_save(s, in, &run, &err), err);
	return run;
}

static void
a_run_tells_what_it_was_fed_and_how_it_was_set(void **state)
{
	struct store *s = *state;
	struct result_input in = { .settings_json = STR("{\"prior\":0.01}"), .share_count = 100,
				   .post_count = 90 };

	(void)save_card(s, &in);
	assert_int_equal(feed_number(s, "SELECT settings ->> 'prior' = 0.01 AND accounts = 5 AND"
				     " shares = 100 AND posts = 90 FROM run"
				     " ORDER BY id DESC LIMIT 1"), 1);
	(void)feed_run(s);
	assert_int_equal(feed_number(s, "SELECT settings IS NULL AND accounts = 5 AND shares IS NULL"
				     " AND posts IS NULL FROM run ORDER BY id DESC LIMIT 1"), 1);
}

static void
a_figure_comes_with_its_background_or_without(void **state)
{
	struct store *s = *state;
	struct result_input in = { 0 };

	(void)save_card(s, &in);
	assert_int_equal(feed_number(s, "SELECT popularity = 33 AND surrogate = 0.5 AND kind = 'for'"
				     " AND worlds = 20"
				     " AND rows = 'feed.csv:3' FROM v_evidence"
				     " WHERE signal = 'co-url'"), 1);
	assert_int_equal(feed_number(s, "SELECT popularity IS NULL AND surrogate IS NULL AND"
				     " worlds IS NULL AND kind = 'against' FROM v_evidence"
				     " WHERE signal = 'verified'"), 1);
	assert_int_equal(feed_number(s, "SELECT kind = 'innocent' AND observed = 0.25 AND n = 12 AND"
				     " tests = 'one star' AND text = 'six of twelve' AND"
				     " covered = 0.5 AND unexplained = '75 %'"
				     " FROM v_evidence WHERE signal = 'fandom'"), 1);
	assert_int_equal(feed_number(s, "SELECT kind = 'innocent' AND observed IS NULL AND"
				     " covered IS NULL AND tests = 'one program'"
				     " FROM v_evidence WHERE signal = 'tool'"), 1);
	assert_int_equal(feed_number(s, "SELECT surrogate = 0 AND disproof LIKE 'the same%' AND"
				     " worlds = 20 FROM v_leads"), 1);
	assert_int_equal(feed_number(s, "SELECT coordination = 2.5 AND deception = 1.25 AND"
				     " collective = 0.75 AND overtness = -0.5 FROM v_accounts"
				     " WHERE account_id = 'a1'"), 1);
	(void)feed_run(s);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_accounts"
				     " WHERE coordination IS NULL"), 5);
}

/* Every column of the list of clusters, members and edges that the run fills. */
static void
a_network_tells_its_leader_cells_and_platforms(void **state)
{
	struct store *s = *state;
	struct result_input in = { 0 };

	(void)save_card(s, &in);
	assert_int_equal(feed_number(s, "SELECT common = 40 AND leader = 'a1' AND median_lag_s = 9"
				     " FROM v_leads"), 1);
	assert_int_equal(feed_number(s, "SELECT cells = 2 AND cells_modularity = 0.5 AND"
				     " cells_expected = 0.25 AND cells_deviation = 0.125 AND"
				     " cells_p = 0.0625 FROM v_leads"), 1);
	assert_int_equal(feed_number(s, "SELECT platforms = 2 AND cross_edges = 3 AND"
				     " cross_signals = 'co-url, co-source' AND"
				     " cross_needed = 'co-url' FROM v_leads"), 1);
	assert_int_equal(feed_number(s, "SELECT common IS NULL AND leader IS NULL AND"
				     " median_lag_s IS NULL AND cells IS NULL AND cells_p IS NULL"
				     " AND platforms IS NULL AND cross_edges IS NULL AND"
				     " cross_signals IS NULL AND cross_needed IS NULL AND"
				     " worlds IS NULL FROM cluster"
				     " WHERE NOT lead ORDER BY id DESC LIMIT 1"), 1);
}

static void
a_member_tells_its_cell_its_looks_and_its_lag(void **state)
{
	struct store *s = *state;
	struct result_input in = { 0 };

	(void)save_card(s, &in);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_members"), 4);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_members WHERE (account_id, cell,"
				     " stability, looks, firsts, median_lag_s, role) IN"
				     " (VALUES('a1', 1, 0.75, 11, 0.5, 7, 'core'),"
				     " ('a2', 2, 0.0, 11, 0.0, 0, 'core'))"), 2);
	assert_int_equal(feed_number(s, "SELECT role = 'exposed' AND stability IS NULL AND looks IS NULL"
				     " AND firsts IS NULL AND median_lag_s IS NULL AND cell = 0"
				     " FROM v_members WHERE account_id = 'a0'"), 1);
	assert_int_equal(feed_number(s, "SELECT firsts IS NULL AND median_lag_s IS NULL"
				     " FROM v_members WHERE account_id = 'a3'"), 1);
}

static bool
count_member(void *ctx, const struct result_member *member)
{
	((int *)ctx)[member->account]++;
	return true;
}

static void
an_account_of_a_cell_is_met_once(void **state)
{
	struct store *s = *state;
	struct result_input in = { 0 };
	struct list_query accounts = { .list = LIST_ACCOUNTS, .lens = lens_open(), .sort = -1 };
	struct claque_err err = { 0 };
	int met[6] = { 0 };
	int64_t n;

	(void)save_card(s, &in);
	assert_ok(result_members(s, count_member, met, &err), err);
	for (int i = 1; i <= 4; i++)
		assert_int_equal(met[i], 1);
	assert_int_equal(met[5], 0);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_accounts"), 5);
	assert_int_equal(feed_number(s, "SELECT cluster = 'C002' FROM v_accounts"
				     " WHERE account_id = 'a1'"), 1);
	assert_ok(list_count(s, &accounts, 0, &n, &err), err);
	assert_int_equal(n, 5);
}

static void
a_run_tells_what_its_surrogate_worlds_hold(void **state)
{
	struct store *s = *state;
	struct result_input in = { 0 };

	(void)save_card(s, &in);
	assert_int_equal(feed_number(s, "SELECT surrogate_worlds = 20 AND surrogate_accounts = 4 AND"
				     " surrogate_groups = 0.25 AND surrogate_largest = 1.5"
				     " FROM run ORDER BY id DESC LIMIT 1"), 1);
	(void)feed_run(s);
	assert_int_equal(feed_number(s, "SELECT surrogate_worlds IS NULL AND"
				     " surrogate_accounts IS NULL AND surrogate_groups IS NULL AND"
				     " surrogate_largest IS NULL FROM run"
				     " ORDER BY id DESC LIMIT 1"), 1);
}

static void
an_edge_tells_how_surprising_its_timing_is(void **state)
{
	struct store *s = *state;

	(void)feed_run(s);
	assert_int_equal(feed_number(s, "SELECT timing_expected = 1.5 AND timing_p = 0.25 AND"
				     " weight = 6 AND expected = 0.5 FROM v_edges WHERE a = 'a0'"), 1);
}

static bool
count_row(void *ctx, const struct row *row)
{
	(void)row;
	++*(int *)ctx;
	return true;
}

static void
a_walk_of_accounts_meets_each_once(void **state)
{
	struct store *s = *state;
	struct result_input in = { 0 };
	struct list_query accounts = { .list = LIST_ACCOUNTS, .lens = lens_open(), .sort = -1 };
	struct claque_err err = { 0 };
	int seen = 0;

	(void)save_card(s, &in);
	assert_ok(list_walk(s, &accounts, count_row, &seen, &err), err);
	assert_int_equal(seen, 5);
}

static void
findings_beside_the_groups_are_those_of_the_last_run(void **state)
{
	struct store *s = *state;
	const struct finding_twin twins[] = { { 1, 2, 0.9, STR("same words") },
					      { 2, 3, 0.8, STR("same hours") } };
	const struct finding_repurposed repurposed[] = {
		{ 4, FEED_START, 3.5, STR("name and place") },
		{ 5, CLAQUE_NO_TIME, 2.5, STR("name") } };
	const struct finding_lookalike lookalikes[] = { { STR("news.example/0"),
		STR("news.example"), 0.7, STR("one letter") } };
	struct result_input in = { .findings = { twins, repurposed, lookalikes, 2, 2, 1 } };

	(void)save_card(s, &in);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM v_twins"), 2);
	assert_int_equal(feed_number(s, "SELECT a = 'a0' AND b = 'a1' AND a_handle = 'a0' AND"
				     " b_platform = 'x' AND why = 'same words' FROM v_twins"
				     " WHERE score = 0.9"), 1);
	assert_int_equal(feed_number(s, "SELECT at = '2016-10-01T00:00:00Z' AND score = 3.5"
				     " FROM v_repurposed WHERE account_id = 'a3'"), 1);
	assert_int_equal(feed_number(s, "SELECT at IS NULL FROM v_repurposed"
				     " WHERE account_id = 'a4'"), 1);
	assert_int_equal(feed_number(s, "SELECT domain = 'news.example/0' AND"
				     " target = 'news.example' AND accounts = 5"
				     " FROM v_lookalikes"), 1);
	(void)feed_run(s);
	assert_int_equal(feed_number(s, "SELECT (SELECT count(*) FROM v_twins) +"
				     " (SELECT count(*) FROM v_repurposed) +"
				     " (SELECT count(*) FROM v_lookalikes)"), 0);
	assert_int_equal(feed_number(s, "SELECT count(*) > 0 FROM twin"), 1);
}

static void
a_finding_about_nobody_undoes_the_run(void **state)
{
	struct store *s = *state;
	const struct finding_twin nobody[] = { { 1, 99, 0.9, STR("who?") } };
	struct result_input in = { .findings = { .twins = nobody, .twin_count = 1 } };
	double scores[5] = { 0 };
	static const int64_t account_ids[] = { 1, 2, 3, 4, 5 };
	struct claque_result result = { .account_scores = scores };
	struct claque_score_settings settings = claque_score_defaults();
	int64_t before = feed_number(s, "SELECT count(*) FROM run"), run;
	struct claque_err err = { 0 };

	in.result = &result;
	in.settings = &settings;
	in.account_ids = account_ids;
	in.account_count = 5;
	assert_int_not_equal(result_save(s, &in, &run, &err), CLAQUE_OK);
	assert_int_equal(run, 0);
	assert_int_equal(feed_number(s, "SELECT count(*) FROM run"), before);
}

struct sums {
	int64_t accounts, sources, shares, posts;
};

static bool
take_account(void *ctx, const struct scan_account *row)
{
	struct sums *sums = ctx;

	assert_int_equal(row->id, ++sums->accounts);
	assert_int_equal(row->account.followers, -1);
	assert_true(row->account.created_at == CLAQUE_NO_TIME);
	return true;
}

static bool
take_source(void *ctx, const struct scan_source *row)
{
	assert_int_equal(row->id, ++((struct sums *)ctx)->sources);
	assert_int_equal(row->kind, CLAQUE_OBJECT_url);
	return true;
}

static bool
take_share(void *ctx, const struct scan_share *row)
{
	struct sums *sums = ctx;

	assert_int_equal(row->id, ++sums->shares);
	assert_int_equal(row->post_id, row->id);
	assert_int_equal(row->account_id, (row->id - 1) % 5 + 1);
	assert_int_equal(row->source_id, (row->id - 1) % 7 + 1);
	assert_true(row->at == FEED_START + (row->id - 1) * 10000);
	return true;
}

static bool
take_post(void *ctx, const struct scan_post *row)
{
	struct sums *sums = ctx;

	assert_int_equal(row->id, ++sums->posts);
	assert_int_equal(row->reshare_of, 0);
	return row->id < 10;
}

static void
scans_give_every_row_in_order(void **state)
{
	struct store *s = *state;
	struct claque_err err = { 0 };
	struct sums sums = { 0 };

	assert_ok(scan_accounts(s, take_account, &sums, &err), err);
	assert_ok(scan_sources(s, take_source, &sums, &err), err);
	assert_ok(scan_shares(s, take_share, &sums, &err), err);
	assert_int_equal(sums.accounts, 5);
	assert_int_equal(sums.sources, 7);
	assert_int_equal(sums.shares, 100);
	assert_int_equal(scan_posts(s, take_post, &sums, &err), CLAQUE_STOPPED);
	assert_int_equal(sums.posts, 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_is_kept_whole),
		cmocka_unit_test(a_lead_is_shown_with_its_members),
		cmocka_unit_test(an_older_run_stays_and_the_last_is_shown),
		cmocka_unit_test(an_evidence_row_names_file_and_row),
		cmocka_unit_test(a_run_tells_what_it_was_fed_and_how_it_was_set),
		cmocka_unit_test(a_figure_comes_with_its_background_or_without),
		cmocka_unit_test(a_network_tells_its_leader_cells_and_platforms),
		cmocka_unit_test(a_member_tells_its_cell_its_looks_and_its_lag),
		cmocka_unit_test(an_account_of_a_cell_is_met_once),
		cmocka_unit_test(a_run_tells_what_its_surrogate_worlds_hold),
		cmocka_unit_test(an_edge_tells_how_surprising_its_timing_is),
		cmocka_unit_test(a_walk_of_accounts_meets_each_once),
		cmocka_unit_test(findings_beside_the_groups_are_those_of_the_last_run),
		cmocka_unit_test(a_finding_about_nobody_undoes_the_run),
		cmocka_unit_test(scans_give_every_row_in_order),
	};

	return cmocka_run_group_tests_name("result", tests, make_case, drop_case);
}
