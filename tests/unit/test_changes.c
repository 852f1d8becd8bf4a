/* test_changes.c - accounts made over into somebody else (S8). */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdio.h>

#include "claque/change.h"
#include "claque/signal.h"

#include "base/rng.h"
#include "engine/dataset.h"
#include "engine/topic.h"
#include "engine/wording.h"

#define HOUR (INT64_C(3600) * 1000)
#define DAY (24 * HOUR)

enum { PEOPLE = 120, REPURPOSED = 12, POSTS = 24 };

static const struct claque_progress quiet;
static struct claque_err err;

static uint32_t
add_account(struct claque_dataset *ds, const char *id, const char *handle)
{
	struct claque_account a = { .id = str_of(id), .handle = str_of(handle),
				    .created_at = CLAQUE_NO_TIME, .followers = -1,
				    .verified = -1 };
	uint32_t n;

	assert_ok(claque_dataset_add_account(ds, &a, &n, &err), err);
	return n;
}

static void
add_change(struct claque_dataset *ds, uint32_t account, int64_t at, enum claque_field field,
	   const char *before, const char *after)
{
	struct claque_change c = { .at = at, .account = account, .field = field,
				   .old_value = str_of(before), .new_value = str_of(after) };

	assert_ok(claque_dataset_add_change(ds, &c, &err), err);
}

static void
add_post(struct claque_dataset *ds, uint32_t account, int64_t at, const char *text, uint32_t row)
{
	struct claque_post p = { .at = at, .deleted_at = CLAQUE_NO_TIME, .text = str_of(text),
				 .account = account, .parent = CLAQUE_NO_OBJECT, .row = row,
				 .likes = -1, .shares = -1, .replies = -1 };

	assert_ok(claque_dataset_add_post(ds, &p, &err), err);
}

static struct claque_makeovers
find(struct claque_dataset *ds)
{
	struct claque_makeover_settings settings = claque_makeover_defaults();
	struct claque_makeovers found;

	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_ok(claque_makeovers_find(ds, &settings, &quiet, &found, &err), err);
	return found;
}

static const struct claque_makeover *
event_of(const struct claque_dataset *ds, const struct claque_makeovers *found, const char *id)
{
	for (size_t i = 0; i < found->count; i++)
		if (str_eq(claque_dataset_account_id(ds, found->items[i].account), str_of(id)))
			return &found->items[i];
	fail_msg("no event of %s", id);
	return NULL;
}

/* --- a file of both kinds */

static const char *const first[] = { "Anna", "Bert", "Cleo", "Dora", "Emil", "Fritz", "Gerda" };
static const char *const last[] = { "Smith", "Jones", "Weber", "Novak", "Keller", "Brandt" };
static const char *const new_first[] = { "Priya", "Rahul", "Tenzin", "Meera", "Arjun", "Nisha" };
static const char *const new_last[] = { "Sharma", "Norbu", "Patel", "Verma", "Gyatso" };
static const char *const talk[] = { "dog park morning coffee", "rain on the garden again",
				    "baking bread with friends", "old books and new shoes" };
static const char *const other_talk[] = { "temple border army minister", "farmers court delhi",
					  "lhasa monks valley", "parliament session budget" };

static void
add_posts(struct claque_dataset *ds, uint32_t account, int64_t turn, bool repurposed)
{
	for (unsigned k = 0; k < POSTS; k++) {
		bool after = k >= POSTS / 2;
		int64_t at = turn + (k - (int64_t)POSTS / 2) * DAY + (after ? 6 * HOUR : -6 * HOUR);

		if (repurposed && !after)
			at -= 20 * DAY;
		add_post(ds, account, at, (repurposed && after ? other_talk : talk)[k % 4],
			 account * 100 + k);
	}
}

/* Marries, or takes a new picture: something of the old remains. */
static void
add_organic(struct claque_dataset *ds, unsigned n, int64_t at)
{
	char id[16], before[32], after[32];
	uint32_t a;

	(void)snprintf(id, sizeof(id), "p%03u", n);
	(void)snprintf(before, sizeof(before), "%s %s", first[n % 7], last[n % 6]);
	(void)snprintf(after, sizeof(after), "%s %s", first[n % 7], last[(n + 1) % 6]);
	a = add_account(ds, id, "someone");
	if (n % 2 == 0)
		add_change(ds, a, at, CLAQUE_FIELD_display_name, before, after);
	if (n % 3 != 1)
		add_change(ds, a, at + HOUR, CLAQUE_FIELD_avatar_hash, "0123456789abcdef",
			   "fedcba9876543210");
	if (n % 5 == 0)
		add_change(ds, a, at + HOUR, CLAQUE_FIELD_location, "Leeds", "Leeds, UK");
	if (n % 6 == 1)
		add_change(ds, a, at, CLAQUE_FIELD_bio, "Baker", "Baker and father");
	add_posts(ds, a, at, false);
}

