#include "config.h"

#include "test.h"

#include "files.h"
#include "small_case.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "model/record.h"
#include "store/event.h"
#include "store/result.h"
#include "store/stmt.h"
#include "store/writer.h"

#define CASE_NAME "demo-2016.claque"
#define MINUTE INT64_C(60000)
#define DAY (24 * 60 * MINUTE)
/* 2016-09-20T14:00:00Z */
#define BEGIN INT64_C(1474380000000)

enum { ACCOUNTS = 14, MEMBERS = 6, FANS = 3 };

static const struct {
	const char *id, *handle, *name, *bio;
} people[ACCOUNTS] = {
	{ "4021177301", "ivan142", "Ivan P\xe2\x80\xaenatiot", "proud father. veteran. truth." },
	{ "4021177302", "olga795", "Olga", "proud mother. patriot." },
	{ "4021177303", "elena806", "\x1b[2JElena", "veteran. truth." },
	{ "4021177304", "karen12", "Kar\xd0\xb5n", "=cmd|' /C calc'!A0" },
	{ "4021177305", "bob2153", "Bob Patriot\nSecond line", "truth\xe2\x80\x8b and pride" },
	{ "4021177306", "newsd41", "News \xff\xfe Daily", "all the news" },
	{ "5100000001", "fan_one", "First fan", "we love the band" },
	{ "5100000002", "fan_two", "\xe5\xa5\xbd\xe6\x9c\x8b\xe5\x8f\x8b", "fan club, open to all" },
	{ "5100000003", "fan_three", "Third \xf0\x9f\x98\x80 fan", "official fan club" },
	{ "6200000001", "alice14", "Alice", "gardener" },
	{ "6200000002", "peter66", "Peter", "football" },
	{ "6200000003", "maria99", "Maria", "" },
	{ "6200000004", "sasha22", "Sasha", "reader" },
	{ "6200000005", "jo", "0lga", "jo" },
};

static char folder[] = "/tmp/claque-case-XXXXXX";

static struct writer *writer;
static uint64_t row = 1;

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

static void
put_account(int i)
{
	struct account_record a = {
		.platform = STR("x"), .id = str_of(people[i].id), .handle = str_of(people[i].handle),
		.display_name = str_of(people[i].name), .bio = str_of(people[i].bio),
		.lang = i < MEMBERS ? STR("ru") : STR("en"),
		.created_at = BEGIN - (i < MEMBERS ? 800 : 1500 + 200 * i) * DAY + i * MINUTE,
		.observed_at = BEGIN + 60 * DAY, .followers = 8112 - 500 * i, .following = 7990 - i,
		.posts_total = 1204 + i, .verified = i == 8,
	};

	put(&(struct record){ .type = RECORD_ACCOUNT, .account = a });
}

static void
put_post(int author, int number, int64_t at, const char *text, const char *source)
{
	char id[32];
	struct share_record share = { .kind = CLAQUE_OBJECT_url, .act = CLAQUE_ACT_link,
				      .key = str_of(source) };
	struct post_record p = {
		.platform = STR("x"), .account_id = str_of(people[author].id),
		.handle = str_of(people[author].handle), .text = str_of(text), .lang = STR("en"),
		.client = STR("twitterfeed"), .at = at, .precision = TIME_SECOND,
		.kind = source != NULL ? POST_reshare : POST_original, .likes = number % 50,
		.shares_count = number % 7, .replies = COUNT_UNKNOWN,
		.shares = &share, .share_count = source != NULL,
	};

	(void)snprintf(id, sizeof(id), "78310%08d", number);
	p.id = str_of(id);
	put(&(struct record){ .type = RECORD_POST, .post = p });
}

static void
put_change(int account, int64_t at, const char *field, const char *from, const char *to)
{
	put(&(struct record){ .type = RECORD_CHANGE, .change = {
		.platform = STR("x"), .account_id = str_of(people[account].id),
		.field = str_of(field), .old_value = str_of(from), .new_value = str_of(to),
		.at = at } });
}

