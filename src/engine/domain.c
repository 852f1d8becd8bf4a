/*
 * domain.c - imitation, sister site or chance: the three are weighed for each
 * site against the better established one that it is most likely an imitation
 * of. Two rounds: whom the names accuse in the first says in the second who
 * links imitations, and readers of one are tell-tale for another.
 */
#include "config.h"

#include "claque/domain.h"

#include <math.h>
#include <stdio.h>

#include "base/array.h"
#include "base/err.h"
#include "engine/close.h"
#include "engine/null.h"
#include "engine/odds.h"
#include "engine/tick.h"

enum { IMITATION, SISTER, CHANCE, WHY_COUNT };

#define PRIOR_IMITATION 0.01
#define PRIOR_SISTER 0.02
#define USE_CAP 2.3		/* ln 10: what any one habit of linking may say */
enum { TARGETS_USUAL = 2000, TARGETS_MAX = 100000, PEERS_MIN = 10 };

/*
 * Forms of imitations of outlets, and of the sister sites of large outlets;
 * and the suffixes of the former, by whether the name itself was altered.
 * Estimated from reading the domains published in September 2022, not counted.
 */
static const double form[CLAQUE_CLOSE_COUNT][2] = {
	[CLAQUE_CLOSE_SAME_NAME] = { 0.40, 0.55 },
	[CLAQUE_CLOSE_CONFUSABLE] = { 0.10, 0.005 },
	[CLAQUE_CLOSE_HYPHEN] = { 0.05, 0.05 },
	[CLAQUE_CLOSE_SLIP] = { 0.20, 0.02 },
	[CLAQUE_CLOSE_AFFIX] = { 0.17, 0.30 },
	[CLAQUE_CLOSE_EMBEDDED] = { 0.05, 0.005 },
	[CLAQUE_CLOSE_SUBDOMAIN] = { 0.03, 0.07 },
};
static const double suffix_kept[SUFFIX_CLASS_COUNT] = { 0.10, 0.15, 0.75 };
static const double suffix_altered[SUFFIX_CLASS_COUNT] = { 0.45, 0.15, 0.40 };

struct verdict {
	const struct site *target;	/* NULL: close to nothing */
	struct close close;
	double ln_chance;		/* of such a name */
	double usual_suffix;		/* share of other sites with this one's suffix */
	double use;			/* ln odds from how it is linked */
	double score;
	double p_span, p_pages, p_company;	/* 1: not known */
};

struct search {
	const struct claque_look_alike_settings *settings;
	struct sites sites;
	struct spelling *spelling;
	bool *given;			/* by site: the caller's list has it */
	uint32_t *targets;		/* numbers of sites, best established first */
	size_t target_count;
	struct verdict *verdicts;	/* by site */
	struct map suffixes;
	uint32_t *suffix_sites;		/* by number in suffixes: sites close to nothing */
	double *suffix_suspects;	/* likewise: probable imitations */
	uint32_t class_sites[SUFFIX_CLASS_COUNT], class_suffixes[SUFFIX_CLASS_COUNT];
	double class_suspects[SUFFIX_CLASS_COUNT];
	double *suspects;		/* by account: probable imitations that it linked */
};

const char *
claque_close_text(enum claque_close close)
{
#define X(id, help) help,
	static const char *const texts[] = { CLAQUE_CLOSE_LIST(X) };
#undef X
	return texts[close];
}

struct claque_look_alike_settings
claque_look_alike_defaults(void)
{
	return (struct claque_look_alike_settings){ .min_score = 0.5,
						    .max_targets = TARGETS_USUAL };
}

/* --- who may be imitated, and by whom */

struct standing {
	double value;
	struct claque_str name;
	uint32_t site;
};

static int
compare_standings(const void *pa, const void *pb)
{
	const struct standing *a = pa, *b = pb;

	if (a->value != b->value)
		return a->value > b->value ? -1 : 1;
	return str_cmp(a->name, b->name);
}

