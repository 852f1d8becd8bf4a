/*
 * zeeschuimer.c - captures of Zeeschuimer, a browser extension that keeps what platforms
 * send to their own pages: an envelope a line with the platform's object in it. 4CAT's
 * NDJSON has the object with the envelope in it; both are read here.
 *
 * timestamp_collected is when a profile was as it is. X, TikTok and Instagram are
 * taken, what others send is refused by name.
 */
#include "config.h"

#include "import/x_result.h"

static const struct field tiktok_fields[] = {
	FACT("id", post_id),
	FACT("createTime", created_at),
	FACT("desc", text),
	FACT("textLanguage", lang),
	FACT("author.id", account_id),
	FACT("authorId", account_id),
	FACT("author.uniqueId|", handle),	/* of the page's own state only the handle */
	FACT("author.nickname", display_name),
	FACT("nickname", display_name),
	FACT("author.signature", bio),
	FACT("author.avatarThumb", avatar),
	FACT("avatarThumb", avatar),
	FACT("author.verified", verified),
	FACT("authorStats.followerCount", followers),
	FACT("authorStats.followingCount", following),
	FACT("authorStats.videoCount", posts_total),
	FACT("duetInfo.duetFromId", quote_id),
	FACT("textExtra[].hashtagName", hashtags),
	FACT_ELSE("challenges[].title", hashtags, plain),
	FACT("music.id", media),
	FACT("stats.diggCount", likes),
	FACT("stats.shareCount", shares),
	FACT("stats.commentCount", replies),
};

static const struct field instagram_fields[] = {
	FACT("code|shortcode", post_id),	/* as 4CAT's tables and every address have it */
	FACT("taken_at|taken_at_timestamp", created_at),
	FACT("caption.text|", text),
	FACT("edge_media_to_caption.edges[].node.text", text),
	FACT_AS("caption.text|", hashtags, tags),
	FACT_AS("edge_media_to_caption.edges[].node.text", hashtags, tags),
	FACT("user.pk|id", account_id),
	FACT("owner.pk|id", account_id),
	FACT("user.username", handle),
	FACT("owner.username", handle),
	FACT("user.full_name", display_name),
	FACT("owner.full_name", display_name),
	FACT("user.profile_pic_url", avatar),
	FACT("owner.profile_pic_url", avatar),
	FACT("user.is_verified", verified),
	FACT("owner.is_verified", verified),
	FACT("clips_metadata.music_info.music_asset_info.audio_cluster_id", media),
	FACT_ELSE("clips_metadata.original_sound_info.audio_asset_id", media, plain),
	FACT("like_count", likes),
	FACT("edge_media_preview_like.count", likes),
	FACT("comment_count", replies),
	FACT("edge_media_to_comment.count", replies),
};

static void
mend_tiktok(struct feed_facts *facts, const json_t *post)
{
	if (str_eq(facts->of[ROLE_quote_id], STR("0")))
		facts->of[ROLE_quote_id] = (struct claque_str){ 0 };
	if (json_is_true(feed_at(post, "isAd")))
		facts->of[ROLE_type] = STR("ad");
}

static void
mend_instagram(struct feed_facts *facts, const json_t *post)
{
	const char *type = json_string_value(feed_at(post, "product_type"));

	if (str_eq(facts->of[ROLE_likes], STR("-1")))	/* hidden by its author */
		facts->of[ROLE_likes] = (struct claque_str){ 0 };
	if (type != NULL && strcmp(type, "ad") == 0)
		facts->of[ROLE_type] = STR("ad");
}

static const struct source {
	const char *name;	/* as source_platform has it */
	const struct field *fields;	/* NULL: X's, see x_result.h */
	size_t count;
	void (*mend)(struct feed_facts *facts, const json_t *post);
	struct feed feed;
} sources[] = {
	{ .name = "twitter.com" },
	{ .name = "x.com" },
	{ "tiktok.com", tiktok_fields, sizeof(tiktok_fields) / sizeof(tiktok_fields[0]),
	  mend_tiktok, { .platform = "tiktok", .id_time = ID_TIME_TIKTOK } },
	{ "instagram.com", instagram_fields,
	  sizeof(instagram_fields) / sizeof(instagram_fields[0]), mend_instagram,
	  { .platform = "instagram" } },
};

static const struct source *
find_source(struct claque_str name)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (str_eq(name, str_of(sources[i].name)))
			return &sources[i];
	return NULL;
}

static enum claque_rc
put_post(struct input_row *row, const struct source *source, const json_t *post,
	 struct claque_str captured, struct claque_err *err)
{
	struct feed_facts facts = { .of[ROLE_observed_at] = captured };

	if (source->fields == NULL)
		return x_result_put(row, post, captured, err);
	feed_add_fields(&facts, source->fields, source->count, post, &row->scratch);
	source->mend(&facts, post);
	return feed_put(row, &source->feed, &facts, err);
}

static enum claque_rc
put_captured(struct input_row *row, const json_t *envelope, const json_t *post,
	     struct claque_err *err)
{
	struct claque_str name = feed_text(envelope, "source_platform", &row->scratch);
	const struct source *source = find_source(name);

	if (source == NULL)
		return input_refuse(row, err, "from '%.*s': of captures only those of X, TikTok "
				    "and Instagram are read", QUOTED(name));
	return put_post(row, source, post,
			feed_text(envelope, "timestamp_collected", &row->scratch), err);
}

static enum claque_rc
capture_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	return put_captured(row, item->value, feed_at(item->value, "data"), err);
}

static enum claque_rc
fourcat_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	return put_captured(row, feed_at(item->value, "__import_meta"), item->value, err);
}

static const char *const capture_signature[] = {
	"item_id", "timestamp_collected", "source_platform", "data", NULL
};
static const char *const fourcat_signature[] = {
	"__import_meta.source_platform", "__import_meta.timestamp_collected", NULL
};

const struct format format_zeeschuimer = {
	.about = {
		.name = "zeeschuimer",
		.help = "captures of Zeeschuimer, of X, TikTok and Instagram",
		.columns = "source_platform, timestamp_collected, item_id, data",
	},
	.signature = capture_signature,
	.item = capture_item,
};

const struct format format_fourcat_ndjson = {
	.about = {
		.name = "4cat-ndjson",
		.help = "4CAT's NDJSON of such captures",
		.columns = "__import_meta.source_platform, __import_meta.timestamp_collected, "
			   "and what the platform sent",
	},
	.signature = fourcat_signature,
	.item = fourcat_item,
};
