/*
 * test_sql.c - what servers are given, and what they answer: statements against a golden,
 * hostile mapping files and answers. UPDATE_GOLDENS=1 writes the golden anew.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "remote/answer.h"
#include "remote/http.h"
#include "remote/sql.h"

enum { GOLDEN_MAX = 1 << 20 };

static const char theirs[] =
	"# a warehouse\n"
	"table warehouse.retweets\n"
	"account user_id\n"
	"object t\n"
	"time created_at\n"
	"time-form datetime\n"
	"kind-is object\n"
	"act what\n"
	"platform-is x\n"
	"post tweet_id\n";

static void
write_all(const struct mapping *m, struct buf *out)
{
	const struct sql_scope scope = {
		.mapping = m, .kinds = 1u << CLAQUE_OBJECT_post | 1u << CLAQUE_OBJECT_object,
		.acts = 1u << CLAQUE_ACT_reshare | 1u << CLAQUE_ACT_quote, .object_cap = 250,
		.window_ms = 60000, .hi = UINT64_MAX, .database = STR("claque"),
		.cluster = STR("two_shards"),
	};

	for (unsigned i = 0; i < SQL_STATEMENTS; i++) {
		buf_addf(out, "-- %s: %s\n", sql_purpose((enum sql_statement)i),
			 sql_layout((enum sql_statement)i));
		sql_write((enum sql_statement)i, &scope, out);
		buf_addz(out, ";\n\n");
	}
}

static void
compare_golden(const char *name, const struct buf *got)
{
	char path[500];
	struct claque_err err;
	struct buf want;

	(void)snprintf(path, sizeof(path), "%s/tests/golden/%s", getenv("srcdir"), name);
	if (getenv("UPDATE_GOLDENS") != NULL) {
		FILE *f = fopen(path, "wb");

		assert_non_null(f);
		assert_int_equal(fwrite(got->p, 1, got->len, f), got->len);
		assert_int_equal(fclose(f), 0);
	}
	buf_init(&want, GOLDEN_MAX);
	assert_ok(file_read(path, &want, &err), err);
	if (!str_eq(buf_str(&want), buf_str(got)))
		fail_msg("%s differs; UPDATE_GOLDENS=1 writes it anew", path);
	buf_done(&want);
}

static void
statements_are_those_of_the_golden(void **state)
{
	struct mapping own = mapping_own();
	struct buf out;

	(void)state;
	buf_init(&out, GOLDEN_MAX);
	write_all(&own, &out);
	assert_int_equal(str_find(buf_str(&out), STR("{"), 0), out.len);
	compare_golden("remote.sql", &out);
	buf_done(&out);
}

static void
a_mapped_table_is_read_by_its_own_names(void **state)
{
	struct mapping m;
	struct claque_err err;
	struct buf out;

	(void)state;
	assert_ok(mapping_parse(str_of(theirs), "theirs", &m, &err), err);
	assert_int_equal(m.kind, CLAQUE_OBJECT_object);
	buf_init(&out, GOLDEN_MAX);
	write_all(&m, &out);
	compare_golden("remote-mapped.sql", &out);
	buf_done(&out);
}

static void
assert_refused(const char *text, const char *says)
{
	struct mapping m;
	struct claque_err err = { 0 };

	assert_int_equal(mapping_parse(str_of(text), "file", &m, &err), CLAQUE_EINPUT);
	if (strstr(err.msg, says) == NULL)
		fail_msg("'%s' does not say '%s'", err.msg, says);
}

static void
a_mapping_that_could_be_anything_but_names_is_refused(void **state)
{
	(void)state;
	assert_refused("table a b\n", "file:1");
	assert_refused("table a.b.c\n", "takes a NAME");
	assert_refused("table t`; DROP TABLE x\n", "takes a NAME");
	assert_refused("account user-id\n", "takes a COLUMN");
	assert_refused("account 1st\n", "takes a COLUMN");
	assert_refused("platform-is x') OR ('\n", "takes a NAME");
	assert_refused("kind-is rumour\n", "takes a KIND");
	assert_refused("time-form weeks\n", "takes a FORM");
	assert_refused("colour red\n", "no word 'colour'");
	assert_refused("table t\ntable u\n", "second table");
	assert_refused("table t\naccount a\nobject o\n", "'time COLUMN' is missing");
	assert_refused("table t\naccount a\nobject o\ntime c\nact x\nact-is link\n", "both act");
	assert_refused("table t\naccount a\nobject o\ntime c\nkind x\nkind-is url\n", "both kind");
}

struct taken {
	size_t rows, items;
	uint64_t sum;
	char last[16];
};

static enum claque_rc
take(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct taken *t = ctx;

	(void)err;
	t->rows++;
	t->sum += cells[0].u;
	(void)snprintf(t->last, sizeof(t->last), STR_FMT, STR_ARG(cells[1].s));
	t->items += cells[2].count;
	for (size_t i = 0; i < cells[2].count; i++)
		t->sum += (uint64_t)cells[2].is[i];
	return CLAQUE_OK;
}

static enum claque_rc
read_bytes(struct claque_str bytes, struct taken *t, struct claque_err *err)
{
	*t = (struct taken){ 0 };
	return answer_read(bytes, "usI", &(struct answer_sink){ t, take }, err);
}

static void
put_row(struct buf *b, uint64_t u, const char *s, size_t items)
{
	answer_put_u64(b, u);
	answer_put_str(b, str_of(s));
	answer_put_byte(b, (uint8_t)items);
	for (size_t i = 0; i < items; i++)
		answer_put_i64(b, (int64_t)i - 1);
}

static void
rows_come_back_as_they_went(void **state)
{
	struct claque_err err;
	struct taken t;
	struct buf b;
	char longer[301];

	(void)state;
	memset(longer, 'x', 300);
	longer[300] = '\0';
	buf_init(&b, GOLDEN_MAX);
	put_row(&b, 7, longer, 0);
	put_row(&b, 5, "two", 3);
	assert_ok(read_bytes(buf_str(&b), &t, &err), err);
	assert_int_equal(t.rows, 2);
	assert_int_equal(t.items, 3);
	assert_int_equal(t.sum, 12);
	assert_string_equal(t.last, "two");
	for (size_t i = 1; i < b.len; i++) {
		struct claque_str cut = str_sub(buf_str(&b), 0, i);

		if (read_bytes(cut, &t, &err) == CLAQUE_OK)
			assert_int_equal(i, 8 + 2 + 300 + 1);	/* between the rows */
		else
			assert_non_null(strstr(err.msg, "its end"));
	}
	buf_done(&b);
}