static void
add_repurposed(struct claque_dataset *ds, unsigned n, int64_t at)
{
	char id[16], before[32], after[32], handle[32], new_handle[32];
	uint32_t a;

	(void)snprintf(id, sizeof(id), "r%03u", n);
	(void)snprintf(before, sizeof(before), "%s %s", first[n % 7], last[n % 6]);
	(void)snprintf(after, sizeof(after), "%s %s", new_first[n % 6], new_last[n % 5]);
	(void)snprintf(handle, sizeof(handle), "%s%u", first[n % 7], n);
	(void)snprintf(new_handle, sizeof(new_handle), "%s_%u", new_last[n % 5], n);
	a = add_account(ds, id, new_handle);
	add_change(ds, a, at, CLAQUE_FIELD_display_name, before, after);
	add_change(ds, a, at + HOUR, CLAQUE_FIELD_handle, handle, new_handle);
	add_change(ds, a, at + 2 * HOUR, CLAQUE_FIELD_avatar_hash, "00000000000000ff",
		   "ff00ff00ff00ff00");
	add_change(ds, a, at + 3 * HOUR, CLAQUE_FIELD_location, "Ohio", "New Delhi");
	add_posts(ds, a, at, true);
}

static struct claque_dataset *
feed(bool backwards)
{
	struct claque_dataset *ds;

	assert_ok(claque_dataset_new(&ds, &err), err);
	for (unsigned k = 0; k < PEOPLE + REPURPOSED; k++) {
		unsigned n = backwards ? PEOPLE + REPURPOSED - 1 - k : k;

		if (n < PEOPLE)
			add_organic(ds, n, (int64_t)n * DAY);
		else	/* a wave */
			add_repurposed(ds, n, 60 * DAY + (int64_t)(n - PEOPLE) * HOUR);
	}
	return ds;
}

static void
a_wave_of_strangers_ranks_above_weddings_and_new_pictures(void **state)
{
	struct claque_dataset *ds = feed(false);
	struct claque_makeovers found = find(ds);

	(void)state;
	assert_int_equal(found.count, PEOPLE + REPURPOSED);
	for (size_t i = 0; i < found.count; i++) {
		const struct claque_makeover *m = &found.items[i];
		bool repurposed = claque_dataset_account_id(ds, m->account).p[0] == 'r';

		assert_int_equal(repurposed, i < REPURPOSED);
		assert_true(m->score >= 0 && m->score <= 1);
		assert_true(repurposed ? m->score > 0.9 : m->score < 0.2);
	}
	assert_true(fabs(found.share - (double)REPURPOSED / (PEOPLE + REPURPOSED)) < 0.05);
	claque_makeovers_done(&found);
	claque_dataset_free(ds);
}

static void
an_event_says_what_it_rests_on(void **state)
{
	struct claque_dataset *ds = feed(false);
	struct claque_makeovers found = find(ds);
	const struct claque_makeover *m = event_of(ds, &found, "r125");

	(void)state;
	assert_true(m->at == 60 * DAY + 5 * HOUR);
	assert_int_equal(m->fields, 1u << CLAQUE_FIELD_display_name | 1u << CLAQUE_FIELD_handle |
			 1u << CLAQUE_FIELD_avatar_hash | 1u << CLAQUE_FIELD_location);
	assert_int_equal(m->company, REPURPOSED - 1);
	/* Twelve hours apart by design, a day more between the two, twenty days of silence. */
	assert_float_equal(m->silence_s, (double)(21 * DAY + 12 * HOUR) / 1000, 1);
	/* 22 other gaps, none as long: 1 of 23. */
	assert_float_equal(m->silence_p, 1.0 / 23, 1e-12);
	assert_true(m->topic > 3);
	assert_int_equal(m->row_count, 2);
	assert_int_equal(m->rows[1], m->rows[0] + 1);
	assert_non_null(strstr(m->text, "name replaced"));
	assert_null(strstr(m->text, "Delhi"));
	claque_makeovers_done(&found);
	claque_dataset_free(ds);
}

static void
the_order_of_the_input_is_of_no_matter(void **state)
{
	struct claque_dataset *one = feed(false), *other = feed(true);
	struct claque_makeovers a = find(one), b = find(other);

	(void)state;
	assert_int_equal(a.count, b.count);
	for (size_t i = 0; i < a.count; i++) {
		assert_true(str_eq(claque_dataset_account_id(one, a.items[i].account),
				   claque_dataset_account_id(other, b.items[i].account)));
		assert_true(a.items[i].score == b.items[i].score);
	}
	claque_makeovers_done(&a);
	claque_makeovers_done(&b);
	claque_dataset_free(one);
	claque_dataset_free(other);
}

