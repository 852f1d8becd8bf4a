/*
 * test_lesson.c - lessons: what is refused and where, that a lesson is written as it was
 * read, and that a step is done by what the case holds and by nothing else.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/lesson_test.h"
#include "app/trail.h"
#include "cli/handout.h"
#include "small_case.h"
#include "small_session.h"

#define HEAD "lesson t\ntitle T\ngoal G\nscenario stealth-1\n"
#define STEP "step One\nplace clusters\ntext Do it\n"

enum { ROOM = 16 << 20, WRITTEN_MAX = 1 << 20 };

static struct arena whole;

static enum claque_rc
read_text(struct arena *perm, const char *text, struct lesson *out, struct claque_err *err)
{
	return lesson_read(perm, STR("t.lesson"), str_of(text), out, err);
}

static void
refused(const char *text, const char *message)
{
	struct arena perm = whole;
	struct lesson lesson;
	struct claque_err err = { 0 };

	assert_int_equal(read_text(&perm, text, &lesson, &err), CLAQUE_EINPUT);
	if (strstr(err.msg, message) == NULL)
		fail_msg("'%s' is not in '%s'", message, err.msg);
}

static void
a_slip_is_told_with_its_line(void **state)
{
	(void)state;
	refused("title T\n", "t.lesson:1: the first line of a lesson");
	refused("lesson Big\n", "t.lesson:1: 'Big' is no name");
	refused("lesson a\nlesson b\n", "t.lesson:2: 'lesson' a second time");
	refused(HEAD "colour red\n", "t.lesson:5: 'colour' is no word that a line before");
	refused(HEAD STEP "colour red\n", "t.lesson:8: 'colour' is no word that a line of a step");
	refused(HEAD "minutes many\n", "t.lesson:5: 'many'; write a number from 1 to 480");
	refused(HEAD "step\n", "t.lesson:5: 'step': nothing stands behind it");
	refused(HEAD "title \xff\n", "t.lesson:5: no valid UTF-8");
	refused("", "holds no lesson");
	refused("lesson t\n", "a title, a goal and a scenario");
	refused(HEAD, "no step");
	refused(HEAD "step One\ntext x\ncheck pin account *\n", "t.lesson:5: the step that begins"
		" here lacks its place");
	refused(HEAD STEP, "t.lesson:5: the step that begins here lacks its check");
	refused(HEAD STEP "place clusters\n", "t.lesson:8: a second place");
	refused(HEAD "step One\nplace accounts on account *\n", "cannot begin on any account");
	refused(HEAD "step One\nplace accounts of C001\n", "'of C001' after the screen");
	refused(HEAD "step One\nplace accounts lens kind:nothing\n", "t.lesson:6: lens: ");
}

static void
a_check_that_says_nothing_is_refused(void **state)
{
	(void)state;
	refused(HEAD STEP "check done\n", "'done' cannot be checked");
	refused(HEAD STEP "check pin thing x\n", "'thing' is no kind of subject");
	refused(HEAD STEP "check pin account\n", "no name after the kind");
	refused(HEAD STEP "check pin account @a b\n", "'b' after a pin");
	refused(HEAD STEP "check tag account @a\n", "'' is no tag");
	refused(HEAD STEP "check tag account @a two words\n", "is no tag");
	refused(HEAD STEP "check verdict cluster C001 guilty\n", "'guilty' is no verdict");
	refused(HEAD STEP "check count 0 pin account\n", "'0'; write a number");
	refused(HEAD STEP "check count 2 look account\n", "'look' is nothing to count");
	refused(HEAD STEP "check export csv file\n", "'file' after the format");
	refused(HEAD STEP "check not at posts\n", "where one has been stays");
}

static const char every_word[] =
	"lesson t\ntitle T\ngoal One\ngoal Two\nscenario stealth-1\nposts 12000\nseed 7\nminutes 3\n"
	"presenter P\n"
	"\nstep One\nplace posts on account @a lens 2016-09-20..2016-10-12 kind:reshare text:never tell\n"
	"text A\ntext B\nhint H\nhint I\nexpect E\nanswer W\npresenter Q\n"
	"check at timeline on cluster * lens kind:reshare\n"
	"check not verdict cluster C001 cleared\ncheck tag account @a fan\n"
	"check note post 12 with words\ncheck pin source https://a.example/b\n"
	"check highlight post *\ncheck export csv\ncheck count 3 tag account fan\nkeys jj<Enter>o\n";

static void
a_lesson_is_written_as_it_was_read(void **state)
{
	struct arena perm = whole;
	struct claque_err err = { 0 };
	struct lesson lesson;
	struct buf out;

	(void)state;
	assert_ok(read_text(&perm, every_word, &lesson, &err), err);
	assert_int_equal(lesson.step_count, 1);
	assert_int_equal(lesson.steps[0].check_count, 8);
	assert_int_equal(lesson.steps[0].line, 11);
	buf_init(&out, WRITTEN_MAX);
	lesson_write(&out, perm, &lesson);
	buf_addc(&out, '\0');
	assert_string_equal(out.p, every_word);
	buf_done(&out);
}

static void
a_lens_has_what_is_asked_of_it(void **state)
{
	struct claque_err err = { 0 };
	struct lens asked, lens;

	(void)state;
	assert_ok(lens_parse(STR("2016-09-20..2016-10-12 kind:reshare"), &asked, &err), err);
	assert_ok(lens_parse(STR("2016-09-21..2016-09-22 kind:reshare lang:en"), &lens, &err), err);
	assert_true(lesson_lens_has(&lens, &asked));
	assert_false(lesson_lens_has(&asked, &lens));
	assert_ok(lens_parse(STR("2016-09-19..2016-09-22 kind:reshare"), &lens, &err), err);
	assert_false(lesson_lens_has(&lens, &asked));
	assert_ok(lens_parse(STR("2016-09-21..2016-09-22 kind:original"), &lens, &err), err);
	assert_false(lesson_lens_has(&lens, &asked));
}

/* Does the case of the session hold what the line asks? */
static bool
holds(struct session *s, const char *check)
{
	struct arena perm = whole;
	struct claque_str text = str_fmt(&perm, HEAD STEP "check %s\n", check);
	struct claque_err err = { 0 };
	struct lesson lesson;
	bool out;

	assert_ok(lesson_read(&perm, STR("t.lesson"), text, &lesson, &err), err);
	assert_ok(lesson_step_done(s, &lesson.steps[0], &out, &err), err);
	return out;
}

