/* test_url.c - addresses as keys, and text that pretends to be one. */
#include "config.h"

#include "test.h"

#include "base/rng.h"
#include "text/url.h"

enum { ARENA_BYTES = 16 << 20 };

static struct arena whole, arena;

static int
start(void **state)
{
	whole = arena_new(ARENA_BYTES);
	arena = whole;
	*state = &arena;
	return 0;
}

static struct claque_str
key_of(void **state, const char *z)
{
	struct claque_str key;

	if (!url_canonical(str_of(z), *state, &key))
		return STR("(none)");
	return key;
}

static void
spellings_of_one_address_meet(void **state)
{
	static const char *const same[] = {
		"https://example.org/a/b",
		"http://example.org/a/b",
		"HTTP://WWW.Example.ORG:80/a/b/",
		"https://example.org:443/a/b#part",
		"https://user:secret@example.org/a/b",
		"https://m.example.org/a/b",
		"https://www.m.example.org/a/b",
		"https://amp.example.org./a/b//",
		"example.org/a/b",
		"  https://example.org/a/b\n",
		"https://example.org\\a\\b",
		"https://example.org/%61/b",
		"https://example.org/a/b?",
		"https://example.org/a/b?utm_source=x&UTM_medium=y&fbclid=1&%67clid=2",
		"https://example.org/a/b?igshid=1&mc_cid=2&mc_eid=3&ref_src=4",
	};

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		assert_str(key_of(state, same[i]), "https://example.org/a/b");
}

static void
what_may_matter_stays(void **state)
{
	assert_str(key_of(state, "https://a.org/p?b=2&utm_x=1&a=1"), "https://a.org/p?b=2&a=1");
	assert_str(key_of(state, "https://a.org:8080/"), "https://a.org:8080");
	assert_str(key_of(state, "https://a.org/p?s=20&t=5"), "https://a.org/p?s=20&t=5");
	assert_str(key_of(state, "https://x.com/p?s=20&t=5&q=1"), "https://x.com/p?q=1");
	assert_str(key_of(state, "https://a.org/%c3%bc%2f"), "https://a.org/%C3%BC%2F");
	assert_str(key_of(state, "https://a.org/\xc3\xbc"), "https://a.org/%C3%BC");
	assert_str(key_of(state, "https://a.org/100%"), "https://a.org/100%25");
	assert_str(key_of(state, "https://a.org/Case"), "https://a.org/Case");
	assert_str(key_of(state, "https://m.co/x"), "https://m.co/x");
	assert_str(key_of(state, "https://10.0.0.1/x"), "https://10.0.0.1/x");
	assert_str(key_of(state, "https://[2001:db8::1]:8080/x"), "https://[2001:db8::1]:8080/x");
	assert_str(key_of(state, "https://a.org/go?to=http://b.org/"),
		   "https://a.org/go?to=http://b.org/");
	assert_str(key_of(state, "http://b\xc3\xbc" "cher.example/"),
		   "https://b\xc3\xbc" "cher.example");
}

static void
what_is_no_address_gets_no_key(void **state)
{
	static const char *const none[] = {
		"", " ", "hello", "[]", "''", "nan", "http", "http://", "https:///path",
		"http://a", "http://a..b/", "http://.a.b/", "ftp://example.org/",
		"javascript:alert(1)", "mailto:a@b.org", "a@b.org", "at://did:plc:x/y",
		"http://exa mple.org/", "http://exam\tple.org/", "http://example.org/a\x01",
		"http://a.b:99999x/", "http://a.b:123456/", "http://1.2.3/", "3.14",
		"http://ex%61mple.org/", "http://a.b\xff.org/", "http://[::1/", "#tag", "@name",
	};

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_str(key_of(state, none[i]), "(none)");
}

