/*
 * test_case.c - the analyst's work: kept, undone, redone, chained; and what
 * tampering with it looks like.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "base/sha256.h"
#include "case/ledger.h"
#include "store/list.h"
#include "store/writer.h"

#include "files.h"
#include "stopping.h"

static struct arena room, arena;
static const char *folder, *path;
static struct store *store;
static struct claque_err err;

static const struct subject ivan = { SUBJECT_account, 142 }, group = { SUBJECT_cluster, 17 };

static struct case_context
context(void)
{
	return (struct case_context){ .store = store, .who = STR("nr"),
				      .lens = STR("kind:reshare"),
				      .command = STR("claque open demo.claque") };
}

static const char *
inside(const char *name)
{
	return str_fmt(&arena, "%s/%s", folder, name).p;
}

static int
open_case(void **state)
{
	char template[] = "/tmp/claque-case-XXXXXX";

	(void)state;
	room = arena_new(64 << 20);
	arena = room;
	if (mkdtemp(template) == NULL || setenv("CLAQUE_CLOCK", "2016-11-21T14:20:07Z", 1) != 0)
		return -1;
	folder = str_z(&arena, str_of(template));
	path = inside("demo.claque");
	return store_open(&store, path, STORE_CREATE, &err) == CLAQUE_OK ? 0 : -1;
}

static int
close_case(void **state)
{
	static const char *const names[] = {
		"demo.claque", "demo.claque-wal", "demo.claque-shm", "posts.csv", "gone.csv",
	};

	(void)state;
	store_close(store);
	store = NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)unlink(inside(names[i]));
	(void)rmdir(folder);
	arena_free(room);
	return 0;
}

static int64_t
count(enum list_id list)
{
	struct list_query q = { .list = list, .lens = lens_open(), .sort = -1 };
	int64_t n = -1;

	assert_ok(list_count(store, &q, 0, &n, &err), err);
	return n;
}

/* The case with another program's hands: closed, changed by SQL, opened again. */
static void
tamper(const char *sql)
{
	sqlite3 *db;

	store_close(store);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "DROP TRIGGER IF EXISTS ledger_stays;"
				      "DROP TRIGGER IF EXISTS ledger_keeps", NULL, NULL, NULL),
			 SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_changes(db) >= 1, 1);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_ok(store_open(&store, path, STORE_WRITE, &err), err);
}

static const struct claque_progress quiet = { 0 };

static struct verify_report
verify(void)
{
	struct verify_report report;

	assert_ok(case_verify(store, STR(""), &quiet, &report, &err), err);
	return report;
}

#define assert_whole() do { \
	struct verify_report report_ = verify(); \
	if (report_.fault[0] != '\0') \
		fail_msg("fault: %s", report_.fault); \
} while (0)

#define assert_fault(words) do { \
	struct verify_report report_ = verify(); \
	if (strstr(report_.fault, words) == NULL) \
		fail_msg("fault is '%s', not '%s'", report_.fault, words); \
} while (0)

static void
a_note_a_tag_and_a_pin_are_kept_with_their_entries(void **state)
{
	struct case_context c = context();
	struct ledger_entry e;
	struct annotation a;

	(void)state;
	assert_ok(case_add(&c, ANNOTATION_note, ivan, STR("@ivan142"), STR("Same *minute*.\n"),
			   &err), err);
	assert_ok(case_add(&c, ANNOTATION_tag, ivan, STR("@ivan142"), STR("#fan"), &err), err);
	assert_ok(case_add(&c, ANNOTATION_pin, group, STR("C017"), STR(""), &err), err);
	assert_int_equal(count(LIST_NOTES), 3);
	assert_int_equal(count(LIST_LEDGER), 3);
	assert_ok(annotation_get(store, 2, &arena, &a, &err), err);
	assert_str(a.text, "fan");
	assert_str(a.target_name, "@ivan142");
	assert_str(a.who, "nr");
	assert_ok(ledger_get(store, 2, &arena, &e, &err), err);
	assert_str(e.action, "tag");
	assert_str(e.target, "@ivan142");
	assert_str(e.lens, "kind:reshare");
	assert_str(e.command, "claque open demo.claque");
	assert_whole();
}

