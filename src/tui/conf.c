#include "config.h"

#include "tui/conf.h"

#include <errno.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"

enum { PATH_BYTES = 64 << 10 };

static enum claque_rc
read_settings(const char *path, struct buf *text, struct claque_err *err)
{
	enum claque_rc rc;

	if (access(path, F_OK) != 0 && errno == ENOENT)
		return err_set(err, CLAQUE_ENOTFOUND, "%s is not there", path);
	rc = file_read(path, text, err);
	return rc == CLAQUE_OK && text->over ?
	       err_set(err, CLAQUE_ELIMIT, "%s is over %d bytes; no settings need so many", path,
		       SETTINGS_FILE_MAX) : rc;
}

enum claque_rc
conf_read(struct settings *s, const char *asked, struct buf *note, struct claque_err *err)
{
	struct arena whole = arena_new(PATH_BYTES), perm = whole;
	const char *path = asked != NULL ? asked :
			   folder_of_user(&perm, "XDG_CONFIG_HOME", ".config", "claque.conf");
	enum claque_rc rc = CLAQUE_OK;
	size_t bad = 0;
	struct buf text;

	buf_init(&text, SETTINGS_FILE_MAX);
	if (path != NULL)
		rc = read_settings(path, &text, err);
	if (rc == CLAQUE_OK)
		bad = settings_read(s, path != NULL ? path : "", buf_str(&text), err);
	if (bad > 0 || (rc != CLAQUE_OK && rc != CLAQUE_ENOTFOUND && asked == NULL))
		buf_addz(note, err->msg);
	if (bad > 1)
		buf_addf(note, " (and %zu more lines)", bad - 1);
	buf_done(&text);
	arena_free(whole);
	if (asked == NULL)
		return CLAQUE_OK;
	return rc == CLAQUE_ENOTFOUND ? err_set(err, CLAQUE_EIO, "there is no file '%s'; leave "
						"--config out, or name one", asked) : rc;
}