/* Fans who all take one name for a week are not made over. */
static void
a_slogan_is_nobodys_new_name(void **state)
{
	struct claque_dataset *ds = feed(false);
	struct claque_makeovers found;

	(void)state;
	for (unsigned n = 0; n < 20; n++) {
		char id[16], before[32];
		uint32_t a;

		(void)snprintf(id, sizeof(id), "fan%02u", n);
		(void)snprintf(before, sizeof(before), "%s %s", first[n % 7], last[n % 6]);
		a = add_account(ds, id, "fan");
		add_change(ds, a, 30 * DAY + n * HOUR, CLAQUE_FIELD_display_name, before,
			   "Aurora OUT NOW");
		add_change(ds, a, 30 * DAY + n * HOUR, CLAQUE_FIELD_avatar_hash,
			   "00000000ffffffff", "ffffffff00000000");
	}
	found = find(ds);
	assert_true(event_of(ds, &found, "fan07")->score < 0.2);
	assert_int_equal(event_of(ds, &found, "fan07")->company, 0);
	assert_true(event_of(ds, &found, "r121")->score > 0.9);
	claque_makeovers_done(&found);
	claque_dataset_free(ds);
}

/* Some exports name the field that changed and not its values. */
static void
names_of_fields_alone_are_enough_to_rank(void **state)
{
	struct claque_dataset *ds;
	struct claque_makeovers found;

	(void)state;
	assert_ok(claque_dataset_new(&ds, &err), err);
	for (unsigned n = 0; n < 40; n++) {
		char id[16];
		uint32_t a;

		(void)snprintf(id, sizeof(id), "a%02u", n);
		a = add_account(ds, id, "h");
		add_change(ds, a, n < 8 ? 50 * DAY + n * HOUR : n * 3 * DAY,
			   CLAQUE_FIELD_avatar_hash, "", "");
		for (int k = 0; n < 8 && k < 3; k++)
			add_change(ds, a, 50 * DAY + n * HOUR,
				   (enum claque_field[]){ CLAQUE_FIELD_handle, CLAQUE_FIELD_location,
							  CLAQUE_FIELD_display_name }[k], "", "");
	}
	found = find(ds);
	for (size_t i = 0; i < found.count; i++) {
		assert_int_equal(i < 8, __builtin_popcount(found.items[i].fields) > 1);
		assert_true(isnan(found.items[i].topic) && isnan(found.items[i].silence_p));
	}
	claque_makeovers_done(&found);
	claque_dataset_free(ds);
}

static void
changes_two_days_apart_are_one_event_and_undated_ones_none(void **state)
{
	struct claque_dataset *ds;
	struct claque_makeovers found;
	uint32_t a;

	(void)state;
	assert_ok(claque_dataset_new(&ds, &err), err);
	a = add_account(ds, "a", "h");
	add_change(ds, a, 0, CLAQUE_FIELD_bio, "x", "y");
	add_change(ds, a, 48 * HOUR, CLAQUE_FIELD_location, "x", "y");
	add_change(ds, a, 48 * HOUR + 1, CLAQUE_FIELD_handle, "x", "y");
	add_change(ds, a, CLAQUE_NO_TIME, CLAQUE_FIELD_bio, "x", "y");
	found = find(ds);
	assert_int_equal(found.count, 2);
	assert_int_equal(found.undated, 1);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(found.items[i].fields, found.items[i].at == 0 ?
				 1u << CLAQUE_FIELD_bio | 1u << CLAQUE_FIELD_location :
				 1u << CLAQUE_FIELD_handle);
	claque_makeovers_done(&found);
	claque_dataset_free(ds);
}

/* --- the parts */

