/*
 * perf.c - claque beside pagers and viewers at a terminal, on the same posts.
 *
 *   perf PROGRAM CASE CSV LOG FIRST LAST
 *
 * PROGRAM is a name of rivals.c, "chapters" for what only claque has, "names" for its
 * palette beside fzf (CASE of accounts, LOG of their names), or "head".
 * FIRST and LAST are texts that the first and the last row of each form show. Prints rows
 * of a Markdown table; nothing here passes or fails.
 *
 * Method: the program runs on a pseudo-terminal of 120x36 whose other end is libvterm, so
 * what counts as painted is what a person would see, with escapes gone; questions about the
 * terminal (DA, CPR) are answered. Keys are single, each after the program was quiet. The
 * first start is with the file out of the page cache ("cold"), seven more with it there; the
 * best of these is "warm".
 */
#include "config.h"

#include "../unit/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "../e2e/pty.h"
#include "measure.h"

enum { WARM_STARTS = 7, LOAD_WAIT_S = 240, SEARCH_S = 60, MOVES = 240, PAGES = 60 };

struct input {
	const char *files[3];		/* enum perf_input */
	const char *first, *last;
};

static void
cell(double value, const char *unit)
{
	if (value < 0)
		(void)printf(" - |");
	else
		(void)printf(value < 10 ? " %.1f%s |" : " %.0f%s |", value, unit);
}

static const struct rival *
find_rival(const char *name)
{
	for (size_t i = 0; i < rival_count; i++)
		if (strcmp(rivals[i].name, name) == 0)
			return &rivals[i];
	return NULL;
}

/* lnav begins at the end. */
static const char *
row_of(const struct rival *r, const struct input *in)
{
	return r->row != NULL ? r->row : in->first;
}

static double
warm_start(const struct rival *r, const struct input *in, double *first_byte)
{
	double best = -1;

	for (int i = 0; i < WARM_STARTS; i++) {
		struct opening o;
		struct pty *p = measure_open(r->argv, in->files[r->input], row_of(r, in), 0, &o);

		pty_free(p);
		if (o.first_row >= 0 && (best < 0 || o.first_row < best)) {
			best = o.first_row;
			*first_byte = o.first_byte;
		}
	}
	return best;
}

static double
both(struct pty *p, const char *const pair[2], int rounds, struct keying *out)
{
	struct key_group group = { "move", { pair[0], pair[0], pair[0], pair[1] }, rounds, 0 };

	*out = measure_keys(p, &group);
	return out->first_p50;
}

static void
measure_rival(const struct rival *r, const struct input *in)
{
	const char *file = in->files[r->input];
	double first_byte = -1, warm, end = -1, top = -1, search = -1;
	struct keying move, page;
	struct opening cold, o;
	struct memory memory;
	struct pty *p;

	measure_forget_file(file);
	pty_free(measure_open(r->argv, file, row_of(r, in), 0, &cold));
	warm = warm_start(r, in, &first_byte);
	p = measure_open(r->argv, file, row_of(r, in), LOAD_WAIT_S, &o);
	if (r->row != NULL)		/* at the end no key down is answered */
		(void)measure_until(p, r->top, in->first, SEARCH_S);
	(void)both(p, r->move, MOVES, &move);
	(void)both(p, r->page, PAGES, &page);
	if (r->end != NULL)
		end = measure_until(p, r->end, in->last, SEARCH_S);
	if (r->top != NULL)
		top = measure_until(p, r->top, in->first, SEARCH_S);
	memory = measure_memory(p);
	if (r->search != NULL)
		search = measure_until(p, r->search, r->missed, SEARCH_S);
	(void)printf("| %s |", r->title);
	cell(first_byte, "");
	cell(cold.first_row, "");
	cell(warm, "");
	cell(o.loaded, "");
	(void)printf(" %.1f / %.1f |", move.first_p50, move.first_p95);
	(void)printf(" %.1f / %.1f |", move.whole_p50, move.whole_p95);
	cell(move.bytes, "");
	(void)printf(" %.1f / %.1f |", page.whole_p50, page.whole_p95);
	(void)printf(" %.0f / %.0f |", end, top);
	cell(search < 0 ? search : search / 1000, "");
	(void)printf(" %.0f (%.0f) |\n", (double)(memory.clean + memory.dirty) / 1024,
		     (double)memory.dirty / 1024);
	pty_free(p);
}

