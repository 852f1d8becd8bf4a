/* sheet_part.h - what the two forms of a grade sheet have in common. */
#ifndef EXPORT_SHEET_PART_H
#define EXPORT_SHEET_PART_H

#include "base/buf.h"
#include "export/sheet.h"

/* ".87" as "0.87"; "-" for NAN. */
struct claque_str sheet_figure(struct arena *perm, double x);
/* "12 of 140 (9 %)"; "-" of none. */
struct claque_str sheet_share(struct arena *perm, uint64_t n, uint64_t of);
/* "found", "in part", "missed": half of them, some, none. */
const char *sheet_found(uint64_t n, uint64_t of);
/* The sentence on top. */
struct claque_str sheet_bottom_line(struct arena *perm, const struct sheet *s);

/* A row of the figures that engine and learner both have. */
struct sheet_line {
	const char *title;
	size_t figure;		/* its place in struct sheet_flag */
};

enum { SHEET_LINES = 3 };

extern const struct sheet_line sheet_lines[SHEET_LINES];
double sheet_figure_of(size_t line, const struct sheet_flag *f);

void sheet_html(const struct sheet *s, struct buf *out, struct arena scratch);
void sheet_markdown(const struct sheet *s, struct buf *out, struct arena scratch);

#endif
