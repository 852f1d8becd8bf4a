/*
 * minet.c - tweets of minet and gazouilloire (médialab Sciences Po), which write the
 * same columns.
 *
 * The richest table there is: what is repeated, quoted and answered by id and account,
 * and the profile as of collection_time on every row (which has no zone and is read as
 * UTC: it is off by the collector's, the same for all).
 */
#include "config.h"

#include "import/format.h"

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("timestamp_utc", created_at),
	FACT_NEEDED("user_screen_name", handle),
	FACT_NEEDED("text", text),
	FACT("lang", lang),
	FACT("source_name", client),
	FACT("like_count", likes),
	FACT("retweet_count", shares),
	FACT("reply_count", replies),
	FACT_NEEDED("retweeted_id", reshare_id),
	FACT("retweeted_user_id", reshare_account),
	FACT("retweeted_user", reshare_handle),
	FACT("quoted_id", quote_id),
	FACT("quoted_user_id", quote_account),
	FACT("to_tweetid", reply_id),
	FACT("to_userid", reply_account),
	FACT_AS("links", urls, pipe),
	FACT_AS("hashtags", hashtags, pipe),
	FACT_AS("media_urls", media, pipe),
	FACT_NEEDED("user_id", account_id),
	FACT("user_name", display_name),
	FACT("user_description", bio),
	FACT("user_location", location),
	FACT("user_url", profile_url),
	FACT("user_image", avatar),
	FACT("user_followers", followers),
	FACT("user_friends", following),
	FACT("user_tweets", posts_total),
	FACT("user_verified", verified),
	FACT("user_timestamp_utc", account_created),
	FACT("user_created_at", account_created),
	FACT("collection_time", observed_at),
};

const struct format format_minet = {
	.about = {
		.name = "minet",
		.help = "tweets of minet and gazouilloire",
		.columns = "id, timestamp_utc, user_screen_name, text, retweeted_id, user_id, "
			   "collection_time, ... (66)",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.known_min = 12,
	.row = feed_table_row,
	.feed = { .platform = "x", .id_time = ID_TIME_X },
};
