/*
 * look.h - what claque import --explain prints of one file.
 */
#ifndef CLI_LOOK_H
#define CLI_LOOK_H

#include "app/import_look.h"

/* ctx: a bool, set where the file cannot be taken and that was said. */
void look_text(void *ctx, const struct import_look *look);
/* The same as one JSON object. */
void look_json(void *ctx, const struct import_look *look);

#endif
