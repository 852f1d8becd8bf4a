/*
 * bundle.c - a case in one file that another claque reads back: a line of JSON for the
 * header, one for each row, and one that tells how many there were and their SHA-256, so
 * that a bundle that was cut off or lost a line is told before anything of it is taken.
 *
 * Lines of JSON rather than a copy of the database: a stranger's database would be opened
 * by us, a stranger's lines are read; and other programs read them, too. Two digests,
 * because two bundles of one case differ in when they were made and in what the ledger
 * gained by making them: `content_sha256` leaves header and ledgers out.
 */
#include "config.h"

#include "base/clock.h"
#include "export/sink.h"
#include "export/table.h"
#include "text/json.h"

enum { HEAD_ROOM = 64 << 20, INPUTS_TOLD = 10000 };

/* Of the chain, for whoever wonders why it does not go on in the case that takes it. */
static const char why_ledgers[] = "each as its own case kept it, to be checked as a chain by "
	"itself; a case that takes this bundle keeps them apart and never goes on from them, for "
	"its own ledger tells its own acts only";

struct bundle {
	struct sink sink;
	const struct rowset *table;		/* whose rows are being written */
	struct sha256 all, content;
	int64_t lines;
	bool of_content;
};

/* The line that was appended since `before`. */
static void
end_line(struct bundle *b, size_t before)
{
	struct claque_str line = str_sub(buf_str(&b->sink.buf), before, b->sink.buf.len);

	b->lines++;
	sha256_add(&b->all, line);
	if (b->of_content)
		sha256_add(&b->content, line);
}

static json_t *
value_json(const struct value *v)
{
	if (v->type == VALUE_TEXT)
		return json_text(v->s);
	return v->type == VALUE_INT ? json_integer(v->i) : json_number(v->r);
}

static void
put_row(void *ctx, const struct row *row)
{
	struct bundle *b = ctx;
	size_t before = b->sink.buf.len;
	json_t *o = json_new_object();

	json_put(o, "type", json_text(str_of(b->table->name)));
	for (size_t i = 0; i < b->table->column_count; i++)
		if (row->values[i].type != VALUE_NULL)
			json_put(o, b->table->columns[i].name, value_json(&row->values[i]));
	json_line_exact(&b->sink.buf, o);
	json_decref(o);
	end_line(b, before);
}

static enum claque_rc
put_table(struct bundle *b, const struct rowset *table, struct claque_err *err)
{
	b->table = table;
	return sink_walk(&b->sink, table, put_row, b, err);
}

/* --- header and end */

struct listing {
	json_t *list;
	int path, digest;
};

static bool
add_input(void *ctx, const struct row *row)
{
	struct listing *l = ctx;
	json_t *o = json_new_object();

	json_put(o, "path", json_text(table_value(row, l->path)->s));
	json_put(o, "sha256", json_text(table_value(row, l->digest)->s));
	json_append(l->list, o);
	return json_array_size(l->list) < INPUTS_TOLD;
}

static enum claque_rc
list_inputs(const struct export_bundle *from, json_t *head, struct claque_err *err)
{
	struct listing l = { .list = json_new_list() };
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < from->table_count && rc == CLAQUE_OK; i++) {
		const struct rowset *t = &from->tables[i];

		if (!str_eq(str_of(t->name), STR("input")))
			continue;
		l.path = table_column(t, "path");
		l.digest = table_column(t, "sha256");
		rc = t->walk(t->ctx, add_input, &l, err);
		if (rc == CLAQUE_STOPPED && json_array_size(l.list) == INPUTS_TOLD)
			rc = CLAQUE_OK;
	}
	json_put(head, "inputs", l.list);
	return rc;
}

static enum claque_rc
count_tables(const struct export_bundle *from, json_t *head, struct claque_err *err)
{
	json_t *counts = json_new_object();
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < from->table_count && rc == CLAQUE_OK; i++) {
		int64_t n = 0;

		rc = rowset_count(&from->tables[i], &n, err);
		json_put(counts, from->tables[i].name, json_integer(n));
	}
	json_put(head, "counts", counts);
	return rc;
}

static enum claque_rc
put_header(struct bundle *b, const struct export_input *in, struct claque_err *err)
{
	struct arena room = arena_new(HEAD_ROOM), scratch = room;
	json_t *o = json_new_object();
	enum claque_rc rc;

	json_put(o, "claque_bundle", json_integer(1));
	json_put(o, "case", json_text(str_of(in->case_name)));
	json_put(o, "claque", json_text(str_of(in->version)));
	json_put(o, "made_at", json_text(clock_text(&scratch, in->made_at, CLOCK_RFC3339)));
	json_put(o, "tlp", json_text(str_of(tlp_marking(in->tlp))));
	json_put(o, "redaction", json_text(in->redaction));
	json_put(o, "ledger_entries", json_integer(in->ledger_entries));
	json_put(o, "ledger_hash", json_text(in->ledger_hash));
	json_put(o, "ledgers", json_text(str_of(why_ledgers)));
	rc = count_tables(in->bundle, o, err);
	if (rc == CLAQUE_OK)
		rc = list_inputs(in->bundle, o, err);
	json_line_exact(&b->sink.buf, o);
	json_decref(o);
	arena_free(room);
	end_line(b, 0);
	return rc;
}

static void
put_end(struct bundle *b)
{
	char all[SHA256_HEX + 1], content[SHA256_HEX + 1];
	json_t *o = json_new_object();

	sha256_end(&b->all, all);
	sha256_end(&b->content, content);
	json_put(o, "type", json_text(STR("end")));
	json_put(o, "lines", json_integer(b->lines));
	json_put(o, "content_sha256", json_text(str_of(content)));
	json_put(o, "sha256", json_text(str_of(all)));
	json_line_exact(&b->sink.buf, o);
	json_decref(o);
}

static void
put_annotations(struct bundle *b, struct claque_str lines)
{
	struct claque_str line;

	while (str_cut(&lines, '\n', &line)) {
		size_t before = b->sink.buf.len;

		if (line.len == 0)
			continue;
		buf_add(&b->sink.buf, line);
		buf_addc(&b->sink.buf, '\n');
		end_line(b, before);
		(void)sink_flow(&b->sink);
	}
}

static enum claque_rc
put_all(struct bundle *b, const struct export_input *in, struct claque_err *err)
{
	const struct export_bundle *from = in->bundle;
	enum claque_rc rc = put_header(b, in, err);

	b->of_content = true;
	for (size_t i = 0; rc == CLAQUE_OK && i < from->table_count; i++)
		rc = put_table(b, &from->tables[i], err);
	if (rc == CLAQUE_OK)
		put_annotations(b, from->annotations);
	b->of_content = false;
	for (size_t i = 0; rc == CLAQUE_OK && i < from->ledger_count; i++)
		rc = put_table(b, &from->ledgers[i], err);
	if (rc == CLAQUE_OK)
		put_end(b);
	return rc;
}

enum claque_rc
bundle_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	static const struct export_bundle nothing = { .table_count = 0 };
	struct export_input full = *in;
	struct bundle b = { .lines = 0 };
	enum claque_rc rc = sink_open(&b.sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (full.bundle == NULL)
		full.bundle = &nothing;
	sha256_start(&b.all);
	sha256_start(&b.content);
	return sink_close(&b.sink, put_all(&b, &full, err), err);
}
