/* cmd_lesson.c - claque lesson: lessons listed, shown, tested, and what of one is done. */
#include "config.h"

#include <stdio.h>

#include "app/lesson_test.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/handout.h"
#include "cli/printer.h"
#include "cli/who.h"
#include "tui/key.h"

enum { LESSON_ARENA = 16 << 20, INDENT = 3, HANDOUT_MAX = 64 << 20 };

static enum status
list(const struct invocation *call)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct lessons lessons = { 0 };
	struct claque_err err = { 0 };
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	if (rc == CLAQUE_OK)
		rc = lessons_read(&lessons, &err);
	if (rc == CLAQUE_OK) {
		lesson_list(&lessons, &sink);
		printer_end(&printer);
	}
	lessons_done(&lessons);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static void
say_lines(const char *label, struct claque_str text)
{
	struct claque_str line;

	while (str_cut(&text, '\n', &line))
		say_under(INDENT, "   %s" STR_FMT, label, STR_ARG(line));
}

static void
show_step(const struct lesson_step *step, size_t number, bool presenter, struct arena scratch)
{
	say("%zu. " STR_FMT, number, STR_ARG(step->title));
	say_lines("begins at ", lesson_place_text(&scratch, &step->place));
	say_lines("", step->text);
	if (!presenter)
		return;
	say_lines("hint: ", step->hints);
	say_lines("expected: ", step->expect);
	say_lines("answer: ", step->answer);
	for (size_t i = 0; i < step->check_count; i++)
		say_lines("done when: ", lesson_check_text(&scratch, &step->checks[i]));
	say_lines("keys: ", step->keys);
	say_lines("presenter: ", step->presenter);
}

static enum status
show(const struct invocation *call, const struct lesson *l, struct arena scratch)
{
	bool presenter = args_flag(call, "presenter");

	say(STR_FMT, STR_ARG(l->title));
	say_lines("", l->goal);
	say("   world " STR_FMT "; %zu steps", STR_ARG(l->scenario), l->step_count);
	if (l->minutes > 0)
		say("   takes about %lld minutes", (long long)l->minutes);
	if (presenter)
		say_lines("presenter: ", l->presenter);
	for (size_t i = 0; i < l->step_count; i++)
		show_step(&l->steps[i], i + 1, presenter, scratch);
	return STATUS_OK;
}

static enum claque_rc
open_case(const char *path, struct session **out, struct claque_err *err)
{
	return session_open(out, &(struct session_options){ .path = path, .who = who(),
							     .read_only = true }, err);
}

/* Keys are the terminal's business, so that no other layer could tell. */
static size_t
test_keys(const struct lesson *l)
{
	size_t faults = 0;
	uint32_t key;

	for (size_t i = 0; i < l->step_count; i++) {
		struct claque_str rest = l->steps[i].keys;

		while (key_parse(&rest, &key))
			;
		if (rest.len == 0)
			continue;
		say_aside(STR_FMT ":%zu: keys: '" STR_FMT "' begins with no key; write them as in"
			  " jj<Enter>o", STR_ARG(l->path), l->steps[i].line, STR_ARG(rest));
		faults++;
	}
	return faults;
}

static enum status
test(const struct invocation *call, const struct lesson *l)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct session *s = NULL;
	struct claque_err err = { 0 };
	size_t faults = 0;
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	if (rc == CLAQUE_OK && call->arg_count > 2)
		rc = open_case(call->args[2], &s, &err);
	if (rc == CLAQUE_OK) {
		faults = lesson_test(l, s, &sink);
		printer_end(&printer);
		faults += test_keys(l);
	}
	session_close(s);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	if (faults > 0)
		say_aside("%zu faults in " STR_FMT, faults, STR_ARG(l->path));
	return faults > 0 ? STATUS_FAULT : STATUS_OK;
}

