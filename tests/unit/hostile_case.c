#include "config.h"

#include "test.h"

#include "hostile_case.h"

#include <stdio.h>

#include "base/clock.h"
#include "case/case.h"
#include "model/record.h"
#include "store/event.h"
#include "store/writer.h"

/* 2016-09-24T10:00:00Z, amid the posts of the small case */
#define BEGIN INT64_C(1474711200000)
#define MINUTE INT64_C(60000)
#define V(literal) { "" literal, sizeof(literal) - 1 }

enum { MEMBERS = 6, TEXT_BYTES = 512, ARENA_BYTES = 1 << 20 };

const struct claque_str hostile_words[] = {
	/* reorders: bidi overrides, embeddings, isolates, marks */
	V("\u202Egnp.exe"), V("\u202Dleft\u202C"), V("\u202Bembed\u202C"), V("\u2066iso\u2069"),
	V("\u2067rli\u2069"), V("lrm\u200Erlm\u200Falm\u061C"),
	/* hides: no width, joins, tags, fillers */
	V("ze\u200Bro"), V("zw\u200Cnj"), V("zw\u200Dj"), V("word\u2060joiner"), V("\uFEFFmark"),
	V("tag\U000E0041\U000E007F"), V("soft\u00ADhyphen"), V("vs\u2764\uFE0F"),
	V("filler\u3164\uFFA0"), V("blank\u2800braille"), V("inv\u2063\u2064isible"),
	/* clusters of emoji, and those that a C library does not know yet */
	V("\U0001F468\u200D\U0001F469\u200D\U0001F467"), V("new\U0001FAE8"),
	V("flag\U0001F1E9\U0001F1EA"),
	/* drives the terminal: CSI, OSC, DCS, APC, PM, resets, queries */
	V("\033[31mred"), V("\033[2J\033[Hclear"), V("\033]0;owned\a"),
	V("\033]8;;http://evil.example\033\\x"),
	V("\033]52;c;ZXZpbA==\a"), V("\033P$q\"p\033\\"), V("\033_apc\033\\"), V("\033^pm\033\\"),
	V("\033c"), V("\033[6n"), V("\033[?1049l"), V("\033(0lqk"), V("\033[200~qqq\033[201~"),
	V("\033[5;5Hjump"), V("\033#8"), V("\033"),
	/* C1, as bytes and as characters */
	V("\x9b" "31mraw"), V("\xc2\x9b" "31mchar"), V("\xc2\x9d" "0;x\xc2\x9c"), V("\xc2\x85next"),
	/* C0 that is obeyed without any escape */
	V("good\b\b\b\bevil"), V("over\rwritten"), V("two\nlines"), V("ta\tb"), V("\v\fff"),
	V("be\all"), V("\016shift\017"), V("del\177"), V("nul\0byte"),
	/* no UTF-8: broken, overlong, surrogates, too large */
	V("\xff\xfe"), V("\xc0\xaf"), V("\xed\xa0\x80"), V("\xf4\x90\x80\x80"), V("cut\xe2\x80"),
	/* no characters: private, unassigned, line and paragraph ends, annotations */
	V("\uE000\U000F0000"), V("\u0378"), V("line\u2028para\u2029"), V("\uFFF9a\uFFFB"),
	V("\uFFFE"),
	/* piles and leads */
	V("z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309algo"), V("\u0301lead"),
	/* looks like another, or like a formula, or like markup of ours */
	V("p\u0430ypal"), V("=cmd|' /C calc'!A0"), V("<202E><script>"), V("%s%n$(id)`id`"),
	V("\u05D0\u05D1\u05D2 \u0627\u0644\u0639"), V("\u5168\u89D2\uFF21\uFF22"),
	/* is a formula wherever a cell begins with it */
	V("+1+1"), V("-2+3"), V("@SUM(1)"), V("\t=1+1"), V("\r=1+1"), V("\n=1+1"), V("\uFF1D1"),
	/* is HTML, SVG, XML, Markdown, a quoted name of Graphviz or JSON */
	V("<img src=x onerror=alert(1)>"), V("\"><svg/onload=alert(1)>"),
	V("' onmouseover='alert(1)"), V("</style></title><script>alert(1)</script>"),
	V("<!--"), V("]]>"), V("<![CDATA["), V("&lt;b&gt;&#x3c;i"), V("&xxe;"), V("javascript:alert(1)"),
	V("[x](javascript:alert(1))"), V("![x](https://evil.example/p)"), V("# head"), V("| cell |"),
	V("```"), V("\\\""), V("\"}]"), V("\\u0000"), V("{{7*7}}${7*7}"),
	/* is SQL, a path or an option */
	V("'; DROP TABLE post; --"), V("\") OR 1=1 --"), V("%' ESCAPE '_"), V("../../etc/passwd"),
	V("/etc/passwd"), V("C:\\con"), V("--help"),
};

