/*
 * telegram_desktop.c - result.json of Telegram Desktop: one chat, or a whole
 * account with its chats. After the application's own writer (tdesktop,
 * export_output_json.cpp).
 *
 * Ids, the same in telethon.c: a post is CHAT/MESSAGE with the bare number of its
 * chat, which is what t.me/c/CHAT/MESSAGE says; an account is "channel", "chat"
 * or "user" and its number. Channels and groups that post under their own name
 * are accounts.
 *
 * A forward tells whose post it repeats, by name (by id in newer versions), but
 * not which: its target is that name and the words. A name that is null is that
 * of a deleted account, whose id stays. Files from before 2021 lack
 * date_unixtime: their dates are local times of nobody knows which zone, so they
 * are kept as days. They also give people as numbers, of chats with 2^32 and of
 * channels with 2^33 added.
 *
 * Renaming a chat changes the profile of the chat; what its picture became the
 * export does not tell. Left out: reactions, edits, media files, all other
 * service messages.
 */
#include "config.h"

#include "import/format.h"

#define TEXT_FIELDS(P) \
	FACT(P "[type=link].text", urls), \
	FACT(P "[type=text_link].href", urls), \
	FACT(P "[type=hashtag].text", hashtags)

static const struct field fields[] = {
	FACT_NEEDED("id", post_id),
	FACT("date_unixtime", created_at),
	FACT("date", created_at),
	FACT("from_id", account_id),
	FACT("from", display_name),
	FACT("forwarded_from", reshare_handle),
	FACT("forwarded_from_id", reshare_account),
	FACT("reply_to_message_id", reply_id),
	FACT("via_bot", client),
	FACT("text", text),
	TEXT_FIELDS("text_entities"),
	/* Read by hand, see below. */
	FACT("reply_to_peer_id", reply_account),
	FACT("action", type),
	FACT("title", display_name),
};

enum { BY_HAND = 3 };

/* Where a text has its parts in it: files without text_entities. */
static const struct field parts[] = {
	TEXT_FIELDS("text"),
};

static const struct feed feed = { .platform = "telegram" };

/* --- whose chat it is */

struct chat {
	struct claque_str id;		/* bare */
	struct claque_str account;	/* "channel1234567890" */
	bool speaks;			/* a channel: what nobody signs is its own */
};

static const struct {
	const char *type, *prefix;
	bool speaks;
} kinds[] = {
	{ "public_channel", "channel", true }, { "private_channel", "channel", true },
	{ "public_supergroup", "channel", false }, { "private_supergroup", "channel", false },
	{ "private_group", "chat", false }, { "personal_chat", "user", false },
	{ "bot_chat", "user", false }, { "saved_messages", "user", false },
};

/* The chat whose list is open: the last one of the shell. */
static const json_t *
open_chat(const json_t *shell)
{
	static const char *const lists[] = { "left_chats.list", "chats.list" };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const json_t *list = feed_at(shell, lists[i]);

		if (json_array_size(list) > 0)
			return json_array_get(list, json_array_size(list) - 1);
	}
	return shell;
}

/* An old file's number of somebody as the two things it holds. */
static struct claque_str
old_account(int64_t number, struct arena *scratch)
{
	static const char *const prefixes[] = { "user", "chat", "channel" };
	int64_t kind = number >> 32;

	return str_fmt(scratch, "%s%lld", prefixes[kind >= 0 && kind < 3 ? kind : 0],
		       (long long)(kind > 0 && kind < 3 ? number & 0xffffffff : number));
}

/* The bare number of a chat, from old files too. */
static struct claque_str
chat_number(const json_t *chat, const char *prefix, struct arena *scratch)
{
	int64_t number = json_integer_value(json_object_get(chat, "id"));
	struct claque_str old = old_account(number, scratch), kind = str_of(prefix);

	return number >> 32 > 0 && str_starts(old, kind) ? str_sub(old, kind.len, old.len) :
							   feed_text(chat, "id", scratch);
}

