/*
 * dispatch.c - from a key to what it does. An open overlay has the key first; then
 * the table of actions is asked, the view, the screen itself, and the session.
 */
#include "config.h"

#include "tui/view.h"

#include "app/lesson_run.h"
#include "app/merging.h"
#include "app/pivot.h"
#include "app/views.h"

static const struct overlay_ops *const overlays[OVERLAY_COUNT] = {
	[OVERLAY_PIVOTS] = &overlay_pivots, [OVERLAY_PALETTE] = &overlay_palette,
	[OVERLAY_HELP] = &overlay_help, [OVERLAY_SORT] = &overlay_sort,
	[OVERLAY_COLUMNS] = &overlay_columns, [OVERLAY_FACETS] = &overlay_facets,
	[OVERLAY_VIEWS] = &overlay_views, [OVERLAY_TRAIL] = &overlay_trail,
	[OVERLAY_REPLAY] = &overlay_replay, [OVERLAY_LANES] = &overlay_lanes,
	[OVERLAY_RECORD] = &overlay_record, [OVERLAY_JOBS] = &overlay_jobs,
	[OVERLAY_CRUMBS] = &overlay_crumbs, [OVERLAY_FIRST] = &overlay_first,
	[OVERLAY_LESSON] = &overlay_lesson,
	[OVERLAY_CONSOLE] = &overlay_console, [OVERLAY_CONFIRM] = &overlay_confirm,
	[OVERLAY_VERDICT] = &overlay_verdict, [OVERLAY_HIGHLIGHT] = &overlay_highlight,
	[OVERLAY_MERGE] = &overlay_merge,
	[OVERLAY_CLAIM] = &overlay_claim, [OVERLAY_EVIDENCE] = &overlay_evidence,
	[OVERLAY_RATE] = &overlay_rate, [OVERLAY_TECHNIQUE] = &overlay_technique,
	 [OVERLAY_PROMPT] = &overlay_prompt,
};

const struct overlay_ops *
overlay_of(enum overlay_id id)
{
	return overlays[id];
}

void
ui_open(struct ui *u, enum overlay_id overlay)
{
	u->overlay = overlay;
	u->choice = u->choices = 0;
	u->confidence = 0;
	u->scroll = 0;
	edit_set(&u->edit, STR(""));
}

void
ui_ask(struct ui *u, enum action_id id, struct claque_str text)
{
	ui_open(u, OVERLAY_PROMPT);
	u->asking = id;
	edit_set(&u->edit, text);
	u->filling[0] = '\0';
}

/* With the value of the last time, which Enter takes again. */
void
ui_fill(struct ui *u, struct claque_str lens)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str text = str_dup(perm, str_head(lens, EDIT_MAX - 1)), name;
	size_t at, len;

	if (!view_parameter(text, &at, &len)) {
		ui_ask(u, ACTION_FILTER, text);
		return;
	}
	name = str_sub(text, at, len < sizeof(u->filling) ? len : sizeof(u->filling) - 1);
	ui_ask(u, ACTION_FILTER, view_value(u->s, perm, name));
	memcpy(u->filling, name.p, name.len);
	u->filling[name.len] = '\0';
	memcpy(u->filled, text.p, text.len);
	u->filled[text.len] = '\0';
}

bool
ui_choose(struct ui *u, uint32_t key, bool letters)
{
	if (key == CK_DOWN || (letters && key == 'j'))
		u->choice += u->choice + 1 < u->choices;
	else if (key == CK_UP || (letters && key == 'k'))
		u->choice -= u->choice > 0;
	else if (key == CK_PAGE_DOWN)
		u->choice = u->choice + 10 < u->choices ? u->choice + 10 :
			    u->choices > 0 ? u->choices - 1 : 0;
	else if (key == CK_PAGE_UP)
		u->choice = u->choice > 10 ? u->choice - 10 : 0;
	else
		return false;
	return true;
}

/* The screens show pivots with their letters: those come after o. */
static const char *
pivot_with(struct ui *u, uint32_t key)
{
	struct pivot pivots[PIVOT_MAX];
	size_t count = pivot_list(u->s, session_subject(u->s), pivots);

	for (size_t i = 0; i < count; i++)
		if ((uint32_t)pivots[i].letter == key)
			return pivots[i].title;
	return NULL;
}

