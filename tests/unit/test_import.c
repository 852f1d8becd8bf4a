/* test_import.c - every format on files as they come, and on files that lie. */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import/import.h"

#include "record_sink.h"

static char folder[] = "/tmp/claque-import-XXXXXX";
static struct recording rec;
static struct import_totals totals;
static struct claque_err err;

static int
make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int
remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

static int
start(void **state)
{
	(void)state;
	recording_start(&rec);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	buf_done(&rec.text);
	return 0;
}

static const char *
path_of(const char *name)
{
	static char path[200];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static const char *
write_file(const char *name, struct claque_str bytes)
{
	const char *path = path_of(name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes.p, 1, bytes.len, f), bytes.len);
	assert_int_equal(fclose(f), 0);
	return path;
}

static enum claque_rc
import_with(const struct import_options *options, struct claque_str bytes)
{
	const char *path = write_file("in", bytes);
	enum claque_rc rc = import_file(path, options, &rec.sink,
					&(struct claque_progress){ 0 }, &totals, &err);

	assert_int_equal(unlink(path), 0);
	assert_int_equal(rec.done + options->skip, totals.rows);
	assert_int_equal(rec.refused, totals.refused);
	return rc;
}

static enum claque_rc
import_text(const char *text)
{
	return import_with(&(struct import_options){ 0 }, str_of(text));
}

#define assert_records(z) do { \
	buf_addc(&rec.text, '\0'); \
	assert_string_equal(rec.text.p, z); \
} while (0)

static void
a_native_post_keeps_every_column(void **state)
{
	(void)state;
	assert_ok(import_text(
		"platform,post_id,account_id,created_at,type,text,ref_post_id,ref_account_id,urls,"
		"hashtags,mentions,media_hash,lang,likes,shares,replies,client\n"
		"x,p1,a1,1696000000,reshare,\"hello, \"\"you\"\"\",p0,a0,"
		"http://www.Example.org/a?utm_source=x https://x.com/u/status/77 "
		"https://example.org/b,#One one two,@z,AB12,en,3,4.0,,web\n"), err);
	assert_records(
		"2 reshare platform=x id=p1 account=a1 at=1696000000000/1 text=hello, \"you\" "
		"lang=en client=web urls=http://www.Example.org/a?utm_source=x "
		"https://x.com/u/status/77 https://example.org/b likes=3 shares=4 "
		"[reshare post key=p0 by=a0] [link url key=https://example.org/a] "
		"[link domain key=example.org] [link post key=77] "
		"[link url key=https://example.org/b] [tag hashtag key=one] [tag hashtag key=two] "
		"[media media key=ab12]\n");
}

static void
coortweet_objects_are_told_by_their_prefix_and_keep_it(void **state)
{
	(void)state;
	assert_ok(import_text("object_id,account_id,content_id,timestamp_share\n"
			      "o1,a1,c1,1632328715\n"
			      "url_http://a.b,a1,c1,2021-09-22 16:38:35\n"
			      "hashtag_x,a2,c2,0\n"
			      "hash_9f,a2,c3,5\n"
			      "domain_a.b,a2,c4,-7\n"
			      ",a2,c5,7\n"), err);
	assert_records(
		"2 reshare id=c1 account=a1 at=1632328715000/1 accrue [reshare post key=o1]\n"
		"3 original id=c1 account=a1 at=1632328715000/1 accrue "
		"[link url key=url_http://a.b]\n"
		"4 original id=c2 account=a2 at=0/1 accrue [tag hashtag key=hashtag_x]\n"
		"5 original id=c3 account=a2 at=5000/1 accrue [media media key=hash_9f]\n"
		"6 original id=c4 account=a2 at=-7000/1 accrue [link domain key=domain_a.b]\n"
		"7 refused: object_id is empty\n");
	assert_int_equal(totals.rows, 6);
	assert_int_equal(totals.refused, 1);
}

static void
the_toolkits_urls_stay_as_written_and_only_urls_are_shared(void **state)
{
	(void)state;
	assert_ok(import_text(
		"\xef\xbb\xbfmessage_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n"
		"1,u1,one,,,hi,0,\n"
		"2,u2,two,,9,http,1.5,http://x.example/1 junk\n"
		"3,u3,,8,9,RT,2,http://x.example/1\n"
		"4,u4,f,,,list,3,\"['http://a.example/2', 'http://a.example/3']\"\n"), err);
	assert_records(
		"2 original id=1 account=u1 handle=one at=0/1 text=hi urls=''\n"
		"3 reply id=2 account=u2 handle=two at=1500/0 text=http "
		"urls=http://x.example/1 junk [reply post key=9] "
		"[link url key=https://x.example/1] [link domain key=x.example]\n"
		"4 reshare id=3 account=u3 at=2000/1 text=RT urls=http://x.example/1 "
		"[reshare post key=8]\n"
		"5 original id=4 account=u4 handle=f at=3000/1 text=list "
		"urls=['http://a.example/2', 'http://a.example/3'] "
		"[link url key=https://a.example/2] [link domain key=a.example] "
		"[link url key=https://a.example/3]\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
		TEST(a_native_post_keeps_every_column),
		TEST(coortweet_objects_are_told_by_their_prefix_and_keep_it),
		TEST(the_toolkits_urls_stay_as_written_and_only_urls_are_shared),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
