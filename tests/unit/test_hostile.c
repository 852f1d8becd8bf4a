/*
 * test_hostile.c - every trick of hostile_case.h into every import format, and whatever got
 * into the case from there through every export and every listing.
 */
#include "config.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <expat.h>

#include "app/export_job.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "import/import.h"
#include "store/store.h"
#include "store/writer.h"
#include "text/json.h"

#include "carriers.h"
#include "csv_table.h"
#include "hostile_case.h"
#include "page_check.h"
#include "small_case.h"

#define CASE "hostile.claque"

enum { BYTES_MAX = 4 << 20, SPREAD = 11 };

static char program[CARRIER_PATH_BYTES];

/* --- words */

/* Arrives as it is, wherever it arrives. */
#define PLAIN "'; DROP TABLE post; --"

struct turn {
	size_t round, put;
	bool plain;		/* always the same word, of plain text */
};

/* Each value has its turn once in SPREAD rounds; a round for each word, and then the plain one. */
static struct claque_str
choose(void *ctx, size_t spot)
{
	struct turn *t = ctx;

	if ((spot + t->round) % SPREAD != 0)
		return (struct claque_str){ 0 };
	return t->plain ? STR(PLAIN) : hostile_words[(t->round + t->put++) % hostile_word_count];
}

static void
weave_into(struct buf *out, const struct carrier *c, size_t round)
{
	struct turn turn = { .round = round, .plain = round >= hostile_word_count };

	(void)carrier_weave(out, c, choose, &turn);
}

/* --- importers */

struct seen {
	uint64_t told, told_row, refused, refused_row;
	bool passed;		/* a plain word was in a field */
	struct record_sink next;	/* of the case; put NULL: none */
};

static void
look(struct seen *s, struct claque_str text)
{
	s->passed |= str_find(text, STR(PLAIN), 0) < text.len;
}

static enum claque_rc
see_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate, struct claque_err *err)
{
	struct seen *s = ctx;

	s->told += row != s->told_row;
	s->told_row = row;
	*duplicate = false;
	look(s, r->extras);
	if (r->type == RECORD_POST) {
		look(s, r->post.text);
		look(s, r->post.handle);
		look(s, r->post.id);
		look(s, r->post.account_id);
	} else if (r->type == RECORD_ACCOUNT) {
		look(s, r->account.handle);
		look(s, r->account.display_name);
		look(s, r->account.bio);
		look(s, r->account.id);
	} else if (r->type == RECORD_CHANGE) {
		look(s, r->change.new_value);
		look(s, r->change.account_id);
	} else {
		look(s, r->indicator.raw);
		look(s, r->indicator.value);
		look(s, r->indicator.note);
	}
	return s->next.put != NULL ? s->next.put(s->next.ctx, row, r, duplicate, err) : CLAQUE_OK;
}

static enum claque_rc
see_refused(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct seen *s = ctx;

	s->told += row != s->told_row;
	s->told_row = row;
	s->refused += row != s->refused_row;
	s->refused_row = row;
	assert_true(reason.len > 0);
	return s->next.put != NULL ? s->next.refuse(s->next.ctx, row, reason, err) : CLAQUE_OK;
}

static enum claque_rc
see_done(void *ctx, uint64_t row, struct claque_err *err)
{
	struct seen *s = ctx;

	return s->next.put != NULL ? s->next.row_done(s->next.ctx, row, err) : CLAQUE_OK;
}

static void
import_woven(const struct carrier *c, size_t round, struct buf *room, struct seen *s)
{
	struct import_options options = { .format = c->format->name };
	struct record_sink sink = { s, see_put, see_refused, see_done };
	struct import_totals totals;
	struct claque_err err = { 0 };
	enum claque_rc rc;

	weave_into(room, c, round);
	rc = import_bytes(buf_str(room), c->name, &options, &sink, &totals, &err);
	/* Of XML a character that it does not have ends the whole file. */
	if (rc != CLAQUE_OK && rc != CLAQUE_EINPUT && rc != CLAQUE_EIO)
		fail_msg("%s: %s", c->name, err.msg);
	if (rc != CLAQUE_OK && (err.msg[0] == '\0' || !utf8_valid(str_of(err.msg))))
		fail_msg("%s: a message that is none: %s", c->name, err.msg);
	if (rc == CLAQUE_OK && (s->told != totals.rows ||
				s->refused != totals.refused + totals.partly))
		fail_msg("%s: %llu rows, of %llu something was said", c->name,
			 (unsigned long long)totals.rows, (unsigned long long)s->told);
}

