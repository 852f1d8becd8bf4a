/*
 * session.h - one analyst at one case: where they are, through which lens,
 * what they came from, what is marked. The workbench without any screen; a
 * script can drive it as well as a keyboard.
 *
 * A place is a screen, what it stands on, a lens, and a cursor that keeps to a
 * row by its id, whatever the order. Going somewhere takes the lens along;
 * going back brings the former one. The way is written into the case with
 * every step, so that it survives the death of the process.
 *
 * What the screens ask repeatedly (rows, counts, histograms) is cached here.
 * While session_hurry() is on, what would need a query is left out and owed.
 * Failures on that way end up in the message line: a screen cannot do more.
 */
#ifndef APP_SESSION_H
#define APP_SESSION_H

#include "claque/dataset.h"

#include "app/screen.h"
#include "model/lens.h"
#include "store/annotation.h"
#include "store/facet.h"
#include "store/list.h"
#include "store/names.h"

struct session;

enum { SESSION_PANES = 2, SESSION_COUNT_CAP = 10000, SESSION_MANY = 10001, SESSION_SLOW = -2,
       SESSION_MARKS_MAX = 100000, SESSION_FIRST = 5000 };
enum { SESSION_REDRAW = 1, SESSION_RELOAD = 2, SESSION_QUIT = 4 };

struct session_hooks {
	void *ctx;
	/* Writes the case to path. NULL: exporting is not offered. */
	enum claque_rc (*export_case)(void *ctx, struct claque_str format, struct claque_str path,
				      const struct claque_progress *progress,
				      struct claque_err *err);
	const char *export_formats;	/* for the prompt: "csv markdown html ..." */
};

struct session_options {
	const char *path;
	struct claque_str who;
	bool read_only;
	struct session_hooks hooks;
};

/* The part of time that the timeline shows. UTC ms; step 0: not set yet. */
struct time_window {
	int64_t from, step;
	int64_t at;			/* cursor */
	int64_t anchor;			/* where a brush began, or CLAQUE_NO_TIME */
	int lane;
	/* Buckets begin on the origin, a public event's time, and not on the calendar. What it
	   was stays when that ends. */
	bool aligned;
	int64_t origin;
};

struct pane {
	int64_t id;			/* row under the cursor; 0 = none yet */
	int64_t index;			/* where it stood last */
	int64_t top;			/* first row on the screen */
	int sort, column;		/* -1: the list's own order; no column chosen */
	bool descending;
	struct list_key then[LIST_KEYS_MAX - 1];	/* between equals */
	int then_count;
};

enum { PLACE_NAME_MAX = 80 };

/* How a picture is looked at. */
struct picture_place {
	struct subject other;		/* what the place's subject is compared with */
	int seed;			/* draws the control; from 1 */
	int order;			/* enum matrix_order */
	bool by_number;			/* cells show how often, not how soon */
};

struct place {
	enum screen_id screen;
	struct subject subject;
	char name[PLACE_NAME_MAX];	/* of the subject, as bytes from data */
	struct lens lens;
	int pane;
	struct pane panes[SESSION_PANES];
	struct time_window time;
	struct picture_place picture;
};

/*
 * Opens the case and goes where the last session ended. If another process is
 * writing it, it is opened for reading and the message says so.
 */
CLAQUE_CHECKED enum claque_rc session_open(struct session **out,
	const struct session_options *options, struct claque_err *err);
void session_close(struct session *s);		/* takes NULL; saves the place */
/* Begins anew at the home screen, forgetting every way. */
void session_reset(struct session *s);

/* Asks the case again from here on if another process wrote into it since the last look. */
void session_look(struct session *s);
const char *session_name(const struct session *s);	/* of the case, without folder and ending */
bool session_writable(const struct session *s);
bool session_can_export(const struct session *s);
const char *session_export_formats(const struct session *s);
const struct store_counts *session_counts(const struct session *s);

