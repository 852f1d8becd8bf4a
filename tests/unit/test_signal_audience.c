/* test_signal_audience.c - engagement against peers of the same size. */
#include "config.h"

#include "crowd.h"

#include "engine/partners.h"

enum { PEERS = 40 };

static uint32_t
followed(struct crowd *c, int64_t followers)
{
	struct claque_account a = someone();

	a.followers = followers;
	return crowd_add(c, a);
}

static void
liked(struct crowd *c, uint32_t account, int64_t likes)
{
	struct claque_post p = post_of(account, MONDAY + c->rows);

	p.likes = likes;
	crowd_post(c, p);
}

static void
one_post_each_gives_the_middle_of_its_rank(void **state)
{
	struct claque_post shared;
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < PEERS; i++)
		liked(&c, followed(&c, 100), i);
	/* Another's words, and a post of which nothing is known, do not count. */
	shared = post_of(0, MONDAY);
	shared.kind = CLAQUE_IS_reshare;
	shared.likes = 1000000;
	crowd_post(&c, shared);
	liked(&c, 0, -1);
	followed(&c, 100);
	crowd_seal(&c);
	crowd_measure(&c, &signal_audience, NULL);
	for (int i = 0; i < PEERS; i++) {
		assert_near(c.out[i].value, (2 * (i + 0.5) / PEERS - 1) / 6);
		assert_int_equal(c.out[i].n, 1);
	}
	assert_true(isnan(c.out[PEERS].value));
	crowd_close(&c);
}

static void
ties_share_the_middle_and_posters_count_once(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < PEERS; i++)
		followed(&c, 100);
	for (int i = 0; i < PEERS; i++)
		for (int n = i == 0 ? 500 : 1; n > 0; n--)
			liked(&c, (uint32_t)i, i < PEERS / 2 ? 0 : 7);
	crowd_seal(&c);
	crowd_measure(&c, &signal_audience, (double[]){ 0 });
	for (int i = 0; i < PEERS; i++)
		assert_near(c.out[i].value, i < PEERS / 2 ? -0.5 : 0.5);
	crowd_close(&c);
}

/* 400 accounts make ten bins: a celebrity's likes are no measure for a novice's. */
static void
peers_have_as_many_followers(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 400; i++)
		liked(&c, followed(&c, i < 200 ? 10 : 100000), i < 200 ? i : 1000 * i);
	crowd_seal(&c);
	crowd_measure(&c, &signal_audience, (double[]){ 0 });
	assert_near(c.out[0].value, 2 * 0.5 / 200 - 1);
	assert_near(c.out[199].value, 2 * 199.5 / 200 - 1);
	assert_near(c.out[200].value, 2 * 0.5 / 200 - 1);
	crowd_close(&c);
}

/* Ranks do not know units: any rising function of the counts gives the same. */
static void
only_the_order_counts_and_all_together_are_usual(void **state)
{
	double plain[PEERS], sum = 0;
	struct rng r = rng_seeded(2);

	(void)state;
	for (int cubed = 0; cubed < 2; cubed++) {
		struct crowd c;

		r = rng_seeded(2);
		crowd_open(&c);
		for (int i = 0; i < PEERS; i++)
			followed(&c, i);
		for (int i = 0; i < PEERS * 6; i++) {
			int64_t likes = (int64_t)rng_below(&r, 30);

			liked(&c, (uint32_t)(i % PEERS), cubed ? likes * likes * likes : likes);
		}
		crowd_seal(&c);
		crowd_measure(&c, &signal_audience, (double[]){ 0 });
		for (int i = 0; i < PEERS; i++) {
			if (cubed)
				assert_near(c.out[i].value, plain[i]);
			plain[i] = c.out[i].value;
		}
		crowd_close(&c);
	}
	for (int i = 0; i < PEERS; i++)
		sum += plain[i];
	assert_near(sum, 0);
}

static void
too_few_peers_tell_nothing(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 19; i++)
		liked(&c, followed(&c, 100), i);
	crowd_seal(&c);
	crowd_measure(&c, &signal_audience, NULL);
	assert_true(isnan(c.out[0].value));
	crowd_close(&c);
}

