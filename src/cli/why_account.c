/*
 * why_account.c - why one account is in a group or in none: what its score is
 * the sum of, the best pair it is in, the thresholds it passed and missed.
 */
#include "config.h"

#include "cli/why.h"

#include <math.h>
#include <stdio.h>

#include "app/explain_job.h"
#include "case/case.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "store/list.h"
#include "store/result.h"
#include "text/json.h"

enum { JSON_BYTES_MAX = 1 << 20, ROOM = 1 << 20, GROUPS_SHOWN = 16 };

struct answer {
	const struct claque_explanation *why;
	const struct claque_dataset *ds;
	struct subject account;
	struct claque_str decisions, verdict;
	/* Groups of the last run that it is in. */
	struct row *groups;
	size_t group_count;
	size_t cluster, role;	/* columns of the list of members */
};

static struct claque_str
id_of(const struct answer *a, uint32_t account)
{
	return claque_dataset_account_id(a->ds, account);
}

/* The other one of its best pair. */
static uint32_t
partner(const struct claque_explanation *e)
{
	return e->best.a == e->account ? e->best.b : e->best.a;
}

static const char *
window_name(int64_t window_s, char room[32])
{
	if (window_s == CLAQUE_WINDOW_WHOLE)
		return "in the whole period";
	(void)snprintf(room, 32, "within %lld s", (long long)window_s);
	return room;
}

/* What the score is the sum of. X(key, value, words) */
#define SUM_LIST(X) \
	X("prior", e->prior, "prior of the file") \
	X("own_prior", e->own_prior, "prior of its own") \
	X("ties", e->ties, "standing in a validated network, or not") \
	X("deception", e->deception, "its traits: deception") \
	X("overtness", e->overtness, "its traits: openness") \
	X("like", e->like, "habits like those of leads") \
	X("near", e->near, "what those next to it show")

static json_t *
sum_json(const struct claque_explanation *e)
{
	json_t *o = json_object();

#define X(key, value, words) json_put(o, key, json_number(value));
	SUM_LIST(X)
#undef X
	return o;
}

static void
append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) != 0)
		base_oom();
}

static json_t *
traits_json(const struct claque_explanation *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < e->trait_count; i++) {
		const struct claque_trait_part *p = &e->traits[i];
		json_t *o = json_object();

		json_put(o, "signal", json_text(str_of(claque_signal_info(p->signal)->name)));
		json_put(o, "log_odds", json_number(p->log_odds));
		json_put(o, "value", json_number(p->measure.value));
		json_put(o, "expected", json_number(p->measure.expected));
		json_put(o, "n", json_integer(p->measure.n));
		json_put(o, "bin", json_integer(p->bin + 1));
		json_put(o, "bins", json_integer(p->bins));
		json_put(o, "share_of_others", json_number(p->share));
		append(list, o);
	}
	return list;
}

static json_t *
near_json(const struct claque_explanation *e)
{
	json_t *o = json_object();

	for (size_t i = 0; i < e->near_count; i++)
		json_put(o, e->near_parts[i].name, json_number(e->near_parts[i].log_odds));
	return o;
}

static json_t *
neighbours_json(const struct answer *a)
{
	const struct claque_explanation *e = a->why;
	json_t *list = json_array();

	for (size_t i = 0; i < e->neighbour_count; i++) {
		const struct claque_neighbour *n = &e->neighbours[i];
		json_t *o = json_object();

		json_put(o, "account_id", json_text(id_of(a, n->account)));
		json_put(o, "score", json_number(n->score));
		json_put(o, "signal", json_text(str_of(claque_signal_info(n->signal)->name)));
		json_put(o, "window_s", json_integer(n->window_s));
		json_put(o, "weight", json_integer(n->weight));
		json_put(o, "expected", json_number(n->expected));
		json_put(o, "p", json_number(n->p));
		json_put(o, "validated", json_boolean(n->validated));
		append(list, o);
	}
	return list;
}

