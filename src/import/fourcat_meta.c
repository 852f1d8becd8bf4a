/*
 * fourcat_meta.c - 4CAT's CSVs of Facebook, Instagram and Threads, as their pages
 * show them to Zeeschuimer. None tells what a post repeats.
 *
 * Accounts are known by the name in their address only, and pictures of posts by
 * addresses that expire: neither is an identity that lasts.
 */
#include "config.h"

#include "import/fourcat.h"

static const struct field facebook[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("author", handle),
	FACT("author_name", display_name),
	FACT("body", text),
	FACT_AS("image_url", media, comma),	/* of Facebook: the page of a photo, which stays */
	FOURCAT_WHEN,
};

static const char *const facebook_signature[] = { "body", "author_name", "is_in_group",
						  "group_name", NULL };

const struct format format_fourcat_facebook = {
	.about = {
		.name = "4cat-facebook",
		.help = "4CAT's CSV of Facebook",
		.columns = "id, url, body, timestamp, author, author_name, is_in_group, ... (11)",
	},
	.fields = facebook,
	.field_count = sizeof(facebook) / sizeof(facebook[0]),
	.signature = facebook_signature,
	.row = feed_table_row,
	.feed = { .platform = "facebook", .from_text = true, .mend = fourcat_mend },
};

static const struct field instagram[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("author", handle),
	FACT("author_fullname", display_name),
	FACT("author_avatar_url", avatar),
	FACT("body", text),
	FOURCAT_WHEN,
	FACT_AS("hashtags", hashtags, comma),
	FACT("num_likes", likes),
	FACT("num_comments", replies),
};

static const char *const instagram_signature[] = { "thread_id", "body", "num_likes",
						   "num_comments", NULL };

const struct format format_fourcat_instagram = {
	.about = {
		.name = "4cat-instagram",
		.help = "4CAT's CSV of Instagram",
		.columns = "id, thread_id, parent_id, body, author, num_likes, num_comments, ...",
	},
	.fields = instagram,
	.field_count = sizeof(instagram) / sizeof(instagram[0]),
	.signature = instagram_signature,
	.row = feed_table_row,
	.feed = { .platform = "instagram", .from_text = true, .mend = fourcat_mend },
};

static const struct field threads[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("author", handle),
	FACT("author_is_verified", verified),
	FACT("author_avatar", avatar),
	FACT("body", text),
	FOURCAT_WHEN,
	FACT("link_url", urls),
	FACT_AS("hashtags", hashtags, comma),
	FACT("likes", likes),
	FACT("reposts", shares),
	FACT("replies", replies),
};

static const char *const threads_signature[] = { "thread_id", "body", "author_is_verified",
						 "link_thumbnail_url", "reposts", NULL };

const struct format format_fourcat_threads = {
	.about = {
		.name = "4cat-threads",
		.help = "4CAT's CSV of Threads",
		.columns = "id, thread_id, url, body, timestamp, author, reposts, ... (20)",
	},
	.fields = threads,
	.field_count = sizeof(threads) / sizeof(threads[0]),
	.signature = threads_signature,
	.row = feed_table_row,
	.feed = { .platform = "threads", .from_text = true, .mend = fourcat_mend },
};
