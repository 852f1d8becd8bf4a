/*
 * bluesky_plc.c - the directory of Bluesky's identities: the audit log of one
 * DID (an array), and the export of all (an operation a line).
 *
 * Every operation tells the handle from its time on, so each is a look at the
 * account; one that only renews keys shows no change. Where the operation before
 * is of the same DID, as in an audit log, the change is exact and told. The first
 * operation is when the account was made. Nullified ones never counted.
 */
#include "config.h"

#include "import/format.h"

static const struct field fields[] = {
	FACT_NEEDED("did", account_id),
	FACT_NEEDED("createdAt", observed_at),
	FACT("operation.alsoKnownAs[]", handle),
	FACT("operation.handle", handle),	/* until 2023 */
};

static const struct feed feed = { .platform = "bluesky" };

/* The first at://handle; other names are other networks'. */
static struct claque_str
handle_of(const json_t *value, struct arena *scratch)
{
	const json_t *names = feed_at(value, "operation.alsoKnownAs"), *each;

	for (size_t i = 0; (each = json_array_get(names, i)) != NULL; i++) {
		struct claque_str name = feed_text(each, "", scratch);

		if (str_starts(name, STR("at://")))
			return str_sub(name, 5, name.len);
	}
	return feed_text(value, "operation.handle", scratch);
}

static bool
is_nullified(const json_t *value)
{
	return json_is_true(feed_at(value, "nullified"));
}

static enum claque_rc
put_look(struct input_row *row, const json_t *value, struct claque_str handle,
	 struct claque_err *err)
{
	struct feed_facts facts = { 0 };
	struct claque_str time = feed_text(value, "createdAt", &row->scratch);

	facts.of[ROLE_account_id] = feed_text(value, "did", &row->scratch);
	facts.of[ROLE_handle] = handle;
	facts.of[ROLE_observed_at] = time;
	if (feed_text(value, "operation.prev", &row->scratch).len == 0)
		facts.of[ROLE_account_created] = time;
	return feed_put_profile(row, &feed, &facts, err);
}

/* What the operation before says of the same DID, or missing. */
static struct claque_str
handle_before(const struct item *item, struct claque_str did, struct arena *scratch)
{
	if (!str_eq(feed_text(item->before, "did", scratch), did) || is_nullified(item->before))
		return (struct claque_str){ 0 };
	return handle_of(item->before, scratch);
}

static enum claque_rc
put_change(struct input_row *row, const json_t *value, struct change_record *change,
	   struct claque_err *err)
{
	change->account_id = feed_text(value, "did", &row->scratch);
	return feed_put_change(row, &feed, change, feed_text(value, "createdAt", &row->scratch),
			       err);
}

static enum claque_rc
take(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct arena *scratch = &row->scratch;
	struct change_record change = { .field = STR("handle") };
	enum claque_rc rc;

	if (is_nullified(item->value))
		return input_refuse(row, err, "a nullified operation: it never counted");
	if (str_eq(feed_text(item->value, "operation.type", scratch), STR("plc_tombstone"))) {
		change.field = STR("status");
		change.new_value = STR("deleted");
		return put_change(row, item->value, &change, err);
	}
	change.new_value = handle_of(item->value, scratch);
	if (change.new_value.len == 0)
		return input_refuse(row, err, "an operation that tells no handle");
	rc = put_look(row, item->value, change.new_value, err);
	change.old_value = handle_before(item, feed_text(item->value, "did", scratch), scratch);
	if (rc != CLAQUE_OK || row->refused || change.old_value.len == 0 ||
	    str_eq_nocase(change.old_value, change.new_value))
		return rc;
	return put_change(row, item->value, &change, err);
}

static const char *const reads[] = {
	"operation.type", "operation.prev", "operation.handle", "nullified", NULL
};
static const char *const signature[] = { "did", "operation.type", "cid", "nullified",
					 "createdAt", NULL };

const struct format format_bluesky_plc = {
	.about = {
		.name = "bluesky-plc",
		.help = "Bluesky's directory of identities: audit log or export",
		.columns = "did, operation, cid, nullified, createdAt",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.signature = signature,
	.reads = reads,
	.item = take,
};
