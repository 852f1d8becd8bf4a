/*
 * markdown.c - a case file that a person reads: what was found, why, what
 * speaks against it, what is not known, and what it was made of.
 *
 * The order follows published reports on influence operations; a lead's card
 * follows practice in threat reports (evidence with its baseline, counter-
 * evidence beside it, never the score alone). The wording never says bot or
 * fake: a lead is a reason to look. Attribution is a separate piece of work
 * and is said not to be done.
 *
 * Long lists are cut at a stated number, and the text says so: the whole of
 * each is in the CSV export.
 */
#include "config.h"

#include "export/reading.h"

#include "base/clock.h"
#include "export/markdown_argued.h"
#include "export/mdtext.h"
#include "export/sink.h"

enum {
	ROOM_BYTES = 512 << 20, WORK_BYTES = 32 << 20,
	GROUPS_SHOWN = 10000, ROWS_SHOWN = 200000,
	CARDS_MAX = 100, MEMBERS_SHOWN = 50, OTHERS_SHOWN = 200
};

struct doc {
	const struct export_input *in;
	struct sink *sink;
	struct buf *out;
	struct arena perm, scratch;
	struct reading r;
};

/* A column of a printed table: its head, and the names it may have. */
struct shown {
	const char *head, *names;
};

/* Paths, alone or with a row behind: to be copied, and no address though they have a dot. */
static bool
is_path(const struct column *c)
{
	static const char *const names[] = { "path", "source_file", "rows" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(str_of(c->name), str_of(names[i])))
			return true;
	return false;
}

static void
add_cell(struct doc *d, const struct gathered *g, int column, const struct row *row)
{
	const struct value *v = table_value(row, column);
	struct arena scratch = d->scratch;

	if (v->type == VALUE_TEXT && is_path(&g->table->columns[column]))
		mdtext_code(d->out, scratch, v->s, true);
	else if (v->type == VALUE_TEXT)
		mdtext_line(d->out, scratch, v->s);
	else if (v->type == VALUE_INT && g->table->columns[column].form == FORM_COUNT)
		buf_add(d->out, count_grouped(&scratch, v->i));
	else if (column >= 0)
		buf_add(d->out, value_screen(&scratch, &g->table->columns[column], v));
}

static void
add_rows(struct doc *d, const struct gathered *g, const struct shown *shown, size_t limit)
{
	for (size_t i = 0; i < g->count && i < limit; i++) {
		for (const struct shown *s = shown; s->head != NULL; s++) {
			int column = gathered_column(g, s->names);

			if (column < 0)
				continue;
			buf_addz(d->out, "| ");
			add_cell(d, g, column, &g->rows[i]);
			buf_addc(d->out, ' ');
		}
		buf_addz(d->out, "|\n");
		(void)sink_flow(d->sink);
	}
}

/* The first `limit` rows, with those of the columns that the table has. */
static void
add_table(struct doc *d, const struct gathered *g, const struct shown *shown, size_t limit)
{
	size_t columns = 0, printed = g->count < limit ? g->count : limit;

	for (const struct shown *s = shown; s->head != NULL; s++)
		if (gathered_column(g, s->names) >= 0) {
			buf_addf(d->out, "| %s ", s->head);
			columns++;
		}
	if (columns == 0)
		return;
	buf_addz(d->out, "|\n");
	for (size_t i = 0; i < columns; i++)
		buf_addz(d->out, "| --- ");
	buf_addz(d->out, "|\n");
	add_rows(d, g, shown, limit);
	if (g->total > (int64_t)printed)
		buf_addf(d->out, "\nShown are %zu of %lld; the CSV export has all.\n", printed,
			 (long long)g->total);
}

/* The cell as escaped text. */
static void
add_text(struct doc *d, const struct gathered *g, const char *names, const struct row *row)
{
	struct arena scratch = d->scratch;
	struct claque_str text = reading_text(&scratch, g, names, row);

	mdtext_line(d->out, scratch, text);
}

static void
add_title(struct doc *d)
{
	struct arena scratch = d->scratch;

	buf_addz(d->out, "# Case file: ");
	mdtext_line(d->out, scratch, str_of(d->in->case_name));
	buf_addf(d->out, "\n\n**%s**\n\nMade at ", tlp_marking(d->in->tlp));
	buf_add(d->out, clock_text(&scratch, d->in->made_at, CLOCK_RFC3339));
	buf_addz(d->out, " with claque ");
	mdtext_line(d->out, scratch, str_of(d->in->version));
	buf_addz(d->out, ". All times are UTC. Addresses are defanged.\n\n");
	if (d->in->redaction.len > 0) {
		buf_addz(d->out, "Who is named: ");
		mdtext_line(d->out, scratch, d->in->redaction);
		buf_addz(d->out, ".\n\n");
	}
}