static const char *const texts[] = {
	"They will never tell you this https://news.example/a1",
	"They will never tell you\xe2\x80\x8b this https://news.example/a1",
	"Share before they delete \xe2\x80\xae\x65tirw\xe2\x80\xac https://news.example/a2",
	"Fact: \x1b]0;owned\x07 read the blog https://blog.example/p/9",
	"\xd0\x9f\xd1\x80\xd0\xb0\xd0\xb2\xd0\xb4\xd0\xb0 \xe5\xa5\xbd \xff\xc0\xaf end",
};

/* Members link the same five pages within seconds of each other, on five days. */
static void
put_waves(void)
{
	static const char *const pages[] = {
		"https://news.example/a1", "https://news.example/a2", "https://blog.example/p/9",
		"https://news.example/b7", "https://vid.example/w?v=81",
	};

	for (int wave = 0; wave < 5; wave++)
		for (int m = 0; m < MEMBERS; m++)
			put_post(m, 100 + wave * 10 + m, BEGIN + wave * 3 * DAY + m * 8000,
				 texts[(wave + m) % 5], pages[wave]);
	for (int day = 0; day < 4; day++)
		for (int f = 0; f < FANS; f++)
			put_post(MEMBERS + f, 200 + day * 10 + f,
				 BEGIN + (day * 7 + 1) * DAY + f * 40 * MINUTE,
				 "new single out now", "https://band.example/single");
	for (int i = 0; i < 45; i++)
		put_post(MEMBERS + FANS + i % 5, 300 + i, BEGIN + i * 19 * 60 * MINUTE,
			 i % 9 == 0 ? "great turnout today in the city" : "good morning",
			 i % 11 == 0 ? "https://news.example/a1" : NULL);
}

static void
put_rest(void)
{
	put_change(0, BEGIN - 400 * DAY, "bio", "soccer fan", "proud father.");
	put_change(0, BEGIN - 400 * DAY + MINUTE, "lang", "ru", "en");
	put_change(1, BEGIN - 400 * DAY + 3 * MINUTE, "lang", "ru", "en");
	put_change(1, BEGIN + 2 * DAY, "handle", "petrova_o", "olga795");
	put_change(9, BEGIN + 9 * DAY, "location", "Leeds", "York");
	put(&(struct record){ .type = RECORD_INDICATOR, .indicator = {
		.kind = INDICATOR_domain, .value = STR("news.example"), .raw = STR("news[.]example"),
		.tactic = STR("Distribute content"), .published = STR("2022-09-27"),
		.count = COUNT_UNKNOWN } });
	put(&(struct record){ .type = RECORD_INDICATOR, .indicator = {
		.kind = INDICATOR_account, .value = STR("ivan142"), .raw = STR("@ivan142"),
		.platform = STR("x"), .role = STR("persona"), .count = COUNT_UNKNOWN } });
}

