/*
 * frame.c - what stands around every screen: where one is, through which lens,
 * how much of it all that is, and which keys work now. All of it comes from
 * tables and from the session; no view draws any of it.
 */
#include "config.h"

#include "tui/view.h"

static const struct view_ops *const views[SCREEN_COUNT] = {
	[SCREEN_CLUSTERS] = &view_clusters, [SCREEN_ACCOUNTS] = &view_table,
	[SCREEN_SOURCES] = &view_table, [SCREEN_POSTS] = &view_posts,
	[SCREEN_CHANGES] = &view_changes, [SCREEN_TIMELINE] = &view_timeline,
	[SCREEN_MATRIX] = &view_matrix, [SCREEN_EGO] = &view_ego,
	[SCREEN_COMPARE] = &view_compare,
	[SCREEN_EVIDENCE] = &view_why, [SCREEN_INDICATORS] = &view_table,
	[SCREEN_HASHTAGS] = &view_table, [SCREEN_SITES] = &view_table,
	[SCREEN_CLAIMS] = &view_claims, [SCREEN_ACH] = &view_ach,
	[SCREEN_MATCHES] = &view_matches, [SCREEN_REUSED] = &view_table,
	[SCREEN_HANDLES] = &view_table, [SCREEN_MOVERS] = &view_table,
	[SCREEN_SHARERS] = &view_table,
	[SCREEN_CONSOLE] = &view_console,
	[SCREEN_CASE] = &view_case, [SCREEN_ACCOUNT] = &view_account,
};

const struct view_ops *
view_of(enum screen_id screen)
{
	return views[screen];
}

bool
ui_is_narrow(const struct ui *u)
{
	return u->grid.cols < WIDE_COLS || u->grid.rows < WIDE_ROWS;
}

struct claque_str
ui_key_of(struct ui *u, enum action_id id)
{
	return settings_key(&u->set, &u->grid.scratch, id, STR(""));
}

enum { CRUMBS_MAX = 5, CRUMB_COLS = 24, SEP_COLS = 3, WIDE_TITLE = 100 };

struct crumbs {			/* where one is first, the case last */
	struct { struct claque_str text; int cols; } at[CRUMBS_MAX];
	size_t count;
};

static void
add_crumb(struct ui *u, struct crumbs *c, struct claque_str text)
{
	struct arena scratch = u->grid.scratch;
	int cols = (int)safe_cells_upto(&scratch, text, CRUMB_COLS).columns;

	c->at[c->count].text = text;
	c->at[c->count++].cols = cols < CRUMB_COLS ? cols : CRUMB_COLS;
}

/* The screen, the names on the way here since it began at home, each once, and the case. */
static struct crumbs
crumbs_of(struct ui *u)
{
	struct crumbs c = { .count = 0 };

	add_crumb(u, &c, str_of(screen_get(session_here(u->s)->screen)->title));
	for (size_t i = session_step_at(u->s) + 1; i-- > 0 && c.count + 1 < CRUMBS_MAX; ) {
		const struct place *p = session_step(u->s, i);
		struct claque_str name = text_defanged(&u->grid.scratch,
			session_place_name(u->s, p, &u->grid.scratch));

		if (p->subject.kind == SUBJECT_none)
			break;
		if (c.count == 1 || !str_eq(name, c.at[c.count - 1].text))
			add_crumb(u, &c, name);
	}
	add_crumb(u, &c, str_of(session_name(u->s)));
	return c;
}

static int
crumbs_cols(const struct crumbs *c)
{
	int cols = 0;

	for (size_t i = 0; i < c->count; i++)
		cols += c->at[i].cols + (i > 0 ? SEP_COLS : 0);
	return cols;
}

/* What matters least goes first: the case, then where one came from; never where one is. */
static void
draw_crumbs(struct ui *u, struct area a, int col, int room, struct crumbs c)
{
	const char *sep = u->grid.ascii ? " > " : " › ";
	size_t least = c.count > 2 ? 2 : 1;

	while (c.count > least && crumbs_cols(&c) > room)
		c.count--;
	if (crumbs_cols(&c) > room && c.count > 1)
		c.at[1].cols -= crumbs_cols(&c) - room;
	while (c.count-- > 0) {
		col += grid_safe(&u->grid, a, 0, col, c.at[c.count].cols, STYLE_BAR,
				 c.at[c.count].text, NULL, 0);
		if (c.count > 0)
			col += grid_text(&u->grid, a, 0, col, STYLE_BAR, str_of(sep));
	}
}

