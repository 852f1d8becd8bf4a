/* fuzz_conf.c - any text as claque.conf: what is understood is written and read back the same. */
#include "config.h"

#include <stdlib.h>

#include "tui/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct settings set, again;
	struct claque_err err;
	struct buf once, twice;

	settings_init(&set);
	(void)settings_read(&set, "fuzz", (struct claque_str){ (const char *)data, size }, &err);
	buf_init(&once, 1 << 20);
	buf_init(&twice, 1 << 20);
	settings_write(&set, &once);
	settings_init(&again);
	/* Full up, the palette's old key finds no room on the way. */
	if (set.binding_count < BINDINGS_MAX &&
	    settings_read(&again, "again", buf_str(&once), &err) > 0)
		abort();
	settings_write(&again, &twice);
	if (set.binding_count < BINDINGS_MAX && !str_eq(buf_str(&once), buf_str(&twice)))
		abort();
	buf_done(&once);
	buf_done(&twice);
	return 0;
}
