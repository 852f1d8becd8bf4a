/* test_base.c - the ground floor: text, numbers, time, maps, buffers, UTF-8. */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/map.h"
#include "base/rng.h"
#include "base/sha256.h"
#include "base/sign.h"
#include "base/utf8.h"

static struct arena whole;

static int
setup(void **state)
{
	(void)state;
	whole = arena_new(1 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

static void
arena_gives_zeroed_aligned_memory_and_scratch_forgets(void **state)
{
	struct arena a = whole, scratch;
	char *c = ARENA_NEW(&a, char, 1);
	int64_t *n = ARENA_NEW(&a, int64_t, 4);

	(void)state;
	assert_int_equal((uintptr_t)n % sizeof(int64_t), 0);
	assert_int_equal(n[3], 0);
	*c = 'x';
	n[0] = 7;
	scratch = a;
	n = ARENA_NEW(&scratch, int64_t, 1);
	*n = 9;
	scratch = a;
	assert_int_equal(*ARENA_NEW(&scratch, int64_t, 1), 0);
}

static void
strings_hold_nul_and_compare_by_bytes(void **state)
{
	struct claque_str a = { "a\0b", 3 }, b = { "a\0c", 3 };

	(void)state;
	assert_false(str_eq(a, b));
	assert_true(str_cmp(a, b) < 0);
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_str(str_trim(STR(" \t x y \r\n")), "x y");
	assert_str(str_head(STR("abc"), 3), "abc");
	assert_str(str_head(STR("abc"), 2), "ab");
	assert_str(str_head(STR("a\xe2\x82\xac"), 3), "a");
	assert_str(str_head(STR("\xe2\x82\xac"), 2), "");
	assert_true(str_eq_nocase(STR("TikTok"), STR("tiktok")));
	assert_int_equal(str_find(STR("xaxb"), STR("xb"), 0), 2);
	assert_int_equal(str_find(STR("xaxb"), STR("q"), 0), 4);
}

static void
pieces_are_cut_at_separators(void **state)
{
	struct claque_str rest = STR("a,,b"), piece;

	(void)state;
	assert_true(str_cut(&rest, ',', &piece));
	assert_str(piece, "a");
	assert_true(str_cut(&rest, ',', &piece));
	assert_int_equal(piece.len, 0);
	assert_true(str_cut(&rest, ',', &piece));
	assert_str(piece, "b");
	assert_false(str_cut(&rest, ',', &piece));
}

static void
numbers_are_taken_whole_or_not_at_all(void **state)
{
	int64_t n;
	double r;

	(void)state;
	assert_true(str_to_i64(STR("-9223372036854775808"), &n));
	assert_true(n == INT64_MIN);
	assert_false(str_to_i64(STR("9223372036854775808"), &n));
	assert_false(str_to_i64(STR("12x"), &n));
	assert_false(str_to_i64(STR(""), &n));
	assert_false(str_to_i64(STR("-"), &n));
	assert_true(str_to_double(STR("1606451170.518101"), &r));
	assert_true(r > 1606451170.5181 && r < 1606451170.5182);
	assert_true(str_to_double(STR("1e3"), &r) && r == 1000);
	assert_false(str_to_double(STR("0x10"), &r));
	assert_false(str_to_double(STR("inf"), &r));
	assert_false(str_to_double(STR("1e"), &r));
	assert_false(str_to_double(STR("1.2.3"), &r));
}

static void
times_go_in_and_out(void **state)
{
	struct arena a = whole;
	int64_t ms;

	(void)state;
	assert_true(clock_parse(STR("2023-11-30T14:02:11.250Z"), &ms));
	assert_str(clock_text(&a, ms, CLOCK_RFC3339), "2023-11-30T14:02:11.250Z");
	assert_true(clock_parse(STR("2023-11-30T14:02:11+02:00"), &ms));
	assert_str(clock_text(&a, ms, CLOCK_SECOND), "2023-11-30 12:02:11");
	assert_true(clock_parse(STR("1899-12-31"), &ms));
	assert_str(clock_text(&a, ms, CLOCK_DATE), "1899-12-31");
	assert_str(clock_text(&a, ms - 1, CLOCK_RFC3339), "1899-12-30T23:59:59.999Z");
	assert_str(clock_text(&a, ms, CLOCK_MINUTE), "1899-12-31 00:00");
	assert_true(clock_parse(STR("0099-03-01"), &ms));
	assert_str(clock_text(&a, ms, CLOCK_DATE), "0099-03-01");
	assert_true(clock_parse(STR("2024-02-29 00:00"), &ms));
	assert_int_equal(clock_weekday(ms), 3);
	assert_false(clock_parse(STR("2023-02-29"), &ms));
	assert_false(clock_parse(STR("2023-13-01"), &ms));
	assert_false(clock_parse(STR("yesterday"), &ms));
	assert_false(clock_parse(STR("2023-11-30T25:00:00Z"), &ms));
	assert_false(clock_parse(STR("2023-11-30T10:00:00Zx"), &ms));
}

static void
the_test_clock_stands_still(void **state)
{
	(void)state;
	assert_int_equal(setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1), 0);
	assert_true(clock_now() == 1795269600000);
	assert_int_equal(unsetenv("CLAQUE_CLOCK"), 0);
}

static void
map_numbers_are_dense_and_stable(void **state)
{
	struct map m;
	struct arena a = whole;
	bool is_new;

	(void)state;
	map_init(&m);
	for (unsigned i = 0; i < 5000; i++)
		assert_int_equal(map_add(&m, str_fmt(&a, "key%u", i), &is_new), i);
	assert_int_equal(map_add(&m, STR("key77"), &is_new), 77);
	assert_false(is_new);
	assert_int_equal(map_get(&m, STR("no")), MAP_NONE);
	assert_int_equal(map_get(&m, STR("key4999")), 4999);
	assert_str(map_key(&m, 4999), "key4999");
	assert_int_equal(map_add(&m, STR(""), &is_new), 5000);
	assert_int_equal(map_get(&m, STR("")), 5000);
	map_done(&m);
}

static void
set_knows_what_it_saw(void **state)
{
	struct set64 s;

	(void)state;
	set64_init(&s);
	assert_false(set64_has(&s, 0));
	for (uint64_t i = 0; i < 1000; i++)
		assert_true(set64_add(&s, i * 64));
	assert_false(set64_add(&s, 0));
	assert_false(set64_add(&s, 640));
	assert_true(set64_has(&s, 64 * 999));
	assert_false(set64_has(&s, 1));
	assert_int_equal(s.count, 1000);
	set64_done(&s);
}

static void
buffers_stop_at_their_maximum(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 5);
	buf_addz(&b, "abc");
	buf_addf(&b, "%d", 12);
	assert_false(b.over);
	buf_addc(&b, '!');
	assert_true(b.over);
	assert_str(buf_str(&b), "abc12");
	buf_done(&b);
}

