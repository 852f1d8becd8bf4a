/*
 * handles.c - who had which handle when, from profiles, changes and posts.
 *
 * An account is its native id, so a new handle of it is a change and not a new
 * account; and a handle that goes from one account to another is no rename. Both look
 * like the other where a file has handles only, which is why they are told. A time is
 * when the handle was seen, never when it was taken or given up: nobody knows that.
 *
 * Of a million accounts few had several handles or one that another has, too. Those are
 * found first, by hashes in memory; only they are brought to the SQL, which compares
 * the handles themselves.
 */
#include "config.h"

#include "store/handles.h"

#include <stdlib.h>

#include "base/map.h"
#include "store/stmt.h"

#define KEY(handle) "lower(ltrim(" handle ", '@'))"
_Static_assert(HANDLE_BASIS_look == 0 && HANDLE_BASIS_change == 1 && HANDLE_BASIS_looks == 2 &&
	       HANDLE_BASIS_posts == 3 && HANDLE_BASIS_undated == 4, "numbers in the SQL below");
/* Where a row comes from, as one number, so that the first of several is the least. */
#define ORIGIN "input_file << 40 | row"

#define ASKED(column) " AND " column " IN (SELECT account FROM temp.asked)"

static const char *const steps[] = {
	"CREATE TEMP TABLE IF NOT EXISTS had(account INTEGER, key TEXT, handle TEXT,"
	" seen_from INTEGER, seen_to INTEGER, gone_by INTEGER, basis INTEGER, origin INTEGER)",
	"DELETE FROM temp.had",
	"INSERT INTO temp.had SELECT account, " KEY("handle") ", handle, observed_at, observed_at,"
	" NULL, CASE WHEN observed_at IS NULL THEN 4 ELSE 0 END, " ORIGIN
	" FROM profile_snapshot WHERE handle <> ''" ASKED("account"),
	"INSERT INTO temp.had SELECT account, " KEY("old_value") ", old_value, NULL,"
	" coalesce(after_at, at), at, CASE WHEN after_at IS NULL THEN 1 ELSE 2 END, " ORIGIN
	" FROM profile_change WHERE field = 'handle' AND old_value <> ''" ASKED("account"),
	"INSERT INTO temp.had SELECT account, " KEY("new_value") ", new_value, at, at, NULL,"
	" CASE WHEN after_at IS NULL THEN 1 ELSE 2 END, " ORIGIN
	" FROM profile_change WHERE field = 'handle' AND new_value <> ''" ASKED("account"),
	"INSERT INTO temp.had SELECT id, " KEY("handle") ", handle, observed_at, observed_at, NULL,"
	" CASE WHEN profiled THEN 4 ELSE 3 END, " ORIGIN " FROM account WHERE handle <> ''" ASKED("id"),
	/* One row an account and handle. */
	"CREATE TEMP TABLE held AS SELECT h.account, a.platform, h.key, max(h.handle) AS handle,"
	" min(h.seen_from) AS from_at, max(h.seen_to) AS until_at, max(h.gone_by) AS gone_by,"
	" h.key = " KEY("coalesce(a.handle, '')") " AS now, min(h.basis) AS basis,"
	" min(h.origin) AS origin FROM temp.had h JOIN account a ON a.id = h.account"
	" WHERE h.key <> '' GROUP BY h.account, h.key",
	"CREATE TEMP TABLE told AS SELECT *, from_at - max(until_at) OVER (PARTITION BY platform, key"
	" ORDER BY coalesce(from_at, until_at), account"
	" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS gap"
	" FROM (SELECT *, count(*) OVER (PARTITION BY account) AS handles,"
	" count(*) OVER (PARTITION BY platform, key) AS holders FROM temp.held)"
	" WHERE handles > 1 OR holders > 1",
	"CREATE INDEX temp.told_account ON told(account, key)",
	"DELETE FROM handle_use AS u WHERE NOT EXISTS (SELECT 1 FROM temp.told t"
	" WHERE t.account = u.account AND t.key = u.key)",
	"INSERT INTO handle_use(account, platform, key, handle, from_at, until_at, gone_by, gap, now,"
	" basis, handles, holders, input_file, row) SELECT account, platform, key, handle, from_at,"
	" until_at, CASE WHEN NOT now THEN gone_by END, gap, now, basis, handles, holders,"
	" origin >> 40, origin & 1099511627775 FROM temp.told WHERE true ORDER BY account, key"
	" ON CONFLICT(account, key) DO UPDATE SET handle = excluded.handle,"
	" from_at = excluded.from_at, until_at = excluded.until_at, gone_by = excluded.gone_by,"
	" gap = excluded.gap, now = excluded.now, basis = excluded.basis,"
	" handles = excluded.handles, holders = excluded.holders,"
	" input_file = excluded.input_file, row = excluded.row",
	"DROP TABLE temp.had", "DROP TABLE temp.held", "DROP TABLE temp.told",
};