/* Targets that the caller names stand above all that the file knows. */
static void
pick_targets(struct search *s)
{
	struct standing *all = ARRAY_NEW(struct standing, s->sites.count);

	for (uint32_t i = 0; i < s->sites.count; i++)
		all[i] = (struct standing){
			.value = s->given[i] ? HUGE_VAL : site_standing(&s->sites.items[i]),
			.name = s->sites.items[i].host.text, .site = i };
	if (s->sites.count > 1)
		array_sort(all, s->sites.count, sizeof(*all), compare_standings);
	s->targets = ARRAY_NEW(uint32_t, s->sites.count);
	for (size_t i = 0; i < s->sites.count; i++)
		if (isinf(all[i].value) || s->target_count < s->settings->max_targets)
			s->targets[s->target_count++] = all[i].site;
	array_free(all);
}

static double
ln_form(enum claque_close close, int why)
{
	return log(form[close][why]);
}

/* The closest by what an imitation would be rather than chance; targets come best first. */
static void
find_target(struct search *s, uint32_t number)
{
	const struct site *site = &s->sites.items[number];
	struct verdict *v = &s->verdicts[number];
	double best = -HUGE_VAL;

	for (size_t i = 0; i < s->target_count && s->targets[i] != number && !s->given[number];
	     i++) {
		const struct site *target = &s->sites.items[s->targets[i]];
		struct close close;
		double chance, gain;

		if (!close_find(&site->host, &target->host, &close))
			continue;
		chance = close_chance(s->spelling, &target->host, close);
		gain = ln_form(close.how, IMITATION) - chance;
		if (gain <= best)
			continue;
		best = gain;
		v->target = target;
		v->close = close;
		v->ln_chance = chance;
	}
}

/* Twenty imitations of one name must not make it a common one. */
static void
relearn_spelling(struct search *s)
{
	bool *imitates = ARRAY_NEW(bool, s->sites.count);

	for (size_t i = 0; i < s->sites.count; i++)
		imitates[i] = s->verdicts[i].target != NULL;
	spelling_learn(s->spelling, &s->sites, imitates);
	for (size_t i = 0; i < s->sites.count; i++) {
		struct verdict *v = &s->verdicts[i];

		if (v->target != NULL)
			v->ln_chance = close_chance(s->spelling, &v->target->host, v->close);
	}
	array_free(imitates);
}

/* --- how usual the suffix is */

static void
count_suffixes(struct search *s)
{
	map_init(&s->suffixes);
	s->suffix_sites = ARRAY_NEW(uint32_t, s->sites.count);
	s->suffix_suspects = ARRAY_NEW(double, s->sites.count);
	for (size_t i = 0; i < s->sites.count; i++) {
		const struct host *h = &s->sites.items[i].host;
		bool is_new;
		uint32_t n = map_add(&s->suffixes, h->suffix, &is_new);

		s->class_suffixes[h->class] += is_new;
		if (s->verdicts[i].target != NULL || s->sites.items[i].links == 0)
			continue;
		s->suffix_sites[n]++;
		s->class_sites[h->class]++;
	}
}

static double
share_of_class(const struct search *s, enum suffix_class class)
{
	double all = 0;

	for (size_t c = 0; c < SUFFIX_CLASS_COUNT; c++)
		all += s->class_sites[c];
	return (s->class_sites[class] + 0.5) / (all + 0.5 * SUFFIX_CLASS_COUNT);
}

/* Within its class, among sites that imitate nothing; twenty suffixes more are thought of. */
static double
share_in_class(const struct search *s, const struct host *h)
{
	double own = s->suffix_sites[map_get(&s->suffixes, h->suffix)];

	return (own + 1) / (s->class_sites[h->class] + s->class_suffixes[h->class] + 20.0);
}

