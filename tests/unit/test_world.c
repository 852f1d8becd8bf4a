/*
 * test_world.c - worlds for grading: that stealth, the seed and the left-out
 * tactics do what they say, and that strangers do not write the same.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/map.h"

#include "scenario/generate.h"
#include "scenario/prose.h"

#include "csv_table.h"

enum { MINUTE_MS = 60000, WORLD_POSTS = 20000, SAMPLE = 250, RUNS_MOST = 400 };

static const char *const files[] = { "posts.csv", "accounts.csv", "profile_changes.csv",
				     "truth.csv", "truth_twins.csv", "truth_changes.csv",
				     "truth_domains.csv", "README.txt" };
static const struct claque_progress silent = { 0 };
static struct arena whole;

struct world_files {
	char dir[64];
	struct scenario_counts counts;
	struct csv_table posts, accounts, truth, twins, changes, domains;
	struct map ids;
	size_t *truth_rows;	/* by number of ids */
	size_t cap;
};

static struct scenario_settings
settings_of(int stealth, uint64_t seed)
{
	struct scenario_settings s = scenario_defaults();

	s.posts = WORLD_POSTS;
	s.seed = seed;
	s.stealth = stealth;
	return s;
}

static void
read_table(struct csv_table *t, const char *dir, const char *name)
{
	struct arena a = whole;

	if (!csv_table_read(t, str_fmt(&a, "%s/%s.csv", dir, name).p))
		fail_msg("%s.csv is missing", name);
	assert_true(t->sound);
}

