/*
 * meta_library.c - CSV out of the Meta Content Library, Facebook and Instagram.
 *
 * Whose a post is and where it stands are two things (a member's post in a
 * group): the account is the owner. Ids are the library's own, not those in
 * addresses. multimedia holds addresses that are signed anew each time, and the
 * ids of one upload: neither tells that two posts show the same picture.
 */
#include "config.h"

#include "import/format.h"

#define SHARED_FIELDS \
	FACT_NEEDED("id", post_id), \
	FACT_NEEDED("post_owner.id", account_id), \
	FACT("post_owner.username", handle), \
	FACT("post_owner.name", display_name), \
	FACT_NEEDED("creation_time", created_at), \
	FACT("text", text), \
	FACT("lang", lang), \
	FACT_AS("hashtags", hashtags, list), \
	FACT("statistics.comment_count", replies), \
	FACT("statistics.comments", replies)

static const struct field facebook[] = {
	SHARED_FIELDS,
	FACT("shared_post_id", reshare_id),
	FACT("link_attachment.link", urls),
	FACT("statistics.reaction_count", likes),
	FACT("statistics.reactions", likes),
	FACT("statistics.share_count", shares),
	FACT("statistics.shares", shares),
};

static const struct field instagram[] = {
	SHARED_FIELDS,
	FACT("caption", text),
	FACT("statistics.like_count", likes),
	FACT("statistics.likes", likes),
};

static const char *const facebook_signature[] = { "creation_time", "post_owner.id",
						  "surface.id", NULL };
static const char *const instagram_signature[] = { "creation_time", "post_owner.id",
						   "media_type", NULL };

const struct format format_meta_library_facebook = {
	.about = {
		.name = "meta-library-facebook",
		.help = "CSV of the Meta Content Library: Facebook",
		.columns = "id, text, creation_time, post_owner.id, surface.id, shared_post_id, ...",
	},
	.fields = facebook,
	.field_count = sizeof(facebook) / sizeof(facebook[0]),
	.signature = facebook_signature,
	.row = feed_table_row,
	.feed = { .platform = "facebook", .from_text = true },
};

const struct format format_meta_library_instagram = {
	.about = {
		.name = "meta-library-instagram",
		.help = "CSV of the Meta Content Library: Instagram",
		.columns = "id, text, creation_time, post_owner.id, media_type, ...",
	},
	.fields = instagram,
	.field_count = sizeof(instagram) / sizeof(instagram[0]),
	.signature = instagram_signature,
	.row = feed_table_row,
	.feed = { .platform = "instagram", .from_text = true },
};
