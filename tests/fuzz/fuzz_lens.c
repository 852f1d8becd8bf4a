/* fuzz_lens.c - any text as a lens: what is understood is written back the same. */
#include "config.h"

#include <stdlib.h>

#include "model/lens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 1 << 20 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena whole = arena_new(ARENA_BYTES), perm = whole;
	struct lens lens, again;
	struct claque_err err;

	if (lens_parse((struct claque_str){ (const char *)data, size }, &lens, &err) == CLAQUE_OK &&
	    (lens_parse(lens_text(&perm, &lens), &again, &err) != CLAQUE_OK ||
	     !lens_eq(&lens, &again)))
		abort();
	arena_free(whole);
	return 0;
}