/*
 * The place, and the way to it and onwards, as > would go: step 0 is where it began,
 * session_step_at() is here. All ways, as a tree: app/trail.h.
 */
struct place *session_place(struct session *s);
const struct place *session_here(const struct session *s);
size_t session_steps(const struct session *s);
size_t session_step_at(const struct session *s);
const struct place *session_step(const struct session *s, size_t step);

/*
 * To a place told in words, as a new way from the beginning: a screen's name, what list_find_subject()
 * takes (or "KIND:ID"; "" for nothing), a lens. What session_command() prints
 * says the same. EUSAGE and ENOTFOUND say what is wrong.
 */
CLAQUE_CHECKED enum claque_rc session_jump(struct session *s, struct claque_str screen,
	struct claque_str subject, struct claque_str lens, struct claque_err *err);
/*
 * What the subject of SCREEN_COMPARE is compared with, in the same words. EUSAGE if this is
 * another screen, or it is of another kind or the subject itself.
 */
CLAQUE_CHECKED enum claque_rc session_set_other(struct session *s, struct claque_str name,
	struct claque_err *err);
/* All return SESSION_ bits. */
unsigned session_go(struct session *s, enum screen_id screen, struct subject subject);
/* The same with another lens than the one at hand, as one step. */
unsigned session_go_through(struct session *s, enum screen_id screen, struct subject subject,
	const struct lens *lens);
unsigned session_back(struct session *s);
unsigned session_forward(struct session *s);
/* A step of its own, as another order is: back goes to the lens before. */
unsigned session_set_lens(struct session *s, const struct lens *lens);
/*
 * What was sorted by before decides between equals from then on, up to
 * LIST_KEYS_MAX columns; -1 is the list's own order.
 */
unsigned session_sort(struct session *s, int column, bool descending);
unsigned session_set_pane(struct session *s, int pane);
unsigned session_reload(struct session *s);

/* A lens as an analyst types it; its pattern must compile, its facets exist as well. EUSAGE. */
CLAQUE_CHECKED enum claque_rc session_read_lens(struct claque_str text, struct lens *out,
	struct claque_err *err);
/* "C017", "@ivan142", ... by what an analyst types; ENOTFOUND. */
CLAQUE_CHECKED enum claque_rc session_find(struct session *s, struct claque_str name,
	struct subject *out, struct claque_err *err);
/*
 * Accounts by letters of their names in their order, the best first; from NAMES_LETTERS
 * typed on. all false: of those looked at until now, and the rest is owed. While people
 * look on there are none: what is typed would tell whom a mask stands for.
 */
enum { NAMES_LETTERS = 2 };
struct found_names {
	const struct name_hit *hits;
	size_t got;
	bool all;
};
struct found_names session_names(struct session *s, struct claque_str typed);
struct claque_str session_subject_name(struct session *s, struct subject subject,
	struct arena *perm);

/*
 * While people look on, all that the session tells has masked names (app/mask.h), and
 * scores and verdicts are covered until they are asked for. Turning it on reads every
 * name of the case. The case is left as it is.
 */
CLAQUE_CHECKED enum claque_rc session_workshop(struct session *s, bool on, struct claque_err *err);
bool session_in_workshop(const struct session *s);
/* Our own words, with what they may have taken from data. */
struct claque_str session_shown(const struct session *s, struct arena *perm,
				struct claque_str text);
/* What a place stands on. */
struct claque_str session_place_name(const struct session *s, const struct place *p,
				     struct arena *perm);
bool session_covers(const struct session *s);
/* Shows the answers of this place, or covers them again. */
unsigned session_answers(struct session *s);

