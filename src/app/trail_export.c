/*
 * trail_export.c - the trail as the method section of a report: how somebody else
 * gets to the pinned findings. What each step tells is what claque open takes
 * (--screen, --subject, --lens), so that it can be repeated without this session.
 */
#include "config.h"

#include "app/trail.h"

#include <unistd.h>

#include "app/session_impl.h"
#include "base/clock.h"
#include "case/case.h"
#include "export/mdtext.h"
#include "export/sink.h"
#include "text/json.h"

enum { METHOD_SCRATCH = 4 << 20, PAYLOAD_MAX = 16 << 10 };

struct method {
	struct session *s;
	struct arena perm;
	bool told[TRAIL_MAX];		/* steps that are in it */
	size_t steps, pinned;
};

static void
choose(struct method *m)
{
	const struct session *s = m->s;

	for (size_t i = 0; i < s->step_count; i++)
		m->pinned += s->steps[i].pinned;
	for (size_t i = s->step_count; i-- > 0; ) {
		m->told[i] = m->told[i] || (m->pinned > 0 ? s->steps[i].pinned : i == s->at);
		m->steps += m->told[i];
		if (m->told[i])
			m->told[s->steps[i].parent] = true;
	}
}

static void
add_data(struct method *m, struct buf *out, struct claque_str text)
{
	if (m->s->mask != NULL)
		text = mask_text(m->s->mask, &m->perm, text);
	if (text.len == 0)
		buf_addc(out, '-');
	else
		mdtext_line(out, m->perm, text);
}

static void
add_count(struct method *m, struct buf *out, int64_t n)
{
	struct arena scratch = m->perm;

	buf_add(out, n < 0 ? STR("?") : n == SESSION_MANY ? STR("more than 10,000") :
		count_grouped(&scratch, n));
}

static void
add_order(struct method *m, struct buf *out, const struct place *p)
{
	const struct pane *pane = &p->panes[p->pane];
	size_t count;
	const struct column *columns = list_columns(screen_get(p->screen)->lists[p->pane], &count);

	if (pane->sort < 0 || (size_t)pane->sort >= count) {
		buf_addc(out, '-');
		return;
	}
	mdtext_line(out, m->perm, str_of(columns[pane->sort].name));
	buf_addz(out, pane->descending ? ", largest first" : ", smallest first");
}

static void
add_where(struct method *m, struct buf *out, const struct place *p)
{
	buf_addz(out, screen_get(p->screen)->name);
	buf_addz(out, " | ");
	add_data(m, out, session_place_name(m->s, p, &m->perm));
	if (p->subject.kind != SUBJECT_none)
		buf_addf(out, " (%s:%lld)", subject_kind_name(p->subject.kind),
			 (long long)p->subject.id);
	buf_addz(out, " | ");
	add_data(m, out, lens_text(&m->perm, &p->lens));
	buf_addz(out, " | ");
	add_order(m, out, p);
}

static void
add_step(struct method *m, struct buf *out, size_t at)
{
	const struct trail_step *step = &m->s->steps[at];
	struct arena kept = m->perm, scratch = kept;

	buf_addf(out, "| %zu | ", at + 1);
	if (at > 0)
		buf_addf(out, "%zu | ", step->parent + 1);
	else
		buf_addz(out, "- | ");
	add_where(m, out, &step->place);
	buf_addz(out, " | ");
	add_count(m, out, step->rows);
	buf_addz(out, " of ");
	add_count(m, out, step->whole);
	buf_addf(out, " %s | ", list_name(screen_get(step->place.screen)->lists[step->place.pane]));
	buf_add(out, step->taken_at > 0 ? clock_text(&scratch, step->taken_at, CLOCK_SECOND) :
		STR("-"));
	buf_addz(out, step->pinned ? " | pinned" : " | ");
	if (step->name[0] != '\0') {
		buf_addz(out, step->pinned ? ": " : "");
		add_data(m, out, str_of(step->name));
	}
	buf_addz(out, " |\n");
	m->perm = kept;
}

static void
add_all(struct method *m, struct buf *out)
{
	struct arena scratch = m->perm;

	buf_addz(out, "## Method\n\nCase ");
	mdtext_line(out, m->perm, str_of(m->s->name));
	buf_addz(out, ", looked at by ");
	add_data(m, out, m->s->who);
	buf_addf(out, "; written " STR_FMT " UTC. ",
		 STR_ARG(clock_text(&scratch, clock_now(), CLOCK_SECOND)));
	buf_addf(out, "%zu of %zu steps: %s.\n", m->steps, m->s->step_count, m->pinned > 0 ?
		 "those that were pinned, and those that lead to them" :
		 "the way to the last one (none is pinned)");
	buf_addz(out, "\nEach step begins where the one named under *after* ended. Rows: under the"
		 " lens, of all without it. `claque open CASE --screen SCREEN --subject KIND:ID --lens"
		 " LENS` shows a step again; links in a lens are written so that they cannot be"
		 " followed.\n\n"
		 "| step | after | screen | subject | lens | order | rows | taken, UTC | remark |\n"
		 "|--:|--:|---|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < m->s->step_count; i++)
		if (m->told[i])
			add_step(m, out, i);
}

/* That something left the case is an act of the analyst, as with any other export. */
static enum claque_rc
write_ledger(struct method *m, const char *path, struct claque_err *err)
{
	struct case_context c = session_context(m->s, &m->perm);
	json_t *o = json_object();
	struct buf payload;
	enum claque_rc rc;

	if (o == NULL)
		base_oom();
	json_put(o, "format", json_text(STR("method")));
	json_put(o, "path", json_text(str_of(path)));
	json_put(o, "steps", json_integer((json_int_t)m->steps));
	buf_init(&payload, PAYLOAD_MAX);
	json_canonical(&payload, o);
	rc = case_record(&c, STR("export"), str_of(m->s->path), buf_str(&payload), err);
	buf_done(&payload);
	json_decref(o);
	return rc;
}

static enum claque_rc
write_file(struct method *m, const char *path, struct claque_err *err)
{
	struct sink sink;
	enum claque_rc rc = sink_open(&sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	add_all(m, &sink.buf);
	rc = sink_close(&sink, CLAQUE_OK, err);
	if (rc != CLAQUE_OK)
		(void)unlink(path);
	return rc;
}

unsigned
trail_export(struct session *s, struct claque_str path)
{
	struct arena whole = arena_new(METHOD_SCRATCH);
	struct method m = { .s = s, .perm = whole };
	const char *name = str_z(&m.perm, path);
	struct claque_err err;
	enum claque_rc rc;

	trail_keep(s);
	choose(&m);
	rc = write_file(&m, name, &err);
	if (rc == CLAQUE_OK && s->writable)
		rc = write_ledger(&m, name, &err);
	if (rc != CLAQUE_OK)
		session_fail(s, &err);
	else
		session_say(s, "%zu of %zu steps as a method section: %s", m.steps, s->step_count,
			    name);
	session_forget(s);
	arena_free(whole);
	return SESSION_REDRAW | SESSION_RELOAD;
}
