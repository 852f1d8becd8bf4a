/*
 * test_rough.c - what happens to a session that is not looked after: the window
 * pulled about, text pasted, the process killed, the file taken away, the disk
 * full, two at one case. Nothing may be lost silently, and nothing garbled.
 */
#include "config.h"

#include "../unit/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../unit/small_case.h"
#include "base/clock.h"
#include "base/rng.h"
#include "model/record.h"
#include "sitting.h"
#include "store/writer.h"

enum { SCREEN_BYTES = 64 << 10, STORM = 100, LONG_POSTS = 3000, LONG_TEXT = 900 };

/* The screen as it is now, without its status row. */
static void
keep_screen(struct pty *p, int rows, struct buf *out)
{
	for (int row = 0; row < rows; row++)
		if (row != rows - 2)
			buf_addf(out, "%s\n", pty_row(p, row));
}

/* What `claque screen` prints of another copy of the case, likewise. */
static void
print_screen(const char *screen, const char *size, int rows, struct buf *out)
{
	const char *argv[] = { sitting_program(), "screen", "beside/copy.claque", screen, "--size", size,
			       "--write", NULL };
	const char *env[] = { "CLAQUE_WHO=nr", "CLAQUE_CLOCK=2026-11-21T14:00:00Z", NULL };
	struct pty *p;

	assert_int_equal(mkdir("beside", 0700), 0);
	small_case_copy("beside/copy.claque");
	p = pty_start(argv, env, rows + 1, 200);
	assert_exit(p, 0);
	keep_screen(p, rows, out);
	pty_free(p);
	assert_int_equal(unlink("beside/copy.claque"), 0);
	assert_int_equal(rmdir("beside"), 0);
}

/* The last of it may still be on its way. */
static void
wait_for_screen(struct pty *p, int rows, struct claque_str want)
{
	int64_t until = pty_deadline();
	bool same = false;
	struct buf seen;

	buf_init(&seen, SCREEN_BYTES);
	while (!same && clock_ticks() < until) {
		pty_settle(&p, 1);
		buf_clear(&seen);
		keep_screen(p, rows, &seen);
		same = str_eq(buf_str(&seen), want);
	}
	if (!same)
		fail_msg("is\n" STR_FMT "\nand not\n" STR_FMT, STR_ARG(buf_str(&seen)),
			 STR_ARG(want));
	buf_done(&seen);
}

static struct pty *
start_shell(const char *script, int rows, int cols)
{
	const char *argv[] = { "/bin/sh", "-c", script, sitting_program(), NULL };
	const char *env[] = { "CLAQUE_WHO=nr", "CLAQUE_CLOCK=2026-11-21T14:00:00Z", NULL };

	return pty_start(argv, env, rows, cols);
}

static void
run(const char *const *argv, const char *needle)
{
	struct pty *p = pty_start(argv, NULL, 24, 120);

	assert_screen(p, needle);
	assert_exit(p, 0);
	pty_free(p);
}

/* The storm's terminal is ours: it must not be what breaks. */
static void
a_scroll_region_of_the_size_before_does_no_harm(void **state)
{
	struct screen *s = screen_new(40, 80);
	struct buf row;

	(void)state;
	buf_init(&row, SCREEN_BYTES);
	screen_feed(s, STR("\033[?1049h\033[30;40r"));
	screen_resize(s, 10, 80);
	for (int i = 0; i < 12; i++)
		screen_feed(s, STR("\r\nstill here"));
	screen_row(s, 9, &row);
	assert_str(buf_str(&row), "still here");
	buf_done(&row);
	screen_free(s);
}