/* Where there is little room, the counts go before [UTC], and that before any name. */
static struct claque_str
title_badges(struct ui *u, int cols, int left)
{
	const struct store_counts *c = session_counts(u->s);
	struct arena *perm = &u->grid.scratch;
	const char *read_only = session_writable(u->s) ? "" : cols < WIDE_TITLE ? "[RO]" :
				"[READ ONLY]";
	const char *masked = session_in_workshop(u->s) ? "[MASKED]" : "";
	struct claque_str tries[] = {
		str_fmt(perm, STR_FMT " posts " STR_FMT " accts %s[SAFE][UTC]%s",
			STR_ARG(count_short(perm, c->posts)),
			STR_ARG(count_short(perm, c->accounts)), masked, read_only),
		str_fmt(perm, "%s[SAFE][UTC]%s", masked, read_only),
		str_fmt(perm, "%s[SAFE]%s", masked, read_only),
	};
	size_t i = 0, last = sizeof(tries) / sizeof(tries[0]) - 1;

	while (i < last && left + SEP_COLS + (int)tries[i].len > cols)
		i++;
	return tries[i];
}

static void
draw_title(struct ui *u, struct area a)
{
	struct crumbs crumbs = crumbs_of(u);
	struct claque_str badges;
	int col = 1, at;

	grid_style_row(&u->grid, a, 0, STYLE_BAR);
	if (a.cols >= WIDE_TITLE)
		col += grid_text(&u->grid, a, 0, col, STYLE_BAR, STR("claque   "));
	badges = title_badges(u, a.cols, col + crumbs_cols(&crumbs));
	at = a.cols - (int)badges.len - 1;
	draw_crumbs(u, a, col, at - 2 - col, crumbs);
	(void)grid_text(&u->grid, a, 0, at, STYLE_BAR, badges);
}

static struct claque_str
counted(struct arena *perm, int64_t n)
{
	if (n < 0)
		return STR("?");
	return n == SESSION_MANY ? STR(">10k") : count_grouped(perm, n);
}

static void
draw_lens(struct ui *u, struct area a)
{
	struct arena *perm = &u->grid.scratch;
	const struct lens *lens = &session_here(u->s)->lens;
	bool open = lens_is_open(lens);
	int64_t n = session_length(u->s), all = open ? n : session_whole(u->s);
	struct claque_str pattern = session_pattern(u->s);
	int col = 1;

	col += grid_text(&u->grid, a, 1, col, open ? STYLE_DIM : STYLE_WARN, STR("LENS "));
	col += grid_safe(&u->grid, a, 1, col, a.cols / 2, open ? STYLE_DIM : STYLE_WARN,
			 open ? STR("open") : lens_text(perm, lens), NULL, 0) + 2;
	col += grid_textf(&u->grid, a, 1, col, STYLE_BOLD, STR_FMT " of " STR_FMT " %s",
			  STR_ARG(counted(perm, n)), STR_ARG(counted(perm, all)),
			  list_name(session_list(u->s))) + 2;
	if (pattern.len > 0) {
		col += grid_text(&u->grid, a, 1, col, STYLE_DIM, STR("/"));
		col += grid_safe(&u->grid, a, 1, col, 24, STYLE_HIT, pattern, NULL, 0) + 1;
		/* One is counted at a time: what is being typed goes first. */
		if (u->overlay != OVERLAY_PROMPT && u->overlay != OVERLAY_FACETS)
			col += grid_text(&u->grid, a, 1, col, STYLE_DIM, preview_search(u));
		col += 2;
	}
	if (!open && !session_lens_applies(u->s) && col + 26 < a.cols)
		(void)grid_text(&u->grid, a, 1, col, STYLE_DIM, STR("(hides nothing here)"));
	else if (!open && col + 26 < a.cols)
		(void)grid_textf(&u->grid, a, 1, col, STYLE_DIM, "(" STR_FMT " drop last  " STR_FMT
				 " clear)", STR_ARG(ui_key_of(u, ACTION_DROP)),
				 STR_ARG(ui_key_of(u, ACTION_CLEAR)));
}

