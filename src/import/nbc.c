/*
 * nbc.c - the deleted tweets of Russian trolls that NBC News published in 2018: a
 * table of tweets and one of users.
 *
 * It was put together from several people's copies: some rows lack the account's id
 * (its name is the next best), some the tweet's (these are refused), and many retweets
 * the id of what they repeat, which account and text then stand for.
 */
#include "config.h"

#include "import/format.h"

static const struct field tweets[] = {
	FACT_NEEDED("user_id", account_id),
	FACT_NEEDED("user_key", handle),
	FACT_NEEDED("created_at", created_at),
	FACT("created_str", created_at),
	FACT_AS("text", text, escaped),
	FACT_NEEDED("tweet_id", post_id),
	FACT_AS("source", client, html),
	FACT("retweet_count", shares),
	FACT("favorite_count", likes),
	FACT_AS("hashtags", hashtags, list),
	FACT_AS("expanded_urls", urls, list),
	FACT("retweeted_status_id", reshare_id),
	FACT("in_reply_to_status_id", reply_id),
};

static const struct field users[] = {
	FACT_NEEDED("id", account_id),
	FACT_NEEDED("screen_name", handle),
	FACT("name", display_name),
	FACT("location", location),
	FACT("description", bio),
	FACT_NEEDED("followers_count", followers),
	FACT("friends_count", following),
	FACT("statuses_count", posts_total),
	FACT("verified", verified),
	FACT("lang", account_lang),
	FACT("created_at", account_created),
};

const struct format format_nbc_tweets = {
	.about = {
		.name = "nbc-tweets",
		.help = "NBC News' deleted troll tweets: tweets",
		.columns = "user_id, user_key, created_at, text, tweet_id, "
			   "retweeted_status_id, ... (16)",
	},
	.fields = tweets,
	.field_count = sizeof(tweets) / sizeof(tweets[0]),
	.known_min = 8,
	.row = feed_table_row,
	.feed = { .platform = "x", .id_time = ID_TIME_X, .mend = feed_mend_retweet },
};

const struct format format_nbc_users = {
	.about = {
		.name = "nbc-users",
		.help = "NBC News' deleted troll tweets: users",
		.columns = "id, screen_name, name, description, followers_count, ... (14)",
	},
	.fields = users,
	.field_count = sizeof(users) / sizeof(users[0]),
	.known_min = 8,
	.row = feed_table_row,
	.feed = { .platform = "x" },
};
