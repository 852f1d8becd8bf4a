/*
 * telethon.c - messages as Telethon's to_json() writes them: an array, or one a
 * line. The constructors and names are those of Telegram's own schema.
 *
 * Ids as in telegram_desktop.c. Here a forward of a channel's message names the
 * message, so its target is a post; of users and hidden senders only the name is
 * told. Offsets of entities count UTF-16, as Telegram's do. A photo or document
 * keeps its id when it is sent on, even without the name of whom it is from.
 * Left out: views, reactions, edits, buttons; the texts of other service
 * messages.
 */
#include "config.h"

#include "base/utf8.h"
#include "import/format.h"

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT_NEEDED("date", created_at),
	FACT("message", text),
	FACT("forwards", shares),
	FACT("replies.replies", replies),
	FACT("entities[_=MessageEntityTextUrl].url", urls),
	FACT("media.photo.id", media),
	FACT("media.document.id", media),
	FACT("fwd_from.from_name", reshare_handle),
	/* Read by hand, see below. */
	FACT("peer_id", reply_account),
	FACT("from_id", account_id),
	FACT("fwd_from.channel_post", reshare_id),
	FACT("reply_to.reply_to_msg_id", reply_id),
	FACT("action", type),
};

enum { BY_HAND = 5 };

static const struct feed feed = { .platform = "telegram" };

struct peer {
	struct claque_str id;		/* bare */
	struct claque_str account;	/* missing: there is none */
	bool channel;
};

static struct peer
peer_at(const json_t *object, const char *path, struct arena *scratch)
{
	static const struct {
		const char *key, *prefix;
	} kinds[] = {
		{ "channel_id", "channel" }, { "chat_id", "chat" }, { "user_id", "user" },
	};
	const json_t *peer = feed_at(object, path);
	struct peer out = { .channel = false };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && out.id.len == 0; i++) {
		out.id = feed_text(peer, kinds[i].key, scratch);
		if (out.id.len == 0)
			continue;
		out.channel = i == 0;
		out.account = str_fmt(scratch, "%s" STR_FMT, kinds[i].prefix, STR_ARG(out.id));
	}
	return out;
}

static struct claque_str
post_name(struct claque_str chat, struct claque_str number, struct arena *scratch)
{
	if (chat.len == 0 || number.len == 0)
		return (struct claque_str){ 0 };
	return str_fmt(scratch, STR_FMT "/" STR_FMT, STR_ARG(chat), STR_ARG(number));
}

/* The byte that so many UTF-16 units of s come before. */
static size_t
byte_at(struct claque_str s, int64_t units)
{
	size_t i = 0, used;

	while (i < s.len && units > 0) {
		uint32_t code = utf8_next(str_sub(s, i, s.len), &used);

		units -= code > 0xffff && code != UTF8_BAD ? 2 : 1;
		i += used;
	}
	return i;
}

/* Links and hashtags that the text itself shows. */
static void
add_shown(struct feed_facts *facts, const json_t *message, struct arena *scratch)
{
	const json_t *list = feed_at(message, "entities"), *each;
	struct claque_str text = facts->of[ROLE_text];

	for (size_t i = 0; (each = json_array_get(list, i)) != NULL; i++) {
		struct claque_str kind = feed_text(each, "_", scratch);
		bool url = str_eq(kind, STR("MessageEntityUrl"));
		int64_t from = json_integer_value(json_object_get(each, "offset"));
		size_t at, end;

		if (!url && !str_eq(kind, STR("MessageEntityHashtag")))
			continue;
		at = byte_at(text, from);
		end = at + byte_at(str_sub(text, at, text.len),
				   json_integer_value(json_object_get(each, "length")));
		feed_add(facts, url ? ROLE_urls : ROLE_hashtags, HOW_plain,
			 str_sub(text, at, end - at), scratch);
	}
}

static void
read_forward(struct feed_facts *facts, const json_t *message, struct arena *scratch)
{
	struct peer source = peer_at(message, "fwd_from.from_id", scratch);

	if (!json_is_object(feed_at(message, "fwd_from")))
		return;
	facts->of[ROLE_is_reshare] = STR("yes");
	facts->of[ROLE_reshare_account] = source.account;
	if (source.channel)
		facts->of[ROLE_reshare_id] = post_name(source.id,
			feed_text(message, "fwd_from.channel_post", scratch), scratch);
}

