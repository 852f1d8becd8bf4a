/* uuid5.c - SHA-1 is of FIPS 180-4 (2015). */
#include "config.h"

#include "base/uuid5.h"

#include <string.h>

enum { BLOCK = 64, WORDS = 80, LENGTH_AT = 56 };

struct sha1 {
	uint32_t h[5];
	unsigned char block[BLOCK];
	size_t used;
	uint64_t bytes;
};

static uint32_t
turn(uint32_t x, int by)
{
	return x << by | x >> (32 - by);
}

static uint32_t
mix(int round, const uint32_t s[5])
{
	if (round < 20)
		return ((s[1] & s[2]) | (~s[1] & s[3])) + 0x5a827999u;
	if (round < 40)
		return (s[1] ^ s[2] ^ s[3]) + 0x6ed9eba1u;
	if (round < 60)
		return ((s[1] & s[2]) | (s[1] & s[3]) | (s[2] & s[3])) + 0x8f1bbcdcu;
	return (s[1] ^ s[2] ^ s[3]) + 0xca62c1d6u;
}

static void
digest_block(struct sha1 *d)
{
	uint32_t w[WORDS], s[5];

	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t)d->block[4 * i] << 24 | (uint32_t)d->block[4 * i + 1] << 16 |
		       (uint32_t)d->block[4 * i + 2] << 8 | d->block[4 * i + 3];
	for (int i = 16; i < WORDS; i++)
		w[i] = turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	memcpy(s, d->h, sizeof(s));
	for (int i = 0; i < WORDS; i++) {
		uint32_t next = turn(s[0], 5) + mix(i, s) + s[4] + w[i];

		s[4] = s[3];
		s[3] = s[2];
		s[2] = turn(s[1], 30);
		s[1] = s[0];
		s[0] = next;
	}
	for (int i = 0; i < 5; i++)
		d->h[i] += s[i];
	d->used = 0;
}

static void
digest_byte(struct sha1 *d, unsigned char byte)
{
	d->block[d->used++] = byte;
	if (d->used == BLOCK)
		digest_block(d);
}

static void
digest(struct sha1 *d, const void *p, size_t len)
{
	const unsigned char *bytes = p;

	d->bytes += len;
	for (size_t i = 0; i < len; i++)
		digest_byte(d, bytes[i]);
}

/* The first 16 of the 20 bytes are all that a UUID takes. */
static void
digest_end(struct sha1 *d, unsigned char out[UUID_BYTES])
{
	uint64_t bits = d->bytes * 8;

	digest_byte(d, 0x80);
	while (d->used != LENGTH_AT)
		digest_byte(d, 0);
	for (int i = 7; i >= 0; i--)
		digest_byte(d, (unsigned char)(bits >> (8 * i) & 0xff));
	for (int i = 0; i < UUID_BYTES; i++)
		out[i] = (unsigned char)(d->h[i / 4] >> (24 - 8 * (i % 4)) & 0xff);
}

struct uuid
uuid_of_name(struct uuid space, struct claque_str name)
{
	struct sha1 d = {
		.h = { 0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u },
	};
	struct uuid out;

	digest(&d, space.bytes, UUID_BYTES);
	digest(&d, name.p, name.len);
	digest_end(&d, out.bytes);
	out.bytes[6] = (unsigned char)((out.bytes[6] & 0x0f) | 0x50);
	out.bytes[8] = (unsigned char)((out.bytes[8] & 0x3f) | 0x80);
	return out;
}

static bool
is_dash_at(size_t i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

void
uuid_text(struct uuid id, char out[UUID_TEXT + 1])
{
	static const char digits[] = "0123456789abcdef";
	size_t nibble = 0;

	for (size_t i = 0; i < UUID_TEXT; i++) {
		if (is_dash_at(i)) {
			out[i] = '-';
			continue;
		}
		out[i] = digits[id.bytes[nibble / 2] >> (nibble % 2 == 0 ? 4 : 0) & 0xf];
		nibble++;
	}
	out[UUID_TEXT] = '\0';
}

bool
uuid_parse(struct claque_str s, struct uuid *out)
{
	size_t nibble = 0;

	*out = (struct uuid){ { 0 } };
	if (s.len != UUID_TEXT)
		return false;
	for (size_t i = 0; i < UUID_TEXT; i++) {
		int digit = byte_hex(s.p[i]);

		if (is_dash_at(i) ? s.p[i] != '-' : digit < 0 || byte_is_upper(s.p[i]))
			return false;
		if (is_dash_at(i))
			continue;
		out->bytes[nibble / 2] = (unsigned char)(out->bytes[nibble / 2] << 4 | digit);
		nibble++;
	}
	return true;
}

int
uuid_version(struct uuid id)
{
	int version = id.bytes[6] >> 4;

	return (id.bytes[8] & 0xc0) == 0x80 && version >= 1 && version <= 8 ? version : 0;
}