static struct claque_evidence cluster_evidence[] = {
	{ .axis = CLAQUE_COORDINATION, .signal = "co-url", .unit = "edges", .observed = 15,
	  .expected = 0.02, .p = 3e-12, .n = 91, .log_odds = 6.2, .popularity = 11,
	  .surrogate = 0.35, .worlds = 20, .rows = { 1, 2, 3 }, .row_count = 3,
	  .text = "15 of 15 pairs link the same pages within 60 s; 0.02 expected" },
	{ .axis = CLAQUE_DECEPTION, .signal = "creation-burst", .unit = "accounts", .observed = 6,
	  .expected = 0.4, .p = 2e-6, .n = 14, .log_odds = 2.1,
	  .text = "all 6 accounts were created within 5 minutes" },
	{ .axis = CLAQUE_DECEPTION, .signal = "profile-wave", .unit = "accounts", .observed = 2,
	  .expected = 0.1, .p = 0.004, .n = 14, .log_odds = 1.1,
	  .text = "2 of 6 changed their language within 6 hours" },
	{ .axis = CLAQUE_OVERTNESS, .signal = "age", .unit = "accounts", .observed = 1,
	  .expected = 3, .p = 0.2, .n = 6, .log_odds = -0.6,
	  .text = "1 of 6 has posted for years before the first wave" },
};
static struct claque_evidence fan_evidence[] = {
	{ .axis = CLAQUE_COORDINATION, .signal = "co-url", .unit = "edges", .observed = 2,
	  .expected = 0.5, .p = 0.03, .n = 91, .log_odds = 1.4,
	  .text = "2 of 3 pairs link the same page within an hour" },
	{ .axis = CLAQUE_OVERTNESS, .signal = "self-declared", .unit = "accounts", .observed = 2,
	  .expected = 0.1, .p = 0.01, .n = 3, .log_odds = -2.3,
	  .text = "2 of 3 call themselves a fan club" },
};

static struct claque_innocent cluster_innocents[] = {
	{ .name = "syndication", .tests = "whether one feed explains the common posts", .score = 0.12,
	  .covered = 0.2, .n = 30, .text = "6 of 30 joint posts repeat one feed",
	  .unexplained = "80 % of the joint action" },
	{ .name = "tool", .tests = "whether one program sets the pace", .score = 0.04, .covered = 0.07,
	  .n = 6, .text = "all use one client", .unexplained = "creation-burst (+2.10)" },
	{ .name = "fandom", .tests = "whether they follow one star", .score = 0, .covered = 0,
	  .n = 30, .text = "no star", .unexplained = "everything" },
	{ .name = "activists", .tests = "whether a day of action brought them together", .score = 0,
	  .covered = 0, .n = 30, .text = "no such day", .unexplained = "everything" },
	{ .name = "friends", .tests = "whether they know each other",
	  .score = (double)NAN, .covered = (double)NAN, .text = "no replies", .unexplained = "everything" },
};

/* Of the first members, by number: who was first more often, and how far apart. */
static struct claque_edge cluster_edges[] = {
	{ .a = 0, .b = 1, .weight = 5, .pairs = 5, .expected = 0.004, .p = 2e-13, .q = 3e-11,
	  .log10_p = -12.7, .first_seen = BEGIN, .last_seen = BEGIN + 12 * DAY, .median_lag_s = 8,
	  .leader = 0, .timing_expected = 0.5, .timing_p = 0.001 },
	{ .a = 1, .b = 2, .weight = 4, .pairs = 4, .expected = 0.003, .p = 3e-12, .q = 4e-10,
	  .log10_p = -11.5, .first_seen = BEGIN, .last_seen = BEGIN + 12 * DAY,
	  .median_lag_s = 7300, .leader = CLAQUE_NO_LEADER, .timing_expected = 0.5,
	  .timing_p = 0.002 },
};

