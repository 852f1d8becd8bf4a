/* test_image_folder.c - what each picture of a folder is said to be of, and by what. */
#include "config.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/sha256.h"
#include "import/image_folder.h"

#include "files.h"

enum { ROOM = 64 << 20, MADE_MAX = 32 };

struct made {
	char folder[32];
	struct arena whole, perm;
	const char *paths[MADE_MAX];	/* in the order in which they go */
	size_t count;
};

static struct made made;
static const struct claque_progress quiet;

static int
setup(void **state)
{
	(void)state;
	made.whole = made.perm = arena_new(ROOM);
	made.count = 0;
	(void)snprintf(made.folder, sizeof(made.folder), "/tmp/claque-folder-XXXXXX");
	return mkdtemp(made.folder) == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	while (made.count > 0)
		(void)remove(made.paths[--made.count]);
	arena_free(made.whole);
	return rmdir(made.folder);
}

static const char *
path_of(const char *name)
{
	const char *path = str_fmt(&made.perm, "%s/%s", made.folder, name).p;

	assert_true(made.count < MADE_MAX);
	made.paths[made.count++] = path;
	return path;
}

static void
put_file(const char *name, const char *text)
{
	write_file(path_of(name), str_of(text));
}

static void
put_folder(const char *name)
{
	assert_int_equal(mkdir(path_of(name), 0700), 0);
}

static struct image_folder
read_folder(void)
{
	struct image_folder out;
	struct claque_err err;

	assert_ok(image_folder_read(made.folder, &made.perm, &out, &err), err);
	return out;
}

/* All claims of the one picture, a line: "post x/123 media, account ..." */
static struct claque_str
claims_of(const struct image_file *file)
{
	struct claque_str out = STR("");

	for (size_t i = 0; i < file->claim_count; i++) {
		const struct image_claim *c = &file->claims[i];

		out = str_fmt(&made.perm, STR_FMT "%s%s " STR_FMT "%s" STR_FMT "%s", STR_ARG(out),
			      i > 0 ? ", " : "", c->of_post ? "post" : "account",
			      STR_ARG(c->platform), c->platform.len > 0 ? ":" : "", STR_ARG(c->id),
			      c->of_post == (c->role == IMAGE_AVATAR) ? " (avatar)" : "");
	}
	return out;
}

static void
names_are_read_as_archives_have_them(void **state)
{
	static const struct {
		const char *name, *claims;
	} cases[] = {
		{ "1234567890-AbCd.jpg", "post 1234567890, post 1234567890-AbCd, "
		  "account 1234567890-AbCd" },
		{ "1234567890_2.png", "post 1234567890, post 1234567890_2, account 1234567890_2" },
		{ "X_77.jpg", "account x:77, post x:77, account X_77" },
		{ "some.handle.webp", "post some.handle, account some.handle" },
		{ "telegram_12-1.jpg", "post telegram:12, account telegram:12-1, "
		  "post telegram:12-1, account telegram_12-1" },
	};
	struct image_folder f;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		put_file(cases[i].name, "");
	f = read_folder();
	assert_int_equal(f.count, sizeof(cases) / sizeof(cases[0]));
	for (size_t i = 0; i < f.count; i++) {
		assert_string_equal(f.files[i].path, cases[i].name);
		assert_str(claims_of(&f.files[i]), cases[i].claims);
		assert_true(f.files[i].guessed);
	}
}

static void
a_few_digits_alone_are_no_id(void **state)
{
	(void)state;
	assert_true(image_id_is_short("a/1234-1.jpg"));
	assert_true(image_id_is_short("7_2.png"));
	assert_false(image_id_is_short("12345-1.jpg"));
	assert_false(image_id_is_short("x_12-1.jpg"));
	assert_false(image_id_is_short("1234.jpg"));	/* is looked for as it stands */
	assert_false(image_id_is_short("anna.jpg"));
}

static void
a_table_by_hand_says_whose_each_picture_is(void **state)
{
	struct image_folder f;

	(void)state;
	put_file("a.jpg", "");
	put_file("b.jpg", "");
	put_folder("in");
	put_file("in/c.jpg", "");
	put_file("notes.txt", "");
	put_file("pictures.csv", "\xef\xbb\xbfRole,file,post_id,platform,account_id\r\n"
		 "avatar,a.jpg,55,X,\r\nmedia,\"b.jpg\",66,,\r\n,b.jpg,67,,\r\n\r\n,in/c.jpg,,,anna\r\n"
		 ",gone.jpg,1,,\r\n");
	f = read_folder();
	assert_int_equal(f.count, 3);
	assert_str(claims_of(&f.files[0]), "post x:55 (avatar)");
	assert_str(claims_of(&f.files[1]), "post 66, post 67");
	assert_str(claims_of(&f.files[2]), "account anna");
	assert_false(f.files[2].guessed);
	assert_int_equal(f.others, 1);
	assert_int_equal(f.absent, 1);
	assert_string_equal(f.first_absent, "gone.jpg");
}

