/*
 * null.c - the regularised incomplete gamma function for whole n, which is the
 * Poisson tail, by its series (Abramowitz and Stegun 1964, 6.5.29): all terms
 * are positive, so no digits cancel, however far out.
 */
#include "config.h"

#include "engine/null.h"

#include <math.h>

#include "engine/odds.h"

/* Bounds of ln t, and steps enough to halve them to nothing. */
#define TILT_MAX 700.0
enum { TILT_STEPS = 200 };
/* Below them the saddlepoint formula is not to be trusted; the latter in deviations. */
#define SADDLE_VARIANCE_MIN 4.0
#define SADDLE_FROM 0.1

/* The first term of a falling sum is 1, each next one term * ratio(i). */
static double
ln_upper_series(double lambda, double n)
{
	double term = 1, sum = 1;

	for (double i = n + 1; term > sum * 1e-17; i++) {
		term *= lambda / i;
		sum += term;
	}
	return log(sum);
}

static double
ln_lower_series(double lambda, double n)
{
	double term = 1, sum = 1;

	for (double i = n; i > 0 && term > sum * 1e-17; i--) {
		term *= i / lambda;
		sum += term;
	}
	return log(sum);
}

static double
ln_poisson(double lambda, double n)
{
	return n * log(lambda) - lambda - ln_gamma(n + 1);
}

/* ln(1 - exp(x)) for x <= 0. */
static double
ln_rest(double x)
{
	return x > -M_LN2 ? log(-expm1(x)) : log1p(-exp(x));
}

double
null_poisson_tail(double lambda, uint64_t n)
{
	double k = (double)n, below;

	if (n == 0)
		return 0;
	if (lambda <= 0)
		return -HUGE_VAL;
	if (n == 1)
		return ln_rest(-lambda);
	if (k > lambda)
		return ln_poisson(lambda, k) + ln_upper_series(lambda, k);
	below = ln_poisson(lambda, k - 1) + ln_lower_series(lambda, k - 1);
	return below < 0 ? ln_rest(below) : -HUGE_VAL;
}

static double
ln_binomial(double n, double rate, double k)
{
	return ln_gamma(n + 1) - ln_gamma(k + 1) - ln_gamma(n - k + 1) + k * log(rate) +
	       (n - k) * log1p(-rate);
}

/* ln of the sum of P(X = i), i from k in steps away from the mean. */
static double
ln_binomial_sum(double n, double rate, double k, int step)
{
	double odds = rate / (1 - rate), term = 1, sum = 1;

	for (double i = k; term > sum * 1e-17; i += step) {
		term *= step > 0 ? (n - i) / (i + 1) * odds : i / (n - i + 1) / odds;
		sum += term;
	}
	return ln_binomial(n, rate, k) + log(sum);
}

double
null_binomial_tail(uint64_t n, double rate, uint64_t k)
{
	double below;

	if (k == 0 || (rate >= 1 && k <= n))
		return 0;
	if (k > n || rate <= 0)
		return -HUGE_VAL;
	if ((double)k > (double)n * rate)
		return ln_binomial_sum((double)n, rate, (double)k, 1);
	below = ln_binomial_sum((double)n, rate, (double)k - 1, -1);
	return below < 0 ? ln_rest(below) : -HUGE_VAL;
}

/*
 * Trials tilted until k is what they expect: rate t / (1 - rate + rate t), with
 * t the same for all (Esscher 1932). What is far out becomes the middle, so no
 * probability leaves the range of doubles, and
 *     P(X = j) = P_tilted(X = j) t^-j prod (1 - rate + rate t).
 */
struct tilt {
	double ln_t, ln_m;		/* ln of t, and of the product */
	double mean, variance, third;	/* central moments of the tilted sum */
};

/* less: exp(-ln t). */
static double
tilted(double rate, double less)
{
	return rate / (rate + (1 - rate) * less);
}

/* Tilted, but for the product, which only the last of several tilts needs. */
static struct tilt
tilt_by(const double *rates, size_t n, double ln_t)
{
	struct tilt tilt = { .ln_t = ln_t };
	double less = exp(-ln_t);

	for (size_t i = 0; i < n; i++) {
		double rate = tilted(rates[i], less);

		tilt.mean += rate;
		tilt.variance += rate * (1 - rate);
		tilt.third += rate * (1 - rate) * (1 - 2 * rate);
	}
	return tilt;
}

/* The mean rises with t: Newton's steps, or halves where they would leave the bracket. */
static struct tilt
tilt_to(const double *rates, size_t n, double mean, const struct tilt *plain)
{
	double low = -TILT_MAX, high = TILT_MAX, more;
	struct tilt tilt = *plain;

	for (int i = 0; i < TILT_STEPS && fabs(tilt.mean - mean) > 1e-10 * mean; i++) {
		double next = tilt.ln_t + (mean - tilt.mean) / tilt.variance;

		if (tilt.mean < mean)
			low = tilt.ln_t;
		else
			high = tilt.ln_t;
		tilt = tilt_by(rates, n, next > low && next < high ? next : (low + high) / 2);
	}
	more = expm1(tilt.ln_t);
	for (size_t i = 0; i < n; i++)
		tilt.ln_m += log1p(rates[i] * more);
	return tilt;
}

