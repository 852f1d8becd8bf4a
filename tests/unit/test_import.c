/* test_import.c - every format on files as they come, and on files that lie. */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import/import.h"

#include "files.h"
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

static const char *
path_of(const char *name)
{
	static char path[200];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static const char *
put_file(const char *name, struct claque_str bytes)
{
	const char *path = path_of(name);

	write_file(path, bytes);
	return path;
}

static enum claque_rc
import_with(const struct import_options *options, struct claque_str bytes)
{
	const char *path = put_file("in", bytes);
	size_t done = rec.done, refused = rec.refused;
	enum claque_rc rc = import_file(path, options, &rec.sink,
					&(struct claque_progress){ 0 }, &totals, &err);

	assert_int_equal(unlink(path), 0);
	if (rc == CLAQUE_OK)
		assert_int_equal(rec.done - done + options->skip, totals.rows);
	assert_int_equal(rec.refused - refused, totals.refused);
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
		"[media media key=ab12] extras={\"mentions\":\"@z\"}\n");
	assert_string_equal(totals.unknown_columns, "mentions");
}

static void
a_deletion_is_known_by_its_time_or_not_at_all(void **state)
{
	(void)state;
	assert_ok(import_text(
		"post_id,account_id,created_at,deleted_at\n"
		"p1,a1,1696000000,2023-10-01T00:00:00Z\n"
		"p2,a1,1696000000, \n"
		"p3,a1,1696000000,yes\n"), err);
	assert_records(
		"2 original id=p1 account=a1 at=1696000000000/1 deleted=1696118400000\n"
		"3 original id=p2 account=a1 at=1696000000000/1\n"
		"4 refused: deleted_at: 'yes' is not a time\n");
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

static void
native_kinds_become_acts(void **state)
{
	(void)state;
	assert_ok(import_text(
		"post_id,account_id,created_at,type,ref_post_id,ref_account_id\n"
		"1,a,2020-01-02T03:04:05.678Z,reply,9,z\n"
		"2,a,2020-01-02 03:04,QUOTE,9,\n"
		"3,a,2020-01-02,reply,,\n"
		"4,a,1577934245678,ad,9,z\n"
		"5,a,1577934245.678,,,\n"
		"6,a,1577934245,gossip,,\n"), err);
	assert_records(
		"2 reply id=1 account=a at=1577934245678/0 [reply post key=9 by=z]\n"
		"3 quote id=2 account=a at=1577934240000/2 [quote post key=9]\n"
		"4 reply id=3 account=a at=1577923200000/3\n"
		"5 ad id=4 account=a at=1577934245678/0\n"
		"6 original id=5 account=a at=1577934245678/0\n"
		"7 refused: type: 'gossip' is not original, reshare, reply, quote, ad or petition\n");
}

static void
native_rows_are_refused_with_the_reason(void **state)
{
	(void)state;
	assert_ok(import_text(
		"post_id,account_id,created_at,likes\n"
		",a,1577934245,\n"
		"1, ,1577934245,\n"
		"2,a,,\n"
		"3,a,yesterday,\n"
		"4,a,100,\n"
		"5,a,4133980800,\n"
		"6,a,4133980799,\n"
		"7,a,1577934245,many\n"
		"8,a,1577934245,-1\n"
		"9,a,1577934245,1.5\n"
		"10,a,nan,\n"
		"11,a,1577934245\n"
		"12,a,1577934245,1,2\n"), err);
	assert_records(
		"2 refused: post_id is empty\n"
		"3 refused: account_id is empty\n"
		"4 refused: created_at is empty\n"
		"5 refused: created_at: 'yesterday' is not a time\n"
		"6 refused: created_at: '100' is not between 1990 and 2100\n"
		"7 refused: created_at: '4133980800' is not between 1990 and 2100\n"
		"8 original id=6 account=a at=4133980799000/1\n"
		"9 refused: likes: 'many' is not a count\n"
		"10 refused: likes: '-1' is not a count\n"
		"11 refused: likes: '1.5' is not a count\n"
		"12 refused: created_at: 'nan' is not a time\n"
		"13 refused: 4 columns expected, 3 found\n"
		"14 refused: 4 columns expected, 5 found\n");
	assert_int_equal(totals.rows, 13);
	assert_int_equal(totals.refused, 12);
}

static void
missing_is_not_empty(void **state)
{
	(void)state;
	assert_ok(import_text(
		"account_id,handle,bio,avatar_hash,created_at,followers,verified,observed_at\n"
		"7,H,,,2019-05-06,12,1,1577934245\n"
		"8,,x,ff,,,,\n"
		"9,,,,,,perhaps,\n"), err);
	assert_records(
		"2 account id=7 handle=H bio='' hash='' created=1557100800000 "
		"observed=1577934245000 followers=12 verified=1\n"
		"3 account id=8 handle='' bio=x hash=ff\n"
		"4 refused: verified: 'perhaps' is not 0 or 1\n");
}

static void
changes_keep_both_values(void **state)
{
	(void)state;
	assert_ok(import_text("account_id,changed_at,field,old_value,new_value\r\n"
			      "a,1577934245,display_name,Tom,\r\n"
			      "a,1577934245,,Tom,Ann\r\n"), err);
	assert_records("2 change account=a field=display_name old=Tom new='' at=1577934245000\n"
		       "3 refused: field is empty\n");
}

static void
published_cells_are_told_by_what_they_are(void **state)
{
	(void)state;
	assert_ok(import_text(
		"Tactic ,Technique,Procedure,Indicator,Commernts\r\n"
		"0 Acquiring Assets,0.9 T,0.9.4 Acquiring X,https://twitter[.]com/Nick1,n1\r\n"
		"6,6.2 T,6.2.4 Amplifying,tiktok[.]com/@Wrong.Label,\r\n"
		"0,0.9 T,0.9.10.0 P,www[.]Example.co[.]za/,\r\n"
		"0,0.9 T,0.9.1,\"4,789 accounts\",\r\n"
		"7,7.2,7.2.3,About 1 400 people,\r\n"
		"7,7.2,7.2.3,\"About 1,400 accounts joined one or more\",\r\n"
		"0,0.9,0.9.2,3 Instagram accounts ,\r\n"
		",,,,\r\n"
		"5,5.1,5.1.1,Registering domains with fastdomains[.]com,\r\n"
		"6,6.3,6.3.1,#News,\r\n"
		"9,9.2,9.2.3,https://www.iol[.]co.za/a/?utm_source=b,\r\n"
		"0,0.2,0.2.2,Info[at]x[.]com,\r\n"
		"0,0.1,0.1.1,10[.]0[.]0[.]1,\r\n"
		"7,7.9,7.9.1,D41D8CD98F00B204E9800998ECF8427E,\r\n"
		"1,1.1 Copying,,,\r\n"
		"7,7.5,7.5.1,https://t.me/Chan/42,"), err);
	assert_records(
		"2 account value=nick1 raw=https://twitter[.]com/Nick1 platform=x "
		"tactic=0 Acquiring Assets technique=0.9 T procedure=0.9.4 role=persona note=n1\n"
		"3 account value=wrong.label raw=tiktok[.]com/@Wrong.Label platform=tiktok tactic=6 "
		"technique=6.2 T procedure=6.2.4 role=amplifier note=''\n"
		"4 domain value=example.co.za raw=www[.]Example.co[.]za/ tactic=0 technique=0.9 T "
		"procedure=0.9.10 role=persona note=''\n"
		"5 count value=4,789 accounts raw=4,789 accounts tactic=0 technique=0.9 T "
		"procedure=0.9.1 role=persona note='' count=4789\n"
		"6 text value=About 1 400 people raw=About 1 400 people tactic=7 technique=7.2 "
		"procedure=7.2.3 note=''\n"
		"7 count value=About 1,400 accounts joined one or more "
		"raw=About 1,400 accounts joined one or more tactic=7 technique=7.2 "
		"procedure=7.2.3 note='' count=1400\n"
		"8 count value=3 Instagram accounts raw=3 Instagram accounts tactic=0 "
		"technique=0.9 procedure=0.9.2 role=persona note='' count=3\n"
		"10 text value=Registering domains with fastdomains[.]com "
		"raw=Registering domains with fastdomains[.]com tactic=5 technique=5.1 "
		"procedure=5.1.1 note=''\n"
		"11 hashtag value=news raw=#News tactic=6 technique=6.3 procedure=6.3.1 note=''\n"
		"12 url value=https://iol.co.za/a raw=https://www.iol[.]co.za/a/?utm_source=b tactic=9 "
		"technique=9.2 procedure=9.2.3 note=''\n"
		"13 email value=info@x.com raw=Info[at]x[.]com tactic=0 technique=0.2 "
		"procedure=0.2.2 note=''\n"
		"14 ip value=10.0.0.1 raw=10[.]0[.]0[.]1 tactic=0 technique=0.1 procedure=0.1.1 "
		"note=''\n"
		"15 md5 value=d41d8cd98f00b204e9800998ecf8427e raw=D41D8CD98F00B204E9800998ECF8427E "
		"tactic=7 technique=7.9 procedure=7.9.1 note=''\n"
		"16 text value='' raw='' tactic=1 technique=1.1 Copying note=''\n"
		"17 post value=chan/42 raw=https://t.me/Chan/42 platform=telegram tactic=7 "
		"technique=7.5 procedure=7.5.1 note=''\n");
}

static void
flat_indicators_follow_the_publishers_type(void **state)
{
	(void)state;
	assert_ok(import_text(
		"indicator_type\tindicator_value\tcomment\tds\n"
		"domain_name\tWWW.Bild.pics\t\"odd\t2022-09-27\n"
		"telegram_url\thttps://t.me/Chan/42\t\t2022-09-27\n"
		"cib_url\thttps://name.livejournal.com/\tc\t\n"
		"android_package_name\tcom.Some.App\tc\t\n"
		"\tx\tc\t\n"), err);
	assert_records(
		"2 domain value=bild.pics raw=WWW.Bild.pics note=\"odd published=2022-09-27\n"
		"3 account value=chan raw=https://t.me/Chan/42 platform=telegram note='' "
		"published=2022-09-27\n"
		"4 url value=https://name.livejournal.com raw=https://name.livejournal.com/ note=c "
		"published=''\n"
		"5 android_package value=com.some.app raw=com.Some.App note=c published=''\n"
		"6 refused: indicator_type is empty\n");
}

static void
quotes_hold_line_ends_and_blank_rows_count(void **state)
{
	(void)state;
	assert_ok(import_text("\r\nobject_id,account_id,content_id,timestamp_share\r\n\r\n"
			      "\"o,\r\n\"\"1\"\"\",a,c,1\r\n\n,,,\r\no2,a,c,2"), err);
	assert_records(
		"4 reshare id=c account=a at=1000/1 accrue [reshare post key=o,\r\n\"1\"]\n"
		"7 reshare id=c account=a at=2000/1 accrue [reshare post key=o2]\n");
	assert_int_equal(totals.rows, 2);
}

static void
nul_bytes_are_bytes(void **state)
{
	static const char text[] = "object_id,account_id,content_id,timestamp_share\no\0x,a,c,1\n";

	(void)state;
	assert_ok(import_with(&(struct import_options){ 0 },
			      (struct claque_str){ text, sizeof(text) - 1 }), err);
	assert_non_null(memmem(rec.text.p, rec.text.len, "key=o\0x]", 8));
}

static void
a_quote_that_never_closes_is_seen(void **state)
{
	(void)state;
	assert_ok(import_text("object_id,account_id,content_id,timestamp_share\n"
			      "o,a,c,1\n\"o2,a,c,2\no3,a,c,3\n"), err);
	assert_records("2 reshare id=c account=a at=1000/1 accrue [reshare post key=o]\n"
		       "3 refused: a quote opens here and never closes: "
		       "the rest of the file is inside it\n");
}

/* A header, then a cell of that many bytes, then a good row. */
static void
import_giant(size_t bytes, const char *quote)
{
	struct buf b;

	buf_init(&b, 32 << 20);
	buf_addf(&b, "object_id,account_id,content_id,timestamp_share\n%s", quote);
	for (size_t i = 0; i < bytes / 16; i++)
		buf_addz(&b, "0123456789abcdef");
	buf_addf(&b, "%s,a,c,1\no2,a,c,2\n", quote);
	assert_ok(import_with(&(struct import_options){ 0 }, buf_str(&b)), err);
	buf_done(&b);
}

static void
a_giant_cell_costs_its_row_only(void **state)
{
	(void)state;
	import_giant(10 << 20, "");
	import_giant(10 << 20, "\"");
	assert_records(
		"2 refused: a cell is over 1 MiB\n"
		"3 reshare id=c account=a at=2000/1 accrue [reshare post key=o2]\n"
		"2 refused: a cell is over 1 MiB\n"
		"3 reshare id=c account=a at=2000/1 accrue [reshare post key=o2]\n");
}

static void
a_cell_of_one_mebibyte_is_the_longest(void **state)
{
	(void)state;
	import_giant(1 << 20, "\"");
	assert_int_equal(totals.refused, 0);
	import_giant((1 << 20) + 16, "\"");
	assert_int_equal(totals.refused, 1);
	assert_int_equal(totals.rows, 2);
}

static void
a_giant_row_costs_itself_only(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 32 << 20);
	buf_addz(&b, "object_id,account_id,content_id,timestamp_share\n");
	for (size_t i = 0; i < 600000; i++)
		buf_addz(&b, "12345678,");
	buf_addz(&b, "\no2,a,c,2\n");
	assert_ok(import_with(&(struct import_options){ 0 }, buf_str(&b)), err);
	buf_done(&b);
	assert_records("2 refused: the row is over 4 MiB\n"
		       "3 reshare id=c account=a at=2000/1 accrue [reshare post key=o2]\n");
}

