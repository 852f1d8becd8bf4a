/* test_maps.c - mapping files: what they say is taken, what they get wrong is told. */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "import/import.h"
#include "files.h"
#include "record_sink.h"

static struct import_maps *maps;
static struct recording rec;
static struct import_totals totals;
static struct claque_err err;

static int
start(void **state)
{
	static const char *const folders[] = { NULL };

	(void)state;
	recording_start(&rec);
	return import_maps_read(folders, 1, &maps, &err) == CLAQUE_OK ? 0 : -1;
}

static int
stop(void **state)
{
	(void)state;
	buf_done(&rec.text);
	import_maps_free(maps);
	return 0;
}

static enum claque_rc
add(const char *text)
{
	const char *name;

	return import_maps_parse(maps, "my.map", str_of(text), &name, &err);
}

static enum claque_rc
import_text(const char *format, const char *text)
{
	struct import_options options = { .format = format, .maps = maps };

	return import_bytes(str_of(text), "in", &options, &rec.sink, &totals, &err);
}

#define assert_records(z) do { \
	buf_addc(&rec.text, '\0'); \
	assert_string_equal(rec.text.p, z); \
	buf_clear(&rec.text); \
} while (0)

#define HEAD "name mine\nhelp my posts\nshape table\nneed nr, who\n"
#define FACTS "post_id = nr\naccount_id = who\ncreated_at = at\n"

static void
a_mapping_says_which_column_is_what(void **state)
{
	(void)state;
	assert_ok(add("\xef\xbb\xbf# mine\r\n" HEAD "platform telegram\n\n" FACTS
		      "text=words\nurls = links : pipe\nhashtags = json > tags[].name\n"), err);
	assert_ok(import_text(NULL, "nr,who,at,words,links,json,mood\n"
		"7,a1,1696000000,hello,https://a.example/1|https://b.example/2,"
		"\"{\"\"tags\"\":[{\"\"name\"\":\"\"One\"\"}]}\",good\n"
		"8,,1696000000,,,,\n"), err);
	assert_records("2 original platform=telegram id=7 account=a1 at=1696000000000/1 text=hello "
		       "urls=https://a.example/1 https://b.example/2 "
		       "[link url key=https://a.example/1] [link domain key=a.example] "
		       "[link url key=https://b.example/2] [link domain key=b.example] "
		       "[tag hashtag key=one] extras={\"mood\":\"good\"}\n"
		       "3 refused: account_id is missing\n");
}

static void
semicolons_are_read_where_the_header_has_no_comma(void **state)
{
	(void)state;
	assert_ok(add(HEAD FACTS "text = words\n"), err);
	assert_ok(import_text(NULL, "nr;who;at;words\n7;a1;1696000000;\"a;b\"\n"
			      "8;a2;1696000001;c,d\n"), err);
	assert_records("2 original id=7 account=a1 at=1696000000000/1 text=a;b\n"
		       "3 original id=8 account=a2 at=1696000001000/1 text=c,d\n");
	assert_ok(import_text(NULL, "nr,who,at,\"words;2\"\n7,a1,1696000000,x\n"), err);
	assert_records("2 original id=7 account=a1 at=1696000000000/1 "
		       "extras={\"words;2\":\"x\"}\n");
}

static void
tabs_are_read_only_where_the_mapping_says_so(void **state)
{
	(void)state;
	assert_ok(add(HEAD FACTS), err);
	assert_int_equal(import_text(NULL, "nr\twho\tat\n7\ta1\t1696000000\n"), CLAQUE_EINPUT);
	assert_ok(add("name tabbed\nhelp x\nshape tsv\nneed nr, who\n" FACTS "text = words\n"), err);
	assert_ok(import_text(NULL, "nr\twho\tat\twords\n7\ta1\t1696000000\tsaid \"x\"\n"), err);
	assert_records("2 original id=7 account=a1 at=1696000000000/1 text=said \"x\"\n");
}

static void
json_goes_by_paths(void **state)
{
	(void)state;
	assert_ok(add("name js\nhelp x\nshape json\ntimes x\nneed meta.nr, by.id\n"
		      "post_id = meta.nr\naccount_id = by.id\nurls = links[].to\n"), err);
	assert_ok(import_text(NULL, "{\"meta\":{\"nr\":\"898925911294132224\"},\"by\":{\"id\":5},"
			      "\"links\":[{\"to\":\"https://a.example/1\"}],\"x\":1}\n"), err);
	assert_records("1 original id=898925911294132224 account=5 at=1503155613145/0 "
		       "urls=https://a.example/1 [link url key=https://a.example/1] "
		       "[link domain key=a.example]\n");
	assert_string_equal(totals.unknown_columns, "x");
}

