/*
 * twins.c - from agreement to probability, and one twin for everybody.
 *
 * EM runs over the candidate pairs. Pairs that were never candidates have
 * nothing uncommon in common; their share of twins is taken as nil, so that
 * the prior is the twins found among all pairs of two platforms.
 */
#include "config.h"

#include "claque/twins.h"

#include <math.h>
#include <stdio.h>

#include "base/array.h"
#include "base/err.h"
#include "base/rng.h"
#include "engine/assign.h"
#include "engine/odds.h"
#include "engine/twin_pair.h"

enum { STRANGERS = 40000, ROUNDS = 30, COMPONENT_MAX = 400 };

#define WORTH 20.0		/* pairs that what is expected of twins is worth */
/* A rare word in common is little where the rest of both names contradicts. */
#define NAME_DIFFERS 4.0
#define RIVAL_ODDS (-4.0)	/* below it a pair rivals nobody */

/* What twins are expected to show before the file is heard; by part and level from 1 on. */
static const double usual[CLAQUE_TWIN_PARTS][LEVELS] = {
	[CLAQUE_TWIN_NAME] = { 0, 0.05, 0.05, 0.1, 0.8 },
	[CLAQUE_TWIN_HANDLE] = { 0, 0.3, 0.2, 0.25, 0.25 },
	[CLAQUE_TWIN_PICTURE] = { 0, 0.4, 0.05, 0.15, 0.4 },
	[CLAQUE_TWIN_BIO] = { 0, 0.3, 0.15, 0.15, 0.4 },
	[CLAQUE_TWIN_PLACE] = { 0, 0.4, 0.6 },
	[CLAQUE_TWIN_CREATED] = { 0, 0.6, 0.15, 0.1, 0.05, 0.1 },
	[CLAQUE_TWIN_SOURCES] = { 0, 0.8, 0.1, 0.1 },
};

/* What a part may say for a pair; and against it, where people differ with themselves. */
static const struct {
	double least, most;
} limits[CLAQUE_TWIN_PARTS] = {
	[CLAQUE_TWIN_NAME] = { -6, 13 }, [CLAQUE_TWIN_HANDLE] = { -2, 12 },
	[CLAQUE_TWIN_PICTURE] = { -2, 12 }, [CLAQUE_TWIN_BIO] = { -2, 6 },
	[CLAQUE_TWIN_PLACE] = { -3, 5 }, [CLAQUE_TWIN_CREATED] = { -2, 4 },
	[CLAQUE_TWIN_SOURCES] = { -1, 2 },
};

struct weights {
	double m[CLAQUE_TWIN_PARTS][LEVELS];
	double ln_u[CLAQUE_TWIN_PARTS][LEVELS];
	double handle_of_name[LEVELS][LEVELS];	/* rate of a handle's level, by the name's */
	double prior;			/* of a pair of all pairs */
};

struct claque_twins_settings
claque_twins_defaults(void)
{
	return (struct claque_twins_settings){ .min_score = 0.5, .seed = 1 };
}

/* --- strangers */

static void
take_rates(struct weights *w, double counts[CLAQUE_TWIN_PARTS][LEVELS])
{
	for (size_t part = 0; part < CLAQUE_TWIN_PARTS; part++) {
		double all = 0;

		for (size_t l = 1; l < LEVELS; l++)
			all += counts[part][l];
		for (size_t l = 1; l < LEVELS; l++)
			w->ln_u[part][l] = log((counts[part][l] + 0.5) / (all + 0.5 * LEVELS));
	}
}

/* Pairs drawn at random are strangers: twins among them are one in tens of thousands. */
static void
meet_strangers(struct weights *w, const struct twin_pairs *p, uint64_t seed)
{
	const struct claque_dataset *ds = p->ds;
	struct rng rng = rng_seeded(seed);
	double counts[CLAQUE_TWIN_PARTS][LEVELS] = { { 0 } };

	for (size_t i = 0; i < STRANGERS; i++) {
		struct twin_pair pair = {
			.a = ds->by_rank[rng_below(&rng, ds->account_names.count)],
			.b = ds->by_rank[rng_below(&rng, ds->account_names.count)] };

		if (ds->accounts[pair.a].platform == ds->accounts[pair.b].platform)
			continue;
		twin_compare(p, &pair);
		for (size_t part = 0; part < CLAQUE_TWIN_PARTS; part++)
			counts[part][pair.level[part]]++;
	}
	take_rates(w, counts);
}

