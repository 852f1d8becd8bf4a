/*
 * timeline.c - communities period by period, followed by where each account
 * was last seen: one number an account, so that a track needs no memory of its
 * own and an account that has moved on counts for its new track only.
 */
#include "config.h"

#include "claque/timeline.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"

#define NEVER UINT32_MAX

struct track {
	uint32_t seen;		/* last period */
	bool ended;
};

struct follow {
	const struct claque_timeline_input *in;
	const struct claque_timeline_settings *s;
	const struct claque_progress *progress;
	struct claque_timeline *out;
	size_t cluster_cap, end_cap, member_cap;
	struct track *tracks;
	size_t track_cap;
	uint32_t *track_of;	/* by account: last seen in; NEVER */
	/* Of the period at hand. */
	size_t link_first, link_last;
	size_t cluster_first;	/* into out->clusters */
	uint32_t *cluster_of;	/* by account: place in out->clusters since cluster_first; NEVER */
	struct claque_period_use *uses;	/* by period, account, target, each once */
	size_t *use_from;	/* those of each period: periods + 1 */
	double *background;	/* by earlier period, with which it was computed */
	uint32_t *background_for;
};

struct claque_timeline_settings
claque_timeline_defaults(void)
{
	return (struct claque_timeline_settings){
		.clusters = { .quality = CLAQUE_MODULARITY, .resolution = 1, .seed = 1 },
		.min_accounts = 3, .min_jaccard = CLAQUE_MATCH_MIN, .gap = 2, .stay = 0.3,
		.turn = 0.5, .min_targets = 3,
	};
}

static enum claque_rc
check_input(const struct claque_timeline_input *in, struct claque_err *err)
{
	uint32_t period = 0;

	if (in->periods == UINT32_MAX || in->accounts == UINT32_MAX)
		return err_set(err, CLAQUE_ELIMIT, "more than %u periods or accounts",
			       UINT32_MAX - 1);
	for (size_t i = 0; i < in->link_count; i++) {
		const struct claque_period_link *l = &in->links[i];

		if (l->period >= in->periods || l->period < period || l->link.a >= in->accounts ||
		    l->link.b >= in->accounts || !(l->link.weight > 0))
			return err_set(err, CLAQUE_EUSAGE, "link %zu: no such period or account, a "
				       "weight not above 0, or out of order", i);
		period = l->period;
	}
	period = 0;
	for (size_t i = 0; i < in->use_count; i++) {
		const struct claque_period_use *u = &in->uses[i];

		if (u->period >= in->periods || u->period < period || u->account >= in->accounts)
			return err_set(err, CLAQUE_EUSAGE,
				       "use %zu: no such period or account, or out of order", i);
		period = u->period;
	}
	return CLAQUE_OK;
}

static enum claque_rc
check_settings(const struct claque_timeline_settings *s, struct claque_err *err)
{
	if (s->min_accounts < 2 || s->gap < 1)
		return err_set(err, CLAQUE_EUSAGE, "communities of %u accounts, gap %u; at least 2 "
			       "and 1", s->min_accounts, s->gap);
	if (!(s->stay >= 0 && s->stay <= 1 && s->turn >= 0 && s->turn <= 1))
		return err_set(err, CLAQUE_EUSAGE, "stay %g and turn %g; both lie in 0 to 1",
			       s->stay, s->turn);
	return CLAQUE_OK;
}

static int
compare_accounts(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

/* Accounts with a link in this period, each once and in order; how many. */
static uint32_t
list_accounts(const struct follow *f, uint32_t *list)
{
	size_t n = 0, kept = 0;

	for (size_t i = f->link_first; i < f->link_last; i++) {
		list[n++] = f->in->links[i].link.a;
		list[n++] = f->in->links[i].link.b;
	}
	array_sort(list, n, sizeof(*list), compare_accounts);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || list[kept - 1] != list[i])
			list[kept++] = list[i];
	return (uint32_t)kept;
}

