/*
 * fuzz_normal.c - any bytes as a post: its normal text is one line of text, holds
 * nothing that cannot be seen, and is the same through ICU and without it.
 */
#include "config.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/normal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 16 << 20, INPUT_MAX = 1 << 14, GROWTH_MAX = 12 };

static void
check_line(struct claque_str s)
{
	uint32_t before = ' ';

	while (s.len > 0) {
		size_t used;
		uint32_t code = utf8_next(s, &used);

		if (code == UTF8_BAD || code < 0x20 || (code >= 0x7f && code <= 0xa0) ||
		    (code >= 'A' && code <= 'Z') || (code == ' ' && before == ' ') ||
		    (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e))
			abort();
		before = code;
		s = str_sub(s, used, s.len);
	}
}

/* Behind a letter in two code points everything goes through ICU. */
static void
check_both_ways(struct claque_str s, struct claque_str normal, struct arena *perm)
{
	struct claque_str a_ring = STR("A\xcc\x8a ");
	struct claque_str all = { ARENA_NEW(perm, char, a_ring.len + s.len), a_ring.len + s.len };
	struct claque_str want, got;

	memcpy((char *)(uintptr_t)all.p, a_ring.p, a_ring.len);
	if (s.len > 0)
		memcpy((char *)(uintptr_t)all.p + a_ring.len, s.p, s.len);
	got = text_normal(perm, all).text;
	want = str_fmt(perm, "\xc3\xa5%s" STR_FMT, normal.len > 0 ? " " : "", STR_ARG(normal));
	if (!str_eq(got, want))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena whole = arena_new(ARENA_BYTES), perm = whole;
	struct claque_str s = { (const char *)data, size }, out;

	if (size <= INPUT_MAX) {
		out = text_normal(&perm, s).text;
		if (out.len > GROWTH_MAX * size)
			abort();
		check_line(out);
		check_both_ways(s, out, &perm);
	}
	arena_free(whole);
	return 0;
}
