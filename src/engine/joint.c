#include "config.h"

#include "engine/joint.h"

#include "base/array.h"
#include "engine/original.h"
#include "engine/tick.h"

/* A member's first act on a thing that another member acted on, too. */
struct joint_act {
	int64_t at;
	uint32_t group, row, account, leader, others;
	uint8_t network;
	bool close;
};

struct gather {
	const struct scene *s;
	struct joint_act *acts;
	size_t count, cap;
	struct joint_act *run;	/* first acts of members on the thing at hand */
	size_t run_count, run_cap;
	uint64_t *stamps;	/* by rank */
	uint64_t stamp;
};

static int
compare_in_run(const void *pa, const void *pb)
{
	const struct joint_act *a = pa, *b = pb;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static void
take_group(struct gather *g, struct joint_act *acts, size_t count, uint32_t leader)
{
	bool inside = g->s->group_of[leader] == acts[0].group;

	for (size_t i = 0; i < count; i++) {
		acts[i].leader = inside ? NO_ACCOUNT : leader;
		acts[i].others = (uint32_t)count - 1;
		acts[i].close = (i > 0 && acts[i].at - acts[i - 1].at <= JOINT_CLOSE_MS) ||
			(i + 1 < count && acts[i + 1].at - acts[i].at <= JOINT_CLOSE_MS);
		ARRAY_GROW(g->acts, g->cap, g->count + 1);
		g->acts[g->count++] = acts[i];
	}
}

static void
take_run(struct gather *g, unsigned f, size_t run)
{
	const struct kept *k = &g->s->kept[f];
	const uint32_t *by_rank = g->s->ds->by_rank;
	uint32_t leader = by_rank[k->acts[k->runs[run]].account];

	g->run_count = 0;
	g->stamp++;
	for (uint64_t i = k->runs[run]; i < k->runs[run + 1]; i++) {
		uint32_t account = by_rank[k->acts[i].account], group = g->s->group_of[account];

		if (group == NO_GROUP || g->stamps[k->acts[i].account] == g->stamp)
			continue;
		g->stamps[k->acts[i].account] = g->stamp;
		ARRAY_GROW(g->run, g->run_cap, g->run_count + 1);
		g->run[g->run_count++] = (struct joint_act){
			.at = k->acts[i].at, .group = group, .row = k->rows[i],
			.account = account, .network = (uint8_t)(1u << f),
		};
	}
	array_sort(g->run, g->run_count, sizeof(*g->run), compare_in_run);
	for (size_t i = 0, end; i < g->run_count; i = end) {
		for (end = i; end < g->run_count && g->run[end].group == g->run[i].group; end++)
			;
		if (end - i > 1)
			take_group(g, g->run + i, end - i, leader);
	}
}

static enum claque_rc
gather_acts(struct gather *g, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "reading what groups share" };

	for (unsigned f = 0; f < FUSED_COUNT; f++)
		t.total += g->s->kept[f].run_count;
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t r = 0; r < g->s->kept[f].run_count; r++) {
			const struct kept *k = &g->s->kept[f];

			take_run(g, f, r);
			if (!tick(&t, 1, 4 * (k->runs[r + 1] - k->runs[r]) + 1))
				return CLAQUE_STOPPED;
		}
	return CLAQUE_OK;
}

static int
compare_acts(const void *pa, const void *pb)
{
	const struct joint_act *a = pa, *b = pb;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	return (a->network > b->network) - (a->network < b->network);
}

/* Several things on one post make one joint post. */
static void
fold_posts(struct joint *j, struct gather *g)
{
	array_sort(g->acts, g->count, sizeof(*g->acts), compare_acts);
	j->posts = ARRAY_NEW(struct joint_post, g->count);
	for (size_t i = 0; i < g->count; i++) {
		const struct joint_act *a = &g->acts[i];
		struct joint_post *last = j->count > 0 ? &j->posts[j->count - 1] : NULL;

		if (last == NULL || last->group != a->group || last->row != a->row) {
			last = &j->posts[j->count++];
			*last = (struct joint_post){
				.at = a->at, .original_at = CLAQUE_NO_TIME, .row = a->row,
				.group = a->group, .account = a->account, .leader = a->leader,
				.own = true,
			};
		}
		last->networks |= a->network;
		last->pairs += a->others;
		last->close |= a->close;
	}
	j->from = ARRAY_NEW(size_t, (size_t)j->scene->group_count + 1);
	j->pairs = ARRAY_NEW(uint64_t, j->scene->group_count);
	for (size_t i = 0; i < j->count; i++) {
		j->from[j->posts[i].group + 1] = i + 1;
		j->pairs[j->posts[i].group] += j->posts[i].pairs;
	}
	for (size_t i = 1; i <= j->scene->group_count; i++)
		if (j->from[i] == 0)
			j->from[i] = j->from[i - 1];
}

/* --- what is written on them */

