/*
 * term_probe.c - a program with a terminal and nothing else, for test_terminal:
 * it shows the size, each key, each paste and some hostile text, and ends in
 * every way a program can end.
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "tui/terminal.h"

static struct grid grid;
static int key_count;
static volatile int depth_max = 1 << 30;	/* volatile: or it is seen that it never ends */

static void
paint(uint32_t key)
{
	struct area all = grid_area(&grid);
	struct arena *scratch = &grid.scratch;

	grid_clear(&grid);
	(void)grid_textf(&grid, all, 0, 0, STYLE_BOLD, "probe %dx%d", grid.rows, grid.cols);
	(void)grid_textf(&grid, all, 1, 0, STYLE_PLAIN, "key %d: " STR_FMT, key_count,
			 STR_ARG(key != 0 ? key_spelled(scratch, key) : STR("none")));
	(void)grid_safe(&grid, all, 2, 0, grid.cols, STYLE_PLAIN, terminal_pasted(), NULL, 0);
	(void)grid_safe(&grid, all, 3, 0, grid.cols, STYLE_PLAIN,
			STR("a\033]0;x\ab\u202ec\u200bd\u4e2d\u0416 e\u0301.\U0001f600"), NULL, 0);
	(void)grid_safe(&grid, all, 4, 0, grid.cols, STYLE_PLAIN, STR("under the cursor"), NULL, 0);
	grid_style_row(&grid, all, 4, STYLE_CURSOR);
	(void)grid_text(&grid, all, 5, 0, STYLE_WARN, STR("warning"));
	grid_bar(&grid, all, 5, 10, 4, 1, 2, STYLE_CHART);
	(void)grid_safe(&grid, all, 6, 0, grid.cols, STYLE_DIM, terminal_note(), NULL, 0);
	(void)grid_text(&grid, all, grid.rows - 1, grid.cols - 4, STYLE_PLAIN, STR("last"));
	grid.cursor_row = 4;
	terminal_paint(&grid);
}

static void
resize(void)
{
	int rows, cols;

	terminal_size(&rows, &cols);
	grid_resize(&grid, rows, cols);
}

static void
stop(void)
{
	terminal_stop();
	grid_done(&grid);
}

/* Runs out of stack. */
static int
recurse(int depth)
{
	volatile char frame[4096];

	frame[0] = (char)depth;
	return depth < depth_max ? recurse(depth + 1) + frame[0] : 0;
}

static void
hang(void)
{
	(void)grid_text(&grid, grid_area(&grid), 7, 0, STYLE_PLAIN, STR("hanging"));
	terminal_paint(&grid);
	for (;;)
		(void)pause();
}

/* True to go on. */
static bool
act(uint32_t key)
{
	if (key == CK_RESIZE)
		resize();
	else if (key == 'A')
		abort();
	else if (key == 'S')
		(void)raise(SIGSEGV);
	else if (key == 'R')
		key_count = recurse(0);
	else if (key == 'H')
		hang();
	else if (key == 'O')
		base_oom();
	else if (key == 'E')
		exit(3);
	else if (key == 'L')
		terminal_forget();
	else if (key == 'W')
		terminal_wake();
	return key != 'q' && key != CK_HANGUP;
}

int
main(void)
{
	struct terminal_options options = terminal_detect();
	struct claque_err err;
	uint32_t key = 0;

	if (terminal_start(&options, &err) != CLAQUE_OK) {
		(void)printf("%s\n", err.msg);
		return 2;
	}
	grid_init(&grid, 1, 1, options.ascii);
	resize();
	do {
		paint(key);
		key = terminal_key(-1);
		key_count++;
	} while (act(key));
	stop();
	terminal_reraise();
	(void)puts("probe ended");
	return 0;
}
