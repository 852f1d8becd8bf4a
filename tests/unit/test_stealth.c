/*
 * test_stealth.c - the stealth curve: figures drawn where they belong, and a small curve of a
 * small world from the turned knob to the files.
 */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/stealth_job.h"
#include "app/stealth_part.h"
#include "base/file.h"
#include "export/figure.h"

static const char world[] =
	"scenario test\ntitle A test\nteaches nothing\nposts 10000\nseed 5\npeople 500\n"
	"fandoms 1 of 40\nnetwork n\naccounts 40\nlevel 2\nuses hours camouflage both-sides copies "
	"reshares\nzone +08:00\nacts 60\n";

static const struct claque_progress silent = { 0 };
static struct arena whole;
static char folder[64];

static struct script *
test_script(struct arena *perm)
{
	struct script *s = ARENA_NEW(perm, struct script, 1);
	struct claque_err err = { 0 };

	assert_ok(script_read(perm, "t.conf", str_of(world), s, &err), err);
	return s;
}

static const char *
path_of(struct arena *perm, const char *name)
{
	return str_fmt(perm, "%s/%s", folder, name).p;
}

/* --- the figure */

static struct buf
drawn(const struct figure *f)
{
	struct buf out;

	buf_init(&out, 1 << 20);
	figure_svg(&out, whole, f);
	assert_false(out.over);
	return out;
}

static bool
has(const struct buf *out, const char *piece)
{
	return str_find(buf_str(out), str_of(piece), 0) < out->len;
}

/* The axes of the only panel run from (68, 260) to the right 310 and up to 92: 242 by 168. */
static void
a_panel_runs_from_its_first_to_its_last_point(void **state)
{
	const struct figure_point points[] = { { 1, 1, 1, 1, STR("1") },
					       { 10, 0.5, 0.25, 0.75, STR("10") },
					       { 100, 0, 0, 0, STR("<100>") } };
	const struct figure_panel panel = { STR("p"), STR("x"), STR("y"), points, 3, true, 1 };
	const struct figure f = { STR("t"), STR("n"), STR("l"), STR("b"), &panel, 1, 3 };
	struct buf out = drawn(&f);

	(void)state;
	assert_true(has(&out, "class=\"mean\" d=\"M68.0 92.0L189.0 176.0L310.0 260.0\""));
	assert_true(has(&out, "M68.0 92.0L189.0 134.0L310.0 260.0L310.0 260.0L189.0 218.0L68.0 92.0Z"));
	assert_true(has(&out, ">&lt;100&gt;</text>"));
	buf_done(&out);
}

/* Participation falls towards the careful end: the axis runs down. */
static void
an_axis_may_run_down_and_a_gap_parts_the_line(void **state)
{
	const struct figure_point points[] = { { 90, 20, 20, 20, STR("90") },
					       { 40, (double)NAN, (double)NAN, (double)NAN, STR("40") },
					       { 10, 40, 40, 40, STR("10") } };
	const struct figure_panel panel = { STR("p"), STR("x"), STR("y"), points, 3, false, 1 };
	const struct figure f = { STR("t"), STR("n"), STR("l"), STR(""), &panel, 1, 1 };
	struct buf out = drawn(&f);

	(void)state;
	assert_true(has(&out, "d=\"M68.0 192.8\""));	/* 40 makes the top 50 */
	assert_true(has(&out, "d=\"M310.0 125.6\""));
	assert_false(has(&out, "nan"));
	buf_done(&out);
}

static void
an_axis_ends_at_a_round_number(void **state)
{
	(void)state;
	assert_true(fabs(figure_top(0.036) - 0.05) < 1e-12);
	assert_true(fabs(figure_top(1) - 1) < 1e-12);
	assert_true(fabs(figure_top(5.1) - 10) < 1e-12);
	assert_true(fabs(figure_top(0) - 1) < 1e-12);
}

/* --- a curve */

struct rows {
	size_t count;
	double f1[4], accused[4];
};

static void
take_head(void *ctx, const struct column *columns, size_t count)
{
	(void)ctx, (void)columns;
	assert_int_equal(count, stealth_column_count);
}

static bool
take_row(void *ctx, const struct row *row)
{
	struct rows *rows = ctx;

	assert_true(rows->count < 4);
	rows->f1[rows->count] = row->values[3].r;
	rows->accused[rows->count++] = row->values[6].r;
	return true;
}

static struct stealth_order
order_of(const struct script *s, const char *knob, const char *steps, const char *out)
{
	return (struct stealth_order){ .script = s, .knob = stealth_knob_find(knob),
				       .steps = str_of(steps), .posts = 10000, .seeds = 1,
				       .out = out, .who = STR("tester") };
}

