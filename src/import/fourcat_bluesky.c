/*
 * fourcat_bluesky.c - 4CAT's CSV of Bluesky.
 *
 * What is quoted or answered stands as a link to the page of a post, by handle;
 * it becomes the at-uri of that handle. Where 4CAT found no handle it wrote the
 * DID, and the at-uri is exact. collected_at is the server's own time of day.
 */
#include "config.h"

#include "import/fourcat.h"
#include "text/url.h"

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("author_id", account_id),
	FACT("author", handle),
	FACT("author_display_name", display_name),
	FACT("author_avatar", avatar),
	FACT("author_created_at", account_created),
	FACT("collected_at", observed_at),
	FACT("created_at", created_at),
	FACT("timestamp", created_at),
	FACT("body", text),
	FACT("languages", lang),
	FACT_AS("tags", hashtags, comma),
	FACT_AS("links", urls, comma),
	FACT("quoted_post", quote_id),
	FACT("replied_to_post", reply_id),
	FACT("like_count", likes),
	FACT("repost_count", shares),
	FACT("reply_count", replies),
};

/* A word as DELETED, where the page could not be seen, is no post. */
static struct claque_str
uri_of(struct claque_str link, struct arena *scratch)
{
	struct url_profile page;

	if (!url_profile(str_trim(link), &page) || page.post.len == 0 ||
	    strcmp(page.platform, "bluesky") != 0)
		return (struct claque_str){ 0 };
	return str_fmt(scratch, "at://" STR_FMT "/app.bsky.feed.post/" STR_FMT,
		       STR_ARG(page.handle), STR_ARG(page.post));
}

static void
mend(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str *lang = &facts->of[ROLE_lang];

	fourcat_mend(facts, scratch);
	facts->of[ROLE_quote_id] = uri_of(facts->of[ROLE_quote_id], scratch);
	facts->of[ROLE_reply_id] = uri_of(facts->of[ROLE_reply_id], scratch);
	lang->len = str_find(*lang, STR(","), 0);	/* the first it names */
}

static const char *const signature[] = { "thread_id", "body", "quoted_post", "replied_to_post",
					 "repost_count", NULL };

const struct format format_fourcat_bluesky = {
	.about = {
		.name = "4cat-bluesky",
		.help = "4CAT's CSV of Bluesky",
		.columns = "id, thread_id, created_at, author, author_id, body, ... (31)",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.row = feed_table_row,
	.feed = { .platform = "bluesky", .id_time = ID_TIME_BLUESKY, .mend = mend },
};
