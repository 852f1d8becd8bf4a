/* test_dataset.c - the builder: numbers, order, refusals. */
#include "config.h"

#include "test.h"

#include "base/rng.h"
#include "engine/dataset.h"

static const struct claque_progress quiet;
static struct claque_dataset *ds;
static struct claque_err err;

static int
setup(void **state)
{
	(void)state;
	return claque_dataset_new(&ds, &err) == CLAQUE_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	claque_dataset_free(ds);
	return 0;
}

static uint32_t
account(const char *id)
{
	struct claque_account a = {
		.id = str_of(id), .handle = STR("handle"), .created_at = CLAQUE_NO_TIME,
		.followers = -1, .verified = -1,
	};
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

static void
numbers_run_in_order_and_known_ids_keep_theirs(void **state)
{
	(void)state;
	assert_int_equal(account("z"), 0);
	assert_int_equal(account("a"), 1);
	assert_int_equal(account("z"), 0);
	assert_int_equal(object(CLAQUE_OBJECT_url, "same"), 0);
	assert_int_equal(object(CLAQUE_OBJECT_post, "same"), 1);
	assert_int_equal(object(CLAQUE_OBJECT_url, "same"), 0);
	assert_int_equal(object(CLAQUE_OBJECT_url, ""), 2);
	assert_int_equal(claque_dataset_accounts(ds), 2);
	assert_int_equal(claque_dataset_objects(ds), 3);
	assert_str(claque_dataset_account_id(ds, 1), "a");
	assert_str(claque_dataset_object_id(ds, 1), "same");
	assert_str(claque_dataset_object_id(ds, 2), "");
}

static void
sealing_sorts_by_object_time_account_and_row(void **state)
{
	struct rng r = rng_seeded(1);
	const struct claque_share *s;

	(void)state;
	for (int i = 0; i < 5; i++) {
		(void)account((char[]){ (char)('e' - i), 0 });
		(void)object(CLAQUE_OBJECT_post, (char[]){ (char)('a' + i), 0 });
	}
	for (uint32_t i = 0; i < 500; i++) {
		struct claque_share share = {
			.at = (int64_t)rng_below(&r, 20), .account = (uint32_t)rng_below(&r, 5),
			.object = (uint32_t)rng_below(&r, 4), .row = 499 - i,
		};

		assert_ok(claque_dataset_add_share(ds, &share, &err), err);
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_int_equal(claque_dataset_shares(ds), 500);
	assert_int_equal(ds->object_from[4], 500);
	assert_int_equal(ds->object_from[5], 500);
	for (size_t i = 1; i < 500; i++) {
		s = &ds->shares[i];
		assert_true(s->object >= s[-1].object);
		assert_true(i >= ds->object_from[s->object] && i < ds->object_from[s->object + 1]);
		if (s->object != s[-1].object)
			continue;
		assert_true(s->at >= s[-1].at);
		if (s->at == s[-1].at)
			assert_true(s->account > s[-1].account ||
				    (s->account == s[-1].account && s->row > s[-1].row));
	}
	assert_int_equal(ds->by_rank[0], 4);
	assert_int_equal(ds->rank[0], 4);
}

static void
changes_are_sorted_by_account_and_time(void **state)
{
	static const struct claque_change in[] = {
		{ .at = 9, .account = 1, .field = CLAQUE_FIELD_bio },
		{ .at = 5, .account = 1, .field = CLAQUE_FIELD_url },
		{ .at = 7, .account = 0, .field = CLAQUE_FIELD_lang },
	};

	(void)state;
	(void)account("a");
	(void)account("b");
	for (size_t i = 0; i < 3; i++)
		assert_ok(claque_dataset_add_change(ds, &in[i], &err), err);
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_int_equal(ds->change_from[1], 1);
	assert_int_equal(ds->change_from[2], 3);
	assert_int_equal(ds->changes[1].at, 5);
}

static void
what_was_never_added_or_cannot_be_is_refused(void **state)
{
	static char longest[9000];
	struct claque_share share = { .account = 1 };
	struct claque_change change = { .account = 0, .field = CLAQUE_FIELD_COUNT };
	uint32_t n;

	(void)state;
	(void)account("a");
	(void)object(CLAQUE_OBJECT_post, "p");
	assert_int_equal(claque_dataset_add_share(ds, &share, &err), CLAQUE_EUSAGE);
	assert_int_equal(err.rc, CLAQUE_EUSAGE);
	share.account = 0;
	share.object = 1;
	assert_int_equal(claque_dataset_add_share(ds, &share, &err), CLAQUE_EUSAGE);
	share.object = 0;
	share.at = INT64_MAX;
	assert_int_equal(claque_dataset_add_share(ds, &share, &err), CLAQUE_EINPUT);
	share.at = CLAQUE_NO_TIME;
	assert_ok(claque_dataset_add_share(ds, &share, &err), err);
	assert_int_equal(claque_dataset_add_change(ds, &change, &err), CLAQUE_EUSAGE);
	assert_int_equal(claque_dataset_add_object(ds, CLAQUE_OBJECT_url,
						   (struct claque_str){ longest, sizeof(longest) },
						   &n, &err), CLAQUE_ELIMIT);
}

static void
a_sealed_dataset_takes_no_more(void **state)
{
	struct claque_share share = { 0 };

	(void)state;
	(void)account("a");
	(void)object(CLAQUE_OBJECT_post, "p");
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_int_equal(claque_dataset_add_share(ds, &share, &err), CLAQUE_EUSAGE);
	assert_int_equal(claque_dataset_seal(ds, &quiet, &err), CLAQUE_EUSAGE);
}

static bool
stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	(void)ctx;
	(void)stage;
	(void)done;
	(void)total;
	return false;
}

static void
a_stopped_seal_can_be_taken_up_again(void **state)
{
	struct claque_progress stopping = { .tick = stop };

	(void)state;
	(void)account("a");
	(void)object(CLAQUE_OBJECT_post, "p");
	for (uint32_t i = 0; i < 100000; i++) {
		struct claque_share share = { .at = 100000 - i, .row = i };

		assert_ok(claque_dataset_add_share(ds, &share, &err), err);
	}
	assert_int_equal(claque_dataset_seal(ds, &stopping, &err), CLAQUE_STOPPED);
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_int_equal(ds->shares[0].row, 99999);
}

static void
a_share_costs_24_bytes(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct claque_share), 24);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(numbers_run_in_order_and_known_ids_keep_theirs),
		TEST(sealing_sorts_by_object_time_account_and_row),
		TEST(changes_are_sorted_by_account_and_time),
		TEST(what_was_never_added_or_cannot_be_is_refused),
		TEST(a_sealed_dataset_takes_no_more),
		TEST(a_stopped_seal_can_be_taken_up_again),
		TEST(a_share_costs_24_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
