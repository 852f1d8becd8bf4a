/*
 * signal_fast_reshare.c - reshares within seconds of the original (S4): people
 * have to see a post first. Only what is in the file has a time to measure
 * from; where platforms give whole seconds, equal times count as fast.
 */
#include "config.h"

#include "engine/signal.h"

#include "engine/original.h"
#include "engine/tick.h"

static void
take_object(const struct claque_dataset *ds, uint32_t object, int64_t within_ms,
	    struct coact *out)
{
	const struct post *p = original_post(ds, object);
	uint32_t number = CLAQUE_NO_OBJECT;

	if (p == NULL || p->at == CLAQUE_NO_TIME)
		return;
	for (uint64_t i = ds->object_from[object]; i < ds->object_from[object + 1]; i++) {
		const struct claque_share *s = &ds->shares[i];

		if (s->act != CLAQUE_ACT_reshare || s->account == p->account ||
		    s->at < p->at || s->at - p->at > within_ms)
			continue;
		if (number == CLAQUE_NO_OBJECT)
			number = coact_object(out, coact_key(ds, object));
		coact_add(out, ds, number, s->at, s->account, s->row);
	}
}

static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	struct ticker t = { .progress = progress, .stage = "reading reshares",
			    .total = w->ds->share_count };
	int64_t within_ms = (int64_t)(params[0] * 1000);

	(void)err;
	*out = (struct coact){ 0 };
	for (uint32_t o = 0; o < w->ds->object_names.count; o++) {
		uint64_t count = w->ds->object_from[o + 1] - w->ds->object_from[o];

		take_object(w->ds, o, within_ms, out);
		if (!tick(&t, count, count * 4 + 1)) {
			coact_done(out);
			return CLAQUE_STOPPED;
		}
	}
	coact_sort(out);
	return CLAQUE_OK;
}

const struct signal signal_fast_reshare = {
	.info = {
		.id = "S4", .name = "fast-reshare",
		.help = "the same posts reshared within seconds of their appearance",
		.source = "Luceri et al. 2024 (fast retweet, 10 s)",
		.unit = "posts", .needs = "ref_post_id, reshared posts in the file",
		.cost = "O(shares)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_TIME,
		.shape = CLAQUE_EDGES,
		.params = {
			{ "within", "s", "from the original to a fast reshare", 0, 3600, 10 },
		},
		.param_count = 1,
	},
	.acts = list_acts,
};
