/*
 * explain.c - one account: what its score is the sum of, what it reached, and
 * which filter stands between it and a group.
 */
#include "config.h"

#include "claque/explain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "engine/null.h"
#include "engine/odds.h"
#include "engine/score.h"
#include "engine/tick.h"

struct met_pair {
	struct claque_neighbour to;
	double ln_p;
};

struct asked {
	const struct scene *s;
	uint32_t account, rank;
	struct claque_explanation *out;
	/* Room for the pairs of one network, by rank. */
	uint32_t (*weights)[WINDOW_COUNT];
	int64_t *least;		/* lag on the object at hand */
	uint64_t *stamps;
	uint64_t stamp;
	bool *met;		/* in any network */
	struct met_pair *pairs;	/* the most surprising with each, by rank */
	double best_ln_p;
};

/* --- pairs */

/* The smallest lag of each partner on one object. */
static void
read_lags(struct asked *q, const struct kept *k, size_t run)
{
	q->stamp++;
	for (uint64_t i = k->runs[run]; i < k->runs[run + 1]; i++) {
		if (k->acts[i].account != q->rank)
			continue;
		for (uint64_t j = k->runs[run]; j < k->runs[run + 1]; j++) {
			uint32_t other = k->acts[j].account;
			int64_t lag = llabs(k->acts[j].at - k->acts[i].at);

			if (other == q->rank)
				continue;
			if (q->stamps[other] != q->stamp || lag < q->least[other])
				q->least[other] = lag;
			q->stamps[other] = q->stamp;
		}
	}
}

static bool
takes_part(const struct asked *q, const struct kept *k, size_t run)
{
	for (uint64_t i = k->runs[run]; i < k->runs[run + 1]; i++)
		if (k->acts[i].account == q->rank)
			return true;
	return false;
}

static void
count_object(struct asked *q, const struct kept *k, size_t run)
{
	read_lags(q, k, run);
	for (uint64_t i = k->runs[run]; i < k->runs[run + 1]; i++) {
		uint32_t other = k->acts[i].account;

		q->out->acts += other == q->rank;
		if (q->stamps[other] != q->stamp)
			continue;
		q->stamps[other] = 0;
		q->met[other] = true;
		for (unsigned w = 0; w < WINDOW_COUNT; w++)
			q->weights[other][w] += q->least[other] <= window_ms(w);
	}
}

static void
take_pair(struct asked *q, uint32_t other, const struct met_pair *pair)
{
	bool first = q->pairs[other].to.weight == 0;

	if (first || pair->ln_p < q->pairs[other].ln_p)
		q->pairs[other] = *pair;
}

/* Takes the pair if it is more surprising than what was found so far. */
static void
judge_pair(struct asked *q, unsigned f, uint32_t other)
{
	const struct kept *k = &q->s->kept[f];
	double part = kept_pair_part(k, q->rank, other);

	for (unsigned w = 0; w < WINDOW_COUNT; w++) {
		uint32_t weight = q->weights[other][w];
		double lambda = part * q->s->valid[f].totals[w], ln_p;

		if (weight == 0 || (w > 0 && weight == q->weights[other][w - 1]))
			continue;
		ln_p = null_poisson_tail(lambda, weight);
		take_pair(q, other, &(struct met_pair){ {
			.account = q->s->ds->by_rank[other], .signal = fused_table[f].signal,
			.window_s = window_seconds[w], .weight = weight, .expected = lambda,
			.p = exp(ln_p) }, ln_p });
		if (ln_p >= q->best_ln_p)
			continue;
		q->best_ln_p = ln_p;
		q->out->best = (struct claque_edge){
			.a = q->rank < other ? q->account : q->s->ds->by_rank[other],
			.b = q->rank < other ? q->s->ds->by_rank[other] : q->account,
			.weight = weight, .leader = CLAQUE_NO_LEADER,
		};
		edge_judge(&q->out->best, lambda);
		q->out->best_signal = fused_table[f].signal;
		q->out->best_window_s = window_seconds[w];
	}
}

