/* test_signal_camouflage.c - filler that several accounts post as theirs. */
#include "config.h"

#include "crowd.h"

static uint32_t
called(struct crowd *c, const char *name)
{
	struct claque_account a = someone();

	a.display_name = str_of(name);
	return crowd_add(c, a);
}

static void
says(struct crowd *c, uint32_t account, const char *text)
{
	struct claque_post p = post_of(account, MONDAY + c->rows * HOUR);

	p.text = str_of(text);
	crowd_post(c, p);
}

static void
shows(struct crowd *c, uint32_t account, const char *hash)
{
	struct claque_share share = { .at = MONDAY + c->rows * HOUR, .account = account,
				      .act = CLAQUE_ACT_media };

	assert_ok(claque_dataset_add_object(c->ds, CLAQUE_OBJECT_media, str_of(hash),
					    &share.object, &err), err);
	share.row = crowd_post(c, post_of(account, share.at));
	assert_ok(claque_dataset_add_share(c->ds, &share, &err), err);
}

/* Nobody else says that. */
static void
chats(struct crowd *c, uint32_t account, int posts)
{
	for (int i = 0; i < posts; i++) {
		char text[96];

		(void)snprintf(text, sizeof(text), "w%ua%d w%ub%d w%uc%d w%ud%d w%ue%d w%uf%d",
			       account, i, account, i, account, i, account, i, account, i,
			       account, i);
		says(c, account, text);
	}
}

static void
run(struct crowd *c)
{
	crowd_seal(c);
	assert_ok(workings_init(&c->w, c->ds, WORKING_TEXTS, &quiet, &err), err);
	crowd_measure(c, &signal_camouflage, NULL);
}

static void
finish(struct crowd *c)
{
	workings_done(&c->w);
	crowd_close(c);
}

#define PUPPY "my puppy fell asleep in the flower pot again this morning"
#define SOUP  "there is nothing like hot pumpkin soup on a rainy october day"

static void
rare_stock_counts_more_than_a_popular_one(void **state)
{
	static const char *const names[] = { "anna", "bert", "cora", "dodo", "ezra" };
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 5; i++) {
		called(&c, names[i]);
		chats(&c, (uint32_t)i, 2);
	}
	for (uint32_t i = 0; i < 2; i++)
		says(&c, i, PUPPY);
	for (uint32_t i = 1; i < 5; i++)
		says(&c, i, SOUP);
	run(&c);
	/* Of three posts one that two have; of four one of two, one of four; three of four. */
	assert_near(c.out[0].value, 1.0 / (3 + 3));
	assert_near(c.out[1].value, (1 + 0.5) / (4 + 3));
	assert_near(c.out[2].value, 0.5 / (3 + 3));
	assert_int_equal(c.out[0].n, 3);
	assert_int_equal(c.out[0].row, 10);
	assert_near(c.out[0].expected, (1.0 / 6 + 1.5 / 7 + 3 * 0.5 / 6) / 5);
	finish(&c);
}

static void
pictures_count_as_words_do_and_a_post_once(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	called(&c, "anna");
	called(&c, "bert");
	called(&c, "cora");
	for (uint32_t i = 0; i < 3; i++)
		chats(&c, i, 3);
	shows(&c, 0, "a1b2c3d4e5f60718");
	shows(&c, 1, "a1b2c3d4e5f60719");
	shows(&c, 2, "0a1b0c2d0e3f0a4b");
	run(&c);
	assert_near(c.out[0].value, 1.0 / (4 + 3));
	assert_near(c.out[1].value, 1.0 / (4 + 3));
	assert_near(c.out[2].value, 0);
	finish(&c);
}

static void
one_person_on_two_platforms_shares_no_stock(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	called(&c, "Anna Lee");
	called(&c, "anna lee 84");
	for (uint32_t i = 0; i < 2; i++) {
		chats(&c, i, 3);
		says(&c, i, PUPPY);
		says(&c, i, SOUP);
	}
	run(&c);
	assert_near(c.out[0].value, 0);
	assert_near(c.out[1].value, 0);
	finish(&c);
}

