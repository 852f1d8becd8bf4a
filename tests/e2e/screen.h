/*
 * screen.h - a terminal that shows: bytes in, rows of text out, by libvterm.
 * Built without libvterm, screen_new() gives NULL and nothing else is called.
 */
#ifndef TESTS_E2E_SCREEN_H
#define TESTS_E2E_SCREEN_H

#include "base/buf.h"

struct screen;

/* What a cell looks like. */
enum { SCREEN_BOLD = 1, SCREEN_UNDERLINE = 2, SCREEN_REVERSE = 4, SCREEN_COLOUR = 8 };

struct screen *screen_new(int rows, int cols);
void screen_free(struct screen *s);	/* takes NULL */
void screen_feed(struct screen *s, struct claque_str bytes);
/* What the terminal says to the questions fed since the last call: who it is, where its cursor is. */
void screen_answers(struct screen *s, struct buf *out);
void screen_resize(struct screen *s, int rows, int cols);
/* Appends the row's text without trailing blanks. */
void screen_row(const struct screen *s, int row, struct buf *out);
/* SCREEN_x or-ed. */
unsigned screen_looks(const struct screen *s, int row, int col);
void screen_cursor(const struct screen *s, int *row, int *col, bool *visible);

#endif
