/*
 * bundle_out.c - rows, annotations and ledgers of a case on their way into a bundle, each
 * passed through the redaction.
 *
 * An account that is hidden leaves under its pseudonym, marked as that: who takes the
 * bundle knows that it is no name, and leaves it as it is when it goes further.
 */
#include "config.h"

#include "app/bundle_out.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/sha256.h"
#include "case/share.h"
#include "case/ledger.h"
#include "store/bundle.h"

enum { PERM_BYTES = 4 << 20, ROW_BYTES = 256 << 20, ROWS_BETWEEN_TICKS = 500 };

struct out_table {
	struct bundle_out *out;
	enum bundle_table table;
	struct mask_table cells;
	size_t leader;			/* columns that are looked at; or count */
	size_t pseudonym, extras;
	size_t accounts, cluster;	/* of an aggregate, by which rows of few accounts go */
};

struct bundle_out {
	const struct bundle_out_plan *plan;
	struct arena whole, perm, rows;
	struct out_table tables[BUNDLE_COUNT];
	struct rowset sets[BUNDLE_COUNT], ledgers[2];
	struct export_bundle made;
	struct buf annotations;
	struct set64 small;		/* row ids of clusters of few accounts */
};

/* --- rows */

/* Clusters come before what is said of them. */
static bool
is_of_few(struct bundle_out *out, const struct out_table *t, const struct row *row)
{
	const struct value *v = row->values;

	if (out->plan->level != REDACTION_AGGREGATE)
		return false;
	if (t->table == BUNDLE_CLUSTER && v[t->accounts].i < REDACTION_GROUP) {
		(void)set64_add(&out->small, (uint64_t)v[0].i);
		return true;
	}
	return t->table == BUNDLE_EVIDENCE && set64_has(&out->small, (uint64_t)v[t->cluster].i);
}

struct walk {
	const struct out_table *table;
	bool (*each)(void *row_ctx, const struct row *row);
	void *row_ctx;
	int64_t done, total;
	bool stopped;
};

static bool
tick(struct walk *w)
{
	const struct claque_progress *p = w->table->out->plan->progress;

	w->stopped = !p->tick(p->ctx, "exporting rows", (uint64_t)w->done, (uint64_t)w->total);
	return !w->stopped;
}

static bool
pass_row(void *ctx, const struct row *row)
{
	struct walk *w = ctx;
	const struct out_table *t = w->table;
	const struct bundle_out_plan *plan = t->out->plan;
	enum list_id list = t->table == BUNDLE_POST ? LIST_POSTS :
			    t->table == BUNDLE_CHANGE ? LIST_CHANGES : LIST_NONE;
	struct value values[BUNDLE_COLUMNS_MAX];
	struct arena scratch = t->out->rows;
	struct row shown;

	if (++w->done % ROWS_BETWEEN_TICKS == 0 && !tick(w))
		return false;
	shown = redactor_cells(plan->redactor, &scratch, list, &t->cells, row);
	memcpy(values, shown.values, t->cells.count * sizeof(*values));
	if (t->pseudonym < t->cells.count && redactor_hides(plan->redactor, row->id))
		values[t->pseudonym] = (struct value){ .type = VALUE_INT, .i = 1 };
	if (t->leader < t->cells.count && plan->level == REDACTION_AGGREGATE)
		values[t->leader] = (struct value){ .type = VALUE_NULL };
	if ((t->extras < t->cells.count && values[t->extras].type == VALUE_NULL) ||
	    is_of_few(t->out, t, row))
		return true;
	shown.values = values;
	return w->each(w->row_ctx, &shown);
}

static enum claque_rc
count_table(void *ctx, int64_t *out, struct claque_err *err)
{
	const struct out_table *t = ctx;

	return bundle_rows(t->out->plan->store, t->table, out, err);
}

static enum claque_rc
walk_table(void *ctx, bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
	   struct claque_err *err)
{
	const struct out_table *t = ctx;
	struct walk w = { .table = t, .each = each, .row_ctx = row_ctx };
	enum claque_rc rc = bundle_rows(t->out->plan->store, t->table, &w.total, err);

	if (rc == CLAQUE_OK)
		rc = bundle_walk(t->out->plan->store, t->table, pass_row, &w, err);
	return w.stopped ? err_set(err, CLAQUE_EUSAGE, "stopped") : rc;
}