static void
add_bottom_line(struct doc *d)
{
	struct arena scratch = d->scratch;
	struct claque_str text = reading_bottom_line(&d->r, &scratch);

	buf_addz(d->out, "## Bottom line\n\n");
	mdtext_line(d->out, scratch, text);
	buf_addz(d->out, "\n\n");
}

static void
add_absent(struct doc *d, const char *what)
{
	buf_addf(d->out, "The %s are not in this export.\n", what);
}

static void
add_scope(struct doc *d)
{
	static const struct shown shown[] = {
		{ "file", "path file name" }, { "format", "format" }, { "bytes", "bytes" },
		{ "rows", "rows" }, { "taken", "taken" }, { "duplicates", "duplicates" },
		{ "refused", "refused" }, { "SHA-256", "sha256" }, { NULL, NULL },
	};

	buf_addz(d->out, "## Scope and data\n\n");
	if (d->r.inputs.table == NULL)
		add_absent(d, "input files");
	else if (d->r.inputs.count == 0)
		buf_addz(d->out, "Nothing has been imported.\n");
	else
		add_table(d, &d->r.inputs, shown, ROWS_SHOWN);
	buf_addc(d->out, '\n');
}

static enum claque_rc
add_numbers(struct doc *d, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	struct buf absent;

	buf_addz(d->out, "## Numbers\n\n");
	if (d->in->table_count > 0)
		buf_addz(d->out, "| table | rows |\n| --- | --- |\n");
	for (size_t i = 0; i < d->in->table_count && rc == CLAQUE_OK; i++) {
		const struct rowset *t = &d->in->tables[i];
		struct arena scratch = d->scratch;
		int64_t n = 0;

		rc = rowset_count(t, &n, err);
		buf_addf(d->out, "| %s | ", t->name);
		buf_add(d->out, count_grouped(&scratch, n));
		buf_addz(d->out, " |\n");
	}
	buf_init(&absent, 1 << 10);
	tables_absent(&absent, d->in);
	if (absent.len > 0)
		buf_addf(d->out, "\nNot in this export: " STR_FMT ".\n", STR_ARG(buf_str(&absent)));
	buf_done(&absent);
	buf_addc(d->out, '\n');
	return rc;
}

static const struct shown group_shown[] = {
	{ "id", OF_LEAD_ID }, { "score", "score" }, { "coordination", "coordination" },
	{ "deception", "deception" }, { "overtness", "overtness" },
	{ "accounts", "accounts account_count" }, { "posts", "posts post_count" },
	{ "kind", "kind" }, { "first seen", "first_seen" }, { "last seen", "last_seen" },
	{ NULL, NULL },
};

static void
add_leads(struct doc *d)
{
	buf_addz(d->out, "## Leads\n\n" READING_LEAD "\n\n");
	if (d->r.leads.table == NULL)
		add_absent(d, "leads");
	else if (d->r.leads.count == 0)
		buf_addz(d->out, "None.\n");
	else
		add_table(d, &d->r.leads, group_shown, GROUPS_SHOWN);
	buf_addc(d->out, '\n');
}

static void
add_reasons(struct doc *d, const struct gathered *evidence, int sign, const char *head)
{
	static const struct shown shown[] = {
		{ "signal", "signal" }, { "axis", "axis" }, { "observed", "observed" },
		{ "expected", "expected" }, { "unit", "unit" }, { "measured on", "n" },
		{ "p", "p" }, { "log odds", "log_odds" }, { "reason", "text why" },
		{ "example rows", "rows" },
		{ NULL, NULL },
	};
	struct arena perm = d->perm;
	struct gathered some = reading_with_sign(evidence, sign, &perm);

	if (some.count == 0 && sign == 0)
		return;
	buf_addf(d->out, "**%s**\n\n", head);
	if (evidence->table == NULL)
		add_absent(d, "reasons");
	else if (some.count == 0)
		buf_addz(d->out, "None found.\n");
	else
		add_table(d, &some, shown, ROWS_SHOWN);
	buf_addc(d->out, '\n');
}

