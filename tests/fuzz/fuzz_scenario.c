/*
 * fuzz_scenario.c - any bytes as a scenario file: refused with a message, or every value
 * of it lies within its range, as text as well.
 */
#include "config.h"

#include <stdlib.h>

#include "scenario/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_network(const struct script *s, const struct network *n)
{
	if (n->count < 1 || n->claimed == NULL || n->twins > n->count || n->returned > n->count ||
	    n->lean < 0 || n->lean > 1 || n->knobs.participation <= 0 || n->name[0] == '\0' ||
	    (network_uses(n, TACTIC_RENAMES) && n->after == NULL) ||
	    (network_uses(n, TACTIC_RETURNS) && n->takedown >= s->settings.days))
		abort();
}

static void
check_script(const struct script *s, struct arena perm)
{
	if (s->title.len == 0 || s->settings.posts < 10000 || s->home == NULL)
		abort();
	for (size_t n = 0; n < s->network_count; n++)
		check_network(s, &s->networks[n]);
	for (size_t i = 0; i < script_key_count(); i++)
		for (size_t n = 0; n < s->network_count; n++)
			(void)script_value(s, i, n, &perm);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena whole = arena_new(1 << 22), perm = whole;
	struct claque_err err = { 0 };
	struct script s;

	if (script_read(&perm, "fuzz.conf", (struct claque_str){ (const char *)data, size }, &s,
			&err) == CLAQUE_OK)
		check_script(&s, perm);
	else if (err.msg[0] == '\0')
		abort();
	arena_free(whole);
	return 0;
}
