/*
 * test_generate.c - the training world: that it keeps what its README
 * promises, byte for byte the same for a seed.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/map.h"

#include "scenario/generate.h"

#include "csv_table.h"

enum { HOUR = 3600000, DAY = 86400000 };

static const char *const files[] = { "posts.csv", "accounts.csv", "profile_changes.csv",
				     "truth.csv", "truth_twins.csv", "truth_changes.csv",
				     "truth_domains.csv", "README.txt" };
static const struct claque_progress silent = { 0 };

/* One world for all tests that only look. */
static struct world {
	char dir[64];
	struct scenario_settings settings;
	struct scenario_counts counts;
	struct csv_table posts, accounts, changes, truth;
	struct map ids;			/* account ids; number = row of accounts - 1 */
	size_t *truth_rows;		/* by number */
} world;

static struct arena whole;

static const char *
path_in(const char *dir, const char *file, struct arena *a)
{
	return str_fmt(a, "%s/%s", dir, file).p;
}

static void
remove_dir(const char *dir)
{
	struct arena a = whole;

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		(void)unlink(path_in(dir, files[i], &a));
	(void)rmdir(dir);
}

static void
temporary_dir(char dir[64])
{
	(void)snprintf(dir, 64, "claque-generate-XXXXXX");
	assert_non_null(mkdtemp(dir));
}

static void
read_world_table(struct csv_table *t, const char *file)
{
	struct arena a = whole;

	if (!csv_table_read(t, path_in(world.dir, file, &a)))
		fail_msg("%s is missing", file);
}

static void
index_world(void)
{
	size_t cap = 0;

	for (size_t i = 1; i < world.accounts.row_count; i++)
		assert_int_equal(map_add(&world.ids, csv_at(&world.accounts, i, 0), NULL), i - 1);
	GROW(world.truth_rows, cap, world.ids.count);
	memset(world.truth_rows, 0, world.ids.count * sizeof(*world.truth_rows));
	for (size_t i = 1; i < world.truth.row_count; i++) {
		uint32_t n = map_get(&world.ids, csv_at(&world.truth, i, 0));

		assert_int_not_equal(n, MAP_NONE);
		world.truth_rows[n] = i;
	}
}

static int
setup(void **state)
{
	struct claque_err err;

	(void)state;
	whole = arena_new(1 << 24);
	world.settings = scenario_defaults();
	world.settings.posts = 60000;
	temporary_dir(world.dir);
	assert_ok(scenario_generate(&world.settings, world.dir, &silent, &world.counts, &err), err);
	read_world_table(&world.posts, "posts.csv");
	read_world_table(&world.accounts, "accounts.csv");
	read_world_table(&world.changes, "profile_changes.csv");
	read_world_table(&world.truth, "truth.csv");
	index_world();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	csv_table_done(&world.posts);
	csv_table_done(&world.accounts);
	csv_table_done(&world.changes);
	csv_table_done(&world.truth);
	map_done(&world.ids);
	free(world.truth_rows);
	remove_dir(world.dir);
	arena_free(whole);
	return 0;
}

/* group or kind of an account in the truth. */
static struct claque_str
truth(struct claque_str account, size_t column)
{
	uint32_t n = map_get(&world.ids, account);

	assert_int_not_equal(n, MAP_NONE);
	return csv_at(&world.truth, world.truth_rows[n], column);
}

static struct claque_str
group_of(struct claque_str account)
{
	return truth(account, 1);
}

static struct claque_str
kind_of(struct claque_str account)
{
	return truth(account, 2);
}

static int64_t
time_of(struct claque_str text)
{
	int64_t at;

	assert_true(clock_parse(text, &at));
	return at;
}

