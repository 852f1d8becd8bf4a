/*
 * card_network.c - how a group hangs together: who is first, who stays in it,
 * its cells and platforms, its strongest pairs, and what it shares when.
 */
#include "config.h"

#include "cli/card.h"

#include <math.h>

#include "base/clock.h"
#include "cli/output.h"

enum { PAIRS_SHOWN = 5, SOURCES_SHOWN = 5, SOURCES_LOOKED_AT = 100, WEEKS_SHOWN = 12,
       BAR_COLUMNS = 40, NAME_BYTES_MAX = 200 };

/* "12 s", "9.9 min", "5.9 h", "3.2 d" */
static struct claque_str
span(struct arena *perm, const struct value *seconds)
{
	static const struct { double from, per; const char *unit; } units[] = {
		{ 172800, 86400, "d" }, { 7200, 3600, "h" }, { 120, 60, "min" },
	};

	if (seconds->type != VALUE_INT)
		return STR("-");
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if ((double)seconds->i >= units[i].from)
			return str_fmt(perm, "%.3g %s", (double)seconds->i / units[i].per,
				       units[i].unit);
	return str_fmt(perm, "%lld s", (long long)seconds->i);
}

static struct claque_str
window_words(struct arena *perm, const struct value *window_s)
{
	if (window_s->type == VALUE_INT && window_s->i < 0)
		return STR("in the whole period");
	return str_fmt(perm, "within " STR_FMT, STR_ARG(span(perm, window_s)));
}

enum { CROWDS_MAX = 12 };

/* What the members' rows add up to. */
struct roll {
	struct card *card;
	struct claque_str leader;	/* native id; "" if nobody leads */
	struct claque_str leader_name;
	double leader_firsts, stability;
	int64_t own, exposed, measured, stable, looks;
	struct { struct claque_str name; int64_t n; } platforms[CROWDS_MAX];
	size_t platform_count;
	int64_t others;			/* on platforms beyond these */
	int64_t cells[CROWDS_MAX];
};

static void
count_platform(struct roll *r, struct claque_str name)
{
	for (size_t i = 0; i < r->platform_count; i++)
		if (str_eq(r->platforms[i].name, name)) {
			r->platforms[i].n++;
			return;
		}
	if (r->platform_count == CROWDS_MAX) {
		r->others++;
		return;
	}
	r->platforms[r->platform_count].name = str_dup(&r->card->perm, name);
	r->platforms[r->platform_count++].n = 1;
}

static struct claque_str
account_name(const struct row *member)
{
	const struct value *handle = card_value(LIST_MEMBERS, member, "handle");

	return handle->type == VALUE_TEXT && handle->s.len > 0 ? handle->s :
	       card_value(LIST_MEMBERS, member, "account_id")->s;
}

static bool
count_member(void *ctx, const struct row *m)
{
	struct roll *r = ctx;
	int64_t at = card_value(LIST_MEMBERS, m, "cell")->i;

	if (str_eq(card_value(LIST_MEMBERS, m, "role")->s, STR("exposed"))) {
		r->exposed++;
		return true;
	}
	r->own++;
	count_platform(r, card_value(LIST_MEMBERS, m, "platform")->s);
	if (at > 0 && at <= CROWDS_MAX)
		r->cells[at - 1]++;
	if (card_has(LIST_MEMBERS, m, "stability")) {
		r->measured++;
		r->stability += card_number(LIST_MEMBERS, m, "stability");
		r->stable += card_number(LIST_MEMBERS, m, "stability") > 0.5;
		r->looks = card_value(LIST_MEMBERS, m, "looks")->i;
	}
	if (r->leader.len > 0 && str_eq(card_value(LIST_MEMBERS, m, "account_id")->s, r->leader)) {
		r->leader_name = str_dup(&r->card->perm, account_name(m));
		r->leader_firsts = card_number(LIST_MEMBERS, m, "firsts");
	}
	return true;
}

static void
print_leader(const struct card *card, const struct roll *r)
{
	const struct row *head = &card->head;
	struct arena a = card->perm;
	struct claque_str lag = span(&a, card_value(LIST_CLUSTERS, head, "median_lag_s"));

	if (!card_has(LIST_CLUSTERS, head, "common"))
		say_under(9, "  first    not measured");
	else if (r->leader.len == 0)
		say_under(11, "  first    nobody more often than all others on the " STR_FMT
			  " objects in common; the others follow the first by " STR_FMT " (median)",
			  CELL(LIST_CLUSTERS, head, "common"), STR_ARG(lag));
	else
		say_under(11, "  first    " STR_FMT ", on %.0f %% of the " STR_FMT " objects in common; "
			  "the others follow the first by " STR_FMT " (median)",
			  STR_ARG(str_head(r->leader_name, NAME_BYTES_MAX)), 100 * r->leader_firsts,
			  CELL(LIST_CLUSTERS, head, "common"), STR_ARG(lag));
}

