#include "config.h"

#include "text/json.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

enum { JSON_TEXT_MAX = 64 << 20, JSON_DIGITS = 15, JSON_DIGITS_ALL = 17 };

static json_t *
or_out_of_memory(json_t *value)
{
	if (value == NULL)
		base_oom();
	return value;
}

static void *
allocate(size_t bytes)
{
	void *p = malloc(bytes);

	if (p == NULL)
		base_oom();
	return p;
}

void
json_begin(void)
{
	json_set_alloc_funcs(allocate, free);
}

json_t *
json_new_object(void)
{
	return or_out_of_memory(json_object());
}

json_t *
json_new_list(void)
{
	return or_out_of_memory(json_array());
}

static void
add_repaired(struct buf *out, struct claque_str s)
{
	size_t used;

	while (s.len > 0) {
		bool bad = utf8_next(s, &used) == UTF8_BAD;

		buf_add(out, bad ? STR("\xef\xbf\xbd") : str_sub(s, 0, used));
		s = str_sub(s, used, s.len);
	}
}

json_t *
json_text(struct claque_str s)
{
	struct buf repaired;
	json_t *value;

	if (s.len == 0)
		return or_out_of_memory(json_string(""));
	value = json_stringn(s.p, s.len);
	if (value != NULL)
		return value;
	buf_init(&repaired, JSON_TEXT_MAX);
	add_repaired(&repaired, s);
	value = json_stringn(repaired.p, repaired.len);
	buf_done(&repaired);
	return or_out_of_memory(value);
}

json_t *
json_number(double r)
{
	return isfinite(r) ? or_out_of_memory(json_real(r)) : json_null();
}

json_t *
json_parse(struct claque_str s)
{
	return json_loadb(s.p != NULL ? s.p : "", s.len,
			  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

json_t *
json_read(struct claque_str s, json_error_t *error)
{
	return json_loadb(s.p != NULL ? s.p : "", s.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, error);
}

struct claque_str
json_repaired(struct arena *perm, struct claque_str s)
{
	struct buf repaired;
	struct claque_str out;

	buf_init(&repaired, JSON_TEXT_MAX);
	add_repaired(&repaired, s);
	out = str_dup(perm, buf_str(&repaired));
	buf_done(&repaired);
	return out;
}

struct claque_str
json_string_of(const json_t *value)
{
	if (!json_is_string(value))
		return STR("");
	return (struct claque_str){ json_string_value(value), json_string_length(value) };
}

void
json_put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) != 0)
		base_oom();
}

void
json_append(json_t *list, json_t *value)
{
	if (json_array_append_new(list, value) != 0)
		base_oom();
}

static int
to_buf(const char *bytes, size_t size, void *data)
{
	struct buf *out = data;

	buf_add(out, (struct claque_str){ bytes, size });
	return out->over ? -1 : 0;
}

static void
dump(struct buf *out, const json_t *value, size_t flags, size_t digits)
{
	flags |= JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits);
	if (json_dump_callback(value, to_buf, out, flags) != 0 && !out->over)
		base_oom();
}

void
json_canonical(struct buf *out, const json_t *value)
{
	dump(out, value, JSON_SORT_KEYS, JSON_DIGITS);
}

/* ASCII that stands for itself. */
static bool
is_plain(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] < ' ' || s.p[i] > '~' || s.p[i] == '"' || s.p[i] == '\\')
			return false;
	return true;
}

void
json_add_text(struct buf *out, struct claque_str s)
{
	json_t *value;

	if (is_plain(s)) {
		buf_addc(out, '"');
		buf_add(out, s);
		buf_addc(out, '"');
		return;
	}
	value = json_text(s);
	json_canonical(out, value);
	json_decref(value);
}

void
json_line(struct buf *out, const json_t *value)
{
	dump(out, value, 0, JSON_DIGITS);
	buf_addc(out, '\n');
}

void
json_line_exact(struct buf *out, const json_t *value)
{
	dump(out, value, 0, JSON_DIGITS_ALL);
	buf_addc(out, '\n');
}
