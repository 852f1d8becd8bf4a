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

struct file_state
file_look(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return (struct file_state){ 0 };
	return (struct file_state){ st.st_dev, st.st_ino, (uint64_t)st.st_size, st.st_mtim.tv_sec,
				    st.st_mtim.tv_nsec };
}

bool
file_has_changed(const char *path, const struct file_state *since)
{
	struct file_state now = file_look(path);

	return now.inode != 0 &&
	       (now.device != since->device || now.inode != since->inode ||
		now.bytes != since->bytes || now.seconds != since->seconds ||
		now.nanoseconds != since->nanoseconds);
}

enum claque_rc
file_read(const char *path, struct buf *out, struct claque_err *err)
{
	char chunk[CHUNK];
	ssize_t n = 1;
	uint64_t bytes, got = 0;
	int fd;
	enum claque_rc rc = file_open(path, &fd, &bytes, err);

	if (rc != CLAQUE_OK)
		return rc;
	while (!out->over && (n = read(fd, chunk, sizeof(chunk))) > 0) {
		buf_add(out, (struct claque_str){ chunk, (size_t)n });
		got += (uint64_t)n;
	}
	if (n < 0)
		rc = err_set(err, CLAQUE_EIO, "%s cannot be read: %s", path, strerror(errno));
	else if (n == 0 && got < bytes)
		rc = err_set(err, CLAQUE_EIO, "%s was cut while it was read", path);
	(void)close(fd);
	return rc;
}