/* What the analyst may have meant: a pivot, the same letter small or large, or without Ctrl. */
static void
say_unbound(struct ui *u, uint32_t key)
{
	const char *pivot = pivot_with(u, key);
	struct arena *perm = &u->grid.scratch;
	struct claque_str shown = key_shown(perm, key);
	uint32_t near = key >= 'A' && key <= 'Z' ? key + 32 : key >= 'a' && key <= 'z' ? key - 32 :
			key < 27 ? key + 96 : 0;
	const struct binding *b = near != 0 ? settings_binding(&u->set, near) : NULL;

	if (pivot != NULL)
		session_say(u->s, STR_FMT " alone does nothing; " STR_FMT " " STR_FMT " goes to: %s",
			    STR_ARG(shown), STR_ARG(ui_key_of(u, ACTION_PIVOT)), STR_ARG(shown),
			    pivot);
	else if (b != NULL)
		session_say(u->s, STR_FMT " does nothing here; %c is: %s.  " STR_FMT " shows the keys",
			    STR_ARG(shown), (char)near, action_get(b->action)->name,
			    STR_ARG(ui_key_of(u, ACTION_HELP)));
	else
		session_say(u->s, STR_FMT " does nothing here; " STR_FMT " shows the keys, " STR_FMT
			    " finds them by name", STR_ARG(shown),
			    STR_ARG(ui_key_of(u, ACTION_HELP)), STR_ARG(ui_key_of(u, ACTION_PALETTE)));
}

static void
move(struct ui *u, int64_t by)
{
	const struct place *p = session_here(u->s);

	(void)session_select(u->s, p->panes[p->pane].index + by);
}

/* A query's rows scroll to the column that is chosen. */
static void
move_over_all(struct ui *u, struct pane *pane, bool right)
{
	size_t count;
	const struct column *columns = session_columns(u->s, &count);

	if (count == 0)
		return;
	pane->column += right ? pane->column + 1 < (int)count : pane->column > 0 ? -1 : 0;
	if (pane->column < 0)
		pane->column = 0;
	session_say(u->s, "column %d of %zu: %s", pane->column + 1, count,
		    columns[pane->column].title);
}

/* Which column [ and ] sort by; only those on the screen can be chosen. */
static void
move_column(struct ui *u, bool right)
{
	struct place *p = session_place(u->s);
	struct pane *pane = &p->panes[p->pane];
	size_t count, i;
	const struct column *columns = session_columns(u->s, &count);
	struct layout l;

	if (session_list(u->s) == LIST_NONE) {
		move_over_all(u, pane, right);
		return;
	}
	layout_fit(&l, u->s, session_list(u->s), p->subject.kind, pane, u->list_area.cols - TABLE_GUTTER);
	for (i = 0; i < l.count; i++)
		if ((int)l.cells[i].column == pane->column)
			break;
	if (i == l.count)
		i = 0;
	else if (right)
		i += i + 1 < l.count;
	else
		i -= i > 0;
	if (l.count > 0)
		pane->column = (int)l.cells[i].column;
	session_say(u->s, "[ and ] sort by %s", column_title(&columns[pane->column]));
}

static void
go_to_end(struct ui *u)
{
	int64_t n = session_exact_length(u->s);

	if (n > 0)
		(void)session_select(u->s, n - 1);
}

static bool
has_panes(const struct ui *u)
{
	return screen_get(session_here(u->s)->screen)->lists[1] != LIST_COUNT;
}

/* A post behind a reason: what one wants there is where it came from. */
static bool
is_example(struct ui *u)
{
	const struct place *p = session_here(u->s);

	return p->screen == SCREEN_POSTS && p->subject.kind == SUBJECT_evidence &&
	       session_current(u->s) != NULL;
}

static void
end_workshop(struct ui *u)
{
	ui_set(u, STR("set workshop off"));
}

static void
workshop(struct ui *u)
{
	if (session_in_workshop(u->s))
		ui_confirm(u, "Show the names again?", end_workshop);
	else
		ui_set(u, STR("set workshop on"));
}

/* What is the screen's own business; false leaves it to the session. */
static bool
act_here(struct ui *u, enum action_id id)
{
	int page = u->list_area.rows > 1 ? u->list_area.rows - 1 : 1;

	if (id == ACTION_DOWN || id == ACTION_UP)
		move(u, id == ACTION_DOWN ? 1 : -1);
	else if (id == ACTION_PAGE_DOWN || id == ACTION_PAGE_UP)
		move(u, id == ACTION_PAGE_DOWN ? page : -page);
	else if (id == ACTION_HALF_DOWN || id == ACTION_HALF_UP)
		move(u, id == ACTION_HALF_DOWN ? (page + 1) / 2 : -(page + 1) / 2);
	else if (id == ACTION_TOP)
		(void)session_select(u->s, 0);
	else if (id == ACTION_BOTTOM)
		go_to_end(u);
	else if (id == ACTION_LEFT || id == ACTION_RIGHT)
		move_column(u, id == ACTION_RIGHT);
	else if (id == ACTION_FACETS || (id == ACTION_PANE && !has_panes(u)))
		facets_open(u);
	else if (id == ACTION_OPEN && is_example(u))
		ui_open(u, OVERLAY_RECORD);
	else if (id == ACTION_REVEAL)
		u->reveal = !u->reveal;
	else if (id == ACTION_REDRAW)
		u->repaint = true;
	else if (id == ACTION_WORKSHOP)
		workshop(u);
	else if (id == ACTION_COPY)
		copy_safe(u);
	else if (id == ACTION_COPY_RAW)
		copy_raw(u);
	else if (id == ACTION_CLOSE)
		session_say(u->s, "nothing to close or to stop; " STR_FMT " leaves",
			    STR_ARG(ui_key_of(u, ACTION_QUIT)));
	else
		return false;
	return true;
}

