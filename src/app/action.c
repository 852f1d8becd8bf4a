#include "config.h"

#include "app/action.h"

#include "app/argue.h"
#include "app/lesson_run.h"
#include "app/merging.h"
#include "app/trail.h"
#include "app/views.h"
#include "base/err.h"

static const struct action actions[] = {
#define X(id, name_, label_, keys_, group_, needs_, args_, help_) \
	[ACTION_##id] = { .name = name_, .label = label_, .keys = keys_, .args = args_, \
			  .help = help_, .group = GROUP_##group_, .needs = needs_ },
	ACTION_LIST(X)
#undef X
};

static const char *const groups[] = {
#define X(id, heading) [GROUP_##id] = heading,
	ACTION_GROUP_LIST(X)
#undef X
};

static const char *const missing[] = {
#define X(id, message) [NEED_BIT_##id] = message,
	NEED_LIST(X)
#undef X
};

const struct action *
action_get(enum action_id id)
{
	return &actions[id];
}

const char *
action_group_name(enum action_group group)
{
	return groups[group];
}

static bool
has_subject(struct session *s)
{
	return session_subject(s).kind != SUBJECT_none;
}

/* What of the needs is met now. */
static unsigned
what_is_there(struct session *s)
{
	bool row = session_current(s) != NULL;
	enum screen_id screen = session_here(s)->screen;
	bool picture = screen == SCREEN_MATRIX || screen == SCREEN_COMPARE ||
		       screen == SCREEN_TIMELINE;

	return (row ? NEED(ROW) : 0) | (has_subject(s) ? NEED(SUBJECT) : 0) |
	       (session_writable(s) ? NEED(WRITABLE) : 0) |
	       (lens_is_open(&session_here(s)->lens) ? 0 : NEED(LENS)) |
	       (session_step_at(s) > 0 ? NEED(BACK) : 0) |
	       (session_step_at(s) + 1 < session_steps(s) ? NEED(FORWARD) : 0) |
	       (session_pattern(s).len > 0 ? NEED(PATTERN) : 0) |
	       (session_mark_count(s) > 0 ? NEED(MARKS) : 0) |
	       (session_in_workshop(s) ? NEED(WORKSHOP) : 0) |
	       (screen == SCREEN_POSTS ? NEED(TEXT) : 0) |
	       (screen == SCREEN_TIMELINE ? NEED(TIME) : 0) |
	       (picture ? NEED(PICTURE) : 0) |
	       (picture || screen == SCREEN_EVIDENCE ? NEED(CONTROL) : 0);
}

const char *
action_missing(struct session *s, enum action_id id)
{
	unsigned lacking = actions[id].needs;

	if (lacking != 0)
		lacking &= ~what_is_there(s);
	for (unsigned i = 0; i < NEED_BIT_COUNT; i++)
		if (lacking & 1u << i)
			return missing[i];
	return NULL;
}

const char *
action_refused(struct session *s, enum action_id id)
{
	bool was;

	if ((actions[id].needs & (NEED(ROW) | NEED(SUBJECT))) != 0 && session_current(s) == NULL &&
	    session_shows_some(s)) {
		was = session_patient(s, true);
		(void)session_current(s);
		(void)session_patient(s, was);
	}
	return action_missing(s, id);
}

/* Where a reason that names no posts was measured. */
static enum screen_id
measured_on(struct claque_str signal)
{
	if (str_starts(signal, STR("co-")))
		return SCREEN_POSTS;
	return str_eq(signal, STR("profile-wave")) ? SCREEN_CHANGES : SCREEN_ACCOUNTS;
}

/* To the posts that a reason names as examples, or to what it was measured on. */
static unsigned
open_reason(struct session *s, const struct row *row)
{
	struct subject reason = { SUBJECT_evidence, row->id };
	const struct value *signal = session_value(s, row, "signal");
	const struct value *name = session_value(s, row, "cluster");
	struct subject cluster;
	struct claque_err err;

	if (session_side_count(s, LIST_POSTS, reason) > 0)
		return session_go(s, SCREEN_POSTS, reason);
	if (signal == NULL || name == NULL ||
	    session_find(s, name->s, &cluster, &err) != CLAQUE_OK) {
		session_say(s, "there is nothing behind this reason");
		return SESSION_REDRAW;
	}
	return session_go(s, measured_on(signal->s), cluster);
}

static unsigned
open_row(struct session *s, struct claque_str arg)
{
	const struct row *row = session_current(s);
	struct subject on = session_list(s) == LIST_NONE ? session_subject(s) :
			    session_row_subject(s, row);
	enum screen_id screen;

	(void)arg;
	if (row == NULL) {
		session_say(s, "there is no row here");
		return SESSION_REDRAW;
	}
	if (session_list(s) == LIST_EVIDENCE)
		return open_reason(s, row);
	if (on.kind == SUBJECT_post && session_here(s)->screen == SCREEN_ACCOUNT)
		return session_go(s, SCREEN_SOURCES, on);
	if (on.kind == SUBJECT_post)
		on = session_author(s, on);
	if (on.kind == SUBJECT_none && (session_list(s) == LIST_NOTES || session_list(s) == LIST_CLAIMS))
		on = session_target(s, row->id);
	if (on.kind == SUBJECT_period)
		return session_open_period(s, on.id);
	screen = screen_of(on.kind);
	if (on.kind == SUBJECT_none || on.kind == SUBJECT_query) {
		session_say(s, session_list(s) == LIST_NONE ? "no column of the row names something"
			    " of the case: handle, account_id, post_id, cluster, key ... do" :
			    "there is nothing behind this row");
		return SESSION_REDRAW;
	}
	return session_go(s, screen, on);
}

/* A row that has no reasons of its own is asked for its cluster's. */
static unsigned
why(struct session *s, struct claque_str arg)
{
	struct subject on = session_subject(s);

	(void)arg;
	if (!screen_takes(SCREEN_EVIDENCE, on.kind))
		on = session_here(s)->subject;
	if (on.kind == SUBJECT_none || !screen_takes(SCREEN_EVIDENCE, on.kind)) {
		session_say(s, "scores belong to clusters and accounts: choose one of those");
		return SESSION_REDRAW;
	}
	return session_go(s, SCREEN_EVIDENCE, on);
}

static unsigned
go_to_screen(struct session *s, struct claque_str name)
{
	struct subject here = session_here(s)->subject;
	enum screen_id screen;

	if (!screen_parse(name, &screen)) {
		session_say(s, "there is no screen '" STR_FMT "'", STR_ARG(name));
		return SESSION_REDRAW;
	}
	if (!screen_takes(screen, here.kind))
		here = (struct subject){ 0 };
	if (!screen_takes(screen, here.kind)) {
		session_say(s, "%s: choose one first, Enter opens it", screen_get(screen)->title);
		return SESSION_REDRAW;
	}
	return session_go(s, screen, here);
}

static unsigned
leave(struct session *s, struct claque_str arg)
{
	const struct place *p = session_here(s);

	(void)arg;
	if (trail_up(s))
		return SESSION_REDRAW;
	if (p->screen != SCREEN_CLUSTERS)
		return session_go(s, SCREEN_CLUSTERS, (struct subject){ 0 });
	return SESSION_QUIT;
}

static unsigned
quit(struct session *s, struct claque_str arg)
{
	(void)s, (void)arg;
	return SESSION_QUIT;
}

static unsigned
back(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_back(s);
}

static unsigned
forward(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_forward(s);
}

static unsigned
find(struct session *s, struct claque_str pattern)
{
	struct claque_err err;

	if (session_set_pattern(s, pattern, &err) != CLAQUE_OK) {
		session_fail(s, &err);
		return SESSION_REDRAW;
	}
	return pattern.len > 0 ? session_find_row(s, true) : SESSION_REDRAW;
}

static unsigned
find_next(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_find_row(s, true);
}

static unsigned
find_previous(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_find_row(s, false);
}

static unsigned
filter(struct session *s, struct claque_str text)
{
	struct lens lens;
	struct claque_err err;

	if (session_read_lens(text, &lens, &err) != CLAQUE_OK) {
		session_fail(s, &err);
		return SESSION_REDRAW;
	}
	return session_set_lens(s, &lens);
}

static unsigned
drop(struct session *s, struct claque_str arg)
{
	struct lens lens = session_here(s)->lens;

	(void)arg;
	lens_drop_last(&lens);
	return session_set_lens(s, &lens);
}

static unsigned
clear(struct session *s, struct claque_str arg)
{
	struct lens lens = lens_open();

	(void)arg;
	return session_set_lens(s, &lens);
}

static unsigned
mark(struct session *s, struct claque_str arg)
{
	struct subject on = session_row_subject(s, session_current(s));
	const struct place *p = session_here(s);

	(void)arg;
	if (on.kind == SUBJECT_none)
		return SESSION_REDRAW;
	(void)session_mark_toggle(s, on);
	return session_select(s, p->panes[p->pane].index + 1);
}

static unsigned
mark_all(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_mark_all(s, false);
}

static unsigned
mark_invert(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_mark_all(s, true);
}

static unsigned
mark_none(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_mark_none(s);
}

static unsigned
pin(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_annotate(s, ANNOTATION_pin, STR(""));
}

static unsigned
tag(struct session *s, struct claque_str text)
{
	return session_annotate(s, ANNOTATION_tag, text);
}

static unsigned
note(struct session *s, struct claque_str text)
{
	return session_annotate(s, ANNOTATION_note, text);
}

static unsigned
undo(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_undo(s);
}

static unsigned
redo(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_redo(s);
}

/* The column sorted by again is turned round; numbers begin with the largest. */
static unsigned
sort(struct session *s, struct claque_str name)
{
	const struct place *p = session_here(s);
	const struct pane *pane = &p->panes[p->pane];
	size_t count;
	const struct column *columns = session_columns(s, &count);
	size_t at = column_find(columns, count, name);
	bool text, again;

	if (at == count) {
		session_say(s, "there is no column '" STR_FMT "'", STR_ARG(name));
		return SESSION_REDRAW;
	}
	text = columns[at].form == FORM_TEXT || columns[at].form == FORM_ID;
	again = pane->sort == (int)at;
	return session_sort(s, (int)at, again ? !pane->descending : !text);
}

static unsigned
sort_this(struct session *s, bool descending)
{
	const struct place *p = session_here(s);
	const struct pane *pane = &p->panes[p->pane];
	int column = pane->column >= 0 ? pane->column : pane->sort;

	return session_sort(s, column >= 0 ? column : 0, descending);
}

static unsigned
ascending(struct session *s, struct claque_str arg)
{
	(void)arg;
	return sort_this(s, false);
}

static unsigned
descending(struct session *s, struct claque_str arg)
{
	(void)arg;
	return sort_this(s, true);
}

static unsigned
other_pane(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_set_pane(s, 1 - session_here(s)->pane);
}

static unsigned
reload(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_reload(s);
}

/* "markdown report.md": the path may hold blanks. */
static unsigned
export(struct session *s, struct claque_str arg)
{
	struct claque_str format;

	if (!str_cut(&arg, ' ', &format) || str_trim(arg).len == 0) {
		session_say(s, "export: write a format and a path, as in: csv accounts.csv");
		return SESSION_REDRAW;
	}
	return session_export(s, format, str_trim(arg));
}

static unsigned
by_number(struct session *s, struct claque_str arg)
{
	struct picture_place *how = &session_place(s)->picture;

	(void)arg;
	how->by_number = !how->by_number;
	session_say(s, how->by_number ? "cells show how often" : "cells show how soon");
	return SESSION_REDRAW;
}

/* Seeds are small numbers, so that one can say which control was looked at. */
static unsigned
another_control(struct session *s, struct claque_str arg)
{
	enum { SEEDS = 99 };
	struct picture_place *how = &session_place(s)->picture;

	(void)arg;
	how->seed = how->seed % SEEDS + 1;
	session_say(s, "control drawn by seed %d", how->seed);
	return SESSION_REDRAW;
}

static bool
subject_eq(struct subject a, struct subject b)
{
	return a.kind == b.kind && a.id == b.id;
}

/* The mark of the same kind that follows `after`, around; none if there is no other. */
static struct subject
next_mark(const struct session *s, struct subject one, struct subject after)
{
	const struct subject *marks = session_marks(s);
	struct subject first = { 0 };
	bool passed = after.kind == SUBJECT_none;

	for (size_t i = 0; i < session_mark_count(s); i++) {
		if (marks[i].kind != one.kind || subject_eq(marks[i], one))
			continue;
		if (passed)
			return marks[i];
		if (first.kind == SUBJECT_none)
			first = marks[i];
		passed = subject_eq(marks[i], after);
	}
	return first;
}

/* The first mark with the next; the row with the only mark; the row with chance. */
static unsigned
compare(struct session *s, struct claque_str arg)
{
	struct place *here = session_place(s);
	struct subject one = session_subject(s), other;

	(void)arg;
	if (here->screen == SCREEN_COMPARE) {
		here->picture.other = next_mark(s, here->subject, here->picture.other);
		return SESSION_REDRAW;
	}
	if (!screen_takes(SCREEN_COMPARE, one.kind)) {
		session_say(s, "accounts and clusters can be compared: choose one of those");
		return SESSION_REDRAW;
	}
	other = next_mark(s, one, (struct subject){ 0 });
	(void)session_go(s, SCREEN_COMPARE, one);
	session_place(s)->picture.other = other;
	return session_set_lens(s, &session_here(s)->lens);
}

static unsigned
answers(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_answers(s);
}

static unsigned
topics(struct session *s, struct claque_str arg)
{
	(void)arg;
	return session_topics(s);
}

static unsigned
lesson(struct session *s, struct claque_str name)
{
	struct claque_err err;

	if (lesson_begin(s, name, &err) != CLAQUE_OK)
		session_fail(s, &err);
	return SESSION_REDRAW;
}

/* What the session does alone; the rest is the screen's. */
static unsigned (*const handlers[ACTION_COUNT])(struct session *s, struct claque_str arg) = {
	[ACTION_OPEN] = open_row, [ACTION_WHY] = why, [ACTION_SCREEN] = go_to_screen,
	[ACTION_BACK] = back, [ACTION_FORWARD] = forward, [ACTION_LEAVE] = leave,
	[ACTION_QUIT] = quit,
	[ACTION_FIND] = find, [ACTION_FIND_NEXT] = find_next,
	[ACTION_FIND_PREVIOUS] = find_previous, [ACTION_FILTER] = filter, [ACTION_DROP] = drop,
	[ACTION_CLEAR] = clear, [ACTION_SAVE_VIEW] = views_save,
	[ACTION_REMOVE_VIEW] = views_remove, [ACTION_RENAME_VIEW] = views_rename,
	[ACTION_MARK] = mark, [ACTION_MARK_ALL] = mark_all,
	[ACTION_MARK_INVERT] = mark_invert, [ACTION_MARK_NONE] = mark_none, [ACTION_PIN] = pin,
	[ACTION_PERIOD] = session_note_period, [ACTION_REWORD] = session_reword,
	[ACTION_TAG] = tag, [ACTION_UNTAG] = session_untag, [ACTION_NOTE] = note,
	[ACTION_UNDO] = undo, [ACTION_REDO] = redo, [ACTION_SORT] = sort,
	[ACTION_ASCENDING] = ascending, [ACTION_DESCENDING] = descending,
	[ACTION_COMPARE] = compare, [ACTION_BY_NUMBER] = by_number, [ACTION_CONTROL] = another_control,
	[ACTION_ANSWERS] = answers, [ACTION_PANE] = other_pane, [ACTION_TOPICS] = topics,
	[ACTION_MERGE] = session_merge, [ACTION_LESSON] = lesson,
	[ACTION_HYPOTHESIS] = session_hypothesis, [ACTION_WITHDRAW] = session_withdraw,
	[ACTION_RELOAD] = reload, [ACTION_EXPORT] = export,
};

unsigned
action_run(struct session *s, enum action_id id, struct claque_str arg, bool *did)
{
	const char *lacking = action_refused(s, id);

	*did = handlers[id] != NULL;
	if (lacking != NULL) {
		*did = true;
		session_say(s, "%s", lacking);
		return SESSION_REDRAW;
	}
	return *did ? handlers[id](s, arg) : 0;
}
