#include "config.h"

#include "app/console.h"

#include <stdlib.h>

#include "app/session_impl.h"
#include "base/err.h"
#include "store/desk.h"

enum { CONSOLE_BYTES = 4 << 20, CONSOLE_SCRATCH = 16 << 20, SCHEMA_BYTES = 4 << 20 };

/* --- queries that are remembered */

static const struct query *
find_query(const struct console *c, int64_t id)
{
	for (size_t i = 0; i < c->query_count; i++)
		if (c->queries[i].id == id)
			return &c->queries[i];
	return NULL;
}

struct claque_str
console_text(const struct session *s, int64_t id)
{
	const struct query *q = find_query(&s->console, id);

	return q != NULL ? (struct claque_str){ q->text, q->len } : STR("");
}

struct claque_str
console_query(const struct session *s)
{
	struct subject on = session_here(s)->subject;

	return on.kind == SUBJECT_query ? console_text(s, on.id) : STR("");
}

size_t
console_past_count(const struct session *s)
{
	return s->console.query_count;
}

struct claque_str
console_past(const struct session *s, size_t back)
{
	const struct console *c = &s->console;
	const struct query *q = back < c->query_count ? &c->queries[c->query_count - 1 - back] :
				NULL;

	return q != NULL ? (struct claque_str){ q->text, q->len } : STR("");
}

size_t
console_past_find(const struct session *s, struct claque_str text, size_t back)
{
	for (; back < s->console.query_count; back++) {
		struct claque_str q = console_past(s, back);

		if (str_find(q, text, 0) < q.len)
			return back;
	}
	return s->console.query_count;
}

static void
forget_query(struct console *c, size_t at)
{
	free(c->queries[at].text);
	c->query_count--;
	memmove(&c->queries[at], &c->queries[at + 1],
		(c->query_count - at) * sizeof(c->queries[0]));
}

static void
add_query(struct console *c, int64_t id, struct claque_str text)
{
	char *copy = malloc(text.len + 1);

	if (copy == NULL)
		base_oom();
	if (text.len > 0)
		memcpy(copy, text.p, text.len);
	copy[text.len] = '\0';
	if (c->query_count == QUERIES_MAX)
		forget_query(c, 0);
	c->queries[c->query_count++] = (struct query){ id, copy, text.len };
}

/* A line a query: its number and its text. */
static void
save_queries(struct session *s)
{
	struct claque_err err;
	struct buf out;

	if (!s->writable)
		return;
	buf_init(&out, CONSOLE_BYTES);
	for (size_t i = 0; i < s->console.query_count; i++) {
		const struct query *q = &s->console.queries[i];

		buf_addf(&out, "%lld\t", (long long)q->id);
		field_write(&out, (struct claque_str){ q->text, q->len });
		buf_addc(&out, '\n');
	}
	if (desk_set(s->store, STR("queries"), buf_str(&out), &err) != CLAQUE_OK)
		session_fail(s, &err);
	buf_done(&out);
}

void
console_load(struct session *s)
{
	struct arena whole = arena_new(CONSOLE_SCRATCH), perm = whole;
	struct claque_str text, line, word;
	struct claque_err err;
	int64_t id;

	if (desk_get(s->store, STR("queries"), &perm, &text, &err) != CLAQUE_OK ||
	    text.len > CONSOLE_BYTES)
		text = STR("");
	while (str_cut(&text, '\n', &line))
		if (str_cut(&line, '\t', &word) && str_to_i64(word, &id) && id > 0 &&
		    str_cut(&line, '\t', &word) && word.len <= 3 * QUERY_BYTES_MAX)
			add_query(&s->console, id, field_read(&perm, word));
	arena_free(whole);
}

/* The same query keeps its number, and is the last one asked. */
int64_t
console_keep(struct session *s, struct claque_str text)
{
	struct console *c = &s->console;
	int64_t id = 0, last = 0;

	for (size_t i = 0; i < c->query_count; i++) {
		const struct query *q = &c->queries[i];

		last = q->id > last ? q->id : last;
		if (str_eq((struct claque_str){ q->text, q->len }, text))
			id = q->id;
	}
	for (size_t i = 0; i < c->query_count; i++)
		if (c->queries[i].id == id)
			forget_query(c, i);
	id = id != 0 ? id : last + 1;
	add_query(c, id, text);
	save_queries(s);
	return id;
}

/* --- what is at work */

static void
drop_result(struct result *r)
{
	if (r->job != NULL) {
		task_stop(&r->job->job);
		task_release(&r->job->job);
	}
	free(r->order);
	*r = (struct result){ 0 };
}

void
console_forget(struct session *s)
{
	for (size_t i = 0; i < RESULTS_MAX; i++)
		drop_result(&s->console.results[i]);
}

void
console_free(struct session *s)
{
	console_forget(s);
	worker_free(s->console.worker);
	while (s->console.query_count > 0)
		forget_query(&s->console, s->console.query_count - 1);
	arena_free(s->console.schema_whole);
}

void
console_finish(struct session *s)
{
	for (size_t i = 0; i < RESULTS_MAX; i++)
		if (s->console.results[i].job != NULL)
			worker_wait(s->console.worker, &s->console.results[i].job->job);
}

static void
drop_rows_of(struct console *c, int64_t query)
{
	for (size_t i = 0; i < RESULTS_MAX; i++)
		if (c->results[i].query == query)
			drop_result(&c->results[i]);
}

enum claque_rc
console_run(struct session *s, struct claque_str query, size_t *at, struct claque_err *err)
{
	enum claque_rc rc;
	int64_t id;

	*at = query.len;
	if (query.len > QUERY_BYTES_MAX)
		return err_set(err, CLAQUE_EUSAGE, "a query takes up to %d bytes here; claque sql"
			       " takes more", QUERY_BYTES_MAX);
	rc = store_sql_check(s->store, query, at, err);
	if (rc != CLAQUE_OK)
		return rc;
	id = console_keep(s, query);
	drop_rows_of(&s->console, id);
	(void)session_go(s, SCREEN_CONSOLE, (struct subject){ SUBJECT_query, id });
	return CLAQUE_OK;
}

bool
console_stop(struct session *s)
{
	int64_t query = session_here(s)->subject.id;

	for (size_t i = 0; result_is_here(s) && i < RESULTS_MAX; i++) {
		struct result *r = &s->console.results[i];

		if (r->query == query && !task_ended(&r->job->job)) {
			task_stop(&r->job->job);
			return true;
		}
	}
	return false;
}

/* --- completion */

const struct schema *
console_schema(struct session *s)
{
	struct console *c = &s->console;
	struct claque_err err;
	struct arena perm;

	if (c->schema_whole.beg == NULL) {
		c->schema_whole = perm = arena_new(SCHEMA_BYTES);
		if (schema_read(s->store, &perm, &c->schema, &err) != CLAQUE_OK)
			c->schema = (struct schema){ 0 };
	}
	return &c->schema;
}

size_t
console_complete(struct session *s, struct arena *perm, struct claque_str text, size_t at,
		 size_t *from, struct claque_str out[COMPLETE_MAX])
{
	return complete(console_schema(s), perm, text, at, from, out);
}
