/*
 * linear.h - the workbench for screen readers and terminals that only type: one thing a
 * line, "label: value", no boxes, nothing that moves a cursor. Commands are lines of keys.
 */
#ifndef TUI_LINEAR_H
#define TUI_LINEAR_H

#include <stdio.h>

#include "app/session.h"
#include "base/buf.h"
#include "tui/settings.h"

/*
 * Reads lines of keys ("jj<Enter>o", as in tui/key.h) until q leaves or `in` ends, and
 * writes what each changed. A line's end is Enter where one types; an empty line says
 * anew where one is. note: what to say at first, or "". true if the training case is
 * wanted instead.
 */
bool linear_run(struct session *s, const struct settings *set, struct claque_str note, FILE *in,
		FILE *out);
/* All of it after these keys; EUSAGE for a key that is none. */
CLAQUE_CHECKED enum claque_rc linear_dump(struct session *s, struct claque_str keys,
	const struct settings *set, struct buf *out, struct claque_err *err);

#endif
