/*
 * sets.c - what is marked, as one thing to stand on: a set of accounts, sources or
 * posts with a number. A set never changes, so a place on it can be gone back to,
 * and it is kept in the case with the way that leads there.
 */
#include "config.h"

#include <stdlib.h>

#include "app/id_list.h"
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
gather_accounts(struct session *s, struct ids *ids)
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

/* Marks are in the order of their kinds and ids already. */
static void
gather_things(const struct session *s, enum subject_kind kind, struct ids *ids)
{
	for (size_t i = 0; i < s->mark_count; i++)
		if (s->marks[i].kind == kind)
			(void)add_id(ids, &(struct row){ s->marks[i].id, NULL });
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
keep(struct session *s, struct subject of, size_t count, struct claque_str json)
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
	*set = (struct marked_set){ of.kind, of.id, count, copy, json.len };
}

static struct claque_str
json_of(const struct ids *ids, struct buf *out)
{
	for (size_t i = 0; i < ids->count; i++)
		id_list_add(out, ids->p[i]);
	return id_list_end(out);
}

/* The set of just these, which may be an old one; numbers are never given twice. */
static struct subject
set_of(struct session *s, enum subject_kind kind, size_t count, struct claque_str json)
{
	const struct marked_set *last = s->set_count > 0 ? &s->sets[s->set_count - 1] : NULL;
	struct subject set = { kind, last != NULL ? last->id + 1 : 1 };

	for (size_t i = s->set_count; i-- > 0; )
		if (s->sets[i].kind == kind &&
		    str_eq(json, (struct claque_str){ s->sets[i].json, s->sets[i].len }))
			return (struct subject){ kind, s->sets[i].id };
	keep(s, set, count, json);
	return set;
}

/* What kind of mark makes what kind of set; accounts are gathered from clusters, too. */
static const struct {
	enum subject_kind mark, set;
} kinds[SESSION_SETS] = {
	{ SUBJECT_account, SUBJECT_set }, { SUBJECT_source, SUBJECT_sources },
	{ SUBJECT_post, SUBJECT_posts },
};

/* None of fewer than two. */
static struct subject
set_of_ids(struct session *s, enum subject_kind kind, const struct ids *ids)
{
	struct subject set = { 0 };
	struct buf json;

	if (ids->count < MEMBERS_LEAST)
		return set;
	buf_init(&json, SETS_BYTES_MAX);
	set = set_of(s, kind, ids->count, json_of(ids, &json));
	buf_done(&json);
	return set;
}

static struct subject
marked_set(struct session *s, size_t kind)
{
	struct subject set;
	struct ids ids = { 0 };

	if (kinds[kind].mark == SUBJECT_account)
		gather_accounts(s, &ids);
	else
		gather_things(s, kinds[kind].mark, &ids);
	set = set_of_ids(s, kinds[kind].set, &ids);
	free(ids.p);
	return set;
}

struct subject
session_set_of(struct session *s, enum subject_kind kind, const int64_t *id, size_t count)
{
	struct subject set;
	struct ids ids = { 0 };

	for (size_t i = 0; i < count; i++)
		if (id[i] != 0)
			(void)add_id(&ids, &(struct row){ id[i], NULL });
	make_unique(&ids);
	set = set_of_ids(s, kind, &ids);
	free(ids.p);
	return set;
}

size_t
session_marked_sets(struct session *s, struct subject out[SESSION_SETS])
{
	enum subject_kind here = list_subject(session_list(s));
	size_t n = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < SESSION_SETS && s->mark_count > 0; i++) {
			if ((kinds[i].mark == here) != (pass == 0))
				continue;
			out[n] = marked_set(s, i);
			n += out[n].kind != SUBJECT_none;
		}
	return n;
}

struct subject
session_marked_set(struct session *s)
{
	struct subject sets[SESSION_SETS];

	return session_marked_sets(s, sets) > 0 ? sets[0] : (struct subject){ 0 };
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

static bool
is_used(const struct session *s, const struct marked_set *set)
{
	for (size_t i = 0; i < s->step_count; i++)
		if (s->steps[i].place.subject.kind == set->kind &&
		    s->steps[i].place.subject.id == set->id)
			return true;
	return false;
}

/*
 * A line a set: what it is of (nothing before accounts, as earlier versions wrote it),
 * its number, how many, the ids. Only those that the way leads to.
 */
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

		if (!is_used(s, set))
			continue;
		if (set->kind != SUBJECT_set)
			buf_addf(&out, "%s ", subject_kind_name(set->kind));
		buf_addf(&out, "%lld %zu " STR_FMT "\n", (long long)set->id, set->count,
			 STR_ARG(session_set_ids(s, set->id)));
	}
	if (!out.over && desk_set(s->store, STR("sets"), buf_str(&out), &err) != CLAQUE_OK)
		session_fail(s, &err);
	buf_done(&out);
}

static void
load_set(struct session *s, struct claque_str line)
{
	struct subject of = { .kind = SUBJECT_set };
	struct claque_str word;
	int64_t size;

	if (!str_cut(&line, ' ', &word))
		return;
	if (subject_kind_parse(word, &of.kind) && !str_cut(&line, ' ', &word))
		return;
	if (subject_is_set(of.kind) && str_to_i64(word, &of.id) && str_cut(&line, ' ', &word) &&
	    str_to_i64(word, &size) && size > 0 && line.len > 0)
		keep(s, of, (size_t)size, line);
}

void
sets_load(struct session *s)
{
	struct arena whole = arena_new(SETS_SCRATCH), perm = whole;
	struct claque_str text, line;
	struct claque_err err;

	if (desk_get(s->store, STR("sets"), &perm, &text, &err) != CLAQUE_OK)
		text = STR("");
	while (str_cut(&text, '\n', &line))
		load_set(s, line);
	arena_free(whole);
}

void
sets_free(struct session *s)
{
	for (size_t i = 0; i < s->set_count; i++)
		free(s->sets[i].json);
	s->set_count = 0;
}