static void
draw_status(struct ui *u, struct area a)
{
	const struct place *p = session_here(u->s);
	const struct pane *pane = &p->panes[p->pane];
	struct claque_str message = text_defanged(&u->grid.scratch, session_message(u->s));
	int64_t n = session_length(u->s);
	int col = 1, row = a.rows - 2;
	struct lens lens;
	bool fits;

	if (message.len > 0) {
		(void)grid_safe(&u->grid, a, row, 1, a.cols - 2, session_message_is_error(u->s) ?
				STYLE_ERROR : STYLE_BOLD, message, NULL, 0);
		return;
	}
	if (u->overlay == OVERLAY_FACETS && facets_lens(u, &lens, &fits) && fits) {
		(void)grid_text(&u->grid, a, row, col, STYLE_DIM, preview_lens(u, &lens));
		return;
	}
	if (!screen_is_picture(p->screen))
		col += grid_textf(&u->grid, a, row, col, STYLE_DIM, "row %lld/%s   ",
				  (long long)(n > 0 ? pane->index + 1 : 0),
				  counted(&u->grid.scratch, n).p);
	col += grid_textf(&u->grid, a, row, col, STYLE_DIM, "marks %zu   step %zu of %zu",
			  session_mark_count(u->s), session_step_at(u->s) + 1,
			  session_steps(u->s));
	if (session_owes(u->s) && session_shows_some(u->s))
		(void)grid_textf(&u->grid, a, row, col + 3, STYLE_WARN,
				 "~ the best of %s rows; asking all (Esc keeps these)",
				 count_grouped(&u->grid.scratch, SESSION_FIRST).p);
	else if (session_owes(u->s))
		(void)grid_text(&u->grid, a, row, col + 3, STYLE_WARN,
				STR("asking the case (Esc stops)"));
}

/* As many as there is room for, and the way to the rest. */
static void
draw_keys(struct ui *u, struct area a)
{
	const struct overlay_ops *overlay = overlay_of(u->overlay);
	const enum action_id *ids = view_of(session_here(u->s)->screen)->keys;
	int row = a.rows - 1, col = 1, last = a.cols - 8;

	if (overlay != NULL) {
		(void)grid_text(&u->grid, a, row, 0, STYLE_DIM, str_of(overlay->keys));
		return;
	}
	for (; *ids != ACTION_COUNT; ids++) {
		struct claque_str key = ui_key_of(u, *ids);
		const struct action *action = action_get(*ids);
		const char *label = action->label[0] != '\0' ? action->label : action->name;

		if (key.len == 0 || action_missing(u->s, *ids) != NULL)
			continue;
		if (col + (int)key.len + 1 + (int)strlen(label) >= last)
			break;
		col += grid_text(&u->grid, a, row, col, STYLE_BOLD, key) + 1;
		col += grid_text(&u->grid, a, row, col, STYLE_DIM, str_of(label)) + 2;
	}
	last += grid_textf(&u->grid, a, row, last, STYLE_BOLD, STR_FMT " ",
			   STR_ARG(ui_key_of(u, ACTION_HELP)));
	(void)grid_text(&u->grid, a, row, last, STYLE_DIM, STR("help"));
}

static void
draw_too_small(struct ui *u)
{
	struct area a = grid_area(&u->grid);

	(void)grid_textf(&u->grid, a, 0, 0, STYLE_BOLD, "too small: %dx%d", a.cols, a.rows);
	(void)grid_textf(&u->grid, a, 1, 0, STYLE_PLAIN, "claque needs %dx%d", LEAST_COLS,
			 LEAST_ROWS);
	(void)grid_text(&u->grid, a, 2, 0, STYLE_DIM, STR("q leaves"));
}

bool
frame_draw(struct ui *u, bool hurry)
{
	const struct overlay_ops *overlay = overlay_of(u->overlay);
	struct area a = grid_area(&u->grid), body;
	bool owes;

	grid_clear(&u->grid);
	if (a.cols < LEAST_COLS || a.rows < LEAST_ROWS) {
		draw_too_small(u);
		return false;
	}
	session_hurry(u->s, hurry);
	draw_title(u, a);
	body = lesson_draw(u, (struct area){ 3, 0, a.rows - 6, a.cols });
	body = facets_draw(u, body);
	u->grid.cursor_row = body.row;	/* until the view knows better */
	view_of(session_here(u->s)->screen)->draw(u, body);
	draw_lens(u, a);
	grid_rule(&u->grid, a, 2, STR(""));
	grid_rule(&u->grid, a, a.rows - 3, STR(""));
	draw_keys(u, a);
	draw_status(u, a);
	cast_draw(u, a, a.rows - 2);
	u->grid.box = (struct area){ 0 };
	if (overlay != NULL && overlay->draw != NULL)
		overlay->draw(u);
	owes = session_owes(u->s);
	session_hurry(u->s, false);
	return owes;
}

void
frame_finish(struct ui *u)
{
	do {
		(void)frame_draw(u, false);
		session_finish(u->s);
	} while (session_unsettled(u->s));
}
