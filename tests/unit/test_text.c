/* test_text.c - patterns and JSON over text that may be anything. */
#include "config.h"

#include "test.h"

#include <math.h>

#include "text/json.h"
#include "text/pattern.h"

static void
patterns_find_case_blind_in_broken_text(void **state)
{
	struct claque_str text = { "\xff They Never TELL you", 21 };
	struct pattern *p;
	struct claque_err err;
	size_t at, len;

	(void)state;
	assert_ok(pattern_new(&p, STR("never\\s+tell"), &err), err);
	assert_true(pattern_find(p, text, 0, &at, &len));
	assert_int_equal(at, 7);
	assert_int_equal(len, 10);
	assert_false(pattern_find(p, text, 8, &at, &len));
	assert_false(pattern_find(p, (struct claque_str){ 0 }, 0, NULL, NULL));
	pattern_free(p);
}

static void
a_capital_letter_tells_case_apart_and_syntax_does_not(void **state)
{
	static const struct {
		const char *typed, *becomes;
	} cases[] = {
		{ "never", "never" }, { "Never", "(?-i)Never" }, { "\\W\\D+", "\\W\\D+" },
		{ "\\p{Lu}x", "\\p{Lu}x" }, { "\\pLx", "\\pLx" }, { "(?P<Name>x)", "(?P<Name>x)" },
		{ "(?P<n>X)", "(?-i)(?P<n>X)" }, { "(?<=A)b", "(?-i)(?<=A)b" },
		{ "(*UCP)A", "(*UCP)A" }, { "\\", "\\" }, { "a\\x{A0}", "a\\x{A0}" }, { "", "" },
	};
	struct arena whole = arena_new(1 << 16), perm = whole;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct claque_str got = pattern_smart(&perm, str_of(cases[i].typed));

		assert_true(str_eq(got, str_of(cases[i].becomes)));
	}
	arena_free(whole);
}

static void
a_broken_pattern_says_where(void **state)
{
	struct pattern *p;
	struct claque_err err;

	(void)state;
	assert_int_equal(pattern_new(&p, STR("ab(c"), &err), CLAQUE_EINPUT);
	assert_null(p);
	assert_non_null(strstr(err.msg, "character 5"));
}

static void
a_pattern_that_would_run_for_ever_gives_up(void **state)
{
	struct pattern *p;
	struct claque_err err;

	(void)state;
	assert_ok(pattern_new(&p, STR("^(a+)+$"), &err), err);
	assert_false(pattern_find(p, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), 0, NULL, NULL));
	pattern_free(p);
}

static void
a_text_added_to_json_is_written_as_jansson_writes_it(void **state)
{
	static const struct claque_str texts[] = {
		STR(""), STR("plain ~ text"), STR("say \"no\""), STR("back\\slash"), STR("line\n\ttab"),
		STR("\x01\x1f\x7f"), STR("gr\xc3\xbc\xc3\x9f dich"), STR("/"), STR("x\xff\0y"),
	};
	struct buf ours, theirs;

	(void)state;
	buf_init(&ours, 1000);
	buf_init(&theirs, 1000);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		json_t *value = json_text(texts[i]);

		buf_clear(&ours);
		buf_clear(&theirs);
		json_add_text(&ours, texts[i]);
		json_canonical(&theirs, value);
		assert_true(str_eq(buf_str(&ours), buf_str(&theirs)));
		json_decref(value);
	}
	buf_done(&ours);
	buf_done(&theirs);
}

static void
canonical_json_sorts_keys_and_repairs_text(void **state)
{
	json_t *o = json_object();
	struct buf out;

	(void)state;
	buf_init(&out, 1000);
	json_put(o, "b", json_text((struct claque_str){ "x\xff\0y", 4 }));
	json_put(o, "a", json_number(0.1));
	json_put(o, "c", json_number((double)INFINITY));
	json_canonical(&out, o);
	assert_str(buf_str(&out), "{\"a\":0.1,\"b\":\"x\xef\xbf\xbd\\u0000y\",\"c\":null}");
	buf_clear(&out);
	json_line(&out, o);
	assert_str(buf_str(&out), "{\"b\":\"x\xef\xbf\xbd\\u0000y\",\"a\":0.1,\"c\":null}\n");
	json_decref(o);
	buf_done(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_find_case_blind_in_broken_text),
		cmocka_unit_test(a_capital_letter_tells_case_apart_and_syntax_does_not),
		cmocka_unit_test(a_broken_pattern_says_where),
		cmocka_unit_test(a_pattern_that_would_run_for_ever_gives_up),
		cmocka_unit_test(a_text_added_to_json_is_written_as_jansson_writes_it),
		cmocka_unit_test(canonical_json_sorts_keys_and_repairs_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
