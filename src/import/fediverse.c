/*
 * fediverse.c - posts of Mastodon and its kin: statuses as its API gives them,
 * and an account's outbox as ActivityPub does (the archive that an account can
 * ask for holds one).
 *
 * Ids: a post is its uri, the same on every server, and so is what a boost names.
 * An account is name@server, in lower case, for its number is another on each
 * server; the API leaves the server out where it is its own, and the account's
 * address tells it. Software whose actors are not under /users/NAME or /@NAME
 * keeps them by their address.
 *
 * The API names what a reply answers by the server's own number only: answers
 * collected on one server meet each other, not the post, under "mastodon/NUMBER",
 * for bare numbers are X's. An outbox has its uri.
 * Content is HTML; links to mentioned people and hashtags are the platform's.
 * Left out: pictures (known by no hash), polls, edits, the fields of a profile,
 * where an account moved.
 */
#include "config.h"

#include "import/format.h"
#include "text/url.h"

static const struct feed feed = { .platform = "mastodon" };

/* --- accounts */

/* "https://m.example/@Name" and "https://m.example/users/Name" as "name@m.example". */
static struct claque_str
account_of_address(struct claque_str address, struct arena *scratch)
{
	static const char *const places[] = { "/users/", "/@" };
	struct url_parts parts;
	struct claque_str name;

	if (!url_split(address, &parts))
		return address;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct claque_str place = str_of(places[i]);

		if (!str_starts(parts.path, place))
			continue;
		name = str_sub(parts.path, place.len, parts.path.len);
		name.len = str_find(name, STR("/"), 0);
		if (name.len > 0)
			return str_lower(scratch, str_fmt(scratch, STR_FMT "@" STR_FMT,
				STR_ARG(name), STR_ARG(parts.host)));
	}
	return address;
}

/* acct and the address that tells its server. */
static struct claque_str
account_at(const json_t *account, struct arena *scratch)
{
	struct claque_str acct = feed_text(account, "acct", scratch);
	struct claque_str url = feed_text(account, "url", scratch);
	struct url_parts parts;

	if (acct.len == 0 || str_find(acct, STR("@"), 0) < acct.len)
		return str_lower(scratch, acct);
	if (!url_split(url, &parts))
		return (struct claque_str){ 0 };
	return str_lower(scratch, str_fmt(scratch, STR_FMT "@" STR_FMT, STR_ARG(acct),
					  STR_ARG(parts.host)));
}

/* --- statuses */

static const struct field status[] = {
	FACT_NEEDED("uri", post_id),
	FACT_NEEDED("created_at", created_at),
	FACT_AS("content", text, html),
	FACT("spoiler_text", title),
	FACT("language", lang),
	FACT("application.name", client),
	FACT_AS("content", urls, hrefs),
	FACT_ELSE("card.url", urls, plain),
	FACT("tags[].name", hashtags),
	FACT("reblog.uri", reshare_id),
	FACT("quote.quoted_status.uri", quote_id),
	FACT("quote.uri", quote_id),
	FACT("in_reply_to_id", reply_id),
	FACT("favourites_count", likes),
	FACT("reblogs_count", shares),
	FACT("replies_count", replies),
	FACT("account.display_name", display_name),
	FACT_AS("account.note", bio, html),
	FACT("account.avatar", avatar),
	FACT("account.followers_count", followers),
	FACT("account.following_count", following),
	FACT("account.statuses_count", posts_total),
	FACT("account.created_at", account_created),
};

static enum claque_rc
take_status(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct feed_facts facts = { 0 };
	struct claque_str *of = facts.of;
	const json_t *value = item->value;

	feed_add_fields(&facts, row->fields, row->format->field_count, value, &row->scratch);
	of[ROLE_account_id] = account_at(feed_at(value, "account"), &row->scratch);
	of[ROLE_handle] = of[ROLE_account_id];
	if (of[ROLE_reply_id].len > 0)
		of[ROLE_reply_id] = str_fmt(&row->scratch, "mastodon/" STR_FMT,
					    STR_ARG(of[ROLE_reply_id]));
	of[ROLE_reshare_account] = account_at(feed_at(value, "reblog.account"), &row->scratch);
	of[ROLE_quote_account] = account_at(feed_at(value, "quote.quoted_status.account"),
					    &row->scratch);
	return feed_put(row, &feed, &facts, err);
}

