/*
 * image_hash.c - from grey values to bits.
 *
 * PDQ: blur twice along rows and columns with a box of 1/128 of the side (a tent filter
 * after Jarosz), take the dots in the middle of 64 x 64 squares, transform by cosines
 * without the constant one, and set the bits of what is above the median. Floats are
 * summed in the order of the reference, so that its hashes come out to the bit.
 *
 * The small hash takes the means of 32 x 32 squares instead: a profile picture has 48 to
 * 400 dots a side, where the dot in the middle lies beside it by up to a hundredth of
 * the side, and that turned 8 of 64 bits where the means turn 2.
 */
#include "config.h"

#include "import/image.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	SIDE = 64, LOW = 16, SMALL_SIDE = 32, SMALL_LOW = 8,
	PASSES = 2, WINDOWS = 2 * SIDE, GRADIENT_SCALE = 90,
};

/* One row or column: the mean of the window around each value, cut at both ends. */
static void
blur_line(const float *in, float *out, int length, int stride, int window)
{
	int ahead = (window + 2) / 2 - 1, size = 0;
	size_t step = (size_t)stride;
	float sum = 0;

	for (int i = -ahead; i < length; i++) {
		int enters = i + ahead, leaves = enters - window;

		if (enters < length) {
			sum += in[(size_t)enters * step];
			size++;
		}
		if (leaves >= 0) {
			sum -= in[(size_t)leaves * step];
			size--;
		}
		if (i >= 0)
			out[(size_t)i * step] = sum / (float)size;
	}
}

static void
blur(float *grey, float *room, int width, int height)
{
	int across = (width + WINDOWS - 1) / WINDOWS, down = (height + WINDOWS - 1) / WINDOWS;

	for (int pass = 0; pass < PASSES; pass++) {
		for (int y = 0; y < height; y++)
			blur_line(grey + (size_t)y * (size_t)width,
				  room + (size_t)y * (size_t)width, width, 1, across);
		for (int x = 0; x < width; x++)
			blur_line(room + x, grey + x, height, width, down);
	}
}

static void
take_centres(const float *grey, int width, int height, float out[SIDE * SIDE])
{
	for (int i = 0; i < SIDE; i++) {
		size_t y = (size_t)((i + 0.5) * height / SIDE);

		for (int j = 0; j < SIDE; j++)
			*out++ = grey[y * (size_t)width + (size_t)((j + 0.5) * width / SIDE)];
	}
}

/* The mean of one square: dots at its edges count by the part that lies in it. */
static float
mean_of(const float *grey, int width, int height, int row, int column)
{
	double up = (double)row * height / SMALL_SIDE, down = (row + 1.0) * height / SMALL_SIDE;
	double left = (double)column * width / SMALL_SIDE;
	double right = (column + 1.0) * width / SMALL_SIDE, sum = 0;

	for (int y = (int)up; y < height && y < down; y++) {
		double tall = fmin(y + 1.0, down) - fmax(y, up);

		for (int x = (int)left; x < width && x < right; x++)
			sum += tall * (fmin(x + 1.0, right) - fmax(x, left)) *
				(double)grey[(size_t)y * (size_t)width + (size_t)x];
	}
	return (float)(sum / ((down - up) * (right - left)));
}

static void
take_means(const float *grey, int width, int height, float out[SMALL_SIDE * SMALL_SIDE])
{
	for (int i = 0; i < SMALL_SIDE; i++)
		for (int j = 0; j < SMALL_SIDE; j++)
			*out++ = mean_of(grey, width, height, i, j);
}

/* In whole hundredths of full contrast: what is fainter does not count. */
static int
gradient(float a, float b)
{
	return abs((int)((a - b) * 100 / 255));
}

static int
quality_of(const float dots[SIDE * SIDE])
{
	int sum = 0;

	for (int i = 0; i < SIDE; i++)
		for (int j = 0; j < SIDE; j++) {
			float here = dots[i * SIDE + j];

			if (i + 1 < SIDE)
				sum += gradient(here, dots[(i + 1) * SIDE + j]);
			if (j + 1 < SIDE)
				sum += gradient(here, dots[i * SIDE + j + 1]);
		}
	sum /= GRADIENT_SCALE;
	return sum > 100 ? 100 : sum;
}

/* Frequencies 1..low of each side of side x side dots; a row of out: down the picture. */
static void
transform(const float *dots, int side, int low, float *out)
{
	static const double pi = 3.14159265358979323846;
	float wave[LOW][SIDE], half[LOW][SIDE] = { 0 };
	float scale = (float)sqrt(2.0 / side);

	for (int i = 0; i < low; i++)
		for (int j = 0; j < side; j++)
			wave[i][j] = (float)((double)scale *
				cos(pi / 2 / side * (i + 1) * (2 * j + 1)));
	for (int i = 0; i < low; i++)
		for (int j = 0; j < side; j++)
			for (int k = 0; k < side; k++)
				half[i][j] += wave[i][k] * dots[k * side + j];
	for (int i = 0; i < low; i++)
		for (int j = 0; j < low; j++) {
			float sum = 0;

			for (int k = 0; k < side; k++)
				sum += half[i][k] * wave[j][k];
			*out++ = sum;
		}
}

static int
by_value(const void *pa, const void *pb)
{
	float a = *(const float *)pa, b = *(const float *)pb;

	return (a > b) - (a < b);
}

/* The lower one of the two in the middle, as PDQ has it. */
static float
median(const float *f, size_t count)
{
	float sorted[LOW * LOW];

	memcpy(sorted, f, count * sizeof(*f));
	qsort(sorted, count, sizeof(*sorted), by_value);
	return sorted[(count - 1) / 2];
}

/* PDQ numbers bits from the lowest one. */
static void
set_pdq(const float f[LOW * LOW], uint64_t out[IMAGE_PDQ_WORDS])
{
	float middle = median(f, (size_t)LOW * LOW);

	memset(out, 0, IMAGE_PDQ_WORDS * sizeof(*out));
	for (int bit = 0; bit < LOW * LOW; bit++)
		if (f[bit] > middle)
			out[IMAGE_PDQ_WORDS - 1 - bit / 64] |= (uint64_t)1 << bit % 64;
}

static uint64_t
small_of(const float f[SMALL_LOW * SMALL_LOW])
{
	float middle = median(f, (size_t)SMALL_LOW * SMALL_LOW);
	uint64_t bits = 0;

	for (int bit = 0; bit < SMALL_LOW * SMALL_LOW; bit++)
		bits = bits << 1 | (f[bit] > middle);
	return bits;
}

void
image_hash(float *grey, float *room, int width, int height, struct image_hashes *out)
{
	float dots[SIDE * SIDE], low[LOW * LOW];

	take_means(grey, width, height, dots);
	transform(dots, SMALL_SIDE, SMALL_LOW, low);
	out->small = small_of(low);
	if (width != SIDE || height != SIDE)
		blur(grey, room, width, height);
	take_centres(grey, width, height, dots);
	out->quality = quality_of(dots);
	transform(dots, SIDE, LOW, low);
	set_pdq(low, out->pdq);
}

void
image_pdq_hex(const struct image_hashes *p, char out[IMAGE_PDQ_DIGITS + 1])
{
	for (size_t i = 0; i < IMAGE_PDQ_WORDS; i++)
		(void)snprintf(out + i * 16, 17, "%016llx", (unsigned long long)p->pdq[i]);
}

void
image_small_hex(const struct image_hashes *p, char out[IMAGE_SMALL_DIGITS + 1])
{
	(void)snprintf(out, IMAGE_SMALL_DIGITS + 1, "%016llx", (unsigned long long)p->small);
}