static void
print_stability(const struct roll *r)
{
	if (r->measured == 0)
		say_under(11, "  stable   not measured");
	else
		say_under(11, "  stable   %lld of %lld members stay in it in more than half of %lld "
			  "looks (each time window alone, other seeds); mean %.2f%s",
			  (long long)r->stable, (long long)r->measured, (long long)r->looks,
			  r->stability / (double)r->measured,
			  r->exposed > 0 ? "; the exposed are not counted" : "");
}

static void
print_cells(const struct card *card, const struct roll *r)
{
	const struct row *head = &card->head;
	struct arena a = card->perm;
	int64_t cells = card_value(LIST_CLUSTERS, head, "cells")->i;
	struct claque_str sizes = STR("");

	if (!card_has(LIST_CLUSTERS, head, "cells")) {
		say_under(11, "  cells    not looked for: too few members are joined by validated edges");
		return;
	}
	for (int64_t i = 0; i < cells && i < CROWDS_MAX; i++)
		sizes = str_fmt(&a, STR_FMT "%s%lld", STR_ARG(sizes), i == 0 ? " of " : ", ",
				(long long)r->cells[i]);
	say_under(11, "  cells    %s" STR_FMT STR_FMT ": modularity %.2f, %.2f +- %.2f in rewired "
		  "networks, p = " STR_FMT, cells > 1 ? "" : "none beyond chance",
		  STR_ARG(cells > 1 ? card_cell(&a, LIST_CLUSTERS, head, "cells") : STR("")),
		  STR_ARG(cells > 1 ? sizes : STR("")), fabs(card_number(LIST_CLUSTERS, head,
		  "cells_modularity")), card_number(LIST_CLUSTERS, head, "cells_expected"),
		  card_number(LIST_CLUSTERS, head, "cells_deviation"),
		  CELL(LIST_CLUSTERS, head, "cells_p"));
}

static void
print_platforms(const struct card *card, const struct roll *r)
{
	const struct row *head = &card->head;
	struct arena a = card->perm;
	struct claque_str text = STR("");
	struct claque_str needed = card_cell(&a, LIST_CLUSTERS, head, "cross_needed");

	for (size_t i = 0; i < r->platform_count; i++)
		text = str_fmt(&a, STR_FMT "%s" STR_FMT " %lld", STR_ARG(text), i == 0 ? "" : ", ",
			       STR_ARG(r->platforms[i].name.len > 0 ? r->platforms[i].name :
				       STR("not told")), (long long)r->platforms[i].n);
	if (r->others > 0)
		text = str_fmt(&a, STR_FMT ", others %lld", STR_ARG(text), (long long)r->others);
	if (r->platform_count > 1)
		text = str_fmt(&a, STR_FMT "; " STR_FMT " validated edges across, by " STR_FMT,
			       STR_ARG(text), CELL(LIST_CLUSTERS, head, "cross_edges"),
			       CELL(LIST_CLUSTERS, head, "cross_signals"));
	if (card_has(LIST_CLUSTERS, head, "cross_needed"))
		text = str_fmt(&a, STR_FMT "; it would fall apart without those of " STR_FMT,
			       STR_ARG(text), STR_ARG(needed));
	say_under(11, "  platform " STR_FMT, STR_ARG(text));
}

static enum claque_rc
print_ties(struct card *card, struct claque_err *err)
{
	struct list_query q = card_query(LIST_MEMBERS, card->cluster, NULL);
	struct roll r = { .card = card };
	enum claque_rc rc;

	if (card_has(LIST_CLUSTERS, &card->head, "leader"))
		r.leader = card_value(LIST_CLUSTERS, &card->head, "leader")->s;
	rc = list_walk(card->store, &q, count_member, &r, err);
	if (rc != CLAQUE_OK)
		return rc;
	say("\nTHE NETWORK");
	print_leader(card, &r);
	print_stability(&r);
	print_cells(card, &r);
	print_platforms(card, &r);
	return CLAQUE_OK;
}

/* The handle, or the native id of an account that has none. */
static struct claque_str
end_name(struct arena *perm, const struct row *row, const char *handle, const char *id)
{
	const struct value *v = card_value(LIST_EDGES, row, handle);

	return v->type == VALUE_TEXT && v->s.len > 0 ? str_head(v->s, NAME_BYTES_MAX) :
	       card_cell(perm, LIST_EDGES, row, id);
}

static const char *
who_leads(const struct row *row)
{
	const struct value *leader = card_value(LIST_EDGES, row, "leader");

	if (leader->type == VALUE_NULL)
		return "either first as often";
	return str_eq(leader->s, card_value(LIST_EDGES, row, "a")->s) ? "mostly the former first" :
	       "mostly the latter first";
}

