/*
 * schema_steps.h - a case of version n is brought forward by step n, n + 1, ...
 */
#ifndef STORE_SCHEMA_STEPS_H
#define STORE_SCHEMA_STEPS_H

#include "store/schema.h"

/* Tables, then views. */
enum { SCHEMA_STEP_PARTS = 2 };

extern const char *const schema_steps[SCHEMA_VERSION][SCHEMA_STEP_PARTS];

#endif
