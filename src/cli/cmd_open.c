/* cmd_open.c - open, demo and screen: the workbench, on a terminal or on paper. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/action.h"
#include "app/demo_job.h"
#include "app/export_job.h"
#include "app/lesson_run.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/listing.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/who.h"
#include "tui/conf.h"
#include "tui/linear.h"
#include "tui/workbench.h"

enum { PATH_ARENA = 16 << 20, DUMP_BYTES_MAX = 64 << 20, LEADS_SHOWN = 12, LEAD_COLUMNS = 10 };

/* What the export prompt of the workbench does: the same job as claque export. */
static enum claque_rc
export_case(void *ctx, struct claque_str format, struct claque_str path,
	    const struct claque_progress *progress, struct claque_err *err)
{
	const char *case_path = ctx;
	struct arena whole = arena_new(PATH_ARENA), a = whole;
	struct export_request request = {
		.format = format, .path = str_z(&a, path), .tlp = TLP_AMBER, .who = who(),
		.redaction = { REDACTION_FULL, REDACTION_FOLLOWERS },
	};
	struct store *store = NULL;
	enum claque_rc rc = store_open(&store, case_path, STORE_WRITE, err);

	if (rc == CLAQUE_OK)
		rc = export_job(store, &request, progress, err);
	store_close(store);
	arena_free(whole);
	return rc;
}

/* "csv csv-safe graphml markdown", from the table of formats. */
static const char *
export_format_names(struct arena *perm)
{
	size_t count;
	const struct export_format *formats = export_formats(&count);
	struct claque_str names = STR("");

	for (size_t i = 0; i < count; i++)
		names = str_fmt(perm, STR_FMT "%s%s", STR_ARG(names), i > 0 ? " " : "", formats[i].name);
	return names.len > 0 ? names.p : NULL;
}

static enum claque_rc
open_session(struct session **out, const char *path, bool read_only, struct arena *perm,
	     struct claque_err *err)
{
	struct session_options options = {
		.path = path, .who = who(), .read_only = read_only,
		.hooks = {
			.ctx = (void *)(uintptr_t)path,	/* only read again by export_case() */
			.export_case = export_case,
			.export_formats = export_format_names(perm),
		},
	};
	enum claque_rc rc;

	/* Above the screen that is to come: without it a large case would open to nothing. */
	if (!read_only && store_is_older(path))
		say_aside("%s: a case of an older format: it is brought forward, which may take "
			  "a minute", path);
	rc = session_open(out, &options, err);
	store_tell = NULL;	/* from here on the terminal is the screen's */
	return rc;
}

/* To the place that the options tell, if they tell one. */
static enum claque_rc
jump_to_place(struct session *session, const struct invocation *call, const char *screen,
	      struct claque_err *err)
{
	const char *subject = args_value(call, "subject"), *lens = args_value(call, "lens");
	const char *with = args_value(call, "with");
	enum claque_rc rc;

	if (screen == NULL && subject == NULL && lens == NULL && with == NULL)
		return CLAQUE_OK;
	rc = session_jump(session, str_of(screen != NULL ? screen : "clusters"), str_of(subject),
			  str_of(lens), err);
	if (rc == CLAQUE_OK && with != NULL)
		rc = session_set_other(session, str_of(with), err);
	return rc;
}

/* The same, and then to where the lesson begins that they name. */
static enum claque_rc
jump(struct session *session, const struct invocation *call, const char *screen,
     struct claque_err *err)
{
	const char *lesson = args_value(call, "lesson");
	enum claque_rc rc = jump_to_place(session, call, screen, err);

	return rc == CLAQUE_OK && lesson != NULL ? lesson_begin(session, str_of(lesson), err) : rc;
}

/* The file, if one is named or `usual`; then what the command line says. */
static enum claque_rc
settings_wanted(const struct invocation *call, bool usual, struct settings *set,
		struct buf *note, struct claque_err *err)
{
	const char *conf = args_value(call, "config"), *theme = args_value(call, "theme");
	enum claque_rc rc = CLAQUE_OK;
	char line[64];

