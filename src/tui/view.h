/*
 * view.h - what the files of the workbench share: its state, the views that
 * draw the screens, the overlays above them.
 *
 * A view draws what the session shows into an area of the grid, and may take
 * an action for itself (the timeline moves through time). It asks the session
 * for everything and keeps nothing but what is on this screen now.
 */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "app/action.h"
#include "app/desk.h"
#include "app/trail.h"
#include "tui/grid.h"
#include "tui/key.h"
#include "tui/settings.h"

enum { EDIT_MAX = 4096, WIDE_COLS = 80, WIDE_ROWS = 24, LEAST_COLS = 40, LEAST_ROWS = 12,
       UI_CTRL_C = 3 };

/* X(id) */
#define OVERLAY_LIST(X) X(NONE) X(PIVOTS) X(PALETTE) X(HELP) X(SORT) X(COLUMNS) \
	X(FACETS) X(VIEWS) X(TRAIL) X(REPLAY) X(LANES) X(RECORD) X(JOBS) X(CRUMBS) \
	X(FIRST) X(LESSON) X(CONSOLE) X(CONFIRM) X(VERDICT) X(HIGHLIGHT) \
	X(MERGE) X(CLAIM) X(EVIDENCE) X(RATE) X(TECHNIQUE) X(PROMPT)

#define X(id) OVERLAY_##id,
enum overlay_id { OVERLAY_LIST(X) OVERLAY_COUNT };
#undef X

/* A line that is being typed. */
struct edit {
	char text[EDIT_MAX];
	size_t len, at;
};

enum { CAST_KEYS = 12 };

/* The last keys, for those who look on. */
struct cast {
	uint32_t keys[CAST_KEYS];
	size_t count;
	const char *meaning;		/* what they did, or NULL */
	size_t from;			/* the step before the key at hand */
};

/* The trail while it is open. */
struct trail_ui {
	size_t marks[2], marked;	/* steps, in the order of marking */
	bool naming;			/* u->edit is the name of the step under the cursor */
	bool compared;
	struct trail_diff diff;
};

/* A way that is shown step by step. */
struct replay {
	size_t steps[TRAIL_MAX];
	size_t count, at;
	size_t from;			/* where one was before */
};

/* A subject over time. */
struct lane {
	const char *label;		/* NULL: the subject's name */
	struct subject subject;
	enum list_id list;
	bool control;			/* of random accounts like the subject */
};

enum { LANES_MAX = 12 };

/* The query that is being written: u->edit holds it. */
struct console_ui {
	struct edit written;		/* while an earlier one is shown */
	size_t past;			/* which: 1 is the last; 0 none */
	bool finding;			/* by what was typed before Ctrl-R */
	bool cycling;			/* Tab goes through what could stand there */
	size_t offered;			/* which of it; begins at `from`, typed to `typed` */
	size_t from, typed;
	char fault[400];		/* "" = none */
};

enum { RATING_COLUMNS = 64 };

struct ui {
	struct session *s;
	struct settings set;		/* options and keys */
	bool ascii_only;		/* whatever the option says: the locale has no more */
	bool changed;			/* options: the terminal has to be told */
	struct grid grid;
	struct area list_area;		/* rows of the active list, of the last frame */
	bool facets;			/* their pane is shown */
	size_t facet;			/* value under its cursor */
	size_t pivots_of;		/* which set of what is marked, or the row after these */
	bool reveal;			/* the bytes of the post are shown */
	bool repaint;			/* the terminal must be painted anew */
	bool quit, wants_demo;
	enum overlay_id overlay;
	size_t choice, choices;		/* in the overlay: under its cursor; how many there are */
	int scroll;			/* of the help */
	struct edit edit;
	char filling[32];		/* the $parameter that the prompt asks for, or "" */
	char filled[EDIT_MAX];		/* the lens that it stands in */
	enum action_id asking;		/* what the prompt is for */
	struct trail_ui trail;
	struct replay replay;
	struct {			/* that the analyst chose for what one stands on */
		bool chosen;
		struct subject of;
		struct lane at[LANES_MAX];
		size_t count;
	} lanes;
	struct cast cast;
	bool (*copy)(struct claque_str text);	/* to the clipboard; NULL: on paper */
	struct {
		const char *question;
		void (*yes)(struct ui *u);
	} confirm;
	struct console_ui console;
	size_t confidence;		/* of the verdict at hand; 0: not said */
	int64_t instead;		/* the claim or evidence that is worded anew, or 0 */
	struct {			/* columns of the matrix as they stood when rating began */
		size_t order[RATING_COLUMNS], count;
	} rating;
	struct {			/* of the highlight at hand; u->edit is the passage */
		struct edit label;
		bool on_label;		/* letters go there */
		size_t colour;
	} highlight;
};