/* The list of the active pane; LIST_NONE for the rows of a query. */
enum list_id session_list(const struct session *s);
const struct column *session_columns(const struct session *s, size_t *count);
/* Of any list; of LIST_NONE those of the query of this place. */
const struct column *session_columns_of(const struct session *s, enum list_id list, size_t *count);
/* Rows under the lens: exact, or SESSION_MANY for more than the cap; -1 not known yet. */
int64_t session_length(struct session *s);
/* The same without the lens, for "n of N". */
int64_t session_whole(struct session *s);
/* Exact whatever it costs: for going to the end. */
int64_t session_exact_length(struct session *s);
/* Does any condition of the lens concern the active list? */
bool session_lens_applies(const struct session *s);
/* NULL past the end, or while it is owed. Good until the next reload. */
const struct row *session_row(struct session *s, int64_t index);
/* Moves the cursor there, or as near as there are rows. */
unsigned session_select(struct session *s, int64_t index);
/* The row under the cursor, or NULL. */
const struct row *session_current(struct session *s);
/* What the cursor is on: the row's subject, or else the place's; a dossier is on its account. */
struct subject session_subject(struct session *s);
/* What a row of the active list is. */
struct subject session_row_subject(const struct session *s, const struct row *row);
/* The account behind a post; kind none if it is not known. */
struct subject session_author(struct session *s, struct subject post);
/* Of a row of the active list: the column with this name; NULL for null, or no such column. */
const struct value *session_value(const struct session *s, const struct row *row, const char *name);
/* What a note, a tag or a pin is on. */
struct subject session_target(struct session *s, int64_t annotation);

/* A few rows (64 at most) of another list under the same lens. ready false: owed. */
struct side {
	const struct row *rows;
	size_t got;
	bool ready;
};
struct side session_side(struct session *s, enum list_id list, struct subject subject,
			 size_t limit);
/* Capped as session_length(); -1 while it is owed. */
int64_t session_side_count(struct session *s, enum list_id list, struct subject subject);
/* A facet of the active list, counted under the lens; NULL while it is owed. */
const struct facet_counts *session_facet(struct session *s, size_t at, size_t limit);
/* The one row, or NULL. */
const struct row *session_detail(struct session *s, enum list_id list, int64_t id);
/* Posts or changes per bucket, under all of the lens but its period; NULL while owed. */
const int64_t *session_buckets(struct session *s, enum list_id list, struct subject subject,
			       int64_t from, int64_t step, size_t count);

void session_hurry(struct session *s, bool on);
/*
 * What is asked from here on may take a moment and no more: counts are SESSION_SLOW then,
 * histograms NULL. Returns what it was before. Nothing is cut short unless session_on_wait().
 */
bool session_soft(struct session *s, bool on);
/*
 * While session_on_wait() watches, rows that take long come as the best of SESSION_FIRST
 * ones, and are owed; patient, all are waited for. Returns what it was before.
 */
bool session_patient(struct session *s, bool on);
/* Was the row that was asked last of such an answer? */
bool session_shows_some(const struct session *s);
/* Within a tick that says no: a key came; what is asked is owed, and asked again later. */
void session_give_way(struct session *s);
/* Was anything left out since session_hurry() was set? */
bool session_owes(const struct session *s);
/*
 * Its tick is called while a query, a search or an export runs, and may stop
 * it; done and total are 0 for a query. NULL: nothing does. It must outlive its
 * use here.
 */
void session_on_wait(struct session *s, const struct claque_progress *progress);

/* Marks: a set of subjects of any kind, kept across screens. */
bool session_marked(const struct session *s, struct subject subject);
size_t session_mark_count(const struct session *s);
const struct subject *session_marks(const struct session *s);	/* by kind, then id */
unsigned session_mark_toggle(struct session *s, struct subject subject);
unsigned session_mark_all(struct session *s, bool invert);
unsigned session_mark_none(struct session *s);
/*
 * What is marked as subjects to stand on: accounts with the members of marked clusters,
 * sources, posts; each only where there are two or more. That of the active list comes
 * first. Returns how many.
 */
