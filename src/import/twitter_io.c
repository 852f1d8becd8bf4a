/*
 * twitter_io.c - the archive of information operations that Twitter published
 * from 2018 to 2022: tweets and users, hashed or not.
 *
 * Times are minutes; the ids know better. Lists are written as [a, b] in the
 * first releases and as Python prints them in the later ones. The profile is
 * the same final state on every row, observed nobody says when.
 */
#include "config.h"

#include "import/format.h"

#define PROFILE_FIELDS \
	FACT_NEEDED("userid", account_id), \
	FACT("user_screen_name", handle), \
	FACT("user_display_name", display_name), \
	FACT("user_reported_location", location), \
	FACT("user_profile_description", bio), \
	FACT("user_profile_url", profile_url), \
	FACT("follower_count", followers), \
	FACT("following_count", following), \
	FACT("account_creation_date", account_created), \
	FACT("account_language", account_lang)

static const struct field tweets[] = {
	PROFILE_FIELDS,
	FACT_NEEDED("tweetid", post_id),
	FACT_NEEDED("tweet_time", created_at),
	FACT_AS("tweet_text", text, escaped),
	FACT("tweet_language", lang),
	FACT("tweet_client_name", client),
	FACT("in_reply_to_tweetid", reply_id),
	FACT("in_reply_to_userid", reply_account),
	FACT("quoted_tweet_tweetid", quote_id),
	FACT("is_retweet", is_reshare),
	FACT("retweet_tweetid", reshare_id),
	FACT("retweet_userid", reshare_account),
	FACT("like_count", likes),
	FACT("retweet_count", shares),
	FACT("reply_count", replies),
	FACT_AS("hashtags", hashtags, list),
	FACT_AS("urls", urls, list),
};

static const struct field users[] = {
	PROFILE_FIELDS,
};

const struct format format_twitter_io_tweets = {
	.about = {
		.name = "twitter-io",
		.help = "Twitter's archive of information operations: tweets",
		.columns = "tweetid, userid, tweet_time, tweet_text, retweet_tweetid, ... (31)",
	},
	.fields = tweets,
	.field_count = sizeof(tweets) / sizeof(tweets[0]),
	.known_min = 8,
	.row = feed_table_row,
	.feed = { .platform = "x", .id_time = ID_TIME_X },
};

const struct format format_twitter_io_users = {
	.about = {
		.name = "twitter-io-users",
		.help = "Twitter's archive of information operations: users",
		.columns = "userid, user_screen_name, user_profile_description, ... (10)",
	},
	.fields = users,
	.field_count = sizeof(users) / sizeof(users[0]),
	.known_min = 5,
	.row = feed_table_row,
	.feed = { .platform = "x" },
};
