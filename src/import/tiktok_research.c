/*
 * tiktok_research.c - videos as TikTok's research API lists them: its answers,
 * or their videos one a line.
 *
 * It tells user names only, so a renamed account becomes two. The sound is kept
 * as media: many videos over one sound are how campaigns look there. Left out:
 * region, effects, playlists, views, favourites, the transcript. Its comments,
 * user data and repost lists say nobody's name in the answer and are not read.
 */
#include "config.h"

#include "import/format.h"

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("create_time", created_at),
	FACT_NEEDED("username", handle),
	FACT("video_description", text),
	FACT("hashtag_names[]", hashtags),
	FACT_AS("video_description", urls, found),
	FACT("music_id", media),
	FACT("like_count", likes),
	FACT("share_count", shares),
	FACT("comment_count", replies),
};

static const char *const signature[] = { "id", "username", "create_time", "video_description",
					 NULL };

const struct format format_tiktok_research = {
	.about = {
		.name = "tiktok-research",
		.help = "TikTok research API: videos",
		.columns = "id, username, create_time, video_description, hashtag_names, music_id",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.item = feed_json_item,
	.feed = { .platform = "tiktok", .id_time = ID_TIME_TIKTOK },
};
