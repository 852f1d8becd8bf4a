/*
 * crowd.h - a dataset by hand for tests of signals that measure accounts:
 * people with profiles, posts at given times, sources they share.
 */
#ifndef TESTS_UNIT_CROWD_H
#define TESTS_UNIT_CROWD_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "test.h"

#include "base/rng.h"
#include "engine/signal.h"

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)
#define MONDAY (INT64_C(19723) * DAY)	/* 2024-01-01 */

static const struct claque_progress quiet;
static struct claque_err err;

struct crowd {
	struct claque_dataset *ds;
	struct workings w;
	struct claque_trait *out;
	uint32_t rows;
};

static inline void
crowd_open(struct crowd *c)
{
	*c = (struct crowd){ 0 };
	assert_ok(claque_dataset_new(&c->ds, &err), err);
}

/* Someone of whom nothing is known. */
static inline struct claque_account
someone(void)
{
	return (struct claque_account){ .created_at = CLAQUE_NO_TIME, .followers = -1,
					.verified = -1 };
}

/* The id is made of the number: a0000, a0001, ... */
static inline uint32_t
crowd_add(struct crowd *c, struct claque_account a)
{
	char id[16];
	uint32_t number;

	(void)snprintf(id, sizeof(id), "a%04u", claque_dataset_accounts(c->ds));
	a.id = str_of(id);
	assert_ok(claque_dataset_add_account(c->ds, &a, &number, &err), err);
	return number;
}

static inline struct claque_post
post_of(uint32_t account, int64_t at)
{
	return (struct claque_post){ .at = at, .deleted_at = CLAQUE_NO_TIME, .account = account,
				     .parent = CLAQUE_NO_OBJECT, .likes = -1, .shares = -1,
				     .replies = -1, .kind = CLAQUE_IS_original };
}

static inline uint32_t
crowd_post(struct crowd *c, struct claque_post post)
{
	post.row = c->rows;
	assert_ok(claque_dataset_add_post(c->ds, &post, &err), err);
	return c->rows++;
}

static inline void
crowd_reshare(struct crowd *c, uint32_t account, uint32_t object, int64_t at)
{
	struct claque_post p = post_of(account, at);
	struct claque_share s = { .at = at, .account = account, .object = object,
				  .act = CLAQUE_ACT_reshare };

	p.kind = CLAQUE_IS_reshare;
	p.parent = object;
	s.row = crowd_post(c, p);
	assert_ok(claque_dataset_add_share(c->ds, &s, &err), err);
}

static inline void
crowd_seal(struct crowd *c)
{
	assert_ok(claque_dataset_seal(c->ds, &quiet, &err), err);
	c->w.ds = c->ds;
	c->out = calloc((size_t)claque_dataset_accounts(c->ds) + 1, sizeof(*c->out));
	assert_non_null(c->out);
}

/* Once sealed: all of these accounts shared one source. */
static inline void
crowd_share(struct crowd *c, const uint32_t *accounts, size_t count)
{
	uint32_t source = coact_object(&c->w.source, 1000 + c->w.source.object_count);

	for (size_t i = 0; i < count; i++)
		coact_add(&c->w.source, c->ds, source, MONDAY + (int64_t)i, accounts[i], 0);
}

static inline void
crowd_measure(struct crowd *c, const struct signal *s, const double *params)
{
	double usual[CLAQUE_PARAM_MAX];

	signal_defaults(s, usual);
	if (c->w.source.object_count > 0 && c->w.source.from == NULL)
		coact_sort(&c->w.source);
	signal_clear(c->out, claque_dataset_accounts(c->ds));
	assert_ok(s->measure(&c->w, params != NULL ? params : usual, &quiet, c->out, &err), err);
}

static inline void
crowd_close(struct crowd *c)
{
	coact_done(&c->w.source);
	claque_dataset_free(c->ds);
	free(c->out);
}

static inline void
assert_near(double got, double want)
{
	if (!(fabs(got - want) <= 1e-9 * (1 + fabs(want))))
		fail_msg("%.15g is not %.15g", got, want);
}

#endif
