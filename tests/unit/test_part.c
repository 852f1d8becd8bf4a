/*
 * test_part.c - single parts of the score on files made to show one thing: 60
 * accounts outside, and one crew inside.
 */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>

#include "engine/dataset.h"
#include "engine/part.h"
#include "engine/signal.h"

#define DAY (INT64_C(86400) * 1000)
#define NOW (INT64_C(20000) * DAY)

enum { OUTSIDE = 60, CREW_MAX = 40 };

static const struct claque_progress quiet;
static struct claque_err err;

/* The file, the scene around it and the crew: accounts OUTSIDE.. are the crew's. */
struct bench {
	struct scene scene;
	struct claque_score_settings settings;
	struct crew crew;
	uint32_t numbers[OUTSIDE + CREW_MAX];
	bool in_burst[CREW_MAX];
	int8_t shows[CREW_MAX];
	struct claque_dataset *ds;
};

static void
add_account(struct bench *b, const char *handle, int64_t created_at, int verified)
{
	uint32_t n = claque_dataset_accounts(b->ds);
	char id[2] = { (char)('0' + n / 10), (char)('0' + n % 10) };
	struct claque_account a = {
		.id = { id, 2 }, .handle = str_of(handle), .created_at = created_at,
		.followers = n, .verified = verified,
	};

	assert_ok(claque_dataset_add_account(b->ds, &a, &b->numbers[n], &err), err);
}

/* One account a month outside, from five years ago on. */
static void
bench_open(struct bench *b)
{
	*b = (struct bench){ .settings = claque_score_defaults() };
	assert_ok(claque_dataset_new(&b->ds, &err), err);
	for (int i = 0; i < OUTSIDE; i++)
		add_account(b, i == 0 ? "anna1234" : "anna", NOW - (i + 1) * 30 * DAY, i < 6);
}

static void
change(struct bench *b, uint32_t account, enum claque_field field, int64_t at)
{
	struct claque_change c = { .at = at, .account = account, .field = field };

	assert_ok(claque_dataset_add_change(b->ds, &c, &err), err);
}

static void
bench_seal(struct bench *b)
{
	struct scene *s = &b->scene;

	assert_ok(claque_dataset_seal(b->ds, &quiet, &err), err);
	s->ds = b->ds;
	s->settings = &b->settings;
	s->outside = b->numbers;
	s->outside_count = OUTSIDE;
	s->births = calloc(OUTSIDE, sizeof(*s->births));
	s->audiences = calloc(OUTSIDE, sizeof(*s->audiences));
	assert_true(s->births != NULL && s->audiences != NULL);
	s->birth_count = s->audience_count = OUTSIDE;
	for (int i = 0; i < OUTSIDE; i++) {
		s->births[i] = NOW - (OUTSIDE - i) * 30 * DAY;
		s->audiences[i] = i;
	}
	wave_prepare(s);
	handle_prepare(s);
	verified_prepare(s);
	b->crew = (struct crew){
		.accounts = b->numbers + OUTSIDE, .first_seen = NOW, .in_burst = b->in_burst,
		.count = claque_dataset_accounts(b->ds) - OUTSIDE,
	};
	memset(b->shows, -1, sizeof(b->shows));
}

static void
bench_close(struct bench *b)
{
	free(b->scene.births);
	free(b->scene.audiences);
	free(b->scene.makeovers);
	free(b->scene.makeover_from);
	claque_dataset_free(b->ds);
}

static const struct part *
part_named(const char *name)
{
	for (size_t i = 0; i < part_count; i++)
		if (strcmp(part_table[i].name, name) == 0)
			return &part_table[i];
	fail_msg("no part %s", name);
	return part_table;
}

static bool
run(struct bench *b, const char *name, struct claque_evidence *out)
{
	const struct part *part = part_named(name);

	*out = (struct claque_evidence){ .p = 1 };
	return part->run(part, &b->scene, &b->crew, out, b->shows);
}

static void
mixed_odds_lose_no_more_than_the_share_allows(void **state)
{
	(void)state;
	assert_true(fabs(part_mixed(-1000, 0.5) - log(0.5)) < 1e-12);
	assert_true(fabs(part_mixed(0, 0.3)) < 1e-12);
	assert_true(fabs(part_mixed(1000, 0.5) - (1000 + log(0.5))) < 1e-9);
	assert_true(fabs(part_mixed(log(3), 0.5) - log(2)) < 1e-12);
}

static void
handles_are_counted_against_those_outside(void **state)
{
	struct claque_evidence e;
	struct bench b;

	(void)state;
	bench_open(&b);
	for (int i = 0; i < 9; i++)
		add_account(&b, "bert12345", NOW, 0);
	add_account(&b, "bert", NOW, 0);
	add_account(&b, "", NOW, 0);
	bench_seal(&b);
	assert_true(run(&b, "default-handles", &e));
	assert_int_equal(e.n, 10);
	assert_true(fabs(e.observed - 9) < 1e-9);
	assert_true(fabs(e.expected - 10 * 1.5 / 61) < 1e-9);	/* (1 + 1/2) / (60 + 1) */
	assert_true(e.log_odds > 3 && e.p < 1e-12);
	assert_int_equal(b.shows[0], 1);
	assert_int_equal(b.shows[9], 0);
	assert_int_equal(b.shows[10], -1);
	bench_close(&b);
}

