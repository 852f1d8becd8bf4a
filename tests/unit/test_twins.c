/* test_twins.c - one persona on two platforms (S10), from matching to findings. */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "claque/signal.h"
#include "claque/twins.h"

#include "base/rng.h"
#include "engine/assign.h"
#include "engine/profile.h"

static const struct claque_progress quiet;
static struct claque_err err;

/* --- who goes with whom */

static void
the_best_of_all_is_not_the_best_first(void **state)
{
	/* Greedy takes 9 and is left with 1; 8 + 7 is more. */
	static const double gain[] = { 9, 8, 7, 1 };
	uint32_t column[2];

	(void)state;
	assign_best(gain, 2, 2, column);
	assert_int_equal(column[0], 1);
	assert_int_equal(column[1], 0);
}

static void
what_is_worth_nothing_stays_alone(void **state)
{
	static const double gain[] = { 0, -3, 0, 5, -1, 0 };
	uint32_t column[2];

	(void)state;
	assign_best(gain, 2, 3, column);
	assert_int_equal(column[0], NOT_ASSIGNED);
	assert_int_equal(column[1], 0);
}

static double
best_by_trying(const double *gain, uint32_t rows, uint32_t cols, uint32_t row, unsigned taken)
{
	double best;

	if (row == rows)
		return 0;
	best = best_by_trying(gain, rows, cols, row + 1, taken);
	for (uint32_t c = 0; c < cols; c++)
		if ((taken >> c & 1) == 0 && gain[row * cols + c] > 0)
			best = fmax(best, gain[row * cols + c] +
				    best_by_trying(gain, rows, cols, row + 1, taken | 1u << c));
	return best;
}

static void
assignment_is_as_good_as_trying_everything(void **state)
{
	struct rng r = rng_seeded(8);

	(void)state;
	for (int i = 0; i < 300; i++) {
		uint32_t rows = 1 + (uint32_t)rng_below(&r, 5), cols = 1 + (uint32_t)rng_below(&r, 5);
		uint32_t column[5];
		double gain[25], sum = 0;
		unsigned taken = 0;

		for (size_t k = 0; k < (size_t)rows * cols; k++)
			gain[k] = rng_unit(&r) * 10 - 3;
		assign_best(gain, rows, cols, column);
		for (uint32_t k = 0; k < rows; k++) {
			if (column[k] == NOT_ASSIGNED)
				continue;
			assert_int_equal(taken >> column[k] & 1, 0);
			taken |= 1u << column[k];
			sum += gain[k * cols + column[k]];
		}
		assert_float_equal(sum, best_by_trying(gain, rows, cols, 0, 0), 1e-9);
	}
}

/* --- a file of two platforms */

enum { PEOPLE = 300, TWINS = 30 };

struct person {
	char id[24], handle[40], name[64], bio[64];
	const char *platform, *place;
	int64_t created;
	uint64_t picture;
};

static const char *const first[] = {
	"Anna", "Bert", "Cleo", "Dora", "Emil", "Fritz", "Gerda", "Hugo", "Ida", "Jonas",
	"Иван", "Jiří", "Zoë", "Øyvind", "Ольга", "Łukasz",
};
static const char *const last[] = { "Smith", "Jones", "Weber", "Novák", "Petrov", "Müller" };
static const char *const syllables[] = { "ber", "lin", "tor", "mak", "rus", "wen", "dal", "kop" };
static const char *const bios[] = { "Gardener", "My own views", "Runner. Baker", "", "Dreamer" };
static const char *const places[] = { "Leeds", "Boston", "Brno", "", "Lyon", "Perth" };

static struct person
make_person(struct rng *r, unsigned n)
{
	struct person p = { .platform = n % 2 == 0 ? "x" : "facebook", .picture = rng_next(r),
			    .place = places[rng_below(r, 6)],
			    .created = (int64_t)rng_below(r, 4000) * 86400000 };
	const char *surname = last[rng_below(r, 6)];
	char rare[32];

	(void)snprintf(rare, sizeof(rare), "%s%s%s", syllables[rng_below(r, 8)],
		       syllables[rng_below(r, 8)], syllables[rng_below(r, 8)]);
	(void)snprintf(p.id, sizeof(p.id), "id%u", n);
	(void)snprintf(p.handle, sizeof(p.handle), "user%c%c%u", (char)('a' + n % 26),
		       (char)('a' + n / 26), n);
	(void)snprintf(p.name, sizeof(p.name), "%s %s", first[rng_below(r, 16)],
		       rng_below(r, 2) == 0 ? surname : rare);
	(void)snprintf(p.bio, sizeof(p.bio), "%s", bios[rng_below(r, 5)]);
	return p;
}

