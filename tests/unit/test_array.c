/* Arrays that outgrow memory: what they hold, where they lie, what is left of them. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/array.h"
#include "test.h"

enum { MEGABYTE = 1 << 20 };

static char folder[] = "/tmp/claque-test-XXXXXX";

static int
set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	return rmdir(folder);
}

static int
no_limit(void **state)
{
	(void)state;
	return !array_limit(0, NULL);
}

static size_t
names_in_folder(void)
{
	DIR *d = opendir(folder);
	size_t count = 0;

	assert_non_null(d);
	while (readdir(d) != NULL)
		count++;
	(void)closedir(d);
	return count - 2;
}

/* Grows an array item by item past several moves, and says whether each is still there. */
static void
assert_growing_keeps_items(size_t count)
{
	size_t *items = NULL, cap = 0;

	for (size_t i = 0; i < count; i++) {
		ARRAY_GROW(items, cap, i + 1);
		items[i] = i * 7;
	}
	assert_true(cap >= count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(items[i], i * 7);
	array_free(items);
}

static void
growing_keeps_items_in_memory_in_files_and_on_the_way_there(void **state)
{
	(void)state;
	assert_growing_keeps_items(500000);
	assert_int_equal(array_in_files(), 0);
	assert_true(array_limit(2 * MEGABYTE, folder));
	assert_growing_keeps_items(500000);
	assert_true(array_in_files() >= 500000 * sizeof(size_t));
	assert_true(array_limit(1, folder));
	assert_growing_keeps_items(500000);
}

static void
new_arrays_are_zero_wherever_they_lie(void **state)
{
	(void)state;
	for (uint64_t limit = 0; limit < 2; limit++) {
		unsigned char *p;

		assert_true(array_limit(limit, limit == 0 ? NULL : folder));
		p = ARRAY_NEW(unsigned char, 2 * MEGABYTE);
		for (size_t i = 0; i < 2 * MEGABYTE; i++)
			assert_int_equal(p[i], 0);
		array_free(p);
	}
}

static void
small_arrays_stay_in_memory_under_any_limit(void **state)
{
	char *p;

	(void)state;
	assert_true(array_limit(1, folder));
	p = ARRAY_NEW(char, MEGABYTE / 2);
	assert_int_equal(array_in_files(), 0);
	array_free(p);
}

static void
files_have_no_names_and_their_room_is_given_back(void **state)
{
	char *first, *second;

	(void)state;
	assert_true(array_limit(1, folder));
	first = ARRAY_NEW(char, 3 * MEGABYTE);
	assert_int_equal(names_in_folder(), 0);
	array_free(first);
	second = ARRAY_NEW(char, 3 * MEGABYTE);
	array_free(second);
	assert_true(array_in_files() >= 3 * MEGABYTE && array_in_files() < 4 * MEGABYTE);
}

static void
what_was_freed_makes_room_in_memory_for_the_next(void **state)
{
	char *first, *second;

	(void)state;
	assert_true(array_limit(3 * MEGABYTE, folder));
	first = ARRAY_NEW(char, 2 * MEGABYTE);
	array_free(first);
	second = ARRAY_NEW(char, 2 * MEGABYTE);
	assert_int_equal(array_in_files(), 0);
	array_free(second);
}

static void
a_folder_where_no_file_can_be_made_changes_nothing(void **state)
{
	struct claque_err err = { 0 };
	char *p;

	(void)state;
	errno = 0;
	assert_false(array_limit(1, "/dev/null/none"));
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(array_limit_in(1, "/dev/null/none", "go home", &err), CLAQUE_EIO);
	assert_string_equal(err.msg, "/dev/null/none: no file can be made there for what memory has no "
			    "room for: Not a directory; go home");
	assert_int_equal(array_limit_in(1, "/proc", "go home", &err), CLAQUE_EIO);
	p = ARRAY_NEW(char, 2 * MEGABYTE);
	assert_int_equal(array_in_files(), 0);
	array_free(p);
	assert_ok(array_limit_in(1, folder, "go home", &err), err);
	assert_int_equal(names_in_folder(), 0);
	p = ARRAY_NEW(char, 2 * MEGABYTE);
	assert_true(array_in_files() > 0);
	array_free(p);
}

/* A limit of the size of files stands for a disk that fills up under an array. */
static void
where_the_disk_is_full_arrays_go_on_in_memory(void **state)
{
	struct rlimit before, little;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	little = (struct rlimit){ 2 * MEGABYTE, before.rlim_max };
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	assert_true(array_limit(1, folder));
	assert_growing_keeps_items(500000);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	(void)signal(SIGXFSZ, SIG_DFL);
	assert_true(array_in_files() > 0 && array_in_files() <= 2 * MEGABYTE);
}

/* KiB of this process that only memory or swap can hold; -1 where the system does not say. */
static long
anonymous_memory(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kib = -1;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "RssAnon:", 8) == 0)
			kib = strtol(line + 8, NULL, 10);
	if (f != NULL)
		(void)fclose(f);
	return kib;
}

static long
memory_for_32_megabytes(void)
{
	long before = anonymous_memory(), taken;
	char *p = ARRAY_NEW(char, 32 * MEGABYTE);

	memset(p, 1, 32 * MEGABYTE);
	taken = anonymous_memory() - before;
	array_free(p);
	return taken;
}

static void
what_lies_in_files_takes_no_memory_of_the_process(void **state)
{
	(void)state;
	if (anonymous_memory() < 0) {
		print_message("skipped: /proc/self/status does not tell memory\n");
		skip();
	}
	assert_true(memory_for_32_megabytes() > 24 * 1024);
	assert_true(array_limit(MEGABYTE, folder));
	assert_true(memory_for_32_megabytes() < 4 * 1024);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
			growing_keeps_items_in_memory_in_files_and_on_the_way_there, no_limit),
		cmocka_unit_test_teardown(new_arrays_are_zero_wherever_they_lie, no_limit),
		cmocka_unit_test_teardown(small_arrays_stay_in_memory_under_any_limit, no_limit),
		cmocka_unit_test_teardown(files_have_no_names_and_their_room_is_given_back, no_limit),
		cmocka_unit_test_teardown(what_was_freed_makes_room_in_memory_for_the_next, no_limit),
		cmocka_unit_test_teardown(a_folder_where_no_file_can_be_made_changes_nothing, no_limit),
		cmocka_unit_test_teardown(where_the_disk_is_full_arrays_go_on_in_memory, no_limit),
		cmocka_unit_test_teardown(what_lies_in_files_takes_no_memory_of_the_process, no_limit),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