static void
a_tag_that_is_there_is_no_act(void **state)
{
	struct case_context c = context();

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_ok(case_add(&c, ANNOTATION_tag, ivan, STR("@ivan142"), STR("fan"), &err), err);
		assert_ok(case_add(&c, ANNOTATION_tag, ivan, STR("@ivan142"), STR("#fan"), &err), err);
		assert_ok(case_add(&c, ANNOTATION_pin, ivan, STR("@ivan142"), STR(""), &err), err);
	}
	assert_int_equal(count(LIST_NOTES), 2);
	assert_int_equal(count(LIST_LEDGER), 2);
	assert_ok(case_add(&c, ANNOTATION_tag, group, STR("C017"), STR("fan"), &err), err);
	assert_int_equal(count(LIST_NOTES), 3);
}

static enum claque_rc
judge(struct subject target, const char *word, const char *reason, const char *confidence)
{
	struct case_context c = context();
	struct annotation a = { .kind = ANNOTATION_verdict, .target = target,
				.target_name = STR("@ivan142"), .word = str_of(word),
				.text = str_of(reason), .confidence = str_of(confidence) };

	return case_annotate(&c, &a, &err);
}

static const char *
verdicts(struct subject target)
{
	struct claque_str text;

	assert_ok(case_verdicts(store, target, &arena, &text, &err), err);
	return str_z(&arena, text);
}

static void
the_last_verdict_counts_and_those_before_are_kept(void **state)
{
	struct case_context c = context();
	struct claque_str what;

	(void)state;
	assert_string_equal(verdicts(ivan), "no verdict yet");
	assert_ok(judge(ivan, "reviewing", "", ""), err);
	assert_ok(judge(ivan, "cleared", "tour dates only", "high"), err);
	assert_ok(judge(ivan, "cleared", "tour dates only", "high"), err);
	assert_int_equal(count(LIST_LEDGER), 2);
	assert_string_equal(verdicts(ivan), "cleared by nr on 2016-11-21 14:20: tour dates only"
			    " (confidence: high); before: reviewing by nr on 2016-11-21 14:20");
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_str(what, "undid: verdict cleared on @ivan142");
	assert_string_equal(verdicts(ivan), "reviewing by nr on 2016-11-21 14:20");
	assert_ok(case_redo(&c, &arena, &what, &err), err);
	assert_non_null(strstr(verdicts(ivan), "tour dates only"));
	assert_whole();
}

static void
a_verdict_wants_a_reason_and_words_that_are_known(void **state)
{
	(void)state;
	assert_int_equal(judge(ivan, "confirmed", " \n", ""), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "wants a reason"));
	assert_int_equal(judge(ivan, "guilty", "x", ""), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "new reviewing confirmed cleared shared"));
	assert_int_equal(judge(ivan, "shared", "x", "total"), CLAQUE_EUSAGE);
	/* ICD 203: never in one sentence. */
	assert_int_equal(judge(ivan, "confirmed", "It is very likely one hand, with HIGH confidence.",
			       ""), CLAQUE_EUSAGE);
	assert_ok(judge(ivan, "confirmed", "It is very likely one hand. We have high confidence in "
			"the times.", ""), err);
	assert_int_equal(count(LIST_LEDGER), 1);
}

static void
the_tag_cleared_is_the_verdict(void **state)
{
	struct case_context c = context();
	struct annotation now;

	(void)state;
	assert_int_equal(case_remove(&c, ANNOTATION_tag, ivan, STR("cleared"), &err),
			 CLAQUE_ENOTFOUND);
	assert_ok(case_add(&c, ANNOTATION_tag, ivan, STR("@ivan142"), STR("#Cleared"), &err), err);
	assert_ok(annotation_verdict(store, ivan, &arena, &now, &err), err);
	assert_str(now.word, "cleared");
	assert_str(now.text, "tagged cleared");
	assert_ok(case_remove(&c, ANNOTATION_tag, ivan, STR("cleared"), &err), err);
	assert_ok(annotation_verdict(store, ivan, &arena, &now, &err), err);
	assert_str(now.word, "new");
	assert_whole();
}