static void
members_born_in_one_week_are_a_burst_and_the_scattered_are_not(void **state)
{
	struct claque_evidence e;
	struct bench b;

	(void)state;
	bench_open(&b);
	for (int i = 0; i < 12; i++)	/* within three days */
		add_account(&b, "", NOW - 400 * DAY + i * DAY / 4, 0);
	for (int i = 0; i < 3; i++)
		add_account(&b, "", NOW - 1000 * DAY - i * 100 * DAY, 0);
	bench_seal(&b);
	assert_true(run(&b, "creation-burst", &e));
	assert_true(fabs(e.observed - 12) < 1e-9);
	assert_int_equal(e.n, 15);
	assert_true(e.log_odds > 3);
	assert_true(b.in_burst[0] && b.in_burst[11] && !b.in_burst[12]);
	bench_close(&b);
}

/* 30 members among dates as dense as the file's: neighbours, but none to wonder at. */
static void
many_members_are_near_each_other_without_a_burst(void **state)
{
	struct claque_evidence e;
	struct bench b;

	(void)state;
	bench_open(&b);
	for (int i = 0; i < 30; i++)	/* three at a time, every half year */
		add_account(&b, "", NOW - (i / 3 * 180 + 90) * DAY - i % 3 * DAY, 0);
	bench_seal(&b);
	assert_true(run(&b, "creation-burst", &e));
	assert_true(fabs(e.observed) < 1e-9);
	assert_true(e.log_odds < 0);
	bench_close(&b);
}

static void
a_wave_takes_two_fields_within_two_days_and_company(void **state)
{
	struct claque_evidence e;
	struct bench b;

	(void)state;
	bench_open(&b);
	for (int i = 0; i < 10; i++)
		add_account(&b, "", NOW, 0);
	for (uint32_t i = 0; i < 3; i++) {	/* members 0..2: a wave within a week */
		change(&b, OUTSIDE + i, CLAQUE_FIELD_handle, NOW + i * 3 * DAY);
		change(&b, OUTSIDE + i, CLAQUE_FIELD_location, NOW + i * 3 * DAY + 2 * DAY);
	}
	change(&b, OUTSIDE + 3, CLAQUE_FIELD_handle, NOW);	/* one field twice */
	change(&b, OUTSIDE + 3, CLAQUE_FIELD_handle, NOW + 1);
	change(&b, OUTSIDE + 4, CLAQUE_FIELD_handle, NOW);	/* too far apart */
	change(&b, OUTSIDE + 4, CLAQUE_FIELD_bio, NOW + 2 * DAY + 1);
	change(&b, OUTSIDE + 5, CLAQUE_FIELD_handle, NOW + 100 * DAY);	/* alone */
	change(&b, OUTSIDE + 5, CLAQUE_FIELD_bio, NOW + 100 * DAY);
	bench_seal(&b);
	assert_true(run(&b, "profile-wave", &e));
	assert_true(fabs(e.observed - 3) < 1e-9);
	assert_true(e.log_odds > 1);
	assert_int_equal(b.shows[2], 1);
	assert_int_equal(b.shows[3], -1);
	bench_close(&b);
}

static void
old_accounts_outside_a_burst_speak_for_the_open(void **state)
{
	struct claque_evidence e, younger;
	struct bench b;

	(void)state;
	bench_open(&b);
	for (int i = 0; i < 20; i++)
		add_account(&b, "", NOW - (365 + i * 60) * DAY, 0);
	bench_seal(&b);
	assert_true(run(&b, "established", &e));
	assert_true(fabs(e.observed - 20) < 1e-9);
	assert_true(e.log_odds < -1);
	for (int i = 0; i < 20; i++)
		b.in_burst[i] = i < 18;
	assert_false(run(&b, "established", &younger));
	b.crew.first_seen = NOW - DAY;	/* the first of them is not a year old by then */
	memset(b.in_burst, 0, sizeof(b.in_burst));
	assert_true(run(&b, "established", &younger));
	assert_true(fabs(younger.observed - 19) < 1e-9);
	bench_close(&b);
}

static void
verified_accounts_lower_the_score_and_their_absence_does_not(void **state)
{
	struct claque_evidence e;
	struct bench b;

	(void)state;
	bench_open(&b);
	for (int i = 0; i < 20; i++)
		add_account(&b, "", NOW, i < 6);
	bench_seal(&b);
	assert_true(run(&b, "verified", &e));
	assert_true(e.log_odds < -1);
	bench_close(&b);
	bench_open(&b);
	for (int i = 0; i < 20; i++)
		add_account(&b, "", NOW, 0);
	bench_seal(&b);
	assert_false(run(&b, "verified", &e));
	bench_close(&b);
}

