/*
 * x_result.c - the "result" objects of X's web client.
 *
 * They grow at their edges: the facts of a user moved one by one from legacy to core,
 * avatar, location and verification; a post that X warns of is one level deeper (tweet);
 * a long one has its text in note_tweet; and captures from before 2023 (adaptive.json)
 * have the user beside the post. Each place is tried.
 *
 * is_blue_verified is a payment and not taken for a verification. A promoted post is an
 * ad. What is repeated or quoted is told by id, author and, of a repeated one, text; it
 * is no post of its own here, as in the other formats of X.
 */
#include "config.h"

#include "import/twitter_users.h"
#include "import/x_result.h"

#define USER_FACTS(at) \
	FACT(at "core.screen_name", handle), \
	FACT(at "legacy.screen_name", handle), \
	FACT(at "core.name", display_name), \
	FACT(at "legacy.name", display_name), \
	FACT(at "profile_bio.description", bio), \
	FACT(at "legacy.description", bio), \
	FACT(at "location.location", location), \
	FACT(at "legacy.location", location), \
	FACT(at "legacy.entities.url.urls[].expanded_url", profile_url), \
	FACT(at "legacy.url", profile_url), \
	FACT(at "avatar.image_url", avatar), \
	FACT(at "legacy.profile_image_url_https", avatar), \
	FACT(at "legacy.followers_count", followers), \
	FACT(at "legacy.friends_count", following), \
	FACT(at "legacy.statuses_count", posts_total), \
	FACT(at "verification.verified", verified), \
	FACT(at "legacy.verified", verified), \
	FACT(at "core.created_at", account_created), \
	FACT(at "legacy.created_at", account_created)

#define AUTHOR "core.user_results.result."

static const struct field post_fields[] = {
	FACT("rest_id", post_id),
	FACT("legacy.id_str", post_id),
	FACT("legacy.user_id_str", account_id),
	FACT(AUTHOR "rest_id", account_id),
	FACT("legacy.created_at", created_at),
	FACT_AS("note_tweet.note_tweet_results.result.text", text, escaped),
	FACT_AS("legacy.full_text", text, escaped),
	FACT("legacy.lang", lang),
	FACT_AS("source", client, html),
	FACT_AS("legacy.source", client, html),
	FACT("legacy.retweeted_status_id_str", reshare_id),
	FACT("legacy.quoted_status_id_str", quote_id),
	FACT("legacy.in_reply_to_status_id_str", reply_id),
	FACT("legacy.in_reply_to_user_id_str", reply_account),
	FACT("note_tweet.note_tweet_results.result.entity_set.urls[].expanded_url", urls),
	FACT_ELSE("legacy.entities.urls[].expanded_url", urls, plain),
	FACT("note_tweet.note_tweet_results.result.entity_set.hashtags[].text", hashtags),
	FACT_ELSE("legacy.entities.hashtags[].text", hashtags, plain),
	FACT("legacy.extended_entities.media[].id_str", media),
	FACT_ELSE("legacy.entities.media[].id_str", media, plain),
	FACT("legacy.favorite_count", likes),
	FACT("legacy.retweet_count", shares),
	FACT("legacy.reply_count", replies),
	USER_FACTS(AUTHOR),
	TWITTER_V1_USER("user."),
};

static const struct field user_fields[] = { FACT("rest_id", account_id), USER_FACTS("") };

static const struct field repeated_fields[] = {
	FACT("rest_id", reshare_id),
	FACT("legacy.user_id_str", reshare_account),
	FACT_AS("note_tweet.note_tweet_results.result.text", reshare_text, escaped),
	FACT_AS("legacy.full_text", reshare_text, escaped),
};

static const struct field quoted_fields[] = {
	FACT("rest_id", quote_id),
	FACT("legacy.user_id_str", quote_account),
};

#define COUNT_OF(fields) (sizeof(fields) / sizeof((fields)[0]))

static const struct feed feed = { .platform = "x", .id_time = ID_TIME_X };

/* Under a warning a post is one level deeper. NULL: none. */
static const json_t *
unwrap(const json_t *result)
{
	const json_t *inner = feed_at(result, "tweet");

	return inner != NULL ? inner : result;
}

static enum claque_rc
put_author(struct input_row *row, const json_t *post, struct claque_str captured,
	   struct claque_err *err)
{
	const json_t *user = feed_at(post, "core.user_results.result");
	struct feed_facts facts = { 0 };

	if (feed_at(user, "rest_id") == NULL)	/* suspended, or not told */
		return CLAQUE_OK;
	feed_add_fields(&facts, user_fields, COUNT_OF(user_fields), user, &row->scratch);
	facts.of[ROLE_observed_at] = captured;
	return feed_put_profile(row, &feed, &facts, err);
}

static void
read_post(struct feed_facts *facts, const json_t *post, const json_t *repeated,
	  const json_t *quoted, struct arena *scratch)
{
	feed_add_fields(facts, repeated_fields, COUNT_OF(repeated_fields), repeated, scratch);
	feed_add_fields(facts, quoted_fields, COUNT_OF(quoted_fields), quoted, scratch);
	feed_add_fields(facts, post_fields, COUNT_OF(post_fields), post, scratch);
	if (json_is_true(feed_at(post, "promoted")))
		facts->of[ROLE_type] = STR("ad");
}

enum claque_rc
x_result_put(struct input_row *row, const json_t *result, struct claque_str captured,
	     struct claque_err *err)
{
	const json_t *post = unwrap(result);
	const json_t *repeated = unwrap(feed_at(post, "legacy.retweeted_status_result.result"));
	const json_t *quoted = unwrap(feed_at(post, "quoted_status_result.result"));
	struct feed_facts facts = { 0 };
	enum claque_rc rc;

	if (feed_at(post, "legacy") == NULL)
		return input_refuse(row, err, "a post that X withholds: there is nothing of it");
	read_post(&facts, post, repeated, quoted, &row->scratch);
	facts.of[ROLE_observed_at] = captured;
	rc = put_author(row, repeated, captured, err);
	if (rc == CLAQUE_OK)
		rc = put_author(row, quoted, captured, err);
	return rc == CLAQUE_OK ? feed_put(row, &feed, &facts, err) : rc;
}
