/*
 * copies_prints.c - posts as they are compared, kept in the case.
 *
 * To print a text (text/print.h) is most of the work, and a print never changes. So one
 * post more in a case of a million costs one print more: the others are read from
 * copy_print, 57 bytes each, many to a row. They are made anew when the rules or
 * Unicode became others, and their state is written with what was concluded from them.
 */
#include "config.h"

#include "store/copies_impl.h"

#include "base/err.h"
#include "base/map.h"
#include "model/record.h"
#include "store/copies.h"

/* Raised when prints, bands or what is worth comparing become others. */
enum { PRINT_RULES = 1 };

/* Little-endian, so that a case may go from machine to machine. */
enum { RECORD_BYTES = 8 + 8 + 4 + 4 + 1 + 4 * COPY_BANDS, RECORDS_A_ROW = 4096,
       ROW_BYTES = RECORD_BYTES * RECORDS_A_ROW };

static void
put_number(unsigned char **at, uint64_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		*(*at)++ = (unsigned char)(value >> 8 * i);
}

static uint64_t
get_number(const unsigned char **at, size_t bytes)
{
	uint64_t value = 0;

	for (size_t i = 0; i < bytes; i++)
		value |= (uint64_t)*(*at)++ << 8 * i;
	return value;
}

static void
write_record(struct buf *out, const struct copy_post *post, const struct copy_bands *bands)
{
	unsigned char record[RECORD_BYTES], *at = record;

	put_number(&at, post->text, 8);
	put_number(&at, (uint64_t)post->at, 8);
	put_number(&at, post->post, 4);
	put_number(&at, post->account, 4);
	put_number(&at, post->precision, 1);
	for (size_t b = 0; b < COPY_BANDS; b++)
		put_number(&at, bands->keys[b], 4);
	buf_add(out, (struct claque_str){ (const char *)record, sizeof(record) });
}

static void
read_record(const unsigned char *at, struct copy_post *post, struct copy_bands *bands)
{
	post->text = get_number(&at, 8);
	post->at = (int64_t)get_number(&at, 8);
	post->post = (uint32_t)get_number(&at, 4);
	post->account = (uint32_t)get_number(&at, 4);
	post->precision = (uint8_t)get_number(&at, 1);
	for (size_t b = 0; b < COPY_BANDS; b++)
		bands->keys[b] = (uint32_t)get_number(&at, 4);
}

/* One whose platform is not known waits for it. False: it is not compared. */
static bool
add_post(struct copies *c, const struct copy_post *post, const struct copy_bands *bands)
{
	struct copy_post *added;
	uint16_t platform = post->account < c->platforms_cap ? c->platforms[post->account] : 0;

	if (platform == 0 || c->count == UINT32_MAX || post->precision > TIME_DAY)
		return false;
	GROW(c->posts, c->posts_cap, c->count + 1);
	added = &c->posts[c->count];
	*added = *post;
	added->number = (uint32_t)c->count++;
	added->platform = platform;
	if (c->count <= COPY_NEAR_MAX) {
		GROW(c->bands, c->bands_cap, c->count);
		c->bands[c->count - 1] = *bands;
	}
	return true;
}

static void
take_row(struct copies *c, sqlite3_stmt *st)
{
	const unsigned char *bytes = sqlite3_column_blob(st, 0);
	size_t count = (size_t)sqlite3_column_bytes(st, 0) / RECORD_BYTES;
	struct copy_bands bands;
	struct copy_post post;

	for (size_t i = 0; i < count; i++) {
		read_record(bytes + i * RECORD_BYTES, &post, &bands);
		(void)add_post(c, &post, &bands);
	}
}

