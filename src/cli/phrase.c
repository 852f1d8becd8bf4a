#include "config.h"

#include "cli/phrase.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"

static enum claque_rc
take(const char *from, struct claque_str phrase, char out[SIGN_PHRASE_MAX], struct claque_err *err)
{
	if (phrase.len == 0 || phrase.len >= SIGN_PHRASE_MAX)
		return err_set(err, CLAQUE_EUSAGE, "%s: a passphrase has 1 to %d bytes", from,
			       SIGN_PHRASE_MAX - 1);
	memcpy(out, phrase.p, phrase.len);
	out[phrase.len] = '\0';
	return CLAQUE_OK;
}

enum claque_rc
phrase_read(const struct invocation *call, char out[SIGN_PHRASE_MAX], struct claque_err *err)
{
	const char *path = args_value(call, "passphrase-file");
	const char *told = getenv("CLAQUE_PASSPHRASE");
	char bytes[SIGN_PHRASE_MAX + 1];
	struct claque_str rest, line = { 0 };
	enum claque_rc rc;
	FILE *f;

	out[0] = '\0';
	if (path == NULL)
		return told == NULL ? CLAQUE_OK :
		       take("CLAQUE_PASSPHRASE", str_of(told), out, err);
	f = fopen(path, "re");
	if (f == NULL)
		return err_set(err, CLAQUE_EIO, "cannot read '%s': %s", path, strerror(errno));
	setbuf(f, NULL);
	rest = (struct claque_str){ bytes, fread(bytes, 1, sizeof(bytes), f) };
	(void)fclose(f);
	(void)str_cut(&rest, '\n', &line);
	if (line.len > 0 && line.p[line.len - 1] == '\r')
		line.len--;
	rc = take(path, line, out, err);
	sign_forget(bytes, sizeof(bytes));
	return rc;
}
