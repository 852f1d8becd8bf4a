#include "config.h"

#include "base/sha256.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"

_Static_assert(sizeof(struct sha256) >= sizeof(crypto_hash_sha256_state),
	       "struct sha256 must hold libsodium's state");

static crypto_hash_sha256_state *
inner(struct sha256 *h)
{
	return (crypto_hash_sha256_state *)(void *)h->state;
}

void
sha256_start(struct sha256 *h)
{
	(void)crypto_hash_sha256_init(inner(h));	/* always 0 */
}

void
sha256_add(struct sha256 *h, struct claque_str s)
{
	(void)crypto_hash_sha256_update(inner(h), (const unsigned char *)s.p, s.len);
}

void
sha256_end(struct sha256 *h, char out[SHA256_HEX + 1])
{
	unsigned char digest[SHA256_BYTES];

	(void)crypto_hash_sha256_final(inner(h), digest);
	for (size_t i = 0; i < SHA256_BYTES; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", (unsigned)digest[i]);
}

void
sha256_text(struct claque_str s, char out[SHA256_HEX + 1])
{
	struct sha256 h;

	sha256_start(&h);
	sha256_add(&h, s);
	sha256_end(&h, out);
}

enum claque_rc
sha256_file(const char *path, char out[SHA256_HEX + 1], uint64_t *bytes,
	    const struct claque_progress *progress, struct claque_err *err)
{
	static const char stage[] = "hashing";
	enum { CHUNK = 1 << 18 };
	static _Thread_local char chunk[CHUNK];
	struct sha256 h;
	uint64_t done = 0, size;
	ssize_t n;
	int fd;

	if (file_open(path, &fd, &size, err) != CLAQUE_OK)
		return CLAQUE_EIO;
	sha256_start(&h);
	while ((n = read(fd, chunk, CHUNK)) > 0) {
		sha256_add(&h, (struct claque_str){ chunk, (size_t)n });
		done += (uint64_t)n;
		if (progress->tick != NULL && !progress->tick(progress->ctx, stage, done, 0)) {
			(void)close(fd);
			return CLAQUE_STOPPED;
		}
	}
	if (n < 0)
		(void)err_set(err, CLAQUE_EIO, "%s: %s", path, strerror(errno));
	(void)close(fd);	/* read only: nothing to lose */
	if (n < 0)
		return CLAQUE_EIO;
	sha256_end(&h, out);
	if (bytes != NULL)
		*bytes = done;
	return CLAQUE_OK;
}
