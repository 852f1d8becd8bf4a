/*
 * twitter_v1.c - tweets of Twitter's API 1.1 (twarc1, TCAT's and stream
 * captures), an object a line.
 *
 * The user object in a tweet is the profile at the moment of collection, which
 * the file does not tell: in a stream it was that of the tweet, in a search it
 * was years later. So it is kept as observed nobody knows when.
 */
#include "config.h"

#include "import/twitter_users.h"

static const struct field fields[] = {
	FACT_NEEDED("id_str", post_id),
	FACT_NEEDED("created_at", created_at),
	FACT_AS("full_text", text, escaped),
	FACT_AS("extended_tweet.full_text", text, escaped),
	FACT_AS("text", text, escaped),
	FACT("lang", lang),
	FACT_AS("source", client, html),
	FACT("retweeted_status.id_str", reshare_id),
	FACT("retweeted_status.user.id_str", reshare_account),
	FACT_AS("retweeted_status.extended_tweet.full_text", reshare_text, escaped),
	FACT_AS("retweeted_status.full_text", reshare_text, escaped),
	FACT_AS("retweeted_status.text", reshare_text, escaped),
	FACT("quoted_status_id_str", quote_id),
	FACT("quoted_status.id_str", quote_id),
	FACT("quoted_status.user.id_str", quote_account),
	FACT("in_reply_to_status_id_str", reply_id),
	FACT("in_reply_to_user_id_str", reply_account),
	FACT("extended_tweet.entities.urls[].expanded_url", urls),
	FACT("entities.urls[].expanded_url", urls),
	FACT("extended_tweet.entities.hashtags[].text", hashtags),
	FACT("entities.hashtags[].text", hashtags),
	FACT("extended_entities.media[].id_str", media),
	FACT("favorite_count", likes),
	FACT("retweet_count", shares),
	FACT("reply_count", replies),
	FACT_NEEDED("user.id_str", account_id),
	TWITTER_V1_USER("user."),
};

static const char *const signature[] = { "id_str", "created_at", "user.id_str",
					 "user.screen_name", NULL };

const struct format format_twitter_v1 = {
	.about = {
		.name = "twitter-v1",
		.help = "Twitter API 1.1, a tweet a line",
		.columns = "id_str, created_at, full_text, user, retweeted_status, entities",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.item = feed_json_item,
	.feed = { .platform = "x", .id_time = ID_TIME_X },
};
