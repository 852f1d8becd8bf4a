/*
 * youtube_tools.c - CSV of the YouTube Data Tools (Rieder 2015): comments on a
 * video, and lists of videos.
 *
 * Written by PHP's fputcsv(), so that a backslash hides a quote. The times of
 * comments are the server's own, without a zone; videos have ISO times. A file
 * made with "pseudonymize" has no channels: the hashed name is the account then.
 * Which video was commented on stands in the name of the file only.
 */
#include "config.h"

#include "import/format.h"

static const struct field comments[] = {
	FACT_NEEDED("id", post_id),
	FACT("authorChannelId", account_id),
	FACT_NEEDED("authorName", display_name),
	FACT_NEEDED("publishedAt", created_at),
	FACT_NEEDED("text", text),
	FACT("isReplyTo", reply_id),
	FACT("isReplyToId", reply_id),
	FACT("likeCount", likes),
	FACT("replyCount", replies),
};

/* Since 2023 the name that is shown is the handle. */
static void
mend_comment(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str name = str_trim(facts->of[ROLE_display_name]);

	(void)scratch;
	if (str_starts(name, STR("@")))
		facts->of[ROLE_handle] = name;
	if (facts->of[ROLE_account_id].len == 0)
		facts->of[ROLE_account_id] = name;
}

static const struct field videos[] = {
	FACT_NEEDED("videoId", post_id),
	FACT_NEEDED("channelId", account_id),
	FACT("channelTitle", display_name),
	FACT_NEEDED("publishedAt", created_at),
	FACT("videoTitle", title),
	FACT("videoDescription", text),
	FACT("defaultLanguage", lang),
	FACT("likeCount", likes),
	FACT("commentCount", replies),
};

static const char *const comments_signature[] = { "authorName", "isReplyToName", NULL };
static const char *const videos_signature[] = { "videoId", "channelTitle", "videoTitle", NULL };

const struct format format_youtube_tools_comments = {
	.about = {
		.name = "youtube-tools-comments",
		.help = "YouTube Data Tools: comments on a video",
		.columns = "id, replyCount, likeCount, publishedAt, authorName, text, ... (11)",
	},
	.fields = comments,
	.field_count = sizeof(comments) / sizeof(comments[0]),
	.signature = comments_signature,
	.escapes = true,
	.row = feed_table_row,
	.feed = { .platform = "youtube", .from_text = true, .mend = mend_comment },
};

const struct format format_youtube_tools_videos = {
	.about = {
		.name = "youtube-tools-videos",
		.help = "YouTube Data Tools: a list of videos",
		.columns = "channelId, channelTitle, videoId, publishedAt, videoTitle, ...",
	},
	.fields = videos,
	.field_count = sizeof(videos) / sizeof(videos[0]),
	.signature = videos_signature,
	.escapes = true,
	.row = feed_table_row,
	.feed = { .platform = "youtube", .from_text = true },
};
