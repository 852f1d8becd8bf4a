/*
 * source.c - objects and text groups are nodes; a post that is an object and
 * has words joins the two. What is joined is one source (union-find).
 */
#include "config.h"

#include "engine/source.h"

#include "base/array.h"
#include "base/err.h"
#include "engine/tick.h"

#define NO_NODE UINT32_MAX
#define NO_SOURCE UINT32_MAX

#define BIT(n) (1u << (n))
#define ACTS (BIT(CLAQUE_ACT_reshare) | BIT(CLAQUE_ACT_link) | BIT(CLAQUE_ACT_quote))

/* Nodes: first the objects, then the text groups. */
struct sources {
	const struct claque_dataset *ds;
	const struct neardup *texts;
	uint32_t objects, nodes;
	uint32_t *parent;	/* by node */
	uint8_t *shared;	/* by object: somebody reshared, linked or quoted it */
	uint32_t *writers;	/* by text group: accounts, counted to one past the most */
	/* By root node: */
	uint64_t *keys;		/* least of its nodes' */
	uint32_t *first;	/* earliest post, or NO_POST */
	uint8_t *has_object;	/* a shared one */
	uint32_t *number;	/* in *out, or NO_SOURCE */
	struct coact *out;
};

static uint32_t
root_of(struct sources *s, uint32_t node)
{
	while (s->parent[node] != node) {
		s->parent[node] = s->parent[s->parent[node]];
		node = s->parent[node];
	}
	return node;
}

static void
join(struct sources *s, uint32_t a, uint32_t b)
{
	a = root_of(s, a);
	b = root_of(s, b);
	if (a < b)
		s->parent[b] = a;
	else
		s->parent[a] = b;
}

static bool
is_shared(const struct claque_dataset *ds, uint32_t object)
{
	enum claque_object_kind kind = dataset_object_kind(ds, object);

	if (kind != CLAQUE_OBJECT_post && kind != CLAQUE_OBJECT_object)
		return false;
	for (uint64_t i = ds->object_from[object]; i < ds->object_from[object + 1]; i++)
		if ((ACTS >> ds->shares[i].act & 1) != 0)
			return true;
	return false;
}

/* That this post is, if anybody shared it. */
static uint32_t
shared_object(const struct sources *s, const struct post *p)
{
	return p->object != CLAQUE_NO_OBJECT && s->shared[p->object] ? p->object : NO_NODE;
}

/* Node of the text group that the post's words are in, or NO_NODE. */
static uint32_t
text_node(const struct sources *s, const struct post *p)
{
	uint32_t group = s->texts->group[p->text];

	return group == NO_TEXT_GROUP ? NO_NODE : s->objects + group;
}

/* Posts are in the order of their accounts. */
static void
count_writers(struct sources *s)
{
	uint32_t *last = ARRAY_NEW(uint32_t, s->texts->group_count);

	for (size_t i = 0; i < s->ds->post_count; i++) {
		const struct post *p = &s->ds->posts[i];
		uint32_t group = s->texts->group[p->text];

		if (p->kind == CLAQUE_IS_reshare || group == NO_TEXT_GROUP ||
		    last[group] == p->account + 1 || s->writers[group] > SOURCE_ACCOUNTS_MAX)
			continue;
		last[group] = p->account + 1;
		s->writers[group]++;
	}
	array_free(last);
}

static void
join_words(struct sources *s, uint32_t object, const struct post *p)
{
	uint32_t node = text_node(s, p);

	if (node != NO_NODE && s->writers[node - s->objects] <= SOURCE_ACCOUNTS_MAX)
		join(s, object, node);
}

/* A post's own words; where it is not in the file, those of its native reshares. */
static void
join_texts(struct sources *s)
{
	const struct claque_dataset *ds = s->ds;

	for (size_t i = 0; i < ds->post_count; i++) {
		const struct post *p = &ds->posts[i];

		if (p->kind != CLAQUE_IS_reshare && shared_object(s, p) != NO_NODE)
			join_words(s, p->object, p);
		if (p->kind == CLAQUE_IS_reshare && p->parent != CLAQUE_NO_OBJECT &&
		    s->shared[p->parent] && ds->object_post[p->parent] == NO_POST)
			join_words(s, p->parent, p);
	}
}

static uint64_t
node_key(const struct sources *s, uint32_t node)
{
	uint32_t first;

	if (node < s->objects)
		return coact_key(s->ds, node);
	first = s->texts->first[node - s->objects];
	return hash_bytes(texts_print(&s->ds->texts, first), 1);
}

static void
describe_roots(struct sources *s)
{
	for (uint32_t node = 0; node < s->nodes; node++) {
		uint32_t root = root_of(s, node);
		uint64_t key;

		if (node < s->objects && !s->shared[node])
			continue;
		key = node_key(s, node);
		if (key < s->keys[root])
			s->keys[root] = key;
		s->has_object[root] |= node < s->objects;
	}
}

static bool
is_before(const struct claque_dataset *ds, const struct post *a, const struct post *b)
{
	if (a->at != b->at)
		return a->at < b->at;
	if (a->account != b->account)
		return ds->rank[a->account] < ds->rank[b->account];
	return a->row < b->row;
}