static void
every_row_has_the_columns_of_its_header(void **state)
{
	const struct csv_table *tables[] = { &world.posts, &world.accounts, &world.changes,
					     &world.truth };
	static const size_t widths[] = { 17, 14, 5, 3 };

	(void)state;
	for (size_t t = 0; t < 4; t++) {
		assert_true(tables[t]->sound);
		for (size_t i = 0; i < tables[t]->row_count; i++)
			assert_int_equal(csv_width(tables[t], i), widths[t]);
	}
	assert_int_equal(csv_column(&world.posts, "ref_post_id"), 6);
	assert_int_equal(csv_column(&world.accounts, "avatar_hash"), 7);
	assert_int_equal(csv_column(&world.changes, "changed_at"), 1);
}

static void
counts_are_as_promised(void **state)
{
	size_t planted = 0, twins = 0;

	(void)state;
	assert_int_equal(world.counts.posts, 60000);
	assert_int_equal(world.posts.row_count - 1, world.counts.posts);
	assert_int_equal(world.accounts.row_count - 1, world.counts.accounts);
	assert_int_equal(world.changes.row_count - 1, world.counts.changes);
	assert_int_equal(world.truth.row_count, world.accounts.row_count);
	for (size_t i = 1; i < world.accounts.row_count; i++) {
		bool fake = str_eq(kind_of(csv_at(&world.accounts, i, 0)), STR("operation"));
		bool facebook = str_eq(csv_get(&world.accounts, i, "platform"), STR("facebook"));

		planted += fake && facebook;
		twins += fake && !facebook;
	}
	assert_int_equal(planted, 4789);
	assert_int_equal(world.counts.planted, 4789);
	assert_int_equal(twins, 70);
	assert_int_equal(scenario_defaults().posts, 250000);
}

static void
ids_are_unique_and_refer_to_what_is_there(void **state)
{
	struct map posts = { 0 };
	bool is_new;

	(void)state;
	for (size_t i = 1; i < world.posts.row_count; i++) {
		struct claque_str ref = csv_get(&world.posts, i, "ref_post_id");

		(void)map_add(&posts, csv_at(&world.posts, i, 0), &is_new);
		assert_true(is_new);
		assert_int_not_equal(map_get(&world.ids, csv_at(&world.posts, i, 1)), MAP_NONE);
		if (ref.len > 0)	/* rows come in order of time */
			assert_int_not_equal(map_get(&posts, ref), MAP_NONE);
	}
	map_done(&posts);
}