static void
utf8_is_strict(void **state)
{
	static const struct { struct claque_str in; uint32_t code; size_t used; } rows[] = {
		{ { "A", 1 }, 'A', 1 },
		{ { "\xc3\xa9", 2 }, 0xe9, 2 },
		{ { "\xe2\x82\xac", 3 }, 0x20ac, 3 },
		{ { "\xf0\x9f\x98\x80", 4 }, 0x1f600, 4 },
		{ { "\xc0\xaf", 2 }, UTF8_BAD, 1 },		/* overlong */
		{ { "\xe0\x80\xaf", 3 }, UTF8_BAD, 1 },		/* overlong */
		{ { "\xed\xa0\x80", 3 }, UTF8_BAD, 1 },		/* surrogate */
		{ { "\xf4\x90\x80\x80", 4 }, UTF8_BAD, 1 },	/* past the end */
		{ { "\xe2\x82", 2 }, UTF8_BAD, 1 },		/* cut off */
		{ { "\x80", 1 }, UTF8_BAD, 1 },
	};
	char out[4];
	size_t used;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(utf8_next(rows[i].in, &used), rows[i].code);
		assert_int_equal(used, rows[i].used);
		if (rows[i].code != UTF8_BAD) {
			assert_int_equal(utf8_put(out, rows[i].code), used);
			assert_memory_equal(out, rows[i].in.p, used);
		}
	}
}

/* The block in the middle is the constant that the mixer takes off it. */
static void
no_bytes_wipe_out_those_before_them(void **state)
{
	static const struct claque_str block = { "\xdb\x28\xb4\xa0\xd1\x7e\x03\xe7", 8 };
	struct arena a = whole;
	struct claque_str one = str_fmt(&a, "account1" STR_FMT, STR_ARG(block));
	struct claque_str two = str_fmt(&a, "account2" STR_FMT, STR_ARG(block));

	(void)state;
	assert_true(hash_bytes(one, 0) != hash_bytes(two, 0));
}

static void
the_same_seed_gives_the_same_numbers(void **state)
{
	struct rng a = rng_seeded(42), b = rng_seeded(42), c = rng_seeded(43);
	double sum = 0;

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_true(rng_next(&a) == rng_next(&b));
	assert_true(rng_next(&a) != rng_next(&c));
	for (int i = 0; i < 10000; i++) {
		assert_true(rng_below(&a, 7) < 7);
		sum += rng_unit(&a);
	}
	assert_true(sum > 4800 && sum < 5200);
}