static void
offer_first(struct sources *s, uint32_t node, uint32_t post)
{
	uint32_t *first = &s->first[root_of(s, node)];
	const struct post *posts = s->ds->posts;

	if (*first == NO_POST || is_before(s->ds, &posts[post], &posts[*first]))
		*first = post;
}

static void
find_first(struct sources *s)
{
	for (uint32_t i = 0; i < s->ds->post_count; i++) {
		const struct post *p = &s->ds->posts[i];
		uint32_t node = text_node(s, p);

		if (p->kind == CLAQUE_IS_reshare || p->at == CLAQUE_NO_TIME)
			continue;
		if (node != NO_NODE)
			offer_first(s, node, i);
		if (shared_object(s, p) != NO_NODE)
			offer_first(s, p->object, i);
	}
}

/* Whether the account wrote the post that the source goes back to. */
static bool
is_author(const struct sources *s, uint32_t root, uint32_t account)
{
	const struct post *first;

	if (s->first[root] == NO_POST)
		return false;
	first = &s->ds->posts[s->first[root]];
	return shared_object(s, first) != NO_NODE && first->account == account;
}

static bool
is_named_author(const struct sources *s, uint32_t object, uint32_t account)
{
	uint32_t author = s->ds->object_author[object];

	return author != NO_AUTHOR && str_eq(map_key(&s->ds->author_names, author),
					     claque_dataset_account_id(s->ds, account));
}

static void
act_on(struct sources *s, uint32_t root, int64_t at, uint32_t account, uint32_t row)
{
	if (is_author(s, root, account))
		return;
	if (s->number[root] == NO_SOURCE)
		s->number[root] = coact_object(s->out, s->keys[root]);
	coact_add(s->out, s->ds, s->number[root], at, account, row);
}

static bool
take_shares(struct sources *s, struct ticker *t)
{
	for (uint32_t o = 0; o < s->objects; o++) {
		uint64_t from = s->ds->object_from[o], to = s->ds->object_from[o + 1];
		uint32_t root = root_of(s, o);

		for (uint64_t i = from; i < to && s->shared[o]; i++) {
			const struct claque_share *share = &s->ds->shares[i];

			if ((ACTS >> share->act & 1) != 0 && !is_named_author(s, o, share->account))
				act_on(s, root, share->at, share->account, share->row);
		}
		if (!tick(t, to - from, (to - from) * 8 + 4))
			return false;
	}
	return true;
}

static bool
take_copies(struct sources *s, struct ticker *t)
{
	for (size_t i = 0; i < s->ds->post_count; i++) {
		const struct post *p = &s->ds->posts[i];
		uint32_t node = text_node(s, p), root;

		if (!tick(t, 1, 8))
			return false;
		if (p->kind == CLAQUE_IS_reshare || node == NO_NODE)
			continue;
		root = root_of(s, node);
		if (s->has_object[root] || s->writers[node - s->objects] > 1)
			act_on(s, root, p->at, p->account, p->row);
	}
	return true;
}

static void
open_sources(struct sources *s)
{
	s->parent = ARRAY_NEW(uint32_t, s->nodes);
	s->writers = ARRAY_NEW(uint32_t, s->texts->group_count);
	s->keys = ARRAY_NEW(uint64_t, s->nodes);
	s->first = ARRAY_NEW(uint32_t, s->nodes);
	s->has_object = ARRAY_NEW(uint8_t, s->nodes);
	s->shared = ARRAY_NEW(uint8_t, s->objects);
	s->number = ARRAY_NEW(uint32_t, s->nodes);
	for (uint32_t n = 0; n < s->nodes; n++) {
		s->parent[n] = n;
		s->keys[n] = UINT64_MAX;
		s->first[n] = NO_POST;
		s->number[n] = NO_SOURCE;
	}
	for (uint32_t o = 0; o < s->objects; o++)
		s->shared[o] = is_shared(s->ds, o);
}

static void
free_sources(struct sources *s)
{
	array_free(s->parent);
	array_free(s->writers);
	array_free(s->keys);
	array_free(s->first);
	array_free(s->shared);
	array_free(s->has_object);
	array_free(s->number);
}

enum claque_rc
source_acts(struct coact *out, const struct claque_dataset *ds, const struct neardup *texts,
	    const struct claque_progress *progress, struct claque_err *err)
{
	struct sources s = { .ds = ds, .texts = texts, .out = out,
			     .objects = ds->object_names.count };
	struct ticker t = { .progress = progress, .stage = "finding sources",
			    .total = ds->share_count + ds->post_count };
	bool go_on;

	*out = (struct coact){ 0 };
	if (texts->group_count >= NO_NODE - s.objects)
		return err_set(err, CLAQUE_ELIMIT, "more than %u objects and texts", NO_NODE - 1);
	s.nodes = s.objects + texts->group_count;
	open_sources(&s);
	count_writers(&s);
	join_texts(&s);
	describe_roots(&s);
	find_first(&s);
	go_on = take_shares(&s, &t) && take_copies(&s, &t);
	free_sources(&s);
	if (!go_on) {
		coact_done(out);
		return CLAQUE_STOPPED;
	}
	coact_sort_once(out);
	return CLAQUE_OK;
}