static void
a_nul_byte_or_a_giant_is_no_address(void **state)
{
	static char giant[URL_MAX + 100] = "http://example.org/";
	struct claque_str key, nul = { "http://a.org/\0b", 15 };

	memset(giant + 19, '\xc3', sizeof(giant) - 19);
	assert_false(url_canonical(nul, *state, &key));
	assert_false(url_canonical((struct claque_str){ giant, sizeof(giant) }, *state, &key));
	/* It fits, but its key, three bytes for one, would not. */
	assert_false(url_canonical((struct claque_str){ giant, URL_MAX }, *state, &key));
	assert_true(url_canonical((struct claque_str){ giant, 2000 }, *state, &key));
}

/* Pieces that parsers trip over, in random order from a fixed seed. */
static void
the_key_of_a_key_is_itself(void **state)
{
	static const char *const pieces[] = {
		"http://", "https://", "a.org", "www.", "m.", "x.com", ":80", ":443", ":0080", ":",
		"/", "//", "\\", "?", "&", "=", "#", "%", "%2", "%41", "%2f", "%%34%31", "utm_a=1",
		"s=1", "\xc3\xbc", "\xff", ".", "..", "@", "[::1]", "status/1", "amp.",
	};
	struct rng rng = rng_seeded(7);
	size_t found = 0;

	for (int round = 0; round < 20000; round++) {
		struct arena scratch = *(struct arena *)*state;
		char text[200] = "http://a.org";
		struct claque_str first, second;

		for (uint64_t n = rng_below(&rng, 9); n > 0; n--) {
			const char *piece = pieces[rng_below(&rng, sizeof(pieces) /
								   sizeof(pieces[0]))];
			memcpy(text + strlen(text), piece, strlen(piece) + 1);
		}
		if (!url_canonical(str_of(text + 12 * (round % 2)), &scratch, &first))
			continue;
		found++;
		assert_true(url_canonical(first, &scratch, &second));
		assert_int_equal(second.len, first.len);
		assert_memory_equal(second.p, first.p, first.len);
	}
	assert_true(found > 5000);
}

static void
links_to_posts_on_x_give_their_number(void **state)
{
	static const char *const links[] = {
		"https://x.com/name/status/123", "http://www.twitter.com/name/status/123",
		"https://mobile.twitter.com/name/statuses/123?s=20", "x.com/name/status/123/photo/1",
		"https://x.com/i/web/status/123#m", "https://X.com/i/status/123",
	};
	static const char *const others[] = {
		"https://x.com/name", "https://x.com/status/123", "https://x.com/name/status/",
		"https://x.com/name/status/12a", "https://x.com/name/status/123456789012345678901",
		"https://notx.com/name/status/123", "https://x.com.evil.org/n/status/123",
		"https://x.com@evil.org/n/status/123", "https://example.org/x.com/name/status/123",
	};
	struct claque_str id;

	(void)state;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		assert_true(url_status_link(str_of(links[i]), &id));
		assert_str(id, "123");
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(url_status_link(str_of(others[i]), &id));
}

static void
hosts_are_compared_without_their_prefixes(void **state)
{
	struct claque_str host;

	assert_true(url_host(STR("https://WWW.Example.org:8080/x"), *state, &host));
	assert_str(host, "example.org");
	assert_true(url_host(STR("tikvaodesa.com"), *state, &host));
	assert_str(host, "tikvaodesa.com");
	assert_false(url_host(STR("Dhaka Television"), *state, &host));
}

