/*
 * fourcat_fediverse.c - 4CAT's CSVs of Truth Social and Gab, which grew out of
 * Mastodon: ids that count milliseconds, text with tags.
 *
 * Reposts stand among the posts and nothing tells them apart. thread_id of Truth
 * Social is what is quoted or the root of what is answered, without saying which:
 * it stays an extra.
 */
#include "config.h"

#include "import/fourcat.h"

#define SHARED_FIELDS \
	FACT_NEEDED("id", post_id), \
	FACT_NEEDED("account_id", account_id), \
	FACT("account_username", handle), \
	FACT("account_display_name", display_name), \
	FACT("created_at", created_at), \
	FACT("timestamp", created_at), \
	FACT_AS("body", text, html), \
	FACT("replies_count", replies)

static const struct field truth[] = {
	SHARED_FIELDS,
	FACT("account_avatar", avatar),
	FACT("account_verified", verified),
	FACT("account_followers", followers),
	FACT("account_following", following),
	FACT("reblogs_count", shares),
	FACT_AS("hashtags", hashtags, comma),
};

static const char *const truth_signature[] = { "account_username", "reblogs_count",
					       "video_thumbs", "group_display_name", NULL };

const struct format format_fourcat_truth = {
	.about = {
		.name = "4cat-truthsocial",
		.help = "4CAT's CSV of Truth Social",
		.columns = "id, created_at, body, account_id, account_username, ... (26)",
	},
	.fields = truth,
	.field_count = sizeof(truth) / sizeof(truth[0]),
	.signature = truth_signature,
	.row = feed_table_row,
	.feed = { .platform = "truthsocial", .id_time = ID_TIME_MASTODON, .from_text = true,
		  .mend = fourcat_mend },
};

static const struct field gab[] = {
	SHARED_FIELDS,
	FACT_AS("account_note", bio, html),
	FACT("account_followers_count", followers),
	FACT("account_following_count", following),
	FACT("account_statuses_count", posts_total),
	FACT("account_is_verified", verified),
	FACT("reaction_count", likes),
	FACT("reposts_count", shares),
	FACT("link_url", urls),
	FACT("image_id", media),
	FACT("type", type),
};

/* Files of 2023 hold what a search found besides posts. */
static void
mend_gab(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str type = facts->of[ROLE_type];

	fourcat_mend(facts, scratch);
	if (type.len > 0 && !str_eq(type, STR("post")))
		facts->fault = "a group or an account that a search found: only posts are kept";
	facts->of[ROLE_type] = (struct claque_str){ 0 };
}

static const char *const gab_signature[] = { "account_username", "reaction_count",
					     "reposts_count", "group_title", NULL };

const struct format format_fourcat_gab = {
	.about = {
		.name = "4cat-gab",
		.help = "4CAT's CSV of Gab",
		.columns = "id, created_at, body, account_id, reaction_count, ... (29)",
	},
	.fields = gab,
	.field_count = sizeof(gab) / sizeof(gab[0]),
	.signature = gab_signature,
	.row = feed_table_row,
	.feed = { .platform = "gab", .id_time = ID_TIME_MASTODON, .from_text = true,
		  .mend = mend_gab },
};