static void
what_is_not_known_is_not_assessed(void **state)
{
	static const char *const names[] = {
		"co-reshare", "co-url", "co-reshare-timing", "default-handles", "creation-burst",
		"profile-wave", "verified", "established",
	};
	struct flow none[1] = { { 0 } };
	struct claque_evidence e;
	struct bench b;

	(void)state;
	bench_open(&b);
	for (int i = 0; i < 10; i++)
		add_account(&b, "", CLAQUE_NO_TIME, -1);
	bench_seal(&b);
	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++)
		b.scene.flows[i] = none;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_false(run(&b, names[i], &e));
	bench_close(&b);
}

/*
 * One post, shared by members 0, 1, 2 at 0, 30 and 100 s, and by two others at
 * 110 and 500 s. Pairs within 60 s: 0 and 1, and 2 with the one at 110 s: 2 of
 * 10, of which the crew has 1 of 3. Others: 1 of 7, and with two pairs of the
 * mean 0.2 thrown in, (1 + 0.4) / 9.
 */
static void
flows_are_those_of_the_hand(void **state)
{
	static const int64_t seconds[] = { 0, 30, 100, 110, 500 };
	uint32_t group_of[OUTSIDE + 3], object;
	struct flow f = { .window = WINDOW_60S };
	struct kept kept;
	struct bench b;

	(void)state;
	bench_open(&b);
	for (uint32_t i = 0; i < 3; i++)
		add_account(&b, "", NOW, 0);
	assert_ok(claque_dataset_add_object(b.ds, CLAQUE_OBJECT_post, STR("p"), &object, &err),
		  err);
	for (uint32_t i = 0; i < 5; i++) {
		struct claque_share share = {
			.at = NOW + seconds[i] * 1000, .account = i < 3 ? OUTSIDE + i : i,
		};

		assert_ok(claque_dataset_add_share(b.ds, &share, &err), err);
	}
	bench_seal(&b);
	for (uint32_t a = 0; a < OUTSIDE + 3; a++)
		group_of[a] = a < OUTSIDE ? UINT32_MAX : 0;
	assert_ok(signal_keep(&kept, b.ds, CLAQUE_SIGNAL_CO_RESHARE, 0, &quiet, &err), err);
	assert_ok(flow_measure(&kept, group_of, &f, &quiet), err);
	assert_true(fabs(f.seen - 1) < 1e-9);
	assert_true(fabs(f.quick - 1) < 1e-9);
	assert_true(fabs(f.others - 7) < 1e-9);
	assert_true(fabs(f.quick_expected - 3 * 1.4 / 9) < 1e-9);
	assert_int_equal(f.objects, 1);
	kept_done(&kept);
	bench_close(&b);
}

static void
timing_speaks_for_the_fast_and_against_the_others_pace(void **state)
{
	struct flow f = {
		.objects = 20, .others = 100, .quick = 9, .quick_squares = 9, .quick_expected = 1,
	};
	struct claque_evidence e;
	struct bench b;

	(void)state;
	bench_open(&b);
	add_account(&b, "", NOW, 0);
	bench_seal(&b);
	b.scene.flows[CLAQUE_SIGNAL_CO_RESHARE] = &f;
	b.crew.edges[CLAQUE_SIGNAL_CO_RESHARE] = 1;
	assert_true(run(&b, "co-reshare-timing", &e));
	/* e^-1 / 9! (1 + 1/10 + 1/110 + 1/1320 + ...) */
	assert_true(fabs(e.p - exp(-1) / 362880 * (1.1 + 1.0 / 110 + 1.0 / 1320)) < 1e-9);
	assert_true(fabs(e.log_odds + log(e.p) / 2) < 1e-9);
	f.quick_squares = 81;	/* all nine on one object: as good as one */
	assert_true(run(&b, "co-reshare-timing", &e));
	assert_true(fabs(e.p - (1 - exp(-1.0 / 9))) < 1e-9);
	f.quick = f.quick_squares = 1;
	f.quick_expected = 9;
	assert_true(run(&b, "co-reshare-timing", &e));
	assert_true(fabs(e.log_odds - log(0.2)) < 1e-9);
	f.others = 5;
	assert_false(run(&b, "co-reshare-timing", &e));
	bench_close(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mixed_odds_lose_no_more_than_the_share_allows),
		cmocka_unit_test(handles_are_counted_against_those_outside),
		cmocka_unit_test(members_born_in_one_week_are_a_burst_and_the_scattered_are_not),
		cmocka_unit_test(many_members_are_near_each_other_without_a_burst),
		cmocka_unit_test(a_wave_takes_two_fields_within_two_days_and_company),
		cmocka_unit_test(old_accounts_outside_a_burst_speak_for_the_open),
		cmocka_unit_test(verified_accounts_lower_the_score_and_their_absence_does_not),
		cmocka_unit_test(flows_are_those_of_the_hand),
		cmocka_unit_test(timing_speaks_for_the_fast_and_against_the_others_pace),
		cmocka_unit_test(what_is_not_known_is_not_assessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