	settings_init(set);
	if (conf != NULL || usual)
		rc = conf_read(set, conf, note, err);
	if (rc == CLAQUE_OK && theme != NULL) {
		(void)snprintf(line, sizeof(line), "set theme %s", theme);
		if (settings_line(set, str_of(line), err) != CLAQUE_OK)
			rc = err_set(err, CLAQUE_EUSAGE, "--theme takes one of %s, not '%s'",
				     setting_get(SETTING_THEME)->choices, theme);
	}
	if (args_flag(call, "ascii"))
		set->values[SETTING_ASCII] = 1;
	if (args_flag(call, "linear"))
		set->values[SETTING_LINEAR] = 1;
	if (args_flag(call, "mouse"))
		set->values[SETTING_MOUSE] = 1;
	if (args_flag(call, "workshop"))
		set->values[SETTING_WORKSHOP] = 1;
	if (args_flag(call, "mono"))
		set->values[SETTING_THEME] = THEME_MONO;
	return rc;
}

/* A theme that is set goes before the environment, and this before both. */
static enum claque_rc
color_wanted(const struct invocation *call, struct terminal_options *options,
	     struct settings *set, struct claque_err *err)
{
	const char *when = args_value(call, "color");

	if (when == NULL || strcmp(when, "auto") == 0)
		return CLAQUE_OK;
	if (strcmp(when, "never") != 0 && strcmp(when, "always") != 0)
		return err_set(err, CLAQUE_EUSAGE, "--color takes never, auto or always, not '%s'",
			       when);
	options->mono = false;
	if (when[0] == 'n')
		set->values[SETTING_THEME] = THEME_MONO;
	else if (set->values[SETTING_THEME] == THEME_MONO)
		set->values[SETTING_THEME] = THEME_AUTO;
	return CLAQUE_OK;
}

/* Where there is no case yet, what makes one is told at once. */
static enum status
not_opened(const char *path, enum claque_rc rc, const struct claque_err *err)
{
	enum status status = fail(rc, err);

	if (access(path, F_OK) != 0)
		(void)fputs("  claque import CASE FILE...   makes a case of posts and accounts\n"
			    "  claque score CASE            finds groups that act together\n"
			    "  claque demo                  opens a training case, a made-up world\n",
			    stderr);
	return status;
}

static enum status open_demo(const char *path, const struct invocation *call);

static enum status
open_workbench(const char *path, const struct invocation *call)
{
	struct terminal_options options = terminal_detect();
	struct arena whole = arena_new(PATH_ARENA), perm = whole;
	struct session *session = NULL;
	struct claque_err err = { 0 };
	struct settings set;
	struct buf note;
	bool demo = false;
	enum claque_rc rc;

	buf_init(&note, CONF_NOTE_MAX);
	rc = settings_wanted(call, true, &set, &note, &err);
	if (rc == CLAQUE_OK)
		rc = color_wanted(call, &options, &set, &err);
	if (rc == CLAQUE_OK)
		rc = open_session(&session, path, false, &perm, &err);
	if (rc == CLAQUE_OK)
		rc = jump(session, call, args_value(call, "screen"), &err);
	if (rc == CLAQUE_OK && set.values[SETTING_LINEAR] != 0)
		demo = linear_run(session, &set, buf_str(&note), stdin, stdout);
	else if (rc == CLAQUE_OK)
		rc = workbench_run(session, &options, &set, buf_str(&note), &demo, &err);
	session_close(session);
	terminal_reraise();
	buf_done(&note);
	arena_free(whole);
	if (demo)
		return open_demo(NULL, call);
	return rc == CLAQUE_OK ? STATUS_OK : not_opened(path, rc, &err);
}

static enum status
run_open(const struct invocation *call)
{
	return open_workbench(call->args[0], call);
}

static bool
on_a_terminal(void)
{
	return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
}

static void
say_step(const char *line)
{
	progress_hide();
	(void)fprintf(stderr, "%s\n", line);
}