static void
put_result(struct store *s)
{
	uint8_t signals[] = { CLAQUE_SIGNAL_CO_URL, CLAQUE_SIGNAL_CO_URL };
	int64_t windows[] = { 60, CLAQUE_WINDOW_WHOLE };
	struct claque_member members[MEMBERS], fans[FANS];
	double scores[ACCOUNTS] = { 0 };
	int64_t ids[ACCOUNTS], run;
	struct claque_score_settings settings = claque_score_defaults();
	struct claque_err err = { 0 };
	struct claque_group groups[] = {
		{ .score = 0.97, .axes = { 0.98, 0.81, 0.12 }, .lead = true, .kind = "lead",
		  .first_seen = BEGIN, .last_seen = BEGIN + 12 * DAY, .shares = 30,
		  .members = members, .member_count = MEMBERS, .evidence = cluster_evidence,
		  .evidence_count = 4, .surrogate = 0.05, .worlds = 20, .common = 5, .leader = 0,
		  .median_lag_s = 20, .innocents = cluster_innocents, .innocent_count = 5,
		  .cells = { .count = 2, .modularity = 0.4, .expected = 0.11, .deviation = 0.05,
			     .p = 0.048 },
		  .platforms = { .accounts = MEMBERS, .platforms = 1 },
		  .disproof = "Disproved if it turns out that the common links come from one "
			"newsletter, widget or feed: the score is then 0.31 (co-url, +6.20, falls)." },
		{ .score = 0.21, .axes = { 0.44, 0.05, 0.86 }, .kind = "open coordination",
		  .first_seen = BEGIN + DAY, .last_seen = BEGIN + 22 * DAY, .shares = 12,
		  .members = fans, .member_count = FANS, .evidence = fan_evidence,
		  .evidence_count = 2 },
	};
	struct claque_result result = { .groups = groups, .group_count = 2,
					.account_scores = scores, .edges = cluster_edges,
					.edge_signals = signals, .edge_windows = windows,
					.edge_count = 2 };
	struct result_input in = { .result = &result, .settings = &settings, .account_ids = ids,
				   .account_count = ACCOUNTS, .started = BEGIN, .ended = BEGIN };

	for (int i = 0; i < ACCOUNTS; i++)
		ids[i] = i + 1;
	for (uint32_t i = 0; i < MEMBERS; i++) {
		members[i] = (struct claque_member){ .account = i, .score = 0.97 - 0.01 * i,
						     .role = CLAQUE_CORE, .degree = 5,
						     .stability = i < 4 ? 0.91 : 0.36,
						     .looks = 11, .firsts = i == 0 ? 0.8 : 0.1,
						     .median_lag_s = 8 * i, .cell = 1 + i / 3 };
		scores[i] = members[i].score;
	}
	for (uint32_t i = 0; i < FANS; i++) {
		fans[i] = (struct claque_member){ .account = MEMBERS + i, .score = 0.2,
						  .role = CLAQUE_AMPLIFIER, .degree = 2 };
		scores[MEMBERS + i] = 0.2;
	}
	assert_ok(result_save(s, &in, &run, &err), err);
}

void
small_case_make(void)
{
	struct claque_progress progress = { 0 };
	struct input_info info = { "world.csv", "00", "native-posts", 4096 };
	struct input_totals totals;
	struct store *s;
	struct claque_err err = { 0 };
	uint64_t skip;
	bool done;

	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	assert_ok(store_open(&s, CASE_NAME, STORE_CREATE, &err), err);
	assert_ok(writer_new(&writer, s, &progress, &err), err);
	assert_ok(writer_begin_input(writer, &info, &skip, &done, &err), err);
	for (int i = 0; i < ACCOUNTS; i++)
		put_account(i);
	put_waves();
	put_rest();
	assert_ok(writer_end_input(writer, &totals, &err), err);
	assert_ok(writer_finish(writer, &progress, &err), err);
	writer_free(writer);
	put_result(s);
	store_close(s);
}

static void
remove_case(const char *name)
{
	static const char *const beside[] = { "", "-wal", "-shm" };
	char path[4096];

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", name, beside[i]);
		(void)unlink(path);
	}
}

void
small_case_empty(const char *name)
{
	struct claque_err err = { 0 };
	struct store *s;

	remove_case(name);
	assert_ok(store_open(&s, name, STORE_CREATE, &err), err);
	store_close(s);
}

void
small_case_copy(const char *name)
{
	char block[4096];
	FILE *from, *to;
	size_t n;

	remove_case(name);
	from = fopen(CASE_NAME, "rb");
	to = fopen(name, "wb");

	assert_non_null(from);
	assert_non_null(to);
	while ((n = fread(block, 1, sizeof(block), from)) > 0)
		assert_int_equal(fwrite(block, 1, n, to), n);
	assert_int_equal(fclose(from), 0);
	assert_int_equal(fclose(to), 0);
}