static void
every_importer_takes_or_refuses_every_word(void **state)
{
	struct buf room;

	(void)state;
	buf_init(&room, BYTES_MAX);
	for (size_t i = 0; i < carrier_count; i++) {
		bool passed = false;

		for (size_t round = 0; round < hostile_word_count + SPREAD; round++) {
			struct seen s = { 0 };

			import_woven(&carriers[i], round, &room, &s);
			passed |= s.passed;
		}
		if (!passed)
			fail_msg("%s: no word came through", carriers[i].name);
	}
	buf_done(&room);
}

/* --- the case that comes of it */

static void
import_into_case(struct writer *w, const struct carrier *c, size_t round, struct buf *room)
{
	struct input_info info = { c->name, "00", c->format->name, c->bytes.len };
	struct seen s = { .next = writer_sink(w) };
	struct claque_err err = { 0 };
	struct input_totals totals;
	uint64_t skip;
	bool done;

	assert_ok(writer_begin_input(w, &info, &skip, &done, &err), err);
	s.next = writer_sink(w);
	import_woven(c, round, room, &s);
	assert_ok(writer_end_input(w, &totals, &err), err);
}

static int
make_case(void **state)
{
	struct claque_progress progress = { 0 };
	struct claque_err err = { 0 };
	struct writer *w;
	struct store *store;
	struct buf room;

	(void)small_case_set_up(state);
	small_case_copy(CASE);
	hostile_case_add(CASE);
	assert_ok(store_open(&store, CASE, STORE_WRITE, &err), err);
	assert_ok(writer_new(&w, store, &progress, &err), err);
	buf_init(&room, BYTES_MAX);
	for (size_t i = 0; i < carrier_count; i++)
		import_into_case(w, &carriers[i], SPREAD * i, &room);
	buf_done(&room);
	assert_ok(writer_finish(w, &progress, &err), err);
	writer_free(w);
	assert_ok(store_check(store, &err), err);
	store_close(store);
	return 0;
}

/* --- what must hold of a file that leaves */

static const char *export_name;

static void
fail_at(const char *path, const char *what)
{
	fail_msg("%s: %s: %s", export_name, path, what);
}

static void
check_xml(const char *path, struct claque_str bytes)
{
	XML_Parser p = XML_ParserCreate(NULL);

	if (XML_Parse(p, bytes.p, (int)bytes.len, 1) != XML_STATUS_OK)
		fail_at(path, XML_ErrorString(XML_GetErrorCode(p)));
	XML_ParserFree(p);
}

static void
check_json(const char *path, struct claque_str bytes)
{
	json_t *value = json_parse(bytes);

	if (value == NULL)
		fail_at(path, "no JSON");
	json_decref(value);
}

/* A cell that a spreadsheet would run has a ' in front. */
static void
check_cells(const char *path, struct claque_str bytes)
{
	bool safe = strcmp(export_name, "csv-safe") == 0;	/* the others are exact, and say so */
	struct csv_table t;

	(void)bytes;
	assert_true(csv_table_read(&t, path));
	if (!t.sound)
		fail_at(path, "no RFC 4180");
	for (size_t row = 0; row < t.row_count; row++)
		if (csv_width(&t, row) != csv_width(&t, 0))
			fail_at(path, "a row has more or fewer cells than the header");
	for (size_t i = 0; safe && i < t.cell_count; i++) {
		double number;

		if (t.cells[i].len > 0 && memchr("=+-@\t\r\n", t.cells[i].p[0], 7) != NULL &&
		    !str_to_double(t.cells[i], &number))
			fail_msg("%s: %s: a formula: %.*s", export_name, path, STR_ARG(t.cells[i]));
	}
	csv_table_done(&t);
}

/* What people look at drives no terminal and reorders nothing. */
static bool
is_shown(uint32_t c)
{
	return c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f) ||
	       (c >= 0xa0 && c != UTF8_BAD && c != 0xad && c != 0x61c &&
		!(c >= 0x200b && c <= 0x200f) && !(c >= 0x2028 && c <= 0x202e) &&
		!(c >= 0x2060 && c <= 0x206f) && c != 0xfeff);
}

static void
check_text(const char *path, struct claque_str bytes)
{
	size_t used = 0;

	for (size_t at = 0; at < bytes.len; at += used) {
		uint32_t c = utf8_next(str_sub(bytes, at, bytes.len), &used);

		if (!is_shown(c))
			fail_msg("%s: %s: byte %zu is U+%04X, raw: %.*s", export_name, path, at,
				 (unsigned)c, 40, bytes.p + (at > 20 ? at - 20 : 0));
	}
}

