#include "config.h"

#include "base/sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

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

/* A path may come from a case of unknown origin: no FIFO, no endless device. */
static enum claque_rc
open_regular(const char *path, int *out, struct claque_err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0 || fstat(fd, &st) != 0) {
		(void)err_set(err, CLAQUE_EIO, "%s: %s", path, strerror(errno));
	} else if (!S_ISREG(st.st_mode)) {
		(void)err_set(err, CLAQUE_EIO, "%s: not a plain file", path);
	} else {
		*out = fd;
		return CLAQUE_OK;
	}
	if (fd >= 0)
		(void)close(fd);
	return CLAQUE_EIO;
}

enum claque_rc
sha256_file(const char *path, char out[SHA256_HEX + 1], uint64_t *bytes,
	    const struct claque_progress *progress, struct claque_err *err)
{
	static const char stage[] = "hashing";
	enum { CHUNK = 1 << 18 };
	static _Thread_local char chunk[CHUNK];
	struct sha256 h;
	uint64_t done = 0;
	ssize_t n;
	int fd;

	if (open_regular(path, &fd, err) != CLAQUE_OK)
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