/* Likewise among imitations, but for this one. */
static double
share_among_suspects(const struct search *s, uint32_t number)
{
	const struct host *h = &s->sites.items[number].host;
	double self = s->verdicts[number].score;
	double own = s->suffix_suspects[map_get(&s->suffixes, h->suffix)] - self;

	return (own + 1) / (s->class_suspects[h->class] - self + s->class_suffixes[h->class] + 20);
}

/* Under com and its like an imitation is as anybody is. */
static double
ln_suffix_imitation(const struct search *s, uint32_t number)
{
	const struct host *h = &s->sites.items[number].host;
	enum claque_close how = s->verdicts[number].close.how;
	bool altered = how != CLAQUE_CLOSE_SAME_NAME && how != CLAQUE_CLOSE_HYPHEN;
	double in_class = h->class == SUFFIX_LEGACY ? share_in_class(s, h)
						    : share_among_suspects(s, number);

	return log((altered ? suffix_altered : suffix_kept)[h->class] * in_class);
}

static void
count_suspect_suffixes(struct search *s)
{
	for (size_t i = 0; i < s->sites.count; i++) {
		const struct host *h = &s->sites.items[i].host;

		s->suffix_suspects[map_get(&s->suffixes, h->suffix)] += s->verdicts[i].score;
		s->class_suspects[h->class] += s->verdicts[i].score;
	}
}

/* --- how it is linked */

/* Chance that n links at random times lie within this part of the period. */
static double
span_p(double part, uint64_t n)
{
	double d = (double)n;

	return n < 3 ? 1 : pow(part, d - 1) * (d - (d - 1) * part);
}

struct period {
	int64_t first, last;
};

static struct period
whole_period(const struct sites *sites)
{
	struct period p = { INT64_MAX, INT64_MIN };

	for (size_t i = 0; i < sites->count; i++) {
		if (sites->items[i].first == CLAQUE_NO_TIME)
			continue;
		if (sites->items[i].first < p.first)
			p.first = sites->items[i].first;
		if (sites->items[i].last > p.last)
			p.last = sites->items[i].last;
	}
	return p;
}

static double
links_a_page(const struct site *s)
{
	return (double)s->links / s->pages;
}

/* Share of the sites close to nothing, linked half to double as often, with as few pages. */
static double
pages_p(const struct search *s, const struct site *site)
{
	size_t peers = 0, like = 0;

	if (site->pages == 0)
		return 1;
	for (size_t i = 0; i < s->sites.count; i++) {
		const struct site *other = &s->sites.items[i];

		if (s->verdicts[i].target != NULL || other->pages == 0 ||
		    other->links > 2 * site->links || 2 * other->links < site->links)
			continue;
		peers++;
		like += links_a_page(other) >= links_a_page(site);
	}
	return peers < PEERS_MIN ? 1 : (double)(like + 1) / (double)(peers + 1);
}

static void
judge_use(struct search *s, struct period period)
{
	double whole = period.last > period.first ? (double)(period.last - period.first) : 0;

	for (size_t i = 0; i < s->sites.count; i++) {
		const struct site *site = &s->sites.items[i];
		struct verdict *v = &s->verdicts[i];

		v->p_span = v->p_pages = v->p_company = 1;
		if (v->target == NULL || site->links < 3)
			continue;
		if (whole > 0)
			v->p_span = span_p((double)(site->last - site->first) / whole, site->links);
		v->p_pages = pages_p(s, site);
		v->use = odds_of_p(v->p_span, USE_CAP) + odds_of_p(v->p_pages, USE_CAP);
	}
}

/* --- the verdict */

static double
sum_exp(const double *ln, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += exp(ln[i] - ln[0]);
	return sum;
}

