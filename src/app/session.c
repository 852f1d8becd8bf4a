#include "config.h"

#include "app/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/session_impl.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"

enum { PERM_BYTES = 1 << 20, NAME_SCRATCH = 256 << 10, COMMAND_MAX = 64 << 10 };

static struct pane
fresh_pane(void)
{
	return (struct pane){ .sort = -1, .column = -1 };
}

static struct place
fresh_place(enum screen_id screen, struct subject subject, const struct lens *lens)
{
	return (struct place){
		.screen = screen, .subject = subject, .lens = *lens,
		.panes = { fresh_pane(), fresh_pane() },
		.time = { .anchor = CLAQUE_NO_TIME }, .picture = { .seed = 1 },
	};
}

void
session_reset(struct session *s)
{
	struct lens open = lens_open();

	s->steps[0] = (struct trail_step){
		.place = fresh_place(SCREEN_CLUSTERS, (struct subject){ 0 }, &open),
		.taken_at = clock_now(), .rows = -1, .whole = -1,
	};
	s->step_count = 1;
	s->at = 0;
}

static enum claque_rc
open_store(struct session *s, bool read_only, struct claque_err *err)
{
	bool opened = false, may_write = store_writable(s->path, err) == CLAQUE_OK;
	enum claque_rc rc;

	if (!read_only && may_write) {
		rc = store_open(&s->store, s->path, STORE_WRITE, err);
		opened = rc == CLAQUE_OK;
		if (opened)
			rc = store_claim(s->store, err);
		s->writable = rc == CLAQUE_OK;
		if (rc != CLAQUE_EBUSY)
			return rc;
		store_close(s->store);
	}
	rc = store_open(&s->store, s->path, STORE_READ, err);
	if (rc == CLAQUE_OK && !read_only)
		session_say(s, "opened for reading only: %s", !may_write ?
			    "you may not write the case or its folder; a copy takes notes and tags" :
			    opened ?
			    "the case is open in another workbench; notes and tags have to wait" :
			    "another process is writing this case; notes and tags have to wait");
	return rc;
}

enum claque_rc
session_open(struct session **out, const struct session_options *options, struct claque_err *err)
{
	struct session *s = calloc(1, sizeof(*s));
	enum claque_rc rc;

	if (s == NULL)
		base_oom();
	s->perm = arena_new(PERM_BYTES);
	s->path = str_z(&s->perm, str_of(options->path));
	s->name = str_z(&s->perm, store_title(options->path));
	s->who = str_dup(&s->perm, options->who);
	s->hooks = options->hooks;
	session_reset(s);
	rc = open_store(s, options->read_only, err);
	if (rc == CLAQUE_OK)
		rc = store_count_all(s->store, &s->counts, err);
	if (rc != CLAQUE_OK) {
		session_close(s);
		return rc;
	}
	sets_load(s);
	console_load(s);
	session_load(s);
	desk_load(s);
	views_load(s);
	*out = s;
	return CLAQUE_OK;
}

void
session_close(struct session *s)
{
	struct arena perm;

	if (s == NULL)
		return;
	if (s->store != NULL)
		trail_keep(s);
	session_forget_all(s);
	session_drop_count(s);
	worker_free(s->counter);
	console_free(s);
	lesson_end(s);
	merging_free(s);
	argued_free(s);
	pattern_free(s->pattern);
	free(s->marks);
	free(s->views);
	sets_free(s);
	mask_free(s->mask);
	store_close(s->store);
	perm = (struct arena){ s->perm.end - PERM_BYTES, s->perm.end };
	arena_free(perm);
	free(s);
}

void
session_look(struct session *s)
{
	struct claque_err err;

	if (!store_changed(s->store))
		return;
	session_forget(s);
	if (store_count_all(s->store, &s->counts, &err) != CLAQUE_OK)
		session_fail(s, &err);
}

const char *
session_name(const struct session *s)
{
	return s->name;
}

bool
session_writable(const struct session *s)
{
	return s->writable;
}

bool
session_can_export(const struct session *s)
{
	return s->hooks.export_case != NULL;
}

const char *
session_export_formats(const struct session *s)
{
	return s->hooks.export_formats != NULL ? s->hooks.export_formats : "";
}

const struct store_counts *
session_counts(const struct session *s)
{
	return &s->counts;
}

struct place *
session_place(struct session *s)
{
	return &s->steps[s->at].place;
}

const struct place *
session_here(const struct session *s)
{
	return &s->steps[s->at].place;
}

struct claque_str
session_true_name(struct session *s, struct subject subject, struct arena *perm)
{
	struct claque_str name;
	struct claque_err err;
	enum claque_rc rc;

	if (subject.kind == SUBJECT_none)
		return STR("");
	if (subject_is_set(subject.kind))
		return str_fmt(perm, "%zu %s", session_set_size(s, subject.id),
			       subject.kind == SUBJECT_set ? "accounts" :
			       subject_kind_name(subject.kind));
	if (subject.kind == SUBJECT_query)
		return str_dup(perm, console_text(s, subject.id));
	rc = list_subject_name(s->store, subject, perm, &name, &err);
	if (rc == CLAQUE_OK)
		return name;
	if (rc != CLAQUE_ENOTFOUND)
		session_fail(s, &err);
	return str_fmt(perm, "%s %lld", subject_kind_name(subject.kind), (long long)subject.id);
}

