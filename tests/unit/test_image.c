/*
 * test_image.c - hashes of pictures: to the bit where the method says so, near where
 * somebody changed the picture a little, far where it is another one; and whatever is
 * not a picture is refused with a reason.
 */
#include "config.h"

#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "import/image.h"

#include "drawing.h"

enum { DRAWINGS = 6, SIDE = 256, BYTES_MAX = 4 << 20 };

static struct image_reader *reader;
static const struct claque_progress quiet;
static char folder[] = "/tmp/claque-image-XXXXXX";
static int folder_fd;
static PIX *drawings[DRAWINGS];
static struct image_hashes plain[DRAWINGS];	/* of the drawings as they are */

static int
setup(void **state)
{
	struct claque_err err;

	(void)state;
	(void)setMsgSeverity(L_SEVERITY_NONE);
	assert_ok(image_reader_new(&reader, &err), err);
	assert_non_null(mkdtemp(folder));
	folder_fd = open(folder, O_RDONLY | O_DIRECTORY);
	return folder_fd < 0;
}

static int
teardown(void **state)
{
	static const char *const names[] = { "a.jpg", "link.jpg", "loop.jpg", "pipe.jpg" };

	(void)state;
	image_reader_free(reader);
	for (int i = 0; i < DRAWINGS; i++)
		pixDestroy(&drawings[i]);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)unlinkat(folder_fd, names[i], 0);
	(void)unlinkat(folder_fd, "folder.jpg", AT_REMOVEDIR);
	(void)close(folder_fd);
	return rmdir(folder);
}

/* --- the method */

/*
 * The expected hashes were made by another program, in double precision and window by
 * window: two coefficients may lie so close to the median that they change sides.
 */
static void
a_formula_has_the_hash_that_the_published_method_gives(void **state)
{
	enum { W = 97, H = 130 };
	static float grey[W * H], room[W * H];
	struct image_hashes got;
	uint64_t pdq[IMAGE_PDQ_WORDS], small;

	(void)state;
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			grey[y * W + x] = (float)((x * x * 7 + y * 13 * x + y * y / 3 +
						   40 * ((x / 9 + y / 7) % 5)) % 256);
	image_hash(grey, room, W, H, &got);
	assert_true(hamming_parse(STR("eb3aaf1bf68f47f8d23bee994c2a3cd5"
				      "0dc61e065606333ea0a9a839d21023e9"), IMAGE_PDQ_WORDS, pdq));
	assert_true(hamming_parse(STR("b59a9cd769c06263"), 1, &small));
	assert_in_range(hamming_apart(got.pdq, pdq, IMAGE_PDQ_WORDS), 0, 2);
	assert_in_range(hamming_apart(&got.small, &small, 1), 0, 2);
	assert_int_equal(got.quality, 100);
}

static void
half_of_the_bits_are_set(void **state)
{
	struct image_hashes got;
	char hex[IMAGE_PDQ_DIGITS + 1], reason[IMAGE_REASON];
	PIX *pix = drawing_new(1, SIDE, SIDE);
	struct buf bytes;
	const uint64_t none[IMAGE_PDQ_WORDS] = { 0 };

	(void)state;
	buf_init(&bytes, BYTES_MAX);
	drawing_encode(pix, IFF_PNG, 0, &bytes);
	assert_true(image_decode(buf_str(&bytes), &got, reason));
	assert_int_equal(hamming_apart(got.pdq, none, IMAGE_PDQ_WORDS), 128);
	assert_int_equal(hamming_apart(&got.small, none, 1), 32);
	assert_int_equal(got.width, SIDE);
	image_pdq_hex(&got, hex);
	assert_int_equal(strlen(hex), IMAGE_PDQ_DIGITS);
	buf_done(&bytes);
	pixDestroy(&pix);
}

/* --- what people do to pictures */

struct apart {
	unsigned pdq, small;
};

/* Decoded here, it must be what the child says. */
static void
assert_same_here(struct claque_str bytes, const struct image_hashes *child, const char *told)
{
	struct image_hashes here;
	char reason[IMAGE_REASON] = "";
	bool hashed = image_decode(bytes, &here, reason);

	assert_int_equal(hashed, child != NULL);
	assert_string_equal(reason, told);
	if (!hashed)
		return;
	assert_memory_equal(here.pdq, child->pdq, sizeof(here.pdq));
	assert_int_equal(here.small, child->small);
	assert_int_equal(here.quality, child->quality);
	assert_int_equal(here.width, child->width);
	assert_int_equal(here.height, child->height);
}

