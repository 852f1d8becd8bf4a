/*
 * answer.h - what a server answers, in ClickHouse's RowBinary: fixed little-endian numbers,
 * strings and arrays with their length before them, nothing between rows.
 *
 * The server is not trusted: a length past the limits, or an answer that ends within a row,
 * is EINPUT.
 */
#ifndef REMOTE_ANSWER_H
#define REMOTE_ANSWER_H

#include "base/buf.h"

enum {
	ANSWER_CELLS_MAX = 16,
	ANSWER_STRING_MAX = 4 << 20,
	ANSWER_ITEMS_MAX = 16 << 20	/* of one array */
};

/*
 * By letter of the layout: i Int64, u UInt64, s String, I and U arrays of them.
 * Good until the callback returns.
 */
struct answer_cell {
	int64_t i;
	uint64_t u;
	struct claque_str s;
	const int64_t *is;
	const uint64_t *us;
	size_t count;
};

/* Who is given the rows; anything but CLAQUE_OK ends the reading. */
struct answer_sink {
	void *ctx;
	enum claque_rc (*row)(void *ctx, const struct answer_cell *cells, struct claque_err *err);
};

/* Gives the sink every row. layout: 1 to ANSWER_CELLS_MAX letters. */
CLAQUE_CHECKED enum claque_rc answer_read(struct claque_str bytes, const char *layout,
	const struct answer_sink *sink, struct claque_err *err);

/* The same format the other way, for what is loaded. */
void answer_put_i64(struct buf *b, int64_t value);
void answer_put_u64(struct buf *b, uint64_t value);
void answer_put_u32(struct buf *b, uint32_t value);
void answer_put_byte(struct buf *b, uint8_t value);
void answer_put_str(struct buf *b, struct claque_str s);

#endif
