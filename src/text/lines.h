/*
 * lines.h - files that people write, line by line: a word, blanks, its value. Empty lines
 * and lines that begin with # say nothing.
 */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include "base/str.h"

/* All are views into the text. */
struct lines {
	struct claque_str rest;		/* not read yet */
	struct claque_str line;		/* as it stands in the file */
	struct claque_str word, value;	/* value: "" where nothing stands behind the word */
	const char *fault;		/* why the line is no text, with the remedy, or NULL */
	size_t number;			/* of the line, from 1 */
};

/* A byte order mark is passed over. */
struct lines lines_of(struct claque_str text);
/* The next line that says something, or that is no text (fault); false after the last. */
bool lines_next(struct lines *l);
/* What such files call things: small letters, digits and -, which does not come first. */
bool lines_is_name(struct claque_str s, size_t most);

#endif
