/*
 * fourcat_x.c - 4CAT's tables of X: of posts captured by Zeeschuimer (40 columns) and
 * of API v2 (34).
 *
 * The table drops the id of what a retweet repeats; its account and the text behind
 * "RT @x:" stand for it (4CAT's NDJSON of the same posts has the id: take that one
 * where there is a choice). Of replies only that they are some is told. Links are
 * joined by commas, which links hold, too. Nothing says when it was captured.
 */
#include "config.h"

#include "import/format.h"

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("unix_timestamp", created_at),
	FACT("timestamp", created_at),
	FACT_NEEDED_AS("body", text, escaped),
	FACT_NEEDED("author", handle),
	FACT("author_id", account_id),
	FACT("author_fullname", display_name),
	FACT("author_followers", followers),
	FACT("author_avatar_url", avatar),
	FACT("verified", verified),
	FACT("source", client),
	FACT("language_guess", lang),
	FACT_NEEDED("is_retweet", is_reshare),
	FACT_NEEDED("retweeted_user", reshare_handle),
	FACT("is_quote_tweet", is_quote),
	FACT("quote_tweet_id", quote_id),
	FACT("is_reply", is_reply),
	FACT("like_count", likes),
	FACT("retweet_count", shares),
	FACT("reply_count", replies),
	FACT_AS("urls", urls, comma),
	FACT_AS("hashtags", hashtags, comma),
	FACT_AS("images", media, comma),
	FACT_AS("videos", media, comma),
};

const struct format format_fourcat_x = {
	.about = {
		.name = "4cat-x",
		.help = "4CAT, posts of X, captured or of API v2",
		.columns = "id, unix_timestamp, body, author, author_id, is_retweet, "
			   "retweeted_user, ... (40 or 34)",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.known_min = 10,
	.row = feed_table_row,
	.feed = { .platform = "x", .id_time = ID_TIME_X },
};
