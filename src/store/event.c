#include "config.h"

#include "store/event.h"

#include "base/err.h"
#include "store/annotation.h"
#include "store/stmt.h"

static enum claque_rc
insert(struct store *s, const struct events *events, struct claque_str file, size_t *added,
       struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, "INSERT OR IGNORE INTO event(at, label, whole_day, source, file, row)"
			  " VALUES(?1, ?2, ?3, nullif(?4, ''), ?5, ?6)", &st, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < events->count; i++) {
		const struct event *e = &events->list[i];

		bind_i64(st, 1, e->at);
		bind_str(st, 2, e->label);
		bind_i64(st, 3, e->whole_day);
		bind_str(st, 4, e->source);
		bind_str(st, 5, file);
		bind_i64(st, 6, (int64_t)e->row);
		rc = stmt_run(s, st, err);
		if (rc == CLAQUE_OK)
			*added += (size_t)sqlite3_changes(s->db);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

enum claque_rc
event_save(struct store *s, const struct events *events, struct claque_str file, size_t *added,
	   struct claque_err *err)
{
	int64_t count = 0;
	enum claque_rc rc;

	*added = 0;
	rc = insert(s, events, file, added, err);
	if (rc == CLAQUE_OK)
		rc = store_number(s, "SELECT count(*) FROM event", 0, &count, err);
	if (rc == CLAQUE_OK && count > EVENTS_MAX)
		rc = err_set(err, CLAQUE_ELIMIT, "%lld events; a case holds up to %d: leave out"
			     " what no burst could answer to", (long long)count, EVENTS_MAX);
	return rc;
}

static void
take(sqlite3_stmt *st, struct arena *perm, struct event *out)
{
	*out = (struct event){
		.at = column_i64(st, 0, 0), .whole_day = column_i64(st, 1, 0) != 0,
		.label = str_dup(perm, column_str(st, 2)),
		.source = str_dup(perm, column_str(st, 3)),
		.row = (uint64_t)column_i64(st, 4, 0),
		.sort = (enum event_sort)column_i64(st, 5, EVENT_PUBLIC),
		.until = column_i64(st, 6, 0),
	};
}

#define NOTES_AT(table, kind) "SELECT t.at AS at, 0, 'note: ' || n.text AS label, '', 0, 1, 0" \
	" FROM annotation n JOIN " table " t ON t.id = n.target WHERE n.live AND n.kind = " NOTE \
	" AND n.target_kind = " kind " AND t.at IS NOT NULL"
/* What is said of times of the whole case, or of one thing of it. */
#define ON_PERIODS(at, when, sort, until) "SELECT " at " AS at, 0, '" when " ' || CASE n.kind" \
	" WHEN 0 THEN 'note: ' || n.text WHEN 1 THEN '#' || n.text" \
	" WHEN 3 THEN n.word || ': ' || n.text ELSE 'pin' END" \
	" || ' (' || n.target_name || ')' AS label, '', 0, " sort ", " until " FROM annotation n" \
	" JOIN period t ON t.id = n.target WHERE n.live AND n.target_kind = 14"
#define NOTE "0"
_Static_assert(EVENT_PUBLIC == 0 && EVENT_NOTE == 1 && EVENT_BEGIN == 2 && EVENT_END == 3,
	       "sorts in the SQL of event.c");
_Static_assert(ANNOTATION_note == 0 && ANNOTATION_tag == 1 && ANNOTATION_verdict == 3 &&
	       SUBJECT_period == 14 && SUBJECT_post == 4 && SUBJECT_change == 5,
	       "numbers in the SQL of event.c");

static const char all_sql[] =
	"SELECT at, whole_day, label, source, row, 0, 0 FROM event UNION ALL SELECT * FROM ("
	NOTES_AT("post", "4") " UNION ALL " NOTES_AT("profile_change", "5") " UNION ALL "
	ON_PERIODS("t.from_at", "from", "2", "t.to_at - 1") " UNION ALL "
	ON_PERIODS("t.to_at - 1", "until", "3", "0") " LIMIT ?1)"
	" ORDER BY at, label";

enum claque_rc
event_read(struct store *s, struct arena *perm, struct events *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	int64_t count;
	enum claque_rc rc = store_number(s, "SELECT count(*) FROM event", 0, &count, err);

	*out = (struct events){ .count = 0 };
	if (rc == CLAQUE_OK)
		rc = stmt_prepare(s, all_sql, &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, NOTES_ON_TIME);
	count += NOTES_ON_TIME;
	out->list = ARENA_NEW(perm, struct event, (size_t)count);
	while (out->count < (size_t)count && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		take(st, perm, &out->list[out->count++]);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}