static void
measure_chapters(const struct input *in)
{
	const struct rival *claque = find_rival("claque");
	struct opening o;
	struct pty *p;

	(void)printf("| keys of claque | on | keys | first byte p50 / p95 ms | painted p50 / p95 ms |"
		     " bytes a key |\n|---|---|---:|---:|---:|---:|\n");
	for (size_t i = 0; i < chapter_count; i++) {
		const struct chapter *c = &chapters[i];
		struct keying k;

		p = measure_open(claque->argv, in->files[INPUT_CASE], in->first, 1, &o);
		if (measure_until(p, c->at, c->needle, 20) < 0) {
			(void)printf("| %s | %s | '%s' never came |\n", c->group.name, c->name,
				     c->needle);
			pty_show(p);
		} else {
			measure_settle(p, 500, 5000);
			k = measure_keys(p, &c->group);
			(void)printf("| %s | %s | %zu | %.1f / %.1f | %.1f / %.1f | %.0f |\n",
				     c->group.name, c->name, k.keys, k.first_p50, k.first_p95,
				     k.whole_p50, k.whole_p95, k.bytes);
		}
		pty_free(p);
	}
}

struct palette {
	const char *rival, *open, *opened, *missed;
};

/* One more letter, which no name has: how long until that is known and painted. */
static void
measure_palette(const struct palette *side, const struct input *in)
{
	const struct rival *r = find_rival(side->rival);
	/* Each time another: answers are kept. */
	static const char *const words[WARM_STARTS] = { "maple", "river", "joel", "ginger", "copper",
							 "saffron", "otter" };
	struct memory memory;
	struct opening o;
	double best = -1;
	struct pty *p;

	if (r == NULL || !measure_installed(r->name)) {
		(void)printf("| %s | not installed |\n", side->rival);
		return;
	}
	p = measure_open(r->argv, in->files[r->input], side->opened, 30, &o);
	for (int n = 0; n < WARM_STARTS; n++) {
		double ms;

		if (side->open != NULL)
			(void)measure_until(p, side->open, "command", 5);
		pty_keys(p, words[n]);
		measure_settle(p, 500, 3000);
		ms = measure_until(p, "x", side->missed, 20);
		best = ms >= 0 && (best < 0 || ms < best) ? ms : best;
		for (int k = 0; k < 8; k++)
			pty_keys(p, "<Backspace>");
		measure_settle(p, 500, 3000);
	}
	memory = measure_memory(p);
	(void)printf("| %s |", r->name);
	cell(best, "");
	(void)printf(" %.0f |\n", (double)(memory.clean + memory.dirty) / 1024);
	pty_free(p);
}

static void
measure_names(const struct input *in)
{
	static const struct palette sides[] = {
		{ "claque", "<Esc>:", "LENS", "nothing is called that" },
		{ "fzf", NULL, "/", " 0/" },
	};

	(void)printf("| names | letters that no name has, ms | private MB |\n|---|---:|---:|\n");
	for (size_t i = 0; i < sizeof(sides) / sizeof(*sides); i++)
		measure_palette(&sides[i], in);
}

static void
head(void)
{
	(void)printf("| program | first byte ms | first row, cold ms | first row, warm ms | loaded s |"
		     " j/k first byte p50 / p95 ms | j/k painted p50 / p95 ms | bytes per j/k |"
		     " page painted p50 / p95 ms | end / top ms | search that finds nothing s |"
		     " private MB (dirty) |\n"
		     "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
}

int
main(int argc, char **argv)
{
	struct input in;
	const struct rival *r;

	if (argc == 2 && strcmp(argv[1], "head") == 0) {
		head();
		return 0;
	}
	if (argc != 7 || !pty_available()) {
		(void)fprintf(stderr, pty_available() ? "six arguments\n" : "built without libvterm\n");
		return 2;
	}
	in = (struct input){ { argv[2], argv[3], argv[4] }, argv[5], argv[6] };
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	r = find_rival(argv[1]);
	if (strcmp(argv[1], "chapters") == 0)
		measure_chapters(&in);
	else if (strcmp(argv[1], "names") == 0)
		measure_names(&in);
	else if (r == NULL || !measure_installed(r->name))
		(void)printf("| %s | not installed |\n", argv[1]);
	else
		measure_rival(r, &in);
	return 0;
}
