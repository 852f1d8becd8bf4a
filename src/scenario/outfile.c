#include "config.h"

#include "scenario/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/err.h"
#include "text/csvcell.h"

enum { BLOCK = 1 << 16, MOST = 1 << 20 };

static void
flush(struct outfile *o)
{
	if (o->file == NULL)
		return;
	if (o->bytes.len > 0 && o->error == 0 &&
	    fwrite(o->bytes.p, 1, o->bytes.len, o->file) != o->bytes.len)
		o->error = errno;
	if (o->bytes.over)
		o->error = EFBIG;
	buf_clear(&o->bytes);
}

static enum claque_rc
fail(const struct outfile *o, const char *what, struct claque_err *err)
{
	return err_set(err, CLAQUE_EIO, "%s: %s: %s", o->path, what, strerror(errno));
}

/* Before each field: the comma that parts it from the one before. */
static void
part(struct outfile *o)
{
	if (o->in_row)
		buf_addc(&o->bytes, ',');
	o->in_row = true;
}

/* For the user alone, like all that claque writes. */
static bool
make_file(struct outfile *o)
{
	int fd = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	o->file = fd < 0 ? NULL : fdopen(fd, "wb");
	if (fd >= 0 && o->file == NULL)
		(void)close(fd);
	return o->file != NULL;
}

enum claque_rc
outfile_open(struct outfile *o, struct arena *perm, const char *dir, const char *name,
	     struct claque_err *err)
{
	*o = (struct outfile){ .path = str_fmt(perm, "%s/%s", dir, name).p,
			       .temporary = str_fmt(perm, "%s/.%s.part", dir, name).p };
	buf_init(&o->bytes, MOST);
	if (access(o->path, F_OK) == 0)
		return err_set(err, CLAQUE_EINPUT, "%s is there already; choose an empty directory",
			       o->path);
	if (unlink(o->temporary) != 0 && errno != ENOENT)
		return fail(o, "cannot remove what an earlier run left", err);
	return make_file(o) ? CLAQUE_OK : fail(o, "cannot be written", err);
}

void
outfile_memory(struct outfile *o)
{
	*o = (struct outfile){ .file = NULL };
	buf_init(&o->bytes, MOST);
}

void
outfile_field(struct outfile *o, struct claque_str s)
{
	part(o);
	csvcell_add(&o->bytes, s);
}

void
outfile_field_number(struct outfile *o, int64_t n)
{
	part(o);
	buf_addf(&o->bytes, "%lld", (long long)n);
}

void
outfile_end_row(struct outfile *o)
{
	buf_addc(&o->bytes, '\n');
	o->in_row = false;
	if (o->bytes.len >= BLOCK)
		flush(o);
}

void
outfile_text(struct outfile *o, struct claque_str s)
{
	buf_add(&o->bytes, s);
	if (o->bytes.len >= BLOCK)
		flush(o);
}

enum claque_rc
outfile_commit(struct outfile *o, struct claque_err *err)
{
	flush(o);
	errno = o->error;
	if (o->error != 0 || fflush(o->file) != 0 || fsync(fileno(o->file)) != 0)
		return fail(o, "cannot be written in full", err);
	if (rename(o->temporary, o->path) != 0)
		return fail(o, "cannot be put in place", err);
	(void)fclose(o->file);
	o->file = NULL;
	buf_done(&o->bytes);
	return CLAQUE_OK;
}

void
outfile_drop(struct outfile *o)
{
	buf_done(&o->bytes);
	if (o->file == NULL)
		return;
	(void)fclose(o->file);
	(void)unlink(o->temporary);
	o->file = NULL;
}
