/*
 * twarc_csv.c - what `twarc2 csv` makes of Twitter API v2: 84 columns of posts, 26 of
 * users.
 *
 * It puts the whole repeated text in place of "RT @x: ..." and lists as JSON into
 * cells: of objects in the older versions (and with --no-process-entities), of texts in
 * the newer ones. Line ends are written as a backslash and an n.
 */
#include "config.h"

#include "import/twitter_users.h"

static const struct field posts[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("author_id", account_id),
	FACT_NEEDED("created_at", created_at),
	FACT_NEEDED_AS("text", text, escaped),
	FACT("lang", lang),
	FACT("source", client),
	/* Without it, in versions before 0.3, retweets would pass as posts. */
	FACT_NEEDED("referenced_tweets.retweeted.id", reshare_id),
	FACT("retweeted_user_id", reshare_account),
	FACT("retweeted_username", reshare_handle),
	FACT("referenced_tweets.quoted.id", quote_id),
	FACT("quoted_user_id", quote_account),
	FACT("referenced_tweets.replied_to.id", reply_id),
	FACT("in_reply_to_user_id", reply_account),
	FACT_INSIDE("entities.urls", urls, "[].unwound_url|expanded_url"),
	FACT_INSIDE("entities.hashtags", hashtags, "[].tag|"),
	FACT_INSIDE("attachments.media_keys", media, "[]"),
	FACT("author.id", account_id),
	FACT("public_metrics.like_count", likes),
	FACT("public_metrics.retweet_count", shares),
	FACT("public_metrics.reply_count", replies),
	TWITTER_V2_USER("author."),
	FACT("__twarc.retrieved_at", observed_at),
};

static const struct field users[] = {
	FACT_NEEDED("id", account_id),
	TWITTER_V2_USER(""),
	FACT("__twarc.retrieved_at", observed_at),
};

static struct claque_str
with_line_ends(struct claque_str s, struct arena *scratch)
{
	struct claque_str mark = STR("\\n");
	char *out;
	size_t len = 0;

	if (str_find(s, mark, 0) == s.len)
		return s;
	out = ARENA_NEW(scratch, char, s.len);
	for (size_t i = 0; i < s.len; i++) {
		bool ends = str_starts(str_sub(s, i, s.len), mark);

		out[len++] = ends ? '\n' : s.p[i];
		i += ends;
	}
	return (struct claque_str){ out, len };
}

static void
mend_line_ends(struct feed_facts *facts, struct arena *scratch)
{
	facts->of[ROLE_text] = with_line_ends(facts->of[ROLE_text], scratch);
	facts->of[ROLE_bio] = with_line_ends(facts->of[ROLE_bio], scratch);
}

const struct format format_twarc_csv = {
	.about = {
		.name = "twarc-csv",
		.help = "posts of `twarc2 csv`",
		.columns = "id, author_id, created_at, text, referenced_tweets.retweeted.id, "
			   "author.username, ... (84)",
	},
	.fields = posts,
	.field_count = sizeof(posts) / sizeof(posts[0]),
	.known_min = 12,
	.row = feed_table_row,
	.feed = { .platform = "x", .id_time = ID_TIME_X, .mend = mend_line_ends },
};

const struct format format_twarc_csv_users = {
	.about = {
		.name = "twarc-csv-users",
		.help = "users of `twarc2 csv --input-data-type users`",
		.columns = "id, username, name, description, created_at, ... (26)",
	},
	.fields = users,
	.field_count = sizeof(users) / sizeof(users[0]),
	.known_min = 8,
	.row = feed_table_row,
	.feed = { .platform = "x", .mend = mend_line_ends },
};
