/*
 * settings.h - what the analyst chose: options and the keys of the actions. A
 * line of claque.conf is read here wherever it comes from: from the file, from
 * the palette, from the prompt of :set.
 *
 *	set OPTION VALUE	map KEY ACTION [ARGUMENT]	unmap KEY
 *	langmap NAME		# a comment, at the beginning of a line
 *
 * KEY as in tui/key.h; ACTION is the name of an action with '-' for its blanks.
 * A key does one thing: mapped again, it leaves its action of before. The last
 * key of the palette cannot be taken, as from there everything can be reached.
 */
#ifndef TUI_SETTINGS_H
#define TUI_SETTINGS_H

#include "app/action.h"
#include "base/buf.h"
#include "tui/langmap.h"
#include "tui/theme.h"

/* X(id, name, choices or "" for a number from 1, most, what it is at first, help) */
#define SETTING_LIST(X) \
	X(THEME, "theme", THEME_NAMES, THEME_COUNT - 1, THEME_AUTO, \
	  "colours: auto is dark, or mono where NO_COLOR is set") \
	X(ASCII, "ascii", "off on", 1, 0, "draw with ASCII only") \
	X(ESCDELAY, "escdelay", "", 1000, 25, \
	  "milliseconds after which Esc is a key and not the beginning of one; 100 on slow lines") \
	X(LANGMAP, "langmap", LANGMAP_NAMES, LANGMAP_COUNT - 1, 0, \
	  "a keyboard whose letters are not Latin: keys go by their place on it") \
	X(LINEAR, "linear", "off on", 1, 0, \
	  "for screen readers, from the next start: one thing a line, commands are lines of keys") \
	X(MOUSE, "mouse", "off on", 1, 0, \
	  "a click moves the cursor, a second opens, the wheel scrolls; with Shift the terminal" \
	  " selects text as before") \
	X(CLIPBOARD, "clipboard", "file osc52", 1, 0, \
	  "where y copies to: a file of yours, or the terminal's clipboard (OSC 52), up to 48 KB; in" \
	  " tmux that needs set-clipboard on") \
	X(SYNC, "sync", "auto off ask", 2, 0, \
	  "frames appear whole: where terminfo knows the terminal can, never, or if it answers that" \
	  " it can") \
	X(WORKSHOP, "workshop", "off on", 1, 0, \
	  "for an audience: names are masked, keys shown, answers covered until a is pressed")

enum setting_id {
#define X(id, name, choices, max, standard, help) SETTING_##id,
	SETTING_LIST(X)
#undef X
	SETTING_COUNT
};

struct setting {
	const char *name, *choices, *help;
	int max, standard;	/* a choice by its number, counted from 0 */
};

enum { BINDINGS_MAX = 240, BINDING_ARG_MAX = 64, SETTINGS_FILE_MAX = 64 << 10 };

struct binding {
	uint32_t key;
	enum action_id action;
	char arg[BINDING_ARG_MAX];	/* "": none */
};

struct settings {
	int values[SETTING_COUNT];
	struct binding bindings[BINDINGS_MAX];	/* of one action: the first is shown */
	size_t binding_count;
};

const struct setting *setting_get(enum setting_id id);
/* "light", "50" */
struct claque_str setting_value(struct arena *perm, enum setting_id id, int value);

/* As they are without a file: the keys of the table of actions. */
void settings_init(struct settings *s);
/* One line; EINPUT or ELIMIT say what would be right, and nothing is changed then. */
CLAQUE_CHECKED enum claque_rc settings_line(struct settings *s, struct claque_str line,
					    struct claque_err *err);
/*
 * A whole file. Lines that are wrong are passed over: returns how many, and in
 * *first the first of them, as "NAME:3: what, remedy" (untouched if there is none).
 */
size_t settings_read(struct settings *s, const char *name, struct claque_str text,
		     struct claque_err *first);
/* As lines that make the same of settings_init(). */
void settings_write(const struct settings *s, struct buf *out);

/* What the key does, by its place on the keyboard if need be; NULL: nothing. */
const struct binding *settings_binding(const struct settings *s, uint32_t key);
/* The first key of an action (with this argument, if one is given), as it is printed. */
struct claque_str settings_key(const struct settings *s, struct arena *perm, enum action_id id,
			       struct claque_str arg);
/* All of them: "j Down". */
struct claque_str settings_keys(const struct settings *s, struct arena *perm, enum action_id id);
/* "next-row" */
struct claque_str settings_action_name(struct arena *perm, enum action_id id);

#endif
