/* script_impl.h - a scenario file while it is read. */
#ifndef SCENARIO_SCRIPT_IMPL_H
#define SCENARIO_SCRIPT_IMPL_H

#include "scenario/script.h"

#include "text/lines.h"

struct script_read {
	struct arena *perm;
	struct script *script;
	const char *path;
	struct lines lines;
	const struct script_key *key;	/* of the line at hand */
	size_t network_lines[SCRIPT_NETWORKS_MAX];	/* where each begins */
	struct claque_err *err;
};

/* The value as the form of r->key wants it; false if it is not what may be written. */
bool script_take(const struct script_read *r, struct claque_str value, void *at);

#endif
