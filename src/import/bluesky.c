/*
 * bluesky.c - events of Bluesky's Jetstream, one a line: the wire of 2024, and
 * that of 2026, where an event is the payload of a message.
 *
 * Ids: a post or repost is its at-uri with the DID, an account its DID; what a
 * repost, quote or answer names is such a uri already.
 *
 * Posts are dated by Jetstream's clock, not by createdAt, which the client sets
 * to what it likes: one clock for all is what synchrony needs. The record key is
 * a time as well (TID); where it is far from Jetstream's, that is counted.
 *
 * A profile record is written whole: what it lacks was taken out of it, so it is
 * empty, not missing. Identity events come with every renewal of an account's
 * keys too, so that they are looks at a handle, and the change is what differs
 * between two. Pictures are known by their CID, a hash of their bytes.
 *
 * Refused: likes, follows, blocks and lists; deletions and edits of posts, which
 * Jetstream tells without the post. Left out: labels, thread gates.
 */
#include "config.h"

#include "import/format.h"

#define POST "app.bsky.feed.post"
#define REPOST "app.bsky.feed.repost"
#define PROFILE "app.bsky.actor.profile"

/* C: where a commit stands; E: the names beside it. */
#define EVENT_FIELDS(E, C) \
	FACT_NEEDED(E "did", account_id), \
	FACT(C "rkey", post_id), \
	FACT(C "record.text", text), \
	FACT(C "record.langs[]", lang), \
	FACT(C "record.facets[].features[].uri", urls), \
	FACT(C "record.embed.external.uri", urls), \
	FACT(C "record.embed.media.external.uri", urls), \
	FACT(C "record.facets[].features[].tag", hashtags), \
	FACT(C "record.tags[]", hashtags), \
	FACT(C "record.embed.images[].image.ref.$link", media), \
	FACT(C "record.embed.media.images[].image.ref.$link", media), \
	FACT(C "record.embed.video.ref.$link", media), \
	FACT(C "record.embed.media.video.ref.$link", media), \
	FACT(C "record.subject.uri", reshare_id), \
	FACT(C "record.embed.record.uri", quote_id), \
	FACT(C "record.embed.record.record.uri", quote_id), \
	FACT(C "record.reply.parent.uri", reply_id), \
	/* Of other events; read by hand, see below. */ \
	FACT(C "record.displayName", display_name), \
	FACT(C "record.description", bio), \
	FACT(C "record.avatar.ref.$link", avatar), \
	FACT(C "record.createdAt", account_created), \
	FACT(E "identity.handle", handle), \
	FACT(E "account.status", type)

enum { BY_HAND = 6 };

static const struct field old_fields[] = {
	FACT_NEEDED("time_us", created_at),
	EVENT_FIELDS("", "commit."),
};

static const struct field new_fields[] = {
	FACT_NEEDED("payload.time", created_at),
	EVENT_FIELDS("payload.", "payload."),
};

/* An event, whichever wire it came by. */
struct event {
	struct claque_str did, time;
	struct claque_str kind;		/* "commit", "identity", "account", ... */
	const json_t *commit;		/* or NULL */
	const json_t *identity, *account;
	struct claque_str collection, operation;
};

/* "at://DID/..." tells whose it is. */
static struct claque_str
did_of(struct claque_str uri)
{
	struct claque_str did = str_sub(uri, 5, uri.len);

	if (!str_starts(uri, STR("at://did:")))
		return (struct claque_str){ 0 };
	did.len = str_find(did, STR("/"), 0);
	return did;
}

/* Lists and feeds are embedded like posts: they are no quotation. */
static void
only_posts(struct claque_str *uri)
{
	if (str_find(*uri, STR("/" POST "/"), 0) == uri->len)
		*uri = (struct claque_str){ 0 };
}

static void
mend(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str *of = facts->of;

	(void)scratch;
	only_posts(&of[ROLE_reshare_id]);
	only_posts(&of[ROLE_quote_id]);
	of[ROLE_reshare_account] = did_of(of[ROLE_reshare_id]);
	of[ROLE_quote_account] = did_of(of[ROLE_quote_id]);
	of[ROLE_reply_account] = did_of(of[ROLE_reply_id]);
}

static const struct feed feed = { .platform = "bluesky", .id_time = ID_TIME_BLUESKY,
				  .mend = mend };

/* --- what an event is */

typedef enum claque_rc take_fn(struct input_row *row, const struct item *item,
			       const struct event *event, struct claque_err *err);

static enum claque_rc
take_post(struct input_row *row, const struct item *item, const struct event *event,
	  struct claque_err *err)
{
	struct feed_facts facts = { 0 };

	feed_add_fields(&facts, row->fields, row->format->field_count - BY_HAND, item->value,
			&row->scratch);
	if (facts.of[ROLE_post_id].len > 0)
		facts.of[ROLE_post_id] = str_fmt(&row->scratch, "at://" STR_FMT "/" STR_FMT
			"/" STR_FMT, STR_ARG(event->did), STR_ARG(event->collection),
			STR_ARG(facts.of[ROLE_post_id]));
	if (str_eq(event->collection, STR(REPOST)))
		facts.of[ROLE_is_reshare] = STR("yes");
	return feed_put(row, &feed, &facts, err);
}

/* What is there, or empty. */
static struct claque_str
whole(const json_t *record, const char *path, struct arena *scratch)
{
	struct claque_str s = feed_text(record, path, scratch);

	return s.p == NULL ? STR("") : s;
}

static enum claque_rc
take_profile(struct input_row *row, const struct item *item, const struct event *event,
	     struct claque_err *err)
{
	const json_t *record = feed_at(event->commit, "record");
	struct arena *scratch = &row->scratch;
	struct feed_facts facts = { 0 };