static enum claque_rc
load(struct copies *c, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(c->s, "SELECT prints FROM copy_print ORDER BY first", &st,
					 err);

	while (rc == CLAQUE_OK && (rc = stmt_step(c->s, st, err)) == CLAQUE_OK)
		take_row(c, st);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
copies_read_kept(struct copies *c, struct claque_err *err)
{
	int64_t before;
	enum claque_rc rc = store_number(c->s, "SELECT value FROM state"
					 " WHERE name = 'copy_prints_rules'", 0, &before, err);

	c->rules = (int64_t)hash_mix(PRINT_RULES, text_print_rules());
	c->anew = before != c->rules;
	if (rc != CLAQUE_OK || c->anew)
		return rc;
	rc = store_number(c->s, "SELECT value FROM state WHERE name = 'copy_prints_to'", 0,
			  &c->printed_to, err);
	return rc == CLAQUE_OK ? load(c, err) : rc;
}

static void
take_post(struct copies *c, sqlite3_stmt *st)
{
	struct claque_str text = str_head(column_str(st, 4), COPY_TEXT_BYTES);
	int64_t account = column_i64(st, 1, 0), id = column_i64(st, 0, 0);
	struct copy_post post = { .at = column_i64(st, 2, 0), .post = (uint32_t)id,
		.account = (uint32_t)account, .precision = (uint8_t)column_i64(st, 3, 0) };
	struct copy_bands bands;

	c->printed_to = id;
	if (account < 0 || account >= UINT32_MAX || id >= UINT32_MAX || text.len < COPY_WORDS)
		return;
	text_print(c->scratch, text, &c->print);
	if (c->print.said < 2 * COPY_WORDS)
		return;
	post.text = c->print.whole;
	bands = copies_bands(&c->print);
	if (c->fresh.len % ROW_BYTES == 0) {
		GROW(c->firsts, c->firsts_cap, c->first_count + 1);
		c->firsts[c->first_count++] = id;
	}
	write_record(&c->fresh, &post, &bands);
	if (add_post(c, &post, &bands))
		copies_keep_words(c, (uint32_t)c->count - 1);
}

enum claque_rc
copies_read_new(struct copies *c, size_t most, bool *whole, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(c->s, "SELECT id, account, at, precision, text FROM post"
		" WHERE id > ?1 AND kind <> 1 AND at IS NOT NULL AND text <> '' ORDER BY id", &st,
		err);

	if (rc == CLAQUE_OK)
		bind_i64(st, 1, c->printed_to);
	for (size_t i = 0; rc == CLAQUE_OK && c->fresh.len < most &&
	     (rc = stmt_step(c->s, st, err)) == CLAQUE_OK; i++) {
		take_post(c, st);
		if (i % COPY_OFTEN == 0 && copies_stopped(c))
			rc = CLAQUE_STOPPED;
	}
	(void)sqlite3_finalize(st);
	*whole = rc == CLAQUE_DONE;
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
put_rows(struct copies *c, struct claque_err *err)
{
	struct claque_str left = buf_str(&c->fresh);
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(c->s, "INSERT INTO copy_print(first, prints) VALUES(?1, ?2)",
					 &st, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < c->first_count; i++) {
		struct claque_str row = str_sub(left, 0, ROW_BYTES);

		bind_i64(st, 1, c->firsts[i]);
		if (sqlite3_bind_blob(st, 2, row.p, (int)row.len, SQLITE_STATIC) != SQLITE_OK)
			rc = stmt_fail(c->s, "keeping what posts say", err);
		else
			rc = stmt_run(c->s, st, err);
		left = str_sub(left, row.len, left.len);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
write_state(struct copies *c, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(c->s, "INSERT OR REPLACE INTO state"
					 " VALUES('copy_prints_rules', ?1), ('copy_prints_to', ?2)",
					 &st, err);

	if (rc == CLAQUE_OK) {
		bind_i64(st, 1, c->rules);
		bind_i64(st, 2, c->printed_to);
		rc = stmt_run(c->s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

enum claque_rc
copies_keep_prints(struct copies *c, struct claque_err *err)
{
	enum claque_rc rc = c->anew ? store_exec(c->s, "DELETE FROM copy_print", err) : CLAQUE_OK;

	if (rc == CLAQUE_OK)
		rc = put_rows(c, err);
	if (rc == CLAQUE_OK)
		rc = write_state(c, err);
	c->anew = false;
	c->first_count = 0;
	buf_clear(&c->fresh);
	return rc;
}
