/*
 * file_digest.h - the SHA-256 of a file, taken while something else goes on.
 *
 * Of a file whose size and format the case has not seen, the digest cannot be
 * known there: rows are read at once, and the writer holds its first commit
 * until the digest is there. Hashing so costs the time of another processor.
 */
#ifndef APP_FILE_DIGEST_H
#define APP_FILE_DIGEST_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/sha256.h"
#include "store/writer.h"

struct file_digest {
	const char *path;
	pthread_t thread;
	bool running;			/* the thread is to be joined */
	atomic_bool ended, stopping;
	char hex[SHA256_HEX + 1];
	uint64_t bytes;
	enum claque_rc rc;
	struct claque_err err;
};

/* Starts; path must stay. Every start needs its done. */
void file_digest_start(struct file_digest *d, const char *path);
/* What a writer asks; good until file_digest_done(). */
struct input_digest file_digest_of(struct file_digest *d);
/* Nobody waits for it any more: get() gives CLAQUE_STOPPED soon, unless it is there. */
void file_digest_stop(struct file_digest *d);
void file_digest_done(struct file_digest *d);

#endif