static void
more_shares_than_anyone_makes_refuse_the_post(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_addz(&b, "post_id,account_id,created_at,hashtags\n1,a,1577934245,");
	for (int i = 0; i < 1001; i++)
		buf_addf(&b, "t%d ", i);
	buf_addz(&b, "\n");
	assert_ok(import_with(&(struct import_options){ 0 }, buf_str(&b)), err);
	buf_done(&b);
	assert_records("2 refused: it shares more than 1000 things\n");
}

#define assert_refused_file(text, part) do { \
	assert_int_equal(import_text(text), CLAQUE_EINPUT); \
	if (strstr(err.msg, part) == NULL) \
		fail_msg("'%s' does not say '%s'", err.msg, part); \
	assert_int_equal(rec.put, 0); \
} while (0)

static void
an_unknown_header_names_the_nearest_format(void **state)
{
	(void)state;
	assert_refused_file("object_id,account_id,x\n1,2,3\n",
			    "nearest is coortweet, which also needs content_id, timestamp_share");
	assert_refused_file("post_id,account_id,text,lang\n1,2,3,4\n",
			    "nearest is native-posts, which also needs created_at");
	assert_refused_file("account_id,network\n1,2\n",
			    "nearest is native-accounts, which also needs one or more of platform");
	assert_refused_file("Tactic,Technique,Procedure\n0,1,2\n",
			    "nearest is killchain, which also needs indicator");
	assert_refused_file("a,b\n1,2\n", "no known format");
	assert_refused_file("post_id;account_id\n1;2\n",
			    "nearest is native-posts, which also needs created_at");
	assert_refused_file("a\n", path_of("in"));
	assert_refused_file("\n\n", "no row");
	assert_refused_file("", "empty");
	assert_refused_file("post_id,account_id,created_at, POST_ID \n",
			    "columns 1 and 4 are both called 'POST_ID'");
	assert_refused_file("post_id\taccount_id\tcreated_at\n1\ta\t1577934245\n",
			    "save the table as CSV");
}