static const enum overlay_id opens[ACTION_COUNT] = {
	[ACTION_PIVOT] = OVERLAY_PIVOTS, [ACTION_LANES] = OVERLAY_LANES, [ACTION_RECORD] = OVERLAY_RECORD,
	[ACTION_PALETTE] = OVERLAY_PALETTE,
	[ACTION_HELP] = OVERLAY_HELP, [ACTION_SORT] = OVERLAY_SORT,
	[ACTION_COLUMNS] = OVERLAY_COLUMNS, [ACTION_VIEWS] = OVERLAY_VIEWS,
	[ACTION_SAVE_VIEW] = OVERLAY_PROMPT, [ACTION_REMOVE_VIEW] = OVERLAY_PROMPT,
	[ACTION_RENAME_VIEW] = OVERLAY_PROMPT, [ACTION_TRAIL] = OVERLAY_TRAIL,
	[ACTION_JOBS] = OVERLAY_JOBS, [ACTION_CRUMBS] = OVERLAY_CRUMBS,
	[ACTION_FIND] = OVERLAY_PROMPT, [ACTION_FILTER] = OVERLAY_PROMPT,
	[ACTION_TAG] = OVERLAY_PROMPT, [ACTION_UNTAG] = OVERLAY_PROMPT,
	[ACTION_NOTE] = OVERLAY_PROMPT, [ACTION_EXPORT] = OVERLAY_PROMPT,
	[ACTION_VERDICT] = OVERLAY_VERDICT, [ACTION_HIGHLIGHT] = OVERLAY_HIGHLIGHT,
	[ACTION_REWORD] = OVERLAY_PROMPT, [ACTION_MERGE] = OVERLAY_PROMPT,
	[ACTION_CLAIM] = OVERLAY_CLAIM, [ACTION_EVIDENCE] = OVERLAY_EVIDENCE,
	[ACTION_HYPOTHESIS] = OVERLAY_PROMPT, [ACTION_TECHNIQUE] = OVERLAY_TECHNIQUE,
	[ACTION_PERIOD] = OVERLAY_PROMPT,
	[ACTION_SET] = OVERLAY_PROMPT, [ACTION_CONSOLE] = OVERLAY_CONSOLE,
	[ACTION_LESSON] = OVERLAY_LESSON,
};

/* The lens and a note are edited where they stand; everything else begins empty. */
static void
ask(struct ui *u, enum action_id id)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str note;

	if (id == ACTION_REWORD && !session_note(u->s, perm, &note))
		return;
	ui_ask(u, id, id == ACTION_FILTER ? lens_text(perm, &session_here(u->s)->lens) :
	       id == ACTION_REWORD ? note : STR(""));
}

static void
open_for(struct ui *u, enum action_id id)
{
	if (opens[id] == OVERLAY_PROMPT)
		ask(u, id);
	else if (opens[id] == OVERLAY_TRAIL)
		trail_open(u);
	else if (opens[id] == OVERLAY_CRUMBS)
		crumbs_open(u);
	else if (opens[id] == OVERLAY_LESSON)
		lesson_open(u);
	else if (opens[id] == OVERLAY_CONSOLE)
		console_open(u);
	else if (opens[id] == OVERLAY_VERDICT)
		verdict_open(u);
	else if (opens[id] == OVERLAY_HIGHLIGHT)
		highlight_open(u);
	else if (opens[id] == OVERLAY_CLAIM)
		claim_open(u);
	else if (opens[id] == OVERLAY_EVIDENCE)
		evidence_open(u);
	else
		ui_open(u, opens[id]);
}

/* What is drawn passes here: mostly it is our own words, which have taken a name. */
static struct claque_str
shown(void *ctx, struct arena *perm, struct claque_str text)
{
	return session_shown(ctx, perm, text);
}

