#include "config.h"

#include "app/formats.h"

#include <stdlib.h>

enum { PATH_BYTES = 64 << 10 };

/* NULL: neither variable says where. */
static const char *
own_folder(struct arena *perm)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config != NULL && config[0] == '/')
		return str_fmt(perm, "%s/claque/formats", config).p;
	if (home != NULL && home[0] == '/')
		return str_fmt(perm, "%s/.config/claque/formats", home).p;
	return NULL;
}

static bool
is_path(const char *format)
{
	struct claque_str s = str_of(format), end = STR(".map");

	return s.len > end.len && str_eq(str_sub(s, s.len - end.len, end.len), end);
}

enum claque_rc
formats_read(const char **format, struct import_maps **out, struct claque_err *err)
{
	struct arena whole = arena_new(PATH_BYTES), perm = whole;
	const char *told = getenv("CLAQUE_FORMATS");
	const char *folders[] = { own_folder(&perm), told != NULL ? told : PKGDATADIR "/formats" };
	enum claque_rc rc = import_maps_read(folders, sizeof(folders) / sizeof(folders[0]), out,
					     err);

	if (rc == CLAQUE_OK && is_path(*format))
		rc = import_maps_add(*out, *format, format, err);
	arena_free(whole);
	return rc;
}
