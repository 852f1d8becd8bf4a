/* What published indicators are found in a case, how, and what is shown with them. */
#include "config.h"

#include <stdlib.h>

#include "feed.h"

#include "import/import.h"
#include "store/matching.h"
#include "store/stmt.h"

static const struct claque_progress silent = { NULL, NULL };

static struct record
indicator(enum indicator_kind kind, const char *value, const char *platform)
{
	struct record r = { .type = RECORD_INDICATOR };

	r.indicator = (struct indicator_record){ .kind = kind, .value = str_of(value),
		.raw = str_of(value), .platform = str_of(platform), .count = COUNT_UNKNOWN };
	return r;
}

static struct record
account(const char *platform, const char *id, const char *handle, const char *url)
{
	struct record r = { .type = RECORD_ACCOUNT };

	r.account = (struct account_record){ .platform = str_of(platform), .id = str_of(id),
		.handle = str_of(handle), .url = str_of(url), .created_at = CLAQUE_NO_TIME,
		.observed_at = CLAQUE_NO_TIME, .followers = COUNT_UNKNOWN,
		.following = COUNT_UNKNOWN, .posts_total = COUNT_UNKNOWN,
		.verified = COUNT_UNKNOWN };
	return r;
}

/* A post of account "a" on x that says `text` and shares one thing. */
static struct record
post(const char *id, const char *text, const struct share_record *share)
{
	struct record r = { .type = RECORD_POST };

	r.post = (struct post_record){ .platform = STR("x"), .id = str_of(id),
		.account_id = STR("a"), .text = str_of(text), .at = FEED_START,
		.likes = COUNT_UNKNOWN, .shares_count = COUNT_UNKNOWN, .replies = COUNT_UNKNOWN,
		.shares = share, .share_count = share != NULL };
	return r;
}

static struct share_record
shared(enum claque_object_kind kind, const char *key)
{
	return (struct share_record){ .kind = kind, .act = CLAQUE_ACT_link, .key = str_of(key) };
}

/* How the indicator of this value matches, all ways in order; "" if it does not. */
static void
assert_found(struct feed_bench *b, const char *value, const char *how)
{
	sqlite3_stmt *st = NULL;
	struct claque_err err = { 0 };
	char got[128];

	assert_ok(stmt_prepare(b->s, "SELECT coalesce(group_concat(how, '|'), '') FROM (SELECT"
			       " DISTINCT t.name AS how FROM indicator_match x JOIN indicator i"
			       " ON i.id = x.indicator JOIN match_hit h ON h.match = x.id JOIN term t"
			       " ON t.list = 'match_how' AND t.number = x.how WHERE i.value = ?1"
			       " ORDER BY x.how)", &st, &err), err);
	bind_str(st, 1, str_of(value));
	assert_ok(stmt_step(b->s, st, &err), err);
	(void)snprintf(got, sizeof(got), STR_FMT, STR_ARG(column_str(st, 0)));
	(void)sqlite3_finalize(st);
	assert_string_equal(got, how);
}

/* One indicator beside one post that shares this. */
static void
assert_shared_found(enum indicator_kind kind, const char *value, const char *platform,
		    enum claque_object_kind object, const char *key, const char *how)
{
	struct feed_bench b = feed_bench_open();
	struct share_record share = shared(object, key);
	struct record records[] = { indicator(kind, value, platform), post("p1", "", &share) };

	feed_records(&b, records, 2, true);
	assert_found(&b, value, how);
	feed_bench_drop(&b);
}

static void
a_domain_matches_itself_and_what_stands_under_it_only(void **state)
{
	(void)state;
	assert_shared_found(INDICATOR_domain, "spoof.example", "", CLAQUE_OBJECT_domain,
			    "spoof.example", "the same");
	assert_shared_found(INDICATOR_domain, "spoof.example", "", CLAQUE_OBJECT_domain,
			    "de.news.spoof.example", "subdomain");
	assert_shared_found(INDICATOR_domain, "news.spoof.example", "", CLAQUE_OBJECT_domain,
			    "spoof.example", "");
	assert_shared_found(INDICATOR_domain, "spoof.example", "", CLAQUE_OBJECT_domain,
			    "notspoof.other", "");
}