static enum claque_rc
take_message(struct input_row *row, const json_t *message, const struct peer *chat,
	     struct claque_err *err)
{
	struct feed_facts facts = { 0 };
	struct arena *scratch = &row->scratch;
	struct peer author = peer_at(message, "from_id", scratch);
	struct peer other = peer_at(message, "reply_to.reply_to_peer_id", scratch);

	feed_add_fields(&facts, row->fields, row->format->field_count - BY_HAND, message, scratch);
	facts.of[ROLE_post_id] = post_name(chat->id, facts.of[ROLE_post_id], scratch);
	facts.of[ROLE_account_id] = author.id.len > 0 ? author.account : chat->account;
	facts.of[ROLE_reply_id] = post_name(other.id.len > 0 ? other.id : chat->id,
		feed_text(message, "reply_to.reply_to_msg_id", scratch), scratch);
	read_forward(&facts, message, scratch);
	add_shown(&facts, message, scratch);
	return feed_put(row, &feed, &facts, err);
}

/* --- service messages */

/* What becomes of the chat's profile; value: where the action says it, or what it is. */
static const struct {
	const char *action, *field, *place, *value;
} changes[] = {
	{ "MessageActionChatEditTitle", "display_name", "action.title", NULL },
	{ "MessageActionChatEditPhoto", "avatar_hash", "action.photo.id", NULL },
	{ "MessageActionChatDeletePhoto", "avatar_hash", NULL, "" },
	{ "MessageActionChatMigrateTo", "native_id", "action", NULL },
	{ "MessageActionChannelMigrateFrom", "chat_type", NULL, "supergroup" },
};

/* A text, or a peer's name as an account. */
static struct claque_str
new_value(const json_t *message, size_t which, struct arena *scratch)
{
	const char *place = changes[which].place;
	struct claque_str text;

	if (place == NULL)
		return str_of(changes[which].value);
	text = feed_text(message, place, scratch);
	return text.p != NULL ? text : peer_at(message, place, scratch).account;
}

static enum claque_rc
take_service(struct input_row *row, const json_t *message, const struct peer *chat,
	     struct claque_err *err)
{
	struct claque_str action = feed_text(message, "action._", &row->scratch);
	struct change_record change = { .account_id = chat->account };

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		if (!str_eq(action, str_of(changes[i].action)))
			continue;
		change.field = str_of(changes[i].field);
		change.new_value = new_value(message, i, &row->scratch);
		return feed_put_change(row, &feed, &change,
				       feed_text(message, "date", &row->scratch), err);
	}
	return input_refuse(row, err, "a service message (%.*s): only titles and pictures of "
			    "chats are kept", QUOTED(action));
}

static enum claque_rc
take(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct claque_str type = feed_text(item->value, "_", &row->scratch);
	struct peer chat = peer_at(item->value, "peer_id", &row->scratch);

	if (chat.id.len == 0)
		return input_refuse(row, err, "peer_id is missing");
	if (str_eq(type, STR("Message")))
		return take_message(row, item->value, &chat, err);
	if (str_eq(type, STR("MessageService")))
		return take_service(row, item->value, &chat, err);
	return input_refuse(row, err, "a %.*s is neither Message nor MessageService",
			    QUOTED(type));
}

static const char *const reads[] = {
	"action", "entities[].offset", "entities[].length", "entities[]._", "from_id",
	"peer_id", "fwd_from.from_id", "fwd_from.channel_post",
	"reply_to.reply_to_peer_id", "reply_to.reply_to_msg_id", NULL
};
static const char *const signature[] = { "_", "id", "peer_id._", "date", NULL };

const struct format format_telethon = {
	.about = {
		.name = "telethon",
		.help = "Telegram messages of Telethon's to_json(), a list or one a line",
		.columns = "_, id, peer_id, from_id, date, message, fwd_from, entities",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.reads = reads,
	.item = take,
};
