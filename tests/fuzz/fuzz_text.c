/*
 * fuzz_text.c - any bytes as a time, a number, JSON, a cell, a text on screen:
 * what is printed of a value reads back as that value, and what is shown of a
 * text is harmless.
 */
#include "config.h"

#include <stdlib.h>

#include "base/clock.h"
#include "text/csvcell.h"
#include "text/json.h"
#include "text/safe.h"
#include "shown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 16 << 20, INPUT_MAX = 1 << 14 };

static void
check_time(struct claque_str s, struct arena *perm)
{
	int64_t ms, again;

	if (clock_parse(s, &ms) && ms >= -INT64_C(62135596800000) &&
	    ms <= INT64_C(253402300799999) &&
	    (!clock_parse(clock_text(perm, ms, CLOCK_RFC3339), &again) || again != ms))
		abort();
}

static void
check_numbers(struct claque_str s, struct arena *perm)
{
	int64_t n, again;
	double r;

	if (str_to_i64(s, &n) &&
	    (!str_to_i64(str_fmt(perm, "%lld", (long long)n), &again) || again != n ||
	     (s.len < 60 && !str_to_double(s, &r))))
		abort();
}

static void
check_json(struct claque_str s)
{
	json_t *value = json_parse(s), *again;
	struct buf once, twice;

	if (value == NULL)
		return;
	buf_init(&once, 16 * INPUT_MAX);
	buf_init(&twice, 16 * INPUT_MAX);
	json_canonical(&once, value);
	again = json_parse(buf_str(&once));
	if (again == NULL)
		abort();
	json_canonical(&twice, again);
	if (!str_eq(buf_str(&once), buf_str(&twice)))
		abort();
	buf_done(&once);
	buf_done(&twice);
	json_decref(value);
	json_decref(again);
}

static void
check_cell(struct claque_str s)
{
	struct buf out;

	buf_init(&out, 3 * INPUT_MAX);
	csvcell_add(&out, s);
	if (out.over || out.len < s.len || (out.len > s.len && out.p[0] != '"'))
		abort();
	buf_done(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena whole = arena_new(ARENA_BYTES), perm = whole;
	struct claque_str s = { (const char *)data, size };

	if (size <= INPUT_MAX) {
		check_time(s, &perm);
		check_numbers(s, &perm);
		check_json(s);
		check_cell(s);
		check_harmless(safe_text(&perm, s), false);
	}
	arena_free(whole);
	return 0;
}
