#include "config.h"

#include "base/stamp.h"

#include "base/sha256.h"

void
stamp_request(const char *digest_hex, unsigned char out[STAMP_BYTES])
{
	static const unsigned char head[] = {
		0x30, 0x39,			/* TimeStampReq, 57 bytes */
		0x02, 0x01, 0x01,		/* version 1 */
		0x30, 0x31,			/* messageImprint */
		0x30, 0x0d,			/* AlgorithmIdentifier: SHA-256, NULL */
		0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
		0x05, 0x00,
		0x04, 0x20,			/* the digest */
	};
	static const unsigned char tail[] = { 0x01, 0x01, 0xff };	/* certReq TRUE */

	_Static_assert(sizeof(head) + SHA256_BYTES + sizeof(tail) == STAMP_BYTES,
		       "a request has one length");
	memcpy(out, head, sizeof(head));
	for (size_t i = 0; i < SHA256_BYTES; i++)
		out[sizeof(head) + i] = (unsigned char)(byte_hex(digest_hex[2 * i]) * 16 +
							byte_hex(digest_hex[2 * i + 1]));
	memcpy(out + sizeof(head) + SHA256_BYTES, tail, sizeof(tail));
}
