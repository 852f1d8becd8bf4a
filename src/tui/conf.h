/*
 * conf.h - the file claque.conf: where it is, and what is said about it.
 */
#ifndef TUI_CONF_H
#define TUI_CONF_H

#include "tui/settings.h"

/* What to tell about the file when the screen is there; its lines that are wrong. */
enum { CONF_NOTE_MAX = 600 };

/*
 * Reads the file `asked`, or if that is NULL claque/claque.conf under
 * XDG_CONFIG_HOME or ~/.config, where it need not be; nothing is ever made. What
 * is wrong in it is added to *note, naming file and line, and nothing is refused
 * for it. EIO, ELIMIT: the file asked for cannot be read, or is over
 * SETTINGS_FILE_MAX.
 */
__attribute__((warn_unused_result, nonnull(1, 3, 4)))
enum claque_rc conf_read(struct settings *s, const char *asked, struct buf *note,
			 struct claque_err *err);

#endif
