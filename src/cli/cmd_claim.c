/* cmd_claim.c - claims, the evidence for and against them, and what is withdrawn. */
#include "config.h"

#include "base/buf.h"
#include "base/err.h"
#include "case/claims.h"
#include "cli/output.h"
#include "cli/work.h"

enum { COMMAND_BYTES = 8 << 10 };

/* The option that names a thing of the case; of none the whole case is meant. */
static const char *const subjects[] = {
	"cluster", "account", "source", "post", "change", "indicator", "period",
};

static enum claque_rc
read_subject(struct work *w, const struct invocation *call, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	bool named = false;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(subjects) / sizeof(subjects[0]); i++) {
		const char *name = args_value(call, subjects[i]);

		if (name == NULL)
			continue;
		if (named)
			return err_set(err, CLAQUE_EUSAGE, "one subject at a time: --%s comes after "
				       "another", subjects[i]);
		named = true;
		rc = work_named(w, subjects[i], name, err);
	}
	return rc;
}

/* The screen that shows a subject. */
static const char *const screens[SUBJECT_COUNT] = {
	[SUBJECT_cluster] = "why", [SUBJECT_account] = "account", [SUBJECT_source] = "accounts",
	[SUBJECT_post] = "sources", [SUBJECT_change] = "accounts", [SUBJECT_indicator] = "accounts",
	[SUBJECT_period] = "posts",
};

/* What shows it again: a cluster by its name, which stays; a period as a lens. */
static struct claque_str
reopening(struct work *w, const char *path)
{
	struct claque_str command, name = w->name;
	struct buf out;

	if (w->target.kind == SUBJECT_none)
		return STR("");
	buf_init(&out, COMMAND_BYTES);
	buf_addz(&out, "claque open ");
	buf_add_quoted(&out, str_of(path));
	buf_addf(&out, " --screen %s ", screens[w->target.kind]);
	if (w->target.kind == SUBJECT_period) {
		buf_addz(&out, "--lens ");
		buf_add_quoted(&out, str_head(name, str_find(name, STR(" of "), 0)));
	} else if (w->target.kind == SUBJECT_cluster) {
		buf_addz(&out, "--subject ");
		buf_add_quoted(&out, name);
	} else {
		buf_addf(&out, "--subject %s:%lld", subject_kind_name(w->target.kind),
			 (long long)w->target.id);
	}
	command = str_dup(&w->perm, buf_str(&out));
	buf_done(&out);
	return command;
}

static enum status
add(const struct invocation *call, struct annotation *a, const char *what)
{
	struct work w;
	struct claque_err err = { 0 };
	int64_t id = 0, line = 0;
	enum claque_rc rc = work_open(&w, call, &err);

	if (rc == CLAQUE_OK)
		rc = read_subject(&w, call, &err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "replace", 1, INT64_MAX, &a->replaces, &err);
	a->target = w.target;
	a->target_name = w.name;
	w.context.command = reopening(&w, call->args[0]);
	if (rc == CLAQUE_OK)
		rc = case_annotate_id(&w.context, a, &id, &err);
	if (rc == CLAQUE_OK)
		rc = annotation_line(w.store, id, &line, &err);
	if (rc == CLAQUE_OK)
		say("%s %lld", what, (long long)line);
	work_close(&w);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static enum status
run_claim(const struct invocation *call)
{
	struct annotation a = { .kind = ANNOTATION_claim, .text = str_of(call->args[1]),
				.word = work_option(call, "likelihood"),
				.confidence = work_option(call, "confidence") };

	return add(call, &a, "claim");
}

static enum claque_rc
read_number(const char *text, int64_t *out, struct claque_err *err)
{
	if (str_to_i64(str_of(text), out) && *out > 0)
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EUSAGE, "'%s' is no number of a claim or of evidence; claque claims"
		       " lists them", text);
}

static enum status
run_weigh(const struct invocation *call)
{
	struct annotation a = { .kind = ANNOTATION_evidence, .word = str_of(call->args[2]),
				.text = str_of(call->args[3]),
				.confidence = work_option(call, "reliability") };
	struct claque_err err;
	enum claque_rc rc = read_number(call->args[1], &a.about, &err);

	return rc == CLAQUE_OK ? add(call, &a, "evidence") : fail(rc, &err);
}

static enum status
run_hypothesis(const struct invocation *call)
{
	struct annotation a = { .kind = ANNOTATION_hypothesis, .word = str_of(call->args[1]),
				.text = str_of(call->args[2]) };

	return add(call, &a, "hypothesis");
}

