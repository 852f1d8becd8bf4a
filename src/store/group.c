/*
 * group.c - the accounts that a picture is about, and those that it is
 * compared with.
 *
 * A control account must have had as many occasions to meet as the one that it
 * stands for, and be none of the suspects; more than that would match away what
 * is looked for. Drawing among the nearest, by a seed that is shown, keeps
 * anybody, claque included, from choosing a control that pleases.
 */
#include "config.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/rng.h"
#include "store/picture_impl.h"

#define LAST_RUN "(SELECT max(id) FROM run)"

enum { NEAREST = 16 };

static const char members_sql[] =
	"SELECT m.account, (SELECT count(*) FROM member WHERE cluster = ?1) FROM member m"
	" WHERE m.cluster = ?1 ORDER BY m.place LIMIT ?2";
/* Everybody outside of the clusters, in order of activity. */
static const char others_sql[] =
	"SELECT a.id, a.share_count FROM account a WHERE a.share_count > 0 AND NOT EXISTS"
	" (SELECT 1 FROM member m WHERE m.account = a.id AND m.run = " LAST_RUN ")"
	" ORDER BY a.share_count, a.id";

struct candidate {
	int64_t account, shares;
	bool taken;
};

struct candidates {
	struct candidate *all;
	size_t count, cap;
};

size_t
group_find(const struct group *group, int64_t account)
{
	size_t i = 0;

	while (i < group->count && group->accounts[i] != account)
		i++;
	return i;
}

void
group_json(struct buf *out, const struct group *group)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < group->count; i++)
		buf_addf(out, "%s%lld", i > 0 ? "," : "", (long long)group->accounts[i]);
	buf_addc(out, ']');
}

void
group_from_json(struct claque_str json, struct group *out)
{
	struct claque_str id;
	int64_t account;

	*out = (struct group){ 0 };
	json = str_starts(json, STR("[")) && json.len > 1 ? str_sub(json, 1, json.len - 2) :
	       STR("");
	while (str_cut(&json, ',', &id)) {
		if (!str_to_i64(id, &account))
			break;
		if (out->count < GROUP_MAX)
			out->accounts[out->count++] = account;
		out->whole++;
	}
}

enum claque_rc
group_of(struct store *s, struct subject subject, struct group *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	*out = (struct group){ .accounts = { subject.id }, .count = 1, .whole = 1 };
	if (subject.kind == SUBJECT_account)
		return CLAQUE_OK;
	*out = (struct group){ 0 };
	if (subject.kind != SUBJECT_cluster)
		return err_set(err, CLAQUE_EUSAGE, "a %s is no group of accounts",
			       subject_kind_name(subject.kind));
	rc = stmt_prepare(s, members_sql, &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, subject.id);
	bind_i64(st, 2, GROUP_MAX);
	while (out->count < GROUP_MAX && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		out->accounts[out->count++] = column_i64(st, 0, 0);
		out->whole = column_i64(st, 1, 0);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
read_candidates(struct store *s, const struct group *like, struct candidates *c,
		struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, others_sql, &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct candidate next = { column_i64(st, 0, 0), column_i64(st, 1, 0), false };

		if (group_find(like, next.account) < like->count)
			continue;
		GROW(c->all, c->cap, c->count + 1);
		c->all[c->count++] = next;
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* The first with at least so many shares, or the count. */
static size_t
first_with(const struct candidates *c, int64_t shares)
{
	size_t lo = 0, hi = c->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (c->all[mid].shares < shares)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Those not yet taken that are nearest in shares, the less active first on a tie. */
static size_t
nearest(const struct candidates *c, int64_t shares, size_t out[NEAREST])
{
	size_t up = first_with(c, shares), down = up, n = 0;

	while (n < NEAREST && (down > 0 || up < c->count)) {
		bool lower = up == c->count ||
			     (down > 0 &&
			      shares - c->all[down - 1].shares <= c->all[up].shares - shares);
		size_t at = lower ? --down : up++;

		if (!c->all[at].taken)
			out[n++] = at;
	}
	return n;
}

static enum claque_rc
shares_of(struct store *s, int64_t account, int64_t *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT share_count FROM account WHERE id = ?1", &st,
					 err);

	*out = 0;
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, account);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = column_i64(st, 0, 0);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
draw(struct store *s, const struct group *like, struct candidates *c, uint64_t seed,
     struct group *out, struct claque_err *err)
{
	struct rng rng = rng_seeded(seed);
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct group){ 0 };
	for (size_t i = 0; i < c->count; i++)
		c->all[i].taken = false;
	for (size_t i = 0; i < like->count; i++) {
		size_t near[NEAREST], n, drawn;
		int64_t shares;

		rc = shares_of(s, like->accounts[i], &shares, err);
		n = rc == CLAQUE_OK ? nearest(c, shares, near) : 0;
		if (n == 0)
			break;
		drawn = near[rng_below(&rng, n)];
		c->all[drawn].taken = true;
		out->accounts[out->count++] = c->all[drawn].account;
	}
	out->whole = (int64_t)out->count;
	return rc;
}

enum claque_rc
group_controls(struct store *s, const struct group *like, uint64_t seed, size_t count,
	       struct group *out, struct claque_err *err)
{
	struct candidates c = { 0 };
	enum claque_rc rc = read_candidates(s, like, &c, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++)
		rc = draw(s, like, &c, seed + i, &out[i], err);
	free(c.all);
	return rc;
}

enum claque_rc
group_control(struct store *s, const struct group *like, uint64_t seed, struct group *out,
	      struct claque_err *err)
{
	return group_controls(s, like, seed, 1, out, err);
}
