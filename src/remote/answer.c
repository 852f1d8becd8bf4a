#include "config.h"

#include "remote/answer.h"

#include <endian.h>
#include <stdlib.h>

#include "base/err.h"

/* Room for arrays, which need not lie where a number may. */
struct items {
	uint64_t *p;
	size_t cap;
};

/* What is left of the answer; what is asked for past its end is a fault. */
struct cursor {
	struct claque_str rest;
	const char *fault;
};

static const char *
take(struct cursor *c, size_t bytes)
{
	const char *p = c->rest.p;

	if (bytes > c->rest.len)
		c->fault = c->fault != NULL ? c->fault : "its end within it";
	if (c->fault != NULL)
		return NULL;
	c->rest = str_sub(c->rest, bytes, c->rest.len);
	return p;
}

static uint64_t
take_u64(struct cursor *c)
{
	const char *p = take(c, sizeof(uint64_t));
	uint64_t value = 0;

	if (p != NULL)
		memcpy(&value, p, sizeof(value));
	return le64toh(value);
}

/* LEB128, at most `most`. */
static size_t
take_length(struct cursor *c, size_t most, const char *what)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 35; shift += 7) {
		const char *p = take(c, 1);

		if (p == NULL)
			return 0;
		value |= (uint64_t)((unsigned char)*p & 0x7f) << shift;
		if (((unsigned char)*p & 0x80) == 0)
			break;
		if (shift == 28)
			value = UINT64_MAX;
	}
	if (value <= most)
		return (size_t)value;
	c->fault = what;
	return 0;
}

static void
take_items(struct cursor *c, struct items *room, struct answer_cell *out)
{
	size_t count = take_length(c, ANSWER_ITEMS_MAX, "an array that is longer than any of ours");
	const char *p = take(c, count * sizeof(uint64_t));

	if (p == NULL || count == 0)
		return;
	GROW(room->p, room->cap, count);
	memcpy(room->p, p, count * sizeof(*room->p));
	for (size_t i = 0; i < count; i++)
		room->p[i] = le64toh(room->p[i]);
	out->us = room->p;
	out->is = (const int64_t *)room->p;
	out->count = count;
}

static void
take_cell(struct cursor *c, char letter, struct items *room, struct answer_cell *out)
{
	*out = (struct answer_cell){ 0 };
	if (letter == 's') {
		size_t len = take_length(c, ANSWER_STRING_MAX,
					 "a string that is longer than any of ours");
		const char *p = take(c, len);

		out->s = (struct claque_str){ p, p != NULL ? len : 0 };
	} else if (letter == 'I' || letter == 'U') {
		take_items(c, room, out);
	} else {
		out->u = take_u64(c);
		out->i = (int64_t)out->u;
	}
}

enum claque_rc
answer_read(struct claque_str bytes, const char *layout, const struct answer_sink *sink,
	    struct claque_err *err)
{
	struct answer_cell cells[ANSWER_CELLS_MAX];
	struct items rooms[ANSWER_CELLS_MAX] = { 0 };
	struct cursor c = { .rest = bytes };
	enum claque_rc rc = CLAQUE_OK;

	for (uint64_t row = 1; rc == CLAQUE_OK && c.rest.len > 0; row++) {
		for (size_t i = 0; layout[i] != '\0'; i++)
			take_cell(&c, layout[i], &rooms[i], &cells[i]);
		rc = c.fault == NULL ? sink->row(sink->ctx, cells, err) :
			err_set(err, CLAQUE_EINPUT, "row %llu of the answer has %s",
				(unsigned long long)row, c.fault);
	}
	for (size_t i = 0; i < ANSWER_CELLS_MAX; i++)
		free(rooms[i].p);
	return rc;
}

void
answer_put_u64(struct buf *b, uint64_t value)
{
	uint64_t le = htole64(value);
	char bytes[sizeof(le)];

	memcpy(bytes, &le, sizeof(le));
	buf_add(b, (struct claque_str){ bytes, sizeof(bytes) });
}

void
answer_put_i64(struct buf *b, int64_t value)
{
	answer_put_u64(b, (uint64_t)value);
}

void
answer_put_u32(struct buf *b, uint32_t value)
{
	uint32_t le = htole32(value);
	char bytes[sizeof(le)];

	memcpy(bytes, &le, sizeof(le));
	buf_add(b, (struct claque_str){ bytes, sizeof(bytes) });
}

void
answer_put_byte(struct buf *b, uint8_t value)
{
	buf_addc(b, (char)value);
}

void
answer_put_str(struct buf *b, struct claque_str s)
{
	size_t left = s.len;

	for (; left >= 0x80; left >>= 7)
		answer_put_byte(b, (uint8_t)(left | 0x80));
	answer_put_byte(b, (uint8_t)left);
	buf_add(b, s);
}
