/*
 * signal_hours.c - office hours of another part of the world than the declared
 * one (S5).
 *
 * No zone and no place is built in. Accounts that declare the same place, word
 * for word, are each other's measure: the hours at which the others post (the
 * account itself left out) are those of the place. Two explanations of an
 * account's active hours are weighed:
 *
 *   people   they post when their neighbours do, or at any hour alike or at one
 *            hour of the day, as programs do, or they have a habit of nine hours
 *            of their own, the likelier the more those hours are ones at which
 *            neighbours are awake;
 *   a crew   posts in one block of nine hours, any of 24, with or without a
 *            break for lunch and quiet weekends of that block's zone.
 *
 * The value is log10 of how much better the crew explains them. As both have
 * the blocks, a local office worker and a night owl gain nothing from keeping
 * office hours: what remains is that the block lies where neighbours sleep. All
 * 24 blocks count alike, which is the price for having looked at all of them.
 * Hours come from a Dirichlet-multinomial whose spread between people is
 * measured on the file, so that a thousand posts prove no more than fifty; and
 * an hour of a day counts once, however many posts fell into it.
 *
 * Who declares no place has nothing to be measured against and is not judged:
 * neither counted for nor against anybody. Who declares one that hardly anybody
 * else does may live anywhere: neighbours are then all zones that the file shows,
 * and, to a part, all others. Such an account is hardly ever told apart, and
 * should not be.
 *
 * As crews declare places, too, they bend their neighbours' profile: the
 * accounts that look like one after a round count less in the next.
 */
#include "config.h"

#include "engine/signal.h"

#include <math.h>

#include "base/array.h"
#include "engine/rhythm.h"
#include "engine/tick.h"

enum {
	ROUNDS = 3,
	SAMPLE = 1000,		/* accounts from which the spread is measured */
	TROUGH = 5,		/* hours that are taken for the night */
	PART_MAX = 120,		/* bytes of a declared place that are compared */
};

/* Who does as neighbours do; programs; all others have a block of their own. */
#define LIKE_NEIGHBOURS 0.45
#define PROGRAMS 0.05
/* How much people prefer a block in which neighbours are awake; its least share. */
#define AWAKE_POWER 6.0
#define BLOCK_LEAST 0.002
/* Of those who may live anywhere, in a zone that the file does not show. */
#define ELSEWHERE 0.3
/* Neighbours needed to be believed half. */
#define NEIGHBOURS_HALF 8.0

struct profile {
	double sum[HOURS], weight;
};

struct clock_face {
	const struct claque_dataset *ds;
	double least;		/* active hours needed */
	struct map places;
	struct profile *profiles;	/* by place */
	uint32_t *place[2];	/* by account: as declared, and what stands after its last comma */
	double *trust;		/* by account: 1, less the more like a crew; 0 not measured */
	double zone[HOURS];	/* by the hour its night starts: how many live there */
	double shape[HOURS];	/* of a day whose night starts at 0 */
	double anywhere[HOURS];	/* by block: who chooses it, wherever they live */
	struct rhythm_tables tables;
};

/* --- reading */

/* Lower case, letters and digits; everything else is one space between them. */
static struct claque_str
normalise(struct claque_str s, char room[PART_MAX])
{
	size_t n = 0;
	bool gap = false;

	for (size_t i = 0; i < s.len && n + 2 < PART_MAX; i++) {
		char c = byte_lower(s.p[i]);

		if (!byte_is_alpha(c) && !byte_is_digit(c) && (unsigned char)c < 0x80) {
			gap = n > 0;
			continue;
		}
		if (gap)
			room[n++] = ' ';
		gap = false;
		room[n++] = c;
	}
	return (struct claque_str){ room, n };
}

static struct claque_str
after_comma(struct claque_str s)
{
	for (size_t i = s.len; i > 0; i--)
		if (s.p[i - 1] == ',')
			return str_sub(s, i, s.len);
	return s;
}

static uint32_t
place_number(struct clock_face *f, struct claque_str declared)
{
	char room[PART_MAX];
	struct claque_str key = normalise(declared, room);

	return key.len == 0 ? MAP_NONE : map_add(&f->places, key, NULL);
}

static void
read_places(struct clock_face *f)
{
	uint32_t accounts = f->ds->account_names.count;

	f->place[0] = ARRAY_NEW(uint32_t, accounts);
	f->place[1] = ARRAY_NEW(uint32_t, accounts);
	for (uint32_t a = 0; a < accounts; a++) {
		struct claque_str declared = dataset_string(f->ds, f->ds->accounts[a].location);

		f->place[0][a] = place_number(f, declared);
		f->place[1][a] = place_number(f, after_comma(declared));
	}
	f->profiles = ARRAY_NEW(struct profile, f->places.count);
}

