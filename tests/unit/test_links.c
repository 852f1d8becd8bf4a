/* test_links.c - links in running text and in a post's HTML. */
#include "config.h"

#include "test.h"

#include "text/html.h"
#include "text/links.h"

enum { ARENA_BYTES = 1 << 20 };

/* The links of a text, a blank after each. */
static void
check_text(struct arena arena, const char *text, const char *expected)
{
	struct claque_str all = STR(""), link;
	size_t at = 0;

	while (links_next(str_of(text), &at, &link))
		all = str_fmt(&arena, STR_FMT STR_FMT " ", STR_ARG(all), STR_ARG(link));
	assert_string_equal(str_z(&arena, all), expected);
}

static void
what_closes_a_sentence_is_not_of_the_link(void **state)
{
	struct arena arena = arena_new(ARENA_BYTES);

	(void)state;
	check_text(arena, "see https://a.example/b.", "https://a.example/b ");
	check_text(arena, "(see HTTP://a.example/b?c=1,2), and \"https://c.example\"!",
		   "HTTP://a.example/b?c=1,2 https://c.example ");
	check_text(arena, "https://a.example/\xe3\x80\x82next", "https://a.example/ ");
	check_text(arena, "no link: example.org/a, http:/x, ahttp, h", "");
	arena_free(arena);
}

static void
a_bracket_belongs_to_whoever_opened_it(void **state)
{
	struct arena arena = arena_new(ARENA_BYTES);

	(void)state;
	check_text(arena, "[words](https://a.example/b),more", "https://a.example/b ");
	check_text(arena, "https://a.example/wiki/B_(c) end", "https://a.example/wiki/B_(c) ");
	check_text(arena, "[https://a.example](https://a.example)",
		   "https://a.example https://a.example ");
	check_text(arena, "https://w.example/2020/https://b.example/c",
		   "https://w.example/2020/https://b.example/c ");
	arena_free(arena);
}

static void
check_html(struct arena arena, const char *html, const char *expected)
{
	struct claque_str all = STR(""), link;
	size_t at = 0;

	while (html_next_link(&arena, str_of(html), &at, &link))
		all = str_fmt(&arena, STR_FMT STR_FMT " ", STR_ARG(all), STR_ARG(link));
	assert_string_equal(str_z(&arena, all), expected);
}

static void
mentions_and_hashtags_are_no_links_of_a_post(void **state)
{
	struct arena arena = arena_new(ARENA_BYTES);

	(void)state;
	check_html(arena, "<p><a href=\"https://a.example/?b=1&amp;c=2\" rel=\"nofollow\"><span>a"
		   "</span></a> <a href='https://m.example/@x' class='u-url mention'>@x</a>"
		   "<a class=\"mention hashtag\" href=\"https://m.example/tags/y\">#y</a>"
		   "<a\nhref=\"https://b.example\">b</a><a href=\"https://c.example\">c</a>",
		   "https://a.example/?b=1&c=2 https://c.example ");
	check_html(arena, "<a data-href=\"https://a.example\">", "");
	check_html(arena, "<a href=\"https://a.example", "");
	check_html(arena, "<a href=\"https://a.example>", "");
	check_html(arena, "<a href=", "");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_closes_a_sentence_is_not_of_the_link),
		cmocka_unit_test(a_bracket_belongs_to_whoever_opened_it),
		cmocka_unit_test(mentions_and_hashtags_are_no_links_of_a_post),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