static void
a_storm_of_sizes_and_keys_ends_in_the_screen_as_it_is_printed(void **state)
{
	static const char *const keys[] = { "j", "4", "6", "o<Esc>", "2f<Esc>", "5", "/a<Esc>", "G",
					    "g", "T<Esc>", "3", "?<Esc>", "9", "1om", "1og" };
	struct pty *p = sitting_fresh(36, 120);
	struct rng rng = rng_seeded(4);
	struct buf printed;

	(void)state;
	buf_init(&printed, SCREEN_BYTES);
	for (int i = 0; i < STORM; i++) {
		pty_resize(p, 1 + (int)rng_below(&rng, 60), 1 + (int)rng_below(&rng, 200));
		pty_keys(p, keys[rng_below(&rng, sizeof(keys) / sizeof(keys[0]))]);
	}
	pty_resize(p, 36, 120);
	pty_keys(p, "<Esc><lt><lt><lt><lt><lt><lt><lt><lt>");
	pty_keys(p, ":go to sources<Enter>");
	assert_screen(p, "Sources");
	pty_keys(p, "T<PageUp><PageUp><PageUp><PageUp><Enter>5g");
	assert_screen(p, "› Profile changes");
	print_screen("changes", "120x36", 36, &printed);
	wait_for_screen(p, 36, buf_str(&printed));
	sitting_end(p);
	buf_done(&printed);
}

static void
pasted_keys_do_nothing(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, "4Fkind:reshare<Enter>");
	assert_screen(p, "LENS kind:reshare");
	pty_paste(p, "qqqdX\r:quit\rQQQ\003\004\033x");
	assert_screen(p, "pasted text is not taken as keys");
	assert_screen(p, "LENS kind:reshare");
	pty_keys(p, "c");
	pty_paste(p, "two\rlines");
	assert_screen(p, "two");
	assert_true(pty_wait_gone(p, "noted"));
	pty_keys(p, "<Esc>j");
	assert_screen(p, "row 2/");
	sitting_end(p);
}

static void
work_in_flight_is_whole_or_not_there_after_a_kill(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, "2tfirst<Enter>");
	assert_screen(p, "tagged");
	pty_keys(p, "pjcsecond<Enter>");
	assert_screen(p, "noted on");
	pty_keys(p, "<Enter><lt>Flang:en<Enter><lt>3");
	assert_screen(p, "Sources");
	for (int i = 0; i < 20; i++)
		pty_keys(p, "jcmore<Enter>tagain<Enter>");
	pty_signal(p, SIGKILL);
	assert_killed(p, SIGKILL);
	pty_free(p);
	run((const char *const[]){ sitting_program(), "verify", "copy.claque", NULL }, "ledger");
	p = sitting_open(24, 80);
	assert_screen(p, "Sources");
	pty_keys(p, "T");
	assert_screen(p, "left aside");
	pty_keys(p, "<Esc>9");
	assert_screen(p, "second");
	assert_screen(p, "first");
	assert_screen(p, "pin");
	sitting_end(p);
}

static void
deadly_signals_leave_the_terminal_and_the_work(void **state)
{
	static const int numbers[] = { SIGTERM, SIGHUP, SIGSEGV };

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct pty *p = sitting_fresh(24, 80);
		struct claque_str raw;

		pty_keys(p, "ckept<Enter>");
		assert_screen(p, "noted on");
		pty_signal(p, numbers[i]);
		assert_killed(p, numbers[i]);
		raw = pty_raw(p);
		raw = str_sub(raw, raw.len > 200 ? raw.len - 200 : 0, 200);
		assert_true(str_find(raw, STR("\033[?1049l"), 0) < raw.len);
		assert_true(str_find(raw, STR("\033[?2004l"), 0) < raw.len);
		assert_true(pty_settings_restored(p));
		assert_wire(p);
		pty_free(p);
		p = sitting_open(24, 80);
		pty_keys(p, "9");
		assert_screen(p, "kept");
		sitting_end(p);
	}
}

enum { ACTS = 20 };