/* At the level of sums: what tells of no single account and post. */
static bool
is_kept(const struct bundle_out_plan *plan, enum bundle_table table)
{
	static const enum bundle_table sums[] = {
		BUNDLE_INPUT, BUNDLE_INDICATOR, BUNDLE_EVENT, BUNDLE_RUN, BUNDLE_CLUSTER,
		BUNDLE_EVIDENCE,
	};

	if (table == BUNDLE_FORGOTTEN)
		return plan->level == REDACTION_FULL;
	if (plan->level != REDACTION_AGGREGATE)
		return true;
	for (size_t i = 0; i < sizeof(sums) / sizeof(*sums); i++)
		if (sums[i] == table)
			return true;
	return false;
}

static void
list_tables(struct bundle_out *out)
{
	for (unsigned i = 0; i < BUNDLE_COUNT; i++) {
		struct out_table *t = &out->tables[i];
		struct mask_table *cells = &t->cells;

		if (!is_kept(out->plan, (enum bundle_table)i))
			continue;
		*t = (struct out_table){ .out = out, .table = (enum bundle_table)i };
		cells->columns = bundle_columns(t->table, &out->perm, &cells->count);
		cells->accounts = i == BUNDLE_ACCOUNT || i == BUNDLE_SNAPSHOT;
		t->pseudonym = column_find(cells->columns, cells->count, STR("pseudonym"));
		t->leader = column_find(cells->columns, cells->count, STR("leader"));
		t->extras = column_find(cells->columns, cells->count, STR("extras"));
		t->accounts = column_find(cells->columns, cells->count, STR("account_count"));
		t->cluster = column_find(cells->columns, cells->count, STR("cluster"));
		out->sets[out->made.table_count++] = (struct rowset){
			.name = bundle_type(t->table), .columns = cells->columns,
			.column_count = cells->count, .ctx = t, .walk = walk_table,
			/* Cells of whom is hidden, and rows of few, are counted by walking. */
			.count = t->table == BUNDLE_EXTRA || t->table == BUNDLE_CLUSTER ||
				 t->table == BUNDLE_EVIDENCE ? NULL : count_table,
		};
	}
	out->made.tables = out->sets;
}

/* --- ledgers: those of others first, then the case's own */

static const struct column ledger_columns[] = {
	{ .name = "ledger", .form = FORM_FLAG }, { .name = "case", .form = FORM_TEXT },
	{ .name = "bundle", .form = FORM_FLAG }, { .name = "hash", .form = FORM_ID },
	{ .name = "entries", .form = FORM_FLAG },
};
static const struct column entry_columns[] = {
	{ .name = "ledger", .form = FORM_FLAG }, { .name = "seq", .form = FORM_FLAG },
	{ .name = "at", .form = FORM_FLAG }, { .name = "who", .form = FORM_TEXT },
	{ .name = "action", .form = FORM_TEXT }, { .name = "target", .form = FORM_TEXT },
	{ .name = "lens", .form = FORM_TEXT }, { .name = "command", .form = FORM_TEXT },
	{ .name = "payload", .form = FORM_TEXT }, { .name = "previous", .form = FORM_ID },
	{ .name = "hash", .form = FORM_ID }, { .name = "redacted", .form = FORM_FLAG },
};
enum { LEDGER_COLUMNS = sizeof(ledger_columns) / sizeof(*ledger_columns),
       ENTRY_COLUMNS = sizeof(entry_columns) / sizeof(*entry_columns),
       ENTRY_REDACTED = ENTRY_COLUMNS - 1 };

struct ledgers {
	struct bundle_out *out;
	bool (*each)(void *row_ctx, const struct row *row);
	void *row_ctx;
	int64_t number;
	enum claque_rc rc;
	struct claque_err *err;
};

static struct value
text_value(struct claque_str s)
{
	return (struct value){ .type = VALUE_TEXT, .s = s };
}

static struct value
int_value(int64_t i)
{
	return (struct value){ .type = VALUE_INT, .i = i };
}

static bool
put_ledger(struct ledgers *l, const struct foreign_ledger *ledger)
{
	struct mask_table cells = { ledger_columns, LEDGER_COLUMNS, false };
	struct value values[LEDGER_COLUMNS] = {
		int_value(++l->number), text_value(ledger->origin),
		ledger->bundle.len > 0 ? text_value(ledger->bundle) : (struct value){ 0 },
		text_value(ledger->hash), int_value(ledger->entries),
	};
	struct row row = { 0, values }, shown;
	struct arena scratch = l->out->rows;

	shown = redactor_cells(l->out->plan->redactor, &scratch, LIST_LEDGER, &cells, &row);
	return l->each(l->row_ctx, &shown);
}