static uint32_t
place_of(const uint32_t *list, uint32_t count, uint32_t account)
{
	const uint32_t *at = bsearch(&account, list, count, sizeof(*list), compare_accounts);

	return (uint32_t)(at - list);
}

/* The communities of a period that are large enough, into out->clusters. */
static void
add_clusters(struct follow *f, uint32_t period, const uint32_t *list, const uint32_t *part,
	     uint32_t count)
{
	struct claque_timeline *out = f->out;
	uint32_t *sizes = ARRAY_NEW(uint32_t, count);

	f->cluster_first = out->cluster_count;
	for (uint32_t v = 0; v < count; v++)
		sizes[part[v]]++;
	for (uint32_t c = 0; c < count && sizes[c] >= f->s->min_accounts; c++) {
		ARRAY_GROW(out->clusters, f->cluster_cap, out->cluster_count + 1);
		out->clusters[out->cluster_count++] = (struct claque_period_cluster){
			.period = period, .track = NEVER, .change = CLAQUE_CLUSTER_BORN,
			.since = NEVER, .from = NEVER, .first = out->member_count,
			.size = sizes[c], .overlap = -1, .background = -1,
		};
		out->member_count += sizes[c];
	}
	ARRAY_GROW(out->members, f->member_cap, out->member_count);
	memset(sizes, 0, count * sizeof(*sizes));
	for (uint32_t v = 0; v < count; v++) {
		size_t place = f->cluster_first + part[v];

		if (place >= out->cluster_count)
			continue;
		out->members[out->clusters[place].first + sizes[part[v]]++] = list[v];
		f->cluster_of[list[v]] = part[v];
	}
	array_free(sizes);
}

static enum claque_rc
find_clusters(struct follow *f, uint32_t period, struct claque_err *err)
{
	size_t links = f->link_last - f->link_first;
	uint32_t *list = ARRAY_NEW(uint32_t, 2 * links), count = list_accounts(f, list);
	uint32_t *part = ARRAY_NEW(uint32_t, count), parts;
	struct claque_link *local = ARRAY_NEW(struct claque_link, links);
	enum claque_rc rc;
	double quality;

	for (size_t i = 0; i < links; i++) {
		const struct claque_link *l = &f->in->links[f->link_first + i].link;

		local[i] = (struct claque_link){ place_of(list, count, l->a),
						 place_of(list, count, l->b), l->weight };
	}
	rc = claque_cluster_leiden(count, local, links, &f->s->clusters, f->progress, part, &parts,
				   &quality, err);
	if (rc == CLAQUE_OK)
		add_clusters(f, period, list, part, count);
	array_free(list);
	array_free(part);
	array_free(local);
	return rc;
}

/* Accounts by the living track that each was last seen in. */
static void
list_living(const struct follow *f, struct claque_membership *out, uint64_t *accounts,
	    uint32_t *clusters, uint32_t *local, uint32_t *track_of_local)
{
	size_t n = 0;
	uint32_t count = 0;

	for (uint32_t t = 0; t < f->out->tracks; t++)
		local[t] = NEVER;
	for (uint32_t a = 0; a < f->in->accounts; a++) {
		uint32_t t = f->track_of[a];

		if (t == NEVER || f->tracks[t].ended)
			continue;
		if (local[t] == NEVER) {
			track_of_local[count] = t;
			local[t] = count++;
		}
		accounts[n] = a;
		clusters[n++] = local[t];
	}
	*out = (struct claque_membership){ accounts, clusters, n, count };
}

static void
list_present(const struct follow *f, struct claque_membership *out, uint64_t *accounts,
	     uint32_t *clusters)
{
	size_t n = 0;

	for (uint32_t a = 0; a < f->in->accounts; a++)
		if (f->cluster_of[a] != NEVER) {
			accounts[n] = a;
			clusters[n++] = f->cluster_of[a];
		}
	*out = (struct claque_membership){ accounts, clusters, n,
		(uint32_t)(f->out->cluster_count - f->cluster_first) };
}

