/*
 * json.h - JSON out: one compact object a line, keys in the order given.
 *
 * jansson does the encoding. What it refuses, bytes that are not UTF-8, comes
 * out as U+FFFD: a listing must not fail on one hostile name.
 */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include <jansson.h>

#include "base/buf.h"

/*
 * Once, before anything else: memory that runs out is base_oom()'s from then on. jansson
 * itself would call the text that it was reading no JSON.
 */
void json_begin(void);
/* New references; never NULL. */
json_t *json_new_object(void);
json_t *json_new_list(void);
json_t *json_text(struct claque_str s);
/* A new reference: null for a value that is not finite. */
json_t *json_number(double r);
/* The value that s is, whole, without doubled keys: a new reference, or NULL. */
json_t *json_parse(struct claque_str s);
/* The same of data that others wrote: of a doubled key the last one counts. */
json_t *json_read(struct claque_str s, json_error_t *error);
/* s with U+FFFD for every byte that is not UTF-8, in perm. */
struct claque_str json_repaired(struct arena *perm, struct claque_str s);
/* What a string holds, good as long as value is; "" of anything else, and of NULL. */
struct claque_str json_string_of(const json_t *value);
/* object[key] = value, taking the reference; value never NULL. */
void json_put(json_t *object, const char *key, json_t *value);
/* The same at the end of a list. */
void json_append(json_t *list, json_t *value);
/*
 * Appends value in its canonical form: keys sorted by bytes, no spaces, no
 * line end. Equal values give equal bytes: what the ledger hashes.
 */
void json_canonical(struct buf *out, const json_t *value);
/*
 * Appends value as RFC 8785 has it (JCS), which other programs hash to the same bytes; false,
 * and nothing appended, where it holds a number with a fraction or is nested too deeply.
 */
bool json_jcs(struct buf *out, const json_t *value);
/* Appends s as a value, the same bytes as json_canonical() of json_text(). */
void json_add_text(struct buf *out, struct claque_str s);
/* Appends value as one line, keys in the order they were put, with a line end. */
void json_line(struct buf *out, const json_t *value);
/* The same with every digit that a number has: what reads it has the same number. */
void json_line_exact(struct buf *out, const json_t *value);

#endif