static bool
pass_foreign(void *ctx, const struct foreign_ledger *ledger)
{
	return put_ledger(ctx, ledger);
}

static enum claque_rc
walk_ledgers(void *ctx, bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
	     struct claque_err *err)
{
	struct bundle_out *out = ctx;
	struct store *store = out->plan->store;
	struct ledgers l = { .out = out, .each = each, .row_ctx = row_ctx };
	struct arena room = out->perm;
	struct ledger_entry last = { 0 };
	struct foreign_ledger own = { .origin = store_title(store_path(store)) };
	enum claque_rc rc = foreign_walk(store, pass_foreign, &l, err);

	if (rc == CLAQUE_OK)
		rc = ledger_get(store, 0, &room, &last, err);
	if (rc == CLAQUE_ENOTFOUND)
		return CLAQUE_OK;
	own.hash = last.hash;
	own.entries = last.seq;
	if (rc == CLAQUE_OK && !put_ledger(&l, &own))
		rc = CLAQUE_STOPPED;
	return rc;
}

/* Was anything taken out of it, so that its hash is of something else? */
static bool
is_changed(const struct value *before, const struct row *after)
{
	for (size_t i = 0; i < ENTRY_COLUMNS; i++)
		if (before[i].type == VALUE_TEXT &&
		    (after->values[i].type != VALUE_TEXT ||
		     !str_eq(before[i].s, after->values[i].s)))
			return true;
	return false;
}

static bool
put_entry(void *ctx, const struct ledger_entry *e, bool redacted)
{
	struct ledgers *l = ctx;
	struct mask_table cells = { entry_columns, ENTRY_COLUMNS, false };
	struct value values[ENTRY_COLUMNS] = {
		int_value(l->number), int_value(e->seq), int_value(e->at), text_value(e->who),
		text_value(e->action), text_value(e->target), text_value(e->lens),
		text_value(e->command), text_value(e->payload), text_value(e->previous),
		text_value(e->hash), { 0 },
	};
	struct value shown[ENTRY_COLUMNS];
	struct arena scratch = l->out->rows;
	struct row row = { 0, values };

	row = redactor_cells(l->out->plan->redactor, &scratch, LIST_LEDGER, &cells, &row);
	memcpy(shown, row.values, sizeof(shown));
	if (redacted || is_changed(values, &row))
		shown[ENTRY_REDACTED] = int_value(1);
	row.values = shown;
	return l->each(l->row_ctx, &row);
}

/* One that was erased is not what its hash was made of, as one that leaves redacted. */
static bool
put_own_entry(void *ctx, const struct ledger_entry *e)
{
	char hash[SHA256_HEX + 1];

	case_entry_hash(e, hash);
	return put_entry(ctx, e, !str_eq(e->hash, str_of(hash)));
}

static bool
pass_entries(void *ctx, const struct foreign_ledger *ledger)
{
	struct ledgers *l = ctx;

	l->number++;
	l->rc = foreign_entries(l->out->plan->store, ledger->id, put_entry, l, l->err);
	return l->rc == CLAQUE_OK;
}

static enum claque_rc
walk_entries(void *ctx, bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
	     struct claque_err *err)
{
	struct bundle_out *out = ctx;
	struct ledgers l = { .out = out, .each = each, .row_ctx = row_ctx, .rc = CLAQUE_OK,
			     .err = err };
	enum claque_rc rc = foreign_walk(out->plan->store, pass_entries, &l, err);

	if (l.rc != CLAQUE_OK)
		return l.rc;
	l.number++;
	return rc == CLAQUE_OK ? ledger_walk(out->plan->store, put_own_entry, &l, err) : rc;
}

static void
list_ledgers(struct bundle_out *out)
{
	if (out->plan->level == REDACTION_AGGREGATE)
		return;
	out->ledgers[0] = (struct rowset){ .name = "ledger", .columns = ledger_columns,
		.column_count = LEDGER_COLUMNS, .ctx = out, .walk = walk_ledgers };
	out->ledgers[1] = (struct rowset){ .name = "entry", .columns = entry_columns,
		.column_count = ENTRY_COLUMNS, .ctx = out, .walk = walk_entries };
	out->made.ledgers = out->ledgers;
	out->made.ledger_count = 2;
}

/* --- annotations */

static bool
is_own_word(const char *key, bool label)
{
	static const char *const keys[] = { "kind", "about_kind", "type", "colour", "confidence" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_eq(str_of(key), str_of(keys[i])))
			return true;
	return !label && str_eq(str_of(key), STR("word"));
}

