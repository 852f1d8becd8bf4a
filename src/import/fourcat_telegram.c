/*
 * fourcat_telegram.c - 4CAT's CSV of Telegram.
 *
 * An id is CHAT-NUMBER, but what is replied to has its number only. A forward
 * names the account that it comes from and when that posted, not which post:
 * the two together are its key, for an account posts once in a second.
 */
#include "config.h"

#include "import/fourcat.h"

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT("author", account_id),
	FACT("chat", account_id),
	FACT("author_username", handle),
	FACT("author_name", display_name),
	FACT("body", text),
	FACT("reply_to", reply_id),
	FOURCAT_WHEN,
	FACT("author_forwarded_from_id", reshare_account),
	FACT("author_forwarded_from_username", reshare_handle),
	FACT_AS("author_forwarded_from_name", is_reshare, set),
	FACT("unix_timestamp_forwarded_from", reshare_id),
	FACT("link_attached", urls),
};

/* "news-12" and "7" are "news-7". */
static void
mend_reply(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str id = facts->of[ROLE_post_id], *reply = &facts->of[ROLE_reply_id];
	const char *dash = id.len > 0 ? memrchr(id.p, '-', id.len) : NULL;

	if (reply->len > 0 && dash != NULL)
		*reply = str_fmt(scratch, STR_FMT "-" STR_FMT,
				 STR_ARG(str_sub(id, 0, (size_t)(dash - id.p))), STR_ARG(*reply));
}

static void
mend(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str *id = &facts->of[ROLE_reshare_id], who = facts->of[ROLE_reshare_account];

	fourcat_mend(facts, scratch);
	mend_reply(facts, scratch);
	if (id->len > 0)
		facts->of[ROLE_is_reshare] = STR("yes");
	if (who.len == 0)
		who = facts->of[ROLE_reshare_handle];
	*id = id->len > 0 && who.len > 0 ?
	      str_fmt(scratch, STR_FMT "@" STR_FMT, STR_ARG(who), STR_ARG(*id)) :
	      (struct claque_str){ 0 };
}

static const char *const signature[] = { "thread_id", "chat", "author_username",
					 "author_forwarded_from_name", NULL };

const struct format format_fourcat_telegram = {
	.about = {
		.name = "4cat-telegram",
		.help = "4CAT's CSV of Telegram",
		.columns = "id, thread_id, chat, author, author_username, body, ... (33)",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.row = feed_table_row,
	.feed = { .platform = "telegram", .from_text = true, .mend = mend },
};
