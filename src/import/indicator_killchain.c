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

#include "model/killchain.h"

enum { CHAIN_tactic, CHAIN_technique, CHAIN_procedure, CHAIN_indicator, CHAIN_notes,
       CHAIN_COUNT };

static const struct field fields[] = {
	COLUMN("tactic", REQUIRED),
	COLUMN("technique", REQUIRED),
	COLUMN("procedure", REQUIRED),
	COLUMN("indicator", REQUIRED),
	COLUMN("notes", ANY),
};

/* The exports of claque carry their marking in a row of its own, which has only a note. */
static bool
is_marking(const struct input_row *row)
{
	for (size_t i = 0; i < CHAIN_notes; i++)
		if (input_cell(row, i).len > 0)
			return false;
	return str_starts(input_cell(row, CHAIN_notes), STR("TLP:"));
}

static enum claque_rc
take_row(struct input_row *row, struct claque_err *err)
{
	struct record record = { .type = RECORD_INDICATOR };
	struct indicator_record *out = &record.indicator;

	if (is_marking(row))
		return input_refuse(row, err, "its marking, no indicator: %.*s",
				    QUOTED(input_cell(row, CHAIN_notes)));
	indicator_classify(row->value[CHAIN_indicator], &row->scratch, out);
	out->tactic = input_cell(row, CHAIN_tactic);
	out->technique = input_cell(row, CHAIN_technique);
	out->procedure = killchain_number(input_cell(row, CHAIN_procedure));
	out->role = killchain_role(out->procedure.len > 0 ? out->procedure :
				   killchain_number(out->technique));
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
