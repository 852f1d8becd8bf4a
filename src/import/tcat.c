/*
 * tcat.c - "all tweets" of DMI-TCAT, the capture tool of the Digital Methods Initiative.
 *
 * Which columns there are was ticked at the export. There is none for what a retweet
 * repeats: account and text stand for it. Links are taken where they lead to in the end
 * (urls_followed), or else as X resolved them. The profile is that of the capture,
 * whose time the table does not tell.
 */
#include "config.h"

#include "import/format.h"

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("time", created_at),
	FACT("created_at", created_at),
	FACT_NEEDED("from_user_name", handle),
	FACT_NEEDED_AS("text", text, escaped),
	FACT("lang", lang),
	FACT_AS("source", client, html),
	FACT("retweet_id", reshare_id),
	FACT("quoted_status_id", quote_id),
	FACT("in_reply_to_status_id", reply_id),
	FACT("in_reply_to_user_id", reply_account),
	FACT("favorite_count", likes),
	FACT("retweet_count", shares),
	FACT_NEEDED("from_user_id", account_id),
	FACT("from_user_realname", display_name),
	FACT("from_user_description", bio),
	FACT("location", location),
	FACT("from_user_url", profile_url),
	FACT("from_user_profile_image_url", avatar),
	FACT("from_user_lang", account_lang),
	FACT("from_user_verified", verified),
	FACT("from_user_tweetcount", posts_total),
	FACT("from_user_followercount", followers),
	FACT("from_user_friendcount", following),
	FACT("from_user_created_at", account_created),
	FACT_AS("urls_followed", urls, semicolon),
	FACT_ELSE("urls_expanded", urls, semicolon),
	FACT_ELSE("urls", urls, semicolon),
	FACT_AS("hashtags", hashtags, semicolon),
	FACT_AS("media_id", media, semicolon),
};

const struct format format_tcat = {
	.about = {
		.name = "tcat",
		.help = "DMI-TCAT, all tweets",
		.columns = "id, time, from_user_name, text, from_user_id, urls_followed, ... "
			   "(35 and more)",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.known_min = 10,
	.row = feed_table_row,
	.feed = { .platform = "x", .id_time = ID_TIME_X, .mend = feed_mend_retweet },
};
