#include "config.h"

#include "app/formats.h"

#include <stdlib.h>

#include "base/folder.h"

enum { PATH_BYTES = 64 << 10 };

static bool
is_path(const char *format)
{
	struct claque_str s = str_of(format), end = STR(".map");

	return s.len > end.len && str_eq(str_sub(s, s.len - end.len, end.len), end);
}

static void
warn_all(const struct import_maps *maps, struct arena scratch, const struct formats_ear *ear)
{
	const char *fault;

	for (size_t i = 0; ear->warn != NULL && (fault = import_maps_fault(maps, i)) != NULL; i++)
		ear->warn(ear->ctx, str_fmt(&scratch, "%s; the file is left out: mend it as"
					    " claque-formats(7) says, or move it away", fault));
}

enum claque_rc
formats_read(const char **format, const struct formats_ear *ear, struct import_maps **out,
	     struct claque_err *err)
{
	struct arena whole = arena_new(PATH_BYTES), perm = whole;
	const char *folders[] = {
		folder_of_user(&perm, "XDG_CONFIG_HOME", ".config", "formats"),
		folder_of_data(&perm, "CLAQUE_FORMATS", "formats"),
	};
	enum claque_rc rc = import_maps_read(folders, sizeof(folders) / sizeof(folders[0]), out,
					     err);

	if (rc == CLAQUE_OK)
		warn_all(*out, perm, ear);
	if (rc == CLAQUE_OK && is_path(*format))
		rc = import_maps_add(*out, *format, format, err);
	arena_free(whole);
	return rc;
}
