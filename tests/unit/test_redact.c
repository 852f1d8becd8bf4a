/*
 * test_redact.c - who is hidden, what stands for them, and what the search for leaks finds
 * in bytes that are about to leave: at every edge of what is a name.
 *
 * Accounts of the small case have 8112 followers, and 500 fewer each: the seventh has
 * 5112, the eighth (fan_two) 4612. Their posts are 7831000000200 and on.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/posts_of.h"
#include "files.h"
#include "redacting.h"

enum { SEVENTH = 7, FAN_TWO = 8, ALICE = 10 };

static const struct claque_progress silent = { NULL, NULL };

/* --- who is hidden */

static void
levels_are_known_by_name(void **state)
{
	static const char *const names[] = { "full", "pseudonymised", "aggregate" };
	enum redaction level;

	(void)state;
	for (unsigned i = 0; i < REDACTION_COUNT; i++) {
		assert_ok(redaction_parse(str_of(names[i]), &level, &err), err);
		assert_int_equal(level, i);
		assert_string_equal(redaction_name(level), names[i]);
	}
	assert_int_equal(redaction_parse(STR("none"), &level, &err), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "'none'; there are full, pseudonymised and aggregate"));
}

static void
who_has_as_many_followers_as_the_limit_is_named(void **state)
{
	(void)state;
	assert_int_equal(redactor_hidden(redactor), 7);
	assert_false(redactor_hides(redactor, SEVENTH));
	assert_true(redactor_hides(redactor, FAN_TWO));
	open_at(REDACTION_PSEUDONYMISED, 5112);
	assert_false(redactor_hides(redactor, SEVENTH));
	open_at(REDACTION_PSEUDONYMISED, 5113);
	assert_true(redactor_hides(redactor, SEVENTH));
	assert_int_equal(redactor_hidden(redactor), 8);
	assert_false(redactor_is_idle(redactor));
	open_at(REDACTION_FULL, REDACTION_FOLLOWERS);
	assert_int_equal(redactor_hidden(redactor), 0);
	assert_true(redactor_is_idle(redactor));
	assert_str(redactor_text(redactor, &arena, STR("@alice14")), "@alice14");
}

/* --- texts */

static struct claque_str
redacted(const char *text)
{
	return redactor_text(redactor, &arena, str_of(text));
}

/* `text` as a pattern: '?' is any one byte. */
static void
assert_redacted(const char *text, const char *pattern)
{
	struct claque_str got = redacted(text);
	bool same = got.len == strlen(pattern);

	for (size_t i = 0; same && i < got.len; i++)
		same = pattern[i] == '?' || pattern[i] == got.p[i];
	if (!same)
		fail_msg("'%s' is '" STR_FMT "', not '%s'", text, STR_ARG(got), pattern);
}

#define USER "@u_?????????????"
#define POST "p_????????????"

