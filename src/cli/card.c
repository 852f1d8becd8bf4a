/*
 * card.c - the evidence card as text: what was found, beside what chance gives,
 * who else shares it, and what speaks against it.
 *
 * The order is that of threat reports: reasons with their baselines, counter-
 * evidence beside them, then the network and what it shares. Figures are the
 * case's; nothing is worked out here but counts of members and of posts a week.
 */
#include "config.h"

#include "cli/card.h"

#include "base/clock.h"
#include "cli/output.h"
#include "store/matching.h"

enum { MEMBERS_SHOWN = 12, MATCHES_SHOWN = 10, CELL_BYTES_MAX = 1024 };

struct list_query
card_query(enum list_id list, struct subject of, const char *sort)
{
	struct list_query q = { .list = list, .subject = of, .lens = lens_open(), .sort = -1 };
	size_t count;
	const struct column *columns = list_columns(list, &count);

	if (sort != NULL)
		q.sort = (int)column_find(columns, count, str_of(sort));
	return q;
}

const struct value *
card_value(enum list_id list, const struct row *row, const char *name)
{
	static const struct value none = { .type = VALUE_NULL };
	size_t count;
	const struct column *columns = list_columns(list, &count);
	size_t i = column_find(columns, count, str_of(name));

	return i < count ? &row->values[i] : &none;
}

bool
card_has(enum list_id list, const struct row *row, const char *name)
{
	return card_value(list, row, name)->type != VALUE_NULL;
}

double
card_number(enum list_id list, const struct row *row, const char *name)
{
	const struct value *v = card_value(list, row, name);

	return v->type == VALUE_REAL ? v->r : v->type == VALUE_INT ? (double)v->i : 0;
}

struct claque_str
card_cell(struct arena *perm, enum list_id list, const struct row *row, const char *name)
{
	size_t count;
	const struct column *columns = list_columns(list, &count);
	size_t i = column_find(columns, count, str_of(name));

	return i == count ? STR("-") : str_head(value_screen(perm, &columns[i], &row->values[i]),
						 CELL_BYTES_MAX);
}

enum claque_rc
card_rows(struct card *card, const struct list_query *q, int64_t limit, struct row **rows, size_t *got,
	struct claque_err *err)
{
	return list_rows(card->store, q, 0, limit, &card->perm, rows, got, err);
}

enum claque_rc
card_weeks(struct card *card, struct card_weeks *out, struct claque_err *err)
{
	enum { WEEKS_MAX = 521723 };	/* of the years 1 to 9999; the first of January 1 is a Monday */
	struct list_query q = card_query(LIST_POSTS, card->cluster, NULL);
	int64_t from = clock_days(1, 1, 1) * (CARD_WEEK_MS / 7);
	int64_t *posts = ARENA_NEW(&card->perm, int64_t, WEEKS_MAX);
	size_t first = 0, end = WEEKS_MAX;
	enum claque_rc rc = list_histogram(card->store, &q, from, CARD_WEEK_MS, posts, WEEKS_MAX, err);

	*out = (struct card_weeks){ 0 };
	if (rc != CLAQUE_OK)
		return rc;
	while (first < end && posts[first] == 0)
		first++;
	while (end > first && posts[end - 1] == 0)
		end--;
	*out = (struct card_weeks){ from + (int64_t)first * CARD_WEEK_MS, posts + first, end - first };
	return CLAQUE_OK;
}

static void
print_head(const struct card *card)
{
	const struct row *head = &card->head;
	struct arena a = card->perm;

	say_under(2, STR_FMT "  score " STR_FMT "  " STR_FMT ": " STR_FMT " accounts, " STR_FMT
		  " posts, " STR_FMT " to " STR_FMT " UTC", CELL(LIST_CLUSTERS, head, "id"),
		  CELL(LIST_CLUSTERS, head, "score"), CELL(LIST_CLUSTERS, head, "kind"),
		  CELL(LIST_CLUSTERS, head, "accounts"), CELL(LIST_CLUSTERS, head, "posts"),
		  CELL(LIST_CLUSTERS, head, "first_seen"), CELL(LIST_CLUSTERS, head, "last_seen"));
	say_under(2, "coordination " STR_FMT "  deception " STR_FMT "  overtness " STR_FMT
		  "   (parts below, in natural-log odds, add up to the score)",
		  CELL(LIST_CLUSTERS, head, "coordination"), CELL(LIST_CLUSTERS, head, "deception"),
		  CELL(LIST_CLUSTERS, head, "overtness"));
	if (card_has(LIST_CLUSTERS, head, "verdict"))
		say_under(2, "verdict: " STR_FMT, CELL(LIST_CLUSTERS, head, "verdict"));
	if (str_eq(card_value(LIST_CLUSTERS, head, "kind")->s, STR("unassessed coordination")))
		say("the data say nothing of the personas: deception is not assessed, not zero");
	if (card_has(LIST_CLUSTERS, head, "surrogate"))
		say_under(2, "groups as good as this in worlds without coordination: " STR_FMT
			  " (mean of " STR_FMT ", the acts dealt anew)",
			  CELL(LIST_CLUSTERS, head, "surrogate"), CELL(LIST_CLUSTERS, head, "worlds"));
	else
		say_under(2, "groups as good as this in worlds without coordination: not measured");
}

