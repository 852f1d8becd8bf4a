/*
 * signal_co_delete.c - posts made together and deleted together (S15).
 *
 * Ephemeral astroturfing (Elmas, Overdorf, Ozkalay and Aberer 2021) pushes a
 * trend with posts that many accounts make within minutes and delete within
 * minutes, soon after. What it says is generated and need not have a tag or a
 * link in common, so content is no part of the definition. The object is the
 * slot of time in which the post was made, the act its deletion: two accounts
 * have an object in common if they posted in one slot, and the window of the
 * network then asks for deletions close together. Slots are counted, so an
 * account that purges hundreds of posts at once has no more than its slots.
 *
 * Only posts that lived shortly count. Users' own nightly purges of what is a
 * month old, and a platform's removal of whole accounts, delete many accounts'
 * posts in one minute, too, and mean nothing. Slots have fixed borders: a burst
 * across one is seen as two halves.
 */
#include "config.h"

#include "engine/signal.h"

#include "engine/tick.h"

#define MINUTE_MS (INT64_C(60) * 1000)
#define HOUR_MS (60 * MINUTE_MS)

enum { PARAM_SLOT, PARAM_LIFETIME };

struct lister {
	const struct claque_dataset *ds;
	int64_t slot_ms, lifetime_ms;
	struct map slots;	/* number of the slot to that in *out */
	struct coact *out;
};

static uint32_t
slot_object(struct lister *l, int64_t at)
{
	int64_t slot = at / l->slot_ms - (at % l->slot_ms < 0);
	struct claque_str key = { (const char *)&slot, sizeof(slot) };
	bool is_new;
	uint32_t number = map_add(&l->slots, key, &is_new);

	return is_new ? coact_object(l->out, hash_bytes(key, 0)) : number;
}

static void
take_post(struct lister *l, const struct post *p)
{
	if (p->at == CLAQUE_NO_TIME || p->deleted_at == CLAQUE_NO_TIME ||
	    p->deleted_at < p->at || p->deleted_at - p->at > l->lifetime_ms)
		return;
	coact_add(l->out, l->ds, slot_object(l, p->at), p->deleted_at, p->account, p->row);
}

static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	struct lister l = { .ds = w->ds, .out = out,
			    .slot_ms = (int64_t)(params[PARAM_SLOT] * (double)MINUTE_MS),
			    .lifetime_ms = (int64_t)(params[PARAM_LIFETIME] * (double)HOUR_MS) };
	struct ticker t = { .progress = progress, .stage = "reading deletions",
			    .total = w->ds->post_count };
	bool go_on = true;

	(void)err;
	*out = (struct coact){ 0 };
	map_init(&l.slots);
	for (size_t i = 0; i < w->ds->post_count && go_on; i++) {
		take_post(&l, &w->ds->posts[i]);
		go_on = tick(&t, 1, 4);
	}
	map_done(&l.slots);
	if (!go_on) {
		coact_done(out);
		return CLAQUE_STOPPED;
	}
	coact_sort(out);
	return CLAQUE_OK;
}

const struct signal signal_co_delete = {
	.info = {
		.id = "S15", .name = "co-delete",
		.help = "posts made in the same minutes and deleted together, soon after",
		.source = "Elmas et al. 2021 (ephemeral astroturfing)",
		.unit = "slots of time", .needs = "created_at and deleted_at of posts",
		.cost = "O(posts)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_TIME,
		.shape = CLAQUE_EDGES,
		.params = {
			[PARAM_SLOT] = { "slot", "min", "in which posts count as made together",
					 1, 1440, 10 },
			[PARAM_LIFETIME] = { "lifetime", "h", "that a post may have lived",
					     0, 87600, 24 },
		},
		.param_count = 2,
	},
	.acts = list_acts,
};
