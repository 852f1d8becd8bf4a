/*
 * sets.c - what is marked, as one thing to stand on: a set of accounts with a
 * number. A set never changes, so a place on it can be gone back to, and it is
 * kept in the case with the way that leads there.
 */
#include "config.h"

#include <stdlib.h>

#include "app/session_impl.h"
#include "base/buf.h"
#include "store/desk.h"

enum { SETS_BYTES_MAX = 16 << 20, SETS_SCRATCH = 64 << 20, MEMBERS_LEAST = 2 };

struct ids {
	int64_t *p;
	size_t count, cap;
};

static bool
add_id(void *ctx, const struct row *row)
{
	struct ids *ids = ctx;

	GROW(ids->p, ids->cap, ids->count + 1);
	ids->p[ids->count++] = row->id;
	return ids->count < SESSION_MARKS_MAX;
}

static int
id_cmp(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
make_unique(struct ids *ids)
{
	size_t n = 0;

	if (ids->count == 0)
		return;
	qsort(ids->p, ids->count, sizeof(*ids->p), id_cmp);
	for (size_t i = 0; i < ids->count; i++)
		if (n == 0 || ids->p[n - 1] != ids->p[i])
			ids->p[n++] = ids->p[i];
	ids->count = n;
}

/* Accounts that are marked, and the members of clusters that are. */
static void
gather(struct session *s, struct ids *ids)
{
	struct claque_err err;

	for (size_t i = 0; i < s->mark_count; i++) {
		struct list_query q = { .list = LIST_MEMBERS, .subject = s->marks[i],
					.lens = lens_open(), .sort = -1 };

		if (s->marks[i].kind == SUBJECT_account)
			(void)add_id(ids, &(struct row){ s->marks[i].id, NULL });
		else if (s->marks[i].kind == SUBJECT_cluster &&
			 list_walk(s->store, &q, add_id, ids, &err) != CLAQUE_OK)
			session_fail(s, &err);
	}
	make_unique(ids);
}

static struct marked_set *
find_set(const struct session *s, int64_t id)
{
	for (size_t i = 0; i < s->set_count; i++)
		if (s->sets[i].id == id)
			return (struct marked_set *)(uintptr_t)&s->sets[i];
	return NULL;
}

/* The oldest makes room; a step that stood on it can then only be seen in the trail. */
static void
keep(struct session *s, int64_t id, size_t count, struct claque_str json)
{
	struct marked_set *set;
	char *copy = malloc(json.len > 0 ? json.len : 1);

	if (copy == NULL)
		base_oom();
	memcpy(copy, json.p, json.len);
	if (s->set_count == SETS_MAX) {
		free(s->sets[0].json);
		memmove(&s->sets[0], &s->sets[1], (SETS_MAX - 1) * sizeof(s->sets[0]));
		s->set_count--;
	}
	set = &s->sets[s->set_count++];
	*set = (struct marked_set){ id, count, copy, json.len };
}

static void
write_json(struct buf *out, const struct ids *ids)
{
	for (size_t i = 0; i < ids->count; i++)
		buf_addf(out, "%c%lld", i == 0 ? '[' : ',', (long long)ids->p[i]);
	buf_addc(out, ']');
}

struct subject
session_marked_set(struct session *s)
{
	const struct marked_set *last = s->set_count > 0 ? &s->sets[s->set_count - 1] : NULL;
	struct subject set = { 0 };
	struct ids ids = { 0 };
	struct buf json;

	gather(s, &ids);
	if (ids.count >= MEMBERS_LEAST) {
		buf_init(&json, SETS_BYTES_MAX);
		write_json(&json, &ids);
		if (last == NULL || !str_eq(buf_str(&json), session_set_ids(s, last->id)))
			keep(s, last != NULL ? last->id + 1 : 1, ids.count, buf_str(&json));
		set = (struct subject){ SUBJECT_set, s->sets[s->set_count - 1].id };
		buf_done(&json);
	}
	free(ids.p);
	return set;
}

struct claque_str
session_set_ids(const struct session *s, int64_t id)
{
	const struct marked_set *set = find_set(s, id);

	return set != NULL ? (struct claque_str){ set->json, set->len } : STR("");
}

size_t
session_set_size(const struct session *s, int64_t id)
{
	const struct marked_set *set = find_set(s, id);

	return set != NULL ? set->count : 0;
}

/* A line a set: its number, how many, the ids. Only those that the way leads to. */
void
sets_save(struct session *s)
{
	struct claque_err err;
	struct buf out;

	if (!s->writable || s->set_count == 0)
		return;
	buf_init(&out, SETS_BYTES_MAX);
	for (size_t i = 0; i < s->set_count; i++) {
		const struct marked_set *set = &s->sets[i];
		bool used = false;

		for (size_t k = 0; k < s->step_count; k++)
			used = used || (s->steps[k].place.subject.kind == SUBJECT_set &&
					s->steps[k].place.subject.id == set->id);
		if (used)
			buf_addf(&out, "%lld %zu " STR_FMT "\n", (long long)set->id, set->count,
				 STR_ARG(session_set_ids(s, set->id)));
	}
	if (!out.over && desk_set(s->store, STR("sets"), buf_str(&out), &err) != CLAQUE_OK)
		session_fail(s, &err);
	buf_done(&out);
}

void
sets_load(struct session *s)
{
	struct arena whole = arena_new(SETS_SCRATCH), perm = whole;
	struct claque_str text, line, id, count;
	struct claque_err err;
	int64_t number, size;

	if (desk_get(s->store, STR("sets"), &perm, &text, &err) != CLAQUE_OK)
		text = STR("");
	while (str_cut(&text, '\n', &line))
		if (str_cut(&line, ' ', &id) && str_to_i64(id, &number) &&
		    str_cut(&line, ' ', &count) && str_to_i64(count, &size) && size > 0 &&
		    line.len > 0)
			keep(s, number, (size_t)size, line);
	arena_free(whole);
}

void
sets_free(struct session *s)
{
	for (size_t i = 0; i < s->set_count; i++)
		free(s->sets[i].json);
	s->set_count = 0;
}