static enum status
run_rate(const struct invocation *call)
{
	struct work w;
	struct claque_err err = { 0 };
	struct annotation a = { .kind = ANNOTATION_rating, .word = str_of(call->args[2]),
				.confidence = str_of(call->args[3]),
				.text = work_option(call, "why") };
	enum claque_rc rc = read_number(call->args[1], &a.about, &err);

	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	rc = work_open(&w, call, &err);
	if (rc == CLAQUE_OK)
		rc = case_annotate(&w.context, &a, &err);
	work_close(&w);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static enum status
run_withdraw(const struct invocation *call)
{
	struct work w;
	struct claque_err err = { 0 };
	int64_t id;
	enum claque_rc rc = read_number(call->args[1], &id, &err);

	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	rc = work_open(&w, call, &err);
	if (rc == CLAQUE_OK)
		rc = case_withdraw(&w.context, id, &err);
	work_close(&w);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

#define ABOUT_CLUSTER { "cluster", "ID", "about this cluster, C001; else about the whole case" }
#define REPLACE_OPTION { "replace", "NUMBER", "instead of the one with this number, which the ledger keeps" }

#define X(id, words, from, to) "  " words " (" #from " to " #to " per cent)\n"
const struct command command_claim = {
	.name = "claim", .synopsis = "CASE TEXT",
	.summary = "Makes a claim about a cluster, an account, a source or the whole case",
	.detail =
"A claim is one sentence that can be wrong. What speaks for it and against it is added with\n"
"claque weigh, by the number that is printed. The likelihood is one of ICD 203's words:\n"
LIKELIHOOD_LIST(X)
"How sure you are of your judgement is --confidence: it is told in a sentence of its own.",
	.examples =
"claque claim case.claque 'One hand runs these accounts' --cluster C001 --likelihood 'very likely'\ta claim\n"
"claque claims case.claque\tall claims, with their evidence",
	.options = {
		ABOUT_CLUSTER,
		{ "account", "NAME", "about this account: native id or @handle" },
		{ "source", "KEY", "about this source: post id, URL, hashtag" },
		{ "likelihood", "WORDS", "how likely it is that the sentence is true" },
		{ "confidence", "WORD", "low, moderate or high" },
		REPLACE_OPTION,
	},
	.min_args = 2, .max_args = 2, .run = run_claim,
};
#undef X

#define X(name, help) "  " #name " - " help "\n"
const struct command command_weigh = {
	.name = "weigh", .synopsis = "CASE CLAIM SIDE TEXT",
	.summary = "Adds evidence for or against a claim",
	.detail =
"CLAIM is the number of a claim (claque claims). SIDE is one of\n" SIDE_LIST(X)
"and TEXT what the evidence shows. An option names what it is in the case, so that it can be\n"
"opened again. --reliability weighs its source by the Admiralty code: A to F for the source,\n"
"1 to 6 for what it says.",
	.examples =
"claque weigh case.claque 12 for 'ten posts within a minute' --account @ivan142 --reliability B2\tfor it\n"
"claque weigh case.claque 12 against 'tour dates, openly posted' --source https://band.example/tour\tagainst it",
	.options = {
		{ "cluster", "ID", "it is this cluster, C001" },
		{ "account", "NAME", "it is this account: native id or @handle" },
		{ "source", "KEY", "it is this source: post id, URL, hashtag" },
		{ "post", "ID", "it is this post" },
		{ "change", "ID", "it is this profile change, H12" },
		{ "indicator", "VALUE", "it is this published indicator" },
		{ "period", "TIMES", "it is these times: '2016-09-20..2016-10-12 of C001'" },
		{ "reliability", "CODE", "A1 to F6; B2 is usually reliable, probably true" },
		REPLACE_OPTION,
	},
	.min_args = 4, .max_args = 4, .run = run_weigh,
};
#undef X

#define X(key, text) "  " #key " - " text "\n"
const struct command command_hypothesis = {
	.name = "hypothesis", .synopsis = "CASE KEY TEXT",
	.summary = "Adds a hypothesis beside the seven of every case",
	.detail =
"Every case weighs\n" HYPOTHESIS_LIST(X)
"KEY is what heads its column: up to 12 letters and digits. The same key once more words it\n"
"anew. claque rate says how evidence fits; claque ach shows the matrix.",
	.examples = "claque hypothesis case.claque H8 'a share button of a game'\tone more",
	.options = { ABOUT_CLUSTER },
	.min_args = 3, .max_args = 3, .run = run_hypothesis,
};
#undef X

#define X(name, words, value) "  " #name " - " words "\n"
const struct command command_rate = {
	.name = "rate", .synopsis = "CASE EVIDENCE HYPOTHESIS RATING",
	.summary = "Says how evidence fits a hypothesis: one cell of the matrix",
	.detail =
"EVIDENCE is a number (claque claims), HYPOTHESIS a key (H1), RATING one of\n" RATING_LIST(X)
"Ask of each hypothesis: if it were true, would we see this? The last rating of a cell counts.",
	.examples = "claque rate case.claque 13 H2 I\tfans would hardly do that",
	.options = { { "why", "TEXT", "a reason, which the ledger and the matrix keep" } },
	.min_args = 4, .max_args = 4, .run = run_rate,
};
#undef X

const struct command command_withdraw = {
	.name = "withdraw", .synopsis = "CASE NUMBER",
	.summary = "Takes a claim, evidence, hypothesis, field or technique out of the case file",
	.detail =
"NUMBER is what claque claims, field or technique print. Evidence of a claim that is withdrawn\n"
"is told no longer. The ledger keeps all of it, and claque undo brings it back.",
	.examples = "claque withdraw case.claque 12\tno longer claimed",
	.min_args = 2, .max_args = 2, .run = run_withdraw,
};
