/* test_domain.c - names that pass for others (S11), from letters to findings. */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdio.h>

#include "claque/domain.h"
#include "claque/skeleton.h"
#include "claque/signal.h"

#include "base/edit.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "engine/close.h"
#include "engine/confusable.h"
#include "engine/host.h"
#include "engine/letter.h"
#include "engine/punycode.h"
#include "text/domain.h"

static const struct claque_progress quiet;
static struct claque_err err;
static const struct suffixes by_thumb;

static struct word
word_of(const char *z)
{
	struct claque_str s = str_of(z);
	struct word w = { .len = 0 };

	while (s.len > 0) {
		size_t used;

		w.code[w.len++] = utf8_next(s, &used);
		s = str_sub(s, used, s.len);
	}
	return w;
}

static void
assert_word(const struct word *w, const char *z)
{
	struct word want = word_of(z);

	assert_int_equal(w->len, want.len);
	assert_memory_equal(w->code, want.code, want.len * sizeof(*want.code));
}

/* --- letters */

static void
letters_lose_case_and_accents_and_are_spelt_in_ascii(void **state)
{
	static const struct { uint32_t code; const char *roman; } cases[] = {
		{ 'Q', "q" }, { 0xc9, "e" }, { 0xdf, "ss" }, { 0x10d, "c" }, { 0x159, "r" },
		{ 0x416, "zh" }, { 0x44c, "" }, { 0x3a9, "o" }, { 0x1ec7, "e" }, { 0x4e2d, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char roman[ROMAN_MAX];
		size_t n = letter_roman(letter_lower(cases[i].code), roman);

		assert_int_equal(n, strlen(cases[i].roman));
		assert_memory_equal(roman, cases[i].roman, n);
	}
}

static void
scripts_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(letter_script('z'), SCRIPT_LATIN);
	assert_int_equal(letter_script('7'), SCRIPT_NONE);
	assert_int_equal(letter_script(0x44f), SCRIPT_CYRILLIC);
	assert_int_equal(letter_script(0x3b1), SCRIPT_GREEK);
	assert_int_equal(letter_script(0x915), SCRIPT_INDIC);
	assert_int_equal(letter_script(0x4e2d), SCRIPT_HAN);
	assert_int_equal(letter_script(0x1f600), SCRIPT_NONE);
	assert_int_equal(letter_script(UTF8_BAD), SCRIPT_NONE);
}

/* --- edits */

static void
edits_are_counted_by_hand(void **state)
{
	static const struct { const char *a, *b; unsigned edits; } cases[] = {
		{ "", "", 0 }, { "", "abc", 3 }, { "kitten", "sitting", 3 }, { "ab", "ba", 1 },
		{ "spiegel", "speigel", 1 }, { "ca", "abc", 3 }, { "spiegel", "spiegel", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct word a = word_of(cases[i].a), b = word_of(cases[i].b);

		assert_int_equal(edit_distance(&a, &b), cases[i].edits);
		assert_int_equal(edit_distance(&b, &a), cases[i].edits);
	}
}

static struct word
random_word(struct rng *r)
{
	struct word w = { .len = (uint8_t)rng_below(r, WORD_MAX + 1) };

	for (size_t i = 0; i < w.len; i++)
		w.code[i] = (uint32_t)rng_below(r, 0x600) + '-';
	return w;
}

static void
edit_distance_is_a_number_between_the_lengths(void **state)
{
	struct rng r = rng_seeded(3);

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct word a = random_word(&r), b = random_word(&r);
		unsigned d = edit_distance(&a, &b);
		unsigned longer = a.len > b.len ? a.len : b.len;
		unsigned shorter = a.len + b.len - longer;

		assert_int_equal(d, edit_distance(&b, &a));
		assert_true(d <= longer && d >= longer - shorter);
	}
}

/* --- skeletons */