static void
without_all_of_what_it_needs_a_mapping_is_no_candidate(void **state)
{
	(void)state;
	assert_ok(add("name mine\nhelp x\nshape table\nneed nr, who, mood\n" FACTS), err);
	assert_int_equal(import_text(NULL, "nr,who,at\n7,a1,1696000000\n"), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "nearest is mine, which also needs mood"));
	assert_ok(import_text("mine", "nr,who,at\n7,a1,1696000000\n"), err);
	assert_records("2 original id=7 account=a1 at=1696000000000/1\n");
	/* Nor does it take a file from the format that knows more of it. */
	assert_ok(add("name thief\nhelp x\nshape table\nneed post_id\npost_id = post_id\n"
		      "account_id = account_id\ntimes x\n"), err);
	assert_ok(import_text(NULL, "post_id,account_id,created_at\n1,a,1577934245\n"), err);
	assert_records("2 original id=1 account=a at=1577934245000/1\n");
}

static void
one_of_ones_own_goes_before_an_installed_one_of_the_name(void **state)
{
	(void)state;
	assert_ok(add(HEAD FACTS), err);
	assert_ok(add(HEAD FACTS "text = words\n"), err);
	assert_ok(import_text(NULL, "nr,who,at,words\n7,a1,1696000000,x\n"), err);
	assert_records("2 original id=7 account=a1 at=1696000000000/1 text=x\n");
}