static void
words_are_compared_whatever_the_script(void **state)
{
	static const struct { const char *a, *b; unsigned shared, all; } cases[] = {
		{ "Anna Smith", "anna JONES", 1, 3 }, { "Иван Петров", "Ivan Petrov", 2, 2 },
		{ "北京", "上海", 0, 4 }, { "", "x", 0, 1 }, { "Zoë 🔥", "zoe", 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct wording a, b;
		unsigned shared, all;

		wording_cut(&a, str_of(cases[i].a));
		wording_cut(&b, str_of(cases[i].b));
		wording_compare(&a, &b, &shared, &all);
		assert_int_equal(shared, cases[i].shared);
		assert_int_equal(all, cases[i].all);
	}
}

static void
wording_of_anything_stays_in_bounds(void **state)
{
	struct rng r = rng_seeded(6);

	(void)state;
	for (int i = 0; i < 3000; i++) {
		char text[700];
		size_t len = rng_below(&r, sizeof(text) + 1);
		struct wording w;

		for (size_t k = 0; k < len; k++)
			text[k] = (char)rng_next(&r);
		wording_cut(&w, (struct claque_str){ text, len });
		assert_true(w.len <= WORDING_MAX);
		assert_true(w.len == 0 || w.bytes[w.len - 1] == ' ');
	}
}

static void
topics_that_stay_do_not_jump_and_few_posts_tell_nothing(void **state)
{
	struct claque_dataset *ds;
	struct rng rng = rng_seeded(1);
	uint32_t stays, jumps, quiet_one;

	(void)state;
	assert_ok(claque_dataset_new(&ds, &err), err);
	stays = add_account(ds, "stays", "h");
	jumps = add_account(ds, "jumps", "h");
	quiet_one = add_account(ds, "quiet", "h");
	add_posts(ds, stays, 100 * DAY, false);
	add_posts(ds, jumps, 100 * DAY, true);
	for (unsigned k = 0; k < TOPIC_MIN + TOPIC_MIN - 1; k++)
		add_post(ds, quiet_one, (100 - TOPIC_MIN + k) * DAY, "word", k);
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_true(topic_jump(ds, stays, 100 * DAY, &rng) < 2);
	assert_true(topic_jump(ds, jumps, 100 * DAY, &rng) > 3);
	assert_true(isnan(topic_jump(ds, quiet_one, 100 * DAY, &rng)));
	claque_dataset_free(ds);
}

static void
accounts_are_measured_by_their_surest_event(void **state)
{
	enum { ALL = PEOPLE + REPURPOSED + 1 };
	static struct claque_trait traits[ALL];
	struct claque_dataset *ds = feed(false);
	struct claque_makeovers found;
	double sum = 0;

	(void)state;
	(void)add_account(ds, "quiet", "h");
	found = find(ds);
	assert_ok(claque_signal_measure(ds, CLAQUE_SIGNAL_REPURPOSED, (double[]){ 0 }, &quiet,
					traits, &err), err);
	assert_true(traits[PEOPLE].value > 0.9 && traits[PEOPLE].n == 1);
	assert_true(traits[PEOPLE].row != CLAQUE_NO_ROW);
	assert_true(traits[0].value < 0.2);
	assert_int_equal(traits[ALL - 1].n, 0);
	assert_true(fabs(traits[ALL - 1].value) <= 0);
	for (size_t a = 0; a < ALL; a++)
		sum += traits[a].value;
	assert_true(fabs(traits[0].expected - sum / ALL) < 1e-12);
	assert_int_equal(traits[found.items[0].account].row,
			 found.items[0].rows[found.items[0].row_count - 1]);
	claque_makeovers_done(&found);
	claque_dataset_free(ds);
}

static void
what_cannot_be_is_refused_and_no_changes_are_no_events(void **state)
{
	struct claque_makeover_settings settings = claque_makeover_defaults();
	struct claque_makeovers found;
	struct claque_dataset *ds;

	(void)state;
	assert_ok(claque_dataset_new(&ds, &err), err);
	assert_int_equal(claque_makeovers_find(ds, &settings, &quiet, &found, &err),
			 CLAQUE_EUSAGE);
	(void)add_account(ds, "a", "h");
	found = find(ds);
	assert_int_equal(found.count, 0);
	settings.span_s = -1;
	assert_int_equal(claque_makeovers_find(ds, &settings, &quiet, &found, &err),
			 CLAQUE_EUSAGE);
	claque_dataset_free(ds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wave_of_strangers_ranks_above_weddings_and_new_pictures),
		cmocka_unit_test(an_event_says_what_it_rests_on),
		cmocka_unit_test(the_order_of_the_input_is_of_no_matter),
		cmocka_unit_test(a_slogan_is_nobodys_new_name),
		cmocka_unit_test(names_of_fields_alone_are_enough_to_rank),
		cmocka_unit_test(changes_two_days_apart_are_one_event_and_undated_ones_none),
		cmocka_unit_test(words_are_compared_whatever_the_script),
		cmocka_unit_test(wording_of_anything_stays_in_bounds),
		cmocka_unit_test(topics_that_stay_do_not_jump_and_few_posts_tell_nothing),
		cmocka_unit_test(accounts_are_measured_by_their_surest_event),
		cmocka_unit_test(what_cannot_be_is_refused_and_no_changes_are_no_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