static void
links_and_long_numbers_that_lead_to_the_hidden_are_replaced(void **state)
{
	static const char *const kept[] = {
		"", "good morning", "see https://x.com/ivan142/status/7831000000100 now",
		"https://x.com/ivan142", "https://news.example/a1", "@ivan142 and olga795",
		"12345678901", "a123456789012", "123456789012a", "1a23456789012", "4021177301",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		assert_str(redacted(kept[i]), kept[i]);
	assert_redacted("met @alice14, @ivan142", "met " USER ", @ivan142");
	assert_redacted("see https://x.com/alice14/status/7831000000309 now",
			"see [post " POST " of " USER " on x] now");
	assert_redacted("(https://x.com/alice14)", "([profile " USER " on x])");
	assert_redacted("\"http://x.com/alice14\"|x", "\"[profile " USER " on x]\"|x");
	assert_redacted("id 123456789012.", "id " POST ".");
	assert_redacted("123456789012 1234567890123", POST " " POST);
	assert_redacted("https://x.com/someone_else9", "[profile " USER " on x]");
}

/* What stands for somebody is left alone; a handle that begins like it is a handle. */
static void
a_stand_in_stays_and_a_handle_that_looks_like_one_does_not(void **state)
{
	static const char *const kept[] = { "@someone", "@someone's", "@acct-017.", "by @acct-3" };

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		assert_str(redacted(kept[i]), kept[i]);
	assert_redacted("@someone_else9 said", USER " said");
	assert_redacted("by @_someone", "by " USER);
	assert_redacted("@acct_17", USER);
	assert_redacted("@acct-17b", USER "-17b");
}

static void
a_name_is_the_same_in_every_export_of_one_case_and_in_no_other(void **state)
{
	struct claque_str first = str_dup(&arena, redacted("@alice14")), space, other;

	(void)state;
	space = redactor_space(redactor, &arena);
	open_at(REDACTION_AGGREGATE, REDACTION_FOLLOWERS);
	assert_true(str_eq(redacted("@alice14"), first));
	assert_false(str_eq(redacted("@peter66"), first));
	other = redactor_space(redactor, &arena);
	assert_int_equal(space.len, other.len);
	assert_false(str_eq(space, other));
	open_at(REDACTION_PSEUDONYMISED, REDACTION_FOLLOWERS + 1);
	assert_false(str_eq(redactor_space(redactor, &arena), space));
	open_at(REDACTION_PSEUDONYMISED, REDACTION_FOLLOWERS);
	assert_true(str_eq(redactor_space(redactor, &arena), space));
	open_at(REDACTION_FULL, REDACTION_FOLLOWERS);
	assert_str(redactor_space(redactor, &arena), "");
	store_close(store);
	small_case_copy("mine.claque");
	assert_ok(store_open(&store, "mine.claque", STORE_WRITE, &err), err);
	open_at(REDACTION_PSEUDONYMISED, REDACTION_FOLLOWERS);
	assert_false(str_eq(redacted("@alice14"), first));
	assert_false(str_eq(redactor_space(redactor, &arena), space));
}

static void
hashes_stay_a_chain_that_tells_of_nothing(void **state)
{
	struct claque_str zeros = STR("0000"), one = STR("00ab"), got;

	(void)state;
	got = redactor_hash(redactor, &arena, one);
	assert_false(str_eq(got, one));
	assert_true(str_eq(redactor_hash(redactor, &arena, one), got));
	assert_false(str_eq(redactor_hash(redactor, &arena, STR("00ac")), got));
	assert_str(redactor_hash(redactor, &arena, zeros), "0000");
	open_at(REDACTION_FULL, REDACTION_FOLLOWERS);
	assert_str(redactor_hash(redactor, &arena, one), "00ab");
}

/* --- rows */

struct cells {			/* of one row; NULL ends them */
	const char *name, *text;
};

static struct row
row_of(enum list_id list, int64_t id, const struct cells *cells)
{
	size_t count;
	struct value *values;

	(void)list_columns(list, &count);
	values = ARENA_NEW(&arena, struct value, count);
	memset(values, 0, count * sizeof(*values));
	for (; cells->name != NULL; cells++)
		values[list_column(list, str_of(cells->name))] =
			(struct value){ .type = VALUE_TEXT, .s = str_of(cells->text) };
	return (struct row){ id, values };
}

static const struct value *
value_of(enum list_id list, const struct row *row, const char *name)
{
	return &row->values[list_column(list, str_of(name))];
}

static struct row
row_redacted(enum list_id list, int64_t id, const struct cells *cells)
{
	struct row row = row_of(list, id, cells);

	return redactor_row(redactor, &arena, list, &row);
}

#define SIXTY "six and sixty words of the harbour master are what stays here"

static void
a_post_of_somebody_hidden_has_another_id_and_the_beginning_of_its_text(void **state)
{
	static const struct cells hers[] = {
		{ "account_id", "6200000001" }, { "post_id", "7831000000309" }, { "client", "web" },
		{ "text", SIXTY }, { NULL, NULL },
	}, short_one[] = {
		{ "account_id", "6200000001" }, { "text", "seen @alice14 there" }, { NULL, NULL },
	}, his[] = {
		{ "account_id", "4021177301" }, { "post_id", "7831000000100" }, { "client", "web" },
		{ "text", SIXTY }, { NULL, NULL },
	};
	struct row row = row_redacted(LIST_POSTS, 5, hers);
	struct claque_str post = value_of(LIST_POSTS, &row, "post_id")->s;

	(void)state;
	assert_int_equal(sizeof(SIXTY) - 1, 61);
	assert_int_equal(post.len, 14);
	assert_memory_equal(post.p, "p_", 2);
	assert_int_equal(value_of(LIST_POSTS, &row, "client")->type, VALUE_NULL);
	assert_str(value_of(LIST_POSTS, &row, "text")->s,
		   "six and sixty words of the harbour master are what stays her... [cut]");
	row = row_redacted(LIST_POSTS, 5, short_one);
	assert_int_equal(value_of(LIST_POSTS, &row, "text")->s.len, strlen("seen " USER " there"));
	row = row_redacted(LIST_POSTS, 5, his);
	assert_str(value_of(LIST_POSTS, &row, "post_id")->s, "7831000000100");
	assert_str(value_of(LIST_POSTS, &row, "client")->s, "web");
	assert_str(value_of(LIST_POSTS, &row, "text")->s, SIXTY);
}

static void
a_post_that_we_name_is_named_as_in_its_own_row(void **state)
{
	static const struct cells hers[] = {
		{ "account_id", "6200000001" }, { "post_id", "7831000000309" }, { NULL, NULL },
	}, note[] = { { "target", "post 7831000000309 of @ivan142" }, { NULL, NULL } };
	struct row row = row_redacted(LIST_POSTS, 5, hers);
	struct claque_str post = value_of(LIST_POSTS, &row, "post_id")->s, target;

	(void)state;
	row = row_redacted(LIST_LEDGER, 1, note);
	target = value_of(LIST_LEDGER, &row, "target")->s;
	assert_str(target, str_z(&arena, str_fmt(&arena, "post " STR_FMT " of @ivan142",
						 STR_ARG(post))));
}

static void
a_profile_loses_its_words_and_a_change_what_it_was(void **state)
{
	static const struct cells alice[] = {
		{ "account_id", "6200000001" }, { "bio", "gardener" }, { "location", "Leeds" },
		{ NULL, NULL },
	}, moved[] = {
		{ "account_id", "6200000001" }, { "field", "location" }, { "old", "Leeds" },
		{ "new", "York" }, { NULL, NULL },
	}, verified[] = {
		{ "account_id", "6200000001" }, { "field", "verified" }, { "old", "0" }, { "new", "1" },
		{ NULL, NULL },
	};
	struct row row = row_redacted(LIST_ACCOUNTS, ALICE, alice);

	(void)state;
	assert_int_equal(value_of(LIST_ACCOUNTS, &row, "bio")->type, VALUE_NULL);
	assert_int_equal(value_of(LIST_ACCOUNTS, &row, "location")->type, VALUE_NULL);
	assert_memory_equal(value_of(LIST_ACCOUNTS, &row, "account_id")->s.p, "u_", 2);
	row = row_redacted(LIST_ACCOUNTS, 1, alice);
	assert_str(value_of(LIST_ACCOUNTS, &row, "bio")->s, "gardener");
	row = row_redacted(LIST_CHANGES, 1, moved);
	assert_int_equal(value_of(LIST_CHANGES, &row, "old")->type, VALUE_NULL);
	assert_int_equal(value_of(LIST_CHANGES, &row, "new")->type, VALUE_NULL);
	row = row_redacted(LIST_CHANGES, 1, verified);
	assert_str(value_of(LIST_CHANGES, &row, "old")->s, "0");
	assert_str(value_of(LIST_CHANGES, &row, "new")->s, "1");
}

static struct claque_str
key_of_source(const char *kind, const char *key, const char *author)
{
	const struct cells cells[] = {
		{ "kind", kind }, { "key", key }, { "author", author }, { NULL, NULL },
	};
	struct row row = row_redacted(LIST_SOURCES, 1, cells);

	return value_of(LIST_SOURCES, &row, "key")->s;
}

static void
the_key_of_a_source_is_hidden_where_it_is_a_post_of_somebody_hidden(void **state)
{
	(void)state;
	assert_str(key_of_source("url", "news.example/a1", ""), "news.example/a1");
	assert_str(key_of_source("post", "99", "ivan142"), "99");
	assert_int_equal(key_of_source("post", "99", "alice14").len, 14);
	assert_int_equal(key_of_source("object", "99", "alice14").len, 14);
	assert_int_equal(key_of_source("post", "99", "").len, 14);
	assert_int_equal(key_of_source("post", "99", "somebody_else").len, 14);
}

static void
an_entry_of_the_ledger_keeps_its_place_in_the_chain_and_not_what_it_says(void **state)
{
	static const struct cells cells[] = {
		{ "hash", "00ab" }, { "previous", "0000" }, { "payload", "{}" }, { NULL, NULL },
	};
	struct row row = row_redacted(LIST_LEDGER, 1, cells);

	(void)state;
	assert_true(str_eq(value_of(LIST_LEDGER, &row, "hash")->s,
			   redactor_hash(redactor, &arena, STR("00ab"))));
	assert_str(value_of(LIST_LEDGER, &row, "previous")->s, "0000");
	assert_int_equal(value_of(LIST_LEDGER, &row, "payload")->type, VALUE_NULL);
}

static void
cells_of_no_list_are_hidden_by_whom_they_are_of(void **state)
{
	static const struct { int64_t id; bool hidden; } rows[] = {
		{ -1, true }, { 0, false }, { 1, false }, { ALICE, true },
	};
	static const struct cells cells[] = { { "client", "web" }, { NULL, NULL } };
	struct mask_table table = { .accounts = false };

	(void)state;
	table.columns = list_columns(LIST_POSTS, &table.count);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct row row = row_of(LIST_POSTS, rows[i].id, cells);

		row = redactor_cells(redactor, &arena, LIST_POSTS, &table, &row);
		assert_int_equal(value_of(LIST_POSTS, &row, "client")->type == VALUE_NULL,
				 rows[i].hidden);
	}
}

