/*
 * signal_sides.c - sources of both sides (S12): an account that passes on what
 * hardly anybody passes on together.
 *
 * Networks taken down in 2023 reshared liberals and conservatives alike, "to
 * exaggerate partisan divisions"; people keep to their side. Nobody tells
 * claque who is left or right: camps are the cuts of camps.h, and a file whose
 * sources do not fall apart has none, so that nobody is assessed. How much of
 * the other side an account of a camp passes on, and how much that varies from
 * one to the next, is measured across each cut (a beta-binomial by its
 * moments); the value is how surprising an account's share is for that.
 *
 * It is shown for single accounts and scored for groups only, and little:
 * newspeople and the curious read both sides, who speaks two languages passes
 * on sources of both, and where an operation is a large part of an audience,
 * what it does is what is usual there.
 */
#include "config.h"

#include "engine/signal.h"

#include <math.h>

#include "base/array.h"
#include "engine/camps.h"
#include "engine/null.h"
#include "engine/original.h"
#include "engine/tick.h"

enum {
	SOURCES_MOST = 3000,
	SHARERS_MIN = 5,	/* of a source */
	ACTS_MIN = 4,		/* of an account, across one cut */
	ACTS_MOST = 60,		/* more tell no more */
	MEMBERS_MIN = 20,	/* accounts with so many acts, for a cut to be measured */
};

#define NO_SOURCE UINT32_MAX
#define VALUE_MAX 4.0
#define WORTH_LEAST 1.0
#define WORTH_MOST 200.0

/* One account passed one source on. */
struct passing {
	uint32_t source, account;	/* number in names; rank */
	uint32_t sharers;		/* of the very thing passed on */
};

struct sourcing {
	const struct claque_dataset *ds;
	const struct neardup *texts;
	struct map names;		/* of authors and sites */
	uint32_t *writer;		/* by text group: source whose words they are */
	struct passing *acts;
	size_t count, cap;
	uint32_t *column;		/* by source: in the incidence, or NO_SOURCE */
	struct incidence in;
};

/* Authors and sites must not meet: a byte before the name tells them apart. */
static uint32_t
source_number(struct sourcing *s, char kind, struct claque_str name)
{
	char key[256];
	size_t len = name.len < sizeof(key) - 1 ? name.len : sizeof(key) - 1;

	if (name.len == 0)
		return NO_SOURCE;
	key[0] = kind;
	memcpy(key + 1, name.p, len);
	return map_add(&s->names, (struct claque_str){ key, len + 1 }, NULL);
}

static void
add_act(struct sourcing *s, uint32_t account, uint32_t source, uint64_t sharers)
{
	if (source == NO_SOURCE)
		return;
	ARRAY_GROW(s->acts, s->cap, s->count + 1);
	s->acts[s->count++] = (struct passing){ source, s->ds->rank[account],
						(uint32_t)sharers };
}

/* The host of a URL's key. */
static struct claque_str
site_of(struct claque_str url)
{
	size_t start = str_find(url, STR("://"), 0);
	struct claque_str rest = start < url.len ? str_sub(url, start + 3, url.len) : url, site;

	return str_cut(&rest, '/', &site) ? site : (struct claque_str){ NULL, 0 };
}

static uint32_t
source_of(struct sourcing *s, uint32_t object)
{
	enum claque_object_kind kind = dataset_object_kind(s->ds, object);

	if (kind == CLAQUE_OBJECT_post)
		return source_number(s, 'a', original_author(s->ds, object));
	if (kind == CLAQUE_OBJECT_url)
		return source_number(s, 's', site_of(claque_dataset_object_id(s->ds, object)));
	return NO_SOURCE;
}

static bool
is_author(const struct sourcing *s, uint32_t account, uint32_t source)
{
	struct claque_str name = map_key(&s->names, source);

	return name.p[0] == 'a' &&
	       str_eq(str_sub(name, 1, name.len), claque_dataset_account_id(s->ds, account));
}