static void
what_the_learner_leaves_is_what_counts(void **state)
{
	struct session *s = fresh();

	(void)state;
	assert_false(holds(s, "note cluster C001"));
	assert_true(holds(s, "not note cluster C001"));
	(void)run(s, ACTION_NOTE, "They share Pages");
	assert_true(holds(s, "note cluster C001"));
	assert_true(holds(s, "note cluster * share pages"));
	assert_false(holds(s, "note cluster C001 posts"));
	assert_false(holds(s, "note cluster C002"));
	assert_false(holds(s, "note cluster C777"));
	(void)run(s, ACTION_TAG, "#Seen");
	(void)run(s, ACTION_PIN, "");
	assert_true(holds(s, "tag cluster C001 seen"));
	assert_false(holds(s, "tag cluster C001 see"));
	assert_true(holds(s, "pin cluster *"));
	assert_false(holds(s, "pin account *"));
	assert_true(holds(s, "count 1 tag cluster seen"));
	assert_false(holds(s, "count 2 tag cluster seen"));
	(void)run(s, ACTION_UNDO, "");
	assert_false(holds(s, "pin cluster *"));
	assert_false(holds(s, "export"));
	(void)run(s, ACTION_EXPORT, "csv left.csv");
	assert_true(holds(s, "export"));
	assert_true(holds(s, "export csv"));
	assert_false(holds(s, "export markdown"));
	session_close(s);
}

static void
judge(struct session *s, const char *word)
{
	struct annotation verdict = { .kind = ANNOTATION_verdict, .word = str_of(word),
				      .text = STR("because") };
	bool ok;

	(void)session_judge(s, &verdict, &ok);
	assert_true(ok);
}

static void
the_verdict_that_stands_is_the_last_one(void **state)
{
	struct session *s = fresh();

	(void)state;
	judge(s, "cleared");
	assert_true(holds(s, "verdict cluster C001 cleared"));
	judge(s, "confirmed");
	assert_false(holds(s, "verdict cluster C001 cleared"));
	assert_false(holds(s, "count 1 verdict cluster cleared"));
	assert_true(holds(s, "verdict cluster * confirmed"));
	session_close(s);
}