/* As if it came next after all that are validated (Benjamini-Hochberg). */
static double
least_q(const struct asked *q, unsigned f, double p)
{
	double active = q->s->kept[f].active;
	double tests = WINDOW_COUNT * active * (active - 1) / 2;
	double next = p * tests / (double)(q->s->valid[f].count + 1);

	return next < 1 ? next : 1;
}

static enum claque_rc
look_at_network(struct asked *q, unsigned f, struct ticker *t)
{
	const struct kept *k = &q->s->kept[f];
	uint32_t accounts = q->s->ds->account_names.count;
	double before = q->best_ln_p;

	if (k->run_count == 0)
		return CLAQUE_OK;
	memset(q->weights, 0, accounts * sizeof(*q->weights));
	for (size_t r = 0; r < k->run_count; r++) {
		uint64_t count = k->runs[r + 1] - k->runs[r];

		if (takes_part(q, k, r))
			count_object(q, k, r);
		if (!tick(t, count, 2 * count))
			return CLAQUE_STOPPED;
	}
	q->out->objects += k->objects[q->rank];
	for (uint32_t r = 0; r < accounts; r++)
		judge_pair(q, f, r);
	if (q->best_ln_p < before)
		q->out->best.q = least_q(q, f, q->out->best.p);
	return CLAQUE_OK;
}

/* In place of what was met in the same network, which is less exact. */
static void
take_validated_pair(struct asked *q, unsigned f, const struct valid_edge *v)
{
	uint32_t other = v->edge.a == q->account ? v->edge.b : v->edge.a;
	struct met_pair pair = { {
		.account = other, .signal = fused_table[f].signal,
		.window_s = window_seconds[v->window], .weight = v->edge.weight,
		.expected = v->edge.expected, .p = v->edge.p, .validated = true,
	}, v->edge.log10_p * M_LN10 };
	struct met_pair *known = &q->pairs[q->s->ds->rank[other]];

	if (known->to.validated)
		take_pair(q, q->s->ds->rank[other], &pair);
	else
		*known = pair;
}

static int
compare_met(const void *pa, const void *pb, void *ctx)
{
	const struct met_pair *a = pa, *b = pb;
	const uint32_t *rank = ctx;

	if (a->ln_p < b->ln_p || a->ln_p > b->ln_p)
		return a->ln_p < b->ln_p ? -1 : 1;
	return (rank[a->to.account] > rank[b->to.account]) -
	       (rank[a->to.account] < rank[b->to.account]);
}

static void
take_nearest(struct asked *q)
{
	uint32_t accounts = q->s->ds->account_names.count, n = 0;

	for (uint32_t r = 0; r < accounts; r++)
		if (q->pairs[r].to.weight > 0)
			q->pairs[n++] = q->pairs[r];
	qsort_r(q->pairs, n, sizeof(*q->pairs), compare_met, q->s->ds->rank);
	for (uint32_t i = 0; i < n && i < CLAQUE_NEIGHBOURS; i++) {
		struct claque_neighbour *to = &q->out->neighbours[q->out->neighbour_count++];

		*to = q->pairs[i].to;
		to->score = q->s->belief.at[to->account];
	}
}

/* A validated edge of the account is shown as it was scored. */
static void
take_validated(struct asked *q)
{
	double best = 1;

	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t e = 0; e < q->s->valid[f].count; e++) {
			const struct valid_edge *v = &q->s->valid[f].edges[e];

			if (v->edge.a != q->account && v->edge.b != q->account)
				continue;
			q->out->edges++;
			take_validated_pair(q, f, v);
			if (v->edge.log10_p >= best)
				continue;
			best = v->edge.log10_p;
			q->out->best = v->edge;
			q->out->best_validated = true;
			q->out->best_signal = fused_table[f].signal;
			q->out->best_window_s = window_seconds[v->window];
		}
}