struct view_ops {
	const char *name;
	void (*draw)(struct ui *u, struct area a);
	/* NULL, or: true if it took the action. */
	bool (*act)(struct ui *u, enum action_id id);
	/* For the key line, most wanted first; ends with ACTION_COUNT. */
	const enum action_id *keys;
};

const struct view_ops *view_of(enum screen_id screen);

extern const struct view_ops view_clusters, view_table, view_posts, view_account, view_timeline,
	view_why, view_case, view_matrix, view_ego,
	view_compare, view_changes, view_console, view_matches, view_claims, view_ach;

struct overlay_ops {
	void (*draw)(struct ui *u);	/* NULL: it stands in the frame */
	void (*key)(struct ui *u, uint32_t key);
	const char *keys;		/* for the key line */
};

/* NULL for OVERLAY_NONE. */
const struct overlay_ops *overlay_of(enum overlay_id id);

extern const struct overlay_ops overlay_pivots, overlay_palette, overlay_help, overlay_sort,
	overlay_columns, overlay_facets, overlay_views, overlay_trail,
	overlay_replay, overlay_lanes, overlay_record, overlay_jobs, overlay_crumbs,
	overlay_first, overlay_lesson, overlay_console, overlay_confirm, overlay_verdict,
	overlay_highlight, overlay_merge, overlay_claim, overlay_evidence, overlay_rate,
	overlay_technique, overlay_prompt;

/* --- overlay.c */
/* A box in the lower right corner for so many rows; returns its inside. */
struct area overlay_box(struct ui *u, int rows, int cols, struct claque_str title);
/* The line under the cursor of an overlay, where the hardware cursor rests, too. */
void overlay_choice(struct ui *u, struct area a, int line, bool chosen);

/* --- columns.c: those that are shown, each with its letter after s; ' ' for none */
enum { SORT_KEYS_MAX = LIST_COLUMNS_MAX };
struct sort_key {
	size_t column;
	char letter;
};
size_t sort_keys(const struct session *s, struct sort_key out[SORT_KEYS_MAX]);

/* --- facets.c */
/* The pane, if it is open; returns what is left of the area. */
struct area facets_draw(struct ui *u, struct area a);
/*
 * The lens as it would be with the value under its cursor chosen, or given up; false: there
 * is none. *fits: can it be a condition?
 */
bool facets_lens(struct ui *u, struct lens *out, bool *fits);
void facets_open(struct ui *u);		/* and gives it the keys */
void facets_close(struct ui *u);

/* --- preview.c */
/* "~41 match in 12,000 of 40,000 posts", of a pattern that compiles */
struct claque_str preview_hits(struct ui *u, struct claque_str pattern);
struct claque_str preview_lens(struct ui *u, const struct lens *lens);
/* "hit 3 of 41", of what was searched for last */
struct claque_str preview_search(struct ui *u);

/* --- trail.c: with the cursor on where one is */
void trail_open(struct ui *u);
/* "Accounts of C001 by handle" */
struct claque_str trail_title(struct ui *u, const struct trail_step *step);

