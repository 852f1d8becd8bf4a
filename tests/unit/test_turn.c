/* test_turn.c - when what an account speaks of became something else, and when chance will do. */
#include "config.h"

#include "app/turn.h"

#include <math.h>

#include "test.h"

enum { MOST = 60 };

/* A letter is a post a day on that topic. */
static size_t
posts_of(const char *letters, struct turn_post out[MOST])
{
	size_t n = strlen(letters);

	for (size_t i = 0; i < n; i++)
		out[i] = (struct turn_post){ (int64_t)i, (uint32_t)(letters[i] - 'a') };
	return n;
}

static bool
turns(const char *letters, struct turn *out)
{
	struct turn_post posts[MOST];

	return turn_find(posts, posts_of(letters, posts), out);
}

static void
ten_of_one_then_ten_of_another_turn_where_they_part(void **state)
{
	struct turn turn = { 0 };

	(void)state;
	assert_true(turns("aaaaaaaaaabbbbbbbbbb", &turn));
	assert_int_equal(turn.first, 10);
	/* G = 2 * 20 ln 2 = 27.726; the bound (G e^(1 - G))^(1/2) is 10^-5.082; 11 moments. */
	assert_true(fabs(turn.log10_p - (-5.082 + 1.041)) < 0.001);
}

static void
what_alternates_never_turns(void **state)
{
	struct turn turn;

	(void)state;
	assert_false(turns("abababababababababababababab", &turn));
}

static void
one_topic_never_turns(void **state)
{
	struct turn turn;

	(void)state;
	assert_false(turns("aaaaaaaaaaaaaaaaaaaaaaaa", &turn));
	assert_false(turns("", &turn));
}

static void
few_posts_are_no_turn(void **state)
{
	struct turn turn;

	(void)state;
	assert_false(turns("aaaabbbb", &turn));
	assert_false(turns("aaaaabbbbb", &turn));
}

static void
a_burst_of_one_instant_is_not_parted(void **state)
{
	struct turn_post posts[MOST];
	size_t count = posts_of("aaaaaaaaaabbbbbbbbbb", posts);
	struct turn turn;

	(void)state;
	for (size_t i = 0; i < count; i++)
		posts[i].at = 7;
	assert_false(turn_find(posts, count, &turn));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_of_one_then_ten_of_another_turn_where_they_part),
		cmocka_unit_test(what_alternates_never_turns),
		cmocka_unit_test(one_topic_never_turns),
		cmocka_unit_test(few_posts_are_no_turn),
		cmocka_unit_test(a_burst_of_one_instant_is_not_parted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