static void
add_shares(struct sourcing *s)
{
	const struct claque_dataset *ds = s->ds;

	for (uint32_t o = 0; o < ds->object_names.count; o++) {
		uint64_t from = ds->object_from[o], to = ds->object_from[o + 1];
		uint32_t source = from < to ? source_of(s, o) : NO_SOURCE;

		for (uint64_t i = from; i < to && source != NO_SOURCE; i++) {
			const struct claque_share *share = &ds->shares[i];

			if (share->act != CLAQUE_ACT_reply && !is_author(s, share->account, source))
				add_act(s, share->account, source, to - from);
		}
	}
}

static void
set_writer(struct sourcing *s, uint32_t text, uint32_t object)
{
	uint32_t group = s->texts->group[text];

	if (group != NO_TEXT_GROUP && s->writer[group] == NO_SOURCE)
		s->writer[group] = source_number(s, 'a', original_author(s->ds, object));
}

/* Whose words a text group has, where it has those of a post that somebody passed on. */
static void
find_writers(struct sourcing *s)
{
	const struct claque_dataset *ds = s->ds;

	s->writer = ARRAY_NEW(uint32_t, s->texts->group_count);
	for (uint32_t g = 0; g < s->texts->group_count; g++)
		s->writer[g] = NO_SOURCE;
	for (uint32_t o = 0; o < ds->object_names.count; o++)
		if (ds->object_post[o] != NO_POST)
			set_writer(s, ds->posts[ds->object_post[o]].text, o);
	for (uint32_t r = 0; r < ds->account_names.count; r++) {
		uint32_t a = ds->by_rank[r];

		for (uint64_t i = ds->post_from[a]; i < ds->post_from[a + 1]; i++)
			if (ds->posts[i].kind == CLAQUE_IS_reshare &&
			    ds->posts[i].parent != CLAQUE_NO_OBJECT)
				set_writer(s, ds->posts[i].text, ds->posts[i].parent);
	}
}

static bool
is_copy(const struct sourcing *s, const struct post *p)
{
	uint32_t group = s->texts->group[p->text];

	return p->kind != CLAQUE_IS_reshare && group != NO_TEXT_GROUP &&
	       s->writer[group] != NO_SOURCE && !is_author(s, p->account, s->writer[group]);
}

static void
add_copies(struct sourcing *s)
{
	const struct claque_dataset *ds = s->ds;
	uint32_t *copies = ARRAY_NEW(uint32_t, s->texts->group_count);

	for (size_t i = 0; i < ds->post_count; i++)
		if (is_copy(s, &ds->posts[i]))
			copies[s->texts->group[ds->posts[i].text]]++;
	for (size_t i = 0; i < ds->post_count; i++)
		if (is_copy(s, &ds->posts[i])) {
			uint32_t group = s->texts->group[ds->posts[i].text];

			add_act(s, ds->posts[i].account, s->writer[group], copies[group]);
		}
	array_free(copies);
}

static int
compare_acts(const void *pa, const void *pb)
{
	const struct passing *a = pa, *b = pb;

	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	return (a->sharers > b->sharers) - (a->sharers < b->sharers);
}

static bool
starts_entry(const struct sourcing *s, size_t i)
{
	return i == 0 || s->acts[i - 1].account != s->acts[i].account ||
	       s->acts[i - 1].source != s->acts[i].source;
}

/* A source that may get a column. */
struct candidate {
	uint32_t source, sharers;
	const struct map *names;
};

static int
compare_candidates(const void *pa, const void *pb)
{
	const struct candidate *a = pa, *b = pb;

	if (a->sharers != b->sharers)
		return a->sharers > b->sharers ? -1 : 1;
	return str_cmp(map_key(a->names, a->source), map_key(b->names, b->source));
}

/* The sources with most sharers, in an order that does not depend on the input's. */
static void
choose_sources(struct sourcing *s)
{
	struct candidate *all = ARRAY_NEW(struct candidate, s->names.count);

	s->column = ARRAY_NEW(uint32_t, s->names.count);
	for (uint32_t i = 0; i < s->names.count; i++) {
		all[i] = (struct candidate){ i, 0, &s->names };
		s->column[i] = NO_SOURCE;
	}
	for (size_t i = 0; i < s->count; i++)
		all[s->acts[i].source].sharers += starts_entry(s, i);
	if (s->names.count > 1)
		array_sort(all, s->names.count, sizeof(*all), compare_candidates);
	for (uint32_t i = 0; i < s->names.count && i < SOURCES_MOST; i++)
		if (all[i].sharers >= SHARERS_MIN)
			s->column[all[i].source] = s->in.columns++;
	array_free(all);
}

