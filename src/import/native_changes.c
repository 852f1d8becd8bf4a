/*
 * native_changes.c - our own table of profile changes, one row a change.
 */
#include "config.h"

#include "import/format.h"

/* X(column, need) */
#define CHANGES_FIELDS(X) \
	X(account_id, REQUIRED) X(changed_at, REQUIRED) X(field, REQUIRED) \
	X(platform, OPTIONAL) X(old_value, OPTIONAL) X(new_value, OPTIONAL)

#define X(name, need) CHANGES_##name,
enum { CHANGES_FIELDS(X) CHANGES_COUNT };
#undef X

static const struct field fields[] = {
#define X(name, need) COLUMN(#name, need),
	CHANGES_FIELDS(X)
#undef X
};

static enum claque_rc
take_row(struct input_row *row, struct claque_err *err)
{
	struct record record = { .type = RECORD_CHANGE };
	struct change_record *change = &record.change;
	enum time_precision precision;
	enum claque_rc rc;

	if (!input_need(row, CHANGES_account_id, &change->account_id, &rc, err) ||
	    !input_time(row, CHANGES_changed_at, TIMES_OF_PLATFORMS, &change->at, &precision,
			&rc, err) ||
	    !input_need(row, CHANGES_field, &change->field, &rc, err))
		return rc;
	change->platform = input_id(row, CHANGES_platform);
	change->old_value = row->value[CHANGES_old_value];
	change->new_value = row->value[CHANGES_new_value];
	return input_put(row, &record, err);
}

const struct format format_native_changes = {
	.about = {
		.name = "native-changes",
		.help = "claque's own table of profile changes",
		.columns = "account_id, changed_at, field; also platform, old_value, new_value",
	},
	.fields = fields,
	.field_count = CHANGES_COUNT,
	.known_min = 3,
	.row = take_row,
};
