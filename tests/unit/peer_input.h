/*
 * peer_input.h - small inputs for the definitions of the peers, and their
 * results as lines of text.
 */
#ifndef TESTS_UNIT_PEER_INPUT_H
#define TESTS_UNIT_PEER_INPUT_H

#include "test.h"

#include <stdlib.h>

#include "claque/memory.h"
#include "claque/peer.h"

#include "base/map.h"

struct input {
	struct claque_peer_row *rows;
	size_t count, cap;
	struct map accounts, things;	/* things: objects, contents, keys */
};

static const struct claque_progress silent = { 0 };

static inline struct claque_str
account_name(const void *ctx, uint32_t account)
{
	const struct input *in = ctx;

	return map_key(&in->accounts, account);
}

static inline void
input_add(struct input *in, struct claque_str object, struct claque_str account,
	  struct claque_str content, int64_t ms)
{
	GROW(in->rows, in->cap, in->count + 1);
	in->rows[in->count++] = (struct claque_peer_row){
		.object = map_add(&in->things, object, NULL),
		.account = map_add(&in->accounts, account, NULL),
		.content = map_add(&in->things, content, NULL), .at = ms };
}

static inline void
add(struct input *in, const char *object, const char *account, const char *content, int seconds)
{
	input_add(in, str_of(object), str_of(account), str_of(content), (int64_t)seconds * 1000);
}

static inline void
input_done(struct input *in)
{
	free(in->rows);
	map_done(&in->accounts);
	map_done(&in->things);
}

/* What came out, one line each, sorted, so that two runs compare as sets. */
struct lines {
	struct claque_str *at;
	size_t count, cap;
};

static inline void
lines_add(struct lines *l, struct claque_str line)
{
	GROW(l->at, l->cap, l->count + 1);
	l->at[l->count++] = line;
}

static inline int
line_cmp(const void *a, const void *b)
{
	return str_cmp(*(const struct claque_str *)a, *(const struct claque_str *)b);
}

static inline void
lines_sort(struct lines *l)
{
	if (l->count > 0)
		qsort(l->at, l->count, sizeof(*l->at), line_cmp);
}

/* One string: the sorted lines with blanks between. */
static inline struct claque_str
lines_join(struct arena *a, struct lines *l)
{
	struct claque_str all = STR("");

	lines_sort(l);
	for (size_t i = 0; i < l->count; i++)
		all = str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(all), i > 0 ? " " : "",
			      STR_ARG(l->at[i]));
	free(l->at);
	return all;
}

static inline struct claque_coortweet_result *
coortweet(const struct input *in, struct claque_coortweet_settings settings)
{
	struct claque_peer_names names = { in, account_name };
	struct claque_coortweet_result *r;
	struct claque_err err;

	assert_ok(claque_coortweet(in->rows, in->count, &names, &settings, &silent, &r, &err), err);
	return r;
}

static inline struct claque_str
thing(const struct input *in, uint32_t number)
{
	return map_key(&in->things, number);
}

static inline struct claque_str
pair_line(struct arena *a, const struct input *in, const struct claque_coortweet_pair *p)
{
	const struct claque_peer_row *x = &in->rows[p->row], *y = &in->rows[p->row_y];

	return str_fmt(a, STR_FMT "," STR_FMT "," STR_FMT "," STR_FMT "," STR_FMT ",%lld",
		       STR_ARG(thing(in, x->object)), STR_ARG(account_name(in, x->account)),
		       STR_ARG(account_name(in, y->account)), STR_ARG(thing(in, x->content)),
		       STR_ARG(thing(in, y->content)), (long long)p->time_delta_s);
}

static inline struct lines
toolkit_lines(struct arena *a, const struct input *in, struct claque_toolkit_settings settings)
{
	struct claque_peer_names names = { in, account_name };
	struct claque_toolkit_edge *edges;
	struct lines l = { 0 };
	struct claque_err err;
	size_t n;

	assert_ok(claque_toolkit(in->rows, in->count, &names, &settings, &silent, &edges, &n,
				 &err), err);
	for (size_t i = 0; i < n; i++)
		lines_add(&l, str_fmt(a, STR_FMT "," STR_FMT ",%u",
				      STR_ARG(account_name(in, edges[i].user_1)),
				      STR_ARG(account_name(in, edges[i].user_2)),
				      edges[i].weight));
	claque_free(edges);
	return l;
}

#endif
