/*
 * youtube.c - comments as YouTube's Data API lists them: threads (a comment on a
 * video with the first answers to it) and comments alone.
 *
 * A thread is one item and gives a post for each comment in it. What a comment
 * answers is the video or the comment above it; a video's id is what a list of
 * videos calls it. An author who left has no channel: nobody is told. Since
 * 2022 the name that is shown is the handle.
 */
#include "config.h"

#include "import/format.h"

/* P: where the comment stands */
#define COMMENT_FIELDS(P) \
	FACT_NEEDED(P "id", post_id), \
	FACT_NEEDED(P "snippet.publishedAt", created_at), \
	FACT(P "snippet.authorChannelId.value", account_id), \
	FACT(P "snippet.authorDisplayName", display_name), \
	FACT(P "snippet.authorProfileImageUrl", avatar), \
	FACT(P "snippet.textOriginal", text), \
	FACT_AS(P "snippet.textDisplay", text, html), \
	FACT(P "snippet.parentId", reply_id), \
	FACT(P "snippet.videoId", reply_id), \
	FACT(P "snippet.likeCount", likes)

static const struct field comment[] = {
	COMMENT_FIELDS(""),
};

static const struct field thread[] = {
	COMMENT_FIELDS("snippet.topLevelComment."),
	FACT("snippet.channelId", reply_account),
	FACT("snippet.totalReplyCount", replies),
	FACT("replies.comments[].id", post_id),	/* posts of their own: see take_thread() */
};

static void
mend(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str name = facts->of[ROLE_display_name];

	if (facts->of[ROLE_account_id].len == 0)
		facts->fault = "its author is deleted: nobody is told";
	if (str_starts(name, STR("@")))
		facts->of[ROLE_handle] = name;
	feed_add(facts, ROLE_urls, HOW_found, facts->of[ROLE_text], scratch);
}

static enum claque_rc
take_answer(struct input_row *row, const json_t *answer, struct claque_err *err)
{
	struct feed_facts facts = { 0 };

	feed_add_fields(&facts, comment, sizeof(comment) / sizeof(comment[0]), answer,
			&row->scratch);
	if (facts.of[ROLE_account_id].len == 0)
		return input_refuse(row, err, "answer '%.*s' alone: its author is deleted",
				    QUOTED(facts.of[ROLE_post_id]));
	return feed_put(row, &row->format->feed, &facts, err);
}

/* An answer that cannot be taken takes none of the others with it. */
static enum claque_rc
take_thread(struct input_row *row, const struct item *item, struct claque_err *err)
{
	const json_t *answers = feed_at(item->value, "replies.comments");
	enum claque_rc rc = feed_json_item(row, item, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < json_array_size(answers); i++)
		rc = take_answer(row, json_array_get(answers, i), err);
	return rc;
}

static const char *const thread_reads[] = {
	"replies.comments[].id", "replies.comments[].snippet", NULL
};
static const char *const thread_signature[] = { "id", "snippet.videoId",
						"snippet.topLevelComment.snippet", NULL };
static const char *const comment_signature[] = { "id", "snippet.authorDisplayName",
						 "snippet.textDisplay", NULL };

const struct format format_youtube_threads = {
	.about = {
		.name = "youtube-threads",
		.help = "YouTube Data API: comment threads with their answers",
		.columns = "snippet.topLevelComment, snippet.videoId, replies.comments",
	},
	.fields = thread,
	.field_count = sizeof(thread) / sizeof(thread[0]),
	.signature = thread_signature,
	.reads = thread_reads,
	.item = take_thread,
	.feed = { .platform = "youtube", .mend = mend },
};

const struct format format_youtube_comments = {
	.about = {
		.name = "youtube-comments",
		.help = "YouTube Data API: comments",
		.columns = "id, snippet.authorChannelId, snippet.textOriginal, snippet.parentId",
	},
	.fields = comment,
	.field_count = sizeof(comment) / sizeof(comment[0]),
	.signature = comment_signature,
	.item = feed_json_item,
	.feed = { .platform = "youtube", .mend = mend },
};
