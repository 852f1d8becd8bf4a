/*
 * indicator_flat.c - threat indicators as Meta published them until 2023 (type,
 * value, comment, date: a table or JSON) and since (a table in Markdown).
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

static const struct field markdown_fields[] = {
	COLUMN("Indicator Type", REQUIRED),
	COLUMN("Indicator Value", REQUIRED),
	COLUMN("notes", ANY),
};

static const char *const signature[] = { "indicator_type", "indicator_value", NULL };

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
	{ "domain", INDICATOR_domain, false },
	{ "social media account", INDICATOR_account, true },
	{ "proxy ip", INDICATOR_ip, false },
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
take_cells(struct input_row *row, const struct claque_str cells[FLAT_COUNT],
	   struct claque_err *err)
{
	struct record record = { .type = RECORD_INDICATOR };

	for (size_t f = 0; f <= FLAT_indicator_value; f++)
		if (cells[f].len == 0)
			return input_refuse(row, err, "%s is empty", row->fields[f].name);
	/* The exports of claque carry their marking in a row of its own. */
	if (str_eq_nocase(cells[FLAT_indicator_type], STR("tlp")))
		return input_refuse(row, err, "its marking, no indicator: %.*s",
				    QUOTED(cells[FLAT_indicator_value]));
	classify(row, cells[FLAT_indicator_type], cells[FLAT_indicator_value],
		 &record.indicator);
	record.indicator.note = cells[FLAT_comment];
	record.indicator.published = cells[FLAT_ds];
	return input_put(row, &record, err);
}

/* The columns of Markdown stand in the order of the flat ones; it has no date. */
static enum claque_rc
take_row(struct input_row *row, struct claque_err *err)
{
	struct claque_str cells[FLAT_COUNT] = { 0 };

	for (size_t f = 0; f < row->format->field_count; f++)
		cells[f] = input_cell(row, f);
	return take_cells(row, cells, err);
}

static enum claque_rc
take_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct claque_str cells[FLAT_COUNT];

	for (size_t f = 0; f < FLAT_COUNT; f++)
		cells[f] = str_trim(feed_text(item->value, fields[f].name, &row->scratch));
	return take_cells(row, cells, err);
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

const struct format format_indicator_json = {
	.about = {
		.name = "indicators-json",
		.help = "published threat indicators as JSON objects",
		.columns = "indicator_type, indicator_value; also comment, ds",
	},
	.fields = fields,
	.field_count = FLAT_COUNT,
	.signature = signature,
	.item = take_item,
};

const struct format format_indicator_markdown = {
	.about = {
		.name = "indicators-markdown",
		.help = "published threat indicators, a table in a Markdown text",
		.columns = "Indicator Type, Indicator Value; one more column is a note",
	},
	.fields = markdown_fields,
	.field_count = sizeof(markdown_fields) / sizeof(markdown_fields[0]),
	.known_min = 2,
	.row = take_row,
};