/* Acts on sources that the cap leaves out. */
static void
count_hot(struct asked *q)
{
	const struct coact *c = &q->s->work.source;
	uint32_t cap = q->s->settings->object_cap;

	for (uint32_t o = 0; o < c->object_count && cap > 0; o++) {
		uint64_t mine = 0, accounts = 0;

		q->stamp++;
		for (uint64_t i = c->from[o]; i < c->from[o + 1]; i++) {
			mine += c->acts[i].account == q->rank;
			accounts += q->stamps[c->acts[i].account] != q->stamp;
			q->stamps[c->acts[i].account] = q->stamp;
		}
		q->out->hot_acts += accounts > cap ? mine : 0;
	}
}

static enum claque_rc
look_at_pairs(struct asked *q, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "looking at one account" };
	uint32_t accounts = q->s->ds->account_names.count;
	enum claque_rc rc = CLAQUE_OK;

	q->weights = array_new(accounts, sizeof(*q->weights));
	q->least = ARRAY_NEW(int64_t, accounts);
	q->stamps = ARRAY_NEW(uint64_t, accounts);
	q->met = ARRAY_NEW(bool, accounts);
	q->pairs = ARRAY_NEW(struct met_pair, accounts);
	q->best_ln_p = 1;
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		t.total += q->s->kept[f].act_count;
	for (unsigned f = 0; f < FUSED_COUNT && rc == CLAQUE_OK; f++)
		rc = look_at_network(q, f, &t);
	for (uint32_t r = 0; r < accounts; r++)
		q->out->partners += q->met[r];
	take_validated(q);
	take_nearest(q);
	count_hot(q);
	array_free(q->weights);
	array_free(q->least);
	array_free(q->stamps);
	array_free(q->met);
	array_free(q->pairs);
	return rc;
}

/* --- parts */

static int
compare_traits(const void *pa, const void *pb)
{
	const struct claque_trait_part *a = pa, *b = pb;
	double x = fabs(a->log_odds), y = fabs(b->log_odds);

	if (x < y || x > y)
		return x > y ? -1 : 1;
	return (a->signal > b->signal) - (a->signal < b->signal);
}

static enum claque_signal
number_of(const struct signal *signal)
{
	unsigned i = 0;

	while (i + 1 < CLAQUE_SIGNAL_COUNT && signal_table[i] != signal)
		i++;
	return (enum claque_signal)i;
}

static void
take_traits(struct asked *q)
{
	const struct belief *b = &q->s->belief;

	q->out->traits = ARRAY_NEW(struct claque_trait_part, b->trait_count);
	for (size_t i = 0; i < b->trait_count; i++) {
		const struct trait *t = &b->traits[i];
		struct claque_trait_part *to = &q->out->traits[q->out->trait_count];

		if (t->bin[q->account] == NO_BIN)
			continue;
		*to = (struct claque_trait_part){
			.signal = number_of(t->signal), .measure = t->measures[q->account],
			.log_odds = trait_of(t, q->account), .bin = t->bin[q->account],
			.bins = t->signal->model.bins, .share = t->open[t->bin[q->account]],
		};
		q->out->trait_count++;
	}
	array_sort(q->out->traits, q->out->trait_count, sizeof(*q->out->traits), compare_traits);
}

static void
take_neighbours(struct asked *q)
{
	const struct belief *b = &q->s->belief;
	double *odds = ARRAY_NEW(double, b->accounts);

	for (size_t i = 0; i < NEAR_COUNT; i++) {
		memset(odds, 0, b->accounts * sizeof(*odds));
		near_add(&b->near[i], b->alone, b->accounts, q->s->settings->prior, odds);
		q->out->near_parts[q->out->near_count++] =
			(struct claque_near_part){ b->near[i].name, odds[q->account] };
	}
	array_free(odds);
}