/* --- replay.c: the way to a step, or from it if it is pinned */
void replay_begin(struct ui *u, size_t step);

/* --- lesson.c: below the screen, if a lesson is taken; returns what is left of the area */
struct area lesson_draw(struct ui *u, struct area a);
/* Its keys, or the prompt for a lesson; the names that this takes. */
void lesson_open(struct ui *u);
struct claque_str lesson_names(struct ui *u);

/* --- console.c: the query, to be written or edited */
void console_open(struct ui *u);

/* --- views.c */
struct saved_view;
void ui_open_view(struct ui *u, const struct saved_view *view);

/* --- frame.c */
/* The whole screen into u->grid. In a hurry, what needs a query is left out: true then. */
bool frame_draw(struct ui *u, bool hurry);
/* The same, waiting for what is at work beside the keys: on paper nothing is half counted. */
void frame_finish(struct ui *u);
bool ui_is_narrow(const struct ui *u);
/* The first key of an action, as it is printed; good for this frame. */
struct claque_str ui_key_of(struct ui *u, enum action_id id);

/* --- claim.c: empty; or with the words of the claim or evidence of this number */
void claim_open(struct ui *u);
void evidence_open(struct ui *u);
void claim_reword(struct ui *u, int64_t id);

/* --- highlight.c: empty */
void highlight_open(struct ui *u);

/* --- verdict.c: with the verdict that stands */
void verdict_open(struct ui *u);

/* --- confirm.c: y does it */
void ui_confirm(struct ui *u, const char *question, void (*yes)(struct ui *u));

/* --- jobs.c: with the cursor on where one is */
void crumbs_open(struct ui *u);

/* --- first.c: if the case is empty */
void first_open(struct ui *u);

/* --- copy.c: the row under the cursor */
void copy_safe(struct ui *u);
void copy_raw(struct ui *u);		/* asks first */

/* --- mouse.c: at a row of the screen */
void mouse_click(struct ui *u, int row);
void mouse_wheel(struct ui *u, bool down);

/* --- cast.c: around each key */
void cast_begin(struct ui *u, uint32_t key);
void cast_mean(struct ui *u, enum action_id id);
void cast_end(struct ui *u);
void cast_draw(struct ui *u, struct area a, int row);

/* --- workbench.c */
void ui_init(struct ui *u, struct session *s, int rows, int cols, const struct settings *set);

/* --- dispatch.c */
/* Are keys letters of a text now, and not commands? */
bool ui_is_typing(const struct ui *u);
void ui_key(struct ui *u, uint32_t key);
void ui_paste(struct ui *u, struct claque_str text);
void ui_act(struct ui *u, enum action_id id, struct claque_str arg);
/* A line of claque.conf, whose effect is seen at once; or says what is wrong with it. */
void ui_set(struct ui *u, struct claque_str line);
void ui_apply(struct ui *u);		/* the options, to the grid */
void ui_open(struct ui *u, enum overlay_id overlay);
void ui_ask(struct ui *u, enum action_id id, struct claque_str text);
/* Asks for the $parameters of a lens one by one, then looks through it. */
void ui_fill(struct ui *u, struct claque_str lens);
/* Moves u->choice by arrows, j and k, pages; true if it took the key. */
bool ui_choose(struct ui *u, uint32_t key, bool letters);

/* --- edit.c */
void edit_set(struct edit *e, struct claque_str text);
/* True if it took the key. */
bool edit_key(struct edit *e, uint32_t key);
void edit_insert(struct edit *e, struct claque_str text);
struct claque_str edit_str(const struct edit *e);
/* Puts the hardware cursor where typing goes on. */
void edit_draw(struct ui *u, struct area a, int row, int col, const struct edit *e);

/* --- table_fit.c, table.c: columns and rows */
enum { TABLE_GUTTER = 4,	/* what stands before the first column */
       MINUTE_COLS = 16, SECOND_COLS = 19 };	/* of a time, so exact */