static enum status
print(const struct invocation *call, const struct lesson *l)
{
	const struct handout handout = { l, args_flag(call, "html"), args_flag(call, "presenter") };
	struct session *s = NULL;
	struct claque_err err = { 0 };
	struct settings set;
	struct buf out;
	enum claque_rc rc = CLAQUE_OK;

	settings_init(&set);
	set.values[SETTING_WORKSHOP] = args_flag(call, "workshop");
	buf_init(&out, HANDOUT_MAX);
	if (call->arg_count > 2)
		rc = open_case(call->args[2], &s, &err);
	if (rc == CLAQUE_OK)
		rc = handout_write(&handout, s, &set, &out, &err);
	if (rc == CLAQUE_OK)
		(void)fwrite(out.p, 1, out.len, stdout);
	buf_done(&out);
	session_close(s);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

/* What is said counts; else the world that stands beside the case. */
static enum claque_rc
read_setting(const struct invocation *call, struct arena *perm, struct lesson_setting *out,
	     struct claque_err *err)
{
	const char *scenario = args_value(call, "scenario");
	bool found = lesson_setting_of(call->args[1], perm, out);
	int64_t posts = (int64_t)out->posts, seed = (int64_t)out->seed;
	enum claque_rc rc = args_int(call, "posts", 10000, 100000000, &posts, err);

	if (rc == CLAQUE_OK)
		rc = args_int(call, "seed", 0, INT64_MAX, &seed, err);
	if (scenario != NULL)
		out->scenario = str_of(scenario);
	else if (!found)
		say_aside("no world is named beside the case: check the lines scenario, posts and seed");
	out->posts = (uint64_t)posts;
	out->seed = (uint64_t)seed;
	return rc;
}

static enum status
from(const struct invocation *call)
{
	struct arena whole = arena_new(LESSON_ARENA), perm = whole;
	struct lesson_setting world;
	struct session *s = NULL;
	struct claque_err err = { 0 };
	struct buf out;
	enum claque_rc rc = open_case(call->args[1], &s, &err);

	buf_init(&out, HANDOUT_MAX);
	if (rc == CLAQUE_OK)
		rc = read_setting(call, &perm, &world, &err);
	if (rc == CLAQUE_OK)
		rc = lesson_from_trail(s, &world, &out, &err);
	if (rc == CLAQUE_OK)
		(void)fwrite(out.p, 1, out.len, stdout);
	buf_done(&out);
	session_close(s);
	arena_free(whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static enum status
check(const struct invocation *call, const struct lesson *l)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct session *s = NULL;
	struct claque_err err = { 0 };
	size_t undone = 0;
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	if (rc == CLAQUE_OK)
		rc = open_case(call->args[1], &s, &err);
	if (rc == CLAQUE_OK)
		rc = lesson_table(l, s, &sink, &undone, &err);
	printer_end(&printer);
	session_close(s);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	say_aside("%zu of %zu steps are done", l->step_count - undone, l->step_count);
	return undone > 0 ? STATUS_FAULT : STATUS_OK;
}

/* Which argument names the lesson; 0: this is no way to write it. */
static size_t
lesson_argument(const struct invocation *call)
{
	static const struct { const char *what; size_t at, least, most; } ways[] = {
		{ "show", 1, 2, 2 }, { "print", 1, 2, 3 }, { "test", 1, 2, 3 }, { "check", 2, 3, 3 },
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (strcmp(call->args[0], ways[i].what) == 0 &&
		    call->arg_count >= ways[i].least && call->arg_count <= ways[i].most)
			return ways[i].at;
	return 0;
}

static enum status
run_lesson(const struct invocation *call)
{
	const char *what = call->args[0];
	size_t at = lesson_argument(call);
	struct arena whole = arena_new(LESSON_ARENA), perm = whole;
	struct claque_err err = { 0 };
	struct lesson lesson;
	enum claque_rc rc = CLAQUE_OK;
	enum status status;

	if (strcmp(what, "list") == 0 && call->arg_count == 1)
		status = list(call);
	else if (strcmp(what, "from") == 0 && call->arg_count == 2)
		status = from(call);
	else if (at == 0)
		status = fail(err_set(&err, CLAQUE_EUSAGE, "claque lesson list, show NAME, print NAME"
				      " [CASE], test NAME [CASE], check CASE NAME or from"
				      " CASE"), &err);
	else if ((rc = lesson_find(&perm, str_of(call->args[at]), &lesson, &err)) != CLAQUE_OK)
		status = fail(rc, &err);
	else
		status = what[0] == 's' ? show(call, &lesson, perm) :
			 what[0] == 'p' ? print(call, &lesson) :
			 what[0] == 't' ? test(call, &lesson) : check(call, &lesson);
	arena_free(whole);
	return status;
}

const struct command command_lesson = {
	.name = "lesson", .synopsis = "list | show NAME | print NAME [CASE] | test NAME [CASE] |"
	" check CASE NAME | from CASE",
	.summary = "Guided lessons: what there is, what is in one, what of it is done",
	.detail =
"A lesson is taken in the workbench: `claque demo --lesson NAME` makes its world and begins\n"
"it, `claque open CASE --lesson NAME` begins it on a case of yours. NAME is that of a lesson\n"
"or the path of a file; claque-lesson(7) tells how to write one.\n"
"\n"
"list tells the lessons that are found: those in claque/lessons under XDG_CONFIG_HOME (or\n"
"~/.config) and those that are installed; of two of one name yours counts.\n"
"\n"
"show prints the tasks; with --presenter also hints, what is to be found, answers, checks,\n"
"keys and notes for whoever teaches.\n"
"\n"
"print writes a handout as Markdown, or with --html as a page: every task with the screen of\n"
"the case that it begins at; --workshop masks names and covers answers on these.\n"
"\n"
"test tells whether its places and keys exist, and with a case whether what it names is in\n"
"there; the exit status is 1 if not.\n"
"\n"
"check tells which steps are done by what the case holds: tags, verdicts, notes, pins, and\n"
"the trail. The exit status is 1 while one is not. Nothing is written.\n"
"\n"
"from prints the way to where the last session of a case ended as a lesson, for you to write\n"
"its words. Its world is the one in whose folder (NAME-world) a README.txt tells scenario,\n"
"posts and seed, for the case itself tells nothing of them; or what you say it is.",
	.examples =
"claque lesson list\twhat can be learnt\n"
"claque lesson check case.claque first-pivot\twhat is left to do\n"
"claque lesson print first-pivot case.claque --html >handout.html\ttasks with their screens\n"
"claque lesson test mine.lesson case.claque\tbefore it is taught",
	.options = {
		{ "presenter", NULL, "with answers and notes" },
		{ "html", NULL, "print a page, not Markdown" },
		{ "workshop", NULL, "print screens with names masked and answers covered" },
		{ "scenario", "NAME", "from: the lesson's world" },
		{ "posts", "N", "from: the size of that world" },
		{ "seed", "N", "from: which world of that kind" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.min_args = 1, .max_args = 3, .run = run_lesson,
};
