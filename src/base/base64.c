#include "config.h"

#include "base/base64.h"

#include <sodium.h>
#include <stdlib.h>

void
base64_add(struct buf *out, struct claque_str bytes)
{
	size_t size = sodium_base64_ENCODED_LEN(bytes.len, sodium_base64_VARIANT_ORIGINAL);
	char *text = malloc(size);

	if (text == NULL)
		base_oom();
	(void)sodium_bin2base64(text, size, (const unsigned char *)bytes.p, bytes.len,
				sodium_base64_VARIANT_ORIGINAL);
	buf_addz(out, text);
	free(text);
}

bool
base64_read(struct claque_str text, unsigned char *out, size_t len)
{
	size_t got = 0;

	return sodium_base642bin(out, len, text.p != NULL ? text.p : "", text.len, NULL, &got, NULL,
				 sodium_base64_VARIANT_ORIGINAL) == 0 && got == len;
}