static void
end_track(struct follow *f, uint32_t period, uint32_t track, uint32_t into)
{
	struct claque_timeline *out = f->out;

	f->tracks[track].ended = true;
	ARRAY_GROW(out->ends, f->end_cap, out->end_count + 1);
	out->ends[out->end_count++] = (struct claque_period_end){ period, track,
		into == NEVER ? CLAQUE_CLUSTER_DIED : CLAQUE_CLUSTER_MERGED, into };
}

static uint32_t
new_track(struct follow *f)
{
	ARRAY_GROW(f->tracks, f->track_cap, (size_t)f->out->tracks + 1);
	f->tracks[f->out->tracks] = (struct track){ 0 };
	return f->out->tracks++;
}

static void
take_events(struct follow *f, const struct claque_cluster_match *match, const uint32_t *tracks)
{
	for (size_t i = 0; i < match->event_count; i++) {
		const struct claque_cluster_event *e = &match->events[i];
		struct claque_period_cluster *now;

		if (e->change != CLAQUE_CLUSTER_KEPT && e->change != CLAQUE_CLUSTER_SPLIT)
			continue;
		now = &f->out->clusters[f->cluster_first + e->after];
		now->change = e->change;
		now->jaccard = e->jaccard;
		now->since = f->tracks[tracks[e->before]].seen;
		if (e->change == CLAQUE_CLUSTER_KEPT)
			now->track = tracks[e->before];
		else
			now->from = tracks[e->before];
	}
}

static void
take_ends(struct follow *f, uint32_t period, const struct claque_cluster_match *match,
	  const uint32_t *tracks)
{
	for (size_t i = 0; i < match->event_count; i++) {
		const struct claque_cluster_event *e = &match->events[i];

		if (e->change == CLAQUE_CLUSTER_MERGED)
			end_track(f, period, tracks[e->before],
				  f->out->clusters[f->cluster_first + e->after].track);
	}
}

/* Which communities go on, which are new; the tracks of those are numbered by size. */
static enum claque_rc
match_clusters(struct follow *f, uint32_t period, struct claque_err *err)
{
	uint32_t accounts = f->in->accounts, tracks = f->out->tracks;
	uint64_t *keys[2] = { ARRAY_NEW(uint64_t, accounts), ARRAY_NEW(uint64_t, accounts) };
	uint32_t *clusters[2] = { ARRAY_NEW(uint32_t, accounts), ARRAY_NEW(uint32_t, accounts) };
	uint32_t *local = ARRAY_NEW(uint32_t, tracks);
	uint32_t *track_of_local = ARRAY_NEW(uint32_t, tracks);
	struct claque_membership before, after;
	struct claque_cluster_match match;
	enum claque_rc rc;

	list_living(f, &before, keys[0], clusters[0], local, track_of_local);
	list_present(f, &after, keys[1], clusters[1]);
	rc = claque_cluster_match(&before, &after, f->s->min_jaccard, &match, err);
	if (rc == CLAQUE_OK) {
		take_events(f, &match, track_of_local);
		for (size_t i = f->cluster_first; i < f->out->cluster_count; i++)
			if (f->out->clusters[i].track == NEVER)
				f->out->clusters[i].track = new_track(f);
		take_ends(f, period, &match, track_of_local);
	}
	claque_cluster_match_done(&match);
	for (unsigned i = 0; i < 2; i++) {
		array_free(keys[i]);
		array_free(clusters[i]);
	}
	array_free(local);
	array_free(track_of_local);
	return rc;
}

/* By period, account, target. */
static int
compare_uses(const void *pa, const void *pb)
{
	const struct claque_period_use *a = pa, *b = pb;

	if (a->period != b->period)
		return a->period < b->period ? -1 : 1;
	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	return (a->target > b->target) - (a->target < b->target);
}

/* Keeps what occurs twice or more in a list, once and in order; how many. */
static uint32_t
keep_common(uint32_t *list, size_t count)
{
	uint32_t kept = 0;

	array_sort(list, count, sizeof(*list), compare_accounts);
	for (size_t i = 1; i < count; i++)
		if (list[i] == list[i - 1] && (kept == 0 || list[kept - 1] != list[i]))
			list[kept++] = list[i];
	return kept;
}

