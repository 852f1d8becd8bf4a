/*
 * fourcat_vk.c - 4CAT's CSV of VK: posts of the news feed, and comments on them.
 *
 * A number counts within one wall, so the id of a post is that of its link,
 * OWNER_NUMBER. A comment names what it answers by number; else it answers the
 * post whose thread it is in.
 */
#include "config.h"

#include "import/fourcat.h"

static const struct field fields[] = {
	FACT_NEEDED("link", post_id),
	FACT_NEEDED("author_id", account_id),
	FACT("author_screen_name", handle),
	FACT("author_name", display_name),
	FACT("author_city", location),
	FACT("author_country", title),	/* joined to the city below: VK has no titles */
	FACT("author_photo", avatar),
	FACT("author_followers", followers),
	FOURCAT_WHEN,
	FACT("item_type", type),
	FACT("body", text),
	FACT("source", client),
	FACT("in_reply_to_user", reply_account),
	FACT("in_reply_to_comment_id", reply_id),
	FACT("thread_id", reply_id),
	FACT("likes", likes),
	FACT("post_comments", replies),
	FACT_AS("links", urls, comma),
};

static void
mend_place(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str *city = &facts->of[ROLE_location], country = facts->of[ROLE_title];

	if (city->len > 0 && country.len > 0)
		*city = str_fmt(scratch, STR_FMT ", " STR_FMT, STR_ARG(*city), STR_ARG(country));
	else if (country.len > 0)
		*city = country;
	facts->of[ROLE_title] = (struct claque_str){ 0 };
}

static void
mend_ids(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str *id = &facts->of[ROLE_post_id], *reply = &facts->of[ROLE_reply_id];
	size_t wall = str_find(*id, STR("/wall"), 0), under;
	bool comment = str_eq(facts->of[ROLE_type], STR("comment"));

	if (wall < id->len)
		*id = str_sub(*id, wall + strlen("/wall"), id->len);
	under = str_find(*id, STR("_"), 0);
	*reply = comment && reply->len > 0 && under < id->len ?
		 str_fmt(scratch, STR_FMT "_" STR_FMT, STR_ARG(str_sub(*id, 0, under)),
			 STR_ARG(*reply)) : (struct claque_str){ 0 };
	facts->of[ROLE_type] = comment ? STR("reply") : (struct claque_str){ 0 };
}

static void
mend(struct feed_facts *facts, struct arena *scratch)
{
	fourcat_mend(facts, scratch);
	mend_place(facts, scratch);
	mend_ids(facts, scratch);
}

static const char *const signature[] = { "thread_id", "item_type", "author_screen_name",
					 "in_reply_to_comment_id", NULL };

const struct format format_fourcat_vk = {
	.about = {
		.name = "4cat-vk",
		.help = "4CAT's CSV of VK",
		.columns = "id, thread_id, link, item_type, body, author_id, ... (33)",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.row = feed_table_row,
	.feed = { .platform = "vk", .from_text = true, .mend = mend },
};