/* --- an aggregate */

static bool
drops(enum list_id list, const char *column, struct value v)
{
	struct row row = row_of(list, 1, (const struct cells[]){ { NULL, NULL } });
	struct value *values = ARENA_NEW(&arena, struct value, 64);
	size_t count;

	(void)list_columns(list, &count);
	memcpy(values, row.values, count * sizeof(*values));
	values[list_column(list, str_of(column))] = v;
	row.values = values;
	return redactor_drops(redactor, list, &row);
}

static void
an_aggregate_tells_of_five_and_more(void **state)
{
	const struct value four = { .type = VALUE_INT, .i = 4 }, five = { .type = VALUE_INT, .i = 5 },
			   fans = { .type = VALUE_TEXT, .s = STR("C002") },
			   six = { .type = VALUE_TEXT, .s = STR("C001") };

	(void)state;
	assert_false(drops(LIST_HASHTAGS, "accounts", four));
	assert_false(redactor_thins(redactor, LIST_HASHTAGS));
	assert_true(redactor_keeps(redactor, LIST_POSTS));
	open_at(REDACTION_AGGREGATE, REDACTION_FOLLOWERS);
	assert_true(redactor_thins(redactor, LIST_HASHTAGS));
	assert_false(redactor_thins(redactor, LIST_RUNS));
	assert_true(drops(LIST_HASHTAGS, "accounts", four));
	assert_false(drops(LIST_HASHTAGS, "accounts", five));
	assert_true(drops(LIST_SITES, "accounts", (struct value){ .type = VALUE_NULL }));
	assert_true(drops(LIST_EVIDENCE, "cluster", fans));	/* three of them */
	assert_false(drops(LIST_EVIDENCE, "cluster", six));
	assert_true(drops(LIST_INNOCENTS, "cluster", fans));
	assert_false(redactor_keeps(redactor, LIST_POSTS));
	assert_false(redactor_keeps(redactor, LIST_LEDGER));
	assert_true(redactor_keeps(redactor, LIST_CLUSTERS));
	assert_true(redactor_keeps(redactor, LIST_EVENTS));
}

