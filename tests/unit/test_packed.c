/* test_packed.c - packed files, broken ones, and folders of files. */
#include "config.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/rng.h"
#include "import/import.h"

#include "files.h"
#include "record_sink.h"

enum { ROWS = 20000 };

static char folder[] = "/tmp/claque-packed-XXXXXX";
static struct recording rec;
static struct import_totals totals;
static struct claque_err err;
static struct buf table;

static const char *
path_of(const char *name)
{
	static char path[200];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

/* A table that does not pack to nothing. */
static int
make_folder(void **state)
{
	struct rng rng = rng_seeded(1);

	(void)state;
	buf_init(&table, 4 << 20);
	buf_addz(&table, "object_id,account_id,content_id,timestamp_share\n");
	for (int i = 0; i < ROWS; i++)
		buf_addf(&table, "o%llx,a%d,c%d,%d\n", (unsigned long long)rng_next(&rng), i % 99,
			 i, i);
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int
remove_folder(void **state)
{
	(void)state;
	buf_done(&table);
	return rmdir(folder);
}

static void
add_entry(struct archive *a, unsigned type, const char *member, struct claque_str bytes)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, member);
	archive_entry_set_filetype(entry, type);
	if (type == AE_IFLNK)
		archive_entry_set_symlink(entry, "/etc/passwd");
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)bytes.len);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, bytes.p, bytes.len), bytes.len);
	archive_entry_free(entry);
}

static void
add_member(struct archive *a, const char *member, struct claque_str bytes)
{
	add_entry(a, AE_IFREG, member, bytes);
}

/* members: names, ended by NULL; each holds the table. */
static void
write_packed(const char *name, int filter, int format, const char *const *members)
{
	struct archive *a = archive_write_new();

	assert_int_equal(archive_write_add_filter(a, filter), ARCHIVE_OK);
	assert_int_equal(archive_write_set_format(a, format), ARCHIVE_OK);
	assert_int_equal(archive_write_open_filename(a, path_of(name)), ARCHIVE_OK);
	for (; *members != NULL; members++)
		add_member(a, *members, buf_str(&table));
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
}

static enum claque_rc
import_named(const char *name)
{
	struct import_options options = { 0 };
	struct claque_progress progress = { 0 };
	enum claque_rc rc;

	recording_start(&rec);
	rc = import_file(path_of(name), &options, &rec.sink, &progress, &totals, &err);
	buf_done(&rec.text);
	return rc;
}

static const struct {
	const char *name;
	int filter, format;
} packings[] = {
	{ "t.gz", ARCHIVE_FILTER_GZIP, ARCHIVE_FORMAT_RAW },
	{ "t.bz2", ARCHIVE_FILTER_BZIP2, ARCHIVE_FORMAT_RAW },
	{ "t.xz", ARCHIVE_FILTER_XZ, ARCHIVE_FORMAT_RAW },
	{ "t.zst", ARCHIVE_FILTER_ZSTD, ARCHIVE_FORMAT_RAW },
	{ "t.zip", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP },
};

enum { PACKINGS = sizeof(packings) / sizeof(packings[0]) };

static const char *const one_member[] = { "t.csv", NULL };

static void
packed_files_read_like_plain_ones(void **state)
{
	(void)state;
	for (size_t i = 0; i < PACKINGS; i++) {
		write_packed(packings[i].name, packings[i].filter, packings[i].format, one_member);
		assert_ok(import_named(packings[i].name), err);
		assert_int_equal(totals.rows, ROWS);
		assert_int_equal(totals.bytes, table.len);
		assert_int_equal(rec.put, ROWS);
		assert_int_equal(unlink(path_of(packings[i].name)), 0);
	}
}

static void
a_broken_off_file_keeps_the_rows_before(void **state)
{
	struct stat st;

	(void)state;
	for (size_t i = 0; i < PACKINGS; i++) {
		const char *path = path_of(packings[i].name);

		write_packed(packings[i].name, packings[i].filter, packings[i].format, one_member);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(truncate(path, st.st_size / 2), 0);
		if (import_named(packings[i].name) != CLAQUE_EIO)
			fail_msg("%s: not seen", packings[i].name);
		assert_non_null(strstr(err.msg, packings[i].name));
		assert_int_equal(rec.put, totals.rows);
		assert_true(totals.rows < ROWS);
		assert_int_equal(unlink(path_of(packings[i].name)), 0);
	}
}

static void
a_broken_gzip_says_how_far_it_got(void **state)
{
	struct stat st;

	(void)state;
	write_packed("t.gz", ARCHIVE_FILTER_GZIP, ARCHIVE_FORMAT_RAW, one_member);
	assert_int_equal(stat(path_of("t.gz"), &st), 0);
	assert_int_equal(truncate(path_of("t.gz"), st.st_size / 2), 0);
	assert_int_equal(import_named("t.gz"), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "broken off after"));
	assert_true(totals.rows > ROWS / 3);
	assert_int_equal(unlink(path_of("t.gz")), 0);
}

