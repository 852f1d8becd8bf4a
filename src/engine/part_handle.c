/*
 * part_handle.c - handles of the form that the platform proposes (S6): letters,
 * then four to eight digits. 94 % in a network of 4,789 accounts that Meta took
 * down in 2023, 1 to 7 % in organic sets: a sign for groups, never for one
 * account.
 */
#include "config.h"

#include "engine/part.h"

#include <stdio.h>

#include "engine/dataset.h"

/* Operations that leave the handles that the platform proposes as they are: about every other. */
#define SHARE_OF_OPERATIONS 0.5

static const struct rate rate_in_operation = { 0.75, 4 };

bool
handle_is_default(struct claque_str handle)
{
	size_t letters = 0, digits = 0;

	while (letters < handle.len &&
	       (byte_is_alpha(handle.p[letters]) || handle.p[letters] == '_'))
		letters++;
	while (letters + digits < handle.len && byte_is_digit(handle.p[letters + digits]))
		digits++;
	return letters + digits == handle.len && letters >= 2 && letters <= 12 && digits >= 4 &&
	       digits <= 8;
}

static struct tally_of
count_handles(const struct scene *s, const uint32_t *accounts, uint32_t count, int8_t *shows)
{
	struct tally_of t = { 0 };

	for (uint32_t i = 0; i < count; i++) {
		struct claque_str handle = dataset_handle(s->ds, accounts[i]);
		bool hit = handle_is_default(handle);

		if (handle.len == 0)
			continue;
		t.n++;
		t.x += hit;
		if (shows != NULL)
			shows[i] = hit;
	}
	return t;
}

void
handle_prepare(struct scene *s)
{
	s->outside_handles = count_handles(s, s->outside, s->outside_count, NULL);
}

bool
part_handle(const struct part *part, const struct scene *s, struct crew *crew,
	    struct claque_evidence *out, int8_t *shows)
{
	struct tally_of inside = count_handles(s, crew->accounts, crew->count, shows);
	double rate = part_rate(s->outside_handles, 0.001), ratio;

	(void)part;
	if (inside.n == 0 || s->outside_handles.n < BACKGROUND_MIN)
		return false;
	ratio = part_ratio(inside, rate_in_operation, (struct rate){ rate, 20 });
	part_report(out, inside, rate);
	out->log_odds = part_mixed(ratio, SHARE_OF_OPERATIONS);
	(void)snprintf(out->text, sizeof(out->text),
		       "%llu of %llu handles have the default form, letters then 4 to 8 digits; "
		       "%.1f %% outside the groups do", (unsigned long long)inside.x,
		       (unsigned long long)inside.n, 100 * rate);
	return true;
}