/*
 * Handles made of the name agree when the names do, twins or not. How often is
 * measured on one platform, where nobody is his own namesake; a platform gives
 * a handle once, so equal ones are counted with those that differ in digits.
 */
static void
meet_namesakes(struct weights *w, struct twin_pairs *p)
{
	double counts[LEVELS][LEVELS] = { { 0 } };

	for (size_t i = 0; i < p->namesake_count; i++) {
		struct twin_pair *pair = &p->namesakes[i];

		twin_compare(p, pair);
		if (pair->of_name)
			counts[pair->level[CLAQUE_TWIN_NAME]][pair->level[CLAQUE_TWIN_HANDLE]]++;
	}
	for (size_t name = 1; name < LEVELS; name++) {
		const double *c = counts[name];
		double all = c[1] + c[2] + c[3] + c[4] + 4;

		w->handle_of_name[name][1] = (c[1] + 2) / all;
		w->handle_of_name[name][2] = (c[2] + 1) / all;
		w->handle_of_name[name][3] = w->handle_of_name[name][4] = (c[3] + c[4] + 1) / all;
	}
}

/* --- weights */

static double
ln_u_of(const struct weights *w, const struct twin_pair *pair, size_t part)
{
	unsigned level = pair->level[part];
	double u;

	if (pair->rare[part])
		return (double)pair->ln_u[part];
	if (part != CLAQUE_TWIN_HANDLE || !pair->of_name)
		return w->ln_u[part][level];
	u = w->handle_of_name[pair->level[CLAQUE_TWIN_NAME]][level];
	return log(u) - (level == 4 ? fmin(pair->digits, 3) : 0);
}

static double
part_odds(const struct weights *w, const struct twin_pair *pair, size_t part)
{
	unsigned level = pair->level[part];
	double most = limits[part].most;

	if (level == 0)
		return 0;
	if (part == CLAQUE_TWIN_NAME && level == 2)
		most = NAME_DIFFERS;
	return cut_to(log(w->m[part][level]) - ln_u_of(w, pair, part), limits[part].least, most);
}

static double
pair_odds(const struct weights *w, const struct twin_pair *pair)
{
	double odds = logit(w->prior);

	for (size_t part = 0; part < CLAQUE_TWIN_PARTS; part++)
		odds += part_odds(w, pair, part);
	return odds;
}

/* The twins among the pairs as they are weighed now give the next weights. */
static void
reweigh(struct weights *w, const struct twin_pairs *p)
{
	double counts[CLAQUE_TWIN_PARTS][LEVELS] = { { 0 } }, twins = 0;

	for (size_t i = 0; i < p->count; i++) {
		double sure = logistic(p->items[i].odds);

		twins += sure;
		for (size_t part = 0; part < CLAQUE_TWIN_PARTS; part++)
			counts[part][p->items[i].level[part]] += sure;
	}
	for (size_t part = 0; part < CLAQUE_TWIN_PARTS; part++) {
		double all = 0;

		for (size_t l = 1; l < LEVELS; l++)
			all += counts[part][l];
		for (size_t l = 1; l < LEVELS; l++)
			w->m[part][l] = (counts[part][l] + WORTH * usual[part][l]) / (all + WORTH);
	}
	w->prior = (twins + 1) / (p->all + 2);
}

static bool
learn_weights(struct weights *w, struct twin_pairs *p, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "weighing twins", .total = ROUNDS };

	for (size_t part = 0; part < CLAQUE_TWIN_PARTS; part++)
		for (size_t l = 1; l < LEVELS; l++)
			w->m[part][l] = usual[part][l];
	w->prior = cut_to(0.01 * p->ds->account_names.count / p->all, 1e-12, 0.01);
	for (size_t round = 0; round < ROUNDS; round++) {
		for (size_t i = 0; i < p->count; i++)
			p->items[i].odds = pair_odds(w, &p->items[i]);
		if (!tick(&t, 1, 64 * p->count))
			return false;
		if (round + 1 < ROUNDS)
			reweigh(w, p);
	}
	return true;
}

/* --- one twin for everybody */

