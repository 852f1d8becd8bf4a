/*
 * fuzz_cipher.c - any bytes as an encrypted bag. The first byte says which way: as the
 * file itself; or as what somebody who knows the passphrase put into one, a length and a
 * tag before each chunk. Nothing may come to stand outside the folder, and what is refused
 * leaves no folder.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cipher.h"
#include "base/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM_BYTES = 1 << 24 };

/* A folder of its own: `file` in it, and `in`, which holds `out` and nothing else. */
static struct {
	char folder[32], file[40], in[40], out[48];
} at;

static void
make_places(void)
{
	if (at.folder[0] != '\0')
		return;
	(void)snprintf(at.folder, sizeof(at.folder), "/tmp/claque-fuzz-XXXXXX");
	if (mkdtemp(at.folder) == NULL)
		abort();
	(void)snprintf(at.file, sizeof(at.file), "%s/f", at.folder);
	(void)snprintf(at.in, sizeof(at.in), "%s/in", at.folder);
	(void)snprintf(at.out, sizeof(at.out), "%s/out", at.in);
	if (mkdir(at.in, 0700) != 0)
		abort();
}

/* Argon2id at a cost from 0 to 1 GiB would be all that is ever tried. */
static void
write_raw(int fd, const uint8_t *data, size_t size)
{
	enum { PASSES = 16, MEMORY = 24, SALT = 32 };
	uint8_t head[SALT] = { 0 };

	memcpy(head, data, size < SALT ? size : SALT);
	for (size_t i = PASSES + 1; i < SALT; i++)
		if (i != MEMORY + 1 && head[i] < 0xf0)
			head[i] = 0;
	if (write(fd, head, size < SALT ? size : SALT) < 0 ||
	    (size > SALT && write(fd, data + SALT, size - SALT) < 0))
		abort();
}

static void
write_chunks(int fd, const uint8_t *data, size_t size)
{
	struct claque_progress quiet = { 0 };
	struct cipher_job job = { "", "f", STR("p"), cipher_cost_least, &quiet };
	struct claque_err err;
	struct cipher *c;

	if (cipher_begin(&c, fd, "f", &job, &err) != CLAQUE_OK)
		abort();
	while (size >= 2) {
		size_t len = data[0] < size - 2 ? data[0] : size - 2;

		if (cipher_put(c, (struct claque_str){ (const char *)data + 2, len },
			       (enum cipher_tag)(data[1] % 3), &err) != CLAQUE_OK)
			abort();
		data += 2 + len;
		size -= 2 + len;
	}
	cipher_free(c);
}

/* The folder and what is in it, if it is there. */
static void
remove_all(const char *folder)
{
	struct arena whole = arena_new(ROOM_BYTES), perm = whole;
	struct tree_file *files;
	struct claque_err err;
	size_t count = 0;

	if (tree_list(folder, &perm, &files, &count, &err) == CLAQUE_OK)
		for (size_t i = 0; i < count; i++) {
			char *path = (char *)(uintptr_t)str_fmt(&perm, "%s/%s", folder,
								 files[i].path).p;

			if (!files[i].regular || unlink(path) != 0)
				abort();
			for (char *slash; (slash = strrchr(path, '/')) != NULL;) {
				*slash = '\0';
				if (rmdir(path) != 0 || strcmp(path, folder) == 0)
					break;
			}
		}
	(void)rmdir(folder);
	arena_free(whole);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct claque_progress quiet = { 0 };
	struct cipher_job job = { at.out, at.file, STR("p"), cipher_cost_least, &quiet };
	struct claque_err err;
	int fd;

	make_places();
	fd = open(at.file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		abort();
	if (size > 0 && data[0] % 2 == 0)
		write_raw(fd, data + 1, size - 1);
	else if (size > 0)
		write_chunks(fd, data + 1, size - 1);
	(void)close(fd);
	if (cipher_read(&job, &err) == CLAQUE_OK)
		remove_all(job.folder);
	if (rmdir(at.in) != 0 || mkdir(at.in, 0700) != 0)
		abort();	/* something is left there */
	return 0;
}