static enum status
print_leads(const struct demo *demo, const struct invocation *call)
{
	struct store *store = NULL;
	struct claque_err err = { 0 };
	enum claque_rc rc = store_open(&store, demo->case_path, STORE_READ, &err);

	if (rc == CLAQUE_OK)
		rc = listing_print(call, store, LIST_LEADS, LEAD_COLUMNS, &err);
	store_close(store);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	(void)fflush(stdout);
	(void)fprintf(stderr, "claque %s opens it; %s/truth.csv says who is who\n", demo->case_path,
		      demo->world_path);
	return STATUS_OK;
}

static enum status
open_demo(const char *path, const struct invocation *call)
{
	struct arena whole = arena_new(PATH_ARENA), perm = whole;
	struct claque_str analyst = who();
	struct claque_progress progress = progress_start();
	struct claque_err err = { 0 };
	const char *name = args_value(call, "lesson");
	struct lesson lesson;
	struct demo_order order = { path, name != NULL ? &lesson : NULL };
	struct demo demo;
	enum status status;
	enum claque_rc rc = CLAQUE_OK;

	if (name != NULL)
		rc = lesson_find(&perm, str_of(name), &lesson, &err);
	if (rc == CLAQUE_OK)
		rc = demo_job(&order, &perm, say_step, &analyst, &progress, &demo, &err);

	progress_stop();
	if (rc != CLAQUE_OK)
		status = fail(rc, &err);
	else if (on_a_terminal())
		status = open_workbench(demo.case_path, call);
	else
		status = print_leads(&demo, call);
	arena_free(whole);
	return status;
}

static enum status
run_demo(const struct invocation *call)
{
	return open_demo(call->arg_count > 0 ? call->args[0] : NULL, call);
}

static enum claque_rc
read_size(const struct invocation *call, int *rows, int *cols, struct claque_err *err)
{
	const char *size = args_value(call, "size");
	struct claque_str rest = str_of(size), part;
	int64_t c = 80, r = 24;

	if (size != NULL && !(str_cut(&rest, 'x', &part) && str_to_i64(part, &c) &&
			      str_to_i64(rest, &r) && c > 0 && r > 0 && c <= GRID_COLS_MAX &&
			      r <= GRID_ROWS_MAX))
		return err_set(err, CLAQUE_EUSAGE, "--size takes COLUMNSxROWS, like 120x36, not '%s'", size);
	*cols = (int)c;
	*rows = (int)r;
	return CLAQUE_OK;
}

static enum claque_rc
read_form(const struct invocation *call, enum dump_form *form, struct claque_err *err)
{
	static const struct { const char *name; enum dump_form form; } forms[] = {
		{ "text", DUMP_TEXT }, { "attr", DUMP_ATTR }, { "html", DUMP_HTML },
	};
	const char *name = args_value(call, "dump");

	*form = DUMP_TEXT;
	for (size_t i = 0; name != NULL; i++) {
		if (i == sizeof(forms) / sizeof(forms[0]))
			return err_set(err, CLAQUE_EUSAGE, "--dump takes text, attr or html, not '%s'", name);
		if (strcmp(name, forms[i].name) == 0) {
			*form = forms[i].form;
			break;
		}
	}
	return CLAQUE_OK;
}

static enum claque_rc
dump_screen(const struct invocation *call, struct session *session, const struct settings *set,
	    struct buf *out, struct claque_err *err)
{
	enum dump_form form;
	const char *keys = args_value(call, "keys");
	int rows, cols;
	enum claque_rc rc = read_size(call, &rows, &cols, err);

	if (rc == CLAQUE_OK)
		rc = read_form(call, &form, err);
	if (rc == CLAQUE_OK)
		rc = jump(session, call, call->args[1], err);
	if (rc != CLAQUE_OK)
		return rc;
	if (set->values[SETTING_LINEAR] != 0)
		return linear_dump(session, str_of(keys), set, out, err);
	return workbench_dump(session, rows, cols, str_of(keys), set, form, out, err);
}