/* An act in the incidence. */
struct entry {
	uint32_t column, sharers;
};

static int
compare_entries(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;

	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return (a->sharers > b->sharers) - (a->sharers < b->sharers);
}

/* The acts of one account, in the order of columns. */
static void
add_row(struct sourcing *s, const struct passing *acts, size_t count, struct entry *room)
{
	struct incidence *in = &s->in;
	uint64_t begin = in->from[in->rows], end = begin;
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (s->column[acts[i].source] != NO_SOURCE)
			room[n++] = (struct entry){ s->column[acts[i].source], acts[i].sharers };
	if (n > 1)
		array_sort(room, n, sizeof(*room), compare_entries);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || room[i].column != room[i - 1].column)
			in->column[end++] = room[i].column;
		in->count[end - 1]++;
		in->weight[end - 1] = fmin(in->weight[end - 1] +
					   1 / sqrt((double)room[i].sharers), 1);
	}
	if (end == begin)
		return;
	in->row_name[in->rows] = acts[0].account;
	in->from[++in->rows] = end;
}

static void
make_incidence(struct sourcing *s)
{
	struct incidence *in = &s->in;
	struct entry *room = ARRAY_NEW(struct entry, s->count);

	in->from = ARRAY_NEW(uint64_t, (size_t)s->ds->account_names.count + 1);
	in->row_name = ARRAY_NEW(uint32_t, s->ds->account_names.count);
	in->column = ARRAY_NEW(uint32_t, s->count);
	in->count = ARRAY_NEW(uint32_t, s->count);
	in->weight = ARRAY_NEW(double, s->count);
	in->column_name = ARRAY_NEW(uint32_t, in->columns);
	for (uint32_t c = 0; c < in->columns; c++)
		in->column_name[c] = c;
	for (size_t from = 0, i = 1; i <= s->count; i++)
		if (i == s->count || s->acts[i].account != s->acts[from].account) {
			add_row(s, s->acts + from, i - from, room);
			from = i;
		}
	array_free(room);
}

/* What an account passed on across one cut: of its own side and of the other. */
struct diet {
	uint32_t own, other;
};

static struct diet
diet_of(const struct incidence *in, uint32_t row, const uint8_t *side)
{
	uint32_t n[3] = { 0, 0, 0 };

	for (uint64_t i = in->from[row]; i < in->from[row + 1]; i++)
		n[side[in->column[i]]] += in->count[i];
	return (struct diet){ n[0] > n[1] ? n[0] : n[1], n[0] > n[1] ? n[1] : n[0] };
}

/* How much of the other side members pass on: mean, and how alike they are. */
struct custom {
	double mean, worth;
	double members;
};

static struct custom
custom_of(const struct incidence *in, const uint8_t *side)
{
	double sum = 0, square = 0, noise = 0, n = 0, mean, spread;

	for (uint32_t r = 0; r < in->rows; r++) {
		struct diet d = diet_of(in, r, side);
		double acts = d.own + d.other, share = d.other / acts;

		if (acts < ACTS_MIN)
			continue;
		sum += share;
		square += share * share;
		noise += 1 / acts;
		n++;
	}
	if (n < MEMBERS_MIN)
		return (struct custom){ .members = n };
	/* One more member who passes on a tenth: no custom is absolute. */
	mean = (sum + 0.1) / (n + 1);
	spread = square / n - (sum / n) * (sum / n) - mean * (1 - mean) * noise / n;
	spread = fmax(spread, mean * (1 - mean) / (WORTH_MOST + 1));
	return (struct custom){ mean, fmax(mean * (1 - mean) / spread - 1, WORTH_LEAST), n };
}