static void
print_disproof(const struct card *card)
{
	struct arena a = card->perm;

	if (!card_has(LIST_CLUSTERS, &card->head, "disproof"))
		return;
	say("\nWHAT WOULD DISPROVE IT");
	say_under(2, "  " STR_FMT, CELL(LIST_CLUSTERS, &card->head, "disproof"));
}

static enum claque_rc
print_members(struct card *card, struct claque_err *err)
{
	struct list_query q = card_query(LIST_MEMBERS, card->cluster, NULL);
	struct row *rows;
	size_t got;
	enum claque_rc rc = card_rows(card, &q, MEMBERS_SHOWN, &rows, &got, err);

	say("\nMEMBERS (highest score first; claque accounts CASE --cluster lists all)");
	say("  score  role       edges  first  stable  cell  account");
	for (size_t i = 0; rc == CLAQUE_OK && i < got; i++) {
		bool named = card_has(LIST_MEMBERS, &rows[i], "handle");
		struct arena a = card->perm;

		say_cut("  %5.*s  %-9.*s  %5.*s  %5.*s  %6.*s  %4.*s  " STR_FMT "%s" STR_FMT,
			CELL(LIST_MEMBERS, &rows[i], "score"), CELL(LIST_MEMBERS, &rows[i], "role"),
			CELL(LIST_MEMBERS, &rows[i], "degree"),
			CELL(LIST_MEMBERS, &rows[i], "firsts"),
			CELL(LIST_MEMBERS, &rows[i], "stability"),
			CELL(LIST_MEMBERS, &rows[i], "cell"),
			CELL(LIST_MEMBERS, &rows[i], "account_id"),
			named ? "  " : "", STR_ARG(named ?
				card_cell(&a, LIST_MEMBERS, &rows[i], "handle") : STR("")));
	}
	return rc;
}

/* Nothing where nothing matches: most groups are in no report. */
static enum claque_rc
print_matches(struct card *card, struct claque_err *err)
{
	struct list_query q = card_query(LIST_MATCHES, card->cluster, NULL);
	struct row *rows;
	size_t got;
	enum claque_rc rc = card_rows(card, &q, MATCHES_SHOWN, &rows, &got, err);

	if (rc != CLAQUE_OK || got == 0)
		return rc;
	say("\nPUBLISHED INDICATORS (claque matches CASE --cluster lists all)");
	for (size_t i = 0; i < got; i++) {
		struct arena a = card->perm;

		say_cut("  %-8.*s  %-11.*s  " STR_FMT "  here " STR_FMT,
			CELL(LIST_MATCHES, &rows[i], "kind"), CELL(LIST_MATCHES, &rows[i], "how"),
			CELL(LIST_MATCHES, &rows[i], "value"),
			CELL(LIST_MATCHES, &rows[i], "here"));
	}
	say_under(2, "  Publisher's caveat: " MATCH_CAVEAT ".");
	return CLAQUE_OK;
}

enum claque_rc
card_print(struct card *card, struct claque_err *err)
{
	enum claque_rc rc;

	print_head(card);
	rc = card_print_reasons(card, err);
	if (rc != CLAQUE_OK)
		return rc;
	print_disproof(card);
	rc = card_print_network(card, err);
	if (rc == CLAQUE_OK)
		rc = card_print_shared(card, err);
	if (rc == CLAQUE_OK)
		rc = print_members(card, err);
	if (rc == CLAQUE_OK)
		rc = print_matches(card, err);
	if (rc == CLAQUE_OK)
		say("\nA lead is a lead, never a verdict. Attribution: not assessed.");
	return rc;
}