static struct claque_str
account_at(const json_t *message, const char *key, struct arena *scratch)
{
	const json_t *value = feed_at(message, key);

	return json_is_integer(value) ? old_account(json_integer_value(value), scratch) :
					feed_text(message, key, scratch);
}

static bool
find_chat(const struct item *item, struct chat *out, struct arena *scratch)
{
	const json_t *chat = open_chat(item->shell);
	struct claque_str type = feed_text(chat, "type", scratch);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!str_eq(type, str_of(kinds[i].type)))
			continue;
		out->speaks = kinds[i].speaks;
		out->id = chat_number(chat, kinds[i].prefix, scratch);
		out->account = str_fmt(scratch, "%s" STR_FMT, kinds[i].prefix, STR_ARG(out->id));
		return out->id.len > 0;
	}
	return false;
}

/* --- messages */

/* The text of ["a ", {"type": "link", "text": "b"}]. */
static struct claque_str
join(const json_t *list, struct arena *scratch)
{
	size_t len = 0, i;
	json_t *part;
	char *out;

	json_array_foreach(list, i, part)
		len += feed_text(part, json_is_object(part) ? "text" : "", scratch).len;
	out = ARENA_NEW(scratch, char, len + 1);
	len = 0;
	json_array_foreach(list, i, part) {
		struct claque_str s = feed_text(part, json_is_object(part) ? "text" : "", scratch);

		if (s.len > 0)
			memcpy(out + len, s.p, s.len);
		len += s.len;
	}
	return (struct claque_str){ out, len };
}

static void
read_text(struct feed_facts *facts, const json_t *message, struct arena *scratch)
{
	const json_t *text = feed_at(message, "text");

	if (json_is_array(text))
		facts->of[ROLE_text] = join(text, scratch);
	if (!json_is_array(feed_at(message, "text_entities")))
		feed_add_fields(facts, parts, sizeof(parts) / sizeof(parts[0]), message, scratch);
}

/* CHAT/MESSAGE; a reply may be to a message of another chat. */
static void
name_posts(struct feed_facts *facts, const json_t *message, const struct chat *chat,
	   struct arena *scratch)
{
	struct claque_str *of = facts->of;
	struct claque_str other = account_at(message, "reply_to_peer_id", scratch);

	while (other.len > 0 && !byte_is_digit(other.p[0]))
		other = str_sub(other, 1, other.len);
	if (other.len == 0)
		other = chat->id;
	if (of[ROLE_post_id].len > 0)
		of[ROLE_post_id] = str_fmt(scratch, STR_FMT "/" STR_FMT, STR_ARG(chat->id),
					   STR_ARG(of[ROLE_post_id]));
	if (of[ROLE_reply_id].len > 0)
		of[ROLE_reply_id] = str_fmt(scratch, STR_FMT "/" STR_FMT, STR_ARG(other),
					    STR_ARG(of[ROLE_reply_id]));
}

static enum claque_rc
take_message(struct input_row *row, const json_t *message, const struct chat *chat,
	     struct claque_err *err)
{
	struct feed_facts facts = { 0 };
	struct arena *scratch = &row->scratch;
	struct claque_str author = account_at(message, "from_id", scratch);

	feed_add_fields(&facts, row->fields, row->format->field_count - BY_HAND, message, scratch);
	facts.no_zone = feed_at(message, "date_unixtime") == NULL;
	facts.of[ROLE_account_id] = author.len > 0 || !chat->speaks ? author : chat->account;
	if (facts.of[ROLE_account_id].len == 0)
		facts.fault = "its author is deleted: nobody is told";
	if (feed_at(message, "forwarded_from") != NULL)
		facts.of[ROLE_is_reshare] = STR("yes");
	read_text(&facts, message, scratch);
	name_posts(&facts, message, chat, scratch);
	return feed_put(row, &feed, &facts, err);
}