static void
a_zip_of_several_tables_names_them(void **state)
{
	static const char *const two[] = { "a.csv", "../../b.csv", "__MACOSX/._a.csv", NULL };
	static const char *const mac[] = { "__MACOSX/._a.csv", "a.csv", NULL };
	static const char *const none[] = { NULL };

	(void)state;
	write_packed("t.zip", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP, two);
	assert_int_equal(import_named("t.zip"), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "2 files in the archive (a.csv, ../../b.csv)"));
	write_packed("t.zip", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP, mac);
	assert_ok(import_named("t.zip"), err);
	assert_int_equal(rec.put, ROWS);
	write_packed("t.zip", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP, none);
	assert_int_equal(import_named("t.zip"), CLAQUE_EINPUT);
	assert_int_equal(unlink(path_of("t.zip")), 0);
}

/* Links and folders are no files, and a name that leads away is a name. */
static void
a_member_is_read_and_goes_nowhere(void **state)
{
	static const char *const names[] = { "../escaped.csv", "/tmp/claque-escaped.csv" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct archive *a = archive_write_new();

		assert_int_equal(archive_write_set_format(a, ARCHIVE_FORMAT_ZIP), ARCHIVE_OK);
		assert_int_equal(archive_write_open_filename(a, path_of("t.zip")), ARCHIVE_OK);
		add_entry(a, AE_IFLNK, "link.csv", STR(""));
		add_entry(a, AE_IFDIR, "../folder.csv/", STR(""));
		add_member(a, names[i], buf_str(&table));
		assert_int_equal(archive_write_free(a), ARCHIVE_OK);
		assert_ok(import_named("t.zip"), err);
		assert_int_equal(rec.put, ROWS);
	}
	assert_int_not_equal(access(path_of("../escaped.csv"), F_OK), 0);
	assert_int_not_equal(access(names[1], F_OK), 0);
	assert_int_equal(unlink(path_of("t.zip")), 0);
}

static struct claque_str
slurp(const char *name)
{
	static char room[8 << 10];
	FILE *f = fopen(path_of(name), "rb");
	size_t len;

	assert_non_null(f);
	len = fread(room, 1, sizeof(room), f);
	assert_int_equal(fclose(f), 0);
	return (struct claque_str){ room, len };
}

#define SMALL STR("object_id,account_id,content_id,timestamp_share\no,a,c,1\n")

static void
write_small(const char *name, int filter, int format, const char *member, struct claque_str bytes)
{
	struct archive *a = archive_write_new();

	assert_int_equal(archive_write_add_filter(a, filter), ARCHIVE_OK);
	assert_int_equal(archive_write_set_format(a, format), ARCHIVE_OK);
	assert_int_equal(archive_write_open_filename(a, path_of(name)), ARCHIVE_OK);
	add_member(a, member, bytes);
	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
}

/* Its member is called a device: no such thing is opened, or made, and what is said is that. */
static void
a_member_that_is_a_device_is_no_file(void **state)
{
	static const unsigned char modes[] = { 0x21, 0x61, 0xa1, 0xc1 };	/* of S_IFMT */

	(void)state;
	write_small("t.zip", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP, "/dev/sda", SMALL);
	for (size_t i = 0; i < sizeof(modes); i++) {
		struct claque_str bytes = slurp("t.zip");
		char *p = (char *)(uintptr_t)bytes.p;
		size_t seen = 0;

		for (size_t at = 0; at + 1 < bytes.len; at++)
			if ((unsigned char)p[at] == 0xa4 && ((unsigned char)p[at + 1] & 1) == 1) {
				p[at + 1] = (char)modes[i];	/* 0100644, in both headers */
				seen++;
			}
		assert_true(seen > 0);
		write_file(path_of("t.zip"), bytes);
		assert_int_equal(import_named("t.zip"), CLAQUE_EINPUT);
		assert_non_null(strstr(err.msg, "no file in the archive"));
	}
	assert_int_equal(unlink(path_of("t.zip")), 0);
}

