/* cmd_field.c - what the case file states: its fields, and techniques. */
#include "config.h"

#include "case/claims.h"
#include "cli/output.h"
#include "cli/work.h"

static enum claque_rc
read_cluster(struct work *w, const struct invocation *call, struct claque_err *err)
{
	const char *name = args_value(call, "cluster");

	return name == NULL ? CLAQUE_OK : work_named(w, "cluster", name, err);
}

static void
say_field(enum field field, const struct annotation *a)
{
	if (a->id == 0) {
		say("%s (%s): %s", field_title(field), field_name(field),
		    field == FIELD_attribution ? "not assessed" : "-");
		return;
	}
	say("%s (%s)%s" STR_FMT ": " STR_FMT "%s" STR_FMT "%s  [%lld, " STR_FMT "]",
	    field_title(field), field_name(field), a->confidence.len > 0 ? ", " : "",
	    STR_ARG(a->confidence), STR_ARG(a->text), a->quote.len > 0 ? " (" : "",
	    STR_ARG(a->quote), a->quote.len > 0 ? ")" : "", (long long)a->id, STR_ARG(a->who));
}

static enum claque_rc
say_fields(struct work *w, struct claque_err *err)
{
	struct annotation fields[FIELD_COUNT];
	struct case_breakout breakout;
	enum claque_rc rc = case_fields(w->store, w->target, &w->perm, fields, err);

	if (rc == CLAQUE_OK)
		rc = case_breakout(w->store, w->target, &w->perm, &breakout, err);
	for (unsigned i = 0; rc == CLAQUE_OK && i < FIELD_COUNT; i++) {
		say_field((enum field)i, &fields[i]);
		if (i == FIELD_breakout && breakout.category > 0)
			say("  suggested, by what was counted: %d, " STR_FMT, breakout.category,
			    STR_ARG(breakout.reason));
	}
	return rc;
}

static enum status
run_field(const struct invocation *call)
{
	struct work w;
	struct claque_err err = { 0 };
	struct annotation a = { .kind = ANNOTATION_field, .quote = work_option(call, "citation"),
				.confidence = work_option(call, "category") };
	enum claque_rc rc = work_open(&w, call, &err);

	if (rc == CLAQUE_OK)
		rc = read_cluster(&w, call, &err);
	if (a.confidence.len == 0)
		a.confidence = work_option(call, "kinds");
	a.target = w.target;
	a.target_name = w.name;
	if (call->arg_count > 2) {
		a.word = str_of(call->args[1]);
		a.text = str_of(call->args[2]);
	}
	if (rc == CLAQUE_OK)
		rc = call->arg_count == 1 ? say_fields(&w, &err) : case_annotate(&w.context, &a, &err);
	work_close(&w);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static enum claque_rc
say_techniques(struct work *w, struct claque_err *err)
{
	struct case_technique *list;
	size_t count;
	enum claque_rc rc = case_techniques(w->store, w->target, &w->perm, &list, &count, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++) {
		const struct case_technique *t = &list[i];

		bool numbered = str_starts(str_of(t->name), t->id);

		say("%s  " STR_FMT "%s%s%s%s%s" STR_FMT "%s" STR_FMT,
		    t->confirmed.id != 0 ? "confirmed" : "suggested",
		    STR_ARG(numbered ? STR("") : t->id), numbered ? "" : " ", t->name,
		    t->disarm != NULL ? ", DISARM " : "", t->disarm != NULL ? t->disarm : "",
		    t->signals.len > 0 ? ", by the signal " : "", STR_ARG(t->signals),
		    t->confirmed.id != 0 ? ", by " : "", STR_ARG(t->confirmed.who));
	}
	if (rc == CLAQUE_OK && count == 0)
		say_aside("no signal of a lead suggests a technique, and none is confirmed");
	return rc;
}

static enum status
run_technique(const struct invocation *call)
{
	struct work w;
	struct claque_err err = { 0 };
	struct annotation a = { .kind = ANNOTATION_technique, .text = work_option(call, "note"),
				.word = call->arg_count > 1 ? str_of(call->args[1]) : STR("") };
	enum claque_rc rc = work_open(&w, call, &err);

	if (rc == CLAQUE_OK)
		rc = read_cluster(&w, call, &err);
	a.target = w.target;
	a.target_name = w.name;
	if (rc == CLAQUE_OK)
		rc = a.word.len == 0 ? say_techniques(&w, &err) : case_annotate(&w.context, &a, &err);
	work_close(&w);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

#define ABOUT_CLUSTER { "cluster", "ID", "of this cluster, C001; else of the whole case" }
#define X(name, title, help) "  " #name " - " help "\n"
const struct command command_field = {
	.name = "field", .synopsis = "CASE [NAME TEXT]",
	.summary = "Fills a field of the case file, or shows them all",
	.detail =
"NAME is one of\n" FIELD_LIST(X)
"Of breakout --category is 1 to 6 (Nimmo 2020): 1 to 3 are suggested by what is counted, and\n"
"4 to 6 are facts outside the data that need --citation. Attribution stays 'not assessed'\n"
"unless --kinds names at least two of technical, behavioural and contextual.",
	.examples =
"claque field case.claque\tall of them\n"
"claque field case.claque breakout 'a paper took it up' --category 4 --citation 'Daily, 2016-10-02'\ta category\n"
"claque field case.claque assumptions 'times in the files are those of the acts' --cluster C001\tof one lead",
	.options = {
		ABOUT_CLUSTER,
		{ "category", "N", "of breakout: 1 to 6" },
		{ "citation", "TEXT", "where it can be read" },
		{ "kinds", "LIST", "of attribution: kinds of evidence, parted by commas" },
	},
	.min_args = 1, .max_args = 3, .run = run_field,
};
#undef X

const struct command command_technique = {
	.name = "technique", .synopsis = "CASE [ID]",
	.summary = "Confirms a technique, or lists what signals suggest",
	.detail =
"ID is a number of the Online Operations Kill Chain (5.4.2; Nimmo and Hutchins 2023) or an id\n"
"of DISARM that signals suggest (T0049.003). Without it, lists what signals of the leads\n"
"suggest and what is confirmed. A suggestion is none of the findings until it is confirmed.",
	.examples =
"claque technique case.claque --cluster C001\twhat is suggested\n"
"claque technique case.claque 5.4.2 --cluster C001 --note 'read forty of the posts'\tconfirmed",
	.options = { ABOUT_CLUSTER, { "note", "TEXT", "what it was confirmed by" } },
	.min_args = 1, .max_args = 2, .run = run_technique,
};
