/*
 * indicator_flat.c - threat indicators as Meta published them until 2023:
 * type, value, comment, date.
 *
 * Here the publisher told the type, so it decides; only links to platforms are
 * looked at, for a profile is worth more than its URL.
 */
#include "config.h"

#include "import/format.h"
#include "import/indicator.h"

enum { FLAT_indicator_type, FLAT_indicator_value, FLAT_comment, FLAT_ds, FLAT_COUNT };

static const struct field fields[] = {
	COLUMN("indicator_type", REQUIRED),
	COLUMN("indicator_value", REQUIRED),
	COLUMN("comment", OPTIONAL),
	COLUMN("ds", OPTIONAL),
};

static const struct {
	const char *name;
	enum indicator_kind kind;
	bool accounts;
} types[] = {
	{ "domain_name", INDICATOR_domain, false },
	{ "url", INDICATOR_url, false },
	{ "phishing_url", INDICATOR_url, false },
	{ "cib_url", INDICATOR_url, true },
	{ "telegram_url", INDICATOR_account, true },
	{ "android_package_name", INDICATOR_android_package, false },
	{ "ios_app_id", INDICATOR_ios_app, false },
	{ "md5", INDICATOR_md5, false },
	{ "sha256", INDICATOR_sha256, false },
	{ "ip", INDICATOR_ip, false },
};

static void
classify(struct input_row *row, struct claque_str type, struct claque_str value,
	 struct indicator_record *out)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (str_eq_nocase(type, str_of(types[i].name))) {
			indicator_of_kind(types[i].kind, types[i].accounts, value, &row->scratch,
					  out);
			return;
		}
	}
	indicator_classify(value, &row->scratch, out);
}

static enum claque_rc
take_row(struct input_row *row, struct claque_err *err)
{
	struct record record = { .type = RECORD_INDICATOR };
	struct claque_str type, value;
	enum claque_rc rc;

	if (!input_need(row, FLAT_indicator_type, &type, &rc, err) ||
	    !input_need(row, FLAT_indicator_value, &value, &rc, err))
		return rc;
	classify(row, type, value, &record.indicator);
	record.indicator.note = input_cell(row, FLAT_comment);
	record.indicator.published = input_cell(row, FLAT_ds);
	return input_put(row, &record, err);
}

const struct format format_indicator_flat = {
	.about = {
		.name = "indicators",
		.help = "published threat indicators, one row each",
		.columns = "indicator_type, indicator_value; also comment, ds",
	},
	.fields = fields,
	.field_count = FLAT_COUNT,
	.tabs = true,
	.known_min = 2,
	.row = take_row,
};