/* What keys are to write must not be lost without a word. */
static enum claque_rc
need_writable(const struct session *session, const char *path, struct claque_err *err)
{
	enum claque_rc rc;

	if (session_writable(session))
		return CLAQUE_OK;
	rc = store_writable(path, err);
	return rc != CLAQUE_OK ? rc :
	       err_set(err, CLAQUE_EBUSY, "%s: another process is writing, or has it in a workbench:"
		       " no key was pressed; try again when it is done", path);
}

static enum status
run_screen(const struct invocation *call)
{
	struct arena whole = arena_new(PATH_ARENA), perm = whole;
	struct session *session = NULL;
	struct claque_err err = { 0 };
	struct settings set;
	struct buf out, note;
	enum claque_rc rc;

	buf_init(&out, DUMP_BYTES_MAX);
	buf_init(&note, CONF_NOTE_MAX);
	/* The same for everybody: the analyst's own file only if it is named. */
	rc = settings_wanted(call, false, &set, &note, &err);
	/* A picture of the case must not change it, unless its keys are told to. */
	if (rc == CLAQUE_OK)
		rc = open_session(&session, call->args[0], !args_flag(call, "write"), &perm, &err);
	if (rc == CLAQUE_OK && args_flag(call, "write"))
		rc = need_writable(session, call->args[0], &err);
	if (rc == CLAQUE_OK && note.len > 0)
		session_say(session, STR_FMT, STR_ARG(buf_str(&note)));
	if (rc == CLAQUE_OK)
		rc = dump_screen(call, session, &set, &out, &err);
	session_close(session);
	buf_done(&note);
	/* What could be read is shown, also if not all of it could. */
	if (rc == CLAQUE_OK || rc == CLAQUE_EIO || rc == CLAQUE_EBUSY || rc == CLAQUE_EINPUT)
		(void)fwrite(out.p, 1, out.len, stdout);
	buf_done(&out);
	arena_free(whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

/* The keys of the workbench, from the same table that its own help is made of. */
static void
write_keys(const struct section_writer *to)
{
	struct arena whole = arena_new(PATH_ARENA), rest = whole;
	struct settings *set = ARENA_NEW(&rest, struct settings, 1);

	settings_init(set);
	for (unsigned g = 0; g < GROUP_COUNT; g++) {
		struct arena room = rest;

		to->heading(str_fmt(&room, "KEYS: %s",
				    action_group_name((enum action_group)g)).p);
		for (unsigned i = 0; i < ACTION_COUNT; i++) {
			const struct action *action = action_get((enum action_id)i);
			struct arena perm = rest;

			if (action->group == g)
				to->entry(action->keys[0] == '\0' ? ":" :
					  settings_keys(set, &perm, (enum action_id)i).p,
					  strcmp(action->name, action->help) == 0 ? action->help :
					  str_fmt(&perm, "%s: %s", action->name,
						  action->help).p);
		}
	}
	arena_free(whole);
}

#define PLACE_OPTIONS \
	{ "subject", "NAME", "a cluster, account or source to stand on: C001, @handle, an id" }, \
	{ "with", "NAME", "what the screen compare compares it with; a random control if absent" }, \
	{ "lens", "LENS", "2016-09-20..2016-10-12 kind:reshare lang:en text:PATTERN" }
#define LESSON_OPTION \
	{ "lesson", "NAME", "begin this lesson, or go on with it: claque lesson list" }
#define SCREEN_OPTIONS \
	LESSON_OPTION, \
	{ "config", "FILE", "options and keys from there; else claque.conf(5), if you have one" }, \
	{ "theme", "NAME", "dark, light, high-contrast or mono" }, \
	{ "ascii", NULL, "draw with ASCII only" }, \
	{ "mono", NULL, "no colour: the theme mono" }, \
	{ "color", "WHEN", "never is the theme mono; always, whatever NO_COLOR says; else auto" }, \
	{ "linear", NULL, "for screen readers: one thing a line, commands are lines of keys" }, \
	{ "mouse", NULL, "click and wheel work; Shift selects text as before" }, \
	{ "workshop", NULL, "names masked, keys shown, answers covered until a is pressed" }

const struct command command_open = {
	.name = "open", .synopsis = "CASE",
	.summary = "Opens the workbench on a case",
	.detail =
"claque CASE does the same. In the workbench ? shows the keys of the screen, : finds any\n"
"command by name, o shows every pivot with its count before you go, < goes back with the\n"
"lens as it was, u undoes. Nothing needs saving: every step is in the case. Options and\n"
"keys of your own are in claque.conf(5).\n"
"\n"
"While another workbench has the case, or another process writes it, it is opened for\n"
"reading only, and shows what the other writes. So is a case that you may not write.",
	.examples = "claque case.claque\topen it",
	.options = {
		{ "screen", "NAME", "begin there and not where the last session ended" },
		PLACE_OPTIONS, SCREEN_OPTIONS,
	},
	.sections = write_keys, .min_args = 1, .max_args = 1, .run = run_open,
};

const struct command command_demo = {
	.name = "demo", .synopsis = "[CASE]",
	.summary = "Makes the training case if it is not there, and opens it",
	.detail =
"A synthetic world: nobody in it exists. Some 4,800 fake accounts among ordinary ones,\n"
"fans, activists and newsrooms (see claque-generate(1)) are generated, imported and scored,\n"
"which takes under a minute; the second time it is only opened, as you left it. Without a\n"
"terminal the leads are printed instead.\n"
"\n"
"The case is claque/demo.claque under XDG_DATA_HOME or ~/.local/share, unless another is\n"
"named. To begin anew, name another or remove it.\n"
"\n"
"--lesson makes the world of a lesson instead, which takes seconds, as\n"
"claque/lesson-NAME.claque, and begins the lesson in the workbench.",
	.examples = "claque demo\topen it\nclaque demo --lesson first-pivot\tlearn it\nclaque demo </dev/null\tthe leads as a table",
	.options = { SCREEN_OPTIONS, LISTING_OPTIONS },
	.max_args = 1, .run = run_demo,
};

#define X(id, name, title, letter, digit, list, second, help) name " (" help ")\n"

const struct command command_screen = {
	.name = "screen", .synopsis = "CASE NAME",
	.summary = "Prints any screen of the workbench to standard output",
	.detail =
"The same cells that the terminal would show: for handouts, reports, screen readers and\n"
"tests. --keys are pressed first: 'jj<Enter>o' with <Esc>, <Tab>, <C-d>, <Space>, <lt> for\n"
"a key that has no letter. The case is opened for reading unless --write. So that everybody\n"
"gets the same, claque.conf(5) counts only where --config names it.\n"
"\n"
"The screens are\n"
"\n"
SCREEN_LIST(X),
	.examples =
"claque screen case.claque clusters --size 120x36\tthe home screen\n"
"claque screen case.claque clusters --keys '<Enter>' --dump html\twhat Enter opens, as HTML\n"
"claque screen case.claque compare --subject @ann --with @bob\ttwo accounts, for and against",
	.options = {
		PLACE_OPTIONS, LESSON_OPTION,
		{ "size", "COLSxROWS", "80x24 unless said otherwise" },
		{ "keys", "KEYS", "keys to press first" },
		{ "dump", "FORM", "text, attr (with a block of style letters) or html" },
		{ "config", "FILE", "options and keys from there, as in claque.conf(5)" },
		{ "theme", "NAME", "colours of the HTML: dark, light, high-contrast or mono" },
		{ "mono", NULL, "no colour: the theme mono, for HTML in print" },
		{ "ascii", NULL, "draw with ASCII only" },
		{ "linear", NULL, "one thing a line, label: value; for screen readers" },
		{ "workshop", NULL, "names masked, answers covered until a is pressed" },
		{ "write", NULL, "keys may annotate" },
	},
	.min_args = 2, .max_args = 2, .run = run_screen,
};
#undef X