static void
where_the_trail_has_been_counts_also_afterwards(void **state)
{
	struct session *s = fresh();

	(void)state;
	assert_false(holds(s, "at accounts on cluster C001"));
	(void)run(s, ACTION_OPEN, "");
	assert_true(holds(s, "at accounts on cluster C001"));
	assert_true(holds(s, "at accounts"));
	assert_false(holds(s, "at accounts on cluster C002"));
	(void)run(s, ACTION_FILTER, "lang:en");
	(void)run(s, ACTION_BACK, "");
	assert_true(holds(s, "at accounts on cluster * lens lang:en"));
	assert_false(holds(s, "at accounts lens lang:ru"));
	session_close(s);
}

static void
use_shipped_lessons(void)
{
	const char *srcdir = getenv("srcdir");
	struct arena perm = whole;

	assert_int_equal(setenv("CLAQUE_LESSONS", str_fmt(&perm, "%s/share/lessons",
			 srcdir != NULL ? srcdir : ".").p, 1), 0);
	assert_int_equal(setenv("CLAQUE_SCENARIOS", str_fmt(&perm, "%s/share/scenarios",
			 srcdir != NULL ? srcdir : ".").p, 1), 0);
}

static void
a_lesson_goes_on_where_it_was_left(void **state)
{
	struct session *s = fresh();
	struct claque_err err = { 0 };

	(void)state;
	use_shipped_lessons();
	assert_ok(lesson_begin(s, STR("first-pivot"), &err), err);
	assert_int_equal(lesson_of(s)->at, 0);
	(void)run(s, ACTION_OPEN, "");
	lesson_look(s);
	assert_true(lesson_of(s)->done[0]);
	assert_int_equal(lesson_done_count(lesson_of(s)), 1);
	lesson_end(s);
	assert_null(lesson_of(s));
	assert_ok(lesson_begin(s, STR("first-pivot"), &err), err);
	assert_int_equal(lesson_of(s)->at, 1);
	assert_int_equal(session_here(s)->screen, SCREEN_CLUSTERS);
	assert_int_equal(lesson_begin(s, STR("nothing"), &err), CLAQUE_ENOTFOUND);
	assert_non_null(strstr(err.msg, "first-pivot"));
	assert_non_null(lesson_of(s));
	session_close(s);
}

static void
no_head(void *ctx, const struct column *columns, size_t count)
{
	(void)ctx, (void)columns, (void)count;
}

static bool
print_faults(void *ctx, const struct row *row)
{
	(void)ctx;
	if (str_eq(row->values[0].s, STR("FAIL")))
		print_message("line %lld: " STR_FMT "\n", (long long)row->values[1].i,
			      STR_ARG(row->values[3].s));
	return true;
}

static size_t
faults_of(const char *text, struct session *s)
{
	const struct row_sink sink = { NULL, no_head, print_faults };
	struct arena perm = whole;
	struct claque_err err = { 0 };
	struct lesson lesson;

	assert_ok(read_text(&perm, text, &lesson, &err), err);
	return lesson_test(&lesson, s, &sink);
}

static void
what_no_learner_can_do_is_a_fault(void **state)
{
	struct session *s = fresh();

	(void)state;
	use_shipped_lessons();
	assert_int_equal(faults_of(HEAD STEP "check at posts\n", s), 0);
	assert_int_equal(faults_of(HEAD STEP "check at nowhere\n", NULL), 1);
	assert_int_equal(faults_of(HEAD STEP "check at clusters\n", NULL), 1);
	assert_int_equal(faults_of(HEAD STEP "check at posts lens account.colour:red\n", NULL), 1);
	assert_int_equal(faults_of(HEAD "step One\nplace account\ntext a\ncheck at posts\n", NULL), 1);
	assert_int_equal(faults_of(HEAD STEP "check at why on source *\n", NULL), 1);
	assert_int_equal(faults_of("lesson t\ntitle T\ngoal G\nscenario moon\n" STEP
				   "check at posts\n", NULL), 1);
	assert_int_equal(faults_of("lesson t\ntitle T\ngoal G\nscenario who-is-who\n" STEP
				   "check at posts\n", NULL), 0);
	assert_int_equal(faults_of(HEAD STEP "check pin account @nobody\n", NULL), 0);
	assert_int_equal(faults_of(HEAD STEP "check pin account @nobody\n", s), 1);
	session_close(s);
}