/* --- activities */

static const struct field activity[] = {
	FACT("object.id", post_id),
	FACT_NEEDED("published", created_at),
	FACT_NEEDED("actor", account_id),
	FACT_AS("object.content", text, html),
	FACT("object.summary", title),
	FACT_AS("object.content", urls, hrefs),
	FACT("object.tag[type=Hashtag].name", hashtags),
	FACT("object.inReplyTo", reply_id),
	FACT("object.quoteUri", quote_id),
	FACT("object.quote", quote_id),
	FACT("object.attributedTo", reshare_account),	/* of what an Announce repeats */
};

/* Of an address "https://m.example/users/NAME/statuses/1" it is clear whose it is. */
static struct claque_str
author_of(struct claque_str uri, struct arena *scratch)
{
	struct claque_str account = account_of_address(uri, scratch);

	return str_eq(account, uri) ? (struct claque_str){ 0 } : account;
}

/* A boost is its own activity; what it repeats stands whole in it or by its uri. */
static void
read_announce(struct feed_facts *facts, const json_t *value, struct arena *scratch)
{
	struct claque_str *of = facts->of, target = feed_text(value, "object", scratch);

	if (target.len == 0)
		target = of[ROLE_post_id];
	of[ROLE_is_reshare] = STR("yes");
	of[ROLE_reshare_id] = target;
	of[ROLE_post_id] = feed_text(value, "id", scratch);
	if (of[ROLE_reshare_account].len > 0)
		of[ROLE_reshare_account] = account_of_address(of[ROLE_reshare_account], scratch);
	else
		of[ROLE_reshare_account] = author_of(target, scratch);
}

static enum claque_rc
take_activity(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct feed_facts facts = { 0 };
	struct arena *scratch = &row->scratch;
	struct claque_str *of = facts.of, type = feed_text(item->value, "type", scratch);

	if (!str_eq(type, STR("Create")) && !str_eq(type, STR("Announce")))
		return input_refuse(row, err, "a %.*s: only posts (Create) and boosts (Announce) "
				    "are kept", QUOTED(type));
	feed_add_fields(&facts, row->fields, row->format->field_count, item->value, scratch);
	if (of[ROLE_account_id].len > 0)
		of[ROLE_account_id] = account_of_address(of[ROLE_account_id], scratch);
	of[ROLE_handle] = of[ROLE_account_id];
	if (str_eq(type, STR("Announce")))
		read_announce(&facts, item->value, scratch);
	of[ROLE_quote_account] = author_of(of[ROLE_quote_id], scratch);
	of[ROLE_reply_account] = author_of(of[ROLE_reply_id], scratch);
	return feed_put(row, &feed, &facts, err);
}

static const char *const status_reads[] = {
	"account.acct", "account.url", "reblog.account.acct", "reblog.account.url",
	"quote.quoted_status.account.acct", "quote.quoted_status.account.url", NULL
};
static const char *const status_signature[] = { "uri", "created_at", "content", "account.acct",
						NULL };
static const char *const activity_signature[] = { "id", "type", "actor", "object", NULL };

const struct format format_mastodon = {
	.about = {
		.name = "mastodon",
		.help = "Mastodon statuses of its API, a list or one a line",
		.columns = "uri, created_at, content, account, reblog, tags, in_reply_to_id",
	},
	.fields = status,
	.field_count = sizeof(status) / sizeof(status[0]),
	.signature = status_signature,
	.reads = status_reads,
	.item = take_status,
};

const struct format format_activitypub = {
	.about = {
		.name = "activitypub",
		.help = "ActivityPub outbox of an account (Mastodon's archive has one)",
		.columns = "orderedItems: id, type, actor, published, object",
	},
	.fields = activity,
	.field_count = sizeof(activity) / sizeof(activity[0]),
	.signature = activity_signature,
	.item = take_activity,
};