static void
defanged_links_come_back(void **state)
{
	static const struct {
		const char *written, *meant;
	} cases[] = {
		{ "https://twitter[.]com/x", "https://twitter.com/x" },
		{ "hxxps://a(.)b{.}c[dot]d", "https://a.b.c.d" },
		{ "HXXP://a.b", "http://a.b" },
		{ "https[:]//a[.]b", "https://a.b" },
		{ "https[://]a[.]b", "https://a.b" },
		{ "info[at]x[.]com\n", "info@x.com" },
		{ " www[.]iol.co.za ", "www.iol.co.za" },
		{ "a[.", "a[." },
		{ "", "" },
		{ "xhxxp", "xhxxp" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_str(url_refang(*state, str_of(cases[i].written)), cases[i].meant);
}

static void
defanging_marks_the_host_only(void **state)
{
	assert_str(url_defang(*state, STR("https://a.b.c/d.e?f.g")), "https://a[.]b[.]c/d.e?f.g");
	assert_str(url_defang(*state, STR("a.b")), "a[.]b");
	assert_str(url_defang(*state, STR("")), "");
	assert_str(url_refang(*state, url_defang(*state, STR("https://a.b/c.d"))),
		   "https://a.b/c.d");
}

static void
profiles_and_posts_are_told_by_their_shape(void **state)
{
	static const struct {
		const char *link, *platform, *handle, *post;
	} cases[] = {
		{ "https://twitter.com/BoltinMich2800", "x", "BoltinMich2800", "" },
		{ "x.com/name/", "x", "name", "" },
		{ "https://x.com/name/status/5", "x", "name", "5" },
		{ "https://t.me/s/SGTnews", "telegram", "SGTnews", "" },
		{ "http://t.me/+ugoxkj", "telegram", "+ugoxkj", "" },
		{ "https://t.me/news_munchen/42", "telegram", "news_munchen", "42" },
		{ "https://www.tiktok.com/@a.b", "tiktok", "a.b", "" },
		{ "https://www.youtube.com/channel/UCx", "youtube", "UCx", "" },
		{ "https://youtube.com/@n", "youtube", "n", "" },
		{ "https://www.youtube.com/c/n", "youtube", "n", "" },
		{ "https://www.reddit.com/user/x/", "reddit", "x", "" },
		{ "https://old.reddit.com/user/x/comments/9z/slug/", "reddit", "x", "9z" },
		{ "https://medium.com/@malik.johnny2310", "medium", "malik.johnny2310", "" },
		{ "https://medium.com/@n/a-title-1a2b", "medium", "n", "a-title-1a2b" },
		{ "https://name.tumblr.com/", "tumblr", "name", "" },
		{ "https://name.tumblr.com/post/77/slug", "tumblr", "name", "77" },
		{ "https://www.pinterest.com/pin/99/", "pinterest", "", "99" },
		{ "https://vk.com/id464508604", "vk", "id464508604", "" },
		{ "https://truthsocial.com/@n", "truthsocial", "n", "" },
		{ "https://gettr.com/user/n", "gettr", "n", "" },
		{ "https://www.linkedin.com/in/n", "linkedin", "n", "" },
	};
	static const char *const none[] = {
		"https://x.com/", "https://x.com/search?q=a", "https://x.com/hashtag/news",
		"https://change.org/p/a", "https://bit.ly/abc", "https://puranchettri910.blogspot.com",
		"https://eviltwitter.com/name", "https://tumblr.com.evil.org/x", "",
	};
	struct url_profile p;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(url_profile(str_of(cases[i].link), &p));
		assert_string_equal(p.platform, cases[i].platform);
		assert_str(p.handle, cases[i].handle);
		assert_str(p.post, cases[i].post);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_false(url_profile(str_of(none[i]), &p));
}

static int
stop(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spellings_of_one_address_meet),
		cmocka_unit_test(what_may_matter_stays),
		cmocka_unit_test(what_is_no_address_gets_no_key),
		cmocka_unit_test(a_nul_byte_or_a_giant_is_no_address),
		cmocka_unit_test(the_key_of_a_key_is_itself),
		cmocka_unit_test(links_to_posts_on_x_give_their_number),
		cmocka_unit_test(hosts_are_compared_without_their_prefixes),
		cmocka_unit_test(defanged_links_come_back),
		cmocka_unit_test(defanging_marks_the_host_only),
		cmocka_unit_test(profiles_and_posts_are_told_by_their_shape),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
