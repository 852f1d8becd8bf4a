/*
 * names.c - see names.h. No index can find them, for any letter may come first: the
 * table of accounts is read through once, a million of them in a sixth of a second.
 * A function of SQL says no where they lie; only hits are handed over and ranked.
 */
#include "config.h"

#include "store/names.h"

#include "store/stmt.h"
#include "text/fuzzy.h"

struct search {
	struct fuzzy typed;
	struct arena *perm;
	struct name_hit *hits;		/* the best first */
	char *rooms[NAME_HITS_MAX];	/* where their names are */
	size_t max, got;
};

static bool
is_better(const struct name_hit *a, const struct name_hit *b)
{
	if (a->score != b->score)
		return a->score > b->score;
	if (a->name.len != b->name.len)
		return a->name.len < b->name.len;
	return a->account < b->account;
}

/* One that is pushed out leaves its room to the new one: there are as many as hits. */
static void
keep(struct search *f, struct name_hit hit)
{
	size_t at = f->got;
	char *room;

	if (at == f->max && !is_better(&hit, &f->hits[at - 1]))
		return;
	if (at == f->max)
		room = f->rooms[--at];
	else
		room = ARENA_NEW(f->perm, char, FUZZY_NAME_MAX);
	f->got = at + 1;
	memcpy(room, hit.name.p, hit.name.len);
	hit.name.p = room;
	for (; at > 0 && is_better(&hit, &f->hits[at - 1]); at--) {
		f->hits[at] = f->hits[at - 1];
		f->rooms[at] = f->rooms[at - 1];
	}
	f->hits[at] = hit;
	f->rooms[at] = room;
}

static struct name_hit
hit_of(const struct search *f, int64_t account, struct claque_str name)
{
	name = str_sub(name, 0, FUZZY_NAME_MAX);
	return (struct name_hit){ account, fuzzy_score(&f->typed, name), name };
}

/* An account is found once, by whichever of its names is better. */
static void
consider(struct search *f, int64_t account, struct claque_str handle, struct claque_str name)
{
	struct name_hit a = hit_of(f, account, handle), b = hit_of(f, account, name);

	if (is_better(&b, &a))
		a = b;
	if (a.score >= 0)
		keep(f, a);
}

enum claque_rc
names_find(struct store *s, struct claque_str typed, struct arena *perm, struct name_hit *out,
	   size_t max, size_t *got, struct claque_err *err)
{
	struct search f = { .perm = perm, .hits = out,
			    .max = max < NAME_HITS_MAX ? max : NAME_HITS_MAX };
	sqlite3_stmt *st;
	enum claque_rc rc;

	*got = 0;
	fuzzy_read(&f.typed, typed);
	if (f.typed.len == 0 || f.max == 0)
		return CLAQUE_OK;
	rc = stmt_prepare(s, "SELECT id, handle, display_name FROM account"
			  " WHERE claque_fuzzy(?1, handle, display_name)", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, (struct claque_str){ f.typed.typed, f.typed.len });
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK)
		consider(&f, column_i64(st, 0, 0), column_str(st, 1), column_str(st, 2));
	(void)sqlite3_finalize(st);
	*got = f.got;
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}
