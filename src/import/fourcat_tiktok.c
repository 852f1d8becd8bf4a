/*
 * fourcat_tiktok.c - 4CAT's CSV of TikTok, as it is and as it was (amount_likes).
 *
 * The file has no id of the account: a change of its handle looks like another
 * account. The sound that a video uses is a thing shared.
 */
#include "config.h"

#include "import/fourcat.h"

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("author", handle),
	FACT("author_full", display_name),
	FACT("author_followers", followers),
	FACT("author_videos", posts_total),
	FACT("author_avatar", avatar),
	FACT("body", text),
	FOURCAT_WHEN,
	FACT("is_ad", type),
	FACT("music_id", media),
	FACT_AS("hashtags", hashtags, comma),
	FACT("likes", likes),
	FACT("amount_likes", likes),
	FACT("comments", replies),
	FACT("amount_comments", replies),
	FACT("shares", shares),
	FACT("amount_shares", shares),
};

static void
mend(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str *type = &facts->of[ROLE_type];

	fourcat_mend(facts, scratch);
	*type = str_eq_nocase(*type, STR("true")) || str_eq_nocase(*type, STR("yes")) ?
		STR("ad") : (struct claque_str){ 0 };
	if (facts->no_zone)	/* the id knows the second */
		facts->of[ROLE_created_at] = (struct claque_str){ 0 };
	facts->no_zone = false;
}

static const char *const signature[] = { "thread_id", "body", "music_id", "tiktok_url", NULL };

const struct format format_fourcat_tiktok = {
	.about = {
		.name = "4cat-tiktok",
		.help = "4CAT's CSV of TikTok",
		.columns = "id, thread_id, author, body, music_id, tiktok_url, ... (36)",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.row = feed_table_row,
	.feed = { .platform = "tiktok", .id_time = ID_TIME_TIKTOK, .from_text = true,
		  .mend = mend },
};
