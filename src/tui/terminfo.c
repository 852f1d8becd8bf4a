#include "config.h"

#include "tui/terminfo.h"

#include <curses.h>
#include <term.h>
#include <unistd.h>

/* Asked first, since newterm() keeps some memory for a name it does not know. */
bool
terminfo_knows(const char *name)
{
	int found = 0;

	if (setupterm(name, STDOUT_FILENO, &found) != OK)
		return false;
	(void)del_curterm(cur_term);
	return true;
}

const char *
terminfo_string(const char *name)
{
	const char *value = tigetstr(name);

	return value == NULL || value == (const char *)-1 ? "" : value;
}

/* Padding is written $<5>: milliseconds that no terminal needs any more. */
void
terminfo_add(struct buf *out, const char *name)
{
	const char *p = terminfo_string(name);

	while (*p != '\0') {
		const char *end = p[0] == '$' && p[1] == '<' ? strchr(p, '>') : NULL;

		if (end == NULL)
			buf_addc(out, *p++);
		else
			p = end + 1;
	}
}