/* --- profiles */

static void
add_to(struct profile *p, const struct rhythm *r, double weight)
{
	for (int h = 0; h < HOURS; h++)
		p->sum[h] += weight * r->day[h] / r->n;
	p->weight += weight;
}

static void
add_account(struct clock_face *f, uint32_t account, const struct rhythm *r)
{
	uint32_t full = f->place[0][account], tail = f->place[1][account];

	if (full != MAP_NONE)
		add_to(&f->profiles[full], r, f->trust[account]);
	if (tail != MAP_NONE && tail != full)
		add_to(&f->profiles[tail], r, f->trust[account]);
	for (int b = 0; b < HOURS; b++)
		f->tables.weekend[b] += f->trust[account] * rhythm_weekend(r, b) / r->n;
}

static bool
add_accounts(struct clock_face *f, struct ticker *t)
{
	double known = 0;

	for (uint32_t p = 0; p < f->places.count; p++)
		f->profiles[p] = (struct profile){ .weight = 0 };
	for (int b = 0; b < HOURS; b++)
		f->tables.weekend[b] = 0;
	/* By id: sums must not depend on the order of the input. */
	for (uint32_t rank = 0; rank < f->ds->account_names.count; rank++) {
		uint32_t a = f->ds->by_rank[rank];
		struct rhythm rhythm;

		if (f->trust[a] <= 0)
			continue;
		rhythm_read(f->ds, a, &rhythm);
		add_account(f, a, &rhythm);
		known += f->trust[a];
		if (!tick(t, 1, 400 + rhythm.n))
			return false;
	}
	for (int b = 0; b < HOURS; b++)
		f->tables.weekend[b] = (f->tables.weekend[b] + 2.0 / 7) / (known + 1);
	return true;
}

/* The hour at which the quietest TROUGH hours start. */
static int
night_start(const double day[HOURS])
{
	double least = HUGE_VAL;
	int start = 0;

	for (int s = 0; s < HOURS; s++) {
		double sum = 0;

		for (int h = 0; h < TROUGH; h++)
			sum += day[(s + h) % HOURS];
		if (sum < least) {
			least = sum;
			start = s;
		}
	}
	return start;
}

static void
lay_over(struct clock_face *f, const struct profile *p)
{
	int night = night_start(p->sum);

	f->zone[night] += p->weight;
	for (int h = 0; h < HOURS; h++)
		f->shape[h] += p->sum[(night + h) % HOURS];
}

/* How people who have a block of their own choose it, by the day of their neighbours. */
static void
share_blocks(const double day[HOURS], double out[HOURS])
{
	double sum = 0;

	for (int b = 0; b < HOURS; b++) {
		double awake = 0;

		for (int h = 0; h < BLOCK; h++)
			awake += day[(b + h) % HOURS];
		out[b] = pow(awake, AWAKE_POWER);
		sum += out[b];
	}
	for (int b = 0; b < HOURS; b++)
		out[b] = (1 - HOURS * BLOCK_LEAST) * out[b] / sum + BLOCK_LEAST;
}

/* The same if they may live anywhere. */
static void
share_blocks_anywhere(struct clock_face *f)
{
	for (int b = 0; b < HOURS; b++)
		f->anywhere[b] = 0;
	for (int night = 0; night < HOURS; night++) {
		double day[HOURS], block[HOURS];

		for (int h = 0; h < HOURS; h++)
			day[(night + h) % HOURS] = f->shape[h];
		share_blocks(day, block);
		for (int b = 0; b < HOURS; b++)
			f->anywhere[b] += f->zone[night] * block[b];
	}
}

/* Where the file's accounts live, and what a day looks like there. */
static void
find_zones(struct clock_face *f)
{
	double total = 0;

	for (int h = 0; h < HOURS; h++)
		f->zone[h] = f->shape[h] = 0;
	for (uint32_t p = 0; p < f->places.count; p++)
		if (f->profiles[p].weight >= NEIGHBOURS_HALF)
			lay_over(f, &f->profiles[p]);
	for (int h = 0; h < HOURS; h++)
		total += f->zone[h];
	for (int h = 0; h < HOURS; h++) {
		f->zone[h] = (1 - ELSEWHERE) * (total > 0 ? f->zone[h] / total : 1.0 / HOURS) +
			     ELSEWHERE / HOURS;
		f->shape[h] = (f->shape[h] + 1.0 / HOURS) / (total + 1);
	}
	share_blocks_anywhere(f);
}

/* --- weighing */