static void
take_sums(struct asked *q)
{
	const struct belief *b = &q->s->belief;
	uint32_t a = q->account;

	q->out->prior = logit(q->s->settings->prior);
	q->out->own_prior = (double)q->s->ds->accounts[a].prior;
	q->out->ties = b->ties[a];
	q->out->deception = b->own[a];
	q->out->overtness = b->open[a];
	q->out->like = b->like[a];
	q->out->near = b->around[a];
	q->out->score = b->at[a];
}

/* --- where it stands */

static void
find_group(struct asked *q, const struct claque_result *r)
{
	q->out->group = CLAQUE_NO_GROUP;
	for (size_t g = 0; g < r->group_count; g++)
		for (size_t m = 0; m < r->groups[g].member_count; m++) {
			const struct claque_group *group = &r->groups[g];

			if (group->members[m].account != q->account)
				continue;
			q->out->group = (uint32_t)g;
			q->out->role = group->members[m].role;
			q->out->group_accounts = (uint32_t)(group->member_count -
							    group->exposed_count);
			q->out->group_score = group->score;
			q->out->group_leads = group->lead;
		}
}

/* Does a validated edge lead to somebody of its own side? */
static bool
has_own_side(const struct asked *q)
{
	bool suspect = scene_suspects(q->s, q->account);

	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t e = 0; e < q->s->valid[f].count; e++) {
			const struct claque_edge *v = &q->s->valid[f].edges[e].edge;

			if ((v->a == q->account && scene_suspects(q->s, v->b) == suspect) ||
			    (v->b == q->account && scene_suspects(q->s, v->a) == suspect))
				return true;
		}
	return false;
}

static enum claque_standing
standing_of(const struct asked *q)
{
	const struct claque_explanation *e = q->out;

	if (q->s->ds->accounts[q->account].mark == CLAQUE_CLEARED)
		return CLAQUE_STANDING_CLEARED;
	if (e->group != CLAQUE_NO_GROUP)
		return e->role == CLAQUE_EXPOSED ? CLAQUE_STANDING_EXPOSED
						 : CLAQUE_STANDING_MEMBER;
	if (e->objects == 0)
		return e->hot_acts > 0 ? CLAQUE_STANDING_HOT_ONLY : CLAQUE_STANDING_NO_ACTS;
	if (e->partners == 0)
		return CLAQUE_STANDING_ALONE;
	if (scene_suspects(q->s, q->account) || has_own_side(q))
		return CLAQUE_STANDING_SMALL;
	return e->edges > 0 ? CLAQUE_STANDING_OTHER_SIDE : CLAQUE_STANDING_NO_EDGE;
}

static void
add_threshold(struct claque_explanation *e, struct claque_threshold t)
{
	t.passed = t.below ? t.reached <= t.needed : t.reached >= t.needed;
	e->thresholds[e->threshold_count++] = t;
}

/* How far away, from 0 for one that is passed. */
static double
distance(const struct claque_threshold *t)
{
	double far;

	if (t->passed)
		return 0;
	far = t->below ? log10(t->reached / t->needed) : t->needed - t->reached;
	return far > 0 ? far : 1e-12;
}