/* For programs: what drives a terminal is not there, and what reorders is as it was. */
static void
check_dot(const char *path, struct claque_str bytes)
{
	for (size_t at = 0, used = 0; at < bytes.len; at += used) {
		uint32_t c = utf8_next(str_sub(bytes, at, bytes.len), &used);

		if (c == UTF8_BAD || (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0))
			fail_msg("%s: %s: byte %zu is U+%04X, raw", export_name, path, at, (unsigned)c);
	}
}

static void
check_html(const char *path, struct claque_str bytes)
{
	check_text(path, bytes);
	assert_true(check_page(bytes) > 300);
}

static const struct {
	const char *ending;
	void (*check)(const char *path, struct claque_str bytes);
} checks[] = {
	{ ".graphml", check_xml }, { ".gexf", check_xml }, { ".json", check_json },
	{ ".csv", check_cells }, { ".html", check_html }, { ".md", check_text },
	{ ".txt", check_text }, { ".dot", check_dot },
};

enum { CHECKS = sizeof(checks) / sizeof(checks[0]) };
static size_t checked[CHECKS];

static struct claque_str
slurp(const char *path)
{
	size_t len;
	char *p = csv_slurp(path, &len);

	return (struct claque_str){ p, len };
}

static int
check_file(const char *path, const struct stat *st, int type, struct FTW *where)
{
	const char *ending = strrchr(path, '.');

	(void)st;
	(void)where;
	for (size_t i = 0; type == FTW_F && ending != NULL && i < CHECKS; i++)
		if (strcmp(ending, checks[i].ending) == 0) {
			struct claque_str bytes = slurp(path);

			checked[i]++;
			checks[i].check(path, bytes);
			free((char *)(uintptr_t)bytes.p);
		}
	return 0;
}

static int
take_away(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static void
nothing_that_leaves_runs_or_is_broken(void **state)
{
	struct claque_progress progress = { 0 };
	struct claque_err err = { 0 };
	struct store *store;
	size_t count;
	const struct export_format *formats = export_formats(&count);

	(void)state;
	assert_ok(store_open(&store, CASE, STORE_WRITE, &err), err);
	for (size_t i = 0; i < count; i++) {
		struct export_request q = { .format = str_of(formats[i].name), .path = "",
					    .who = STR("nr") };
		char path[64];

		export_name = formats[i].name;
		(void)snprintf(path, sizeof(path), "out-%s%s", export_name, formats[i].ending);
		q.path = path;
		assert_ok(export_job(store, &q, &progress, &err), err);
		assert_int_equal(nftw(path, check_file, 8, FTW_PHYS), 0);
		assert_int_equal(nftw(path, take_away, 8, FTW_PHYS | FTW_DEPTH), 0);
	}
	for (size_t i = 0; i < CHECKS; i++)
		if (checked[i] == 0)
			fail_msg("no file with %s was seen", checks[i].ending);
	store_close(store);
}

/* --- what is printed */

static const char *const listings[] = {
	"leads", "accounts", "sources", "posts", "changes", "domains", "twins", "evidence",
	"innocents", "indicators", "hashtags", "sites", "matches", "movers", "handles", "reused",
	"events", "inputs", "refused", "notes", "ledger", "runs", "verify",
};

extern char **environ;

static void
run_into(const char *path, const char *command)
{
	const char *words[] = { program, command, CASE, NULL };
	posix_spawn_file_actions_t files;
	pid_t child;
	int status;

	assert_int_equal(posix_spawn_file_actions_init(&files), 0);
	assert_int_equal(posix_spawn_file_actions_addopen(&files, 1, path, O_WRONLY | O_CREAT |
							  O_TRUNC, 0600), 0);
	assert_int_equal(posix_spawn_file_actions_adddup2(&files, 1, 2), 0);
	assert_int_equal(posix_spawn(&child, program, &files, NULL,
				     (char *const *)(uintptr_t)words, environ), 0);
	(void)posix_spawn_file_actions_destroy(&files);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
}

static void
nothing_that_is_printed_drives_a_terminal(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(listings) / sizeof(listings[0]); i++) {
		struct claque_str bytes;

		export_name = listings[i];
		run_into("printed", listings[i]);
		bytes = slurp("printed");
		assert_true(bytes.len > 0);
		check_text("stdout", bytes);
		free((char *)(uintptr_t)bytes.p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_importer_takes_or_refuses_every_word),
		cmocka_unit_test(nothing_that_leaves_runs_or_is_broken),
		cmocka_unit_test(nothing_that_is_printed_drives_a_terminal),
	};

	carriers_find();
	carriers_below(program, getenv("top_builddir"), "claque");
	(void)fprintf(stderr, "# %zu words, %zu files to carry them\n", hostile_word_count,
		      carrier_count);
	return cmocka_run_group_tests(tests, make_case, small_case_tear_down);
}