static void
a_careless_network_is_found_and_a_careful_one_is_not(void **state)
{
	struct arena perm = whole;
	struct rows rows = { 0 };
	const struct row_sink sink = { &rows, take_head, take_row };
	const char *out = path_of(&perm, "curve");
	const struct stealth_order order = order_of(test_script(&perm), "level", "1,5", out);
	struct claque_err err = { 0 };
	struct buf svg;

	(void)state;
	assert_ok(stealth_job(&order, &silent, &sink, &err), err);
	assert_int_equal(rows.count, 2);
	assert_true(rows.f1[0] > rows.f1[1] + 0.3);
	assert_true(rows.accused[0] < 0.01 && rows.accused[1] < 0.01);
	buf_init(&svg, 1 << 20);
	assert_ok(file_read(path_of(&perm, "curve/stealth.svg"), &svg, &err), err);
	assert_true(has(&svg, "Innocents flagged by level") && has(&svg, "</svg>"));
	buf_done(&svg);
	assert_int_equal(access(path_of(&perm, "curve/stealth.csv"), F_OK), 0);
	assert_int_equal(access(path_of(&perm, "curve/stealth.md"), F_OK), 0);
	assert_int_equal(rmdir(path_of(&perm, "curve/worlds")), -1);
	assert_int_equal(stealth_job(&order, &silent, &sink, &err), CLAQUE_EUSAGE);
}

static void
refused(const char *knob, const char *steps, const char *message)
{
	struct arena perm = whole;
	struct rows rows = { 0 };
	const struct row_sink sink = { &rows, take_head, take_row };
	const char *out = path_of(&perm, "refused");
	const struct stealth_order order = order_of(test_script(&perm), knob, steps, out);
	struct claque_err err = { 0 };

	assert_int_equal(stealth_job(&order, &silent, &sink, &err), CLAQUE_EUSAGE);
	if (strstr(err.msg, message) == NULL)
		fail_msg("'%s' is not in '%s'", message, err.msg);
	assert_int_equal(access(out, F_OK), -1);
}

static void
steps_are_tried_before_any_world_is_made(void **state)
{
	(void)state;
	refused("dilution", "0%,96%", "filler '96%': write 0 % to 95 %");
	refused("jitter", "1m,soon", "delay 'soon'");
	refused("level", "6", "level '6'");
}

static bool
stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	unsigned *left = ctx;

	(void)stage, (void)done, (void)total;
	return (*left)-- > 0;
}

static void
what_is_stopped_leaves_nothing(void **state)
{
	for (unsigned ticks = 0; ticks < 3; ticks++) {
		struct arena perm = whole;
		unsigned left = ticks;
		const struct claque_progress progress = { &left, stop };
		struct rows rows = { 0 };
		const struct row_sink sink = { &rows, take_head, take_row };
		const char *out = path_of(&perm, "stopped");
		const struct stealth_order order = order_of(test_script(&perm), "jitter", "1m", out);
		struct claque_err err = { 0 };

		assert_int_equal(stealth_job(&order, &progress, &sink, &err), CLAQUE_STOPPED);
		assert_int_equal(rmdir(out), 0);
	}
	(void)state;
}

/* --- knobs */

static void
a_knob_is_turned_where_it_says_something(void **state)
{
	struct arena perm = whole;
	struct script *s = test_script(&perm);
	struct claque_err err = { 0 };
	double x;

	(void)state;
	assert_ok(script_turn(s, "delay", STR("90s"), &x, &err), err);
	assert_true(fabs(x - 1.5) < 1e-12 && s->networks[0].knobs.delay == 90000);
	assert_ok(script_turn(s, "participation", STR("12 %"), &x, &err), err);
	assert_true(fabs(x - 12) < 1e-12 && fabs(s->networks[0].knobs.participation - 0.12) < 1e-12);
	assert_ok(script_turn(s, "level", STR("4"), &x, &err), err);
	assert_true(fabs(x - 4) < 1e-12 && s->levels[0] == 4);
	assert_true(s->networks[0].knobs.delay != 90000);
	assert_int_equal(script_turn(s, "batch-days", STR("3"), &x, &err), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "has a use for the knob batch-days"));
	assert_int_equal(script_turn(s, "acts", STR("3"), &x, &err), CLAQUE_EUSAGE);
	assert_int_equal(script_turn(s, "stealth", STR("3"), &x, &err), CLAQUE_EUSAGE);
}

static int
set_up(void **state)
{
	(void)state;
	whole = arena_new(16 << 20);
	(void)snprintf(folder, sizeof(folder), "/tmp/claque-stealth-XXXXXX");
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "curve/stealth.csv", "curve/stealth.md",
					     "curve/stealth.svg" };
	struct arena perm = whole;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		(void)unlink(path_of(&perm, names[i]));
	(void)rmdir(path_of(&perm, "curve"));
	if (rmdir(folder) != 0)
		return -1;
	arena_free(whole);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_panel_runs_from_its_first_to_its_last_point),
		cmocka_unit_test(an_axis_may_run_down_and_a_gap_parts_the_line),
		cmocka_unit_test(an_axis_ends_at_a_round_number),
		cmocka_unit_test(a_knob_is_turned_where_it_says_something),
		cmocka_unit_test(steps_are_tried_before_any_world_is_made),
		cmocka_unit_test(what_is_stopped_leaves_nothing),
		cmocka_unit_test(a_careless_network_is_found_and_a_careful_one_is_not),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