/* Through a file of this kind and back; takes the picture. */
static struct image_hashes
hashes_of(PIX *pix, int format, int quality)
{
	struct image_hashes out;
	char reason[IMAGE_REASON] = "";
	struct claque_err err;
	struct buf bytes;

	buf_init(&bytes, BYTES_MAX);
	drawing_encode(pix, format, quality, &bytes);
	if (image_read_bytes(reader, buf_str(&bytes), &quiet, &out, reason, &err) != CLAQUE_OK)
		fail_msg("refused: %s", reason);
	assert_same_here(buf_str(&bytes), &out, "");
	buf_done(&bytes);
	pixDestroy(&pix);
	return out;
}

static struct apart
apart(const struct image_hashes *a, const struct image_hashes *b)
{
	return (struct apart){ hamming_apart(a->pdq, b->pdq, IMAGE_PDQ_WORDS),
			       hamming_apart(&a->small, &b->small, 1) };
}

static PIX *
cropped(PIX *pix, double part)
{
	int edge = (int)(SIDE * part);
	BOX *box = boxCreate(edge, edge, SIDE - 2 * edge, SIDE - 2 * edge);
	PIX *out = pixClipRectangle(pix, box, NULL);

	boxDestroy(&box);
	pixDestroy(&pix);
	return out;
}

static void
draw_all(void)
{
	for (int i = 0; i < DRAWINGS && plain[i].width == 0; i++) {
		drawings[i] = drawing_new((uint64_t)i + 1, SIDE, SIDE);
		plain[i] = hashes_of(pixCopy(NULL, drawings[i]), IFF_PNG, 0);
	}
}

/* The greatest distances of a change over all drawings. */
static struct apart
worst(PIX *(*change)(PIX *pix), int format, int quality)
{
	struct apart out = { 0, 0 };

	for (int i = 0; i < DRAWINGS; i++) {
		struct image_hashes now = hashes_of(change(pixCopy(NULL, drawings[i])), format,
						    quality);
		struct apart a = apart(&plain[i], &now);

		out.pdq = a.pdq > out.pdq ? a.pdq : out.pdq;
		out.small = a.small > out.small ? a.small : out.small;
	}
	return out;
}

static PIX *same(PIX *pix) { return pix; }
static PIX *crop_1(PIX *pix) { return cropped(pix, 0.005); }

static PIX *
half_size(PIX *pix)
{
	PIX *out = pixScaleToSize(pix, SIDE / 2, SIDE / 2);

	pixDestroy(&pix);
	return out;
}

static PIX *
squeezed(PIX *pix)
{
	PIX *out = pixScaleToSize(pix, SIDE * 3 / 2, SIDE);

	pixDestroy(&pix);
	return out;
}

static PIX *
mirrored(PIX *pix)
{
	return pixFlipLR(pix, pix);
}

static void
assert_near(struct apart a)
{
	assert_in_range(a.pdq, 0, IMAGE_PDQ_APART);
	assert_in_range(a.small, 0, IMAGE_SMALL_APART);
}

static void
a_resized_or_recompressed_picture_is_near(void **state)
{
	(void)state;
	draw_all();
	assert_near(worst(same, IFF_JFIF_JPEG, 40));
	assert_near(worst(same, IFF_WEBP, 0));
	assert_near(worst(same, IFF_GIF, 0));
	assert_near(worst(half_size, IFF_JFIF_JPEG, 75));
	assert_near(worst(squeezed, IFF_PNG, 0));
	assert_near(worst(crop_1, IFF_PNG, 0));
}

/* What is said of them in the manual. */
static void
a_mirrored_picture_and_another_one_are_far(void **state)
{
	(void)state;
	draw_all();
	for (int i = 0; i < DRAWINGS; i++) {
		struct image_hashes back = hashes_of(mirrored(pixCopy(NULL, drawings[i])),
						     IFF_PNG, 0);

		assert_true(apart(&plain[i], &back).pdq > IMAGE_PDQ_APART);
		assert_true(apart(&plain[i], &back).small > IMAGE_SMALL_APART);
		for (int k = 0; k < i; k++) {
			assert_true(apart(&plain[i], &plain[k]).pdq > IMAGE_PDQ_APART);
			assert_true(apart(&plain[i], &plain[k]).small > IMAGE_SMALL_APART);
		}
	}
}

