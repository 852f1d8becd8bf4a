/*
 * test_toolkit.c - the definitions of the coordination network toolkit, each
 * rule on a case small enough to do by hand.
 */
#include "config.h"

#include "peer_input.h"

#include "claque/dataset.h"

static struct arena whole;

static int
setup(void **state)
{
	(void)state;
	whole = arena_new((size_t)1 << 30);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

static const struct claque_toolkit_settings plain = { .window_s = 10, .min_weight = 1 };

static struct claque_str
toolkit(struct arena *a, const struct input *in, struct claque_toolkit_settings settings)
{
	struct lines l = toolkit_lines(a, in, settings);

	return lines_join(a, &l);
}

static void
weights_are_directed_and_count_messages_once(void **state)
{
	struct claque_toolkit_settings s = plain;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "k", "spam", "m1", 0);
	add(&in, "k", "spam", "m2", 1);
	add(&in, "k", "spam", "m3", 2);
	add(&in, "k", "quiet", "m4", 3);
	assert_str(toolkit(&a, &in, s), "quiet,spam,1 spam,quiet,3");
	s.min_weight = 2;		/* each direction on its own */
	assert_str(toolkit(&a, &in, s), "spam,quiet,3");
	s.self_loops = true;
	assert_str(toolkit(&a, &in, s), "spam,quiet,3 spam,spam,3");
	input_done(&in);
}

static void
the_toolkits_window_is_inclusive_at_both_ends(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "k", "b", "m1", 100);
	add(&in, "k", "a", "m2", 90);
	add(&in, "k", "c", "m3", 110);
	add(&in, "k", "d", "m4", 121);
	assert_str(toolkit(&a, &in, plain), "a,b,1 b,a,1 b,c,1 c,b,1");
	input_done(&in);
}

/* One message under two keys never meets itself, and meets a partner once. */
static void
a_message_does_not_meet_itself(void **state)
{
	struct claque_toolkit_settings s = plain;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	s.self_loops = true;
	add(&in, "url1", "a", "m1", 0);
	add(&in, "url2", "a", "m1", 0);
	assert_str(toolkit(&a, &in, s), "");
	add(&in, "url1", "b", "m2", 1);
	add(&in, "url2", "b", "m2", 1);
	assert_str(toolkit(&a, &in, s), "a,b,1 b,a,1");
	input_done(&in);
}

static void
rows_without_a_time_meet_nothing(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	input_add(&in, STR("o"), STR("a"), STR("m1"), CLAQUE_NO_TIME);
	input_add(&in, STR("o"), STR("b"), STR("m2"), CLAQUE_NO_TIME);
	assert_str(toolkit(&a, &in, plain), "");
	input_done(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weights_are_directed_and_count_messages_once),
		cmocka_unit_test(the_toolkits_window_is_inclusive_at_both_ends),
		cmocka_unit_test(a_message_does_not_meet_itself),
		cmocka_unit_test(rows_without_a_time_meet_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