/* --- posts of accounts */

struct posts {
	size_t own, others;
};

static bool
count_post(void *ctx, const struct row *row)
{
	struct posts *p = ctx;
	const struct value *id = &row->values[list_column(LIST_POSTS, STR("account_id"))];

	assert_int_equal(row->values[list_column(LIST_POSTS, STR("platform"))].type, VALUE_TEXT);
	assert_int_equal(row->values[list_column(LIST_POSTS, STR("text"))].type, VALUE_NULL);
	if (str_eq(id->s, STR("6200000001")))
		p->own++;
	else
		p->others++;
	return true;
}

static struct posts
posts_of_alice(int64_t posts)
{
	struct posts p = { 0, 0 };
	struct posts_of of;

	posts_of_init(&of);
	posts_of_add(&of, ALICE, posts);
	assert_ok(posts_of_walk(&of, store, count_post, &p, &err), err);
	posts_of_done(&of);
	return p;
}

static void
posts_are_found_by_account_or_in_one_pass(void **state)
{
	struct posts few = posts_of_alice(1), many = posts_of_alice(1000000), none = { 0, 0 };
	struct posts_of of;

	(void)state;
	assert_true(few.own > 0);
	assert_int_equal(few.others, 0);
	assert_int_equal(many.own, few.own);
	assert_true(many.others > 0);
	posts_of_init(&of);
	assert_ok(posts_of_walk(&of, store, count_post, &none, &err), err);
	posts_of_done(&of);
	assert_int_equal(none.own + none.others, 0);
}

