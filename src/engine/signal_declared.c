/*
 * signal_declared.c - people who say that they belong together (O4): fans with
 * their star's name in the handle, volunteers who name their cause, newsrooms
 * of one house. What is hidden, an operation does not write on its own
 * profiles; what is written there by most of those who act together, hardly
 * anybody else in the file has, and is an open declaration.
 *
 * A profile is read as features: words of name and bio, and every run of five
 * letters in the handle, so that "lumixfan" and "rustylumix" meet. Of each
 * feature the file tells how common it is; what counts is the feature that
 * the largest share of an account's partners has, if chance does not explain
 * it. Invented personas share a country or a creed, which many others in the
 * file write, too.
 */
#include "config.h"

#include "engine/signal.h"

#include <math.h>

#include "base/array.h"
#include "engine/null.h"
#include "engine/partners.h"
#include "engine/tick.h"

enum { FEATURES_MAX = 48, RUN = 5, WORD_MIN = 4, SHARERS_MOST = 250 };
/* Fewer partners than this say nothing; more than so many are not asked. */
enum { PARTNERS_MIN = 5, PARTNERS_ASKED = 60 };
/* A feature of more than this share of all accounts declares nothing. */
#define COMMON 0.05
/* A share of partners must be so unlikely by chance, all features considered. */
#define LN_ODD (-9.210340371976182)	/* ln 0.0001 */

struct profiles {
	uint32_t *features;	/* of rank r: features[from[r] .. from[r + 1]], rising */
	size_t cap;
	uint64_t *from;
	struct map known;	/* 8 bytes of a feature's hash, to its number */
	uint32_t *holders;	/* by that number */
	size_t holders_cap;
};

static int
compare_numbers(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

struct reading {
	uint64_t list[FEATURES_MAX];
	size_t count;
};

static void
add_feature(struct reading *r, uint64_t hash)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->list[i] == hash)
			return;
	if (r->count < FEATURES_MAX)
		r->list[r->count++] = hash;
}

static bool
is_letter(char c)
{
	return byte_is_alpha(c) || (unsigned char)c >= 0x80;
}

static void
read_words(struct reading *r, struct claque_str s)
{
	uint64_t hash = 0;
	size_t letters = 0;

	for (size_t i = 0; i <= s.len; i++) {
		if (i < s.len && is_letter(s.p[i])) {
			hash = hash_mix(hash, (unsigned char)byte_lower(s.p[i]));
			letters++;
			continue;
		}
		if (letters >= WORD_MIN)
			add_feature(r, hash);
		hash = letters = 0;
	}
}

/* Runs of letters; what stands between them is skipped, digits part them. */
static void
read_runs(struct reading *r, struct claque_str s)
{
	char run[RUN];
	size_t letters = 0;

	for (size_t i = 0; i < s.len; i++) {
		uint64_t hash = 0;

		if (!is_letter(s.p[i])) {
			letters = 0;
			continue;
		}
		if (letters == RUN)
			memmove(run, run + 1, RUN - 1);
		letters += letters < RUN;
		run[letters - 1] = byte_lower(s.p[i]);
		for (size_t k = 0; k < RUN && letters == RUN; k++)
			hash = hash_mix(hash, (unsigned char)run[k]);
		if (letters == RUN)
			add_feature(r, hash_mix(hash, RUN));
	}
}

static void
read_profile(struct profiles *p, const struct claque_dataset *ds, uint32_t rank)
{
	const struct account *a = &ds->accounts[ds->by_rank[rank]];
	struct reading r = { .count = 0 };
	uint64_t at = p->from[rank];

	read_runs(&r, dataset_string(ds, a->handle));
	read_runs(&r, dataset_string(ds, a->name));
	read_words(&r, dataset_string(ds, a->name));
	read_words(&r, dataset_string(ds, a->bio));
	ARRAY_GROW(p->features, p->cap, at + r.count + 1);
	for (size_t i = 0; i < r.count; i++) {
		struct claque_str key = { (const char *)&r.list[i], sizeof(r.list[i]) };
		bool is_new;
		uint32_t number = map_add(&p->known, key, &is_new);

		ARRAY_GROW(p->holders, p->holders_cap, (size_t)number + 1);
		if (is_new)
			p->holders[number] = 0;
		p->holders[number]++;
		p->features[at + i] = number;
	}
	array_sort(p->features + at, r.count, sizeof(*p->features), compare_numbers);
	p->from[rank + 1] = at + r.count;
}