static void
a_url_never_stands_for_its_domain(void **state)
{
	(void)state;
	assert_shared_found(INDICATOR_url, "https://news.example/a", "", CLAQUE_OBJECT_domain,
			    "news.example", "");
	assert_shared_found(INDICATOR_url, "https://news.example/a", "", CLAQUE_OBJECT_url,
			    "https://news.example/a", "the same");
	assert_shared_found(INDICATOR_url, "https://news.example/a", "", CLAQUE_OBJECT_url,
			    "https://news.example/b", "");
}

static void
near_spellings_of_a_published_domain_are_near_and_not_equal(void **state)
{
	(void)state;
	assert_shared_found(INDICATOR_domain, "spiegel.ltd", "", CLAQUE_OBJECT_domain, "spiege1.ltd",
			    "near");
	assert_shared_found(INDICATOR_domain, "spiegel.ltd", "", CLAQUE_OBJECT_domain, "spiegel.pro",
			    "near");
	assert_shared_found(INDICATOR_domain, "washingtonpost.ltd", "", CLAQUE_OBJECT_domain,
			    "washingtnpost.ltd", "near");
	assert_shared_found(INDICATOR_domain, "washington-post.ltd", "", CLAQUE_OBJECT_domain,
			    "washingtonpost.ltd", "near");
	/* What one of a platform's blogs is called says nothing of the others. */
	assert_shared_found(INDICATOR_domain, "spoof.blogs.com", "", CLAQUE_OBJECT_domain,
			    "other.blogs.com", "");
	/* Too short to say, and too far away. */
	assert_shared_found(INDICATOR_domain, "abc.ltd", "", CLAQUE_OBJECT_domain, "abc.pro", "");
	assert_shared_found(INDICATOR_domain, "washingtonpost.ltd", "", CLAQUE_OBJECT_domain,
			    "wishingtinpust.ltd", "");
}

static void
a_domain_that_is_published_itself_is_near_to_no_other(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct share_record share = shared(CLAQUE_OBJECT_domain, "spiegel.pro");
	struct record records[] = { indicator(INDICATOR_domain, "spiegel.pro", ""),
		indicator(INDICATOR_domain, "spiegel.ltd", ""), post("p1", "", &share) };

	(void)state;
	feed_records(&b, records, 3, true);
	assert_found(&b, "spiegel.pro", "the same");
	assert_found(&b, "spiegel.ltd", "");
	feed_bench_drop(&b);
}

static void
hashtags_posts_and_pages_match_what_shares_them(void **state)
{
	(void)state;
	assert_shared_found(INDICATOR_hashtag, "stopit", "", CLAQUE_OBJECT_hashtag, "stopit",
			    "the same");
	assert_shared_found(INDICATOR_post, "123456789", "x", CLAQUE_OBJECT_post, "123456789",
			    "the same");
	assert_shared_found(INDICATOR_post, "chan/17", "telegram", CLAQUE_OBJECT_url,
			    "https://t.me/Chan/17", "the same");
	assert_shared_found(INDICATOR_account, "badguy", "x", CLAQUE_OBJECT_url,
			    "https://x.com/BadGuy", "linked");
	/* What half the world shares must not be found by the number of a kind. */
	assert_shared_found(INDICATOR_hashtag, "stopit", "", CLAQUE_OBJECT_domain, "stopit", "");
}

/* One indicator beside one account. */
static void
assert_account_found(const char *value, const char *platform, struct record who, const char *how)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = { indicator(INDICATOR_account, value, platform), who };

	feed_records(&b, records, 2, true);
	assert_found(&b, value, how);
	feed_bench_drop(&b);
}

static void
an_account_matches_by_handle_and_id_on_its_own_platform(void **state)
{
	(void)state;
	assert_account_found("badguy", "x", account("x", "17", "BadGuy", NULL), "the same");
	assert_account_found("badguy", "x", account("twitter", "17", "@badguy", NULL), "the same");
	assert_account_found("17", "x", account("x", "17", "other", NULL), "the same");
	assert_account_found("badguy", "", account("telegram", "17", "badguy", NULL), "the same");
	assert_account_found("goodguy", "x", account("x", "17", "badguy", NULL), "");
}

static void
a_handle_alone_on_another_platform_says_so(void **state)
{
	(void)state;
	assert_account_found("badguy", "x", account("telegram", "17", "badguy", NULL),
			     "elsewhere");
	assert_account_found("17", "x", account("telegram", "17", "badguy", NULL), "");
}