/* An account's neighbours without itself; how many, 0 if too few. */
static double
neighbours(const struct clock_face *f, uint32_t account, const struct rhythm *r,
	   double day[HOURS])
{
	for (int i = 0; i < 2; i++) {
		uint32_t place = f->place[i][account];
		struct profile p;

		if (place == MAP_NONE)
			continue;
		p = f->profiles[place];
		add_to(&p, r, -f->trust[account]);
		if (p.weight < NEIGHBOURS_HALF)
			continue;
		for (int h = 0; h < HOURS; h++)
			day[h] = (fmax(p.sum[h], 0) + 1.0 / HOURS) / (p.weight + 1);
		return p.weight;
	}
	return 0;
}

/* ln of the people's side, of those who live where the day looks like this. */
struct people {
	double like;		/* ln: they do as their neighbours do */
	double block[HOURS];	/* how they choose a block of their own */
};

static struct people
people_anywhere(const struct clock_face *f, const struct rhythm *r)
{
	struct people all = { .like = -HUGE_VAL };

	memcpy(all.block, f->anywhere, sizeof(all.block));
	for (int night = 0; night < HOURS; night++)
		all.like = ln_add(all.like, log(f->zone[night]) +
				  rhythm_shape(&f->tables, r, night));
	return all;
}

static struct people
people_around(const struct clock_face *f, uint32_t account, const struct rhythm *r)
{
	struct people all = people_anywhere(f, r);
	double day[HOURS], block[HOURS];
	double count = neighbours(f, account, r, day);
	double sure = count / (count + NEIGHBOURS_HALF);

	if (count <= 0)
		return all;
	share_blocks(day, block);
	for (int b = 0; b < HOURS; b++)
		all.block[b] += sure * (block[b] - all.block[b]);
	all.like = ln_add(log(sure) + rhythm_day(r, day, f->tables.spread),
			  log1p(-sure) + all.like);
	return all;
}

/* ln of how much better a crew explains the hours; its best block. */
static double
weigh(const struct clock_face *f, uint32_t account, const struct rhythm *r, int *best)
{
	struct people people = people_around(f, account, r);
	double crew = -HUGE_VAL, habit = -HUGE_VAL, most = -HUGE_VAL, usual;

	for (int b = 0; b < HOURS; b++) {
		double ln = rhythm_block(&f->tables, r, b) + rhythm_quiet(&f->tables, r, b);

		crew = ln_add(crew, ln - log(HOURS));
		habit = ln_add(habit, ln + log(people.block[b]));
		if (ln - log(people.block[b]) > most) {
			most = ln - log(people.block[b]);
			*best = b;
		}
	}
	usual = ln_add(log(LIKE_NEIGHBOURS) + people.like,
		       log(PROGRAMS) + rhythm_program(&f->tables, r));
	return crew - ln_add(usual, log(1 - LIKE_NEIGHBOURS - PROGRAMS) + habit);
}

/* --- the spread of people around their neighbours */

static double
ln_file(const struct clock_face *f, double spread)
{
	uint32_t accounts = f->ds->account_names.count, step = accounts / SAMPLE + 1;
	double sum = 0;

	for (uint32_t r = 0; r < accounts; r += step) {
		uint32_t a = f->ds->by_rank[r];
		struct rhythm rhythm;
		double day[HOURS];

		if (f->trust[a] <= 0)
			continue;
		rhythm_read(f->ds, a, &rhythm);
		if (neighbours(f, a, &rhythm, day) > 0)
			sum += f->trust[a] * rhythm_day(&rhythm, day, spread);
	}
	return sum;
}

/* The likeliest of a few; the widest where nobody has neighbours. */
static void
find_spread(struct clock_face *f)
{
	static const double spreads[] = { 6, 10, 16, 25, 40, 64 };
	double most = -HUGE_VAL;

	for (size_t i = 0; i < sizeof(spreads) / sizeof(spreads[0]); i++) {
		double ln = ln_file(f, spreads[i]);

		if (ln > most) {
			most = ln;
			f->tables.spread = spreads[i];
		}
	}
}

/* --- the signal */

/* The first post in the block: what an analyst looks at first. */
static uint32_t
example(const struct claque_dataset *ds, uint32_t account, int block)
{
	for (uint64_t i = ds->post_from[account]; i < ds->post_from[account + 1]; i++) {
		int64_t slot = floor_div(ds->posts[i].at, HOUR_MS);

		if (ds->posts[i].at != CLAQUE_NO_TIME &&
		    (slot - block - HOURS * floor_div(slot - block, HOURS)) < BLOCK)
			return ds->posts[i].row;
	}
	return CLAQUE_NO_ROW;
}

