/* drawing.h - pictures that tests make, so that none need be kept. */
#ifndef TESTS_UNIT_DRAWING_H
#define TESTS_UNIT_DRAWING_H

#include <allheaders.h>

#include "base/buf.h"

/* Shapes of many sizes and colours, as a photograph has; each seed another picture. */
PIX *drawing_new(uint64_t seed, int width, int height);
/* The file's bytes replace what is in out: format is leptonica's; quality of JPEG. */
void drawing_encode(PIX *pix, int format, int quality, struct buf *out);
/* Draws, encodes, writes. */
void drawing_write(uint64_t seed, int side, int format, const char *path);

#endif
