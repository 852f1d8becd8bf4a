/*
 * signal_handles.c - handles of the form that the platform proposes (S6):
 * letters, then four to eight digits.
 *
 * 94 % of the 70 handles on X that Meta published with the network of 4,789
 * accounts taken down in November 2023 have it, 1 to 7 % of organic sets, and
 * 0.7 % of the Internet Research Agency's: a sign that some operations show,
 * and many honest people who never changed what they were given. It says
 * something of a group; of one account it may say next to nothing.
 */
#include "config.h"

#include "engine/signal.h"

#include "base/array.h"
#include "base/str.h"
#include "engine/tick.h"

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

/* Of one platform: handles known, and how many of them have the form. */
struct tally {
	uint64_t known, shown;
};

/* What is usual differs by platform: some propose a handle, others never do. */
static void
expect(const struct claque_dataset *ds, struct claque_trait *out)
{
	struct tally *by_platform = ARRAY_NEW(struct tally, ds->strings.count);

	for (uint32_t a = 0; a < ds->account_names.count; a++) {
		struct tally *t = &by_platform[ds->accounts[a].platform];

		t->known += out[a].n;
		t->shown += out[a].n > 0 && out[a].value > 0;
	}
	for (uint32_t a = 0; a < ds->account_names.count; a++) {
		const struct tally *t = &by_platform[ds->accounts[a].platform];

		if (out[a].n > 0)
			out[a].expected = (double)t->shown / (double)t->known;
	}
	array_free(by_platform);
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	struct ticker t = { .progress = progress, .stage = "reading handles",
			    .total = w->ds->account_names.count };

	(void)params;
	(void)err;
	for (uint32_t a = 0; a < w->ds->account_names.count; a++) {
		struct claque_str handle = dataset_handle(w->ds, a);

		if (handle.len > 0) {
			out[a].value = handle_is_default(handle);
			out[a].n = 1;
		}
		if (!tick(&t, 1, 8))
			return CLAQUE_STOPPED;
	}
	expect(w->ds, out);
	return CLAQUE_OK;
}

const struct signal signal_handles = {
	.info = {
		.id = "S6", .name = "default-handles",
		.help = "a handle of the form that the platform proposes, letters and digits",
		.source = "Meta, Adversarial Threat Report, Third Quarter 2023 (indicators)",
		.unit = "1 or 0", .needs = "handles", .cost = "O(accounts)",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
	},
	.measure = measure,
	.model = {
		.bins = 2, .cuts = { 0.5 }, .operation = { 0.25, 0.75 },
		.share = 0.5, .worth = 4, .open_worth = 20,
		.member_cap = 0.7, .group_cap = 2.995732273553991,
	},
	.says = "have a handle of the form that the platform proposes",
};