static void
digest_of_abc_is_the_published_one(void **state)
{
	char hex[SHA256_HEX + 1];

	(void)state;
	sha256_text(STR("abc"), hex);	/* FIPS 180-2, appendix B.1 */
	assert_string_equal(hex,
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
only_plain_files_have_a_digest(void **state)
{
	static const struct claque_progress quiet;
	char folder[] = "/tmp/claque-fifo-XXXXXX", path[64], digest[SHA256_HEX + 1];
	struct claque_err err = { 0 };

	(void)state;
	assert_int_equal(sha256_file("/dev/zero", digest, NULL, &quiet, &err), CLAQUE_EIO);
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/pipe", folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(sha256_file(path, digest, NULL, &quiet, &err), CLAQUE_EIO);
	assert_non_null(strstr(err.msg, "pipe"));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void
errors_keep_the_inner_message(void **state)
{
	struct claque_err err;

	(void)state;
	assert_int_equal(err_set(&err, CLAQUE_EIO, "disk full"), CLAQUE_EIO);
	assert_int_equal(err_wrap(&err, "row %d", 7), CLAQUE_EIO);
	assert_string_equal(err.msg, "row 7: disk full");
	assert_string_equal(claque_rc_text(CLAQUE_EUSAGE), "misuse");
	assert_string_equal(claque_rc_text((enum claque_rc)99), "unknown code");
}

static void
base64_is_read_in_one_way_only(void **state)
{
	unsigned char two[2];

	(void)state;
	assert_true(base64_read(STR("AP8="), two, 2));
	assert_int_equal(two[0], 0);
	assert_int_equal(two[1], 0xff);
	assert_false(base64_read(STR("AP9="), two, 2));	/* the same bytes, other spare bits */
	assert_false(base64_read(STR("AP8"), two, 2));
	assert_false(base64_read(STR("AP8= "), two, 2));
	assert_false(base64_read(STR("AP8A"), two, 2));
	assert_false(base64_read(STR("AA=="), two, 2));
	assert_false(base64_read(STR(""), two, 2));
}

static void
read_hex(const char *hex, unsigned char *out, size_t len)
{
	for (size_t i = 0; i < len; i++)
		out[i] = (unsigned char)(byte_hex(hex[2 * i]) * 16 + byte_hex(hex[2 * i + 1]));
}

static void
the_published_signature_holds_and_no_other(void **state)
{
	unsigned char key[SIGN_PUBLIC_BYTES], signature[SIGN_BYTES];

	(void)state;		/* RFC 8032, 7.1, test 2 */
	read_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", key,
		 sizeof(key));
	read_hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
		 "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00", signature,
		 sizeof(signature));
	assert_true(sign_check(key, STR("\x72"), signature));
	assert_false(sign_check(key, STR("\x73"), signature));
	signature[0] ^= 1;
	assert_false(sign_check(key, STR("\x72"), signature));
}

static void
a_signature_is_read_back_to_the_byte_or_not_at_all(void **state)
{
	struct arena room = arena_new(1 << 20);
	struct sign_note note = { .file = STR("f"), .who = STR("ann"), .when = STR("now") }, back;
	struct sign_key key;
	struct claque_str text;

	(void)state;
	sign_key_make(&key);
	memcpy(note.public_key, key.public_key, SIGN_PUBLIC_BYTES);
	sign_make(&key, STR("what is signed"), note.signature);
	text = sign_note_text(&room, &note);
	assert_true(sign_note_read(room, text, &back));
	assert_true(sign_check(back.public_key, STR("what is signed"), back.signature));
	assert_true(str_eq(back.who, note.who));
	assert_false(sign_note_read(room, str_sub(text, 0, text.len - 1), &back));
	assert_false(sign_note_read(room, str_fmt(&room, STR_FMT "\n", STR_ARG(text)), &back));
	assert_false(sign_note_read(room, STR(""), &back));
	arena_free(room);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_gives_zeroed_aligned_memory_and_scratch_forgets),
		cmocka_unit_test(strings_hold_nul_and_compare_by_bytes),
		cmocka_unit_test(pieces_are_cut_at_separators),
		cmocka_unit_test(numbers_are_taken_whole_or_not_at_all),
		cmocka_unit_test(times_go_in_and_out),
		cmocka_unit_test(the_test_clock_stands_still),
		cmocka_unit_test(map_numbers_are_dense_and_stable),
		cmocka_unit_test(set_knows_what_it_saw),
		cmocka_unit_test(buffers_stop_at_their_maximum),
		cmocka_unit_test(utf8_is_strict),
		cmocka_unit_test(no_bytes_wipe_out_those_before_them),
		cmocka_unit_test(the_same_seed_gives_the_same_numbers),
		cmocka_unit_test(digest_of_abc_is_the_published_one),
		cmocka_unit_test(only_plain_files_have_a_digest),
		cmocka_unit_test(base64_is_read_in_one_way_only),
		cmocka_unit_test(the_published_signature_holds_and_no_other),
		cmocka_unit_test(a_signature_is_read_back_to_the_byte_or_not_at_all),
		cmocka_unit_test(errors_keep_the_inner_message),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