static json_t *
pair_json(const struct answer *a)
{
	const struct claque_explanation *e = a->why;
	json_t *o = json_object();

	if (e->partners == 0)
		return o;
	json_put(o, "with", json_text(id_of(a, partner(e))));
	json_put(o, "signal", json_text(str_of(claque_signal_info(e->best_signal)->name)));
	json_put(o, "window_s", json_integer(e->best_window_s));
	json_put(o, "weight", json_integer(e->best.weight));
	json_put(o, "expected", json_number(e->best.expected));
	json_put(o, "p", json_number(e->best.p));
	json_put(o, "q", json_number(e->best.q));
	json_put(o, "validated", json_boolean(e->best_validated));
	return o;
}

static json_t *
thresholds_json(const struct claque_explanation *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < e->threshold_count; i++) {
		const struct claque_threshold *t = &e->thresholds[i];
		json_t *o = json_object();

		json_put(o, "threshold", json_text(str_of(t->name)));
		json_put(o, "reached", json_number(t->reached));
		json_put(o, t->below ? "at_most" : "at_least", json_number(t->needed));
		json_put(o, "passed", json_boolean(t->passed));
		append(list, o);
	}
	return list;
}

static json_t *
groups_json(const struct answer *a)
{
	json_t *list = json_array();

	for (size_t i = 0; i < a->group_count; i++) {
		json_t *o = json_object();

		json_put(o, "cluster", json_text(a->groups[i].values[a->cluster].s));
		json_put(o, "role", json_text(a->groups[i].values[a->role].s));
		append(list, o);
	}
	return list;
}

static void
print_json(const struct answer *a)
{
	const struct claque_explanation *e = a->why;
	json_t *o = json_object();
	struct buf line;

	json_put(o, "account_id", json_text(id_of(a, e->account)));
	json_put(o, "standing", json_text(str_of(claque_standing_name(e->standing))));
	json_put(o, "score", json_number(e->score));
	json_put(o, "text", json_text(str_of(e->text)));
	json_put(o, "verdict", json_text(a->verdict));
	json_put(o, "groups", groups_json(a));
	json_put(o, "sum", sum_json(e));
	json_put(o, "traits", traits_json(e));
	json_put(o, "near", near_json(e));
	json_put(o, "acts", json_integer((json_int_t)e->acts));
	json_put(o, "hot_acts", json_integer((json_int_t)e->hot_acts));
	json_put(o, "objects", json_integer(e->objects));
	json_put(o, "partners", json_integer(e->partners));
	json_put(o, "edges", json_integer(e->edges));
	json_put(o, "best_pair", pair_json(a));
	json_put(o, "neighbours", neighbours_json(a));
	json_put(o, "thresholds", thresholds_json(e));
	json_put(o, "decisions", json_text(a->decisions));
	buf_init(&line, JSON_BYTES_MAX);
	json_line(&line, o);
	(void)fwrite(line.p, 1, line.len, stdout);
	buf_done(&line);
	json_decref(o);
}

static void
say_traits(const struct claque_explanation *e)
{
	for (size_t i = 0; i < e->trait_count; i++) {
		const struct claque_trait_part *p = &e->traits[i];

		say("  %+6.2f  %-18s %.3g %s (n %u): bin %u of %u, as %.1f %% of the others",
		    p->log_odds, claque_signal_info(p->signal)->name, p->measure.value,
		    claque_signal_info(p->signal)->unit, p->measure.n, p->bin + 1, p->bins,
		    100 * p->share);
	}
}

static void
say_pair(const struct answer *a)
{
	const struct claque_explanation *e = a->why;
	char room[32];

	if (e->partners == 0)
		return;
	say("\nBEST PAIR (%u others acted on the same; %u edges beyond chance)", e->partners, e->edges);
	say("  with " STR_FMT ": %u objects %s, %.3g expected, p %.2g, q %s%.2g (%s)%s",
	    STR_ARG(id_of(a, partner(e))), e->best.weight, window_name(e->best_window_s, room),
	    e->best.expected, e->best.p, e->best_validated ? "" : "at least ", e->best.q,
	    claque_signal_info(e->best_signal)->name, e->best_validated ? ", validated" : "");
}