/* What is called so is redacted as the same cell of a list is. */
static json_t *
redacted_text(const struct bundle_out *out, const char *key, const json_t *text)
{
	const struct column column = { .name = str_eq(str_of(key), STR("name")) ? "target" : "text",
				       .form = FORM_TEXT };
	struct mask_table cells = { &column, 1, false };
	struct value value = text_value(json_string_of(text));
	struct row row = { 0, &value };
	struct arena scratch = out->rows;

	row = redactor_cells(out->plan->redactor, &scratch, LIST_NOTES, &cells, &row);
	return json_text(row.values[0].s);
}

/* Keys of one act: texts, and lists of what was there instead before. */
static void
redact_act(const struct bundle_out *out, json_t *act, bool label)
{
	const char *key;
	json_t *v;
	void *next;

	json_object_foreach_safe(act, next, key, v) {
		if (json_is_string(v)) {
			if (!is_own_word(key, label))
				json_put(act, key, redacted_text(out, key, v));
			continue;	/* v is gone */
		}
		if (json_is_object(v))
			redact_act(out, v, label);
		for (size_t i = 0; i < json_array_size(v); i++)
			if (json_is_object(json_array_get(v, i)))
				redact_act(out, json_array_get(v, i), label);
	}
}

static bool
is_at_depth(const json_t *o, unsigned depth)
{
	for (unsigned i = 0; i < ANNOTATION_COUNT; i++)
		if (str_eq(case_payload_text(o, "kind"),
			   str_of(annotation_kind_name((enum annotation_kind)i))))
			return case_share_depth((enum annotation_kind)i) == depth;
	return depth == 0;
}

/* Each after what it belongs to: so they are taken, and so they come out of the next case. */
static enum claque_rc
put_annotation(struct bundle_out *out, struct claque_str line, unsigned depth,
	       struct claque_err *err)
{
	json_t *o = json_parse(line);

	if (!json_is_object(o)) {
		json_decref(o);
		return err_set(err, CLAQUE_EINPUT, "an annotation of the case cannot be read");
	}
	if (!is_at_depth(o, depth)) {
		json_decref(o);
		return CLAQUE_OK;
	}
	(void)json_object_del(o, "about");	/* about_row tells it, and names nobody */
	if (!redactor_is_idle(out->plan->redactor))
		redact_act(out, o, str_eq(case_payload_text(o, "kind"), STR("highlight")));
	json_put(o, "type", json_text(STR("annotation")));
	json_canonical(&out->annotations, o);
	buf_addc(&out->annotations, '\n');
	json_decref(o);
	return out->annotations.over ? err_set(err, CLAQUE_ELIMIT, "annotations: more than %d MiB",
					       SHARE_BYTES_MAX >> 20) : CLAQUE_OK;
}

static enum claque_rc
list_annotations(struct bundle_out *out, struct claque_err *err)
{
	struct claque_str rest, line;
	struct buf lines;
	enum claque_rc rc;

	if (out->plan->level == REDACTION_AGGREGATE)
		return CLAQUE_OK;
	buf_init(&lines, SHARE_BYTES_MAX);
	rc = case_share_rows(out->plan->store, &lines, err);
	for (unsigned depth = 0; rc == CLAQUE_OK && depth < SHARE_DEPTHS; depth++) {
		rest = buf_str(&lines);
		while (rc == CLAQUE_OK && str_cut(&rest, '\n', &line))
			if (line.len > 0)
				rc = put_annotation(out, line, depth, err);
	}
	buf_done(&lines);
	out->made.annotations = buf_str(&out->annotations);
	return rc;
}

enum claque_rc
bundle_out_new(struct bundle_out **result, const struct bundle_out_plan *plan,
	       struct claque_err *err)
{
	struct bundle_out *out = calloc(1, sizeof(*out));

	if (out == NULL)
		base_oom();
	*result = out;
	out->plan = plan;
	out->whole = out->perm = arena_new(PERM_BYTES);
	out->rows = arena_new(ROW_BYTES);
	buf_init(&out->annotations, SHARE_BYTES_MAX);
	set64_init(&out->small);
	list_tables(out);
	list_ledgers(out);
	return list_annotations(out, err);
}

const struct export_bundle *
bundle_out_tables(const struct bundle_out *out)
{
	return &out->made;
}

void
bundle_out_free(struct bundle_out *out)
{
	if (out == NULL)
		return;
	buf_done(&out->annotations);
	set64_done(&out->small);
	arena_free(out->rows);
	arena_free(out->whole);
	free(out);
}
