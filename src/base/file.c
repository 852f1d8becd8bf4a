#include "config.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

enum { CHUNK = 1 << 14 };

static enum claque_rc
check_plain(const char *path, const struct stat *st, struct claque_err *err)
{
	if (S_ISREG(st->st_mode))
		return CLAQUE_OK;
	if (S_ISDIR(st->st_mode))
		return err_set(err, CLAQUE_EIO, "%s: a folder, not a file", path);
	return err_set(err, CLAQUE_EIO, "%s: a %s, not a file; save its output to a plain file and "
		       "name that", path, S_ISFIFO(st->st_mode) ? "pipe (FIFO)" : "device or socket");
}

enum claque_rc
file_open(const char *path, int *fd, uint64_t *bytes, struct claque_err *err)
{
	struct stat st;
	/* Without O_NONBLOCK, opening a FIFO waits for a writer for ever. */
	int opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	enum claque_rc rc;

	if (opened < 0 || fstat(opened, &st) != 0)
		rc = err_set(err, CLAQUE_EIO, "%s cannot be read: %s", path, strerror(errno));
	else
		rc = check_plain(path, &st, err);
	if (rc != CLAQUE_OK && opened >= 0)
		(void)close(opened);
	if (rc != CLAQUE_OK)
		return rc;
	*fd = opened;
	*bytes = (uint64_t)st.st_size;
	return CLAQUE_OK;
}

enum claque_rc
file_read(const char *path, struct buf *out, struct claque_err *err)
{
	char chunk[CHUNK];
	ssize_t n = 1;
	uint64_t bytes;
	int fd;
	enum claque_rc rc = file_open(path, &fd, &bytes, err);

	if (rc != CLAQUE_OK)
		return rc;
	while (!out->over && (n = read(fd, chunk, sizeof(chunk))) > 0)
		buf_add(out, (struct claque_str){ chunk, (size_t)n });
	if (n < 0)
		rc = err_set(err, CLAQUE_EIO, "%s cannot be read: %s", path, strerror(errno));
	(void)close(fd);
	return rc;
}
