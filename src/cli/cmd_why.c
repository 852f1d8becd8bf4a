/* cmd_why.c - claque why: the evidence card of one lead, for and against. */
#include "config.h"

#include <stdio.h>

#include "base/err.h"
#include "cli/args.h"
#include "cli/output.h"
#include "model/column.h"
#include "store/list.h"
#include "text/json.h"

enum { CARD_ARENA = 64 << 20, MEMBERS_SHOWN = 12, REASONS_SHOWN = 200, CELL_BYTES_MAX = 1024,
       JSON_BYTES_MAX = 1 << 30 };

struct part {			/* one list of the card, narrowed to the cluster */
	enum list_id list;
	const char *key;
};

static const struct part parts[] = {
	{ LIST_EVIDENCE, "evidence" },
	{ LIST_INNOCENTS, "innocents" },
	{ LIST_MEMBERS, "members" },
};

static struct claque_str
cell(struct arena *perm, enum list_id list, const struct row *row, const char *name)
{
	size_t count;
	const struct column *columns = list_columns(list, &count);
	size_t i = column_find(columns, count, str_of(name));

	return i == count ? STR("") : str_head(value_screen(perm, &columns[i], &row->values[i]),
					  CELL_BYTES_MAX);
}

static json_t *
row_json(enum list_id list, const struct row *row, struct arena scratch)
{
	size_t count;
	const struct column *columns = list_columns(list, &count);
	json_t *o = json_object();

	for (size_t i = 0; i < count; i++) {
		const struct value *v = &row->values[i];
		bool as_text = v->type == VALUE_TEXT || columns[i].form == FORM_TIME;
		json_t *value = v->type == VALUE_NULL ? json_null() :
			as_text ? json_text(value_listing(&scratch, &columns[i], v)) :
			v->type == VALUE_INT ? json_integer((json_int_t)v->i) : json_number(v->r);

		json_put(o, columns[i].name, value);
	}
	return o;
}

struct card {
	struct store *store;
	struct subject cluster;
	struct row head;
	struct arena whole, perm;
};

static struct list_query
part_query(const struct card *card, enum list_id list)
{
	return (struct list_query){ .list = list, .subject = card->cluster, .lens = lens_open(),
				    .sort = -1 };
}

static enum claque_rc
rows_of(struct card *card, enum list_id list, int64_t limit, struct row **rows, size_t *got,
	struct claque_err *err)
{
	struct list_query q = part_query(card, list);

	return list_rows(card->store, &q, 0, limit, &card->perm, rows, got, err);
}

struct part_rows {
	enum list_id list;
	struct arena scratch;
	json_t *rows;
};

static bool
add_part_row(void *ctx, const struct row *row)
{
	struct part_rows *p = ctx;

	(void)json_array_append_new(p->rows, row_json(p->list, row, p->scratch));
	return true;
}

static enum claque_rc
print_json(struct card *card, struct claque_err *err)
{
	json_t *o = row_json(LIST_CLUSTERS, &card->head, card->perm);
	enum claque_rc rc = CLAQUE_OK;
	struct buf line;

	for (size_t p = 0; rc == CLAQUE_OK && p < sizeof(parts) / sizeof(parts[0]); p++) {
		struct list_query q = part_query(card, parts[p].list);
		struct part_rows rows = { parts[p].list, card->perm, json_array() };

		rc = list_walk(card->store, &q, add_part_row, &rows, err);
		json_put(o, parts[p].key, rows.rows);
	}
	if (rc == CLAQUE_OK) {
		buf_init(&line, JSON_BYTES_MAX);
		json_line(&line, o);
		if (line.over)	/* half an object is worse than none */
			rc = err_set(err, CLAQUE_ELIMIT, "the card exceeds %d bytes; claque evidence "
				     "and claque accounts list its parts", JSON_BYTES_MAX);
		else
			(void)fwrite(line.p, 1, line.len, stdout);
		buf_done(&line);
	}
	json_decref(o);
	return rc;
}

static void
print_reasons(struct card *card, const struct row *rows, size_t count, bool speaks_for)
{
	size_t column_count;
	const struct column *columns = list_columns(LIST_EVIDENCE, &column_count);
	size_t at = column_find(columns, column_count, STR("log_odds"));
	bool any = false;

	say("\n%s", speaks_for ? "FOR" : "AGAINST");
	for (size_t i = 0; i < count; i++) {
		struct arena a = card->perm;
		double odds = at < column_count ? rows[i].values[at].r : 0;

		if ((odds > 0) != speaks_for)
			continue;
		any = true;
		say("  %+5.2f  %-13.*s %-18.*s " STR_FMT, odds,
		    STR_ARG(cell(&a, LIST_EVIDENCE, &rows[i], "axis")),
		    STR_ARG(cell(&a, LIST_EVIDENCE, &rows[i], "signal")),
		    STR_ARG(cell(&a, LIST_EVIDENCE, &rows[i], "text")));
	}
	if (!any)
		say("  nothing found%s", speaks_for ? "" : "; that is not proof that there is nothing");
}

