#include "config.h"

#include "export/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/err.h"
#include "export/table.h"

enum { FLOW_BYTES = 256 << 10, SINK_BYTES_MAX = 256 << 20 };

enum claque_rc
sink_open(struct sink *out, const char *path, struct claque_err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_set(err, CLAQUE_EIO, "cannot make '%s': %s", path, strerror(errno));
	*out = (struct sink){ .fd = fd, .path = path };
	buf_init(&out->buf, SINK_BYTES_MAX);
	sha256_start(&out->digest);
	return CLAQUE_OK;
}

static void
write_all(struct sink *s)
{
	struct claque_str rest = buf_str(&s->buf);

	if (s->buf.over && s->error == 0)
		s->error = EFBIG;
	sha256_add(&s->digest, rest);
	while (rest.len > 0 && s->error == 0) {
		ssize_t n = write(s->fd, rest.p, rest.len);

		if (n >= 0)
			rest = str_sub(rest, (size_t)n, rest.len);
		else if (errno != EINTR)
			s->error = errno;
	}
	buf_clear(&s->buf);
}

bool
sink_flow(struct sink *s)
{
	if (s->buf.len >= FLOW_BYTES || s->buf.over)
		write_all(s);
	return s->error == 0;
}

static enum claque_rc
fault(const struct sink *s, struct claque_err *err)
{
	return err_set(err, CLAQUE_EIO, "cannot write '%s': %s", s->path, strerror(s->error));
}

struct walk {
	struct sink *sink;
	void (*each)(void *ctx, const struct row *row);
	void *ctx;
};

static bool
walk_row(void *ctx, const struct row *row)
{
	struct walk *w = ctx;

	w->each(w->ctx, row);
	return sink_flow(w->sink);
}

enum claque_rc
sink_walk(struct sink *s, const struct rowset *table,
	  void (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	struct walk w = { s, each, ctx };
	enum claque_rc rc = table->walk(table->ctx, walk_row, &w, err);

	return s->error != 0 ? fault(s, err) : rc;
}

enum claque_rc
sink_walk_some(struct sink *s, const struct rowset *table, const char *columns,
	       void (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	struct walk w = { s, each, ctx };
	enum claque_rc rc = table_walk_some(table, columns, walk_row, &w, err);

	return s->error != 0 ? fault(s, err) : rc;
}

enum claque_rc
sink_close(struct sink *s, enum claque_rc rc, struct claque_err *err)
{
	if (rc == CLAQUE_OK) {
		write_all(s);
		if (s->error == 0 && fsync(s->fd) != 0)
			s->error = errno;
	}
	if (close(s->fd) != 0 && s->error == 0)
		s->error = errno;
	if (rc == CLAQUE_OK && s->error != 0)
		rc = fault(s, err);
	buf_done(&s->buf);
	return rc;
}

enum claque_rc
sink_sync_folder(const char *path, struct claque_err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = fd < 0 ? -1 : fsync(fd), why = errno;

	if (fd >= 0)
		(void)close(fd);
	return failed == 0 ? CLAQUE_OK : err_set(err, CLAQUE_EIO, "cannot write '%s': %s", path,
						 strerror(why));
}