struct layout {
	enum list_id list;
	struct { size_t column; int at, width; } cells[LIST_COLUMNS_MAX];
	size_t count;
};
/*
 * Which columns of the list fit into so many cells, and how wide they are. pane (or
 * NULL): what it is sorted by, which the header has to tell.
 */
void layout_fit(struct layout *l, const struct session *s, enum list_id list,
		enum subject_kind on, const struct pane *pane, int cols);
/* Which key of the order the column is, from 1; 0: none. pane may be NULL. */
int table_key(const struct pane *pane, size_t column);
/* The active list with header and cursor; remembers where it is. */
void table_active(struct ui *u, struct area a);
/* Rows of another list, without a cursor, and how many more there are. */
void table_side(struct ui *u, struct area a, enum list_id list, struct subject subject);
/* Some rows of a list that stands on a subject of that kind; the first line is the header. */
void table_rows(struct ui *u, struct area a, enum list_id list, enum subject_kind on,
		const struct row *rows, size_t count);
/* One of the two, as the active pane has it. */
void table_pane(struct ui *u, struct area a, int pane);
/* Value of the column with this name, or NULL. */
const struct value *row_value(enum list_id list, const struct row *row, const char *name);
struct claque_str row_text(enum list_id list, const struct row *row, const char *name);
int64_t row_int(enum list_id list, const struct row *row, const char *name, int64_t none);
double row_real(enum list_id list, const struct row *row, const char *name);
/* With links that cannot be clicked; as much as a screen may show. */
struct claque_str text_defanged(struct arena *perm, struct claque_str text);
/* Byte ranges that the search hits. */
size_t search_hits(const struct ui *u, struct claque_str text, struct grid_hit *out, size_t max);

/* --- colour.c: tags and highlights as the analyst coloured them */
enum { COLOUR_HITS = 16, MARKS_MAX = 16 };
/* The text of a cell with a letter before what has a colour, and where that stands; how many. */
size_t colour_cell(struct arena *perm, enum list_id list, const struct row *row,
		   const struct column *c, struct claque_str *text,
		   struct grid_hit out[COLOUR_HITS]);
/*
 * Where the analyst's highlights stand in the text of a post as it is shown: by what they
 * quote, which is what they are, wherever it stands by now. *labels: "y[never tell] script".
 */
size_t colour_post(struct ui *u, int64_t post, struct claque_str shown,
		   struct grid_hit out[MARKS_MAX], struct claque_str *labels);
/* Verdict and tags of a cluster, account or source on one line, if any; returns the rows used. */
int part_review(struct ui *u, struct area a, int row, enum list_id list, const struct row *of);

/* --- parts.c: what several views show */
/* Splits off the first rows or columns of an area. */
struct area area_top(struct area *a, int rows);
struct area area_bottom(struct area *a, int rows);
struct area area_left(struct area *a, int cols);
/*
 * Text from data, broken between words, from a row and column of the area to
 * its right edge and its last row, where the rest is cut; returns the rows used.
 */
enum { TEXT_LOOKED_AT = 8192 };
int part_wrapped(struct ui *u, struct area a, int row, int col, enum style style,
		 struct claque_str text);
/* The same with these byte ranges of the text drawn as hits, too: MARKS_MAX are looked at. */
int part_marked(struct ui *u, struct area a, int row, int col, struct claque_str text,
		const struct grid_hit *marks, size_t mark_count);
/* Those of the hits that end after `from`, as they stand in the text from there; how many. */
size_t hits_from(const struct grid_hit *hits, size_t count, size_t from, struct grid_hit *out);
/* "a accounts 38   s sources 412 ...", over up to two rows; returns the rows used. */
int part_pivots(struct ui *u, struct area a, int row, struct subject subject);
/* Activity as one line of columns over the case's whole time. */
/*
 * What the posts of an account or a cluster are about, by rule packs, when that changed, and
 * the sides that its shares are from: at most `rows` lines, none where nothing is known.
 * Returns how many.
 */
