/*
 * fuzz_lesson.c - any bytes as a lesson: it is refused with a message, or what is written
 * of it is read as the same lesson again.
 */
#include "config.h"

#include <stdlib.h>

#include "scenario/lesson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 14, WRITTEN_MAX = 1 << 20, ROOM = 16 << 20 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	struct claque_err err = { 0 };
	struct lesson lesson, again;
	struct buf first, second;

	buf_init(&first, WRITTEN_MAX);
	buf_init(&second, WRITTEN_MAX);
	if (size <= INPUT_MAX && lesson_read(&perm, STR("fuzz.lesson"),
	    (struct claque_str){ (const char *)data, size }, &lesson, &err) == CLAQUE_OK) {
		lesson_write(&first, perm, &lesson);
		if (lesson_read(&perm, STR("again.lesson"), buf_str(&first), &again, &err) !=
		    CLAQUE_OK)
			abort();
		lesson_write(&second, perm, &again);
		if (!str_eq(buf_str(&first), buf_str(&second)))
			abort();
	} else if (size <= INPUT_MAX && err.msg[0] == '\0') {
		abort();
	}
	buf_done(&first);
	buf_done(&second);
	arena_free(whole);
	return 0;
}