static void
say_neighbours(const struct answer *a)
{
	const struct claque_explanation *e = a->why;

	for (size_t i = 0; i < e->neighbour_count; i++) {
		const struct claque_neighbour *n = &e->neighbours[i];
		char room[32];

		say("  %.2f  " STR_FMT ": %u objects %s, %.3g expected, p %.2g (%s)%s", n->score,
		    STR_ARG(id_of(a, n->account)), n->weight, window_name(n->window_s, room),
		    n->expected, n->p, claque_signal_info(n->signal)->name,
		    n->validated ? ", validated" : "");
	}
}

static void
print_text(const struct answer *a)
{
	const struct claque_explanation *e = a->why;

	say(STR_FMT "  score %.2f", STR_ARG(id_of(a, e->account)), e->score);
	for (size_t i = 0; i < a->group_count; i++)
		say("in " STR_FMT " as " STR_FMT, STR_ARG(a->groups[i].values[a->cluster].s),
		    STR_ARG(a->groups[i].values[a->role].s));
	say("%s", e->text);
	say("verdict: " STR_FMT, STR_ARG(a->verdict));
	say("\nSUM (natural-log odds; the score is its logistic)");
#define X(key, value, words) say("  %+6.2f  %s", value, words);
	SUM_LIST(X)
#undef X
	say("\nTRAITS");
	say_traits(e);
	say("\nNEXT TO IT");
	for (size_t i = 0; i < e->near_count; i++)
		say("  %+6.2f  %s", e->near_parts[i].log_odds, e->near_parts[i].name);
	say_pair(a);
	say("\nNEAREST NEIGHBOURS (score of each; most surprising first)");
	say_neighbours(a);
	say("\nTHRESHOLDS");
	for (size_t i = 0; i < e->threshold_count; i++)
		say("  %-7s %-28s %.3g, %s %.3g", e->thresholds[i].passed ? "passed" : "missed",
		    e->thresholds[i].name, e->thresholds[i].reached,
		    e->thresholds[i].below ? "at most" : "at least", e->thresholds[i].needed);
	if (a->decisions.len > 0)
		say("\n" STR_FMT ".", STR_ARG(a->decisions));
}

static enum claque_rc
find_groups(struct answer *a, struct store *store, struct arena *perm, struct claque_err *err)
{
	struct list_query q = { .list = LIST_MEMBERS, .subject = a->account, .lens = lens_open(),
				.sort = -1 };
	size_t count;
	const struct column *columns = list_columns(LIST_MEMBERS, &count);

	a->cluster = column_find(columns, count, STR("cluster"));
	a->role = column_find(columns, count, STR("role"));
	return list_rows(store, &q, 0, GROUPS_SHOWN, perm, &a->groups, &a->group_count, err);
}

enum claque_rc
why_account(const struct invocation *call, struct store *store, const char *name,
	    struct claque_err *err)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	struct claque_progress progress;
	struct answer a = { 0 };
	struct explained e = { 0 };
	enum claque_rc rc = list_find_subject(store, SUBJECT_account, str_of(name), &a.account, err);

	if (rc == CLAQUE_OK)
		rc = find_groups(&a, store, &perm, err);
	if (rc == CLAQUE_OK)
		rc = result_decisions(store, &perm, &a.decisions, err);
	if (rc == CLAQUE_OK)
		rc = case_verdicts(store, a.account, &perm, &a.verdict, err);
	if (rc == CLAQUE_OK) {
		progress = progress_start();
		rc = explain_account(store, a.account.id, &progress, &e, err);
		progress_stop();
	}
	if (rc == CLAQUE_OK) {
		a.why = e.why;
		a.ds = e.data.columns;
		if (args_flag(call, "json"))
			print_json(&a);
		else
			print_text(&a);
	}
	explained_done(&e);
	arena_free(whole);
	return rc;
}