static void
a_row_that_cannot_be_meant_stops_it_with_its_number(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "picture,post_id\n", "must name the columns file" },
		{ "file,post_id,role\na.jpg,1,\na.jpg,,\n", "row 3: it has neither" },
		{ "file,post_id,role\na.jpg,1,banner\n", "row 2: its role is neither" },
		{ "file,account_id,role\na.jpg,1,media\n", "row 2: a picture of role media" },
	};
	struct image_folder f;
	struct claque_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		put_file("pictures.csv", cases[i].text);
		assert_int_equal(image_folder_read(made.folder, &made.perm, &f, &err),
				 CLAQUE_EINPUT);
		if (strstr(err.msg, cases[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", err.msg, cases[i].says);
	}
}

static void
what_4cat_and_telegram_write_beside_their_pictures_is_read(void **state)
{
	struct image_folder f;

	(void)state;
	put_folder("4cat");
	put_file("4cat/one.jpg", "");
	put_file("4cat/.metadata.json", "{\"https://a.example/one.jpg?x\": {\"filename\": \"one.jpg\","
		 "\"success\": true, \"from_dataset\": \"k\", \"post_ids\": [\"12\", 13]},"
		 "\"https://a.example/two.jpg\": {\"filename\": null, \"success\": false,"
		 "\"post_ids\": [\"14\"]}}");
	put_folder("tg");
	put_folder("tg/photos");
	put_file("tg/photos/photo_1@01-02-2024.jpg", "");
	put_file("tg/result.json", "{\"id\": 99, \"type\": \"public_channel\", \"messages\": [{\"id\": 5,"
		 "\"photo\": \"photos/photo_1@01-02-2024.jpg\"}, {\"id\": 6, \"photo\":"
		 "\"(File not included. Change data exporting settings to download.)\"}]}");
	f = read_folder();
	assert_int_equal(f.count, 2);
	assert_str(claims_of(&f.files[0]), "post 12, post 13");
	assert_str(claims_of(&f.files[1]), "post telegram:99/5");
	assert_int_equal(f.absent, 1);
}

static void
what_a_hand_wrote_goes_before_what_a_program_did(void **state)
{
	struct image_folder f;

	(void)state;
	put_file("one.jpg", "");
	put_file(".metadata.json", "{\"u\": {\"filename\": \"one.jpg\", \"post_ids\": [\"12\"]}}");
	put_file("pictures.csv", "file,account_id\none.jpg,7\n");
	f = read_folder();
	assert_str(claims_of(&f.files[0]), "account 7");
}

/* --- the tree */

static void
a_tree_is_listed_by_its_bytes_and_links_are_not_followed(void **state)
{
	struct tree_file *files;
	struct claque_err err;
	size_t count;

	(void)state;
	put_folder("b");
	put_file("b/2", "");
	put_file("b-", "");
	put_file("a", "");
	assert_int_equal(symlink("..", path_of("b/up")), 0);
	assert_int_equal(symlink("loop", path_of("loop")), 0);
	assert_ok(tree_list(made.folder, &made.perm, &files, &count, &err), err);
	assert_int_equal(count, 5);
	assert_string_equal(files[0].path, "a");
	assert_string_equal(files[1].path, "b-");
	assert_string_equal(files[2].path, "b/2");
	assert_string_equal(files[3].path, "b/up");
	assert_false(files[3].regular);
	assert_int_equal(tree_list(str_fmt(&made.perm, "%s/a", made.folder).p, &made.perm, &files,
				   &count, &err), CLAQUE_EIO);
}

/* printf 'SHA-256 of "abc"  x\n' and of "" y, as sha256sum writes them */
static void
the_digest_of_a_tree_is_that_of_the_list_of_its_digests(void **state)
{
	char got[SHA256_HEX + 1], expected[SHA256_HEX + 1];
	struct tree_file *files;
	struct claque_err err;
	uint64_t bytes;
	size_t count;

	(void)state;
	put_file("x", "abc");
	put_file("y", "");
	assert_ok(tree_list(made.folder, &made.perm, &files, &count, &err), err);
	assert_ok(tree_sha256(made.folder, files, count, got, &bytes, &quiet, &err), err);
	sha256_text(STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  x\n"
			"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  y\n"),
		    expected);
	assert_string_equal(got, expected);
	assert_int_equal(bytes, 3);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(names_are_read_as_archives_have_them),
		IN_A_FOLDER(a_few_digits_alone_are_no_id),
		IN_A_FOLDER(a_table_by_hand_says_whose_each_picture_is),
		IN_A_FOLDER(a_row_that_cannot_be_meant_stops_it_with_its_number),
		IN_A_FOLDER(what_4cat_and_telegram_write_beside_their_pictures_is_read),
		IN_A_FOLDER(what_a_hand_wrote_goes_before_what_a_program_did),
		IN_A_FOLDER(a_tree_is_listed_by_its_bytes_and_links_are_not_followed),
		IN_A_FOLDER(the_digest_of_a_tree_is_that_of_the_list_of_its_digests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