void
small_case_add_events(const char *name)
{
	struct event list[] = {
		{ .at = INT64_C(1474923600000), .label = STR("first debate"),
		  .source = STR("https://example.org/debate"), .row = 2 },
		{ .at = INT64_C(1475872320000), .label = STR("leak published"), .row = 3 },
		{ .at = INT64_C(1476144000000), .whole_day = true, .row = 4,
		  .label = STR("registration\x1b[31m \xe2\x80\xae""deadline https://a.example/x") },
		{ .at = INT64_C(1476579600000), .label = STR("second debate"), .row = 5 },
		{ .at = INT64_C(1476583200000), .label = STR("answer to it"), .row = 6 },
	};
	const struct events events = { list, sizeof(list) / sizeof(list[0]) };
	struct claque_err err = { 0 };
	struct store *s;
	size_t added;

	assert_ok(store_open(&s, name, STORE_WRITE, &err), err);
	assert_ok(store_begin(s, &err), err);
	assert_ok(event_save(s, &events, STR("events.csv"), &added, &err), err);
	assert_ok(store_commit(s, &err), err);
	store_close(s);
	assert_int_equal(added, events.count);
}

void
small_case_colleague(const char *name)
{
	static const char lines[] =
"{\"annotations\":1,\"case\":\"hers\",\"ledger_entries\":4,\"ledger_hash\":\"00\"}\n"
"{\"about\":{\"account\":\"4021177301\",\"platform\":\"x\"},\"about_kind\":\"account\",\"at_ms\":"
"1795000000000,\"confidence\":\"high\",\"kind\":\"verdict\",\"name\":\"@ivan142\",\"text\":\"tour"
" dates of a band, seen on its page\",\"who\":\"bob\",\"word\":\"cleared\"}\n"
"{\"about\":{\"account\":\"4021177302\",\"platform\":\"x\"},\"about_kind\":\"account\",\"at_ms\":"
"1795000060000,\"kind\":\"verdict\",\"name\":\"@olga795\",\"text\":\"one hand\",\"who\":\"bob\","
"\"word\":\"confirmed\"}\n"
"{\"about\":{\"account\":\"4021177303\",\"platform\":\"x\"},\"about_kind\":\"account\",\"at_ms\":"
"1795000120000,\"colour\":\"red\",\"kind\":\"tag\",\"name\":\"@elena806\",\"text\":\"urgent\","
"\"who\":\"bob\"}\n"
"{\"about\":{\"account\":\"1\",\"platform\":\"x\"},\"about_kind\":\"account\",\"at_ms\":"
"1795000180000,\"kind\":\"pin\",\"name\":\"1\",\"who\":\"bob\"}\n";

	write_file(name, (struct claque_str){ lines, sizeof(lines) - 1 });
}

int64_t
small_case_number(const char *name, const char *sql)
{
	struct claque_err err = { 0 };
	struct store *s;
	int64_t n;

	assert_ok(store_open(&s, name, STORE_READ, &err), err);
	assert_ok(store_number(s, sql, -1, &n, &err), err);
	store_close(s);
	return n;
}

struct verify_report
small_case_verify(const char *name)
{
	const struct claque_progress quiet = { 0 };
	struct verify_report report;
	struct claque_err err = { 0 };
	struct store *s;

	assert_ok(store_open(&s, name, STORE_READ, &err), err);
	assert_ok(case_verify(s, STR(""), &quiet, &report, &err), err);
	store_close(s);
	return report;
}

void
small_case_remove(void)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			(void)unlink(entry->d_name);
	if (dir != NULL)
		(void)closedir(dir);
	(void)rmdir(folder);
}

int
small_case_set_up(void **state)
{
	(void)state;
	small_case_make();
	return 0;
}

int
small_case_tear_down(void **state)
{
	(void)state;
	small_case_remove();
	return 0;
}
