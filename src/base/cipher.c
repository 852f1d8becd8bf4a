#include "config.h"

#include "base/cipher.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"

#define STREAM(name) crypto_secretstream_xchacha20poly1305_##name

enum {
	MAGIC_BYTES = 16, SALT_BYTES = crypto_pwhash_SALTBYTES, START_BYTES = STREAM(HEADERBYTES),
	PASSES_AT = MAGIC_BYTES, MEMORY_AT = PASSES_AT + 8, SALT_AT = MEMORY_AT + 8,
	START_AT = SALT_AT + SALT_BYTES, HEAD_BYTES = START_AT + START_BYTES,
	SEALED_MAX = CIPHER_CHUNK + STREAM(ABYTES), LENGTH_BYTES = 4,
	PASSES_MAX = 16, MEMORY_MIN = 8 << 10, MEMORY_MAX = 1 << 30,
};

_Static_assert(HEAD_BYTES == 72 && SEALED_MAX == 65553, "as cipher.h says");

static const char magic[MAGIC_BYTES + 1] = "claque sealed 1\n";
enum { NAME_BYTES = 14 };	/* of it, up to the version */

const struct cipher_cost cipher_cost_usual = { 3, 64 << 20 };
const struct cipher_cost cipher_cost_least = { 1, MEMORY_MIN };

struct cipher {
	STREAM(state) state;
	int fd;
	const char *path;
	unsigned char head[HEAD_BYTES];
	unsigned char plain[CIPHER_CHUNK], sealed[LENGTH_BYTES + SEALED_MAX];
	uint64_t chunks;		/* so far */
	bool ended;
};

static void
put_number(unsigned char *out, uint64_t n, int bytes)
{
	for (int i = 0; i < bytes; i++, n >>= 8)
		out[i] = (unsigned char)(n & 0xff);
}

static uint64_t
get_number(const unsigned char *p, int bytes)
{
	uint64_t n = 0;

	while (bytes-- > 0)
		n = n << 8 | p[bytes];
	return n;
}

static enum claque_rc
write_bytes(struct cipher *c, const unsigned char *p, size_t len, struct claque_err *err)
{
	while (len > 0) {
		ssize_t n = write(c->fd, p, len);

		if (n < 0 && errno != EINTR)
			return err_set(err, CLAQUE_EIO, "cannot write '%s': %s", c->path,
				       strerror(errno));
		p += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return CLAQUE_OK;
}

/* *got: fewer than asked at the file's end only. */
static enum claque_rc
read_bytes(struct cipher *c, unsigned char *p, size_t len, size_t *got, struct claque_err *err)
{
	*got = 0;
	while (*got < len) {
		ssize_t n = read(c->fd, p + *got, len - *got);

		if (n < 0 && errno != EINTR)
			return err_set(err, CLAQUE_EIO, "cannot read '%s': %s", c->path,
				       strerror(errno));
		if (n == 0)
			break;
		*got += n > 0 ? (size_t)n : 0;
	}
	return CLAQUE_OK;
}

static enum claque_rc
make_key(const struct cipher *c, struct claque_str phrase, unsigned char key[STREAM(KEYBYTES)],
	 struct claque_err *err)
{
	uint64_t memory = get_number(c->head + MEMORY_AT, 8);

	if (crypto_pwhash(key, STREAM(KEYBYTES), phrase.p, phrase.len, c->head + SALT_AT,
			  get_number(c->head + PASSES_AT, 8), memory,
			  crypto_pwhash_ALG_ARGON2ID13) == 0)
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EIO, "'%s': no %llu MiB of memory for the passphrase", c->path,
		       (unsigned long long)(memory >> 20));
}

static struct cipher *
new_cipher(int fd, const char *path)
{
	struct cipher *c = calloc(1, sizeof(*c));

	if (c == NULL || sodium_init() < 0)
		base_oom();
	c->fd = fd;
	c->path = path;
	return c;
}

void
cipher_free(struct cipher *c)
{
	if (c == NULL)
		return;
	sodium_memzero(c, sizeof(*c));
	free(c);
}

