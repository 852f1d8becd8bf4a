/*
 * signal_co_text.c - nearly the same text posted (S1). A text that nobody else
 * has is an object, too: how much an account writes is part of its chances.
 */
#include "config.h"

#include "engine/signal.h"

#include "engine/tick.h"

enum { PARAM_WORDS, PARAM_SIMILARITY, PARAM_REWORDED };

static enum claque_rc
list_groups(const struct claque_dataset *ds, const struct neardup *texts,
	    const struct claque_progress *progress, struct coact *out)
{
	struct ticker t = { .progress = progress, .stage = "reading texts",
			    .total = ds->post_count };

	for (uint32_t g = 0; g < texts->group_count; g++)
		(void)coact_object(out, hash_bytes(texts_print(&ds->texts, texts->first[g]), 0));
	for (size_t i = 0; i < ds->post_count; i++) {
		const struct post *p = &ds->posts[i];
		uint32_t group = texts->group[p->text];

		if (p->kind != CLAQUE_IS_reshare && group != NO_TEXT_GROUP)
			coact_add(out, ds, group, p->at, p->account, p->row);
		if (!tick(&t, 1, 4)) {
			coact_done(out);
			return CLAQUE_STOPPED;
		}
	}
	coact_sort(out);
	return CLAQUE_OK;
}

static bool
are_usual(const struct neardup_settings *s)
{
	struct neardup_settings usual = neardup_defaults();

	return s->words_min == usual.words_min && s->reworded == usual.reworded &&
	       s->similarity_min <= usual.similarity_min &&
	       s->similarity_min >= usual.similarity_min;
}

/* What the workings hold is grouped by the usual settings. */
static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	const struct neardup_settings settings = {
		.words_min = (uint32_t)params[PARAM_WORDS],
		.similarity_min = params[PARAM_SIMILARITY],
		.reworded = params[PARAM_REWORDED] >= 0.5,
	};
	struct neardup texts;
	enum claque_rc rc;

	*out = (struct coact){ 0 };
	if (are_usual(&settings))
		return list_groups(w->ds, &w->texts, progress, out);
	rc = neardup_find(&texts, w->ds, &settings, progress, err);
	if (rc == CLAQUE_OK)
		rc = list_groups(w->ds, &texts, progress, out);
	neardup_done(&texts);
	return rc;
}

const struct signal signal_co_text = {
	.info = {
		.id = "S1", .name = "co-text",
		.help = "nearly the same text posted, native reshares left out",
		.source = "Broder 1997; Pacheco et al. 2020 (near-duplicate text)",
		.unit = "texts", .needs = "text", .cost = "O(words)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_EDGES,
		.params = {
			[PARAM_WORDS] = { "words", "words", "that a text has at least", 3, 128, 5 },
			[PARAM_SIMILARITY] = { "similarity", "of 1", "in runs of three words",
					       0.2, 1, 0.45 },
			[PARAM_REWORDED] = { "reworded", "of 0 or 1",
					     "to look for reworded copies, too", 0, 1, 1 },
		},
		.param_count = 3,
	},
	.needs = WORKING_TEXTS,
	.acts = list_acts,
};