static void
utf16_is_refused_with_advice(void **state)
{
	static const char le[] = "\xff\xfep\0o\0s\0t\0", bare[] = "p\0o\0s\0t\0";

	(void)state;
	assert_int_equal(import_with(&(struct import_options){ 0 },
				     (struct claque_str){ le, sizeof(le) - 1 }), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "UTF-8"));
	assert_int_equal(import_with(&(struct import_options){ 0 },
				     (struct claque_str){ bare, sizeof(bare) - 1 }),
			 CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "UTF-16"));
}

static void
columns_can_be_told_by_hand(void **state)
{
	struct claque_str map[] = { STR("Nutzer=account_id"), STR("object=object_id"),
				    STR("content_id=content_id") };
	struct import_options options = { .map = map, .map_count = 3 };
	const char *text = "nutzer,object,content_id,timestamp_share,account_id\nu,o,c,1,z\n";

	(void)state;
	assert_ok(import_with(&options, str_of(text)), err);
	assert_records("2 reshare id=c account=u at=1000/1 accrue [reshare post key=o] "
		       "extras={\"account_id\":\"z\"}\n");
	assert_string_equal(totals.unknown_columns, "account_id");
	map[0] = STR("nobody=account_id");
	assert_int_equal(import_with(&options, str_of(text)), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "there is no column 'nobody'"));
	map[0] = STR("nutzer=nothing");
	assert_int_equal(import_with(&options, str_of(text)), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "no field 'nothing'"));
	map[0] = STR("nutzer");
	assert_int_equal(import_with(&options, str_of(text)), CLAQUE_EUSAGE);
}