/* --- leaks */

static void
gather(void)
{
	assert_ok(leaks_new(&leaks, redactor, store, &err), err);
}

struct leak_row {
	const char *text;
	size_t found;		/* 0: nothing is */
	const char *first;	/* what the message holds */
};

static void
check_leaks(const struct leak_row *rows, size_t count)
{
	gather();
	for (size_t i = 0; i < count; i++) {
		enum claque_rc rc;

		write_file("out.txt", str_of(rows[i].text));
		rc = leaks_find(leaks, "out.txt", "out.txt", &silent, &err);
		if (rc != (rows[i].found > 0 ? CLAQUE_EUSAGE : CLAQUE_OK))
			fail_msg("'%s': %d %s", rows[i].text, rc, rc != CLAQUE_OK ? err.msg : "");
		if (rc == CLAQUE_OK)
			continue;
		assert_non_null(strstr(err.msg, str_fmt(&arena, "%zu times", rows[i].found).p));
		if (rows[i].first != NULL && strstr(err.msg, rows[i].first) == NULL)
			fail_msg("'%s': '%s' does not say %s", rows[i].text, err.msg, rows[i].first);
	}
}

#define CHECK_LEAKS(rows) check_leaks(rows, sizeof(rows) / sizeof((rows)[0]))

static void
a_word_that_is_nobody_elses_name_is_found_wherever_it_stands(void **state)
{
	static const struct leak_row rows[] = {
		{ "", 0, NULL },
		{ "alice14", 1, "'alice14' in out.txt at byte 1:" },
		{ "see ALICE14!", 1, "'ALICE14' in out.txt at byte 5:" },
		{ "alice14 peter66 alice14", 3, "'alice14' in out.txt at byte 1:" },
		{ "malice14 alice14b ivan142", 0, NULL },
		{ "id 6200000001", 1, "at byte 4:" },
		{ "4021177301 7831000000100", 0, NULL },
		{ "7831000000201", 1, NULL },
		{ "\u597d\u670b\u53cb", 1, NULL },
		{ "\uff41lice14", 1, NULL },
		{ "\\_alice14\\_", 1, NULL },
		{ "al\\ice14", 1, NULL },
		{ "0lga", 1, NULL },
	};

	(void)state;
	CHECK_LEAKS(rows);
	assert_int_equal(leaks_too_short(leaks), 1);	/* @jo */
}

static void
a_plain_word_is_a_name_where_it_is_a_mention_or_in_a_path(void **state)
{
	static const struct leak_row rows[] = {
		{ "Alice said so", 0, NULL }, { "@Alice", 1, "'Alice' in out.txt at byte 2:" },
		{ "x.example/alice", 1, NULL }, { "https://alice.example/", 0, NULL },
		{ "//alice", 0, NULL }, { "&#64;alice", 1, NULL }, { "%40alice", 2, NULL },
		{ "@Olga", 0, NULL }, { "@jo", 0, NULL }, { "/alice", 1, NULL },
	};

	(void)state;
	CHECK_LEAKS(rows);
}

static void
a_name_of_several_words_is_found_as_it_is_tied(void **state)
{
	static const struct leak_row rows[] = {
		{ "fan_two", 1, "'fan_two' in out.txt at byte 1:" }, { "by FAN_TWO.", 1, NULL },
		{ "fan two", 0, NULL }, { "fan-two", 0, NULL }, { "fan\\_two", 1, NULL },
		{ "fan&#95;two", 1, NULL }, { "fan&amp;two", 0, NULL }, { "fan&#95two", 0, NULL },
		{ "a fan fan_two", 1, NULL }, { "fan_one", 0, NULL },
		{ "Third \U0001f600 fan", 1, NULL }, { "third, \U0001f600 FAN", 1, NULL },
		{ "Third,\U0001f600 fan", 0, NULL }, { "Third\n\U0001f600 fan", 0, NULL },
		{ "Third<b>\U0001f600 fan", 0, NULL }, { "Third \U0001f600", 0, NULL },
		{ "Third        \U0001f600 fan", 1, NULL },	/* eight blanks */
		{ "Third         \U0001f600 fan", 0, NULL },
	};

	(void)state;
	CHECK_LEAKS(rows);
}

