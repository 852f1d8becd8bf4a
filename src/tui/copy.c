/*
 * copy.c - the row under the cursor, into a file or the terminal's clipboard: a post's
 * text, the name of an account or a source, else the row as it is shown.
 *
 * Made safe, with links that cannot be followed, unless the raw text is asked for and
 * that is confirmed. Control characters stay out of any clipboard: pasted, they would act.
 */
#include "config.h"

#include "tui/view.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/folder.h"

/* The row as it is shown, its columns parted by tabs. */
static struct claque_str
columns_of(struct ui *u, const struct row *row)
{
	struct arena *perm = &u->grid.scratch;
	enum list_id list = session_list(u->s);
	struct shape shape = desk_shape(u->s, list);
	size_t count;
	const struct column *columns = session_columns_of(u->s, list, &count);
	struct claque_str text = STR("");

	for (size_t i = 0; i < shape.count; i++) {
		size_t at = shape.columns[i];

		text = str_fmt(perm, STR_FMT "%s" STR_FMT, STR_ARG(text), i > 0 ? "\t" : "",
			       STR_ARG(value_screen(perm, &columns[at], &row->values[at])));
	}
	return text;
}

static struct claque_str
text_of(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	const struct row *row = session_current(u->s);
	struct subject on = session_subject(u->s);

	if (row != NULL && session_list(u->s) == LIST_POSTS)
		return row_text(LIST_POSTS, row, "text");
	if (on.kind == SUBJECT_account || on.kind == SUBJECT_source || row == NULL)
		return session_subject_name(u->s, on, perm);
	return columns_of(u, row);
}

static bool
has_controls(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return true;
	return false;
}

static const char *
usual_path(struct arena *perm)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state != NULL && state[0] == '/')
		return str_fmt(perm, "%s/claque/copied.txt", state).p;
	if (home != NULL && home[0] == '/')
		return str_fmt(perm, "%s/.local/state/claque/copied.txt", home).p;
	return NULL;
}

static enum claque_rc
write_file(const char *path, struct claque_str text, struct claque_err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	size_t done = 0;

	if (fd >= 0 && fchmod(fd, 0600) != 0) {	/* it may be there, and open to others */
		(void)close(fd);
		fd = -1;
	}
	while (fd >= 0 && done < text.len) {
		ssize_t n = write(fd, text.p + done, text.len - done);

		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
	}
	if (fd < 0 || close(fd) != 0 || done < text.len)
		return err_set(err, CLAQUE_EIO, "%s: %s", path, strerror(errno));
	return CLAQUE_OK;
}

/* Says why it is not in the clipboard, if that is where it was wanted, and where it is. */
static void
to_file(struct ui *u, struct claque_str text, const char *why)
{
	struct arena *perm = &u->grid.scratch;
	const char *path = usual_path(perm);
	struct claque_err err;

	if (path == NULL)
		session_say(u->s, "nothing was copied: neither XDG_STATE_HOME nor HOME is set");
	else if (folder_make_for(path, *perm, &err) != CLAQUE_OK ||
		 write_file(path, text, &err) != CLAQUE_OK)
		session_fail(u->s, &err);
	else
		session_say(u->s, "%s%s bytes are in %s", why,
			    count_grouped(perm, (int64_t)text.len).p, path);
}

static void
copy(struct ui *u, struct claque_str text)
{
	bool wanted = u->set.values[SETTING_CLIPBOARD] != 0;

	if (u->copy == NULL)
		session_say(u->s, "there is no terminal here to copy from");
	else if (text.len == 0)
		session_say(u->s, "there is nothing here to copy");
	else if (!wanted)
		to_file(u, text, "");
	else if (has_controls(text))
		to_file(u, text, "control characters stay out of clipboards: ");
	else if (!u->copy(text))
		to_file(u, text, "too long for a clipboard: ");
	else
		session_say(u->s, "%s bytes went to the terminal's clipboard, if it takes them",
			    count_grouped(&u->grid.scratch, (int64_t)text.len).p);
}

void
copy_safe(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;

	copy(u, safe_text(perm, text_defanged(perm, text_of(u))));
}

static void
copy_as_it_is(struct ui *u)
{
	copy(u, text_of(u));
}

void
copy_raw(struct ui *u)
{
	if (session_in_workshop(u->s))
		session_say(u->s, "a workshop lets nothing out as it is");
	else
		ui_confirm(u, "Copy the text as it is, with links that work?", copy_as_it_is);
}
