/*
 * crowdtangle.c - CSV exports of CrowdTangle, which Meta closed in August 2024:
 * posts of Facebook Pages and groups, and of Instagram.
 *
 * Post Created names its time zone behind the time; who drops that is hours off.
 * A post is known by the number in its link, as elsewhere. A link to a post of
 * another Page is a share of that post; any other is a link. The country is where
 * most of a Page's managers are, as Facebook says, not as the Page does.
 */
#include "config.h"

#include "import/format.h"
#include "text/url.h"

static const struct field facebook[] = {
	FACT_NEEDED("Facebook Id", account_id),
	FACT("Page Name", display_name),
	FACT("Group Name", display_name),
	FACT("User Name", handle),
	FACT("Page Admin Top Country", location),
	FACT("Page Description", bio),
	FACT("Page Created", account_created),
	FACT("Followers at Posting", followers),
	FACT_NEEDED("Post Created", created_at),
	FACT_NEEDED("URL", post_id),
	FACT("Message", text),
	FACT("Final Link", urls),
	FACT_ELSE("Link", urls, plain),
	FACT("Likes", likes),
	FACT("Comments", replies),
	FACT("Shares", shares),
};

static const struct field instagram[] = {
	FACT_NEEDED("User Name", handle),
	FACT("Account", display_name),
	FACT("Followers at Posting", followers),
	FACT_NEEDED("Post Created", created_at),
	FACT_NEEDED("URL", post_id),
	FACT("Title", title),
	FACT("Description", text),
	FACT("Likes", likes),
	FACT("Comments", replies),
};

/* "https://www.facebook.com/12/posts/345" is post 345; any other address itself, without the
   slash at its end. */
static struct claque_str
id_of(struct claque_str link)
{
	struct claque_str whole = str_trim(link), rest, piece, last = { 0 };

	while (whole.len > 0 && whole.p[whole.len - 1] == '/')
		whole.len--;
	rest = whole;
	while (str_cut(&rest, '/', &piece))
		last = piece;
	for (size_t i = 0; i < last.len; i++)
		if (!byte_is_digit(last.p[i]))
			return whole;
	return last.len > 0 ? last : whole;
}

/* Whether the link shows a post on Facebook of somebody else. */
static bool
is_share(const struct feed_facts *facts, struct claque_str link, struct url_profile *page)
{
	return url_profile(link, page) && strcmp(page->platform, "facebook") == 0 &&
	       page->post.len > 0 && page->handle.len > 0 &&
	       !str_eq_nocase(page->handle, str_trim(facts->of[ROLE_handle])) &&
	       !str_eq(page->handle, str_trim(facts->of[ROLE_account_id]));
}

static bool
is_number(struct claque_str s)
{
	int64_t number;

	return str_to_i64(s, &number);
}

static void
mend_facebook(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str link = facts->of[ROLE_urls];
	struct url_profile page;

	(void)scratch;
	facts->of[ROLE_post_id] = id_of(facts->of[ROLE_post_id]);
	if (!is_share(facts, link, &page))
		return;
	facts->of[ROLE_urls] = (struct claque_str){ 0 };
	facts->of[ROLE_reshare_id] = id_of(link);
	facts->of[ROLE_reshare_handle] = page.handle;
	if (is_number(page.handle))
		facts->of[ROLE_reshare_account] = page.handle;
}

/* The short code, by which other exports of Instagram know a post. */
static void
mend_instagram(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str *id = &facts->of[ROLE_post_id];
	struct url_profile page;

	(void)scratch;
	if (url_profile(str_trim(*id), &page) && page.post.len > 0)
		*id = page.post;
}

static const char *const facebook_signature[] = { "Facebook Id", "Post Created", "URL",
						  "Message", "Total Interactions", NULL };
static const char *const instagram_signature[] = { "Account", "Post Created", "URL", "Photo",
						   "Description", NULL };

const struct format format_crowdtangle_facebook = {
	.about = {
		.name = "crowdtangle-facebook",
		.help = "CrowdTangle's CSV of Facebook Pages and groups",
		.columns = "Page Name or Group Name, Facebook Id, Post Created, URL, Message, ...",
	},
	.fields = facebook,
	.field_count = sizeof(facebook) / sizeof(facebook[0]),
	.signature = facebook_signature,
	.row = feed_table_row,
	.feed = { .platform = "facebook", .from_text = true, .mend = mend_facebook },
};

const struct format format_crowdtangle_instagram = {
	.about = {
		.name = "crowdtangle-instagram",
		.help = "CrowdTangle's CSV of Instagram",
		.columns = "Account, User Name, Post Created, URL, Photo, Title, Description, ...",
	},
	.fields = instagram,
	.field_count = sizeof(instagram) / sizeof(instagram[0]),
	.signature = instagram_signature,
	.row = feed_table_row,
	.feed = { .platform = "instagram", .from_text = true, .mend = mend_instagram },
};