/* As version_8 leaves a tag that its ledger entry calls one. */
static void
a_verdict_that_was_a_tag_is_still_what_its_entry_says(void **state)
{
	struct case_context c = context();
	struct annotation a = { .kind = ANNOTATION_tag, .target = ivan, .live = true, .at = 7,
				.target_name = STR("@ivan142"), .text = STR("Cleared"),
				.who = STR("nr") };
	json_t *payload;

	(void)state;
	assert_ok(store_begin(store, &err), err);
	assert_ok(annotation_add(store, &a, &a.id, &err), err);
	payload = case_act_payload(&a, true);
	assert_ok(case_entry_append(&c, "tag", STR("@ivan142"), payload, &err), err);
	json_decref(payload);
	assert_ok(store_commit(store, &err), err);
	tamper("UPDATE annotation SET kind = 3, word = 'cleared', was_tag = text,"
	       " text = 'tagged cleared'");
	assert_whole();
	tamper("UPDATE annotation SET word = 'confirmed'");
	assert_fault("was altered");
	tamper("UPDATE annotation SET word = 'cleared', text = 'a better reason'");
	assert_fault("was altered");
}

static void
a_note_in_new_words_stands_for_the_old_one_until_it_is_undone(void **state)
{
	struct case_context c = context();
	struct annotation a = { .kind = ANNOTATION_note, .target = ivan,
				.target_name = STR("@ivan142"), .text = STR("one minute") };
	struct claque_str what;

	(void)state;
	assert_ok(case_annotate(&c, &a, &err), err);
	a.text = STR("one second");
	a.replaces = 1;
	assert_ok(case_annotate(&c, &a, &err), err);
	assert_int_equal(count(LIST_NOTES), 1);
	assert_whole();
	a.text = STR("one hour");
	assert_int_equal(case_annotate(&c, &a, &err), CLAQUE_EUSAGE);
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_int_equal(count(LIST_NOTES), 1);
	assert_whole();
	assert_ok(annotation_get(store, 1, &arena, &a, &err), err);
	assert_true(a.live);
	assert_ok(case_redo(&c, &arena, &what, &err), err);
	assert_ok(annotation_get(store, 1, &arena, &a, &err), err);
	assert_false(a.live);
	assert_whole();
}

static void
a_tag_takes_a_colour_of_the_palette(void **state)
{
	struct case_context c = context();
	struct annotation a = { .kind = ANNOTATION_tag, .target = ivan, .text = STR("fan"),
				.target_name = STR("@ivan142"), .colour = STR("red") };
	size_t undo, redo;

	(void)state;
	assert_ok(case_annotate(&c, &a, &err), err);
	a.colour = STR("blue");
	assert_ok(case_annotate(&c, &a, &err), err);
	a.colour = STR("");
	assert_ok(case_annotate(&c, &a, &err), err);
	assert_int_equal(count(LIST_NOTES), 1);
	assert_ok(annotation_get(store, 2, &arena, &a, &err), err);
	assert_str(a.colour, "blue");
	a.colour = STR("mauve");
	assert_int_equal(case_annotate(&c, &a, &err), CLAQUE_EUSAGE);
	assert_ok(case_undo_depth(store, &undo, &redo, &err), err);
	assert_int_equal(undo, 2);
	assert_int_equal(redo, 0);
	assert_whole();
}

static void
a_highlight_keeps_what_it_quotes(void **state)
{
	struct case_context c = context();
	struct annotation a = { .kind = ANNOTATION_highlight, .target = { SUBJECT_post, 3 },
				.target_name = STR("post 3"), .quote = STR("never tell"),
				.first = 12, .colour = STR("yellow"), .word = STR("script") };

	(void)state;
	assert_ok(case_annotate(&c, &a, &err), err);
	assert_whole();
	tamper("UPDATE annotation SET first = 13");
	assert_fault("was altered");
	tamper("UPDATE annotation SET first = 12");
	c = context();
	assert_ok(case_remove(&c, ANNOTATION_highlight, a.target, STR("never tell"), &err), err);
	assert_int_equal(count(LIST_NOTES), 0);
	assert_whole();
	a.target = ivan;
	assert_int_equal(case_annotate(&c, &a, &err), CLAQUE_EUSAGE);
}