int part_topics(struct ui *u, struct area a, int row, int rows, enum list_id list,
		const struct row *of);
void part_spark(struct ui *u, struct area a, int row, const char *label, enum list_id list,
		struct subject subject);
/* Reasons: for and against, each on its lines; returns the rows used. */
int part_reasons(struct ui *u, struct area a, int row, int rows, struct subject cluster);
/* "age -0.60, ...": what speaks against a group, or that nothing does, on one line. */
void part_against(struct ui *u, struct area a, int row, int col, struct subject cluster);
/* "(asking the case)" while something is owed. */
void part_owed(struct ui *u, struct area a, int row, int col);

/* --- window.c: stretches of time */
/* A step that people think in, of which at most `count` cover from..to. */
int64_t window_step(int64_t from, int64_t to, size_t count);
int64_t window_finer(int64_t step);
int64_t window_coarser(int64_t step);
int64_t window_floor(int64_t at, int64_t step);
struct claque_str window_step_text(struct arena *perm, int64_t step);
/* The case's first and last day; false when it has no times. */
bool window_of_case(const struct session *s, int64_t *from, int64_t *to);
/* Times under an axis of `count` columns, one step each. */
void window_axis(struct ui *u, struct area a, int row, int col, int64_t from, int64_t step,
		 int count);

/* --- lanes.c: of the timeline */
size_t lanes_of(struct ui *u, struct lane out[LANES_MAX]);
struct claque_str lane_name(struct ui *u, const struct lane *lane);
/* Drops it, or adds it behind the others. */
void lanes_toggle(struct ui *u, const struct lane *lane);

/* --- week.c: hours of the week, in UTC */
enum { WEEK_DAYS = 7, WEEK_HOURS = 24, WEEK_HOURS_MAX = 24 * 366 * 10, WEEK_COLS = 31,
       WEEK_ROWS = 8 };
struct week {
	int64_t cells[WEEK_DAYS][WEEK_HOURS];	/* from Monday */
	int64_t hours[WEEK_HOURS], days[WEEK_DAYS];
};
/* Adds so many hours that follow `from`, the start of one. */
void week_count(struct week *w, const int64_t *values, size_t hours, int64_t from);
/* Of the whole case, under all of the lens but its period; false: owed. */
bool week_of(struct ui *u, enum list_id list, struct subject subject, struct week *out);
/* Posts of its busiest hour, at least 1. */
int64_t week_busiest(const struct week *w);
const char *week_day(int day);
/* WEEK_ROWS by WEEK_COLS; or one line. */
void part_week(struct ui *u, struct area a, enum list_id list, struct subject subject);
void part_week_line(struct ui *u, struct area a, int row, enum list_id list,
		    struct subject subject);

/* --- view_changes.c: a row of LIST_CHANGES */
/* Word by word, before on the left and after on the right. */
void changes_diff(struct ui *u, struct area a, const struct row *row);
/* When, as far as is known, and which row of which file tells it; on one line. */
void changes_when(struct ui *u, struct area a, int line, const struct row *row);
/* Who else changed within hours of it. */
void changes_others(struct ui *u, struct area a, int line, const struct row *row);

/* --- events.c: public events on the timeline */
bool events_there(struct ui *u);
/* Their marks over `count` buckets from the column on. */
void events_lane(struct ui *u, struct area a, int line, int col, int count);
/* The letters of the marks nearest to the cursor, each with what happened, on one line. */
void events_names(struct ui *u, struct area a, int line, int count);
/* As window_axis(), but counted from the event that the window is aligned on. */
void events_axis(struct ui *u, struct area a, int row, int col, int count);
/* "-3 d", "+36 h": in the largest unit that steps of `every` are whole numbers of. */
struct claque_str events_span(struct arena *perm, int64_t span, int64_t every);

#endif