/* --- what is no picture */

static void
put_file(const char *name, struct claque_str bytes)
{
	int fd = openat(folder_fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.len), bytes.len);
	assert_int_equal(close(fd), 0);
}

static void
read_refused(const char *name, const char *why, char reason[IMAGE_REASON])
{
	struct image_hashes out;
	struct claque_err err;

	assert_int_equal(image_read(reader, folder_fd, name, &quiet, &out, reason, &err),
			 CLAQUE_EINPUT);
	if (strstr(reason, why) == NULL)
		fail_msg("'%s' does not say '%s'", reason, why);
}

static void
assert_refused(const char *name, const char *why)
{
	char reason[IMAGE_REASON] = "";

	read_refused(name, why, reason);
}

static void
assert_bytes_refused(struct claque_str bytes, const char *why)
{
	char reason[IMAGE_REASON] = "";

	put_file("a.jpg", bytes);
	read_refused("a.jpg", why, reason);
	assert_same_here(bytes, NULL, reason);
}

static void
what_is_no_picture_is_refused_with_the_reason(void **state)
{
	(void)state;
	assert_bytes_refused(STR(""), "empty");
	assert_bytes_refused(STR("\xff\xd8\xff"), "too short");
	assert_bytes_refused(STR("<html><body>404 Not Found</body></html>"), "not PNG, JPEG");
	assert_bytes_refused(STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "not PNG, JPEG");
	assert_bytes_refused(STR("BM 0123456789 0123456789 0123456789"), "not PNG, JPEG");
	assert_bytes_refused(STR("GIF89a\x40\0\x40\0 0123456789"), "damaged");
	assert_bytes_refused(STR("\xff\xd8\xff\xe0 0123456789 0123456789"), "header is damaged");
}

static void
what_is_no_file_is_refused_and_never_waited_for(void **state)
{
	(void)state;
	assert_int_equal(mkdirat(folder_fd, "folder.jpg", 0700), 0);
	assert_int_equal(mkfifoat(folder_fd, "pipe.jpg", 0600), 0);
	assert_int_equal(symlinkat("loop.jpg", folder_fd, "loop.jpg"), 0);
	assert_int_equal(symlinkat("/etc/hostname", folder_fd, "link.jpg"), 0);
	assert_refused("folder.jpg", "folder");
	assert_refused("pipe.jpg", "no regular file");
	assert_refused("loop.jpg", "symbolic link");
	assert_refused("link.jpg", "symbolic link");
	assert_refused("nothing.jpg", "No such file");
}

static void
a_file_that_is_cut_off_is_refused_at_any_length(void **state)
{
	static const int formats[] = { IFF_PNG, IFF_JFIF_JPEG, IFF_GIF, IFF_WEBP };
	struct image_hashes out;
	char reason[IMAGE_REASON];
	struct claque_err err;
	struct buf bytes;
	PIX *pix = drawing_new(1, 64, 64);

	(void)state;
	buf_init(&bytes, BYTES_MAX);
	for (size_t f = 0; f < sizeof(formats) / sizeof(formats[0]); f++) {
		drawing_encode(pix, formats[f], 75, &bytes);
		for (int part = 0; part < 9; part++) {
			size_t len = bytes.len * (size_t)part / 10;

			assert_int_equal(image_read_bytes(reader, str_sub(buf_str(&bytes), 0, len),
							  &quiet, &out, reason, &err), CLAQUE_EINPUT);
		}
		assert_ok(image_read_bytes(reader, buf_str(&bytes), &quiet, &out, reason, &err), err);
	}
	buf_done(&bytes);
	pixDestroy(&pix);
}

