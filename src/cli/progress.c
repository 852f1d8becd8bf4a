#include "config.h"

#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/column.h"

enum { PAINT_EVERY_MS = 100, WORDS_ARENA = 1 << 14 };
static const double SECONDS_TO_A_RATE = 0.5;

static volatile sig_atomic_t interrupted;

static struct {
	bool visible, painted;
	const char *stage;
	int64_t stage_began, last_paint;
	uint64_t stage_base;	/* done when the stage began */
	struct sigaction before;
} line;

static void
on_interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

static bool
is_bytes(const char *stage)
{
	return strncmp(stage, "reading", 7) == 0 || strncmp(stage, "hashing", 7) == 0;
}

static struct claque_str
amount(struct arena *perm, const char *stage, double n)
{
	if (is_bytes(stage))
		return str_fmt(perm, "%.1f MB", n / 1e6);
	return count_short(perm, (int64_t)n);
}

static void
paint_amounts(uint64_t done, uint64_t total, double seconds)
{
	struct arena whole = arena_new(WORDS_ARENA), a = whole;
	double rate = seconds > 0 ? (double)(done - line.stage_base) / seconds : 0;

	if (total > 0)
		(void)fprintf(stderr, " %3d%%", (int)(100 * (double)done / (double)total));
	(void)fprintf(stderr, "  " STR_FMT, STR_ARG(amount(&a, line.stage, (double)done)));
	if (seconds > SECONDS_TO_A_RATE)
		(void)fprintf(stderr, "  " STR_FMT "/s", STR_ARG(amount(&a, line.stage, rate)));
	if (total > done && rate > 0 && seconds > SECONDS_TO_A_RATE) {
		int left = (int)((double)(total - done) / rate);

		(void)fprintf(stderr, "  %d:%02d left", left / 60, left % 60);
	}
	arena_free(whole);
}

static void
paint(uint64_t done, uint64_t total, int64_t now)
{
	double seconds = (double)(now - line.stage_began) / 1000;

	(void)fprintf(stderr, "\r\033[K%s", line.stage);
	if (done > 0)
		paint_amounts(done, total, seconds);
	else	/* work that cannot be counted, like one long statement */
		(void)fprintf(stderr, "  %.1f s", seconds);
	(void)fflush(stderr);
	line.painted = true;
	line.last_paint = now;
}

static bool
tick(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	int64_t now = clock_ticks();

	(void)ctx;
	if (line.stage == NULL || strcmp(stage, line.stage) != 0 || done < line.stage_base) {
		line.stage = stage;
		line.stage_began = now;
		line.stage_base = done;
	}
	if (line.visible && now - line.last_paint >= PAINT_EVERY_MS)
		paint(done, total, now);
	return !interrupted;
}

struct claque_progress
progress_start(void)
{
	struct sigaction act = { .sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND };

	line.visible = isatty(STDERR_FILENO) == 1;
	line.stage = NULL;
	interrupted = 0;
	(void)sigaction(SIGINT, &act, &line.before);
	return (struct claque_progress){ NULL, tick };
}

void
progress_hide(void)
{
	if (line.painted)
		(void)fputs("\r\033[K", stderr);
	line.painted = false;
	line.last_paint = 0;
}

void
progress_stop(void)
{
	progress_hide();
	(void)sigaction(SIGINT, &line.before, NULL);
}