static void
lengths_that_no_server_means_are_refused(void **state)
{
	static const char huge_string[] = "\1\0\0\0\0\0\0\0\xff\xff\xff\xff\x0f";
	static const char endless[] = "\1\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f";
	static const char huge_array[] = "\1\0\0\0\0\0\0\0\0\xff\xff\xff\x7f";
	struct claque_err err;
	struct taken t;

	(void)state;
	assert_int_equal(read_bytes((struct claque_str){ huge_string, sizeof(huge_string) - 1 }, &t,
				    &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "a string that is longer"));
	assert_int_equal(read_bytes((struct claque_str){ endless, sizeof(endless) - 1 }, &t, &err),
			 CLAQUE_EINPUT);
	assert_int_equal(read_bytes((struct claque_str){ huge_array, sizeof(huge_array) - 1 }, &t,
				    &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "an array that is longer"));
	assert_int_equal(t.rows, 0);
}

static void
a_url_has_neither_password_nor_query(void **state)
{
	const struct http_options open = { .timeout_s = 1 };
	const struct http_options secret = { .timeout_s = 1, .password = "x" };
	static const char *const wrong[] = {
		"", "localhost:8123", "ftp://a", "http://", "http://u:p@host", "https://h/?q=1",
		"http://h/#a", "http://h h", "http://h\n", "http://\xc3\xa9" };
	struct claque_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(http_check_url(wrong[i], &open, &err), CLAQUE_EUSAGE);
	assert_ok(http_check_url("http://10.0.0.1:8123", &open, &err), err);
	assert_int_equal(http_check_url("http://10.0.0.1:8123", &secret, &err), CLAQUE_EUSAGE);
	assert_int_equal(http_check_url("http://localhost.evil.example", &secret, &err),
			 CLAQUE_EUSAGE);
	assert_int_equal(http_check_url("http://127.0.0.1.evil.example", &secret, &err),
			 CLAQUE_EUSAGE);
	assert_ok(http_check_url("http://127.0.0.1:8123/", &secret, &err), err);
	assert_ok(http_check_url("http://[::1]:8123/", &secret, &err), err);
	assert_ok(http_check_url("https://db.example:8443", &secret, &err), err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_are_those_of_the_golden),
		cmocka_unit_test(a_mapped_table_is_read_by_its_own_names),
		cmocka_unit_test(a_mapping_that_could_be_anything_but_names_is_refused),
		cmocka_unit_test(rows_come_back_as_they_went),
		cmocka_unit_test(lengths_that_no_server_means_are_refused),
		cmocka_unit_test(a_url_has_neither_password_nor_query),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