static void
print_pair(const struct card *card, const struct row *row)
{
	struct arena a = card->perm;

	say_under(4, "  " STR_FMT " + " STR_FMT ": " STR_FMT " by " STR_FMT " " STR_FMT ", " STR_FMT
		  " expected, q = " STR_FMT "; median lag " STR_FMT ", %s",
		  STR_ARG(end_name(&a, row, "a_handle", "a")),
		  STR_ARG(end_name(&a, row, "b_handle", "b")),
		  CELL(LIST_EDGES, row, "weight"), CELL(LIST_EDGES, row, "signal"),
		  STR_ARG(window_words(&a, card_value(LIST_EDGES, row, "window_s"))),
		  CELL(LIST_EDGES, row, "expected"), CELL(LIST_EDGES, row, "q"),
		  STR_ARG(span(&a, card_value(LIST_EDGES, row, "median_lag_s"))), who_leads(row));
}

static enum claque_rc
print_pairs(struct card *card, struct claque_err *err)
{
	struct list_query q = card_query(LIST_EDGES, card->cluster, "log10_p");
	struct row *rows;
	size_t got;
	int64_t all;
	enum claque_rc rc = card_rows(card, &q, PAIRS_SHOWN, &rows, &got, err);

	if (rc == CLAQUE_OK)
		rc = list_count(card->store, &q, 0, &all, err);
	if (rc != CLAQUE_OK || got == 0)
		return rc;
	say("\nSTRONGEST PAIRS of %lld (objects in common, beside what chance gives)",
	    (long long)all);
	for (size_t i = 0; i < got; i++)
		print_pair(card, &rows[i]);
	return CLAQUE_OK;
}

/* What half the world shares tells of nobody, where there is anything else. */
static bool
is_telling(const struct row *source)
{
	struct claque_str kind = card_value(LIST_SOURCES, source, "kind")->s;

	return !str_eq(kind, STR("hashtag")) && !str_eq(kind, STR("domain"));
}

static void
print_source(const struct card *card, const struct row *row)
{
	struct arena a = card->perm;

	say_cut("  %5.*s of %6.*s  %-7.*s  " STR_FMT "%s" STR_FMT,
		CELL(LIST_SOURCES, row, "cluster_accounts"), CELL(LIST_SOURCES, row, "accounts"),
		CELL(LIST_SOURCES, row, "kind"), CELL(LIST_SOURCES, row, "key"),
		card_has(LIST_SOURCES, row, "text") ? "  " : "", STR_ARG(card_has(LIST_SOURCES, row, "text") ?
			card_cell(&a, LIST_SOURCES, row, "text") : STR("")));
}

static enum claque_rc
print_sources(struct card *card, struct claque_err *err)
{
	struct list_query q = card_query(LIST_SOURCES, card->cluster, NULL);
	struct row *rows;
	size_t got, telling = 0, shown = 0;
	enum claque_rc rc = card_rows(card, &q, SOURCES_LOOKED_AT, &rows, &got, err);

	if (rc != CLAQUE_OK || got == 0)
		return rc;
	say("\nWHAT THEY SHARE (accounts of it, of all who shared it)");
	for (size_t i = 0; i < got; i++)
		telling += is_telling(&rows[i]);
	for (size_t i = 0; i < got && shown < SOURCES_SHOWN; i++)
		if (telling == 0 || is_telling(&rows[i])) {
			print_source(card, &rows[i]);
			shown++;
		}
	return CLAQUE_OK;
}

/* As many weeks a line as it takes for WEEKS_SHOWN lines. */
static enum claque_rc
print_weeks(struct card *card, struct claque_err *err)
{
	static const char bar[BAR_COLUMNS + 1] = "########################################";
	struct arena kept = card->perm;
	int64_t lines[WEEKS_SHOWN] = { 0 }, most = 1;
	struct card_weeks w;
	enum claque_rc rc = card_weeks(card, &w, err);
	size_t step = (w.count + WEEKS_SHOWN - 1) / WEEKS_SHOWN;

	if (rc == CLAQUE_OK && w.count > 0)
		say("\nPOSTS FROM WEEK TO WEEK (%zu a line; claque weeks follows the networks)", step);
	for (size_t i = 0; i < w.count; i++) {
		lines[i / step] += w.posts[i];
		most = lines[i / step] > most ? lines[i / step] : most;
	}
	for (size_t i = 0; i * step < w.count; i++) {
		struct arena a = kept;
		int64_t at = w.from + (int64_t)(i * step) * CARD_WEEK_MS;

		say("  " STR_FMT "  %7.*s  %.*s", STR_ARG(clock_text(&a, at, CLOCK_DATE)),
		    STR_ARG(count_grouped(&a, lines[i])), (int)(lines[i] * BAR_COLUMNS / most), bar);
	}
	card->perm = kept;
	return rc;
}

enum claque_rc
card_print_network(struct card *card, struct claque_err *err)
{
	enum claque_rc rc = print_ties(card, err);

	return rc == CLAQUE_OK ? print_pairs(card, err) : rc;
}

enum claque_rc
card_print_shared(struct card *card, struct claque_err *err)
{
	enum claque_rc rc = print_sources(card, err);

	return rc == CLAQUE_OK ? print_weeks(card, err) : rc;
}
