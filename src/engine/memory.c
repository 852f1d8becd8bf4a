#include "config.h"

#include "claque/memory.h"

#include "base/array.h"

enum claque_rc
claque_memory_limit(uint64_t bytes, const char *folder, struct claque_err *err)
{
	if (bytes > 0)
		return array_limit_in(bytes, folder, "make room, or allow more memory", err);
	(void)array_limit(0, NULL);
	return CLAQUE_OK;
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