enum { SESSION_SETS = 3 };
size_t session_marked_sets(struct session *s, struct subject out[SESSION_SETS]);
/* The first of them, or kind none. */
struct subject session_marked_set(struct session *s);
size_t session_set_size(const struct session *s, int64_t id);
/* How many are of the kind that the active list has in its rows. */
size_t session_marks_here(struct session *s);
/* How many of them tags, pins and verdicts of this screen are on; 0: on the row. */
size_t session_marks_worked(struct session *s);

/* Search in what the columns of the list show. EINPUT for a bad pattern. */
CLAQUE_CHECKED enum claque_rc session_set_pattern(struct session *s, struct claque_str source,
	struct claque_err *err);
struct claque_str session_pattern(const struct session *s);	/* "" = none */
bool session_match(const struct session *s, struct claque_str text, size_t from, size_t *at,
		   size_t *len);
/*
 * How many rows of the active list match a pattern, or would be left by another lens.
 * Counted beside the keys: while that goes on, `found` is what there is so far. Asked
 * again, it goes on; asked for something else, that begins.
 */
struct tally {
	int64_t found, seen;		/* seen: rows looked at; 0 where only a lens counts */
	int64_t nth;			/* which of the hits the cursor stands on, from 1; or 0 */
	bool final, failed;
};
struct tally session_count_hits(struct session *s, struct claque_str pattern);
struct tally session_count_lens(struct session *s, const struct lens *lens);
/* Was anything given out since the last call that is still being worked on beside the keys? */
bool session_unsettled(struct session *s);
void session_finish(struct session *s);		/* waits for the end of that */

/* To the next (or previous) row that matches, around the end. */
unsigned session_find_row(struct session *s, bool forward);

/* The analyst's work: tags and pins go on the marks if there are any, else on the cursor. */
unsigned session_annotate(struct session *s, enum annotation_kind kind, struct claque_str text);
/* A verdict, likewise; *ok: it was taken, and not refused. */
unsigned session_judge(struct session *s, const struct annotation *verdict, bool *ok);
/* The verdict that stands on what the cursor is on, in perm; false: there is none. */
bool session_verdict(struct session *s, struct arena *perm, struct annotation *out);
/*
 * The note under the cursor, or the last one on what it is on, in perm; false: there is none,
 * or it has more than one line, and the message says so.
 */
bool session_note(struct session *s, struct arena *perm, struct claque_str *out);
/* The same with other words, in its place. */
unsigned session_reword(struct session *s, struct claque_str text);
/*
 * quote: a passage of the post under the cursor; word: its label; colour. What is so marked
 * already is marked no more; *ok: it was done, and not refused.
 */
unsigned session_highlight(struct session *s, const struct annotation *what, bool *ok);
/* A note, or with a # a tag, on the times that are brushed, or else those of the lens. */
unsigned session_note_period(struct session *s, struct claque_str text);
/* The timeline of what the period is about, with these times as the lens. */
unsigned session_open_period(struct session *s, int64_t period);
unsigned session_untag(struct session *s, struct claque_str tag);
unsigned session_undo(struct session *s);
unsigned session_redo(struct session *s);
/*
 * csv (safe for spreadsheets), csv-exact, json: the list as it is shown, into a new file; only
 * its marked rows if any are. "method": the trail. "case", with "FORMAT PATH" as the path, and any format that is
 * none of these: the whole case.
 */
unsigned session_export(struct session *s, struct claque_str format, struct claque_str path);
/* Finds what posts are about, by the rule packs that are found (app/topics_job.h). */
unsigned session_topics(struct session *s);

/* One line for the analyst; may hold bytes from data. */
struct claque_str session_message(const struct session *s);
bool session_message_is_error(const struct session *s);
/* The first time that the case could not be read or written since it was opened.
   EIO, EBUSY, EINPUT. */
CLAQUE_CHECKED enum claque_rc session_fault(const struct session *s, struct claque_err *err);
void session_say(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void session_fail(struct session *s, const struct claque_err *err);
void session_hush(struct session *s);
/* A shell command that shows this place again. */
struct claque_str session_command(const struct session *s, struct arena *perm);

#endif
