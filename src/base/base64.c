#include "config.h"

#include "base/base64.h"

void
base64_add(struct buf *out, struct claque_str bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t at = 0; at < bytes.len; at += 3) {
		size_t n = bytes.len - at < 3 ? bytes.len - at : 3;
		uint32_t group = 0;

		for (size_t i = 0; i < 3; i++)
			group = group << 8 | (i < n ? (unsigned char)bytes.p[at + i] : 0);
		for (size_t i = 0; i < 4; i++)
			buf_addc(out, i <= n ? digits[group >> (18 - 6 * i) & 63] : '=');
	}
}