static int
compare_thresholds(const void *pa, const void *pb)
{
	const struct claque_threshold *a = pa, *b = pb;
	double x = distance(a), y = distance(b);

	if (a->passed != b->passed)
		return a->passed ? 1 : -1;
	if (x < y || x > y)
		return x < y ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void
set_thresholds(const struct asked *q)
{
	struct claque_explanation *e = q->out;

	add_threshold(e, (struct claque_threshold){
		.name = "score of a suspect", .reached = e->score, .needed = 0.5 });
	if (e->partners > 0)
		add_threshold(e, (struct claque_threshold){
			.name = "q of an edge", .reached = e->best.q,
			.needed = q->s->settings->fdr, .below = true });
	if (e->standing == CLAQUE_STANDING_MEMBER)
		add_threshold(e, (struct claque_threshold){
			.name = "score of its group as a lead", .reached = e->group_score,
			.needed = q->s->settings->lead_score });
	array_sort(e->thresholds, e->threshold_count, sizeof(*e->thresholds), compare_thresholds);
}

const char *
claque_standing_name(enum claque_standing standing)
{
#define X(id, name, help) name,
	static const char *const names[CLAQUE_STANDING_COUNT] = { CLAQUE_STANDING_LIST(X) };
#undef X

	return (unsigned)standing < CLAQUE_STANDING_COUNT ? names[standing] : "";
}

const char *
claque_standing_help(enum claque_standing standing)
{
#define X(id, name, help) help,
	static const char *const texts[CLAQUE_STANDING_COUNT] = { CLAQUE_STANDING_LIST(X) };
#undef X

	return (unsigned)standing < CLAQUE_STANDING_COUNT ? texts[standing] : "";
}

static void
write_text(const struct asked *q)
{
	struct claque_explanation *e = q->out;
	const struct claque_threshold *t = &e->thresholds[0];
	int at = snprintf(e->text, sizeof(e->text), "%s: %s. %llu acts on %u objects with %u others, "
			  "%u edges beyond chance.", claque_standing_name(e->standing),
			  claque_standing_help(e->standing), (unsigned long long)e->acts,
			  e->objects, e->partners, e->edges);

	if (t->passed || at < 0 || (size_t)at >= sizeof(e->text))
		return;
	if (t->below)
		(void)snprintf(e->text + at, sizeof(e->text) - (size_t)at, " Missed by least: %s is "
			       "%.2g, %.2g or less is needed: %.3g times too much.", t->name,
			       t->reached, t->needed, t->reached / t->needed);
	else
		(void)snprintf(e->text + at, sizeof(e->text) - (size_t)at, " Missed by least: %s is "
			       "%.2f, %.2f is needed: %.2f log odds short.", t->name, t->reached,
			       t->needed, logit(t->needed) - logit(fmax(t->reached, 1e-12)));
}

static enum claque_rc
explain(const struct scene *s, uint32_t account, const struct claque_result *r,
	const struct claque_progress *progress, struct claque_explanation *out)
{
	struct asked q = { .s = s, .account = account, .rank = s->ds->rank[account], .out = out };
	enum claque_rc rc;

	out->account = account;
	rc = look_at_pairs(&q, progress);
	if (rc != CLAQUE_OK)
		return rc;
	take_traits(&q);
	take_neighbours(&q);
	take_sums(&q);
	find_group(&q, r);
	out->standing = standing_of(&q);
	set_thresholds(&q);
	write_text(&q);
	return CLAQUE_OK;
}

enum claque_rc
claque_explain(const struct claque_dataset *ds, const struct claque_score_settings *settings,
	       uint32_t account, const struct claque_progress *progress,
	       struct claque_explanation **out, struct claque_err *err)
{
	struct score_ask ask = { .settings = settings };
	struct claque_explanation *e;
	struct claque_result *result;
	struct scene scene;
	enum claque_rc rc;

	*out = NULL;
	if (account >= ds->account_names.count)
		return err_set(err, CLAQUE_EUSAGE, "account %u was never added", account);
	rc = score_scene_of(ds, &ask, progress, &scene, &result, err);
	if (rc != CLAQUE_OK)
		return rc;
	e = ARRAY_NEW(struct claque_explanation, 1);
	rc = explain(&scene, account, result, progress, e);
	scene_done(&scene);
	claque_result_free(result);
	if (rc == CLAQUE_OK)
		*out = e;
	else
		claque_explanation_free(e);
	return rc;
}

void
claque_explanation_free(struct claque_explanation *explanation)
{
	if (explanation == NULL)
		return;
	array_free(explanation->traits);
	array_free(explanation);
}
