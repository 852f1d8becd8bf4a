/* describe_table.c - descriptions beside each other: how far apart, and what that means. */
#include "config.h"

#include "app/describe_job.h"

#include <math.h>
#include <stdlib.h>

#include "app/value.h"
#include "base/err.h"

enum { HOURS = 24 };

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const struct column columns[] = {
	{ .name = "measure", .form = FORM_ID }, { .name = "case", .form = FORM_ID },
	{ .name = "n", .form = FORM_COUNT }, { .name = "value", .form = FORM_REAL },
	{ .name = "p10", .form = FORM_REAL }, { .name = "median", .form = FORM_REAL },
	{ .name = "p90", .form = FORM_REAL }, { .name = "p99", .form = FORM_REAL },
	{ .name = "most", .form = FORM_REAL }, { .name = "distance", .form = FORM_REAL },
	{ .name = "reading", .form = FORM_ID }, { .name = "by", .form = FORM_ID },
	{ .name = "move", .form = FORM_REAL }, { .name = "gini", .form = FORM_REAL },
};

/* Of each form the distance: its name, from where it is no more alike, from where unlike. */
static const struct {
	const char *by;
	double differs, unlike;
} scales[] = {
	[DESCRIBE_IN_LOG] = { "ks", 0.1, 0.3 }, [DESCRIBE_IN_LINEAR] = { "ks", 0.1, 0.3 },
	[DESCRIBE_IN_HOURS] = { "js", 0.02, 0.1 }, [DESCRIBE_IN_SHARE] = { "h", 0.2, 0.5 },
};

const char *
describe_reading_word(enum describe_reading r)
{
	static const char *const words[] = {
#define X(id, word) word,
		DESCRIBE_READING_LIST(X)
#undef X
	};

	return words[r];
}

/* --- distances */

static uint64_t
count_of(const struct description *d, enum describe_measure m)
{
	uint64_t n = 0;

	switch (describe_measure(m)->form) {
	case DESCRIBE_IN_LOG:
	case DESCRIBE_IN_LINEAR:
		return d->spread[m].n;
	case DESCRIBE_IN_SHARE:
		return d->share[m].of;
	case DESCRIBE_IN_HOURS:
		for (size_t i = 0; i < HOURS; i++)
			n += d->hours[i];
	}
	return n;
}

static double
share_of(const struct description *d, enum describe_measure m)
{
	return (double)d->share[m].n / (double)d->share[m].of;
}

/*
 * What chance alone gives, of KS and h as one in twenty exceed it, of JS about: as its mean,
 * (k - 1) / (8 ln 2) (1/n + 1/m) of k counts (by its quadratic term, which is chi-squared).
 */
static double
chance(enum describe_form form, uint64_t n, uint64_t m)
{
	double both = 1 / (double)n + 1 / (double)m;

	if (form == DESCRIBE_IN_HOURS)
		return (HOURS - 1) / (8 * log(2)) * both;
	return form == DESCRIBE_IN_SHARE ? 1.96 * sqrt(both) : distribution_ks_chance(n, m);
}

static enum describe_reading
read_distance(enum describe_form form, double distance, uint64_t n, uint64_t m)
{
	if (n == 0 || m == 0)
		return DESCRIBE_NONE;
	if (chance(form, n, m) > scales[form].unlike)
		return DESCRIBE_FEW;
	return distance < scales[form].differs ? DESCRIBE_ALIKE :
	       distance < scales[form].unlike ? DESCRIBE_DIFFERS : DESCRIBE_UNLIKE;
}

struct describe_distance
describe_compare(enum describe_measure m, const struct description *a, const struct description *b)
{
	enum describe_form form = describe_measure(m)->form;
	struct describe_distance out = { (double)NAN, (double)NAN, DESCRIBE_NONE };

	if (form == DESCRIBE_IN_HOURS) {
		out.distance = counts_divergence_turned(a->hours, b->hours, HOURS);
	} else if (form == DESCRIBE_IN_SHARE) {
		out.distance = shares_h(share_of(a, m), share_of(b, m));
	} else {
		out.distance = distribution_ks(&a->spread[m], &b->spread[m]);
		out.move = distribution_wasserstein(&a->spread[m], &b->spread[m]);
	}
	out.reading = read_distance(form, out.distance, count_of(a, m), count_of(b, m));
	return out;
}

/* --- rows */

static struct value
figure(double x)
{
	return isnan(x) ? (struct value){ 0 } : value_real(x);
}

static struct value
word(const char *s)
{
	return s[0] == '\0' ? (struct value){ 0 } : value_str(str_of(s));
}

static void
put_spread(const struct distribution *d, bool log, struct value *values)
{
	static const double at[] = { 0.1, 0.5, 0.9, 0.99 };

	values[3] = figure(distribution_mean(d));
	for (size_t i = 0; i < LENGTH(at); i++)
		values[4 + i] = figure(distribution_quantile(d, at[i]));
	values[8] = figure(d->n > 0 ? d->most : (double)NAN);
	values[13] = figure(log ? distribution_gini(d) : (double)NAN);
}

static void
put_row(const struct row_sink *sink, enum describe_measure m, struct claque_str name,
	const struct description *d, const struct description *first)
{
	const struct describe_measure_info *info = describe_measure(m);
	struct value values[LENGTH(columns)] = { value_str(str_of(info->name)), value_str(name),
						 value_int((int64_t)count_of(d, m)) };

	if (info->form == DESCRIBE_IN_HOURS)
		values[3] = figure(counts_entropy(d->hours, HOURS));
	else if (info->form == DESCRIBE_IN_SHARE)
		values[3] = figure(share_of(d, m));
	else
		put_spread(&d->spread[m], info->form == DESCRIBE_IN_LOG, values);
	if (d != first) {
		const struct describe_distance far = describe_compare(m, first, d);

		values[9] = figure(far.distance);
		values[10] = word(describe_reading_word(far.reading));
		values[11] = isnan(far.distance) ? (struct value){ 0 }
						 : word(scales[info->form].by);
		values[12] = figure(far.move);
	}
	(void)sink->each(sink->ctx, &(struct row){ (int64_t)m + 1, values });
}

static enum claque_rc
describe_path(const struct describe_order *order, size_t i,
	      const struct claque_progress *progress, struct description *out,
	      struct claque_err *err)
{
	struct store *store = NULL;
	enum claque_rc rc = store_open(&store, order->paths[i], STORE_READ, err);

	if (rc == CLAQUE_OK)
		rc = describe_case(store, order, progress, out, err);
	store_close(store);
	return rc;
}

enum claque_rc
describe_job(const struct describe_order *order, const struct claque_progress *progress,
	     const struct row_sink *sink, struct claque_err *err)
{
	struct description *all = NULL;
	size_t cap = 0;
	enum claque_rc rc = CLAQUE_OK;

	if (order->count > DESCRIBE_CASES_MAX)
		return err_set(err, CLAQUE_EUSAGE, "more than %d cases; leave some out",
			       DESCRIBE_CASES_MAX);
	GROW(all, cap, order->count);
	for (size_t i = 0; i < order->count && rc == CLAQUE_OK; i++)
		rc = describe_path(order, i, progress, &all[i], err);
	if (rc == CLAQUE_OK)
		sink->head(sink->ctx, columns, LENGTH(columns));
	for (unsigned m = 0; m < DESCRIBE_MEASURES && rc == CLAQUE_OK; m++)
		for (size_t i = 0; i < order->count; i++)
			put_row(sink, (enum describe_measure)m, store_title(order->paths[i]),
				&all[i], all);
	free(all);
	return rc;
}
