/*
 * handles.c - who had which handle when, from profiles, changes and posts.
 *
 * An account is its native id, so a new handle of it is a change and not a new
 * account; and a handle that goes from one account to another is no rename. Both look
 * like the other where a file has handles only, which is why they are told. A time is
 * when the handle was seen, never when it was taken or given up: nobody knows that.
 */
#include "config.h"

#include "store/handles.h"

#include "store/stmt.h"

#define KEY(handle) "lower(ltrim(" handle ", '@'))"
_Static_assert(HANDLE_BASIS_look == 0 && HANDLE_BASIS_change == 1 && HANDLE_BASIS_looks == 2 &&
	       HANDLE_BASIS_posts == 3 && HANDLE_BASIS_undated == 4, "numbers in the SQL below");
/* Where a row comes from, as one number, so that the first of several is the least. */
#define ORIGIN "input_file << 40 | row"

static const char *const steps[] = {
	"CREATE TEMP TABLE IF NOT EXISTS had(account INTEGER, key TEXT, handle TEXT,"
	" seen_from INTEGER, seen_to INTEGER, gone_by INTEGER, basis INTEGER, origin INTEGER)",
	"DELETE FROM temp.had",
	"INSERT INTO temp.had SELECT account, " KEY("handle") ", handle, observed_at, observed_at,"
	" NULL, CASE WHEN observed_at IS NULL THEN 4 ELSE 0 END, " ORIGIN
	" FROM profile_snapshot WHERE handle <> ''",
	"INSERT INTO temp.had SELECT account, " KEY("old_value") ", old_value, NULL,"
	" coalesce(after_at, at), at, CASE WHEN after_at IS NULL THEN 1 ELSE 2 END, " ORIGIN
	" FROM profile_change WHERE field = 'handle' AND old_value <> ''",
	"INSERT INTO temp.had SELECT account, " KEY("new_value") ", new_value, at, at, NULL,"
	" CASE WHEN after_at IS NULL THEN 1 ELSE 2 END, " ORIGIN
	" FROM profile_change WHERE field = 'handle' AND new_value <> ''",
	"INSERT INTO temp.had SELECT id, " KEY("handle") ", handle, observed_at, observed_at, NULL,"
	" CASE WHEN profiled THEN 4 ELSE 3 END, " ORIGIN " FROM account WHERE handle <> ''",
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

enum claque_rc
handles_refresh(struct store *s, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(steps) / sizeof(steps[0]); i++)
		rc = store_exec(s, steps[i], err);
	return rc;
}