/* A pair that comes into question, in its component. */
struct rival {
	uint64_t platforms;		/* numbers of their names: others are no rivals */
	uint32_t component;
	uint32_t pair;
};

struct match {
	struct twin_pairs *p;
	struct rival *rivals;
	size_t count;
	uint32_t *root;			/* by account (union-find) */
	uint32_t *place;		/* by account: its row or column in the component */
	double *best;			/* by account: odds of its chosen pair */
	double *pressure;		/* by account: odds of its pairs that compete, together */
	uint32_t *suitors;		/* by account: such pairs */
	double *score;			/* by pair; 0: not chosen */
	uint32_t *rival_count;		/* by pair */
};

static uint32_t
find_root(uint32_t *root, uint32_t a)
{
	while (root[a] != a) {
		root[a] = root[root[a]];
		a = root[a];
	}
	return a;
}

static int
compare_rivals(const void *pa, const void *pb)
{
	const struct rival *a = pa, *b = pb;

	if (a->platforms != b->platforms)
		return a->platforms < b->platforms ? -1 : 1;
	if (a->component != b->component)
		return a->component < b->component ? -1 : 1;
	return (a->pair > b->pair) - (a->pair < b->pair);
}

static const struct twin_pair *
pair_of(const struct match *m, size_t i)
{
	return &m->p->items[m->rivals[i].pair];
}

static void
sort_rivals(struct rival *rivals, size_t count)
{
	if (count > 1)
		array_sort(rivals, count, sizeof(*rivals), compare_rivals);
}

static void
list_rivals(struct match *m)
{
	const struct account *accounts = m->p->ds->accounts;

	m->rivals = ARRAY_NEW(struct rival, m->p->count);
	for (uint32_t i = 0; i < m->p->count; i++) {
		const struct twin_pair *pair = &m->p->items[i];

		if (pair->odds > RIVAL_ODDS)
			m->rivals[m->count++] = (struct rival){
				(uint64_t)accounts[pair->a].platform << 32 |
				accounts[pair->b].platform, 0, i };
	}
	sort_rivals(m->rivals, m->count);
}

/* Of the rivals from..to, all of the same two platforms. */
static void
find_components(struct match *m, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		m->root[pair_of(m, i)->a] = pair_of(m, i)->a;
		m->root[pair_of(m, i)->b] = pair_of(m, i)->b;
	}
	for (size_t i = from; i < to; i++)
		m->root[find_root(m->root, pair_of(m, i)->a)] =
			find_root(m->root, pair_of(m, i)->b);
	for (size_t i = from; i < to; i++)
		m->rivals[i].component = find_root(m->root, pair_of(m, i)->a);
	sort_rivals(m->rivals + from, to - from);
}

static void
choose(struct match *m, size_t i)
{
	const struct twin_pair *pair = pair_of(m, i);

	m->score[m->rivals[i].pair] = 1;
	m->best[pair->a] = m->best[pair->b] = pair->odds;
}

/* Numbers the accounts of one side from 0 on; how many there are. */
static uint32_t
number_side(struct match *m, size_t from, size_t to, bool left)
{
	uint32_t count = 0;

	for (size_t i = from; i < to; i++)
		m->place[left ? pair_of(m, i)->a : pair_of(m, i)->b] = NOT_ASSIGNED;
	for (size_t i = from; i < to; i++) {
		uint32_t account = left ? pair_of(m, i)->a : pair_of(m, i)->b;

		if (m->place[account] == NOT_ASSIGNED)
			m->place[account] = count++;
	}
	return count;
}

static void
choose_best(struct match *m, size_t from, size_t to, uint32_t rows, uint32_t cols)
{
	double *gain = ARRAY_NEW(double, (size_t)rows * cols);
	uint32_t *column = ARRAY_NEW(uint32_t, rows);

	for (size_t i = from; i < to; i++)
		gain[(size_t)m->place[pair_of(m, i)->a] * cols + m->place[pair_of(m, i)->b]] =
			pair_of(m, i)->odds - RIVAL_ODDS;
	assign_best(gain, rows, cols, column);
	for (size_t i = from; i < to; i++)
		if (column[m->place[pair_of(m, i)->a]] == m->place[pair_of(m, i)->b])
			choose(m, i);
	array_free(gain);
	array_free(column);
}

struct ordered {
	double odds;
	size_t rival;
};

