#include "config.h"

#include "engine/coact.h"

#include "base/array.h"
#include "engine/tick.h"

uint32_t
coact_object(struct coact *c, uint64_t key)
{
	ARRAY_GROW(c->keys, c->keys_cap, (size_t)c->object_count + 1);
	c->keys[c->object_count] = key;
	return c->object_count++;
}

void
coact_add(struct coact *c, const struct claque_dataset *ds, uint32_t object, int64_t at,
	  uint32_t account, uint32_t row)
{
	if (at == CLAQUE_NO_TIME) {
		c->undated++;
		return;
	}
	ARRAY_GROW(c->acts, c->cap, c->count + 1);
	c->acts[c->count++] = (struct coact_act){ at, ds->rank[account], object, row };
}

static int
compare_acts(const void *pa, const void *pb)
{
	const struct coact_act *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static void
sort_run(struct coact_act *acts, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (compare_acts(&acts[i - 1], &acts[i]) > 0) {
			array_sort(acts, count, sizeof(*acts), compare_acts);
			return;
		}
}

/* As in dataset.c: one counting pass by object, then each object's few. */
void
coact_sort(struct coact *c)
{
	uint64_t *from = ARRAY_NEW(uint64_t, (size_t)c->object_count + 2);
	struct coact_act *sorted = ARRAY_NEW(struct coact_act, c->count);

	for (size_t i = 0; i < c->count; i++)
		from[c->acts[i].object + 2]++;
	for (size_t o = 2; o < (size_t)c->object_count + 2; o++)
		from[o] += from[o - 1];
	for (size_t i = 0; i < c->count; i++)
		sorted[from[c->acts[i].object + 1]++] = c->acts[i];
	for (size_t o = 0; o < c->object_count; o++)
		sort_run(sorted + from[o], from[o + 1] - from[o]);
	array_free(c->acts);
	c->acts = sorted;
	c->cap = c->count;
	c->from = from;
}

/* Acts of one post have its time and account: they stand side by side. */
void
coact_sort_once(struct coact *c)
{
	size_t kept = 0;

	coact_sort(c);
	for (uint32_t o = 0; o < c->object_count; o++) {
		uint64_t from = c->from[o], to = c->from[o + 1];

		c->from[o] = kept;
		for (uint64_t i = from; i < to; i++)
			if (i == from || compare_acts(&c->acts[i - 1], &c->acts[i]) != 0)
				c->acts[kept++] = c->acts[i];
	}
	c->from[c->object_count] = kept;
	c->count = kept;
}

void
coact_copy(struct coact *out, const struct coact *c)
{
	*out = (struct coact){
		.acts = ARRAY_NEW(struct coact_act, c->count), .count = c->count, .cap = c->count,
		.from = ARRAY_NEW(uint64_t, (size_t)c->object_count + 1),
		.keys = ARRAY_NEW(uint64_t, c->object_count), .keys_cap = c->object_count,
		.object_count = c->object_count, .undated = c->undated,
	};
	array_copy(out->acts, c->acts, c->count, sizeof(*c->acts));
	memcpy(out->from, c->from, ((size_t)c->object_count + 1) * sizeof(*c->from));
	array_copy(out->keys, c->keys, c->object_count, sizeof(*c->keys));
}

void
coact_done(struct coact *c)
{
	array_free(c->acts);
	array_free(c->from);
	array_free(c->keys);
	*c = (struct coact){ 0 };
}

uint64_t
coact_key(const struct claque_dataset *ds, uint32_t object)
{
	return hash_bytes(map_key(&ds->object_names, object), 0);
}

static void
add_shares(struct coact *out, const struct claque_dataset *ds, uint32_t object, unsigned acts)
{
	uint32_t number = CLAQUE_NO_OBJECT;

	for (uint64_t i = ds->object_from[object]; i < ds->object_from[object + 1]; i++) {
		const struct claque_share *s = &ds->shares[i];

		if ((acts >> s->act & 1) == 0)
			continue;
		if (number == CLAQUE_NO_OBJECT)
			number = coact_object(out, coact_key(ds, object));
		coact_add(out, ds, number, s->at, s->account, s->row);
	}
}

enum claque_rc
coact_shares(struct coact *out, const struct claque_dataset *ds, unsigned kinds, unsigned acts,
	     const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "reading shares",
			    .total = ds->share_count };

	*out = (struct coact){ 0 };
	for (uint32_t o = 0; o < ds->object_names.count; o++) {
		uint64_t count = ds->object_from[o + 1] - ds->object_from[o];

		if ((kinds >> dataset_object_kind(ds, o) & 1) != 0)
			add_shares(out, ds, o, acts);
		if (!tick(&t, count, count * 4 + 1)) {
			coact_done(out);
			return CLAQUE_STOPPED;
		}
	}
	coact_sort(out);
	return CLAQUE_OK;
}