/* --- service messages */

/* What becomes of the chat's profile; value: where the message says it, or what it is. */
static const struct {
	const char *action, *field, *place, *value;
} changes[] = {
	{ "edit_group_title", "display_name", "title", NULL },
	{ "edit_group_photo", "avatar_hash", NULL, NULL },
	{ "delete_group_photo", "avatar_hash", NULL, "" },
	{ "migrate_to_supergroup", "chat_type", NULL, "supergroup" },
	{ "migrate_from_group", "chat_type", NULL, "supergroup" },
};

static enum claque_rc
put_change(struct input_row *row, const json_t *message, const struct chat *chat, size_t which,
	   struct claque_err *err)
{
	struct arena *scratch = &row->scratch;
	struct claque_str time = feed_text(message, "date_unixtime", scratch);
	struct change_record change = { .account_id = chat->account };

	if (time.len == 0)
		return input_refuse(row, err, "its date is of an unknown zone (date_unixtime is "
				    "missing), and a change is dated");
	change.field = str_of(changes[which].field);
	change.new_value = changes[which].place != NULL ?
			   feed_text(message, changes[which].place, scratch) :
			   str_of(changes[which].value);
	return feed_put_change(row, &feed, &change, time, err);
}

/* The first message of a chat tells when it was made, and under what title. */
static enum claque_rc
put_beginning(struct input_row *row, const json_t *message, const struct chat *chat,
	      struct claque_err *err)
{
	struct feed_facts facts = { 0 };
	struct claque_str time = feed_text(message, "date_unixtime", &row->scratch);

	facts.of[ROLE_account_id] = chat->account;
	facts.of[ROLE_display_name] = feed_text(message, "title", &row->scratch);
	facts.of[ROLE_account_created] = facts.of[ROLE_observed_at] = time;
	return feed_put_profile(row, &feed, &facts, err);
}

static enum claque_rc
take_service(struct input_row *row, const json_t *message, const struct chat *chat,
	     struct claque_err *err)
{
	struct claque_str action = feed_text(message, "action", &row->scratch);

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		if (str_eq(action, str_of(changes[i].action)))
			return put_change(row, message, chat, i, err);
	if (str_eq(action, STR("create_channel")) || str_eq(action, STR("create_group")))
		return put_beginning(row, message, chat, err);
	return input_refuse(row, err, "a service message (%.*s): only titles and pictures of "
			    "chats are kept", QUOTED(action));
}

static enum claque_rc
take(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct claque_str type = feed_text(item->value, "type", &row->scratch);
	struct chat chat;

	if (!find_chat(item, &chat, &row->scratch))
		return input_refuse(row, err, "it stands in no chat with an id and a known type");
	if (str_eq(type, STR("message")))
		return take_message(row, item->value, &chat, err);
	if (str_eq(type, STR("service")))
		return take_service(row, item->value, &chat, err);
	return input_refuse(row, err, "type: '%.*s' is not message or service", QUOTED(type));
}

static const char *const reads[] = {
	"type", "action", "title", "date_unixtime", "forwarded_from", NULL
};
static const char *const chat_signature[] = { "id", "type", "date", "^type", "^messages", NULL };
static const char *const account_signature[] = { "id", "type", "date", "^chats.list", NULL };

const struct format format_telegram_desktop = {
	.about = {
		.name = "telegram-desktop",
		.help = "Telegram Desktop, result.json of one chat",
		.columns = "name, type, id, messages: id, date_unixtime, from_id, text, "
			   "forwarded_from",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = chat_signature,
	.reads = reads,
	.item = take,
};

const struct format format_telegram_account = {
	.about = {
		.name = "telegram-account",
		.help = "Telegram Desktop, result.json of a whole account",
		.columns = "chats.list, left_chats.list; in each name, type, id, messages",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = account_signature,
	.reads = reads,
	.item = take,
};
