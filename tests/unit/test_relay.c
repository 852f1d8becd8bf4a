/* What is read in one thread arrives in the other: in order, by whole rows, and may be ended. */
#include "config.h"

#include "test.h"

#include <stdio.h>

#include "app/relay.h"
#include "base/err.h"

enum { MANY_ROWS = 20000, SHARES = 3 };

struct made {			/* what the source reads */
	uint64_t rows, fail_at;	/* 0: never */
	enum claque_rc last;	/* what the sink said last */
	bool ticks;
};

struct seen {			/* what the sink got */
	uint64_t rows, records, refusals, in_row, stop_at;
	bool in_order;
};

static enum claque_rc
put_one(const struct record_sink *sink, uint64_t row, struct claque_err *err)
{
	char id[24], key[24];
	struct share_record shares[SHARES];
	struct record r = { .type = RECORD_POST };
	bool duplicate = true;
	enum claque_rc rc;

	(void)snprintf(id, sizeof(id), "p%llu", (unsigned long long)row);
	(void)snprintf(key, sizeof(key), "k%llu", (unsigned long long)row);
	for (size_t i = 0; i < SHARES; i++)
		shares[i] = (struct share_record){ .key = str_of(key) };
	r.post = (struct post_record){ .id = str_of(id), .at = (int64_t)row, .lang = STR(""),
				       .shares = shares, .share_count = SHARES };
	rc = sink->put(sink->ctx, row, &r, &duplicate, err);
	assert_false(duplicate);
	memset(id, '?', sizeof(id));	/* views end with put() */
	memset(key, '?', sizeof(key));
	return rc;
}

static enum claque_rc
read_made(void *ctx, const struct record_sink *sink, const struct claque_progress *progress,
	  struct claque_err *err)
{
	struct made *m = ctx;

	for (uint64_t row = 2; row < m->rows + 2; row++) {
		if (m->fail_at == row)
			return err_set(err, CLAQUE_EIO, "broken off at row %llu",
				       (unsigned long long)row);
		m->last = row % 10 == 0 ? sink->refuse(sink->ctx, row, STR("no time"), err)
					: put_one(sink, row, err);
		if (m->last == CLAQUE_OK)
			m->last = sink->row_done(sink->ctx, row, err);
		if (m->last == CLAQUE_OK && m->ticks &&
		    !progress->tick(progress->ctx, "reading", row, m->rows))
			m->last = CLAQUE_STOPPED;
		if (m->last != CLAQUE_OK)
			return m->last;
	}
	return CLAQUE_OK;
}

static enum claque_rc
see_record(void *ctx, uint64_t row, const struct record *r, bool *duplicate,
	   struct claque_err *err)
{
	struct seen *s = ctx;
	char id[24], key[24];

	(void)err;
	*duplicate = false;
	s->in_row++;
	s->records++;
	(void)snprintf(id, sizeof(id), "p%llu", (unsigned long long)row);
	(void)snprintf(key, sizeof(key), "k%llu", (unsigned long long)row);
	s->in_order &= row == s->rows + 2 && str_eq(r->post.id, str_of(id)) &&
		       r->post.at == (int64_t)row && r->post.share_count == SHARES &&
		       str_eq(r->post.shares[SHARES - 1].key, str_of(key)) &&
		       r->post.text.p == NULL && r->post.lang.p != NULL && r->post.lang.len == 0;
	return CLAQUE_OK;
}

static enum claque_rc
see_refusal(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct seen *s = ctx;

	(void)err;
	s->in_row++;
	s->refusals++;
	s->in_order &= row == s->rows + 2 && str_eq(reason, STR("no time"));
	return CLAQUE_OK;
}

static enum claque_rc
see_row(void *ctx, uint64_t row, struct claque_err *err)
{
	struct seen *s = ctx;

	s->in_order &= row == s->rows + 2 && s->in_row == 1;
	s->in_row = 0;
	s->rows++;
	return s->rows == s->stop_at ? err_set(err, CLAQUE_EBUSY, "the case is taken") : CLAQUE_OK;
}

static const struct claque_progress nobody;

static enum claque_rc
relay(struct made *m, struct seen *s, const struct claque_progress *progress,
      struct claque_err *err)
{
	struct relay_source source = { m, read_made };
	struct record_sink sink = { s, see_record, see_refusal, see_row };

	s->in_order = true;
	return relay_run(&source, &sink, progress, err);
}

static void
every_row_arrives_once_and_in_order(void **state)
{
	struct made m = { .rows = MANY_ROWS };
	struct seen s = { 0 };
	struct claque_err err;

	(void)state;
	assert_ok(relay(&m, &s, &nobody, &err), err);
	assert_true(s.in_order);
	assert_int_equal(s.rows, MANY_ROWS);
	assert_int_equal(s.refusals, MANY_ROWS / 10);
	assert_int_equal(s.records, MANY_ROWS - MANY_ROWS / 10);
}

static void
what_was_read_before_a_failure_arrives(void **state)
{
	struct made m = { .rows = MANY_ROWS, .fail_at = 15002 };
	struct seen s = { 0 };
	struct claque_err err;

	(void)state;
	assert_int_equal(relay(&m, &s, &nobody, &err), CLAQUE_EIO);
	assert_string_equal(err.msg, "broken off at row 15002");
	assert_true(s.in_order);
	assert_int_equal(s.rows, 15000);
}

static void
a_sink_that_fails_ends_the_reading(void **state)
{
	struct made m = { .rows = MANY_ROWS };
	struct seen s = { .stop_at = 100 };
	struct claque_err err;

	(void)state;
	assert_int_equal(relay(&m, &s, &nobody, &err), CLAQUE_EBUSY);
	assert_string_equal(err.msg, "the case is taken");
	assert_int_equal(s.rows, 100);
	assert_int_equal(m.last, CLAQUE_STOPPED);
}

static bool
stop_at_once(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	int *calls = ctx;

	assert_string_equal(stage, "reading");
	assert_in_range(done, 2, MANY_ROWS + 1);
	assert_int_equal(total, MANY_ROWS);
	++*calls;
	return false;
}

static void
progress_is_told_and_may_stop_between_rows(void **state)
{
	int calls = 0;
	struct claque_progress progress = { &calls, stop_at_once };
	struct made m = { .rows = MANY_ROWS, .ticks = true };
	struct seen s = { 0 };
	struct claque_err err;

	(void)state;
	assert_int_equal(relay(&m, &s, &progress, &err), CLAQUE_STOPPED);
	assert_int_equal(calls, 1);
	assert_int_equal(s.in_row, 0);
	assert_true(s.rows < MANY_ROWS);
	assert_int_equal(m.last, CLAQUE_STOPPED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_arrives_once_and_in_order),
		cmocka_unit_test(what_was_read_before_a_failure_arrives),
		cmocka_unit_test(a_sink_that_fails_ends_the_reading),
		cmocka_unit_test(progress_is_told_and_may_stop_between_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