static void
make(struct world_files *w, const struct scenario_settings *s)
{
	struct claque_err err;

	*w = (struct world_files){ .cap = 0 };
	(void)snprintf(w->dir, sizeof(w->dir), "claque-world-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	assert_ok(scenario_generate(s, w->dir, &silent, &w->counts, &err), err);
	read_table(&w->posts, w->dir, "posts");
	read_table(&w->accounts, w->dir, "accounts");
	read_table(&w->truth, w->dir, "truth");
	read_table(&w->twins, w->dir, "truth_twins");
	read_table(&w->changes, w->dir, "truth_changes");
	read_table(&w->domains, w->dir, "truth_domains");
	for (size_t i = 1; i < w->truth.row_count; i++) {
		uint32_t n = map_add(&w->ids, csv_at(&w->truth, i, 0), NULL);

		GROW(w->truth_rows, w->cap, n + 1u);
		w->truth_rows[n] = i;
	}
}

static void
done(struct world_files *w)
{
	struct arena a = whole;

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		(void)unlink(str_fmt(&a, "%s/%s", w->dir, files[i]).p);
	assert_int_equal(rmdir(w->dir), 0);
	csv_table_done(&w->posts);
	csv_table_done(&w->accounts);
	csv_table_done(&w->truth);
	csv_table_done(&w->twins);
	csv_table_done(&w->changes);
	csv_table_done(&w->domains);
	map_done(&w->ids);
	free(w->truth_rows);
}

static struct claque_str
kind_of(const struct world_files *w, struct claque_str account)
{
	uint32_t n = map_get(&w->ids, account);

	assert_int_not_equal(n, MAP_NONE);
	return csv_at(&w->truth, w->truth_rows[n], 2);
}

static size_t
count_label(const struct csv_table *t, size_t column, const char *label)
{
	size_t n = 0;

	for (size_t i = 1; i < t->row_count; i++)
		n += str_eq(csv_at(t, i, column), str_of(label));
	return n;
}

static size_t
planted_in(const struct world_files *w)
{
	return count_label(&w->truth, 2, "operation");
}

static void
level_zero_has_every_trap_and_no_operation(void **state)
{
	static const char *const kinds[] = { "organic", "fandom", "activists", "newsroom", "resident",
		"paster", "contest", "honest-twin", "bot", "spam", "surge" };
	struct scenario_settings s = settings_of(0, 5);
	struct world_files w;

	(void)state;
	make(&w, &s);
	assert_int_equal(planted_in(&w), 0);
	assert_int_equal(w.counts.networks, 0);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (count_label(&w.truth, 2, kinds[i]) < 5)
			fail_msg("hardly any %s", kinds[i]);
	assert_int_equal(count_label(&w.domains, 2, "lookalike"), 0);
	assert_int_equal(count_label(&w.changes, 2, "operation"), 0);
	assert_true(count_label(&w.changes, 2, "organic") > 5);
	done(&w);
}

static void
networks_have_the_sizes_and_the_share_that_was_asked_for(void **state)
{
	struct scenario_settings s = settings_of(3, 11);
	struct world_files w;
	size_t cells = 0;

	(void)state;
	s.posts = 60000;
	s.vary = true;
	make(&w, &s);
	for (size_t i = 1; i < w.truth.row_count; i++)
		cells += str_starts(csv_at(&w.truth, i, 1), STR("network-"));
	assert_int_equal(cells, planted_in(&w));	/* twins stand in their persona's network */
	assert_int_equal(cells, w.counts.planted + w.counts.twins);
	assert_in_range(w.counts.planted * 1000 / w.counts.accounts, 20, 130);
	for (size_t n = 1; n <= w.counts.networks; n++) {
		struct arena a = whole;
		size_t size = count_label(&w.truth, 1, str_fmt(&a, "network-%zu", n).p);

		assert_in_range(size, 15, 500);
	}
	done(&w);
}

static void
a_needle_is_one_percent(void **state)
{
	struct scenario_settings s = settings_of(2, 12);
	struct world_files w;

	(void)state;
	s.posts = 60000;
	s.vary = s.needle = true;
	make(&w, &s);
	assert_in_range(w.counts.planted * 1000 / w.counts.accounts, 7, 11);
	done(&w);
}

static int
order_of_numbers(const void *pa, const void *pb)
{
	const int64_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

/* Median time from a post to its copies and reshares by planted accounts, in minutes. */
static int64_t
median_delay(const struct world_files *w)
{
	struct map times = { 0 };
	static int64_t at[WORLD_POSTS + 1], delays[WORLD_POSTS];
	size_t n = 0;

	for (size_t i = 1; i < w->posts.row_count; i++) {
		struct claque_str ref = csv_get(&w->posts, i, "ref_post_id");
		uint32_t of = map_get(&times, ref), own;

		own = map_add(&times, csv_at(&w->posts, i, 0), NULL);
		assert_true(clock_parse(csv_get(&w->posts, i, "created_at"), &at[own]));
		if (of != MAP_NONE && str_eq(csv_get(&w->posts, i, "type"), STR("reshare")) &&
		    str_eq(kind_of(w, csv_at(&w->posts, i, 1)), STR("operation")))
			delays[n++] = (at[own] - at[of]) / MINUTE_MS;
	}
	map_done(&times);
	assert_true(n > 30);
	qsort(delays, n, sizeof(*delays), order_of_numbers);
	return delays[n / 2];
}

/* Of the planted accounts, in percent. */
static size_t
share_of_digit_handles(const struct world_files *w)
{
	size_t all = 0, digits = 0;

	for (size_t i = 1; i < w->accounts.row_count; i++) {
		struct claque_str handle = csv_get(&w->accounts, i, "handle");
		size_t n = 0;

		if (!str_eq(kind_of(w, csv_at(&w->accounts, i, 0)), STR("operation")))
			continue;
		while (n < handle.len && byte_is_digit(handle.p[handle.len - 1 - n]))
			n++;
		all++;
		digits += n >= 4;
	}
	return digits * 100 / all;
}

static void
stealth_takes_its_time_and_thinks_of_handles(void **state)
{
	struct scenario_settings careless = settings_of(1, 21), careful = settings_of(5, 21);
	struct world_files w;

	(void)state;
	/* Reshares only, and nothing ordinary among them. */
	careless.without = careful.without = 1u << TACTIC_COPIES | 1u << TACTIC_CAMOUFLAGE |
					     1u << TACTIC_TWINS;
	make(&w, &careless);
	assert_in_range(median_delay(&w), 0, 10);
	assert_in_range(share_of_digit_handles(&w), 85, 100);
	done(&w);
	make(&w, &careful);
	assert_in_range(median_delay(&w), 4 * 60, 36 * 60);
	assert_in_range(share_of_digit_handles(&w), 20, 50);
	done(&w);
}

static size_t
planted_posts(const struct world_files *w, const char *column, const char *start)
{
	size_t n = 0;

	for (size_t i = 1; i < w->posts.row_count; i++)
		n += str_starts(csv_get(&w->posts, i, column), str_of(start)) &&
		     str_eq(kind_of(w, csv_at(&w->posts, i, 1)), STR("operation"));
	return n;
}

static void
a_tactic_that_is_left_out_is_not_there(void **state)
{
	struct scenario_settings all = settings_of(2, 31), none = all;
	struct world_files w;

	(void)state;
	make(&w, &all);
	assert_true(count_label(&w.twins, 2, "operation") > 0);
	assert_true(count_label(&w.changes, 2, "operation") > 0);
	assert_true(count_label(&w.domains, 2, "lookalike") > 0);
	assert_true(planted_posts(&w, "type", "reshare") > 20);
	assert_true(share_of_digit_handles(&w) > 60);
	done(&w);
	none.without = (1u << TACTIC_COUNT) - 1;
	none.without &= ~(1u << TACTIC_COPIES);
	make(&w, &none);
	assert_true(planted_in(&w) > 0);
	assert_int_equal(count_label(&w.twins, 2, "operation"), 0);
	assert_true(count_label(&w.twins, 2, "honest-twin") > 0);
	assert_int_equal(count_label(&w.changes, 2, "operation"), 0);
	assert_int_equal(count_label(&w.domains, 2, "lookalike"), 0);
	assert_int_equal(planted_posts(&w, "type", "reshare"), 0);
	assert_true(share_of_digit_handles(&w) < 25);
	done(&w);
}

static void
every_option_of_stealth_has_its_limits(void **state)
{
	struct scenario_settings bad[3] = { settings_of(6, 1), settings_of(-2, 1),
					    settings_of(SCENARIO_AS_DEMO, 1) };
	struct scenario_counts counts;
	struct claque_err err;

	(void)state;
	bad[2].vary = true;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(scenario_generate(&bad[i], "never-made", &silent, &counts, &err),
				 CLAQUE_EUSAGE);
	assert_int_not_equal(access("never-made", F_OK), 0);
	assert_int_equal(scenario_tactic("look" "alikes"), TACTIC_LOOKALIKES);
	assert_int_equal(scenario_tactic("magic"), TACTIC_COUNT);
}

/* --- texts */

static struct claque_str
text_of(enum tongue t, uint64_t seed, double reword, struct buf *b)
{
	struct prose p = { .tongue = t, .topic = TOPIC_DAILY, .seed = seed, .twist = seed + 1,
			   .reword = reword };

	buf_clear(b);
	prose_text(&p, b, whole);
	assert_true(b->len > 0 && !b->over);
	return buf_str(b);
}

/* Hashes of runs of three words; of three characters where nothing parts words. */
static size_t
runs_of(struct claque_str text, bool spaced, uint64_t runs[RUNS_MOST])
{
	size_t starts[RUNS_MOST + 3] = { 0 }, n = 0;

	for (size_t i = 0; i < text.len && n < RUNS_MOST; i++)
		if (i == 0 || (spaced ? text.p[i - 1] == ' ' : (text.p[i] & 0xC0) != 0x80))
			starts[n++] = i;
	starts[n] = text.len;
	for (size_t i = 0; i + 3 <= n; i++)
		runs[i] = hash_bytes(str_sub(text, starts[i], starts[i + 3] - starts[i]), 0);
	return n >= 3 ? n - 2 : 0;
}

static double
likeness(const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
	size_t both = 0;

	for (size_t i = 0; i < na; i++)
		for (size_t k = 0; k < nb; k++)
			if (a[i] == b[k]) {
				both++;
				break;
			}
	return (double)both / (double)(na + nb - both);
}

static void
strangers_do_not_write_the_same(void **state)
{
	static uint64_t runs[SAMPLE][RUNS_MOST];
	size_t counts[SAMPLE];
	struct buf b;

	(void)state;
	buf_init(&b, 4000);
	for (int t = 0; t < TONGUE_COUNT; t++) {
		size_t shared = 0;

		for (size_t i = 0; i < SAMPLE; i++)
			counts[i] = runs_of(text_of((enum tongue)t, 100 + 7 * i, 0, &b),
					    tongue_spaced((enum tongue)t), runs[i]);
		for (size_t i = 0; i < SAMPLE; i++)
			for (size_t k = 0; k < i; k++) {
				double like = likeness(runs[i], counts[i], runs[k], counts[k]);

				if (like >= 0.35)
					fail_msg("%s: two texts are alike by %.2f",
						 tongue_code((enum tongue)t), like);
				shared += like > 0;
			}
		/* Of all pairs, in percent: a phrase that everybody uses now and then. */
		assert_true(shared * 100 < (size_t)SAMPLE * (SAMPLE - 1) / 2 * 12);
	}
	buf_done(&b);
}

static void
a_reworded_copy_keeps_what_was_not_reworded(void **state)
{
	static const double shares[] = { 0, 0.15, 0.6 };
	uint64_t original[RUNS_MOST], copy[RUNS_MOST];
	double mean[3] = { 0 };
	struct buf b;

	(void)state;
	buf_init(&b, 4000);
	for (size_t s = 0; s < 3; s++)
		for (uint64_t i = 0; i < 200; i++) {
			size_t n = runs_of(text_of(TONGUE_ENGLISH, i, 0, &b), true, original);
			size_t m = runs_of(text_of(TONGUE_ENGLISH, i, shares[s], &b), true, copy);

			mean[s] += likeness(original, n, copy, m) / 200;
		}
	assert_true(mean[0] > 0.999);
	assert_true(mean[1] > 0.3 && mean[1] < 0.7);	/* .85^3 of the runs are left: j = .44 */
	assert_true(mean[2] < 0.12);
	buf_done(&b);
}

/* Share of the first text's longer words that the second has. */
static double
words_in(struct claque_str text, struct claque_str other)
{
	size_t all = 0, there = 0;
	struct claque_str word;

	while (str_cut(&text, ' ', &word)) {
		while (word.len > 0 && !byte_is_alpha(word.p[word.len - 1]) &&
		       (word.p[word.len - 1] & 0x80) == 0)
			word.len--;
		if (word.len < 5)
			continue;
		all++;
		there += str_find(other, word, 0) < other.len;
	}
	return all > 0 ? (double)there / (double)all : 0;
}

static struct claque_str
anew_of(enum tongue t, uint64_t seed, uint64_t twist, struct buf *b)
{
	struct prose p = { .tongue = t, .topic = TOPIC_DAILY, .seed = seed, .twist = twist,
			   .anew = true };

	buf_clear(b);
	prose_text(&p, b, whole);
	assert_true(b->len > 0 && !b->over);
	return buf_str(b);
}

static void
a_paraphrase_keeps_words_of_content_and_no_run_of_them(void **state)
{
	static const enum tongue tongues[] = { TONGUE_ENGLISH, TONGUE_SPANISH, TONGUE_CYRILLIC };
	uint64_t runs[2][RUNS_MOST];
	struct buf a, b;

	(void)state;
	buf_init(&a, 4000);
	buf_init(&b, 4000);
	for (size_t t = 0; t < 3; t++) {
		double alike = 0, kept = 0, strange = 0;

		for (uint64_t i = 0; i < 200; i++) {
			struct claque_str one = text_of(tongues[t], i, 0, &a);
			struct claque_str two = anew_of(tongues[t], i, i + 9, &b);
			size_t n = runs_of(one, true, runs[0]), m = runs_of(two, true, runs[1]);

			alike += likeness(runs[0], n, runs[1], m) / 200;
			kept += words_in(two, one) / 200;
			strange += words_in(anew_of(tongues[t], i + 1000, i, &b), one) / 200;
		}
		if (alike >= 0.08 || kept <= 0.6 || strange >= 0.2)
			fail_msg("%s: %.2f of runs, %.2f of words, %.2f of a stranger's",
				 tongue_code(tongues[t]), alike, kept, strange);
	}
	buf_done(&a);
	buf_done(&b);
}

static void
a_list_of_places_stands_in_for_the_usual_ones(void **state)
{
	struct prose p = { .tongue = TONGUE_ENGLISH, .topic = TOPIC_ASIA,
			   .places = STR("India, Tibet") };
	size_t places[2] = { 0 };
	struct buf b;

	(void)state;
	buf_init(&b, 40000);
	for (p.seed = 0; p.seed < 100; p.seed++) {
		buf_clear(&b);
		prose_text(&p, &b, whole);
		places[0] += str_find(buf_str(&b), STR("India"), 0) < b.len;
		places[1] += str_find(buf_str(&b), STR("Tibet"), 0) < b.len;
		assert_int_equal(str_find(buf_str(&b), STR("Millbrook"), 0), b.len);
	}
	assert_true(places[0] > 10 && places[1] > 10);
	buf_done(&b);
}

static int
setup(void **state)
{
	(void)state;
	whole = arena_new(1 << 24);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(level_zero_has_every_trap_and_no_operation),
		cmocka_unit_test(networks_have_the_sizes_and_the_share_that_was_asked_for),
		cmocka_unit_test(a_needle_is_one_percent),
		cmocka_unit_test(stealth_takes_its_time_and_thinks_of_handles),
		cmocka_unit_test(a_tactic_that_is_left_out_is_not_there),
		cmocka_unit_test(every_option_of_stealth_has_its_limits),
		cmocka_unit_test(strangers_do_not_write_the_same),
		cmocka_unit_test(a_reworded_copy_keeps_what_was_not_reworded),
		cmocka_unit_test(a_paraphrase_keeps_words_of_content_and_no_run_of_them),
		cmocka_unit_test(a_list_of_places_stands_in_for_the_usual_ones),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