static void
removing_ends_a_tag_and_keeps_its_row(void **state)
{
	struct case_context c = context();
	struct annotation a;

	(void)state;
	assert_int_equal(case_remove(&c, ANNOTATION_tag, ivan, STR("fan"), &err), CLAQUE_ENOTFOUND);
	assert_ok(case_add(&c, ANNOTATION_tag, ivan, STR("@ivan142"), STR("fan"), &err), err);
	assert_ok(case_remove(&c, ANNOTATION_tag, ivan, STR("#fan"), &err), err);
	assert_int_equal(case_remove(&c, ANNOTATION_tag, ivan, STR("fan"), &err), CLAQUE_ENOTFOUND);
	assert_int_equal(count(LIST_NOTES), 0);
	assert_int_equal(count(LIST_LEDGER), 2);
	assert_ok(annotation_get(store, 1, &arena, &a, &err), err);
	assert_false(a.live);
	assert_int_equal(case_remove(&c, ANNOTATION_note, ivan, STR("x"), &err), CLAQUE_EUSAGE);
	assert_whole();
}

static const char *
filled(size_t n)
{
	char *p = ARENA_NEW(&arena, char, n + 1);

	memset(p, 'x', n);
	return p;
}

static void
what_is_out_of_bounds_is_refused_and_leaves_nothing(void **state)
{
	static const struct {
		enum annotation_kind kind;
		struct claque_str text;
		enum claque_rc rc;
	} rows[] = {
		{ ANNOTATION_note, { "", 0 }, CLAQUE_EUSAGE },
		{ ANNOTATION_note, { " \n", 2 }, CLAQUE_EUSAGE },
		{ ANNOTATION_note, { "\xff", 1 }, CLAQUE_EINPUT },
		{ ANNOTATION_note, { "a\0b", 3 }, CLAQUE_EINPUT },
		{ ANNOTATION_tag, { "", 0 }, CLAQUE_EUSAGE },
		{ ANNOTATION_tag, { "#", 1 }, CLAQUE_EUSAGE },
		{ ANNOTATION_tag, { "two words", 9 }, CLAQUE_EUSAGE },
		{ ANNOTATION_tag, { "a\xe2\x80\xae" "b", 5 }, CLAQUE_EUSAGE },
		{ ANNOTATION_tag, { "a\tb", 3 }, CLAQUE_EUSAGE },
		{ ANNOTATION_tag, { "\xff", 1 }, CLAQUE_EINPUT },
		{ ANNOTATION_pin, { "x", 1 }, CLAQUE_EUSAGE },
	};
	struct case_context c = context();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (case_add(&c, rows[i].kind, ivan, STR("@i"), rows[i].text, &err) != rows[i].rc)
			fail_msg("row %zu: %s", i, err.msg);
	assert_int_equal(case_add(&c, ANNOTATION_tag, ivan, STR("@i"), str_of(filled(65)), &err),
			 CLAQUE_ELIMIT);
	assert_int_equal(case_add(&c, ANNOTATION_note, ivan, STR("@i"),
				  str_of(filled(NOTE_BYTES_MAX + 1)), &err), CLAQUE_ELIMIT);
	assert_int_equal(count(LIST_LEDGER), 0);
	assert_ok(case_add(&c, ANNOTATION_tag, ivan, STR("@i"), str_of(filled(64)), &err), err);
	assert_ok(case_add(&c, ANNOTATION_note, ivan, STR("@i"),
			   str_of(filled(NOTE_BYTES_MAX)), &err), err);
	assert_int_equal(count(LIST_LEDGER), 2);
}

