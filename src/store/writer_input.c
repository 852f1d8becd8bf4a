/*
 * writer_input.c - the row of an input: found again where it was cut off, or begun.
 */
#include "config.h"

#include "store/writer_state.h"

#include <stdlib.h>

#include "base/clock.h"

enum claque_rc
writer_input_progress(struct writer *w, bool done, struct claque_err *err)
{
	const struct input_totals *t = &w->in.totals;
	const uint64_t numbers[] = { w->in.last_row, t->rows, t->taken, t->duplicates, t->refused,
		t->posts, t->accounts, t->changes, t->indicators, t->shares, t->partly };
	sqlite3_stmt *st = w->st[ST_INPUT_PROGRESS];
	int index = 2;

	bind_i64(st, 1, w->in.id);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		bind_i64(st, index++, (int64_t)numbers[i]);
	bind_i64(st, index++, done);
	bind_time(st, index, done ? clock_now() : CLAQUE_NO_TIME);
	return stmt_run(w->s, st, err);
}

static void
read_totals(sqlite3_stmt *st, struct writer_input *in)
{
	struct input_totals *t = &in->totals;
	uint64_t *const numbers[] = { &in->last_row, &t->rows, &t->taken, &t->duplicates,
		&t->refused, &t->posts, &t->accounts, &t->changes, &t->indicators, &t->shares,
		&t->partly };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		*numbers[i] = (uint64_t)column_i64(st, (int)i + 2, 0);
}

/* CLAQUE_DONE: not seen before. */
static enum claque_rc
find_input(struct writer *w, const struct input_info *input, bool *done, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(w->s, "SELECT id, done, last_row, rows, taken, duplicates, refused,"
			  " posts, accounts, changes, indicators, shares, partly FROM input_file"
			  " WHERE sha256 = ?1 AND format = ?2 ORDER BY done, id LIMIT 1", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, str_of(input->sha256));
	bind_str(st, 2, str_of(input->format));
	rc = stmt_step(w->s, st, err);
	if (rc == CLAQUE_OK) {
		w->in.id = column_i64(st, 0, 0);
		*done = column_i64(st, 1, 0) != 0;
		read_totals(st, &w->in);
		w->in.resume_row = w->in.last_row;
	}
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
insert_input(struct writer *w, const struct input_info *input, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(w->s, "INSERT INTO input_file(path, sha256, bytes, format, importer,"
			  " started_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, str_of(input->path));
	bind_str(st, 2, str_of(input->sha256));
	bind_i64(st, 3, (int64_t)input->bytes);
	bind_str(st, 4, str_of(input->format));
	bind_str(st, 5, STR(PACKAGE_VERSION));
	bind_i64(st, 6, clock_now());
	rc = stmt_run(w->s, st, err);
	w->in.id = sqlite3_last_insert_rowid(w->s->db);
	(void)sqlite3_finalize(st);
	return rc;
}

/* The case may know by now what it did not know then. */
static enum claque_rc
begin_again(struct writer *w, const struct input_info *input, struct claque_err *err)
{
	w->in = (struct writer_input){ 0 };
	return insert_input(w, input, err);
}

/* An input of which nothing could be taken may be read again, say with --map. */
static enum claque_rc
restart_input(struct writer *w, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	w->in = (struct writer_input){ .id = w->in.id };
	rc = stmt_prepare(w->s, "DELETE FROM refused_row WHERE input_file = ?1", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, w->in.id);
	rc = stmt_run(w->s, st, err);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_OK ? writer_input_progress(w, false, err) : rc;
}

/*
 * Where it is, for whoever verifies the case. One that was cut off may be read on from elsewhere,
 * or could not be found when it was begun.
 */
static enum claque_rc
note_place(struct writer *w, const struct input_info *input, struct claque_err *err)
{
	char *place = realpath(input->path, NULL);	/* NULL: not a file of this machine */
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(w->s, "UPDATE input_file SET path = ?2, place = coalesce(?3, place)"
			  " WHERE id = ?1", &st, err);
	if (rc == CLAQUE_OK) {
		bind_i64(st, 1, w->in.id);
		bind_str(st, 2, str_of(input->path));
		bind_str(st, 3, str_of(place));
		rc = stmt_run(w->s, st, err);
		(void)sqlite3_finalize(st);
	}
	free(place);
	return rc;
}

enum claque_rc
writer_input_begin(struct writer *w, const struct input_info *input, bool *done_before,
		   struct claque_err *err)
{
	bool done = false;
	enum claque_rc rc;

	rc = find_input(w, input, &done, err);
	if (rc == CLAQUE_DONE)
		rc = insert_input(w, input, err);
	else if (rc == CLAQUE_OK && done && w->of_known)
		rc = begin_again(w, input, err);
	else if (rc == CLAQUE_OK && done && w->in.totals.taken + w->in.totals.duplicates == 0)
		rc = restart_input(w, err);
	else if (rc == CLAQUE_OK)
		*done_before = done;
	return rc == CLAQUE_OK && !*done_before ? note_place(w, input, err) : rc;
}
