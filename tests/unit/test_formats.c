/*
 * test_formats.c - every format that is read, by a sample of our own making
 * (tests/import/FORMAT.*) and what must come out of it (tests/golden/import/
 * FORMAT.txt, a line a record). A format without a sample fails; so does a mapping
 * file of share/formats. All of them are there whenever one is told.
 *
 * make update-goldens rewrites the golden files; the diff is then reviewed.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "import/import.h"
#include "files.h"
#include "record_sink.h"

enum { PATH_SIZE = 512, FILE_MAX = 1 << 20 };

static struct import_maps *maps;

/* Formats that have tests of their own, older than these samples. */
static const char *const elsewhere[] = {
	"native-posts", "native-accounts", "native-changes", "native-bundle", "coortweet",
	"toolkit", "indicators", "killchain",
};

static bool
is_elsewhere(const char *name)
{
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++)
		if (strcmp(name, elsewhere[i]) == 0)
			return true;
	return false;
}

static bool
read_file(const char *path, struct buf *out)
{
	FILE *f = fopen(path, "rb");
	char room[4096];
	size_t n;

	if (f == NULL)
		return false;
	buf_init(out, FILE_MAX);
	while ((n = fread(room, 1, sizeof(room), f)) > 0)
		buf_add(out, (struct claque_str){ room, n });
	assert_int_equal(fclose(f), 0);
	return true;
}

/* The sample, under any of the endings. */
static bool
find_sample(const char *name, char path[PATH_SIZE])
{
	static const char *const endings[] = { "csv", "tsv", "jsonl", "json", "md", "xml" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		FILE *f;

		(void)snprintf(path, PATH_SIZE, "%s/tests/import/%s.%s", getenv("srcdir"), name,
			       endings[i]);
		f = fopen(path, "rb");
		if (f != NULL) {
			assert_int_equal(fclose(f), 0);
			return true;
		}
	}
	return false;
}

static void
check_golden(const char *name, struct claque_str got)
{
	char path[PATH_SIZE];
	struct buf want;

	(void)snprintf(path, sizeof(path), "%s/tests/golden/import/%s.txt", getenv("srcdir"), name);
	if (getenv("UPDATE_GOLDENS") != NULL)
		write_file(path, got);
	if (!read_file(path, &want))
		fail_msg("%s is missing", path);
	if (!str_eq(got, buf_str(&want)))
		fail_msg("%s differs:\n" STR_FMT, path, STR_ARG(got));
	buf_done(&want);
}

/* Sniffed by content, it must be the format of its name. */
static void
check_format(const char *name)
{
	struct import_options options = { .maps = maps };
	const struct import_format *told;
	struct import_totals totals;
	struct recording rec;
	struct claque_err err = { 0 };
	char path[PATH_SIZE];

	if (!find_sample(name, path))
		fail_msg("there is no sample of %s in tests/import", name);
	if (import_sniff(path, &options, &told, &err) != CLAQUE_OK)
		fail_msg("%s: %s", path, err.msg);
	assert_string_equal(told->name, name);
	recording_start(&rec);
	if (import_file(path, &options, &rec.sink, &(struct claque_progress){ 0 }, &totals, &err) !=
	    CLAQUE_OK)
		fail_msg("%s: %s", path, err.msg);
	buf_addf(&rec.text, "not taken: %s\n", totals.unknown_columns);
	check_golden(name, buf_str(&rec.text));
	buf_done(&rec.text);
}

static void
every_format_has_a_sample_that_comes_out_right(void **state)
{
	size_t count;
	const struct import_format *formats = import_formats(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		if (!is_elsewhere(formats[i].name))
			check_format(formats[i].name);
}

static void
so_has_every_mapping_file_that_is_installed(void **state)
{
	const struct import_format *about;
	size_t count = 0;

	(void)state;
	while ((about = import_maps_about(maps, count)) != NULL) {
		check_format(about->name);
		count++;
	}
	assert_true(count > 0);
}

static int
read_maps(void **state)
{
	char path[PATH_SIZE];
	const char *folder = path;
	struct claque_err err;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/share/formats", getenv("srcdir"));
	if (import_maps_read(&folder, 1, &maps, &err) == CLAQUE_OK)
		return 0;
	print_error("%s\n", err.msg);
	return -1;
}

static int
free_maps(void **state)
{
	(void)state;
	import_maps_free(maps);
	return 0;
}

/* A change of a handle is told by two operations; the first of them may be in already. */
static void
an_item_knows_the_one_before_it_after_a_break_too(void **state)
{
#define OPERATION(handle, day) "{\"did\":\"did:plc:a\",\"cid\":\"c\",\"nullified\":false," \
	"\"operation\":{\"type\":\"plc_operation\",\"prev\":\"b\",\"alsoKnownAs\":" \
	"[\"at://" handle "\"]},\"createdAt\":\"2024-01-0" day "T00:00:00Z\"}\n"
	struct import_options options = { .skip = 2 };
	struct import_totals totals;
	struct recording rec;
	struct claque_err err = { 0 };

	(void)state;
	recording_start(&rec);
	assert_int_equal(import_bytes(STR(OPERATION("a", "1") OPERATION("b", "2")
					  OPERATION("c", "3")), "log", &options, &rec.sink, &totals,
				      &err), CLAQUE_OK);
	buf_addc(&rec.text, '\0');
	assert_string_equal(rec.text.p, "3 account platform=bluesky id=did:plc:a handle=c "
			    "observed=1704240000000\n3 change platform=bluesky account=did:plc:a "
			    "field=handle old=b new=c at=1704240000000\n");
	buf_done(&rec.text);
#undef OPERATION
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_has_a_sample_that_comes_out_right),
		cmocka_unit_test(an_item_knows_the_one_before_it_after_a_break_too),
		cmocka_unit_test(so_has_every_mapping_file_that_is_installed),
	};

	return cmocka_run_group_tests(tests, read_maps, free_maps);
}