enum claque_rc
cipher_begin(struct cipher **out, int fd, const char *path, const struct cipher_job *job,
	     struct claque_err *err)
{
	unsigned char key[STREAM(KEYBYTES)];
	struct cipher *c = new_cipher(fd, path);
	enum claque_rc rc;

	memcpy(c->head, magic, MAGIC_BYTES);
	put_number(c->head + PASSES_AT, job->cost.passes, 8);
	put_number(c->head + MEMORY_AT, job->cost.memory, 8);
	randombytes_buf(c->head + SALT_AT, SALT_BYTES);
	rc = make_key(c, job->phrase, key, err);
	if (rc == CLAQUE_OK) {
		(void)STREAM(init_push)(&c->state, c->head + START_AT, key);
		rc = write_bytes(c, c->head, HEAD_BYTES, err);
	}
	sodium_memzero(key, sizeof(key));
	*out = c;
	return rc;
}

/* What the first chunk is authenticated with. */
static struct claque_str
head_of_first(const struct cipher *c)
{
	return (struct claque_str){ (const char *)c->head, c->chunks == 0 ? HEAD_BYTES : 0 };
}

enum claque_rc
cipher_put(struct cipher *c, struct claque_str bytes, enum cipher_tag tag, struct claque_err *err)
{
	static const unsigned char tags[] = {
		[CIPHER_PART] = STREAM(TAG_MESSAGE), [CIPHER_END_OF_FILE] = STREAM(TAG_PUSH),
		[CIPHER_END] = STREAM(TAG_FINAL),
	};
	struct claque_str with = head_of_first(c);

	if (bytes.len > CIPHER_CHUNK)
		return err_set(err, CLAQUE_ELIMIT, "a chunk has at most %d bytes", CIPHER_CHUNK);
	put_number(c->sealed, bytes.len + STREAM(ABYTES), LENGTH_BYTES);
	(void)STREAM(push)(&c->state, c->sealed + LENGTH_BYTES, NULL,
			   (const unsigned char *)bytes.p, bytes.len,
			   (const unsigned char *)with.p, with.len, tags[tag]);
	c->chunks++;
	return write_bytes(c, c->sealed, LENGTH_BYTES + bytes.len + STREAM(ABYTES), err);
}

/* A cost from a stranger is not paid before it is looked at. */
static enum claque_rc
check_head(const struct cipher *c, size_t got, struct claque_err *err)
{
	uint64_t passes = get_number(c->head + PASSES_AT, 8);
	uint64_t memory = get_number(c->head + MEMORY_AT, 8);

	if (got < NAME_BYTES || memcmp(c->head, magic, NAME_BYTES) != 0)
		return err_set(err, CLAQUE_EINPUT, "'%s' was not encrypted by claque", c->path);
	if (got < HEAD_BYTES)
		return err_set(err, CLAQUE_EINPUT, "'%s' was cut off in its first %d bytes",
			       c->path, HEAD_BYTES);
	if (memcmp(c->head, magic, MAGIC_BYTES) != 0)
		return err_set(err, CLAQUE_EVERSION, "'%s' was encrypted by another version of "
			       "claque: decrypt it with a newer one", c->path);
	if (passes < 1 || passes > PASSES_MAX || memory < MEMORY_MIN || memory > MEMORY_MAX)
		return err_set(err, CLAQUE_EINPUT, "'%s' asks for %llu passes over %llu MiB of memory "
			       "before it opens; more than %d over %d MiB no claque writes: it was "
			       "altered", c->path, (unsigned long long)passes,
			       (unsigned long long)(memory >> 20), PASSES_MAX, MEMORY_MAX >> 20);
	return CLAQUE_OK;
}

static enum claque_rc
start_reading(struct cipher *c, struct claque_str phrase, struct claque_err *err)
{
	unsigned char key[STREAM(KEYBYTES)];
	enum claque_rc rc = make_key(c, phrase, key, err);

	if (rc == CLAQUE_OK && STREAM(init_pull)(&c->state, c->head + START_AT, key) != 0)
		rc = err_set(err, CLAQUE_EINPUT, "'%s': its first bytes were altered", c->path);
	sodium_memzero(key, sizeof(key));
	return rc;
}