/* SHA-256 by hand over the documented form: the chain needs no claque to check. */
static void
an_entry_hashes_as_documented(void **state)
{
	static const char zeros[] =
		"0000000000000000000000000000000000000000000000000000000000000000";
	struct case_context c = context();
	struct ledger_entry e;
	struct claque_str text;
	char hash[SHA256_HEX + 1];

	(void)state;
	assert_ok(case_add(&c, ANNOTATION_tag, ivan, STR("@ivan142"), STR("fan"), &err), err);
	assert_ok(ledger_get(store, 0, &arena, &e, &err), err);
	assert_str(e.payload, "{\"annotation\":1,\"at\":1479738007000,\"kind\":\"tag\",\"live\":true,"
		   "\"name\":\"@ivan142\",\"target\":142,\"target_kind\":\"account\","
		   "\"text\":\"fan\",\"who\":\"nr\"}");
	text = str_fmt(&arena, "%s\n{\"action\":\"tag\",\"at\":1479738007000,"
		       "\"command\":\"claque open demo.claque\",\"lens\":\"kind:reshare\","
		       "\"payload\":\"{\\\"annotation\\\":1,\\\"at\\\":1479738007000,"
		       "\\\"kind\\\":\\\"tag\\\",\\\"live\\\":true,\\\"name\\\":\\\"@ivan142\\\","
		       "\\\"target\\\":142,\\\"target_kind\\\":\\\"account\\\","
		       "\\\"text\\\":\\\"fan\\\",\\\"who\\\":\\\"nr\\\"}\",\"previous\":\"%s\","
		       "\"seq\":1,\"target\":\"@ivan142\",\"who\":\"nr\"}", zeros, zeros);
	sha256_text(text, hash);
	assert_str(e.hash, hash);
	assert_str(e.previous, zeros);
}

/* The state as text: what is live, in order of the rows. */
static bool
add_live(void *ctx, const struct row *row)
{
	struct buf *out = ctx;

	buf_addf(out, "%lld:" STR_FMT ":" STR_FMT ";", (long long)row->id,
		 STR_ARG(row->values[1].s), STR_ARG(row->values[2].s));
	return true;
}

static struct claque_str
live(void)
{
	struct list_query q = { .list = LIST_NOTES, .lens = lens_open(), .sort = -1 };
	struct claque_str text;
	struct buf out;

	buf_init(&out, 1 << 16);
	assert_ok(list_walk(store, &q, add_live, &out, &err), err);
	text = str_dup(&arena, buf_str(&out));
	buf_done(&out);
	return text;
}

enum { ACTS = 20 };

static void
act(int i)
{
	struct case_context c = context();
	struct subject target = i % 3 == 0 ? group : ivan;
	struct claque_str name = i % 3 == 0 ? STR("C017") : STR("@ivan142");
	struct claque_str text = str_fmt(&arena, "t%d", i / 5);
	enum claque_rc rc;

	if (i % 5 == 1)
		rc = case_add(&c, ANNOTATION_tag, ivan, STR("@ivan142"), text, &err);
	else if (i % 5 == 3)
		rc = case_remove(&c, ANNOTATION_tag, ivan, text, &err);
	else if (i == 2)
		rc = case_add(&c, ANNOTATION_pin, group, STR("C017"), STR(""), &err);
	else if (i == 12)
		rc = case_remove(&c, ANNOTATION_pin, group, STR(""), &err);
	else
		rc = case_add(&c, ANNOTATION_note, target, name, text, &err);
	if (rc != CLAQUE_OK)
		fail_msg("act %d: %s", i, err.msg);
}

static void
twenty_acts_are_undone_to_nothing_and_redone_to_the_same(void **state)
{
	struct claque_str states[ACTS + 1], what;
	struct case_context c = context();

	(void)state;
	states[0] = live();
	for (int i = 0; i < ACTS; i++) {
		act(i);
		states[i + 1] = live();
	}
	for (int round = 0; round < 2; round++) {
		for (int i = ACTS; i > 0; i--) {
			assert_ok(case_undo(&c, &arena, &what, &err), err);
			assert_true(str_eq(live(), states[i - 1]));
		}
		assert_int_equal(case_undo(&c, &arena, &what, &err), CLAQUE_ENOTFOUND);
		for (int i = 0; i < ACTS; i++) {
			assert_ok(case_redo(&c, &arena, &what, &err), err);
			assert_true(str_eq(live(), states[i + 1]));
		}
		assert_int_equal(case_redo(&c, &arena, &what, &err), CLAQUE_ENOTFOUND);
	}
	assert_int_equal(count(LIST_LEDGER), 5 * ACTS);
	assert_int_equal(states[0].len, 0);
	assert_whole();
}

