/* cmd_ach.c - the matrix of competing hypotheses, as text. */
#include "config.h"

#include "app/mask.h"
#include "base/buf.h"
#include "case/claims.h"
#include "cli/listing.h"
#include "cli/output.h"

enum { ACH_ARENA = 256 << 20, LINE_BYTES = 16 << 10, CELL_WIDTH = 5 };

static void
say_head(const struct ach *ach, struct buf *line)
{
	buf_clear(line);
	buf_addz(line, "   no  ");
	for (size_t k = 0; k < ach->hypothesis_count; k++)
		buf_addf(line, "%-*.*s", CELL_WIDTH + (ach->hypotheses[k].key.len > 4 ? 8 : 0),
			 STR_ARG(ach->hypotheses[k].key));
	buf_addz(line, "evidence");
	say(STR_FMT, STR_ARG(buf_str(line)));
}

static void
say_evidence(const struct ach *ach, const struct ach_evidence *e, const struct mask *mask,
	     struct arena scratch, struct buf *line)
{
	struct claque_str text = mask != NULL ? mask_text(mask, &scratch, e->text) : e->text;

	buf_clear(line);
	buf_addf(line, "%5lld  ", (long long)e->id);
	for (size_t k = 0; k < ach->hypothesis_count; k++)
		buf_addf(line, "%-*s", CELL_WIDTH + (ach->hypotheses[k].key.len > 4 ? 8 : 0),
			 e->ratings[k] == ACH_NONE ? "-" : rating_name(e->ratings[k]));
	buf_addf(line, "%s: " STR_FMT "%s" STR_FMT "%s; %s", side_name(e->side), STR_ARG(text),
		 e->weight.len > 0 ? " (" : "", STR_ARG(e->weight), e->weight.len > 0 ? ")" : "",
		 ach_worth(e));
	say(STR_FMT, STR_ARG(buf_str(line)));
}

static void
say_ranks(const struct ach *ach)
{
	say("inconsistent evidence, fewest first; II is very inconsistent");
	for (size_t i = 0; i < ach->hypothesis_count; i++) {
		const struct ach_hypothesis *h = &ach->hypotheses[ach->order[i]];

		if (h->rank == 0)
			say("    -  " STR_FMT "  " STR_FMT ": not rated yet", STR_ARG(h->key),
			    STR_ARG(h->text));
		else
			say("%5zu  " STR_FMT "  " STR_FMT ": %zu II, %zu I, %zu consistent, %zu not rated",
			    h->inconsistent, STR_ARG(h->key), STR_ARG(h->text), h->rated[ACH_II],
			    h->rated[ACH_I], h->rated[ACH_C] + h->rated[ACH_CC], h->rated[ACH_NONE]);
	}
}

static enum claque_rc
say_matrix(const struct invocation *call, struct store *store, struct arena *perm,
	   struct claque_err *err)
{
	const char *name = args_value(call, "cluster");
	struct subject subject = { 0 };
	struct mask *mask = NULL;
	struct ach ach;
	struct buf line;
	enum claque_rc rc = CLAQUE_OK;

	if (name != NULL)
		rc = list_find_subject(store, SUBJECT_cluster, str_of(name), &subject, err);
	if (rc == CLAQUE_OK)
		rc = case_ach(store, subject, perm, &ach, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (args_flag(call, "mask"))
		rc = mask_new(&mask, store, &(struct mask_plan){ .strangers = true }, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (ach.evidence_count == 0) {
		mask_free(mask);
		say_aside("no evidence: claque claim makes a claim, claque weigh adds to it");
		return CLAQUE_OK;
	}
	buf_init(&line, LINE_BYTES);
	say_head(&ach, &line);
	for (size_t i = 0; i < ach.evidence_count; i++)
		say_evidence(&ach, &ach.evidence[i], mask, *perm, &line);
	buf_done(&line);
	mask_free(mask);
	say_ranks(&ach);
	return CLAQUE_OK;
}

static enum status
run_ach(const struct invocation *call)
{
	struct store *store = NULL;
	struct arena whole, perm;
	struct claque_err err = { 0 };
	enum claque_rc rc;

	if (output_form(call) != OUTPUT_TABLE || args_value(call, "lens") != NULL ||
	    args_value(call, "sort") != NULL || args_value(call, "limit") != NULL)
		return listing_run(call, LIST_ACH, 0);
	whole = perm = arena_new(ACH_ARENA);
	rc = store_open(&store, call->args[0], STORE_READ, &err);
	if (rc == CLAQUE_OK)
		rc = say_matrix(call, store, &perm, &err);
	store_close(store);
	arena_free(whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_ach = {
	.name = "ach", .synopsis = "CASE",
	.summary = "Shows evidence under competing hypotheses, with what is inconsistent",
	.detail =
"Heuer's analysis of competing hypotheses (1999): each piece of evidence of the claims under\n"
"each hypothesis. What counts is what is inconsistent: the hypothesis with the least of it\n"
"stands best, however much speaks for another. Evidence that is rated the same under all of\n"
"them distinguishes nothing. The most telling evidence comes first. --csv and --json give a\n"
"row for each cell, as do --lens, --sort and --limit. claque rate fills one.",
	.examples =
"claque ach case.claque --cluster C001\tthe matrix of one lead\n"
"claque ach case.claque --csv\tevery cell",
	.options = {
		{ "cluster", "ID", "of claims about this cluster, C001; else of all claims" },
		LISTING_OPTIONS,
	},
	.min_args = 1, .max_args = 1, .run = run_ach,
};