static void
look_alike_letters_share_a_skeleton(void **state)
{
	static const struct { const char *word, *skeleton; } cases[] = {
		{ "ЅРІЕGЕL", "spiegel" }, { "we1t", "welt" }, { "g00gle", "google" },
		{ "süddeutsche", "suddeutsche" }, { "vvelt", "welt" }, { "rnilenio", "milenio" },
		{ "ρoliτico", "politico" }, { "日本", "日本" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct word w = word_of(cases[i].word);

		confusable_fold(&w);
		assert_word(&w, cases[i].skeleton);
	}
}

static struct claque_str
skeleton_of(const char *name, bool plain, char out[CLAQUE_SKELETON_BYTES])
{
	size_t len = plain ? claque_skeleton_plain(name, strlen(name), out, CLAQUE_SKELETON_BYTES) :
		     claque_skeleton(name, strlen(name), out, CLAQUE_SKELETON_BYTES);

	return (struct claque_str){ out, len };
}

/* Alphabet, digits and what is not seen tell a trick; capitals and accents do not. */
static void
names_that_look_alike_have_one_skeleton(void **state)
{
	static const struct {
		const char *a, *b;
		bool alike, plain;
	} cases[] = {
		{ "@PayPal", "p\xd0\xb0yp\xd0\xb0l", true, false },
		{ "Olga", "0lga", true, false }, { "Jos\xc3\xa9 Ruiz", "JOSE  ruiz ", true, true },
		{ "Ivan", "Iv\xe2\x80\x8b\x61n", true, false }, { "modern", "rnodern", true, false },
		{ "ivan", "iwan", false, false }, { "Ivan P", "IvanP", false, false },
		{ "Ivan\xff", "ivan", true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char x[CLAQUE_SKELETON_BYTES], y[CLAQUE_SKELETON_BYTES];

		if (str_eq(skeleton_of(cases[i].a, false, x), skeleton_of(cases[i].b, false, y)) !=
		    cases[i].alike)
			fail_msg("skeletons of %zu", i);
		if (str_eq(skeleton_of(cases[i].a, true, x), skeleton_of(cases[i].b, true, y)) !=
		    cases[i].plain)
			fail_msg("plain forms of %zu", i);
	}
}

static void
a_name_too_short_or_too_long_for_the_room_has_no_skeleton(void **state)
{
	char out[CLAQUE_SKELETON_BYTES];
	char many[300];

	(void)state;
	assert_int_equal(skeleton_of("@Jo", false, out).len, 0);
	assert_int_equal(skeleton_of("J\xe2\x80\x8bo", true, out).len, 0);
	assert_int_equal(claque_skeleton("ivan", 4, out, 3), 0);
	memset(many, 'a', sizeof(many) - 1);
	many[sizeof(many) - 1] = '\0';
	assert_int_equal(skeleton_of(many, false, out).len, CLAQUE_SKELETON_MOST);
	assert_int_equal(claque_skeleton(NULL, 0, out, sizeof(out)), 0);
}

static void
a_skeleton_is_its_own_skeleton(void **state)
{
	struct rng r = rng_seeded(4);

	(void)state;
	for (int i = 0; i < 5000; i++) {
		struct word w = random_word(&r), again;

		confusable_fold(&w);
		again = w;
		confusable_fold(&again);
		assert_int_equal(again.len, w.len);
		assert_memory_equal(again.code, w.code, w.len * sizeof(*w.code));
	}
}

/* --- punycode: examples of RFC 3492, section 7.1 */

static void
punycode_gives_what_the_standard_gives(void **state)
{
	static const struct { const char *in; uint32_t out[24]; size_t count; } cases[] = {
		{ "egbpdaj6bu4bxfgehfvwxn", { 0x644, 0x64a, 0x647, 0x645, 0x627, 0x628, 0x62a,
		  0x643, 0x644, 0x645, 0x648, 0x634, 0x639, 0x631, 0x628, 0x64a, 0x61f }, 17 },
		{ "ihqwcrb4cv8a8dqg056pqjye", { 0x4ed6, 0x4eec, 0x4e3a, 0x4ec0, 0x4e48, 0x4e0d,
		  0x8bf4, 0x4e2d, 0x6587 }, 9 },
		{ "3B-ww4c5e180e575a65lsy2b", { 0x33, 0x5e74, 0x42, 0x7d44, 0x91d1, 0x516b,
		  0x5148, 0x751f }, 8 },
		{ "abc-", { 'a', 'b', 'c' }, 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t out[WORD_MAX];
		size_t count;

		assert_true(punycode_decode(str_of(cases[i].in), out, WORD_MAX, &count));
		assert_int_equal(count, cases[i].count);
		assert_memory_equal(out, cases[i].out, count * sizeof(*out));
	}
}

static void
punycode_refuses_what_no_encoder_writes(void **state)
{
	static const char *const bad[] = {
		"a-9", "99999999999", "abc-\xff", "a b", "-!", "zzzzzzzzzzzzzzzz",
	};
	uint32_t out[4];
	size_t count;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(punycode_decode(str_of(bad[i]), out, 4, &count));
}

static void
punycode_of_anything_gives_code_points_or_no(void **state)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	struct rng r = rng_seeded(5);

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char in[40];
		uint32_t out[WORD_MAX];
		size_t len = rng_below(&r, sizeof(in)), count;

		for (size_t k = 0; k < len; k++)
			in[k] = digits[rng_below(&r, sizeof(digits) - 1)];
		if (!punycode_decode((struct claque_str){ in, len }, out, WORD_MAX, &count))
			continue;
		assert_true(count <= WORD_MAX);
		for (size_t k = 0; k < count; k++)
			assert_true(out[k] <= 0x10ffff && (out[k] < 0xd800 || out[k] > 0xdfff));
	}
}

/* --- hosts */

static void
a_host_is_cut_into_label_and_suffix(void **state)
{
	static const struct {
		const char *host, *label, *suffix;
		enum suffix_class class;
	} cases[] = {
		{ "spiegel.de", "spiegel", "de", SUFFIX_COUNTRY },
		{ "news.bbc.co.uk", "bbc", "co.uk", SUFFIX_COUNTRY },
		{ "apnews.com", "apnews", "com", SUFFIX_LEGACY },
		{ "bild.eu.com", "bild", "eu.com", SUFFIX_NEW },
		{ "theguardian.co.com", "theguardian", "co.com", SUFFIX_NEW },
		{ "co.uk", "co", "uk", SUFFIX_COUNTRY },
		{ "bild.llc", "bild", "llc", SUFFIX_NEW },
	};
	static const char *const bad[] = { "", "localhost", "10.0.0.1", "a..b", ".com", "com." };
	struct host h;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(host_read(str_of(cases[i].host), &by_thumb, &h));
		assert_str(h.label, cases[i].label);
		assert_str(h.suffix, cases[i].suffix);
		assert_int_equal(h.class, cases[i].class);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(host_read(str_of(bad[i]), &by_thumb, &h));
}

static size_t
by_list(void *ctx, struct claque_str host, bool *hosted)
{
	(void)ctx;
	return domain_suffix(host, hosted).len;
}

static void
what_somebody_registered_is_told_by_the_list(void **state)
{
	static const struct { const char *host, *suffix, *registrable; bool hosted; } cases[] = {
		{ "news.bbc.co.uk", "co.uk", "bbc.co.uk", false },
		{ "www.smh.com.au", "com.au", "smh.com.au", false },
		{ "a.b.github.io", "github.io", "b.github.io", true },
		{ "spiegel.blogspot.com", "blogspot.com", "spiegel.blogspot.com", true },
		{ "x.city.kawasaki.jp", "kawasaki.jp", "city.kawasaki.jp", false },
		{ "x.y.kobe.jp", "y.kobe.jp", "x.y.kobe.jp", false },
		{ "xn--b1agh1afp.xn--p1ai", "xn--p1ai", "xn--b1agh1afp.xn--p1ai", false },
		{ "\xd1\x8f.\xd1\x80\xd1\x84", "\xd1\x80\xd1\x84", "\xd1\x8f.\xd1\x80\xd1\x84", false },
		{ "a.b.nosuchsuffix", "nosuchsuffix", "b.nosuchsuffix", false },
		{ "localhost", "", "", false }, { "10.0.0.1", "", "", false },
		{ "[::1]", "", "", false }, { "co.uk", "", "", false },
		{ "github.io", "", "", false }, { "", "", "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bool hosted;

		assert_str(domain_suffix(str_of(cases[i].host), &hosted), cases[i].suffix);
		assert_int_equal(hosted, cases[i].hosted);
		assert_str(domain_registrable(str_of(cases[i].host)), cases[i].registrable);
	}
}

static size_t
all_of_it(void *ctx, struct claque_str host, bool *hosted)
{
	(void)ctx;
	*hosted = false;
	return host.len;
}

/* Two pages at one host of pages are strangers; two hosts under one name are not. */
static void
a_told_suffix_goes_before_the_rule_of_thumb(void **state)
{
	const struct suffixes list = { by_list, NULL }, all = { all_of_it, NULL };
	struct host a, b;
	struct close close;

	(void)state;
	assert_true(host_read(STR("bild.github.io"), &list, &a));
	assert_true(host_read(STR("welt.github.io"), &list, &b));
	assert_str(a.label, "bild");
	assert_int_equal(a.class, SUFFIX_NEW);
	assert_false(host_same_owner(&a, &b));
	assert_true(host_read(STR("bild.github.io"), &by_thumb, &a));
	assert_true(host_read(STR("welt.github.io"), &by_thumb, &b));
	assert_true(host_same_owner(&a, &b));
	assert_true(host_read(STR("bild.de"), &list, &b));
	assert_true(host_read(STR("bild.github.io"), &list, &a));
	assert_true(close_find(&a, &b, &close));
	assert_int_equal((int)close.how, CLAQUE_CLOSE_SAME_NAME);
	assert_true(host_read(STR("news.bbc.co.uk"), &list, &a));
	assert_str(a.label, "bbc");
	assert_int_equal(a.class, SUFFIX_COUNTRY);
	assert_true(host_read(STR("github.io"), &list, &a));
	assert_str(a.label, "github");
	assert_false(host_read(STR("10.0.0.1"), &list, &a));
	assert_true(host_read(STR("bild.de"), &all, &a));	/* a suffix of nothing is none */
	assert_str(a.label, "bild");
	assert_str(a.suffix, "de");
}

static void
each_form_of_closeness_has_its_name(void **state)
{
	static const struct { const char *host, *target; int how; unsigned slips; } cases[] = {
		{ "spiegel.ltd", "spiegel.de", CLAQUE_CLOSE_SAME_NAME, 0 },
		{ "xn--spigel-5of.com", "spiegel.de", CLAQUE_CLOSE_CONFUSABLE, 0 },
		{ "we1t.de", "welt.de", CLAQUE_CLOSE_CONFUSABLE, 0 },
		{ "tonline.life", "t-online.de", CLAQUE_CLOSE_HYPHEN, 0 },
		{ "speigel.de", "spiegel.de", CLAQUE_CLOSE_SLIP, 1 },
		{ "theguradiann.com", "theguardian.com", CLAQUE_CLOSE_SLIP, 2 },
		{ "spiegelnews.top", "spiegel.de", CLAQUE_CLOSE_AFFIX, 0 },
		{ "the-faz.top", "faz.net", CLAQUE_CLOSE_AFFIX, 0 },
		{ "spiegel.de.aktuell.top", "spiegel.de", CLAQUE_CLOSE_EMBEDDED, 0 },
		{ "spiegel.de-aktuell.top", "spiegel.de", CLAQUE_CLOSE_EMBEDDED, 0 },
		{ "spiegel.aktuell.top", "spiegel.de", CLAQUE_CLOSE_SUBDOMAIN, 0 },
		{ "mybild.de", "bild.de", CLAQUE_CLOSE_AFFIX, 0 },
		{ "m.spiegel.de", "spiegel.de", -1, 0 },
		{ "spiegel.de", "spiegel.de", -1, 0 },
		{ "welt.de", "spiegel.de", -1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct host h, t;
		struct close close;

		assert_true(host_read(str_of(cases[i].host), &by_thumb, &h));
		assert_true(host_read(str_of(cases[i].target), &by_thumb, &t));
		assert_int_equal(close_find(&h, &t, &close), cases[i].how >= 0);
		if (cases[i].how < 0)
			continue;
		assert_int_equal((int)close.how, cases[i].how);
		assert_int_equal(close.slips, cases[i].slips);
	}
}

/* --- findings */

enum { DAY = 86400 * 1000, DAYS = 100 };

struct feed {
	struct claque_dataset *ds;
	uint32_t row;
	bool as_urls;
};

static uint32_t
feed_account(struct feed *f, unsigned n)
{
	char id[16];
	struct claque_account a = { .created_at = CLAQUE_NO_TIME, .followers = -1, .verified = -1 };
	uint32_t number;

	(void)snprintf(id, sizeof(id), "a%u", n);
	a.id = str_of(id);
	assert_ok(claque_dataset_add_account(f->ds, &a, &number, &err), err);
	return number;
}

static void
feed_link(struct feed *f, const char *host, unsigned page, unsigned account, int64_t at)
{
	char url[128];
	uint32_t object;
	struct claque_share share = { .at = at, .account = feed_account(f, account),
				      .row = f->row++, .act = CLAQUE_ACT_link };

	(void)snprintf(url, sizeof(url), "https://%s/%u", host, page);
	assert_ok(claque_dataset_add_object(f->ds, CLAQUE_OBJECT_url, str_of(url), &object, &err),
		  err);
	share.object = object;
	assert_ok(claque_dataset_add_share(f->ds, &share, &err), err);
	if (f->as_urls)
		return;
	assert_ok(claque_dataset_add_object(f->ds, CLAQUE_OBJECT_domain, str_of(host), &object,
					    &err), err);
	share.object = object;
	assert_ok(claque_dataset_add_share(f->ds, &share, &err), err);
}

/* So many links over the whole period, each to another page, by other people. */
static void
feed_ordinary(struct feed *f, const char *host, unsigned links, unsigned seed)
{
	struct rng r = rng_seeded(seed);

	for (unsigned i = 0; i < links; i++)
		feed_link(f, host, i, (unsigned)rng_below(&r, 500),
			  (int64_t)rng_below(&r, DAYS) * DAY);
}

/* A few accounts, one page, one day. */
static void
feed_campaign(struct feed *f, const char *host, unsigned day)
{
	for (unsigned i = 0; i < 8; i++)
		feed_link(f, host, 0, 1000 + i, (int64_t)day * DAY + (int64_t)i * 60000);
}

static const char *const ordinary[] = {
	"lakeside-herald.com", "morgenpost-nord.de", "tribuna-sur.es", "riverton-ledger.com",
	"stadtkurier.de", "elnuevofaro.es", "quietharbor.org", "bergblick.de", "openfields.org",
	"camposabierto.es", "northgate-times.com", "sonnenseite.de", "lavozdelvalle.es",
};

static void
feed_world(struct feed *f)
{
	assert_ok(claque_dataset_new(&f->ds, &err), err);
	for (unsigned i = 0; i < sizeof(ordinary) / sizeof(ordinary[0]); i++)
		feed_ordinary(f, ordinary[i], 12 + 4 * i, 10 + i);
	feed_ordinary(f, "tagesanzeiger-nord.de", 60, 50);
	feed_ordinary(f, "worldreporter.com", 80, 51);
	feed_ordinary(f, "worldreporter.es", 15, 52);	/* its Spanish edition */
	feed_ordinary(f, "blog.worldreporter.com", 20, 53);
	feed_campaign(f, "tagesanzeiger-nord.ltd", 80);
	feed_campaign(f, "worldrep0rter.com", 85);
	feed_campaign(f, "kittenpictures.top", 88);
}

static struct claque_look_alikes
find(struct feed *f, double min_score)
{
	struct claque_look_alike_settings settings = claque_look_alike_defaults();
	struct claque_look_alikes found;

	settings.min_score = min_score;
	assert_ok(claque_dataset_seal(f->ds, &quiet, &err), err);
	assert_ok(claque_look_alikes_find(f->ds, &settings, &quiet, &found, &err), err);
	return found;
}

static void
imitations_are_found_and_sister_sites_are_not(void **state)
{
	struct feed f = { .row = 0 };
	struct claque_look_alikes found;

	(void)state;
	feed_world(&f);
	found = find(&f, 0.5);
	assert_int_equal(found.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct claque_look_alike *item = &found.items[i];
		bool first = str_eq(item->domain, STR("tagesanzeiger-nord.ltd"));

		assert_str(item->target, first ? "tagesanzeiger-nord.de" : "worldreporter.com");
		assert_int_equal(item->close, first ? CLAQUE_CLOSE_SAME_NAME
						    : CLAQUE_CLOSE_CONFUSABLE);
		assert_int_equal(item->accounts, 8);
		assert_int_equal(item->row_count, 4);
		assert_true(item->expected < 1e-6);
		assert_true(item->last_seen - item->first_seen == 7 * 60000);
	}
	claque_look_alikes_done(&found);
	claque_dataset_free(f.ds);
}

static void
scores_are_probabilities_in_order_and_own_subdomains_are_no_findings(void **state)
{
	struct feed f = { .row = 0 };
	struct claque_look_alikes found;
	bool sister = false;

	(void)state;
	feed_world(&f);
	found = find(&f, 0);
	for (size_t i = 0; i < found.count; i++) {
		assert_true(found.items[i].score >= 0 && found.items[i].score <= 1);
		assert_true(i == 0 || found.items[i].score <= found.items[i - 1].score);
		assert_false(str_eq(found.items[i].domain, STR("blog.worldreporter.com")));
		assert_false(str_eq(found.items[i].domain, STR("kittenpictures.top")));
		if (str_eq(found.items[i].domain, STR("worldreporter.es"))) {
			sister = true;
			assert_true(found.items[i].score < 0.1);
		}
	}
	assert_true(sister);
	claque_look_alikes_done(&found);
	claque_dataset_free(f.ds);
}

/* The same file with and without objects of the kind domain. */
static void
urls_alone_tell_the_same(void **state)
{
	struct feed both = { .row = 0 }, urls = { .as_urls = true };
	struct claque_look_alikes a, b;

	(void)state;
	feed_world(&both);
	feed_world(&urls);
	a = find(&both, 0);
	b = find(&urls, 0);
	assert_int_equal(a.count, b.count);
	for (size_t i = 0; i < a.count; i++) {
		assert_true(str_eq(a.items[i].domain, b.items[i].domain));
		assert_float_equal(a.items[i].score, b.items[i].score, 1e-12);
	}
	claque_look_alikes_done(&a);
	claque_look_alikes_done(&b);
	claque_dataset_free(both.ds);
	claque_dataset_free(urls.ds);
}

static void
a_target_from_a_list_need_not_be_in_the_file(void **state)
{
	const struct claque_str targets[] = { STR("kittenpicture.com"), STR("# no host") };
	struct claque_look_alike_settings settings = claque_look_alike_defaults();
	struct feed f = { .row = 0 };
	struct claque_look_alikes found;
	bool seen = false;

	(void)state;
	settings.targets = targets;
	settings.target_count = 2;
	feed_world(&f);
	assert_ok(claque_dataset_seal(f.ds, &quiet, &err), err);
	assert_ok(claque_look_alikes_find(f.ds, &settings, &quiet, &found, &err), err);
	for (size_t i = 0; i < found.count; i++)
		if (str_eq(found.items[i].domain, STR("kittenpictures.top"))) {
			seen = true;
			assert_str(found.items[i].target, "kittenpicture.com");
			assert_int_equal(found.items[i].target_accounts, 0);
		}
	assert_true(seen);
	claque_look_alikes_done(&found);
	claque_dataset_free(f.ds);
}

static void
accounts_are_measured_by_the_surest_imitation_they_linked(void **state)
{
	struct feed f = { .row = 0 };
	struct claque_trait traits[2000];
	uint32_t crew, reader;

	(void)state;
	feed_world(&f);
	crew = feed_account(&f, 1000);
	reader = 0;
	assert_ok(claque_dataset_seal(f.ds, &quiet, &err), err);
	assert_ok(claque_signal_measure(f.ds, CLAQUE_SIGNAL_LOOK_ALIKES, (double[]){ 0 }, &quiet,
					traits, &err), err);
	assert_true(traits[crew].value > 0.9 && traits[crew].row != CLAQUE_NO_ROW);
	assert_int_equal(traits[crew].n, 3);
	assert_true(traits[reader].value < 0.1);
	claque_dataset_free(f.ds);
}

static void
what_cannot_be_is_refused(void **state)
{
	struct claque_look_alike_settings settings = claque_look_alike_defaults();
	struct claque_look_alikes found;
	struct feed f = { .row = 0 };

	(void)state;
	assert_ok(claque_dataset_new(&f.ds, &err), err);
	assert_int_equal(claque_look_alikes_find(f.ds, &settings, &quiet, &found, &err),
			 CLAQUE_EUSAGE);
	assert_ok(claque_dataset_seal(f.ds, &quiet, &err), err);
	settings.min_score = (double)NAN;
	assert_int_equal(claque_look_alikes_find(f.ds, &settings, &quiet, &found, &err),
			 CLAQUE_EUSAGE);
	settings.min_score = 0;
	assert_ok(claque_look_alikes_find(f.ds, &settings, &quiet, &found, &err), err);
	assert_int_equal(found.count, 0);
	claque_look_alikes_done(&found);
	claque_dataset_free(f.ds);
}

/* --- a list */

static void
what_a_list_names_imitates_nothing(void **state)
{
	static const struct claque_str list[] = { { "lakesideherald.com", 18 },
						  { "lakesideherald.org", 18 } };
	struct claque_look_alike_settings settings = claque_look_alike_defaults();
	struct feed f = { .ds = NULL };
	struct claque_look_alikes found;

	(void)state;
	assert_ok(claque_dataset_new(&f.ds, &err), err);
	for (unsigned i = 0; i < 5; i++) {
		feed_link(&f, "lakesideherald.org", i, i, (int64_t)i * DAY);
		feed_link(&f, "lakesideherald.ltd", 1, 20 + i, (int64_t)DAY + i);
		feed_link(&f, "quietgarden.top", i, 40 + i, (int64_t)i * DAY);
	}
	assert_ok(claque_dataset_seal(f.ds, &quiet, &err), err);
	settings.targets = list;
	settings.target_count = 2;
	settings.min_score = 0;
	assert_ok(claque_look_alikes_find(f.ds, &settings, &quiet, &found, &err), err);
	assert_int_equal(found.count, 1);
	assert_str(found.items[0].domain, "lakesideherald.ltd");
	assert_true(found.items[0].score > 0.5);
	claque_look_alikes_done(&found);
	claque_dataset_free(f.ds);
}

static void
add_handle(struct claque_dataset *ds, const char *handle)
{
	struct claque_account a = { .id = str_of(handle), .handle = str_of(handle),
				    .created_at = CLAQUE_NO_TIME, .followers = -1, .verified = -1 };
	uint32_t number;

	assert_ok(claque_dataset_add_account(ds, &a, &number, &err), err);
}

static void
handles_are_held_against_a_list(void **state)
{
	static const struct claque_str list[] = { { "@DerSpiegel", 11 }, { "tan", 3 },
						  { "washingtonpost", 14 }, { "", 0 } };
	static const struct { const char *handle; enum claque_close how; } close[] = {
		{ "washingtonp0st", CLAQUE_CLOSE_CONFUSABLE }, { "der_spiegel", CLAQUE_CLOSE_HYPHEN },
		{ "dersp\xc4\xb1" "egel", CLAQUE_CLOSE_CONFUSABLE },
		{ "Washington.Post_news", CLAQUE_CLOSE_AFFIX },
		{ "washingtnopost", CLAQUE_CLOSE_SLIP },
	};
	const struct claque_handle_alike_settings settings = { .targets = list, .target_count = 4,
							       .max_expected = 0.1 };
	struct claque_dataset *ds;
	struct claque_handle_alikes found;
	struct rng r = rng_seeded(9);

	(void)state;
	assert_ok(claque_dataset_new(&ds, &err), err);
	for (int i = 0; i < 2000; i++) {
		char handle[9] = "";

		for (size_t k = 0; k < 8; k++)
			handle[k] = "etaoinshrdlu"[rng_below(&r, 12)];
		add_handle(ds, handle);
	}
	add_handle(ds, "derspiegel");
	add_handle(ds, "tin");
	add_handle(ds, "");
	for (size_t i = 0; i < sizeof(close) / sizeof(close[0]); i++)
		add_handle(ds, close[i].handle);
	assert_int_equal(claque_handle_alikes_find(ds, &settings, &quiet, &found, &err),
			 CLAQUE_EUSAGE);
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_ok(claque_handle_alikes_find(ds, &settings, &quiet, &found, &err), err);
	assert_int_equal(found.count, sizeof(close) / sizeof(close[0]));
	for (size_t i = 0; i < found.count; i++)
		for (size_t k = 0; k < found.count; k++)
			if (str_eq(found.items[i].handle, str_of(close[k].handle)))
				assert_int_equal((int)found.items[i].close, (int)close[k].how);
	for (size_t i = 1; i < found.count; i++)
		assert_true(found.items[i].expected >= found.items[i - 1].expected);
	claque_handle_alikes_done(&found);
	claque_dataset_free(ds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_lose_case_and_accents_and_are_spelt_in_ascii),
		cmocka_unit_test(scripts_are_told_apart),
		cmocka_unit_test(edits_are_counted_by_hand),
		cmocka_unit_test(edit_distance_is_a_number_between_the_lengths),
		cmocka_unit_test(look_alike_letters_share_a_skeleton),
		cmocka_unit_test(names_that_look_alike_have_one_skeleton),
		cmocka_unit_test(a_name_too_short_or_too_long_for_the_room_has_no_skeleton),
		cmocka_unit_test(a_skeleton_is_its_own_skeleton),
		cmocka_unit_test(punycode_gives_what_the_standard_gives),
		cmocka_unit_test(punycode_refuses_what_no_encoder_writes),
		cmocka_unit_test(punycode_of_anything_gives_code_points_or_no),
		cmocka_unit_test(a_host_is_cut_into_label_and_suffix),
		cmocka_unit_test(what_somebody_registered_is_told_by_the_list),
		cmocka_unit_test(a_told_suffix_goes_before_the_rule_of_thumb),
		cmocka_unit_test(each_form_of_closeness_has_its_name),
		cmocka_unit_test(imitations_are_found_and_sister_sites_are_not),
		cmocka_unit_test(scores_are_probabilities_in_order_and_own_subdomains_are_no_findings),
		cmocka_unit_test(urls_alone_tell_the_same),
		cmocka_unit_test(a_target_from_a_list_need_not_be_in_the_file),
		cmocka_unit_test(accounts_are_measured_by_the_surest_imitation_they_linked),
		cmocka_unit_test(what_cannot_be_is_refused),
		cmocka_unit_test(what_a_list_names_imitates_nothing),
		cmocka_unit_test(handles_are_held_against_a_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
