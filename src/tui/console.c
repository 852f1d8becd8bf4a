/*
 * console.c - writing a query: what could stand at the cursor, earlier queries, and
 * where it is not understood. Enter leaves the line and gives the keys to the rows.
 */
#include "config.h"

#include <stdio.h>

#include "tui/view.h"

#include "app/console.h"

enum { CTRL_C = 3, CTRL_R = 18 };

void
console_open(struct ui *u)
{
	if (session_here(u->s)->screen != SCREEN_CONSOLE)
		(void)session_go(u->s, SCREEN_CONSOLE, (struct subject){ 0 });
	ui_open(u, OVERLAY_CONSOLE);
	u->console = (struct console_ui){ .past = 0 };
	edit_set(&u->edit, console_query(u->s));
}

static void
run(struct ui *u)
{
	struct claque_str all = edit_str(&u->edit);
	struct claque_str query = str_dup(&u->grid.scratch, str_trim(all));
	size_t lead = 0, at;
	struct claque_err err;

	if (query.len == 0)
		return;
	while (byte_is_space(all.p[lead]))
		lead++;
	if (console_run(u->s, query, &at, &err) == CLAQUE_OK) {
		u->overlay = OVERLAY_NONE;
		return;
	}
	(void)snprintf(u->console.fault, sizeof(u->console.fault), "%s", err.msg);
	u->edit.at = lead + at < u->edit.len ? lead + at : u->edit.len;
}

/* In place of what stands from byte `from` to the cursor. */
static void
put(struct ui *u, size_t from, struct claque_str word)
{
	struct edit *e = &u->edit;
	struct claque_str rest = str_dup(&u->grid.scratch, str_sub(edit_str(e), e->at, e->len));

	e->len = e->at = from;
	edit_insert(e, word);
	edit_insert(e, rest);
	e->at -= rest.len <= e->at ? rest.len : 0;
}

/* As far as all agree at first; then one after the other. */
static void
offer(struct ui *u, bool forward)
{
	struct console_ui *c = &u->console;
	struct claque_str words[COMPLETE_MAX], common;
	size_t from, at = c->cycling ? c->from + c->typed : u->edit.at;
	size_t count = console_complete(u->s, &u->grid.scratch, edit_str(&u->edit), at, &from,
					words);

	if (count == 0)
		return;
	common = complete_common(words, count);
	if (!c->cycling && (count == 1 || common.len > at - from)) {
		put(u, from, common);
		return;
	}
	if (c->cycling)
		c->offered = (c->offered + (forward ? 1 : count - 1)) % count;
	else
		c->offered = forward ? 0 : count - 1;
	c->from = from;
	c->typed = at - from;
	c->cycling = true;
	put(u, from, words[c->offered]);
}

static void
show_past(struct ui *u, size_t past)
{
	struct console_ui *c = &u->console;

	if (c->past == 0 && !c->finding)
		c->written = u->edit;
	c->past = past;
	c->cycling = false;
	if (past == 0)
		u->edit = c->written;
	else
		edit_set(&u->edit, console_past(u->s, past - 1));
}

/* Each press goes to the next earlier one that holds what was typed. */
static void
find_past(struct ui *u)
{
	struct console_ui *c = &u->console;
	size_t found;

	if (!c->finding)
		c->written = u->edit;
	c->finding = true;
	found = console_past_find(u->s, edit_str(&c->written), c->past);
	if (found < console_past_count(u->s))
		show_past(u, found + 1);
	else
		session_say(u->s, "no earlier query holds that");
}

static void
begin_again(struct console_ui *c)
{
	c->past = 0;
	c->finding = c->cycling = false;
}

static void
key(struct ui *u, uint32_t pressed)
{
	struct console_ui *c = &u->console;

	session_hush(u->s);
	c->fault[0] = '\0';
	if (pressed == CK_ENTER || pressed == CK_F5) {
		run(u);
	} else if (pressed == CK_ESC || pressed == CTRL_C) {
		if (!console_stop(u->s))
			u->overlay = OVERLAY_NONE;
	} else if (pressed == CK_TAB || pressed == CK_BACKTAB) {
		offer(u, pressed == CK_TAB);
	} else if (pressed == CK_UP) {
		c->finding = false;
		show_past(u, c->past < console_past_count(u->s) ? c->past + 1 : c->past);
	} else if (pressed == CK_DOWN) {
		if (c->past > 0)
			show_past(u, c->past - 1);
	} else if (pressed == CTRL_R) {
		find_past(u);
	} else {
		begin_again(c);
		(void)edit_key(&u->edit, pressed);
	}
}

const struct overlay_ops overlay_console = {
	NULL, key, " Enter runs   Tab completes   Up earlier ones   Ctrl-R finds one   Esc closes" };