/* "-" for one that the data do not allow to test. */
static enum claque_rc
print_innocents(struct card *card, struct claque_err *err)
{
	struct row *rows;
	size_t got;
	enum claque_rc rc = rows_of(card, LIST_INNOCENTS, REASONS_SHOWN, &rows, &got, err);

	if (rc == CLAQUE_OK && got > 0)
		say("\nINNOCENT EXPLANATIONS TESTED (share of what speaks for the lead that each "
		    "accounts for)");
	for (size_t i = 0; rc == CLAQUE_OK && i < got; i++) {
		struct arena a = card->perm;
		struct claque_str score = cell(&a, LIST_INNOCENTS, &rows[i], "score");

		say("  %-5.*s  %-13.*s " STR_FMT, STR_ARG(score.len > 0 ? score : STR("-")),
		    STR_ARG(cell(&a, LIST_INNOCENTS, &rows[i], "explanation")),
		    STR_ARG(cell(&a, LIST_INNOCENTS, &rows[i], "text")));
	}
	return rc;
}

static void
print_disproof(struct card *card)
{
	struct claque_str text = cell(&card->perm, LIST_CLUSTERS, &card->head, "disproof");

	if (text.len > 0)
		say("\nWHAT WOULD DISPROVE IT\n  " STR_FMT, STR_ARG(text));
}

static enum claque_rc
print_text(struct card *card, struct claque_err *err)
{
	struct arena *a = &card->perm;
	const struct row *head = &card->head;
	struct row *rows;
	size_t got;
	enum claque_rc rc = rows_of(card, LIST_EVIDENCE, REASONS_SHOWN, &rows, &got, err);

	if (rc != CLAQUE_OK)
		return rc;
	say(STR_FMT "  score " STR_FMT "  " STR_FMT ": " STR_FMT " accounts, " STR_FMT " posts, "
	    STR_FMT " to " STR_FMT " UTC",
	    STR_ARG(cell(a, LIST_CLUSTERS, head, "id")), STR_ARG(cell(a, LIST_CLUSTERS, head, "score")),
	    STR_ARG(cell(a, LIST_CLUSTERS, head, "kind")),
	    STR_ARG(cell(a, LIST_CLUSTERS, head, "accounts")),
	    STR_ARG(cell(a, LIST_CLUSTERS, head, "posts")),
	    STR_ARG(cell(a, LIST_CLUSTERS, head, "first_seen")),
	    STR_ARG(cell(a, LIST_CLUSTERS, head, "last_seen")));
	say("coordination " STR_FMT "  deception " STR_FMT "  overtness " STR_FMT
	    "   (parts in natural-log odds add up to the score)",
	    STR_ARG(cell(a, LIST_CLUSTERS, head, "coordination")),
	    STR_ARG(cell(a, LIST_CLUSTERS, head, "deception")),
	    STR_ARG(cell(a, LIST_CLUSTERS, head, "overtness")));
	print_reasons(card, rows, got, true);
	print_reasons(card, rows, got, false);
	rc = print_innocents(card, err);
	if (rc != CLAQUE_OK)
		return rc;
	print_disproof(card);
	rc = rows_of(card, LIST_MEMBERS, MEMBERS_SHOWN, &rows, &got, err);
	say("\nMEMBERS (highest score first; claque accounts CASE --cluster lists all)");
	for (size_t i = 0; rc == CLAQUE_OK && i < got; i++)
		say("  " STR_FMT "  %-10.*s " STR_FMT "  " STR_FMT,
		    STR_ARG(cell(a, LIST_MEMBERS, &rows[i], "score")),
		    STR_ARG(cell(a, LIST_MEMBERS, &rows[i], "role")),
		    STR_ARG(cell(a, LIST_MEMBERS, &rows[i], "account_id")),
		    STR_ARG(cell(a, LIST_MEMBERS, &rows[i], "handle")));
	say("\nA lead is a lead, never a verdict. Attribution: not assessed.");
	return rc;
}

static enum status
run_why(const struct invocation *call)
{
	struct card card = { 0 };
	struct claque_err err = { 0 };
	enum claque_rc rc = store_open(&card.store, call->args[0], STORE_READ, &err);

	card.whole = card.perm = arena_new(CARD_ARENA);
	if (rc == CLAQUE_OK)
		rc = list_find_subject(card.store, SUBJECT_cluster, str_of(call->args[1]), &card.cluster, &err);
	if (rc == CLAQUE_OK)
		rc = list_row(card.store, LIST_CLUSTERS, card.cluster.id, &card.perm, &card.head, &err);
	if (rc == CLAQUE_OK)
		rc = args_flag(call, "json") ? print_json(&card, &err) : print_text(&card, &err);
	store_close(card.store);
	arena_free(card.whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_why = {
	.name = "why", .synopsis = "CASE LEAD",
	.summary = "Says what a lead's score is made of, for and against",
	.detail =
"The evidence card: each reason with what was observed, what chance would give on this\n"
"file, its p-value, and what it adds to the score; innocent explanations that were tested,\n"
"each with the share of what speaks for the lead that it would account for, and what would\n"
"disprove the lead; then the members by score.",
	.examples = "claque why case.claque C001\tthe card\nclaque why case.claque C001 --json\tall of it, for programs",
	.options = { { "json", NULL, "one JSON object with evidence and members" } },
	.min_args = 2, .max_args = 2, .run = run_why,
};
