/*
 * carriers.h - the files of tests/import as carriers: some of their values get a word behind
 * what they say, written as the format wants it written, so that the words arrive as text and
 * not as broken files (broken ones are the fuzzer's).
 */
#ifndef TESTS_UNIT_CARRIERS_H
#define TESTS_UNIT_CARRIERS_H

#include "base/buf.h"
#include "import/import.h"

enum { CARRIERS_MAX = 80, CARRIER_PATH_BYTES = 4096 };

struct carrier {
	char name[256];
	const struct import_format *format;
	struct claque_str bytes;
};

extern struct carrier carriers[CARRIERS_MAX];
extern size_t carrier_count;

/* All whose format is told by their content. Before the test goes to a folder of its own. */
void carriers_find(void);
/* Whole, of a name below a folder; NULL: below this one. */
void carriers_below(char out[CARRIER_PATH_BYTES], const char *folder, const char *name);

/* The word behind value `spot` of a file, from 0; NULL: none. */
typedef struct claque_str carrier_word(void *ctx, size_t spot);
/* Returns how many values there were. */
size_t carrier_weave(struct buf *out, const struct carrier *c, carrier_word *word, void *ctx);

#endif