const size_t hostile_word_count = sizeof(hostile_words) / sizeof(hostile_words[0]);

enum { VECTORS = sizeof(hostile_words) / sizeof(hostile_words[0]) };

static struct writer *writer;
static uint64_t row;

static void
put(const struct record *r)
{
	struct record_sink sink = writer_sink(writer);
	struct claque_err err = { 0 };
	bool duplicate;

	row++;
	assert_ok(sink.put(sink.ctx, row, r, &duplicate, &err), err);
	assert_ok(sink.row_done(sink.ctx, row, &err), err);
}

/* The vector in the middle of a text. */
static struct claque_str
with(struct arena *perm, const char *before, struct claque_str v, const char *after)
{
	char *p = ARENA_NEW(perm, char, TEXT_BYTES);
	size_t a = strlen(before), b = strlen(after);

	assert_true(a + v.len + b < TEXT_BYTES);
	memcpy(p, before, a);
	memcpy(p + a, v.p, v.len);
	memcpy(p + a + v.len, after, b);
	return (struct claque_str){ p, a + v.len + b };
}

static void
put_account(struct arena perm, size_t i, struct claque_str v)
{
	char id[32];

	(void)snprintf(id, sizeof(id), "66%08zu", i);
	put(&(struct record){ .type = RECORD_ACCOUNT, .account = {
		.platform = STR("x"), .id = str_of(id), .handle = with(&perm, "h", v, ""),
		.display_name = with(&perm, "N ", v, " end"), .bio = with(&perm, "bio ", v, "."),
		.location = v, .url = with(&perm, "https://u.example/", v, ""), .lang = v,
		.avatar_hash = v, .avatar_tag = v, .created_at = BEGIN - 400 * 24 * 60 * MINUTE,
		.observed_at = BEGIN, .followers = 1, .following = 1, .posts_total = 1,
		.verified = COUNT_UNKNOWN } });
	for (int k = 0; k < 2; k++)
		put(&(struct record){ .type = RECORD_CHANGE, .change = {
			.platform = STR("x"), .account_id = str_of(id),
			.field = k == 0 ? STR("bio") : v, .old_value = with(&perm, "was ", v, ""),
			.new_value = with(&perm, "is ", v, " now"),
			.at = BEGIN + (int64_t)i * MINUTE } });
	/* A handle that a member of C001 had before, too. */
	put(&(struct record){ .type = RECORD_CHANGE, .change = {
		.platform = STR("x"), .account_id = str_of(id), .field = STR("handle"),
		.old_value = with(&perm, "was", v, ""), .new_value = STR("petrova_o"),
		.at = BEGIN + (int64_t)i * MINUTE } });
}

/* By the account of the vector, and by two members of C001. */
static void
put_posts(struct arena perm, size_t i, struct claque_str v)
{
	struct claque_str url = with(&perm, "https://l.example/", v, "/end");
	struct share_record shares[] = {
		{ .kind = CLAQUE_OBJECT_url, .act = CLAQUE_ACT_link, .key = url, .author = v },
		{ .kind = CLAQUE_OBJECT_hashtag, .act = CLAQUE_ACT_tag,
		  .key = with(&perm, "tag", v, "") },
		{ .kind = CLAQUE_OBJECT_domain, .act = CLAQUE_ACT_link,
		  .key = with(&perm, "d", v, ".example") },
	};

	for (size_t k = 0; k < 3; k++) {
		char id[32], author[32];

		(void)snprintf(id, sizeof(id), "99%03zu%zu", i, k);
		if (k == 0)
			(void)snprintf(author, sizeof(author), "66%08zu", i);
		else
			(void)snprintf(author, sizeof(author), "%zu",
				       (size_t)4021177301 + (i + k) % MEMBERS);
		put(&(struct record){ .type = RECORD_POST, .post = {
			.platform = STR("x"), .id = str_of(id), .account_id = str_of(author),
			.handle = STR(""), .text = with(&perm, "text ", v, " and on https://a.example/x"),
			.lang = v, .client = v, .urls = url, .at = BEGIN + (int64_t)(i * 3 + k) * MINUTE,
			.precision = TIME_SECOND, .kind = POST_reshare, .likes = 1,
			.shares_count = 1, .replies = COUNT_UNKNOWN, .shares = shares,
			.share_count = sizeof(shares) / sizeof(shares[0]) } });
	}
}

