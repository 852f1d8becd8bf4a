/*
 * image_decode.c - bytes to grey values: the only user of leptonica.
 *
 * The kind is told by the first bytes, and sides by the header, before anything is
 * unpacked: a picture of 60,000 x 60,000 dots fits 50 kB. What the kind allows is then
 * bounded by the child's limits (image_child.c). Damaged data is refused although a
 * decoder would fill it with grey: a hash of half a picture matches nothing it should.
 *
 * TIFF, BMP, JPEG 2000 and the rest of what leptonica reads is refused by kind: no
 * platform serves it, and each is another decoder within reach.
 *
 * Large pictures are reduced by whole steps until the shorter side is below 1,024: JPEG
 * while it is decoded, which is much faster, all others by means of squares.
 */
#include "config.h"

#include "import/image.h"

#include <allheaders.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHORT_SIDE = 512, REDUCTION_MAX = 8 };

struct header {
	l_int32 format, width, height;
};

static bool __attribute__((format(printf, 2, 3)))
refuse(char reason[IMAGE_REASON], const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(reason, IMAGE_REASON, fmt, ap);
	va_end(ap);
	return false;
}

/* leptonica reads twelve bytes to tell the kind; what is shorter is no picture. */
static bool
find_kind(struct claque_str bytes, l_int32 *format, char reason[IMAGE_REASON])
{
	enum { HEAD_BYTES = 16 };
	const l_uint8 *data = (const l_uint8 *)bytes.p;

	if (bytes.len < HEAD_BYTES)
		return refuse(reason, bytes.len == 0 ? "the file is empty" :
			      "it is too short for a picture");
	if (findFileFormatBuffer(data, format) != 0 ||
	    (*format != IFF_PNG && *format != IFF_JFIF_JPEG && *format != IFF_GIF &&
	     *format != IFF_WEBP))
		return refuse(reason, "its content is not PNG, JPEG, GIF or WebP");
	return true;
}

/* A GIF's sides stand at a fixed place; leptonica would have to decode it. */
static bool
read_header(struct claque_str bytes, struct header *h)
{
	const l_uint8 *data = (const l_uint8 *)bytes.p;
	l_int32 format, bits, samples, mapped;

	if (h->format != IFF_GIF)
		return pixReadHeaderMem(data, bytes.len, &format, &h->width, &h->height, &bits,
					&samples, &mapped) == 0;
	h->width = data[6] | data[7] << 8;
	h->height = data[8] | data[9] << 8;
	return true;
}

static bool
check_sides(const struct header *h, char reason[IMAGE_REASON])
{
	if (h->width < IMAGE_SIDE_MIN || h->height < IMAGE_SIDE_MIN)
		return refuse(reason, "it is only %d x %d dots", h->width, h->height);
	if (h->width > IMAGE_SIDE_MAX || h->height > IMAGE_SIDE_MAX ||
	    (int64_t)h->width * h->height > IMAGE_PIXELS_MAX)
		return refuse(reason, "it has %d x %d dots; %d a side and 64 million in all are "
			      "read", h->width, h->height, IMAGE_SIDE_MAX);
	return true;
}

static int
reduction_of(int width, int height)
{
	int side = width < height ? width : height;

	return side < 2 * SHORT_SIDE ? 1 : side / SHORT_SIDE;
}

/* libjpeg reduces by 2, 4 and 8. */
static PIX *
decode_jpeg(struct claque_str bytes, const struct header *h)
{
	int by = reduction_of(h->width, h->height), step = 1;
	l_int32 warnings = 0;
	PIX *pix;

	while (step * 2 <= by && step < REDUCTION_MAX)
		step *= 2;
	pix = pixReadMemJpeg((const l_uint8 *)bytes.p, bytes.len, 0, step, &warnings, 0);
	if (warnings > 0)
		pixDestroy(&pix);
	return pix;
}

static PIX *
decode(struct claque_str bytes, const struct header *h)
{
	const l_uint8 *data = (const l_uint8 *)bytes.p;

	switch (h->format) {
	case IFF_JFIF_JPEG:	return decode_jpeg(bytes, h);
	case IFF_PNG:		return pixReadMemPng(data, bytes.len);
	case IFF_GIF:		return pixReadMemGif(data, bytes.len);
	default:		return pixReadMemWebP(data, bytes.len);
	}
}

/* Three colours of eight bits, on white where it is transparent. */
static PIX *
to_colours(PIX *pix)
{
	PIX *opaque, *out;

	opaque = pixRemoveAlpha(pix);
	pixDestroy(&pix);
	out = opaque != NULL ? pixConvertTo32(opaque) : NULL;
	pixDestroy(&opaque);
	return out;
}

static float
grey_of(l_uint32 dot)
{
	return 0.299F * (float)(dot >> L_RED_SHIFT & 0xff) +
		0.587F * (float)(dot >> L_GREEN_SHIFT & 0xff) +
		0.114F * (float)(dot >> L_BLUE_SHIFT & 0xff);
}

/* The mean of each by x by square. */
static void
take_grey(PIX *pix, int by, int width, int height, float *out)
{
	const l_uint32 *dots = pixGetData(pix);
	size_t line = (size_t)pixGetWpl(pix), side = (size_t)by;

	for (size_t y = 0; y < (size_t)height; y++)
		for (size_t x = 0; x < (size_t)width; x++) {
			const l_uint32 *square = dots + y * side * line + x * side;
			float sum = 0;

			for (size_t i = 0; i < side * side; i++)
				sum += grey_of(square[i / side * line + i % side]);
			*out++ = sum / (float)(side * side);
		}
}

static bool
hash_dots(PIX *pix, struct image_hashes *out, char reason[IMAGE_REASON])
{
	int by = reduction_of(pixGetWidth(pix), pixGetHeight(pix));
	int width = pixGetWidth(pix) / by, height = pixGetHeight(pix) / by;
	size_t dots = (size_t)width * (size_t)height;
	float *grey = malloc(2 * dots * sizeof(*grey));

	if (grey == NULL)
		return refuse(reason, "there is no memory for it");
	take_grey(pix, by, width, height, grey);
	image_hash(grey, grey + dots, width, height, out);
	free(grey);
	return true;
}

bool
image_decode(struct claque_str bytes, struct image_hashes *out, char reason[IMAGE_REASON])
{
	struct header h = { 0 };
	bool hashed;
	PIX *pix;

	(void)setMsgSeverity(L_SEVERITY_NONE);
	*out = (struct image_hashes){ 0 };
	if (!find_kind(bytes, &h.format, reason))
		return false;
	if (!read_header(bytes, &h))
		return refuse(reason, "its header is damaged");
	if (!check_sides(&h, reason))
		return false;
	out->width = h.width;
	out->height = h.height;
	pix = decode(bytes, &h);
	if (pix != NULL)
		pix = to_colours(pix);
	if (pix == NULL || pixGetWidth(pix) < IMAGE_SIDE_MIN ||
	    pixGetHeight(pix) < IMAGE_SIDE_MIN) {
		pixDestroy(&pix);
		return refuse(reason, "it is damaged or cut off");
	}
	hashed = hash_dots(pix, out, reason);
	pixDestroy(&pix);
	if (hashed && out->quality < IMAGE_QUALITY_MIN)
		return refuse(reason, "it is too plain to be told from others (quality %d of 100, "
			      "%d are needed)", out->quality, IMAGE_QUALITY_MIN);
	return hashed;
}