/* Of a tar the head of the first member would be the name of the first column. */
static void
an_archive_in_a_file_is_named(void **state)
{
	const struct { const char *name, *inner; int filter, format; const char *says; } nests[] = {
		{ "t.tar", NULL, ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_TAR_USTAR, "a tar archive" },
		{ "t.tar.gz", NULL, ARCHIVE_FILTER_GZIP, ARCHIVE_FORMAT_TAR_USTAR, "a tar archive" },
		{ "t.tar", NULL, ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_TAR_GNUTAR, "a tar archive" },
		{ "in.zip", NULL, ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP, NULL },
		{ "t.zip", "in.zip", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP, "a zip archive" },
		{ "in.gz", NULL, ARCHIVE_FILTER_GZIP, ARCHIVE_FORMAT_RAW, NULL },
		{ "t.zip", "in.gz", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP, "a packed file (.gz)" },
		{ "t.gz", "in.gz", ARCHIVE_FILTER_GZIP, ARCHIVE_FORMAT_RAW, NULL },
		{ "t.7z", NULL, ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_7ZIP, "a 7z archive" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(nests) / sizeof(nests[0]); i++) {
		write_small(nests[i].name, nests[i].filter, nests[i].format, "t.csv",
			    nests[i].inner != NULL ? slurp(nests[i].inner) : SMALL);
		if (nests[i].says == NULL) {
			assert_ok(import_named(nests[i].name), err);
			assert_int_equal(rec.put, 1);
			continue;
		}
		assert_int_equal(import_named(nests[i].name), CLAQUE_EINPUT);
		assert_non_null(strstr(err.msg, nests[i].says));
		assert_non_null(strstr(err.msg, nests[i].name));
		assert_non_null(strstr(err.msg, "unpack it"));
	}
	for (size_t i = 0; i < sizeof(nests) / sizeof(nests[0]); i++)
		(void)unlink(path_of(nests[i].name));
}

/* A small file of blank lines without end, after one row. */
static void
what_unpacks_to_fill_a_disk_is_not_read_to_its_end(void **state)
{
	enum { BLOCK = 1 << 20, BLOCKS = 96 };
	static char blank[BLOCK];
	static const char row[] = "object_id,account_id,content_id,timestamp_share\no,a,c,1\n";
	struct archive *a = archive_write_new();

	(void)state;
	memset(blank, '\n', sizeof(blank));
	assert_int_equal(archive_write_add_filter_zstd(a), ARCHIVE_OK);
	assert_int_equal(archive_write_set_format_raw(a), ARCHIVE_OK);
	assert_int_equal(archive_write_open_filename(a, path_of("t.zst")), ARCHIVE_OK);
	add_member(a, "t", str_of(row));
	for (int i = 0; i < BLOCKS; i++)
		assert_int_equal(archive_write_data(a, blank, BLOCK), BLOCK);
	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
	assert_int_equal(import_named("t.zst"), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "t.zst: its first"));
	assert_non_null(strstr(err.msg, "as if to fill a disk"));
	assert_int_equal(rec.put, 1);
	assert_true(totals.bytes < (uint64_t)BLOCKS * BLOCK);
	assert_int_equal(unlink(path_of("t.zst")), 0);
}

static void
expand(const char *path, const char *expected, enum claque_rc want)
{
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct buf found;
	const char **files;
	size_t count;
	enum claque_rc rc = import_expand(path, &perm, &files, &count, &err);

	assert_int_equal(rc, want);
	buf_init(&found, 4000);
	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++) {
		assert_true(str_starts(str_of(files[i]), str_of(folder)));
		buf_addf(&found, "%s ", files[i] + strlen(folder));
	}
	buf_addc(&found, '\0');
	assert_string_equal(found.p, expected);
	buf_done(&found);
	arena_free(whole);
}

static void
a_folder_gives_its_tables_in_order(void **state)
{
	static const char *const names[] = { "b.csv", "a.tsv.xz", "note.txt", "c.ndjson.gz",
					     "posts.csv.gz", "accounts.csv" };

	(void)state;
	expand(folder, "", CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "no .csv, .tsv or .json"));
	assert_int_equal(mkdir(path_of("sub.csv"), 0700), 0);
	assert_int_equal(mkfifo(path_of("pipe.csv"), 0600), 0);
	assert_int_equal(symlink("nowhere.csv", path_of("gone.csv")), 0);
	for (size_t i = 0; i < 4; i++)
		write_file(path_of(names[i]), STR("x"));
	expand(folder, "/a.tsv.xz /b.csv /c.ndjson.gz ", CLAQUE_OK);
	for (size_t i = 4; i < 6; i++)
		write_file(path_of(names[i]), STR("x"));
	expand(folder, "/accounts.csv /posts.csv.gz ", CLAQUE_OK);
	expand(path_of("b.csv"), "/b.csv ", CLAQUE_OK);
	expand(path_of("missing.csv"), "/missing.csv ", CLAQUE_OK);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(unlink(path_of(names[i])), 0);
	assert_int_equal(unlink(path_of("gone.csv")), 0);
	assert_int_equal(unlink(path_of("pipe.csv")), 0);
	assert_int_equal(rmdir(path_of("sub.csv")), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packed_files_read_like_plain_ones),
		cmocka_unit_test(a_broken_off_file_keeps_the_rows_before),
		cmocka_unit_test(a_broken_gzip_says_how_far_it_got),
		cmocka_unit_test(a_zip_of_several_tables_names_them),
		cmocka_unit_test(a_member_is_read_and_goes_nowhere),
		cmocka_unit_test(a_member_that_is_a_device_is_no_file),
		cmocka_unit_test(an_archive_in_a_file_is_named),
		cmocka_unit_test(what_unpacks_to_fill_a_disk_is_not_read_to_its_end),
		cmocka_unit_test(a_folder_gives_its_tables_in_order),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