/* The same persona: some of it changed by hand of man. */
static struct person
make_twin(struct rng *r, const struct person *p, unsigned n)
{
	struct person t = *p;

	t.platform = p->platform[0] == 'x' ? "facebook" : "x";
	(void)snprintf(t.id, sizeof(t.id), "twin%u", n);
	if (rng_below(r, 2) == 0)
		(void)snprintf(t.handle, sizeof(t.handle), "%s.%u", p->handle, n);
	if (rng_below(r, 3) == 0)
		(void)snprintf(t.bio, sizeof(t.bio), "Traveller");
	if (rng_below(r, 3) == 0)
		t.place = "";
	t.picture ^= UINT64_C(1) << rng_below(r, 64);
	t.created += (int64_t)rng_below(r, 90) * 86400000;
	return t;
}

static uint32_t
add_person(struct claque_dataset *ds, const struct person *p)
{
	struct claque_account a = {
		.id = str_of(p->id), .platform = str_of(p->platform), .handle = str_of(p->handle),
		.display_name = str_of(p->name), .bio = str_of(p->bio),
		.location = str_of(p->place), .created_at = p->created, .followers = -1,
		.verified = -1, .avatar = CLAQUE_AVATAR_HASH, .avatar_hash = p->picture,
	};
	uint32_t n;

	assert_ok(claque_dataset_add_account(ds, &a, &n, &err), err);
	return n;
}

struct file {
	struct person people[PEOPLE + TWINS];
	size_t count;
};

/* Of a platform's people, the first TWINS have a twin. */
static void
make_file(struct file *f)
{
	struct rng r = rng_seeded(21);

	for (unsigned n = 0; n < PEOPLE; n++)
		f->people[n] = make_person(&r, n);
	for (unsigned n = 0; n < TWINS; n++)
		f->people[PEOPLE + n] = make_twin(&r, &f->people[n], n);
	f->count = PEOPLE + TWINS;
}

static struct claque_dataset *
feed(const struct file *f, bool backwards)
{
	struct claque_dataset *ds;

	assert_ok(claque_dataset_new(&ds, &err), err);
	for (size_t i = 0; i < f->count; i++)
		(void)add_person(ds, &f->people[backwards ? f->count - 1 - i : i]);
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	return ds;
}

static struct claque_twins
find(const struct claque_dataset *ds, double min_score)
{
	struct claque_twins_settings settings = claque_twins_defaults();
	struct claque_twins found;

	settings.min_score = min_score;
	assert_ok(claque_twins_find(ds, &settings, &quiet, &found, &err), err);
	return found;
}

/* "twin7" belongs to "id7". */
static bool
is_true(const struct claque_dataset *ds, const struct claque_twin *t)
{
	struct claque_str a = claque_dataset_account_id(ds, t->account);
	struct claque_str b = claque_dataset_account_id(ds, t->twin);

	if (str_starts(a, STR("twin"))) {
		struct claque_str swap = a;

		a = b;
		b = swap;
	}
	return str_starts(b, STR("twin")) &&
	       str_eq(str_sub(a, 2, a.len), str_sub(b, 4, b.len));
}

static void
twins_are_found_without_a_label(void **state)
{
	static struct file f;
	struct claque_dataset *ds;
	struct claque_twins found;
	size_t hits = 0;

	(void)state;
	make_file(&f);
	ds = feed(&f, false);
	found = find(ds, 0.5);
	for (size_t i = 0; i < found.count; i++)
		hits += is_true(ds, &found.items[i]);
	assert_true(hits >= TWINS * 9 / 10);
	assert_true(found.count - hits <= 1);
	assert_true(fabs(found.expected - TWINS) < TWINS / 3);
	claque_twins_done(&found);
	claque_dataset_free(ds);
}

static void
nobody_has_two_twins_on_one_platform_and_scores_are_probabilities(void **state)
{
	static struct file f;
	bool seen[PEOPLE + TWINS] = { false };
	struct claque_dataset *ds;
	struct claque_twins found;

	(void)state;
	make_file(&f);
	ds = feed(&f, false);
	found = find(ds, 0);
	assert_true(found.count >= TWINS * 9 / 10);
	for (size_t i = 0; i < found.count; i++) {
		const struct claque_twin *t = &found.items[i];

		assert_true(t->score >= 0 && t->score <= 1);
		assert_true(i == 0 || t->score <= found.items[i - 1].score);
		assert_false(seen[t->account]);
		assert_false(seen[t->twin]);
		seen[t->account] = seen[t->twin] = true;
		assert_true(strlen(t->text) > 0);
	}
	claque_twins_done(&found);
	claque_dataset_free(ds);
}