static void
undo_takes_back_twenty_mixed_acts_and_redo_does_them_again(void **state)
{
	static const char *const acts[ACTS] = {
		"tone<Enter>", "cfirst note<Enter>", "p", "jttwo<Enter>", "Utwo<Enter>", "p",
		"csecond note<Enter>", "ttwo<Enter>", "gtthree<Enter>", "Uone<Enter>",
		"cthird note<Enter>", "jtfour<Enter>", "tfive<Enter>", "Ufour<Enter>",
		"cfourth note<Enter>", "gtsix<Enter>", "Usix<Enter>", "tsix<Enter>",
		"cfifth note<Enter>", "jtlast<Enter>",
	};
	struct pty *p = sitting_fresh(60, 120);
	struct buf end, again;

	(void)state;
	for (int i = 0; i < ACTS; i++)
		pty_keys(p, acts[i]);
	assert_screen(p, "tagged C002");
	pty_keys(p, "9");
	assert_screen(p, "fifth note");
	assert_screen(p, "12 of 12 notes");
	buf_init(&end, SCREEN_BYTES);
	buf_init(&again, SCREEN_BYTES);
	for (int row = 5; row < 17; row++)
		buf_addf(&end, "%s\n", pty_row(p, row));
	for (int i = 0; i < ACTS; i++)
		pty_keys(p, "u");
	assert_screen(p, "0 of 0 notes");
	pty_keys(p, "u");
	assert_screen(p, "nothing to undo");
	for (int i = 0; i < ACTS; i++)
		pty_keys(p, "<C-r>");
	assert_screen(p, "12 of 12 notes");
	pty_keys(p, "<C-r>");
	assert_screen(p, "nothing to redo");
	pty_keys(p, "g");
	assert_screen(p, "row 1/12");
	for (int row = 5; row < 17; row++)
		buf_addf(&again, "%s\n", pty_row(p, row));
	assert_int_equal(end.len, again.len);
	buf_addc(&end, '\0');
	buf_addc(&again, '\0');
	assert_string_equal(end.p, again.p);
	buf_done(&end);
	buf_done(&again);
	sitting_end(p);
}

static void
the_second_at_a_case_reads_and_sees_what_the_first_writes(void **state)
{
	struct pty *first = sitting_fresh(24, 80), *second = sitting_open(24, 80);

	(void)state;
	assert_screen(second, "opened for reading only: the case is open in another workbench");
	assert_screen(second, "[RO]");
	pty_keys(second, "9");
	assert_screen(second, "nothing yet");
	pty_keys(first, "cseen by both<Enter>");
	assert_screen(first, "noted on");
	pty_keys(second, "j");
	assert_screen(second, "seen by both");
	pty_keys(second, "1c");
	assert_screen(second, "the case is open for reading only");
	sitting_end(first);
	sitting_end(second);
	first = sitting_open(24, 80);
	assert_screen(first, "C001");
	assert_true(pty_wait_gone(first, "[RO]"));
	pty_keys(first, "tfree<Enter>");
	assert_screen(first, "tagged");
	sitting_end(first);
}

static struct writer *writer;
static uint64_t row_number = 1;

static void
put_long_post(int i)
{
	char id[32], text[LONG_TEXT + 1];
	struct record r = { .type = RECORD_POST, .post = {
		.platform = STR("x"), .id = { id, 0 }, .account_id = STR("6200000001"),
		.text = { text, LONG_TEXT }, .lang = STR("en"), .client = STR("web"),
		.at = INT64_C(1474380000000) + i * INT64_C(1000), .precision = TIME_SECOND,
		.kind = POST_original, .likes = 0, .shares_count = 0, .replies = COUNT_UNKNOWN } };
	struct record_sink sink = writer_sink(writer);
	struct claque_err err = { 0 };
	bool duplicate;

	r.post.id = str_of((snprintf(id, sizeof(id), "5%d", i), id));
	memset(text, 'a' + i % 3, sizeof(text));
	row_number++;
	assert_ok(sink.put(sink.ctx, row_number, &r, &duplicate, &err), err);
	assert_ok(sink.row_done(sink.ctx, row_number, &err), err);
}

/* Enough to search that a search can be stopped. */
static void
make_long_case(void)
{
	struct input_info info = { "long.csv", "02", "native-posts", 4096 };
	struct claque_progress progress = { 0 };
	struct claque_err err = { 0 };
	struct input_totals totals;
	struct store *s;
	uint64_t skip;
	bool done;

	small_case_copy("copy.claque");
	assert_ok(store_open(&s, "copy.claque", STORE_WRITE, &err), err);
	assert_ok(writer_new(&writer, s, &progress, &err), err);
	assert_ok(writer_begin_input(writer, &info, &skip, &done, &err), err);
	for (int i = 0; i < LONG_POSTS; i++)
		put_long_post(i);
	assert_ok(writer_end_input(writer, &totals, &err), err);
	assert_ok(writer_finish(writer, &progress, &err), err);
	writer_free(writer);
	store_close(s);
}

