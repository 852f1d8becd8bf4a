#include "config.h"

#include "app/merge_job.h"

#include <errno.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"

static const char sqlite_head[] = "SQLite format 3";

/* Else it is read as lines; a file that cannot be read is neither. */
static enum claque_rc
look_at_head(const char *path, bool *is_case, struct claque_err *err)
{
	char head[sizeof(sqlite_head)] = "";
	uint64_t bytes;
	ssize_t n;
	int fd;
	enum claque_rc rc = file_open(path, &fd, &bytes, err);

	if (rc != CLAQUE_OK)
		return rc;
	n = read(fd, head, sizeof(head));
	if (n < 0)
		rc = err_set(err, CLAQUE_EIO, "%s: %s", path, strerror(errno));
	*is_case = n == (ssize_t)sizeof(head) && memcmp(head, sqlite_head, sizeof(head)) == 0;
	(void)close(fd);
	return rc;
}

static enum claque_rc
read_lines(const char *path, struct buf *out, struct claque_err *err)
{
	enum claque_rc rc = file_read(path, out, err);

	if (rc == CLAQUE_OK && out->over)
		rc = err_set(err, CLAQUE_ELIMIT, "%s: more than %d MiB", path, SHARE_BYTES_MAX >> 20);
	return rc;
}

static enum claque_rc
read_case(const char *path, struct buf *out, struct claque_err *err)
{
	struct store *store = NULL;
	enum claque_rc rc = store_open(&store, path, STORE_READ, err);

	if (rc == CLAQUE_OK)
		rc = case_share(store, out, err);
	store_close(store);
	return rc;
}

static enum claque_rc
read_other(const char *path, struct buf *out, struct claque_err *err)
{
	bool is_case;
	enum claque_rc rc = look_at_head(path, &is_case, err);

	if (rc != CLAQUE_OK)
		return rc;
	return is_case ? read_case(path, out, err) : read_lines(path, out, err);
}

enum claque_rc
merge_job(const struct case_context *c, const char *other, enum merge_choice choice, bool dry,
	  struct arena *perm, struct merge_plan *plan, size_t *taken, struct claque_err *err)
{
	struct buf lines;
	enum claque_rc rc;

	*taken = 0;
	*plan = (struct merge_plan){ .count = 0 };
	buf_init(&lines, SHARE_BYTES_MAX);
	rc = read_other(other, &lines, err);
	if (rc == CLAQUE_OK)
		rc = case_merge_plan(c->store, buf_str(&lines), perm, plan, err);
	if (rc == CLAQUE_EINPUT || rc == CLAQUE_ELIMIT)
		(void)err_wrap(err, "%s", other);
	buf_done(&lines);
	for (size_t i = 0; i < plan->count; i++)
		plan->items[i].choice = choice;
	return rc == CLAQUE_OK && !dry ? case_merge(c, plan, taken, err) : rc;
}