/* Larger than what is read, whether it holds anything or not. */
static void
a_file_over_the_limit_is_refused_unread(void **state)
{
	struct image_hashes out;
	char reason[IMAGE_REASON] = "";
	struct claque_err err;
	int fd = openat(folder_fd, "a.jpg", O_WRONLY | O_CREAT | O_TRUNC, 0600);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, IMAGE_BYTES_MAX + 1), 0);
	assert_int_equal(close(fd), 0);
	assert_refused("a.jpg", "it has more than 32 MiB");
	assert_int_equal(image_read_bytes(reader, (struct claque_str){ "", IMAGE_BYTES_MAX + 1 },
					  &quiet, &out, reason, &err), CLAQUE_EINPUT);
	assert_string_equal(reason, "it has more than 32 MiB");
}

/* A header of PNG that promises 60,000 x 60,000 dots, and one of a single dot. */
static void
sides_are_looked_at_before_anything_is_unpacked(void **state)
{
	static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
	struct buf bytes;

	(void)state;
	buf_init(&bytes, 4096);
	buf_add(&bytes, (struct claque_str){ head, sizeof(head) - 1 });
	buf_add(&bytes, STR("\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0 crc"));
	for (int i = 0; i < 100; i++)
		buf_addz(&bytes, "0123456789");
	assert_bytes_refused(buf_str(&bytes), "60000 x 60000 dots");
	memcpy(bytes.p + sizeof(head) - 1, "\0\0\0\1\0\0\0\1", 8);
	assert_bytes_refused(buf_str(&bytes), "only 1 x 1 dots");
	buf_done(&bytes);
}

static void
a_picture_of_one_colour_is_refused(void **state)
{
	PIX *pix = pixCreate(64, 64, 32);
	struct buf bytes;

	(void)state;
	buf_init(&bytes, BYTES_MAX);
	drawing_encode(pix, IFF_PNG, 0, &bytes);
	assert_bytes_refused(buf_str(&bytes), "too plain");
	buf_done(&bytes);
	pixDestroy(&pix);
}

/* --- the child */

/* The only one that this program has, or 0 where the system does not tell. */
static pid_t
child_of_mine(void)
{
	char path[64], line[64] = "";
	int64_t pid;
	FILE *file;

	(void)snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	file = fopen(path, "r");
	if (file == NULL)
		return 0;
	if (fgets(line, sizeof(line), file) == NULL)
		line[0] = '\0';
	(void)fclose(file);
	return str_to_i64(str_trim(str_of(line)), &pid) ? (pid_t)pid : 0;
}

static void
a_decoder_that_dies_costs_its_picture_only(void **state)
{
	PIX *pix = drawing_new(1, 64, 64);
	struct image_hashes out;
	char reason[IMAGE_REASON] = "";
	struct claque_err err;
	struct buf bytes;
	pid_t child;

	(void)state;
	buf_init(&bytes, BYTES_MAX);
	drawing_encode(pix, IFF_PNG, 0, &bytes);
	assert_ok(image_read_bytes(reader, buf_str(&bytes), &quiet, &out, reason, &err), err);
	child = child_of_mine();
	if (child > 0) {
		assert_int_equal(kill(child, SIGKILL), 0);
		assert_int_equal(image_read_bytes(reader, buf_str(&bytes), &quiet, &out, reason,
						  &err), CLAQUE_EINPUT);
		assert_non_null(strstr(reason, "broke the decoder"));
	}
	assert_ok(image_read_bytes(reader, buf_str(&bytes), &quiet, &out, reason, &err), err);
	assert_true(child == 0 || child_of_mine() != child);
	buf_done(&bytes);
	pixDestroy(&pix);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_formula_has_the_hash_that_the_published_method_gives),
		cmocka_unit_test(half_of_the_bits_are_set),
		cmocka_unit_test(a_resized_or_recompressed_picture_is_near),
		cmocka_unit_test(a_mirrored_picture_and_another_one_are_far),
		cmocka_unit_test(what_is_no_picture_is_refused_with_the_reason),
		cmocka_unit_test(what_is_no_file_is_refused_and_never_waited_for),
		cmocka_unit_test(a_file_that_is_cut_off_is_refused_at_any_length),
		cmocka_unit_test(a_file_over_the_limit_is_refused_unread),
		cmocka_unit_test(sides_are_looked_at_before_anything_is_unpacked),
		cmocka_unit_test(a_picture_of_one_colour_is_refused),
		cmocka_unit_test(a_decoder_that_dies_costs_its_picture_only),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