static void
what_takes_long_is_stopped_by_esc_and_by_ctrl_c(void **state)
{
	static const char *const stops[] = { "<C-c>", "<Esc>" };
	struct pty *p;

	(void)state;
	make_long_case();
	p = sitting_open(24, 80);
	assert_screen(p, "C001");
	pty_keys(p, "4");
	assert_screen(p, "Posts");
	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
		pty_keys(p, "/a.*a.*[#~]<Enter>");
		assert_screen(p, "searching");
		pty_keys(p, stops[i]);
		assert_screen(p, "the search was stopped");
	}
	pty_keys(p, "<C-c>");
	assert_screen(p, "nothing to close or to stop; Q leaves");
	sitting_end(p);
}

static void
leaving_does_not_wait_for_what_runs(void **state)
{
	struct claque_str raw;
	struct pty *p;

	(void)state;
	p = sitting_open(24, 80);
	pty_keys(p, "4");
	assert_screen(p, "Posts");
	pty_keys(p, "/a.*a.*[#~]<Enter>");
	assert_screen(p, "searching");
	pty_keys(p, "Q");
	assert_exit(p, 0);
	raw = pty_raw(p);
	assert_true(str_find(raw, STR("no other row matches"), 0) == raw.len);
	pty_free(p);
}

static void
a_stopped_session_goes_on_with_its_screen(void **state)
{
	struct pty *p;

	(void)state;
	small_case_copy("copy.claque");
	p = start_shell("set -m; \"$0\" open copy.claque; echo stopped; read -r line; fg", 24, 80);
	assert_screen(p, "C001");
	pty_keys(p, "2jj");
	assert_screen(p, "row 3/14");
	pty_keys(p, "<C-z>");
	assert_screen(p, "stopped");
	assert_true(pty_settings_restored(p));
	pty_send(p, STR("\n"));
	assert_screen(p, "row 3/14");
	pty_keys(p, "j");
	assert_screen(p, "row 4/14");
	pty_keys(p, "Q");
	assert_exit(p, 0);
	pty_free(p);
}

static void
a_case_that_is_deleted_while_open_is_told(void **state)
{
	struct pty *p = sitting_fresh(24, 120);

	(void)state;
	assert_int_equal(unlink("copy.claque"), 0);
	pty_keys(p, "cis it kept?<Enter>");
	assert_screen(p, "deleted, moved or replaced while it was open: nothing can be kept");
	pty_keys(p, "2");
	assert_screen(p, "Accounts");
	pty_keys(p, "Ecsv rescued.csv<Enter>");
	assert_screen(p, "14 accounts");
	assert_int_equal(unlink("rescued.csv"), 0);
	sitting_end(p);
}