/* -log10 P(as much of the other side, or more). */
static double
surprise(struct diet d, struct custom c)
{
	double acts = d.own + d.other, tail = 0;
	uint32_t n = acts > ACTS_MOST ? ACTS_MOST : (uint32_t)acts;
	uint32_t k = (uint32_t)(d.other * (double)n / acts);

	for (uint32_t i = k; i <= n; i++)
		tail += exp(null_beta_binomial(n, c.mean * c.worth, (1 - c.mean) * c.worth, i));
	return -log10(fmin(tail, 1));
}

/* The most surprising cut counts; `assessed` counts those looked at, to be paid for. */
static void
measure_cut(const struct sourcing *s, const struct cut *cut, uint32_t *assessed,
	    struct claque_trait *out)
{
	struct custom custom = custom_of(&s->in, cut->side);

	if (custom.members < MEMBERS_MIN)
		return;
	for (uint32_t r = 0; r < s->in.rows; r++) {
		struct claque_trait *t = &out[s->ds->by_rank[s->in.row_name[r]]];
		struct diet d = diet_of(&s->in, r, cut->side);
		double value;

		if (d.own + d.other < ACTS_MIN)
			continue;
		assessed[r]++;
		value = surprise(d, custom);
		if (isnan(t->value) || value > t->value) {
			t->value = value;
			t->expected = surprise((struct diet){ d.own + d.other, 0 }, custom);
			t->n = d.own + d.other;
		}
	}
}

static void
measure_cuts(const struct sourcing *s, const struct cuts *cuts, struct claque_trait *out)
{
	uint32_t *assessed = ARRAY_NEW(uint32_t, s->in.rows);

	for (size_t i = 0; i < cuts->count; i++)
		measure_cut(s, &cuts->cut[i], assessed, out);
	for (uint32_t r = 0; r < s->in.rows; r++) {
		struct claque_trait *t = &out[s->ds->by_rank[s->in.row_name[r]]];

		if (assessed[r] > 0)
			t->value = fmin(fmax(t->value - log10(assessed[r]), 0), VALUE_MAX);
	}
	array_free(assessed);
}

static enum claque_rc
run(struct sourcing *s, struct ticker *t, struct claque_trait *out)
{
	struct cuts cuts;
	enum claque_rc rc = CLAQUE_OK;

	add_shares(s);
	find_writers(s);
	add_copies(s);
	if (s->count == 0)
		return CLAQUE_OK;
	array_sort(s->acts, s->count, sizeof(*s->acts), compare_acts);
	choose_sources(s);
	make_incidence(s);
	if (cuts_find(&cuts, &s->in, t))
		measure_cuts(s, &cuts, out);
	else
		rc = CLAQUE_STOPPED;
	cuts_done(&cuts);
	return rc;
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	struct ticker t = { .progress = progress, .stage = "looking for camps" };
	struct sourcing s = { .ds = w->ds, .texts = &w->texts };
	enum claque_rc rc;

	(void)params;
	(void)err;
	map_init(&s.names);
	rc = run(&s, &t, out);
	map_done(&s.names);
	incidence_done(&s.in);
	array_free(s.writer);
	array_free(s.acts);
	array_free(s.column);
	return rc;
}

const struct signal signal_sides = {
	.info = {
		.id = "S12", .name = "both-sides",
		.help = "passes on sources of camps that hardly anybody passes on together",
		.source = "Meta, Adversarial Threat Report, Third Quarter 2023; camps: Shi and "
			  "Malik 2000, Chaudhuri et al. 2012",
		.unit = "-log10 p", .needs = "authors or sites of what is shared",
		.cost = "O(shares), 60 passes a cut",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_ACCOUNTS,
	},
	.needs = WORKING_TEXTS,
	.measure = measure,
	.model = {
		.bins = 4, .cuts = { 0.5, 1, 1.5 },
		.operation = { 0.4, 0.2, 0.2, 0.2 },
		.share = 0.3, .worth = 4, .open_worth = 6,
		.member_cap = 0, .group_cap = 0.7,
	},
	.says = "pass on sources of camps that hardly anybody passes on together",
};