	(void)item;
	facts.of[ROLE_account_id] = event->did;
	facts.of[ROLE_observed_at] = event->time;
	facts.of[ROLE_display_name] = whole(record, "displayName", scratch);
	facts.of[ROLE_bio] = whole(record, "description", scratch);
	facts.of[ROLE_avatar] = whole(record, "avatar.ref.$link", scratch);
	facts.of[ROLE_account_created] = feed_text(record, "createdAt", scratch);
	return feed_put_profile(row, &feed, &facts, err);
}

static enum claque_rc
take_identity(struct input_row *row, const struct item *item, const struct event *event,
	      struct claque_err *err)
{
	struct feed_facts facts = { 0 };

	(void)item;
	facts.of[ROLE_account_id] = event->did;
	facts.of[ROLE_observed_at] = event->time;
	facts.of[ROLE_handle] = feed_text(event->identity, "handle", &row->scratch);
	if (facts.of[ROLE_handle].len == 0)
		return input_refuse(row, err, "an identity event that tells no handle");
	return feed_put_profile(row, &feed, &facts, err);
}

/* Taken down, deactivated, deleted, or back. */
static enum claque_rc
take_account(struct input_row *row, const struct item *item, const struct event *event,
	     struct claque_err *err)
{
	bool active = json_is_true(feed_at(event->account, "active"));
	struct claque_str status = feed_text(event->account, "status", &row->scratch);

	(void)item;
	if (!active && status.len == 0)
		status = STR("inactive");
	return feed_put_change(row, &feed, &(struct change_record){ .account_id = event->did,
		.field = STR("status"), .new_value = active ? STR("active") : status },
		event->time, err);
}

static const struct {
	const char *kind, *collection, *operation;	/* NULL: any */
	take_fn *take;
} kinds[] = {
	{ "commit", POST, "create", take_post },
	{ "commit", REPOST, "create", take_post },
	{ "commit", PROFILE, NULL, take_profile },
	{ "identity", NULL, NULL, take_identity },
	{ "account", NULL, NULL, take_account },
};

static bool
fits(const char *want, struct claque_str is)
{
	return want == NULL || str_eq(is, str_of(want));
}

static enum claque_rc
take_event(struct input_row *row, const struct item *item, struct event *event,
	   struct claque_err *err)
{
	event->collection = feed_text(event->commit, "collection", &row->scratch);
	event->operation = feed_text(event->commit, "operation", &row->scratch);
	if (event->did.len == 0)
		return input_refuse(row, err, "did is missing");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (fits(kinds[i].kind, event->kind) &&
		    fits(kinds[i].collection, event->collection) &&
		    fits(kinds[i].operation, event->operation))
			return kinds[i].take(row, item, event, err);
	if (event->collection.len > 0)
		return input_refuse(row, err, "%.*s of %.*s: only new posts, reposts and profiles "
				    "are kept", QUOTED(event->operation),
				    QUOTED(event->collection));
	return input_refuse(row, err, "kind: '%.*s' is not commit, identity or account",
			    QUOTED(event->kind));
}

static enum claque_rc
take_old(struct input_row *row, const struct item *item, struct claque_err *err)
{
	const json_t *value = item->value;
	struct event event = {
		.did = feed_text(value, "did", &row->scratch),
		.time = feed_text(value, "time_us", &row->scratch),
		.kind = feed_text(value, "kind", &row->scratch),
		.commit = feed_at(value, "commit"), .identity = feed_at(value, "identity"),
		.account = feed_at(value, "account"),
	};

	return take_event(row, item, &event, err);
}

/* The kind is what follows # in "network.bsky.jetstream.subscribeEvents#commit". */
static enum claque_rc
take_new(struct input_row *row, const struct item *item, struct claque_err *err)
{
	const json_t *payload = feed_at(item->value, "payload");
	struct claque_str type = feed_text(payload, "$type", &row->scratch);
	struct event event = {
		.did = feed_text(payload, "did", &row->scratch),
		.time = feed_text(payload, "time", &row->scratch),
		.kind = str_sub(type, str_find(type, STR("#"), 0) + 1, type.len),
		.commit = payload, .identity = feed_at(payload, "identity"),
		.account = feed_at(payload, "account"),
	};

	return take_event(row, item, &event, err);
}

static const char *const old_reads[] = {
	"commit.operation", "commit.collection", "account.did", "account.active",
	"identity.did", NULL
};
static const char *const old_signature[] = { "did", "time_us", "kind", NULL };
static const char *const new_reads[] = {
	"payload.$type", "payload.operation", "payload.collection", "payload.account.did",
	"payload.account.active", "payload.identity.did", NULL
};
static const char *const new_signature[] = { "$type", "payload.$type", "payload.did",
					     "payload.seq", NULL };

const struct format format_jetstream = {
	.about = {
		.name = "jetstream",
		.help = "Bluesky's Jetstream, an event a line",
		.columns = "did, time_us, kind, commit, identity, account",
	},
	.fields = old_fields,
	.field_count = sizeof(old_fields) / sizeof(old_fields[0]),
	.signature = old_signature,
	.reads = old_reads,
	.item = take_old,
};

const struct format format_jetstream_v2 = {
	.about = {
		.name = "jetstream-v2",
		.help = "Bluesky's Jetstream of 2026, a message a line",
		.columns = "$type, payload: $type, did, time, collection, operation, record",
	},
	.fields = new_fields,
	.field_count = sizeof(new_fields) / sizeof(new_fields[0]),
	.signature = new_signature,
	.reads = new_reads,
	.item = take_new,
};