static void
a_handle_that_an_account_no_longer_has_is_found_as_former(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = { indicator(INDICATOR_account, "badguy", "x"),
		account("x", "17", "newname", NULL), { .type = RECORD_CHANGE } };

	(void)state;
	records[2].change = (struct change_record){ .platform = STR("x"), .account_id = STR("17"),
		.field = STR("handle"), .old_value = STR("BadGuy"), .new_value = STR("newname"),
		.at = FEED_START };
	feed_records(&b, records, 3, true);
	assert_found(&b, "badguy", "former");
	feed_bench_drop(&b);
}

static void
a_profile_that_links_to_a_published_domain_is_found(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = { indicator(INDICATOR_domain, "spoof.example", ""),
		account("x", "17", "who", "https://www.spoof.example/about") };

	(void)state;
	feed_records(&b, records, 2, true);
	assert_found(&b, "spoof.example", "in profile");
	feed_bench_drop(&b);
}

static void
assert_text_found(enum indicator_kind kind, const char *value, const char *text, const char *how)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = { indicator(kind, value, ""), post("p1", text, NULL) };

	feed_records(&b, records, 2, true);
	assert_found(&b, value, how);
	feed_bench_drop(&b);
}

static void
a_title_is_found_inside_a_text_however_it_is_written(void **state)
{
	static const char title[] = "Why the harbour can't wait any longer";

	(void)state;
	assert_text_found(INDICATOR_text, title, "READ: \xe2\x80\x9cWhy the  Harbour can\xe2\x80\x99t"
			  " wait any longer!\xe2\x80\x9d https://t.co/x", "in the text");
	assert_text_found(INDICATOR_text, title, "Why the harbour can't wait", "");
	assert_text_found(INDICATOR_text, title, "Why the harbour can't wait any longerish", "");
	/* Without blanks: ten ideographs in the middle of others. */
	assert_text_found(INDICATOR_text, "\xe7\x9c\x9f\xe7\x9b\xb8\xe5\xa4\xa7\xe7\x99\xbd\xe5\xa4"
			  "\xa9\xe4\xb8\x8b\xe4\xba\xba\xe9\x83\xbd",
			  "\xe5\x85\xb6\xe4\xb8\xad\xe7\x9c\x9f\xe7\x9b\xb8\xe5\xa4\xa7\xe7\x99\xbd\xe5"
			  "\xa4\xa9\xe4\xb8\x8b\xe4\xba\xba\xe9\x83\xbd\xe7\x9f\xa5", "in the text");
	/* What anybody says is no title. */
	assert_text_found(INDICATOR_text, "good morning", "good morning", "");
}

static void
an_address_is_found_in_a_text_and_a_count_never(void **state)
{
	(void)state;
	assert_text_found(INDICATOR_email, "mallory@evil.example",
			  "write to Mallory@Evil.example. Now", "in the text");
	assert_text_found(INDICATOR_email, "mallory@evil.example", "xmallory@evil.example", "");
	assert_text_found(INDICATOR_count, "4,789 accounts removed", "4,789 accounts removed", "");
}

static void
a_match_leads_to_who_and_what_it_hit(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct share_record share = shared(CLAQUE_OBJECT_domain, "de.spoof.example");
	struct record records[] = { indicator(INDICATOR_domain, "spoof.example", ""),
		post("p1", "", &share), post("p2", "", &share) };

	(void)state;
	feed_records(&b, records, 3, true);
	assert_int_equal(feed_rows(&b, LIST_MATCHES, SUBJECT_none, 0), 1);
	assert_int_equal(feed_rows(&b, LIST_ACCOUNTS, SUBJECT_match, 1), 1);
	assert_int_equal(feed_rows(&b, LIST_POSTS, SUBJECT_match, 1), 2);
	assert_int_equal(feed_rows(&b, LIST_SOURCES, SUBJECT_match, 1), 1);
	assert_int_equal(feed_rows(&b, LIST_POSTS, SUBJECT_indicator, 1), 2);
	assert_int_equal(feed_rows(&b, LIST_MATCHES, SUBJECT_account, 1), 1);
	feed_bench_drop(&b);
}

