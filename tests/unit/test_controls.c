/*
 * test_controls.c - real people in the open: fans of a band, and what a plain
 * search gave. Nothing of it may be called a lead. Reads Twitter API v2 JSON,
 * pages and flattened lines, straight into a dataset.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "claque/score.h"

#include "base/clock.h"
#include "text/json.h"

#include "csv_table.h"

static const struct claque_progress quiet;
static struct claque_err err;

struct control {
	struct claque_dataset *ds;
	json_t *users;		/* of the page, or NULL where tweets hold their author */
	uint32_t rows;
};

static struct claque_str
text_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_string(value) ? (struct claque_str){ json_string_value(value),
							     json_string_length(value) }
				     : STR("");
}

static int64_t
time_of(const json_t *object)
{
	int64_t ms;

	return clock_parse(text_of(object, "created_at"), &ms) ? ms : CLAQUE_NO_TIME;
}

static const json_t *
author_of(const struct control *c, const json_t *tweet)
{
	const json_t *user = json_object_get(tweet, "author");
	size_t i;

	if (user != NULL)
		return user;
	json_array_foreach(c->users, i, user)
		if (str_eq(text_of(user, "id"), text_of(tweet, "author_id")))
			return user;
	return NULL;
}

static uint32_t
add_author(struct control *c, const json_t *tweet)
{
	const json_t *user = author_of(c, tweet);
	const json_t *counts = json_object_get(user, "public_metrics");
	const json_t *followers = json_object_get(counts, "followers_count");
	struct claque_account a = {
		.id = text_of(tweet, "author_id"), .handle = text_of(user, "username"),
		.display_name = text_of(user, "name"), .location = text_of(user, "location"),
		.bio = text_of(user, "description"),
		.created_at = user != NULL ? time_of(user) : CLAQUE_NO_TIME,
		.followers = json_is_integer(followers) ? json_integer_value(followers) : -1,
		.verified = user != NULL ? json_is_true(json_object_get(user, "verified")) : -1,
	};
	uint32_t number;

	assert_ok(claque_dataset_add_account(c->ds, &a, &number, &err), err);
	return number;
}

static void
add_share(struct control *c, const struct claque_post *post, enum claque_object_kind kind,
	  struct claque_str id, enum claque_act act, uint32_t *object)
{
	struct claque_share share = { .at = post->at, .account = post->account, .row = post->row,
				      .act = (uint8_t)act };

	assert_ok(claque_dataset_add_object(c->ds, kind, id, &share.object, &err), err);
	assert_ok(claque_dataset_add_share(c->ds, &share, &err), err);
	*object = share.object;
}

static void
add_references(struct control *c, const json_t *tweet, struct claque_post *post)
{
	const json_t *list = json_object_get(tweet, "referenced_tweets"), *one;
	size_t i;

	json_array_foreach(list, i, one) {
		struct claque_str type = text_of(one, "type");
		bool quoted = str_eq(type, STR("quoted"));

		if (!quoted && !str_eq(type, STR("retweeted")))
			continue;
		post->kind = quoted ? CLAQUE_IS_quote : CLAQUE_IS_reshare;
		add_share(c, post, CLAQUE_OBJECT_post, text_of(one, "id"),
			  quoted ? CLAQUE_ACT_quote : CLAQUE_ACT_reshare, &post->parent);
	}
}

static void
add_links(struct control *c, const json_t *tweet, const struct claque_post *post)
{
	const json_t *urls = json_object_get(json_object_get(tweet, "entities"), "urls"), *one;
	uint32_t object;
	size_t i;

	json_array_foreach(urls, i, one)
		if (text_of(one, "expanded_url").len > 0)
			add_share(c, post, CLAQUE_OBJECT_url, text_of(one, "expanded_url"),
				  CLAQUE_ACT_link, &object);
}

static void
add_tweet(struct control *c, const json_t *tweet)
{
	struct claque_post post = {
		.at = time_of(tweet), .deleted_at = CLAQUE_NO_TIME, .id = text_of(tweet, "id"),
		.text = text_of(tweet, "text"), .client = text_of(tweet, "source"),
		.likes = -1, .shares = -1, .replies = -1, .parent = CLAQUE_NO_OBJECT,
		.row = c->rows++,
	};

	post.account = add_author(c, tweet);
	add_references(c, tweet, &post);
	add_links(c, tweet, &post);
	assert_ok(claque_dataset_add_post(c->ds, &post, &err), err);
}

static void
add_line(struct control *c, struct claque_str line)
{
	json_t *top = json_parse(line);
	const json_t *data, *tweet;
	size_t i;

	assert_non_null(top);
	data = json_object_get(top, "data");
	c->users = json_object_get(json_object_get(top, "includes"), "users");
	if (data == NULL)
		add_tweet(c, top);
	json_array_foreach(data, i, tweet)
		add_tweet(c, tweet);
	json_decref(top);
}

/* False, having said so, where the file is not there. */
static bool
read_control(struct control *c, const char *name)
{
	const char *shared = getenv("CLAQUE_SHARED");
	char path[4096], *text;
	struct claque_str rest, line;
	size_t len;

	(void)snprintf(path, sizeof(path), "%s/data/controls/%s", shared != NULL ? shared : "",
		       name);
	text = csv_slurp(path, &len);
	if (text == NULL) {
		print_message("skipped: %s is not there\n", path);
		return false;
	}
	*c = (struct control){ 0 };
	assert_ok(claque_dataset_new(&c->ds, &err), err);
	rest = (struct claque_str){ text, len };
	while (str_cut(&rest, '\n', &line))
		if (line.len > 0)
			add_line(c, line);
	free(text);
	assert_ok(claque_dataset_seal(c->ds, &quiet, &err), err);
	return true;
}

static void
nothing_leads(const char *name)
{
	struct claque_score_settings settings = claque_score_defaults();
	struct claque_result *r;
	struct control c;

	if (!read_control(&c, name))
		skip();
	assert_true(claque_dataset_posts(c.ds) >= 90);
	assert_ok(claque_score(c.ds, &settings, &quiet, &r, &err), err);
	print_message("%s: %u accounts, %llu posts, %llu acts; %zu groups\n", name,
		      claque_dataset_accounts(c.ds),
		      (unsigned long long)claque_dataset_posts(c.ds),
		      (unsigned long long)claque_dataset_shares(c.ds), r->group_count);
	for (size_t g = 0; g < r->group_count; g++) {
		print_message("  %zu accounts, score %.2f: %s\n", r->groups[g].member_count,
			      r->groups[g].score, r->groups[g].kind);
		assert_false(r->groups[g].lead);
	}
	for (uint32_t a = 0; a < claque_dataset_accounts(c.ds); a++)
		assert_true(r->account_scores[a] < 0.5);
	claque_result_free(r);
	claque_dataset_free(c.ds);
}

static void
fans_of_a_band_are_no_lead(void **state)
{
	(void)state;
	nothing_leads("kpop.jsonl");
}

static void
what_a_search_gives_is_no_lead(void **state)
{
	(void)state;
	nothing_leads("flat.jsonl");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fans_of_a_band_are_no_lead),
		cmocka_unit_test(what_a_search_gives_is_no_lead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
