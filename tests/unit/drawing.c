#include "config.h"

#include "drawing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"

enum { BLOBS = 24, FILE_MAX = 16 << 20 };

struct blob {
	double x, y, across, down, colour[3];
	bool hard;
};

static void
make_blobs(uint64_t seed, struct blob blobs[BLOBS])
{
	struct rng rng = rng_seeded(seed);

	for (int i = 0; i < BLOBS; i++) {
		blobs[i] = (struct blob){ .x = rng_unit(&rng), .y = rng_unit(&rng),
			.across = 0.04 + 0.3 * rng_unit(&rng),
			.down = 0.04 + 0.3 * rng_unit(&rng), .hard = i % 3 == 0 };
		for (int c = 0; c < 3; c++)
			blobs[i].colour[c] = 360 * rng_unit(&rng) - 180;
	}
}

static l_uint32
dot_at(const struct blob blobs[BLOBS], double x, double y)
{
	double sum[3] = { 128, 128, 128 };
	l_uint32 dot = 0;

	for (int i = 0; i < BLOBS; i++) {
		double dx = (x - blobs[i].x) / blobs[i].across, dy = (y - blobs[i].y) / blobs[i].down;
		double far = dx * dx + dy * dy, weight = blobs[i].hard ? far < 1 : exp(-far);

		if (far > 9)
			continue;
		for (int c = 0; c < 3; c++)
			sum[c] += weight * blobs[i].colour[c];
	}
	for (int c = 0; c < 3; c++)
		dot = dot << 8 | (l_uint32)fmin(fmax(sum[c], 0), 255);
	return dot << 8;
}

PIX *
drawing_new(uint64_t seed, int width, int height)
{
	PIX *pix = pixCreate(width, height, 32);
	struct blob blobs[BLOBS];

	if (pix == NULL)
		abort();
	make_blobs(seed, blobs);
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			(void)pixSetPixel(pix, x, y, dot_at(blobs, (x + 0.5) / width,
							    (y + 0.5) / height));
	return pix;
}

void
drawing_encode(PIX *pix, int format, int quality, struct buf *out)
{
	l_uint8 *data = NULL;
	size_t size = 0;
	l_ok bad = format == IFF_JFIF_JPEG ? pixWriteMemJpeg(&data, &size, pix, quality, 0) :
		   pixWriteMem(&data, &size, pix, format);

	if (bad != 0)
		abort();
	buf_clear(out);
	buf_add(out, (struct claque_str){ (const char *)data, size });
	free(data);
}

void
drawing_write(uint64_t seed, int side, int format, const char *path)
{
	PIX *pix = drawing_new(seed, side, side);
	FILE *file = fopen(path, "wb");
	struct buf bytes;

	buf_init(&bytes, FILE_MAX);
	drawing_encode(pix, format, 90, &bytes);
	if (file == NULL || fwrite(bytes.p, 1, bytes.len, file) != bytes.len || fclose(file) != 0)
		abort();
	buf_done(&bytes);
	pixDestroy(&pix);
}
