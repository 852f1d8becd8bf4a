/*
 * action.h - everything that a key can do, as one table. The keys, the key
 * line, the palette, the help screen and the manual page are read from it, so
 * none of them can be wrong about another.
 *
 * Keys are written as in tui/key.h ("j <Down>"), separated by blanks. What an
 * action needs is a set of bits; each bit has one message for when it is not
 * there.
 */
#ifndef APP_ACTION_H
#define APP_ACTION_H

#include "app/session.h"

/* X(id, heading) */
#define ACTION_GROUP_LIST(X) \
	X(MOVE, "MOVE") X(OPEN, "OPEN") X(BACK, "BACK") X(FIND, "FIND") X(LENS, "LENS") \
	X(MARK, "MARK") X(CASE, "CASE") X(UNDO, "UNDO") X(SEE, "SEE") X(TIME, "TIME") \
	X(OUT, "OUT") X(HELP, "HELP")

enum action_group {
#define X(id, heading) GROUP_##id,
	ACTION_GROUP_LIST(X)
#undef X
	GROUP_COUNT
};

/* X(id, what is said when it is missing) */
#define NEED_LIST(X) \
	X(ROW, "there is no row here") \
	X(SUBJECT, "choose a row first: this works on a cluster, an account, a source, ...") \
	X(WRITABLE, "the case is open for reading only: another workbench or process has it") \
	X(LENS, "the lens is open: there is no condition to drop") \
	X(BACK, "this is where you began") \
	X(FORWARD, "there is nowhere to go forward to") \
	X(PATTERN, "search for something first: /") \
	X(MARKS, "nothing is marked") \
	X(TEXT, "posts have text to reveal: 4 shows them") \
	X(TIME, "this works on the timeline: 6 shows it") \
	X(PICTURE, "this works on a picture with a control: o m shows one") \
	X(CONTROL, "this works where a control is shown: why, matrix, compare, timeline") \
	X(WORKSHOP, "answers are covered in workshops only: :workshop begins one")

enum need {
#define X(id, message) NEED_BIT_##id,
	NEED_LIST(X)
#undef X
	NEED_BIT_COUNT
};

#define NEED(id) (1u << NEED_BIT_##id)