static bool
weigh_all(struct clock_face *f, struct ticker *t, struct claque_trait *out)
{
	for (uint32_t a = 0; a < f->ds->account_names.count; a++) {
		struct rhythm rhythm;
		double ln;
		int best = 0;

		if (f->trust[a] <= 0)
			continue;
		rhythm_read(f->ds, a, &rhythm);
		ln = weigh(f, a, &rhythm, &best);
		out[a].value = ln / M_LN10;
		out[a].n = rhythm.n;
		out[a].row = example(f->ds, a, best);
		if (!tick(t, 1, 4000 + rhythm.n))
			return false;
	}
	return true;
}

static void
trust_again(struct clock_face *f, const struct claque_trait *out)
{
	for (uint32_t a = 0; a < f->ds->account_names.count; a++)
		if (f->trust[a] > 0)
			f->trust[a] = 1 / (1 + pow(10, out[a].value));
}

static uint32_t
choose_accounts(struct clock_face *f)
{
	uint32_t accounts = f->ds->account_names.count, chosen = 0;

	f->trust = ARRAY_NEW(double, accounts);
	for (uint32_t a = 0; a < accounts; a++) {
		struct rhythm rhythm;

		if (f->place[0][a] == MAP_NONE)
			continue;
		rhythm_read(f->ds, a, &rhythm);
		f->trust[a] = rhythm.n >= f->least;
		chosen += rhythm.n >= f->least;
	}
	return chosen;
}

/* The mean of an account's place, or of the file where few declare it. */
static void
expect(const struct clock_face *f, struct claque_trait *out)
{
	struct profile *mean = ARRAY_NEW(struct profile, (size_t)f->places.count + 1), *all;

	all = &mean[f->places.count];
	for (uint32_t rank = 0; rank < f->ds->account_names.count; rank++) {
		uint32_t a = f->ds->by_rank[rank], place = f->place[0][a];

		if (f->trust[a] <= 0)
			continue;
		all->sum[0] += out[a].value;
		all->weight++;
		mean[place].sum[0] += out[a].value;
		mean[place].weight++;
	}
	for (uint32_t a = 0; a < f->ds->account_names.count; a++) {
		const struct profile *m;

		if (f->trust[a] <= 0)
			continue;
		m = &mean[f->place[0][a]];
		m = m->weight > NEIGHBOURS_HALF ? m : all;
		out[a].expected = m->sum[0] / m->weight;
	}
	array_free(mean);
}

static enum claque_rc
run_rounds(struct clock_face *f, struct ticker *t, struct claque_trait *out)
{
	for (int round = 0; round < ROUNDS; round++) {
		if (!add_accounts(f, t))
			return CLAQUE_STOPPED;
		find_zones(f);
		find_spread(f);
		rhythm_tables_fill(&f->tables, f->tables.spread, f->shape);
		if (!weigh_all(f, t, out))
			return CLAQUE_STOPPED;
		trust_again(f, out);
	}
	expect(f, out);
	return CLAQUE_OK;
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	struct ticker t = { .progress = progress, .stage = "comparing hours" };
	struct clock_face *f = ARRAY_NEW(struct clock_face, 1);
	enum claque_rc rc = CLAQUE_OK;

	(void)err;
	f->ds = w->ds;
	f->least = params[0];
	map_init(&f->places);
	read_places(f);
	t.total = 2 * ROUNDS * (uint64_t)choose_accounts(f);
	if (t.total > 0)
		rc = run_rounds(f, &t, out);
	map_done(&f->places);
	array_free(f->profiles);
	array_free(f->place[0]);
	array_free(f->place[1]);
	array_free(f->trust);
	array_free(f);
	return rc;
}

const struct signal signal_hours = {
	.info = {
		.id = "S5", .name = "office-hours",
		.help = "active at the office hours of another part of the world than the declared "
			"one",
		.source = "Meta, Adversarial Threat Report, Second Quarter 2023 (office hours "
			  "and lunch breaks of Spamouflage); the weighing is claque's own",
		.unit = "log10 of a likelihood ratio", .needs = "post times; declared places",
		.cost = "O(posts)",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_TIME,
		.shape = CLAQUE_ACCOUNTS,
		.params = {
			{ "least", "hours", "active hours that an account must have", 5, 1000, 15 },
		},
		.param_count = 1,
	},
	.measure = measure,
	.model = {
		.bins = 5, .cuts = { -1.5, -0.5, 0.1, 0.5 },
		.operation = { 0.2, 0.15, 0.25, 0.15, 0.25 },
		.share = 0.5, .worth = 4, .open_worth = 20,
		.member_cap = 1.5, .absence_cap = 0.05, .group_cap = 2.995732273553991,
	},
	.whom = " that declare a place",
	.says = "are active at office hours of another part of the world than they declare",
};
