/* period.c - what annotations may be about besides rows: times, and passages of posts. */
#include "config.h"

#include "case/case.h"

#include "base/err.h"
#include "base/utf8.h"
#include "store/list.h"

enum { ROOM_BYTES = 32 << 20, SECOND_MS = 1000 };

enum claque_rc
case_period(const struct case_context *c, const struct period *period, struct subject *out,
	    struct claque_err *err)
{
	struct period p = *period;
	enum claque_rc rc;

	if (p.from == INT64_MIN || p.to == INT64_MAX || p.to <= p.from)
		return err_set(err, CLAQUE_EUSAGE, "a period has a beginning and an end after it, as in"
			       " 2016-09-20..2016-10-12");
	p.from -= (p.from % SECOND_MS + SECOND_MS) % SECOND_MS;
	p.to += (SECOND_MS - p.to % SECOND_MS) % SECOND_MS;
	rc = store_begin(c->store, err);
	if (rc != CLAQUE_OK)
		return rc;
	rc = period_put(c->store, &p, out, err);
	if (rc == CLAQUE_OK)
		rc = store_commit(c->store, err);
	if (rc != CLAQUE_OK)
		store_rollback(c->store);
	return rc;
}

/* "C017" or "@ivan142": what a period is of. */
static enum claque_rc
find_about(struct store *store, struct claque_str name, struct arena *perm, struct period *out,
	   struct claque_err *err)
{
	enum claque_rc rc = list_subject_named(store, SUBJECT_cluster, name, &out->about, err);

	if (rc == CLAQUE_OK && out->about.kind == SUBJECT_none)
		rc = list_find_subject(store, SUBJECT_account, name, &out->about, err);
	if (rc == CLAQUE_OK)
		rc = list_subject_name(store, out->about, perm, &out->about_name, err);
	return rc;
}

enum claque_rc
case_period_named(const struct case_context *c, struct claque_str text, struct subject *out,
		  struct claque_err *err)
{
	struct arena room = arena_new(ROOM_BYTES), perm = room;
	struct claque_str times = str_trim(text);
	struct period p = { 0 };
	struct lens lens;
	size_t of = str_find(times, STR(" of "), 0);
	enum claque_rc rc = lens_parse(str_head(times, of), &lens, err);

	if (rc == CLAQUE_OK && of < times.len)
		rc = find_about(c->store, str_trim(str_sub(times, of + 4, times.len)), &perm, &p, err);
	p.from = lens.from;
	p.to = lens.to;
	if (rc == CLAQUE_OK)
		rc = case_period(c, &p, out, err);
	arena_free(room);
	return rc;
}

enum claque_rc
case_find_passage(struct store *store, struct subject post, struct claque_str passage,
		  int64_t *first, struct claque_err *err)
{
	struct arena room = arena_new(ROOM_BYTES), perm = room;
	size_t count, column;
	const struct column *columns = list_columns(LIST_POSTS, &count);
	struct row row;
	enum claque_rc rc = list_row(store, LIST_POSTS, post.id, &perm, &row, err);

	column = column_find(columns, count, STR("text"));
	*first = -1;
	if (rc == CLAQUE_OK && row.values[column].type == VALUE_TEXT && passage.len > 0 &&
	    utf8_valid(passage)) {
		size_t at = str_find(row.values[column].s, passage, 0);

		*first = at < row.values[column].s.len ? (int64_t)at : -1;
	}
	if (rc == CLAQUE_OK && *first < 0)
		rc = err_set(err, CLAQUE_ENOTFOUND, "the post does not say '" STR_FMT "', letter for"
			     " letter", STR_ARG(str_head(passage, 80)));
	arena_free(room);
	return rc;
}
