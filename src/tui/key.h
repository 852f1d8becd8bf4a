/*
 * key.h - a key press as a number, and its name.
 *
 * A printable key is its code point; others are above KEY_BASE; Ctrl-letter is
 * 1..26 as terminals send it, but Tab, Enter and Backspace have names of their
 * own. Names: "j", "<Enter>", "<C-d>", "<F1>", "<Space>", "<lt>" for '<'.
 */
#ifndef TUI_KEY_H
#define TUI_KEY_H

#include "base/str.h"

/* X(id, name, what help prints) */
#define KEY_LIST(X) \
	X(UP, "Up", "Up") X(DOWN, "Down", "Down") X(LEFT, "Left", "Left") \
	X(RIGHT, "Right", "Right") X(HOME, "Home", "Home") X(END, "End", "End") \
	X(PAGE_UP, "PageUp", "PgUp") X(PAGE_DOWN, "PageDown", "PgDn") \
	X(ENTER, "Enter", "Enter") X(ESC, "Esc", "Esc") X(TAB, "Tab", "Tab") \
	X(BACKTAB, "S-Tab", "Shift-Tab") X(BACKSPACE, "Backspace", "Backspace") \
	X(DELETE, "Delete", "Delete") X(INSERT, "Insert", "Insert") \
	X(F1, "F1", "F1") X(F5, "F5", "F5") \
	X(ALT_LEFT, "A-Left", "Alt-Left") X(ALT_RIGHT, "A-Right", "Alt-Right") \
	X(CLICK, "Click", "click") X(WHEEL_UP, "WheelUp", "wheel up") \
	X(WHEEL_DOWN, "WheelDown", "wheel down") \
	X(RESIZE, "Resize", "resize") X(PASTE, "Paste", "paste") X(HANGUP, "Hangup", "hangup")

enum {
	KEY_BASE = 0x110000,
#define X(id, name, shown) CK_##id,
	KEY_LIST(X)
#undef X
	KEY_LIMIT
};

/* One key off the front of *s ("j", "<Enter>", ...); false at the end or when malformed. */
bool key_parse(struct claque_str *s, uint32_t *out);
/* The name key_parse() takes: "j", "<Enter>", "<C-d>". */
struct claque_str key_spelled(struct arena *perm, uint32_t key);
/* The key that sends a character: Tab, Enter, Backspace and Esc have their own numbers. */
uint32_t key_of_char(uint32_t code);
/* For the help and the key line: "Enter", "Ctrl-D", "j". */
struct claque_str key_shown(struct arena *perm, uint32_t key);

#endif
