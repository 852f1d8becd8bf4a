#include "config.h"

#include "export/indicators.h"

#include "text/url.h"

struct ioc_columns
ioc_columns(const struct rowset *t)
{
	return (struct ioc_columns){
		table_column(t, "kind"), table_column(t, "value"), table_column(t, "raw"),
		table_column(t, "platform"), table_column(t, "tactic"),
		table_column(t, "technique"), table_column(t, "procedure"),
		table_column(t, "role"), table_column(t, "note"), table_column(t, "published"),
	};
}

static struct claque_str
text_of(const struct row *row, int column)
{
	const struct value *v = table_value(row, column);

	return v->type == VALUE_TEXT ? v->s : STR("");
}

struct indicator_record
ioc_of_row(const struct ioc_columns *c, const struct row *row)
{
	struct indicator_record out = {
		.value = text_of(row, c->value), .raw = text_of(row, c->raw),
		.platform = text_of(row, c->platform), .tactic = text_of(row, c->tactic),
		.technique = text_of(row, c->technique), .procedure = text_of(row, c->procedure),
		.role = text_of(row, c->role), .note = text_of(row, c->note),
		.published = text_of(row, c->published), .count = COUNT_UNKNOWN,
	};

	if (!indicator_kind_parse(text_of(row, c->kind), &out.kind))
		out.kind = INDICATOR_text;
	return out;
}

/* Would a reader of the cell alone find the platform in it? */
static bool
tells_platform(struct arena *perm, const struct indicator_record *ioc)
{
	struct url_profile profile;

	return url_profile(url_refang(perm, ioc->raw), &profile) &&
	       str_eq(str_of(profile.platform), ioc->platform);
}

struct claque_str
ioc_cell(struct arena *perm, const struct indicator_record *ioc)
{
	struct claque_str link;

	if (ioc->kind == INDICATOR_account && !tells_platform(perm, ioc) &&
	    url_of_profile(perm, ioc->platform, ioc->value, &link))
		return url_defang(perm, link);
	return ioc->raw.len > 0 ? ioc->raw : ioc->value;
}
