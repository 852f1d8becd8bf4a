/*
 * test_giant.c - ten megabytes in one value, in every import format: it is taken or refused, by
 * its row and with a reason; nothing else of the file is lost; and what a reader needs
 * for it does not grow with the next one.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "store/stmt.h"
#include "store/writer.h"

#include "carriers.h"
#include "most_memory.h"

/* SPOTS values of each file, among its first FIRST. */
enum { GIANT = 10 << 20, ROOM = 16 << 20, SPOTS = 3, FIRST = 45 };

/* Sanitizers keep what was freed for a while. */
#ifdef CLAQUE_SANITIZED
enum { BOUND = 1 << 30 };
#else
enum { BOUND = 128 << 20 };
#endif

static char *giant;

struct place {
	size_t spot;
};

static struct claque_str
at_place(void *ctx, size_t spot)
{
	const struct place *p = ctx;

	return spot == p->spot ? (struct claque_str){ giant, GIANT } : (struct claque_str){ 0 };
}

/* --- what became of the rows */

struct seen {
	uint64_t told, told_row, refused, refused_row;
	struct record_sink next;
};

static void
count_row(uint64_t *count, uint64_t *last, uint64_t row)
{
	*count += row != *last;
	*last = row;
}

static enum claque_rc
see_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate, struct claque_err *err)
{
	struct seen *s = ctx;

	count_row(&s->told, &s->told_row, row);
	if (r->type == RECORD_POST)
		assert_true(r->post.text.len < GIANT);
	return s->next.put(s->next.ctx, row, r, duplicate, err);
}

static enum claque_rc
see_refused(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct seen *s = ctx;

	count_row(&s->told, &s->told_row, row);
	count_row(&s->refused, &s->refused_row, row);
	assert_true(reason.len > 0 && reason.len < 1000 && utf8_valid(reason));
	return s->next.refuse(s->next.ctx, row, reason, err);
}

static enum claque_rc
see_done(void *ctx, uint64_t row, struct claque_err *err)
{
	struct seen *s = ctx;

	return s->next.row_done(s->next.ctx, row, err);
}

static uint64_t rows_refused, files_refused;

static void
import_giant(struct writer *w, const struct carrier *c, struct claque_str bytes)
{
	struct import_options options = { .format = c->format->name };
	struct input_info info = { c->name, "00", c->format->name, bytes.len };
	struct seen s = { 0 };
	struct record_sink sink = { &s, see_put, see_refused, see_done };
	struct import_totals totals;
	struct claque_err err = { 0 };
	uint64_t skip;
	bool done;
	enum claque_rc rc;

	writer_tell_of_known(w);	/* the same name and digest each time, and never done before */
	assert_ok(writer_begin_input(w, &info, &skip, &done, &err), err);
	s.next = writer_sink(w);
	rc = import_bytes(bytes, c->name, &options, &sink, &totals, &err);
	writer_leave_input(w);
	rows_refused += s.refused;
	files_refused += rc != CLAQUE_OK;
	if (rc != CLAQUE_OK && (rc != CLAQUE_EINPUT || strstr(err.msg, c->name) == NULL ||
				!utf8_valid(str_of(err.msg))))
		fail_msg("%s: %s", c->name, err.msg);
	if (rc == CLAQUE_OK && (s.told != totals.rows ||
				s.refused != totals.refused + totals.partly))
		fail_msg("%s: %llu rows, of %llu something was said", c->name,
			 (unsigned long long)totals.rows, (unsigned long long)s.told);
}

static void
every_format_takes_or_refuses_ten_megabytes(void **state)
{
	const struct claque_progress quiet = { 0 };
	struct claque_err err = { 0 };
	struct store *store;
	size_t before = most_memory();
	struct writer *w;
	struct buf room;

	(void)state;
	assert_ok(store_open(&store, "giant.claque", STORE_CREATE, &err), err);
	assert_ok(writer_new(&w, store, &quiet, &err), err);
	buf_init(&room, ROOM);
	for (size_t i = 0; i < carrier_count; i++) {
		struct place p = { SIZE_MAX };
		size_t spots = carrier_weave(&room, &carriers[i], at_place, &p);

		spots = spots < FIRST ? spots : FIRST;
		for (size_t k = 0; k < SPOTS; k++) {
			p.spot = k * spots / SPOTS;
			(void)carrier_weave(&room, &carriers[i], at_place, &p);
			assert_false(room.over);
			import_giant(w, &carriers[i], buf_str(&room));
		}
	}
	(void)fprintf(stderr, "# %zu files: %llu rows refused, %llu files refused, %zu MB more\n",
		      carrier_count, (unsigned long long)rows_refused,
		      (unsigned long long)files_refused, (most_memory() - before) >> 20);
	assert_true(rows_refused > carrier_count);
	assert_true(most_memory() - before < BOUND);
	buf_done(&room);
	assert_ok(writer_finish(w, &quiet, &err), err);
	assert_ok(store_check(store, &err), err);
	writer_free(w);
	store_close(store);
}

static char folder[] = "/tmp/claque-giant-XXXXXX";

static int
begin(void **state)
{
	(void)state;
	giant = malloc(GIANT);
	assert_non_null(giant);
	memset(giant, 'a', GIANT);
	assert_non_null(mkdtemp(folder));
	return chdir(folder);
}

static int
end(void **state)
{
	(void)state;
	free(giant);
	(void)remove("giant.claque");
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_takes_or_refuses_ten_megabytes),
	};

	carriers_find();
	return cmocka_run_group_tests(tests, begin, end);
}