static void
apply_workshop(struct ui *u)
{
	bool on = u->set.values[SETTING_WORKSHOP] != 0;
	struct claque_err err;

	if (session_workshop(u->s, on, &err) != CLAQUE_OK) {
		session_fail(u->s, &err);
		u->set.values[SETTING_WORKSHOP] = 0;
		on = false;
	}
	u->grid.filter = on ? (struct grid_filter){ u->s, shown } : (struct grid_filter){ 0 };
	u->cast.count = 0;
}

void
ui_apply(struct ui *u)
{
	if ((u->set.values[SETTING_WORKSHOP] != 0) != session_in_workshop(u->s))
		apply_workshop(u);
	u->grid.ascii = u->ascii_only || u->set.values[SETTING_ASCII] != 0;
	u->grid.theme = (uint8_t)u->set.values[SETTING_THEME];
	u->changed = true;
}

void
ui_set(struct ui *u, struct claque_str line)
{
	struct claque_err err;

	if (settings_line(&u->set, line, &err) != CLAQUE_OK) {
		session_fail(u->s, &err);
		return;
	}
	ui_apply(u);
	session_say(u->s, "for this session: " STR_FMT "; a line in claque.conf keeps it",
		    STR_ARG(line));
}

void
ui_act(struct ui *u, enum action_id id, struct claque_str arg)
{
	const struct view_ops *view = view_of(session_here(u->s)->screen);
	const char *lacking;
	unsigned bits;
	bool did;

	cast_mean(u, id);
	if (view->act != NULL && view->act(u, id))
		return;
	lacking = action_refused(u->s, id);
	if (lacking != NULL) {
		session_say(u->s, "%s", lacking);
		return;
	}
	if (opens[id] != OVERLAY_NONE && arg.len == 0) {
		open_for(u, id);
		return;
	}
	if (id == ACTION_SET)
		ui_set(u, str_fmt(&u->grid.scratch, "set " STR_FMT, STR_ARG(arg)));
	if (id == ACTION_SET || act_here(u, id))
		return;
	bits = action_run(u->s, id, arg, &did);
	if (id == ACTION_MERGE && session_merge_plan(u->s) != NULL)
		ui_open(u, OVERLAY_MERGE);
	if (bits & SESSION_QUIT)
		u->quit = true;
}

bool
ui_is_typing(const struct ui *u)
{
	return u->overlay == OVERLAY_PROMPT || u->overlay == OVERLAY_PALETTE ||
	       u->overlay == OVERLAY_CONSOLE || u->overlay == OVERLAY_VERDICT ||
	       u->overlay == OVERLAY_HIGHLIGHT || u->overlay == OVERLAY_CLAIM ||
	       u->overlay == OVERLAY_EVIDENCE ||
	       (u->overlay == OVERLAY_TRAIL && u->trail.naming);
}

/* A key that is for workshops only is as good as unbound elsewhere. */
static bool
is_idle(const struct ui *u, const struct binding *b)
{
	return b == NULL || (b->action == ACTION_ANSWERS && !session_in_workshop(u->s));
}

static void
take_key(struct ui *u, uint32_t key)
{
	const struct overlay_ops *overlay = overlays[u->overlay];
	const struct binding *b;

	if (overlay != NULL) {
		key = key == UI_CTRL_C ? (uint32_t)CK_ESC : key;
		overlay->key(u, ui_is_typing(u) ? key :
			     langmap_key(u->set.values[SETTING_LANGMAP], key));
		return;
	}
	session_hush(u->s);
	b = settings_binding(&u->set, key);
	if (u->grid.cols < LEAST_COLS || u->grid.rows < LEAST_ROWS)
		u->quit = key == 'q';
	else if (is_idle(u, b))
		say_unbound(u, key);
	else
		ui_act(u, b->action, str_of(b->arg));
}

void
ui_key(struct ui *u, uint32_t key)
{
	if (key == CK_RESIZE || key == CK_CLICK || key == 0)
		return;
	if (key == CK_WHEEL_UP || key == CK_WHEEL_DOWN) {
		mouse_wheel(u, key == CK_WHEEL_DOWN);
		return;
	}
	cast_begin(u, key);
	take_key(u, key);
	if (lesson_of(u->s) != NULL)
		lesson_look(u->s);
	cast_end(u);
}

/* Pasted text is text, never keys. */
void
ui_paste(struct ui *u, struct claque_str text)
{
	if (ui_is_typing(u))
		edit_insert(&u->edit, text);
	else
		session_say(u->s, "pasted text is not taken as keys: open a prompt first, / or :");
}