static void
truth_knows_every_kind_and_sixty_cells(void **state)
{
	static const char *const kinds[] = { "operation", "fandom", "activists", "newsroom",
					     "organic" };
	struct map seen = { 0 }, cells = { 0 };
	uint32_t size[200] = { 0 };

	(void)state;
	for (size_t i = 1; i < world.accounts.row_count; i++) {
		struct claque_str id = csv_at(&world.accounts, i, 0), group = group_of(id);

		(void)map_add(&seen, kind_of(id), NULL);
		if (str_starts(group, STR("cell-")) &&
		    str_eq(csv_get(&world.accounts, i, "platform"), STR("facebook")))
			size[map_add(&cells, group, NULL)]++;
	}
	assert_int_equal(seen.count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_int_not_equal(map_get(&seen, str_of(kinds[i])), MAP_NONE);
	assert_int_equal(cells.count, 60);
	for (uint32_t i = 0; i < cells.count; i++)
		assert_in_range(size[i], 20, 120);
	map_done(&seen);
	map_done(&cells);
}

/* How many posts of either side a group has reshared or answered. */
struct sides {
	size_t left, right;
};

static void
count_sides(struct map *groups, struct sides sides[200])
{
	for (size_t i = 1; i < world.posts.row_count; i++) {
		struct claque_str from = csv_get(&world.posts, i, "ref_account_id");
		uint32_t g = map_add(groups, group_of(csv_at(&world.posts, i, 1)), NULL);

		assert_true(g < 200);
		if (from.len == 0)
			continue;
		sides[g].left += str_eq(group_of(from), STR("source-left"));
		sides[g].right += str_eq(group_of(from), STR("source-right"));
	}
}

static void
each_cell_shares_both_sides_and_partisans_one(void **state)
{
	struct map groups = { 0 };
	struct sides sides[200] = { 0 }, all = { 0 };
	const struct sides *left, *right;

	(void)state;
	count_sides(&groups, sides);
	for (uint32_t g = 0; g < groups.count; g++) {
		size_t both = sides[g].left + sides[g].right;

		if (!str_starts(map_key(&groups, g), STR("cell-")))
			continue;
		assert_true(sides[g].left * 20 > both && sides[g].right * 20 > both);
		all.left += sides[g].left;
		all.right += sides[g].right;
	}
	assert_in_range(all.left * 100 / (all.left + all.right), 40, 60);
	left = &sides[map_get(&groups, STR("partisan-left"))];
	right = &sides[map_get(&groups, STR("partisan-right"))];
	assert_true(left->left > 1000 && left->right == 0);
	assert_true(right->right > 1000 && right->left == 0);
	map_done(&groups);
}

/* Some as reshares of the post on x, some as copies with its link. */
static void
the_operation_reshares_and_copies_posts_of_x(void **state)
{
	size_t reshares = 0, copies = 0;

	(void)state;
	for (size_t i = 1; i < world.posts.row_count; i++) {
		struct claque_str account = csv_at(&world.posts, i, 1);
		struct claque_str link = csv_get(&world.posts, i, "urls");

		if (!str_starts(group_of(account), STR("cell-")))
			continue;
		reshares += str_eq(csv_get(&world.posts, i, "type"), STR("reshare"));
		if (link.len > 0) {
			assert_true(str_starts(link, STR("https://x.com/")));
			assert_true(str_find(link, STR("__/status/"), 0) < link.len);
			assert_str(csv_get(&world.posts, i, "type"), "original");
			copies++;
		}
	}
	assert_in_range(reshares, 5000, 12000);
	assert_in_range(copies, 4000, 10000);
}

static void
the_operation_keeps_office_hours_of_another_zone(void **state)
{
	size_t all = 0, office = 0, lunch = 0, weekend = 0;

	(void)state;
	for (size_t i = 1; i < world.posts.row_count; i++) {
		int64_t at = time_of(csv_get(&world.posts, i, "created_at")), hour;

		if (!str_eq(kind_of(csv_at(&world.posts, i, 1)), STR("operation")))
			continue;
		hour = at % DAY / HOUR;
		all++;
		office += hour >= 1 && hour <= 10;
		lunch += hour == 4;		/* noon in UTC+8 */
		weekend += clock_weekday(at) >= 5;
	}
	assert_true(office * 100 > all * 97);
	assert_true(lunch * 100 < all * 7);
	assert_true(weekend * 100 < all * 5);
}

/* Rows of one account stand together nowhere: count by account. */
static void
whole_cells_change_identity_in_one_night(void **state)
{
	struct map renamed = { 0 }, cells = { 0 };
	int64_t first = INT64_MAX, last = 0;
	size_t fields = 0, members = 0;

	(void)state;
	for (size_t i = 1; i < world.changes.row_count; i++) {
		struct claque_str id = csv_at(&world.changes, i, 0);
		int64_t at = time_of(csv_at(&world.changes, i, 1));

		if (!str_eq(kind_of(id), STR("operation")))
			continue;
		(void)map_add(&renamed, id, NULL);
		(void)map_add(&cells, group_of(id), NULL);
		first = at < first ? at : first;
		last = at > last ? at : last;
		fields++;
	}
	assert_in_range(renamed.count, 340, 460);
	assert_int_equal(renamed.count, world.counts.renamed);
	assert_true(fields <= 4u * renamed.count && fields >= 4u * renamed.count - 20);
	assert_true(last - first < 4 * HOUR);
	assert_true(cells.count >= 3);
	for (size_t i = 1; i < world.accounts.row_count; i++) {
		struct claque_str id = csv_at(&world.accounts, i, 0);

		if (map_get(&cells, group_of(id)) == MAP_NONE ||
		    !str_eq(csv_get(&world.accounts, i, "platform"), STR("facebook")))
			continue;
		members++;		/* whole cells, and their final place is in India */
		assert_true(str_find(csv_get(&world.accounts, i, "location"), STR("India"), 0) <
			    csv_get(&world.accounts, i, "location").len);
	}
	assert_int_equal(members, renamed.count);
	map_done(&renamed);
	map_done(&cells);
}

static void
the_renamed_are_silent_before_and_turn_to_asia_after(void **state)
{
	struct map renamed = { 0 };
	int64_t wave = INT64_MAX;
	size_t asia = 0, shared = 0;

	(void)state;
	for (size_t i = 1; i < world.changes.row_count; i++) {
		int64_t at = time_of(csv_at(&world.changes, i, 1));

		if (!str_eq(kind_of(csv_at(&world.changes, i, 0)), STR("operation")))
			continue;
		(void)map_add(&renamed, csv_at(&world.changes, i, 0), NULL);
		wave = at < wave ? at : wave;
	}
	for (size_t i = 1; i < world.posts.row_count; i++) {
		int64_t at = time_of(csv_get(&world.posts, i, "created_at"));
		struct claque_str from = csv_get(&world.posts, i, "ref_account_id");

		if (map_get(&renamed, csv_at(&world.posts, i, 1)) == MAP_NONE)
			continue;
		assert_false(at < wave && at > wave - 11 * (int64_t)DAY);
		if (from.len > 0 && at < wave)
			assert_false(str_eq(group_of(from), STR("source-asia")));
		if (from.len > 0 && at > wave) {
			shared++;
			asia += str_eq(group_of(from), STR("source-asia"));
		}
	}
	assert_true(shared > 100 && asia * 10 > shared * 6);
	map_done(&renamed);
}

/* ^[A-Za-z_]{2,12}[0-9]{4,8}$ */
static bool
is_default_handle(struct claque_str h)
{
	size_t letters = 0, digits;

	while (letters < h.len && (byte_is_alpha(h.p[letters]) || h.p[letters] == '_'))
		letters++;
	for (digits = 0; letters + digits < h.len && byte_is_digit(h.p[letters + digits]); digits++)
		;
	return letters + digits == h.len && letters >= 2 && letters <= 12 && digits >= 4 &&
	       digits <= 8;
}

static void
handles_are_unique_and_the_fake_ones_as_proposed(void **state)
{
	size_t fake[2] = { 0 }, organic[2] = { 0 };
	struct arena a = whole;
	struct map handles = { 0 };

	(void)state;
	for (size_t i = 1; i < world.accounts.row_count; i++) {
		struct claque_str handle = csv_get(&world.accounts, i, "handle");
		struct claque_str platform = csv_get(&world.accounts, i, "platform");
		struct claque_str kind = kind_of(csv_at(&world.accounts, i, 0));
		size_t is_default = is_default_handle(handle);
		struct arena once = a;
		bool is_new;

		(void)map_add(&handles, str_fmt(&once, STR_FMT "/" STR_FMT, STR_ARG(platform),
						STR_ARG(handle)), &is_new);
		assert_true(is_new);
		fake[is_default] += str_eq(kind, STR("operation"));
		organic[is_default] += str_eq(kind, STR("organic"));
	}
	assert_in_range(fake[1] * 100 / (fake[0] + fake[1]), 92, 96);
	assert_in_range(organic[1] * 100 / (organic[0] + organic[1]), 1, 6);
	map_done(&handles);
}

static void
newsrooms_run_the_same_story_within_minutes(void **state)
{
	struct map stories = { 0 };
	int64_t first[4000];
	size_t runs[4000] = { 0 }, most = 0;

	(void)state;
	for (size_t i = 1; i < world.posts.row_count; i++) {
		struct claque_str url = csv_get(&world.posts, i, "urls");
		int64_t at = time_of(csv_get(&world.posts, i, "created_at"));
		uint32_t n;

		if (!str_starts(url, STR("https://common-wire.example/")))
			continue;
		assert_str(kind_of(csv_at(&world.posts, i, 1)), "newsroom");
		n = map_add(&stories, url, NULL);
		assert_true(n < 4000);
		if (runs[n]++ == 0)
			first[n] = at;
		assert_true(at - first[n] <= 25 * 60000);
		most = runs[n] > most ? runs[n] : most;
	}
	assert_true(most >= 12);
	map_done(&stories);
}

static void
some_names_are_hostile(void **state)
{
	size_t formulas = 0, overrides = 0, escapes = 0, lines = 0;

	(void)state;
	for (size_t i = 1; i < world.accounts.row_count; i++) {
		struct claque_str name = csv_get(&world.accounts, i, "display_name");

		formulas += str_starts(name, STR("=HYPERLINK"));
		overrides += str_find(name, STR("\xE2\x80\xAE"), 0) < name.len;
		escapes += str_find(name, STR("\x1b["), 0) < name.len;
		lines += str_find(name, STR("\n"), 0) < name.len;
	}
	assert_int_equal(formulas, 1);
	assert_int_equal(overrides, 1);
	assert_int_equal(escapes, 1);
	assert_int_equal(lines, 1);
}

static void
the_readme_says_that_nobody_exists(void **state)
{
	struct arena a = whole;
	struct claque_str text;
	size_t len;
	char *p = csv_slurp(path_in(world.dir, "README.txt", &a), &len);

	(void)state;
	assert_non_null(p);
	text = (struct claque_str){ p, len };
	assert_true(str_find(text, STR("nobody in it exists"), 0) < len);
	assert_true(str_find(text, STR("seed 1, 60000 posts"), 0) < len);
	assert_true(str_find(text, STR("4789 fake accounts"), 0) < len);
	free(p);
}

/* --- worlds of their own */

static struct scenario_settings
small_settings(void)
{
	struct scenario_settings s = scenario_defaults();

	s.posts = 3000;
	s.planted = 150;
	s.renamed = 60;
	s.twins = 5;
	s.organic = 400;
	s.days = 21;
	return s;
}

static void
generate_small(char dir[64], uint64_t seed)
{
	struct scenario_settings s = small_settings();
	struct scenario_counts counts;
	struct claque_err err;

	s.seed = seed;
	temporary_dir(dir);
	assert_ok(scenario_generate(&s, dir, &silent, &counts, &err), err);
}

static bool
same_file(const char *dir_a, const char *dir_b, const char *file)
{
	struct arena s = whole;
	size_t len_a, len_b;
	char *a = csv_slurp(path_in(dir_a, file, &s), &len_a);
	char *b = csv_slurp(path_in(dir_b, file, &s), &len_b);
	bool same;

	assert_true(a != NULL && b != NULL && len_a > 0);
	same = len_a == len_b && memcmp(a, b, len_a) == 0;
	free(a);
	free(b);
	return same;
}

static void
a_seed_gives_the_same_bytes_and_another_gives_others(void **state)
{
	char a[64], b[64], c[64];

	(void)state;
	generate_small(a, 7);
	generate_small(b, 7);
	generate_small(c, 8);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		assert_true(same_file(a, b, files[i]));
		if (strcmp(files[i], "truth_domains.csv") != 0)	/* the demo has no look-alikes */
			assert_false(same_file(a, c, files[i]));
	}
	remove_dir(a);
	remove_dir(b);
	remove_dir(c);
}