/* The joint post of this member by its row, or NULL. */
static struct joint_post *
find_post(const struct joint *j, uint32_t account, uint32_t row)
{
	uint32_t group = j->scene->group_of[account];
	size_t lo, hi;

	if (group == NO_GROUP)
		return NULL;
	lo = j->from[group];
	hi = j->from[group + 1];
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (j->posts[mid].row < row)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < j->from[group + 1] && j->posts[lo].row == row &&
	       j->posts[lo].account == account ? &j->posts[lo] : NULL;
}

/* Which kind of mark an object leaves on a post; JOINT_KEYS for none. */
static unsigned
mark_kind(enum claque_object_kind kind)
{
	static const uint8_t kinds[CLAQUE_OBJECT_COUNT] = {
		[CLAQUE_OBJECT_post] = JOINT_AUTHOR, [CLAQUE_OBJECT_url] = JOINT_KEYS,
		[CLAQUE_OBJECT_domain] = JOINT_SITE, [CLAQUE_OBJECT_hashtag] = JOINT_TAG,
		[CLAQUE_OBJECT_media] = JOINT_KEYS, [CLAQUE_OBJECT_object] = JOINT_KEYS,
	};

	return kinds[kind];
}

static uint32_t
author_number(struct joint *j, uint32_t object, uint64_t acts)
{
	struct claque_str id = original_author(j->scene->ds, object);
	uint32_t number;
	bool is_new;

	if (id.len == 0)
		return UINT32_MAX;
	number = map_add(&j->authors, id, &is_new);
	ARRAY_GROW(j->author_acts, j->author_cap, (size_t)number + 1);
	if (is_new)
		j->author_acts[number] = 0;
	j->author_acts[number] += acts;
	j->post_acts += acts;
	return number;
}

static void
note_times(struct joint *j, const struct claque_share *share)
{
	if (share->at == CLAQUE_NO_TIME)
		return;
	j->first = share->at < j->first ? share->at : j->first;
	j->last = share->at > j->last ? share->at : j->last;
}

static void
mark_share(struct joint *j, const struct claque_share *share, unsigned kind, uint32_t key)
{
	struct joint_post *p = find_post(j, share->account, share->row);

	if (p == NULL)
		return;
	if (share->act == CLAQUE_ACT_reshare) {
		const struct post *original = original_post(j->scene->ds, share->object);

		p->own = false;
		if (original != NULL)
			p->original_at = original->at;
	}
	if (kind == JOINT_KEYS || key == UINT32_MAX)
		return;
	ARRAY_GROW(j->marks, j->mark_cap, j->mark_count + 1);
	j->marks[j->mark_count++] = (struct joint_mark){
		.post = (uint32_t)(p - j->posts), .key = key, .kind = (uint8_t)kind,
	};
}

static int
compare_marks(const void *pa, const void *pb)
{
	const struct joint_mark *a = pa, *b = pb;

	if (a->post != b->post)
		return a->post < b->post ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->key > b->key) - (a->key < b->key);
}

static enum claque_rc
mark_posts(struct joint *j, const struct claque_progress *progress)
{
	const struct claque_dataset *ds = j->scene->ds;
	struct ticker t = { .progress = progress, .stage = "reading what groups share",
			    .total = ds->share_count };

	for (uint32_t o = 0; o < ds->object_names.count; o++) {
		uint64_t from = ds->object_from[o], to = ds->object_from[o + 1];
		unsigned kind = mark_kind(dataset_object_kind(ds, o));
		uint32_t key = kind == JOINT_AUTHOR ? author_number(j, o, to - from) : o;

		for (uint64_t i = from; i < to; i++) {
			note_times(j, &ds->shares[i]);
			mark_share(j, &ds->shares[i], kind, key);
		}
		if (!tick(&t, to - from, 8 * (to - from) + 1))
			return CLAQUE_STOPPED;
	}
	array_sort(j->marks, j->mark_count, sizeof(*j->marks), compare_marks);
	return CLAQUE_OK;
}

static void
find_marks(struct joint *j)
{
	j->mark_from = ARRAY_NEW(size_t, (size_t)j->scene->group_count + 1);
	for (size_t i = 0; i < j->mark_count; i++)
		j->mark_from[j->posts[j->marks[i].post].group + 1] = i + 1;
	for (size_t i = 1; i <= j->scene->group_count; i++)
		if (j->mark_from[i] == 0)
			j->mark_from[i] = j->mark_from[i - 1];
}

enum claque_rc
joint_init(struct joint *j, const struct scene *s, const struct claque_progress *progress)
{
	struct gather g = { .s = s };
	enum claque_rc rc;

	*j = (struct joint){ .scene = s, .first = INT64_MAX, .last = INT64_MIN };
	map_init(&j->authors);
	g.stamps = ARRAY_NEW(uint64_t, s->ds->account_names.count);
	ARRAY_GROW(g.acts, g.cap, 1);
	ARRAY_GROW(g.run, g.run_cap, 1);
	rc = gather_acts(&g, progress);
	if (rc == CLAQUE_OK) {
		fold_posts(j, &g);
		ARRAY_GROW(j->marks, j->mark_cap, 1);
		j->all_posts = s->ds->post_count > 0 ? s->ds->post_count : s->ds->share_count;
		rc = mark_posts(j, progress);
	}
	if (rc == CLAQUE_OK)
		find_marks(j);
	array_free(g.acts);
	array_free(g.run);
	array_free(g.stamps);
	if (rc != CLAQUE_OK)
		joint_done(j);
	return rc;
}