static void
add_members(struct doc *d, struct gathered *members)
{
	static const struct shown shown[] = {
		{ "account", "account_id account" }, { "handle", "handle" },
		{ "platform", "platform" }, { "score", "score" }, { "role", "role" },
		{ "edges", "degree" }, { NULL, NULL },
	};

	buf_addz(d->out, "**Members by score**\n\n");
	gathered_sort(members, gathered_column(members, "score"), false);
	if (members->table == NULL)
		add_absent(d, "members");
	else
		add_table(d, members, shown, MEMBERS_SHOWN);
	buf_addc(d->out, '\n');
}

/* Between these two, where the column says something. */
static void
add_between(struct doc *d, const char *before, const char *column, const struct row *row,
	    const char *after)
{
	struct arena scratch = d->scratch;

	if (reading_text(&scratch, &d->r.notes, column, row).len == 0)
		return;
	buf_addz(d->out, before);
	add_text(d, &d->r.notes, column, row);
	buf_addz(d->out, after);
}

static void
add_note(struct doc *d, const struct row *row)
{
	buf_addz(d->out, "- ");
	add_text(d, &d->r.notes, "kind", row);
	add_between(d, " **", "word", row, "**");
	add_between(d, " (confidence: ", "confidence", row, ")");
	add_between(d, " of \"", "quote", row, "\"");
	buf_addz(d->out, " on ");
	add_text(d, &d->r.notes, OF_TARGET, row);
	buf_addz(d->out, " by ");
	add_text(d, &d->r.notes, "who", row);
	buf_addz(d->out, ", ");
	add_cell(d, &d->r.notes, gathered_column(&d->r.notes, "at"), row);
	buf_addc(d->out, '\n');
}

/* The note's text under its line, each line of it a quote inside the item. */
static void
add_note_text(struct doc *d, const struct row *row)
{
	struct arena scratch = d->scratch;
	struct claque_str text = reading_text(&scratch, &d->r.notes, "text", row);

	if (text.len == 0)
		return;
	buf_addc(d->out, '\n');
	mdtext_quote(d->out, scratch, text);
	buf_addc(d->out, '\n');
}

static size_t
add_notes(struct doc *d, const struct gathered *notes)
{
	for (size_t i = 0; i < notes->count; i++) {
		add_note(d, &notes->rows[i]);
		add_note_text(d, &notes->rows[i]);
		(void)sink_flow(d->sink);
	}
	return notes->count;
}

static void
add_claim(struct doc *d, const struct row *lead)
{
	struct arena scratch = d->scratch;

	buf_add(d->out, reading_count(&scratch, (int64_t)reading_number(&d->r.leads, OF_ACCOUNTS,
									lead),
				      "account", "accounts"));
	buf_addz(d->out, " (");
	add_text(d, &d->r.leads, "kind", lead);
	buf_addf(d->out, ") with a score of %.2f: coordination %.2f, deception %.2f, overtness "
		 "%.2f. Seen from ", reading_number(&d->r.leads, "score", lead),
		 reading_number(&d->r.leads, "coordination", lead),
		 reading_number(&d->r.leads, "deception", lead),
		 reading_number(&d->r.leads, "overtness", lead));
	add_cell(d, &d->r.leads, gathered_column(&d->r.leads, "first_seen"), lead);
	buf_addz(d->out, " to ");
	add_cell(d, &d->r.leads, gathered_column(&d->r.leads, "last_seen"), lead);
	buf_addz(d->out, ".\n\n");
}

static void
add_card(struct doc *d, const struct row *lead)
{
	struct arena perm = d->perm, keep = perm;
	struct claque_str id = reading_text(&perm, &d->r.leads, OF_LEAD_ID, lead);
	struct gathered evidence = reading_of_group(&d->r.evidence, OF_CLUSTER, id, &perm);
	struct gathered members = reading_of_group(&d->r.members, OF_CLUSTER, id, &perm);
	struct gathered notes = reading_of_group(&d->r.notes, OF_TARGET, id, &perm);

	gathered_sort(&evidence, gathered_column(&evidence, "log_odds"), true);
	buf_addz(d->out, "## Lead ");
	mdtext_line(d->out, d->scratch, id);
	buf_addz(d->out, "\n\n");
	add_claim(d, lead);
	d->perm = perm;
	add_reasons(d, &evidence, 1, "Evidence for");
	add_reasons(d, &evidence, -1, "Evidence against");
	add_reasons(d, &evidence, 0, "Tested, of no weight");
	add_members(d, &members);
	d->perm = keep;
	buf_addz(d->out, "**Notes, tags and pins**\n\n");
	if (d->r.notes.table == NULL)
		add_absent(d, "notes, tags and pins");
	else if (add_notes(d, &notes) == 0)
		buf_addz(d->out, "None.\n");
	buf_addz(d->out, "\n**What would disprove it**\n\n" READING_DISPROOF
		 "\n\n**Attribution:** ");
	markdown_attribution(&(struct argument){ &d->r, d->sink, perm, d->scratch }, id);
	buf_addz(d->out, "\n\n");
}

