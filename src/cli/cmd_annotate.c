/* cmd_annotate.c - note, tag, pin, undo, redo from scripts. */
#include "config.h"

#include "base/err.h"
#include "case/case.h"
#include "cli/args.h"
#include "cli/output.h"
#include "cli/who.h"
#include "store/annotation.h"
#include "store/list.h"

enum { WORDS_ARENA = 1 << 20 };

struct work {
	struct store *store;
	struct case_context context;
	struct subject target;
	struct claque_str name;
	struct arena whole, perm;
};

static enum claque_rc
work_open(struct work *w, const struct invocation *call, struct claque_err *err)
{
	enum claque_rc rc;

	*w = (struct work){ 0 };
	w->whole = w->perm = arena_new(WORDS_ARENA);
	rc = store_open(&w->store, call->args[0], STORE_WRITE, err);
	w->context = (struct case_context){ .store = w->store, .who = who() };
	return rc;
}

static void
work_close(struct work *w)
{
	store_close(w->store);
	arena_free(w->whole);
}

/* "cluster C017", "account @ivan142": the second and third argument. */
static enum claque_rc
work_target(struct work *w, const struct invocation *call, struct claque_err *err)
{
	enum subject_kind kind;
	enum claque_rc rc;

	if (!subject_kind_parse(str_of(call->args[1]), &kind) || kind == SUBJECT_none)
		return err_set(err, CLAQUE_EUSAGE, "'%s' is no kind of subject: cluster, account, "
			       "source, post, change or indicator", call->args[1]);
	rc = list_find_subject(w->store, kind, str_of(call->args[2]), &w->target, err);
	if (rc == CLAQUE_OK)
		rc = list_subject_name(w->store, w->target, &w->perm, &w->name, err);
	return rc;
}

static enum status
annotate(const struct invocation *call, enum annotation_kind kind)
{
	struct work w;
	struct claque_err err = { 0 };
	struct claque_str text = call->arg_count > 3 ? str_of(call->args[3]) : STR("");
	enum claque_rc rc = work_open(&w, call, &err);

	if (rc == CLAQUE_OK)
		rc = work_target(&w, call, &err);
	if (rc == CLAQUE_OK && args_flag(call, "remove"))
		rc = case_remove(&w.context, kind, w.target, text, &err);
	else if (rc == CLAQUE_OK)
		rc = case_add(&w.context, kind, w.target, w.name, text, &err);
	work_close(&w);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static enum status
run_note(const struct invocation *call)
{
	return annotate(call, ANNOTATION_note);
}

static enum status
run_tag(const struct invocation *call)
{
	return annotate(call, ANNOTATION_tag);
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
	enum claque_rc rc = work_open(&w, call, &err);

	if (rc == CLAQUE_OK)
		rc = act(&w.context, &w.perm, &what, &err);
	if (rc == CLAQUE_OK)
		say(STR_FMT, STR_ARG(what));
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
"KIND is cluster, account, source, post, change or indicator; NAME what it is called on\n"
"screen: C001, a handle, a native id, a URL. TEXT is Markdown. Who wrote it is CLAQUE_WHO\n"
"or the login name. Every act is an entry of the ledger; claque undo takes it back.",
	.examples = "claque note case.claque cluster C001 'same nine domains as in March'\ta note on a lead",
	.min_args = 4, .max_args = 4, .run = run_note,
};

const struct command command_tag = {
	.name = "tag", .synopsis = "CASE KIND NAME TAG",
	.summary = "Tags a cluster, account, source, post or change",
	.detail =
"A tag is one word; a leading # is dropped. KIND and NAME are as in claque note. The next\n"
"claque score keeps an account with the tag " TAG_CLEARED " out of every lead.",
	.examples =
"claque tag case.claque account @ivan142 rename-wave\ta tag\n"
"claque tag --remove case.claque account @ivan142 rename-wave\tthe same, taken away\n"
"claque tag case.claque account @band_news " TAG_CLEARED "\tlooked at, and innocent",
	.options = { REMOVE_OPTION },
	.min_args = 4, .max_args = 4, .run = run_tag,
};

const struct command command_pin = {
	.name = "pin", .synopsis = "CASE KIND NAME",
	.summary = "Pins a subject to the case",
	.detail = "Pinned things make up the case file. KIND and NAME are as in claque note.",
	.examples = "claque pin case.claque cluster C001\ta pin",
	.options = { REMOVE_OPTION },
	.min_args = 3, .max_args = 3, .run = run_pin,
};

const struct command command_undo = {
	.name = "undo", .synopsis = "CASE", .summary = "Takes the last note, tag or pin back",
	.detail = "Nothing is deleted: that it was undone is itself an entry of the ledger.",
	.min_args = 1, .max_args = 1, .run = run_undo,
};

const struct command command_redo = {
	.name = "redo", .synopsis = "CASE", .summary = "Brings back what was undone last",
	.detail = "Until something new is noted, tagged or pinned.",
	.min_args = 1, .max_args = 1, .run = run_redo,
};