/* Every handle that is told of an account; its platform with the first rows only. */
static const char *const tellings[] = {
	"SELECT id, handle, platform FROM account",
	"SELECT account, handle FROM profile_snapshot WHERE handle <> ''",
	"SELECT account, old_value FROM profile_change WHERE field = 'handle' AND old_value <> ''",
	"SELECT account, new_value FROM profile_change WHERE field = 'handle' AND new_value <> ''",
};

struct holder {
	uint64_t key;		/* hash of platform and handle */
	uint32_t account;	/* row id */
};

struct holding {		/* by account row id */
	uint64_t platform, key;	/* hashes; key 0: none yet */
	bool asked;		/* several handles, or one that several have */
};

struct search {
	struct store *s;
	struct holding *accounts;
	size_t accounts_cap;
	struct holder *holders;	/* of each account every handle that it has not just told */
	size_t holder_count, holders_cap;
};

static struct holding *
holding_of(struct search *f, int64_t account)
{
	size_t had = f->accounts_cap;

	GROW(f->accounts, f->accounts_cap, (size_t)account + 1);
	if (f->accounts_cap > had)
		memset(f->accounts + had, 0, (f->accounts_cap - had) * sizeof(*f->accounts));
	return &f->accounts[account];
}

/* As KEY() makes them equal. */
static uint64_t
handle_hash(uint64_t platform, struct claque_str handle)
{
	uint64_t h = platform;

	while (str_starts(handle, STR("@")))
		handle = str_sub(handle, 1, handle.len);
	for (size_t i = 0; i < handle.len; i++)
		h = (h ^ (unsigned char)byte_lower(handle.p[i])) * UINT64_C(0x100000001b3);
	return handle.len > 0 ? hash_mix(h, 1) | 1 : 0;
}

static void
take_telling(struct search *f, sqlite3_stmt *st, bool with_platform)
{
	int64_t account = column_i64(st, 0, 0);
	struct holding *h;
	uint64_t key;

	if (account < 1 || account >= UINT32_MAX)
		return;
	h = holding_of(f, account);
	if (with_platform)
		h->platform = hash_bytes(column_str(st, 2), 0);
	key = handle_hash(h->platform, column_str(st, 1));
	if (key == 0 || key == h->key)
		return;
	h->asked |= h->key != 0;
	h->key = key;
	GROW(f->holders, f->holders_cap, f->holder_count + 1);
	f->holders[f->holder_count++] = (struct holder){ key, (uint32_t)account };
}

static enum claque_rc
read_tellings(struct search *f, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(tellings) / sizeof(tellings[0]); i++) {
		sqlite3_stmt *st = NULL;

		rc = stmt_prepare(f->s, tellings[i], &st, err);
		while (rc == CLAQUE_OK && (rc = stmt_step(f->s, st, err)) == CLAQUE_OK)
			take_telling(f, st, i == 0);
		(void)sqlite3_finalize(st);
		rc = rc == CLAQUE_DONE ? CLAQUE_OK : rc;
	}
	return rc;
}

static int
by_key(const void *a, const void *b)
{
	const struct holder *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static void
ask_for_shared(struct search *f)
{
	struct holder *h = f->holders;

	if (f->holder_count > 0)
		qsort(h, f->holder_count, sizeof(*h), by_key);
	for (size_t i = 1; i < f->holder_count; i++) {
		if (h[i].key != h[i - 1].key || h[i].account == h[i - 1].account)
			continue;
		f->accounts[h[i].account].asked = true;
		f->accounts[h[i - 1].account].asked = true;
	}
}

static enum claque_rc
put_asked(struct search *f, size_t *count, struct claque_err *err)
{
	sqlite3_stmt *put = NULL;
	enum claque_rc rc = stmt_prepare(f->s, "INSERT INTO temp.asked VALUES(?1)", &put, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < f->accounts_cap; i++) {
		if (!f->accounts[i].asked)
			continue;
		bind_i64(put, 1, (int64_t)i);
		rc = stmt_run(f->s, put, err);
		++*count;
	}
	(void)sqlite3_finalize(put);
	return rc;
}

/* Fills temp.asked; *count: with how many accounts. */
static enum claque_rc
find_asked(struct store *s, size_t *count, struct claque_err *err)
{
	struct search f = { .s = s };
	enum claque_rc rc = store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS asked(account INTEGER"
				       " PRIMARY KEY); DELETE FROM temp.asked", err);

	*count = 0;
	if (rc == CLAQUE_OK)
		rc = read_tellings(&f, err);
	if (rc == CLAQUE_OK) {
		ask_for_shared(&f);
		rc = put_asked(&f, count, err);
	}
	free(f.accounts);
	free(f.holders);
	return rc;
}

enum claque_rc
handles_refresh(struct store *s, struct claque_err *err)
{
	size_t asked;
	enum claque_rc rc = find_asked(s, &asked, err);

	if (rc == CLAQUE_OK && asked == 0)
		rc = store_exec(s, "DELETE FROM handle_use", err);
	for (size_t i = 0; rc == CLAQUE_OK && asked > 0 && i < sizeof(steps) / sizeof(steps[0]); i++)
		rc = store_exec(s, steps[i], err);
	return rc == CLAQUE_OK ? store_exec(s, "DROP TABLE temp.asked", err) : rc;
}