/* The figures of the first match, looked at from there. */
static void
assert_figures(struct feed_bench *b, struct subject on, const char *set, int64_t accounts,
	       int64_t clustered, int64_t acts, int64_t last_minute)
{
	struct list_query q = { .list = LIST_MATCHES, .subject = on, .lens = lens_open(), .sort = -1,
				.set = str_of(set) };
	struct arena whole = arena_new(1 << 20), perm = whole;
	const struct { const char *name; int64_t want; } cells[] = {
		{ "accounts", accounts }, { "cluster_accounts", clustered }, { "acts", acts },
		{ "last_seen", FEED_START + last_minute * 60000 },
	};
	struct claque_err err = { 0 };
	struct row *rows;
	size_t got;

	assert_ok(list_rows(b->s, &q, 0, 1, &perm, &rows, &got, &err), err);
	assert_int_equal(got, 1);
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		assert_int_equal(rows[0].values[list_column(LIST_MATCHES, str_of(cells[i].name))].i,
				 cells[i].want);
	assert_str(rows[0].values[list_column(LIST_MATCHES, STR("here"))].s, "spoof.example");
	arena_free(whole);
}

/* Five accounts share it in as many minutes, the last one twice; the run has two pairs. */
static void
matches_of_a_group_tell_what_the_group_did(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct share_record share = shared(CLAQUE_OBJECT_domain, "spoof.example");
	static const char *const accounts[] = { "a", "b", "c", "d", "e", "e" };
	static const char *const ids[] = { "p0", "p1", "p2", "p3", "p4", "p5" };
	struct record records[7] = { indicator(INDICATOR_domain, "spoof.example", "") };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		records[i + 1] = post(ids[i], "", &share);
		records[i + 1].post.account_id = str_of(accounts[i]);
		records[i + 1].post.at += (int64_t)i * 60000;
	}
	feed_records(&b, records, 7, true);
	(void)feed_run(b.s);
	assert_figures(&b, (struct subject){ SUBJECT_none, 0 }, "", 5, 4, 6, 5);
	assert_figures(&b, (struct subject){ SUBJECT_cluster, 1 }, "", 2, 2, 2, 1);
	assert_figures(&b, (struct subject){ SUBJECT_set, 0 }, "[4, 5]", 2, 1, 3, 5);
	feed_bench_drop(&b);
}

/* Why the n-th indicator can match nothing; "" if it can. */
static void
assert_hopeless(struct feed_bench *b, int64_t nth, const char *why)
{
	struct list_query q = { .list = LIST_INDICATORS, .lens = lens_open(), .sort = -1 };
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct claque_err err = { 0 };
	struct row *rows;
	size_t got;

	assert_ok(list_rows(b->s, &q, nth, 1, &perm, &rows, &got, &err), err);
	assert_int_equal(got, 1);
	assert_str(rows[0].values[list_column(LIST_INDICATORS, STR("hopeless"))].s, why);
	arena_free(whole);
}

static void
an_indicator_that_can_match_nothing_here_says_why(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = {
		account("twitter", "17", "somebody", NULL),
		indicator(INDICATOR_domain, "spoof.example", ""),
		indicator(INDICATOR_account, "badguy", "x"),
		indicator(INDICATOR_account, "badguy", "vk"),
		indicator(INDICATOR_post, "123", "vk"),
		indicator(INDICATOR_text, "good morning", ""),
		indicator(INDICATOR_text, "the truth about the burned bridges of yesterday", ""),
		indicator(INDICATOR_count, "4,789 accounts", ""),
		indicator(INDICATOR_md5, "900150983cd24fb0d6963f7d28e17f72", ""),
	};

	(void)state;
	feed_records(&b, records, sizeof(records) / sizeof(records[0]), true);
	assert_hopeless(&b, 0, "");
	assert_hopeless(&b, 1, "");
	assert_hopeless(&b, 2, "vk is not here");
	assert_hopeless(&b, 3, "vk is not here");
	assert_hopeless(&b, 4, "too general");
	assert_hopeless(&b, 5, "");
	assert_hopeless(&b, 6, "a mere number");
	assert_hopeless(&b, 7, "no kind of a case");
	feed_bench_drop(&b);
}

