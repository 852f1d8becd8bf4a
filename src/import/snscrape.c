/*
 * snscrape.c - tweets of snscrape, an object a line; dead since 2023, alive in archives.
 *
 * Ids are numbers there. Keys were renamed on the way (content to rawContent, outlinks
 * to links); both are read. The user is that of the collection, whose time nothing
 * tells. Of its other platforms nothing is read.
 */
#include "config.h"

#include "import/format.h"

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("date", created_at),
	FACT_AS("rawContent|content", text, escaped),
	FACT("lang", lang),
	FACT("sourceLabel", client),
	FACT_AS("source", client, html),
	FACT("retweetedTweet.id", reshare_id),
	FACT("retweetedTweet.user.id", reshare_account),
	FACT_AS("retweetedTweet.rawContent|content", reshare_text, escaped),
	FACT("quotedTweet.id", quote_id),
	FACT("quotedTweet.user.id", quote_account),
	FACT("inReplyToTweetId", reply_id),
	FACT("inReplyToUser.id", reply_account),
	FACT("links[].url", urls),
	FACT_ELSE("outlinks[]", urls, plain),
	FACT("hashtags[]", hashtags),
	FACT("media[].fullUrl|thumbnailUrl", media),
	FACT("likeCount", likes),
	FACT("retweetCount", shares),
	FACT("replyCount", replies),
	FACT_NEEDED("user.id", account_id),
	FACT_NEEDED("user.username", handle),
	FACT("user.displayname", display_name),
	FACT("user.rawDescription|description", bio),
	FACT("user.location", location),
	FACT("user.link.url", profile_url),
	FACT("user.linkUrl", profile_url),
	FACT("user.profileImageUrl", avatar),
	FACT("user.followersCount", followers),
	FACT("user.friendsCount", following),
	FACT("user.statusesCount", posts_total),
	FACT("user.verified", verified),
	FACT("user.created", account_created),
	FACT("url", url),
};

static const char *const signature[] = { "_type", "id", "date", "user.username", NULL };

static enum claque_rc
tweet_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct claque_str type = feed_text(item->value, "_type", &row->scratch);

	if (!str_eq(type, STR("snscrape.modules.twitter.Tweet")))
		return input_refuse(row, err, "a '%.*s': of snscrape only tweets are read",
				    QUOTED(type));
	return feed_json_item(row, item, err);
}

const struct format format_snscrape = {
	.about = {
		.name = "snscrape",
		.help = "tweets of snscrape, an object a line",
		.columns = "_type, id, date, rawContent, user, retweetedTweet, links",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.item = tweet_item,
	.feed = { .platform = "x", .id_time = ID_TIME_X },
};
