/*
 * session_export.c - the list as it is shown, into a file: its columns in their
 * order, its rows under the lens and in the order of the screen, and only the
 * marked ones where rows of it are marked.
 */
#include "config.h"

#include "app/session_impl.h"
#include "base/err.h"
#include "case/case.h"
#include "export/export.h"
#include "text/json.h"

enum { EXPORT_SCRATCH = 1 << 20, ROW_SCRATCH = 64 << 20, PAYLOAD_MAX = 16 << 10, ROWS_BETWEEN_TICKS = 500 };

static const struct {
	const char *name;
	enum listing_form form;
} forms[] = {
	{ "csv", LISTING_CSV_SAFE }, { "csv-exact", LISTING_CSV }, { "json", LISTING_JSON },
};

enum { FORM_COUNT_OF = sizeof(forms) / sizeof(forms[0]) };

struct shown {			/* the list as it is on the screen */
	struct session *s;
	struct list_query query;
	bool marked_only;
	struct shape shape;
	struct column columns[LIST_COLUMNS_MAX];
	bool (*each)(void *row_ctx, const struct row *row);
	void *row_ctx;
	struct arena scratch;		/* of one row */
	uint64_t seen;
	bool stopped;
};

static bool
tick(struct shown *w)
{
	const struct claque_progress *p = &w->s->progress;

	if (++w->seen % ROWS_BETWEEN_TICKS == 0 && p->tick != NULL)
		w->stopped = !p->tick(p->ctx, "exporting", w->seen, 0);
	return !w->stopped;
}

static bool
show_row(void *ctx, const struct row *row)
{
	struct shown *w = ctx;
	struct value values[LIST_COLUMNS_MAX];
	struct arena perm = w->scratch;
	struct row masked;

	if (!tick(w))
		return false;
	if (w->marked_only && !session_marked(w->s, session_row_subject(w->s, row)))
		return true;
	if (session_in_workshop(w->s)) {
		masked = workshop_row(w->s, &perm, w->query.list, row);
		row = &masked;
	}
	for (size_t i = 0; i < w->shape.count; i++)
		values[i] = row->values[w->shape.columns[i]];
	return w->each(w->row_ctx, &(struct row){ row->id, values });
}

static enum claque_rc
walk_shown(void *ctx, bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
	   struct claque_err *err)
{
	struct shown *w = ctx;
	enum claque_rc rc;

	w->each = each;
	w->row_ctx = row_ctx;
	if (w->query.list == LIST_NONE) {
		result_walk(w->s, show_row, w);
		return CLAQUE_OK;
	}
	rc = list_walk(w->s->store, &w->query, show_row, w, err);
	return w->stopped ? err_set(err, CLAQUE_STOPPED, "the export was stopped; nothing was"
				    " written") : rc;
}

struct marked {
	struct session *s;
	size_t count;
};

static bool
count_marked(void *ctx, const struct row *row)
{
	struct marked *m = ctx;

	m->count += session_marked(m->s, session_row_subject(m->s, row));
	return true;
}

size_t
session_marks_here(struct session *s)
{
	enum subject_kind kind = list_subject(session_list(s));
	struct marked marked = { s, 0 };
	size_t n = 0;

	if (session_list(s) == LIST_NONE) {
		result_walk(s, count_marked, &marked);
		return marked.count;
	}
	for (size_t i = 0; i < s->mark_count; i++)
		n += s->marks[i].kind == kind;
	return n;
}

static struct shown
as_shown(struct session *s)
{
	struct shown w = { .s = s, .query = session_query(s),
			   .shape = desk_shape(s, session_list(s)),
			   .marked_only = session_marks_here(s) > 0 };
	size_t count;
	const struct column *columns = session_columns(s, &count);

	for (size_t i = 0; i < w.shape.count; i++)
		w.columns[i] = columns[w.shape.columns[i]];
	return w;
}

