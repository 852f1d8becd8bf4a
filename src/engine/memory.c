#include "config.h"

#include "claque/memory.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"

enum claque_rc
claque_memory_limit(uint64_t bytes, const char *folder, struct claque_err *err)
{
	if (bytes == 0 ? array_limit(0, NULL)
		       : array_try_folder(folder) && array_limit(bytes, folder))
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EIO, "%s: no file can be made there for what memory has no room "
		       "for: %s; make room, or allow more memory", folder, strerror(errno));
}

uint64_t
claque_memory_in_files(void)
{
	return array_in_files();
}

void
claque_free(void *list)
{
	array_free(list);
}