static void
what_stands_for_a_name_in_base64_or_behind_percent_signs_is_read(void **state)
{
	static const struct leak_row rows[] = {
		{ "%61lice14", 2, "in out.txt at byte 1:" }, { "%81lice14", 0, NULL },
		{ "by YWxpY2UxNA== x", 1, "'alice14' in out.txt at byte 4:" },
		{ "by YWxpY2UxNQ== x", 0, NULL },
	};

	(void)state;
	CHECK_LEAKS(rows);
}

static void
the_name_of_a_file_and_what_is_in_folders_is_searched(void **state)
{
	static const char *const folders[] = { "d0", "d0/d1", "d0/d1/d2", "d0/d1/d2/d3" };

	(void)state;
	gather();
	write_file("out.txt", STR("nobody"));
	assert_ok(leaks_find(leaks, "out.txt", "of/alice14/out.txt", &silent, &err), err);
	assert_int_equal(leaks_find(leaks, "out.txt", "of/alice14.csv", &silent, &err), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "'alice14' in a file's name at byte 1"));
	assert_int_equal(leaks_find(leaks, "none.txt", "out.txt", &silent, &err), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "cannot read 'none.txt' again"));
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		assert_int_equal(mkdir(folders[i], 0700), 0);
	assert_ok(leaks_find(leaks, "d0", "d0", &silent, &err), err);
	write_file("d0/d1/d2/d3/deep.csv", STR("by peter66"));
	assert_int_equal(leaks_find(leaks, "d0", "d0", &silent, &err), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "'peter66' in deep.csv at byte 4"));
	assert_int_equal(mkdir("d0/d1/d2/d3/d4", 0700), 0);
	assert_int_equal(unlink("d0/d1/d2/d3/deep.csv"), 0);
	assert_int_equal(leaks_find(leaks, "d0", "d0", &silent, &err), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "too deep"));
	assert_int_equal(rmdir("d0/d1/d2/d3/d4"), 0);
	assert_int_equal(symlink("/etc/hosts", "d0/link"), 0);
	assert_int_equal(leaks_find(leaks, "d0", "d0", &silent, &err), CLAQUE_EIO);
	assert_int_equal(unlink("d0/link"), 0);
	for (size_t i = sizeof(folders) / sizeof(folders[0]); i > 0; i--)
		assert_int_equal(rmdir(folders[i - 1]), 0);
}

static void
where_nobody_is_hidden_nothing_leaks(void **state)
{
	static const struct leak_row rows[] = { { "alice14 fan_two", 0, NULL } };

	(void)state;
	open_at(REDACTION_PSEUDONYMISED, 0);
	assert_int_equal(redactor_hidden(redactor), 0);
	CHECK_LEAKS(rows);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(levels_are_known_by_name),
		TEST(who_has_as_many_followers_as_the_limit_is_named),
		TEST(posts_are_found_by_account_or_in_one_pass),
		TEST(links_and_long_numbers_that_lead_to_the_hidden_are_replaced),
		TEST(a_stand_in_stays_and_a_handle_that_looks_like_one_does_not),
		TEST(a_name_is_the_same_in_every_export_of_one_case_and_in_no_other),
		TEST(hashes_stay_a_chain_that_tells_of_nothing),
		TEST(a_post_of_somebody_hidden_has_another_id_and_the_beginning_of_its_text),
		TEST(a_post_that_we_name_is_named_as_in_its_own_row),
		TEST(a_profile_loses_its_words_and_a_change_what_it_was),
		TEST(the_key_of_a_source_is_hidden_where_it_is_a_post_of_somebody_hidden),
		TEST(an_entry_of_the_ledger_keeps_its_place_in_the_chain_and_not_what_it_says),
		TEST(cells_of_no_list_are_hidden_by_whom_they_are_of),
		TEST(an_aggregate_tells_of_five_and_more),
		TEST(a_word_that_is_nobody_elses_name_is_found_wherever_it_stands),
		TEST(a_plain_word_is_a_name_where_it_is_a_mention_or_in_a_path),
		TEST(a_name_of_several_words_is_found_as_it_is_tied),
		TEST(what_stands_for_a_name_in_base64_or_behind_percent_signs_is_read),
		TEST(the_name_of_a_file_and_what_is_in_folders_is_searched),
		TEST(where_nobody_is_hidden_nothing_leaks),
	};

	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
