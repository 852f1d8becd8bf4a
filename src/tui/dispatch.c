/*
 * dispatch.c - from a key to what it does. An open overlay has the key first; then
 * the table of actions is asked, the view, the screen itself, and the session.
 */
#include "config.h"

#include "tui/view.h"

#include "app/pivot.h"
#include "app/views.h"

static const struct overlay_ops *const overlays[OVERLAY_COUNT] = {
	[OVERLAY_PIVOTS] = &overlay_pivots, [OVERLAY_PALETTE] = &overlay_palette,
	[OVERLAY_HELP] = &overlay_help, [OVERLAY_SORT] = &overlay_sort,
	[OVERLAY_COLUMNS] = &overlay_columns, [OVERLAY_FACETS] = &overlay_facets,
	[OVERLAY_VIEWS] = &overlay_views, [OVERLAY_PROMPT] = &overlay_prompt,
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

void
ui_fill(struct ui *u, struct claque_str lens)
{
	struct claque_str text = str_dup(&u->grid.scratch, lens), name;
	size_t at, len;

	ui_ask(u, ACTION_FILTER, STR(""));
	if (!view_parameter(text, &at, &len)) {
		edit_set(&u->edit, text);
		return;
	}
	name = str_sub(text, at, len < sizeof(u->filling) ? len : sizeof(u->filling) - 1);
	memcpy(u->filling, name.p, name.len);
	u->filling[name.len] = '\0';
	edit_set(&u->edit, str_fmt(&u->grid.scratch, STR_FMT STR_FMT,
				   STR_ARG(str_sub(text, 0, at)),
				   STR_ARG(str_sub(text, at + len, text.len))));
	u->edit.at = at;
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

static bool
find_action(uint32_t key, enum action_id *out)
{
	for (unsigned i = 0; i < ACTION_COUNT; i++) {
		struct claque_str names = str_of(action_get((enum action_id)i)->keys), name;
		uint32_t bound;

		while (str_cut(&names, ' ', &name))
			if (key_parse(&name, &bound) && bound == key) {
				*out = (enum action_id)i;
				return true;
			}
	}
	return false;
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
	enum action_id id;

	if (pivot != NULL)
		session_say(u->s, STR_FMT " alone does nothing; o " STR_FMT " goes to: %s",
			    STR_ARG(shown), STR_ARG(shown), pivot);
	else if (near != 0 && find_action(near, &id))
		session_say(u->s, STR_FMT " does nothing here; %c is: %s.  ? shows the keys",
			    STR_ARG(shown), (char)near, action_get(id)->name);
	else
		session_say(u->s, STR_FMT " does nothing here; ? shows the keys, : finds them by name",
			    STR_ARG(shown));
}

static void
move(struct ui *u, int64_t by)
{
	const struct place *p = session_here(u->s);

	(void)session_select(u->s, p->panes[p->pane].index + by);
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
	session_say(u->s, "[ and ] sort by %s", columns[pane->column].name);
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
	else if (id == ACTION_REVEAL)
		u->reveal = !u->reveal;
	else if (id == ACTION_REDRAW)
		u->repaint = true;
	else if (id != ACTION_CLOSE)
		return false;
	return true;
}

static const enum overlay_id opens[ACTION_COUNT] = {
	[ACTION_PIVOT] = OVERLAY_PIVOTS, [ACTION_PALETTE] = OVERLAY_PALETTE,
	[ACTION_HELP] = OVERLAY_HELP, [ACTION_SORT] = OVERLAY_SORT,
	[ACTION_COLUMNS] = OVERLAY_COLUMNS, [ACTION_VIEWS] = OVERLAY_VIEWS,
	[ACTION_SAVE_VIEW] = OVERLAY_PROMPT,
	[ACTION_FIND] = OVERLAY_PROMPT, [ACTION_FILTER] = OVERLAY_PROMPT,
	[ACTION_TAG] = OVERLAY_PROMPT, [ACTION_UNTAG] = OVERLAY_PROMPT,
	[ACTION_NOTE] = OVERLAY_PROMPT, [ACTION_EXPORT] = OVERLAY_PROMPT,
};

/* The lens is edited where it stands; everything else begins empty. */
static void
open_for(struct ui *u, enum action_id id)
{
	if (opens[id] == OVERLAY_PROMPT)
		ui_ask(u, id, id == ACTION_FILTER ?
		       lens_text(&u->grid.scratch, &session_here(u->s)->lens) : STR(""));
	else
		ui_open(u, opens[id]);
}

void
ui_act(struct ui *u, enum action_id id, struct claque_str arg)
{
	const struct view_ops *view = view_of(session_here(u->s)->screen);
	const char *lacking;
	unsigned bits;
	bool did;

	if (view->act != NULL && view->act(u, id))
		return;
	lacking = action_missing(u->s, id);
	if (lacking != NULL) {
		session_say(u->s, "%s", lacking);
		return;
	}
	if (opens[id] != OVERLAY_NONE && arg.len == 0) {
		open_for(u, id);
		return;
	}
	if (act_here(u, id))
		return;
	bits = action_run(u->s, id, arg, &did);
	if (bits & SESSION_QUIT)
		u->quit = true;
}

static void
go_to_digit(struct ui *u, uint32_t key)
{
	for (unsigned i = 0; i < SCREEN_COUNT; i++)
		if ((uint32_t)screen_get((enum screen_id)i)->digit == key)
			ui_act(u, ACTION_SCREEN, str_of(screen_get((enum screen_id)i)->name));
}

void
ui_key(struct ui *u, uint32_t key)
{
	const struct overlay_ops *overlay = overlays[u->overlay];
	enum action_id id;

	if (key == CK_RESIZE || key == 0)
		return;
	if (overlay != NULL) {
		overlay->key(u, key);
		return;
	}
	session_hush(u->s);
	if (u->grid.cols < LEAST_COLS || u->grid.rows < LEAST_ROWS)
		u->quit = key == 'q';
	else if (!find_action(key, &id))
		say_unbound(u, key);
	else if (id == ACTION_SCREEN)
		go_to_digit(u, key);
	else
		ui_act(u, id, STR(""));
}

/* Pasted text is text, never keys. */
void
ui_paste(struct ui *u, struct claque_str text)
{
	if (u->overlay == OVERLAY_PROMPT || u->overlay == OVERLAY_PALETTE)
		edit_insert(&u->edit, text);
	else
		session_say(u->s, "pasted text is not taken as keys: open a prompt first, / or :");
}