/* That rows left the case is an act of the analyst, as with any other export. */
static enum claque_rc
write_ledger(const struct shown *w, const char *form, const char *path, int64_t rows,
	     struct claque_err *err)
{
	struct arena whole = arena_new(EXPORT_SCRATCH), perm = whole;
	struct case_context c = session_context(w->s, &perm);
	json_t *o = json_object();
	struct buf payload;
	enum claque_rc rc;

	if (o == NULL)
		base_oom();
	json_put(o, "format", json_text(str_of(form)));
	json_put(o, "list", json_text(str_of(list_name(w->query.list))));
	json_put(o, "marked_only", json_boolean(w->marked_only));
	if (w->query.list == LIST_NONE)
		json_put(o, "query", json_text(console_query(w->s)));
	json_put(o, "path", json_text(str_of(path)));
	json_put(o, "rows", json_integer(rows));
	buf_init(&payload, PAYLOAD_MAX);
	json_canonical(&payload, o);
	rc = case_record(&c, STR("export"), str_of(w->s->path), buf_str(&payload), err);
	buf_done(&payload);
	json_decref(o);
	arena_free(whole);
	return rc;
}

static unsigned
export_shown(struct session *s, size_t form, struct claque_str path)
{
	struct arena whole = arena_new(EXPORT_SCRATCH), perm = whole, room = arena_new(ROW_SCRATCH);
	const char *name = str_z(&perm, path);
	struct shown w = as_shown(s);
	struct rowset table = { .name = list_name(w.query.list), .columns = w.columns,
				.column_count = w.shape.count, .ctx = &w, .walk = walk_shown };
	struct claque_err err;
	int64_t rows;
	enum claque_rc rc;

	w.scratch = room;
	rc = export_one(&table, forms[form].form, name, &rows, &err);

	if (rc == CLAQUE_OK && s->writable)
		rc = write_ledger(&w, forms[form].name, name, rows, &err);
	if (rc != CLAQUE_OK)
		session_fail(s, &err);
	else
		session_say(s, "%s %s%s with %zu columns: %s", count_grouped(&perm, rows).p,
			    w.marked_only ? "marked " : "", list_name(w.query.list),
			    w.shape.count, name);
	session_forget(s);
	arena_free(room);
	arena_free(whole);
	return SESSION_REDRAW | SESSION_RELOAD;
}

static unsigned
export_case(struct session *s, struct claque_str format, struct claque_str path)
{
	struct claque_err err;
	enum claque_rc rc;

	if (s->hooks.export_case == NULL) {
		session_say(s, "the whole case cannot be exported here: claque export does it");
		return SESSION_REDRAW;
	}
	if (session_in_workshop(s)) {
		session_say(s, "the whole case has every name; end the workshop first: :workshop");
		return SESSION_REDRAW;
	}
	rc = s->hooks.export_case(s->hooks.ctx, format, path, &s->progress, &err);
	if (rc == CLAQUE_STOPPED)
		session_say(s, "%s", err.msg);
	else if (rc != CLAQUE_OK)
		session_fail(s, &err);
	else
		session_say(s, "exported as " STR_FMT " to " STR_FMT, STR_ARG(format),
			    STR_ARG(path));
	session_forget(s);
	return SESSION_REDRAW | SESSION_RELOAD;
}

static unsigned
export_as(struct session *s, struct claque_str format, struct claque_str path)
{
	if (str_eq(format, STR("case")) && str_cut(&path, ' ', &format))
		return export_case(s, format, str_trim(path));
	for (size_t i = 0; i < FORM_COUNT_OF; i++)
		if (str_eq(format, str_of(forms[i].name)))
			return export_shown(s, i, path);
	if (str_eq(format, STR("method")))
		return trail_export(s, path);
	return export_case(s, format, path);
}

unsigned
session_export(struct session *s, struct claque_str format, struct claque_str path)
{
	unsigned bits;

	jobs_begin(s, "export " STR_FMT, STR_ARG(format));
	bits = export_as(s, format, path);
	jobs_end(s, true);
	return bits;
}