static void
decide(const struct search *s, uint32_t number)
{
	const struct host *h = &s->sites.items[number].host;
	struct verdict *v = &s->verdicts[number];
	double usual = log(share_of_class(s, h->class) * share_in_class(s, h));
	double ln[WHY_COUNT] = {
		[IMITATION] = log(PRIOR_IMITATION) + ln_form(v->close.how, IMITATION) +
			ln_suffix_imitation(s, number) + v->use,
		[SISTER] = log(PRIOR_SISTER) + ln_form(v->close.how, SISTER) + usual,
		[CHANCE] = log((double)s->target_count) + v->ln_chance + usual,
	};

	v->usual_suffix = exp(usual);
	v->score = 1 / sum_exp(ln, WHY_COUNT);
}

static void
decide_all(struct search *s)
{
	for (uint32_t i = 0; i < s->sites.count; i++)
		if (s->verdicts[i].target != NULL)
			decide(s, i);
}

/* Accounts that link one probable imitation and then another, of another site. */
static void
count_suspects(struct search *s)
{
	for (size_t i = 0; i < s->sites.count; i++) {
		const struct site *site = &s->sites.items[i];

		if (s->verdicts[i].target == NULL)
			continue;
		for (uint32_t a = 0; a < site->accounts; a++)
			s->suspects[s->sites.audience[site->audience_from + a]] +=
				s->verdicts[i].score;
	}
}

/* How many of its accounts, but for it, link an imitation, against those of all sites. */
static double
company_p(const struct search *s, uint32_t number, double rate)
{
	const struct site *site = &s->sites.items[number];
	double expected = 0, seen = 0;

	for (uint32_t a = 0; a < site->accounts; a++) {
		uint32_t account = s->sites.audience[site->audience_from + a];
		double others = s->suspects[account] - s->verdicts[number].score;

		expected += 1 - pow(1 - rate, s->sites.diet[account] - 1);
		seen += others < 1 ? others : 1;
	}
	return exp(null_poisson_tail(expected, (uint64_t)(seen + 1e-9)));
}

static void
judge_company(struct search *s)
{
	double links = 0, suspect = 0;

	count_suspects(s);
	for (size_t i = 0; i < s->sites.count; i++) {
		links += s->sites.items[i].accounts;
		suspect += s->sites.items[i].accounts * s->verdicts[i].score;
	}
	for (uint32_t i = 0; i < s->sites.count; i++) {
		const struct site *site = &s->sites.items[i];
		struct verdict *v = &s->verdicts[i];
		double own = site->accounts * v->score;

		if (v->target == NULL || site->accounts == 0 || suspect - own < 0.5)
			continue;
		v->p_company = company_p(s, i, (suspect - own) / links);
		v->use += odds_of_p(v->p_company, USE_CAP);
	}
}

static enum claque_rc
judge(struct search *s, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "comparing domains",
			    .total = s->sites.count };

	for (uint32_t i = 0; i < s->sites.count; i++) {
		find_target(s, i);
		if (!tick(&t, 1, 4 * s->target_count))
			return CLAQUE_STOPPED;
	}
	relearn_spelling(s);
	count_suffixes(s);
	judge_use(s, whole_period(&s->sites));
	decide_all(s);
	judge_company(s);
	count_suspect_suffixes(s);
	decide_all(s);
	return CLAQUE_OK;
}

/* --- what the caller gets */

static void
put_text(struct claque_look_alike *f, const struct site *site, const struct verdict *v)
{
	(void)snprintf(f->text, sizeof(f->text),
		       "%s; %.1g such by chance; %.2g %% of other sites have its suffix; %llu links "
		       "to %u pages (p %.1g), time span p %.1g, readers link others like it p %.1g",
		       claque_close_text(v->close.how), f->expected, 100 * v->usual_suffix,
		       (unsigned long long)site->links, site->pages, v->p_pages, v->p_span,
		       v->p_company);
}

