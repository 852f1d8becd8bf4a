/*
 * image.h - local picture files as hashes that stay nearly the same when a picture
 * is resized or compressed again.
 *
 *   pdq    256 bits, PDQ as Facebook published it ("The TMK+PDQF video-hashing
 *          algorithm and the PDQ image-hashing algorithm", 2019), written after that
 *          paper and compared with no other program: of media.
 *   small  64 bits: which of the 8 x 8 lowest frequencies of a cosine transform of 32 x 32
 *          grey values are above their median (Zauner, "Implementation and Benchmarking
 *          of Perceptual Image Hash Functions", 2010): of profile pictures, for an
 *          account has one word of 64 bits.
 *
 * Two pictures are taken for the same at 31 of 256 bits (the paper's advice) or 6 of 64
 * (avatar-reuse). A mirrored picture is another picture to both. Of 60 drawings (pdq, small)
 * all met their copy of half the size, of JPEG quality 40, cut by 1 % or of 48 dots a side;
 * 3 and 35 the one cut by 5 %; none the mirrored one. Of 1.1 million pairs of different
 * drawings none met, and the nearest were 14 of 64 bits apart.
 *
 * PNG, JPEG, GIF (the first frame) and WebP are read, by leptonica (BSD) and the
 * libraries below it. A file from an enemy is what those have had holes for: each is
 * decoded by a child process that has the bytes and no file, with limits of memory and
 * time. If it dies, the picture is refused and the next one gets a new child.
 */
#ifndef IMPORT_IMAGE_H
#define IMPORT_IMAGE_H

#include "base/hamming.h"

enum {
	IMAGE_BYTES_MAX = 32 << 20,		/* of a file */
	IMAGE_SIDE_MAX = 16384,
	IMAGE_PIXELS_MAX = 64 << 20,		/* "64 MP" in messages */
	IMAGE_SIDE_MIN = 16,			/* a dot has no contents to compare */
	IMAGE_QUALITY_MIN = 50,		/* below it PDQ's authors discard a hash */
	IMAGE_PDQ_WORDS = 4, IMAGE_PDQ_DIGITS = 64, IMAGE_PDQ_APART = 31,
	IMAGE_SMALL_DIGITS = 16, IMAGE_SMALL_APART = 6,
	IMAGE_REASON = 160,
};

struct image_hashes {
	uint64_t pdq[IMAGE_PDQ_WORDS];	/* the highest bit first, as it is written in hex */
	uint64_t small;
	int quality;			/* 0..100: how much there is to see */
	int width, height;		/* of the file */
};

/*
 * Of grey values 0..255, row by row, width * height of them (each side 5 at least); room:
 * as many again. Both are overwritten. Sides are not filled in.
 */
void image_hash(float *grey, float *room, int width, int height, struct image_hashes *out);
/* Digits and a terminating zero. */
void image_pdq_hex(const struct image_hashes *p, char out[IMAGE_PDQ_DIGITS + 1]);
void image_small_hex(const struct image_hashes *p, char out[IMAGE_SMALL_DIGITS + 1]);

/*
 * Decodes and hashes in this very process: for the child, and for fuzzing. False: it
 * is refused, and the reason says why, a clause.
 */
bool image_decode(struct claque_str bytes, struct image_hashes *out,
		    char reason[IMAGE_REASON]);

/* --- the child */

struct image_reader;

/* EIO. Reading forks: no other thread may be at work in the meantime. */
CLAQUE_CHECKED enum claque_rc image_reader_new(struct image_reader **out,
						 struct claque_err *err);
void image_reader_free(struct image_reader *r);	/* takes NULL */
/*
 * One file of a folder, which is a descriptor; the path is below it and no link is
 * followed at its end. CLAQUE_OK: hashed; EINPUT: refused, reason says why; EIO: no
 * child can be made; STOPPED: by progress, asked ten times a second while it waits.
 */
CLAQUE_CHECKED enum claque_rc image_read(struct image_reader *r, int folder,
	const char *path, const struct claque_progress *progress, struct image_hashes *out,
	char reason[IMAGE_REASON], struct claque_err *err);
/* The same of bytes in memory. */
CLAQUE_CHECKED enum claque_rc image_read_bytes(struct image_reader *r,
	struct claque_str bytes, const struct claque_progress *progress,
	struct image_hashes *out, char reason[IMAGE_REASON], struct claque_err *err);

#endif
