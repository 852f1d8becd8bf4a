/*
 * signal_co_text.c - nearly the same text posted (S1). A text that nobody else
 * has is an object, too: how much an account writes is part of its chances.
 */
#include "config.h"

#include "engine/signal.h"

#include "engine/tick.h"

static uint64_t
group_key(const struct workings *w, uint32_t group)
{
	return hash_bytes(map_key(&w->ds->texts.known, w->texts.first[group]), 0);
}

static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	struct ticker t = { .progress = progress, .stage = "reading texts",
			    .total = w->ds->post_count };

	(void)params;
	(void)err;
	*out = (struct coact){ 0 };
	for (uint32_t g = 0; g < w->texts.group_count; g++)
		(void)coact_object(out, group_key(w, g));
	for (size_t i = 0; i < w->ds->post_count; i++) {
		const struct post *p = &w->ds->posts[i];
		uint32_t group = w->texts.group[p->text];

		if (p->kind != CLAQUE_IS_reshare && group != NO_TEXT_GROUP)
			coact_add(out, w->ds, group, p->at, p->account, p->row);
		if (!tick(&t, 1, 4)) {
			coact_done(out);
			return CLAQUE_STOPPED;
		}
	}
	coact_sort(out);
	return CLAQUE_OK;
}

const struct signal signal_co_text = {
	.info = {
		.id = "S1", .name = "co-text",
		.help = "nearly the same text posted, native reshares left out",
		.source = "Broder 1997; Pacheco et al. 2020 (near-duplicate text)",
		.unit = "texts", .needs = "text", .cost = "O(words)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_EDGES,
	},
	.needs = WORKING_TEXTS,
	.acts = list_acts,
};