static void
a_case_that_is_damaged_while_open_is_told(void **state)
{
	static const char noise[65536] = "no page of a database";
	struct pty *p = sitting_fresh(24, 120);
	struct stat st;
	int fd;

	(void)state;
	assert_int_equal(stat("copy.claque", &st), 0);
	fd = open("copy.claque", O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	for (off_t at = 8192; at < st.st_size; at += (off_t)sizeof(noise))
		assert_int_equal(pwrite(fd, noise, sizeof(noise), at), (ssize_t)sizeof(noise));
	assert_int_equal(close(fd), 0);
	pty_keys(p, "4Ftext:never<Enter>5<F5>3<F5>6<F5>");
	assert_screen(p, "damaged");
	sitting_end(p);
}

/* A quota is as full as a disk, and asks for no file system of our own. */
static void
a_full_disk_is_told_and_loses_nothing(void **state)
{
	struct pty *p;
	char script[200];
	struct stat st;

	(void)state;
	small_case_copy("copy.claque");
	assert_int_equal(stat("copy.claque", &st), 0);
	(void)snprintf(script, sizeof(script), "ulimit -f %lld; exec \"$0\" open copy.claque",
		       (long long)st.st_size / 512 + 16);
	p = start_shell(script, 24, 120);
	assert_screen(p, "C001");
	pty_keys(p, "cbefore<Enter>");
	assert_screen(p, "noted on");
	for (int i = 0; i < 60; i++)
		pty_keys(p, "cand one more note of some length to fill what is left<Enter>");
	assert_screen(p, "the disk or file system failed");
	pty_keys(p, "Q");
	assert_exit(p, 0);
	assert_true(pty_settings_restored(p));
	pty_free(p);
	run((const char *const[]){ sitting_program(), "verify", "copy.claque", NULL }, "ledger");
	p = sitting_open(24, 120);
	pty_keys(p, "9g");
	assert_screen(p, "before");
	sitting_end(p);
}

static void
small_windows_are_worked_in_or_told(void **state)
{
	struct pty *p = sitting_fresh(12, 40);

	(void)state;
	pty_keys(p, "<Enter>");
	assert_screen(p, "Accounts");
	pty_keys(p, "j<Enter>");
	assert_screen(p, "Dossier");
	pty_keys(p, "o");
	assert_screen(p, "pivot");
	pty_keys(p, "j<Esc>ctiny<Enter>");
	assert_screen(p, "noted on");
	pty_resize(p, 11, 40);
	assert_screen(p, "too small: 40x11");
	pty_keys(p, "jX");
	pty_resize(p, 3, 12);
	assert_screen(p, "too small");
	pty_resize(p, 1, 1);
	pty_resize(p, 12, 40);
	assert_screen(p, "Dossier");
	sitting_end(p);
}

static void
an_old_terminal_in_plain_ascii_does_the_same_work(void **state)
{
	const char *argv[] = { sitting_program(), "open", "copy.claque", NULL };
	const char *env[] = { "TERM=vt100", "LC_ALL=C", "CLAQUE_WHO=nr", NULL };
	struct pty *p;

	(void)state;
	small_case_copy("copy.claque");
	p = pty_start(argv, env, 24, 80);
	assert_screen(p, "C001");
	pty_send(p, STR("\033OB\033OA\r"));
	assert_screen(p, "C001 > Accounts");
	pty_keys(p, "tplain<Enter>");
	assert_screen(p, "tagged");
	pty_keys(p, "4r");
	assert_screen(p, "revealed");
	pty_keys(p, "r6");
	assert_screen(p, "Timeline");
	pty_keys(p, "<lt><lt>og");
	assert_screen(p, "Ego graph");
	for (size_t at = 0; at < pty_raw(p).len; at++)
		assert_true((unsigned char)pty_raw(p).p[at] < 0x80);
	sitting_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scroll_region_of_the_size_before_does_no_harm),
		cmocka_unit_test(a_storm_of_sizes_and_keys_ends_in_the_screen_as_it_is_printed),
		cmocka_unit_test(pasted_keys_do_nothing),
		cmocka_unit_test(work_in_flight_is_whole_or_not_there_after_a_kill),
		cmocka_unit_test(deadly_signals_leave_the_terminal_and_the_work),
		cmocka_unit_test(undo_takes_back_twenty_mixed_acts_and_redo_does_them_again),
		cmocka_unit_test(the_second_at_a_case_reads_and_sees_what_the_first_writes),
		cmocka_unit_test(what_takes_long_is_stopped_by_esc_and_by_ctrl_c),
		cmocka_unit_test(leaving_does_not_wait_for_what_runs),
		cmocka_unit_test(a_stopped_session_goes_on_with_its_screen),
		cmocka_unit_test(a_case_that_is_deleted_while_open_is_told),
		cmocka_unit_test(a_case_that_is_damaged_while_open_is_told),
		cmocka_unit_test(a_full_disk_is_told_and_loses_nothing),
		cmocka_unit_test(small_windows_are_worked_in_or_told),
		cmocka_unit_test(an_old_terminal_in_plain_ascii_does_the_same_work),
	};

	return sitting_run(tests);
}
