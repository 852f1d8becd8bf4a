/*
 * indicator_killchain.c - indicators along the Online Operations Kill Chain
 * (Nimmo and Hutchins 2023), as published since 2023.
 *
 * Labels vary in spelling from file to file; the number of the procedure is
 * what holds. The fifth column has had five names and is a note under each.
 */
#include "config.h"

#include "import/format.h"
#include "import/indicator.h"

enum { CHAIN_tactic, CHAIN_technique, CHAIN_procedure, CHAIN_indicator, CHAIN_notes,
       CHAIN_COUNT };

static const struct field fields[] = {
	COLUMN("tactic", REQUIRED),
	COLUMN("technique", REQUIRED),
	COLUMN("procedure", REQUIRED),
	COLUMN("indicator", REQUIRED),
	COLUMN("notes", ANY),
};

/* "0.9.10.0 Acquiring Pinterest accounts" as "0.9.10"; missing if it has none. */
static struct claque_str
leading_number(struct claque_str label)
{
	size_t len = 0, dots = 0;

	while (len < label.len && (byte_is_digit(label.p[len]) || label.p[len] == '.'))
		dots += label.p[len++] == '.';
	while (len > 0 && label.p[len - 1] == '.')
		len--, dots--;
	/* The taxonomy writes some procedures with a fourth, empty level. */
	if (dots == 3 && len > 2 && str_eq(str_sub(label, len - 2, 2), STR(".0")))
		len -= 2;
	return len == 0 ? (struct claque_str){ 0 } : str_sub(label, 0, len);
}

static bool
is_under(struct claque_str number, struct claque_str branch)
{
	return str_starts(number, branch) &&
	       (number.len == branch.len || number.p[branch.len] == '.');
}

/* Owned by the operation, or likely fake and pushing its posts. */
static struct claque_str
role_of(struct claque_str number)
{
	if (is_under(number, STR("0.9")))
		return STR("persona");
	if (is_under(number, STR("6.2")))
		return STR("amplifier");
	return (struct claque_str){ 0 };
}

static enum claque_rc
take_row(struct input_row *row, struct claque_err *err)
{
	struct record record = { .type = RECORD_INDICATOR };
	struct indicator_record *out = &record.indicator;

	indicator_classify(row->value[CHAIN_indicator], &row->scratch, out);
	out->tactic = input_cell(row, CHAIN_tactic);
	out->technique = input_cell(row, CHAIN_technique);
	out->procedure = leading_number(input_cell(row, CHAIN_procedure));
	out->role = role_of(out->procedure.len > 0 ? out->procedure :
						     leading_number(out->technique));
	out->note = input_cell(row, CHAIN_notes);
	return input_put(row, &record, err);
}

const struct format format_indicator_killchain = {
	.about = {
		.name = "killchain",
		.help = "published indicators along the Online Operations Kill Chain",
		.columns = "tactic, technique, procedure, indicator; one more column is a note",
	},
	.fields = fields,
	.field_count = CHAIN_COUNT,
	.tabs = true,
	.known_min = 4,
	.row = take_row,
};