enum claque_rc
cipher_open(struct cipher **out, int fd, const char *path, struct claque_str phrase,
	    struct claque_err *err)
{
	struct cipher *c = new_cipher(fd, path);
	size_t got;
	enum claque_rc rc = read_bytes(c, c->head, HEAD_BYTES, &got, err);

	if (rc == CLAQUE_OK)
		rc = check_head(c, got, err);
	if (rc == CLAQUE_OK)
		rc = start_reading(c, phrase, err);
	*out = c;
	return rc;
}

static enum claque_rc
cut_off(const struct cipher *c, struct claque_err *err)
{
	return err_set(err, CLAQUE_EINPUT, "'%s' was cut off in chunk %llu: ask for it again", c->path,
		       (unsigned long long)c->chunks + 1);
}

/* The next chunk as it stands in the file; *len 0: there is none. */
static enum claque_rc
read_chunk(struct cipher *c, size_t *len, struct claque_err *err)
{
	size_t got;
	enum claque_rc rc = read_bytes(c, c->sealed, LENGTH_BYTES, &got, err);

	*len = 0;
	if (rc != CLAQUE_OK || got == 0)
		return rc;
	if (got == LENGTH_BYTES)
		*len = (size_t)get_number(c->sealed, LENGTH_BYTES);
	if (got == LENGTH_BYTES && (*len < STREAM(ABYTES) || *len > SEALED_MAX))
		return err_set(err, CLAQUE_EINPUT, "'%s': chunk %llu was altered", c->path,
			       (unsigned long long)c->chunks + 1);
	if (got == LENGTH_BYTES)
		rc = read_bytes(c, c->sealed + LENGTH_BYTES, *len, &got, err);
	return rc == CLAQUE_OK && got != *len ? cut_off(c, err) : rc;
}

static enum claque_rc
not_opened(const struct cipher *c, struct claque_err *err)
{
	if (c->chunks == 0)
		return err_set(err, CLAQUE_EUSAGE, "'%s': this is not its passphrase (or its "
			       "beginning was altered)", c->path);
	return err_set(err, CLAQUE_EINPUT, "'%s': chunk %llu was altered, or stands in another place "
		       "than it did", c->path, (unsigned long long)c->chunks + 1);
}

static enum claque_rc
open_chunk(struct cipher *c, size_t len, struct claque_str *bytes, enum cipher_tag *tag,
	   struct claque_err *err)
{
	struct claque_str with = head_of_first(c);
	unsigned char sealed_tag;

	if (STREAM(pull)(&c->state, c->plain, NULL, &sealed_tag, c->sealed + LENGTH_BYTES, len,
			 (const unsigned char *)with.p, with.len) != 0)
		return not_opened(c, err);
	*bytes = (struct claque_str){ (const char *)c->plain, len - STREAM(ABYTES) };
	*tag = sealed_tag == STREAM(TAG_PUSH) ? CIPHER_END_OF_FILE :
	       sealed_tag == STREAM(TAG_FINAL) ? CIPHER_END : CIPHER_PART;
	c->ended = *tag == CIPHER_END;
	c->chunks++;
	return CLAQUE_OK;
}

enum claque_rc
cipher_get(struct cipher *c, struct claque_str *bytes, enum cipher_tag *tag, struct claque_err *err)
{
	size_t len;
	enum claque_rc rc;

	*bytes = STR("");
	*tag = CIPHER_END;
	rc = read_chunk(c, &len, err);
	if (c->ended && rc == CLAQUE_OK && len == 0)
		return err_set(err, CLAQUE_ENOTFOUND, "'%s' ends here", c->path);
	if (c->ended && (rc == CLAQUE_OK || rc == CLAQUE_EINPUT))
		return err_set(err, CLAQUE_EINPUT, "'%s': something was added behind its end", c->path);
	if (rc == CLAQUE_OK && len == 0)
		return cut_off(c, err);
	return rc == CLAQUE_OK ? open_chunk(c, len, bytes, tag, err) : rc;
}
