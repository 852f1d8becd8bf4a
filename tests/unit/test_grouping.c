/*
 * test_grouping.c - who is grouped with whom among accounts that are believed in anyway,
 * told by a prior of their own.
 */
#include "config.h"

#include "crowd.h"

#include "claque/score.h"

#include "engine/stability.h"

enum { ORDINARY = 300, POSTS = 200, CORE = 5, ROUNDS = 10, SURE = 15 };

/* Behind the ordinary ones: a core, a pair that shares with it, a pair that hardly does. */
enum { PAIR = ORDINARY + CORE, STRAY = PAIR + 2, TOWN = STRAY + 2 };

struct town {
	struct crowd c;
	struct rng rng;
	uint32_t objects;
};

static uint32_t
new_post(struct town *t)
{
	char id[32];
	uint32_t out;

	(void)snprintf(id, sizeof(id), "p%u", t->objects++);
	assert_ok(claque_dataset_add_object(t->c.ds, CLAQUE_OBJECT_post, str_of(id), &out, &err),
		  err);
	return out;
}

static int64_t
some_time(struct town *t)
{
	return MONDAY + (int64_t)rng_below(&t->rng, 28 * 24 * 3600) * 1000;
}

/* Each of them shares the same new posts within a minute. */
static void
share_together(struct town *t, uint32_t first, uint32_t count)
{
	for (unsigned i = 0; i < ROUNDS; i++) {
		uint32_t post = new_post(t);
		int64_t at = some_time(t);

		for (uint32_t a = first; a < first + count; a++)
			crowd_reshare(&t->c, a, post, at + (int64_t)rng_below(&t->rng, 60) * 1000);
	}
}

/* One post, weeks apart. */
static void
share_one(struct town *t, uint32_t a, uint32_t b)
{
	uint32_t post = new_post(t);

	crowd_reshare(&t->c, a, post, MONDAY);
	crowd_reshare(&t->c, b, post, MONDAY + 20 * DAY);
}

static void
make_town(struct town *t)
{
	uint32_t posts[POSTS];

	*t = (struct town){ .rng = rng_seeded(5) };
	crowd_open(&t->c);
	for (uint32_t i = 0; i < TOWN; i++) {
		struct claque_account a = someone();

		a.prior = i < ORDINARY ? 0 : SURE;
		(void)crowd_add(&t->c, a);
	}
	for (uint32_t i = 0; i < POSTS; i++)
		posts[i] = new_post(t);
	for (uint32_t a = 0; a < ORDINARY; a++)
		for (int k = 0; k < 8; k++) {
			uint32_t post = posts[rng_below(&t->rng, POSTS)];

			crowd_reshare(&t->c, a, post, some_time(t));
		}
	share_together(t, ORDINARY, CORE);
	share_together(t, PAIR, 2);
	share_together(t, STRAY, 2);
	for (uint32_t i = 0; i < 2; i++) {
		share_one(t, PAIR + i, ORDINARY + i);
		share_one(t, PAIR + i, ORDINARY + i + 2);
	}
	share_one(t, STRAY, ORDINARY);
	assert_ok(claque_dataset_seal(t->c.ds, &quiet, &err), err);
}

/* The number of the account's group, or the count of groups. */
static size_t
group_of(const struct claque_result *r, uint32_t account)
{
	for (size_t g = 0; g < r->group_count; g++)
		for (size_t m = 0; m < r->groups[g].member_count; m++)
			if (r->groups[g].members[m].account == account)
				return g;
	return r->group_count;
}

static const struct claque_member *
member_of(const struct claque_result *r, uint32_t account)
{
	static const struct claque_member none;
	const struct claque_group *g = &r->groups[group_of(r, account)];

	for (size_t m = 0; m < g->member_count; m++)
		if (g->members[m].account == account)
			return &g->members[m];
	return &none;
}

/* Posts that were shared weeks apart tie the pair to the group in no window but the whole. */
static void
check_stability(const struct claque_result *r)
{
	const struct claque_member *core = member_of(r, ORDINARY), *pair = member_of(r, PAIR);

	assert_int_equal(core->looks, STABILITY_LOOKS);
	assert_int_equal(pair->looks, STABILITY_LOOKS);
	assert_true(core->stability > 0.99 && core->stability < 1.01);
	assert_true(pair->stability > 0 && pair->stability < 0.99);
}

static void
a_pair_goes_to_the_group_with_several_of_which_it_shares(void **state)
{
	struct claque_score_settings settings = claque_score_defaults();
	struct claque_result *r;
	struct town t;

	(void)state;
	make_town(&t);
	assert_ok(claque_score(t.c.ds, &settings, &quiet, &r, &err), err);
	assert_true(group_of(r, ORDINARY) < r->group_count);
	for (uint32_t i = 1; i < CORE; i++)
		assert_int_equal(group_of(r, ORDINARY + i), group_of(r, ORDINARY));
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(group_of(r, PAIR + i), group_of(r, ORDINARY));
		assert_int_equal(group_of(r, STRAY + i), r->group_count);
	}
	check_stability(r);
	claque_result_free(r);
	crowd_close(&t.c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_goes_to_the_group_with_several_of_which_it_shares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
