/* signal.h - which shares count for a signal. */
#ifndef ENGINE_SIGNAL_H
#define ENGINE_SIGNAL_H

#include "claque/network.h"

struct signal {
	const char *name, *help;
	unsigned kinds;		/* bits of enum claque_object_kind */
	unsigned acts;		/* bits of enum claque_act */
};

extern const struct signal signal_table[CLAQUE_SIGNAL_COUNT];

#endif
