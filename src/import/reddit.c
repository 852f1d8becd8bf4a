/*
 * reddit.c - submissions and comments of Reddit, an object a line, as Pushshift
 * and its successors publish them.
 *
 * Ids: a post is its full name (t3_ submission, t1_ comment), which is what
 * parent_id and crosspost_parent name; older comments tell it without t1_. An
 * account is its user name: names cannot be changed on Reddit, every release
 * has them, and author_fullname came only in 2018, so that it would make two
 * accounts of one.
 *
 * Texts are escaped as HTML. "[deleted]" and "[removed]" are nobody's words: as
 * text they would make strangers say the same. A score below zero is no count.
 * Left out: subreddit, flair and awards.
 */
#include "config.h"

#include "import/format.h"

/* html: what is not escaped, in the newest releases, comes out as it was. */
static const struct field fields[] = {
	FACT("name", post_id),
	FACT("id", post_id),
	FACT_NEEDED("author", handle),
	FACT_NEEDED("created_utc", created_at),
	FACT_AS("title", title, html),
	FACT_AS("selftext", text, html),
	FACT_AS("body", text, html),
	FACT_AS("url", urls, html),
	FACT("crosspost_parent", reshare_id),
	FACT("crosspost_parent_list[].author", reshare_account),
	FACT("parent_id", reply_id),
	FACT("link_id", reply_id),
	FACT("score", likes),
	FACT("num_crossposts", shares),
	FACT("num_comments", replies),
	FACT("author_created_utc", account_created),
	FACT("retrieved_on", observed_at),
	FACT("retrieved_utc", observed_at),
};

static bool
is_nobody(struct claque_str name)
{
	return str_eq(name, STR("[deleted]")) || str_eq(name, STR("[removed]"));
}

/* Only comments are answers. */
static struct claque_str
full_name(const struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str id = facts->of[ROLE_post_id];

	if (id.len == 0 || str_starts(id, STR("t1_")) || str_starts(id, STR("t3_")))
		return id;
	return str_fmt(scratch, "%s" STR_FMT, facts->of[ROLE_reply_id].len > 0 ? "t1_" : "t3_",
		       STR_ARG(id));
}

/* The url of a submission without a link is its own page. */
static bool
is_own_page(struct claque_str url, struct claque_str name, struct arena *scratch)
{
	struct claque_str id = str_sub(name, 3, name.len);
	struct claque_str page = str_fmt(scratch, "/comments/" STR_FMT "/", STR_ARG(id));

	return str_find(url, page, 0) < url.len;
}

static void
mend(struct feed_facts *facts, struct arena *scratch)
{
	static const struct claque_str missing;
	struct claque_str *of = facts->of;

	if (is_nobody(of[ROLE_handle]))
		facts->fault = "its author is deleted: nobody is told";
	if (is_nobody(of[ROLE_reshare_account]))
		of[ROLE_reshare_account] = missing;
	if (is_nobody(of[ROLE_text]))
		of[ROLE_text] = missing;
	if (str_starts(of[ROLE_likes], STR("-")))
		of[ROLE_likes] = missing;
	of[ROLE_post_id] = full_name(facts, scratch);
	if (is_own_page(of[ROLE_urls], of[ROLE_post_id], scratch))
		of[ROLE_urls] = missing;
	feed_add(facts, ROLE_urls, HOW_found, of[ROLE_text], scratch);
}

static const char *const signature[] = { "id", "author", "created_utc", "subreddit", NULL };

const struct format format_reddit = {
	.about = {
		.name = "reddit",
		.help = "Reddit submissions and comments (Pushshift), one a line",
		.columns = "id, author, created_utc, subreddit; title, selftext, url, "
			   "crosspost_parent or body, parent_id",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.item = feed_json_item,
	.feed = { .platform = "reddit", .mend = mend },
};