/*
 * Sum by sum, trial by trial; all terms are positive, so no digits cancel. Sums that the
 * trials left cannot bring to k are not kept up.
 */
static double
exact_tail(const double *rates, size_t n, size_t k, const struct tilt *tilt)
{
	double chance[POISSON_BINOMIAL_EXACT + 1], sum = 0, less = exp(-tilt->ln_t);

	chance[0] = 1;
	for (size_t i = 0; i < n; i++) {
		double rate = tilted(rates[i], less);
		size_t left = n - 1 - i, least = k > left ? k - left : 0;

		chance[i + 1] = 0;
		for (size_t j = i + 1; j > 0 && j >= least; j--)
			chance[j] = chance[j] * (1 - rate) + chance[j - 1] * rate;
		chance[0] *= 1 - rate;
	}
	for (size_t j = k; j <= n; j++)
		sum += chance[j] * exp(-(double)(j - k) * tilt->ln_t);
	return tilt->ln_m - (double)k * tilt->ln_t + log(sum);
}

/*
 * (1 - Phi(w)) / phi(w) - 1 / w, w > 0; by the asymptotic series (Abramowitz and
 * Stegun 1964, 26.2.12) where the difference would cancel.
 */
static double
mills_rest(double w)
{
	double square = w * w;

	if (w < 12)
		return erfc(w / M_SQRT2) / 2 * sqrt(2 * M_PI) * exp(square / 2) - 1 / w;
	return -1 / (w * square) * (1 - 3 / square * (1 - 5 / square * (1 - 7 / square)));
}

static double
saddle_tail(const struct tilt *tilt, double at)
{
	double w = sqrt(2 * (tilt->ln_t * at - tilt->ln_m));
	double u = 2 * sinh(tilt->ln_t / 2) * sqrt(tilt->variance);

	return -w * w / 2 - log(2 * M_PI) / 2 + log(1 / u + mills_rest(w));
}

/* At the mean the formula divides nothing by nothing; Edgeworth's first term does not. */
static double
middle_tail(const struct tilt *plain, double at)
{
	double z = (at - plain->mean) / sqrt(plain->variance);
	double skew = plain->third / (plain->variance * sqrt(plain->variance));

	return log(erfc(z / M_SQRT2) / 2 +
		   exp(-z * z / 2) / sqrt(2 * M_PI) * (z * z - 1) * skew / 6);
}

static double
many_trials_tail(const double *rates, size_t n, size_t k, const struct tilt *plain)
{
	double at = (double)k - 0.5;
	struct tilt tilt;

	if (plain->variance < SADDLE_VARIANCE_MIN)
		return null_poisson_tail(plain->mean, k);
	if (at - plain->mean < SADDLE_FROM * sqrt(plain->variance))
		return middle_tail(plain, at);
	tilt = tilt_to(rates, n, at, plain);
	return saddle_tail(&tilt, at);
}

static double
ln_product(const double *rates, size_t n)
{
	double ln = 0;

	for (size_t i = 0; i < n; i++)
		ln += rates[i] > 0 ? log(rates[i]) : 0;
	return ln;
}

double
null_poisson_binomial_tail(const double *rates, size_t n, uint64_t k)
{
	struct tilt tilt;
	size_t sure = 0, possible = 0;
	double ln_tail;

	for (size_t i = 0; i < n; i++) {
		sure += rates[i] >= 1;
		possible += rates[i] > 0;
	}
	if (k <= sure)
		return 0;
	if (k >= possible)
		return k > possible ? -HUGE_VAL : ln_product(rates, n);
	tilt = tilt_by(rates, n, 0);
	if (n > POISSON_BINOMIAL_EXACT) {
		ln_tail = many_trials_tail(rates, n, k, &tilt);
	} else {
		if ((double)k > tilt.mean)
			tilt = tilt_to(rates, n, (double)k, &tilt);
		ln_tail = exact_tail(rates, n, k, &tilt);
	}
	return ln_tail < 0 ? ln_tail : 0;
}

static double
ln_beta(double a, double b)
{
	return ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
}

double
null_beta_binomial(uint64_t n, double a, double b, uint64_t k)
{
	double trials = (double)n, hits = (double)k;

	return ln_gamma(trials + 1) - ln_gamma(hits + 1) - ln_gamma(trials - hits + 1) +
	       ln_beta(hits + a, trials - hits + b) - ln_beta(a, b);
}

void
null_bh(const double *ln_p, size_t count, double tests, double *ln_q)
{
	double least = 0;

	for (size_t i = count; i-- > 0;) {
		double q = ln_p[i] + log(tests) - log((double)(i + 1));

		least = q < least ? q : least;
		ln_q[i] = least;
	}
}