static void
add_other_notes(struct doc *d)
{
	struct arena perm = d->perm;
	struct gathered others = reading_without_leads(&d->r, &d->r.notes, OF_TARGET, &perm);

	buf_addz(d->out, "## Notes, tags and pins on other things\n\n");
	if (d->r.notes.table == NULL)
		add_absent(d, "notes, tags and pins");
	else if (add_notes(d, &others) == 0)
		buf_addz(d->out, "None.\n");
	buf_addc(d->out, '\n');
}

/* Cleared and weak groups, so that the same innocents are not found again. */
static void
add_not_leads(struct doc *d)
{
	struct arena perm = d->perm;
	struct gathered others = reading_without_leads(&d->r, &d->r.clusters, OF_LEAD_ID, &perm);

	buf_addz(d->out, "## Not leads\n\n" READING_NOT_LEADS "\n\n");
	if (d->r.clusters.table == NULL)
		add_absent(d, "groups");
	else if (others.count == 0)
		buf_addz(d->out, "None.\n");
	else
		add_table(d, &others, group_shown, OTHERS_SHOWN);
	buf_addc(d->out, '\n');
}

static void
add_method(struct doc *d)
{
	struct arena scratch = d->scratch;

	buf_addz(d->out, "## Method\n\n" READING_METHOD " Settings of the last run: ");
	if (d->in->settings.len == 0)
		buf_addz(d->out, "none are given");
	mdtext_line(d->out, scratch, d->in->settings);
	if (d->in->ledger_hash.len > 0) {
		buf_addf(d->out, ".\n\n## Custody\n\nThe ledger had %lld entries when this was made; "
			 "the SHA-256 of the last is ", (long long)d->in->ledger_entries);
		mdtext_line(d->out, scratch, d->in->ledger_hash);
		buf_addz(d->out, ". `claque verify` proves the chain up to it");
	}
	buf_addz(d->out, ".\n\n## Attribution\n\n");
	markdown_attribution(&(struct argument){ &d->r, d->sink, d->perm, d->scratch }, STR(""));
	buf_addf(d->out, "\n\n---\n\n**%s**\n", tlp_marking(d->in->tlp));
}

/* What analysts say comes before what the program found. */
static void
add_claims(struct doc *d)
{
	const struct argument m = { &d->r, d->sink, d->perm, d->scratch };

	markdown_claims(&m);
	markdown_hypotheses(&m);
	markdown_fields(&m);
	markdown_techniques(&m);
}

static enum claque_rc
add_document(struct doc *d, struct claque_err *err)
{
	enum claque_rc rc = reading_gather(&d->r, d->in, &d->perm, err);

	if (rc != CLAQUE_OK)
		return rc;
	add_title(d);
	add_bottom_line(d);
	add_scope(d);
	rc = add_numbers(d, err);
	if (rc != CLAQUE_OK)
		return rc;
	add_claims(d);
	add_leads(d);
	for (size_t i = 0; i < d->r.leads.count && i < CARDS_MAX; i++)
		add_card(d, &d->r.leads.rows[i]);
	if (d->r.leads.count > CARDS_MAX)
		buf_addf(d->out, "Cards are printed for the first %d leads.\n\n", CARDS_MAX);
	add_other_notes(d);
	add_not_leads(d);
	add_method(d);
	return CLAQUE_OK;
}

enum claque_rc
markdown_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	struct sink sink;
	struct doc d = { .in = in, .sink = &sink, .out = &sink.buf };
	struct arena room, work;
	enum claque_rc rc = sink_open(&sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	room = arena_new(ROOM_BYTES);
	work = arena_new(WORK_BYTES);
	d.perm = room;
	d.scratch = work;
	rc = sink_close(&sink, add_document(&d, err), err);
	reading_done(&d.r);
	arena_free(work);
	arena_free(room);
	return rc;
}