static void
what_is_wrong_is_told_with_file_and_line(void **state)
{
	static const struct {
		const char *text, *told;
	} wrong[] = {
		{ "nmae mine\n", "my.map:1: 'nmae' is no word that a line begins with" },
		{ "\nname Mine\n", "my.map:2: 'Mine' is no name; write at most 40" },
		{ "name coortweet\n", "is the name of a format of claque's own; take another" },
		{ "name\n", "my.map:1: 'name': nothing stands behind it" },
		{ "shape csv\n", "my.map:1: shape 'csv': write table, tsv or json" },
		{ "platform My Forum\n", "my.map:1: platform 'My Forum': write one word" },
		{ "times reddit\n", "my.map:1: times 'reddit': write x, tiktok" },
		{ "links none\n", "my.map:1: links 'none': write text or facts" },
		{ "need a,,b\n", "my.map:1: need: nothing stands between two commas" },
		{ "post_id = nr\n", "my.map:1: a fact before the shape" },
		{ HEAD "post-id = nr\n", "my.map:5: 'post-id' is no fact; claque-formats(7)" },
		{ HEAD "post_id =\n", "my.map:5: post_id: no place after the =" },
		{ HEAD "urls = l : bars\n", "my.map:5: 'bars' is no way to write a fact" },
		{ HEAD FACTS "handle = who\n", "my.map:8: column 'who' is taken by a fact above" },
		{ HEAD "post_id = nr\ncreated_at = at\n", "my.map: no fact says whose a row is" },
		{ HEAD "post_id = nr\nhandle = who\n", "my.map: no fact says when" },
		{ "help x\nshape json\nneed a\n", "my.map: it has no line 'name'" },
		{ "name a\nshape json\nneed a\n", "my.map: it has no line 'help'" },
		{ "name a\nhelp x\nneed a\n", "my.map: it has no line 'shape'" },
		{ "name a\nhelp x\nshape json\nhandle = b\n", "my.map: it has no line 'need'" },
		{ "name a\nhelp x\nshape json\nhandle = b\nneed c[].d\n",
		  "my.map: need 'c[].d': a path that goes through a list" },
		{ "", "my.map: it has no line 'name'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(add(wrong[i].text), CLAQUE_EINPUT);
		if (strstr(err.msg, wrong[i].told) == NULL)
			fail_msg("'%s' is not in: %s", wrong[i].told, err.msg);
	}
	assert_null(import_maps_about(maps, 0));
}

static void
assert_wrong(struct claque_str text, const char *told)
{
	const char *name;

	assert_int_equal(import_maps_parse(maps, "my.map", text, &name, &err), CLAQUE_EINPUT);
	assert_string_equal(err.msg, told);
}

static void
a_mapping_has_its_limits(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	buf_addz(&text, "need p0");
	for (int i = 1; i < 17; i++)
		buf_addf(&text, ", p%d", i);
	assert_wrong(buf_str(&text), "my.map:1: need: at most 16 places; name those that tell the "
		     "format from others");
	buf_clear(&text);
	buf_addz(&text, HEAD);
	for (int i = 0; i < 65; i++)
		buf_addf(&text, "urls = column %d\n", i);
	assert_wrong(buf_str(&text), "my.map:69: more than 64 facts");
	assert_wrong(STR("name mine\nhelp a\0b\n"), "my.map:2: a NUL byte; this is no text");
	buf_clear(&text);
	while (text.len <= 65536)
		buf_addz(&text, "# a long story\n");
	assert_wrong(buf_str(&text), "my.map: over 65536 bytes; no mapping needs so many");
	assert_null(import_maps_about(maps, 0));
	buf_done(&text);
}

/* What stands in a cell is read as the mapping says; what cannot be is refused with its row. */
static void
a_kind_and_its_target_are_read_as_the_mapping_says(void **state)
{
	(void)state;
	assert_ok(add(HEAD FACTS "platform x\ntype = kind\nreshare_id = of : status\n"), err);
	assert_ok(import_text(NULL, "nr,who,at,kind,of\n"
		"1,a,1696000000,reshare,https://x.com/u/status/77?s=20\n"
		"2,a,1696000000,reshare,https://example.org/status\n"
		"3,a,1696000000,shouted,\n"), err);
	assert_records("2 reshare platform=x id=1 account=a at=1696000000000/1 "
		       "[reshare post key=77]\n"
		       "3 reshare platform=x id=2 account=a at=1696000000000/1\n"
		       "4 refused: type: 'shouted' is not original, reshare, reply, quote, ad or "
		       "petition\n");
}

static void
an_explanation_reads_the_first_rows_and_names_the_places(void **state)
{
	struct import_options options = { .maps = maps };
	struct import_explained what;
	char path[] = "/tmp/claque-maps-XXXXXX";
	int fd = mkstemp(path);
	FILE *f = fdopen(fd, "wb");

	(void)state;
	assert_ok(add(HEAD FACTS "urls = links : pipe\n"), err);
	assert_non_null(f);
	assert_true(fputs("NR;who;at;mood\n1;a;1696000000;x\n2;;1696000000;x\n3;a;1;x\n", f) > 0);
	assert_int_equal(fclose(f), 0);
	assert_ok(import_explain(path, &options, 2, &rec.sink, &what, &err), err);
	assert_int_equal(unlink(path), 0);
	assert_records("2 original id=1 account=a at=1696000000000/1 extras={\"mood\":\"x\"}\n"
		       "3 refused: account_id is missing\n");
	assert_string_equal(what.format->name, "mine");
	assert_int_equal(what.separator, ';');
	assert_int_equal(what.columns, 4);
	assert_string_equal(what.told[1], "who");
	assert_int_equal(what.place_count, 4);
	assert_string_equal(what.places[0].place, "NR");
	assert_string_equal(what.places[0].fact, "post_id");
	assert_true(what.places[0].found);
	assert_string_equal(what.places[3].how, "pipe");
	assert_false(what.places[3].found);
	assert_string_equal(what.totals.unknown_columns, "mood");
	assert_int_equal(what.totals.rows, 2);
	assert_int_equal(what.totals.refused, 1);
}

static void
a_folder_that_is_not_there_holds_none(void **state)
{
	const char *const folders[] = { NULL, "/nonexistent/formats" };
	struct import_maps *none;
	const char *name;

	(void)state;
	assert_ok(import_maps_read(folders, 2, &none, &err), err);
	assert_null(import_maps_about(none, 0));
	assert_int_equal(import_maps_add(none, "/nonexistent/a.map", &name, &err), CLAQUE_EIO);
	import_maps_free(none);
}

static void
a_broken_file_of_a_folder_is_left_out_and_told(void **state)
{
	char folder[] = "/tmp/claque-maps-XXXXXX", broken[128], good[128];
	const char *const folders[] = { folder };
	const char *name = NULL, *fault;
	struct import_maps *read = NULL;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(broken, sizeof(broken), "%s/a.map", folder);
	(void)snprintf(good, sizeof(good), "%s/b.map", folder);
	write_file(broken, STR("name broken\nshape pyramid\n"));
	write_file(good, STR(HEAD FACTS));
	assert_ok(import_maps_read(folders, 1, &read, &err), err);
	assert_string_equal(import_maps_about(read, 0)->name, "mine");
	assert_null(import_maps_about(read, 1));
	fault = import_maps_fault(read, 0);
	assert_non_null(fault);
	assert_non_null(strstr(fault, "/a.map:2: "));
	assert_null(import_maps_fault(read, 1));
	/* Named by the user, it ends the import. */
	assert_int_equal(import_maps_add(read, broken, &name, &err), CLAQUE_EINPUT);
	import_maps_free(read);
	(void)unlink(broken);
	(void)unlink(good);
	(void)rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_mapping_says_which_column_is_what, start, stop),
		cmocka_unit_test_setup_teardown(
			semicolons_are_read_where_the_header_has_no_comma, start, stop),
		cmocka_unit_test_setup_teardown(
			tabs_are_read_only_where_the_mapping_says_so, start, stop),
		cmocka_unit_test_setup_teardown(json_goes_by_paths, start, stop),
		cmocka_unit_test_setup_teardown(
			without_all_of_what_it_needs_a_mapping_is_no_candidate, start, stop),
		cmocka_unit_test_setup_teardown(
			one_of_ones_own_goes_before_an_installed_one_of_the_name, start, stop),
		cmocka_unit_test_setup_teardown(
			what_is_wrong_is_told_with_file_and_line, start, stop),
		cmocka_unit_test_setup_teardown(a_mapping_has_its_limits, start, stop),
		cmocka_unit_test_setup_teardown(
			a_kind_and_its_target_are_read_as_the_mapping_says, start, stop),
		cmocka_unit_test_setup_teardown(
			an_explanation_reads_the_first_rows_and_names_the_places, start, stop),
		cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_holds_none, start,
						stop),
		cmocka_unit_test(a_broken_file_of_a_folder_is_left_out_and_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
