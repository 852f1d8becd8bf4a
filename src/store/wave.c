/*
 * wave.c - profile changes that several of a group made one right after the
 * other: who changed what within which minutes, what place they claimed before
 * and after, and what they tagged in the month on either side.
 */
#include "config.h"

#include <stdlib.h>

#include "base/err.h"
#include "store/picture_impl.h"

#define GAP_MS INT64_C(900000)
#define MONTH_MS INT64_C(2592000000)

_Static_assert(CLAQUE_OBJECT_hashtag == 3, "kind in the SQL below");

static const char topic_sql[] =
	"SELECT o.key FROM json_each(?1) j CROSS JOIN share s ON s.account = j.value"
	" CROSS JOIN source o ON o.id = s.source WHERE o.kind = 3 AND s.at >= ?2 AND s.at < ?3"
	" GROUP BY o.id ORDER BY count(DISTINCT s.account) DESC, o.id LIMIT 1";
/* The place most of them left, or went to. */
static const char place_sql[] =
	"SELECT CASE ?4 WHEN 0 THEN h.old_value ELSE h.new_value END AS v FROM json_each(?1) j"
	" CROSS JOIN profile_change h ON h.account = j.value WHERE h.field = 'location'"
	" AND h.at BETWEEN ?2 AND ?3 AND v <> '' GROUP BY v ORDER BY count(*) DESC, v LIMIT 1";

struct change {
	int64_t at, account;
	struct claque_str field;
};

struct changes {
	struct change *all;
	size_t count, cap;
};

static enum claque_rc
read_changes(struct store *s, const struct group *group, const struct lens *lens,
	     struct arena *perm, struct changes *out, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	struct buf json;
	enum claque_rc rc = stmt_prepare(s, "SELECT h.at, h.account, h.field FROM json_each(?1) j"
		" CROSS JOIN profile_change h ON h.account = j.value WHERE h.at >= ?2 AND h.at < ?3"
		" ORDER BY h.at, h.id LIMIT 20000", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	buf_init(&json, GROUP_JSON_MAX);
	group_json(&json, group);
	bind_str(st, 1, buf_str(&json));
	bind_i64(st, 2, lens->from);
	bind_i64(st, 3, lens->to);
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		GROW(out->all, out->cap, out->count + 1);
		out->all[out->count++] = (struct change){
			column_i64(st, 0, 0), column_i64(st, 1, 0),
			str_dup(perm, str_head(column_str(st, 2), WAVE_FIELD_MAX)) };
	}
	(void)sqlite3_finalize(st);
	buf_done(&json);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static void
add_account(struct wave *w, int64_t account)
{
	if (group_find(&w->who, account) == w->who.count && w->who.count < GROUP_MAX)
		w->who.accounts[w->who.count++] = account;
}

static void
add_field(struct wave *w, struct claque_str field)
{
	size_t i = 0;

	while (i < w->field_count && !str_eq(w->fields[i].name, field))
		i++;
	if (i == WAVE_FIELDS_MAX)
		return;
	if (i == w->field_count)
		w->fields[w->field_count++] = (struct wave_field){ field, 0 };
	w->fields[i].count++;
}

static struct wave
make_wave(const struct change *first, size_t count)
{
	struct wave w = { .from = first->at, .to = first[count - 1].at, .changes = count };

	for (size_t i = 0; i < count; i++) {
		add_account(&w, first[i].account);
		add_field(&w, first[i].field);
	}
	return w;
}

/* The most accounts first, then the earlier. */
static void
keep(struct waves *out, const struct wave *w)
{
	size_t at = out->count;

	if (at == WAVES_MAX && w->who.count <= out->waves[at - 1].who.count)
		return;
	if (at < WAVES_MAX)
		out->count++;
	else
		at--;
	for (; at > 0 && out->waves[at - 1].who.count < w->who.count; at--)
		out->waves[at] = out->waves[at - 1];
	out->waves[at] = *w;
}

static void
cut_into_waves(const struct changes *c, struct waves *out)
{
	size_t first = 0;

	for (size_t i = 1; i <= c->count; i++) {
		struct wave w;

		if (i < c->count && c->all[i].at - c->all[i - 1].at <= GAP_MS)
			continue;
		w = make_wave(&c->all[first], i - first);
		first = i;
		out->all += w.who.count >= 2;
		if (w.who.count >= 2)
			keep(out, &w);
	}
}

/* The first text of a query over the wave's accounts from..to; "" for none. */
static enum claque_rc
ask_text(struct store *s, const char *sql, const struct wave *w, const int64_t numbers[3],
	 struct arena *perm, struct claque_str *out, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	struct buf json;
	enum claque_rc rc = stmt_prepare(s, sql, &st, err);

	*out = STR("");
	if (rc != CLAQUE_OK)
		return rc;
	buf_init(&json, GROUP_JSON_MAX);
	group_json(&json, &w->who);
	bind_str(st, 1, buf_str(&json));
	for (int i = 2; i <= sqlite3_bind_parameter_count(st); i++)
		bind_i64(st, i, numbers[i - 2]);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = str_dup(perm, str_head(column_str(st, 0), WAVE_TEXT_MAX));
	(void)sqlite3_finalize(st);
	buf_done(&json);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
describe(struct store *s, struct wave *w, struct arena *perm, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (int after = 0; rc == CLAQUE_OK && after < 2; after++) {
		int64_t place[3] = { w->from, w->to, after };
		int64_t topic[3] = { after ? w->to : w->from - MONTH_MS,
				     after ? w->to + MONTH_MS : w->from, 0 };

		rc = ask_text(s, place_sql, w, place, perm, &w->places[after], err);
		if (rc == CLAQUE_OK)
			rc = ask_text(s, topic_sql, w, topic, perm, &w->topics[after], err);
	}
	return rc;
}

enum claque_rc
waves_read(struct store *s, const struct group *group, const struct lens *lens,
	   struct arena *perm, struct waves *out, struct claque_err *err)
{
	struct changes c = { 0 };
	enum claque_rc rc = read_changes(s, group, lens, perm, &c, err);

	*out = (struct waves){ .members = group->whole };
	if (rc == CLAQUE_OK)
		cut_into_waves(&c, out);
	for (size_t i = 0; rc == CLAQUE_OK && i < out->count; i++)
		rc = describe(s, &out->waves[i], perm, err);
	free(c.all);
	return rc;
}
