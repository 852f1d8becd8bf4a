#include "config.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cipher.h"
#include "base/file.h"

#include "files.h"

enum { HEAD = 72, BYTES_MAX = 4 << 20 };

static char place[] = "/tmp/claque-cipher-XXXXXX";
static const struct claque_progress quiet = { 0 };

static int
make_place(void **state)
{
	(void)state;
	return mkdtemp(place) != NULL && chdir(place) == 0 ? 0 : -1;
}

static struct buf
bytes_of(const char *path)
{
	struct claque_err err = { 0 };
	struct buf b;

	buf_init(&b, BYTES_MAX);
	assert_ok(file_read(path, &b, &err), err);
	return b;
}

static struct cipher_job
job_of(const char *folder, const char *file, const char *phrase)
{
	return (struct cipher_job){ folder, file, str_of(phrase), cipher_cost_least, &quiet };
}

/* bag/a: 200,000 bytes; bag/data/csv/b: none; bag/data/c: one chunk to the byte. */
static void
make_sealed(const char *file)
{
	static char bytes[200000];
	struct claque_err err = { 0 };
	struct cipher_job job = job_of("bag", file, "open sesame");

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 31 + i / 7);
	(void)mkdir("bag", 0700);
	(void)mkdir("bag/data", 0700);
	(void)mkdir("bag/data/csv", 0700);
	write_file("bag/a", (struct claque_str){ bytes, sizeof(bytes) });
	write_file("bag/data/csv/b", STR(""));
	write_file("bag/data/c", (struct claque_str){ bytes, CIPHER_CHUNK });
	(void)unlink(file);
	assert_ok(cipher_write(&job, &err), err);
}

static enum claque_rc
open_again(const char *file, const char *phrase, struct claque_err *err)
{
	struct cipher_job job = job_of("out", file, phrase);
	struct stat st;
	enum claque_rc rc = cipher_read(&job, err);
	char part[64];

	(void)snprintf(part, sizeof(part), "out.part-%ld", (long)getpid());
	assert_int_equal(stat(part, &st), -1);
	assert_int_equal(stat("out", &st), rc == CLAQUE_OK ? 0 : -1);
	return rc;
}

