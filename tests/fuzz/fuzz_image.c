/*
 * fuzz_image.c - any bytes as a picture, in this very process: it is refused with a
 * reason, or has sides and half of its bits, however odd it is.
 */
#include "config.h"

#include <stdlib.h>

#include "import/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Larger ones only take longer: what is read of them is bounded by the child. */
enum { INPUT_MAX = 1 << 16 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint64_t none[IMAGE_PDQ_WORDS] = { 0 };
	char reason[IMAGE_REASON] = "";
	struct image_hashes hashes;

	if (size > INPUT_MAX)
		return 0;
	if (!image_decode((struct claque_str){ (const char *)data, size }, &hashes, reason)) {
		if (reason[0] == '\0')
			abort();
		return 0;
	}
	if (hashes.width < IMAGE_SIDE_MIN || hashes.height < IMAGE_SIDE_MIN ||
	    hamming_apart(hashes.pdq, none, IMAGE_PDQ_WORDS) > 128)
		abort();
	return 0;
}