static int
compare_ordered(const void *pa, const void *pb)
{
	const struct ordered *a = pa, *b = pb;

	if (a->odds != b->odds)
		return a->odds > b->odds ? -1 : 1;
	return (a->rival > b->rival) - (a->rival < b->rival);
}

/* For a component too large for the cube of its size: the surest pair first. */
static void
choose_greedily(struct match *m, size_t from, size_t to)
{
	struct ordered *order = ARRAY_NEW(struct ordered, to - from);

	for (size_t i = from; i < to; i++)
		order[i - from] = (struct ordered){ pair_of(m, i)->odds, i };
	array_sort(order, to - from, sizeof(*order), compare_ordered);
	for (size_t k = 0; k < to - from; k++) {
		const struct twin_pair *pair = pair_of(m, order[k].rival);

		if (m->place[pair->a] == NOT_ASSIGNED || m->place[pair->b] == NOT_ASSIGNED)
			continue;
		m->place[pair->a] = m->place[pair->b] = NOT_ASSIGNED;
		choose(m, order[k].rival);
	}
	array_free(order);
}

/* A rival whose other account is taken elsewhere competes by so much less. */
static double
rivalry(const struct match *m, const struct twin_pair *rival, uint32_t other)
{
	double best = m->best[other];

	return exp(rival->odds) / (isinf(best) ? 1 : 1 + exp(best));
}

/* Sums by account, from which a pair takes itself off: linear in the rivals. */
static void
score_component(struct match *m, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct twin_pair *pair = pair_of(m, i);

		m->pressure[pair->a] += rivalry(m, pair, pair->b);
		m->pressure[pair->b] += rivalry(m, pair, pair->a);
		m->suitors[pair->a]++;
		m->suitors[pair->b]++;
	}
	for (size_t i = from; i < to; i++) {
		const struct twin_pair *pair = pair_of(m, i);
		uint32_t number = m->rivals[i].pair;
		double odds = exp(pair->odds), against;

		if (m->score[number] <= 0)
			continue;
		against = m->pressure[pair->a] - rivalry(m, pair, pair->b) +
			  m->pressure[pair->b] - rivalry(m, pair, pair->a);
		m->score[number] = odds / (1 + odds + fmax(against, 0));
		m->rival_count[number] = m->suitors[pair->a] + m->suitors[pair->b] - 2;
	}
}

static void
match_component(struct match *m, size_t from, size_t to)
{
	uint32_t rows = number_side(m, from, to, true);
	uint32_t cols = number_side(m, from, to, false);

	for (size_t i = from; i < to; i++) {
		const struct twin_pair *pair = pair_of(m, i);

		m->best[pair->a] = m->best[pair->b] = -HUGE_VAL;
		m->pressure[pair->a] = m->pressure[pair->b] = 0;
		m->suitors[pair->a] = m->suitors[pair->b] = 0;
	}
	if (rows + cols <= COMPONENT_MAX)
		choose_best(m, from, to, rows, cols);
	else
		choose_greedily(m, from, to);
	score_component(m, from, to);
}

static bool
match_all(struct match *m, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "matching twins" };

	list_rivals(m);
	t.total = m->count;
	for (size_t i = 0, j; i < m->count; i = j) {
		for (j = i; j < m->count && m->rivals[j].platforms == m->rivals[i].platforms;)
			j++;
		find_components(m, i, j);
	}
	for (size_t i = 0, j; i < m->count; i = j) {
		for (j = i; j < m->count && m->rivals[j].platforms == m->rivals[i].platforms &&
			    m->rivals[j].component == m->rivals[i].component;)
			j++;
		match_component(m, i, j);
		if (!tick(&t, j - i, 4096 * (j - i)))
			return false;
	}
	return true;
}

static void
match_init(struct match *m, struct twin_pairs *p)
{
	uint32_t accounts = p->ds->account_names.count;

	*m = (struct match){
		.p = p, .root = ARRAY_NEW(uint32_t, accounts),
		.place = ARRAY_NEW(uint32_t, accounts), .best = ARRAY_NEW(double, accounts),
		.pressure = ARRAY_NEW(double, accounts),
		.suitors = ARRAY_NEW(uint32_t, accounts),
		.score = ARRAY_NEW(double, p->count),
		.rival_count = ARRAY_NEW(uint32_t, p->count),
	};
}

