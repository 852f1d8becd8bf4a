#include "config.h"

#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#undef err_set	/* what it is to an analyser */

enum claque_rc
err_set(struct claque_err *err, enum claque_rc rc, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	err->rc = rc;
	return rc;
}

enum claque_rc
err_wrap(struct claque_err *err, const char *fmt, ...)
{
	char inner[sizeof(err->msg)];
	va_list ap;
	int n;

	memcpy(inner, err->msg, sizeof(inner));
	va_start(ap, fmt);
	n = vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof(err->msg))
		n = snprintf(err->msg + n, sizeof(err->msg) - (size_t)n, ": %s", inner);
	if (n < 0)
		err->msg[0] = '\0';
	return err->rc;
}

const char *
claque_rc_text(enum claque_rc rc)
{
	static const char *const texts[] = {
#define X(name, text) [CLAQUE_##name] = (text),
		CLAQUE_RC_LIST(X)
#undef X
	};

	_Static_assert(sizeof(texts) / sizeof(texts[0]) == CLAQUE_RC_COUNT,
		       "every code has a text");
	return (unsigned)rc < CLAQUE_RC_COUNT ? texts[rc] : "unknown code";
}
