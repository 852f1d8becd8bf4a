/*
 * fuzz_stix.c - any bytes as a bundle of STIX and as a pattern. It is refused with a message
 * or checked; every problem names something, and their number is the one that is told.
 */
#include "config.h"

#include <stdlib.h>

#include "export/stix.h"
#include "export/stix_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
count(void *ctx, const struct stix_problem *p)
{
	size_t *told = ctx;

	if (p->object.len == 0 || p->property.len == 0 || p->what.len == 0)
		abort();
	++*told;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct claque_str s = { (const char *)data, size };
	size_t told = 0, at = 0;
	struct stix_checking run = { .ctx = &told, .tell = count };
	struct claque_err err = { 0 };
	enum claque_rc rc = stix_check(s, &run, &err);

	if (rc == CLAQUE_OK ? run.problems != told : rc != CLAQUE_EINPUT || err.msg[0] == '\0')
		abort();
	(void)stix_pattern_fault(s, &at);
	if (at > size)
		abort();
	return 0;
}