static void
undo_says_what_it_undid(void **state)
{
	struct case_context c = context();
	struct claque_str what;

	(void)state;
	assert_int_equal(case_undo(&c, &arena, &what, &err), CLAQUE_ENOTFOUND);
	assert_ok(case_add(&c, ANNOTATION_tag, ivan, STR("@ivan142"), STR("fan"), &err), err);
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_str(what, "undid: tag #fan on @ivan142");
	assert_ok(case_redo(&c, &arena, &what, &err), err);
	assert_str(what, "redid: tag #fan on @ivan142");
	assert_ok(case_add(&c, ANNOTATION_pin, group, STR(""), STR(""), &err), err);
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_str(what, "undid: pin on cluster 17");
	assert_ok(case_add(&c, ANNOTATION_note, ivan, STR("@ivan142"), STR("one\ntwo"), &err), err);
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_str(what, "undid: note \"one two\" on @ivan142");
}

static void
a_new_act_after_an_undo_ends_the_redos(void **state)
{
	struct case_context c = context();
	struct claque_str what;

	(void)state;
	act(0);
	act(1);
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	act(2);
	assert_int_equal(case_redo(&c, &arena, &what, &err), CLAQUE_ENOTFOUND);
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_str(what, "undid: pin on C017");
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_str(what, "undid: note \"t0\" on C017");
	assert_int_equal(case_undo(&c, &arena, &what, &err), CLAQUE_ENOTFOUND);
	assert_whole();
}

static void
what_is_recorded_is_chained_and_never_undone(void **state)
{
	struct case_context c = context();
	struct ledger_entry e;
	struct claque_str what;

	(void)state;
	act(0);
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_ok(case_record(&c, STR("import"), STR("posts.csv"), STR("{\"rows\": 3, \"b\": 1}"),
			      &err), err);
	assert_ok(case_record(&c, STR("run"), STR(""), STR(""), &err), err);
	assert_ok(ledger_get(store, 3, &arena, &e, &err), err);
	assert_str(e.payload, "{\"b\":1,\"rows\":3}");
	assert_ok(case_redo(&c, &arena, &what, &err), err);
	assert_int_equal(case_record(&c, STR("undo"), STR(""), STR(""), &err), CLAQUE_EUSAGE);
	assert_int_equal(case_record(&c, STR("x"), STR(""), STR("[1]"), &err), CLAQUE_EUSAGE);
	assert_int_equal(case_record(&c, STR("x"), STR(""), STR("{"), &err), CLAQUE_EUSAGE);
	assert_int_equal(count(LIST_LEDGER), 5);
	assert_whole();
}

static void
hostile_names_are_one_line_of_text(void **state)
{
	struct case_context c = context();
	struct ledger_entry e;

	(void)state;
	c.who = (struct claque_str){ "n\nr\xff\x1b", 5 };
	assert_ok(case_add(&c, ANNOTATION_tag, ivan, (struct claque_str){ "@i\n\xfe\0x", 6 },
			   STR("fan"), &err), err);
	assert_ok(ledger_get(store, 0, &arena, &e, &err), err);
	assert_str(e.who, "n r\xef\xbf\xbd");
	assert_str(e.target, "@i \xef\xbf\xbd x");
	c = (struct case_context){ .store = store, .who = STR(" \n"), .lens = STR("a\x1b" "b"),
				   .command = STR("claque\ropen\t") };
	assert_ok(case_record(&c, STR("import"), STR("posts\x1b[2J\n.csv"), STR(""), &err), err);
	assert_ok(ledger_get(store, 0, &arena, &e, &err), err);
	assert_str(e.who, "unknown");
	assert_str(e.target, "posts [2J .csv");
	assert_str(e.lens, "a b");
	assert_str(e.command, "claque open");
	assert_whole();
}

static void
the_analyst_comes_from_the_environment_or_the_login(void **state)
{
	(void)state;
	assert_int_equal(setenv("CLAQUE_WHO", " Ana\nLyst ", 1), 0);
	assert_str(case_who(&arena), "Ana Lyst");
	assert_int_equal(setenv("CLAQUE_WHO", "a\x7f" "b\xc2\x85" "c\u2028d\u2029e", 1), 0);
	assert_str(case_who(&arena), "a b c d e");
	assert_int_equal(unsetenv("CLAQUE_WHO"), 0);
	assert_true(case_who(&arena).len > 0);
}

