/*
 * cipher.h - a folder in one file that only a passphrase opens, for handing a bag over.
 *
 * The key is made of the passphrase by Argon2id with the cost that stands in the file;
 * chunks of at most 64 KiB are XChaCha20-Poly1305 in libsodium's secretstream, which
 * notices a chunk that is altered, missing, in another place, or behind the end. Nothing
 * is held but one chunk, so that a bag may be of any size.
 *
 *   offset  bytes  what (numbers little-endian)
 *        0     16  "claque sealed 1\n"
 *       16      8  passes of Argon2id, 1..16
 *       24      8  its memory in bytes, 8 KiB..1 GiB
 *       32     16  its salt
 *       48     24  secretstream's header
 *       72         chunks: 4 bytes length (17..65553), and so many bytes
 *
 * The first chunk is authenticated with the 72 bytes in front of it. Inside, a file is a
 * chunk with its path ("data/case.md"), then its bytes in any number of chunks of which
 * the last has the tag PUSH; an empty chunk with the tag FINAL ends it all. How much there
 * is can be seen from outside; names and contents cannot.
 *
 * Left out: tar. Its reader takes links, devices and paths from whoever made it; here a
 * path is checked, and nothing but plain files can be said.
 */
#ifndef BASE_CIPHER_H
#define BASE_CIPHER_H

#include "base/str.h"

enum { CIPHER_CHUNK = 64 << 10, CIPHER_PATH_MAX = 4096 };

/* What a guess at the passphrase costs; usual: RFC 9106's second recommendation (2021). */
struct cipher_cost {
	uint64_t passes, memory;
};
extern const struct cipher_cost cipher_cost_usual, cipher_cost_least;

/*
 * The plain files of the folder into a new file of mode 0600. EINPUT: something in it is no
 * plain file; EIO; STOPPED. Nothing is left there unless it is whole.
 */
struct cipher_job {
	const char *folder, *file;
	struct claque_str phrase;	/* the caller's to sign_forget() */
	struct cipher_cost cost;	/* of what is written */
	const struct claque_progress *progress;
};
CLAQUE_CHECKED enum claque_rc cipher_write(const struct cipher_job *job, struct claque_err *err);
/*
 * The other way; the folder must not be there, and is there only if the file was whole.
 * EUSAGE: it is there, or this is not the passphrase; EINPUT: no such file, another
 * version, a cost that no claque asks, altered, cut off, a path that leads out of the
 * folder; EIO; STOPPED.
 */
CLAQUE_CHECKED enum claque_rc cipher_read(const struct cipher_job *job, struct claque_err *err);

/* --- the chunks alone */

enum cipher_tag { CIPHER_PART, CIPHER_END_OF_FILE, CIPHER_END };
struct cipher;			/* a file while it is written, or read */

/* The file stays the caller's to close. path: for messages, kept. */
CLAQUE_CHECKED enum claque_rc cipher_begin(struct cipher **out, int fd, const char *path,
	const struct cipher_job *job, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc cipher_put(struct cipher *c, struct claque_str bytes,
	enum cipher_tag tag, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc cipher_open(struct cipher **out, int fd, const char *path,
	struct claque_str phrase, struct claque_err *err);
/* *bytes: good until the next call. After the end ENOTFOUND, if there is nothing more. */
CLAQUE_CHECKED enum claque_rc cipher_get(struct cipher *c, struct claque_str *bytes,
	enum cipher_tag *tag, struct claque_err *err);
void cipher_free(struct cipher *c);	/* wipes key and plain text; takes NULL */

/* A relative path of plain names: no "..", no empty one, no control characters. */
bool cipher_path_ok(struct claque_str path);

#endif