static void
a_format_can_be_asked_for(void **state)
{
	struct import_options options = { .format = "native-accounts" };

	(void)state;
	assert_ok(import_with(&options, STR("account_id,network\na,1\n")), err);
	assert_records("2 account id=a extras={\"network\":\"1\"}\n");
	assert_string_equal(totals.unknown_columns, "network");
	options.format = "coortweet";
	assert_int_equal(import_with(&options, STR("account_id\na\n")), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "coortweet also needs object_id, content_id"));
	options.format = "excel";
	assert_int_equal(import_with(&options, STR("account_id\na\n")), CLAQUE_ENOTFOUND);
	assert_non_null(strstr(err.msg, "native-posts, native-accounts"));
}

static void
rows_already_done_are_not_put_again(void **state)
{
	struct import_options options = { .skip = 2 };

	(void)state;
	assert_ok(import_with(&options, STR("object_id,account_id,content_id,timestamp_share\n"
					    "o,a,c,1\n\n,bad,c,2\no3,a,c,3\n")), err);
	assert_records("5 reshare id=c account=a at=3000/1 accrue [reshare post key=o3]\n");
	assert_int_equal(totals.rows, 3);
	assert_int_equal(totals.refused, 0);
}

static void
what_the_sink_says_ends_the_import(void **state)
{
	struct import_options options = { 0 };
	const char *path = put_file("in", STR("object_id,account_id,content_id,"
						"timestamp_share\no,a,c,1\no,a,c,2\n"));

	(void)state;
	rec.answer = CLAQUE_ELIMIT;
	assert_int_equal(import_file(path, &options, &rec.sink, &(struct claque_progress){ 0 },
				     &totals, &err), CLAQUE_ELIMIT);
	assert_string_equal(err.msg, "the sink is full");
	assert_int_equal(rec.done, 0);
	assert_int_equal(unlink(path), 0);
}