/* X(id, name, short, keys, group, needs, args, help) - short: on the key line */
#define ACTION_LIST(X) \
	X(DOWN, "next row", "", "j <Down>", MOVE, 0, "", "one row down") \
	X(UP, "previous row", "", "k <Up>", MOVE, 0, "", "one row up") \
	X(PAGE_DOWN, "page down", "", "<PageDown>", MOVE, 0, "", "one page down") \
	X(PAGE_UP, "page up", "", "<PageUp>", MOVE, 0, "", "one page up") \
	X(HALF_DOWN, "half a page down", "", "<C-d>", MOVE, 0, "", "half a page down") \
	X(HALF_UP, "half a page up", "", "<C-u>", MOVE, 0, "", "half a page up") \
	X(TOP, "first row", "", "g <Home>", MOVE, 0, "", "to the first row") \
	X(BOTTOM, "last row", "", "G <End>", MOVE, 0, "", "to the last row") \
	X(LEFT, "left", "", "h <Left>", MOVE, 0, "", "to the column or time before") \
	X(RIGHT, "right", "", "l <Right>", MOVE, 0, "", "to the next column or time") \
	X(PANE, "other pane", "pane", "<Tab>", MOVE, 0, "", \
	  "to the other list of the screen, or to the facets") \
	X(OPEN, "open", "open", "<Enter>", OPEN, 0, "", "open the row under the cursor") \
	X(PIVOT, "pivot", "pivot", "o", OPEN, NEED(SUBJECT), "", \
	  "other views of this, each with its count under the lens") \
	X(RECORD, "row in full", "in full", "i", OPEN, NEED(ROW), "", \
	  "all that is stored of the row, and the file and row that it came from") \
	X(CONSOLE, "sql", "sql", ";", OPEN, 0, "", \
	  "a read-only query of one's own; its rows lead on as those of any list") \
	X(WHY, "why", "why", "e", OPEN, NEED(SUBJECT), "", "the reasons behind a score") \
	X(SCREEN, "go to", "", "1 2 3 4 5 6 7 8 9", OPEN, 0, "SCREEN", \
	  "a screen, on the same subject where it can be") \
	X(BACK, "back", "back", "<lt> <Backspace> <A-Left>", BACK, NEED(BACK), "", \
	  "to the place before, with its lens and cursor") \
	X(FORWARD, "forward", "", "> <A-Right>", BACK, NEED(FORWARD), "", \
	  "to where you came back from") \
	X(TRAIL, "trail", "trail", "T", BACK, 0, "", \
	  "every step so far as a tree: go there, name, pin, tell two apart, write it down") \
	X(CRUMBS, "crumbs", "", "", BACK, 0, "", "the way here, step by step; Enter goes back to one") \
	X(LEAVE, "up or quit", "up", "q", BACK, 0, "", "one level up; at the root, quit") \
	X(QUIT, "quit", "quit", "Q", BACK, 0, "", "leave; the next session goes on here") \
	X(FIND, "find", "find", "/", FIND, NEED(ROW), "PATTERN", \
	  "rows that match a pattern, counted while it is typed; Tab makes it a lens") \
	X(FIND_NEXT, "next hit", "hit", "n", FIND, NEED(PATTERN), "", "the next row that matches") \
	X(FIND_PREVIOUS, "previous hit", "", "N", FIND, NEED(PATTERN), "", \
	  "the row before that matches") \
	X(FACETS, "facets", "facets", "f", LENS, 0, "", \
	  "what the rows can be told apart by, counted under the lens; choosing makes a lens") \
	X(FILTER, "lens", "lens", "F", LENS, 0, "LENS", \
	  "the lens as text: 2016-09-20..2016-10-12 kind:reshare lang:en text:...") \
	X(DROP, "drop condition", "drop", "x", LENS, NEED(LENS), "", \
	  "drop the last condition of the lens") \
	X(CLEAR, "clear lens", "clear", "X", LENS, NEED(LENS), "", "drop all conditions") \
	X(VIEWS, "views", "views", "S", LENS, 0, "", "saved views: a screen, its lens and order") \
	X(SAVE_VIEW, "save view", "", "", LENS, 0, "NAME", \
	  "what is seen now as a view; after a colon a lens with $parameters") \
	X(REMOVE_VIEW, "remove view", "", "", LENS, 0, "NAME", "a saved view is kept no longer") \
	X(RENAME_VIEW, "rename view", "", "", LENS, 0, "NAME: NEW NAME", \
	  "a saved view is called otherwise") \
	X(MARK, "mark", "mark", "<Space>", MARK, NEED(SUBJECT), "", "mark the row, go to the next") \
	X(MARK_ALL, "mark all", "", "*", MARK, NEED(ROW), "", "mark every row of the list") \
	X(MARK_NONE, "unmark all", "", "_", MARK, NEED(MARKS), "", "forget all marks") \
	X(MARK_INVERT, "invert marks", "", "!", MARK, NEED(ROW), "", \
	  "mark what is not, and the other way round") \
	X(PIN, "pin", "pin", "p", CASE, NEED(SUBJECT) | NEED(WRITABLE), "", \
	  "pin the row, or what is marked, to the case") \
	X(TAG, "tag", "tag", "t", CASE, NEED(SUBJECT) | NEED(WRITABLE), "TAG COLOUR", \
	  "tag the row, or what is marked; a colour may follow") \
	X(UNTAG, "untag", "", "U", CASE, NEED(SUBJECT) | NEED(WRITABLE), "TAG", \
	  "take a tag off the row, or off what is marked") \
	X(NOTE, "note", "note", "c", CASE, NEED(SUBJECT) | NEED(WRITABLE), "TEXT", \
	  "write a note on the row") \
	X(REWORD, "reword note", "reword", "m", CASE, NEED(WRITABLE), "TEXT", \
	  "mend the note under the cursor, or the last one on the row; the old one stays in the ledger") \
	X(HIGHLIGHT, "highlight", "highlight", "H", CASE, \
	  NEED(ROW) | NEED(TEXT) | NEED(WRITABLE), "", \
	  "mark a passage of the post, with a label and a colour; the same again takes it off") \
	X(PERIOD, "note on period", "on period", "P", CASE, NEED(TIME) | NEED(WRITABLE), "TEXT", \
	  "a note on what is brushed, or on the period of the lens; #word makes it a tag") \
	X(VERDICT, "verdict", "verdict", "d", CASE, NEED(SUBJECT) | NEED(WRITABLE), "", \
	  "reviewing, confirmed, cleared, ..., with a reason and how sure you are") \
	X(CLAIM, "claim", "claim", "A", CASE, NEED(WRITABLE), "", \
	  "a sentence about the row that could be wrong, with how likely it is and how sure you are") \
	X(EVIDENCE, "evidence", "evidence", "B", CASE, NEED(WRITABLE), "", \
	  "the row as evidence for or against a claim that was made") \
	X(HYPOTHESIS, "hypothesis", "hypothesis", "", CASE, NEED(WRITABLE), "TEXT", \
	  "another explanation that evidence is rated under, besides the seven of every case") \
	X(TECHNIQUE, "techniques", "techniques", "K", CASE, NEED(WRITABLE), "", \
	  "confirm what signals suggest: steps of the Online Operations Kill Chain, DISARM") \
	X(WITHDRAW, "withdraw", "withdraw", "D", CASE, NEED(ROW) | NEED(WRITABLE), "", \
	  "take the claim or evidence under the cursor out; the ledger keeps it") \
	X(UNDO, "undo", "undo", "u", UNDO, NEED(WRITABLE), "", "take the last act back") \
	X(REDO, "redo", "", "<C-r>", UNDO, NEED(WRITABLE), "", "do again what was undone") \
	X(SORT, "sort by", "sort", "s", SEE, 0, "COLUMN", \
	  "choose a column; again turns it round; the columns before decide between equals") \
	X(ASCENDING, "sort ascending", "", "[", SEE, 0, "", "smallest of this column first") \
	X(DESCENDING, "sort descending", "", "]", SEE, 0, "", "largest of this column first") \
	X(COLUMNS, "columns", "columns", "C", SEE, 0, "", \
	  "which columns the list shows, and in which order") \
	X(REVEAL, "reveal", "reveal", "r", SEE, NEED(ROW) | NEED(TEXT), "", \
	  "the code points and bytes of the post, made safe") \
	X(ANSWERS, "answers", "answers", "a", SEE, NEED(WORKSHOP), "", \
	  "in a workshop: show the scores and verdicts of this screen, or cover them again") \
	X(RELOAD, "reload", "", "<F5>", SEE, 0, "", "ask the case again") \
	X(REDRAW, "redraw", "", "<C-l>", SEE, 0, "", "paint the whole screen anew") \
	X(BRUSH, "brush", "brush", "v", TIME, NEED(TIME), "", \
	  "begin a period here; v again makes it the lens") \
	X(ZOOM_IN, "zoom in", "zoom", "z", TIME, NEED(TIME), "", "half the period around the cursor") \
	X(ZOOM_OUT, "zoom out", "", "Z", TIME, NEED(TIME), "", "twice the period") \
	X(ALIGN, "align on event", "align", "|", TIME, NEED(TIME), "", \
	  "count time from the next public event; again: by the calendar") \
	X(LANES, "lanes", "lanes", "+", TIME, NEED(TIME), "", \
	  "put clusters, accounts, sources, a control or profile changes beside each other") \
	X(DROP_LANE, "drop lane", "", "-", TIME, NEED(TIME), "", "leave the lane under the cursor out") \
	X(BY_NUMBER, "how soon or often", "weigh", "w", SEE, NEED(PICTURE), "", \
	  "a matrix by how soon each followed, or by how often") \
	X(MERGE, "merge", "", "", CASE, NEED(WRITABLE), "FILE", \
	  "take a colleague's annotations; conflicts are shown side by side and decided first") \
	X(TOPICS, "topics", "", "", CASE, NEED(WRITABLE), "", \
	  "find what posts are about, by rule packs; again: of posts imported since") \
	X(COMPARE, "compare", "compare", "=", OPEN, NEED(SUBJECT), "", \
	  "with what is marked, or with a random control; again: with the next mark") \
	X(CONTROL, "another control", "control", "R", SEE, NEED(CONTROL), "", \
	  "draw another random control group, by the next seed") \
	X(COPY, "copy", "copy", "y", OUT, NEED(SUBJECT), "", \
	  "the post's text, the name, or the row, made safe: into a file or the clipboard") \
	X(COPY_RAW, "copy raw", "", "Y", OUT, NEED(SUBJECT), "", \
	  "the same as it is, with links that work; asks first") \
	X(EXPORT, "export", "export", "E", OUT, 0, "FORMAT PATH", \
	  "write the list as it is shown, or its marked rows; the trail; or the whole case") \
	X(PALETTE, "command", "command", ":", HELP, 0, "", \
	  "everything by name: commands, screens, columns, accounts, clusters") \
	X(SET, "set", "", "", HELP, 0, "OPTION VALUE", \
	  "an option of claque.conf for this session, as in: theme light") \
	X(JOBS, "jobs", "", "<C-t>", HELP, 0, "", \
	  "what takes long and what took; also while it runs, where d gives it up") \
	X(WORKSHOP, "workshop", "", "", HELP, 0, "", \
	  "names are masked, keys shown and answers covered for an audience; again ends it") \
	X(LESSON, "lesson", "lesson", "L", HELP, 0, "NAME", \
	  "take a lesson; while one is taken its keys: n next, p back, h hint, a answer, q leave") \
	X(HELP, "help", "help", "? <F1>", HELP, 0, "", "the keys, this screen first") \
	X(CLOSE, "close", "", "<Esc> <C-c>", HELP, 0, "", \
	  "close a menu or stop a query; never leaves")

enum action_id {
#define X(id, name, short_name, keys, group, needs, args, help) ACTION_##id,
	ACTION_LIST(X)
#undef X
	ACTION_COUNT
};

struct action {
	const char *name, *label, *keys, *args, *help;
	enum action_group group;
	unsigned needs;
};

/* id < ACTION_COUNT. */
const struct action *action_get(enum action_id id);
const char *action_group_name(enum action_group group);
/* Why it cannot be done now, or NULL if it can. */
const char *action_missing(struct session *s, enum action_id id);
/* The same of one that is to be run: for rows that are still being asked it waits. */
const char *action_refused(struct session *s, enum action_id id);

/*
 * Does it, if the session alone can: *did says whether it could; moving in a
 * view, menus and prompts are the screen's business. Returns SESSION_ bits;
 * what went wrong is in the session's message. arg: what its prompt asked.
 */
unsigned action_run(struct session *s, enum action_id id, struct claque_str arg, bool *did);

#endif
