/*
 * turn.c - a change point by the likelihood ratio of two multinomials against one
 * (Hawkins, "Fitting multiple change-point models to data", 2001, for one change).
 * G = 2 sum n log(n / expected) is about chi-square with topics - 1 degrees of
 * freedom; its tail is bounded after Chernoff, and the moments tried are paid for
 * after Bonferroni. Both err to the side of seeing no turn. Posts of one burst are
 * no independent witnesses, so a small p says that topics changed, not why.
 */
#include "config.h"

#include "app/turn.h"

#include <math.h>
#include <string.h>

#define LOG10_P_MOST (-3.0)

static double
n_log_n(uint32_t n)
{
	return n > 0 ? n * log(n) : 0;
}

/* log10 of a bound on P(chi-square of df >= g). */
static double
log10_tail(double g, double df)
{
	return g <= df ? 0 : df / 2 * (log(g / df) + 1 - g / df) / log(10);
}

bool
turn_find(const struct turn_post *posts, size_t count, struct turn *out)
{
	uint32_t before[TURN_TOPICS_MAX] = { 0 }, after[TURN_TOPICS_MAX] = { 0 };
	double left = 0, right = 0, all, best = 0;
	size_t topics = 0, tried = 0;

	if (count > TURN_POSTS_MAX)
		count = TURN_POSTS_MAX;
	for (size_t i = 0; i < count; i++)
		topics += after[posts[i].topic]++ == 0;
	for (size_t t = 0; t < TURN_TOPICS_MAX; t++)
		right += n_log_n(after[t]);
	all = right - n_log_n((uint32_t)count);
	for (size_t i = 1; topics > 1 && i + TURN_SIDE_LEAST <= count; i++) {
		uint32_t t = posts[i - 1].topic;
		double g;

		left += n_log_n(before[t] + 1) - n_log_n(before[t]);
		right += n_log_n(after[t] - 1) - n_log_n(after[t]);
		before[t]++;
		after[t]--;
		if (i < TURN_SIDE_LEAST || posts[i].at == posts[i - 1].at)
			continue;
		tried++;
		g = 2 * (left - n_log_n((uint32_t)i) + right - n_log_n((uint32_t)(count - i)) - all);
		if (g > best) {
			best = g;
			out->first = i;
		}
	}
	if (tried == 0 || best <= 0)
		return false;
	out->log10_p = log10_tail(best, (double)(topics - 1)) + log10((double)tried);
	return out->log10_p < LOG10_P_MOST;
}