static void
an_empty_case_is_whole(void **state)
{
	(void)state;
	assert_whole();
	assert_int_equal(verify().entries, 0);
}

static void
verify_names_the_entry_that_was_touched(void **state)
{
	static const struct {
		const char *sql, *fault;
	} rows[] = {
		{ "UPDATE ledger SET who = 'ns' WHERE seq = 4",
		  "ledger entry 4: its contents do not match its hash" },
		{ "UPDATE ledger SET payload = replace(payload, 't0', 't9') WHERE seq = 2",
		  "ledger entry 2: its contents do not match its hash" },
		{ "UPDATE ledger SET at = at + 1 WHERE seq = 1", "ledger entry 1: its contents" },
		{ "UPDATE ledger SET lens = '' WHERE seq = 5", "ledger entry 5: its contents" },
		{ "UPDATE ledger SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE seq = 3",
		  "ledger entry 3: its contents do not match its hash" },
		{ "UPDATE ledger SET previous = hash WHERE seq = 3",
		  "ledger entry 3: its previous hash is not the hash of entry 2" },
		{ "DELETE FROM ledger WHERE seq = 3", "entry 3 is missing" },
		{ "DELETE FROM ledger WHERE seq = 1", "entry 1 is missing" },
		{ "DELETE FROM ledger WHERE seq = 5", "annotation 4 has no ledger entry" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int a = 0; a < 5; a++)
			act(a);
		assert_int_equal(verify().entries, 5);
		tamper(rows[i].sql);
		assert_fault(rows[i].fault);
		tamper("DELETE FROM ledger; DELETE FROM annotation");
	}
}

static void
verify_names_the_annotation_that_was_touched(void **state)
{
	static const struct {
		const char *sql, *fault;
	} rows[] = {
		{ "UPDATE annotation SET text = 't1' WHERE id = 2",
		  "annotation 2 is not what ledger entry 2 made" },
		{ "UPDATE annotation SET target = 143 WHERE id = 2", "annotation 2 is not what" },
		{ "UPDATE annotation SET who = 'ns' WHERE id = 1", "annotation 1 is not what" },
		{ "UPDATE annotation SET at = at + 1 WHERE id = 1", "annotation 1 is not what" },
		{ "UPDATE annotation SET kind = 1 WHERE id = 3", "annotation 3 is not what" },
		{ "UPDATE annotation SET live = 1 WHERE id = 2",
		  "annotation 2 is live; ledger entry 4 left it not live" },
		{ "UPDATE annotation SET live = 0 WHERE id = 1",
		  "annotation 1 is not live; ledger entry 1 left it live" },
		{ "DELETE FROM annotation WHERE id = 1", "annotation 1 is gone" },
		{ "INSERT INTO annotation(id, kind, target_kind, target, target_name, text, who,"
		  " at, live) SELECT 99, kind, target_kind, target, target_name, text, who, at, 1"
		  " FROM annotation WHERE id = 1",
		  "annotation 99 has no ledger entry" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int a = 0; a < 5; a++)
			act(a);
		tamper(rows[i].sql);
		assert_fault(rows[i].fault);
		tamper("DELETE FROM ledger; DELETE FROM annotation");
	}
}

static void
import_file(const char *name, const char *text)
{
	char digest[SHA256_HEX + 1];
	struct input_info info = { .path = name, .sha256 = digest, .format = "native-posts",
				   .bytes = strlen(text) };
	struct input_totals totals;
	struct writer *w = NULL;
	uint64_t skip;
	bool before;

	write_file(name, str_of(text));
	assert_ok(sha256_file(name, digest, NULL, &quiet, &err), err);
	assert_ok(writer_new(&w, store, &quiet, &err), err);
	assert_ok(writer_begin_input(w, &info, &skip, &before, &err), err);
	assert_ok(writer_end_input(w, &totals, &err), err);
	assert_ok(writer_finish(w, &quiet, &err), err);
	writer_free(w);
}

