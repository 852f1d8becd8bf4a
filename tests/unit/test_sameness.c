/* When two texts or two pictures are one: fingerprints, avatar keys, HTML as it is read. */
#include "config.h"

#include "test.h"

#include "text/avatar.h"
#include "text/fingerprint.h"
#include "text/html.h"

static struct arena arena;

static bool
same_text(const char *a, const char *b)
{
	return text_fingerprint(&arena, str_of(a)) == text_fingerprint(&arena, str_of(b));
}

static void
copies_differ_in_case_links_names_and_cuts(void **state)
{
	(void)state;
	assert_true(same_text("The very words https://t.co/1", "the  VERY words https://t.co/2"));
	assert_true(same_text("@one the very words", "the very words"));
	assert_true(same_text("the very words\xe2\x80\xa6", "the very words"));
	assert_false(same_text("the very words", "the words very"));
	assert_false(same_text("the very words", "the very word"));
}

static bool
same_picture(const char *a, const char *b)
{
	return str_eq(avatar_key(&arena, str_of(a)), avatar_key(&arena, str_of(b)));
}

static void
a_picture_is_one_in_every_size_and_under_every_signature(void **state)
{
	(void)state;
	assert_true(same_picture("https://pbs.twimg.com/profile_images/1/a_normal.jpg",
				 "http://si0.twimg.com/profile_images/1/a_400x400.jpg"));
	assert_false(same_picture("https://pbs.twimg.com/profile_images/1/a_normal.jpg",
				  "https://pbs.twimg.com/profile_images/2/a_normal.jpg"));
	assert_true(same_picture("https://scontent.example/v/t1/12_34_n.jpg?oh=1&oe=2",
				 "https://scontent-2.example/v/t1/12_34_n.jpg?oh=3&oe=4"));
	assert_true(same_picture("https://cdn.bsky.app/img/avatar/plain/did:plc:x/bafkrei@jpeg",
				 "bafkrei"));
	assert_true(same_picture("ff00ff00ff00ff00", " ff00ff00ff00ff00 "));
}

static void
a_missing_picture_stays_missing(void **state)
{
	(void)state;
	assert_null(avatar_key(&arena, (struct claque_str){ 0 }).p);
}

#define READS(html, text) assert_str(html_text(&arena, STR(html)), text)

static void
html_is_what_a_reader_reads(void **state)
{
	(void)state;
	READS("<p>A &amp; B<br>c</p><p>d</p>", "A & B\nc\nd");
	READS("a &lt; b &#39;q&#x27; &hellip;", "a < b 'q' \xe2\x80\xa6");
	READS("<a href=\"https://x.example/\" rel=\"nofollow\">Some Client</a>", "Some Client");
	READS("1 < 2 > 0 & so &unknown; on", "1 < 2 > 0 & so &unknown; on");
	READS("&#0;&#xd800;&#x110000;<unclosed", "&#0;&#xd800;&#x110000;<unclosed");
}

/* What X escapes is what it would be taken for; people who type <b> mean it. */
static void
text_that_is_only_escaped_keeps_its_tags(void **state)
{
	(void)state;
	assert_str(html_unescape(&arena, STR(" A &amp; B &lt;3 <b>\n")), " A & B <3 <b>\n");
	assert_str(html_unescape(&arena, STR("&amp;amp; & &;")), "&amp; & &;");
	assert_null(html_unescape(&arena, (struct claque_str){ 0 }).p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_differ_in_case_links_names_and_cuts),
		cmocka_unit_test(a_picture_is_one_in_every_size_and_under_every_signature),
		cmocka_unit_test(a_missing_picture_stays_missing),
		cmocka_unit_test(html_is_what_a_reader_reads),
		cmocka_unit_test(text_that_is_only_escaped_keeps_its_tags),
	};

	arena = arena_new(1 << 24);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