/* Where the uses of an account in a period begin. */
static size_t
find_uses(const struct follow *f, uint32_t period, uint32_t account)
{
	size_t low = f->use_from[period], high = f->use_from[(size_t)period + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (f->uses[middle].account < account)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Targets that two or more members of c used in its period, in order. */
static uint32_t *
cluster_targets(const struct follow *f, const struct claque_period_cluster *c, uint32_t *count)
{
	size_t end = f->use_from[(size_t)c->period + 1], n = 0, cap = 0;
	uint32_t *targets = NULL;

	ARRAY_GROW(targets, cap, 1);
	for (uint32_t k = 0; k < c->size; k++) {
		uint32_t account = f->out->members[c->first + k];

		for (size_t i = find_uses(f, c->period, account);
		     i < end && f->uses[i].account == account; i++) {
			ARRAY_GROW(targets, cap, n + 1);
			targets[n++] = f->uses[i].target;
		}
	}
	*count = keep_common(targets, n);
	return targets;
}

/* Targets that any two accounts used in a period, in order. */
static uint32_t *
file_targets(const struct follow *f, uint32_t period, uint32_t *count)
{
	size_t first = f->use_from[period], n = f->use_from[(size_t)period + 1] - first;
	uint32_t *targets = ARRAY_NEW(uint32_t, n);

	for (size_t i = 0; i < n; i++)
		targets[i] = f->uses[first + i].target;
	*count = keep_common(targets, n);
	return targets;
}

/* Jaccard of two lists in order; -1 if either is empty. */
static double
overlap_of(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
	uint32_t shared = 0;

	for (uint32_t i = 0, j = 0; i < a_count && j < b_count;) {
		uint32_t left = a[i], right = b[j];

		shared += left == right;
		i += left <= right;
		j += right <= left;
	}
	return a_count == 0 || b_count == 0 ? -1 :
		(double)shared / ((double)a_count + b_count - shared);
}

/* Of the whole file; computed once for each pair of periods. */
static double
background(struct follow *f, uint32_t then, uint32_t now)
{
	uint32_t counts[2], *lists[2];

	if (f->background_for[then] != now) {
		lists[0] = file_targets(f, then, &counts[0]);
		lists[1] = file_targets(f, now, &counts[1]);
		f->background[then] = overlap_of(lists[0], counts[0], lists[1], counts[1]);
		f->background_for[then] = now;
		array_free(lists[0]);
		array_free(lists[1]);
	}
	return f->background[then];
}

/* The community of a track in an earlier period, in which it was seen. */
static const struct claque_period_cluster *
earlier(const struct follow *f, uint32_t track, uint32_t period)
{
	size_t i = f->cluster_first - 1;

	while (f->out->clusters[i].track != track || f->out->clusters[i].period != period)
		i--;
	return &f->out->clusters[i];
}

static void
compare_targets(struct follow *f, struct claque_period_cluster *c)
{
	uint32_t *now = cluster_targets(f, c, &c->targets), *then, count;

	if (c->change == CLAQUE_CLUSTER_KEPT) {
		then = cluster_targets(f, earlier(f, c->track, c->since), &count);
		c->overlap = overlap_of(then, count, now, c->targets);
		c->background = background(f, c->since, c->period);
		c->retargeted = c->jaccard >= f->s->stay && c->overlap >= 0 &&
				count >= f->s->min_targets && c->targets >= f->s->min_targets &&
				c->overlap < f->s->turn * c->background;
		array_free(then);
	}
	array_free(now);
}

static void
remember(struct follow *f, uint32_t period)
{
	for (size_t i = f->cluster_first; i < f->out->cluster_count; i++) {
		const struct claque_period_cluster *c = &f->out->clusters[i];

		f->tracks[c->track].seen = period;
		for (uint32_t k = 0; k < c->size; k++) {
			f->track_of[f->out->members[c->first + k]] = c->track;
			f->cluster_of[f->out->members[c->first + k]] = NEVER;
		}
	}
	for (uint32_t t = 0; t < f->out->tracks; t++)
		if (!f->tracks[t].ended && period - f->tracks[t].seen >= f->s->gap)
			end_track(f, f->tracks[t].seen + 1, t, NEVER);
}

static enum claque_rc
follow_period(struct follow *f, uint32_t period, struct claque_err *err)
{
	enum claque_rc rc;

	f->link_first = f->link_last;
	while (f->link_last < f->in->link_count && f->in->links[f->link_last].period == period)
		f->link_last++;
	rc = find_clusters(f, period, err);
	if (rc == CLAQUE_OK)
		rc = match_clusters(f, period, err);
	if (rc != CLAQUE_OK)
		return rc;
	for (size_t i = f->cluster_first; i < f->out->cluster_count; i++)
		compare_targets(f, &f->out->clusters[i]);
	remember(f, period);
	return CLAQUE_OK;
}

static int
compare_ends(const void *pa, const void *pb)
{
	const struct claque_period_end *a = pa, *b = pb;

	if (a->period != b->period)
		return a->period < b->period ? -1 : 1;
	return (a->track > b->track) - (a->track < b->track);
}

static void
open_follow(struct follow *f)
{
	size_t accounts = f->in->accounts, n = 0;

	f->track_of = ARRAY_NEW(uint32_t, accounts);
	f->cluster_of = ARRAY_NEW(uint32_t, accounts);
	memset(f->track_of, 0xff, accounts * sizeof(*f->track_of));
	memset(f->cluster_of, 0xff, accounts * sizeof(*f->cluster_of));
	f->background = ARRAY_NEW(double, f->in->periods);
	f->background_for = ARRAY_NEW(uint32_t, f->in->periods);
	memset(f->background_for, 0xff, f->in->periods * sizeof(*f->background_for));
	f->use_from = ARRAY_NEW(size_t, (size_t)f->in->periods + 1);
	f->uses = ARRAY_NEW(struct claque_period_use, f->in->use_count);
	if (f->in->use_count == 0)
		return;
	memcpy(f->uses, f->in->uses, f->in->use_count * sizeof(*f->uses));
	array_sort(f->uses, f->in->use_count, sizeof(*f->uses), compare_uses);
	for (size_t i = 0; i < f->in->use_count; i++)
		if (n == 0 || compare_uses(&f->uses[n - 1], &f->uses[i]) != 0) {
			f->use_from[(size_t)f->uses[i].period + 1]++;
			f->uses[n++] = f->uses[i];
		}
	for (uint32_t p = 0; p < f->in->periods; p++)
		f->use_from[(size_t)p + 1] += f->use_from[p];
}

enum claque_rc
claque_cluster_weeks(const struct claque_timeline_input *in,
		     const struct claque_timeline_settings *settings,
		     const struct claque_progress *progress, struct claque_timeline *out,
		     struct claque_err *err)
{
	struct follow f = { .in = in, .s = settings, .progress = progress, .out = out };
	enum claque_rc rc;

	*out = (struct claque_timeline){ 0 };
	rc = check_input(in, err);
	if (rc == CLAQUE_OK)
		rc = check_settings(settings, err);
	if (rc != CLAQUE_OK)
		return rc;
	open_follow(&f);
	for (uint32_t p = 0; p < in->periods && rc == CLAQUE_OK; p++)
		rc = follow_period(&f, p, err);
	if (out->end_count > 0)
		array_sort(out->ends, out->end_count, sizeof(*out->ends), compare_ends);
	array_free(f.tracks);
	array_free(f.track_of);
	array_free(f.cluster_of);
	array_free(f.uses);
	array_free(f.use_from);
	array_free(f.background);
	array_free(f.background_for);
	if (rc != CLAQUE_OK)
		claque_timeline_done(out);
	return rc;
}

void
claque_timeline_done(struct claque_timeline *timeline)
{
	array_free(timeline->clusters);
	array_free(timeline->ends);
	array_free(timeline->members);
	*timeline = (struct claque_timeline){ 0 };
}