static void
an_input_that_changed_is_a_fault_and_a_missing_one_is_counted(void **state)
{
	struct verify_report r;

	(void)state;
	import_file(inside("posts.csv"), "id,text\n1,a\n");
	import_file(inside("gone.csv"), "id,text\n2,b\n");
	r = verify();
	assert_string_equal(r.fault, "");
	assert_int_equal(r.inputs_same, 2);
	assert_int_equal(unlink(inside("gone.csv")), 0);
	r = verify();
	assert_string_equal(r.fault, "");
	assert_int_equal(r.inputs_same, 1);
	assert_int_equal(r.inputs_missing, 1);
	write_file(inside("posts.csv"), STR("id,text\n1,b\n"));
	r = verify();
	assert_int_equal(r.inputs_changed, 1);
	assert_non_null(strstr(r.fault, inside("posts.csv")));
}

static void
a_period_is_verified_by_its_times(void **state)
{
	struct case_context c = context();
	struct period period = { .from = INT64_C(1474329600000), .to = INT64_C(1476230400000) };
	struct claque_str name;
	struct subject target;

	(void)state;
	assert_ok(case_period(&c, &period, &target, &err), err);
	assert_ok(list_subject_name(store, target, &arena, &name, &err), err);
	assert_ok(case_add(&c, ANNOTATION_note, target, name, STR("the first wave"), &err), err);
	assert_whole();
	tamper("UPDATE period SET to_at = to_at + 1000");
	assert_fault("annotation 1: the period that it is about was altered");
	tamper("UPDATE period SET to_at = to_at - 1000");
	assert_whole();
	tamper("DELETE FROM period");
	assert_fault("annotation 1: the period that it is about was altered");
}

static void
verifying_can_be_stopped(void **state)
{
	struct verify_report r;

	(void)state;
	import_file(inside("posts.csv"), "id,text\n1,a\n");
	assert_int_equal(case_verify(store, STR(""), &stopping, &r, &err), CLAQUE_STOPPED);
}

static void
a_ledger_that_does_not_fit_stops_undo(void **state)
{
	struct case_context c = context();
	struct claque_str what;

	(void)state;
	act(0);
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	tamper("UPDATE ledger SET payload = replace(payload, '\"act\":1', '\"act\":7')");
	c = context();
	assert_int_equal(case_redo(&c, &arena, &what, &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "entry 2"));
}

#define IN_CASE(test) cmocka_unit_test_setup_teardown(test, open_case, close_case)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_CASE(a_note_a_tag_and_a_pin_are_kept_with_their_entries),
		IN_CASE(a_tag_that_is_there_is_no_act),
		IN_CASE(the_last_verdict_counts_and_those_before_are_kept),
		IN_CASE(a_verdict_wants_a_reason_and_words_that_are_known),
		IN_CASE(the_tag_cleared_is_the_verdict),
		IN_CASE(a_verdict_that_was_a_tag_is_still_what_its_entry_says),
		IN_CASE(a_note_in_new_words_stands_for_the_old_one_until_it_is_undone),
		IN_CASE(a_tag_takes_a_colour_of_the_palette),
		IN_CASE(a_highlight_keeps_what_it_quotes),
		IN_CASE(removing_ends_a_tag_and_keeps_its_row),
		IN_CASE(what_is_out_of_bounds_is_refused_and_leaves_nothing),
		IN_CASE(an_entry_hashes_as_documented),
		IN_CASE(twenty_acts_are_undone_to_nothing_and_redone_to_the_same),
		IN_CASE(undo_says_what_it_undid),
		IN_CASE(a_new_act_after_an_undo_ends_the_redos),
		IN_CASE(what_is_recorded_is_chained_and_never_undone),
		IN_CASE(hostile_names_are_one_line_of_text),
		IN_CASE(the_analyst_comes_from_the_environment_or_the_login),
		IN_CASE(an_empty_case_is_whole),
		IN_CASE(verify_names_the_entry_that_was_touched),
		IN_CASE(verify_names_the_annotation_that_was_touched),
		IN_CASE(an_input_that_changed_is_a_fault_and_a_missing_one_is_counted),
		IN_CASE(a_period_is_verified_by_its_times),
		IN_CASE(verifying_can_be_stopped),
		IN_CASE(a_ledger_that_does_not_fit_stops_undo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