/* One bit, seven bits, and an address beside the picture of account 1. */
static void
a_profile_picture_leads_to_those_who_have_one_as_near(void **state)
{
	static const char *const hashes[] = { "00ff00ff00ff00ff", "00ff00ff00ff00fe",
		"00ff00ff00ff0080", "https://pbs.example/a.jpg", "00ff00ff00ff00ff" };
	static const char *const ids[] = { "1", "2", "3", "4", "5" };
	struct feed_bench b = feed_bench_open();
	struct record records[5];

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		records[i] = account("x", ids[i], ids[i], NULL);
		records[i].account.avatar_hash = str_of(hashes[i]);
	}
	feed_records(&b, records, 5, true);
	assert_int_equal(feed_rows(&b, LIST_ACCOUNTS, SUBJECT_portrait, 1), 3);
	assert_int_equal(feed_rows(&b, LIST_ACCOUNTS, SUBJECT_portrait, 2), 4);
	assert_int_equal(feed_rows(&b, LIST_ACCOUNTS, SUBJECT_portrait, 4), 1);
	feed_bench_drop(&b);
}

/* "caveat" of the first match. */
static void
assert_caveat(struct feed_bench *b, const char *begins)
{
	size_t count, got, at;
	const struct column *columns = list_columns(LIST_MATCHES, &count);
	struct list_query q = { .list = LIST_MATCHES, .lens = lens_open(), .sort = -1 };
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct claque_err err = { 0 };
	struct row *rows;

	at = column_find(columns, count, STR("caveat"));
	assert_ok(list_rows(b->s, &q, 0, 1, &perm, &rows, &got, &err), err);
	assert_int_equal(got, 1);
	assert_true(str_starts(rows[0].values[at].s, str_of(begins)));
	assert_true(str_find(rows[0].values[at].s, STR("without corroborating evidence"), 0) <
		    rows[0].values[at].s.len);
	arena_free(whole);
}

static void
every_match_carries_the_publishers_caveat_and_a_weak_one_its_own(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct record records[] = { indicator(INDICATOR_account, "badguy", "x"),
		account("telegram", "17", "badguy", NULL) };
	struct feed_bench c = feed_bench_open();
	struct record strong[] = { indicator(INDICATOR_account, "badguy", "x"),
		account("x", "17", "badguy", NULL) };

	(void)state;
	feed_records(&b, records, 2, true);
	assert_caveat(&b, "only the handle, and on another platform; the mere sharing");
	feed_records(&c, strong, 2, true);
	assert_caveat(&c, "the mere sharing of these operations' links");
	feed_bench_drop(&b);
	feed_bench_drop(&c);
}

static void
a_match_keeps_its_id_when_more_is_imported(void **state)
{
	struct feed_bench b = feed_bench_open();
	struct share_record share = shared(CLAQUE_OBJECT_domain, "b.example");
	struct share_record other = shared(CLAQUE_OBJECT_domain, "a.example");
	struct record first[] = { indicator(INDICATOR_domain, "a.example", ""),
		indicator(INDICATOR_domain, "b.example", ""), post("p1", "", &share) };
	struct record second[] = { post("p2", "", &other) };

	(void)state;
	feed_records(&b, first, 3, true);
	assert_int_equal(feed_number(b.s, "SELECT id FROM indicator_match WHERE indicator = 2"), 1);
	feed_records(&b, second, 1, true);
	assert_int_equal(feed_number(b.s, "SELECT id FROM indicator_match WHERE indicator = 2"), 1);
	assert_int_equal(feed_number(b.s, "SELECT count(*) FROM indicator_match"), 2);
	feed_bench_drop(&b);
}

/* Of the network of 4,789 accounts, Meta published 70 profiles on X. */
static void
assert_seventy(struct feed_bench *b)
{
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct claque_err err = { 0 };
	sqlite3_stmt *st = NULL;
	int64_t found = 0;

	assert_int_equal(feed_number(b->s, "SELECT count(*) FROM indicator WHERE kind = 1"), 70);
	assert_int_equal(feed_number(b->s, "SELECT count(DISTINCT value) FROM indicator"
				     " WHERE kind = 1 AND platform = 'x'"), 70);
	assert_ok(stmt_prepare(b->s, "SELECT raw, value, id FROM indicator WHERE kind = 1", &st,
			       &err), err);
	while (stmt_step(b->s, st, &err) == CLAQUE_OK) {
		struct subject subject = { 0 };
		struct row row;

		/* What a report calls it opens it, and it has a row to look at. */
		assert_ok(list_find_subject(b->s, SUBJECT_indicator, column_str(st, 1), &subject,
					    &err), err);
		assert_int_equal(subject.id, column_i64(st, 2, 0));
		assert_ok(list_row(b->s, LIST_INDICATORS, subject.id, &perm, &row, &err), err);
		found++;
	}
	assert_int_equal(found, 70);
	(void)sqlite3_finalize(st);
	arena_free(whole);
}