static void
put_indicators(struct arena perm, struct claque_str v)
{
	const struct claque_str values[] = {
		with(&perm, "d", v, ".example"), with(&perm, "h", v, ""), with(&perm, "tag", v, ""),
	};
	static const enum indicator_kind kinds[] = {
		INDICATOR_domain, INDICATOR_account, INDICATOR_hashtag,
	};

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		put(&(struct record){ .type = RECORD_INDICATOR, .indicator = {
			.kind = kinds[k], .value = values[k], .raw = v, .platform = v, .tactic = v,
			.technique = v, .procedure = v, .role = v, .note = v, .published = v,
			.count = COUNT_UNKNOWN } });
}

static void
put_rows(struct store *s, struct arena perm)
{
	struct input_info info = { "wo\033]0;t\arld\u202E\n\x9b.csv", "01", "native-posts", 4096 };
	struct claque_progress progress = { 0 };
	struct input_totals totals;
	struct claque_err err = { 0 };
	uint64_t skip;
	bool done;

	row = 1;
	assert_ok(writer_new(&writer, s, &progress, &err), err);
	assert_ok(writer_begin_input(writer, &info, &skip, &done, &err), err);
	for (size_t i = 0; i < VECTORS; i++) {
		put_account(perm, i, hostile_words[i]);
		put_posts(perm, i, hostile_words[i]);
		put_indicators(perm, hostile_words[i]);
	}
	assert_ok(writer_end_input(writer, &totals, &err), err);
	assert_ok(writer_finish(writer, &progress, &err), err);
	writer_free(writer);
}

/* Notes and tags take what the analyst pastes; what is refused stays out. */
static void
put_work(struct store *s, struct arena perm)
{
	struct case_context c = { .store = s, .who = STR("nr"), .lens = STR(""), .command = STR("") };
	struct subject on[] = { { SUBJECT_account, 1 }, { SUBJECT_cluster, 1 }, { SUBJECT_post, 1 } };
	struct claque_err err = { 0 };
	size_t notes = 0, tags = 0;

	for (size_t i = 0; i < VECTORS; i++) {
		struct arena room = perm;
		struct claque_str text = with(&room, "note ", hostile_words[i], " end");

		notes += case_add(&c, ANNOTATION_note, on[i % 3], hostile_words[i], text, &err) == CLAQUE_OK;
		tags += case_add(&c, ANNOTATION_tag, on[i % 3], hostile_words[i], hostile_words[i], &err) == CLAQUE_OK;
	}
	assert_true(notes > VECTORS / 2 && tags > VECTORS / 4);
}

static void
put_events(struct store *s, struct arena perm)
{
	struct event list[VECTORS];
	struct events events = { list, VECTORS };
	struct claque_err err = { 0 };
	size_t added;

	for (size_t i = 0; i < VECTORS; i++)
		list[i] = (struct event){ .at = BEGIN + (int64_t)i * 60 * MINUTE, .row = i + 2,
					  .label = with(&perm, "event ", hostile_words[i], ""),
					  .source = hostile_words[i] };
	assert_ok(store_begin(s, &err), err);
	assert_ok(event_save(s, &events, STR("ev\033[31m\u202E.csv"), &added, &err), err);
	assert_ok(store_commit(s, &err), err);
}

void
hostile_case_add(const char *name)
{
	struct arena whole = arena_new(ARENA_BYTES);
	struct claque_err err = { 0 };
	struct store *s;

	assert_ok(store_open(&s, name, STORE_WRITE, &err), err);
	put_rows(s, whole);
	put_work(s, whole);
	put_events(s, whole);
	store_close(s);
	arena_free(whole);
}
