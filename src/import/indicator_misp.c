/*
 * indicator_misp.c - MISP events (Internet-Draft misp-core-format): attributes
 * that are marked for detection, and the accounts and posts among its objects.
 *
 * A link is a reference, not an indicator: MISP keeps it for reading on. What
 * is deleted in MISP is not taken.
 */
#include "config.h"

#include "import/format.h"
#include "import/indicator.h"

static const struct {
	const char *type;
	enum indicator_kind kind;
} types[] = {
	{ "domain", INDICATOR_domain }, { "hostname", INDICATOR_domain },
	{ "url", INDICATOR_url }, { "uri", INDICATOR_url },
	{ "ip-dst", INDICATOR_ip }, { "ip-src", INDICATOR_ip },
	{ "md5", INDICATOR_md5 }, { "sha256", INDICATOR_sha256 },
	{ "email", INDICATOR_email }, { "email-src", INDICATOR_email },
	{ "email-dst", INDICATOR_email },
};

/* Objects of one account or post: the platform, and the relations that name it, best first. */
static const struct shape_of_object {
	const char *name, *platform;	/* NULL: relation account-type says it */
	enum indicator_kind kind;
	const char *relations[3];
} objects[] = {
	{ "user-account", NULL, INDICATOR_account, { "username", "user-id", NULL } },
	{ "twitter-account", "x", INDICATOR_account, { "name", "id", NULL } },
	{ "facebook-account", "facebook", INDICATOR_account, { "account-name", "account-id", NULL } },
	{ "facebook-page", "facebook", INDICATOR_account, { "page-name", "page-id", NULL } },
	{ "instagram-account", "instagram", INDICATOR_account, { "account-name", "account-id", NULL } },
	{ "telegram-account", "telegram", INDICATOR_account, { "username", "id", NULL } },
	{ "reddit-account", "reddit", INDICATOR_account, { "account-name", "account-id", NULL } },
	{ "youtube-channel", "youtube", INDICATOR_account, { "channel-id", "channel-name", NULL } },
	{ "twitter-post", "x", INDICATOR_post, { "post-id", NULL } },
};

struct event {
	struct input_row *row;
	struct claque_str date, info;
	size_t put;
	enum claque_rc rc;
	struct claque_err *err;
};

static struct claque_str
text_at(const struct event *e, const json_t *object, const char *path)
{
	return str_trim(feed_text(object, path, &e->row->scratch));
}

static void
put(struct event *e, struct record *record, const json_t *from)
{
	struct claque_str comment = text_at(e, from, "comment");

	record->indicator.note = comment.len > 0 ? comment : e->info;
	record->indicator.published = e->date;
	e->rc = input_put(e->row, record, e->err);
	e->put++;
}

static void
take_attribute(struct event *e, const json_t *attribute)
{
	struct record record = { .type = RECORD_INDICATOR };
	struct claque_str type = text_at(e, attribute, "type");
	struct claque_str value = text_at(e, attribute, "value");

	if (!json_is_true(json_object_get(attribute, "to_ids")) ||
	    json_is_true(json_object_get(attribute, "deleted")) || value.len == 0)
		return;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (!str_eq(type, str_of(types[i].type)))
			continue;
		indicator_of_kind(types[i].kind, types[i].kind == INDICATOR_url, value,
				  &e->row->scratch, &record.indicator);
		put(e, &record, attribute);
		return;
	}
}

/* The value of a relation among an object's attributes, or missing. */
static struct claque_str
related(const struct event *e, const json_t *object, const char *relation)
{
	struct claque_str path = str_fmt(&e->row->scratch, "Attribute[object_relation=%s].value",
					 relation);

	return text_at(e, object, path.p);
}

static void
take_account(struct event *e, const json_t *object, const struct shape_of_object *shape)
{
	struct record record = { .type = RECORD_INDICATOR };
	struct indicator_record *out = &record.indicator;

	for (size_t i = 0; shape->relations[i] != NULL && out->raw.len == 0; i++)
		out->raw = related(e, object, shape->relations[i]);
	if (out->raw.len == 0)
		return;
	out->kind = shape->kind;
	out->value = str_lower(&e->row->scratch, out->raw);
	out->count = COUNT_UNKNOWN;
	out->platform = shape->platform != NULL ? str_of(shape->platform) :
			related(e, object, "account-type");
	if (str_eq_nocase(out->platform, STR("twitter")))
		out->platform = STR("x");
	put(e, &record, object);
}

static void
take_object(struct event *e, const json_t *object)
{
	struct claque_str name = text_at(e, object, "name");
	const json_t *attribute;
	size_t i;

	if (json_is_true(json_object_get(object, "deleted")))
		return;
	for (size_t k = 0; k < sizeof(objects) / sizeof(objects[0]); k++) {
		if (str_eq(name, str_of(objects[k].name))) {
			take_account(e, object, &objects[k]);
			return;
		}
	}
	json_array_foreach(json_object_get(object, "Attribute"), i, attribute)
		if (e->rc == CLAQUE_OK)
			take_attribute(e, attribute);
}

static enum claque_rc
take_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	const json_t *event = json_object_get(item->value, "Event"), *each;
	struct event e = { .row = row, .rc = CLAQUE_OK, .err = err };
	size_t i;

	e.date = text_at(&e, event, "date");
	e.info = text_at(&e, event, "info");
	json_array_foreach(json_object_get(event, "Attribute"), i, each)
		if (e.rc == CLAQUE_OK)
			take_attribute(&e, each);
	json_array_foreach(json_object_get(event, "Object"), i, each)
		if (e.rc == CLAQUE_OK)
			take_object(&e, each);
	if (e.rc != CLAQUE_OK || e.put > 0)
		return e.rc;
	return input_refuse(row, err, "the event marks nothing for detection (to_ids) and "
			    "describes no account");
}

static const char *const signature[] = { "Event.info", "Event.uuid", NULL };

const struct format format_indicator_misp = {
	.about = {
		.name = "misp",
		.help = "events of MISP: what they mark for detection, and accounts",
		.columns = "Event: Attribute[], Object[]",
	},
	.signature = signature,
	.item = take_item,
};