static bool
say_no(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	uint64_t *seen = ctx;

	(void)stage;
	seen[0] = done;
	seen[1] = total;
	return false;
}

static void
a_cancelled_import_keeps_what_it_put(void **state)
{
	uint64_t seen[2];
	struct claque_progress progress = { seen, say_no };
	struct import_options options = { 0 };
	const char *text = "object_id,account_id,content_id,timestamp_share\no,a,c,1\n";
	const char *path = put_file("in", str_of(text));

	(void)state;
	assert_int_equal(import_file(path, &options, &rec.sink, &progress, &totals, &err),
			 CLAQUE_STOPPED);
	assert_int_equal(seen[0], strlen(text));
	assert_int_equal(seen[1], strlen(text));
	assert_int_equal(unlink(path), 0);
}

static void
what_is_no_file_is_refused(void **state)
{
	const struct import_format *format;
	struct import_options options = { 0 };
	const char *path = path_of("pipe");

	(void)state;
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(import_sniff(path, &options, &format, &err), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "FIFO"));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(import_sniff(path, &options, &format, &err), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "No such file"));
	assert_int_equal(import_sniff(folder, &options, &format, &err), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "folder"));
}

static void
sniffing_names_the_format(void **state)
{
	struct import_options options = { 0 };
	const struct import_format *format;
	const char *path = put_file("in", STR("account_id,changed_at,field\n"));

	(void)state;
	assert_ok(import_sniff(path, &options, &format, &err), err);
	assert_string_equal(format->name, "native-changes");
	assert_int_equal(unlink(path), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_prestate_setup_teardown(name, recording_set_up, \
	recording_tear_down, &rec)
		TEST(a_native_post_keeps_every_column),
		TEST(a_deletion_is_known_by_its_time_or_not_at_all),
		TEST(coortweet_objects_are_told_by_their_prefix_and_keep_it),
		TEST(the_toolkits_urls_stay_as_written_and_only_urls_are_shared),
		TEST(native_kinds_become_acts),
		TEST(native_rows_are_refused_with_the_reason),
		TEST(missing_is_not_empty),
		TEST(changes_keep_both_values),
		TEST(published_cells_are_told_by_what_they_are),
		TEST(flat_indicators_follow_the_publishers_type),
		TEST(quotes_hold_line_ends_and_blank_rows_count),
		TEST(nul_bytes_are_bytes),
		TEST(a_quote_that_never_closes_is_seen),
		TEST(a_giant_cell_costs_its_row_only),
		TEST(a_cell_of_one_mebibyte_is_the_longest),
		TEST(a_giant_row_costs_itself_only),
		TEST(more_shares_than_anyone_makes_refuse_the_post),
		TEST(an_unknown_header_names_the_nearest_format),
		TEST(utf16_is_refused_with_advice),
		TEST(columns_can_be_told_by_hand),
		TEST(a_format_can_be_asked_for),
		TEST(rows_already_done_are_not_put_again),
		TEST(what_the_sink_says_ends_the_import),
		TEST(a_cancelled_import_keeps_what_it_put),
		TEST(what_is_no_file_is_refused),
		TEST(sniffing_names_the_format),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
