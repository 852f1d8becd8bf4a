/* test_lens.c - the lens reads what it writes. */
#include "config.h"

#include "test.h"

#include "model/lens.h"
#include "model/record.h"

static struct arena whole;

static int
setup(void **state)
{
	(void)state;
	whole = arena_new(1 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

static void
text_comes_back_as_the_same_lens(void **state)
{
	static const char *const lines[] = {
		"",
		"2016-09-20..2016-10-12",
		"2016-09-20..",
		"..2016-10-12T09:30Z",
		"2016-10-12T09:30:01.250Z..",
		"kind:original,reshare",
		"2016-09-20..2016-10-12 kind:reply lang:en text:never tell, ok: yes",
		"account.platform:x account.platform:vk cluster.tag:(none) text:a.b:c",
		"indicator.tactic:\"Distribute content\" post.client:100%25%22%0A",
		"lang:en post.tag:%28none)",
	};
	struct lens lens, again;
	struct claque_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct arena a = whole;
		struct claque_str text;

		assert_ok(lens_parse(str_of(lines[i]), &lens, &err), err);
		text = lens_text(&a, &lens);
		assert_str(text, lines[i]);
		assert_ok(lens_parse(text, &again, &err), err);
		assert_true(lens_eq(&lens, &again));
	}
}

static void
what_is_not_understood_is_named(void **state)
{
	static const struct { const char *line, *says; } rows[] = {
		{ "kind:rumour", "rumour" },
		{ "yesterday..today", "yesterday..today" },
		{ "2016-10-12..2016-09-20", "ends before" },
		{ "colour:blue", "colour:blue" },
		{ "lang:abcdefghijklmnopq", "lang:" },
		{ "lang:(\r text:x", "letters, digits" },
		{ "0000-01-01T00:00+01:00..", "is not a period" },
	};
	struct lens lens;
	struct claque_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(lens_parse(str_of(rows[i].line), &lens, &err), CLAQUE_EINPUT);
		assert_non_null(strstr(err.msg, rows[i].says));
	}
}

static void
conditions_drop_from_the_last(void **state)
{
	struct lens lens;
	struct claque_err err;
	struct arena a = whole;

	(void)state;
	assert_ok(lens_parse(STR("2016-01-01..2017-01-01 kind:reply lang:en text:x"), &lens, &err), err);
	lens_drop_last(&lens);
	assert_str(lens_text(&a, &lens), "2016-01-01..2017-01-01 kind:reply lang:en");
	lens_drop_last(&lens);
	lens_drop_last(&lens);
	assert_str(lens_text(&a, &lens), "2016-01-01..2017-01-01");
	lens_drop_last(&lens);
	assert_true(lens_is_open(&lens));
}

/* Choosing puts a condition there, choosing again takes it away; kind and lang have fields. */
static void
a_facet_is_chosen_and_given_up(void **state)
{
	struct lens lens = lens_open();

	(void)state;
	assert_true(lens_toggle(&lens, STR("kind"), STR("reshare")));
	assert_true(lens_toggle(&lens, STR("lang"), STR("ru")));
	assert_true(lens_toggle(&lens, STR("account.platform"), STR("x")));
	assert_true(lens_toggle(&lens, STR("account.platform"), STR("")));
	assert_true(lens_has(&lens, STR("kind"), STR("reshare")));
	assert_true(lens_has(&lens, STR("account.platform"), STR("")));
	assert_false(lens_has(&lens, STR("account.lang"), STR("")));
	assert_false(lens_toggle(&lens, STR("lang"), STR("")));
	assert_false(lens_toggle(&lens, STR("kind"), STR("rumour")));
	lens_without(&lens, STR("account.platform"));
	assert_int_equal(lens.facet_count, 0);
	assert_true(lens_toggle(&lens, STR("kind"), STR("reshare")));
	assert_true(lens_toggle(&lens, STR("lang"), STR("ru")));
	assert_true(lens_is_open(&lens));
	for (int i = 0; i < LENS_FACETS_MAX; i++)
		assert_true(lens_toggle(&lens, STR("a.b"),
					(struct claque_str){ "12345678", (size_t)i }));
	assert_false(lens_toggle(&lens, STR("a.b"), STR("one too many")));
	lens_drop_last(&lens);
	assert_int_equal(lens.facet_count, LENS_FACETS_MAX - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_comes_back_as_the_same_lens),
		cmocka_unit_test(what_is_not_understood_is_named),
		cmocka_unit_test(a_facet_is_chosen_and_given_up),
		cmocka_unit_test(conditions_drop_from_the_last),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
