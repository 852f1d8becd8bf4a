/* What items_feed() cuts JSON into, whatever the pieces it is fed in. */
#include "config.h"

#include "test.h"

#include "base/buf.h"
#include "import/items.h"

struct cut {
	struct buf text;
	size_t count;
};

/* "1 {..} in {..}!fault;" */
static enum claque_rc
note(void *ctx, const struct item_text *item, struct claque_err *err)
{
	struct cut *c = ctx;

	(void)err;
	c->count++;
	buf_addf(&c->text, "%llu ", (unsigned long long)item->number);
	buf_add(&c->text, str_sub(item->text, 0, 60));
	if (item->shell.len > 0)
		buf_addf(&c->text, " in " STR_FMT, STR_ARG(item->shell));
	if (item->fault != NULL)
		buf_addf(&c->text, " !%s", item->fault);
	buf_addz(&c->text, "; ");
	return CLAQUE_OK;
}

static void
cut(const char *text, size_t piece, struct cut *out)
{
	struct claque_err err;
	struct items *it;
	struct claque_str s = str_of(text);

	*out = (struct cut){ 0 };
	buf_init(&out->text, 1 << 20);
	it = items_new(out, note, &err);
	for (size_t i = 0; i < s.len; i += piece)
		assert_int_equal(items_feed(it, str_sub(s, i, piece)), CLAQUE_OK);
	assert_int_equal(items_finish(it), CLAQUE_OK);
	items_free(it);
	buf_addc(&out->text, '\0');
}

static void
check(const char *text, const char *expected)
{
	static const size_t pieces[] = { 1, 3, 7, 1 << 20 };

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct cut c;

		cut(text, pieces[i], &c);
		assert_string_equal(c.text.p, expected);
		buf_done(&c.text);
	}
}

static void
a_line_is_an_item_under_its_number(void **state)
{
	(void)state;
	check("{\"a\":1}\n{\"b\":[{\"c\":2}]}\r\n\n{\"d\":\"}\"}", "1 {\"a\":1}; "
	      "2 {\"b\":[{\"c\":2}]}; 4 {\"d\":\"}\"}; ");
}

static void
a_broken_line_costs_itself_only(void **state)
{
	(void)state;
	check("{\"a\":1}\n{\"b\":[{\n{\"c\":3}\n", "1 {\"a\":1}; 2 {\"b\":[{; 3 {\"c\":3}; ");
	check("{\"a\":1}\n{\"b\":\"x", "1 {\"a\":1}; 2 {\"b\":\"x; ");
}

static void
an_array_is_cut_into_its_objects(void **state)
{
	(void)state;
	check("[{\"a\":1},\n {\"b\":{\"messages\":[]}}]\n",
	      "1 {\"a\":1} in []; 2 {\"b\":{\"messages\":[]}} in []; ");
	check("[]", "");
}

static void
a_list_inside_a_document_is_cut_with_what_stood_before(void **state)
{
	(void)state;
	check("{\"name\": \"N\", \"messages\": [ {\"id\":1}, {\"id\":2} ], \"x\":1}",
	      "1 {\"id\":1} in {\"name\": \"N\", \"messages\": []}; "
	      "2 {\"id\":2} in {\"name\": \"N\", \"messages\": []}; ");
	check("{\"chats\":{\"list\":[{\"id\":7,\"messages\":[{\"a\":1}]},{\"id\":8,"
	      "\"messages\":[{\"b\":1}]}]}}",
	      "1 {\"a\":1} in {\"chats\":{\"list\":[{\"id\":7,\"messages\":[]}]}}; "
	      "2 {\"b\":1} in {\"chats\":{\"list\":[{\"id\":7,\"messages\":[]},"
	      "{\"id\":8,\"messages\":[]}]}}; ");
}

static void
a_list_of_another_name_stays_in_its_object(void **state)
{
	(void)state;
	check("{\"data\":[{\"id\":1}]}", "1 {\"data\":[{\"id\":1}]}; ");
	check("{\"messages2\":[{\"id\":1}]}", "1 {\"messages2\":[{\"id\":1}]}; ");
}

static void
values_over_several_lines_are_items_too(void **state)
{
	(void)state;
	check("{\n\"a\":1\n}\n{\n\"b\":2\n}\n", "1 {\n\"a\":1\n}; 2 {\n\"b\":2\n}; ");
}

static void
what_does_not_end_is_an_item_with_a_fault(void **state)
{
	(void)state;
	check("[{\"a\":1},{\"b\":", "1 {\"a\":1} in []; "
	      "2 {\"b\": in [] !the file ends in the middle of it; ");
}

static void
nesting_has_an_end(void **state)
{
	struct cut c;
	struct buf deep;

	(void)state;
	buf_init(&deep, 1 << 20);
	buf_addz(&deep, "[");
	for (int i = 0; i < 10000; i++)
		buf_addz(&deep, "{\"a\":");
	for (int i = 0; i < 10000; i++)
		buf_addz(&deep, "}");
	buf_addz(&deep, ",{\"b\":1}]");
	buf_addc(&deep, '\0');
	cut(deep.p, 4096, &c);
	assert_int_equal(c.count, 2);
	assert_non_null(strstr(c.text.p, "!it is nested over 512 deep; 2 {\"b\":1} in []; "));
	buf_done(&c.text);
	buf_done(&deep);
}

static void
an_item_over_the_limit_is_named_and_not_kept(void **state)
{
	static char a[1 << 16];
	struct cut c = { 0 };
	struct claque_err err;
	struct items *it = items_new(&c, note, &err);

	(void)state;
	memset(a, 'a', sizeof(a));
	buf_init(&c.text, 1 << 20);
	assert_int_equal(items_feed(it, STR("{\"x\":1}\n{\"y\":\"")), CLAQUE_OK);
	for (int i = 0; i < 400; i++)	/* 25 MiB */
		assert_int_equal(items_feed(it, (struct claque_str){ a, sizeof(a) }), CLAQUE_OK);
	assert_int_equal(items_feed(it, STR("\"}\n{\"z\":2}\n")), CLAQUE_OK);
	assert_int_equal(items_finish(it), CLAQUE_OK);
	buf_addc(&c.text, '\0');
	assert_int_equal(c.count, 3);
	assert_non_null(strstr(c.text.p, "!it is over 16 MiB; 3 {\"z\":2}; "));
	items_free(it);
	buf_done(&c.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_an_item_under_its_number),
		cmocka_unit_test(a_broken_line_costs_itself_only),
		cmocka_unit_test(an_array_is_cut_into_its_objects),
		cmocka_unit_test(a_list_inside_a_document_is_cut_with_what_stood_before),
		cmocka_unit_test(a_list_of_another_name_stays_in_its_object),
		cmocka_unit_test(values_over_several_lines_are_items_too),
		cmocka_unit_test(what_does_not_end_is_an_item_with_a_fault),
		cmocka_unit_test(nesting_has_an_end),
		cmocka_unit_test(an_item_over_the_limit_is_named_and_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