/* An account's post with three replies, all from one replier. */
static void
answered(struct crowd *c, uint32_t account, uint32_t replier)
{
	struct claque_post p = post_of(account, MONDAY);
	char id[16];

	(void)snprintf(id, sizeof(id), "p%u", account);
	p.id = str_of(id);
	p.replies = 3;
	assert_ok(claque_dataset_add_object(c->ds, CLAQUE_OBJECT_post, p.id, &p.parent, &err), err);
	for (int i = 0; i < 3; i++) {
		struct claque_post reply = post_of(replier, MONDAY + 1 + i);

		reply.kind = CLAQUE_IS_reply;
		reply.parent = p.parent;
		crowd_post(c, reply);
	}
	p.parent = CLAQUE_NO_OBJECT;
	crowd_post(c, p);
}

static void
replies_of_partners_are_no_audience(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < PEERS; i++)
		followed(&c, 100);
	answered(&c, 0, 1);
	answered(&c, 2, 3);
	for (uint32_t i = 4; i < PEERS; i++)
		liked(&c, i, 0);
	crowd_seal(&c);
	crowd_share(&c, (uint32_t[]){ 0, 1 }, 2);
	crowd_share(&c, (uint32_t[]){ 2, 4 }, 2);
	crowd_measure(&c, &signal_audience, (double[]){ 0 });
	/* 38 posts: 37 without an audience, and that of account 2. */
	assert_near(c.out[2].value, 2 * 37.5 / 38 - 1);
	assert_near(c.out[0].value, 2 * 18.5 / 38 - 1);
	crowd_close(&c);
}

static void
the_strongest_partner_shares_the_rarest_sources(void **state)
{
	struct partner found[PARTNERS_MAX];
	struct partners p;
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 8; i++)
		followed(&c, 1);
	crowd_seal(&c);
	crowd_share(&c, (uint32_t[]){ 0, 1 }, 2);
	crowd_share(&c, (uint32_t[]){ 0, 2, 3, 0 }, 4);
	crowd_share(&c, (uint32_t[]){ 0, 2, 4, 5, 6 }, 5);
	crowd_share(&c, (uint32_t[]){ 0, 1, 2, 3, 4, 5, 6, 7 }, 8);
	coact_sort(&c.w.source);
	partners_init(&p, &c.w.source, 8, 7);
	assert_int_equal(partners_of(&p, 0, found, NULL), 6);
	assert_int_equal(found[0].account, 1);
	assert_near(found[0].weight, 1);
	assert_int_equal(found[1].account, 2);
	assert_near(found[1].weight, 0.75);
	assert_int_equal(found[1].common, 2);
	assert_int_equal(found[2].account, 3);
	assert_int_equal(partners_of(&p, 7, found, NULL), 0);
	assert_int_equal(partners_of(&p, 3, found, NULL), 2);
	partners_done(&p);
	crowd_close(&c);
}

enum { MET = 450, SHARED_MOST = 7 };

/* How many sources account 0 shares with this one alone. */
static uint32_t
shared_with(uint32_t account)
{
	return 1 + account * 5 % SHARED_MOST;
}

static void
of_many_partners_the_strongest_are_kept_in_order(void **state)
{
	struct partner found[PARTNERS_MAX];
	struct partners p;
	struct crowd c;
	uint32_t n = 0;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i <= MET; i++)
		followed(&c, 1);
	crowd_seal(&c);
	for (uint32_t i = 1; i <= MET; i++)
		for (uint32_t k = 0; k < shared_with(i); k++)
			crowd_share(&c, (uint32_t[]){ 0, i }, 2);
	coact_sort(&c.w.source);
	partners_init(&p, &c.w.source, MET + 1, 7);
	assert_int_equal(partners_of(&p, 0, found, NULL), PARTNERS_MAX);
	for (uint32_t shared = SHARED_MOST; shared > 0; shared--)
		for (uint32_t i = 1; i <= MET && n < PARTNERS_MAX; i++)
			if (shared_with(i) == shared) {
				assert_int_equal(found[n].account, i);
				assert_int_equal(found[n++].common, shared);
			}
	partners_done(&p);
	crowd_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_post_each_gives_the_middle_of_its_rank),
		cmocka_unit_test(ties_share_the_middle_and_posters_count_once),
		cmocka_unit_test(peers_have_as_many_followers),
		cmocka_unit_test(only_the_order_counts_and_all_together_are_usual),
		cmocka_unit_test(too_few_peers_tell_nothing),
		cmocka_unit_test(replies_of_partners_are_no_audience),
		cmocka_unit_test(the_strongest_partner_shares_the_rarest_sources),
		cmocka_unit_test(of_many_partners_the_strongest_are_kept_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