struct claque_str
session_subject_name(struct session *s, struct subject subject, struct arena *perm)
{
	struct claque_str name;

	if (s->mask != NULL && subject.kind == SUBJECT_account)
		return mask_account(s->mask, perm, subject.id);
	name = session_true_name(s, subject, perm);
	return s->mask != NULL ? mask_text(s->mask, perm, name) : name;
}

enum claque_rc
session_find(struct session *s, struct claque_str name, struct subject *out,
	     struct claque_err *err)
{
	static const enum subject_kind kinds[] = { SUBJECT_cluster, SUBJECT_account,
						   SUBJECT_source };
	enum claque_rc rc = CLAQUE_ENOTFOUND;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && rc == CLAQUE_ENOTFOUND; i++)
		rc = list_find_subject(s->store, kinds[i], name, out, err);
	return rc;
}

static void
name_place(struct session *s, struct place *p)
{
	struct arena whole = arena_new(NAME_SCRATCH), perm = whole;
	struct claque_str name = str_head(session_true_name(s, p->subject, &perm),
					  PLACE_NAME_MAX - 1);

	memcpy(p->name, name.len > 0 ? name.p : "", name.len);
	p->name[name.len] = '\0';
	arena_free(whole);
}

unsigned
session_go_through(struct session *s, enum screen_id screen, struct subject subject,
		   const struct lens *lens)
{
	const struct place *here = session_here(s);
	struct place to = fresh_place(screen, subject, lens);

	if (here->screen == screen && here->subject.kind == subject.kind &&
	    here->subject.id == subject.id)
		return session_set_lens(s, lens);
	to.time = here->time;
	to.time.lane = 0;
	name_place(s, &to);
	trail_push(s, &to);
	return SESSION_REDRAW;
}

unsigned
session_go(struct session *s, enum screen_id screen, struct subject subject)
{
	struct lens lens = session_here(s)->lens;

	return session_go_through(s, screen, subject, &lens);
}

void
session_go_to(struct session *s, const struct place *place, const struct lens *lens)
{
	struct place to = *place;

	to.lens = *lens;
	name_place(s, &to);
	trail_push(s, &to);
}

/* "cluster:17", or a name. */
static enum claque_rc
read_subject(struct session *s, struct claque_str text, struct subject *out,
	     struct claque_err *err)
{
	struct claque_str rest = text, kind;
	struct arena whole, perm;
	enum claque_rc rc;

	*out = (struct subject){ 0 };
	if (text.len == 0)
		return CLAQUE_OK;
	if (!str_cut(&rest, ':', &kind) || !subject_kind_parse(kind, &out->kind) ||
	    !str_to_i64(rest, &out->id))
		return session_find(s, text, out, err);
	if (out->kind == SUBJECT_query && console_text(s, out->id).len == 0)
		return err_set(err, CLAQUE_ENOTFOUND, "no query %lld is remembered",
			       (long long)out->id);
	whole = perm = arena_new(NAME_SCRATCH);
	rc = list_subject_name(s->store, *out, &perm, &rest, err);
	arena_free(whole);
	return rc;
}

static enum claque_rc
read_query(struct session *s, struct claque_str text, struct subject *out, struct claque_err *err)
{
	size_t at;
	enum claque_rc rc = store_sql_check(s->store, text, &at, err);

	if (rc == CLAQUE_OK)
		*out = (struct subject){ SUBJECT_query, console_keep(s, text) };
	return rc;
}

enum claque_rc
session_read_lens(struct claque_str text, struct lens *out, struct claque_err *err)
{
	struct pattern *pattern = NULL;
	enum claque_rc rc = lens_parse(text, out, err);

	if (rc == CLAQUE_OK && out->text[0] != '\0')
		rc = pattern_new(&pattern, str_of(out->text), err);
	pattern_free(pattern);
	for (unsigned i = 0; i < out->facet_count && rc == CLAQUE_OK; i++)
		if (!list_facet_known(str_of(out->facets[i].name)))
			rc = err_set(err, CLAQUE_EINPUT, "lens: no list has a facet '%s'; f shows"
				     " those of a list", out->facets[i].name);
	return rc == CLAQUE_OK ? rc : (err->rc = CLAQUE_EUSAGE);
}

/* Gone to before or not, it is seen as at first: who asks from outside knows of no cursor. */
static void
begin_at(struct session *s, enum screen_id screen, struct subject subject, const struct lens *lens)
{
	struct place to = fresh_place(screen, subject, lens);
	const struct place *home = &s->steps[0].place;

	s->at = 0;
	name_place(s, &to);
	if (home->screen != screen || subject.kind != SUBJECT_none || !lens_eq(&home->lens, lens))
		trail_push(s, &to);
	s->steps[s->at].place = to;
	s->steps[s->at].next = 0;
	session_save(s);
}

