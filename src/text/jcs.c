/*
 * jcs.c - JSON as RFC 8785 (2020) has it, out of what jansson writes: that sorts by bytes and
 * writes control characters in capitals, else they are the same. Keys beyond the Basic
 * Multilingual Plane, which JCS sorts by UTF-16, and fractions are no part of any
 * identifier that is made here.
 */
#include "config.h"

#include "text/json.h"

enum { DEPTH_MAX = 32, JCS_BYTES_MAX = 64 << 20 };

static bool
can_be_written(const json_t *value, int depth)
{
	const json_t *each;
	const char *key;
	size_t i;
	bool can = depth < DEPTH_MAX && !json_is_real(value);

	json_object_foreach((json_t *)(uintptr_t)value, key, each)
		can = can && can_be_written(each, depth + 1);
	json_array_foreach(value, i, each)
		can = can && can_be_written(each, depth + 1);
	return can;
}

bool
json_jcs(struct buf *out, const json_t *value)
{
	struct buf raw;
	struct claque_str s;

	if (!can_be_written(value, 0))
		return false;
	buf_init(&raw, JCS_BYTES_MAX);
	json_canonical(&raw, value);
	s = buf_str(&raw);
	for (size_t i = 0; i < s.len; i++) {
		size_t digits = 0;

		buf_addc(out, s.p[i]);
		if (s.p[i] == '\\' && i + 1 < s.len) {
			digits = s.p[++i] == 'u' ? 4 : 0;
			buf_addc(out, s.p[i]);
		}
		for (; digits > 0 && i + 1 < s.len; digits--)
			buf_addc(out, byte_lower(s.p[++i]));
	}
	buf_done(&raw);
	return true;
}