void
joint_done(struct joint *j)
{
	array_free(j->posts);
	array_free(j->from);
	array_free(j->pairs);
	array_free(j->marks);
	array_free(j->mark_from);
	array_free(j->author_acts);
	map_done(&j->authors);
	*j = (struct joint){ 0 };
}

/* --- questions */

/* On as many posts of the file as this; and of how many. */
static uint64_t
in_file(const struct joint *j, unsigned kind, uint32_t key, uint64_t *of)
{
	const struct claque_dataset *ds = j->scene->ds;

	*of = kind == JOINT_AUTHOR ? j->post_acts : j->all_posts;
	return kind == JOINT_AUTHOR ? j->author_acts[key] :
	       ds->object_from[key + 1] - ds->object_from[key];
}

/* Does this key's name go before that one's? Numbers follow the order of the input. */
static bool
goes_before(const struct joint *j, unsigned kind, uint32_t key, uint32_t other)
{
	const struct map *names = kind == JOINT_AUTHOR ? &j->authors : &j->scene->ds->object_names;

	return str_cmp(map_key(names, key), map_key(names, other)) < 0;
}

struct weighed_key {
	uint32_t key;
	uint64_t pairs;
};

static int
compare_keys(const void *pa, const void *pb)
{
	const struct weighed_key *a = pa, *b = pb;

	return (a->key > b->key) - (a->key < b->key);
}

/* The keys of a kind on the posts of a group, each once a post; how many. The caller's. */
static struct weighed_key *
list_keys(const struct joint *j, uint32_t group, unsigned kind, size_t *count)
{
	size_t from = j->mark_from[group], to = j->mark_from[group + 1];
	struct weighed_key *keys = ARRAY_NEW(struct weighed_key, to - from);

	*count = 0;
	for (size_t i = from; i < to; i++)
		if (j->marks[i].kind == kind &&
		    (i == from || compare_marks(&j->marks[i], &j->marks[i - 1]) != 0))
			keys[(*count)++] = (struct weighed_key){ j->marks[i].key,
								 j->posts[j->marks[i].post].pairs };
	array_sort(keys, *count, sizeof(*keys), compare_keys);
	return keys;
}

static void
fill_top(const struct joint *j, uint32_t group, unsigned kind, struct joint_top *top)
{
	uint64_t posts = j->from[group + 1] - j->from[group], all;
	uint64_t total = in_file(j, kind, top->key, &all);

	top->share = (double)top->pairs / (double)j->pairs[group];
	top->elsewhere = all > posts && total > top->posts
			 ? (double)(total - top->posts) / (double)(all - posts) : 0;
	top->elsewhere = top->elsewhere < 1 ? top->elsewhere : 1;
}

struct joint_top
joint_top(const struct joint *j, uint32_t group, unsigned kind)
{
	struct joint_top top = { .key = UINT32_MAX };
	size_t count;
	struct weighed_key *keys = list_keys(j, group, kind, &count);

	for (size_t i = 0, end; i < count; i = end) {
		uint64_t pairs = 0;

		for (end = i; end < count && keys[end].key == keys[i].key; end++)
			pairs += keys[end].pairs;
		if (pairs > top.pairs || (pairs == top.pairs && top.key != UINT32_MAX &&
					  goes_before(j, kind, keys[i].key, top.key))) {
			top.key = keys[i].key;
			top.pairs = pairs;
			top.posts = end - i;
		}
	}
	array_free(keys);
	if (top.key != UINT32_MAX)
		fill_top(j, group, kind, &top);
	return top;
}

uint32_t *
joint_authors(const struct joint *j, uint32_t group, double share_least)
{
	size_t posts = j->from[group + 1] - j->from[group];
	uint32_t *author = ARRAY_NEW(uint32_t, posts);
	uint64_t *counts = ARRAY_NEW(uint64_t, j->authors.count);

	memset(author, 0xff, posts * sizeof(*author));
	for (size_t i = j->mark_from[group]; i < j->mark_from[group + 1]; i++) {
		const struct joint_mark *m = &j->marks[i];

		if (m->kind == JOINT_AUTHOR && author[m->post - j->from[group]] == UINT32_MAX) {
			author[m->post - j->from[group]] = m->key;
			counts[m->key] += j->posts[m->post].pairs;
		}
	}
	for (size_t i = 0; i < posts; i++)
		if (author[i] != UINT32_MAX &&
		    (double)counts[author[i]] < share_least * (double)j->pairs[group])
			author[i] = UINT32_MAX;
	array_free(counts);
	return author;
}