/* A post of the one platform, pasted on the other: no stock unless two there have it. */
static void
what_is_pasted_from_another_platform_is_no_stock(void **state)
{
	struct claque_account author = someone(), paster = someone();
	struct crowd c;

	(void)state;
	crowd_open(&c);
	author.platform = STR("x");
	author.display_name = STR("anna");
	paster.display_name = STR("bert");
	crowd_add(&c, author);
	crowd_add(&c, paster);
	paster.display_name = STR("cora");
	crowd_add(&c, paster);
	for (uint32_t i = 0; i < 3; i++)
		chats(&c, i, 2);
	says(&c, 0, PUPPY);
	says(&c, 1, PUPPY);
	says(&c, 0, SOUP);
	says(&c, 1, SOUP);
	says(&c, 2, SOUP);
	run(&c);
	assert_near(c.out[0].value, 0);
	assert_near(c.out[1].value, 1 / log2(3) / (4 + 3));
	assert_near(c.out[2].value, 1 / log2(3) / (3 + 3));
	finish(&c);
}

/* Slogans with a tag, links, answers, and words that somebody reshared. */
static void
what_is_spread_together_is_no_filler(void **state)
{
	static const char *const names[] = { "anna", "bert" };
	struct claque_share link = { .act = CLAQUE_ACT_link };
	struct claque_share reshare = { .act = CLAQUE_ACT_reshare };
	struct crowd c;

	(void)state;
	crowd_open(&c);
	assert_ok(claque_dataset_add_object(c.ds, CLAQUE_OBJECT_url, STR("https://a.example/"),
					    &link.object, &err), err);
	assert_ok(claque_dataset_add_object(c.ds, CLAQUE_OBJECT_post, STR("p1"), &reshare.object,
					    &err), err);
	for (uint32_t i = 0; i < 2; i++) {
		struct claque_post p = post_of(called(&c, names[i]), MONDAY + i);

		chats(&c, i, 3);
		p.text = STR("we will not leave our rivers to the highest bidder ever");
		p.tags = STR("rivers");
		crowd_post(&c, p);
		p.tags = STR("");
		p.text = STR("read this and tell everybody who still drinks our water");
		link.account = i;
		link.at = p.at;
		link.row = crowd_post(&c, p);
		assert_ok(claque_dataset_add_share(c.ds, &link, &err), err);
		p.text = STR("thank you so much for this my friend you are right");
		p.kind = CLAQUE_IS_reply;
		crowd_post(&c, p);
		p.kind = CLAQUE_IS_original;
		p.text = STR(SOUP);
		p.id = i == 0 ? STR("p1") : STR("");
		crowd_post(&c, p);
	}
	reshare.account = called(&c, "cora");
	assert_ok(claque_dataset_add_share(c.ds, &reshare, &err), err);
	run(&c);
	assert_int_equal(c.out[0].n, 4);
	assert_near(c.out[0].value, 0);
	assert_near(c.out[1].value, 0);
	finish(&c);
}

static void
few_own_posts_are_not_judged(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	called(&c, "anna");
	called(&c, "bert");
	for (uint32_t i = 0; i < 2; i++) {
		says(&c, i, PUPPY);
		says(&c, i, SOUP);
	}
	run(&c);
	assert_true(isnan(c.out[0].value) && isnan(c.out[0].expected));
	finish(&c);
}

/* A hundred people with a hundred wishes of their own and one greeting in common. */
static void
a_greeting_of_a_crowd_is_next_to_nothing(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (uint32_t i = 0; i < 128; i++) {
		char name[8] = { (char)('a' + i % 26), (char)('a' + i / 26), 'x', '\0' };

		called(&c, name);
		chats(&c, i, 6);
		says(&c, i, "a happy new year to all of you out there");
	}
	run(&c);
	for (uint32_t i = 0; i < 128; i++)
		assert_near(c.out[i].value, 1.0 / 7 / (7 + 3));
	finish(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rare_stock_counts_more_than_a_popular_one),
		cmocka_unit_test(pictures_count_as_words_do_and_a_post_once),
		cmocka_unit_test(one_person_on_two_platforms_shares_no_stock),
		cmocka_unit_test(what_is_pasted_from_another_platform_is_no_stock),
		cmocka_unit_test(what_is_spread_together_is_no_filler),
		cmocka_unit_test(few_own_posts_are_not_judged),
		cmocka_unit_test(a_greeting_of_a_crowd_is_next_to_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