static void
a_world_without_an_operation_is_possible(void **state)
{
	struct scenario_settings s = small_settings();
	struct scenario_counts counts;
	struct csv_table t;
	struct claque_err err;
	struct arena a = whole;
	char dir[64];

	(void)state;
	s.planted = s.renamed = s.twins = 0;
	temporary_dir(dir);
	assert_ok(scenario_generate(&s, dir, &silent, &counts, &err), err);
	assert_int_equal(counts.planted, 0);
	assert_true(csv_table_read(&t, path_in(dir, "truth.csv", &a)));
	for (size_t i = 1; i < t.row_count; i++)
		assert_false(str_eq(csv_at(&t, i, 2), STR("operation")));
	csv_table_done(&t);
	remove_dir(dir);
}

static void
a_directory_in_use_is_refused_untouched(void **state)
{
	struct scenario_settings s = small_settings();
	struct scenario_counts counts;
	struct claque_err err;
	struct arena a = whole;
	char dir[64];
	FILE *f;

	(void)state;
	temporary_dir(dir);
	f = fopen(path_in(dir, "truth.csv", &a), "w");
	assert_non_null(f);
	assert_int_equal(fputs("mine\n", f) < 0, 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(scenario_generate(&s, dir, &silent, &counts, &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "truth.csv"));
	assert_int_not_equal(access(path_in(dir, "posts.csv", &a), F_OK), 0);
	assert_int_equal(counts.posts, 0);
	remove_dir(dir);
}

static void
a_file_where_the_directory_should_be_is_an_error(void **state)
{
	struct scenario_settings s = small_settings();
	struct scenario_counts counts;
	struct claque_err err;
	struct arena a = whole;

	(void)state;
	assert_int_equal(scenario_generate(&s, path_in(world.dir, "posts.csv", &a), &silent,
					   &counts, &err), CLAQUE_EIO);
}

static bool
stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	(void)stage;
	(void)done;
	(void)total;
	(*(int *)ctx)++;
	return false;
}