static void
a_way_is_a_lesson_that_the_same_way_solves(void **state)
{
	struct arena perm = whole;
	struct session *s = fresh();
	struct claque_err err = { 0 };
	struct lesson lesson;
	const struct lesson_setting world = { STR("hidden-cell"), 20000, 9 };
	struct buf out;
	bool done;

	(void)state;
	buf_init(&out, WRITTEN_MAX);
	assert_int_equal(lesson_from_trail(s, &world, &out, &err), CLAQUE_ENOTFOUND);
	(void)run(s, ACTION_OPEN, "");
	(void)run(s, ACTION_FILTER, "lang:en");
	(void)run(s, ACTION_CLEAR, "");
	(void)run(s, ACTION_OPEN, "");
	assert_ok(lesson_from_trail(s, &world, &out, &err), err);
	assert_ok(lesson_read(&perm, STR("t.lesson"), buf_str(&out), &lesson, &err), err);
	assert_int_equal(lesson.step_count, 3);
	assert_true(str_eq(lesson.scenario, STR("hidden-cell")));
	assert_true(lesson.posts == 20000 && lesson.seed == 9);
	for (size_t i = 0; i < lesson.step_count; i++) {
		assert_ok(lesson_step_done(s, &lesson.steps[i], &done, &err), err);
		assert_true(done);
	}
	session_close(s);
	s = fresh();
	assert_ok(lesson_step_done(s, &lesson.steps[2], &done, &err), err);
	assert_false(done);
	buf_done(&out);
	session_close(s);
}

static bool
is_on_paper(bool presenter, bool html, const char *text)
{
	struct arena perm = whole;
	struct session *s = fresh();
	struct claque_err err = { 0 };
	struct lesson lesson;
	struct settings set;
	struct buf out;
	bool found;

	settings_init(&set);
	use_shipped_lessons();
	buf_init(&out, WRITTEN_MAX);
	assert_ok(lesson_find(&perm, STR("first-pivot"), &lesson, &err), err);
	assert_ok(handout_write(&(struct handout){ &lesson, html, presenter }, s, &set, &out, &err),
		  err);
	found = str_find(buf_str(&out), str_of(text), 0) < out.len;
	buf_done(&out);
	session_close(s);
	return found;
}

static void
a_handout_has_screens_and_for_the_presenter_answers(void **state)
{
	(void)state;
	assert_true(is_on_paper(false, false, "## 1. Who is behind"));
	assert_true(is_on_paper(false, false, "\n    >   C001"));
	assert_true(is_on_paper(false, true, "<h2>1. Who is behind"));
	assert_false(is_on_paper(false, false, "Enter on C001 shows"));
	assert_true(is_on_paper(true, false, "**Answer:** Enter on C001 shows"));
}

static void
every_lesson_that_is_shipped_passes(void **state)
{
	const struct row_sink sink = { NULL, no_head, print_faults };
	struct lessons *lessons = calloc(1, sizeof(*lessons));
	struct session *s = fresh();
	struct claque_err err = { 0 };

	(void)state;
	assert_non_null(lessons);
	use_shipped_lessons();
	assert_ok(lessons_read(lessons, &err), err);
	assert_true(lessons->count > 1);
	for (size_t i = 0; i < lessons->count; i++)
		if (lesson_test(&lessons->at[i], s, &sink) > 0)
			fail_msg(STR_FMT, STR_ARG(lessons->at[i].path));
	lessons_done(lessons);
	free(lessons);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_is_told_with_its_line),
		cmocka_unit_test(a_check_that_says_nothing_is_refused),
		cmocka_unit_test(a_lesson_is_written_as_it_was_read),
		cmocka_unit_test(a_lens_has_what_is_asked_of_it),
		cmocka_unit_test(what_the_learner_leaves_is_what_counts),
		cmocka_unit_test(the_verdict_that_stands_is_the_last_one),
		cmocka_unit_test(where_the_trail_has_been_counts_also_afterwards),
		cmocka_unit_test(a_lesson_goes_on_where_it_was_left),
		cmocka_unit_test(what_no_learner_can_do_is_a_fault),
		cmocka_unit_test(a_way_is_a_lesson_that_the_same_way_solves),
		cmocka_unit_test(a_handout_has_screens_and_for_the_presenter_answers),
		cmocka_unit_test(every_lesson_that_is_shipped_passes),
	};
	int rc;

	whole = arena_new(ROOM);
	rc = cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
	arena_free(whole);
	return rc;
}