enum claque_rc
session_jump(struct session *s, struct claque_str screen, struct claque_str subject,
	     struct claque_str lens, struct claque_err *err)
{
	enum screen_id id;
	struct subject on;
	struct lens through;
	enum claque_rc rc;

	if (!screen_parse(screen, &id))
		return err_set(err, CLAQUE_EUSAGE, "there is no screen '" STR_FMT
			       "'; claque screen --help lists them",
			       STR_ARG(screen));
	rc = session_read_lens(lens, &through, err);
	if (rc == CLAQUE_OK && id == SCREEN_CONSOLE && str_find(subject, STR(" "), 0) < subject.len)
		rc = read_query(s, subject, &on, err);
	else if (rc == CLAQUE_OK)
		rc = read_subject(s, subject, &on, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (!screen_takes(id, on.kind))
		return err_set(err, CLAQUE_EUSAGE, "the screen '" STR_FMT "' does not stand on %s",
			       STR_ARG(screen), on.kind == SUBJECT_none ? "nothing: name a subject" :
			       subject_kind_name(on.kind));
	begin_at(s, id, on, &through);
	return CLAQUE_OK;
}

enum claque_rc
session_set_other(struct session *s, struct claque_str name, struct claque_err *err)
{
	struct place *here = session_place(s);
	struct subject other;
	enum claque_rc rc;

	if (here->screen != SCREEN_COMPARE)
		return err_set(err, CLAQUE_EUSAGE, "only the screen compare has two sides");
	rc = read_subject(s, name, &other, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (other.kind != here->subject.kind || other.id == here->subject.id)
		return err_set(err, CLAQUE_EUSAGE, "%s is compared with another %s, not with '"
			       STR_FMT "'", subject_kind_name(here->subject.kind),
			       subject_kind_name(here->subject.kind), STR_ARG(str_head(name, 80)));
	here->picture.other = other;
	session_save(s);
	return CLAQUE_OK;
}

unsigned
session_set_lens(struct session *s, const struct lens *lens)
{
	struct place to = *session_here(s);

	if (lens_eq(&to.lens, lens)) {
		session_save(s);
		return SESSION_REDRAW;
	}
	to.lens = *lens;
	trail_push(s, &to);
	return SESSION_REDRAW;
}

unsigned
session_set_pane(struct session *s, int pane)
{
	struct place *p = session_place(s);

	if (pane >= 0 && pane < SESSION_PANES &&
	    screen_get(p->screen)->lists[pane] != LIST_COUNT)
		p->pane = pane;
	return SESSION_REDRAW;
}

unsigned
session_reload(struct session *s)
{
	struct claque_err err;

	session_forget(s);
	console_forget(s);
	if (store_count_all(s->store, &s->counts, &err) != CLAQUE_OK)
		session_fail(s, &err);
	return SESSION_REDRAW | SESSION_RELOAD;
}

struct claque_str
session_message(const struct session *s)
{
	return str_of(s->message);
}

bool
session_message_is_error(const struct session *s)
{
	return s->is_error;
}

void
session_say(struct session *s, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(s->message, sizeof(s->message), fmt, args);
	va_end(args);
	s->is_error = false;
}

void
session_fail(struct session *s, const struct claque_err *err)
{
	session_say(s, "%s", err->msg);
	s->is_error = true;
	if (s->fault.rc == CLAQUE_OK && (err->rc == CLAQUE_EIO || err->rc == CLAQUE_EBUSY ||
					  err->rc == CLAQUE_EINPUT))
		s->fault = *err;
}

enum claque_rc
session_fault(const struct session *s, struct claque_err *err)
{
	if (s->fault.rc != CLAQUE_OK)
		*err = s->fault;
	return s->fault.rc;
}

void
session_hush(struct session *s)
{
	s->message[0] = '\0';
	s->is_error = false;
}

struct claque_str
session_command(const struct session *s, struct arena *perm)
{
	const struct place *p = session_here(s);
	struct arena scratch = arena_new(NAME_SCRATCH), room = scratch;
	struct claque_str lens = lens_text(&room, &p->lens), command;
	struct buf out;

	buf_init(&out, COMMAND_MAX);
	buf_addz(&out, "claque open ");
	buf_add_quoted(&out, str_of(s->path));
	buf_addf(&out, " --screen %s", screen_get(p->screen)->name);
	if (p->subject.kind == SUBJECT_query) {
		buf_addz(&out, " --subject ");
		buf_add_quoted(&out, console_query(s));
	} else if (p->subject.kind != SUBJECT_none) {
		buf_addf(&out, " --subject %s:%lld", subject_kind_name(p->subject.kind),
			 (long long)p->subject.id);
	}
	if (p->screen == SCREEN_COMPARE && p->picture.other.kind != SUBJECT_none)
		buf_addf(&out, " --with %s:%lld", subject_kind_name(p->picture.other.kind),
			 (long long)p->picture.other.id);
	if (lens.len > 0) {
		buf_addz(&out, " --lens ");
		buf_add_quoted(&out, lens);
	}
	command = str_dup(perm, buf_str(&out));
	buf_done(&out);
	arena_free(scratch);
	return command;
}
