#include "config.h"

#include "feed.h"

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
	struct list_query q = { LIST_EVIDENCE, { SUBJECT_cluster, 1 }, lens_open(), -1, false };
	struct claque_err err = { 0 };
	struct row *rows;
	size_t got;

	q.subject.id = feed_run(s) * 2 - 1;
	assert_ok(list_rows(s, &q, 0, 10, &perm, &rows, &got, &err), err);
	assert_int_equal(got, 2);
	assert_str(rows[0].values[10].s, "feed.csv:2 feed.csv:3");
	arena_free(whole);
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
		cmocka_unit_test(scans_give_every_row_in_order),
	};

	return cmocka_run_group_tests_name("result", tests, make_case, drop_case);
}
