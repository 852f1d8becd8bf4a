/*
 * card_reasons.c - what speaks for a lead and against it, with baselines and
 * examples, and the innocent explanations that were tested on it.
 */
#include "config.h"

#include "cli/card.h"

#include "cli/output.h"

enum { REASONS_MAX = 200, EXAMPLES_SHOWN = 3 };
/* Innocent explanations shown with their numbers whatever they score. */
enum { INNOCENTS_SHOWN = 3 };
#define INNOCENT_LEAST 0.005	/* less prints as 0.00 */

/* What was measured, on how many, beside what chance and surrogate worlds give. */
static void
print_figures(const struct card *card, const struct row *row)
{
	struct arena a = card->perm;
	bool of_traits = !str_eq(card_value(LIST_EVIDENCE, row, "axis")->s, STR("coordination"));
	struct claque_str surrogate = of_traits ? STR("traits are not dealt in surrogate worlds") :
				      STR("not measured in surrogate worlds");

	if (card_has(LIST_EVIDENCE, row, "surrogate"))
		surrogate = str_fmt(&a, STR_FMT " in each of " STR_FMT " surrogate worlds",
				    CELL(LIST_EVIDENCE, row, "surrogate"),
				    CELL(LIST_EVIDENCE, row, "worlds"));
	say_under(9, "         observed " STR_FMT " " STR_FMT ", expected " STR_FMT ", n = " STR_FMT
		  ", p = " STR_FMT "; " STR_FMT, CELL(LIST_EVIDENCE, row, "observed"),
		  CELL(LIST_EVIDENCE, row, "unit"), CELL(LIST_EVIDENCE, row, "expected"),
		  CELL(LIST_EVIDENCE, row, "n"), CELL(LIST_EVIDENCE, row, "p"), STR_ARG(surrogate));
	if (card_has(LIST_EVIDENCE, row, "popularity"))
		say_under(9, "         the object of the examples was shared " STR_FMT
			  " times by anybody", CELL(LIST_EVIDENCE, row, "popularity"));
}

/* Without its folders, which are in the list of inputs. */
static struct claque_str
file_name(struct claque_str path)
{
	size_t from = path.len;

	while (from > 0 && path.p[from - 1] != '/')
		from--;
	return str_sub(path, from, path.len);
}

static enum claque_rc
print_examples(struct card *card, const struct row *reason, struct claque_err *err)
{
	struct list_query q = card_query(LIST_POSTS, (struct subject){ SUBJECT_evidence, reason->id },
					 NULL);
	struct arena kept = card->perm;
	struct row *posts;
	size_t got;
	enum claque_rc rc = card_rows(card, &q, EXAMPLES_SHOWN, &posts, &got, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < got; i++) {
		struct arena a = card->perm;
		struct claque_str text = card_cell(&a, LIST_POSTS, &posts[i], "text");

		say_cut("         %s " STR_FMT ":" STR_FMT "  " STR_FMT "  " STR_FMT "  " STR_FMT,
			i == 0 ? "e.g." : "    ", STR_ARG(file_name(card_cell(&a, LIST_POSTS, &posts[i],
							    "source_file"))),
			STR_ARG(value_listing(&a, &(struct column){ .form = FORM_COUNT },
					      card_value(LIST_POSTS, &posts[i], "row"))),
			CELL(LIST_POSTS, &posts[i], "at"), CELL(LIST_POSTS, &posts[i], "account"),
			STR_ARG(card_has(LIST_POSTS, &posts[i], "text") ? text : STR("")));
		if (card_has(LIST_POSTS, &posts[i], "copy_of"))
			say_cut("              " STR_FMT, CELL(LIST_POSTS, &posts[i], "copy_of"));
	}
	card->perm = kept;
	return rc;
}

static enum claque_rc
print_reasons(struct card *card, const struct row *rows, size_t count, bool speaks_for,
	      struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	bool any = false;

	say("\n%s", speaks_for ? "FOR" : "AGAINST");
	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++) {
		struct arena a = card->perm;

		if ((card_number(LIST_EVIDENCE, &rows[i], "log_odds") > 0) != speaks_for)
			continue;
		any = true;
		say_under(9, "  %+5.2f  " STR_FMT " (" STR_FMT "): " STR_FMT,
			  card_number(LIST_EVIDENCE, &rows[i], "log_odds"),
			  CELL(LIST_EVIDENCE, &rows[i], "signal"),
			  CELL(LIST_EVIDENCE, &rows[i], "axis"),
			  CELL(LIST_EVIDENCE, &rows[i], "text"));
		print_figures(card, &rows[i]);
		rc = print_examples(card, &rows[i], err);
	}
	if (!any)
		say("  nothing found%s", speaks_for ? "" : "; that is not proof that there is nothing");
	return rc;
}

static void
print_innocent(const struct card *card, const struct row *row)
{
	struct arena a = card->perm;

	say_under(9, "  %-5.*s  " STR_FMT ": " STR_FMT " (n = " STR_FMT "). Leaves unexplained: " STR_FMT,
		  CELL(LIST_INNOCENTS, row, "score"), CELL(LIST_INNOCENTS, row, "explanation"),
		  CELL(LIST_INNOCENTS, row, "text"), CELL(LIST_INNOCENTS, row, "n"),
		  CELL(LIST_INNOCENTS, row, "unexplained"));
}

/* Names of those left that score next to nothing, or could not be tested. */
static void
name_innocents(const struct card *card, const struct row *rows, size_t count, bool tested)
{
	struct arena a = card->perm;
	struct claque_str names = STR("");

	for (size_t i = INNOCENTS_SHOWN; i < count; i++)
		if (card_has(LIST_INNOCENTS, &rows[i], "score") == tested &&
		    card_number(LIST_INNOCENTS, &rows[i], "score") < INNOCENT_LEAST)
			names = str_fmt(&a, STR_FMT "%s" STR_FMT, STR_ARG(names),
					names.len > 0 ? ", " : "",
					CELL(LIST_INNOCENTS, &rows[i], "explanation"));
	if (names.len > 0)
		say_under(9, "  %s   " STR_FMT "%s", tested ? "0.00" : "-   ", STR_ARG(names),
			  tested ? " (claque innocents gives their numbers)" :
			  " (the data do not tell)");
}

static enum claque_rc
print_innocents(struct card *card, struct claque_err *err)
{
	struct list_query q = card_query(LIST_INNOCENTS, card->cluster, NULL);
	struct row *rows;
	size_t got;
	enum claque_rc rc = card_rows(card, &q, REASONS_MAX, &rows, &got, err);

	if (rc != CLAQUE_OK || got == 0)
		return rc;
	say("\nINNOCENT EXPLANATIONS TESTED (share of what speaks for it that each accounts for)");
	for (size_t i = 0; i < got; i++)
		if (i < INNOCENTS_SHOWN || card_number(LIST_INNOCENTS, &rows[i], "score") >= INNOCENT_LEAST)
			print_innocent(card, &rows[i]);
	name_innocents(card, rows, got, true);
	name_innocents(card, rows, got, false);
	return rc;
}

enum claque_rc
card_print_reasons(struct card *card, struct claque_err *err)
{
	struct list_query q = card_query(LIST_EVIDENCE, card->cluster, NULL);
	struct row *rows;
	size_t got;
	enum claque_rc rc = card_rows(card, &q, REASONS_MAX, &rows, &got, err);

	if (rc == CLAQUE_OK)
		rc = print_reasons(card, rows, got, true, err);
	if (rc == CLAQUE_OK)
		rc = print_reasons(card, rows, got, false, err);
	return rc == CLAQUE_OK ? print_innocents(card, err) : rc;
}
