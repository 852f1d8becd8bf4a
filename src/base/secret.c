#include "config.h"

#include "base/secret.h"

#include <sodium.h>

_Static_assert(SECRET_BYTES == crypto_auth_hmacsha256_KEYBYTES &&
	       SECRET_BYTES == crypto_auth_hmacsha256_BYTES, "HMAC-SHA-256 has 32 bytes of both");

void
secret_make(unsigned char key[SECRET_BYTES])
{
	randombytes_buf(key, SECRET_BYTES);
}

void
secret_digest(const unsigned char key[SECRET_BYTES], struct claque_str s,
	      unsigned char out[SECRET_BYTES])
{
	(void)crypto_auth_hmacsha256(out, (const unsigned char *)s.p, s.len, key);
}

struct claque_str
secret_to_hex(struct arena *perm, const unsigned char key[SECRET_BYTES])
{
	char *hex = ARENA_NEW(perm, char, 2 * SECRET_BYTES + 1);

	(void)sodium_bin2hex(hex, 2 * SECRET_BYTES + 1, key, SECRET_BYTES);
	return str_of(hex);
}

bool
secret_from_hex(struct claque_str hex, unsigned char key[SECRET_BYTES])
{
	size_t len = 0;

	return sodium_hex2bin(key, SECRET_BYTES, hex.p, hex.len, NULL, &len, NULL) == 0 &&
	       len == SECRET_BYTES;
}

void
secret_letters(const unsigned char *bytes, char *out, size_t count)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";

	for (size_t i = 0; i < count; i++)
		out[i] = digits[bytes[i] % 32];
}
