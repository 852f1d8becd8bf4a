/*
 * events.c - an analyst's table of public events (debates, leaks, deadlines).
 *
 * It is no import of data: rows that cannot be understood are not refused one by
 * one, the table is, for it is short and its owner can mend it.
 */
#include "config.h"

#include "app/events.h"

#include "app/table_file.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "case/case.h"
#include "store/digest.h"
#include "text/json.h"

enum { EVENTS_ARENA = 64 << 20, PAYLOAD_MAX = 1 << 16, DATE_LEN = 10 };

struct reading {
	const char *path;
	struct arena *perm;
	struct events *events;
};

/* What is wrong with a text of the table, or NULL. */
static const char *
bad_text(struct claque_str text, size_t most)
{
	if (!utf8_valid(text))
		return "is not valid UTF-8: save the file as UTF-8";
	if (text.len > 0 && memchr(text.p, '\0', text.len) != NULL)
		return "holds a NUL byte: save the file as plain CSV";
	return text.len > most ? "is too long: shorten it" : NULL;
}

static enum claque_rc
check_row(const struct reading *r, const struct event *e, uint64_t row, struct claque_err *err)
{
	const char *bad = bad_text(e->label, EVENT_LABEL_MAX);
	const char *what = "label";

	if (bad == NULL && e->label.len == 0)
		bad = "is empty: say what happened";
	if (bad == NULL) {
		bad = bad_text(e->source, EVENT_SOURCE_MAX);
		what = "source";
	}
	return bad == NULL ? CLAQUE_OK :
	       err_set(err, CLAQUE_EINPUT, "%s, row %llu: the %s %s", r->path,
		       (unsigned long long)row, what, bad);
}

static enum claque_rc
take_row(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct reading *r = ctx;
	struct claque_str when = str_trim(cells[0]);
	struct event e = { .label = str_trim(cells[1]), .source = str_trim(cells[2]), .row = row,
			   .whole_day = when.len == DATE_LEN };
	enum claque_rc rc;

	if (!clock_parse(when, &e.at))
		return err_set(err, CLAQUE_EINPUT, "%s, row %llu: when is '" STR_FMT "'; write"
			       " 2016-09-26T21:00:00Z, or 2016-09-26 for a whole day", r->path,
			       (unsigned long long)row, STR_ARG(str_head(when, 40)));
	rc = check_row(r, &e, row, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (r->events->count == EVENTS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%s, row %llu: a case holds up to %d events;"
			       " leave out what no burst could answer to", r->path,
			       (unsigned long long)row, EVENTS_MAX);
	e.label = str_dup(r->perm, e.label);
	e.source = str_dup(r->perm, e.source);
	r->events->list[r->events->count++] = e;
	return CLAQUE_OK;
}

enum claque_rc
events_from_file(const char *path, struct arena *perm, struct events *out, struct claque_err *err)
{
	struct reading reading = { .path = path, .perm = perm, .events = out };
	struct table_file table = { .path = path, .columns = { "when", "label", "source" },
				    .required = 2, .ctx = &reading, .each = take_row };

	*out = (struct events){ .list = ARENA_NEW(perm, struct event, EVENTS_MAX) };
	return table_file_read(&table, err);
}

static enum claque_rc
write_ledger(struct store *store, const char *path, struct claque_str who,
	     const struct events_report *report, struct claque_err *err)
{
	struct case_context c = { .store = store, .who = who };
	const struct claque_progress quiet = { 0 };
	char digest[SHA256_HEX + 1];
	enum claque_rc rc = sha256_file(path, digest, NULL, &quiet, err);
	struct digests *digests;
	struct buf payload;
	json_t *o;

	if (rc != CLAQUE_OK)
		return rc;
	digests = digests_new();
	o = json_object();
	if (o == NULL)
		base_oom();
	json_put(o, "path", json_text(str_of(path)));
	json_put(o, "sha256", json_text(str_of(digest)));
	json_put(o, "rows", json_integer((json_int_t)report->rows));
	json_put(o, "added", json_integer((json_int_t)report->added));
	buf_init(&payload, PAYLOAD_MAX);
	json_canonical(&payload, o);
	rc = digests_take(digests, store, DIGEST_EVENTS, err);
	if (rc == CLAQUE_OK)
		rc = case_record_tables(&c, "events", buf_str(&payload), digests, err);
	digests_free(digests);
	buf_done(&payload);
	json_decref(o);
	return rc;
}

static enum claque_rc
save(struct store *store, const struct events *events, const char *path, size_t *added,
     struct claque_err *err)
{
	enum claque_rc rc = store_begin(store, err);

	if (rc == CLAQUE_OK)
		rc = event_save(store, events, str_of(path), added, err);
	if (rc == CLAQUE_OK)
		rc = store_commit(store, err);
	if (rc != CLAQUE_OK)
		store_rollback(store);
	return rc;
}

enum claque_rc
events_job(struct store *store, const char *path, struct claque_str who, struct events_report *out,
	   struct claque_err *err)
{
	struct arena whole = arena_new(EVENTS_ARENA), perm = whole;
	struct events events;
	enum claque_rc rc = events_from_file(path, &perm, &events, err);

	*out = (struct events_report){ .rows = events.count };
	if (rc == CLAQUE_OK)
		rc = digest_mark(store, DIGEST_EVENTS, err);
	if (rc == CLAQUE_OK)
		rc = save(store, &events, path, &out->added, err);
	if (rc == CLAQUE_OK && out->added > 0)
		rc = write_ledger(store, path, who, out, err);
	arena_free(whole);
	return rc;
}

void
events_spread(const struct events *events, int64_t from, int64_t step, int64_t *counts,
	      size_t count)
{
	memset(counts, 0, count * sizeof(*counts));
	for (size_t i = 0; i < events->count; i++) {
		int64_t at = events->list[i].at;

		if (at >= from && (at - from) / step < (int64_t)count)
			counts[(at - from) / step]++;
	}
}

/* The number of the first at or after this time; count if there is none. */
static size_t
first_at(const struct events *events, int64_t at)
{
	size_t i = 0;

	while (i < events->count && events->list[i].at < at)
		i++;
	return i;
}

size_t
events_near(const struct events *events, int64_t from, int64_t to, int64_t at, size_t most,
	    size_t *first)
{
	size_t least = first_at(events, from), end = first_at(events, to);
	size_t lo = first_at(events, at < from ? from : at < to ? at : to), hi = lo;

	while (hi - lo < most && (lo > least || hi < end)) {
		bool back = lo > least && (hi == end || at - events->list[lo - 1].at <=
						       events->list[hi].at - at);

		if (back)
			lo--;
		else
			hi++;
	}
	*first = lo;
	return hi - lo;
}

const struct event *
events_next(const struct events *events, int64_t from, int64_t after)
{
	size_t i = first_at(events, from);

	while (i < events->count && events->list[i].at <= after)
		i++;
	if (events->count == 0)
		return NULL;
	return &events->list[i < events->count ? i : 0];
}