static void
match_done(struct match *m)
{
	array_free(m->rivals);
	array_free(m->root);
	array_free(m->place);
	array_free(m->best);
	array_free(m->pressure);
	array_free(m->suitors);
	array_free(m->score);
	array_free(m->rival_count);
}

/* --- what the caller gets */

static void
put_text(struct claque_twin *twin)
{
#define X(id, name) name,
	static const char *const names[] = { CLAQUE_TWIN_LIST(X) };
#undef X
	size_t at = 0;

	for (size_t part = 0; part < CLAQUE_TWIN_PARTS && at < sizeof(twin->text); part++)
		if (twin->parts[part] != 0)
			at += (size_t)snprintf(twin->text + at, sizeof(twin->text) - at,
					       "%s%s %+.1f", at > 0 ? ", " : "", names[part],
					       twin->parts[part]);
	if (at < sizeof(twin->text))
		(void)snprintf(twin->text + at, sizeof(twin->text) - at, "; %u others in question",
			       twin->rivals);
}

static void
report(const struct match *m, const struct weights *w, double min_score, struct claque_twins *out)
{
	size_t cap = 0;

	out->compared = m->p->count;
	for (size_t i = 0; i < m->p->count; i++) {
		const struct twin_pair *pair = &m->p->items[i];
		struct claque_twin twin = { .account = pair->a, .twin = pair->b,
					    .score = m->score[i], .rivals = m->rival_count[i] };

		out->expected += logistic(pair->odds);
		if (m->score[i] <= 0 || m->score[i] < min_score)
			continue;
		for (size_t part = 0; part < CLAQUE_TWIN_PARTS; part++)
			twin.parts[part] = part_odds(w, pair, part);
		put_text(&twin);
		ARRAY_GROW(out->items, cap, out->count + 1);
		out->items[out->count++] = twin;
	}
}

struct placed {
	struct claque_twin twin;
	size_t place;			/* by ids */
};

static int
compare_placed(const void *pa, const void *pb)
{
	const struct placed *a = pa, *b = pb;

	if (a->twin.score != b->twin.score)
		return a->twin.score > b->twin.score ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

/* They come by ids. */
static void
sort_by_score(struct claque_twins *twins)
{
	struct placed *list = ARRAY_NEW(struct placed, twins->count);

	for (size_t i = 0; i < twins->count; i++)
		list[i] = (struct placed){ twins->items[i], i };
	if (twins->count > 1)
		array_sort(list, twins->count, sizeof(*list), compare_placed);
	for (size_t i = 0; i < twins->count; i++)
		twins->items[i] = list[i].twin;
	array_free(list);
}

static enum claque_rc
check(const struct claque_dataset *ds, const struct claque_twins_settings *settings,
      struct claque_err *err)
{
	if (!ds->sealed)
		return err_set(err, CLAQUE_EUSAGE, "the dataset is not sealed yet");
	if (!(settings->min_score >= 0 && settings->min_score <= 1))
		return err_set(err, CLAQUE_EUSAGE, "a least score of %g; give 0 to 1",
			       settings->min_score);
	return CLAQUE_OK;
}

enum claque_rc
claque_twins_find(const struct claque_dataset *ds, const struct claque_twins_settings *settings,
		  const struct claque_progress *progress, struct claque_twins *out,
		  struct claque_err *err)
{
	enum claque_rc rc = check(ds, settings, err);
	struct twin_pairs pairs;
	struct weights w = { .prior = 0 };
	struct match m;

	*out = (struct claque_twins){ 0 };
	if (rc != CLAQUE_OK)
		return rc;
	rc = twin_pairs_init(&pairs, ds, progress);
	if (rc == CLAQUE_OK && pairs.count > 0) {
		match_init(&m, &pairs);
		meet_strangers(&w, &pairs, settings->seed);
		meet_namesakes(&w, &pairs);
		if (learn_weights(&w, &pairs, progress) && match_all(&m, progress)) {
			report(&m, &w, settings->min_score, out);
			sort_by_score(out);
		} else {
			rc = CLAQUE_STOPPED;
		}
		match_done(&m);
	}
	twin_pairs_done(&pairs);
	return rc;
}

void
claque_twins_done(struct claque_twins *twins)
{
	array_free(twins->items);
	*twins = (struct claque_twins){ 0 };
}