/* counts[i] grows for each of the features mine[i] that the other has; both are rising. */
static void
count_common(const struct profiles *p, const uint32_t *mine, size_t count, uint32_t other,
	     uint32_t counts[FEATURES_MAX])
{
	const uint32_t *theirs = p->features + p->from[other];
	const uint32_t *end = p->features + p->from[other + 1];

	for (size_t i = 0; i < count && theirs < end;) {
		if (mine[i] == *theirs)
			counts[i]++;
		if (mine[i] <= *theirs)
			i++;
		else
			theirs++;
	}
}

/* The largest share of partners that have one of its features against chance; 0 for none. */
static double
declared_share(const struct profiles *p, uint32_t rank, uint32_t accounts,
	       const struct partner *partners, uint32_t count)
{
	const uint32_t *mine = p->features + p->from[rank];
	size_t features = (size_t)(p->from[rank + 1] - p->from[rank]);
	uint32_t holders[FEATURES_MAX] = { 0 };
	double most = 0;

	for (uint32_t i = 0; i < count; i++)
		count_common(p, mine, features, partners[i].account, holders);
	for (size_t f = 0; f < features; f++) {
		double rate = (double)p->holders[mine[f]] / (double)accounts;
		double share = (double)holders[f] / (double)count;

		if (rate <= COMMON && share > most &&
		    null_binomial_tail(count, rate, holders[f]) + log((double)features) < LN_ODD)
			most = share;
	}
	return most;
}

static void
profiles_init(struct profiles *p, const struct claque_dataset *ds)
{
	*p = (struct profiles){ 0 };
	p->from = ARRAY_NEW(uint64_t, (size_t)ds->account_names.count + 1);
	map_init(&p->known);
	ARRAY_GROW(p->features, p->cap, 1);
	for (uint32_t r = 0; r < ds->account_names.count; r++)
		read_profile(p, ds, r);
}

static void
profiles_done(struct profiles *p)
{
	array_free(p->features);
	array_free(p->from);
	array_free(p->holders);
	map_done(&p->known);
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	uint32_t accounts = w->ds->account_names.count;
	struct ticker t = { .progress = progress, .stage = "reading profiles", .total = accounts };
	enum claque_rc rc = CLAQUE_OK;
	struct profiles profiles;
	struct partners partners;

	(void)params;
	(void)err;
	profiles_init(&profiles, w->ds);
	partners_init(&partners, &w->source, accounts, SHARERS_MOST);
	for (uint32_t r = 0; r < accounts && rc == CLAQUE_OK; r++) {
		struct partner met[PARTNERS_MAX];
		uint64_t visited = 0;
		uint32_t count = 0;

		if (profiles.from[r + 1] > profiles.from[r])
			count = partners_of(&partners, r, met, &visited);
		count = count < PARTNERS_ASKED ? count : PARTNERS_ASKED;
		if (count >= PARTNERS_MIN) {
			struct claque_trait *to = &out[w->ds->by_rank[r]];

			to->value = declared_share(&profiles, r, accounts, met, count);
			to->expected = 0;
			to->n = count;
		}
		if (!tick(&t, 1, visited + 64 * (uint64_t)count))
			rc = CLAQUE_STOPPED;
	}
	partners_done(&partners);
	profiles_done(&profiles);
	return rc;
}

const struct signal signal_declared = {
	.info = {
		.id = "O4", .name = "self-declared",
		.help = "profiles that name what those who act together have in common",
		.source = "Meta, Coordinated Inauthentic Behavior policy, 2018: what is declared "
			  "is not deceptive",
		.unit = "share of partners",
		.needs = "handle, display_name or bio; shared sources", .cost = "O(shares)",
		.axis = CLAQUE_OVERTNESS, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
	},
	.needs = WORKING_SOURCE,
	.measure = measure,
	.model = {
		.bins = 3, .cuts = { 0.15, 0.4 }, .operation = { 0.93, 0.05, 0.02 }, .share = 1,
		.worth = 20, .open_worth = 10, .member_cap = 2, .group_cap = 2.995732273553991,
	},
	.says = "name on their profile what most of those who do the same have there, too",
};
