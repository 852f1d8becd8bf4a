/* cmd_annotate.c - note, tag, pin, verdict, undo, redo from scripts. */
#include "config.h"

#include "base/err.h"
#include "cli/output.h"
#include "cli/work.h"
#include "store/annotation.h"
#include "store/list.h"

static enum status
annotate(const struct invocation *call, enum annotation_kind kind)
{
	struct work w;
	struct claque_err err = { 0 };
	struct annotation a = { .kind = kind, .colour = work_option(call, "colour"),
				.text = call->arg_count > 3 ? str_of(call->args[3]) : STR("") };
	enum claque_rc rc = work_open(&w, call, &err);

	if (rc == CLAQUE_OK)
		rc = work_named(&w, call->args[1], call->args[2], &err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "replace", 1, INT64_MAX, &a.replaces, &err);
	a.target = w.target;
	a.target_name = w.name;
	if (rc == CLAQUE_OK && args_flag(call, "remove"))
		rc = case_remove(&w.context, kind, w.target, a.text, &err);
	else if (rc == CLAQUE_OK)
		rc = case_annotate(&w.context, &a, &err);
	work_close(&w);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static bool
is_clearing(const struct invocation *call)
{
	const char *tag = call->args[3];

	return str_eq_nocase(str_of(tag + (tag[0] == '#')), STR(VERDICT_CLEARED));
}

/* Verdicts on the subject, the last one first. */
static enum status
say_verdicts(struct work *w)
{
	struct claque_err err;
	struct claque_str text;
	enum claque_rc rc = case_verdicts(w->store, w->target, &w->perm, &text, &err);

	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	say(STR_FMT ": " STR_FMT, STR_ARG(w->name), STR_ARG(text));
	return STATUS_OK;
}

static enum status
run_verdict(const struct invocation *call)
{
	struct work w;
	struct claque_err err = { 0 };
	struct annotation a = { .kind = ANNOTATION_verdict, .text = work_option(call, "reason"),
				.confidence = work_option(call, "confidence"),
				.word = call->arg_count > 3 ? str_of(call->args[3]) : STR("") };
	enum status status = STATUS_OK;
	enum claque_rc rc = work_open(&w, call, &err);

	if (rc == CLAQUE_OK)
		rc = work_named(&w, call->args[1], call->args[2], &err);
	a.target = w.target;
	a.target_name = w.name;
	if (rc == CLAQUE_OK && a.word.len > 0)
		rc = case_annotate(&w.context, &a, &err);
	else if (rc == CLAQUE_OK)
		status = say_verdicts(&w);
	work_close(&w);
	return rc == CLAQUE_OK ? status : fail(rc, &err);
}

static enum status
run_note(const struct invocation *call)
{
	return annotate(call, ANNOTATION_note);
}

static enum status
run_tag(const struct invocation *call)
{
	enum status status = annotate(call, ANNOTATION_tag);

	if (status == STATUS_OK && is_clearing(call) && !args_flag(call, "remove"))
		say("that is the verdict " VERDICT_CLEARED "; say why with claque verdict ... "
		    VERDICT_CLEARED " --reason TEXT");
	return status;
}

static enum status
run_pin(const struct invocation *call)
{
	return annotate(call, ANNOTATION_pin);
}

static enum status
step(const struct invocation *call,
     enum claque_rc (*act)(const struct case_context *, struct arena *, struct claque_str *,
			   struct claque_err *))
{
	struct work w;
	struct claque_err err = { 0 };
	struct claque_str what;
	size_t undo = 0, redo = 0;
	enum claque_rc rc = work_open(&w, call, &err);

	if (rc == CLAQUE_OK)
		rc = act(&w.context, &w.perm, &what, &err);
	if (rc == CLAQUE_OK)
		rc = case_undo_depth(w.store, &undo, &redo, &err);
	if (rc == CLAQUE_OK)
		say(STR_FMT " (%zu more to undo, %zu to redo)", STR_ARG(what), undo, redo);
	work_close(&w);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static enum status
run_undo(const struct invocation *call)
{
	return step(call, case_undo);
}

static enum status
run_redo(const struct invocation *call)
{
	return step(call, case_redo);
}

#define REMOVE_OPTION { "remove", NULL, "take it away; the ledger keeps that it was there" }

const struct command command_note = {
	.name = "note", .synopsis = "CASE KIND NAME TEXT",
	.summary = "Keeps a note on a cluster, account, source, post or change",
	.detail =
"KIND is cluster, account, source, post, change, indicator or period; NAME what it is called\n"
"on screen: C001, a handle, a native id, a URL; of a period its times (UTC), and what they\n"
"are of, if it is not the whole case: '2016-09-20..2016-10-12 of C001'. TEXT is Markdown. Who wrote it is CLAQUE_WHO\n"
"or the login name. Every act is an entry of the ledger; claque undo takes it back. Claque\n"
"notes --csv gives the ids of notes.",
	.examples = "claque note case.claque cluster C001 'same nine domains as in March'\ta note on a lead",
	.options = { { "replace", "ID", "instead of the note with this id, which stays in the ledger" } },
	.min_args = 4, .max_args = 4, .run = run_note,
};

const struct command command_tag = {
	.name = "tag", .synopsis = "CASE KIND NAME TAG",
	.summary = "Tags a cluster, account, source, post or change",
	.detail =
"A tag is one word; a leading # is dropped. KIND and NAME are as in claque note. The tag\n"
VERDICT_CLEARED " is the verdict of that word: see claque verdict.",
	.examples =
"claque tag case.claque account @ivan142 rename-wave\ta tag\n"
"claque tag --remove case.claque account @ivan142 rename-wave\tthe same, taken away\n"
"claque tag --colour red case.claque account @ivan142 urgent\tthe same in a colour",
	.options = { REMOVE_OPTION,
		     { "colour", "NAME", "red, yellow, green, cyan, blue or magenta" } },
	.min_args = 4, .max_args = 4, .run = run_tag,
};

static enum status
run_highlight(const struct invocation *call)
{
	struct work w;
	struct claque_err err = { 0 };
	struct annotation a = { .kind = ANNOTATION_highlight, .quote = str_of(call->args[2]),
				.word = work_option(call, "label"), .text = work_option(call, "note"),
				.colour = work_option(call, "colour") };
	enum claque_rc rc = work_open(&w, call, &err);

	if (rc == CLAQUE_OK)
		rc = list_find_subject(w.store, SUBJECT_post, str_of(call->args[1]), &a.target, &err);
	if (rc == CLAQUE_OK)
		rc = list_subject_name(w.store, a.target, &w.perm, &a.target_name, &err);
	if (rc == CLAQUE_OK && args_flag(call, "remove")) {
		rc = case_remove(&w.context, a.kind, a.target, a.quote, &err);
	} else if (rc == CLAQUE_OK) {
		rc = case_find_passage(w.store, a.target, a.quote, &a.first, &err);
		if (rc == CLAQUE_OK)
			rc = case_annotate(&w.context, &a, &err);
	}
	work_close(&w);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_highlight = {
	.name = "highlight", .synopsis = "CASE POST PASSAGE",
	.summary = "Marks a passage of a post's text",
	.detail =
"POST is a native id, PASSAGE what the post says, letter for letter. The passage itself is\n"
"kept with where it stands. Highlights are drawn where the post is shown, and listed by\n"
"claque notes.",
	.examples =
"claque highlight case.claque 778912 'never tell' --label script --colour red\ta passage",
	.options = {
		{ "label", "WORD", "what it is an example of" },
		{ "colour", "NAME", "red, yellow, green, cyan, blue or magenta" },
		{ "note", "TEXT", "what there is to say about it" },
		REMOVE_OPTION,
	},
	.min_args = 3, .max_args = 3, .run = run_highlight,
};

#define X(name, reason, help) "  " #name " - " help "\n"
const struct command command_verdict = {
	.name = "verdict", .synopsis = "CASE KIND NAME [WORD]",
	.summary = "Says where you are with a cluster, account, source, post or change",
	.detail =
"KIND and NAME are as in claque note. WORD is one of\n" VERDICT_LIST(X)
"and confirmed, cleared and shared want a reason. The last verdict counts; without WORD all\n"
"of them are told. Confidence is how sure you are of your judgement (ICD 203); how likely a\n"
"thing is does not belong into the same sentence. The next claque score keeps a cleared\n"
"account out of every lead and takes what is shared of a cleared source for nothing.",
	.examples =
"claque verdict case.claque account @band_news cleared --reason 'fan club, tour dates'\tinnocent\n"
"claque verdict case.claque cluster C001 confirmed --reason 'same nine domains' --confidence moderate\ta finding\n"
"claque accounts case.claque --lens status:cleared\twho was cleared",
	.options = {
		{ "reason", "TEXT", "what was looked at, and what it showed" },
		{ "confidence", "WORD", "low, moderate or high" },
	},
	.min_args = 3, .max_args = 4, .run = run_verdict,
};
#undef X

const struct command command_pin = {
	.name = "pin", .synopsis = "CASE KIND NAME",
	.summary = "Pins a subject to the case",
	.detail = "Pinned things make up the case file. KIND and NAME are as in claque note.",
	.examples = "claque pin case.claque cluster C001\ta pin",
	.options = { REMOVE_OPTION },
	.min_args = 3, .max_args = 3, .run = run_pin,
};

const struct command command_undo = {
	.name = "undo", .synopsis = "CASE", .summary = "Takes the last note, tag, pin, verdict or highlight back",
	.detail = "Nothing is deleted: that it was undone is itself an entry of the ledger.",
	.min_args = 1, .max_args = 1, .run = run_undo,
};

const struct command command_redo = {
	.name = "redo", .synopsis = "CASE", .summary = "Brings back what was undone last",
	.detail = "Until something new is noted, tagged or pinned.",
	.min_args = 1, .max_args = 1, .run = run_redo,
};