static void
the_order_of_the_input_is_of_no_matter(void **state)
{
	static struct file f;
	struct claque_dataset *one, *other;
	struct claque_twins a, b;

	(void)state;
	make_file(&f);
	one = feed(&f, false);
	other = feed(&f, true);
	a = find(one, 0);
	b = find(other, 0);
	assert_int_equal(a.count, b.count);
	for (size_t i = 0; i < a.count; i++) {
		assert_true(str_eq(claque_dataset_account_id(one, a.items[i].account),
				   claque_dataset_account_id(other, b.items[i].account)));
		assert_true(a.items[i].score == b.items[i].score);
		assert_string_equal(a.items[i].text, b.items[i].text);
	}
	claque_twins_done(&a);
	claque_twins_done(&b);
	claque_dataset_free(one);
	claque_dataset_free(other);
}

/* Twenty people of one name on each platform, with nothing else in common. */
static void
a_common_name_is_no_evidence(void **state)
{
	static struct file f;
	struct rng r = rng_seeded(5);
	struct claque_dataset *ds;
	struct claque_twins found;

	(void)state;
	make_file(&f);
	f.count = PEOPLE;
	for (unsigned n = 0; n < 40; n++) {
		f.people[n] = make_person(&r, n);
		(void)snprintf(f.people[n].name, sizeof(f.people[n].name), "John Smithson");
	}
	ds = feed(&f, false);
	found = find(ds, 0.3);
	for (size_t i = 0; i < found.count; i++) {
		assert_true(found.items[i].account >= 40);
		assert_true(found.items[i].twin >= 40);
	}
	claque_twins_done(&found);
	claque_dataset_free(ds);
}

static void
names_meet_across_scripts_and_with_their_handles(void **state)
{
	struct claque_dataset *ds;
	struct profiles p;
	struct person a = { .id = "a", .handle = "ivan.petrov84", .name = "Иван Петров 🔥" };
	struct person b = { .id = "b", .handle = "NovakJiri", .name = "Jiří Novák" };
	struct person c = { .id = "c", .handle = "IvanPet", .name = "Ivan Petrov" };
	struct person d = { .id = "d", .handle = "cosmicfox", .name = "王 小明" };
	uint32_t n[4];

	(void)state;
	a.platform = b.platform = c.platform = d.platform = "x";
	a.place = b.place = c.place = d.place = "";
	assert_ok(claque_dataset_new(&ds, &err), err);
	n[0] = add_person(ds, &a);
	n[1] = add_person(ds, &b);
	n[2] = add_person(ds, &c);
	n[3] = add_person(ds, &d);
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	profiles_init(&p, ds);
	assert_int_equal(p.items[n[0]].name, p.items[n[2]].name);
	assert_int_equal(p.items[n[3]].word_count, 3);
	assert_str(map_key(&p.names.known, p.items[n[1]].name), "jiri novak");
	assert_str(map_key(&p.stems.known, p.items[n[0]].stem), "ivanpetrov");
	profiles_done(&p);
	claque_dataset_free(ds);
}

static void
accounts_are_measured_by_their_twin(void **state)
{
	static struct claque_trait traits[PEOPLE + TWINS];
	static struct file f;
	struct claque_dataset *ds;
	size_t with = 0;

	(void)state;
	make_file(&f);
	ds = feed(&f, false);
	assert_ok(claque_signal_measure(ds, CLAQUE_SIGNAL_TWINS, (double[]){ 0 }, &quiet, traits,
					&err), err);
	for (size_t i = 0; i < TWINS; i++)
		with += traits[i].value > 0.5;
	assert_true(with >= TWINS * 9 / 10);
	assert_true(traits[PEOPLE - 1].value < 0.5);
	claque_dataset_free(ds);
}

static void
one_platform_has_no_twins_and_tells_nothing(void **state)
{
	static struct file f;
	static struct claque_trait traits[PEOPLE + TWINS];
	struct claque_dataset *ds;
	struct claque_twins found;

	(void)state;
	make_file(&f);
	for (size_t i = 0; i < f.count; i++)
		f.people[i].platform = "x";
	ds = feed(&f, false);
	found = find(ds, 0);
	assert_int_equal(found.count, 0);
	claque_twins_done(&found);
	assert_ok(claque_signal_measure(ds, CLAQUE_SIGNAL_TWINS, (double[]){ 0 }, &quiet, traits,
					&err), err);
	assert_true(isnan(traits[0].value));
	claque_dataset_free(ds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_of_all_is_not_the_best_first),
		cmocka_unit_test(what_is_worth_nothing_stays_alone),
		cmocka_unit_test(assignment_is_as_good_as_trying_everything),
		cmocka_unit_test(twins_are_found_without_a_label),
		cmocka_unit_test(nobody_has_two_twins_on_one_platform_and_scores_are_probabilities),
		cmocka_unit_test(the_order_of_the_input_is_of_no_matter),
		cmocka_unit_test(a_common_name_is_no_evidence),
		cmocka_unit_test(names_meet_across_scripts_and_with_their_handles),
		cmocka_unit_test(accounts_are_measured_by_their_twin),
		cmocka_unit_test(one_platform_has_no_twins_and_tells_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