static struct claque_look_alike
finding(const struct search *s, size_t number)
{
	const struct site *site = &s->sites.items[number];
	const struct verdict *v = &s->verdicts[number];
	struct claque_look_alike f = {
		.domain = site->host.text, .target = v->target->host.text, .score = v->score,
		.expected = exp(v->ln_chance) * (double)s->sites.count, .close = v->close.how,
		.accounts = site->accounts, .target_accounts = v->target->accounts,
		.first_seen = site->first, .last_seen = site->last, .row_count = site->row_count,
	};

	memcpy(f.rows, site->rows, sizeof(f.rows));
	put_text(&f, site, v);
	return f;
}

static int
compare_findings(const void *pa, const void *pb)
{
	const struct claque_look_alike *a = pa, *b = pb;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return str_cmp(a->domain, b->domain);
}

static void
report(const struct search *s, struct claque_look_alikes *out)
{
	size_t cap = 0;

	out->domains = (uint32_t)s->sites.count;
	out->targets = (uint32_t)s->target_count;
	for (size_t i = 0; i < s->sites.count; i++) {
		if (s->verdicts[i].target == NULL || s->sites.items[i].accounts == 0 ||
		    s->verdicts[i].score < s->settings->min_score)
			continue;
		ARRAY_GROW(out->items, cap, out->count + 1);
		out->items[out->count++] = finding(s, i);
	}
	if (out->count > 1)
		array_sort(out->items, out->count, sizeof(*out->items), compare_findings);
}

static enum claque_rc
check(const struct claque_dataset *ds, const struct claque_look_alike_settings *settings,
      struct claque_err *err)
{
	if (!ds->sealed)
		return err_set(err, CLAQUE_EUSAGE, "the dataset is not sealed yet");
	if (!(settings->min_score >= 0 && settings->min_score <= 1))
		return err_set(err, CLAQUE_EUSAGE, "a least score of %g; give 0 to 1",
			       settings->min_score);
	if (settings->max_targets > TARGETS_MAX || settings->target_count > TARGETS_MAX)
		return err_set(err, CLAQUE_EUSAGE, "at most %d targets", TARGETS_MAX);
	return CLAQUE_OK;
}

/* Targets that are no host names are left out: lists come with comments and headers. */
static void
add_targets(struct search *s)
{
	s->given = ARRAY_NEW(bool, s->sites.count + s->settings->target_count);
	for (size_t i = 0; i < s->settings->target_count; i++) {
		struct site *site = sites_add(&s->sites, s->settings->targets[i]);

		if (site != NULL)
			s->given[site - s->sites.items] = true;
	}
}

static void
search_done(struct search *s)
{
	sites_done(&s->sites);
	map_done(&s->suffixes);
	array_free(s->spelling);
	array_free(s->given);
	array_free(s->targets);
	array_free(s->verdicts);
	array_free(s->suffix_sites);
	array_free(s->suffix_suspects);
	array_free(s->suspects);
}

enum claque_rc
claque_look_alikes_find(const struct claque_dataset *ds,
			const struct claque_look_alike_settings *settings,
			const struct claque_progress *progress, struct claque_look_alikes *out,
			struct claque_err *err)
{
	struct search s = { .settings = settings };
	enum claque_rc rc = check(ds, settings, err);

	*out = (struct claque_look_alikes){ 0 };
	if (rc != CLAQUE_OK)
		return rc;
	rc = sites_init(&s.sites, ds, progress);
	if (rc == CLAQUE_OK) {
		add_targets(&s);
		s.verdicts = ARRAY_NEW(struct verdict, s.sites.count);
		s.suspects = ARRAY_NEW(double, ds->account_names.count);
		s.spelling = ARRAY_NEW(struct spelling, 1);
		spelling_learn(s.spelling, &s.sites, NULL);
		pick_targets(&s);
		rc = judge(&s, progress);
	}
	if (rc == CLAQUE_OK)
		report(&s, out);
	search_done(&s);
	return rc;
}

void
claque_look_alikes_done(struct claque_look_alikes *found)
{
	array_free(found->items);
	*found = (struct claque_look_alikes){ 0 };
}