/* Bytes, or the file where there are none, straight into the case. */
static void
import_input(struct feed_bench *b, const char *path, struct claque_str bytes)
{
	struct import_options options = { 0 };
	struct import_totals seen;
	struct input_info input = { path, path, "test", 1 << 20 };
	struct input_totals totals;
	struct record_sink sink;
	struct claque_err err = { 0 };
	struct writer *w;
	uint64_t skip;
	bool done;

	assert_ok(writer_new(&w, b->s, &silent, &err), err);
	assert_ok(writer_begin_input(w, &input, &skip, &done, &err), err);
	sink = writer_sink(w);
	if (bytes.len > 0)
		assert_ok(import_bytes(bytes, path, &options, &sink, &seen, &err), err);
	else
		assert_ok(import_file(path, &options, &sink, &silent, &seen, &err), err);
	assert_ok(writer_end_input(w, &totals, &err), err);
	assert_ok(writer_finish(w, &silent, &err), err);
	writer_free(w);
}

static void
the_seventy_profiles_are_seventy_accounts_in_every_shape(void **state)
{
	static const char *const shapes[] = { "csv", "tsv" };
	const char *shared = getenv("CLAQUE_SHARED");
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct claque_err err = { 0 };
	sqlite3_stmt *st = NULL;
	struct feed_bench json;
	char path[512];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct feed_bench b;

		(void)snprintf(path, sizeof(path), "%s/data/threat-research/%s/Q3_2023/"
			       "Q3_2023_China-based_CIB_network_2.%s", shared != NULL ? shared : "",
			       shapes[i], shapes[i]);
		if (access(path, R_OK) != 0) {
			print_message("# %s is not there: set CLAQUE_SHARED\n", path);
			arena_free(whole);
			skip();
		}
		b = feed_bench_open();
		import_input(&b, path, STR(""));
		assert_seventy(&b);
		/* The number of accounts is a fact beside them, none of them. */
		assert_int_equal(feed_number(b.s, "SELECT count FROM indicator WHERE kind = 11"),
				 4789);
		assert_ok(stmt_prepare(b.s, "SELECT json_group_array(json_object('indicator_type',"
				       " 'cib_url', 'indicator_value', raw, 'comment', note, 'ds',"
				       " '2023-11-30')) FROM indicator WHERE kind = 1", &st, &err),
			  err);
		assert_ok(stmt_step(b.s, st, &err), err);
		json = feed_bench_open();
		import_input(&json, "in.json", str_dup(&perm, column_str(st, 0)));
		(void)sqlite3_finalize(st);
		assert_seventy(&json);
		feed_bench_drop(&json);
		feed_bench_drop(&b);
	}
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_domain_matches_itself_and_what_stands_under_it_only),
		cmocka_unit_test(a_url_never_stands_for_its_domain),
		cmocka_unit_test(near_spellings_of_a_published_domain_are_near_and_not_equal),
		cmocka_unit_test(a_domain_that_is_published_itself_is_near_to_no_other),
		cmocka_unit_test(hashtags_posts_and_pages_match_what_shares_them),
		cmocka_unit_test(an_account_matches_by_handle_and_id_on_its_own_platform),
		cmocka_unit_test(a_handle_alone_on_another_platform_says_so),
		cmocka_unit_test(a_handle_that_an_account_no_longer_has_is_found_as_former),
		cmocka_unit_test(a_profile_that_links_to_a_published_domain_is_found),
		cmocka_unit_test(a_title_is_found_inside_a_text_however_it_is_written),
		cmocka_unit_test(an_address_is_found_in_a_text_and_a_count_never),
		cmocka_unit_test(a_match_leads_to_who_and_what_it_hit),
		cmocka_unit_test(matches_of_a_group_tell_what_the_group_did),
		cmocka_unit_test(an_indicator_that_can_match_nothing_here_says_why),
		cmocka_unit_test(a_profile_picture_leads_to_those_who_have_one_as_near),
		cmocka_unit_test(every_match_carries_the_publishers_caveat_and_a_weak_one_its_own),
		cmocka_unit_test(a_match_keeps_its_id_when_more_is_imported),
		cmocka_unit_test(the_seventy_profiles_are_seventy_accounts_in_every_shape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