/* Nothing is left behind: the directory can be removed. */
static void
a_cancelled_run_leaves_no_file(void **state)
{
	struct scenario_settings s = small_settings();
	struct scenario_counts counts;
	struct claque_err err;
	int calls = 0;
	struct claque_progress stopper = { &calls, stop };
	char dir[64];

	(void)state;
	temporary_dir(dir);
	assert_int_equal(scenario_generate(&s, dir, &stopper, &counts, &err), CLAQUE_STOPPED);
	assert_int_equal(calls, 1);
	assert_int_equal(rmdir(dir), 0);
}

static void
settings_out_of_range_are_misuse(void **state)
{
	struct scenario_settings bad[6];
	struct scenario_counts counts;
	struct claque_err err;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		bad[i] = small_settings();
	bad[0].posts = 0;
	bad[1].days = 3;
	bad[2].planted = 7;
	bad[3].twins = bad[3].planted + 1;
	bad[4].organic = 1;
	bad[5].start = 0;
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(scenario_generate(&bad[i], "never-made", &silent, &counts, &err),
				 CLAQUE_EUSAGE);
	assert_int_not_equal(access("never-made", F_OK), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_has_the_columns_of_its_header),
		cmocka_unit_test(counts_are_as_promised),
		cmocka_unit_test(ids_are_unique_and_refer_to_what_is_there),
		cmocka_unit_test(truth_knows_every_kind_and_sixty_cells),
		cmocka_unit_test(each_cell_shares_both_sides_and_partisans_one),
		cmocka_unit_test(the_operation_reshares_and_copies_posts_of_x),
		cmocka_unit_test(the_operation_keeps_office_hours_of_another_zone),
		cmocka_unit_test(whole_cells_change_identity_in_one_night),
		cmocka_unit_test(the_renamed_are_silent_before_and_turn_to_asia_after),
		cmocka_unit_test(handles_are_unique_and_the_fake_ones_as_proposed),
		cmocka_unit_test(newsrooms_run_the_same_story_within_minutes),
		cmocka_unit_test(some_names_are_hostile),
		cmocka_unit_test(the_readme_says_that_nobody_exists),
		cmocka_unit_test(a_seed_gives_the_same_bytes_and_another_gives_others),
		cmocka_unit_test(a_world_without_an_operation_is_possible),
		cmocka_unit_test(a_directory_in_use_is_refused_untouched),
		cmocka_unit_test(a_file_where_the_directory_should_be_is_an_error),
		cmocka_unit_test(a_cancelled_run_leaves_no_file),
		cmocka_unit_test(settings_out_of_range_are_misuse),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