static void
a_folder_comes_back_as_it_was(void **state)
{
	static const char *const names[] = { "a", "data/c", "data/csv/b" };
	struct claque_err err = { 0 };

	(void)state;
	make_sealed("x");
	assert_ok(open_again("x", "open sesame", &err), err);
	for (size_t i = 0; i < 3; i++) {
		char in[64], out[64];
		struct buf a, b;
		struct stat st;

		(void)snprintf(in, sizeof(in), "bag/%s", names[i]);
		(void)snprintf(out, sizeof(out), "out/%s", names[i]);
		a = bytes_of(in);
		b = bytes_of(out);
		assert_true(str_eq(buf_str(&a), buf_str(&b)));
		assert_int_equal(stat(out, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
		buf_done(&a);
		buf_done(&b);
		(void)unlink(out);
	}
	assert_int_equal(rmdir("out/data/csv") + rmdir("out/data") + rmdir("out"), 0);
}

static void
what_is_inside_cannot_be_read_from_outside_and_differs_each_time(void **state)
{
	struct buf x, y;

	(void)state;
	make_sealed("x");
	make_sealed("y");
	x = bytes_of("x");
	y = bytes_of("y");
	assert_int_equal(str_find(buf_str(&x), STR("data/"), 0), x.len);
	assert_int_equal(x.len, y.len);
	assert_false(str_eq(str_sub(buf_str(&x), HEAD, 1000), str_sub(buf_str(&y), HEAD, 1000)));
	buf_done(&x);
	buf_done(&y);
}

static void
another_passphrase_opens_nothing(void **state)
{
	struct claque_err err = { 0 };

	(void)state;
	make_sealed("x");
	assert_int_equal(open_again("x", "open sesam", &err), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "not its passphrase"));
}

/* The file's first `len` bytes, then what comes behind, as "y". */
static enum claque_rc
open_altered(struct claque_str bytes, struct claque_err *err)
{
	write_file("y", bytes);
	return open_again("y", "open sesame", err);
}

static void
a_file_that_was_cut_off_anywhere_opens_nothing(void **state)
{
	struct claque_err err = { 0 };
	struct buf x;

	(void)state;
	make_sealed("x");
	x = bytes_of("x");
	for (size_t i = 1; i <= 30; i++) {
		size_t len = x.len * i / 31;

		assert_int_equal(open_altered(str_sub(buf_str(&x), 0, len), &err), CLAQUE_EINPUT);
		assert_non_null(strstr(err.msg, "cut off"));
	}
	assert_int_equal(open_altered(str_sub(buf_str(&x), 0, x.len - 1), &err), CLAQUE_EINPUT);
	assert_int_equal(open_altered(str_sub(buf_str(&x), 0, HEAD), &err), CLAQUE_EINPUT);
	assert_int_equal(open_altered(STR(""), &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "not encrypted by claque"));
	buf_done(&x);
}

static void
a_file_that_goes_on_behind_its_end_opens_nothing(void **state)
{
	struct claque_err err = { 0 };
	struct buf x;

	(void)state;
	make_sealed("x");
	x = bytes_of("x");
	buf_addc(&x, 'x');
	assert_int_equal(open_altered(buf_str(&x), &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "behind its end"));
	x.len--;
	buf_add(&x, str_sub(buf_str(&x), HEAD, 40));
	assert_int_equal(open_altered(buf_str(&x), &err), CLAQUE_EINPUT);
	buf_done(&x);
}

static void
one_altered_byte_anywhere_opens_nothing(void **state)
{
	struct claque_err err = { 0 };
	struct buf x;

	(void)state;
	make_sealed("x");
	x = bytes_of("x");
	for (size_t at = 0; at < x.len; at += at < 140 ? 1 : x.len / 40) {
		/* Of a cost, only what keeps the memory small is tried. */
		if (at > 16 && at < 32)
			continue;
		x.p[at] = (char)(x.p[at] ^ 4);
		assert_int_not_equal(open_altered(buf_str(&x), &err), CLAQUE_OK);
		x.p[at] = (char)(x.p[at] ^ 4);
	}
	assert_ok(open_altered(buf_str(&x), &err), err);
	assert_int_equal(unlink("out/a") + unlink("out/data/c") + unlink("out/data/csv/b") +
			 rmdir("out/data/csv") + rmdir("out/data") + rmdir("out"), 0);
	buf_done(&x);
}

static void
chunks_in_another_order_open_nothing(void **state)
{
	enum { WHOLE = 4 + CIPHER_CHUNK + 17, FIRST = HEAD + 4 + 1 + 17 };
	static char one[WHOLE];
	struct claque_err err = { 0 };
	struct buf x;

	(void)state;
	make_sealed("x");
	x = bytes_of("x");
	memcpy(one, x.p + FIRST, WHOLE);
	memmove(x.p + FIRST, x.p + FIRST + WHOLE, WHOLE);
	memcpy(x.p + FIRST + WHOLE, one, WHOLE);
	assert_int_equal(open_altered(buf_str(&x), &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "chunk 2 was altered"));
	buf_done(&x);
}

static void
a_cost_that_no_claque_asks_is_refused_before_it_is_paid(void **state)
{
	static const struct { int at; unsigned char byte; } costs[] = {
		{ 24 + 4, 25 },		/* 100 GB of memory */
		{ 24 + 7, 0x7f }, { 24 + 3, 0x41 }, { 16 + 1, 1 }, { 16 + 7, 0x80 },
	};
	struct claque_err err = { 0 };
	struct buf x;

	(void)state;
	make_sealed("x");
	x = bytes_of("x");
	for (size_t i = 0; i < sizeof(costs) / sizeof(*costs); i++) {
		char before = x.p[costs[i].at];

		x.p[costs[i].at] = (char)costs[i].byte;
		assert_int_equal(open_altered(buf_str(&x), &err), CLAQUE_EINPUT);
		assert_non_null(strstr(err.msg, "no claque writes"));
		x.p[costs[i].at] = before;
	}
	x.p[14] = '2';
	assert_int_equal(open_altered(buf_str(&x), &err), CLAQUE_EVERSION);
	buf_done(&x);
}

/* Whoever knows the passphrase may still mean harm. */
static enum claque_rc
open_with(const char *const *chunks, const enum cipher_tag *tags, size_t count,
	  struct claque_err *err)
{
	struct cipher_job job = job_of("", "z", "open sesame");
	int fd = open("z", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	struct cipher *c;

	assert_true(fd >= 0);
	assert_ok(cipher_begin(&c, fd, "z", &job, err), *err);
	for (size_t i = 0; i < count; i++)
		assert_ok(cipher_put(c, str_of(chunks[i]), tags[i], err), *err);
	cipher_free(c);
	assert_int_equal(close(fd), 0);
	return open_again("z", "open sesame", err);
}

static void
a_path_out_of_the_folder_writes_nothing(void **state)
{
	static const char *const paths[] = {
		"../evil", "/tmp/evil", "a/../../evil", "a//b", "a/", ".", "", "a\nb", "\xff",
	};
	static const enum cipher_tag tags[] = { CIPHER_PART, CIPHER_END_OF_FILE, CIPHER_END };
	struct claque_err err = { 0 };
	struct stat st;

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		const char *const chunks[] = { paths[i], "bytes", "" };

		assert_false(cipher_path_ok(str_of(paths[i])));
		assert_int_equal(open_with(chunks, tags, 3, &err), CLAQUE_EINPUT);
	}
	assert_int_equal(stat("evil", &st), -1);
	assert_true(cipher_path_ok(STR("data/csv/posts.csv")));
}

static void
files_that_fall_on_each_other_write_nothing(void **state)
{
	static const char *const twice[] = { "a", "1", "a", "2", "" };
	static const char *const inside[] = { "a", "1", "a/b", "2", "" };
	static const enum cipher_tag tags[] = {
		CIPHER_PART, CIPHER_END_OF_FILE, CIPHER_PART, CIPHER_END_OF_FILE, CIPHER_END,
	};
	static const enum cipher_tag early[] = { CIPHER_PART, CIPHER_PART, CIPHER_END };
	struct claque_err err = { 0 };

	(void)state;
	assert_int_equal(open_with(twice, tags, 5, &err), CLAQUE_EINPUT);
	assert_int_equal(open_with(inside, tags, 5, &err), CLAQUE_EINPUT);
	assert_int_equal(open_with(twice, early, 3, &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "inside a file"));
	assert_int_equal(open_with(twice, &tags[1], 1, &err), CLAQUE_EINPUT);
}

static void
what_is_no_plain_file_is_not_encrypted(void **state)
{
	struct cipher_job job = job_of("bag", "w", "open sesame");
	struct claque_err err = { 0 };
	struct stat st;

	(void)state;
	make_sealed("x");
	assert_int_equal(symlink("/etc/passwd", "bag/link"), 0);
	assert_int_equal(cipher_write(&job, &err), CLAQUE_EINPUT);
	assert_int_equal(stat("w", &st), -1);
	assert_int_equal(unlink("bag/link"), 0);
}

static int
remove_place(void **state)
{
	(void)state;
	for (const char *const *name = (const char *const[]){ "x", "y", "z", "bag/a", "bag/data/c",
							       "bag/data/csv/b", NULL }; *name; name++)
		(void)unlink(*name);
	(void)rmdir("bag/data/csv");
	(void)rmdir("bag/data");
	(void)rmdir("bag");
	return rmdir(place);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_folder_comes_back_as_it_was),
		cmocka_unit_test(what_is_inside_cannot_be_read_from_outside_and_differs_each_time),
		cmocka_unit_test(another_passphrase_opens_nothing),
		cmocka_unit_test(a_file_that_was_cut_off_anywhere_opens_nothing),
		cmocka_unit_test(a_file_that_goes_on_behind_its_end_opens_nothing),
		cmocka_unit_test(one_altered_byte_anywhere_opens_nothing),
		cmocka_unit_test(chunks_in_another_order_open_nothing),
		cmocka_unit_test(a_cost_that_no_claque_asks_is_refused_before_it_is_paid),
		cmocka_unit_test(a_path_out_of_the_folder_writes_nothing),
		cmocka_unit_test(files_that_fall_on_each_other_write_nothing),
		cmocka_unit_test(what_is_no_plain_file_is_not_encrypted),
	};

	return cmocka_run_group_tests_name("cipher", tests, make_place, remove_place);
}
